package experiment

import (
	"cmp"
	"math"
	"slices"

	"portalsim/sim/stats"
)

// Matcher looks for draws of the inputs under which usual care gives what a clinic of the kind meant is known to give:
// history matching. Draws that were run teach an emulator of each target; the emulators tell of draws that were not run
// whether to rule them out.
//
// Sources: I. Vernon, M. Goldstein and R. G. Bower, Bayesian Analysis 5 (2010) 619–670; I. Andrianakis et al., "Bayesian
// history matching of complex infectious disease models using emulation", PLoS Computational Biology 11 (2015) e1003968.
type Matcher struct {
	Targets []Plausible
	Inputs  int
	Score   func(draw, input int) float64 // of an input in a draw, on a scale on which outputs are near to straight

	tried     []Fit
	x         [][]float64 // by draw tried and input
	emulators []stats.Emulator
}

// Fit is a draw that was run, with the values of the targets.
type Fit struct {
	Draw   int
	Values []float64
	Misfit float64 // see Misfit
}

// Inside tells whether every target is met.
func (f Fit) Inside() bool { return f.Misfit <= 1 }

// Add adds a draw that was run, unless a target is unknown under it: then the clinic never settles.
func (m *Matcher) Add(draw int, values []float64) {
	if slices.ContainsFunc(values, math.IsNaN) {
		return
	}
	scores := make([]float64, m.Inputs)
	for i := range scores {
		scores[i] = m.Score(draw, i)
	}
	m.tried, m.x = append(m.tried, Fit{draw, values, Misfit(m.Targets, values)}), append(m.x, scores)
}

// Fits returns the draws that meet every target, the best first.
func (m *Matcher) Fits() []Fit {
	inside := slices.DeleteFunc(slices.Clone(m.tried), func(f Fit) bool { return !f.Inside() })
	slices.SortStableFunc(inside, func(a, b Fit) int { return cmp.Compare(a.Misfit, b.Misfit) })
	return inside
}

// Misfit returns how far the worst of the targets is missed: 0 in the middle of its range, 1 at an end, more outside. A
// range with one end counts 0 inside.
func Misfit(targets []Plausible, values []float64) float64 {
	worst := 0.0
	for i, t := range targets {
		middle, half := (t.Low+t.High)/2, (t.High-t.Low)/2
		switch {
		case math.IsInf(t.Low, -1):
			worst = max(worst, oneSided(values[i]-t.High, t.High))
		case math.IsInf(t.High, 1):
			worst = max(worst, oneSided(t.Low-values[i], t.Low))
		default:
			worst = max(worst, math.Abs(values[i]-middle)/half)
		}
	}
	return worst
}

// oneSided is the misfit of a range with one end.
func oneSided(beyond, end float64) float64 {
	if beyond <= 0 {
		return 0
	}
	return 1 + beyond/max(math.Abs(end), 1e-9)
}

// Learn fits the emulators to the draws tried so far. It reports whether they are enough.
func (m *Matcher) Learn() bool {
	if len(m.tried) < 8 {
		return false
	}
	m.emulators = m.emulators[:0]
	for i := range m.Targets {
		y := make([]float64, len(m.tried))
		for r := range y {
			y[r] = m.tried[r].Values[i]
		}
		m.emulators = append(m.emulators, stats.FitEmulator(m.x, y))
	}
	return true
}

// implausible is how many residual standard deviations outside of a target rule a draw out. Three hold 95 % of any
// unimodal error.
//
// Source: F. Pukelsheim, "The three sigma rule", The American Statistician 48 (1994) 88–91.
const implausible = 3

// Look returns what the emulators say of a draw: whether it is ruled out, and else the logarithm of the chance that it
// meets every target, their errors taken as independent.
func (m *Matcher) Look(draw int) (ruledOut bool, chance float64) {
	for i, t := range m.Targets {
		e := &m.emulators[i]
		prediction := e.Predict(func(input int) float64 { return m.Score(draw, input) })
		if e.Implausibility(prediction, t.Low, t.High) > implausible {
			return true, math.Inf(-1)
		}
		chance += math.Log(max(e.Within(prediction, t.Low, t.High), 1e-300))
	}
	return false, chance
}
