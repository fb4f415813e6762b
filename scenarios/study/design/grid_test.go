package design

import (
	"fmt"
	"math"
	"testing"
)

// Every combination of levels comes once, the last dimension fastest.
func TestGrid(t *testing.T) {
	levels := []int{2, 3}
	if n := GridSize(levels); n != 6 {
		t.Fatalf("%d points, want 6", n)
	}
	got := ""
	for p := range 6 {
		got += fmt.Sprint(GridPoint(levels, p))
	}
	if want := "[0 0][0 1][0 2][1 0][1 1][1 2]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if n := GridSize([]int{1 << 40, 1 << 40}); n != math.MaxInt {
		t.Errorf("a grid beyond an int has %d points", n)
	}
}
