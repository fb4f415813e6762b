package study

import (
	"fmt"
	"math"

	"portalsim/scenarios"
	"portalsim/scenarios/study/design"
)

// cube makes the points of a design in the unit cube. A coordinate is a probability of the range or belief of a factor,
// or of all factors of a group; of morris, whose coordinates include 0 and 1, it is a place between the factor's low and
// high.
func (b *builder) cube(root *scenarios.Node) {
	s := b.study
	d := &s.File.Design
	n, columns := b.size(root), len(s.dimensions)
	if len(b.problems) > 0 {
		return
	}
	seed, groups := uint64(s.File.Seed), design.Singly(columns)
	switch s.Kind {
	case "latin-hypercube":
		s.cube = design.LatinHypercube(n, columns, seed)
	case "halton":
		s.cube = design.Halton(n, columns, seed)
	case "sobol":
		s.cube = design.Sobol(n, columns, seed)
	case "saltelli":
		s.cube = design.Saltelli(n, groups, d.SecondOrder, seed)
	case "morris":
		s.cube = design.Morris(n, groups, s.morrisLevels(), seed)
	}
	s.points = points{size: len(s.cube), at: func(i int) []Level {
		levels := make([]Level, len(s.Factors))
		for d, u := range s.cube[i] {
			for _, f := range s.dimensions[d].factors {
				levels[f] = s.Factors[f].At(s.Factors[f].probability(s.Kind, u))
			}
		}
		return levels
	}}
}

// probability turns a coordinate of a design into a probability of the factor.
func (f *Factor) probability(kind string, u float64) float64 {
	if kind == "morris" && f.values == nil {
		return (1-u)*f.ends[0] + u*f.ends[1]
	}
	return u
}

// usualMorrisLevels are the levels of a Morris design that names none: the usual choice, a step of two thirds.
const usualMorrisLevels = 4

func (s *Study) morrisLevels() int {
	if s.File.Design.Levels != nil {
		return *s.File.Design.Levels
	}
	return usualMorrisLevels
}

// size checks the size of a design in the unit cube and returns it.
func (b *builder) size(root *scenarios.Node) int {
	s := b.study
	given, key, example := s.File.Design.Points, "points", "points: 256"
	rows := 1
	switch s.Kind {
	case "saltelli":
		rows = len(s.dimensions) + 2
		if s.File.Design.SecondOrder {
			rows += len(s.dimensions)
		}
	case "morris":
		given, key, example = s.File.Design.Paths, "trajectories", "trajectories: 20"
		rows = len(s.dimensions) + 1
	}
	at := b.placeOf(root, "design", key)
	if given == nil {
		b.refuse(at, "design."+key, "required key is missing", "write "+example)
		return 0
	}
	n := *given
	most, columns := math.MaxInt, len(s.dimensions)
	switch s.Kind {
	case "sobol":
		most = design.MostSobol
	case "saltelli":
		most = design.MostSobol / 2
	case "halton":
		most = design.MostHalton
	}
	switch {
	case columns > most:
		b.refuse(at, "design.kind", fmt.Sprintf("%s takes at most %d factors or groups, and there are %d", s.Kind, most, columns), "group factors, or write kind: latin-hypercube")
	case (s.Kind == "sobol" || s.Kind == "saltelli") && n&(n-1) != 0:
		b.refuse(at, "design."+key, fmt.Sprintf("%d is no power of two, and the sequence is even only then", n), fmt.Sprintf("write %d", nextPower(n)))
	case s.Kind == "morris" && s.morrisLevels()%2 != 0:
		b.refuse(b.placeOf(root, "design", "levels"), "design.levels", "morris needs an even number of levels", "write 4")
	case n > maxPoints/rows:
		b.refuse(at, "design."+key, fmt.Sprintf("makes more than %d points", maxPoints), "write less")
	}
	return n
}

// nextPower returns the smallest power of two that is not less.
func nextPower(n int) int {
	p := 1
	for p < n {
		p *= 2
	}
	return p
}

// Dimensions names what the design varies by itself: factors, or groups of them.
func (s *Study) Dimensions() []string {
	var list []string
	for _, d := range s.dimensions {
		list = append(list, d.name)
	}
	return list
}

// Cube returns the coordinates of the points of a design in the unit cube, nil for other designs.
func (s *Study) Cube() [][]float64 { return s.cube }

// MorrisStep returns the step of a Morris design.
func (s *Study) MorrisStep() float64 { return design.MorrisStep(s.morrisLevels()) }

// Ends returns, for each dimension of a one-at-a-time design, the points at which it is lowest and highest by itself.
func (s *Study) Ends() [][2]int {
	var ends [][2]int
	from := 1
	for _, n := range s.steps() {
		ends = append(ends, [2]int{from, from + n - 1})
		from += n
	}
	return ends
}
