package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
)

// tableSet is the tables of one study while they are being written.
type tableSet struct {
	study        *study
	directory    *output.Directory
	replications *output.Table[sim.MeasureRow]
	pairs        *output.Table[sim.PairRow]
	urgentPairs  *output.Table[sim.UrgentPairRow]
	staffDays    *output.Table[sim.StaffDayRow]
	hours        *output.Table[sim.HourRow]
	weeks        *output.Table[sim.WeekRow]
	flows        *output.Table[sim.FlowRow]
	waits        *output.Table[sim.WaitRow]
	threads      *output.Table[sim.ThreadRow]
	events       *output.Table[sim.EventRow]
	staffStates  *output.Table[sim.StaffStateRow]
	draws        *output.Table[sim.DrawRow]
}

func openTables(d *output.Directory, s *study) *tableSet {
	return &tableSet{study: s, directory: d}
}

// create creates a table at its first use, so that a study has only the tables that it fills.
func create[T any](d *output.Directory, table **output.Table[T], name string) (err error) {
	if *table == nil {
		*table, err = output.Create[T](d, name)
	}
	return err
}

// write appends rows to a table.
func write[T any](d *output.Directory, table **output.Table[T], name string, rows []T) error {
	if err := create(d, table, name); err != nil {
		return err
	}
	return (*table).Write(rows)
}

// add writes one replication's rows.
func (t *tableSet) add(r *experiment.Replication) error {
	for a, result := range r.Arms {
		if err := t.addResult(result, r.Threads[a], t.study.arms[a].Name, int32(r.Number)); err != nil {
			return err
		}
	}
	if d := t.study.drawing; d != nil && r.Number%d.perDraw == 0 {
		if err := write(t.directory, &t.draws, "draws", d.rows(r.Number/d.perDraw)); err != nil {
			return err
		}
	}
	if len(t.study.arms) < 2 {
		return nil
	}
	if err := write(t.directory, &t.urgentPairs, "urgent_pairs", r.UrgentPairs); err != nil {
		return err
	}
	return write(t.directory, &t.pairs, "pairs", r.Pairs)
}

// addResult writes the rows of one arm in one replication.
func (t *tableSet) addResult(result *sim.Result, threads []sim.ThreadRow, arm string, replication int32) error {
	for i := range result.Rows {
		row := &result.Rows[i]
		row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
	}
	for i := range result.StaffDays {
		row := &result.StaffDays[i]
		row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
	}
	for i := range threads {
		row := &threads[i]
		row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
	}
	if err := write(t.directory, &t.replications, "replications", result.Rows); err != nil {
		return err
	}
	if err := write(t.directory, &t.staffDays, "staff_days", result.StaffDays); err != nil {
		return err
	}
	if t.study.threadLog != "none" {
		if err := write(t.directory, &t.threads, "threads", threads); err != nil {
			return err
		}
	}
	if err := t.createLog(); err != nil {
		return err
	}
	if err := t.addLog(result.Log, arm, replication); err != nil {
		return err
	}
	if result.Course == nil { // the arm outgrew its limit
		return nil
	}
	return t.addCourse(result.Course, arm, replication)
}

// addCourse writes the rows that show the course of one arm in one replication.
func (t *tableSet) addCourse(c *sim.Course, arm string, replication int32) error {
	for i := range c.Hours {
		row := &c.Hours[i]
		row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
	}
	for i := range c.Weeks {
		row := &c.Weeks[i]
		row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
	}
	for i := range c.Flows {
		row := &c.Flows[i]
		row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
	}
	for i := range c.Waits {
		row := &c.Waits[i]
		row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
	}
	return errors.Join(
		write(t.directory, &t.hours, "hours", c.Hours), write(t.directory, &t.weeks, "weeks", c.Weeks),
		write(t.directory, &t.flows, "flows", c.Flows), write(t.directory, &t.waits, "waits", c.Waits),
	)
}

// finish writes what is known only at the end, and puts everything in place.
func (t *tableSet) finish(c *experiment.Collection) error {
	var summary *output.Table[sim.SummaryRow]
	var comparisons *output.Table[sim.ComparisonRow]
	var inputs *output.Table[sim.InputRow]
	if err := write(t.directory, &summary, "summary", c.Summary()); err != nil {
		return err
	}
	if len(t.study.arms) > 1 {
		if err := write(t.directory, &comparisons, "comparisons", c.Comparisons()); err != nil {
			return err
		}
	}
	if err := write(t.directory, &inputs, "inputs", inputRows(t.study.loaded)); err != nil {
		return err
	}
	if t.study.drawing != nil && len(t.study.arms) > 1 {
		var drivers *output.Table[sim.DriverRow]
		if err := write(t.directory, &drivers, "drivers", t.study.driverRows(c)); err != nil {
			return err
		}
		if rows := t.study.informationRows(c); rows != nil {
			var information *output.Table[sim.InformationRow]
			if err := write(t.directory, &information, "value_of_information", rows); err != nil {
				return err
			}
		}
	}
	if rows := t.study.choiceRows(c); rows != nil {
		var choices *output.Table[sim.ChoiceRow]
		if err := write(t.directory, &choices, "choices", rows); err != nil {
			return err
		}
	}
	return t.directory.Commit(t.manifest(c))
}

func (t *tableSet) manifest(c *experiment.Collection) output.Manifest {
	m := output.Manifest{
		Seed: t.study.seed, Replications: c.Replications(), Confidence: 0.95, RandomNumbers: random.Scheme,
		Command: t.study.command, Run: output.NewOccasion(t.study.started, t.study.jobs),
		Notes: t.study.notes(c), Draws: c.Draws(),
	}
	for i, a := range t.study.loaded {
		m.Arms = append(m.Arms, output.Arm{Name: a.Name, Label: a.Label, Title: a.Title, Reference: t.study.arms[i].Reference, Text: a.Expand(), Layers: a.Layers})
	}
	return m
}

const tablesHelp = `
Prints, as Markdown, every table with its columns, and every measure with its unit and definition.
`

func prepareTables(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, args []string, io stdio) error {
		if len(args) > 0 {
			return &usage{"tables takes no arguments", "see portalsim help tables"}
		}
		for _, t := range output.Tables() {
			fmt.Fprintf(io.out, "### Table `%s`\n\n%s\n\nRow order: %s\n\n| column | type | unit | meaning |\n|---|---|---|---|\n", t.Name, t.Doc, t.RowOrder)
			for _, c := range t.Columns {
				kind := c.Type
				if c.Nullable {
					kind += ", may be null"
				}
				fmt.Fprintf(io.out, "| `%s` | %s | %s | %s |\n", c.Name, kind, c.Unit, c.Doc)
			}
			fmt.Fprintln(io.out)
		}
		fmt.Fprint(io.out, "### Measures\n\n| measure | unit | better | definition |\n|---|---|---|---|\n")
		better := map[sim.Better]string{sim.Lower: "lower", sim.Neither: "", sim.Higher: "higher"}
		for _, m := range sim.Measures() {
			fmt.Fprintf(io.out, "| `%s` | %s | %s | %s |\n", m.Name, m.Unit, better[m.Better], m.Doc)
		}
		return nil
	}
}
