package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// How results answer to factors in a grid: curves along the factor with the most values, one for each arm or for each value
// of a second factor, in a panel for each combination of all others.

// dimension is what a design varies by itself: a factor, or a group by its first factor.
type dimension struct {
	factor int
	levels []level // those that there are, each once: numbers in their order, words in that of the points
}

// numeric tells whether all levels are numbers.
func (d *dimension) numeric() bool {
	return !slices.ContainsFunc(d.levels, func(l level) bool { return math.IsNaN(l.value) })
}

// dimensions lists what varies over the points.
func (s *Sweep) dimensions() []dimension {
	var list []dimension
	groups := map[string]bool{} // seen; looked up, never walked
	for i := range s.factors {
		f := &s.factors[i]
		if f.Group != "" && groups[f.Group] {
			continue
		}
		groups[f.Group] = true
		d := dimension{factor: i}
		seen := map[string]bool{} // looked up, never walked
		for p := range s.points {
			if l := s.points[p].levels[i]; !seen[l.text] {
				seen[l.text] = true
				d.levels = append(d.levels, l)
			}
		}
		if d.numeric() {
			slices.SortFunc(d.levels, func(a, b level) int { return cmp.Compare(a.value, b.value) })
		}
		if len(d.levels) > 1 {
			list = append(list, d)
		}
	}
	return list
}

// The most panels of a figure, and curves of a panel by the values of a second factor.
const (
	mostPanels = 6
	mostCurves = armColours
)

// layout is which factor is where in the figures of a grid.
type layout struct {
	along  dimension   // the horizontal axis
	curves *dimension  // nil where curves are by arm
	panels []dimension // all others
}

// layout lays out a grid; ok is false where no factor has numbers.
func (s *Sweep) layout(byArm bool) (l layout, ok bool) {
	rest := s.dimensions()
	most := func(fits func(*dimension) bool) int {
		best := -1
		for i := range rest {
			if fits(&rest[i]) && (best < 0 || len(rest[i].levels) > len(rest[best].levels)) {
				best = i
			}
		}
		return best
	}
	along := most(func(d *dimension) bool { return d.numeric() })
	if along < 0 {
		return l, false
	}
	for i := range rest { // of as many values, what somebody can choose
		if rest[i].numeric() && len(rest[i].levels) == len(rest[along].levels) && s.factors[rest[i].factor].Role == "lever" && s.factors[rest[along].factor].Role != "lever" {
			along = i
		}
	}
	l.along = rest[along]
	rest = slices.Delete(slices.Clone(rest), along, along+1)
	if i := most(func(d *dimension) bool { return !byArm && len(d.levels) <= mostCurves }); i >= 0 {
		curves := rest[i]
		l.curves = &curves
		rest = slices.Delete(rest, i, i+1)
	}
	l.panels = rest
	return l, true
}

// curve is a curve of such a figure: whose values it shows, and at which level of a second factor.
type curve struct {
	name, class string
	of          func(p, goal int) estimate
	level       string // text; empty for any
}

// responses shows how each measure answers to the factors of a grid.
func (s *Sweep) responses() []*Figure {
	var figures []*Figure
	for g := range s.goals {
		if len(s.arms) > 1 && s.controlMoves(g) {
			var curves []curve
			for a := range s.arms {
				curves = append(curves, curve{name: s.arms[a].called(), class: curveClass(a), of: func(p, goal int) estimate { return s.points[p].means[a][goal] }})
			}
			if l, ok := s.layout(true); ok {
				figures = append(figures, s.response(l, curves, g, "levels", "How "+s.words(g)+" of each arm goes with ", s.axisOf(result{0, g}), false))
			}
		}
		byArm := len(s.compared()) > 1
		l, ok := s.layout(byArm)
		if !ok {
			continue
		}
		var curves []curve
		for _, arm := range s.compared() {
			of := func(p, goal int) estimate { return s.at(p, result{arm, goal}) }
			if l.curves == nil {
				curves = append(curves, curve{name: s.arms[arm].called(), class: curveClass(arm), of: of})
				continue
			}
			for i, level := range l.curves.levels {
				f := &s.factors[l.curves.factor]
				curves = append(curves, curve{short(f.name) + " " + f.value(level), curveClass(i + arm), of, level.text})
			}
		}
		title := "How " + s.words(g) + " goes with "
		if len(s.arms) > 1 {
			title = "How the difference in " + s.words(g) + " goes with "
		}
		figures = append(figures, s.response(l, curves, g, "response", title, s.axisOf(result{s.compared()[0], g}), len(s.arms) > 1))
	}
	return figures
}

