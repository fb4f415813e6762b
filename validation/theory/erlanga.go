package theory

import (
	"fmt"
)

// ErlangAWait returns the mean time in queue, in hours, of the M/M/c+M queue, in which those
// who wait abandon at rate θ per hour each, over all arrivals, served or not. The queue is
// stable at any load. It panics unless λ ≥ 0, μ > 0, θ > 0 and c ≥ 1.
//
// Source: C. Palm, "Research on telephone traffic carried by full availability groups", Tele
// 1 (1957); O. Garnett, A. Mandelbaum and M. Reiman, "Designing a call center with impatient
// customers", Manufacturing & Service Operations Management 4 (2002) 208–227, section 2.
func ErlangAWait(lambda, mu, theta float64, c int) float64 {
	_, waiting := erlangA("ErlangAWait", lambda, mu, theta, c)
	return perArrival(waiting, lambda) // Little's law
}

// ErlangAAbandonment returns the share of arrivals who abandon the M/M/c+M queue: the rate
// at which the queue loses them over the rate at which they come. It panics as ErlangAWait
// does.
//
// Source: as ErlangAWait.
func ErlangAAbandonment(lambda, mu, theta float64, c int) float64 {
	_, waiting := erlangA("ErlangAAbandonment", lambda, mu, theta, c)
	return perArrival(theta*waiting, lambda)
}

// ErlangADelay returns the probability that an arrival finds all servers busy in the M/M/c+M
// queue. It panics as ErlangAWait does.
//
// Source: as ErlangAWait; Poisson arrivals see time averages.
func ErlangADelay(lambda, mu, theta float64, c int) float64 {
	busy, _ := erlangA("ErlangADelay", lambda, mu, theta, c)
	return busy
}

func perArrival(x, lambda float64) float64 {
	if lambda == 0 {
		return 0
	}
	return x / lambda
}

// erlangA returns the probability that all servers are busy and the mean number waiting, from
// the stationary distribution of a birth–death process with births at rate λ and deaths at
// rate min(n, c)μ + max(0, n − c)θ. The sum ends when what is left of it is below rounding.
func erlangA(function string, lambda, mu, theta float64, c int) (busy, waiting float64) {
	checkRates(function, lambda, mu)
	checkServers(function, c)
	if !(theta > 0) {
		panic(fmt.Sprintf("theory: %s: θ = %v, want above 0", function, theta))
	}
	weight, total := 1.0, 1.0 // of n, and of all up to n, to a common scale
	for n := 1; ; n++ {
		queue := max(0, n-c)
		ratio := lambda / (float64(min(n, c))*mu + float64(queue)*theta)
		weight *= ratio
		total += weight
		if n >= c {
			busy += weight
			waiting += float64(queue) * weight
		}
		if n >= c && tailIsNothing(weight, ratio, queue, waiting+busy) {
			return busy / total, waiting / total
		}
		if weight > 1e200 { // keep clear of overflow
			weight, total, busy, waiting = weight*1e-200, total*1e-200, busy*1e-200, waiting*1e-200
		}
	}
}

// tailIsNothing reports whether the terms after this one add less than rounding error to sum.
// Later ratios are no larger, so the terms fall at least as fast as those of a geometric
// series: the tail of Σ (queue + j)·weight·ratioʲ is weight·r/(1 − r)·(queue + 1/(1 − r)).
func tailIsNothing(weight, ratio float64, queue int, sum float64) bool {
	if ratio >= 1 {
		return false
	}
	left := weight * ratio / (1 - ratio) * (float64(queue) + 1/(1-ratio))
	return left <= 1e-17*sum
}
