package theory

import (
	"math"
	"testing"
)

// Constant rates: the number of M/M/c, whatever the cut into stages.
func TestPeriodicOfConstantRates(t *testing.T) {
	shifts := []Shift{{3, 2, 2}, {0.5, 2, 2}, {9, 2, 2}}
	hours, ends := Occupancies(200, PeriodicMMc(shifts, 1.4, 199))
	number := func(_, n int) float64 { return float64(n) }
	near(t, "number", MeanOver(hours, number), MMcNumber(2, 1.4, 2), 1e-9)
	last := 0.0
	for n, p := range ends[2] {
		last += p * float64(n)
	}
	near(t, "number at the end", last, MMcNumber(2, 1.4, 2), 1e-9)
	busy := MeanOver(hours, func(_, n int) float64 { return float64(min(n, 2)) / 2 })
	near(t, "busy", busy, Utilisation(2, 1.4, 2), 1e-9)
}

// Servers without limit: the mean of the number at each instant is that of M(t)/M/∞, by another road (Eick, Massey and
// Whitt's integral).
func TestPeriodicIsMGInf(t *testing.T) {
	const mu = 0.5
	shifts := []Shift{{8, 1, 60}, {9, 6, 60}, {7, 2, 60}}
	_, ends := Occupancies(60, PeriodicMMc(shifts, mu, 59))
	rate := func(s float64) float64 {
		switch h := math.Mod(s, 24); {
		case h < 8:
			return 1
		case h < 17:
			return 6
		}
		return 2
	}
	survival := func(u float64) float64 { return math.Exp(-mu * u) }
	for i, at := range []float64{8, 17, 24} {
		mean := 0.0
		for n, p := range ends[i] {
			mean += p * float64(n)
		}
		near(t, "number", mean, MGInfNumber(240+at, 0.5, rate, survival), 1e-7)
	}
}

// Two states by hand: it rises at rate 1 for an hour, and falls at rate 2 for half an hour. With p at the end of the
// first stage and q at that of the second, q = p·e⁻¹ and 1 − p = (1 − q)e⁻¹, so p = (1 − e⁻¹)/(1 − e⁻²).
func TestOccupanciesByHand(t *testing.T) {
	only := func(from, next int, rate float64) func(int, func(int, float64)) {
		return func(state int, to func(int, float64)) {
			if state == from {
				to(next, rate)
			}
		}
	}
	hours, ends := Occupancies(2, []Stage{{Hours: 1, Rates: only(0, 1, 1)}, {Hours: 0.5, Rates: only(1, 0, 2)}})
	e := math.Exp(-1)
	p := (1 - e) / (1 - e*e)
	near(t, "p", ends[0][1], p, 1e-12)
	near(t, "q", ends[1][1], p*e, 1e-12)
	near(t, "hours up in the second stage", hours[1][1], p*(1-e)/2, 1e-12)
	// An arrival at each start of a stage of an hour, served at rate 1, with room for one: p·e⁻¹ stays.
	one := Stage{Hours: 1, Enter: func(int) int { return 1 }, Rates: only(1, 0, 1)}
	_, ends = Occupancies(2, []Stage{one})
	near(t, "arrival at a fixed time", ends[0][1], e, 1e-12)
	panics(t, "no length", func() { Occupancies(2, []Stage{{}}) })
	panics(t, "negative rate", func() { Occupancies(2, []Stage{{Hours: 1, Rates: only(0, 1, -1)}}) })
	panics(t, "beyond the states", func() { Occupancies(2, []Stage{{Hours: 1, Rates: only(1, 2, 1)}}) })
	panics(t, "no hours", func() { MeanOver(nil, nil) })
}

// D/M/1 as arrivals at fixed times: the mean number found by them, σ/(1 − σ), against GI/M/1.
func TestPeriodicIsGIM1(t *testing.T) {
	const mu = 2
	stage := Stage{Hours: 1, Enter: func(n int) int { return min(n+1, 79) }, Rates: func(n int, to func(int, float64)) {
		if n > 0 {
			to(n-1, mu)
		}
	}}
	_, ends := Occupancies(80, []Stage{stage})
	found := 0.0
	for n, p := range ends[0] {
		found += p * float64(n)
	}
	sigma := GIM1Delay(1, mu, ConstantTransform(1))
	near(t, "number found", found, sigma/(1-sigma), 1e-9)
}
