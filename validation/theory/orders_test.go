package theory

import (
	"math"
	"testing"
)

// λ = 1, μ = 2 by hand: E[S²] = ½, E[S³] = ¾, the wait ½ h. First in, first out: 2·¼ + ¾/(3·½) = 1,
// which is ρ·2/(μ − λ)² = 1. Last in, first out: twice that.
func TestWaitSquareByHand(t *testing.T) {
	near(t, "first in", MG1WaitSquare(1, 0.5, 0.5, 0.75), 1, exact)
	near(t, "last in", LIFOMG1WaitSquare(1, 0.5, 0.5, 0.75), 2, exact)
	near(t, "constant service", MG1WaitSquare(1, 0.5, 0.25, 0.125), 2*0.25*0.25+0.125/1.5, exact)
	panics(t, "square below the square of the mean", func() { MG1WaitSquare(1, 0.5, 0.2, 0.75) })
}

// The tail integrates to the mean wait, ρ/(μ − λ), and t times it to half the mean square; last in, first out.
func TestLIFOTailHasItsMoments(t *testing.T) {
	const lambda, mu = 0.6, 2.0
	mean, square := 0.0, 0.0
	for from := 0.0; from < 60; from += 0.25 {
		mean += gauss3(func(x float64) float64 { return LIFOMM1WaitExceeds(lambda, mu, x) }, from, from+0.25)
		square += gauss3(func(x float64) float64 { return 2 * x * LIFOMM1WaitExceeds(lambda, mu, x) }, from, from+0.25)
	}
	near(t, "mean", mean, MM1Wait(lambda, mu), 1e-6)
	near(t, "mean square", square, LIFOMG1WaitSquare(lambda, 1/mu, 2/(mu*mu), 6/(mu*mu*mu)), 1e-5)
	near(t, "at once", LIFOMM1WaitExceeds(lambda, mu, 0), 0.3, exact)
	near(t, "no arrivals", LIFOMM1WaitExceeds(0, mu, 1), 0, 0)
}

// M/D/1 at λ = ½, μ = 1 by hand: P(wait = 0) = ½; up to t = 1 the sum has the term of k = 0, and at 1 that of k = 1
// too, which is 0: P(wait ≤ 1) = ½·e^½ = 0.82436; at 1½: ½(e^¾ − ¼e^¼).
func TestMD1TailByHand(t *testing.T) {
	near(t, "at 0", MD1WaitExceeds(0.5, 1, 0), 0.5, exact)
	near(t, "at 1", MD1WaitExceeds(0.5, 1, 1), 1-0.5*math.Exp(0.5), exact)
	near(t, "at 1½", MD1WaitExceeds(0.5, 1, 1.5), 1-0.5*(math.Exp(0.75)-0.25*math.Exp(0.25)), exact)
	mean := 0.0
	for from := 0.0; from < 25; from += 0.125 { // the bends lie at whole services
		mean += gauss3(func(x float64) float64 { return MD1WaitExceeds(0.5, 1, x) }, from, from+0.125)
	}
	near(t, "mean", mean, MD1Wait(0.5, 1), 1e-6)
}

// Pieces of exactly 1 h add ½ h; exponential ones add their mean.
func TestVacationByHand(t *testing.T) {
	near(t, "constant", VacationMG1Wait(2, 0.3, 0.4, 1, 0), 0.625+0.5, exact)
	near(t, "exponential", VacationMG1Wait(2, 0.3, 0.4, 0.2, 0.2), 0.625+0.2, exact)
	near(t, "no messages", VacationMG1Wait(0, 0.3, 0.4, 1, 0), 0.5, exact)
	panics(t, "no piece", func() { VacationMG1Wait(2, 0.3, 0.4, 0, 0) })
}

