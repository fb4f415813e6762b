package main

import (
	"context"
	"fmt"
	"strings"

	"portalsim/output"
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// sweepTables is the tables of a sweep while they are being written; without a directory they are not.
type sweepTables struct {
	directory    *output.Directory
	points       *output.Table[sim.PointRow]
	replications *output.Table[sim.MeasureRow]
	summary      *output.Table[sim.SummaryRow]
	comparisons  *output.Table[sim.ComparisonRow]
}

// merge writes the tables from the pieces, point by point in their order, and returns what to print. What is in memory
// at a time is one point. A signal ends it between two points.
func (w *sweep) merge(ctx context.Context, directory *output.Directory, outcomes []outcome) (*sweepAnswer, error) {
	tables := &sweepTables{directory: directory}
	answer := newSweepAnswer(w, outcomes)
	for p := range outcomes {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		o := &outcomes[p]
		if err := tables.addPoint(w.pointRows(p, o)); err != nil {
			return nil, err
		}
		if !o.hasResults() {
			answer.failed(p)
			continue
		}
		blocks, err := w.blocks(o)
		if err != nil {
			return nil, err
		}
		c := w.collect(p, blocks, o.replications)
		if err := tables.add(w, p, o, blocks, c); err != nil {
			return nil, err
		}
		answer.add(p, c)
	}
	answer.conclude()
	if directory == nil {
		return answer, nil
	}
	return answer, tables.finish(w, answer)
}

// finish writes the tables that are about all points, and puts everything in place.
func (t *sweepTables) finish(w *sweep, a *sweepAnswer) error {
	var inputs *output.Table[sim.InputRow]
	if err := write(t.directory, &inputs, "inputs", inputRows(w.study.Standing)); err != nil {
		return err
	}
	if rows := a.choiceRows(); rows != nil {
		var choices *output.Table[sim.ChoiceRow]
		if err := write(t.directory, &choices, "choices", rows); err != nil {
			return err
		}
	}
	if a.rows != nil {
		var table *output.Table[sim.SensitivityRow]
		if err := write(t.directory, &table, "sensitivity", a.rows); err != nil {
			return err
		}
	}
	return t.directory.Commit(w.manifest(a.outcomes))
}

// blocks reads the pieces of a point.
func (w *sweep) blocks(o *outcome) ([][]*output.Piece, error) {
	blocks := make([][]*output.Piece, len(o.keys))
	for i, key := range o.keys {
		for have := 0; have < o.replications; {
			piece := w.kept(w.pieces, key, have)
			if piece == nil {
				return nil, fmt.Errorf("a piece of replication %d has been damaged or removed during the run; run the same command again", have)
			}
			blocks[i] = append(blocks[i], piece)
			have = piece.To
		}
	}
	return blocks, nil
}

// pointRows returns a point's rows of table points.
func (w *sweep) pointRows(p int, o *outcome) []sim.PointRow {
	row := sim.PointRow{Point: w.study.ID(p), Status: o.status, Replications: int32(o.replications), Last: o.last, Overworked: strings.Join(o.overworked, " ")}
	if !o.hasResults() {
		row.Replications = 0
	}
	if o.last != "" {
		row.Reach = finite(o.reach)
	}
	if len(w.study.Factors) == 0 {
		return []sim.PointRow{row}
	}
	var rows []sim.PointRow
	for i, l := range w.study.Levels(p) {
		f := &w.study.Factors[i]
		row.Factor, row.Role, row.Group, row.Unit = f.Name, f.Role, f.Group, f.Unit
		row.Text, row.Value = l.Text, finite(l.Value)
		rows = append(rows, row)
	}
	return rows
}

func (t *sweepTables) addPoint(rows []sim.PointRow) error {
	if t.directory == nil {
		return nil
	}
	return write(t.directory, &t.points, "points", rows)
}

// add writes a point's rows of the other tables.
func (t *sweepTables) add(w *sweep, p int, o *outcome, blocks [][]*output.Piece, c *experiment.Collection) error {
	if t.directory == nil {
		return nil
	}
	for number := range o.replications {
		for a, result := range w.replication(blocks, number).Arms {
			for i := range result.Rows {
				row := &result.Rows[i]
				row.Point, row.Arm, row.Replication = w.study.ID(p), w.study.Standing[a].Name, int32(number)
			}
			if err := write(t.directory, &t.replications, "replications", result.Rows); err != nil {
				return err
			}
		}
	}
	if err := write(t.directory, &t.summary, "summary", c.Summary()); err != nil {
		return err
	}
	if len(w.study.Standing) < 2 {
		return nil
	}
	return write(t.directory, &t.comparisons, "comparisons", c.Comparisons())
}
