package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// turns shows how each measure answers to one factor at a time, in a panel for each of the factors that move it most.
func (s *Sweep) turns() []*Figure {
	var figures []*Figure
	for g := range s.goals {
		change := len(s.arms) > 1
		first := result{s.compared()[0], g}
		f := &Figure{ID: fmt.Sprintf("response-%d", g+1), Title: "How " + s.words(g) + " goes with each factor by itself"}
		if change {
			f.Title = "How the difference in " + s.words(g) + " goes with each factor by itself"
		}
		for _, arm := range s.compared() {
			f.Keys = append(f.Keys, Key{curveClass(arm), s.arms[arm].called()})
		}
		f.Keys = append(f.Keys, Key{"band", "95 % interval of each point, simulation error"})
		shown := plane{unit: s.axisOf(first), zero: change}
		drawn, all := s.turned(first)
		if len(drawn) > 1 {
			shown.unit = s.unitOf(g) // there is less room, and the title says of what
		}
		lists := make([][]series, len(drawn))
		for n, d := range drawn {
			for _, arm := range s.compared() {
				one := s.turn(d, result{arm, g})
				lists[n] = append(lists[n], one)
				shown.y = append(shown.y, one.values()...)
			}
		}
		f.Reading = s.spanWords(g, change)
		if more := all - len(drawn); more > 0 {
			f.Reading += fmt.Sprintf("The %d factors that move it most are drawn, of %d with numbers. ", len(drawn), all)
		}
		f.Reading += "All panels have one vertical scale; the other factors are as they stand. "
		s.pointTable(f, g, change)
		for n, d := range drawn {
			here := shown
			here.xTitle, here.log = s.factors[d.factor].axis(), s.factors[d.factor].Scale == "log"
			name := short(s.factors[d.factor].name)
			f.drawFew(len(drawn) > 1, name, f.Title+". "+name+". "+f.Reading, 200, func(c *canvas) { paintCurves(c, lists[n], here) })
		}
		if drawn != nil {
			figures = append(figures, f)
		}
	}
	return figures
}

// turned lists the factors to be drawn for a result, the strongest first, and says how many there are.
func (s *Sweep) turned(r result) (drawn []dimension, all int) {
	place := map[string]int{} // by strength; looked up, never walked
	for i, row := range s.sensitivityOf(r) {
		place[row.Factor] = i + 1
	}
	var list []dimension
	for _, d := range s.dimensions() {
		if d.numeric() {
			list = append(list, d)
		}
	}
	rank := func(d dimension) int {
		f := &s.factors[d.factor]
		return cmp.Or(place[f.Path], place[f.Group], math.MaxInt)
	}
	slices.SortStableFunc(list, func(a, b dimension) int { return cmp.Compare(rank(a), rank(b)) })
	return list[:min(len(list), mostPanels)], len(list)
}

// turn gathers the points at which a factor, or its group, moves alone, and the one at which nothing does.
func (s *Sweep) turn(d dimension, r result) series {
	one := series{class: curveClass(r.arm), name: s.arms[r.arm].called(), marked: true}
	var list []int
	for p := range s.points {
		alone := true
		for i := range s.factors {
			together := i == d.factor || s.factors[i].Group != "" && s.factors[i].Group == s.factors[d.factor].Group
			alone = alone && (together || s.points[p].levels[i].text == s.points[0].levels[i].text)
		}
		if p == 0 || alone && s.points[p].levels[d.factor].text != s.points[0].levels[d.factor].text {
			list = append(list, p)
		}
	}
	at := func(p int) float64 { return s.points[p].levels[d.factor].value }
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(at(a), at(b)) })
	for _, p := range list {
		e := s.at(p, r)
		one.add(at(p), e.mean, e.low, e.high)
	}
	return one
}
