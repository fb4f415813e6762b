package report

import (
	"math"
	"slices"
	"unicode/utf8"
)

// bar is a row of a chart of horizontal bars: a name, what it comes to in words, and one strip or two.
type bar struct {
	name, words string
	strips      []strip
	mark        float64 // a second value, shown as a stroke across the strips; NaN for none
}

// strip is one bar from 0, with its interval.
type strip struct {
	class         string
	to, low, high float64
	tip           string
}

const (
	stripHeight = 11.0
	textLine    = 16.0
)

// fits tells whether a name and its words have room beside each other.
func fits(name, words string, width float64) bool {
	return letter*float64(utf8.RuneCountInString(name)+utf8.RuneCountInString(words)+2) <= width
}

// inOneLine tells whether all names and words of some bars have room beside each other.
func inOneLine(rows []bar, width float64) bool {
	return !slices.ContainsFunc(rows, func(r bar) bool { return !fits(r.name, r.words, width) })
}

// headline writes a row's name and its words, beside each other or in two lines, and returns where what is below begins.
func (c *canvas) headline(name, words string, top float64, oneLine bool) float64 {
	c.text("label halo", 0, top+12, "start", fit(name, c.width, letter))
	if oneLine {
		c.text("label value halo", c.width, top+12, "end", words)
		return top + textLine
	}
	c.text("label value halo", 0, top+12+textLine, "start", fit(words, c.width, letter))
	return top + 2*textLine
}

// barsHeight is the height of a chart of bars.
func barsHeight(rows []bar, width float64) float64 {
	height := 4.0 + axisRoom
	for _, r := range rows {
		height += barHeight(r, inOneLine(rows, width))
	}
	return height
}

func barHeight(r bar, oneLine bool) float64 {
	height := textLine + stripHeight*float64(len(r.strips)) + 8
	if !oneLine {
		height += textLine
	}
	return height
}

// barAxis returns a scale over values and 0, and its ticks. Where they reach below 0 by less than half a step, such as the interval of
// a share that is next to nothing, the axis begins at the least of them, and its ticks at 0.
func barAxis(values []float64, width float64) (scale, []float64) {
	x, ticks := around(values, step, int(width/80), 8, width-8)
	least := 0.0
	for _, v := range values {
		if !math.IsInf(v, 0) && v < least {
			least = v
		}
	}
	if len(ticks) > 2 && ticks[1] == 0 && -least < -ticks[0]/2 {
		x.low, ticks = least, ticks[1:]
	}
	return x, ticks
}

// paintBars draws bars from 0. axis is the title of the axis, and beyond what it must hold besides.
func paintBars(c *canvas, rows []bar, axis string, beyond ...float64) {
	values := beyond
	for _, r := range rows {
		values = append(values, r.mark)
		for _, s := range r.strips {
			values = append(values, s.to, s.low, s.high)
		}
	}
	x, ticks := barAxis(values, c.width)
	c.xAxis(x, ticks, 4, c.height-axisRoom, axis)
	oneLine := inOneLine(rows, c.width)
	y := 4.0
	for _, r := range rows {
		top := y
		y += barHeight(r, oneLine)
		top = c.headline(r.name, r.words, top, oneLine)
		for i, s := range r.strips {
			c.strip(s, x, top+stripHeight*float64(i))
		}
		c.line("zero", x.at(0), top-1, x.at(0), top+stripHeight*float64(len(r.strips)))
		if !math.IsNaN(r.mark) {
			c.line("under", x.at(r.mark), top-2, x.at(r.mark), top+stripHeight*float64(len(r.strips))+1)
			c.line("answers", x.at(r.mark), top-2, x.at(r.mark), top+stripHeight*float64(len(r.strips))+1)
		}
	}
}

// strip draws one bar with its whisker.
func (c *canvas) strip(s strip, x scale, top float64) {
	if math.IsNaN(s.to) {
		return
	}
	from, to := min(x.at(0), x.at(s.to)), max(x.at(0), x.at(s.to))
	c.rect(s.class, from, top, max(to-from, 0.5), stripHeight-1, s.tip)
	if !math.IsNaN(s.low) && !math.IsNaN(s.high) {
		middle := top + (stripHeight-1)/2
		c.line("error", x.at(s.low), middle, x.at(s.high), middle)
		c.line("error", x.at(s.low), middle-3, x.at(s.low), middle+3)
		c.line("error", x.at(s.high), middle-3, x.at(s.high), middle+3)
	}
}
