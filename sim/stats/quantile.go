package stats

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// Quantile returns the p quantile of sorted, by linear interpolation between the order
// statistics at either side of place (n − 1)p, counted from 0: the default of R and NumPy.
// It is NaN if there are no values. sorted must be in increasing order, without NaN; this is
// not checked. It panics unless 0 ≤ p ≤ 1.
//
// Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
// Statistician 50 (1996) 361–365, definition 7.
func Quantile(sorted []float64, p float64) float64 {
	place := placeOf("Quantile", p, len(sorted))
	if len(sorted) == 0 {
		return math.NaN()
	}
	return place.between(sorted)
}

// Quantiles returns the quantiles of values at each of ps, as Quantile does, without sorting
// them: about as many steps as values for each p. It reorders values, so sorted order is
// neither needed nor kept. The result has the order of ps, which may be any. No values give
// NaN. It panics if a value is NaN or unless every p is from 0 to 1.
//
// Source: as Quantile; selection as in C. A. R. Hoare, "Algorithm 65: Find",
// Communications of the ACM 4 (1961) 321–322, with the median of three as pivot.
func Quantiles(values, ps []float64) []float64 {
	return QuantilesCensored(values, 0, ps)
}

// QuantilesCensored is Quantiles where censored further observations are known only to be
// longer than any value of interest, such as waits that had not ended when the run did. They
// count as +Inf: a quantile that falls among them, or is interpolated with one of them, is
// +Inf. It panics as Quantiles does, and if censored is negative.
//
// The answer equals the quantile that would be seen if every wait were followed to its end,
// provided that the censored ones are longer than that quantile; otherwise it is too long,
// never too short.
//
// Source: as Quantiles.
func QuantilesCensored(values []float64, censored int, ps []float64) []float64 {
	checkValues(values, censored)
	places := make([]place, len(ps))
	for i, p := range ps {
		places[i] = placeOf("Quantiles", p, len(values)+censored)
	}
	selectPlaces(values, places)
	quantiles := make([]float64, len(ps))
	for i, place := range places {
		quantiles[i] = place.between(values)
	}
	if len(values)+censored == 0 {
		fill(quantiles, math.NaN())
	}
	return quantiles
}

// QuantileCensored is QuantilesCensored for one p. It reports ok = false when the quantile
// falls among the censored observations (q is then +Inf) or there are no observations at all
// (q is then NaN).
func QuantileCensored(values []float64, censored int, p float64) (q float64, ok bool) {
	q = QuantilesCensored(values, censored, []float64{p})[0]
	return q, !math.IsNaN(q) && !math.IsInf(q, 1)
}

func fill(values []float64, x float64) {
	for i := range values {
		values[i] = x
	}
}

func checkValues(values []float64, censored int) {
	if censored < 0 {
		panic(fmt.Sprintf("stats: quantile with %d censored observations", censored))
	}
	if i := slices.IndexFunc(values, math.IsNaN); i >= 0 {
		panic(fmt.Sprintf("stats: quantile of NaN, at place %d of %d", i, len(values)))
	}
}

// place is a point between two order statistics: at below, and a share above of the way to
// the next. Invariant: 0 ≤ above < 1.
type place struct {
	below int
	above float64
}

// placeOf returns the place of the p quantile of n observations, (n − 1)p. A place within
// rounding error of an order statistic is that order statistic: 0.55·20 must be 11, not
// 11 + 2e-15, or a neighbour of +Inf would leak into it.
func placeOf(function string, p float64, n int) place {
	checkProbability(function, p)
	at := p * float64(max(n-1, 0))
	if whole := math.Round(at); math.Abs(at-whole) <= 1e-12*(1+at) {
		at = whole
	}
	below := math.Floor(at)
	return place{int(below), at - below}
}

// between interpolates in values, of which the order statistics at either side of the place
// must stand where sorting would put them. Beyond the values lies +Inf.
func (p place) between(values []float64) float64 {
	return p.interpolate(func(k int) float64 {
		if k < len(values) {
			return values[k]
		}
		return math.Inf(1)
	})
}

// interpolate interpolates between the order statistics at either side of the place, which at
// gives by their number from 0.
func (p place) interpolate(at func(k int) float64) float64 {
	low := at(p.below)
	if p.above == 0 {
		return low
	}
	high := at(p.below + 1)
	if low == high { // also both infinite
		return low
	}
	return low + p.above*(high-low)
}

// selectPlaces reorders values so that the order statistics of every place stand where
// sorting would put them.
func selectPlaces(values []float64, places []place) {
	byPlace := slices.Clone(places)
	slices.SortFunc(byPlace, func(a, b place) int { return a.below - b.below })
	from := 0 // values before from are no larger than those after
	for _, p := range byPlace {
		for _, k := range []int{p.below, p.below + 1} {
			if k < from || k >= len(values) {
				continue
			}
			selectNth(values[from:], k-from)
			from = k + 1
		}
	}
}

// selectNth reorders values so that place k holds the value that sorting would put there,
// with none larger before it and none smaller after it. A run of bad pivots is ended by
// sorting, so that no input takes quadratic time.
func selectNth(values []float64, k int) {
	for left := 2 * bits.Len(uint(len(values))); len(values) > 12 && left > 0; left-- {
		i, j := partition(values)
		switch {
		case k <= j:
			values = values[:j+1]
		case k >= i:
			values, k = values[i:], k-i
		default:
			return
		}
	}
	slices.Sort(values)
}

// partition reorders values and returns i > j such that values[:j+1] ≤ pivot,
// values[j+1:i] = pivot and values[i:] ≥ pivot. Each part is shorter than values.
func partition(values []float64) (i, j int) {
	pivot := medianOfThree(values[0], values[len(values)/2], values[len(values)-1])
	i, j = 0, len(values)-1
	for i <= j {
		for values[i] < pivot {
			i++
		}
		for values[j] > pivot {
			j--
		}
		if i <= j {
			values[i], values[j] = values[j], values[i]
			i++
			j--
		}
	}
	return i, j
}

func medianOfThree(a, b, c float64) float64 {
	return max(min(a, b), min(max(a, b), c))
}
