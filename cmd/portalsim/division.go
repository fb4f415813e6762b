package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/sim"
	"portalsim/sim/random"
)

// division is a study in an output directory, as its tasks have divided it.
type division struct {
	directory   string
	tasks       []output.Task // of the latest array, by index; of one that has never begun, the zero value
	first, step int           // numbers of the batch system
	w           *sweep        // the study, read again
	outcomes    []outcome
}

// readDivision reads what the tasks of an output directory were told to do, and how far they are.
func readDivision(directory string, io stdio, quiet bool) (*division, error) {
	all, err := output.ReadTasks(directory)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, &nothingBegun{usage{directory + " holds no study that a sweep has begun", "name the --out directory of portalsim sweep"}}
	}
	latest := all[len(all)-1]
	d := &division{directory: directory, tasks: make([]output.Task, latest.Count), first: latest.First, step: latest.Step}
	for _, t := range all {
		if t.Count == latest.Count {
			d.tasks[t.Index] = t
		}
	}
	if err := d.sameResults(&latest); err != nil {
		return nil, err
	}
	order, err := output.ReadOrder(directory, latest.Order)
	if err != nil {
		return nil, fmt.Errorf("what the tasks were told to do cannot be read: %w", err)
	}
	w := newSweep()
	w.files.read, w.files.again = order.Files, true
	f := pflag.NewFlagSet("sweep", pflag.ContinueOnError)
	w.addFlags(f)
	if err := f.Parse(order.Words); err != nil {
		return nil, err
	}
	w.io, w.out, w.quiet = io, directory, quiet
	if err := w.prepare(f, f.Args()); err != nil {
		return nil, err
	}
	d.w = w
	return d, nil
}

// nothingBegun is a directory without a study: no task has begun yet, or it is the wrong one.
type nothingBegun struct{ usage }

func (n *nothingBegun) Unwrap() error { return &n.usage }

// look finds out which points are finished, without simulating any.
func (d *division) look(ctx context.Context) (err error) {
	tasks, err := output.ReadTasks(d.directory)
	if err != nil {
		return err
	}
	d.w.only = &onlyPieces{}
	for _, t := range tasks {
		if t.Count == len(d.tasks) {
			d.tasks[t.Index] = t
		}
		if t.Order == d.w.order.Key() && t.Model == sim.ModelVersion {
			d.w.only.failures = append(d.w.only.failures, t.Failures...)
		}
	}
	if d.w.pieces, err = output.OpenPieces(d.directory); err != nil {
		return err
	}
	d.w.undecidedPoints = 0
	d.outcomes, err = d.w.runPoints(ctx)
	return err
}

// missing returns the points that are missing, and the numbers of the tasks that have yet to do their part of them.
func (d *division) missing() (points []int, tasks []int) {
	if !anyMissing(d.outcomes) {
		return nil, nil
	}
	dealt := d.w.deal(len(d.tasks))
	for p, o := range d.outcomes {
		if o.status != missing {
			continue
		}
		points = append(points, p)
		for _, l := range o.lacks {
			task := dealt.taskOf(p, l.cell)
			if l.later {
				task = dealt.tasks[p]
			}
			if number := d.first + task*d.step; !slices.Contains(tasks, number) {
				tasks = append(tasks, number)
			}
		}
	}
	slices.Sort(tasks)
	return points, tasks
}

// sameResults refuses what another version of the model, or another processor, has computed: its pieces have other names.
func (d *division) sameResults(latest *output.Task) error {
	var reasons []string
	for _, t := range d.begun() {
		for _, c := range []struct{ what, theirs, ours string }{
			{"model", t.Model, sim.ModelVersion}, {"random numbers", t.RandomNumbers, random.Scheme}, {"processor", t.Processor, output.Processor()},
		} {
			if c.theirs != c.ours {
				reasons = append(reasons, fmt.Sprintf("task %d ran with %s %s, and this program has %s", t.Number(), c.what, c.theirs, c.ours))
			}
		}
	}
	if reasons == nil {
		return nil
	}
	return &output.Refused{Path: d.directory, Reason: someOf(reasons, ", "), Fix: fmt.Sprintf("use portalsim %s (build %s) on such a processor, or run all tasks again with this one", latest.Version, latest.Build)}
}

// begun returns the tasks that have begun.
func (d *division) begun() []output.Task {
	return slices.DeleteFunc(slices.Clone(d.tasks), func(t output.Task) bool { return t.Count == 0 })
}

// mixed returns why what the tasks have done may not go into one set of tables, or nil.
func (d *division) mixed() error {
	v, key := programVersion(), d.w.order.Key()
	var other, older []int
	version := ""
	for _, t := range d.begun() {
		switch {
		case t.Order != key:
			other = append(other, t.Number())
		case t.Version != v.Version || t.Build != v.Build:
			older, version = append(older, t.Number()), fmt.Sprintf("%s (build %s)", t.Version, t.Build)
		}
	}
	switch {
	case other != nil:
		return &output.Refused{Path: d.directory, Reason: "tasks " + ranges(other) + " ran another text of the study, other files or other options than the task that began last",
			Fix: "submit them again: --array=" + ranges(other)}
	case older != nil:
		return &output.Refused{Path: d.directory, Reason: fmt.Sprintf("tasks %s ran with portalsim %s, and this is %s (build %s)", ranges(older), version, v.Version, v.Build),
			Fix: "use that program, or submit them again with this one: --array=" + ranges(older) + "; finished pieces of the same model are taken as they are"}
	}
	return nil
}

// ranges writes task numbers as batch systems take them, such as 3,17-19.
func ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		part := strconv.Itoa(numbers[i])
		if j > i {
			part += "-" + strconv.Itoa(numbers[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ",")
}
