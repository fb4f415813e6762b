package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"portalsim/output"
	"portalsim/sim"
	"portalsim/sim/random"
)

// runShard runs the part of one task of an array, and writes only pieces: `portalsim merge` makes the tables. In a study
// with half-widths it goes on with its own points until they are precise; the best of select is told from all points
// together, so its later looks are left to a sweep of the same directory.
func (w *sweep) runShard(ctx context.Context) error {
	if err := output.OpenShared(w.out, w.study.File.Name, w.force); err != nil {
		return err
	}
	lock, err := inTurn(ctx, time.Now().Add(mergeCleans), mergeCleans/100, func() (*output.Lock, error) { return output.HoldTasks(w.out, false) })
	if err != nil {
		return err
	}
	defer lock.Release()
	noteUnlocked(w.io, w.quiet, w.out, lock.Held())
	if w.pieces, err = output.OpenPieces(w.out); err != nil {
		return err
	}
	tasks, err := w.othersTasks()
	if err != nil {
		return err
	}
	remark, err := w.shard.part(tasks, w.order.Key())
	if err != nil {
		return err
	}
	if remark != "" && !w.quiet {
		fmt.Fprintf(w.io.err, "note: %s\n", remark)
	}
	d := w.deal(w.shard.count)
	own := d.points(w.shard.index)
	if err := w.beginTask(w.shard, len(own)); err != nil {
		return err
	}
	outcomes, err := w.runDealt(ctx, d, own)
	if err = w.endTask(err); err != nil {
		return w.goOn(ctx, outcomes, err)
	}
	fmt.Fprintf(w.io.out, "%s: task %d (%d of %d, counted from 0) has done its part, %d of %s, kept in %s\n",
		w.study.File.Name, w.shard.number, w.shard.index, w.shard.count, len(own), count(w.study.Points(), "point"), filepath.Join(w.out, "pieces"))
	fmt.Fprintf(w.io.out, "Next: portalsim status %s says which tasks have; when all have, portalsim merge %s writes the tables\n", quoteForShell(w.out), quoteForShell(w.out))
	return w.verdict(outcomes)
}

// mergeCleans is how long a task waits for what has all tasks alone: a merge does for a moment, to clean up. Assumed.
const mergeCleans = 10 * time.Second

// othersTasks returns what tasks tell in the output directory. Tasks of a study of another name are refused, unless forced.
func (w *sweep) othersTasks() ([]output.Task, error) {
	tasks, err := output.ReadTasks(w.out)
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		if t.Name != w.study.File.Name && !w.force {
			return nil, &output.Refused{Path: w.out, Reason: "holds tasks of another study, " + t.Name, Fix: "name another directory, or add --force: pieces stay"}
		}
	}
	return tasks, nil
}

// runDealt runs the cells that are dealt to this task, and then its points until they are precise, where that is asked for.
func (w *sweep) runDealt(ctx context.Context, d *deal, own []int) ([]outcome, error) {
	w.meter = newSweepProgress(w)
	w.meter.points, w.meter.aim = len(own), w.aimOf(d, own)
	defer w.meter.end()
	keys := &keysOfPoints{w: w, known: map[int][]string{}}
	outcomes := make([]outcome, w.study.Points())
	err := w.each(ctx, own, func(ctx context.Context, p, workers int, busy *locks) (string, error) {
		o, err := w.runCells(ctx, d, p, workers, busy, keys)
		if err == nil {
			outcomes[p] = o
		}
		return o.failure, err
	})
	if err != nil || !w.study.Sequential() {
		return outcomes, err
	}
	w.meter.pointsDone = 0
	return outcomes, w.runEach(ctx, own, w.firstLook(), outcomes)
}

// aimOf returns how many replications of an arm a task has to run at first.
func (w *sweep) aimOf(d *deal, own []int) int {
	cells := w.cellArms()
	aim := 0
	for _, p := range own {
		for c, owner := range d.owners[p] {
			if owner == p {
				aim += len(cells[c]) * w.firstLook()
			}
		}
	}
	return aim
}

// runCells runs the first look of those cells of a point that are this task's.
func (w *sweep) runCells(ctx context.Context, d *deal, p, workers int, busy *locks, keys *keysOfPoints) (outcome, error) {
	o := outcome{status: finished, replications: w.firstLook()}
	fail := func(err error) { o.status, o.failure = failed, w.explainPoint(p, err) }
	arms, err := w.study.Compose(p)
	if err != nil {
		fail(err)
		return o, nil
	}
	for i, c := range w.cells(arms) {
		if owner := d.owners[p][i]; owner != p && keys.of(owner)[i] == c.key {
			continue // that point's task runs it
		}
		unlock := busy.lock(c.key)
		_, err := w.cover(ctx, &c, w.firstLook(), workers)
		unlock()
		switch {
		case unrunnable(err):
			w.failure(c.key, err)
			fail(err)
		case err != nil:
			return o, err
		}
	}
	return o, nil
}

// keysOfPoints are the keys of the cells of points of other tasks. It is safe for several goroutines.
type keysOfPoints struct {
	w     *sweep
	mutex sync.Mutex
	known map[int][]string
}

// of returns the keys of a point; of one that is no clinic, keys of nothing.
func (k *keysOfPoints) of(p int) []string {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.known[p] == nil {
		keys := make([]string, len(k.w.cellArms()))
		if arms, err := k.w.study.Compose(p); err == nil {
			for i, c := range k.w.cells(arms) {
				keys[i] = c.key
			}
		}
		k.known[p] = keys
	}
	return k.known[p]
}

// beginTask tells in the output directory that a task has begun, and of what study.
func (w *sweep) beginTask(s *shard, points int) error {
	if err := output.WriteOrder(w.out, w.order); err != nil {
		return err
	}
	v := programVersion()
	w.task = output.Task{Order: w.order.Key(), Name: w.study.File.Name, Index: s.index, Count: s.count, First: s.first, Step: s.step, Job: s.job,
		Version: v.Version, Build: v.Build, Model: sim.ModelVersion, Processor: output.Processor(), RandomNumbers: random.Scheme,
		State: taskRunning, Points: points, Started: w.started, Failures: []output.Failure{}}
	tasks, err := output.ReadTasks(w.out)
	if err != nil {
		return err
	}
	w.task.Turn = w.task.NextTurn(tasks)
	return output.WriteTask(w.out, &w.task)
}

// States of a task.
const (
	taskRunning = "running" // or killed: it could not say so
	taskStopped = "stopped"
	taskDone    = "done"
)

// endTask tells how the task ended, where an error has stopped it, and returns the error; or why it cannot tell.
func (w *sweep) endTask(err error) error {
	w.failing.Lock()
	defer w.failing.Unlock()
	w.task.State, w.task.Ended = taskDone, time.Now()
	if err != nil {
		w.task.State = taskStopped
	}
	if told := output.WriteTask(w.out, &w.task); err == nil {
		err = told
	}
	return err
}

// failure keeps a replication that cannot be run, for the task to tell.
func (w *sweep) failure(key string, err error) {
	w.failing.Lock()
	defer w.failing.Unlock()
	w.task.Failures = append(w.task.Failures, failureOf(key, err))
}
