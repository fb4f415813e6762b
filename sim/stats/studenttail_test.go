package stats

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// Two ways to the same numbers: the library's incomplete beta function, and ours for whole degrees of freedom. Nearer to a half
// the library cancels: there the closed form judges.
func TestStudentAgainstTheLibrary(t *testing.T) {
	for df := 1.0; df <= 3000; df = math.Ceil(df * 1.17) {
		library := distuv.StudentsT{Sigma: 1, Nu: df}
		for _, p := range []float64{1e-9, 1e-6, 0.001, 0.025, 0.2, 0.4, 0.5, 0.6, 0.9, 0.975, 0.9995, 1 - 1e-6} {
			got := StudentQuantile(p, df)
			near(t, "probability", StudentCDF(got, df), p, 4e-13*p)
			if back := library.CDF(got); math.Abs(back-p) > 1e-11*p {
				t.Errorf("%v degrees, p = %v: t = %v, whose probability the library gives as %v", df, p, got, back)
			}
		}
	}
}

// The closed form of the even degrees of freedom: Abramowitz and Stegun, 26.7.4.
func TestStudentClosedForm(t *testing.T) {
	for _, df := range []float64{2, 4, 10, 58, 200} {
		for _, x := range []float64{0.01, 0.5, 1, 2, 3.5, 6} {
			sine, squared := x/math.Sqrt(df+x*x), df/(df+x*x)
			term, sum := 1.0, 1.0
			for k := 2.0; k <= df-2; k += 2 {
				term *= squared * (k - 1) / k
				sum += term
			}
			near(t, "CDF", StudentCDF(x, df), (1+sine*sum)/2, 1e-15)
		}
	}
}
