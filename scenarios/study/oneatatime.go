package study

// turns returns the number of points of a design that moves one dimension at a time.
func turns(levels []int) int {
	size := 1
	for _, n := range levels {
		size += n
	}
	return size
}

// turn returns which dimension a point of such a design moves, and to which of its levels: -1 for point 0, where nothing moves.
func turn(levels []int, point int) (dimension, level int) {
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

// oneAtATime leaves the arms as they stand at the first point, and then moves one dimension at a time.
func (s *Study) oneAtATime(steps []int) func(i int) []Level {
	return func(i int) []Level {
		levels := make([]Level, len(s.Factors))
		for f := range s.Factors {
			levels[f] = s.Factors[f].Base
		}
		if d, step := turn(steps, i); d >= 0 {
			for _, f := range s.dimensions[d].factors {
				levels[f] = s.Factors[f].Step(step, steps[d])
			}
		}
		return levels
	}
}
