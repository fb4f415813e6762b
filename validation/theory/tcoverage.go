package theory

import "math"

// TCoverage returns how often Student's t-interval for a mean, of the given confidence and n values, holds the mean, for
// values of the given skewness and excess kurtosis: the first terms of an Edgeworth expansion, with an error of order
// 1/n². It is good to two thousandths where skewness²/n is below 1/50.
//
// Source: P. Hall, The Bootstrap and Edgeworth Expansion (1992), section 2.6, the polynomial q₂ for the Studentised mean,
// without the part that Student's quantile takes care of.
func TCoverage(confidence float64, n int, skewness, kurtosis float64) float64 {
	z := math.Sqrt2 * math.Erfinv(confidence)
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	q := z * (kurtosis*(z*z-3)/12 - skewness*skewness*(z*z*z*z+2*z*z-3)/18)
	return confidence + 2*q*density/float64(n)
}
