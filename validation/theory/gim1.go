package theory

import (
	"fmt"
	"math"
)

// GIM1Delay returns the probability σ that an arrival waits in the GI/M/1 queue: the root of
// σ = A(μ(1 − σ)) below 1, where A is the Laplace transform of the time between arrivals,
// A(s) = E[e^(−sT)] with T in hours. Those who wait do so for an exponential time of rate
// μ(1 − σ). It panics unless λ, the rate of arrivals, is above 0 and below μ.
//
// Source: D. G. Kendall, "Stochastic processes occurring in the theory of queues and their
// analysis by the method of the imbedded Markov chain", Annals of Mathematical Statistics 24
// (1953) 338–354; Gross et al., section 5.3.1. The root is found by bisection.
func GIM1Delay(lambda, mu float64, transform func(s float64) float64) float64 {
	checkStable("GIM1Delay", lambda, mu, 1)
	if lambda == 0 {
		panic(fmt.Sprintf("theory: GIM1Delay: λ = %v, want above 0", lambda))
	}
	excess := func(sigma float64) float64 { return transform(mu*(1-sigma)) - sigma }
	low, high := 0.0, 1.0
	for step := 0.5; excess(high) >= 0; step /= 2 { // 1 is a root too: keep off it
		high = 1 - step
		if step < 1e-12 {
			panic(fmt.Sprintf("theory: GIM1Delay: no root below 1 for λ = %v, μ = %v", lambda, mu))
		}
	}
	for range 200 {
		if middle := (low + high) / 2; excess(middle) > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// GIM1Wait returns the mean wait, in hours, of the GI/M/1 queue with the delay probability σ:
// σ/(μ(1 − σ)). It panics unless 0 ≤ σ < 1 and μ > 0.
//
// Source: as GIM1Delay.
func GIM1Wait(sigma, mu float64) float64 {
	checkBelowOne("GIM1Wait", sigma)
	checkRates("GIM1Wait", 0, mu)
	return sigma / (mu * (1 - sigma))
}

// GIM1WaitQuantile returns the p quantile, in hours, of the wait in the GI/M/1 queue with the
// delay probability σ: 0 up to the share who do not wait. It panics as GIM1Wait does and unless
// 0 ≤ p < 1.
//
// Source: as GIM1Delay.
func GIM1WaitQuantile(sigma, mu, p float64) float64 {
	checkBelowOne("GIM1WaitQuantile", sigma)
	checkBelowOne("GIM1WaitQuantile", p)
	checkRates("GIM1WaitQuantile", 0, mu)
	return waitQuantile(sigma, mu*(1-sigma), p)
}

// ConstantTransform returns the Laplace transform of a constant time of the given hours.
//
// Source: its definition, E[e^(−sT)].
func ConstantTransform(hours float64) func(s float64) float64 {
	checkTime("ConstantTransform", hours)
	return func(s float64) float64 { return math.Exp(-s * hours) }
}

// GeometricTransform returns the Laplace transform of a time of slot hours times a number that
// is geometric from 1: the time between arrivals where each slot brings one with probability p.
// It panics unless 0 < p ≤ 1.
//
// Source: its definition, E[e^(−sT)].
func GeometricTransform(slot, p float64) func(s float64) float64 {
	checkTime("GeometricTransform", slot)
	if !(p > 0 && p <= 1) {
		panic(fmt.Sprintf("theory: GeometricTransform: probability %v, want above 0 and at most 1", p))
	}
	return func(s float64) float64 {
		e := math.Exp(-s * slot)
		return p * e / (1 - (1-p)*e)
	}
}
