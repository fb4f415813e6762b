package design

import "math"

// GridSize returns the number of points of a full grid with so many levels in each dimension, or math.MaxInt where that
// is beyond an int.
func GridSize(levels []int) int {
	size := 1
	for _, n := range levels {
		if n > 0 && size > math.MaxInt/n {
			return math.MaxInt
		}
		size *= n
	}
	return size
}

// GridPoint returns the level of each dimension at a point of a full grid: the last dimension changes fastest.
func GridPoint(levels []int, point int) []int {
	at := make([]int, len(levels))
	for d := len(levels) - 1; d >= 0; d-- {
		at[d] = point % levels[d]
		point /= levels[d]
	}
	return at
}
