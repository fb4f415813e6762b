package design

import (
	"cmp"
	"fmt"
	"slices"

	"portalsim/sim/random"
)

// MorrisStep returns the length of a step in a Morris design of so many levels.
func MorrisStep(levels int) float64 { return float64(levels) / float64(2*(levels-1)) }

// Morris returns trajectories through the grid of so many levels a column, each of one point more than there are groups: it
// begins at a point by chance, and changes each group once, in an order by chance, by MorrisStep up or down. Columns of a
// group step at once, each in its own direction. Levels must be even, so that every level is as likely.
//
// Sources: M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33 (1991)
// 161–174; F. Campolongo, J. Cariboni and A. Saltelli, Environmental Modelling & Software 22 (2007) 1509–1518 (groups).
func Morris(trajectories int, groups Groups, levels int, seed uint64) [][]float64 {
	if levels < 2 || levels%2 != 0 {
		panic(fmt.Sprintf("design: a Morris design of %d levels", levels))
	}
	var points [][]float64
	for t := range trajectories {
		points = append(points, trajectory(groups, levels, random.New(seed, t, "design/morris"))...)
	}
	return points
}

// trajectory returns one trajectory. A column starts at one of the levels below the middle, or a step above it.
func trajectory(groups Groups, levels int, chance random.Substream) [][]float64 {
	const starts, directions, order = 0, 1, 2
	at := make([]float64, len(groups))
	moved := make([]float64, len(groups))
	for c := range groups {
		at[c] = float64(int(chance.U(starts, uint64(c))*float64(levels/2))) / float64(levels-1)
		moved[c] = float64(levels/2+int(chance.U(starts, uint64(c))*float64(levels/2))) / float64(levels-1)
		if chance.U(directions, uint64(c)) < 0.5 {
			at[c], moved[c] = moved[c], at[c]
		}
	}
	turns := Singly(groups.Count())
	slices.SortFunc(turns, func(a, b int) int { return cmp.Compare(chance.U(order, uint64(a)), chance.U(order, uint64(b))) })
	points := [][]float64{at}
	for _, group := range turns {
		at = crossed(at, moved, groups, group)
		points = append(points, at)
	}
	return points
}
