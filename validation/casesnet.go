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
		{"mean time to first response", "first_response_h_mean",
			func() float64 { return theory.TandemMM1Sojourn(lambda, mu) },
			func() float64 { return theory.TandemMM1Sojourn(lambda, []float64{10, 10}) }, "a second server as fast as the first"},
		{"mean wait, nurse", "queue_h_mean[pool=nurse]",
			func() float64 { return theory.MM1Wait(lambda, mu[0]) },
			func() float64 { return theory.MD1Wait(lambda, mu[0]) }, "constant handling"},
		{"mean wait, clinician", "queue_h_mean[pool=clinician]",
			func() float64 { return theory.MM1Wait(lambda, mu[1]) },
			func() float64 { return theory.MD1Wait(lambda, mu[1]) }, "constant handling"},
		{"utilisation, clinician", "utilisation[role=doctor]",
			func() float64 { return theory.Utilisation(lambda, mu[1], 1) },
			func() float64 { return theory.Utilisation(lambda, mu[0], 1) }, "the nurse's"},
	}}
}

// feedback compares the time to the last answer, and to the first: by the arrival theorem a new message finds the
// queue of an M/M/1 at the effective rate.
func feedback() Case {
	const lambda, mu, again = 4.9, 10, 0.3
	return Case{Name: "feedback", Title: "one server, each message comes back with probability 0.3 (Jackson, Takács)", File: "feedback", Quantities: []Quantity{
		{"mean time to the last answer", "resolution_h_mean",
			func() float64 { return theory.FeedbackMM1Sojourn(lambda, mu, again) },
			func() float64 { return theory.MM1Sojourn(lambda, mu) }, "no feedback"},
		{"mean time to first response", "first_response_h_mean",
			func() float64 { return theory.MM1Sojourn(theory.FeedbackRate(lambda, again), mu) },
			func() float64 { return theory.MM1Sojourn(lambda, mu) }, "no feedback"},
		{"touches per message", "touches_per_thread",
			func() float64 { return theory.FeedbackRate(1, again) },
			func() float64 { return 1 + again }, "at most one follow-up"},
		{"utilisation", "utilisation[role=nurse]",
			func() float64 { return theory.Utilisation(theory.FeedbackRate(lambda, again), mu, 1) },
			func() float64 { return theory.Utilisation(lambda, mu, 1) }, "no feedback"},
	}}
}

func network() Case {
	const lambda, astray, onward = 8, 0.25, 0.45
	external := []float64{astray * lambda, (1 - astray) * lambda, 0}
	mu, servers := []float64{4, 5, 5}, []int{1, 2, 1}
	routes := func(onward float64) [][]float64 { return [][]float64{{0, 1, 0}, {0, 0, onward}, {0, 0, 0}} }
	rates := func() []float64 { return theory.JacksonRates(external, routes(onward)) }
	return Case{Name: "network", Title: "front desk, two nurses and a clinician, exponential handling (Jackson)", File: "network", Quantities: []Quantity{
		{"mean time to first response", "first_response_h_mean",
			func() float64 { return theory.JacksonSojourn(external, routes(onward), mu, servers) },
			func() float64 { return theory.JacksonSojourn(external, routes(0), mu, servers) }, "nothing passed on"},
		{"mean wait, front desk", "queue_h_mean[pool=front-desk]",
			func() float64 { return theory.MM1Wait(rates()[0], mu[0]) },
			func() float64 { return theory.MD1Wait(rates()[0], mu[0]) }, "constant handling"},
		{"mean wait, nurses", "queue_h_mean[pool=nurse]",
			func() float64 { return theory.MMcWait(rates()[1], mu[1], 2) },
			func() float64 { return theory.MMcWait(rates()[1], mu[1], 3) }, "three nurses"},
		{"mean wait, clinician", "queue_h_mean[pool=clinician]",
			func() float64 { return theory.MM1Wait(rates()[2], mu[2]) },
			func() float64 { return theory.MD1Wait(rates()[2], mu[2]) }, "constant handling"},
		{"hand-offs per message", "hand_offs_per_thread",
			func() float64 { return astray + onward },
			func() float64 { return onward }, "nothing astray"},
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
		{"threads", "threads_n",
			func() float64 { return count * mean },
			func() float64 { return count * mean * all / 168 }, "weights not scaled to a mean of 1"},
		{"patients with any thread", "senders_n",
			func() float64 { return count * (1 - none) },
			func() float64 { return count * (1 - math.Exp(-mean)) }, "patients all alike (Poisson)"},
		{"share sent out of hours", "out_of_hours_share",
			func() float64 { return 1 - open/all },
			func() float64 { return 1 - 45.0/168 }, "a flat profile"},
	}}
}
