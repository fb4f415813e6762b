package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/sim/experiment"
)

// batch is a study as a job of a batch system: an array of tasks, and a merge.
type batch struct {
	w       *sweep
	version output.Version
	name    string   // of letters, digits and -, as all batch systems take it
	command []string // of a task, less --shard and --jobs
	merging []string // flags of the merge
	tasks   int
	cores   int           // of a task
	expects time.Duration // that a task takes
	limit   time.Duration // that it may take
}

// jobOptions are the flags that ask for a job.
type jobOptions struct {
	slurm, kubernetes bool
	tasks             int
}

func (j *jobOptions) addFlags(f *pflag.FlagSet) {
	f.BoolVar(&j.slurm, "slurm", false, "print a script that submits the study to Slurm as an array, with its merge: sh job.sh; --jobs is the cores of a task (4 if not given)")
	f.BoolVar(&j.kubernetes, "kubernetes", false, "print the manifest of a Kubernetes indexed job, with its merge; --jobs is the cores of a pod (4 if not given)")
	f.IntVar(&j.tasks, "tasks", 0, "tasks that --slurm and --kubernetes ask for; 0: as many as take some half an hour each, at most 200")
}

// printJob prints what the batch system takes.
func (w *sweep) printJob(coresGiven bool) error {
	tasks := min(w.job.tasks, w.study.Points())
	if tasks < w.job.tasks && !w.quiet {
		fmt.Fprintf(w.io.err, "note: %s and no more, since the study has no more points\n", count(tasks, "task"))
	}
	b := newBatch(w, tasks, coresGiven)
	budget := w.budget(b.cores)
	if w.maxMemory == usualLimits.maxMemory {
		budget.Bytes = 0 // that of this machine says nothing of the tasks'
	}
	if err := w.afford(budget); err != nil {
		return err
	}
	if w.job.kubernetes {
		if err := w.onVolume(); err != nil {
			return err
		}
		return b.printKubernetes(w.io.out)
	}
	if err := output.MayShare(w.out, w.study.File.Name, w.force); err != nil {
		return err
	}
	if _, err := w.othersTasks(); err != nil {
		return err
	}
	return b.printSlurm(w.io.out)
}

// Assumed: a task of half an hour is worth its start and loses little when it is killed; most sites let one user have some
// hundred tasks; nodes have four cores to spare. A rule of thumb may be off by three.
const (
	usualTask  = 30 * time.Minute
	mostTasks  = 200
	usualCores = 4
	safety     = 3
	slack      = 10 * time.Minute
)

// newBatch plans the tasks of a study.
func newBatch(w *sweep, tasks int, coresGiven bool) *batch {
	b := &batch{w: w, version: programVersion(), name: batchName(w.study.File.Name), tasks: tasks, cores: usualCores}
	if coresGiven {
		b.cores = w.jobs
	}
	each, _ := w.costOfRun()
	looks := w.firstLook()
	if w.study.Sequential() { // the best is selected afterwards
		looks = lastLook(w.study.Replications())
	}
	all := float64(w.distinctRuns()*looks) * float64(each) / float64(b.cores)
	if tasks == 0 {
		b.tasks = int(min(max(1, math.Ceil(all/float64(usualTask))), mostTasks, float64(w.study.Points())))
	}
	b.expects = time.Duration(all / float64(b.tasks))
	b.limit = (safety*b.expects + slack).Round(time.Minute)
	b.command = append(append([]string{"sweep"}, w.words(w.args)...), append(w.limits.words(), "--out", w.out)...)
	if w.failFast {
		b.command = append(b.command, "--fail-fast")
	}
	if w.force {
		b.command, b.merging = append(b.command, "--force"), append(b.merging, "--force")
	}
	if w.report {
		b.merging = append(b.merging, "--report")
	}
	return b
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// batchName makes a name that every batch system takes.
func batchName(study string) string {
	const longest = 40
	name := strings.Trim(notInNames.ReplaceAllString(strings.ToLower(study), "-"), "-")
	name = strings.Trim(name[:min(len(name), longest)], "-")
	if name == "" || name[0] < 'a' {
		name = "study-" + name
	}
	return strings.Trim(name, "-")
}

// about says in the first lines of a job what it is.
func (b *batch) about() string {
	looks := count(b.w.firstLook(), "replication")
	if b.w.study.Open() {
		looks = fmt.Sprintf("%d replications at first", experiment.Stage(0))
	}
	return fmt.Sprintf("%s: %s of %s, %s each; %s of about %s on %s each, by a rule of thumb. Written by portalsim %s (build %s).",
		b.w.study.File.Name, count(b.w.study.Points(), "point"), count(len(b.w.study.Standing), "arm"), looks, count(b.tasks, "task"), roughly(b.expects), count(b.cores, "core"), b.version.Version, b.version.Build)
}

// selects tells whether the best is still to be told after the tasks: they run the first looks alone.
func (b *batch) selects() bool {
	return b.w.study.File.Select != nil && b.w.study.File.Replications == nil
}

// programPath returns where the program lies; one that `go run` has built will not be there any more.
func programPath() string {
	path, err := os.Executable()
	if err != nil || strings.HasPrefix(path, os.TempDir()+string(filepath.Separator)) || strings.Contains(path, "go-build") {
		return "portalsim"
	}
	return path
}

// onOneLine keeps a text of the user's within a comment.
func onOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
