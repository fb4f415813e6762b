package stats

import (
	"fmt"
	"math"
)

// Interval is a closed interval, in the unit of the values it was made from. Both ends are
// NaN when there were too few values to say.
type Interval struct{ Low, High float64 }

// HalfWidth returns half the width of the interval.
func (i Interval) HalfWidth() float64 { return (i.High - i.Low) / 2 }

// Contains reports whether x lies in the interval, ends included. An interval of NaN
// contains nothing.
func (i Interval) Contains(x float64) bool { return i.Low <= x && x <= i.High }

// around returns the interval of t standard errors either side of centre, where t is the
// two-sided quantile of Student's t.
func around(centre, standardError, df, confidence float64) Interval {
	if math.IsNaN(standardError) {
		return Interval{math.NaN(), math.NaN()}
	}
	half := StudentQuantile(1-(1-confidence)/2, df) * standardError
	return Interval{centre - half, centre + half}
}

// MeanInterval returns the mean of values, one per replication, their sample standard
// deviation, and the two-sided interval for the mean by Student's t with n − 1 degrees of
// freedom. No values give NaN throughout; one value gives itself, and NaN for the rest. A
// value of NaN or infinity makes all NaN. It panics unless 0 < confidence < 1.
//
// Source: A. M. Law, Simulation Modeling and Analysis, 5th ed. (2015), sections 4.5 and 9.4.1.
func MeanInterval(values []float64, confidence float64) (mean, sd float64, interval Interval) {
	checkConfidence("MeanInterval", confidence)
	mean, sd = meanSD(values)
	n := float64(len(values))
	return mean, sd, around(mean, sd/math.Sqrt(n), n-1, confidence)
}

// meanSD returns the mean and sample standard deviation, by Tally, with NaN for what is not
// known.
func meanSD(values []float64) (mean, sd float64) {
	var t Tally
	for _, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return math.NaN(), math.NaN()
		}
		t.Add(x)
	}
	return t.Mean(), t.SD()
}

// Paired compares an arm with a control over replications that share their random numbers.
// All is in the unit of the values, but for N and VarianceRatio.
type Paired struct {
	N          int      // replications
	Difference float64  // mean of arm − control
	SD         float64  // sample standard deviation of the differences
	Interval   Interval // for the mean difference

	// VarianceRatio says how much common random numbers sharpened the comparison: the
	// variance that the difference would have with independent arms, over the variance that
	// it has. Above 1 is a gain. It is +Inf if the differences are all equal, and NaN if so
	// are the values of both arms, or if N < 2.
	VarianceRatio float64
}

// PairedInterval compares arm with control, where equal places hold the same replication.
// The interval is Student's t on the differences, with n − 1 degrees of freedom; it is NaN
// for n < 2. A value of NaN or infinity makes all NaN. It panics if the lengths differ or
// unless 0 < confidence < 1.
//
// Source: A. M. Law, Simulation Modeling and Analysis, 5th ed. (2015), sections 10.2.1
// (paired-t interval) and 11.2 (common random numbers).
func PairedInterval(control, arm []float64, confidence float64) Paired {
	checkConfidence("PairedInterval", confidence)
	mean, sd, interval := MeanInterval(differences(control, arm), confidence)
	return Paired{
		N:             len(control),
		Difference:    mean,
		SD:            sd,
		Interval:      interval,
		VarianceRatio: varianceRatio(control, arm, sd),
	}
}

// differences returns arm − control. It panics if the lengths differ.
func differences(control, arm []float64) []float64 {
	if len(control) != len(arm) {
		panic(fmt.Sprintf("stats: paired comparison of %d control and %d arm replications", len(control), len(arm)))
	}
	d := make([]float64, len(arm))
	for i := range d {
		d[i] = arm[i] - control[i]
	}
	return d
}

// varianceRatio leans on the rules of floating point: x/0 is +Inf and 0/0 is NaN.
func varianceRatio(control, arm []float64, sdDifference float64) float64 {
	_, sdControl := meanSD(control)
	_, sdArm := meanSD(arm)
	return (sdControl*sdControl + sdArm*sdArm) / (sdDifference * sdDifference)
}
