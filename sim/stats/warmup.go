package stats

import "math"

// MSER returns how many observations to leave out at the beginning of a series, so that what is left has the smallest
// marginal standard error: the d that minimises the sum of squares about the mean of observations d, d+1, …, n−1, over
// (n − d)². Observations are usually means of batches, here of whole weeks. settled is false where the minimum lies in the
// second half of the series: then it is too short, or does not settle. A NaN counts as no observation.
//
// Source: K. P. White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69 (1997)
// 323–334; for the rule about the second half, K. Hoad, S. Robinson and R. Davies, "Automating warm-up length estimation",
// Journal of the Operational Research Society 61 (2010) 1389–1403.
func MSER(series []float64) (leave int, settled bool) {
	best := math.Inf(1)
	const least = 5 // the last few observations may be close together by chance
	for d := 0; d+least <= len(series); d++ {
		n, sum, squares := 0.0, 0.0, 0.0
		for _, x := range series[d:] {
			if !math.IsNaN(x) {
				n, sum = n+1, sum+x
			}
		}
		for _, x := range series[d:] {
			if !math.IsNaN(x) {
				squares += (x - sum/n) * (x - sum/n)
			}
		}
		if statistic := squares / (n * n); n >= least && statistic < best {
			best, leave = statistic, d
		}
	}
	return leave, !math.IsInf(best, 1) && 2*leave <= len(series)
}

// MovingAverage returns Welch's moving average of a series: of the observations up to window before and after each, or as
// many on both sides as there are. A NaN counts as no observation.
//
// Source: P. D. Welch, "The statistical analysis of simulation results", in Computer Performance Modeling Handbook (1983).
func MovingAverage(series []float64, window int) []float64 {
	averages := make([]float64, len(series))
	for i := range series {
		w := min(window, i, len(series)-1-i)
		n, sum := 0.0, 0.0
		for _, x := range series[i-w : i+w+1] {
			if !math.IsNaN(x) {
				n, sum = n+1, sum+x
			}
		}
		averages[i] = sum / n
	}
	return averages
}
