package validation

import (
	"math"

	"portalsim/sim"
	"portalsim/validation/theory"
)

// This file holds the cases of one pool that is served first in, first out.

func mm1() Case {
	const lambda, mu = 7, 10
	return Case{Name: "M/M/1", Title: "one server, exponential handling", File: "mm1", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MM1Wait(lambda, mu), theory.MMcWait(lambda, mu, 2), "two servers"),
		fromThreads("mean square of the wait", "h²", waitSquare, theory.MG1WaitSquare(lambda, 1.0/mu, 2.0/(mu*mu), 6.0/(mu*mu*mu)),
			theory.LIFOMG1WaitSquare(lambda, 1.0/mu, 2.0/(mu*mu), 6.0/(mu*mu*mu)), "last in, first out"),
		equals("share that waits over 15 min", "unopened_late_share", theory.MM1WaitExceeds(lambda, mu, 0.25),
			theory.MM1SojournExceeds(lambda, mu, 0.25), "the sojourn"),
		// A quantile of one replication is biased, by about p/(2(1−p)n) times the scale of the exponential tail, where n
		// is the number of independent waits that the correlated ones are worth: here some 2,000 in 52 weeks, so that the
		// bias is a fifth of the standard error of twenty replications, or less.
		equals("median wait", "queue_h_p50[pool=nurse]", theory.MM1WaitQuantile(lambda, mu, 0.5), theory.MM1Wait(lambda, mu), "the mean"),
		equals("90th percentile of the wait", "queue_h_p90[pool=nurse]", theory.MM1WaitQuantile(lambda, mu, 0.9),
			theory.MM1WaitQuantile(lambda, mu, 0.95), "the 95th percentile"),
		equals("95th percentile of the wait", "queue_h_p95[pool=nurse]", theory.MM1WaitQuantile(lambda, mu, 0.95),
			theory.MM1WaitQuantile(lambda, mu, 0.9), "the 90th percentile"),
		equals("mean time to first response", "first_response_h_mean", theory.MM1Sojourn(lambda, mu), theory.MM1Wait(lambda, mu), "the wait alone"),
		equals("90th percentile to first response", "first_response_h_p90", theory.MM1SojournQuantile(lambda, mu, 0.9),
			theory.MM1WaitQuantile(lambda, mu, 0.9), "the wait alone"),
		equals("share answered within 10 min", "first_response_within_target_share", 1-theory.MM1SojournExceeds(lambda, mu, 1.0/6),
			1-theory.MM1WaitExceeds(lambda, mu, 1.0/6), "the wait alone"),
		equals("share unanswered after 30 min", "unanswered_late_share", theory.MM1SojournExceeds(lambda, mu, 0.5),
			theory.MM1WaitExceeds(lambda, mu, 0.5), "the wait alone"),
		equals("utilisation", "utilisation[role=nurse]", theory.Utilisation(lambda, mu, 1), theory.Utilisation(lambda, mu, 2), "two servers"),
		equals("mean number waiting", "backlog_mean[pool=nurse]", lambda*theory.MM1Wait(lambda, mu), theory.MM1Number(lambda, mu),
			"with the one in service"),
	}}
}

func mm3() Case {
	const lambda, mu = 7.5, 10.0 / 3
	return Case{Name: "M/M/3", Title: "three servers share a queue, exponential handling", File: "mm3", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MMcWait(lambda, mu, 3), theory.MM1Wait(lambda, 3*mu), fast),
		equals("90th percentile of the wait", "queue_h_p90[pool=nurse]", theory.MMcWaitQuantile(lambda, mu, 3, 0.9),
			theory.MM1WaitQuantile(lambda, 3*mu, 0.9), fast),
		equals("share that waits over a second", "unopened_late_share", theory.MMcWaitExceeds(lambda, mu, 3, 1.0/3600),
			theory.MM1WaitExceeds(lambda, 3*mu, 1.0/3600), fast),
		equals("mean time to first response", "first_response_h_mean", theory.MMcSojourn(lambda, mu, 3), theory.MMcSojourn(lambda, mu, 4), "four servers"),
		equals("utilisation", "utilisation[role=nurse]", theory.Utilisation(lambda, mu, 3), theory.Utilisation(lambda, mu, 4), "four servers"),
		equals("mean number waiting", "backlog_mean[pool=nurse]", lambda*theory.MMcWait(lambda, mu, 3), theory.MMcNumber(lambda, mu, 3),
			"with those in service"),
	}}
}

const fast = "one server three times as fast"

func md1() Case {
	const lambda, mu = 7.5, 10
	return Case{Name: "M/D/1", Title: "one server, constant handling", File: "md1", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MD1Wait(lambda, mu), theory.MM1Wait(lambda, mu), memoryless),
		equals("share that waits over 15 min", "unopened_late_share", theory.MD1WaitExceeds(lambda, mu, 0.25), theory.MM1WaitExceeds(lambda, mu, 0.25), memoryless),
		equals("mean number waiting", "backlog_mean[pool=nurse]", lambda*theory.MD1Wait(lambda, mu), lambda*theory.MM1Wait(lambda, mu), memoryless),
	}}
}

const memoryless = "exponential handling"

