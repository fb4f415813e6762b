package stats

import (
	"math"
	"testing"
)

// Ranks that determine the output's leave a partial correlation of 1 or −1 to those with a part in it; inputs that repeat
// each other say nothing.
func TestPartialRankCorrelationsDetermined(t *testing.T) {
	a, b := []float64{1, 2, 3, 4, 5, 6}, []float64{3, 1, 4, 1.5, 9, 2}
	partial, p := PartialRankCorrelations([][]float64{a, b}, []float64{-1, -8, -27, -64, -125, -216})
	near(t, "a", partial[0], -1, 1e-9)
	near(t, "b", partial[1], 0, 1e-9)
	if p[0] > 1e-9 || p[1] != 1 {
		t.Errorf("p %v", p)
	}
	if partial, _ = PartialRankCorrelations([][]float64{a, a}, b); !math.IsNaN(partial[0]) {
		t.Errorf("inputs alike: %v", partial)
	}
}
