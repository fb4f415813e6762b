package experiment

import (
	"math"
	"testing"

	"portalsim/sim/stats"
)

// Where simulation error explains all of the spread between draws, their interval is a point: no interval is told.
func TestIntervalOfDrawsThatCannotBeToldApart(t *testing.T) {
	apart, alike := stats.RandomEffects([]float64{1, 1.1, 5, 5.1, 9, 9.1}, 2, 0.95), stats.RandomEffects([]float64{-9, 9, -8, 9, -7, 8.5}, 2, 0.95)
	if !alike.Indistinct() || apart.Indistinct() {
		t.Fatalf("indistinct: %v and %v", alike.Indistinct(), apart.Indistinct())
	}
	told := Estimate{Inputs: &apart, Uncertainty: apart.Uncertainty, Simulation: apart.Simulation}.Interval()
	if told != apart.Uncertainty {
		t.Errorf("interval %v, want that of the inputs, %v", told, apart.Uncertainty)
	}
	if hidden := (Estimate{Inputs: &alike, Uncertainty: alike.Uncertainty, Simulation: alike.Simulation}).Interval(); !math.IsNaN(hidden.Low) || !math.IsNaN(hidden.High) {
		t.Errorf("interval %v, want none", hidden)
	}
	if plain := (Estimate{Simulation: apart.Simulation}).Interval(); plain != apart.Simulation {
		t.Errorf("without drawn inputs the interval is %v, want %v", plain, apart.Simulation)
	}
}
