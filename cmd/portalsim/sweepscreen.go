package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"portalsim/output"
	studies "portalsim/scenarios/study"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// mostPrinted is how many points the screen shows; the tables have all.
const mostPrinted = 24

// sweepAnswer is what a sweep prints: of each measure of interest, its mean or its difference at each point.
type sweepAnswer struct {
	w        *sweep
	outcomes []outcome
	lines    [][]string   // by block, see blocks: one line a point
	analysis *sensitivity // nil where the design gives none
	rows     []sim.SensitivityRow
	choice   *sweepChoice // nil where the study does not ask for the best
	front    *sweepFront  // nil where it has none
}

func newSweepAnswer(w *sweep, outcomes []outcome) *sweepAnswer {
	a := &sweepAnswer{w: w, outcomes: outcomes}
	a.lines = make([][]string, len(a.blocks()))
	a.analysis, a.choice, a.front = newSensitivity(w, a.blocks()), newSweepChoice(w, outcomes), newSweepFront(w)
	return a
}

// failed notes a point without results.
func (a *sweepAnswer) failed(p int) {
	if a.front != nil {
		a.front.add(nil)
	}
	if a.analysis != nil {
		a.analysis.add(nil)
	}
}

// conclude does what needs all points: it takes the outputs apart by factor, and finds the front.
func (a *sweepAnswer) conclude() {
	if a.analysis != nil {
		a.rows = a.analysis.rows()
	}
	if a.front != nil {
		a.front.find()
	}
}

// sweepBlock is one measure of interest in one arm.
type sweepBlock struct{ arm, measure int }

// blocks lists what is printed: differences from the control, or means where there is one arm.
func (a *sweepAnswer) blocks() []sweepBlock {
	var list []sweepBlock
	arms := len(a.w.study.Standing)
	for m := range a.w.interest {
		for arm := min(1, arms-1); arm < arms; arm++ {
			list = append(list, sweepBlock{arm, m})
		}
	}
	return list
}

// add keeps a point's lines.
func (a *sweepAnswer) add(p int, c *experiment.Collection) {
	for i, b := range a.blocks() {
		if len(a.lines[i]) < mostPrinted {
			a.lines[i] = append(a.lines[i], a.line(p, b, c))
		}
	}
	if a.analysis != nil {
		a.analysis.add(c)
	}
	if a.front != nil {
		a.front.add(c)
	}
}

// line writes one point of a block.
func (a *sweepAnswer) line(p int, b sweepBlock, c *experiment.Collection) string {
	cells := []string{a.w.study.ID(p)}
	for _, l := range a.w.study.Levels(p) {
		cells = append(cells, levelText(l))
	}
	in := a.w.interest[b.measure]
	switch {
	case c.NeverSettles(0) || c.NeverSettles(b.arm):
		cells = append(cells, "never settles")
	case b.arm == 0:
		mean, _, interval := stats.MeanInterval(c.Known(0, in.Row), 0.95)
		cells = append(cells, number(mean), fmt.Sprintf("[%s, %s]", number(interval.Low), number(interval.High)))
	default:
		pair := c.InterestPair(b.arm, in)
		control, _, _ := stats.MeanInterval(pair.Control, 0.95)
		e := c.Compare(pair, 0.95)
		cells = append(cells, number(control), number(e.Mean), fmt.Sprintf("[%s, %s]", number(e.Simulation.Low), number(e.Simulation.High)))
	}
	return strings.Join(cells, "\t")
}

// factorHeads writes the factors with their units: of each as many last steps of its path as tell it from the others.
func factorHeads(factors []studies.Factor) []string {
	var names []string
	for _, f := range factors {
		names = append(names, f.Name)
	}
	heads := shortest(names)
	for i, f := range factors {
		if f.Unit != "" && f.Unit != "1" {
			heads[i] += " (" + f.Unit + ")"
		}
	}
	return heads
}

// shortest returns, of dotted paths, as many last steps as tell them apart, and at least two: value alone says little.
func shortest(paths []string) []string {
	list := make([]string, len(paths))
	for i, path := range paths {
		steps := strings.Split(path, ".")
		for n := min(2, len(steps)); n <= len(steps); n++ {
			list[i] = strings.Join(steps[len(steps)-n:], ".")
			alike := func(other string) bool { return other == list[i] || strings.HasSuffix(other, "."+list[i]) }
			if others := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !alike(p) }); len(others) == 1 {
				break
			}
		}
	}
	return list
}