// Exponential times between arrivals make GI/M/1 the M/M/1 queue, where σ = ρ. For D/M/1 at ρ = ½ the root of
// σ = e^(−2(1 − σ)) is 0.2032 (Gross et al. tabulate none; the equation itself is the check).
func TestGIM1(t *testing.T) {
	for _, lambda := range []float64{0.1, 1, 1.9} {
		sigma := GIM1Delay(lambda, 2, func(s float64) float64 { return lambda / (lambda + s) })
		near(t, "exponential", sigma, lambda/2, 1e-9)
		near(t, "wait", GIM1Wait(sigma, 2), MM1Wait(lambda, 2), 1e-8)
		near(t, "quantile", GIM1WaitQuantile(sigma, 2, 0.95), MM1WaitQuantile(lambda, 2, 0.95), 1e-8)
	}
	sigma := GIM1Delay(1, 2, ConstantTransform(1))
	near(t, "D/M/1", sigma, math.Exp(-2*(1-sigma)), exact)
	near(t, "D/M/1", sigma, 0.20318786997997992, 1e-9) // −W(−2e⁻²)/2, by Lambert's function
	near(t, "every slot", GeometricTransform(0.7, 1)(1.3), ConstantTransform(0.7)(1.3), exact)
	// Short slots with a small chance are nearly Poisson.
	near(t, "rare", GIM1Delay(1, 2, GeometricTransform(1e-6, 1e-6)), 0.5, 1e-5)
	panics(t, "unstable", func() { GIM1Delay(2, 2, ConstantTransform(0.5)) })
}

// The bound of Kingman lies above the wait of GI/M/1, and nears it as the load rises.
func TestKingmanBoundsGIM1(t *testing.T) {
	for _, rho := range []float64{0.3, 0.6, 0.9, 0.99} {
		wait := GIM1Wait(GIM1Delay(rho, 1, ConstantTransform(1/rho)), 1)
		bound := KingmanBound(rho, 1, 0, 1)
		if wait > bound || rho == 0.99 && wait < 0.98*bound {
			t.Errorf("ρ = %v: D/M/1 waits %v, the bound is %v", rho, wait, bound)
		}
	}
}

// Exponential services: Miller's formula is that of White and Christie; one class is M/G/1.
func TestPreemptiveMG1(t *testing.T) {
	lambda, mu := []float64{0.4, 1.1, 0.7}, []float64{3, 4, 5}
	nearAll(t, "exponential", PreemptiveMG1Sojourns(exponentialClasses("test", lambda, mu)), PreemptiveMM1Sojourns(lambda, mu), exact)
	nearAll(t, "one class", PreemptiveMG1Sojourns([]Class{{2, 0.3, 0.4}}), []float64{MG1Wait(2, 0.3, 0.4) + 0.3}, exact)
	// By hand: λ 1 and 1, constant services of ¼ h and ½ h. Second: (1/32 + 1/8)/(¾·¼) + ½/¾ = 1.5 h.
	nearAll(t, "constant", PreemptiveMG1Sojourns([]Class{{1, 0.25, 0}, {1, 0.5, 0}}), []float64{0.03125/0.75 + 0.25, 1.5}, exact)
}

// One server is PreemptiveMM1Sojourns; the first class is M/M/c alone.
func TestPreemptiveMMc(t *testing.T) {
	lambda := []float64{0.4, 1.1, 0.7}
	nearAll(t, "c = 1", PreemptiveMMcSojourns(lambda, 3, 1), PreemptiveMM1Sojourns(lambda, []float64{3, 3, 3}), exact)
	near(t, "first class", PreemptiveMMcSojourns([]float64{2.5, 5}, 5, 2)[0], MMcSojourn(2.5, 5, 2), exact)
	// By hand, two servers, λ = 1 and 1, μ = 2: N = 8/15 with one class and 4/3 with both.
	nearAll(t, "by hand", PreemptiveMMcSojourns([]float64{1, 1}, 2, 2), []float64{8.0 / 15, 4.0/3 - 8.0/15}, exact)
	panics(t, "no arrivals", func() { PreemptiveMMcSojourns([]float64{0, 1}, 2, 2) })
}
