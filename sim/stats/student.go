package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/sim/elementary"
)

// StudentQuantile returns the p quantile of Student's t with df degrees of freedom, which
// need not be whole; +Inf gives the normal quantile. It panics unless 0 ≤ p ≤ 1 and df > 0.
//
// Source: "Student", "The probable error of a mean", Biometrika 6 (1908) 1–25; with whole df
// by studentTail, whose bits do not depend on the processor, and otherwise by the inverse
// incomplete beta function of the Cephes library.
func StudentQuantile(p, df float64) float64 {
	checkProbability("StudentQuantile", p)
	checkDegrees("StudentQuantile", df)
	switch {
	case p == 0 || p == 1:
		return math.Inf(int(2*p - 1))
	case math.IsInf(df, 1):
		return NormalQuantile(p)
	case !whole(df):
		return distuv.StudentsT{Sigma: 1, Nu: df}.Quantile(p)
	case p < 0.5:
		return -studentUpper(p, df)
	}
	return studentUpper(1-p, df)
}

// StudentCDF returns P(T ≤ t) for Student's t with df degrees of freedom; df of +Inf gives
// the normal distribution. It panics unless df > 0. StudentCDF(NaN, df) is NaN.
//
// Source: as StudentQuantile.
func StudentCDF(t, df float64) float64 {
	checkDegrees("StudentCDF", df)
	switch {
	case math.IsNaN(t):
		return t
	case math.IsInf(df, 1) || math.IsInf(t, 0):
		return NormalCDF(t)
	case !whole(df):
		return distuv.StudentsT{Sigma: 1, Nu: df}.CDF(t)
	}
	tail, _ := studentTail(math.Abs(t), df)
	if t < 0 {
		return tail
	}
	return 1 - tail
}

// NormalQuantile returns the p quantile of the standard normal distribution. It panics
// unless 0 ≤ p ≤ 1.
func NormalQuantile(p float64) float64 {
	checkProbability("NormalQuantile", p)
	return elementary.NormalQuantile(p)
}

// NormalCDF returns P(Z ≤ z) for the standard normal distribution.
func NormalCDF(z float64) float64 { return distuv.UnitNormal.CDF(z) }

func checkProbability(function string, p float64) {
	if !(0 <= p && p <= 1) {
		panic(fmt.Sprintf("stats: %s: probability %v is not from 0 to 1", function, p))
	}
}

func checkDegrees(function string, df float64) {
	if !(df > 0) {
		panic(fmt.Sprintf("stats: %s: %v degrees of freedom, want more than 0", function, df))
	}
}

func checkConfidence(function string, confidence float64) {
	if !(0 < confidence && confidence < 1) {
		panic(fmt.Sprintf("stats: %s: confidence %v is not between 0 and 1", function, confidence))
	}
}
