package theory

import (
	"fmt"
	"math"
)

// ErlangB returns the probability that all of c servers are busy when none may wait, under an
// offered load of a erlangs. It panics unless a ≥ 0 and c ≥ 1.
//
// Source: A. K. Erlang, "Solution of some problems in the theory of probabilities of
// significance in automatic telephone exchanges", Post Office Electrical Engineers' Journal
// 10 (1917) 189–197; computed by the recursion of D. L. Jagerman, "Some properties of the
// Erlang loss function", Bell System Technical Journal 53 (1974) 525–551, which adds only
// positive terms and cannot overflow.
func ErlangB(a float64, c int) float64 {
	checkRates("ErlangB", a, 1)
	checkServers("ErlangB", c)
	b := 1.0
	for n := 1; n <= c; n++ {
		b = a * b / (float64(n) + a*b)
	}
	return b
}

// ErlangC returns the probability that an arrival must wait in the M/M/c queue, under an
// offered load of a = λ/μ erlangs. It panics unless 0 ≤ a < c.
//
// Source: Erlang (1917), as ErlangB; Gross et al., sections 2.3 and 2.6, for the form in
// terms of ErlangB.
func ErlangC(a float64, c int) float64 {
	checkStable("ErlangC", a, 1, c)
	b := ErlangB(a, c)
	rho := a / float64(c)
	return b / (1 - rho*(1-b))
}

// MMcWait returns the mean wait, in hours, of the M/M/c queue. It panics unless 0 ≤ λ < cμ.
//
// Source: Gross et al., section 2.3.
func MMcWait(lambda, mu float64, c int) float64 {
	checkStable("MMcWait", lambda, mu, c)
	return ErlangC(lambda/mu, c) / (float64(c)*mu - lambda)
}

// MMcSojourn returns the mean sojourn, in hours, of the M/M/c queue. It panics unless
// 0 ≤ λ < cμ.
//
// Source: Gross et al., section 2.3.
func MMcSojourn(lambda, mu float64, c int) float64 {
	return MMcWait(lambda, mu, c) + 1/mu
}

// MMcNumber returns the mean number in the M/M/c system, waiting and in service. It panics
// unless 0 ≤ λ < cμ.
//
// Source: J. D. C. Little, "A proof for the queuing formula: L = λW", Operations Research 9
// (1961) 383–387, on MMcSojourn.
func MMcNumber(lambda, mu float64, c int) float64 {
	return lambda * MMcSojourn(lambda, mu, c)
}

// MMcWaitExceeds returns P(wait > t) in the M/M/c queue for t in hours: ErlangC times
// e^(−(cμ−λ)t). It panics unless 0 ≤ λ < cμ and t ≥ 0.
//
// Source: Gross et al., section 2.3.
func MMcWaitExceeds(lambda, mu float64, c int, t float64) float64 {
	checkStable("MMcWaitExceeds", lambda, mu, c)
	checkTime("MMcWaitExceeds", t)
	return ErlangC(lambda/mu, c) * math.Exp(-(float64(c)*mu-lambda)*t)
}

// MMcWaitQuantile returns the p quantile, in hours, of the wait in the M/M/c queue: 0 up to
// the share who do not wait. It panics unless 0 ≤ λ < cμ and 0 ≤ p < 1.
//
// Source: the inverse of MMcWaitExceeds.
func MMcWaitQuantile(lambda, mu float64, c int, p float64) float64 {
	checkStable("MMcWaitQuantile", lambda, mu, c)
	checkBelowOne("MMcWaitQuantile", p)
	return waitQuantile(ErlangC(lambda/mu, c), float64(c)*mu-lambda, p)
}

// DD1Wait returns the wait, in hours, of arrival k (from 0) at one server that starts idle,
// when arrivals come exactly every gap hours and service takes exactly service hours. The
// queue may be overloaded: the wait then grows in step with k. It panics unless k ≥ 0 and
// both times are at least 0.
//
// Source: D. V. Lindley, "The theory of queues with a single server", Proceedings of the
// Cambridge Philosophical Society 48 (1952) 277–289: his recursion with constant terms.
func DD1Wait(k int, gap, service float64) float64 { return DDcWait(k, 1, gap, service) }

// DDcWait is DD1Wait for c servers. They take turns, since all services are equally long, so
// arrival k follows arrival k − c on its server. It panics as DD1Wait does and unless c ≥ 1.
//
// Source: as DD1Wait, server by server.
func DDcWait(k, c int, gap, service float64) float64 {
	checkServers("DDcWait", c)
	checkTime("DDcWait", gap)
	checkTime("DDcWait", service)
	if k < 0 {
		panic(fmt.Sprintf("theory: DDcWait: arrival %d, want at least 0", k))
	}
	return math.Max(0, float64(k/c)*(service-float64(c)*gap))
}
