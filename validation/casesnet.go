package validation

import (
	"math"

	"portalsim/validation/theory"
)

// This file holds the cases of more than one pool or more than one pass, and the one without a queue.

func tandem() Case {
	const lambda = 6
	mu := []float64{10, 8}
	return Case{Name: "tandem", Title: "two servers one after the other, exponential handling (Burke, Jackson)", File: "tandem", Quantities: []Quantity{
		equals("mean time to first response", "first_response_h_mean",
			theory.TandemMM1Sojourn(lambda, mu),
			theory.TandemMM1Sojourn(lambda, []float64{10, 10}), "a second server as fast as the first"),
		equals("mean wait, nurse", "queue_h_mean[pool=nurse]",
			theory.MM1Wait(lambda, mu[0]),
			theory.MD1Wait(lambda, mu[0]), "constant handling"),
		equals("mean wait, clinician", "queue_h_mean[pool=clinician]",
			theory.MM1Wait(lambda, mu[1]),
			theory.MD1Wait(lambda, mu[1]), "constant handling"),
		equals("utilisation, clinician", "utilisation[role=doctor]",
			theory.Utilisation(lambda, mu[1], 1),
			theory.Utilisation(lambda, mu[0], 1), "the nurse's"),
	}}
}

// feedback compares the time to the last answer, and to the first: by the arrival theorem a new message finds the
// queue of an M/M/1 at the effective rate.
func feedback() Case {
	const lambda, mu, again = 4.9, 10, 0.3
	return Case{Name: "feedback", Title: "one server, each message comes back with probability 0.3 (Jackson, Takács)", File: "feedback", Quantities: []Quantity{
		equals("mean time to the last answer", "resolution_h_mean",
			theory.FeedbackMM1Sojourn(lambda, mu, again),
			theory.MM1Sojourn(lambda, mu), "no feedback"),
		equals("mean time to first response", "first_response_h_mean",
			theory.MM1Sojourn(theory.FeedbackRate(lambda, again), mu),
			theory.MM1Sojourn(lambda, mu), "no feedback"),
		equals("touches per message", "touches_per_thread",
			theory.FeedbackRate(1, again),
			1+again, "at most one follow-up"),
		equals("utilisation", "utilisation[role=nurse]",
			theory.Utilisation(theory.FeedbackRate(lambda, again), mu, 1),
			theory.Utilisation(lambda, mu, 1), "no feedback"),
	}}
}

func network() Case {
	const lambda, astray, onward = 8, 0.25, 0.45
	external := []float64{astray * lambda, (1 - astray) * lambda, 0}
	mu, servers := []float64{4, 5, 5}, []int{1, 2, 1}
	routes := func(onward float64) [][]float64 { return [][]float64{{0, 1, 0}, {0, 0, onward}, {0, 0, 0}} }
	rates := func() []float64 { return theory.JacksonRates(external, routes(onward)) }
	return Case{Name: "network", Title: "front desk, two nurses and a clinician, exponential handling (Jackson)", File: "network", Quantities: []Quantity{
		equals("mean time to first response", "first_response_h_mean",
			theory.JacksonSojourn(external, routes(onward), mu, servers),
			theory.JacksonSojourn(external, routes(0), mu, servers), "nothing passed on"),
		equals("mean wait, front desk", "queue_h_mean[pool=front-desk]",
			theory.MM1Wait(rates()[0], mu[0]),
			theory.MD1Wait(rates()[0], mu[0]), "constant handling"),
		equals("mean wait, nurses", "queue_h_mean[pool=nurse]",
			theory.MMcWait(rates()[1], mu[1], 2),
			theory.MMcWait(rates()[1], mu[1], 3), "three nurses"),
		equals("mean wait, clinician", "queue_h_mean[pool=clinician]",
			theory.MM1Wait(rates()[2], mu[2]),
			theory.MD1Wait(rates()[2], mu[2]), "constant handling"),
		equals("hand-offs per message", "hand_offs_per_thread",
			astray+onward,
			onward, "nothing astray"),
	}}
}

// panelOfPatients has no queue. Needs are Poisson for each patient, at a rate that is gamma over patients, so that
// their number is negative binomial: none with probability (1 + μ·cv²)^(−1/cv²), where μ is the mean.
//
// Source: M. Greenwood and G. U. Yule, "An inquiry into the nature of frequency distributions representative of
// multiple happenings", Journal of the Royal Statistical Society 83 (1920) 255–279.
func panelOfPatients() Case {
	const count, perYear, cv = 2000.0, 1.5, 1.5
	const years = 52 * 7 / 365.25
	const open, all = 5 * 9 * 3.0, 5*(9*3+15) + 2*24.0 // weight of opening hours and of the week
	mean := perYear * years
	none := math.Pow(1+mean*cv*cv, -1/(cv*cv))
	return Case{Name: "panel", OwnPeriod: true, Title: "who writes and when: gamma activity and an hourly profile, no queue", File: "panel", Quantities: []Quantity{
		equals("threads", "threads_n",
			count*mean,
			count*mean*all/168, "weights not scaled to a mean of 1"),
		equals("patients with any thread", "senders_n",
			count*(1-none),
			count*(1-math.Exp(-mean)), "patients all alike (Poisson)"),
		equals("share sent out of hours", "out_of_hours_share",
			1-open/all,
			1-45.0/168, "a flat profile"),
	}}
}
