package stats

import (
	"cmp"
	"math"
	"slices"
)

// ParetoFront tells for each option whether it is on the front: whether no other is at least as good by every measure and
// better by one. values[i] holds option i's measures, of which less is better; options with an unknown measure are not on it,
// and put no other off it.
func ParetoFront(values [][]float64) []bool {
	front := make([]bool, len(values))
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	// What betters an option comes before it in this order, and if anything does, something on the front does.
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(sum(values[a]), sum(values[b])), slices.Compare(values[a], values[b]))
	})
	var members []int
	for _, i := range order {
		better := func(other int) bool { return dominates(values[other], values[i]) }
		if !math.IsNaN(sum(values[i])) && !slices.ContainsFunc(members, better) {
			front[i], members = true, append(members, i)
		}
	}
	return front
}

// dominates tells whether a is at least as good as b by every measure, and better by one.
func dominates(a, b []float64) bool {
	better := false
	for m := range a {
		if !(a[m] <= b[m]) {
			return false
		}
		better = better || a[m] < b[m]
	}
	return better
}

// FrontShares returns for each option in what share of resampled replications it is on the front of the means: how sure it
// is to belong there. values[i][m] holds measure m of option i by replication, less is better; all have the same
// replications, which are resampled together.
func FrontShares(values [][][]float64, s Resampling) []float64 {
	shares := make([]float64, len(values))
	if len(values) == 0 {
		return shares
	}
	s.times(len(values[0][0]), func(_ int, times []float64) {
		means := make([][]float64, len(values))
		for i, option := range values {
			for _, by := range option {
				mean := 0.0
				for r, x := range by {
					mean += times[r] * x / float64(len(by))
				}
				means[i] = append(means[i], mean)
			}
		}
		for i, on := range ParetoFront(means) {
			if on {
				shares[i] += 1 / float64(s.Resamples)
			}
		}
	})
	return shares
}
