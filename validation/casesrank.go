package validation

import "portalsim/validation/theory"

// preemptiveMM1 compares the time to first response by class where urgent work interrupts the rest: the sojourn.
func preemptiveMM1() Case {
	lambda := []float64{2, 4}
	mu := []float64{10, 10}
	byClass := func(k int) func() float64 {
		return func() float64 { return theory.PreemptiveMM1Sojourns(lambda, mu)[k] }
	}
	patient := func(k int) func() float64 {
		return func() float64 { return theory.PriorityMM1Waits(lambda, mu)[k] + 1/mu[k] }
	}
	const without = "without interruption"
	return Case{Name: "M/M/1, preemptive resume", Title: "one server, class 1 interrupts class 2", File: "preemptive-mm1", Quantities: []Quantity{
		{"first response, class 1", "first_response_h_mean[type=urgent]", byClass(0), patient(0), without},
		{"first response, class 2", "first_response_h_mean[type=refill]", byClass(1), patient(1), without},
		{"utilisation", "utilisation[role=nurse]",
			func() float64 { return (lambda[0] + lambda[1]) / mu[0] },
			func() float64 { return lambda[1] / mu[0] }, "class 2 alone"},
	}}
}

// lifoMM1: the order of service does not change the mean wait, as long as it does not look at the handling times.
func lifoMM1() Case {
	const lambda, mu = 7, 10
	return Case{Name: "M/M/1, last in first out", Title: "one server, the last in is served first", File: "lifo-mm1", Quantities: []Quantity{
		{"mean wait", "queue_h_mean[pool=nurse]",
			func() float64 { return theory.MM1Wait(lambda, mu) },
			func() float64 { return theory.MMcWait(lambda, mu, 2) }, "two servers"},
		{"mean number waiting", "backlog_mean[pool=nurse]",
			func() float64 { return lambda * theory.MM1Wait(lambda, mu) },
			func() float64 { return theory.MM1Number(lambda, mu) }, "with the one in service"},
	}}
}

// erlangA: callers who hold for an exponential time hang up for good.
func erlangA() Case {
	const lambda, mu, theta, c = 12, 6, 3, 2
	return Case{Name: "M/M/2 + M, Erlang A", Title: "two servers, callers who hang up", File: "erlang-a", Quantities: []Quantity{
		{"mean number waiting", "backlog_mean[pool=desk]",
			func() float64 { return lambda * theory.ErlangAWait(lambda, mu, theta, c) },
			func() float64 { return lambda * theory.ErlangAWait(lambda, mu, 2*theta, c) }, "half the patience"},
		{"utilisation", "utilisation[role=desk]",
			func() float64 { return lambda * (1 - theory.ErlangAAbandonment(lambda, mu, theta, c)) / (mu * c) },
			func() float64 { return lambda / (mu * c) }, "nobody hangs up"},
	}}
}
