package validation

import (
	"portalsim/sim"
	"portalsim/validation/theory"
)

// This file holds the cases of Poisson streams that are thinned, laid over each other, and split. Each stays Poisson:
// the queue behind it is M/M/1, and the count of an hour has a variance equal to its mean.
//
// Source: J. F. C. Kingman, Poisson Processes (1993), chapters 2 and 5.

// thinned: a modifier keeps seven contacts in ten.
func thinned() Case {
	const lambda, mu = 7, 10
	return Case{Name: "thinned stream", Title: "a modifier of 0.7 on 10 an hour; behind it one server, exponential handling", File: "thinned", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MM1Wait(lambda, mu), theory.MM1Wait(0.7*lambda, mu), "thinned twice"),
		fromThreads("mean number in an hour", "items", hourlyMean, lambda, 10, "not thinned"),
		fromThreads("variance of the number in an hour", "items²", hourlyVariance, lambda, 0.7*lambda, "seven of each ten, in turn"),
	}}
}

// layered: a modifier of 1.75 lays a second stream over the first, thinned to three quarters.
func layered() Case {
	const lambda, mu = 7, 10
	return Case{Name: "layers of a stream", Title: "a modifier of 1.75 on 4 an hour; behind it one server, exponential handling", File: "layered", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.MM1Wait(lambda, mu), theory.MM1Wait(4, mu), "nothing added"),
		fromThreads("mean number in an hour", "items", hourlyMean, lambda, 8, "all of the layer kept"),
		fromThreads("variance of the number in an hour", "items²", hourlyVariance, lambda, 4*1.75*1.75, "contacts that come in the same minute"),
	}}
}

// split: four contacts in ten are phoned instead of written, and go to a server of their own.
func split() Case {
	const lambda, mu, phoned = 10.0, 10.0, 0.4
	return Case{Name: "split stream", Title: "of 10 an hour, 40 % are phoned to a desk and the rest written to a nurse, one server each", File: "split", Quantities: []Quantity{
		equals("mean wait, nurse", "queue_h_mean[pool=nurse]", theory.MM1Wait((1-phoned)*lambda, mu), theory.MD1Wait((1-phoned)*lambda, mu), "constant handling"),
		equals("mean wait, desk", "queue_h_mean[pool=desk]", theory.MM1Wait(phoned*lambda, mu), theory.MD1Wait(phoned*lambda, mu), "constant handling"),
		fromThreads("mean product of the numbers in an hour", "items²", func(r *caseRun) float64 {
			written, called := hourly(r, portal), hourly(r, "phone")
			sum := 0.0
			for h := range written {
				sum += written[h] * called[h]
			}
			return sum / float64(len(written))
		}, phoned*(1-phoned)*lambda*lambda, phoned*(1-phoned)*(lambda*lambda+lambda), "a fixed share of each hour"),
	}}
}

// hourly counts the threads sent in each hour of the measured period: those of a channel, or all.
func hourly(r *caseRun, channel string) []float64 {
	const hourUS = 3_600_000_000
	start := int64(r.scenario.StartDay)*24*hourUS + r.scenario.WarmUp.Microseconds()
	counts := make([]float64, int(r.scenario.Measure.Hours()))
	for i := range r.threads {
		if row := &r.threads[i]; channel == sim.All || row.Channel == channel {
			counts[(row.Sent-start)/hourUS]++
		}
	}
	return counts
}

func hourlyMean(r *caseRun) float64 { return float64(len(r.threads)) / r.scenario.Measure.Hours() }

func hourlyVariance(r *caseRun) float64 {
	counts := hourly(r, sim.All)
	mean, squares := hourlyMean(r), 0.0
	for _, n := range counts {
		squares += (n - mean) * (n - mean)
	}
	return squares / float64(len(counts)-1)
}
