package stats

import (
	"fmt"
	"math"
)

// Ratio estimates a ratio of means, such as minutes after hours per clinician-week, from one
// numerator and one denominator per replication.
type Ratio struct {
	N         int     // replications
	Estimate  float64 // sum of numerators over sum of denominators
	Jackknife float64 // Estimate less its bias of order 1/n, by the jackknife
	SE        float64 // jackknife standard error
	Interval  Interval
}

// RatioInterval returns the ratio of sums with its delete-one jackknife standard error, and
// the interval of Student's t with n − 1 degrees of freedom around the ratio of sums, so that
// the figure printed is the middle of its interval. Equal places hold the same replication.
//
// A sum of denominators of 0 makes all NaN. Fewer than two replications, or one replication
// that holds the whole of the denominators, leave only Estimate known. A value of NaN makes
// all NaN. The coverage is approximate: it nears the confidence as n grows. It panics if the
// lengths differ or unless 0 < confidence < 1.
//
// Source: M. H. Quenouille, "Notes on bias in estimation", Biometrika 43 (1956) 353–360
// (bias); J. W. Tukey, "Bias and confidence in not-quite large samples", Annals of
// Mathematical Statistics 29 (1958) 614 (interval); D. L. Iglehart, "Simulating stable
// stochastic systems, V: comparison of ratio estimators", Naval Research Logistics Quarterly
// 22 (1975) 553–565, for ratios from simulation.
func RatioInterval(numerators, denominators []float64, confidence float64) Ratio {
	checkConfidence("RatioInterval", confidence)
	if len(numerators) != len(denominators) {
		panic(fmt.Sprintf("stats: RatioInterval of %d numerators and %d denominators", len(numerators), len(denominators)))
	}
	n := float64(len(numerators))
	estimate := quotient(sum(numerators), sum(denominators))
	jackknife, sd := meanSD(pseudovalues(numerators, denominators, estimate))
	if math.IsNaN(sd) {
		jackknife = math.NaN()
	}
	se := sd / math.Sqrt(n)
	return Ratio{
		N:         len(numerators),
		Estimate:  estimate,
		Jackknife: jackknife,
		SE:        se,
		Interval:  around(estimate, se, n-1, confidence),
	}
}

// pseudovalues returns n·estimate − (n − 1)·(the estimate without replication i) for each i;
// their mean is the jackknife estimate and their spread its standard error.
func pseudovalues(numerators, denominators []float64, estimate float64) []float64 {
	n := float64(len(numerators))
	pseudo := make([]float64, len(numerators))
	for i := range pseudo {
		without := quotient(sumWithout(numerators, i), sumWithout(denominators, i))
		pseudo[i] = n*estimate - (n-1)*without
	}
	return pseudo
}

// quotient returns a/b, with NaN and never an infinity for b = 0.
func quotient(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

func sum(values []float64) float64 {
	total := 0.0
	for _, x := range values {
		total += x
	}
	return total
}

// sumWithout adds all values but that at place leave. It adds afresh, and does not subtract
// from the total, so that denominators that are all 0 but one leave exactly 0.
func sumWithout(values []float64, leave int) float64 {
	return sum(values[:leave]) + sum(values[leave+1:])
}
