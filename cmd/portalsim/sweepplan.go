package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"portalsim/output"
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// printPlan lists the points and what running them would take, and runs nothing.
func (w *sweep) printPlan() error {
	out := bufio.NewWriter(w.io.out)
	defer out.Flush()
	s := w.study
	fmt.Fprintf(out, "%s: %s of %s (%s), seed %d\n", s.File.Name, count(s.Points(), "point"), count(len(s.Standing), "arm"), s.Kind, w.seed)
	for i, a := range s.Standing {
		role := ""
		if i == 0 && len(s.Standing) > 1 {
			role = "  (the control)"
		}
		fmt.Fprintf(out, "  arm %s: %s%s\n", a.Name, a.Expression, role)
	}
	for _, f := range s.Factors {
		fmt.Fprintf(out, "  factor %s (%s)\n", f.Name, f.Role)
	}
	for _, m := range s.Interest {
		fmt.Fprintf(out, "  measure %s\n", m.Name)
	}
	w.planPoints(out)
	w.planCost(out)
	fmt.Fprint(out, w.planLimits())
	return nil
}

// planPoints lists the points.
func (w *sweep) planPoints(out *bufio.Writer) {
	s := w.study
	if len(s.Factors) == 0 {
		return
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	head := []string{"point"}
	head = append(head, factorHeads(s.Factors)...)
	fmt.Fprintf(t, "  %s\n", strings.Join(head, "\t"))
	for p := range min(s.Points(), mostPrinted) {
		cells := []string{s.ID(p)}
		for _, l := range s.Levels(p) {
			cells = append(cells, levelText(l))
		}
		fmt.Fprintf(t, "  %s\n", strings.Join(cells, "\t"))
	}
	t.Flush()
	if left := s.Points() - mostPrinted; left > 0 {
		fmt.Fprintf(out, "  and %s\n", count(left, "more point"))
	}
}

// planCost prints replications, time and bytes.
func (w *sweep) planCost(out *bufio.Writer) {
	s := w.study
	first := w.firstLook()
	text := count(first, "replication") + " of each point and arm"
	if s.Open() {
		text = fmt.Sprintf("%d replications of each point and arm at first, at most %d", first, lastLook(s.Replications()))
	}
	fmt.Fprintf(out, "Replications: %s\n", text)
	runs, rows := first*w.distinctRuns(), s.Points()*first*len(s.Standing)*len(w.interestRows())
	each, how := w.costOfRun()
	took := func(share float64) string {
		return roughly(time.Duration(share * float64(runs) * float64(each) / float64(w.jobs)))
	}
	fmt.Fprintf(out, "Time: about %s on %s (%s a replication of an arm, %s), less what pieces hold\n", took(1), count(w.jobs, "core"), roughly(each), how)
	if share, begun := w.shareLeft(); begun {
		fmt.Fprintf(out, "Left: about %.0f of %s of an arm, %s\n", share*float64(runs), count(runs, "replication"), took(share))
	}
	tables := float64(rows)*tableBytes + describedBytes
	for _, a := range s.Standing {
		tables += float64(len(a.Expand())) // in the manifest
	}
	fmt.Fprintf(out, "Bytes: about %s of tables with their description and %s of pieces\n", bytesText(tables), bytesText(float64(runs)*pieceBytes))
}

// distinctRuns returns how many arms of points are simulated: an arm that no factor changes once for all points. Only the
// first and the last point are looked at.
func (w *sweep) distinctRuns() int {
	runs := 0
	first, err1 := w.study.Compose(0)
	last, err2 := w.study.Compose(w.study.Points() - 1)
	for i := range w.study.Standing {
		if err1 == nil && err2 == nil && !w.together && first[i].Fingerprint() == last[i].Fingerprint() {
			runs++
			continue
		}
		runs += w.study.Points()
	}
	return runs
}

// lastLook returns the largest look that a cap allows.
func lastLook(most int) int {
	n := experiment.Stage(0)
	for experiment.Stage(n) <= most {
		n = experiment.Stage(n)
	}
	return n
}

// Measured on studies of the baseline with the usual pieces: bytes of table replications a row, and of pieces a
// replication of an arm; a row of the smaller tables weighs little beside them. The tables have schemas, and the data
// package describes them, however few the rows.
const (
	tableBytes     = 10
	pieceBytes     = 1600
	describedBytes = 45_000
)

// costOfRun returns the expected time of a replication of an arm: of the pieces that are there, or by rule of thumb from
// the work offered.
func (w *sweep) costOfRun() (time.Duration, string) {
	if w.out != "" {
		if _, err := os.Stat(w.out); err == nil {
			if each, ok := output.CostOfPieces(w.out); ok {
				return time.Duration(each * float64(time.Second)), "as the pieces there took"
			}
		}
	}
	sum := time.Duration(0)
	for _, a := range w.study.Standing {
		sum += expectedCost(a.Model)
	}
	return sum / time.Duration(len(w.study.Standing)), "by rule of thumb"
}

// perOfferedHour is the computer's time for an hour of the clinic's work: the baseline, with 92 of them a week, takes some
// 40 ms a year on a core of 2024. Other computers and clinics may be off by a factor of two or three.
const perOfferedHour = 7 * time.Microsecond

// expectedCost is the expected time of a replication.
func expectedCost(s *sim.Scenario) time.Duration {
	weekly := 0.0 // hours
	for _, l := range sim.Loads(s) {
		weekly += l.Offered
	}
	weeks := (s.WarmUp + s.Measure).Hours() / 168
	return time.Duration(weekly * weeks * float64(perOfferedHour))
}

// roughly writes a time with two digits or so.
func roughly(d time.Duration) string {
	switch {
	case d >= time.Minute:
		return d.Round(time.Second).String()
	case d >= time.Second:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(100 * time.Microsecond).String()
}

// bytesText writes a number of bytes.
func bytesText(n float64) string {
	for _, unit := range []string{"B", "kB", "MB", "GB"} {
		if n < 1000 {
			return fmt.Sprintf("%.3g %s", n, unit)
		}
		n /= 1000
	}
	return fmt.Sprintf("%.3g TB", n)
}
