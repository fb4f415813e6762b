package stats

import (
	"math"
	"slices"
	"testing"
)

// A plane in 3 of 30 inputs is found again from 120 runs: the inputs, the slopes and the size of the noise, to five
// standard errors.
func TestEmulatorFindsAPlane(t *testing.T) {
	const runs, noise = 120, 0.5
	s := splitmix(5)
	var x [][]float64
	var y []float64
	for range runs {
		at := make([]float64, 30)
		for i := range at {
			at[i] = s.normal()
		}
		x, y = append(x, at), append(y, 7+3*at[4]-2*at[11]+at[20]+noise*s.normal())
	}
	e := FitEmulator(x, y)
	for _, want := range []int{4, 11, 20} {
		if !slices.Contains(e.Inputs, want) {
			t.Errorf("input %d was not found among %v", want, e.Inputs)
		}
	}
	if len(e.Inputs) > 6 {
		t.Errorf("%d inputs for three that matter", len(e.Inputs))
	}
	if math.Abs(e.Intercept-7) > 5*noise/math.Sqrt(runs) || math.Abs(e.Residual/noise-1) > 5/math.Sqrt(2*runs) {
		t.Errorf("intercept %v, residual %v", e.Intercept, e.Residual)
	}
	if e.Inputs[0] != 4 || math.Abs(e.Slopes[0]-3) > 5*noise/math.Sqrt(runs) {
		t.Errorf("the strongest input is %d with slope %v", e.Inputs[0], e.Slopes[0])
	}
	zero := e.Predict(func(int) float64 { return 0 })
	if zero != e.Intercept {
		t.Errorf("prediction %v where every input is 0", zero)
	}
}

// From noise alone no input is claimed to matter, and every prediction is about the mean.
func TestEmulatorOfNoise(t *testing.T) {
	s := splitmix(9)
	claimed := 0
	for range 50 {
		var x [][]float64
		var y []float64
		for range 60 {
			x, y = append(x, []float64{s.normal(), s.normal()}), append(y, s.normal())
		}
		e := FitEmulator(x, y)
		claimed += len(e.Inputs)
	}
	if claimed > 20 { // the criterion claims one in 23 here; 20 of 100 would be ten standard errors more
		t.Errorf("%d of 100 inputs of noise are said to matter", claimed)
	}
}

// An exact plane leaves nothing; an input that never varies and one that repeats another are no trouble.
func TestEmulatorWithoutNoise(t *testing.T) {
	var x [][]float64
	var y []float64
	for r := range 20 {
		a := float64(r % 5)
		x, y = append(x, []float64{a, 2 * a, 1, float64(r)}), append(y, 1+4*a)
	}
	e := FitEmulator(x, y)
	if got := e.Predict(func(i int) float64 { return []float64{10, 20, 1, 0}[i] }); math.Abs(got-41) > 1e-6 || e.Residual > 1e-6 {
		t.Errorf("predicts %v with residual %v, by hand 41 and 0", got, e.Residual)
	}
}

// By hand: a prediction of 3 with an error of sd 2 lies in [1, 5] with probability Φ(1) − Φ(−1), and 1.5 standard
// deviations outside of [6, 9].
func TestEmulatorInARange(t *testing.T) {
	e := Emulator{Residual: 2}
	if got := e.Within(3, 1, 5); math.Abs(got-0.6826894921370859) > 1e-12 {
		t.Errorf("within: %v", got)
	}
	if e.Implausibility(3, 6, 9) != 1.5 || e.Implausibility(3, 1, 5) != 0 || e.Implausibility(3, math.Inf(-1), 2) != 0.5 {
		t.Error("implausibility is not in residual standard deviations beyond the range")
	}
	if exact := (Emulator{}); exact.Within(3, 1, 5) != 1 || exact.Within(3, 4, 5) != 0 {
		t.Error("an exact emulator doubts")
	}
}
