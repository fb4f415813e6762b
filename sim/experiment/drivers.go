package experiment

import (
	"cmp"
	"math"
	"slices"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// InputSeries is one input, or group of inputs drawn together, by draw.
type InputSeries struct {
	Name     string
	Together string    // what is drawn at once with it: itself, or the group, shares or variant that it is part of
	Values   []float64 // by draw; any unit, since only ranks count
}

// Driver is one input's part in a difference between arms.
type Driver struct {
	Input   string
	Rank    float64 // Spearman's rank correlation over draws
	Partial float64 // partial rank correlation; NaN for an input that was screened out
	PHolm   float64 // two-sided p-value of none, Holm-adjusted over the inputs that were not
}

// drawsPerInput is how many draws an input needs, so that a partial correlation given all the others says something.
// Where there are more inputs, those of the largest simple rank correlations are kept.
//
// Source: S. Marino et al., Journal of Theoretical Biology 254 (2008) 178–196, ask for more draws than 4/3 of the
// inputs; we want spare ones.
const drawsPerInput = 3

// Drivers says which inputs drive a headline difference of an arm from the control, the strongest first: first those
// with a partial correlation, then those screened out.
func (c *Collection) Drivers(arm, headline int, inputs []InputSeries) []Driver {
	values, draws := c.usable(c.headlineDifferences(arm, headline), 0, arm)
	output := make([]float64, len(draws))
	for i := range output {
		output[i], _, _ = stats.MeanInterval(values[i*c.perDraw:(i+1)*c.perDraw], 0.95)
	}
	drivers := make([]Driver, 0, len(inputs))
	var series [][]float64
	for _, in := range inputs {
		at := make([]float64, len(draws))
		for i, d := range draws {
			at[i] = in.Values[d]
		}
		r := stats.RankCorrelation(at, output)
		if math.IsNaN(r) {
			continue // does not vary, or nothing does
		}
		drivers, series = append(drivers, Driver{in.Name, r, math.NaN(), math.NaN()}), append(series, at)
	}
	order := make([]int, len(drivers))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(drivers[b].Rank), math.Abs(drivers[a].Rank)) })
	kept := order[:min(len(order), len(draws)/drawsPerInput)]
	addPartial(drivers, series, output, kept)
	slices.SortStableFunc(drivers, func(a, b Driver) int { // cmp.Compare takes NaN for the smallest
		return cmp.Or(cmp.Compare(math.Abs(b.Partial), math.Abs(a.Partial)), cmp.Compare(math.Abs(b.Rank), math.Abs(a.Rank)))
	})
	return drivers
}

// addPartial fills in the partial correlations of the inputs kept.
func addPartial(drivers []Driver, series [][]float64, output []float64, kept []int) {
	var inputs [][]float64
	for _, i := range kept {
		inputs = append(inputs, series[i])
	}
	partial, p := stats.PartialRankCorrelations(inputs, output)
	adjusted := stats.Holm(p)
	for n, i := range kept {
		drivers[i].Partial, drivers[i].PHolm = partial[n], adjusted[n]
	}
}

// headlineDifferences returns a headline difference by replication, NaN where unknown.
func (c *Collection) headlineDifferences(arm, headline int) []float64 {
	if headline == 0 {
		s := c.series(arm, sim.All)
		return minus(s.arm, s.control)
	}
	row := Of(sim.Headline[headline])
	control, values := c.Values(0, row), c.Values(arm, row)
	if len(control) != len(values) {
		return nil
	}
	return minus(values, control)
}
