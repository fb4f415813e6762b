package validation

import "portalsim/validation/theory"

// This file holds the cases in which callers hang up.

// erlangA: callers who hold for an exponential time hang up for good.
func erlangA() Case {
	const lambda, mu, theta, c = 12, 6, 3, 2
	return Case{Name: "M/M/2 + M, Erlang A", Title: "two servers, callers who hang up", File: "erlang-a", Quantities: []Quantity{
		equals("mean number waiting", "backlog_mean[pool=desk]", lambda*theory.ErlangAWait(lambda, mu, theta, c),
			lambda*theory.ErlangAWait(lambda, mu, 2*theta, c), "half the patience"),
		fromThreads("share that hangs up", "1", hungUp, theory.ErlangAAbandonment(lambda, mu, theta, c),
			theory.ErlangAAbandonment(lambda, mu, 2*theta, c), "half the patience"),
		equals("utilisation", "utilisation[role=desk]", lambda*(1-theory.ErlangAAbandonment(lambda, mu, theta, c))/(mu*c), 1, "nobody hangs up"),
	}}
}

// erlangB: callers who hold for a thousandth of a second are lost when all are busy, whatever the distribution of the
// handling times. That they hold at all keeps fewer than one in 10,000 of those lost.
func erlangB() Case {
	const lambda, mu, c = 12, 6, 3
	lost := theory.ErlangB(lambda/mu, c)
	return Case{Name: "M/G/3/3, Erlang B", Title: "three servers, lognormal handling, callers who do not hold", File: "erlang-b", Quantities: []Quantity{
		fromThreads("share lost", "1", hungUp, lost, theory.ErlangC(lambda/mu, c), "they wait (Erlang C)"),
		equals("utilisation", "utilisation[role=desk]", lambda*(1-lost)/(mu*c), theory.Utilisation(lambda, mu, c), "nobody is lost"),
	}}
}

// hungUp returns the share of threads whose caller hung up.
func hungUp(r *caseRun) float64 {
	n := 0
	for i := range r.threads {
		if r.threads[i].FirstTouch == 0 {
			n++
		}
	}
	return float64(n) / float64(len(r.threads))
}
