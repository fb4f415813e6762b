package study

import (
	"fmt"
	"math"
	"strconv"

	"portalsim/scenarios"
	"portalsim/scenarios/study/design"
)

// points are the design points of a study, made one by one: a grid of a million points is no list of a million.
type points struct {
	size int
	at   func(i int) []Level // by factor
	kept []int               // those that the constraints leave; nil for all
}

// Points returns the number of design points.
func (s *Study) Points() int {
	if s.points.kept != nil {
		return len(s.points.kept)
	}
	return s.points.size
}

// Levels returns the level of each factor at a point. A level without Node leaves the arms as they stand.
func (s *Study) Levels(point int) []Level {
	if s.points.kept != nil {
		point = s.points.kept[point]
	}
	return s.points.at(point)
}

// ID returns the name of a point in the tables: p0001 for the first.
func (s *Study) ID(point int) string {
	return fmt.Sprintf("p%0*d", max(4, len(strconv.Itoa(s.Points()))), point+1)
}

// Compose returns the arms at a point.
func (s *Study) Compose(point int) ([]*scenarios.Arm, error) {
	return s.composer.Compose(s.Settings(point))
}

// ComposeWith returns the arms as they stand under other settings than those of a point.
func (s *Study) ComposeWith(settings []scenarios.Setting) ([]*scenarios.Arm, error) {
	return s.composer.Compose(settings)
}

// Shared returns what all points lay over the arms, below what each lays.
func (s *Study) Shared() []scenarios.Setting { return append([]scenarios.Setting{}, s.shared...) }

// Settings returns what a point lays over the arms.
func (s *Study) Settings(point int) []scenarios.Setting {
	var list []scenarios.Setting
	for i, l := range s.Levels(point) {
		if l.Node != nil {
			list = append(list, s.setting(i, l))
		}
	}
	return list
}

// maxPoints bounds a study; it is far beyond what any computer runs.
const maxPoints = 10_000_000

// design chooses the points.
func (b *builder) design(root *scenarios.Node) {
	s := b.study
	s.Kind = s.File.Design.Kind
	if s.Kind == "" && len(s.File.Factors.Keys) > 0 {
		s.Kind = "grid"
	}
	if s.Kind == "" {
		s.Kind = "arms"
	}
	at := b.placeOf(root, "design", "kind")
	if s.Kind == "arms" != (len(s.File.Factors.Keys) == 0) {
		if s.Kind == "arms" {
			b.refuse(at, "design.kind", "arms varies nothing, and there are factors", "remove the factors, or write kind: grid")
		} else {
			b.refuse(at, "design.kind", s.Kind+" varies factors, and there are none", "write factors:, or kind: arms")
		}
		return
	}
	if len(b.problems) > 0 {
		return
	}
	b.unusedKeys(root)
	switch s.Kind {
	case "arms":
		s.points = points{size: 1, at: func(int) []Level { return nil }}
	case "grid":
		b.grid(at)
	case "one-at-a-time":
		steps := s.steps()
		s.points = points{size: turns(steps), at: s.oneAtATime(steps)}
	case "list":
		b.list(b.placeOf(root, "design", "list"))
	default:
		b.cube(root)
	}
	b.constrain(root)
	if s.Kind == "list" && len(b.problems) == 0 {
		b.tryRows()
	}
}

// designKeys says which keys of design belong to which kinds.
var designKeys = []struct {
	key   string
	kinds []string
}{
	{"levels", []string{"grid", "one-at-a-time", "morris"}},
	{"points", []string{"latin-hypercube", "halton", "sobol", "saltelli"}},
	{"second_order", []string{"saltelli"}},
	{"trajectories", []string{"morris"}},
	{"list", []string{"list"}},
}

// unusedKeys refuses keys that the kind of design does not have: silence would mislead.
func (b *builder) unusedKeys(root *scenarios.Node) {
	for _, k := range designKeys {
		n := root.At("design").At(k.key)
		if n == nil || n.Default {
			continue
		}
		belongs := false
		for _, kind := range k.kinds {
			belongs = belongs || kind == b.study.Kind
		}
		if !belongs {
			b.refuse(n.Place, "design."+k.key, "a design of kind "+b.study.Kind+" does not have it", "remove it")
		}
	}
}

func (b *builder) grid(at scenarios.Place) {
	s := b.study
	steps := s.steps()
	size := design.GridSize(steps)
	if size > maxPoints {
		b.refuse(at, "design", fmt.Sprintf("the grid has more than %d points", maxPoints), "give fewer values, or a design such as sobol with points")
		return
	}
	s.points = points{size: size, at: func(i int) []Level {
		levels := make([]Level, len(s.Factors))
		for d, step := range design.GridPoint(steps, i) {
			for _, f := range s.dimensions[d].factors {
				levels[f] = s.Factors[f].Step(step, steps[d])
			}
		}
		return levels
	}}
}

// known tells whether every level of a list is a number.
func known(values ...float64) bool {
	for _, x := range values {
		if math.IsNaN(x) {
			return false
		}
	}
	return true
}
