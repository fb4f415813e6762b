package design

// OneAtATime returns the middle (every coordinate 1/2) and then, for each group in turn, the points at which its columns
// alone are 0 and 1: 1 + 2 groups points, for a tornado diagram. What groups do together it cannot show.
func OneAtATime(groups Groups) [][]float64 {
	middle := make([]float64, len(groups))
	low, high := make([]float64, len(groups)), make([]float64, len(groups))
	for c := range groups {
		middle[c], high[c] = 0.5, 1
	}
	points := [][]float64{middle}
	for g := range groups.Count() {
		points = append(points, crossed(middle, low, groups, g), crossed(middle, high, groups, g))
	}
	return points
}
