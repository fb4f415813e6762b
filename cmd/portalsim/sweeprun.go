package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"portalsim/output"
	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// What became of a point, as in table points.
const (
	finished     = "done"
	failed       = "failed"
	neverSettled = "never_settles"
	missing      = "missing" // only in tables that were merged before all tasks were done
)

// outcome is what became of a point; of a point not looked at, it is empty.
type outcome struct {
	status       string
	failure      string
	keys         []string // of its cells
	replications int
	last         string // the interval last to be precise
	reach        float64
	overworked   []string    // arms that are offered more work than their staffed time, and were not seen to grow without end
	choosing     [][]float64 // by arm and replication: what the best is chosen by; nil where the study does not ask
	lacks        []lack      // of a missing point
}

// hasResults tells whether tables can be made of the point.
func (o *outcome) hasResults() bool { return o.status != failed && o.status != missing }

// runPoints runs every point until it is precise enough, and then those among which the best is not told until it is. An
// error ends the run; outcomes say how far it came.
func (w *sweep) runPoints(ctx context.Context) ([]outcome, error) {
	outcomes := make([]outcome, w.study.Points())
	w.meter = newSweepProgress(w)
	defer w.meter.end()
	all := make([]int, len(outcomes))
	for p := range all {
		all[p] = p
	}
	err := w.runEach(ctx, all, w.firstLook(), outcomes)
	for err == nil && !anyMissing(outcomes) {
		points, replications := w.undecided(outcomes)
		if points == nil {
			break
		}
		for _, p := range points {
			w.meter.again((replications - outcomes[p].replications) * len(w.study.Standing))
		}
		before := slices.Clone(outcomes)
		if err = w.runEach(ctx, points, replications, outcomes); anyMissing(outcomes) {
			w.undecidedPoints = len(points)
			return before, err
		}
	}
	return outcomes, err
}

// runEach runs some points, several at once, each for a number of replications and more until it is precise enough.
func (w *sweep) runEach(ctx context.Context, points []int, replications int, outcomes []outcome) error {
	return w.each(ctx, points, func(ctx context.Context, p, workers int, busy *locks) (failure string, err error) {
		o, err := w.runPoint(ctx, p, max(replications, outcomes[p].replications), workers, busy)
		if err == nil {
			outcomes[p] = o
		}
		return o.failure, err
	})
}

