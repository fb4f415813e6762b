package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/sim/elementary"
)

// CountInterval returns the interval for the mean of a count, given its variance. Where the variance is the count itself it
// is the exact interval of a Poisson mean (Garwood); where it is larger, since the events of one patient come together, it
// is the gamma interval of Fay and Feuer: that of a Poisson count which is known as well as this one, scaled back. A variance
// below the count is taken for the count. It panics on a negative count and unless 0 < confidence < 1.
//
// Sources: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936) 437–442; M. P. Fay and
// E. J. Feuer, "Confidence intervals for directly standardized rates", Statistics in Medicine 16 (1997) 791–801.
func CountInterval(count, variance, confidence float64) Interval {
	checkConfidence("CountInterval", confidence)
	if !(count >= 0) {
		panic(fmt.Sprintf("stats: CountInterval of count %v", count))
	}
	each := 1.0 // what one event of the scaled count stands for
	if variance > count && count > 0 {
		each = variance / count
	}
	tail := (1 - confidence) / 2
	low := 0.0
	if count > 0 {
		low = each * gammaQuantile(count/each, tail)
	}
	return Interval{low, each * gammaQuantile(count/each+1, 1-tail)}
}

// gammaQuantile returns the p quantile of the gamma distribution of scale 1.
func gammaQuantile(shape, p float64) float64 { return elementary.GammaQuantile(shape, p) }

// ShareInterval returns the exact interval of a share that was seen in trials, of which variance is the estimated variance
// of the share: the interval of Clopper and Pearson for as many independent trials as would know the share as well (Korn
// and Graubard), at most those there were. It is NaN for no trials. It panics unless 0 ≤ share ≤ 1 and 0 < confidence < 1.
//
// Sources: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
// binomial", Biometrika 26 (1934) 404–413; E. L. Korn and B. I. Graubard, "Confidence intervals for proportions with small
// expected number of positive counts estimated from survey data", Survey Methodology 24 (1998) 193–201.
func ShareInterval(share, trials, variance, confidence float64) Interval {
	checkConfidence("ShareInterval", confidence)
	checkProbability("ShareInterval", share)
	if trials <= 0 {
		return Interval{math.NaN(), math.NaN()}
	}
	if variance > 0 {
		trials = min(trials, share*(1-share)/variance)
	}
	tail := (1 - confidence) / 2
	yes, no := share*trials, (1-share)*trials
	all := Interval{0, 1}
	if yes > 0 {
		all.Low = distuv.Beta{Alpha: yes, Beta: no + 1}.Quantile(tail)
	}
	if no > 0 {
		all.High = distuv.Beta{Alpha: yes + 1, Beta: no}.Quantile(1 - tail)
	}
	return all
}

// ClusterRatio is a ratio of sums over clusters, such as the patients that messages come from, of which each is
// independent of the others and its own events are not.
type ClusterRatio struct {
	Estimate float64 // sum of numerators over sum of denominators; NaN where that is 0
	Variance float64 // of the estimate, linearised; NaN below two clusters
	Clusters int
}

// Clusters adds up the numerator and denominator of each cluster, so that none of them is kept. The zero value is empty.
type Clusters struct {
	n                            int
	above, below                 float64
	aboveSq, belowSq, aboveBelow float64
}

// Add adds one cluster.
func (c *Clusters) Add(above, below float64) {
	c.n++
	c.above, c.below = c.above+above, c.below+below
	c.aboveSq, c.belowSq, c.aboveBelow = c.aboveSq+above*above, c.belowSq+below*below, c.aboveBelow+above*below
}

// Ratio estimates the ratio of the sums.
//
// Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), sections 2.11 and 6.4.
func (c *Clusters) Ratio() ClusterRatio {
	n := float64(c.n)
	r := ClusterRatio{Estimate: quotient(c.above, c.below), Variance: math.NaN(), Clusters: c.n}
	if c.n < 2 || math.IsNaN(r.Estimate) {
		return r
	}
	squares := c.aboveSq - 2*r.Estimate*c.aboveBelow + r.Estimate*r.Estimate*c.belowSq
	r.Variance = max(0, squares) / (c.below * c.below) * n / (n - 1)
	return r
}

// PositiveInterval returns the interval of a quantity that is above 0, by Student's t on its logarithm. It is NaN where the
// estimate is not above 0 or its variance is not known.
//
// Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), section 12.6, on transformations.
func (r ClusterRatio) PositiveInterval(confidence float64) Interval {
	checkConfidence("PositiveInterval", confidence)
	if !(r.Estimate > 0) || math.IsNaN(r.Variance) {
		return Interval{math.NaN(), math.NaN()}
	}
	i := around(elementary.Log(r.Estimate), math.Sqrt(r.Variance)/r.Estimate, float64(r.Clusters-1), confidence)
	return Interval{elementary.Exp(i.Low), elementary.Exp(i.High)}
}

// LognormalCV returns the coefficient of variation of times of which n logarithms have the variance given, with its
// interval by the chi-squared distribution of that variance: sqrt(exp(σ²) − 1). It panics for n < 2.
//
// Source: N. L. Johnson, S. Kotz and N. Balakrishnan, Continuous Univariate Distributions, vol. 1, 2nd ed. (1994), chapter 14.
func LognormalCV(variance float64, n int, confidence float64) (cv float64, interval Interval) {
	checkConfidence("LognormalCV", confidence)
	if n < 2 {
		panic(fmt.Sprintf("stats: LognormalCV of %d times", n))
	}
	spread := func(v float64) float64 { return math.Sqrt(math.Expm1(v)) }
	df := float64(n - 1)
	tail := (1 - confidence) / 2
	chi := distuv.ChiSquared{K: df}
	return spread(variance), Interval{spread(variance * df / chi.Quantile(1-tail)), spread(variance * df / chi.Quantile(tail))}
}
