package validation

import (
	"embed"
	"math"

	"portalsim/validation/theory"
)

//go:embed cases/*.yaml
var caseFiles embed.FS

// Case is a clinic that amounts to something with a known formula.
type Case struct {
	Name       string
	Title      string // one line for people
	File       string // under cases/, without .yaml
	Quantities []Quantity

	// OwnPeriod keeps the measured period of the file at every level, where theory depends on it.
	OwnPeriod bool
}

// Quantity is a measure of the program with what theory says of its mean over replications.
type Quantity struct {
	Name    string
	Measure string // as on the command line, such as queue_h_mean[pool=nurse]
	Theory  func() float64

	// Wrong is a formula that does not belong to the case, named in Instead. The same simulation must reject it: a
	// comparison that accepts anything shows nothing.
	Wrong   func() float64
	Instead string
}

// All rates are per hour and all times in hours, as in package theory.

// Cases returns the catalogue, in the order of the table.
func Cases() []Case {
	return []Case{
		mm1(), mm3(), priorityMM1(), priorityMM2(), mg1(), md1(), tandem(), feedback(), network(), panelOfPatients(), preemptiveMM1(), lifoMM1(), erlangA(),
	}
}

func mm1() Case {
	const lambda, mu = 7, 10
	return Case{Name: "M/M/1", Title: "one server, exponential handling", File: "mm1", Quantities: []Quantity{
		{"mean wait", "queue_h_mean[pool=nurse]",
			func() float64 { return theory.MM1Wait(lambda, mu) },
			func() float64 { return theory.MMcWait(lambda, mu, 2) }, "two servers"},
		// A quantile of one replication is biased, by about p/(2(1−p)n) times the scale of the exponential tail, where n
		// is the number of independent waits that the correlated ones are worth: here some 2,000 a replication, so that
		// the bias is a seventh of the standard error of ten replications, or less.
		{"median wait", "queue_h_p50[pool=nurse]",
			func() float64 { return theory.MM1WaitQuantile(lambda, mu, 0.5) },
			func() float64 { return theory.MM1Wait(lambda, mu) }, "the mean"},
		{"90th percentile of the wait", "queue_h_p90[pool=nurse]",
			func() float64 { return theory.MM1WaitQuantile(lambda, mu, 0.9) },
			func() float64 { return theory.MM1WaitQuantile(lambda, mu, 0.95) }, "the 95th percentile"},
		{"mean time to first response", "first_response_h_mean",
			func() float64 { return theory.MM1Sojourn(lambda, mu) },
			func() float64 { return theory.MM1Wait(lambda, mu) }, "the wait alone"},
		{"utilisation", "utilisation[role=nurse]",
			func() float64 { return theory.Utilisation(lambda, mu, 1) },
			func() float64 { return theory.Utilisation(lambda, mu, 2) }, "two servers"},
		{"mean number waiting", "backlog_mean[pool=nurse]",
			func() float64 { return lambda * theory.MM1Wait(lambda, mu) },
			func() float64 { return theory.MM1Number(lambda, mu) }, "with the one in service"},
	}}
}

func mm3() Case {
	const lambda, mu = 7.5, 10.0 / 3
	return Case{Name: "M/M/3", Title: "three servers share a queue, exponential handling", File: "mm3", Quantities: []Quantity{
		{"mean wait", "queue_h_mean[pool=nurse]",
			func() float64 { return theory.MMcWait(lambda, mu, 3) },
			func() float64 { return theory.MM1Wait(lambda, 3*mu) }, "one server three times as fast"},
		{"90th percentile of the wait", "queue_h_p90[pool=nurse]",
			func() float64 { return theory.MMcWaitQuantile(lambda, mu, 3, 0.9) },
			func() float64 { return theory.MM1WaitQuantile(lambda, 3*mu, 0.9) }, "one server three times as fast"},
		{"mean time to first response", "first_response_h_mean",
			func() float64 { return theory.MMcSojourn(lambda, mu, 3) },
			func() float64 { return theory.MMcSojourn(lambda, mu, 4) }, "four servers"},
		{"utilisation", "utilisation[role=nurse]",
			func() float64 { return theory.Utilisation(lambda, mu, 3) },
			func() float64 { return theory.Utilisation(lambda, mu, 4) }, "four servers"},
		{"mean number waiting", "backlog_mean[pool=nurse]",
			func() float64 { return lambda * theory.MMcWait(lambda, mu, 3) },
			func() float64 { return theory.MMcNumber(lambda, mu, 3) }, "with those in service"},
	}}
}

