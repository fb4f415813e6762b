package report

import (
	"fmt"
	"math"

	"portalsim/sim"
)

// The headline differences as forest plots: a row for each arm, with its intervals, about the line of no difference.

const (
	byContact     = "contact"
	byReplication = "replication"
	evening       = "after_hours_min_per_clinician_week"
	firstResponse = "first_response_h_mean"
)

func waitDifference(s *Study) *Figure {
	return s.forest("wait-difference", "How much sooner or later patients get a first response", firstResponse, byContact,
		"difference in time to first response, h", "← sooner", "later →",
		"Only contacts that are portal threads in both arms enter, each against itself.")
}

func eveningDifference(s *Study) *Figure {
	return s.forest("evening-difference", "How many minutes less or more each clinician works after hours", evening, byReplication,
		"difference in after-hours minutes a week, min", "← fewer", "more →",
		"All minutes worked outside working hours count, whatever they are spent on.")
}

const forestRow = 46

func (s *Study) forest(id, title, measure, pairedBy, axis, less, more, note string) *Figure {
	var rows []*sim.ComparisonRow
	values := []float64{0}
	for _, a := range s.asked()[1:] {
		r := s.compared(a.Name, measure, pairedBy)
		if r == nil || r.Difference == nil {
			continue
		}
		rows = append(rows, r)
		for _, x := range []*float64{r.Difference, r.CI95Low, r.CI95High, r.UI95Low, r.UI95High, r.SimultaneousLow, r.SimultaneousHigh} {
			values = append(values, orNaN(x))
		}
	}
	if rows == nil {
		return nil
	}
	unit := s.unit(rows[0])
	f := &Figure{ID: id, Title: title, Table: Table{Head: []string{"arm", "control, " + unit, "arm, " + unit, "difference, " + unit,
		"95 % interval", "simultaneous interval", "uncertainty interval", "relative"}}}
	f.Keys = []Key{{"point", "difference"}, {"interval", "95 % interval, simulation error"}, {"whole", "simultaneous: all rows of both figures hold at once"}}
	for _, r := range rows {
		low, high, kind := intervalOf(r)
		n := digitsFor(orNaN(low), orNaN(high))
		relative := ""
		if r.RelativeChange != nil {
			relative = signedDecimals(100**r.RelativeChange, 1) + " %"
		}
		f.Table.add(short(r.Arm), number(orNaN(r.ControlMean)), number(orNaN(r.Mean)), signedDecimals(*r.Difference, n), between(r.CI95Low, r.CI95High, n),
			between(r.SimultaneousLow, r.SimultaneousHigh, n), between(r.UI95Low, r.UI95High, n), relative)
		f.Reading += fmt.Sprintf("%s: %s %s, 95 %% %s %s. ", short(r.Arm), signedDecimals(*r.Difference, n), unit, kind, between(low, high, n))
	}
	f.Reading += note
	if s.manifest.Draws > 0 {
		f.Keys = append(f.Keys, Key{"beliefs", "95 % uncertainty interval, of the inputs"})
	}
	f.draw("", title+". "+f.Reading, fixed(float64(len(rows)*forestRow+20+axisRoom)), func(c *canvas) {
		paintForest(c, rows, values, unit, axis, less, more)
	})
	return f
}

func paintForest(c *canvas, rows []*sim.ComparisonRow, values []float64, unit, axis, less, more string) {
	bottom := c.height - axisRoom
	x, ticks := around(values, step, int(c.width/90), 8, c.width-8)
	if beside := 48.0; x.at(0) < beside { // room for the words beside the line of no difference
		x.from = beside - (x.at(0) - x.from)
	} else if x.at(0) > c.width-beside {
		x.to = c.width - beside
	}
	c.text("tick halo", x.at(0)-6, 11, "end", less)
	c.text("tick halo", x.at(0)+6, 11, "start", more)
	c.xAxis(x, ticks, 16, bottom, axis)
	c.line("zero", x.at(0), 2, x.at(0), 16)
	for i, r := range rows {
		top := 20 + float64(i*forestRow)
		y := top + 28
		shownLow, shownHigh, _ := intervalOf(r)
		n := digitsFor(orNaN(shownLow), orNaN(shownHigh))
		words := fmt.Sprintf("%s %s %s", signedDecimals(*r.Difference, n), unit, between(shownLow, shownHigh, n))
		c.text("label halo", 0, top+12, "start", fit(r.Arm, c.width-letter*float64(len([]rune(words))+2), letter))
		c.text("label value halo", c.width, top+12, "end", words)
		if r.UI95Low != nil && r.UI95High != nil {
			c.rect("beliefs", x.at(*r.UI95Low), y-7, x.at(*r.UI95High)-x.at(*r.UI95Low), 14, "95 % uncertainty interval")
		}
		c.line("zero", x.at(0), top+17, x.at(0), top+40) // not through the words
		if low, high := orNaN(r.SimultaneousLow), orNaN(r.SimultaneousHigh); !math.IsNaN(low) && !math.IsNaN(high) {
			c.line("whole", x.at(low), y, x.at(high), y)
			c.line("whole", x.at(low), y-4, x.at(low), y+4)
			c.line("whole", x.at(high), y-4, x.at(high), y+4)
		}
		if low, high := orNaN(r.CI95Low), orNaN(r.CI95High); !math.IsNaN(low) && !math.IsNaN(high) {
			c.line("interval", x.at(low), y, x.at(high), y)
		}
		c.circle("point", x.at(*r.Difference), y, 5, short(r.Arm)+": "+words)
	}
}

// intervalOf returns the interval to tell first: that of the uncertainty of the inputs where there is one.
func intervalOf(r *sim.ComparisonRow) (low, high *float64, kind string) {
	if r.UI95Low != nil && r.UI95High != nil {
		return r.UI95Low, r.UI95High, "uncertainty interval"
	}
	return r.CI95Low, r.CI95High, "interval"
}

// unit returns the unit of a comparison, with the currency by its name.
func (s *Study) unit(r *sim.ComparisonRow) string {
	if r.Unit == "currency" {
		return s.currency
	}
	return r.Unit
}

// between writes an interval, or nothing where there is none.
func between(low, high *float64, n int) string {
	if low == nil || high == nil {
		return ""
	}
	return "[" + signedDecimals(*low, n) + ", " + signedDecimals(*high, n) + "]"
}
