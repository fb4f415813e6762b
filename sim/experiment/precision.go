package experiment

import (
	"math"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// Interest is a measure of interest in a study, and how well it should be known.
type Interest struct {
	Row       sim.MeasureRow
	ByContact bool    // its difference is paired by contact
	HalfWidth float64 // wanted of its interval; 0 for whatever it is
	Relative  bool    // HalfWidth is a share of the control's mean
}

// Reach says how near a collection is to the half-widths wanted.
type Reach struct {
	Reached bool
	Arm     int     // of the interval that is the widest for what is wanted of it
	Measure int     // among the measures of interest, or -1 where none is wanted
	Ratio   float64 // that interval's half-width over the one wanted
}

// Reach looks at the interval of every measure of interest that has a half-width: of the difference from the control in
// each arm that is not a reference, or where there is one arm, of its mean. A relative half-width is of the control's
// mean, which does not shrink with the difference. Each interval is at level alpha over their number, alpha being 1 −
// confidence (Bonferroni). Arms that never settle, and measures that no replication knows, are left out: more
// replications would not help.
//
// Looking several times makes intervals a little too short; docs/studies.md has the coverage measured.
func (c *Collection) Reach(list []Interest, confidence float64) Reach {
	reach := Reach{Reached: true, Measure: -1}
	wanted := 0
	for _, in := range list {
		if in.HalfWidth > 0 {
			wanted++
		}
	}
	first, compared := 1, 0
	if len(c.arms) == 1 {
		first = 0
	}
	for a := first; a < len(c.arms); a++ {
		if !c.arms[a].Reference {
			compared++
		}
	}
	each := 1 - (1-confidence)/float64(max(1, wanted*compared))
	for a := first; a < len(c.arms); a++ {
		if c.arms[a].Reference || c.NeverSettles(0) || c.NeverSettles(a) {
			continue
		}
		for m, in := range list {
			if in.HalfWidth == 0 {
				continue
			}
			ratio := c.halfWidth(a, in, each)
			if ratio > 1 {
				reach.Reached = false
			}
			if ratio > reach.Ratio {
				reach.Arm, reach.Measure, reach.Ratio = a, m, ratio
			}
		}
	}
	return reach
}

// halfWidth returns the half-width of an interval over the one wanted: 0 where nothing varies or nothing is known.
func (c *Collection) halfWidth(arm int, in Interest, confidence float64) float64 {
	var half, mean float64
	if arm == 0 {
		var interval stats.Interval
		mean, _, interval = stats.MeanInterval(c.Known(0, in.Row), confidence)
		half = interval.HalfWidth()
	} else {
		p := c.InterestPair(arm, in)
		half = c.Compare(p, confidence).Simulation.HalfWidth()
		mean, _, _ = stats.MeanInterval(p.Control, confidence)
	}
	want := in.HalfWidth
	if in.Relative {
		want *= math.Abs(mean)
	}
	switch {
	case math.IsNaN(half) || half == 0:
		return 0
	case want == 0:
		return math.Inf(1)
	}
	return half / want
}

// InterestDifferences returns arm − control of a measure of interest by replication, NaN where unknown.
func (c *Collection) InterestDifferences(arm int, in Interest) []float64 {
	control, values := c.Values(0, in.Row), c.Values(arm, in.Row)
	if in.ByContact {
		s := c.series(arm, in.Row.Type)
		control, values = s.control, s.arm
	}
	if len(control) != len(values) {
		return nil // one of the arms has no such measure
	}
	return minus(values, control)
}

// InterestPair returns the values of a measure of interest in the control and in an arm, paired as it asks.
func (c *Collection) InterestPair(arm int, in Interest) stats.Pair {
	if in.ByContact {
		s := c.series(arm, in.Row.Type)
		return c.bothUsed(arm, s.control, s.arm)
	}
	p, _ := c.Pair(arm, in.Row)
	return p
}
