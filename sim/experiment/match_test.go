package experiment

import (
	"math"
	"testing"

	"portalsim/sim/random"
	"portalsim/sim/stats"
)

// By hand: 12 is in the middle of 10 to 14 and at the end of 8 to 12; 15 is 1.5 half-widths from the middle of 10 to 14.
// A range with one end is met, or missed by a share of its end.
func TestMisfitByHand(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct{ low, high, value, want float64 }{
		{10, 14, 12, 0}, {8, 12, 12, 1}, {10, 14, 15, 1.5}, {-inf, 10, 9, 0}, {-inf, 10, 15, 1.5}, {10, inf, 20, 0}, {10, inf, 8, 1.2},
	} {
		if got := Misfit([]Plausible{{Low: c.low, High: c.high}}, []float64{c.value}); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v in %v to %v is a misfit of %v, by hand %v", c.value, c.low, c.high, got, c.want)
		}
	}
	if got := Misfit([]Plausible{{Low: 0, High: 2}, {Low: 0, High: 4}}, []float64{1.5, 1}); got != 0.5 {
		t.Errorf("the worst of two targets is %v, by hand 0.5", got)
	}
}

// A made-up clinic with three outputs of ten inputs, a little curved and noisy; about one plain draw in a thousand meets
// the targets. After two waves of 60 runs, a wave of the 60 draws that look likeliest, of 20,000, has at least ten that
// do, and no draw that does is ruled out more often than three standard deviations of the emulators allow (5 %).
func TestMatcherFindsRareFits(t *testing.T) {
	place := random.New(3, 0, "test/match")
	score := func(draw, input int) float64 { return stats.NormalScore(place.U(uint64(draw), uint64(input))) }
	run := func(draw int) []float64 {
		x := func(i int) float64 { return score(draw, i) }
		noise := func(i uint64) float64 { return 0.1 * stats.NormalScore(place.U(uint64(draw), 100+i)) }
		return []float64{10 + 2*x(0) + x(1) + 0.2*x(0)*x(0) + noise(0), 5 + x(1) - x(2) + noise(1), math.Exp(0.3*x(3)) + 0.2*x(0) + noise(2)}
	}
	m := &Matcher{Targets: []Plausible{{Low: 12.5, High: 13.5}, {Low: 6.5, High: 7.5}, {Low: 1.3, High: 1.6}}, Inputs: 10, Score: score}
	for d := range 60 {
		m.Add(d, run(d))
	}
	next := 60
	for range 2 {
		if !m.Learn() {
			t.Fatal("60 runs are not enough to learn from")
		}
		for _, d := range likeliest(m, next, 20000, 60) {
			m.Add(d, run(d))
		}
		next += 20000
	}
	if n := len(m.Fits()); n < 10 {
		t.Errorf("%d fits", n)
	}
	m.Learn()
	meet, lost := 0, 0
	for d := next; d < next+60000; d++ {
		if Misfit(m.Targets, run(d)) > 1 {
			continue
		}
		meet++
		if out, _ := m.Look(d); out {
			lost++
		}
	}
	if meet < 20 || meet > 600 {
		t.Errorf("%d of 60,000 plain draws meet the targets; about one in a thousand was meant", meet)
	}
	if float64(lost) > 0.05*float64(meet)+5*math.Sqrt(0.05*float64(meet)) {
		t.Errorf("%d of %d draws that meet the targets are ruled out", lost, meet)
	}
	fits := m.Fits()
	for i, f := range fits {
		if !f.Inside() || i > 0 && f.Misfit < fits[i-1].Misfit {
			t.Errorf("fit %d: %+v", i, f)
		}
	}
}

// likeliest returns the n draws from a number on that look likeliest.
func likeliest(m *Matcher, from, seen, n int) []int {
	best := make([]int, 0, n)
	for range n {
		at, most := -1, math.Inf(-1)
		for d := from; d < from+seen; d += 7 { // a sample is enough
			taken := false
			for _, b := range best {
				taken = taken || b == d
			}
			if out, chance := m.Look(d); !out && !taken && chance > most {
				at, most = d, chance
			}
		}
		if at < 0 {
			break
		}
		best = append(best, at)
	}
	return best
}

// Draws under which the clinic never settles teach nothing, and a few runs are not learned from.
func TestMatcherLeavesOutTheUnsettled(t *testing.T) {
	m := &Matcher{Targets: []Plausible{{Low: 0, High: 1}}, Inputs: 1, Score: func(d, _ int) float64 { return float64(d) }}
	for d := range 7 {
		m.Add(d, []float64{0.5})
	}
	m.Add(7, []float64{math.NaN()})
	if m.Learn() || len(m.Fits()) != 7 {
		t.Errorf("learned from 7 runs, or has %d fits", len(m.Fits()))
	}
}