// each does something with some points, several at once, and ends at an error, or where it is to at a failure.
// Results do not depend on which run at once: each is a function of its point.
func (w *sweep) each(ctx context.Context, points []int, do func(ctx context.Context, p, workers int, busy *locks) (failure string, err error)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	busy := &locks{busy: map[string]chan struct{}{}}
	atOnce := max(1, min(w.jobs, len(points)))
	workers := (w.jobs + atOnce - 1) / atOnce
	var next atomic.Int64
	var group sync.WaitGroup
	for range atOnce {
		group.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(points) || ctx.Err() != nil {
					return
				}
				failure, err := do(ctx, points[i], workers, busy)
				if err != nil {
					stop(err)
					return
				}
				if failure != "" && w.failFast {
					stop(fmt.Errorf("point %s failed:\n%s", w.study.ID(points[i]), failure))
				}
				w.meter.pointDone()
			}
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// runPoint runs one point for a number of replications, and more until it is precise enough. A replication that cannot be run makes the point fail; only what
// stops the whole study is an error.
func (w *sweep) runPoint(ctx context.Context, p, replications, workers int, busy *locks) (outcome, error) {
	fail := func(err error) outcome { return outcome{status: failed, failure: w.explainPoint(p, err)} }
	arms, err := w.study.Compose(p)
	if err != nil {
		return fail(err), nil
	}
	cells := w.cells(arms)
	o := outcome{replications: replications}
	for _, c := range cells {
		o.keys = append(o.keys, c.key)
	}
	for {
		blocks := make([][]*output.Piece, len(cells))
		for i := range cells {
			unlock := busy.lock(cells[i].key)
			blocks[i], err = w.cover(ctx, &cells[i], o.replications, workers)
			unlock()
			var absent *lack
			switch {
			case unrunnable(err):
				w.meter.lost(o.replications)
				w.failure(cells[i].key, err)
				return fail(err), nil
			case errors.As(err, &absent):
				absent.cell, absent.later = i, o.replications > w.firstLook()
				o.lacks = append(o.lacks, *absent)
			case err != nil:
				return o, err
			}
		}
		if o.lacks != nil {
			o.status = missing
			return o, nil
		}
		collection := w.collect(p, blocks, o.replications)
		if w.enough(&o, collection) {
			for i, a := range arms {
				if !collection.NeverSettles(i) && len(overloaded(a.Model)) > 0 {
					o.overworked = append(o.overworked, a.Name)
				}
			}
			o.choosing = w.choosing(collection)
			return o, nil
		}
	}
}

// unrunnable tells whether an error is of one replication that cannot be run: the point fails, and the others are run.
func unrunnable(err error) bool {
	var broken *experiment.ArmError
	var defect *experiment.Defect
	return errors.As(err, &broken) || errors.As(err, &defect)
}

// firstLook returns the replications of a point, or of its first look.
func (w *sweep) firstLook() int {
	if w.study.Open() {
		return experiment.Stage(0)
	}
	return w.study.Replications()
}

// enough settles the outcome of a point, or asks for more replications. The sizes of looks do not depend on the cap, so
// that raising it goes on where it was.
func (w *sweep) enough(o *outcome, c *experiment.Collection) bool {
	o.status = finished
	for a := range w.study.Standing {
		if c.NeverSettles(a) {
			o.status = neverSettled
		}
	}
	if !w.study.Sequential() {
		return true
	}
	reach := c.Reach(w.interest, w.study.Confidence())
	if reach.Measure >= 0 {
		o.last, o.reach = w.study.Standing[reach.Arm].Name+": "+w.study.Interest[reach.Measure].Name, reach.Ratio
	}
	more := experiment.Stage(o.replications)
	if reach.Reached || more > w.study.Replications() {
		return true
	}
	w.meter.more((more - o.replications) * len(w.study.Standing))
	o.replications = more
	return false
}

// collect gathers the replications of a point from its pieces.
func (w *sweep) collect(p int, blocks [][]*output.Piece, replications int) *experiment.Collection {
	named := make([]experiment.Arm, len(w.study.Standing))
	for i, a := range w.study.Standing {
		named[i] = experiment.Arm{Name: a.Name, Scenario: a.Model}
	}
	c := experiment.NewCollection(named)
	c.Point, c.Family = w.study.ID(p), w.interest
	for r := range replications {
		c.Add(w.replication(blocks, r))
	}
	return c
}

// replication puts one replication of a point together again from the pieces of its cells.
func (w *sweep) replication(blocks [][]*output.Piece, number int) *experiment.Replication {
	r := &experiment.Replication{Number: number}
	for _, pieces := range blocks {
		for _, piece := range pieces {
			if number < piece.From || number >= piece.To {
				continue
			}
			for a := range piece.Arms {
				arm := &piece.Arms[a]
				result := &sim.Result{Growing: arm.Growing[number-piece.From]}
				if !arm.Outgrown[number-piece.From] {
					result.Rows = arm.Rows(number-piece.From, w.interestRows())
				}
				r.Arms = append(r.Arms, result)
				if a > 0 {
					r.Pairs = append(r.Pairs, arm.Pairs(number-piece.From, w.study.Standing[0].Name, w.study.Standing[a].Name, number)...)
				}
			}
			break
		}
	}
	return r
}

// interestRows returns the rows of the measures of interest, each once: one measure may be paired in two ways.
func (w *sweep) interestRows() []sim.MeasureRow {
	var rows []sim.MeasureRow
	seen := map[string]bool{} // looked up, never walked
	for _, in := range w.interest {
		if name := in.Row.Name(); !seen[name] {
			seen[name] = true
			rows = append(rows, in.Row)
		}
	}
	return rows
}

// explainPoint says why a point failed, and how to see its replication alone.
func (w *sweep) explainPoint(p int, err error) string {
	text := w.pointText(p) + ": " + strings.ReplaceAll(err.Error(), "\n", "\n    ")
	var defect *experiment.Defect
	var broken *experiment.ArmError
	arm, replication := w.study.Standing[0].Name, 0
	switch {
	case errors.As(err, &defect):
		arm, replication = defect.Arm, defect.Replication
	case errors.As(err, &broken):
		arm, replication = broken.Arm, broken.Replication
	default:
		arm = w.unlawfulArm(p)
	}
	return text + "\n    see it again: " + w.alone(p, arm, replication)
}

// pointText names a point with its levels.
func (w *sweep) pointText(p int) string {
	text := w.study.ID(p)
	for i, l := range w.study.Levels(p) {
		text += fmt.Sprintf(" %s=%s", w.study.Factors[i].Name, l.Text)
	}
	return text
}

// unlawfulArm returns the first arm that is no clinic at a point.
func (w *sweep) unlawfulArm(p int) string {
	for _, a := range w.study.Standing {
		expression := a.Name + "=" + a.Expression
		if _, err := w.source().Load([]string{expression}, w.setsOf(p, expression)); err != nil {
			return a.Name
		}
	}
	return w.study.Standing[0].Name
}

// alone returns the command that runs one replication of one arm at one point.
func (w *sweep) alone(p int, arm string, replication int) string {
	expression := arm
	for _, a := range w.study.Standing {
		if a.Name == arm {
			expression = arm + "=" + a.Expression
		}
	}
	text := fmt.Sprintf("portalsim run %s --seed %d --replication %d", quoteForShell(expression), w.seed, replication)
	for _, set := range w.setsOf(p, expression) {
		text += " --set " + quoteForShell(set)
	}
	return text
}

// setsOf returns what all points and this one lay over one arm, as --set takes it.
func (w *sweep) setsOf(p int, expression string) []string {
	var list []string
	for _, s := range append(w.study.Shared(), w.study.Settings(p)...) {
		set := s.Path + "=" + scenarios.Flow(s.Value)
		if s.Arm != "" {
			set = s.Arm + ":" + set
		}
		if w.concerns(expression, set) {
			list = append(list, set)
		}
	}
	return list
}

// concerns tells whether an arm has the path of a setting; else the setting is another arm's.
func (w *sweep) concerns(expression, set string) bool {
	_, err := w.source().Load([]string{expression}, []string{set})
	var problems scenarios.Problems
	if !errors.As(err, &problems) {
		return true
	}
	for _, p := range problems {
		if p.File == "--set" && (strings.Contains(p.Message, "has this path") || strings.Contains(p.Message, "have this path") || strings.Contains(p.Message, "no arm is called")) {
			return false
		}
	}
	return true
}
