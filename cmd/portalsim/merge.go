package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"portalsim/output"
)

const mergeHelp = `
Writes the tables of a study from the pieces that its tasks have finished (portalsim sweep STUDY --shard), and prints the
answer: the same bytes as one sweep on one machine. It simulates nothing, and needs no file of the study.

    portalsim merge out
    portalsim merge out --wait 2m
    portalsim merge out --incomplete

It refuses tasks that ran different texts of the study, another version of the program or another model, and a study of
which points are missing, unless told. File systems that machines share may show a new file a minute late: --wait looks
again. --report adds the report of a sweep.
`

// merging is what merge does.
type merging struct {
	wait       time.Duration
	incomplete bool
	quiet      bool
	force      bool
	report     bool
	jobs       int
	io         stdio
}

func prepareMerge(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	m := &merging{}
	f.BoolVar(&m.incomplete, "incomplete", false, "merge without the points that are missing; table points names them, and the exit status is 4")
	f.DurationVar(&m.wait, "wait", 0, "while points are missing, look again for so `long`, such as 90s or 24h")
	f.IntVar(&m.jobs, "jobs", runtime.NumCPU(), "points read at once; no result depends on it")
	f.BoolVar(&m.report, "report", false, "write what was found as one HTML file, report.html beside the tables")
	f.BoolVar(&m.force, "force", false, "replace the tables of another study")
	f.BoolVar(&m.quiet, "quiet", false, "no progress and no remarks, only results and errors")
	return func(ctx context.Context, args []string, io stdio) error {
		m.io = io
		switch {
		case len(args) != 1:
			return &usage{"merge takes one directory that tasks of a study have written", "write, for example, portalsim merge out"}
		case m.jobs < 1 || m.wait < 0:
			return &usage{"--jobs must be at least 1, and --wait no less than 0", ""}
		}
		return m.run(ctx, args[0])
	}
}

func (m *merging) run(ctx context.Context, path string) error {
	until := time.Now().Add(m.wait)
	d, err := m.begun(ctx, path, until)
	if err != nil {
		return err
	}
	d.w.jobs, d.w.started = m.jobs, time.Now()
	if err := m.await(ctx, d, until); err != nil {
		return err
	}
	if err := d.mixed(); err != nil {
		return err
	}
	lacking := d.lacking()
	if lacking != nil && !m.incomplete {
		return lacking
	}
	directory, err := inTurn(ctx, until, shortestWait, func() (*output.Directory, error) { // of an array submitted twice, another merge
		return output.OpenStudy(path, programVersion(), d.w.study.File.Name, m.force)
	})
	if err != nil {
		return err
	}
	defer directory.Close()
	noteUnlocked(m.io, m.quiet, path, directory.Locked())
	if lock, err := output.HoldTasks(path, true); err == nil { // else tasks are running, and their files may be unfinished
		output.RemoveLeftovers(path, lock)
		lock.Release()
	}
	if lacking != nil {
		d.w.notes = append(d.w.notes, mergedEarly+lacking.what)
	}
	answer, err := d.w.merge(ctx, directory, d.outcomes)
	if err != nil {
		return err
	}
	if m.report {
		if err := reportBeside(path); err != nil {
			return err
		}
	}
	answer.print(m.io.out)
	return d.w.verdict(d.outcomes)
}

// mergedEarly begins the manifest's note of tables that lack points.
const mergedEarly = "merged before all was done: "

// shortestWait is how long merge waits before it looks again; on large studies longer, since looking takes time, too.
const shortestWait = 2 * time.Second

// begun reads the study, once a task has begun it.
func (m *merging) begun(ctx context.Context, path string, until time.Time) (*division, error) {
	for {
		d, err := readDivision(path, m.io, m.quiet)
		var nothing *nothingBegun
		if !errors.As(err, &nothing) || time.Now().Add(shortestWait).After(until) {
			return d, err
		}
		if err := pause(ctx, shortestWait); err != nil {
			return nil, err
		}
	}
}

// await looks until nothing is missing, or the time is up. The best of select is not waited for: a sweep goes on with it.
func (m *merging) await(ctx context.Context, d *division, until time.Time) error {
	for told := false; ; told = true {
		began := time.Now()
		if err := d.look(ctx); err != nil {
			return err
		}
		wait := max(shortestWait, 3*time.Since(began))
		if !anyMissing(d.outcomes) || time.Now().Add(wait).After(until) {
			return nil
		}
		if !told && !m.quiet {
			fmt.Fprintf(m.io.err, "note: %s; looking again until %s\n", d.lacking().what, until.Format(time.DateTime))
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
}

// pause waits, unless a signal ends the wait.
func pause(ctx context.Context, wait time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(wait):
		return nil
	}
}

// lackingPoints is a study of which something is missing, and what to do next.
type lackingPoints struct {
	what string
	next []string
}

func (l *lackingPoints) Error() string {
	return l.what + "; nothing was written. Next:\n  " + strings.Join(l.next, "\n  ")
}

// lacking returns what is missing, or nil.
func (d *division) lacking() *lackingPoints {
	goOn := d.w.command + " --out " + quoteForShell(d.directory)
	if n := d.w.undecidedPoints; n > 0 {
		return &lackingPoints{fmt.Sprintf("%s is not complete: the best is not told yet, and %s of %d need more replications", d.directory, count(n, "point"), len(d.outcomes)),
			[]string{goOn + "   goes on with those", "portalsim merge " + quoteForShell(d.directory) + " --incomplete   merges the first looks"}}
	}
	points, tasks := d.missing()
	if points == nil {
		return nil
	}
	l := &lackingPoints{what: fmt.Sprintf("%s is not complete: %s of %d missing (%s)", d.directory, count(len(points), "point"), len(d.outcomes), d.names(points))}
	if len(d.tasks) > 1 {
		l.next = append(l.next, fmt.Sprintf("--array=%s   submits the %s again that have yet to do their part (sh job.sh %s, with the script of --slurm)", ranges(tasks), "tasks", ranges(tasks)))
	}
	l.next = append(l.next, goOn+"   runs the rest here, and merges", "portalsim merge "+quoteForShell(d.directory)+" --incomplete   merges what there is")
	return l
}

// names lists points.
func (d *division) names(points []int) string {
	const most = 8
	var list []string
	for _, p := range points[:min(len(points), most)] {
		list = append(list, d.w.study.ID(p))
	}
	if more := len(points) - most; more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, ", ")
}
