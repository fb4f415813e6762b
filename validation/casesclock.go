package validation

import (
	"math"
	"sync"

	"portalsim/validation/theory"
)

// This file holds the cases in which servers or arrivals keep hours.

// vacations: a second pool never runs dry, and is served only when the first is empty, a piece at a time.
func vacations() Case {
	const lambda, mean, piece, cv = 6, 0.1, 0.5, 0.5
	return Case{Name: "M/M/1 with vacations", OwnPeriod: true, Title: "whenever no message waits, the server turns to other work in pieces of 30 min (cv 0.5)", File: "vacations", Quantities: []Quantity{
		equals("mean wait", "queue_h_mean[pool=nurse]", theory.VacationMG1Wait(lambda, mean, mean, piece, cv*piece),
			theory.MM1Wait(lambda, 1/mean)+piece/2, "half a piece more, not what is left of one"),
		equals("mean time to first response", "first_response_h_mean", theory.VacationMG1Wait(lambda, mean, mean, piece, cv*piece)+mean,
			theory.MM1Sojourn(lambda, 1/mean), "no other work"),
	}}
}

// visiting is a clinician who sees a patient every hour and takes messages in between, as a Markov chain.
type visiting struct{ messages, visitsWaiting float64 } // mean numbers: of messages in the system, and of visits that wait

// solveVisits solves the chain of betweenVisits: visits there, messages there, and what is under way. Both kinds of work
// are exponential, nothing is interrupted, and a visit goes first.
var solveVisits = sync.OnceValue(func() visiting {
	const lambda, mu, visit = 2, 10, 2.0
	const mostVisits, mostMessages = 14, 90
	const idle, seeing, writing = 0, 1, 2
	place := func(v, n, doing int) int { return (v*(mostMessages+1)+n)*3 + doing }
	parts := func(state int) (v, n, doing int) {
		return state / 3 / (mostMessages + 1), state / 3 % (mostMessages + 1), state % 3
	}
	next := func(v, n int) int { // what a free clinician begins
		switch {
		case v > 0:
			return place(v, n, seeing)
		case n > 0:
			return place(v, n, writing)
		}
		return place(v, n, idle)
	}
	hour := theory.Stage{
		Hours: 1,
		Enter: func(state int) int {
			v, n, doing := parts(state)
			v = min(v+1, mostVisits)
			if doing == idle {
				doing = seeing
			}
			return place(v, n, doing)
		},
		Rates: func(state int, to func(int, float64)) {
			v, n, doing := parts(state)
			if n < mostMessages {
				if doing == idle {
					to(next(v, n+1), lambda)
				} else {
					to(place(v, n+1, doing), lambda)
				}
			}
			switch {
			case doing == seeing && v > 0:
				to(next(v-1, n), visit)
			case doing == writing && n > 0:
				to(next(v, n-1), mu)
			}
		},
	}
	hours, _ := theory.Occupancies(place(mostVisits, mostMessages, writing)+1, []theory.Stage{hour})
	return visiting{
		messages: theory.MeanOver(hours, func(_, state int) float64 { _, n, _ := parts(state); return float64(n) }),
		visitsWaiting: theory.MeanOver(hours, func(_, state int) float64 {
			v, _, doing := parts(state)
			if doing == seeing {
				v--
			}
			return float64(v)
		}),
	}
})

func betweenVisits() Case {
	const lambda, mu = 2, 10
	v := solveVisits()
	return Case{Name: "inbox between visits", Title: "a visit on each hour (exponential, 30 min) goes before messages; against Kolmogorov's equations", File: "between-visits", Quantities: []Quantity{
		equals("mean time to first response", "first_response_h_mean", v.messages/lambda, theory.MM1Sojourn(lambda, mu), "no visits"),
		equals("mean delay of a visit", "visit_delay_min_mean[role=clinician]", 60*v.visitsWaiting,
			60*theory.GIM1Wait(theory.GIM1Delay(1, 2, theory.ConstantTransform(1)), 2), "no messages (D/M/1)"),
	}}
}

// mostInDay is more than the chains of the working days ever hold.
const mostInDay = 400

func number(_, n int) float64 { return float64(n) }

// workingDay: messages come day and night, at two rates, and one nurse answers from 9 to 17. A touch under way at 17 is
// set aside.
func workingDay() Case {
	const mean, mu = 3.0, 12
	busy, quiet := mean*3*24/40, mean*24/40 // weights 3 for 8 h and 1 for 16 h
	solve := func(day, night float64) (first, close float64) {
		shifts := []theory.Shift{{Hours: 8, Lambda: day, Servers: 1}, {Hours: 7, Lambda: night}, {Hours: 9, Lambda: night}}
		hours, ends := theory.Occupancies(mostInDay, theory.PeriodicMMc(shifts, mu, mostInDay-1))
		for n, p := range ends[1] {
			close += p * float64(n)
		}
		return theory.MeanOver(hours, number) / mean, close
	}
	first, close := solve(busy, quiet)
	flat, flatClose := solve(mean, mean)
	return Case{Name: "M(t)/M/1 on and off", Title: "one server from 9 to 17, two rates of arrival; against Kolmogorov's equations", File: "working-day", Quantities: []Quantity{
		equals("mean time to first response", "first_response_h_mean", first, flat, "a flat profile"),
		equals("mean number waiting at midnight", "backlog_close_mean[pool=nurse]", close, flatClose, "a flat profile"),
	}}
}

