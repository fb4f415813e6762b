// Package theory holds closed forms for queues, to judge the simulator by. It simulates
// nothing and imports nothing of the simulator, so it cannot lean on the code it judges.
//
// Units and symbols are those of the papers: λ is the arrival rate and μ the service rate of
// one server, both per hour; ρ is utilisation; c is the number of servers; waits and other
// times are in hours. A wait is the time in the queue, before service begins; a sojourn is
// the time from arrival to departure. Service is first come, first served unless the name
// says otherwise, all queues are long-run and unbounded, and classes of priority are in order
// with the first the most urgent.
//
// A call outside the domain of a formula, such as a queue that grows without end, is a
// mistake of the caller: it panics and says the values.
//
// In the sources, "Gross et al." is D. Gross, J. F. Shortle, J. M. Thompson and C. M. Harris,
// Fundamentals of Queueing Theory, 4th ed. (2008).
package theory

import (
	"fmt"
	"math"
)

// Utilisation returns ρ = λ/(cμ), the busy share of each of c servers, without unit. It may
// exceed 1, and then says how overloaded the servers are.
//
// Source: Gross et al., section 1.5.
func Utilisation(lambda, mu float64, c int) float64 {
	checkRates("Utilisation", lambda, mu)
	checkServers("Utilisation", c)
	return lambda / (float64(c) * mu)
}

// checkRates panics unless λ is at least 0, μ is above 0, and both are finite.
func checkRates(function string, lambda, mu float64) {
	if !(lambda >= 0 && mu > 0) || math.IsInf(lambda, 0) || math.IsInf(mu, 0) {
		panic(fmt.Sprintf("theory: %s: λ = %v, μ = %v; want λ ≥ 0 and μ > 0", function, lambda, mu))
	}
}

func checkServers(function string, c int) {
	if c < 1 {
		panic(fmt.Sprintf("theory: %s: c = %d servers, want at least 1", function, c))
	}
}

// checkStable panics unless work arrives more slowly than c servers can do it.
func checkStable(function string, lambda, mu float64, c int) {
	checkRates(function, lambda, mu)
	checkServers(function, c)
	if lambda >= float64(c)*mu {
		panic(fmt.Sprintf("theory: %s: λ = %v is not below cμ = %d·%v, so the queue grows without end", function, lambda, c, mu))
	}
}

// checkTime panics unless t, in hours, is a finite time of at least 0.
func checkTime(function string, t float64) {
	if !(t >= 0) || math.IsInf(t, 0) {
		panic(fmt.Sprintf("theory: %s: time %v h, want at least 0", function, t))
	}
}

// checkBelowOne panics unless 0 ≤ p < 1.
func checkBelowOne(function string, p float64) {
	if !(0 <= p && p < 1) {
		panic(fmt.Sprintf("theory: %s: probability %v, want from 0 to below 1", function, p))
	}
}
