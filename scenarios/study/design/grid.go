// Package design makes the points of studies: where in a grid, or in the unit cube, each point lies. It knows nothing of
// scenarios.
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

// OneAtATimeSize returns the number of points of OneAtATime.
func OneAtATimeSize(levels []int) int {
	size := 1
	for _, n := range levels {
		size += n
	}
	return size
}

// OneAtATime returns which dimension a point moves, and to which of its levels: -1 for point 0, where nothing moves.
func OneAtATime(levels []int, point int) (dimension, level int) {
	point--
	for d, n := range levels {
		if point < 0 {
			break
		}
		if point < n {
			return d, point
		}
		point -= n
	}
	return -1, 0
}
