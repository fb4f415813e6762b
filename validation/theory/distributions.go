package theory

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// This file holds distribution functions by the parameters that scenarios use. Each takes x in the unit of the mean and
// returns the probability of at most x.
//
// Source: N. L. Johnson, S. Kotz and N. Balakrishnan, Continuous Univariate Distributions, 2nd ed., vols 1 and 2
// (1994, 1995).

// ExponentialCDF returns the distribution function of the exponential distribution of the given mean.
func ExponentialCDF(mean float64) func(x float64) float64 {
	return func(x float64) float64 { return -math.Expm1(-max(0, x) / mean) }
}

// UniformCDF returns the distribution function of the uniform distribution from low to high.
func UniformCDF(low, high float64) func(x float64) float64 {
	return func(x float64) float64 { return min(1, max(0, (x-low)/(high-low))) }
}

// LognormalCDF returns the distribution function of the lognormal distribution with the given mean and coefficient of
// variation.
func LognormalCDF(mean, cv float64) func(x float64) float64 {
	sigma := math.Sqrt(math.Log(1 + cv*cv))
	mu := math.Log(mean) - sigma*sigma/2
	return func(x float64) float64 { return 0.5 * math.Erfc(-(math.Log(x)-mu)/sigma/math.Sqrt2) }
}

// LognormalBetween returns the distribution function of the lognormal distribution with the given 2.5 and 97.5 % points.
func LognormalBetween(low, high float64) func(x float64) float64 {
	z := math.Sqrt2 * math.Erfinv(0.95)
	mu, sigma := math.Log(low*high)/2, math.Log(high/low)/(2*z)
	return func(x float64) float64 { return 0.5 * math.Erfc(-(math.Log(x)-mu)/sigma/math.Sqrt2) }
}

// GammaCDF returns the distribution function of the gamma distribution with the given mean and coefficient of
// variation.
func GammaCDF(mean, cv float64) func(x float64) float64 {
	return func(x float64) float64 { return mathext.GammaIncReg(1/cv/cv, max(0, x)/cv/cv/mean) }
}

// TriangularCDF returns the distribution function of the triangular distribution on [low, high] with its peak at mode.
func TriangularCDF(low, mode, high float64) func(x float64) float64 {
	return func(x float64) float64 {
		switch {
		case x <= low:
			return 0
		case x >= high:
			return 1
		case x < mode:
			return (x - low) * (x - low) / (high - low) / (mode - low)
		default:
			return 1 - (high-x)*(high-x)/(high-low)/(high-mode)
		}
	}
}
