package theory

import (
	"math"
	"testing"
)

// near fails unless got is want to a relative (below 1, absolute) tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// nearAll is near for each of two equally long lists.
func nearAll(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
	for i := range got {
		near(t, what, got[i], want[i], tolerance)
	}
}

// panics fails unless f panics.
func panics(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if recover() == nil {
			t.Errorf("%s: no panic", what)
		}
	}()
	f()
}

const exact = 1e-12 // for numbers worked by hand, which differ by rounding alone
