// Package stats summarises numbers: observations within a replication, levels over time,
// and replication values with their uncertainty.
//
// Observations within a replication are correlated, so no interval is ever made from them:
// intervals and tests take one value per replication, and replications are independent.
//
// The package is pure: no input, output, clock or random numbers. Quantiles and distribution
// functions come from gonum; its generators are never used. Values that are not known are NaN.
// A mistake of the caller, such as a confidence of 95, panics and says the value.
package stats

import (
	"fmt"
	"math"
)

// Tally summarises observations, such as waits in hours, without keeping them. The zero
// value is empty and ready for use. Copies are independent.
//
// Source: B. P. Welford, "Note on a method for calculating corrected sums of squares and
// products", Technometrics 4 (1962) 419–420.
type Tally struct {
	n             int
	mean          float64
	squares       float64 // sum of squared deviations from mean
	sum, min, max float64
}

// Add records one observation. It panics if x is NaN or infinite: an unknown or censored
// value is not an observation.
func (t *Tally) Add(x float64) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		panic(fmt.Sprintf("stats: Tally.Add(%v): an observation must be a finite number", x))
	}
	if t.n == 0 {
		t.min, t.max = x, x
	}
	t.n++
	t.sum += x
	deviation := x - t.mean
	t.mean += deviation / float64(t.n)
	t.squares += deviation * (x - t.mean)
	t.min = min(t.min, x)
	t.max = max(t.max, x)
}

// N returns the number of observations.
func (t Tally) N() int { return t.n }

// Sum returns the sum of the observations, 0 if there are none.
func (t Tally) Sum() float64 { return t.sum }

// Mean returns the mean of the observations, NaN if there are none.
func (t Tally) Mean() float64 { return t.unless(0, t.mean) }

// Min returns the smallest observation, NaN if there are none.
func (t Tally) Min() float64 { return t.unless(0, t.min) }

// Max returns the largest observation, NaN if there are none.
func (t Tally) Max() float64 { return t.unless(0, t.max) }

// Variance returns the sample variance, with divisor n − 1; NaN for fewer than two
// observations.
func (t Tally) Variance() float64 {
	return t.unless(1, t.squares/float64(t.n-1))
}

// SD returns the sample standard deviation, the root of Variance.
func (t Tally) SD() float64 { return math.Sqrt(t.Variance()) }

// unless returns x, or NaN if there are few observations or fewer.
func (t Tally) unless(few int, x float64) float64 {
	if t.n <= few {
		return math.NaN()
	}
	return x
}
