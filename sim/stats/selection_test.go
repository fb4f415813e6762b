package stats

import (
	"math"
	"testing"
)

// outputsOf gives the outputs of a replication.
type outputsOf func() []float64

// selected runs a selection to its end.
func selected(s *Selection, next outputsOf) int {
	for !s.Done() {
		s.Observe(next())
	}
	return s.Best()
}

// The promise, where it is hardest to keep: the best is better than each of four equal others by just the indifference. With
// normal outputs, common random numbers or none, and with lognormal outputs of skewness 6, it is found as often as promised.
func TestSelectionKeepsItsPromise(t *testing.T) {
	const arms, best, confidence = 5, 3, 0.9
	trials := 400
	if testing.Short() {
		trials = 100
	}
	skewed := func(s *splitmix) float64 { // mean 0, variance 1
		const sigma2 = 1.0
		return (math.Exp(s.normal()*math.Sqrt(sigma2)-sigma2/2) - 1) / math.Sqrt(math.Exp(sigma2)-1)
	}
	spent := map[string]int{}
	for name, c := range map[string]struct {
		shared float64 // correlation of arms
		noise  func(s *splitmix) float64
	}{"normal": {0, (*splitmix).normal}, "common": {0.8, (*splitmix).normal}, "skewed": {0, skewed}, "skewed, common": {0.8, skewed}} {
		s := splitmix(5)
		hits := 0
		for range trials {
			selection := NewSelection(arms, 20, 0.3, confidence)
			got := selected(selection, func() []float64 {
				outputs := make([]float64, arms)
				common := c.noise(&s)
				for i := range outputs {
					outputs[i] = math.Sqrt(c.shared)*common + math.Sqrt(1-c.shared)*c.noise(&s)
				}
				outputs[best] += 0.3
				return outputs
			})
			spent[name] += selection.Replications()
			if got == best {
				hits++
			}
		}
		least := confidence*float64(trials) + NormalQuantile(errorRate)*math.Sqrt(float64(trials)*confidence*(1-confidence))
		if float64(hits) < least {
			t.Errorf("%s: the best was found %d times in %d, promised %v", name, hits, trials, confidence)
		}
	}
	if 2*spent["common"] > spent["normal"] {
		t.Errorf("common random numbers took %d replications, %d without", spent["common"], spent["normal"])
	}
}

// By hand, two arms with a variance of 4.41 between their first three replications: at confidence 0.95 the constant is
// (0.1^-1 − 1)/2 = 4.5, h² = 18, and with an indifference of 1 at most 18 × 4.41 = 79.4 replications leave them together. The
// sum of the worse may lie 39.69 − n/2 below after n replications.
func TestSelectionByHand(t *testing.T) {
	s := NewSelection(2, 3, 1, 0.95)
	for _, pair := range [][]float64{{1, 0}, {3.1, 0}, {-1.1, 0}} {
		s.Observe(pair)
	}
	near(t, "variance", s.spread[0][1], 4.41, 1e-12)
	near(t, "constant", s.eta, 4.5, 1e-12)
	near(t, "allowed", s.allowed(1, 0), 39.69-1.5, 1e-12)
	if s.Most() != 80 || s.Done() || len(s.Left()) != 2 {
		t.Fatalf("at most %d, %v left", s.Most(), s.Left())
	}
	m := 0
	for ; !s.Done(); m++ {
		s.Observe([]float64{2, 0})
	}
	// 3 + 2m > 39.69 − (3 + m)/2 from m = 15 on: 33 > 30.69, and 31 < 31.19 before.
	if m != 15 || s.Best() != 0 || s.DroppedAt(1) != 18 || s.DroppedAt(0) != 0 || s.Replications() != 18 {
		t.Errorf("done after %d more, best %d, dropped at %d", m, s.Best(), s.DroppedAt(1))
	}
	s.Observe([]float64{-1000, math.NaN()}) // after the end nothing changes
	if s.Replications() != 18 || s.Best() != 0 {
		t.Error("an observation after the end was counted")
	}
}

