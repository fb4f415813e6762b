package stats

import (
	"fmt"
	"math"
	"slices"
)

// Pair is one comparison of a family: the values of a measure in the control and in an arm,
// where equal places hold the same replication.
type Pair struct{ Control, Arm []float64 }

// BonferroniT compares every pair of a family so that all the intervals hold at once with at
// least the given confidence: each of k is made at 1 − (1 − confidence)/k. The result has
// the order of the family. It panics as PairedInterval does.
//
// Source: O. J. Dunn, "Multiple comparisons among means", Journal of the American
// Statistical Association 56 (1961) 52–64; A. M. Law, Simulation Modeling and Analysis, 5th
// ed. (2015), section 9.7.
func BonferroniT(family []Pair, confidence float64) []Paired {
	checkConfidence("BonferroniT", confidence)
	each := 1 - (1-confidence)/float64(len(family))
	all := make([]Paired, len(family))
	for i, pair := range family {
		all[i] = PairedInterval(pair.Control, pair.Arm, each)
	}
	return all
}

// PairedPValue returns the two-sided p-value of the paired t test that arm and control have
// equal means, with n − 1 degrees of freedom. Equal places hold the same replication. If
// every difference is 0 it is 1: the arm changed nothing. If every difference is the same
// but not 0 it is 0. It is NaN for fewer than two replications or a value of NaN or
// infinity. It panics if the lengths differ.
//
// Source: as PairedInterval.
func PairedPValue(control, arm []float64) float64 {
	mean, sd := meanSD(differences(control, arm))
	if mean == 0 && sd == 0 {
		return 1
	}
	n := float64(len(arm))
	if math.IsNaN(sd) {
		return math.NaN()
	}
	return 2 * StudentCDF(-math.Abs(mean)/(sd/math.Sqrt(n)), n-1)
}

// Holm returns p-values adjusted for the size of their family, in the order given: those at
// most α may be called significant together with family-wise error at most α, however they
// depend on one another. An entry of NaN, a test that could not be made, stays NaN and still
// counts in the size of the family, which errs on the safe side. The argument is left as it
// was. It panics if an entry is below 0 or above 1.
//
// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
// Journal of Statistics 6 (1979) 65–70.
func Holm(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	floor := 0.0 // adjusted values may not fall as p rises
	for rank, i := range increasing(p) {
		floor = max(floor, min(1, float64(len(p)-rank)*p[i]))
		adjusted[i] = floor
	}
	for i, x := range p {
		if math.IsNaN(x) {
			adjusted[i] = x
		}
	}
	return adjusted
}

// increasing returns the places of the known p-values, smallest p first.
func increasing(p []float64) []int {
	var order []int
	for i, x := range p {
		if x < 0 || x > 1 {
			panic(fmt.Sprintf("stats: Holm: p[%d] is %v, want from 0 to 1", i, x))
		}
		if !math.IsNaN(x) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case p[i] < p[j]:
			return -1
		case p[i] > p[j]:
			return 1
		}
		return 0
	})
	return order
}
