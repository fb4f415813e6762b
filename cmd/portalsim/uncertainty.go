package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// drawing draws the inputs of a study: each draw serves the replications perDraw × draw and after, in every arm.
type drawing struct {
	study       *study
	uncertainty *scenarios.Uncertainty
	perDraw     int
	order       []int // the draws to make, in their order; nil for 0, 1, 2, …

	mutex  sync.Mutex
	made   map[int]*draw             // by number; the arms of a draw are dropped once its replications have them
	values map[int][]scenarios.Drawn // kept for the tables; nil where there are none
}

// draw is the arms under one draw of the inputs.
type draw struct {
	once sync.Once
	arms []experiment.Arm
	err  error
	left int // replications that still need them
}

func newDrawing(s *study, expressions []string) (*drawing, error) {
	u, err := source().Uncertainty(expressions, s.set)
	if err != nil {
		return nil, err
	}
	if inputs, variants := u.Inputs(); inputs+variants == 0 {
		return nil, &usage{"nothing in these arms is uncertain", "give a number a range, such as {value: 0.2, source: assumption, low: 0.1, high: 0.4}, or leave out --uncertainty"}
	}
	return &drawing{study: s, uncertainty: u, perDraw: s.perDraw(), made: map[int]*draw{}, values: map[int][]scenarios.Drawn{}}, nil
}

// perDraw returns the replications of each draw.
func (o *options) perDraw() int {
	if o.replications > 0 {
		return o.replications
	}
	return 2
}

// drawOptions returns the options that make the same draws, with a space before them.
func (o *options) drawOptions() string {
	switch {
	case !o.uncertainty:
		return ""
	case o.replications > 0:
		return fmt.Sprintf(" --uncertainty --replications %d", o.replications)
	}
	return " --uncertainty"
}

// draw returns the arms of a replication.
func (d *drawing) draw(replication int) ([]experiment.Arm, error) {
	number := replication / d.perDraw
	if d.order != nil {
		number = d.order[number]
	}
	d.mutex.Lock()
	made := d.made[number]
	if made == nil {
		made = &draw{left: d.perDraw}
		d.made[number] = made
	}
	if made.left--; made.left == 0 {
		delete(d.made, number)
	}
	d.mutex.Unlock()
	made.once.Do(func() { made.arms, made.err = d.make(number) })
	return made.arms, made.err
}

// make draws the inputs and keeps their values.
func (d *drawing) make(number int) ([]experiment.Arm, error) {
	drawn, values, err := d.uncertainty.Draw(d.study.seed, number)
	if err != nil {
		return nil, err
	}
	arms := make([]experiment.Arm, len(drawn))
	for i, a := range drawn {
		a.Model.Measured = drawn[0].Model.Measured
		arms[i] = d.study.arms[i]
		arms[i].Scenario = a.Model
	}
	d.mutex.Lock()
	if d.values != nil {
		d.values[number] = values
	}
	d.mutex.Unlock()
	return arms, nil
}

// rows returns a draw's rows of table draws.
func (d *drawing) rows(number int) []sim.DrawRow {
	d.mutex.Lock()
	values := d.values[number]
	d.mutex.Unlock()
	rows := make([]sim.DrawRow, len(values))
	for i, v := range values {
		rows[i] = sim.DrawRow{Point: sim.BasePoint, Draw: int32(number), Arm: v.Arm, Input: v.Path, Group: v.Group, Unit: v.Unit, Value: v.Value}
	}
	return rows
}

// series returns each input by draw, once: for an input whose values differ between arms, those of the first arm that
// has it, since the ranks are the same in all. Values that follow from others are no input.
func (d *drawing) series(draws int) []experiment.InputSeries {
	var list []experiment.InputSeries
	place := map[string]int{} // looked up, never walked
	for number := range draws {
		for _, v := range d.values[number] {
			if v.Derived {
				continue
			}
			name := v.Path
			if v.Group != "" {
				name = "group:" + v.Group
			}
			i, known := place[name]
			if !known {
				i = len(list)
				place[name] = i
				list = append(list, experiment.InputSeries{Name: name, Together: v.Together})
			}
			if len(list[i].Values) == number {
				list[i].Values = append(list[i].Values, v.Value)
			}
		}
	}
	return slices.DeleteFunc(list, func(in experiment.InputSeries) bool {
		return len(in.Values) < draws // an alternative of a structural variant has it, and others do not
	})
}

// drivers returns what drives a headline difference of an arm.
func (s *study) drivers(c *experiment.Collection, arm, headline int) []experiment.Driver {
	return c.Drivers(arm, headline, s.drawing.series(c.Draws()))
}