// Arms that are equal to the bit are never parted: the selection ends as soon as it knows that, with the first of them.
func TestSelectionOfEquals(t *testing.T) {
	s := NewSelection(3, 5, 0.1, 0.95)
	noise := splitmix(1)
	got := selected(s, func() []float64 { x := noise.normal(); return []float64{x - 1, x, x} })
	if got != 1 || s.Replications() != 6 || len(s.Left()) != 2 {
		t.Errorf("arm %d after %d, left %v", got, s.Replications(), s.Left())
	}
}

// An arm that never settles is dropped by hand, and its outputs are not looked at.
func TestSelectionDrops(t *testing.T) {
	s := NewSelection(3, 3, 1, 0.95)
	s.Observe([]float64{1, 5, 9})
	s.Drop(2)
	panics(t, "an unknown output", func() { s.Observe([]float64{math.NaN(), 1, 2}) })
	s = NewSelection(3, 3, 1, 0.95)
	s.Drop(2)
	got := selected(s, func() []float64 { return []float64{1, 5, math.NaN()} })
	if got != 1 || s.DroppedAt(2) != 1 || s.Replications() != 3 {
		t.Errorf("best %d, dropped at %d, after %d", got, s.DroppedAt(2), s.Replications())
	}
	s.Drop(1)
	if s.Drop(0); s.Best() != -1 || !s.Done() {
		t.Error("something is best among none")
	}
	for what, misuse := range map[string]func(){
		"one arm": func() { NewSelection(1, 20, 1, 0.95) }, "no indifference": func() { NewSelection(2, 20, 0, 0.95) },
		"a coin's confidence": func() { NewSelection(2, 20, 1, 0.5) }, "one replication": func() { NewSelection(2, 1, 1, 0.95) },
		"a missing arm": func() { NewSelection(2, 20, 1, 0.95).Observe([]float64{1}) },
	} {
		panics(t, what, misuse)
	}
}

func TestParetoFrontByHand(t *testing.T) {
	values := [][]float64{{1, 5}, {2, 2}, {3, 3}, {5, 1}, {1, 5}, {0, math.NaN()}, {5, 2}}
	for i, want := range []bool{true, true, false, true, true, false, false} { // equals are both on it
		if got := ParetoFront(values)[i]; got != want {
			t.Errorf("option %v on the front: %v", values[i], got)
		}
	}
}

// The front is what its definition says, option by option, also where measures are equal or unknown.
func TestParetoFrontByItsDefinition(t *testing.T) {
	s := splitmix(7)
	for range 200 {
		var values [][]float64
		for range 30 {
			option := []float64{math.Round(3 * s.u()), math.Round(3 * s.u()), math.Round(3 * s.u())}
			if s.u() < 0.05 {
				option[1] = math.NaN()
			}
			values = append(values, option)
		}
		front := ParetoFront(values)
		for i, option := range values {
			want := !math.IsNaN(sum(option))
			for _, other := range values {
				want = want && !dominates(other, option)
			}
			if front[i] != want {
				t.Fatalf("option %d of %v on the front: %v", i, values, front[i])
			}
		}
	}
}

// An option that is clearly on the front is on it in all resamples, one clearly off it in none, and one whose place is a
// toss-up in about half: its difference from the option that would put it off has a mean of 0.
func TestFrontShares(t *testing.T) {
	s := splitmix(6)
	base := s.normals(50, 0, 1)
	var toss, worse, first []float64
	centred, _ := meanSD(base)
	for _, x := range base {
		first = append(first, 0)
		toss, worse = append(toss, x-centred), append(worse, 10+x)
	}
	flat := make([]float64, 50)
	shares := FrontShares([][][]float64{{first, flat}, {toss, flat}, {worse, flat}}, resampling(1000))
	if shares[2] != 0 || math.Abs(shares[0]+shares[1]-1) > 1e-9 || math.Abs(shares[1]-0.5) > 0.08 {
		t.Errorf("%v", shares)
	}
	if len(FrontShares(nil, resampling(10))) != 0 {
		t.Error("shares of nothing")
	}
}
