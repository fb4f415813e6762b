package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// span is where something is least and largest over the points, and where its sign is clear.
type span struct {
	least, most         int // points; -1 where no point has a value
	below, above, known int // points whose interval is all below 0, all above it; with a value
}

func (s *Sweep) span(of func(p int) estimate) span {
	x := span{least: -1, most: -1}
	for p := range s.points {
		e := of(p)
		if math.IsNaN(e.mean) {
			continue
		}
		x.known++
		if x.least < 0 || e.mean < of(x.least).mean {
			x.least = p
		}
		if x.most < 0 || e.mean > of(x.most).mean {
			x.most = p
		}
		switch {
		case e.high < 0:
			x.below++
		case e.low > 0:
			x.above++
		}
	}
	return x
}

// spanWords tells the least and the largest of a goal over the points in each arm, and where its sign is clear.
func (s *Sweep) spanWords(g int, change bool) string {
	text := ""
	for _, arm := range s.compared() {
		r := result{arm, g}
		x := s.span(func(p int) estimate { return s.at(p, r) })
		if x.least < 0 {
			text += "No point has a result of " + s.arms[arm].called() + ". "
			continue
		}
		about := ""
		if len(s.arms) > 1 {
			about = s.what(r) + ": "
		}
		unit := s.unitOf(g)
		text += capital(about + s.fromTo(x, func(p int) estimate { return s.at(p, r) }, r, unit))
		if change {
			text += s.signWords(x)
		}
	}
	return text
}

// fromTo tells where something is least and where largest.
func (s *Sweep) fromTo(x span, of func(p int) estimate, r result, unit string) string {
	least, most := of(x.least), of(x.most)
	if x.known > 1 && most.mean-least.mean <= 1e-9*math.Abs(most.mean) {
		return fmt.Sprintf("%s %s at every point. ", s.amount(least, r), unit)
	}
	return fmt.Sprintf("from %s %s (%s) to %s (%s). ", s.amount(least, r), unit, s.pointOf(x.least, r), s.amount(most, r), s.pointOf(x.most, r))
}

// levelWords tells the least and the largest of a goal over the points in every arm by itself.
func (s *Sweep) levelWords(g int) string {
	text := ""
	for a := range s.arms {
		of := func(p int) estimate { return s.points[p].means[a][g] }
		if x := s.span(of); x.least >= 0 {
			r := result{0, g} // a mean, which has no sign
			text += capital(s.arms[a].called()) + ": " + s.fromTo(x, of, r, s.unitOf(g))
		}
	}
	return text
}

// signWords tells at how many points a difference is clearly below or above 0.
func (s *Sweep) signWords(x span) string {
	if len(s.points) == 1 {
		return ""
	}
	switch {
	case x.below == x.known:
		return "Its interval is below 0 at every point. "
	case x.above == x.known:
		return "Its interval is above 0 at every point. "
	case x.below+x.above == 0:
		return "Its interval holds 0 at every point. "
	}
	return fmt.Sprintf("Its interval is below 0 at %d of %s, above 0 at %d, and holds 0 at %d. ", x.below, count(x.known, "point"), x.above, x.known-x.below-x.above)
}

// pointName names a point by the values of its factors, or by its number where they are many.
func (s *Sweep) pointName(p int) string {
	if len(s.factors) == 0 {
		return "the only point"
	}
	var told []int
	for i := range s.factors {
		if s.entry.Design != "one-at-a-time" || s.points[p].levels[i].text != s.points[0].levels[i].text {
			told = append(told, i)
		}
	}
	switch {
	case len(told) == 0:
		return "as the arms stand"
	case len(told) > 4:
		return "point " + s.points[p].id
	default:
		return s.settings(p, told)
	}
}

// pointOf names a point for a result: of many factors, by those that drive it most.
func (s *Sweep) pointOf(p int, r result) string {
	const mostTold = 3
	rows := s.sensitivityOf(r)
	if len(s.factors) <= mostTold+1 || s.entry.Design == "one-at-a-time" || len(rows) < mostTold {
		return s.pointName(p)
	}
	var told []int
	for _, row := range rows[:mostTold] {
		if f := slices.IndexFunc(s.factors, func(f factor) bool { return f.Path == row.Factor }); f >= 0 {
			told = append(told, f)
		}
	}
	return strings.Join([]string{s.points[p].id, s.settings(p, told), "…"}, ", ")
}

// mostRows is how many points a figure's table has; the tables of the run have all.
const mostRows = 200

// pointTable is the table of a goal at the points.
func (s *Sweep) pointTable(f *Figure, g int, change bool) {
	f.Table.Head = []string{"point"}
	for i := range s.factors {
		f.Table.Head = append(f.Table.Head, s.factors[i].axis())
	}
	unit := s.unitOf(g)
	for a := range s.arms {
		f.Table.Head = append(f.Table.Head, s.arms[a].called()+", "+unit, "95 % interval")
	}
	for a := range s.arms {
		if change && a > 0 {
			f.Table.Head = append(f.Table.Head, s.arms[a].called()+", difference", "95 % interval")
		}
	}
	for p := range s.points[:min(len(s.points), mostRows)] {
		cells := []string{s.points[p].id}
		for i := range s.factors {
			cells = append(cells, s.factors[i].value(s.points[p].levels[i]))
		}
		for a := range s.arms {
			cells = append(cells, estimateCells(s.points[p].means[a][g], decimals)...)
		}
		for a := range s.arms {
			if change && a > 0 {
				cells = append(cells, estimateCells(s.points[p].changes[a][g], signedDecimals)...)
			}
		}
		f.Table.add(cells...)
	}
	if len(s.points) > mostRows {
		f.Reading += fmt.Sprintf("The table here holds the first %d of %d points; the tables of the run hold all. ", mostRows, len(s.points))
	}
}

// estimateCells writes an estimate and its interval.
func estimateCells(e estimate, write func(float64, int) string) []string {
	n := twoDigits(e)
	interval := inSquare(e, write, n)
	if interval != "" {
		interval = interval[1:]
	}
	return []string{write(e.mean, n), interval}
}
