package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"portalsim/sim"
)

// The front: which choices no other betters by all of some measures, seen by each pair of them.

// option is one choice: an arm, in a study under values of its levers.
type option struct {
	name   string
	arm    int // decides the colour
	values []estimate
	on     bool
	share  float64 // of resampled replications in which it is on the front
	number int     // on the front, from 1; else 0
}

// aim is a measure of the front.
type aim struct {
	words, unit string
	higher      bool
}

func (a *aim) axis() string { return capital(a.words) + ", " + a.unit }

// better says which way the aims should go.
func better(aims []aim) string {
	var more []string
	for _, a := range aims {
		if a.higher {
			more = append(more, a.words)
		}
	}
	switch len(more) {
	case 0:
		return "Of each, less is better: the front lies to the left and below."
	case len(aims):
		return "Of each, more is better: the front lies to the right and above."
	default:
		return "Of " + joined(more) + " more is better, of the others less."
	}
}

// frontFigure shows options by each pair of aims; nil where there are fewer than two of either.
func frontFigure(arms []Arm, aims []aim, options []option, note string) *Figure {
	if len(aims) < 2 || len(options) < 2 {
		return nil
	}
	slices.SortStableFunc(options, func(a, b option) int {
		if a.on != b.on {
			return map[bool]int{true: -1, false: 1}[a.on]
		}
		return cmp.Compare(a.values[0].mean, b.values[0].mean)
	})
	f := &Figure{ID: "front", Title: "Choices that no other betters in " + joined(aimWords(aims)) + " together", Table: Table{Head: []string{"choice", "number in the drawing"}}}
	for i, a := range arms {
		if slices.ContainsFunc(options, func(o option) bool { return o.arm == i }) {
			f.Keys = append(f.Keys, Key{armClass(i), a.called()})
		}
	}
	f.Keys = append(f.Keys, Key{"point off", "bettered by another choice"})
	for _, a := range aims {
		f.Table.Head = append(f.Table.Head, a.words+", "+a.unit, "95 % interval")
	}
	f.Table.Head = append(f.Table.Head, "on the front", "share of resamples on it")
	var named []string
	for i := range options {
		o := &options[i]
		cells := []string{o.name, ""}
		if o.on {
			o.number = i + 1
			cells[1] = fmt.Sprint(o.number)
			named = append(named, fmt.Sprintf("%d %s (%s of resamples)", o.number, o.name, percent(o.share)))
		}
		for _, e := range o.values {
			cells = append(cells, estimateCells(e, decimals)...)
		}
		if i < mostRows {
			f.Table.add(append(cells, map[bool]string{true: "yes", false: "no"}[o.on], percent(o.share))...)
		}
	}
	const mostNamed = 8
	f.Reading = fmt.Sprintf("%d of %s are on the front. They are: %s", len(named), count(len(options), "choice"), strings.Join(named[:min(len(named), mostNamed)], "; "))
	if len(named) == 1 {
		f.Reading = fmt.Sprintf("1 of %s is on the front: it is at least as good as every other by each measure. It is: %s", count(len(options), "choice"), named[0])
	}
	if more := len(named) - mostNamed; more > 0 {
		f.Reading += fmt.Sprintf("; and %d more in the table", more)
	}
	f.Reading += ". " + better(aims) + " "
	if len(named) > 1 {
		f.Reading += "Which of them is best is a matter of what an hour of wait, an evening minute and a unit of money are worth to whoever decides. "
	}
	f.Reading += "A share of resamples well below 100 % says that chance could have put the choice elsewhere. " + note
	if len(options) > mostRows {
		f.Reading += fmt.Sprintf(" The table here holds %d of %d choices, those on the front first; the others are small dots.", mostRows, len(options))
	}
	for i := range aims {
		for j := i + 1; j < len(aims); j++ {
			name := capital(aims[j].words) + " against " + aims[i].words
			f.drawFew(len(aims) > 2, name, f.Title+". "+name+". "+f.Reading, 280, func(c *canvas) { paintFront(c, aims, options, i, j) })
		}
	}
	return f
}

func aimWords(aims []aim) []string {
	var list []string
	for _, a := range aims {
		list = append(list, a.words)
	}
	return list
}

// paintFront draws the options over two aims, those of the front last, with their numbers where there is room.
func paintFront(c *canvas, aims []aim, options []option, i, j int) {
	p := plane{unit: aims[j].axis(), xTitle: aims[i].axis()}
	for _, o := range options {
		p.x, p.y = append(p.x, o.values[i].mean), append(p.y, o.values[j].mean)
	}
	at := p.axes(c, nil)
	c.cloud(options[min(len(options), mostRows):], i, j, at)
	for _, o := range slices.Backward(options[:min(len(options), mostRows)]) {
		x, y := at.x.at(o.values[i].mean), at.y.at(o.values[j].mean)
		if math.IsNaN(x) || math.IsNaN(y) {
			continue
		}
		tip := fmt.Sprintf("%s: %s %s, %s %s", o.name, number(o.values[i].mean), aims[i].unit, number(o.values[j].mean), aims[j].unit)
		if !o.on {
			c.circle("off off"+string(rune('0'+o.arm%armColours)), x, y, 3.5, tip)
			continue
		}
		c.circle(armClass(o.arm), x, y, 6, tip)
	}
	var placed [][2]float64
	for _, o := range options {
		x, y := at.x.at(o.values[i].mean), at.y.at(o.values[j].mean)
		near := func(q [2]float64) bool { return math.Abs(q[0]-x) < 18 && math.Abs(q[1]-y) < 12 }
		if o.on && !math.IsNaN(x) && !math.IsNaN(y) && !slices.ContainsFunc(placed, near) {
			placed = append(placed, [2]float64{x, y})
			anchor, beside := "start", 8.0
			if x > at.right-24 {
				anchor, beside = "end", -8
			}
			c.text("label halo", x+beside, y-5, anchor, fmt.Sprint(o.number))
		}
	}
}

