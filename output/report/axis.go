package report

import (
	"math"
	"unicode/utf8"
)

// xAxis draws an axis below a stretch from top to bottom, with a line of its grid at each tick, and its title.
func (c *canvas) xAxis(s scale, ticks []float64, top, bottom float64, title string) {
	for i, x := range ticks {
		at := s.at(x)
		c.line("grid", at, top, at, bottom)
		anchor := "middle"
		switch {
		case i == len(ticks)-1 && at > c.width-12:
			anchor = "end"
		case at < 12:
			anchor = "start"
		}
		c.text("tick", at, bottom+14, anchor, tickText(x, ticks))
	}
	c.text("axis", c.width/2, bottom+30, "middle", fit(title, c.width, letter))
}

// yAxis draws an axis at the left of a stretch, with a line of its grid at each tick, and its title above.
func (c *canvas) yAxis(s scale, ticks []float64, left, right float64, title string) {
	for _, y := range ticks {
		c.line("grid", left, s.at(y), right, s.at(y))
		c.text("tick", left-5, s.at(y)+4, "end", tickText(y, ticks))
	}
	c.text("axis", 0, s.to-10, "start", fit(title, c.width, letter))
}

// tickText writes a value at an axis, with as many decimals as tell its ticks apart.
func tickText(x float64, ticks []float64) string {
	uneven := len(ticks) > 2 && math.Abs(ticks[2]-2*ticks[1]+ticks[0]) > 1e-6*math.Abs(ticks[2]-ticks[1])
	if len(ticks) < 2 || uneven || math.Abs(x) >= 1e9 {
		return number(x)
	}
	by, digits := ticks[1]-ticks[0], 0
	for scaled := by; digits < 6 && math.Abs(scaled-math.Round(scaled)) > 1e-6*scaled; scaled *= 10 {
		digits++
	}
	if by < 1e-6 {
		return number(x)
	}
	return decimals(x, digits)
}

// yRoom is the width that the texts of a yAxis take.
func yRoom(ticks []float64) float64 {
	most := 0
	for _, y := range ticks {
		most = max(most, utf8.RuneCountInString(tickText(y, ticks)))
	}
	return max(44, tickLetter*float64(most)+8)
}

// axisRoom is the height that an xAxis takes below its stretch.
const axisRoom = 36
