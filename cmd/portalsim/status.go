package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"portalsim/output"
)

const statusHelp = `
Says how far a study is in its output directory: which points are done, missing and failed, which tasks of an array have
done their part, and what to do next. It simulates nothing, and may be asked while tasks run.

    portalsim status out
    sh job.sh $(portalsim status out --quiet)
`

func prepareStatus(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	quiet := f.Bool("quiet", false, "print only the numbers of the tasks that have yet to do their part, such as 3,17-19; nothing where none has")
	jobs := f.Int("jobs", runtime.NumCPU(), "points looked at at once")
	return func(ctx context.Context, args []string, io stdio) error {
		if len(args) != 1 || *jobs < 1 {
			return &usage{"status takes one output directory of sweep", "write, for example, portalsim status out"}
		}
		d, err := readDivision(args[0], io, *quiet)
		if err != nil {
			return err
		}
		d.w.jobs = *jobs
		if err := d.look(ctx); err != nil {
			return err
		}
		if *quiet {
			if _, tasks := d.missing(); tasks != nil {
				fmt.Fprintln(io.out, ranges(tasks))
			}
			return nil
		}
		d.print(io.out)
		return nil
	}
}

// print prints how far the study is.
func (d *division) print(to io.Writer) {
	out := bufio.NewWriter(to)
	defer out.Flush()
	s := d.w.study
	replications := count(s.Replications(), "replication")
	if s.Open() {
		replications = fmt.Sprintf("%d to %d replications", d.w.firstLook(), s.Replications())
	}
	fmt.Fprintf(out, "%s: %s of %s (%s), %s each, seed %d\n", s.File.Name, count(s.Points(), "point"), count(len(s.Standing), "arm"), s.Kind, replications, d.w.seed)
	points, _ := d.missing()
	failures := unfinished{}
	for _, o := range d.outcomes {
		if o.status == failed {
			failures.failed = append(failures.failed, o.failure)
		}
	}
	fmt.Fprintf(out, "  points: %d done, %d missing, %d failed\n", len(d.outcomes)-len(points)-len(failures.failed), len(points), len(failures.failed))
	d.printTasks(out)
	if points != nil {
		fmt.Fprintf(out, "  missing: %s\n", d.names(points))
	}
	if failures.failed != nil {
		fmt.Fprintf(out, "  failed:\n    %s\n", strings.ReplaceAll(someOf(failures.failed, "\n"), "\n", "\n    "))
	}
	mixed := d.mixed()
	if mixed != nil {
		fmt.Fprintf(out, "merge will refuse: %v\n", mixed)
	}
	if lacking := d.lacking(); lacking != nil {
		if points == nil {
			fmt.Fprintf(out, "  %s\n", lacking.what)
		}
		next := "Next:"
		if slices.ContainsFunc(d.begun(), func(t output.Task) bool { return t.State == taskRunning }) {
			next = "Next: wait while tasks run, which the batch system knows (squeue); if none does:"
		}
		fmt.Fprintf(out, "%s\n  %s\n", next, strings.Join(lacking.next, "\n  "))
		return
	}
	if mixed == nil {
		d.printMerged(out)
	}
}

// printTasks says how far the tasks are, where there are several.
func (d *division) printTasks(out io.Writer) {
	if len(d.tasks) == 1 {
		return
	}
	by := map[string][]int{} // looked up, never walked
	for i, t := range d.tasks {
		by[t.State] = append(by[t.State], d.first+i*d.step)
	}
	fmt.Fprintf(out, "  tasks: %d of %d done\n", len(by[taskDone]), len(d.tasks))
	for _, state := range []struct{ key, text string }{{"", "never began"}, {taskStopped, "stopped"}, {taskRunning, "run, or were killed"}} {
		list := by[state.key]
		if list == nil {
			continue
		}
		fmt.Fprintf(out, "    %s: %s", state.text, ranges(list))
		if last := d.tasks[(list[len(list)-1]-d.first)/d.step]; last.Count > 0 {
			job := ""
			if last.Job != "" {
				job = ", job " + last.Job
			}
			fmt.Fprintf(out, " (task %d%s: last word at %s)", last.Number(), job, latest(last.Started, last.Ended).Local().Format(time.DateTime))
		}
		fmt.Fprintln(out)
	}
}

// latest returns the later of two times.
func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// printMerged says whether the tables are there.
func (d *division) printMerged(out io.Writer) {
	m, err := output.ReadManifest(d.directory)
	early := func(note string) bool { return strings.HasPrefix(note, mergedEarly) }
	if err != nil || m.Study == nil || m.Command != d.w.command || m.Study.Text != d.w.study.Text || m.Study.Points != d.w.study.Points() || slices.ContainsFunc(m.Notes, early) {
		fmt.Fprintf(out, "Next: portalsim merge %s\n", quoteForShell(d.directory))
		return
	}
	fmt.Fprintf(out, "The tables are in %s\n", d.directory)
}
