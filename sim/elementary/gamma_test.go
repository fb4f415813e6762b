package elementary

import (
	"math"
	"testing"
)

func TestLogGamma(t *testing.T) {
	for x := 1e-6; x < 1e8; x *= 1.03 {
		want, _ := math.Lgamma(x)
		if got := logGamma(x); math.Abs(got-want) > 1e-14*(1+math.Abs(want)) {
			t.Errorf("logarithm of Γ(%v): got %v, want %v", x, got, want)
		}
	}
	factorial := 1.0
	for n := 1.0; n < 20; n++ {
		factorial *= n
		if got := logGamma(n + 1); math.Abs(got-math.Log(factorial)) > 1e-14*(1+math.Log(factorial)) {
			t.Errorf("logarithm of %v!: got %v, want %v", n, got, math.Log(factorial))
		}
	}
}

// Shapes that are whole numbers have a closed form: a gamma number of shape n is above x when a Poisson number of mean x is
// below n.
func TestGammaQuantileOfWholeShapes(t *testing.T) {
	for _, shape := range []float64{1, 2, 3, 7, 30, 200} {
		for i := range uint64(300) {
			p := uniform(i)
			x := GammaQuantile(shape, p)
			term := math.Exp(-x)
			above := term
			for k := 1.0; k < shape; k++ {
				term *= x / k
				above += term
			}
			if math.Abs(1-above-p) > 3e-14 {
				t.Errorf("shape %v, p %v: %v, whose probability is %v", shape, p, x, 1-above)
			}
		}
	}
}

// Two of the tables of percentage points of chi-squared, whose halves are gamma numbers: NIST/SEMATECH e-Handbook of
// Statistical Methods, section 1.3.6.7.4.
func TestGammaQuantileTable(t *testing.T) {
	for _, c := range []struct{ df, p, want float64 }{
		{1, 0.95, 3.841}, {1, 0.05, 0.004}, {3, 0.99, 11.345}, {10, 0.90, 15.987}, {10, 0.01, 2.558}, {25, 0.975, 40.646}, {100, 0.001, 61.918}, {100, 0.999, 149.449},
	} {
		if got := 2 * GammaQuantile(c.df/2, c.p); math.Abs(got-c.want) > 5.1e-4 {
			t.Errorf("chi-squared with %v degrees, p = %v: got %v, want %v", c.df, c.p, got, c.want)
		}
	}
}

// For every shape that a coefficient of variation from 0.001 to 100 gives: the distribution function leads back, and no
// quantile falls as p rises.
func TestGammaQuantileInverts(t *testing.T) {
	for shape := 1e-4; shape <= 1e6; shape *= 3.7 {
		before := 0.0
		for i := range 400 {
			p := (float64(i) + 0.5) / 400
			x := GammaQuantile(shape, p)
			if x < before {
				t.Errorf("shape %v: quantile %v is %v, and one before it %v", shape, p, x, before)
			}
			before = x
			if x == 0 { // below the smallest float
				continue
			}
			if back, _ := incompleteGamma(shape, x); math.Abs(back-p) > 1e-14*(3+math.Sqrt(shape)) {
				t.Errorf("shape %v, p %v: %v, whose probability is %v", shape, p, x, back)
			}
		}
	}
	if lowest, highest := GammaQuantile(0.3, 0), GammaQuantile(3, 1); lowest != 0 || !math.IsInf(highest, 1) {
		t.Errorf("quantiles 0 and 1: %v and %v", lowest, highest)
	}
	for _, p := range []float64{0x1p-53, 1e-9, 1 - 1e-9, 1 - 0x1p-53} {
		for shape := 1e-4; shape <= 1e6; shape *= 3.7 {
			if x := GammaQuantile(shape, p); !(x >= 0) || math.IsInf(x, 0) {
				t.Errorf("shape %v, p %v: %v", shape, p, x)
			}
		}
	}
}