// driverRows returns table drivers.
func (s *study) driverRows(c *experiment.Collection) []sim.DriverRow {
	rows := []sim.DriverRow{}
	for a := 1; a < len(s.arms); a++ {
		if s.arms[a].Reference {
			continue
		}
		for i, measure := range sim.Headline {
			for _, d := range s.drivers(c, a, i) {
				row := sim.DriverRow{Point: sim.BasePoint, Control: s.arms[0].Name, Arm: s.arms[a].Name, Measure: measure, Input: d.Input,
					Rank: d.Rank, Draws: int32(c.CountedDraws(0, a))}
				if !math.IsNaN(d.Partial) {
					row.Partial, row.PHolm = &d.Partial, &d.PHolm
				}
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// printUncertain prints a headline difference where inputs are drawn: the uncertainty interval first.
func printUncertain(w io.Writer, s *study, c *experiment.Collection, arm, headline int, h *experiment.Headline) {
	n := headlineNames[headline]
	inputs := h.Change.Inputs
	if inputs.Indistinct() {
		fmt.Fprintf(w, "    %.*f to %.*f %s   difference %s %s  simulation interval %s: it hides what the inputs do; more replications a draw (--replications) would show it\n",
			n.digits, h.ControlMean, n.digits, h.ArmMean, n.unit, signed(h.Change.Mean, n.digits), n.unit, between(h.Change.Simulation, n.digits))
		return
	}
	fmt.Fprintf(w, "    %.*f to %.*f %s   difference %s %s (median over draws %s)  %.0f %% uncertainty interval %s\n", n.digits, h.ControlMean, n.digits, h.ArmMean, n.unit,
		signed(h.Change.Mean, n.digits), n.unit, signed(inputs.Median, n.digits), 100*s.confidence, between(h.Change.Uncertainty, n.digits))
	fmt.Fprintf(w, "    %s is better in %.0f %% of draws; simulation interval %s; the inputs make %.0f %% of the variance between replications\n",
		s.called(arm), 100*inputs.ShareBelow(0), between(h.Change.Simulation, n.digits), 100*inputs.InputShare())
	drivers := s.drivers(c, arm, headline)
	var words []string
	for _, d := range drivers {
		if len(words) < 5 && d.PHolm < 0.05 {
			words = append(words, fmt.Sprintf("%s (%+.2f)", d.Input, d.Partial))
		}
	}
	if words == nil {
		fmt.Fprintf(w, "    driven by: no input stands out\n")
		return
	}
	fmt.Fprintf(w, "    driven by (partial rank correlation): %s\n", strings.Join(words, ", "))
}

// printDraws says what the uncertainty intervals are, and what is not in them.
func (s *study) printDraws(w io.Writer, c *experiment.Collection) {
	inputs, variants := s.drawing.uncertainty.Inputs()
	text := count(inputs, "uncertain input")
	if variants > 0 {
		text += " and " + count(variants, "structural variant")
	}
	held := 0
	for _, in := range inputRows(s.loaded) {
		if in.Arm == s.arms[0].Name && in.Held {
			held++
		}
	}
	fmt.Fprintf(w, "\nUncertainty intervals: the middle %.0f %% over %s of %s, %s each, simulation error taken out.\n", 100*s.confidence, count(c.Draws(), "draw"), text, count(c.PerDraw(), "replication"))
	if held > 0 {
		fmt.Fprintf(w, "%s of %s without a range held fixed.\n", count(held, "assumption"), s.called(0))
	}
	fmt.Fprintf(w, "They are as good as the ranges in the files: most are assumptions, the effects of education among them. Burden here is workload, not burnout.\n")
	s.printLeftOut(w, c)
	s.printPlaces(w)
}

// plausible returns the ranges of the first arm's scenario.
func (d *drawing) plausible() []experiment.Plausible {
	return plausibleOf(d.study.loaded[0].Plausible())
}

func plausibleOf(ranges []scenarios.PlausibleRange) []experiment.Plausible {
	var list []experiment.Plausible
	for _, p := range ranges {
		list = append(list, experiment.Plausible{Measure: p.Measure, Low: p.Low, High: p.High})
	}
	return list
}

// printLeftOut prints how many draws are left out, and why.
func (s *study) printLeftOut(w io.Writer, c *experiment.Collection) {
	ranges := s.loaded[0].Plausible()
	outside, all := make([]int, len(ranges)), 0
	for d := range c.Draws() {
		list := c.Outside(d)
		for _, i := range list {
			outside[i]++
		}
		if len(list) > 0 {
			all++
		}
	}
	if all > 0 {
		fmt.Fprintf(w, "Left out: %d of %s, which make %s no clinic of the kind meant (plausible):\n", all, count(c.Draws(), "draw"), s.called(0))
	}
	for i, r := range ranges {
		if outside[i] > 0 {
			fmt.Fprintf(w, "  %s %s under %d\n", r.Text, beyond(r), outside[i])
		}
	}
	for a := range s.arms {
		if n := c.UnsettledDraws(a); n > 0 {
			fmt.Fprintf(w, "Left out: under %d of %s %s never settles (%s).\n", n, count(c.Draws(), "draw"), s.called(a), strings.Join(c.Grew(a), ", "))
		}
	}
}

// beyond says in words what lies outside a range.
func beyond(r scenarios.PlausibleRange) string {
	switch {
	case math.IsInf(r.Low, -1):
		return "above " + number(r.High)
	case math.IsInf(r.High, 1):
		return "below " + number(r.Low)
	}
	return "outside " + number(r.Low) + " to " + number(r.High)
}
