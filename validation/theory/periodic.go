package theory

import (
	"fmt"
	"math"
)

// Stage is a stretch of a period during which the rates of a Markov chain are constant.
type Stage struct {
	Hours float64

	// Enter moves the chain at the start of the stage, such as by an arrival at a fixed time; nil moves nothing.
	Enter func(state int) int

	// Rates names each transition out of a state with its rate per hour.
	Rates func(state int, to func(next int, rate float64))
}

// Occupancies returns, for each stage of a period that repeats without end, the mean hours a
// period that the chain spends in each state, and the distribution at the end of the stage: the
// periodic solution of Kolmogorov's forward equations. States are numbered from 0 to states − 1;
// where the chain has more, the number must be so large that what is cut off does not matter.
// It panics if a stage has no length, if a rate is negative, or if the chain has not settled
// after 20,000 periods.
//
// Source: A. N. Kolmogorov, "Über die analytischen Methoden in der Wahrscheinlichkeitsrechnung",
// Mathematische Annalen 104 (1931) 415–458; solved by uniformisation: A. Jensen, "Markoff chains
// as an aid in the study of Markoff processes", Skandinavisk Aktuarietidskrift 36 (1953) 87–91.
func Occupancies(states int, stages []Stage) (hours, ends [][]float64) {
	generators := make([]*generator, len(stages))
	for i, stage := range stages {
		checkTime("Occupancies", stage.Hours)
		if stage.Hours == 0 {
			panic(fmt.Sprintf("theory: Occupancies: stage %d has no length", i))
		}
		generators[i] = newGenerator(states, stage.Rates)
	}
	p := make([]float64, states)
	p[0] = 1
	hours, ends = make([][]float64, len(stages)), make([][]float64, len(stages))
	for range 20_000 {
		before := p
		for i, stage := range stages {
			if stage.Enter != nil {
				p = entered(p, stage.Enter)
			}
			p, hours[i] = generators[i].advance(p, stage.Hours)
			ends[i] = p
		}
		if distance(before, p) < 1e-13 {
			return hours, ends
		}
	}
	panic("theory: Occupancies: the chain has not settled after 20,000 periods")
}

// MeanOver returns the mean of value over the whole period, from the hours that Occupancies
// returns. It panics if the hours are none.
//
// Source: the definition of a time average.
func MeanOver(hours [][]float64, value func(stage, state int) float64) float64 {
	sum, all := 0.0, 0.0
	for i := range hours {
		for state, h := range hours[i] {
			sum += h * value(i, state)
			all += h
		}
	}
	if !(all > 0) {
		panic("theory: MeanOver: no hours")
	}
	return sum / all
}

// Shift is a stretch of a day with a rate of arrivals and a number of servers on duty.
type Shift struct {
	Hours, Lambda float64
	Servers       int
}

// PeriodicMMc returns the stages, for Occupancies, of the M(t)/M/c(t) queue whose rate of arrivals and
// number of servers follow the shifts, over and over. The state is the number in the system, up
// to most. Who is in service when a server leaves goes back to the queue and is taken up again
// where it was, which changes nothing for exponential services. It panics unless every rate is at
// least 0 and μ is above 0.
//
// Source: as Occupancies; the birth–death rates of Gross et al., section 2.3.
func PeriodicMMc(shifts []Shift, mu float64, most int) []Stage {
	stages := make([]Stage, len(shifts))
	for i, shift := range shifts {
		checkRates("PeriodicMMc", shift.Lambda, mu)
		stages[i] = Stage{Hours: shift.Hours, Rates: func(n int, to func(int, float64)) {
			if n < most {
				to(n+1, shift.Lambda)
			}
			if busy := min(n, shift.Servers); busy > 0 {
				to(n-1, float64(busy)*mu)
			}
		}}
	}
	return stages
}

// entered moves the probability of each state to where enter takes it.
func entered(p []float64, enter func(int) int) []float64 {
	moved := make([]float64, len(p))
	for state, x := range p {
		moved[enter(state)] += x
	}
	return moved
}

// distance returns the largest difference between two distributions.
func distance(p, q []float64) float64 {
	most := 0.0
	for i := range p {
		most = max(most, math.Abs(p[i]-q[i]))
	}
	return most
}

// generator holds the transitions of a chain with constant rates, and a rate that none of its
// states leaves faster than.
type generator struct {
	moves []move
	rate  float64
}

type move struct {
	from, to int
	rate     float64
}

func newGenerator(states int, rates func(state int, to func(next int, rate float64))) *generator {
	g := &generator{}
	for state := range states {
		out := 0.0
		rates(state, func(next int, rate float64) {
			if !(rate >= 0) || next < 0 || next >= states {
				panic(fmt.Sprintf("theory: a transition from state %d to %d of %d at rate %v", state, next, states, rate))
			}
			out += rate
			g.moves = append(g.moves, move{state, next, rate})
		})
		g.rate = max(g.rate, out)
	}
	return g
}

// advance returns the distribution after some hours, and the mean hours spent in each state until
// then. Long times are cut, so that the first term of the Poisson distribution is not too small.
func (g *generator) advance(p []float64, hours float64) (end, spent []float64) {
	spent = make([]float64, len(p))
	if g.rate == 0 {
		for i, x := range p {
			spent[i] = x * hours
		}
		return p, spent
	}
	pieces := max(1, int(math.Ceil(g.rate*hours/100)))
	for range pieces {
		p = g.short(p, hours/float64(pieces), spent)
	}
	return p, spent
}

// short advances p, and adds to spent: p(t) = Σ P(N = k)·p·Tᵏ, where N is Poisson with mean
// rate·t and T is the chain of jumps; the integral of P(N(s) = k) over s is P(N(t) > k)/rate.
func (g *generator) short(p []float64, hours float64, spent []float64) []float64 {
	mean := g.rate * hours
	term := math.Exp(-mean)
	left := 1.0 // P(N ≥ k)
	end := make([]float64, len(p))
	for k := 0; ; k++ {
		left = max(0, left-term) // P(N > k)
		for i, x := range p {
			end[i] += term * x
			spent[i] += left / g.rate * x
		}
		if float64(k) > mean && term < 1e-17 { // the terms fall from here on, faster and faster
			return end
		}
		p = g.jump(p)
		term *= mean / float64(k+1)
	}
}

// jump returns the distribution after one jump of the uniformised chain.
func (g *generator) jump(p []float64) []float64 {
	next := append([]float64(nil), p...)
	for _, m := range g.moves {
		x := p[m.from] * m.rate / g.rate
		next[m.from] -= x
		next[m.to] += x
	}
	return next
}