// shifts: two nurses whose hours overlap.
func shifts() Case {
	const lambda, mu = 3.0, 8
	solve := func(both int) float64 {
		day := []theory.Shift{{Hours: 4, Lambda: lambda, Servers: 1}, {Hours: 4, Lambda: lambda, Servers: both}, {Hours: 4, Lambda: lambda, Servers: 1}, {Hours: 12, Lambda: lambda}}
		hours, _ := theory.Occupancies(mostInDay, theory.PeriodicMMc(day, mu, mostInDay-1))
		return theory.MeanOver(hours, number) / lambda
	}
	return Case{Name: "M/M/c(t)", Title: "one server from 8, two from 12 to 16, one until 20; against Kolmogorov's equations", File: "shifts", Quantities: []Quantity{
		equals("mean time to first response", "first_response_h_mean", solve(2), solve(3), "three servers from 12 to 16"),
	}}
}

// unfinished: one clinician from 9 to 17 who finishes what is under way at 17. Weekends are after hours in full; on
// workdays only what runs over is, which is one service where one is under way, since services are memoryless.
func unfinished() Case {
	const lambda, mu = 3.0, 12
	on := theory.Stage{Hours: 8,
		Enter: func(state int) int { // even: nothing under way; odd: something
			if state > 1 {
				return state | 1
			}
			return state
		},
		Rates: func(state int, to func(int, float64)) {
			n := state / 2
			if n < mostInDay-1 {
				to((n+1)*2+1, lambda)
			}
			switch {
			case n > 1:
				to((n-1)*2+1, mu)
			case n == 1:
				to(0, mu)
			}
		}}
	off := theory.Stage{Hours: 16, Rates: func(state int, to func(int, float64)) {
		if state/2 < mostInDay-1 {
			to(state+2, lambda)
		}
		if state%2 == 1 && state > 1 {
			to(state-3, mu)
		}
	}}
	hours, ends := theory.Occupancies(2*mostInDay, []theory.Stage{on, off})
	first := theory.MeanOver(hours, func(_, state int) float64 { return float64(state / 2) }) / lambda
	busy := 0.0 // at 17
	for state, p := range ends[0] {
		busy += float64(state%2) * p
	}
	const weekend = 2 * 24 * lambda / mu
	return Case{Name: "M/M/1 on and off, finishing", Title: "one server from 9 to 17 who finishes what is under way; against Kolmogorov's equations", File: "unfinished", Quantities: []Quantity{
		equals("mean time to first response", "first_response_h_mean", first, theory.MM1Sojourn(lambda, mu*8/24), "a third as fast, day and night"),
		equals("after-hours minutes a week", "after_hours_min_per_clinician_week", 60*(5*busy/mu+weekend), 60*7*busy/mu, "weekends as workdays"),
		equals("share of days with any", "after_hours_day_share", (2+5*busy)/7, 2.0/7, "nothing runs over"),
	}}
}

// manyServers: nobody waits, so that the number in service at each hour is Poisson with the mean of M(t)/G/∞.
func manyServers() Case {
	const lambda, mean, cv = 4.0, 2.0, 1.0
	const whole = 8*1 + 9*5 + 7*2 // weights of a day
	rate := func(s float64) float64 {
		switch h := math.Mod(s, 24); {
		case h < 8:
			return lambda * 24 / whole
		case h < 17:
			return lambda * 24 * 5 / whole
		}
		return lambda * 24 * 2 / whole
	}
	sigma := math.Sqrt(math.Log(1 + cv*cv))
	survival := func(u float64) float64 {
		return 0.5 * math.Erfc((math.Log(u/mean)+sigma*sigma/2)/(sigma*math.Sqrt2))
	}
	at := func(hour float64) float64 { return theory.MGInfNumber(20*24+hour, 0.25, rate, survival) }
	flat := lambda * mean
	const stationary = "the rate of the hour times the mean"
	return Case{Name: "M(t)/G/∞", Title: "60 servers, three rates of arrival, lognormal handling of 2 h", File: "many-servers", Quantities: []Quantity{
		fromThreads("in service at 1:00", "items", atHour(1, 1), at(1), flat*24/whole, stationary),
		fromThreads("in service at 10:00", "items", atHour(10, 1), at(10), flat*24*5/whole, stationary),
		fromThreads("in service at 12:00", "items", atHour(12, 1), at(12), flat*24*5/whole, stationary),
		fromThreads("mean square at 17:00", "items²", atHour(17, 2), at(17)+at(17)*at(17), at(17)+2*at(17)*at(17), "a geometric number"),
		fromThreads("in service at 20:00", "items", atHour(20, 1), at(20), flat*24*2/whole, stationary),
	}}
}

// atHour returns the mean over days of a power of the number of threads under way at an hour. The first two days are
// left out: threads sent before the measured period are not in the table.
func atHour(hour int, power float64) func(*caseRun) float64 {
	return func(r *caseRun) float64 {
		const dayUS = 24 * 3.6e9
		from := (float64(r.scenario.StartDay)+r.scenario.WarmUp.Hours()/24+2)*dayUS + float64(hour)*3.6e9
		counts := make([]float64, int(r.scenario.Measure.Hours()/24)-2)
		for i := range r.threads {
			row := &r.threads[i]
			first := max(0, int(math.Ceil((float64(row.Sent)-from)/dayUS)))
			for day := first; day < len(counts) && from+float64(day)*dayUS < float64(row.Ended); day++ {
				counts[day]++
			}
		}
		sum := 0.0
		for _, n := range counts {
			sum += math.Pow(n, power)
		}
		return sum / float64(len(counts))
	}
}
