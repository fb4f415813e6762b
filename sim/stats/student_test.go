package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Values of NIST/SEMATECH, e-Handbook of Statistical Methods, section 1.3.6.7.2 (table of
// Student's t), to the three places printed there.
func TestStudentQuantileTable(t *testing.T) {
	for _, row := range []struct{ p, df, want float64 }{
		{0.90, 1, 3.078}, {0.975, 1, 12.706}, {0.999, 1, 318.313},
		{0.95, 5, 2.015}, {0.975, 10, 2.228}, {0.99, 10, 2.764},
		{0.975, 30, 2.042}, {0.995, 60, 2.660}, {0.975, 100, 1.984},
		{0.975, math.Inf(1), 1.960},
	} {
		if got := StudentQuantile(row.p, row.df); math.Abs(got-row.want) > 2e-3*row.want/2 {
			t.Errorf("quantile %v of %v degrees: got %v, want %v", row.p, row.df, got, row.want)
		}
	}
}

// With one and two degrees of freedom the quantile is elementary: tan π(p − ½), and
// (2p − 1)/√(2p(1 − p)).
func TestStudentQuantileElementary(t *testing.T) {
	for _, p := range []float64{1e-5, 0.01, 0.3, 0.5, 0.8, 0.975, 1 - 1e-5} {
		near(t, "1 degree", StudentQuantile(p, 1), math.Tan(math.Pi*(p-0.5)), 1e-9)
		near(t, "2 degrees", StudentQuantile(p, 2), (2*p-1)/math.Sqrt(2*p*(1-p)), 1e-9)
	}
}

func TestStudentQuantileInvertsCDF(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.Float64Range(1e-6, 1-1e-6).Draw(r, "p")
		df := float64(rapid.IntRange(1, 2000).Draw(r, "df"))
		if got := StudentCDF(StudentQuantile(p, df), df); math.Abs(got-p) > 1e-9*p {
			r.Errorf("CDF of the quantile is %v", got)
		}
	})
}

func TestStudentLimits(t *testing.T) {
	near(t, "p = 0", StudentQuantile(0, 3), math.Inf(-1), 0)
	near(t, "p = 1", StudentQuantile(1, 3), math.Inf(1), 0)
	near(t, "CDF at −Inf", StudentCDF(math.Inf(-1), 3), 0, 0)
	near(t, "CDF at NaN", StudentCDF(math.NaN(), 3), math.NaN(), 0)
	near(t, "normal CDF", StudentCDF(1.5, math.Inf(1)), NormalCDF(1.5), 0)
	near(t, "many degrees", StudentQuantile(0.975, 1e6), NormalQuantile(0.975), 1e-5)
	// Abramowitz and Stegun, table 26.5.
	near(t, "normal quantile", NormalQuantile(0.975), 1.959963985, 1e-9)
	panics(t, "p above 1", func() { StudentQuantile(95, 3) })
	panics(t, "p NaN", func() { NormalQuantile(math.NaN()) })
	panics(t, "no degrees", func() { StudentCDF(1, 0) })
}
