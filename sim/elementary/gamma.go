package elementary

import "math"

// logGamma returns the logarithm of Γ(x) for x > 0, to 1e-14 of 1 + itself.
//
// Source: Stirling's series, NIST Digital Library of Mathematical Functions, 5.11.1, from 10 on, and Γ(x+1) = xΓ(x) below.
func logGamma(x float64) float64 {
	below := 1.0
	for ; x < 10; x++ {
		below *= x
	}
	return (x-0.5)*Log(x) - x + logRoot2Pi + stirling(x) - Log(below)
}

const logRoot2Pi = 0.918938533204672741780329736405617639861397473637783412817151540482765695927

// stirling is what the logarithm of Γ(x), x ≥ 10, has beyond (x-1/2) log x - x + log √2π.
func stirling(x float64) float64 {
	r := 1 / (x * x)
	return (1./12 + r*(-1./360+r*(1./1260+r*(-1./1680+r*(1./1188-r*(691./360360-r*(1./156))))))) / x
}

// GammaQuantile returns the p-quantile of the gamma distribution with the given shape and scale 1, within 1e-12 of itself for
// shapes up to 10⁶ where neither tail is below 1e-12. It is 0 where the quantile is below the smallest float, and +Inf at 1.
//
// Source: Halley's method from the approximations in W. H. Press et al., Numerical Recipes, 3rd ed. (2007), section 6.2.1:
// Wilson and Hilferty's for shapes above 1, and the first term of the series, or an exponential tail, below.
func GammaQuantile(shape, p float64) float64 {
	switch {
	case p <= 0:
		return 0
	case p >= 1:
		return math.Inf(1)
	}
	x := nearGammaQuantile(shape, p)
	for range 50 {
		if x < 0x1p-1000 {
			return 0
		}
		below, density := incompleteGamma(shape, x)
		newton := (below - p) / density
		step := newton / (1 - 0.5*min(1, newton*((shape-1)/x-1)))
		if step >= x {
			step = x / 2
		}
		x -= step
		if math.Abs(step) <= 1e-15*x {
			break
		}
	}
	return x
}

func nearGammaQuantile(shape, p float64) float64 {
	if shape > 1 {
		root := 1 - 1/(9*shape) + NormalQuantile(p)/(3*math.Sqrt(shape))
		return max(1e-3, shape*root*root*root)
	}
	split := 1 - shape*(0.253+shape*0.12)
	if p < split {
		return Pow(p/split, 1/shape)
	}
	return 1 - Log(1-(p-split)/(1-split))
}

// incompleteGamma returns the probability of at most x under the gamma distribution with a shape and scale 1, and the density
// there.
//
// Source: NIST Digital Library of Mathematical Functions, 8.11.4 (series) and 8.9.2 (continued fraction, by the method of Lentz).
func incompleteGamma(shape, x float64) (below, density float64) {
	front := gammaDensity(shape, x) // x times the density
	if x < shape+1 {
		term := 1 / shape
		sum := term
		for n := shape + 1; term > 1e-17*sum; n++ {
			term *= x / n
			sum += term
		}
		return front * sum, front / x
	}
	b := x + 1 - shape
	c, d := math.Inf(1), 1/b
	f := d
	for n := 1.0; ; n++ {
		a := n * (shape - n)
		b += 2
		d = 1 / (a*d + b)
		c = b + a/c
		f *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			return 1 - front*f, front / x
		}
	}
}

// gammaDensity returns x times the density of the gamma distribution: x^shape e^-x / Γ(shape). By Stirling's series nothing of the
// size of the shape cancels.
func gammaDensity(shape, x float64) float64 {
	if shape < 10 {
		return Exp(shape*Log(x) - x - logGamma(shape))
	}
	off := (x - shape) / shape
	return Exp(shape*(math.Log1p(off)-off)-stirling(shape)-logRoot2Pi) * math.Sqrt(shape)
}
