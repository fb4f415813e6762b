package theory

import "math"

// MM1Wait returns the mean wait, in hours, of the M/M/1 queue: ρ/(μ − λ). It panics unless
// 0 ≤ λ < μ.
//
// Source: Gross et al., section 2.2.
func MM1Wait(lambda, mu float64) float64 {
	checkStable("MM1Wait", lambda, mu, 1)
	return lambda / mu / (mu - lambda)
}

// MM1Sojourn returns the mean sojourn, in hours, of the M/M/1 queue: 1/(μ − λ). It panics
// unless 0 ≤ λ < μ.
//
// Source: Gross et al., section 2.2.
func MM1Sojourn(lambda, mu float64) float64 {
	checkStable("MM1Sojourn", lambda, mu, 1)
	return 1 / (mu - lambda)
}

// MM1Number returns the mean number in the M/M/1 system, waiting and in service:
// ρ/(1 − ρ). It panics unless 0 ≤ λ < μ.
//
// Source: Gross et al., section 2.2.
func MM1Number(lambda, mu float64) float64 {
	checkStable("MM1Number", lambda, mu, 1)
	return lambda / (mu - lambda)
}

// MM1WaitExceeds returns P(wait > t) for t in hours: ρe^(−(μ−λ)t). It panics unless
// 0 ≤ λ < μ and t ≥ 0.
//
// Source: Gross et al., section 2.2.
func MM1WaitExceeds(lambda, mu, t float64) float64 {
	checkStable("MM1WaitExceeds", lambda, mu, 1)
	checkTime("MM1WaitExceeds", t)
	return lambda / mu * math.Exp(-(mu-lambda)*t)
}

// MM1WaitQuantile returns the p quantile, in hours, of the wait in the M/M/1 queue. It is 0
// up to the share 1 − ρ who do not wait. It panics unless 0 ≤ λ < μ and 0 ≤ p < 1.
//
// Source: the inverse of MM1WaitExceeds.
func MM1WaitQuantile(lambda, mu, p float64) float64 {
	checkStable("MM1WaitQuantile", lambda, mu, 1)
	checkBelowOne("MM1WaitQuantile", p)
	return waitQuantile(lambda/mu, mu-lambda, p)
}

// waitQuantile inverts P(wait > t) = delayed·e^(−rate·t).
func waitQuantile(delayed, rate, p float64) float64 {
	if 1-p >= delayed {
		return 0
	}
	return math.Log(delayed/(1-p)) / rate
}

// MM1SojournExceeds returns P(sojourn > t) for t in hours: the sojourn is exponential with
// rate μ − λ. It panics unless 0 ≤ λ < μ and t ≥ 0.
//
// Source: Gross et al., section 2.2.
func MM1SojournExceeds(lambda, mu, t float64) float64 {
	checkStable("MM1SojournExceeds", lambda, mu, 1)
	checkTime("MM1SojournExceeds", t)
	return math.Exp(-(mu - lambda) * t)
}

// MM1SojournQuantile returns the p quantile, in hours, of the sojourn in the M/M/1 queue. It
// panics unless 0 ≤ λ < μ and 0 ≤ p < 1.
//
// Source: the inverse of MM1SojournExceeds.
func MM1SojournQuantile(lambda, mu, p float64) float64 {
	checkStable("MM1SojournQuantile", lambda, mu, 1)
	checkBelowOne("MM1SojournQuantile", p)
	return -math.Log1p(-p) / (mu - lambda)
}
