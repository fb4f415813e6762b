package stats

import "math"

// Resampling says how intervals come from resampling.
type Resampling struct {
	Resamples  int     // at least 2; 1000 is usual
	Confidence float64 // of the intervals: 0.95
	// U returns a number from 0 to 1 for place (x, y): a random function, so that resamples do not depend on their order.
	U func(x, y uint64) float64
}

// times calls use for every resample with how often each of n rows is in it, drawn with replacement. The slice is reused.
func (s Resampling) times(n int, use func(resample int, times []float64)) {
	times := make([]float64, n)
	for b := range s.Resamples {
		clear(times)
		for i := range n {
			times[min(int(s.U(uint64(b), uint64(i))*float64(n)), n-1)]++
		}
		use(b, times)
	}
}

// Index is an estimate and the half-width of its interval.
type Index struct {
	Value, Conf float64 // NaN where not known
}

// unknownIndex is an index about which nothing is known.
var unknownIndex = Index{math.NaN(), math.NaN()}

// indexed joins estimates with the half-widths of their intervals, by the normal quantile of resampled values: spread[b][i]
// is estimate i in resample b. extra is a variance to be added to each, nil for none.
func (s Resampling) indexed(values []float64, spread [][]float64, extra []float64) []Index {
	checkConfidence("Resampling", s.Confidence)
	z := NormalQuantile(0.5 + s.Confidence/2)
	list := make([]Index, len(values))
	column := make([]float64, len(spread))
	for i := range list {
		for b := range spread {
			column[b] = spread[b][i]
		}
		_, sd := meanSD(column)
		if extra != nil {
			sd = math.Hypot(sd, math.Sqrt(extra[i]))
		}
		list[i] = Index{values[i], z * sd}
	}
	return list
}

// noiseless returns an estimate of the product of two means over replications without the noise that both hold: the mean
// product of values from different replications. a and b hold the same replications, of any correlation between them.
func noiseless(a, b []float64) float64 {
	sumA, sumB, same := 0.0, 0.0, 0.0
	for r := range a {
		sumA, sumB, same = sumA+a[r], sumB+b[r], same+a[r]*b[r]
	}
	n := float64(len(a))
	return (sumA*sumB - same) / (n * (n - 1))
}
