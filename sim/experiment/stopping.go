package experiment

import (
	"math"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// Stopping is the rule of how many replications to run: 20, then half as many again at each look, until the result is
// precise enough.
type Stopping struct {
	Share float64 // half-width to reach, as a share of the control's mean: see Collection.Precise
	Most  int     // replications at which the search ends all the same
}

// Next returns how many replications to have at the next look: those there are, when they suffice.
func (s Stopping) Next(c *Collection) int {
	have := c.Replications()
	if have > 0 {
		if precise, _, _ := c.Precise(s.Share); precise {
			return have
		}
	}
	return s.More(have)
}

// More returns how many replications to have at the look after this one.
func (s Stopping) More(have int) int { return min(Stage(have), s.Most) }

// Precise tells whether the half-width of every headline difference, and of the control's own headline means, is at
// most the given share of the control's mean. The measure furthest from it is named.
func (c *Collection) Precise(share float64) (precise bool, worst string, ratio float64) {
	check := func(name string, half, mean float64) {
		if mean == 0 && half == 0 || math.IsNaN(mean) {
			return
		}
		if r := half / math.Abs(mean); r > ratio || math.IsNaN(r) {
			worst, ratio = name, r
		}
	}
	for a := range c.arms {
		if c.arms[a].Reference || c.NeverSettles(0) || c.NeverSettles(a) {
			continue // more replications would not settle it
		}
		if a == 0 {
			row := Of(sim.Headline[0])
			row.Channel = "portal"
			for _, r := range []sim.MeasureRow{row, Of(sim.Headline[1])} {
				mean, _, ci := stats.MeanInterval(withoutNaN(c.Values(0, r)), 0.95)
				check(r.Measure+" of "+c.arms[0].Name, ci.HalfWidth(), mean)
			}
			continue
		}
		for _, h := range c.Headlines(a, -1, 0.95) {
			check(h.Measure+" of "+c.arms[a].Name+" against "+c.arms[0].Name, h.Change.Simulation.HalfWidth(), h.ControlMean)
		}
	}
	return ratio <= share, worst, ratio
}

// Stage returns how many replications to have at the next look: 20 at first, then growing by half.
func Stage(have int) int {
	if have < 20 {
		return 20
	}
	return have + (have+1)/2
}
