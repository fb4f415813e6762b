package study

import (
	"fmt"
	"math"
	"slices"

	"portalsim/scenarios"
)

// factor checks one factor and adds it.
func (b *builder) factor(key string, file *FactorFile, node *scenarios.Node) {
	f := Factor{Name: key, Title: file.Title, Role: file.Role, Group: file.Group, Unit: file.Unit, Log: file.Scale == "log", place: node.Place, unitSize: 1}
	f.Arm, f.Path = b.study.splitArm(key)
	path := "factors." + key
	if !b.find(&f, path) || !b.unit(&f, path) {
		return
	}
	ways, listed := 0, b.study.File.Design.Kind == "list" // where the rows give the values
	for _, given := range []bool{file.Values != nil, file.Range != nil, file.Low != nil || file.High != nil || file.Value != nil} {
		if given {
			ways++
		}
	}
	switch {
	case ways > 1:
		b.refuse(node.Place, path, "has more than one of values, range, and low with high", "keep one of them")
	case file.Values != nil:
		b.values(&f, file.Values, path, node)
	case file.Range != nil:
		b.rangeOf(&f, file, path, node)
	case ways == 1:
		b.beliefOf(&f, file, path, node)
	case !listed:
		b.evidenceOf(&f, file, path, node)
	}
	if f.values == nil && f.quantile == nil && !(listed && ways == 0) {
		return // a problem was found
	}
	if f.values == nil && file.Scale == "log" && file.Range == nil {
		b.refuse(node.Place, path+".scale", "is the scale of a range, and there is none", "remove it, or write range: [low, high]")
	}
	b.study.Factors = append(b.study.Factors, f)
}

// find looks the path up in the arms as they stand.
func (b *builder) find(f *Factor, path string) bool {
	for _, a := range b.study.Standing {
		if f.Arm != "" && f.Arm != a.Name {
			continue
		}
		if q, ok := a.Quantity(f.Path); ok && q.Text != "" {
			f.quantity = q
			f.Base = Level{Text: q.Text, Value: math.NaN()}
			if x, ok := q.Float(&scenarios.Node{Kind: scenarios.Scalar, Text: q.Text}); ok {
				f.Base.Value = x
			}
			return true
		}
	}
	// What --set would say of the path is the most helpful; a path without a value now may still be set.
	at := f.place
	_, err := b.study.composer.Compose([]scenarios.Setting{{Arm: f.Arm, Path: f.Path, Value: &scenarios.Node{Kind: scenarios.Scalar, Text: "1", Place: at}, Place: at}})
	if problems, ok := err.(scenarios.Problems); ok {
		for i := range problems {
			problems[i].Path = path
		}
		b.problems = append(b.problems, problems...)
	} else {
		b.refuse(at, path, "the arms have no value here that could be varied", "write one in the base or an overlay")
	}
	return false
}

// unit checks the factor's unit and turns the base into it.
func (b *builder) unit(f *Factor, path string) bool {
	switch {
	case f.quantity.Kind != "time":
		if f.Unit == "" {
			f.Unit = f.quantity.Unit
		}
	case f.Unit == "":
		f.Unit = "s"
	default:
		size, err := scenarios.InSeconds(f.Unit)
		if err != nil {
			b.refuse(f.place, path+".unit", err.Error(), "write a unit of time, such as w")
			return false
		}
		f.unitSize = size
	}
	f.Base.Value /= f.unitSize
	return true
}

func (b *builder) values(f *Factor, values []scenarios.Any, path string, node *scenarios.Node) {
	if len(values) < 1 {
		b.refuse(node.Place, path+".values", "has no value", "write a list such as [2, 3, 4]")
		return
	}
	for i, v := range values {
		if v.Node == nil {
			continue // a problem was found
		}
		l, err := f.levelOf(v.Node)
		if err != nil {
			b.refuse(v.Place, fmt.Sprintf("%s.values[%d]", path, i), err.Error(), "write a value that the path takes")
			continue
		}
		if slices.ContainsFunc(f.values, func(other Level) bool { return other.Text == l.Text }) {
			b.refuse(v.Place, fmt.Sprintf("%s.values[%d]", path, i), l.Text+" stands here twice", "keep one of the two")
			continue
		}
		f.values = append(f.values, l)
	}
}

// numbers reads values that must be numbers of the factor.
func (b *builder) numbers(f *Factor, path string, written ...*scenarios.Any) ([]float64, bool) {
	var list []float64
	for _, v := range written {
		if v == nil || v.Node == nil {
			return nil, false
		}
		x, ok := f.number(v.Node)
		if !ok {
			b.refuse(v.Place, path, fmt.Sprintf("must be a %s, got %s", numeric(f.quantity.Kind), scenarios.Flow(v.Node)), "write a number, with its unit where it is a time")
			return nil, false
		}
		list = append(list, x)
	}
	return list, true
}

func numeric(kind string) string {
	if kind == "word" {
		return "number, and the path takes none: list its values"
	}
	return kind
}

func (b *builder) rangeOf(f *Factor, file *FactorFile, path string, node *scenarios.Node) {
	path += ".range"
	if len(file.Range) != 2 {
		b.refuse(node.Place, path, fmt.Sprintf("has %d values", len(file.Range)), "write the least and the largest value, such as [0.2, 0.8]")
		return
	}
	if file.Dist != "" {
		b.refuse(node.Place, path, "a range is uniform, and dist is "+file.Dist, "remove dist, or write low and high in place of range")
		return
	}
	ends, ok := b.numbers(f, path, &file.Range[0], &file.Range[1])
	switch {
	case !ok:
	case ends[0] >= ends[1]:
		b.refuse(node.Place, path, "its first value is not below its second", "write the least value first; for one value write values: or set:")
	case file.Scale == "log" && ends[0] <= 0:
		b.refuse(node.Place, path, "a log scale needs values above 0", "write a least value above 0, or scale: linear")
	case f.quantity.Kind == "count" && (ends[0] != math.Trunc(ends[0]) || ends[1] != math.Trunc(ends[1])):
		b.refuse(node.Place, path, "the path takes whole numbers", "write whole numbers")
	default:
		f.overRange(ends[0], ends[1], file.Scale == "log")
	}
}

