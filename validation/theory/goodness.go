package theory

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// ChiSquareCDF returns P(X ≤ x) for the chi-square distribution with df degrees of freedom.
// It panics unless x ≥ 0 and df > 0.
//
// Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.4.19.
func ChiSquareCDF(x, df float64) float64 {
	checkChiSquare(x, df)
	return mathext.GammaIncReg(df/2, x/2)
}

// ChiSquareTest returns Pearson's statistic Σ(observed − expected)²/expected and its p-value,
// the chance of as much or more. fitted is the number of parameters estimated from the same
// counts; the degrees of freedom are cells − 1 − fitted. The p-value is approximate: every
// expected count should be at least 5. It panics unless the lengths agree, expected counts
// are above 0 with the sum of those observed, and a degree of freedom is left.
//
// Source: K. Pearson, "On the criterion that a given system of deviations … can be reasonably
// supposed to have arisen from random sampling", Philosophical Magazine 50 (1900) 157–175.
func ChiSquareTest(observed []int, expected []float64, fitted int) (statistic, p float64) {
	if len(observed) != len(expected) {
		panic(fmt.Sprintf("theory: ChiSquareTest: %d observed and %d expected counts", len(observed), len(expected)))
	}
	surplus, total := 0.0, 0.0
	for i, e := range expected {
		if !(e > 0) {
			panic(fmt.Sprintf("theory: ChiSquareTest: expected[%d] is %v, want above 0", i, e))
		}
		d := float64(observed[i]) - e
		surplus, total, statistic = surplus+d, total+e, statistic+d*d/e
	}
	if math.Abs(surplus) > 1e-6*total {
		panic(fmt.Sprintf("theory: ChiSquareTest: observed counts sum to %v more than the expected %v", surplus, total))
	}
	df := float64(len(observed) - 1 - fitted)
	checkChiSquare(statistic, df)
	return statistic, mathext.GammaIncRegComp(df/2, statistic/2)
}

func checkChiSquare(x, df float64) {
	if !(x >= 0 && df > 0) {
		panic(fmt.Sprintf("theory: chi-square of %v with %v degrees of freedom, want at least 0 and above 0", x, df))
	}
}

// KolmogorovTest returns the largest distance between the empirical distribution of values
// and the continuous distribution cdf, which must be fixed beforehand, and its p-value
// by KolmogorovPValue. values is left as it was. It panics if values is empty.
//
// Source: A. N. Kolmogorov, "Sulla determinazione empirica di una legge di distribuzione",
// Giornale dell'Istituto Italiano degli Attuari 4 (1933) 83–91.
func KolmogorovTest(values []float64, cdf func(x float64) float64) (distance, p float64) {
	sorted := slices.Sorted(slices.Values(values))
	n := float64(len(sorted))
	for i, x := range sorted {
		f := cdf(x)
		distance = max(distance, f-float64(i)/n, float64(i+1)/n-f)
	}
	return distance, KolmogorovPValue(distance, len(values))
}

// KolmogorovPValue returns the chance that n independent values lie at a distance of at least
// d from their distribution. It adds the exact chances of lying that far above and that far
// below, and so counts twice the chance of both: it is exact for d ≥ ½, is never too small,
// and is too large by less than one part in 10,000 where it is below 0.05. It panics unless
// 0 ≤ d ≤ 1 and n ≥ 1.
//
// Source: Z. W. Birnbaum and F. H. Tingey, "One-sided confidence contours for probability
// distribution functions", Annals of Mathematical Statistics 22 (1951) 592–596.
func KolmogorovPValue(d float64, n int) float64 {
	if !(0 <= d && d <= 1) || n < 1 {
		panic(fmt.Sprintf("theory: KolmogorovPValue: distance %v of %d values, want from 0 to 1 and at least 1", d, n))
	}
	if d == 0 {
		return 1
	}
	oneSide := 0.0
	size := float64(n)
	for j := 0; j < n; j++ {
		reach := d + float64(j)/size
		if reach >= 1 {
			break
		}
		oneSide += math.Exp(logChoose(n, j) + float64(j-1)*math.Log(reach) + float64(n-j)*math.Log1p(-reach))
	}
	return min(1, 2*d*oneSide)
}

// logChoose returns the logarithm of the number of ways to choose k of n.
func logChoose(n, k int) float64 {
	lgamma := func(m int) float64 {
		y, _ := math.Lgamma(float64(m) + 1)
		return y
	}
	return lgamma(n) - lgamma(k) - lgamma(n-k)
}

// BinomialTest returns the exact two-sided p-value of k successes in n independent trials of
// probability p: twice the smaller tail, at most 1. It panics unless 0 ≤ k ≤ n and
// 0 < p < 1.
//
// Source: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits
// illustrated in the case of the binomial", Biometrika 26 (1934) 404–413; tails by the
// incomplete beta function, Abramowitz and Stegun (1964), 26.5.24.
func BinomialTest(k, n int, p float64) float64 {
	if k < 0 || k > n || !(0 < p && p < 1) {
		panic(fmt.Sprintf("theory: BinomialTest: %d of %d at probability %v", k, n, p))
	}
	atLeast, atMost := 1.0, 1.0
	if k > 0 {
		atLeast = mathext.RegIncBeta(float64(k), float64(n-k+1), p)
	}
	if k < n {
		atMost = mathext.RegIncBeta(float64(n-k), float64(k+1), 1-p)
	}
	return min(1, 2*min(atLeast, atMost))
}
