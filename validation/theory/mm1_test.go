package theory

import (
	"math"
	"testing"
)

// A hairdresser with λ = 5 and μ = 6 per hour, from Gross et al., section 2.2: 5/6 of the
// time busy, 5 in the shop, a wait of 50 minutes and a visit of one hour.
func TestMM1ByHand(t *testing.T) {
	near(t, "utilisation", Utilisation(5, 6, 1), 5.0/6, exact)
	near(t, "wait", MM1Wait(5, 6), 5.0/6, exact)
	near(t, "sojourn", MM1Sojourn(5, 6), 1, exact)
	near(t, "number", MM1Number(5, 6), 5, exact)
	near(t, "wait over an hour", MM1WaitExceeds(5, 6, 1), 5.0/6*math.Exp(-1), exact)
	near(t, "sojourn over an hour", MM1SojournExceeds(5, 6, 1), math.Exp(-1), exact)
	near(t, "median sojourn", MM1SojournQuantile(5, 6, 0.5), math.Ln2, exact)
	near(t, "median wait", MM1WaitQuantile(5, 6, 0.5), math.Log(5.0/3), exact)
	near(t, "1 in 6 do not wait", MM1WaitQuantile(5, 6, 1.0/6-1e-9), 0, 0)
}

func TestMM1Relations(t *testing.T) {
	for _, rate := range []struct{ lambda, mu float64 }{{0, 3}, {0.1, 3}, {2, 3}, {2.97, 3}, {40, 41}} {
		l, m := rate.lambda, rate.mu
		near(t, "sojourn is wait and service", MM1Sojourn(l, m), MM1Wait(l, m)+1/m, exact)
		near(t, "Little's law", MM1Number(l, m), l*MM1Sojourn(l, m), exact)
		near(t, "a wait is over 0", MM1WaitExceeds(l, m, 0), Utilisation(l, m, 1), exact)
		for _, p := range []float64{0.995, 0.999} {
			near(t, "wait quantile", MM1WaitExceeds(l, m, MM1WaitQuantile(l, m, p)), min(1-p, l/m), exact)
			near(t, "sojourn quantile", MM1SojournExceeds(l, m, MM1SojournQuantile(l, m, p)), 1-p, exact)
		}
		mean := integrate(func(t float64) float64 { return MM1WaitExceeds(l, m, t) }, 60/(m-l))
		near(t, "wait is the area of its tail", mean, MM1Wait(l, m), 1e-9)
		near(t, "stretched by two", MM1Wait(l/2, m/2), 2*MM1Wait(l, m), exact)
	}
}

// integrate returns the integral of f from 0 to end.
func integrate(f func(float64) float64, end float64) float64 {
	one := func(float64) float64 { return 1 }
	return MGInfNumber(end, end/2000, f, one)
}

func TestMisuse(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, f := range map[string]func(){
		"no spare capacity":     func() { MM1Wait(3, 3) },
		"overload":              func() { MMcWait(7, 3, 2) },
		"negative λ":            func() { MM1Sojourn(-1, 3) },
		"λ NaN":                 func() { MM1Number(nan, 3) },
		"μ infinite":            func() { MM1Wait(1, inf) },
		"no service":            func() { Utilisation(1, 0, 1) },
		"no servers":            func() { ErlangB(1, 0) },
		"time negative":         func() { MM1WaitExceeds(1, 2, -1) },
		"time infinite":         func() { MMcWaitExceeds(1, 2, 1, inf) },
		"quantile 1":            func() { MM1WaitQuantile(1, 2, 1) },
		"quantile NaN":          func() { MMcWaitQuantile(1, 2, 1, nan) },
		"erlangs over servers":  func() { ErlangC(2, 2) },
		"arrival negative":      func() { DD1Wait(-1, 1, 1) },
		"mean service 0":        func() { MG1Wait(1, 0, 0) },
		"deviation negative":    func() { MG1Wait(1, 0.5, -1) },
		"Kingman without λ":     func() { KingmanBound(0, 1, 1, 1) },
		"no step":               func() { MGInfNumber(1, 0, math.Exp, math.Exp) },
		"classes differ":        func() { PriorityMM1Waits([]float64{1}, nil) },
		"classes overload":      func() { PriorityMM1Waits([]float64{1, 1}, []float64{2, 2}) },
		"preemptive overload":   func() { PreemptiveMM1Waits([]float64{1, 1}, []float64{2, 2}) },
		"servers overload":      func() { PriorityMMcWaits([]float64{3, 3}, 3, 2) },
		"endless patience":      func() { ErlangAWait(1, 1, 0, 1) },
		"feedback for ever":     func() { FeedbackMM1Sojourn(1, 3, 1) },
		"feedback overload":     func() { FeedbackMM1Sojourn(1, 3, 0.7) },
		"tandem overload":       func() { TandemMM1Sojourn(2, []float64{3, 2}) },
		"routing not square":    func() { JacksonRates([]float64{1}, [][]float64{{0, 0}}) },
		"routing too short":     func() { JacksonRates([]float64{1}, nil) },
		"routing over 1":        func() { JacksonRates([]float64{1}, [][]float64{{1.1}}) },
		"routing negative":      func() { JacksonRates([]float64{1, 1}, [][]float64{{-0.1, 0}, {0, 0}}) },
		"no way out":            func() { JacksonRates([]float64{1, 0}, [][]float64{{0, 1}, {1, 0}}) },
		"servers missing":       func() { JacksonSojourn([]float64{1}, [][]float64{{0}}, []float64{2}, nil) },
		"nothing enters":        func() { JacksonSojourn([]float64{0}, [][]float64{{0}}, []float64{2}, []int{1}) },
		"chi-square negative":   func() { ChiSquareCDF(-1, 1) },
		"counts differ":         func() { ChiSquareTest([]int{1}, nil, 0) },
		"expected none":         func() { ChiSquareTest([]int{1, 1}, []float64{2, 0}, 0) },
		"sums differ":           func() { ChiSquareTest([]int{1, 1}, []float64{2, 1}, 0) },
		"no degrees of freedom": func() { ChiSquareTest([]int{1, 1}, []float64{1, 1}, 1) },
		"distance over 1":       func() { KolmogorovPValue(1.1, 3) },
		"no values":             func() { KolmogorovTest(nil, math.Exp) },
		"more than all":         func() { BinomialTest(4, 3, 0.5) },
		"p of 1":                func() { BinomialTest(3, 3, 1) },
	} {
		panics(t, name, f)
	}
}
