package experiment

import (
	"math"
	"testing"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// collected makes a collection of arms whose only measure has the values given.
func collected(arms ...[]float64) *Collection {
	var list []Arm
	for i := range arms {
		list = append(list, Arm{Name: string(rune('a' + i)), Scenario: &sim.Scenario{}})
	}
	c := NewCollection(list)
	for r := range arms[0] {
		replication := &Replication{Number: r}
		for a := range arms {
			row := Of("threads_n")
			row.Value = &arms[a][r]
			replication.Arms = append(replication.Arms, &sim.Result{Rows: []sim.MeasureRow{row}})
		}
		c.Add(replication)
	}
	return c
}

// The half-width is of the difference, and a relative one is of the control's mean; several measures share alpha.
func TestReach(t *testing.T) {
	control, arm := []float64{10, 12, 11, 13}, []float64{11, 12, 13, 13}
	half := func(values []float64, confidence float64) float64 {
		_, _, interval := stats.MeanInterval(values, confidence)
		return interval.HalfWidth()
	}
	difference := []float64{1, 0, 2, 0}
	row := Of("threads_n")
	for _, c := range []struct {
		name string
		list []Interest
		want float64
	}{
		{"absolute", []Interest{{Row: row, HalfWidth: 0.5}}, half(difference, 0.95) / 0.5},
		{"relative", []Interest{{Row: row, HalfWidth: 0.1, Relative: true}}, half(difference, 0.95) / 1.15},
		{"two share alpha", []Interest{{Row: row, HalfWidth: 0.5}, {Row: row, HalfWidth: 5}}, half(difference, 0.975) / 0.5},
		{"one without a half-width takes no alpha", []Interest{{Row: row, HalfWidth: 0.5}, {Row: row}}, half(difference, 0.95) / 0.5},
	} {
		got := collected(control, arm).Reach(c.list, 0.95)
		if math.Abs(got.Ratio-c.want) > 1e-12 || got.Reached != (c.want <= 1) || got.Arm != 1 || got.Measure != 0 {
			t.Errorf("%s: %+v, want a ratio of %v", c.name, got, c.want)
		}
	}
	if got := collected(control).Reach([]Interest{{Row: row, HalfWidth: 9}}, 0.95); got.Arm != 0 || math.Abs(got.Ratio-half(control, 0.95)/9) > 1e-12 || !got.Reached {
		t.Errorf("one arm: %+v", got)
	}
	if got := collected(control, control).Reach([]Interest{{Row: row, HalfWidth: 1e-9}}, 0.95); !got.Reached {
		t.Errorf("an arm that differs in nothing: %+v", got)
	}
	if got := collected(control, arm).Reach([]Interest{{Row: row}}, 0.95); !got.Reached || got.Measure != -1 {
		t.Errorf("nothing wanted: %+v", got)
	}
}
