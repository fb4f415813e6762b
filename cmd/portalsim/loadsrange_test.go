package main

import (
	"slices"
	"testing"

	"portalsim/sim"
)

// The load of the longest times in the largest clinics is more than nanoseconds in an int64 hold: it stays in proportion.
func TestLoadsDoNotOverflow(t *testing.T) {
	offered := func(mean string) float64 {
		arms, err := source().Load([]string{"baseline"}, []string{"patients.count=1000000", "pools.nurse.handling.mean=" + mean})
		if err != nil {
			t.Fatal(err)
		}
		loads := sim.Loads(arms[0].Model)
		i := slices.IndexFunc(loads, func(l sim.Load) bool { return slices.Contains(l.Pools, "nurse") })
		return loads[i].Offered
	}
	hour, two, longest := offered("1h"), offered("2h"), offered("104w")
	want := hour + (two-hour)*(104*168-1) // the work is linear in the mean
	if hour <= 0 || longest < want*(1-1e-9) || longest > want*(1+1e-9) {
		t.Errorf("%v h of work a week at 1h, %v at 104w, want %v", hour, longest, want)
	}
}
