package experiment

import (
	"math"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// Estimate is a mean, or a mean difference, and how well it is known.
type Estimate struct {
	N          int     // replications used
	Mean       float64 // NaN for none
	SD         float64 // between replications
	Simulation stats.Interval

	// Inputs splits the variance where inputs are drawn; nil in a plain run. Uncertainty is its interval, else NaN.
	Inputs      *stats.Nested
	Uncertainty stats.Interval
}

// Interval returns the interval to print first: that of the inputs where they are drawn, else that of simulation error. It is
// unknown, NaN, where the draws cannot be told apart: all that Uncertainty then holds is their median, which looks certain.
func (e Estimate) Interval() stats.Interval {
	switch {
	case e.Inputs == nil:
		return e.Simulation
	case e.Inputs.Indistinct():
		return noInterval
	default:
		return e.Uncertainty
	}
}

var noInterval = stats.Interval{Low: math.NaN(), High: math.NaN()}

// unknown is the estimate from nothing.
func unknown() Estimate {
	return Estimate{Mean: math.NaN(), SD: math.NaN(), Simulation: noInterval, Uncertainty: noInterval}
}

// Plausible is the values that a measure of the control may have, so that a draw of the inputs is of such a clinic.
type Plausible struct {
	Measure   sim.MeasureRow
	Low, High float64
}

// DrawInputs says that each perDraw replications in turn, at least two, share a draw of the inputs, and which draws are
// of a clinic like the one meant. It comes before Add.
func (c *Collection) DrawInputs(perDraw int, plausible []Plausible) {
	c.perDraw, c.plausible = perDraw, plausible
}

// Outside tells which of the plausible ranges a draw's control lies outside of, as places in the list given to
// DrawInputs: the mean of its replications, where they are known.
func (c *Collection) Outside(draw int) []int {
	var outside []int
	for i, p := range c.plausible {
		values := c.Values(0, p.Measure)
		if values == nil {
			continue
		}
		mean, _, _ := stats.MeanInterval(values[draw*c.perDraw:(draw+1)*c.perDraw], 0.95)
		if mean < p.Low || mean > p.High {
			outside = append(outside, i)
		}
	}
	return outside
}

// Counts tells whether a draw counts in averages over the arms: all of them settle, and its control is plausible.
func (c *Collection) Counts(draw int, arms ...int) bool {
	for _, a := range arms {
		if !c.Settles(a, draw) {
			return false
		}
	}
	return len(c.Outside(draw)) == 0
}

// CountedDraws returns how many draws count in averages over the arms.
func (c *Collection) CountedDraws(arms ...int) int {
	n := 0
	for d := range c.Draws() {
		if c.Counts(d, arms...) {
			n++
		}
	}
	return n
}

// PerDraw returns the replications of each draw of the inputs, 0 where they are not drawn.
func (c *Collection) PerDraw() int { return c.perDraw }

// Draws returns the number of draws of the inputs, 0 where they are not drawn.
func (c *Collection) Draws() int {
	if c.perDraw == 0 {
		return 0
	}
	return c.Replications() / c.perDraw
}

// Settles tells whether an arm settles under a draw: not if a backlog grew without end in more than half of its
// replications.
func (c *Collection) Settles(arm, draw int) bool {
	growing := 0
	for _, settled := range c.settled[arm][draw*c.perDraw : (draw+1)*c.perDraw] {
		if !settled {
			growing++
		}
	}
	return 2*growing <= c.perDraw
}

// UnsettledDraws returns how many draws are left out because one of the arms, or the control, never settles under them.
func (c *Collection) UnsettledDraws(arms ...int) int {
	n := 0
	for d := range c.Draws() {
		for _, a := range arms {
			if !c.Settles(a, d) {
				n++
				break
			}
		}
	}
	return n
}

// Grew returns the pools of an arm whose backlog grew without end in some replication.
func (c *Collection) Grew(arm int) []string {
	var pools []string
	for _, g := range c.growing[arm] {
		pools = append(pools, g.pool)
	}
	return pools
}

// NeverSettles tells whether an arm has no long-run average: in a plain run, a backlog grew without end in more than
// half of the replications; where inputs are drawn, under every draw.
func (c *Collection) NeverSettles(arm int) bool {
	if c.perDraw > 0 {
		return c.CountedDraws(arm) == 0
	}
	return len(c.Unsettled(arm)) > 0
}

// used returns the values to average over, which have one entry for each replication, NaN where unknown: those that are
// known. Where inputs are drawn, a draw counts whole or not at all.
func (c *Collection) used(values []float64, arms ...int) []float64 {
	used, _ := c.usable(values, arms...)
	return used
}

// usable is used, with the draws that count; nil in a plain run.
func (c *Collection) usable(values []float64, arms ...int) (used []float64, draws []int) {
	if c.perDraw == 0 {
		return withoutNaN(values), nil
	}
	for from := 0; from+c.perDraw <= len(values); from += c.perDraw {
		group := values[from : from+c.perDraw]
		if c.Counts(from/c.perDraw, arms...) && len(withoutNaN(group)) == c.perDraw {
			used, draws = append(used, group...), append(draws, from/c.perDraw)
		}
	}
	return used, draws
}

// bothUsed returns the values of an arm and the control to compare.
func (c *Collection) bothUsed(arm int, control, values []float64) stats.Pair {
	if len(control) != len(values) {
		return stats.Pair{} // one of the arms has no such measure
	}
	unless := minus(values, control) // NaN where either is unknown
	first, second := make([]float64, len(control)), make([]float64, len(control))
	for i, d := range unless {
		first[i], second[i] = control[i], values[i]
		if math.IsNaN(d) {
			first[i], second[i] = d, d
		}
	}
	return stats.Pair{Control: c.used(first, 0, arm), Arm: c.used(second, 0, arm)}
}

// Estimate estimates a mean from the values that used returned.
func (c *Collection) Estimate(used []float64, confidence float64) Estimate {
	mean, sd, ci := stats.MeanInterval(used, confidence)
	e := Estimate{N: len(used), Mean: mean, SD: sd, Simulation: ci, Uncertainty: noInterval}
	if c.perDraw > 0 {
		nested := stats.RandomEffects(used, c.perDraw, confidence)
		e.Inputs, e.Simulation, e.Uncertainty = &nested, nested.Simulation, nested.Uncertainty
	}
	return e
}

// Compare estimates arm − control from the values that Pair returned.
func (c *Collection) Compare(p stats.Pair, confidence float64) Estimate {
	return c.Estimate(minus(p.Arm, p.Control), confidence)
}
