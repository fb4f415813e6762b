package report

import (
	"fmt"
	"math"
	"slices"

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

const forestRowHeight = 46 // with name and words in one line

// forestRow is a row of a forest plot.
type forestRow struct {
	name, words string
	estimate
	whole   estimate // the interval that holds together with those of all rows
	beliefs estimate // the interval of what is not known of the inputs
}

func (s *Study) forest(id, title, measure, pairedBy, axis, less, more, note string) *Figure {
	var rows []*sim.ComparisonRow
	for _, a := range s.asked()[1:] {
		r := s.compared(a.Name, measure, pairedBy)
		if r == nil || r.Difference == nil {
			continue
		}
		rows = append(rows, r)
	}
	if rows == nil {
		return nil
	}
	unit := s.unit(rows[0])
	f := &Figure{ID: id, Title: title, Table: Table{Head: []string{"arm", "control, " + unit, "arm, " + unit, "difference, " + unit,
		"95 % interval", "simultaneous interval", "uncertainty interval", "relative"}}}
	f.Keys = []Key{{"point", "difference"}, {"interval", "95 % interval, simulation error"}, {"whole", "simultaneous: all rows of both figures hold at once"}}
	var drawn []forestRow
	for _, r := range rows {
		low, high, kind := intervalOf(r)
		n := digitsFor(orNaN(low), orNaN(high))
		relative := ""
		if r.RelativeChange != nil {
			relative = signedDecimals(100**r.RelativeChange, 1) + " %"
		}
		f.Table.add(s.called(r.Arm), number(orNaN(r.ControlMean)), number(orNaN(r.Mean)), signedDecimals(*r.Difference, n), between(r.CI95Low, r.CI95High, n),
			between(r.SimultaneousLow, r.SimultaneousHigh, n), between(r.UI95Low, r.UI95High, n), relative)
		f.Reading += fmt.Sprintf("%s: %s %s, 95 %% %s %s. ", s.called(r.Arm), signedDecimals(*r.Difference, n), unit, kind, between(low, high, n))
		drawn = append(drawn, forestRow{s.called(r.Arm), fmt.Sprintf("%s %s %s", signedDecimals(*r.Difference, n), unit, between(low, high, n)),
			estimate{*r.Difference, orNaN(r.CI95Low), orNaN(r.CI95High)}, estimate{*r.Difference, orNaN(r.SimultaneousLow), orNaN(r.SimultaneousHigh)},
			estimate{*r.Difference, orNaN(r.UI95Low), orNaN(r.UI95High)}})
	}
	f.Reading += note
	if s.manifest.Draws > 0 {
		f.Keys = append(f.Keys, Key{"beliefs", "95 % uncertainty interval, of the inputs"})
	}
	f.draw("", title+". "+f.Reading, func(width float64) float64 { return forestHeight(drawn, width) }, func(c *canvas) {
		paintForest(c, drawn, axis, less, more, true)
	})
	return f
}

// paintForest draws the rows about the line of no difference, or where they are no differences, about themselves.
func paintForest(c *canvas, rows []forestRow, axis, less, more string, differences bool) {
	var values []float64
	for _, r := range rows {
		values = append(values, r.mean)
		for _, e := range []estimate{r.estimate, r.whole, r.beliefs} {
			if e.known() {
				values = append(values, e.low, e.high)
			}
		}
	}
	if differences {
		values = append(values, 0)
	}
	bottom := c.height - axisRoom
	x, ticks := over(values, step, int(c.width/90), 8, c.width-8)
	if differences {
		if beside := 48.0; x.at(0) < beside && less != "" { // room for the words beside the line of no difference
			x.from = beside - (x.at(0) - x.from)
		} else if x.at(0) > c.width-beside && more != "" {
			x.to = c.width - beside
		}
		c.text("tick halo", x.at(0)-6, 11, "end", less)
		c.text("tick halo", x.at(0)+6, 11, "start", more)
	}
	c.xAxis(x, ticks, 16, bottom, axis)
	if differences {
		c.line("zero", x.at(0), 2, x.at(0), 16)
	}
	height := forestRowOf(rows, c.width)
	for i, r := range rows {
		below := c.headline(r.name, r.words, 20+float64(i)*height, height == forestRowHeight)
		if differences {
			c.line("zero", x.at(0), below+1, x.at(0), below+24) // not through the words
		}
		c.intervals(&r, x, below+12)
	}
}

// forestHeight is the height of a forest plot.
func forestHeight(rows []forestRow, width float64) float64 {
	return float64(len(rows))*forestRowOf(rows, width) + 20 + axisRoom
}

func forestRowOf(rows []forestRow, width float64) float64 {
	if slices.ContainsFunc(rows, func(r forestRow) bool { return !fits(r.name, r.words, width) }) {
		return forestRowHeight + textLine
	}
	return forestRowHeight
}

// known tells whether an interval is known.
func (e estimate) known() bool { return !math.IsNaN(e.low) && !math.IsNaN(e.high) }

// intervals draws a row's intervals and its point.
func (c *canvas) intervals(r *forestRow, x scale, y float64) {
	if r.beliefs.known() {
		c.rect("beliefs", x.at(r.beliefs.low), y-7, x.at(r.beliefs.high)-x.at(r.beliefs.low), 14, "95 % uncertainty interval")
	}
	if r.whole.known() {
		c.line("whole", x.at(r.whole.low), y, x.at(r.whole.high), y)
		c.line("whole", x.at(r.whole.low), y-4, x.at(r.whole.low), y+4)
		c.line("whole", x.at(r.whole.high), y-4, x.at(r.whole.high), y+4)
	}
	if r.known() {
		c.line("interval", x.at(r.low), y, x.at(r.high), y)
	}
	c.circle("point", x.at(r.mean), y, 5, short(r.name)+": "+r.words)
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
