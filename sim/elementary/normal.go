package elementary

import "math"

// NormalQuantile returns the u-quantile of the standard normal distribution, within 1e-15 of itself where |z| is above 1e-3:
// ∓Inf for u of 0 and 1, and NaN outside.
//
// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988)
// 477–484. The library has its middle as math.Erfinv; the tails take a logarithm.
func NormalQuantile(u float64) float64 {
	if math.Abs(2*u-1) <= 0.85 {
		return math.Sqrt2 * math.Erfinv(2*u-1)
	}
	tail := min(u, 1-u)
	switch {
	case !(tail >= 0):
		return math.NaN()
	case tail < 0x1p-1022: // too small for Log: u is 0, or not to be told from it
		return math.Inf(int(2*u - 1))
	}
	return math.Copysign(normalTail(math.Sqrt(-Log(tail))), u-0.5)
}

// normalTail returns the quantile of a tail of probability exp(-r²), r from 1.6 to 27.
func normalTail(r float64) float64 {
	if r <= 5 {
		r -= 1.6
		return (((((((7.74545014278341407640e-4*r+2.27238449892691845833e-2)*r+2.41780725177450611770e-1)*r+
			1.27045825245236838258e0)*r+3.64784832476320460504e0)*r+5.76949722146069140550e0)*r+4.63033784615654529590e0)*r +
			1.42343711074968357734e0) /
			(((((((1.05075007164441684324e-9*r+5.47593808499534494600e-4)*r+1.51986665636164571966e-2)*r+
				1.48103976427480074590e-1)*r+6.89767334985100004550e-1)*r+1.67638483018380384940e0)*r+2.05319162663775882187e0)*r + 1)
	}
	r -= 5
	return (((((((2.01033439929228813265e-7*r+2.71155556874348757815e-5)*r+1.24266094738807843860e-3)*r+
		2.65321895265761230930e-2)*r+2.96560571828504891230e-1)*r+1.78482653991729133580e0)*r+5.46378491116411436990e0)*r +
		6.65790464350110377720e0) /
		(((((((2.04426310338993978564e-15*r+1.42151175831644588870e-7)*r+1.84631831751005468180e-5)*r+
			7.86869131145613259100e-4)*r+1.48753612908506148525e-2)*r+1.36929880922735805310e-1)*r+5.99832206555887937690e-1)*r + 1)
}