func mg1Uniform() Case {
	const lambda, mean, longest = 7, 0.1, 0.2
	const square, cube = longest * longest / 3, longest * longest * longest / 4
	return Case{Name: "M/G/1, uniform", Title: "one server, handling uniform from 0 to 12 min", File: "mg1-uniform", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MG1Wait(lambda, mean, longest/math.Sqrt(12)), theory.MM1Wait(lambda, 1/mean), memoryless),
		fromThreads("mean square of the wait", "h²", waitSquare, theory.MG1WaitSquare(lambda, mean, square, cube),
			theory.LIFOMG1WaitSquare(lambda, mean, square, cube), "last in, first out"),
	}}
}

func mg1Gamma() Case {
	const lambda, mean, cv = 7, 0.1, 0.5
	return Case{Name: "M/G/1, gamma", Title: "one server, gamma handling with cv 0.5", File: "mg1-gamma", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MG1Wait(lambda, mean, cv*mean), theory.MM1Wait(lambda, 1/mean), memoryless),
		equals("mean time to first response", "first_response_h_mean", theory.MG1Wait(lambda, mean, cv*mean)+mean, theory.MM1Sojourn(lambda, 1/mean), memoryless),
	}}
}

func mg1Lognormal() Case {
	const lambda, mean, cv = 6, 0.1, 1.5
	return Case{Name: "M/G/1, lognormal", Title: "one server, lognormal handling with cv 1.5", File: "mg1-lognormal", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MG1Wait(lambda, mean, cv*mean), theory.MM1Wait(lambda, 1/mean), memoryless),
		equals("mean time to first response", "first_response_h_mean", theory.MG1Wait(lambda, mean, cv*mean)+mean, theory.MM1Sojourn(lambda, 1/mean), memoryless),
	}}
}

// dd1 has no chance in it: ten messages an hour apart, each 1.5 h of work, so that the wait grows in step.
func dd1() Case {
	const messages, gap, service = 10, 1.0, 1.5
	mean := func(servers int) float64 {
		sum := 0.0
		for k := range messages {
			sum += theory.DDcWait(k, servers, gap, service)
		}
		return sum / messages
	}
	return Case{Name: "D/D/1", OwnPeriod: true, Title: "nothing varies: ten messages an hour apart, 90 min of work each", File: "dd1", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", mean(1), mean(2), "two servers"),
		fromThreads("longest wait", "h", func(r *caseRun) float64 {
			longest := 0.0
			for i := range r.threads {
				longest = max(longest, waitOf(&r.threads[i]))
			}
			return longest
		}, theory.DD1Wait(messages-1, gap, service), theory.DD1Wait(messages, gap, service), "an eleventh message"),
	}}
}

// dm1 has an item after each of a clinician's visits, which follow each other without a gap: arrivals as regular as a clock.
func dm1() Case {
	const lambda, mu = 7.5, 10
	sigma := theory.GIM1Delay(lambda, mu, theory.ConstantTransform(1/lambda))
	return Case{Name: "D/M/1", Title: "arrivals evenly spaced, one server, exponential handling", File: "dm1", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.GIM1Wait(sigma, mu), theory.MM1Wait(lambda, mu), "arrivals at random"),
		equals("90th percentile of the wait", "queue_h_p90[pool=nurse]", theory.GIM1WaitQuantile(sigma, mu, 0.9), theory.MM1WaitQuantile(lambda, mu, 0.9),
			"arrivals at random"),
	}}
}

// gim1 has an item after each visit held, and half of the patients do not come.
func gim1() Case {
	const slot, comes, mu = 1.0 / 15, 0.5, 10
	sigma := theory.GIM1Delay(comes/slot, mu, theory.GeometricTransform(slot, comes))
	return Case{Name: "GI/M/1", Title: "each slot of 4 min brings an arrival with probability 0.5, one server, exponential handling", File: "gim1", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.GIM1Wait(sigma, mu), theory.MM1Wait(comes/slot, mu), "arrivals at random"),
		equals("90th percentile of the wait", "queue_h_p90[pool=nurse]", theory.GIM1WaitQuantile(sigma, mu, 0.9), theory.MM1WaitQuantile(comes/slot, mu, 0.9),
			"arrivals at random"),
	}}
}

// gig1 is gim1 with lognormal handling, of which only a bound is known.
func gig1() Case {
	const slot, comes, mu, cv = 1.0 / 15, 0.5, 10.0, 1.0
	arrivalSD := slot * math.Sqrt(1-comes) / comes
	return Case{Name: "GI/G/1", Title: "as GI/M/1, lognormal handling with cv 1", File: "gig1", Quantities: []Quantity{
		atMost("mean wait", "queue_h_mean[pool=nurse]", theory.KingmanBound(comes/slot, mu, arrivalSD, cv/mu),
			theory.KingmanBound(comes/slot, mu, 0, cv/mu), "arrivals evenly spaced"),
	}}
}

// waitOf returns the wait of a thread for its first touch, in hours.
func waitOf(row *sim.ThreadRow) float64 {
	if row.FirstTouch == 0 {
		return math.NaN() // censored: a case's drain is long enough for none
	}
	return float64(row.FirstTouch-row.Sent) / 3.6e9 // from microseconds
}

// waitSquare returns the mean square of the wait, in hours².
func waitSquare(r *caseRun) float64 {
	sum := 0.0
	for i := range r.threads {
		w := waitOf(&r.threads[i])
		sum += w * w
	}
	return sum / float64(len(r.threads))
}
