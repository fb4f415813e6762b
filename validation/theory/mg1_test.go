package theory

import (
	"math"
	"testing"
)

// λ = 2 per hour and a mean service of 0.3 h with standard deviation 0.4 h: E[S²] = 0.25, so
// the wait is 2·0.25/(2·0.4) = 0.625 h.
func TestMG1ByHand(t *testing.T) {
	near(t, "wait", MG1Wait(2, 0.3, 0.4), 0.625, exact)
	near(t, "no arrivals", MG1Wait(0, 0.3, 0.4), 0, 0)
	// Services of 10 or 40 min, with chances 2/3 and 1/3, come to a mean of 20 min and a
	// variance of 200 min²; at one an hour the wait is (400 + 200)/60/(2·2/3) = 7.5 min.
	near(t, "two lengths", 60*MG1Wait(1, 20.0/60, math.Sqrt(200)/60), 7.5, exact)
}

func TestMG1Limits(t *testing.T) {
	for _, lambda := range []float64{0.01, 1, 2.99} {
		near(t, "exponential", MG1Wait(lambda, 1.0/3, 1.0/3), MM1Wait(lambda, 3), exact)
		near(t, "constant is half", MD1Wait(lambda, 3), MM1Wait(lambda, 3)/2, exact)
		// With Poisson arrivals (standard deviation 1/λ) the bound exceeds the exact wait by
		// exactly (1 + ρ)/(2λ), which matters less and less as the load rises.
		bound := KingmanBound(lambda, 3, 1/lambda, 0.2)
		near(t, "Kingman", bound-MG1Wait(lambda, 1.0/3, 0.2), (1+lambda/3)/(2*lambda), 1e-9)
	}
	// Nothing varies: D/D/1 below capacity never waits, and the bound says so.
	near(t, "Kingman, constant", KingmanBound(2, 3, 0, 0), 0, 0)
}

// M/M/∞ from empty: (λ/μ)(1 − e^(−μt)), here for rates up to ten times the step.
func TestMGInfConstantRate(t *testing.T) {
	constant := func(float64) float64 { return 12 }
	for _, mu := range []float64{0.5, 4} {
		exponential := func(u float64) float64 { return math.Exp(-mu * u) }
		for _, end := range []float64{0, 0.1, 2.55, 30} {
			want := 12 / mu * (1 - math.Exp(-mu*end))
			near(t, "number", MGInfNumber(end, 0.1, constant, exponential), want, 1e-8)
		}
	}
	// Any service of mean ½ h comes to 6 in the long run: here one of exactly ½ h, and one
	// uniform from 0 to 1 h.
	fixed := func(u float64) float64 { return map[bool]float64{true: 1}[u < 0.5] }
	uniform := func(u float64) float64 { return math.Max(0, 1-u) }
	near(t, "constant service", MGInfNumber(3, 0.25, constant, fixed), 6, exact)
	near(t, "uniform service", MGInfNumber(3, 0.25, constant, uniform), 6, exact)
}

// A rate of a + b sin γs with exponential services, from empty: S. G. Eick, W. A. Massey and
// W. Whitt, "Mt/G/∞ queues with sinusoidal arrival rates", Management Science 39 (1993)
// 241–252, for the long run; the start decays as e^(−μt).
func TestMGInfSinusoid(t *testing.T) {
	const a, b, gamma, mu = 10, 6, 2 * math.Pi / 24, 0.7
	rate := func(s float64) float64 { return a + b*math.Sin(gamma*s) }
	survival := func(u float64) float64 { return math.Exp(-mu * u) }
	longRun := func(t float64) float64 {
		return a/mu + b*(mu*math.Sin(gamma*t)-gamma*math.Cos(gamma*t))/(mu*mu+gamma*gamma)
	}
	for _, end := range []float64{1, 6, 13.3, 72} {
		want := longRun(end) - longRun(0)*math.Exp(-mu*end)
		near(t, "number", MGInfNumber(end, 0.25, rate, survival), want, 1e-9)
	}
}

// Open from 8 to 17: a rate that jumps at whole hours. At 20:30 those of 8 to 17 are left
// with the chance that each still lasts.
func TestMGInfJumps(t *testing.T) {
	const mu = 0.3
	rate := func(s float64) float64 {
		if 8 <= s && s < 17 {
			return 5
		}
		return 0
	}
	survival := func(u float64) float64 { return math.Exp(-mu * u) }
	want := 5 / mu * (math.Exp(-mu*3.5) - math.Exp(-mu*12.5))
	near(t, "number", MGInfNumber(20.5, 0.5, rate, survival), want, 1e-9)
}
