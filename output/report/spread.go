package report

import (
	"fmt"
	"math"
)

// spread is how something is distributed: five of its quantiles.
type spread struct {
	group, name string     // rows of one group stand under its heading
	class       string     // of the arm
	q           [5]float64 // the quantiles of spreadShares
	limit       float64    // a threshold to be seen against, or NaN
}

// spreadShares are the quantiles that are drawn: whiskers, box, median.
var spreadShares = [5]float64{0.1, 0.25, 0.5, 0.75, 0.9}

const (
	spreadRow   = 36
	spreadGroup = 22
)

// spreadHeight is the height of rows with a heading for each group.
func spreadHeight(rows []spread) float64 {
	height := 6.0 + axisRoom
	for i := range rows {
		height += spreadRow
		if i == 0 || rows[i].group != rows[i-1].group {
			height += spreadGroup
		}
	}
	return height
}

// paintSpreads draws a box from quarter to quarter, whiskers from tenth to tenth, and the median.
func paintSpreads(c *canvas, rows []spread, by func(float64, int) float64, axis string, amount func(float64) string) {
	var values []float64
	for _, r := range rows {
		values = append(values, r.q[4], r.q[3], r.limit)
	}
	bottom := c.height - axisRoom
	x, ticks := around(values, by, int(c.width/70), 8, c.width-8)
	c.xAxis(x, ticks, 4, bottom, axis)
	y := 6.0
	for i, r := range rows {
		if i == 0 || r.group != rows[i-1].group {
			c.text("label group halo", 0, y+14, "start", fit(r.group, c.width, letter))
			y += spreadGroup
		}
		words := "median " + amount(r.q[2])
		c.text("label halo", 8, y+12, "start", fit(r.name, c.width-8-letter*float64(len(words)+2), letter))
		c.text("label value halo", c.width, y+12, "end", words)
		middle := y + 24
		tip := fmt.Sprintf("%s, %s: a tenth within %s, a quarter within %s, half within %s, three quarters within %s, nine tenths within %s",
			short(r.group), short(r.name), amount(r.q[0]), amount(r.q[1]), amount(r.q[2]), amount(r.q[3]), amount(r.q[4]))
		c.line("whisker", x.at(r.q[0]), middle, x.at(orHigh(r.q[4], x)), middle)
		c.rect("box "+r.class, x.at(r.q[1]), middle-7, x.at(orHigh(r.q[3], x))-x.at(r.q[1]), 14, tip)
		c.line("under", x.at(orHigh(r.q[2], x)), middle-8, x.at(orHigh(r.q[2], x)), middle+8)
		c.line("median", x.at(orHigh(r.q[2], x)), middle-8, x.at(orHigh(r.q[2], x)), middle+8)
		if !math.IsNaN(r.limit) {
			c.line("under", x.at(r.limit), middle-11, x.at(r.limit), middle+11)
			c.line("limit", x.at(r.limit), middle-11, x.at(r.limit), middle+11)
		}
		y += spreadRow
	}
}

// orHigh takes a quantile that falls among waits nobody saw the end of as beyond the axis.
func orHigh(q float64, x scale) float64 {
	if math.IsNaN(q) {
		return x.high
	}
	return q
}
