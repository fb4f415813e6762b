package stats

import (
	"math"
	"slices"
	"testing"
)

func TestMSER(t *testing.T) {
	// Seven of 1 and 3 in turn after three far away: by hand, d = 3 gives Σ = 6.857 over 49, and d = 2 far more.
	series := []float64{90, 50, 20, 1, 3, 1, 3, 1, 3, 1}
	if leave, settled := MSER(series); leave != 3 || !settled {
		t.Errorf("leaves out %d of %v, settled %v; want 3", leave, series, settled)
	}
	if leave, settled := MSER([]float64{2, 1, 3, 2, 1, 3, 2, 1, 3, 2}); leave != 0 || !settled {
		t.Errorf("leaves out %d of a series without a transient", leave)
	}
	growing := make([]float64, 30)
	for i := range growing {
		growing[i] = float64(i)
	}
	if leave, settled := MSER(growing); settled {
		t.Errorf("a series that grows settles after %d", leave)
	}
	if leave, _ := MSER([]float64{math.NaN(), 90, 1, 3, 1, 3, 1, 3, 1, 3}); leave != 2 {
		t.Errorf("leaves out %d where the first is unknown, want 2", leave)
	}
	if _, settled := MSER([]float64{1, 2}); settled {
		t.Error("two observations settle")
	}
}

func TestMovingAverage(t *testing.T) {
	if got := MovingAverage([]float64{1, 5, 3, math.NaN(), 7}, 1); !slices.Equal(got, []float64{1, 3, 4, 5, 7}) {
		t.Errorf("got %v", got)
	}
	if got := MovingAverage([]float64{1, 2, 6, 10, 11}, 2); !slices.Equal(got, []float64{1, 3, 6, 9, 11}) {
		t.Errorf("got %v", got)
	}
}