// cloud draws the options beyond those that the table holds as small dots: thousands of marks with a tip each would swamp
// the page.
func (c *canvas) cloud(options []option, i, j int, at chart) {
	for arm := range armColours {
		var xs, ys []float64
		for _, o := range options {
			if o.arm%armColours == arm {
				xs, ys = append(xs, at.x.at(o.values[i].mean)), append(ys, at.y.at(o.values[j].mean))
			}
		}
		if xs != nil {
			c.dots("dots dots"+string(rune('0'+arm)), xs, ys)
		}
	}
}

// frontOf is the front of a study's arms.
func frontOf(s *Study) *Figure {
	var aims []aim
	var rows []sim.MeasureRow
	var options []option
	for _, choice := range s.choices {
		if choice.OnFront == nil {
			return nil
		}
		if aims == nil {
			aims, rows = aimsOf(choice.Front, s.currency)
		}
		o := option{name: s.called(choice.Arm), arm: slices.IndexFunc(s.arms, func(a Arm) bool { return a.Name == choice.Arm }), on: *choice.OnFront, share: orNaN(choice.FrontShare)}
		for _, row := range rows {
			o.values = append(o.values, s.meanOf(choice.Arm, row))
		}
		options = append(options, o)
	}
	return frontFigure(s.arms, aims, options, "Each choice is an arm.")
}

// meanOf returns the mean of any measure of an arm.
func (s *Study) meanOf(arm string, want sim.MeasureRow) estimate {
	for i := range s.summary {
		r := &s.summary[i]
		row := sim.MeasureRow{Measure: r.Measure, Type: r.Type, Channel: r.Channel, Pool: r.Pool, Role: r.Role, Staff: r.Staff}
		if r.Arm == arm && row.Name() == want.Name() {
			return estimate{orNaN(r.Mean), orNaN(r.CI95Low), orNaN(r.CI95High)}
		}
	}
	return noEstimate
}

// aimsOf reads the measures of a front.
func aimsOf(names, currency string) (aims []aim, rows []sim.MeasureRow) {
	for name := range strings.FieldsSeq(names) {
		row, err := sim.MeasureNamed(name)
		if err != nil {
			return nil, nil // of another version
		}
		a := aim{words: measureWords(&row)}
		for _, m := range sim.Measures() {
			if m.Name == row.Measure {
				a.unit, a.higher = unitWords(m.Unit, currency), m.Better == sim.Higher
			}
		}
		aims, rows = append(aims, a), append(rows, row)
	}
	return aims, rows
}

// front is the front of a sweep's choices of arms and levers, each over its points.
func (s *Sweep) front() *Figure {
	var aims []aim
	var goals []int
	var options []option
	place := map[string]int{} // of options; looked up, never walked
	points := []float64{}
	levers := s.levers()
	for i, choice := range s.choices {
		if choice.OnFront == nil {
			return nil
		}
		if aims == nil {
			aims, goals = s.aims(choice.Front)
		}
		p, arm := i/len(s.arms), i%len(s.arms)
		name := s.called(choice.Arm)
		if setting := s.settings(p, levers); setting != "" {
			name += " at " + setting
		}
		n, ok := place[name]
		if !ok {
			n = len(options)
			place[name] = n
			o := option{name: name, arm: arm, on: *choice.OnFront, share: orNaN(choice.FrontShare)}
			for range goals {
				o.values = append(o.values, estimate{0, math.NaN(), math.NaN()})
			}
			options, points = append(options, o), append(points, 0)
		}
		points[n]++
		for k, g := range goals {
			e := s.points[p].means[arm][g]
			if options[n].values[k].mean += e.mean; points[n] == 1 {
				options[n].values[k] = e
			} else {
				options[n].values[k].low, options[n].values[k].high = math.NaN(), math.NaN()
			}
		}
	}
	note := "Each choice is an arm under values of the levers."
	for n := range options {
		for k := range options[n].values {
			options[n].values[k].mean /= points[n]
		}
		if points[n] > 1 {
			note = fmt.Sprintf("Each choice is an arm under values of the levers, averaged over %.0f combinations of what is uncertain, all counted alike.", points[n])
		}
	}
	return frontFigure(s.arms, aims, options, note)
}

// levers lists the factors that somebody can choose.
func (s *Sweep) levers() []int {
	var list []int
	for i := range s.factors {
		if s.factors[i].Role == "lever" {
			list = append(list, i)
		}
	}
	return list
}

// aims reads the measures of the front, which are goals of the study.
func (s *Sweep) aims(names string) (aims []aim, goals []int) {
	for name := range strings.FieldsSeq(names) {
		row, err := sim.MeasureNamed(name)
		if err != nil {
			return nil, nil
		}
		for g := range s.goals {
			if s.goals[g].same(row) {
				aims, goals = append(aims, aim{s.words(g), s.unitOf(g), s.goals[g].higher}), append(goals, g)
			}
		}
	}
	return aims, goals
}