func (b *builder) beliefOf(f *Factor, file *FactorFile, path string, node *scenarios.Node) {
	if file.Low == nil || file.High == nil {
		b.refuse(node.Place, path, "has only one of low and high", "write both: the 2.5 and 97.5 % points")
		return
	}
	if file.Dist == "evidence" {
		b.refuse(node.Place, path+".dist", "evidence has low and high of its own", "remove low and high, or write a family")
		return
	}
	ends, ok := b.numbers(f, path, file.Low, file.High)
	if !ok || !b.lawful(f, path+".low", file.Low, ends[0]) || !b.lawful(f, path+".high", file.High, ends[1]) {
		return
	}
	mode := (ends[0] + ends[1]) / 2
	if file.Value != nil {
		at, ok := b.numbers(f, path, file.Value)
		if !ok {
			return
		}
		mode = at[0]
	}
	if !(ends[0] <= mode && mode <= ends[1] && ends[0] < ends[1]) {
		b.refuse(node.Place, path, "low, value and high are not in order", "write them in order")
		return
	}
	quantile, err := f.quantity.Believe(file.Dist, ends[0], mode, ends[1])
	if err != nil {
		b.refuse(node.Place, path+".dist", err.Error(), "widen or narrow low and high, or write another family")
		return
	}
	f.quantile, f.ends = quantile, beliefEnds
}

// lawful refuses an end of a belief that the path does not take: cut off at the bound, the belief would be another one.
func (b *builder) lawful(f *Factor, path string, written *scenarios.Any, x float64) bool {
	ok, demand := f.quantity.Lawful(x)
	if !ok {
		b.refuse(written.Place, path, fmt.Sprintf("must be %s, got %s", demand, scenarios.Flow(written.Node)), "write a value that the path takes")
	}
	return ok
}

func (b *builder) evidenceOf(f *Factor, file *FactorFile, path string, node *scenarios.Node) {
	switch {
	case file.Dist != "" && file.Dist != "evidence":
		b.refuse(node.Place, path, "a "+file.Dist+" belief needs low and high", "write the 2.5 and 97.5 % points as low and high")
	case f.quantity.Quantile == nil:
		b.refuse(node.Place, path, "nothing says over what to vary it: the evidence at the path has no low and high", "write values: [...], range: [least, largest], or low and high")
	default:
		f.quantile, f.ends = f.quantity.Quantile, beliefEnds
	}
}

// group makes the dimensions: each factor alone, or each group. Factors of a group that have values are of equal
// length, since they move step by step.
func (b *builder) group() {
	for i := range b.study.Factors {
		f := &b.study.Factors[i]
		d := slices.IndexFunc(b.study.dimensions, func(d dimension) bool { return f.Group != "" && d.name == f.Group })
		if d < 0 {
			name := f.Group
			if name == "" {
				name = f.Name
			}
			b.study.dimensions = append(b.study.dimensions, dimension{name: name, factors: []int{i}})
			continue
		}
		first := &b.study.Factors[b.study.dimensions[d].factors[0]]
		b.study.dimensions[d].factors = append(b.study.dimensions[d].factors, i)
		switch {
		case (first.values == nil) != (f.values == nil) || len(first.values) != len(f.values):
			b.refuse(f.place, "factors."+f.Name, "moves with "+first.Name+", and has not as many values", "give all factors of group "+f.Group+" as many values, or ranges")
		case first.Role != f.Role:
			b.refuse(f.place, "factors."+f.Name+".role", "moves with "+first.Name+", which is a "+first.Role, "give all factors of group "+f.Group+" one role")
		}
	}
}

// steps returns how many levels each dimension has in a grid.
func (s *Study) steps() []int {
	levels := map[string]int{"one-at-a-time": 2}[s.Kind]
	if levels == 0 {
		levels = 3
	}
	if s.File.Design.Levels != nil {
		levels = *s.File.Design.Levels
	}
	steps := make([]int, len(s.dimensions))
	for d := range s.dimensions {
		steps[d] = s.Factors[s.dimensions[d].factors[0]].steps(levels)
	}
	return steps
}

// tryLevels composes the arms with each value of each dimension by itself, or with its low and high, so that what the
// format refuses is a problem of the file and not of a point at night.
func (b *builder) tryLevels() {
	s := b.study
	for _, d := range s.dimensions {
		first := &s.Factors[d.factors[0]]
		for step := range first.steps(2) {
			var settings []scenarios.Setting
			for _, f := range d.factors {
				settings = append(settings, s.setting(f, s.Factors[f].Step(step, 2)))
			}
			_, err := s.composer.Compose(settings)
			problems, _ := err.(scenarios.Problems)
			for _, p := range problems {
				if p.File == b.file || p.File == "--set" {
					b.problems = append(b.problems, p)
					continue
				}
				l := first.Step(step, 2)
				b.refuse(l.Node.Place, "factors."+first.Name, fmt.Sprintf("with %s, %s: %s", l.Text, p.Path, p.Message), "write another value, or "+p.Fix)
			}
		}
	}
}

// setting lays a level of a factor over the arms.
func (s *Study) setting(factor int, l Level) scenarios.Setting {
	f := &s.Factors[factor]
	return scenarios.Setting{Arm: f.Arm, Path: f.Path, Value: l.Node, Place: f.place}
}
