package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// mostPointRows is how many points are drawn one by one.
const mostPointRows = 24

// pointRows shows each measure at each point in a row of its own: for lists of points, factors without numbers, and
// studies that vary nothing.
func (s *Sweep) pointRows() []*Figure {
	var figures []*Figure
	for g := range s.goals {
		change := len(s.arms) > 1
		f := &Figure{ID: fmt.Sprintf("response-%d", g+1), Title: capital(s.words(g)) + " at each point"}
		if change {
			f.Title = "The difference in " + s.words(g) + " at each point"
		}
		f.Keys = []Key{{"point", "mean over replications"}, {"interval", "95 % interval, simulation error"}}
		f.Reading = s.spanWords(g, change)
		if len(s.points) > mostPointRows {
			f.Reading += fmt.Sprintf("The %d lowest and the %d highest of %d points are drawn. ", mostPointRows/2, mostPointRows/2, len(s.points))
		}
		s.pointTable(f, g, change)
		for _, arm := range s.compared() {
			r := result{arm, g}
			var rows []forestRow
			for _, p := range s.extremes(r) {
				e := s.at(p, r)
				rows = append(rows, forestRow{name: s.rowName(p), words: s.amount(e, r) + " " + s.unitOf(g), estimate: e, whole: noEstimate, beliefs: noEstimate})
			}
			if rows == nil {
				continue
			}
			f.draw(s.what(r), f.Title+". "+s.what(r)+". "+f.Reading, func(width float64) float64 { return forestHeight(rows, width) }, func(c *canvas) {
				paintForest(c, rows, s.axisOf(r), "", "", change)
			})
		}
		if f.Panels != nil {
			figures = append(figures, f)
		}
	}
	return figures
}

// rowName names a point in a row.
func (s *Sweep) rowName(p int) string {
	if len(s.factors) == 0 {
		return s.pointName(p)
	}
	return s.points[p].id + ": " + s.pointName(p)
}

// extremes lists the points to be drawn: all in their order where they are few, else the lowest and the highest.
func (s *Sweep) extremes(r result) []int {
	var list []int
	for p := range s.points {
		if !math.IsNaN(s.at(p, r).mean) {
			list = append(list, p)
		}
	}
	if len(list) <= mostPointRows {
		return list
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(s.at(a, r).mean, s.at(b, r).mean) })
	return slices.Concat(list[:mostPointRows/2], list[len(list)-mostPointRows/2:])
}
