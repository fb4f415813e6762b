package stats

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/sim/elementary"
)

// Nested splits the variance of values into two sources: between groups, each a draw of the inputs, and within them,
// the replications of that draw. It is the one-way random-effects model y = mean + draw + replication, with equally
// many replications in each draw. All is in the unit of the values.
type Nested struct {
	Draws, Replications int // Replications: of each draw

	Mean    float64 // grand mean
	Median  float64 // of the draws' means: what a typical draw says, where a few draws say much more
	Within  float64 // standard deviation of replications of one draw: simulation error of one replication
	Between float64 // standard deviation that the draws' true means have; 0 where the estimate of its square is negative

	// Simulation is the interval for the grand mean over the draws made, as if more replications of the same draws
	// were run: simulation error only, by Student's t with Draws × (Replications − 1) degrees of freedom.
	Simulation Interval

	// Uncertainty holds the middle share of the draws' true means: what not knowing the inputs does to the answer, with
	// simulation error taken out. See Shrunken.
	Uncertainty Interval

	// Shrunken holds the draws' means, drawn in towards their median by the share of their spread that is simulation
	// error: all at the median where the draws cannot be told apart.
	Shrunken []float64
}

// InputShare returns the share of the variance of one replication that comes from the inputs: from 0 to 1.
func (n Nested) InputShare() float64 {
	return quotient(n.Between*n.Between, n.Between*n.Between+n.Within*n.Within)
}

// Indistinct tells that simulation error explains all of the spread between draws' means, so that nothing can be said of
// the draws one by one: more replications of each would show what the inputs do.
func (n Nested) Indistinct() bool {
	return len(n.Shrunken) > 1 && slices.Min(n.Shrunken) == slices.Max(n.Shrunken) && n.Within > 0
}

// ShareBelow returns the share of draws whose true mean lies below x; a draw at x counts half.
func (n Nested) ShareBelow(x float64) float64 {
	below := 0.0
	for _, mean := range n.Shrunken {
		if mean < x {
			below++
		} else if mean == x {
			below += 0.5
		}
	}
	return quotient(below, float64(len(n.Shrunken)))
}

// RandomEffects returns the split of values, which hold the replications of the first draw, then those of the second,
// and so on. Fewer than two draws, or than two replications a draw, leave NaN for what is not known. It panics unless
// the values are whole draws and 0 < confidence < 1.
//
// Within and Between are of the whole: a few draws of a clinic near its limit can make most of both. So that they do not
// decide how far the others are drawn in, that is decided by the typical spread of replications (by the median of the
// draws' variances) and of the means (by their quartiles). In the normal model with 200 draws of two replications the
// uncertainty interval has the true width if Within is at most Between, and is up to a tenth narrower at twice that.
//
// Sources: S. R. Searle, G. Casella and C. E. McCulloch, Variance Components (1992), sections 3.5 and 3.6 (estimates
// from the analysis of variance); T. A. Louis, "Estimating a population of parameter values using Bayes and empirical
// Bayes methods", Journal of the American Statistical Association 79 (1984) 393–398 (shrinking by the square root, so
// that the ensemble has the right spread).
func RandomEffects(values []float64, replications int, confidence float64) Nested {
	checkConfidence("RandomEffects", confidence)
	if replications < 1 || len(values)%replications != 0 {
		panic(fmt.Sprintf("stats: RandomEffects of %d values in draws of %d", len(values), replications))
	}
	n := Nested{Draws: len(values) / replications, Replications: replications}
	means, variances := make([]float64, n.Draws), make([]float64, n.Draws)
	for d := range means {
		mean, sd := meanSD(values[d*replications : (d+1)*replications])
		means[d], variances[d] = mean, sd*sd // NaN for one replication
	}
	grand, spread := meanSD(means)
	n.Mean = grand
	within := sum(variances) / float64(n.Draws)
	n.Within = math.Sqrt(within)
	df := float64(n.Draws * (replications - 1))
	n.Simulation = around(grand, math.Sqrt(within/float64(len(values))), df, confidence)
	n.Between = math.Sqrt(max(0, spread*spread-within/float64(replications)))
	n.shrink(means, variances, confidence)
	return n
}

// shrink draws the means in towards their median, and takes their quantiles.
func (n *Nested) shrink(means, variances []float64, confidence float64) {
	n.Median, n.Uncertainty = math.NaN(), Interval{math.NaN(), math.NaN()}
	if n.Draws < 2 || n.Replications < 2 || math.IsNaN(n.Mean) {
		return
	}
	sorted := slices.Sorted(slices.Values(means))
	n.Median = Quantile(sorted, 0.5)
	factor := 1.0
	if spread := (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / normalQuartiles; spread > 0 {
		df := float64(n.Replications - 1)
		typical := Quantile(slices.Sorted(slices.Values(variances)), 0.5) * df / distuv.ChiSquared{K: df}.Quantile(0.5)
		factor = math.Sqrt(max(0, 1-typical/(float64(n.Replications)*spread*spread)))
	}
	n.Shrunken = make([]float64, len(means))
	for d, mean := range means {
		n.Shrunken[d] = n.Median + factor*(mean-n.Median)
	}
	for d, mean := range sorted {
		sorted[d] = n.Median + factor*(mean-n.Median)
	}
	tail := (1 - confidence) / 2
	n.Uncertainty = Interval{outerQuantile(sorted, tail), outerQuantile(sorted, 1-tail)}
}

// normalQuartiles is the distance between the quartiles of the standard normal distribution.
var normalQuartiles = 2 * elementary.NormalQuantile(0.75)

// outerQuantile returns the p quantile of sorted by interpolation at place (n + 1)p, counted from 1, and no further than
// the ends: another draw falls below it with probability p, where Quantile's answer lies too far in for few draws.
//
// Source: R. J. Hyndman and Y. Fan, The American Statistician 50 (1996) 361–365, definition 6.
func outerQuantile(sorted []float64, p float64) float64 {
	n := float64(len(sorted))
	at := min(max(p*(n+1)-1, 0), n-1) // counted from 0
	below := int(at)
	above := min(below+1, len(sorted)-1)
	return sorted[below] + (at-float64(below))*(sorted[above]-sorted[below])
}
