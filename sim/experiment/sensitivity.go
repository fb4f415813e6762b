package experiment

import (
	"fmt"
	"math"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// Sensitivity is a design whose outputs can be taken apart by what it varies.
type Sensitivity struct {
	Kind    string      // saltelli, morris, one-at-a-time; any other kind with Cube for partial rank correlations
	Factors []string    // or groups of them, by column
	Cube    [][]float64 // coordinates by point; nil of one-at-a-time
	Second  bool        // saltelli: with points for second-order indices
	Step    float64     // of morris
	Ends    [][2]int    // of one-at-a-time: the points at which each factor is lowest and highest by itself

	Resampling stats.Resampling
}

// Rows takes apart the outputs of one measure: outputs[p] holds the replications at point p, NaN where unknown. like has
// the columns that say which measure and arm; the rows are in the order of the factors.
func (s *Sensitivity) Rows(outputs [][]float64, like sim.SensitivityRow) []sim.SensitivityRow {
	level, same := levelled(outputs)
	rows := s.takenApart(level, like)
	for i := range rows {
		if same {
			rows[i].Note = sim.NothingMoves
		}
	}
	return rows
}

// levelled returns the outputs; where each replication has the same at every point, but for rounding, without the rounding,
// which would be taken apart like anything else.
func levelled(outputs [][]float64) (level [][]float64, same bool) {
	var first []float64 // of each replication, at the first point that has one
	for _, values := range outputs {
		for r, x := range values {
			if r == len(first) {
				first = append(first, x)
			}
			if math.IsNaN(first[r]) {
				first[r] = x
			}
			if math.Abs(x-first[r]) > 1e-9*math.Abs(first[r]) {
				return outputs, false
			}
		}
	}
	for _, values := range outputs {
		one := make([]float64, len(values))
		for r, x := range values {
			one[r] = x
			if !math.IsNaN(x) {
				one[r] = first[r]
			}
		}
		level = append(level, one)
	}
	return level, true
}

func (s *Sensitivity) takenApart(outputs [][]float64, like sim.SensitivityRow) []sim.SensitivityRow {
	switch s.Kind {
	case "saltelli":
		return s.sobol(outputs, like)
	case "morris":
		return s.morris(outputs, like)
	case "one-at-a-time":
		return s.tornado(outputs, like)
	}
	return s.ranks(outputs, like)
}

// row returns the row of a factor.
func (s *Sensitivity) row(like sim.SensitivityRow, method string, factor, used int) sim.SensitivityRow {
	like.Method, like.Factor, like.Used = method, s.Factors[factor], int32(used)
	return like
}

func (s *Sensitivity) sobol(outputs [][]float64, like sim.SensitivityRow) []sim.SensitivityRow {
	k := stats.Sobol(outputs, len(s.Factors), s.Second, s.Resampling)
	like.Noise, like.Note = known(k.Noise), sobolNote(&k)
	var rows []sim.SensitivityRow
	for f := range s.Factors {
		r := s.row(like, "sobol", f, k.Rows)
		r.S1, r.S1Conf = index(k.First[f])
		r.ST, r.STConf = index(k.Total[f])
		r.S1Clean, r.S1CleanConf = index(k.FirstClean[f])
		r.STClean, r.STCleanConf = index(k.TotalClean[f])
		rows = append(rows, r)
	}
	if !s.Second {
		return rows
	}
	for f := range s.Factors {
		for g := f + 1; g < len(s.Factors); g++ {
			r := s.row(like, "sobol", f, k.Rows)
			r.With = s.Factors[g]
			r.S2, r.S2Conf = index(k.Second[f][g])
			r.S2Clean, r.S2CleanConf = index(k.SecondClean[f][g])
			rows = append(rows, r)
		}
	}
	return rows
}

// sobolNote says how many rows are left out, and warns of intervals too wide to say anything.
func sobolNote(k *stats.SobolIndices) string {
	note := leftOut(k.LeftOut, "rows of the design")
	largest, widest := 0.0, 0.0
	for f := range k.Total {
		largest, widest = max(largest, k.Total[f].Value), max(widest, k.Total[f].Conf, k.First[f].Conf)
	}
	return tooWide(note, widest, largest, "design.points")
}

func leftOut(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s left out: an arm never settles or a point failed", n, what)
}

// tooWide warns where an interval is wider than half of the largest index: then even the order of factors is open.
func tooWide(note string, widest, largest float64, key string) string {
	if widest <= largest/2 {
		return note
	}
	if note != "" {
		note += "; "
	}
	if math.IsNaN(widest + largest) {
		return note + "the design is too small for indices with intervals; raise " + key
	}
	return note + fmt.Sprintf("the design is too small: half-widths of up to %.2g, and the largest index is %.2g; raise %s", widest, largest, key)
}

// pointsPerFactor is how many points of a space-filling design each factor should have: the customary least number for
// computer experiments (J. L. Loeppky, J. Sacks and W. J. Welch, "Choosing the sample size of a computer experiment: a
// practical guide", Technometrics 51 (2009) 366–376).
const pointsPerFactor = 10

// fewPoints warns where a rank correlation has too few points to say anything.
func fewPoints(note string, points, factors int) string {
	if points >= pointsPerFactor*factors {
		return note
	}
	if note != "" {
		note += "; "
	}
	return note + fmt.Sprintf("the design is too small: %d points for %d factors, want %d or more; raise design.points", points, factors, pointsPerFactor*factors)
}

func index(i stats.Index) (value, conf *float64) { return known(i.Value), known(i.Conf) }

func (s *Sensitivity) morris(outputs [][]float64, like sim.SensitivityRow) []sim.SensitivityRow {
	groups := make([]int, len(s.Factors))
	for f := range groups {
		groups[f] = f
	}
	list := stats.Morris(s.Cube, outputs, groups, s.Step, s.Resampling)
	largest, widest, fewest := 0.0, 0.0, math.MaxInt
	for _, m := range list {
		largest, widest, fewest = max(largest, m.MuStar.Value), max(widest, m.MuStar.Conf), min(fewest, m.Trajectories)
	}
	all := len(outputs) / (len(s.Factors) + 1)
	like.Note = tooWide(leftOut(all-fewest, "trajectories or more"), widest, largest, "design.trajectories")
	var rows []sim.SensitivityRow
	for f, m := range list {
		r := s.row(like, "morris", f, m.Trajectories)
		r.Mu, r.Sigma, r.Noise, r.SigmaClean = known(m.Mu), known(m.Sigma), known(m.Noise), known(m.SigmaClean)
		r.MuStar, r.MuStarConf = index(m.MuStar)
		r.MuStarClean, r.MuStarCleanConf = index(m.MuStarClean)
		rows = append(rows, r)
	}
	return rows
}

func (s *Sensitivity) tornado(outputs [][]float64, like sim.SensitivityRow) []sim.SensitivityRow {
	middle := [][]float64{outputs[0]}
	for _, e := range s.Ends {
		middle = append(middle, outputs[e[0]], outputs[e[1]])
	}
	var rows []sim.SensitivityRow
	for f, swing := range stats.Tornado(middle, len(s.Factors), 0.95) {
		r := s.row(like, "one-at-a-time", f, 3)
		r.Low, r.LowCI95Low, r.LowCI95High = known(swing.Low.Difference), known(swing.Low.Interval.Low), known(swing.Low.Interval.High)
		r.High, r.HighCI95Low, r.HighCI95High = known(swing.High.Difference), known(swing.High.Interval.Low), known(swing.High.Interval.High)
		r.Width = known(swing.Width)
		rows = append(rows, r)
	}
	return rows
}

// ranks takes the means of a space-filling design apart by partial rank correlation.
func (s *Sensitivity) ranks(outputs [][]float64, like sim.SensitivityRow) []sim.SensitivityRow {
	inputs := make([][]float64, len(s.Factors))
	var means []float64
	for p, values := range outputs {
		mean, _, _ := stats.MeanInterval(withoutNaN(values), 0.95)
		if math.IsNaN(mean) {
			continue
		}
		means = append(means, mean)
		for f := range inputs {
			inputs[f] = append(inputs[f], s.Cube[p][f])
		}
	}
	partial, p := stats.PartialRankCorrelations(inputs, means)
	holm := p
	if len(p) > 0 && !math.IsNaN(p[0]) {
		holm = stats.Holm(p)
	}
	like.Note = fewPoints(leftOut(len(outputs)-len(means), "points"), len(means), len(s.Factors))
	var rows []sim.SensitivityRow
	for f := range s.Factors {
		r := s.row(like, "rank correlation", f, len(means))
		r.Partial, r.PHolm = known(partial[f]), known(holm[f])
		rows = append(rows, r)
	}
	return rows
}