// levelText writes the value of a factor for the screen.
func levelText(l studies.Level) string {
	if math.IsNaN(l.Value) {
		return l.Text
	}
	return number(l.Value)
}

// print prints the answer.
func (a *sweepAnswer) print(out io.Writer) {
	w := bufio.NewWriter(out)
	defer w.Flush()
	s := a.w.study
	if s.File.Title != "" {
		fmt.Fprintf(w, "%s: %s\n", s.File.Name, s.File.Title)
	}
	fmt.Fprintf(w, "%s (%s), %s each, seed %d\n", count(s.Points(), "point"), s.Kind, a.replications(), a.w.seed)
	if a.analysis == nil { // else the answer is by factor
		for i, b := range a.blocks() {
			a.printBlock(w, b, a.lines[i])
		}
	}
	if a.analysis != nil {
		a.analysis.print(w, a.rows)
	}
	if a.choice != nil {
		a.choice.print(w)
	}
	if a.front != nil {
		a.front.print(w)
	}
	a.printReach(w)
	if warnings := a.w.overworked(a.outcomes); warnings != nil {
		fmt.Fprintf(w, "\n%s\n", strings.Join(warnings, "\n"))
	}
	fmt.Fprintf(w, "\n95 %% t-intervals over replications, the same ones at every point: simulation error only. Burden here is workload, not burnout.\n")
	if a.w.out != "" {
		fmt.Fprintf(w, "Tables: %s\n", a.w.out)
	}
	if a.w.report {
		fmt.Fprintf(w, "Report: %s\n", filepath.Join(a.w.out, output.ReportFile))
	}
}

// replications says how many each point has.
func (a *sweepAnswer) replications() string {
	least, most := math.MaxInt, 0
	for _, o := range a.outcomes {
		if o.hasResults() {
			least, most = min(least, o.replications), max(most, o.replications)
		}
	}
	if least >= most {
		return count(most, "replication")
	}
	return fmt.Sprintf("%d to %d replications", least, most)
}

func (a *sweepAnswer) printBlock(w io.Writer, b sweepBlock, lines []string) {
	s, in := a.w.study, a.w.interest[b.measure]
	what := s.Standing[b.arm].Label
	head := []string{"point"}
	head = append(head, factorHeads(s.Factors)...)
	if b.arm == 0 {
		head = append(head, "mean", "interval")
	} else {
		what += " against " + s.Standing[0].Label
		if in.ByContact {
			what += ", same contacts"
		}
		head = append(head, s.Standing[0].Label, "difference", "interval")
	}
	fmt.Fprintf(w, "\n%s (%s), %s\n", in.Row.Name(), in.Row.Unit, what)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "  %s\n", strings.Join(head, "\t"))
	for _, line := range lines {
		fmt.Fprintf(t, "  %s\n", line)
	}
	t.Flush()
	if slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, number(math.NaN())) }) {
		fmt.Fprintln(w, "  unknown: fewer than two replications had measures.min_events of what is averaged; a longer run.measure has more")
	}
	if left := s.Points() - len(lines); left > 0 {
		where := "add --out DIR for all"
		if a.w.out != "" {
			where = "all are in the tables"
		}
		fmt.Fprintf(w, "  and %s not shown; %s\n", count(left, "point"), where)
	}
}

// printReach says whether the half-widths wanted were reached, and what was last to reach its own.
func (a *sweepAnswer) printReach(w io.Writer) {
	if !a.w.study.Sequential() {
		return
	}
	var short []string
	last, names := map[string]int{}, []string{}
	for p, o := range a.outcomes {
		if o.last == "" {
			continue
		}
		if last[o.last] == 0 {
			names = append(names, o.last)
		}
		last[o.last]++
		if o.reach > 1 {
			short = append(short, fmt.Sprintf("%s (%s, %.2f times the half-width wanted)", a.w.study.ID(p), o.last, o.reach))
		}
	}
	fmt.Fprintln(w)
	for _, name := range names {
		fmt.Fprintf(w, "Last to be precise: %s, at %s\n", name, count(last[name], "point"))
	}
	if short != nil {
		fmt.Fprintf(w, "Not as precise as wanted after %d replications at most: %s; raise precision.at_most or --at-most\n", a.w.study.Replications(), someOf(short, ", "))
	}
}