// priorityMM1 compares the time to first response by class, which is the wait and the handling.
func priorityMM1() Case {
	lambda := []float64{1, 2, 4}
	mu := []float64{12, 8, 10}
	byClass := func(k int) func() float64 {
		return func() float64 { return theory.PriorityMM1Waits(lambda, mu)[k] + 1/mu[k] }
	}
	// First in, first out over all classes is one M/G/1 whose service is a mixture.
	together := func(k int) func() float64 {
		return func() float64 {
			rate, mean, square := 0.0, 0.0, 0.0
			for i := range lambda {
				rate += lambda[i]
				mean += lambda[i] / mu[i]
				square += lambda[i] * 2 / (mu[i] * mu[i])
			}
			mean, square = mean/rate, square/rate
			return theory.MG1Wait(rate, mean, math.Sqrt(square-mean*mean)) + 1/mu[k]
		}
	}
	const fifo = "first in, first out"
	return Case{Name: "M/M/1, three priority classes", Title: "one server, classes 1 to 3 without interruption", File: "priority-mm1", Quantities: []Quantity{
		{"first response, class 1", "first_response_h_mean[type=urgent]", byClass(0), together(0), fifo},
		{"first response, class 2", "first_response_h_mean[type=advice]", byClass(1), together(1), fifo},
		{"first response, class 3", "first_response_h_mean[type=refill]", byClass(2), together(2), fifo},
	}}
}

func priorityMM2() Case {
	lambda := []float64{2.5, 5}
	const mu = 5
	byClass := func(k int) func() float64 {
		return func() float64 { return theory.PriorityMMcWaits(lambda, mu, 2)[k] + 1.0/mu }
	}
	together := func() float64 { return theory.MMcSojourn(lambda[0]+lambda[1], mu, 2) }
	const fifo = "first in, first out"
	return Case{Name: "M/M/2, two priority classes", Title: "two servers, classes 1 and 2 without interruption", File: "priority-mm2", Quantities: []Quantity{
		{"first response, class 1", "first_response_h_mean[type=urgent]", byClass(0), together, fifo},
		{"first response, class 2", "first_response_h_mean[type=refill]", byClass(1), together, fifo},
		{"mean wait of all", "queue_h_mean[pool=nurse]",
			func() float64 { return theory.MMcWait(lambda[0]+lambda[1], mu, 2) },
			func() float64 { return theory.PriorityMMcWaits(lambda, mu, 2)[1] }, "class 2 alone"},
	}}
}

func mg1() Case {
	const lambda, mean, cv = 6, 0.1, 1.5
	return Case{Name: "M/G/1, lognormal", Title: "one server, lognormal handling with cv 1.5", File: "mg1-lognormal", Quantities: []Quantity{
		{"mean wait", "queue_h_mean[pool=nurse]",
			func() float64 { return theory.MG1Wait(lambda, mean, cv*mean) },
			func() float64 { return theory.MM1Wait(lambda, 1/mean) }, "exponential handling"},
		{"mean time to first response", "first_response_h_mean",
			func() float64 { return theory.MG1Wait(lambda, mean, cv*mean) + mean },
			func() float64 { return theory.MM1Sojourn(lambda, 1/mean) }, "exponential handling"},
	}}
}

func md1() Case {
	const lambda, mu = 7.5, 10
	return Case{Name: "M/D/1", Title: "one server, constant handling", File: "md1", Quantities: []Quantity{
		{"mean wait", "queue_h_mean[pool=nurse]",
			func() float64 { return theory.MD1Wait(lambda, mu) },
			func() float64 { return theory.MM1Wait(lambda, mu) }, "exponential handling"},
		{"mean number waiting", "backlog_mean[pool=nurse]",
			func() float64 { return lambda * theory.MD1Wait(lambda, mu) },
			func() float64 { return lambda * theory.MM1Wait(lambda, mu) }, "exponential handling"},
	}}
}
