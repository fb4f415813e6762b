package theory

import (
	"fmt"
	"math"
)

// MG1Wait returns the mean wait, in hours, of the M/G/1 queue whose service has the given
// mean and standard deviation in hours: λE[S²]/(2(1 − ρ)). It panics unless λ ≥ 0, the mean
// is above 0, the standard deviation is at least 0 and λ·mean < 1.
//
// Source: F. Pollaczek, "Über eine Aufgabe der Wahrscheinlichkeitstheorie", Mathematische
// Zeitschrift 32 (1930) 64–100; A. Y. Khinchine (1932); Gross et al., section 5.1.
func MG1Wait(lambda, mean, sd float64) float64 {
	checkStable("MG1Wait", lambda, 1/mean, 1)
	return residual(Class{lambda, mean, sd}) / (1 - lambda*mean)
}

// MD1Wait returns the mean wait, in hours, of the M/D/1 queue, where every service takes
// exactly 1/μ hours: half the wait of M/M/1. It panics unless 0 ≤ λ < μ.
//
// Source: A. K. Erlang, "The theory of probabilities and telephone conversations" (1909);
// MG1Wait with standard deviation 0.
func MD1Wait(lambda, mu float64) float64 {
	checkStable("MD1Wait", lambda, mu, 1)
	return MG1Wait(lambda, 1/mu, 0)
}

// MD1WaitExceeds returns P(wait > t), for t in hours, of the M/D/1 queue. It is meant for waits of
// up to some twenty services: the sum has terms of both signs, which grow with t and leave fewer
// digits. It panics unless 0 ≤ λ < μ and t ≥ 0.
//
// Source: Erlang (1909), as MD1Wait; C. D. Crommelin, "Delay probability formulae when the holding
// times are constant", Post Office Electrical Engineers' Journal 25 (1932) 41–50:
// P(wait ≤ t) = (1 − ρ) Σ (λ(k/μ − t))ᵏ/k! · e^(−λ(k/μ − t)) over k from 0 to μt.
func MD1WaitExceeds(lambda, mu, t float64) float64 {
	checkStable("MD1WaitExceeds", lambda, mu, 1)
	checkTime("MD1WaitExceeds", t)
	within := 0.0
	for k := 0; float64(k) <= mu*t; k++ {
		x := lambda * (float64(k)/mu - t)
		term := math.Exp(-x)
		for j := 1; j <= k; j++ {
			term *= x / float64(j)
		}
		within += term
	}
	return 1 - (1-lambda/mu)*within
}

// KingmanBound returns an upper bound, in hours, on the mean wait of the GI/G/1 queue, whose
// times between arrivals have mean 1/λ and whose services have mean 1/μ, with the standard
// deviations given in hours. The bound is tight as ρ nears 1. It panics unless 0 < λ < μ and
// the standard deviations are at least 0.
//
// Source: J. F. C. Kingman, "Some inequalities for the queue GI/G/1", Biometrika 49 (1962)
// 315–324.
func KingmanBound(lambda, mu, arrivalSD, serviceSD float64) float64 {
	checkStable("KingmanBound", lambda, mu, 1)
	checkTime("KingmanBound", arrivalSD)
	checkTime("KingmanBound", serviceSD)
	if lambda == 0 {
		panic(fmt.Sprintf("theory: KingmanBound: λ = %v, want above 0", lambda))
	}
	return lambda * (arrivalSD*arrivalSD + serviceSD*serviceSD) / (2 * (1 - lambda/mu))
}

// MGInfNumber returns the mean number in service t hours after a start with none, when
// servers are without limit and arrivals are Poisson with rate(s) per hour at s hours:
// the integral over s from 0 to t of rate(s)·survival(t − s), where survival(u) is the
// probability that a service lasts over u hours. The number in service is Poisson with this
// mean.
//
// The integral is taken over panels of step hours that begin at 0, by three-point
// Gauss–Legendre in each, which never looks at the edge of a panel. A rate that jumps only at
// whole steps, such as one given by the hour, is therefore as exact as a smooth one: the
// error shrinks with the sixth power of step. It panics unless t ≥ 0 and step > 0.
//
// Source: S. G. Eick, W. A. Massey and W. Whitt, "The physics of the Mt/G/∞ queue",
// Operations Research 41 (1993) 731–742, theorem 1. Quadrature: Abramowitz and Stegun,
// Handbook of Mathematical Functions (1964), 25.4.30 and table 25.4.
func MGInfNumber(t, step float64, rate, survival func(hours float64) float64) float64 {
	checkTime("MGInfNumber", t)
	if !(step > 0) {
		panic(fmt.Sprintf("theory: MGInfNumber: step %v h, want above 0", step))
	}
	f := func(s float64) float64 { return rate(s) * survival(t-s) }
	number := 0.0
	for panel := 0; float64(panel)*step < t; panel++ {
		from := float64(panel) * step
		number += gauss3(f, from, math.Min(from+step, t))
	}
	return number
}

// gauss3 integrates f from a to b by the three-point Gauss–Legendre rule.
func gauss3(f func(float64) float64, a, b float64) float64 {
	middle, half := (a+b)/2, (b-a)/2
	off := half * math.Sqrt(0.6)
	return half * (5*f(middle-off) + 8*f(middle) + 5*f(middle+off)) / 9
}