// controlMoves tells whether a measure of the control differs between points.
func (s *Sweep) controlMoves(g int) bool {
	low, high := math.Inf(1), math.Inf(-1)
	for p := range s.points {
		if x := s.points[p].means[0][g].mean; !math.IsNaN(x) {
			low, high = min(low, x), max(high, x)
		}
	}
	return high-low > 1e-9*math.Abs(high)
}

// response draws some curves over all panels of a layout.
func (s *Sweep) response(l layout, curves []curve, g int, id, title, axis string, change bool) *Figure {
	x := &s.factors[l.along.factor]
	f := &Figure{ID: fmt.Sprintf("%s-%d", id, g+1), Title: title + short(x.name), Table: Table{Head: []string{"point"}}}
	for _, c := range curves {
		f.Keys = append(f.Keys, Key{c.class, short(c.name)})
	}
	f.Keys = append(f.Keys, Key{"band", "95 % interval of each point, simulation error"})
	places, panels := s.panels(l)
	if len(panels) > 1 {
		axis = s.unitOf(g) // there is less room, and the title says of what
	}
	shown := plane{unit: axis, xTitle: x.axis(), log: x.Scale == "log", zero: change}
	lists := make([][]series, len(panels))
	for n := range panels {
		for _, c := range curves {
			one := s.along(l, c, g, places[n])
			lists[n] = append(lists[n], one)
			shown.y = append(shown.y, one.values()...)
		}
	}
	f.Reading = s.spanWords(g, change)
	if !change && len(s.arms) > 1 {
		f.Reading = s.levelWords(g)
	}
	if more := len(panels) - mostPanels; more > 0 {
		f.Reading += fmt.Sprintf("Of %d combinations of the other factors %d are drawn; all are in the table. ", len(panels), mostPanels)
	}
	s.pointTable(f, g, change)
	for n, name := range panels[:min(len(panels), mostPanels)] {
		f.drawFew(len(panels) > 1, name, f.Title+". "+name+". "+f.Reading, 220, func(c *canvas) { paintCurves(c, lists[n], shown) })
	}
	return f
}

// panels lists the points of each combination of a layout's other factors, and its name.
func (s *Sweep) panels(l layout) (points [][]int, names []string) {
	place := map[string]int{} // looked up, never walked
	var factors []int
	for _, d := range l.panels {
		factors = append(factors, d.factor)
	}
	for p := range s.points {
		name := s.settings(p, factors)
		i, ok := place[name]
		if !ok {
			i = len(names)
			place[name] = i
			names, points = append(names, name), append(points, nil)
		}
		points[i] = append(points[i], p)
	}
	return points, names
}

// along gathers a curve over some points.
func (s *Sweep) along(l layout, c curve, g int, points []int) series {
	one := series{class: c.class, name: c.name, marked: true}
	list := slices.DeleteFunc(slices.Clone(points), func(p int) bool {
		return c.level != "" && s.points[p].levels[l.curves.factor].text != c.level
	})
	at := func(p int) float64 { return s.points[p].levels[l.along.factor].value }
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(at(a), at(b)) })
	for _, p := range list {
		e := c.of(p, g)
		one.add(at(p), e.mean, e.low, e.high)
	}
	return one
}
