package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"portalsim/sim/stats"
)

// Points spread over all factors: each as a dot over one factor, with the mean of the points in stretches of it.

const (
	mostDots   = 250 // of an arm in a panel
	mostArms   = 3   // in a panel
	fewestInto = 8   // points of a stretch
	mostParts  = 10  // stretches of a factor
)

// scatters shows each measure over the factors that drive it most.
func (s *Sweep) scatters() []*Figure {
	var figures []*Figure
	for g := range s.goals {
		arms := s.compared()[:min(len(s.compared()), mostArms)]
		first := result{arms[0], g}
		f := &Figure{ID: fmt.Sprintf("response-%d", g+1), Title: s.scatterTitle(g)}
		for _, arm := range arms {
			f.Keys = append(f.Keys, Key{"dots dots" + string(rune('0'+arm%armColours)), s.arms[arm].called() + ", a point"}, Key{curveClass(arm), "mean of the points in a stretch"})
		}
		if s.independent() {
			f.Keys = append(f.Keys, Key{"band", "95 % interval of that mean, over points"})
		}
		shown := plane{unit: s.axisOf(first), zero: len(s.arms) > 1}
		for p := range s.points {
			for _, arm := range arms {
				shown.y = append(shown.y, s.at(p, result{arm, g}).mean)
			}
		}
		drawn, all := s.turned(first)
		if len(drawn) > 1 {
			shown.unit = s.unitOf(g) // there is less room, and the title says of what
		}
		f.Reading = s.spanWords(g, len(s.arms) > 1) + s.scatterWords(len(drawn), all, len(arms))
		s.pointTable(f, g, len(s.arms) > 1)
		for _, d := range drawn {
			name := short(s.factors[d.factor].name)
			here := shown
			here.xTitle, here.log = s.factors[d.factor].axis(), s.factors[d.factor].Scale == "log"
			f.drawFew(len(drawn) > 1, name, f.Title+". "+name+". "+f.Reading, 210, func(c *canvas) { s.paintScatter(c, d, arms, g, here) })
		}
		if drawn != nil {
			figures = append(figures, f)
		}
	}
	return figures
}

func (s *Sweep) scatterTitle(g int) string {
	if len(s.arms) > 1 {
		return "How the difference in " + s.words(g) + " goes with the factors, over all points"
	}
	return "How " + s.words(g) + " goes with the factors, over all points"
}

// scatterWords says what is drawn of the points, and what is not.
func (s *Sweep) scatterWords(drawn, all, arms int) string {
	text := "In each panel all other factors vary, too: the spread about the curve is theirs. "
	if len(s.points) > mostDots {
		text += fmt.Sprintf("A panel shows %d of %d points as dots, evenly taken; its curve rests on all. ", mostDots, len(s.points))
	}
	if drawn < all {
		text += fmt.Sprintf("The %d factors that drive it most are drawn, of %d with numbers. ", drawn, all)
	}
	if more := len(s.compared()) - arms; more > 0 {
		text += fmt.Sprintf("The first %d arms are drawn, of %d. ", arms, len(s.compared()))
	}
	return text
}

// independent tells whether the points are no repetitions of each other's coordinates, so that an interval over them means
// something.
func (s *Sweep) independent() bool { return s.entry.Design != "saltelli" && s.entry.Design != "morris" }

func (s *Sweep) paintScatter(c *canvas, d dimension, arms []int, g int, shown plane) {
	for _, l := range d.levels {
		shown.x = append(shown.x, l.value)
	}
	at := shown.axes(c, nil)
	for _, arm := range arms {
		var xs, ys []float64
		for _, p := range evenly(len(s.points), mostDots) {
			xs, ys = append(xs, at.x.at(s.points[p].levels[d.factor].value)), append(ys, at.y.at(s.at(p, result{arm, g}).mean))
		}
		c.dots("dots dots"+string(rune('0'+arm%armColours)), xs, ys)
	}
	for _, arm := range arms {
		one := s.stretches(d, result{arm, g})
		c.curve(&one, at)
	}
}

// evenly returns at most so many of the numbers from 0 to n, evenly taken.
func evenly(n, most int) []int {
	var list []int
	for i := range min(n, most) {
		list = append(list, i*n/min(n, most))
	}
	return list
}

// stretches averages a result over the points in stretches of a factor that hold as many points each, or by its values
// where they are few.
func (s *Sweep) stretches(d dimension, r result) series {
	one := series{class: curveClass(r.arm), name: s.arms[r.arm].called(), marked: true}
	var list []int
	for p := range s.points {
		if !math.IsNaN(s.at(p, r).mean) {
			list = append(list, p)
		}
	}
	at := func(p int) float64 { return s.points[p].levels[d.factor].value }
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(at(a), at(b)) })
	parts := max(1, min(len(list)/fewestInto, mostParts))
	for from, n := 0, 0; from < len(list); n++ {
		to := max(from+1, (n+1)*len(list)/parts)
		if len(d.levels) <= mostParts {
			to = from + 1
			for to < len(list) && at(list[to]) == at(list[from]) {
				to++
			}
		}
		var values []float64
		x := 0.0
		for _, p := range list[from:to] {
			values = append(values, s.at(p, r).mean)
			x += at(p) / float64(to-from)
		}
		mean, _, interval := stats.MeanInterval(values, 0.95)
		if !s.independent() || len(values) < 2 {
			interval = stats.Interval{Low: math.NaN(), High: math.NaN()}
		}
		one.add(x, mean, interval.Low, interval.High)
		from = to
	}
	return one
}

// dots draws many small dots as one shape, whose line has round ends and no length.
func (c *canvas) dots(class string, xs, ys []float64) {
	d := ""
	for i := range xs {
		if !math.IsNaN(xs[i]) && !math.IsNaN(ys[i]) {
			d += pen(true) + coordinate(xs[i]) + " " + coordinate(ys[i]) + "h.01"
		}
	}
	c.shape(class, d, "")
}
