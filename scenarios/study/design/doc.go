// Package design makes the points of a study: rows of coordinates from 0 to 1, one column for each thing that varies. What
// a coordinate means (a value between two ends, a quantile of a belief) is the caller's. Every design is a function of its
// arguments, and, but for the Latin hypercube, a larger one begins with the points of the smaller, so that a study can be
// extended without doing anything again.
//
// Coordinates of LatinHypercube, Halton, Sobol and Saltelli lie strictly between 0 and 1. Morris and OneAtATime use the ends
// too: where a coordinate is a quantile, Squeezed keeps clear of them.
package design

import (
	"fmt"
	"math"

	"portalsim/sim/random"
)

// Groups says, for each column, the number of the group that it belongs to, from 0 without gaps. Columns of a group change
// together in Saltelli and Morris designs: what depends on each other is never taken apart.
type Groups []int

// Singly puts each column into a group of its own.
func Singly(columns int) Groups {
	g := make(Groups, columns)
	for i := range g {
		g[i] = i
	}
	return g
}

// Count returns the number of groups. It panics where a number is missing.
func (g Groups) Count() int {
	most := -1
	for _, group := range g {
		most = max(most, group)
	}
	seen := make([]bool, most+1)
	for _, group := range g {
		seen[group] = true
	}
	for group, there := range seen {
		if !there {
			panic(fmt.Sprintf("design: no column is in group %d of %d", group, most+1))
		}
	}
	return most + 1
}

// Squeezed maps coordinates from [0, 1] onto [tail, 1 − tail]: with a tail of 0.025, 0 and 1 become the 2.5 and 97.5 % points
// of a belief. It panics unless 0 ≤ tail < 1/2.
func Squeezed(points [][]float64, tail float64) [][]float64 {
	if !(0 <= tail && tail < 0.5) {
		panic(fmt.Sprintf("design: a tail of %v", tail))
	}
	squeezed := rows(len(points), 0)
	for r, point := range points {
		for _, u := range point {
			squeezed[r] = append(squeezed[r], tail+(1-2*tail)*u)
		}
	}
	return squeezed
}

// rows returns n rows of zeros.
func rows(n, columns int) [][]float64 {
	points := make([][]float64, n)
	for r := range points {
		points[r] = make([]float64, columns)
	}
	return points
}

// open keeps a coordinate strictly between 0 and 1, where rounding has put it on an end.
func open(u float64) float64 {
	return min(max(u, 0x1p-53), math.Nextafter(1, 0))
}

// source gives gonum's designs their random numbers: by place, like all others.
type source struct {
	stream random.Substream
	next   uint64
}

func newSource(seed uint64, use string) *source {
	return &source{stream: random.New(seed, 0, "design/"+use)}
}

// Uint64 returns the next number.
func (s *source) Uint64() uint64 {
	s.next++
	return s.stream.Bits(0, s.next)
}
