package experiment

import (
	"math"
	"testing"

	"portalsim/sim"
	"portalsim/sim/random"
	"portalsim/sim/stats"
)

// A measure that is the same at every point, but for rounding, is said to be so: rounding is not taken apart, and no design is
// called too small for it. The twin differs by a thousandth.
func TestNothingMoves(t *testing.T) {
	const points, step = 96, 2. / 3
	draw := random.New(1, 0, "test")
	cube := make([][]float64, points)
	for p := range cube {
		cube[p] = []float64{draw.U(uint64(p), 0), draw.U(uint64(p), 1)}
	}
	trajectories := make([][]float64, points) // of three points: a, then b is moved up by the step
	for p := range trajectories {
		trajectories[p] = []float64{step * float64((p%3+1)/2), step * float64(p%3/2)}
	}
	for _, kind := range []string{"saltelli", "morris", "one-at-a-time", "latin-hypercube"} {
		s := Sensitivity{Kind: kind, Factors: []string{"a", "b"}, Cube: cube, Step: step, Ends: [][2]int{{1, 2}, {3, 4}}, Resampling: stats.Resampling{Resamples: 20, Confidence: 0.95, U: draw.U}}
		if kind == "morris" {
			s.Cube = trajectories
		}
		for _, by := range []float64{1e-15, 1e-3} {
			outputs := make([][]float64, points)
			for p := range outputs {
				outputs[p] = []float64{-0.9 * (1 + by*draw.U(uint64(p), 2)), 103 * (1 + by*draw.U(uint64(p), 3)), math.NaN()}
			}
			for _, row := range s.Rows(outputs, sim.SensitivityRow{}) {
				same := by < 1e-6
				if (row.Note == sim.NothingMoves) != same {
					t.Errorf("%s, points that differ by %v: note %q", kind, by, row.Note)
				}
				for _, x := range []*float64{row.S1, row.ST, row.Noise, row.Partial, row.Mu, row.MuStar, row.Width} {
					if same && x != nil && *x != 0 {
						t.Errorf("%s: %v of what nothing moves", kind, *x)
					}
				}
			}
		}
	}
}
