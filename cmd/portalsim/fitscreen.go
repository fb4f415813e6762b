package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"portalsim/scenarios"
	"portalsim/scenarios/messagelog"
)

// printFit prints what a log says beside what the scenario has.
func printFit(w io.Writer, f *messagelog.Fit, arm *scenarios.Arm) {
	l := f.Log
	fmt.Fprintf(w, "%s from %s to %s (%.1f weeks)%s\n", count(l.Rows, "row"), messagelog.Date(l.First), messagelog.Date(l.Last), float64(l.Last-l.First+1)/7, whoWrote(f))
	for _, n := range []struct {
		rows int
		what string
	}{{l.LeftOut, "are of types left out"}, {l.Outside, "lie outside --from and --to"}, {l.OnHolidays, "open threads on holidays of the scenario, and count for no rate"}} {
		if n.rows > 0 {
			fmt.Fprintf(w, "  %s %s\n", count(n.rows, "row"), n.what)
		}
	}
	if l.Answered > 0 {
		fmt.Fprintf(w, "  %d of %s answered, after %s h on average: to be compared with what a simulation gives\n", l.Answered, count(l.Rows-l.LeftOut-l.Outside, "message"), number(l.WaitHours/float64(l.Answered)))
	}
	if !math.IsNaN(f.TopThird) {
		fmt.Fprintf(w, "  the third of all patients who write most wrote %.0f %% of it\n", 100*f.TopThird)
	}
	if l.Unread != nil {
		fmt.Fprintf(w, "  columns not read: %s\n", strings.Join(l.Unread, ", "))
	}
	fmt.Fprintln(w)
	printEstimates(w, f, arm)
	for _, r := range f.Remarks {
		fmt.Fprintf(w, "Note: %s\n", r)
	}
	fmt.Fprintln(w, "\nNot estimated")
	for _, m := range f.Missing {
		fmt.Fprintf(w, "  %s: %s\n", m.What, m.Why)
	}
}

// printEstimates prints the estimates as a table, if there are any.
func printEstimates(w io.Writer, f *messagelog.Fit, arm *scenarios.Arm) {
	if len(f.Estimates) == 0 {
		fmt.Fprintf(w, "No number of a scenario can be estimated from this log: an overlay of it changes nothing.\n")
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "estimate\tlog\t95 %% interval\t%s\tfrom\n", arm.Name)
	for i := range f.Estimates {
		e := &f.Estimates[i]
		interval := ""
		if !math.IsNaN(e.Interval.Low) {
			interval = fmt.Sprintf("[%s, %s]", messagelog.Number(e.Interval.Low)+e.Unit, messagelog.Number(e.Interval.High)+e.Unit)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", e.Dotted(), messagelog.Number(e.Value)+e.Unit, interval, e.Now, e.Base)
	}
	t.Flush()
}

// whoWrote says how many patients wrote, of how many.
func whoWrote(f *messagelog.Fit) string {
	switch {
	case f.Log.Patients == 0:
		return ""
	case f.Panel == 0:
		return fmt.Sprintf("; %s wrote", count(f.Log.Patients, "patient"))
	}
	return fmt.Sprintf("; %d of %s wrote", f.Log.Patients, count(f.Panel, "patient"))
}
