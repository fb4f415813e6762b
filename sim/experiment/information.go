package experiment

import (
	"math"
	"slices"

	"portalsim/sim/stats"
)

// Information is what knowing the inputs would be worth to whoever chooses between the control and other arms by their net
// benefit, in currency per clinic and measured period.
type Information struct {
	stats.Information
	Options []int    // the arms to choose from, the control first
	Inputs  []string // by group of stats.Information: what is drawn at once
	Draws   int      // draws that count: those under which all options settle and the control is plausible
}

// fewestDraws is how many draws a value of information takes.
const fewestDraws = 8

// Information estimates the value of information over the arms given, the control excepted, where inputs were drawn. ok is
// false where fewer than eight draws count, or an arm has no costs.
func (c *Collection) Information(arms []int, inputs []InputSeries, s stats.Resampling) (v Information, ok bool) {
	v.Options = append([]int{0}, arms...)
	var draws []int
	for d := range c.Draws() {
		if c.Counts(d, v.Options...) && !math.IsNaN(c.netCosts(d, v.Options)[0]) {
			draws = append(draws, d)
		}
	}
	v.Draws = len(draws)
	if len(arms) == 0 || len(draws) < fewestDraws {
		return v, false
	}
	benefit := make([][]float64, len(v.Options))
	for _, d := range draws {
		for i, cost := range c.netCosts(d, v.Options) {
			benefit[i] = append(benefit[i], -cost)
		}
	}
	var columns [][]float64
	var groups []int
	for _, in := range inputs {
		g := slices.Index(v.Inputs, in.Together)
		if g < 0 {
			g = len(v.Inputs)
			v.Inputs = append(v.Inputs, in.Together)
		}
		at := make([]float64, len(draws))
		for i, d := range draws {
			at[i] = in.Values[d]
		}
		columns, groups = append(columns, at), append(groups, g)
	}
	v.Information = stats.ValueOfInformation(benefit, columns, groups, s)
	return v, true
}

// netCosts returns the mean net cost of each arm over the replications of a draw; all NaN where one is unknown.
func (c *Collection) netCosts(draw int, arms []int) []float64 {
	costs := make([]float64, len(arms))
	for i, a := range arms {
		values := c.Values(a, Of("net_cost"))
		mean := math.NaN()
		if values != nil {
			mean, _, _ = stats.MeanInterval(values[draw*c.perDraw:(draw+1)*c.perDraw], 0.95)
		}
		if math.IsNaN(mean) {
			return slices.Repeat([]float64{math.NaN()}, len(arms))
		}
		costs[i] = mean
	}
	return costs
}
