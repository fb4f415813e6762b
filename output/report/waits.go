package report

import (
	"fmt"
	"math"

	"portalsim/sim"
)

// waitsByType shows how the waits of each message type are distributed in each arm.
func waitsByType(s *Study) *Figure {
	portal := s.control().Scenario.Channels[0].Name
	f := &Figure{
		ID: "waits-by-type", Title: "Time to first response of portal messages, by type",
		Keys:  append([]Key{{"whisker", "from the shortest tenth to the longest tenth"}, {"median", "half wait less"}}, armKeys(s.asked())...),
		Table: Table{Head: []string{"type", "arm", "threads a replication", "5 %", "25 %", "50 %", "75 %", "90 %", "95 %", "within 24 h"}},
	}
	var rows []spread
	for _, kind := range append([]string{sim.All}, typesOf(s.control())...) {
		name := kind
		if kind == sim.All {
			name = "all types"
		}
		for i, a := range s.asked() {
			at := func(share float64) float64 { return s.waits.of(waitKey{a.Name, kind, portal, share}) }
			if math.IsNaN(at(0.05)) {
				continue
			}
			r := spread{group: name, name: a.called(), class: armClass(i), limit: math.NaN()}
			for q, share := range spreadShares {
				r.q[q] = at(share)
			}
			rows = append(rows, r)
			cells := []string{short(name), a.called(), number(s.threads(a.Name, kind, portal))}
			for _, share := range []float64{0.05, 0.25, 0.5, 0.75, 0.9, 0.95} {
				cells = append(cells, hours(at(share)))
			}
			f.Table.add(append(cells, percentOrNothing(s.within(a.Name, kind, portal, 24)))...)
			if kind == sim.All {
				f.Reading += fmt.Sprintf("%s: half of all portal messages get a first response within %s, nine tenths within %s. ", a.called(), hours(at(0.5)), hours(at(0.9)))
			}
		}
	}
	if rows == nil {
		return nil
	}
	f.Reading += "Each point is the mean over replications; the differences that count are those above, contact by contact."
	f.draw("", f.Title+". "+f.Reading, fixed(spreadHeight(rows)), func(c *canvas) {
		paintSpreads(c, rows, stepOfHours, "time to first response, clock hours", hours)
	})
	return f
}

func typesOf(a *Arm) []string {
	var names []string
	for i := range a.Scenario.Types {
		names = append(names, a.Scenario.Types[i].Name)
	}
	return names
}

// threads returns the mean number of threads of a type by a channel.
func (s *Study) threads(arm, kind, channel string) float64 {
	for i := range s.summary {
		r := &s.summary[i]
		if r.Arm == arm && r.Measure == "threads_n" && r.Type == kind && r.Channel == channel {
			return orNaN(r.Mean)
		}
	}
	return math.NaN()
}

// within returns the share of threads with a first response within so many hours, between the points of table waits.
func (s *Study) within(arm, kind, channel string, hours float64) float64 {
	last, before := 0.0, 0.0
	for _, key := range s.waits.keys {
		if key.arm != arm || key.kind != kind || key.channel != channel {
			continue
		}
		wait := s.waits.of(key)
		if wait > hours {
			if wait == before {
				return last
			}
			return last + (key.share-last)*(hours-before)/(wait-before)
		}
		last, before = key.share, wait
	}
	return math.NaN() // more than the last point
}

// hours writes a wait: in minutes below an hour.
func hours(x float64) string {
	switch {
	case math.IsNaN(x):
		return "longer than seen"
	case x < 1:
		return number(math.Round(600*x)/10) + " min"
	default:
		return number(x) + " h"
	}
}

func percentOrNothing(x float64) string {
	if math.IsNaN(x) {
		return "over 99 %"
	}
	return percent(x)
}
