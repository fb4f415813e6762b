package study

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"portalsim/scenarios"
)

// constraint is a comparison of two sums, as left − right against 0.
type constraint struct {
	text     string
	terms    []constraintTerm
	constant float64
	holds    func(difference float64) bool
}

// constraintTerm is a factor times a number.
type constraintTerm struct {
	factor int
	times  float64
}

var comparisons = map[string]func(d float64) bool{ // looked up, never walked
	"<=": func(d float64) bool { return d <= 0 }, "<": func(d float64) bool { return d < 0 },
	">=": func(d float64) bool { return d >= 0 }, ">": func(d float64) bool { return d > 0 },
	"==": func(d float64) bool { return d == 0 }, "!=": func(d float64) bool { return d != 0 },
}

// parseConstraint reads a text such as a.b + 2 * a.c <= 9: words with spaces between them.
func (s *Study) parseConstraint(text string) (*constraint, error) {
	c := &constraint{text: text}
	side, sign, words := 1.0, 1.0, strings.Fields(text)
	wantTerm := true
	for i := 0; i < len(words); i++ {
		w := words[i]
		compare, isComparison := comparisons[w]
		switch {
		case wantTerm:
			term := []string{w}
			for i+2 < len(words) && words[i+1] == "*" {
				term = append(term, words[i+2])
				i += 2
			}
			if err := s.addTerm(c, side*sign, term); err != nil {
				return nil, err
			}
			sign, wantTerm = 1, false
		case w == "+" || w == "-":
			wantTerm = true
			if w == "-" {
				sign = -1
			}
		case isComparison && c.holds == nil:
			c.holds, side, wantTerm = compare, -1, true
		default:
			return nil, fmt.Errorf("%q is not understood here", w)
		}
	}
	if wantTerm || c.holds == nil {
		return nil, fmt.Errorf("is not a comparison of two sums")
	}
	return c, nil
}

// addTerm adds a product of numbers and at most one factor.
func (s *Study) addTerm(c *constraint, times float64, words []string) error {
	factor := -1
	for _, w := range words {
		if x, err := strconv.ParseFloat(w, 64); err == nil {
			times *= x
			continue
		}
		i := slices.IndexFunc(s.Factors, func(f Factor) bool { return f.Name == w })
		switch {
		case i < 0:
			return fmt.Errorf("there is no factor %s", w)
		case factor >= 0:
			return fmt.Errorf("%s times %s is no sum", s.Factors[factor].Name, w)
		}
		factor = i
	}
	if factor < 0 {
		c.constant += times
	} else {
		c.terms = append(c.terms, constraintTerm{factor, times})
	}
	return nil
}

// met tells whether levels meet the constraint; a factor without a number meets none.
func (c *constraint) met(levels []Level) bool {
	sum := c.constant
	for _, t := range c.terms {
		sum += t.times * levels[t.factor].Value
	}
	return known(sum) && c.holds(sum)
}

// structured are the designs whose points belong together, so that none may be left out.
var structured = []string{"saltelli", "morris", "one-at-a-time"}

// constrain leaves out the points that do not meet the constraints.
func (b *builder) constrain(root *scenarios.Node) {
	s := b.study
	if len(s.File.Constraints) == 0 || s.points.at == nil {
		return
	}
	var all []*constraint
	for i, text := range s.File.Constraints {
		at, path := b.placeOf(root, "constraints"), fmt.Sprintf("constraints[%d]", i)
		if items := root.At("constraints").Items; i < len(items) {
			at = items[i].Place
		}
		c, err := s.parseConstraint(text)
		if err != nil {
			b.refuse(at, path, err.Error(), "write sums of factors with spaces around each operator, such as \"a.b + 2 * a.c <= 9\"")
			continue
		}
		all = append(all, c)
	}
	if slices.Contains(structured, s.Kind) {
		b.refuse(b.placeOf(root, "constraints"), "constraints", "the points of a "+s.Kind+" design belong together, and none may be left out", "remove the constraints, or write kind: latin-hypercube")
	}
	if len(b.problems) > 0 {
		return
	}
	s.points.kept = []int{}
	for i := range s.points.size {
		levels := s.points.at(i)
		if !slices.ContainsFunc(all, func(c *constraint) bool { return !c.met(levels) }) {
			s.points.kept = append(s.points.kept, i)
		}
	}
	if len(s.points.kept) == 0 {
		b.refuse(b.placeOf(root, "constraints"), "constraints", fmt.Sprintf("none of %d points meets them", s.points.size), "loosen them")
	}
}
