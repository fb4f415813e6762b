package study

import (
	"fmt"
	"math"
	"slices"

	"portalsim/scenarios"
)

// mostRowsTried bounds the rows of a list that are composed when the study is read: two seconds or so. Of a longer list those
// are tried that hold the ends of a factor, or a word for the first time.
const mostRowsTried = 200

// tryRows composes the arms at the rows of a list, so that what the format refuses is a problem of the file and not of a
// point at night.
func (b *builder) tryRows() {
	for _, p := range b.study.rowsToTry() {
		settings := b.study.Settings(p)
		_, err := b.study.composer.Compose(settings)
		problems, _ := err.(scenarios.Problems)
		for _, problem := range problems {
			if slices.ContainsFunc(settings, func(s scenarios.Setting) bool { return s.Value.Place.File == problem.File }) {
				b.problems = append(b.problems, problem)
				continue
			}
			at := b.study.Factors[0].place
			if len(settings) > 0 {
				at = settings[0].Value.Place
			}
			b.refuse(at, "design.list", fmt.Sprintf("with this row, %s: %s", problem.Path, problem.Message), "write another row, or "+problem.Fix)
		}
	}
}

// rowsToTry returns the points of a list that are tried, in order.
func (s *Study) rowsToTry() []int {
	var rows []int
	if s.Points() <= mostRowsTried {
		for p := range s.Points() {
			rows = append(rows, p)
		}
		return rows
	}
	for f := range s.Factors {
		least, most, words := 0, 0, map[string]bool{} // looked up, never walked
		value := func(p int) float64 { return s.Levels(p)[f].Value }
		for p := range s.Points() {
			switch x, text := value(p), s.Levels(p)[f].Text; {
			case math.IsNaN(x) && !words[text]:
				words[text] = true
				rows = append(rows, p)
			case x < value(least):
				least = p
			case x > value(most):
				most = p
			}
		}
		rows = append(rows, least, most)
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}
