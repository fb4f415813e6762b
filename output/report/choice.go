package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"portalsim/sim"
)

// mostChoices is how many choices are drawn, those that stayed longest first; the table has more.
const mostChoices = 12

// choiceFigure shows how the best of several was found by procedure KN: after how many replications each fell out. names
// are what the rows of table choices are called.
func choiceFigure(rows []sim.ChoiceRow, names []string, unit string) *Figure {
	if len(rows) == 0 || rows[0].By == "" || rows[0].Replications == nil {
		return nil
	}
	row, err := sim.MeasureNamed(rows[0].By)
	if err != nil {
		return nil
	}
	after := float64(*rows[0].Replications)
	stayed := func(i int) float64 {
		if d := rows[i].Dropped; d != nil {
			return float64(*d)
		}
		return after + 1
	}
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	best := func(i int) bool { return rows[i].Best != nil && *rows[i].Best }
	slices.SortStableFunc(order, func(a, b int) int {
		if best(a) != best(b) {
			return map[bool]int{true: -1, false: 1}[best(a)]
		}
		return cmp.Compare(stayed(b), stayed(a))
	})
	f := &Figure{ID: "choice", Title: "How the best by " + measureWords(&row) + " was found",
		Keys:  []Key{{"end end1", "chosen"}, {"end end0", "may still be the best"}, {"end unclear", "out: another is better, or no worse by what matters"}},
		Table: Table{Head: []string{"choice", "what became of it", "replications"}}}
	var bars []bar
	left := 0
	for n, i := range order {
		class, words, to := "end unclear", fmt.Sprintf("out after %.0f replications", stayed(i)), stayed(i)
		switch {
		case best(i):
			class, words, to = "end end1", fmt.Sprintf("chosen after %.0f", after), after
		case rows[i].Dropped == nil:
			class, words, to = "end end0", "still in, or has no such measure", after
			left++
		}
		if n < mostRows {
			f.Table.add(names[i], words, number(to))
		}
		if n < mostChoices {
			bars = append(bars, bar{names[i], words, []strip{{class, to, math.NaN(), math.NaN(), names[i] + ": " + words}}, math.NaN()})
		}
	}
	f.Reading = fmt.Sprintf("Of %s, ", count(len(rows), "choice"))
	if best(order[0]) {
		f.Reading += fmt.Sprintf("%s is the best with %s confidence", names[order[0]], percent(orNaN(rows[0].Confidence)))
	} else {
		f.Reading += fmt.Sprintf("none is told from all others after %.0f replications: %d may still be the best", after, left)
	}
	f.Reading += fmt.Sprintf(", where %s %s is the smallest difference that matters (procedure KN, on the same replications).", number(orNaN(rows[0].Indifference)), unit)
	if len(rows) > mostChoices {
		f.Reading += fmt.Sprintf(" The %d that stayed longest are drawn.", mostChoices)
	}
	f.draw("", f.Title+". "+f.Reading, func(width float64) float64 { return barsHeight(bars, width) }, func(c *canvas) { paintBars(c, bars, "replications") })
	return f
}

// choiceOf is the choice among a study's arms.
func choiceOf(s *Study) *Figure {
	var names []string
	for _, r := range s.choices {
		names = append(names, s.called(r.Arm))
	}
	unit := ""
	if len(s.choices) > 0 {
		if aims, _ := aimsOf(s.choices[0].By, s.currency); len(aims) == 1 {
			unit = aims[0].unit
		}
	}
	return choiceFigure(s.choices, names, unit)
}

// choice is the choice among all arms at all points.
func (s *Sweep) choice() *Figure {
	var names []string
	unit := ""
	for i, r := range s.choices {
		name := s.called(r.Arm)
		if len(s.factors) > 0 {
			name += " at " + s.pointName(i/len(s.arms))
		}
		names = append(names, name)
	}
	if len(s.choices) > 0 {
		if aims, _ := s.aims(s.choices[0].By); len(aims) == 1 {
			unit = aims[0].unit
		}
	}
	return choiceFigure(s.choices, names, unit)
}
