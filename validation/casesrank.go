package validation

import (
	"math"

	"portalsim/validation/theory"
)

// This file holds the cases in which the order of service is not first in, first out.

// lifoMM1: the order of service does not change the mean wait, as long as it does not look at the handling times; it
// does change how the wait varies.
func lifoMM1() Case {
	const lambda, mu = 7, 10
	return Case{Name: "M/M/1, last in first out", Title: "one server, the last in is served first", File: "lifo-mm1", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MM1Wait(lambda, mu), theory.MMcWait(lambda, mu, 2), "two servers"),
		fromThreads("mean square of the wait", "h²", waitSquare, theory.LIFOMG1WaitSquare(lambda, 1.0/mu, 2.0/(mu*mu), 6.0/(mu*mu*mu)),
			theory.MG1WaitSquare(lambda, 1.0/mu, 2.0/(mu*mu), 6.0/(mu*mu*mu)), fifo),
		equals("share that waits over 15 min", "unopened_late_share", theory.LIFOMM1WaitExceeds(lambda, mu, 0.25), theory.MM1WaitExceeds(lambda, mu, 0.25), fifo),
		equals("mean number waiting", "backlog_mean[pool=nurse]", lambda*theory.MM1Wait(lambda, mu), theory.MM1Number(lambda, mu),
			"with the one in service"),
	}}
}

const (
	fifo    = "first in, first out"
	without = "without interruption"
)

// mixed returns the mean wait of first in, first out over all classes: one M/G/1 whose service is a mixture.
func mixed(classes []theory.Class) float64 {
	rate, mean, square := 0.0, 0.0, 0.0
	for _, c := range classes {
		rate += c.Lambda
		mean += c.Lambda * c.Mean
		square += c.Lambda * (c.Mean*c.Mean + c.SD*c.SD)
	}
	mean, square = mean/rate, square/rate
	return theory.MG1Wait(rate, mean, math.Sqrt(square-mean*mean))
}

// priorityMM1 compares the time to first response by class, which is the wait and the handling.
func priorityMM1() Case {
	lambda := []float64{1, 2, 4}
	mu := []float64{12, 8, 10}
	waits := theory.PriorityMM1Waits(lambda, mu)
	together := mixed([]theory.Class{{Lambda: 1, Mean: 1.0 / 12, SD: 1.0 / 12}, {Lambda: 2, Mean: 1.0 / 8, SD: 1.0 / 8}, {Lambda: 4, Mean: 0.1, SD: 0.1}})
	return Case{Name: "M/M/1, three priority classes", Title: "one server, classes 1 to 3 without interruption", File: "priority-mm1", Quantities: []Quantity{
		equals("first response, class 1", "first_response_h_mean[type=urgent]", waits[0]+1/mu[0], together+1/mu[0], fifo),
		equals("first response, class 2", "first_response_h_mean[type=advice]", waits[1]+1/mu[1], together+1/mu[1], fifo),
		equals("first response, class 3", "first_response_h_mean[type=refill]", waits[2]+1/mu[2], together+1/mu[2], fifo),
	}}
}

// priorityMG1 has no classes within a pool: a server takes two pools in order of precedence, which comes to the same.
func priorityMG1() Case {
	classes := []theory.Class{{Lambda: 3, Mean: 0.1, SD: 0}, {Lambda: 2, Mean: 0.2, SD: 0.2}}
	waits := theory.PriorityMG1Waits(classes)
	return Case{Name: "M/G/1, two pools in order", Title: "one server, constant handling in the first pool, lognormal in the second", File: "priority-mg1", Quantities: []Quantity{
		equals("mean wait, first pool", "queue_h_mean[pool=first]", waits[0], mixed(classes), fifo),
		equals("mean wait, second pool", "queue_h_mean[pool=second]", waits[1], mixed(classes), fifo),
	}}
}

func priorityMM2() Case {
	lambda := []float64{2.5, 5}
	const mu = 5
	waits := theory.PriorityMMcWaits(lambda, mu, 2)
	together := theory.MMcSojourn(lambda[0]+lambda[1], mu, 2)
	return Case{Name: "M/M/2, two priority classes", Title: "two servers, classes 1 and 2 without interruption", File: "priority-mm2", Quantities: []Quantity{
		equals("first response, class 1", "first_response_h_mean[type=urgent]", waits[0]+1.0/mu, together, fifo),
		equals("first response, class 2", "first_response_h_mean[type=refill]", waits[1]+1.0/mu, together, fifo),
		equals("mean wait of all", "queue_h_mean[pool=nurse]", theory.MMcWait(lambda[0]+lambda[1], mu, 2), waits[1], "class 2 alone"),
	}}
}

// preemptiveMM1 compares the time to first response by class where urgent work interrupts the rest: the sojourn.
func preemptiveMM1() Case {
	lambda, mu := []float64{2, 4}, []float64{10, 10}
	sojourns, waits := theory.PreemptiveMM1Sojourns(lambda, mu), theory.PriorityMM1Waits(lambda, mu)
	return Case{Name: "M/M/1, preemptive resume", Title: "one server, class 1 interrupts class 2", File: "preemptive-mm1", Quantities: []Quantity{
		equals("first response, class 1", "first_response_h_mean[type=urgent]", sojourns[0], waits[0]+1/mu[0], without),
		equals("first response, class 2", "first_response_h_mean[type=refill]", sojourns[1], waits[1]+1/mu[1], without),
		equals("utilisation", "utilisation[role=nurse]", (lambda[0]+lambda[1])/mu[0], lambda[1]/mu[0], "class 2 alone"),
	}}
}

func preemptiveMG1() Case {
	classes := []theory.Class{{Lambda: 3, Mean: 0.1, SD: 0}, {Lambda: 2, Mean: 0.2, SD: 0.2}}
	sojourns, waits := theory.PreemptiveMG1Sojourns(classes), theory.PriorityMG1Waits(classes)
	return Case{Name: "M/G/1, preemptive resume", Title: "one server, class 1 (constant handling) interrupts class 2 (lognormal)", File: "preemptive-mg1", Quantities: []Quantity{
		equals("first response, class 1", "first_response_h_mean[type=urgent]", sojourns[0], waits[0]+0.1, without),
		equals("first response, class 2", "first_response_h_mean[type=refill]", sojourns[1], mixed(classes)+0.2, fifo),
	}}
}

func preemptiveMM2() Case {
	lambda := []float64{2.5, 5}
	const mu = 5
	sojourns, waits := theory.PreemptiveMMcSojourns(lambda, mu, 2), theory.PriorityMMcWaits(lambda, mu, 2)
	return Case{Name: "M/M/2, preemptive resume", Title: "two servers, class 1 interrupts class 2", File: "preemptive-mm2", Quantities: []Quantity{
		equals("first response, class 1", "first_response_h_mean[type=urgent]", sojourns[0], waits[0]+1.0/mu, without),
		equals("first response, class 2", "first_response_h_mean[type=refill]", sojourns[1], theory.MMcSojourn(lambda[0]+lambda[1], mu, 2), fifo),
	}}
}
