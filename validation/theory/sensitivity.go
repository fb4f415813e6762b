package theory

import "math"

// Ishigami is the function sin x₁ + A sin² x₂ + B x₃⁴ sin x₁ of three independent inputs, uniform from −π to π. The third acts
// only through the first.
//
// Source: T. Ishigami and T. Homma, "An importance quantification technique in uncertainty analysis for computer models",
// Proceedings of ISUMA '90 (1990) 398–403.
type Ishigami struct{ A, B float64 }

// At returns the value of the function where the inputs are their quantiles at u, of length 3.
func (f Ishigami) At(u []float64) float64 {
	x := func(i int) float64 { return math.Pi * (2*u[i] - 1) }
	return math.Sin(x(0)) + f.A*math.Pow(math.Sin(x(1)), 2) + f.B*math.Pow(x(2), 4)*math.Sin(x(0))
}

// Indices returns the variance of the function and its Sobol' indices.
func (f Ishigami) Indices() (variance float64, first, total []float64) {
	pi4 := math.Pow(math.Pi, 4)
	one := math.Pow(1+f.B*pi4/5, 2) / 2
	two := f.A * f.A / 8
	together := 8 * f.B * f.B * pi4 * pi4 / 225 // of the first and the third
	variance = one + two + together
	return variance, []float64{one / variance, two / variance, 0}, []float64{(one + together) / variance, two / variance, together / variance}
}

// SobolG is the product over inputs of (|4u − 2| + aᵢ) / (1 + aᵢ), each u uniform from 0 to 1: the larger aᵢ, the less the
// input matters. Its mean is 1.
//
// Source: A. Saltelli and I. M. Sobol', "About the use of rank transformation in sensitivity analysis of model output",
// Reliability Engineering and System Safety 50 (1995) 225–239.
type SobolG []float64

// At returns the value of the function at u, of the same length.
func (a SobolG) At(u []float64) float64 {
	product := 1.0
	for i := range a {
		product *= (math.Abs(4*u[i]-2) + a[i]) / (1 + a[i])
	}
	return product
}

// Indices returns the variance of the function and its Sobol' indices.
func (a SobolG) Indices() (variance float64, first, total []float64) {
	alone := func(i int) float64 { return 1 / (3 * (1 + a[i]) * (1 + a[i])) }
	product := 1.0
	for i := range a {
		product *= 1 + alone(i)
	}
	variance = product - 1
	for i := range a {
		first = append(first, alone(i)/variance)
		total = append(total, alone(i)*product/(1+alone(i))/variance)
	}
	return variance, first, total
}

// PerfectInformation returns the expected value of perfect information for a choice between doing nothing, worth 0, and an
// option whose worth is normal with mean and sd given: sd times the unit normal loss of |mean|/sd.
//
// Source: H. Raiffa and R. Schlaifer, Applied Statistical Decision Theory (1961), section 5.6.
func PerfectInformation(mean, sd float64) float64 {
	if sd == 0 {
		return 0
	}
	z := math.Abs(mean) / sd
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	return sd * (density - z*math.Erfc(z/math.Sqrt2)/2)
}
