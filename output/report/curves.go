package report

import (
	"fmt"
	"math"
	"slices"
)

// series is a curve with the band in which its points lie.
type series struct {
	class            string
	name             string
	at, y, low, high []float64
	marked           bool // with a mark at each point
}

func (x *series) add(at, y, low, high float64) {
	x.at, x.y, x.low, x.high = append(x.at, at), append(x.y, y), append(x.low, low), append(x.high, high)
}

// values returns all that the series shows.
func (x *series) values() []float64 { return slices.Concat(x.y, x.low, x.high) }

func curveClass(i int) string { return fmt.Sprintf("curve curve%d", i%armColours) }

// plane is what curves are drawn on.
type plane struct {
	unit   string // title of the vertical axis
	xTitle string
	xStep  func(span float64, n int) float64 // step where nil
	log    bool                              // the horizontal axis is logarithmic
	zero   bool                              // the vertical axis holds 0, with a line of its own
	x, y   []float64                         // values that the axes hold beside those of the curves
}

// chart is a plane with its scales.
type chart struct {
	x, y             scale
	left, right, top float64
}

// axes draws the axes about all values of some curves.
func (p *plane) axes(c *canvas, list []series) chart {
	xs, ys := slices.Clone(p.x), slices.Clone(p.y)
	for i := range list {
		xs, ys = append(xs, list[i].at...), append(ys, list[i].values()...)
	}
	if p.zero {
		ys = append(ys, 0)
	}
	xStep := p.xStep
	if xStep == nil {
		xStep = step
	}
	at := chart{right: c.width - 8, top: 24}
	bottom := c.height - axisRoom
	var ticks []float64
	at.y, ticks = over(ys, step, 5, bottom, at.top)
	at.left = yRoom(ticks)
	c.yAxis(at.y, ticks, at.left, at.right, p.unit)
	if n := int((at.right - at.left) / 60); p.log {
		at.x, ticks = overLog(xs, n, at.left, at.right)
	} else {
		at.x, ticks = over(xs, xStep, n, at.left, at.right)
	}
	c.xAxis(at.x, ticks, at.top, bottom, p.xTitle)
	if p.zero {
		c.line("zero", at.left, at.y.at(0), at.right, at.y.at(0))
	}
	return at
}

func paintCurves(c *canvas, list []series, p plane) {
	at := p.axes(c, list)
	for i := range list {
		c.curve(&list[i], at)
	}
}

// curve draws one curve on its band.
func (c *canvas) curve(s *series, at chart) {
	if d := bandPath(s, at); d != "" {
		c.shape(s.class+" band", d, "")
	}
	xs, ys := make([]float64, len(s.at)), make([]float64, len(s.at))
	for i := range s.at {
		xs[i], ys[i] = at.x.at(s.at[i]), at.y.at(s.y[i])
	}
	c.path(s.class, xs, ys, short(s.name))
	for i := range xs {
		if s.marked && !math.IsNaN(ys[i]) {
			c.circle("knot "+s.class, xs[i], ys[i], 3.5, fmt.Sprintf("%s, at %s: %s %s", short(s.name), number(s.at[i]), number(s.y[i]), between(&s.low[i], &s.high[i], digitsFor(s.low[i], s.high[i]))))
		}
	}
}

// bandPath goes along the upper ends and back along the lower ones, of each stretch in which all are known.
func bandPath(s *series, at chart) string {
	d := ""
	for from := 0; from < len(s.at); {
		to := from
		for to < len(s.at) && !math.IsNaN(s.low[to]) && !math.IsNaN(s.high[to]) {
			to++
		}
		for i := from; i < to; i++ {
			d += pen(i == from) + coordinate(at.x.at(s.at[i])) + " " + coordinate(at.y.at(s.high[i]))
		}
		for i := to - 1; i >= from; i-- {
			d += pen(false) + coordinate(at.x.at(s.at[i])) + " " + coordinate(at.y.at(s.low[i]))
		}
		if to > from {
			d += "Z"
		}
		from = max(to, from+1)
	}
	return d
}

// pen is the letter of a path's language for a move or a line.
func pen(lifted bool) string {
	if lifted {
		return "M"
	}
	return "L"
}
