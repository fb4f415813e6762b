package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
	studies "portalsim/scenarios/study"
	"portalsim/sim/experiment"
)

const sweepHelp = `
Runs a study: a file that says what is varied over a base scenario, over what range, how sure to be, and which measures
matter. Or a quick grid of the command line, where --set gives several values: PATH=1,2,3 or PATH=range(LOW, HIGH, STEP).

    portalsim sweep study.yaml --plan
    portalsim sweep study.yaml --out out
    portalsim sweep baseline education --set interventions.education.reach=0.3,0.6,0.9 --out out

A study with --out keeps what is finished in DIR/pieces: stopped or killed, the same command goes on from there, and a
study with more points or replications runs only what is new. portalsim help study lists every key of a study file.

On a cluster, the tasks of an array share one DIR, and each runs its part (docs/cluster.md):

    portalsim sweep study.yaml --out out --shard 0/8     … to 7/8, or --shard auto in the tasks of a batch system
    portalsim status out
    portalsim merge out
`

// sweep is what the command does: the study, and how it is run.
type sweep struct {
	options
	plan, failFast bool
	keepGoing      bool
	keepGoingSaid  bool // in so many words
	atMost         int
	part           string // --shard
	shard          *shard // nil for a whole study
	job            jobOptions

	study    *studies.Study
	interest []experiment.Interest
	together bool // arms are run side by side, since a measure is paired by contact
	files    userFiles
	pieces   *output.Pieces
	only     *onlyPieces // nil where points are simulated
	meter    *sweepProgress
	args     []string
	command  string
	order    *output.Order
	started  time.Time
	io       stdio

	notes           []string // for the manifest
	undecidedPoints int      // that need more replications before the best is told, where nothing may be simulated
	failing         sync.Mutex
	task            output.Task // what this process tells of itself in the output directory
}

func newSweep() *sweep {
	return &sweep{options: options{threadLog: "none", eventLog: "none", confidence: 0.95}, started: time.Now()}
}

func prepareSweep(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	w := newSweep()
	w.addFlags(f)
	return func(ctx context.Context, args []string, io stdio) error {
		w.io, w.started = io, time.Now()
		if err := w.prepare(f, args); err != nil {
			return err
		}
		switch {
		case w.plan:
			return w.printPlan()
		case w.job.slurm, w.job.kubernetes:
			return w.printJob(f.Changed("jobs"))
		case w.shard != nil:
			return w.runShard(ctx)
		}
		return w.run(ctx)
	}
}

func (w *sweep) addFlags(f *pflag.FlagSet) {
	f.StringVar(&w.out, "out", "", "write Parquet tables, manifest.json and the pieces to this `directory`; without it, only the screen")
	f.BoolVar(&w.plan, "plan", false, "list the points, the replications, the expected time and bytes, and run nothing")
	f.IntVar(&w.replications, "replications", 0, "replications of each point, whatever the study says; 0: as the study says")
	f.IntVar(&w.atMost, "at-most", 0, "most replications of a point of a study with half-widths; 0: as the study says")
	f.Uint64Var(&w.seed, "seed", 1, "seed of all random numbers; default: as the study says")
	f.IntVar(&w.jobs, "jobs", runtime.NumCPU(), "replications run at once; no result depends on it")
	f.StringArrayVar(&w.set, "set", nil, "set `[ARM:]PATH=VALUE` at all points; of a command line without a study file, several values make a grid; can be repeated")
	f.BoolVar(&w.report, "report", false, "write what was found as one HTML file, report.html beside the tables; needs --out")
	f.BoolVar(&w.failFast, "fail-fast", false, "end at the first point that fails; else run all others and list the failures")
	f.BoolVar(&w.keepGoing, "keep-going", true, "run all points, whatever fails, and list the failures at the end: the default; said outright, also where others are too large to be run")
	f.BoolVar(&w.quiet, "quiet", false, "no progress and no remarks, only results and errors")
	f.StringVar(&w.options.progress, "progress", "auto", "progress on the error stream: `auto|plain|none`; auto is a live line on a terminal, else plain lines")
	f.BoolVar(&w.force, "force", false, "replace the tables of another study, or of another command; pieces stay")
	f.StringVar(&w.part, "shard", "", "run only the part of task `I/N`, I from 0 to N-1, into a directory that the tasks share, or auto: of this task of a Slurm array, a Kubernetes indexed job or an AWS Batch array job; merge makes the tables")
	w.limits.addFlags(f)
	w.job.addFlags(f)
}

// prepare reads the study and lets the command line have the last word.
func (w *sweep) prepare(f *pflag.FlagSet, args []string) error {
	w.failFast, w.keepGoingSaid = w.failFast || !w.keepGoing, f.Changed("keep-going")
	if err := w.check(); err != nil {
		return err
	}
	if err := w.divide(); err != nil {
		return err
	}
	if f.Changed("at-most") && w.atMost < experiment.Stage(0) {
		return &usage{fmt.Sprintf("--at-most must be at least %d, the first look", experiment.Stage(0)), ""}
	}
	if len(args) == 0 {
		return &usage{"sweep needs a study file, or arms", "write, for example, portalsim sweep study.yaml, or portalsim sweep baseline education --set interventions.education.reach=0.3,0.6"}
	}
	if err := w.load(args); err != nil {
		return err
	}
	if !f.Changed("seed") {
		w.seed = uint64(w.study.File.Seed)
	}
	if w.replications > 0 {
		w.study.File.Replications = &w.replications
	}
	if w.atMost > 0 {
		if !w.study.Open() {
			return &usage{"--at-most bounds the search for precision, and no measure has a half-width, nor is the best selected", "write --replications, or half_width, relative or select in the study"}
		}
		w.study.File.Precision = &studies.PrecisionFile{AtMost: w.atMost, Confidence: confidenceOf(w.study)}
	}
	for _, m := range w.study.Interest {
		w.interest = append(w.interest, experiment.Interest{Row: m.Row, ByContact: m.ByContact, HalfWidth: m.HalfWidth, Relative: m.Relative})
		w.together = w.together || m.ByContact
	}
	w.args, w.command = args, w.repeat(args)
	w.order = &output.Order{Name: w.study.File.Name, Words: w.words(args), Files: w.files.read}
	return nil
}

func confidenceOf(s *studies.Study) *scenarios.Number {
	if s.File.Precision == nil {
		return nil
	}
	return s.File.Precision.Confidence
}

// unreadable says why a file that was named cannot be read.
func unreadable(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &usage{"there is no file " + file, "check the path, which begins in the folder you are in"}
	}
	return &usage{fmt.Sprintf("cannot read %s: %v", file, err), "check the path"}
}

// load reads a study file, or makes a study of arms.
func (w *sweep) load(args []string) (err error) {
	from := studies.Source{Source: w.source(), ReadTable: output.ReadCells}
	if w.study, err = studyIn(from, args, w.set); w.study != nil || err != nil {
		return err
	}
	w.study, err = from.Quick(args, w.set)
	return err
}

// studyIn reads the study file that a command line names, or returns nil where it names none.
func studyIn(from studies.Source, args, sets []string) (*studies.Study, error) {
	if len(args) != 1 || !strings.HasSuffix(args[0], ".yaml") {
		return nil, nil
	}
	text, err := from.ReadFile(args[0])
	if err != nil {
		return nil, unreadable(args[0], err)
	}
	if scenarios.SchemaOf(text) != studies.Schema {
		return nil, nil
	}
	return from.Load(args[0], text, sets)
}

// source is where the study is read from.
func (w *sweep) source() scenarios.Source { return w.files.source() }

// repeat returns the command that repeats the study.
func (w *sweep) repeat(args []string) string {
	return "portalsim sweep" + quotedWords(w.words(args))
}

// words returns what follows `portalsim sweep` in it.
func (w *sweep) words(args []string) []string {
	words := append(slices.Clone(args), "--seed", strconv.FormatUint(w.seed, 10))
	if w.replications > 0 {
		words = append(words, "--replications", strconv.Itoa(w.replications))
	}
	if w.atMost > 0 {
		words = append(words, "--at-most", strconv.Itoa(w.atMost))
	}
	for _, set := range w.set {
		words = append(words, "--set", set)
	}
	return words
}

// run runs all points, writes the tables and prints the answer.
func (w *sweep) run(ctx context.Context) error {
	if err := w.afford(w.budget(w.jobs)); err != nil {
		return err
	}
	var directory *output.Directory
	at := w.out
	var err error
	if at == "" {
		if at, err = os.MkdirTemp("", "portalsim-sweep"); err != nil {
			return err
		}
		defer os.RemoveAll(at)
	} else {
		if directory, err = output.OpenStudy(at, programVersion(), w.study.File.Name, w.force); err != nil {
			return err
		}
		defer directory.Close()
		lock, err := output.HoldTasks(at, true)
		if err != nil {
			return err
		}
		defer lock.Release()
		output.RemoveLeftovers(at, lock)
		noteUnlocked(w.io, w.quiet, at, lock.Held())
	}
	if w.pieces, err = output.OpenPieces(at); err != nil {
		return err
	}
	w.remark()
	if directory != nil {
		if _, err = w.othersTasks(); err != nil {
			return err
		}
		if err := w.beginTask(plainShard(0, 1, ""), w.study.Points()); err != nil {
			return err
		}
	}
	outcomes, err := w.runPoints(ctx)
	if directory != nil {
		err = w.endTask(err)
	}
	if err != nil {
		return w.goOn(ctx, outcomes, err)
	}
	answer, err := w.merge(ctx, directory, outcomes)
	if err != nil {
		return w.goOn(ctx, outcomes, err)
	}
	if w.report {
		if err := reportBeside(w.out); err != nil {
			return err
		}
	}
	answer.print(w.io.out)
	return w.verdict(outcomes)
}

// stoppedSweep is a study that a signal ended, and how to take it up again.
type stoppedSweep struct {
	cause      error
	done, size int
	out        string
}

func (s *stoppedSweep) Error() string {
	if s.out == "" {
		return fmt.Sprintf("%v; nothing was written, since there is no --out", s.cause)
	}
	return fmt.Sprintf("%v; %d of %s finished and kept in %s: the same command goes on from there", s.cause, s.done, count(s.size, "point"), s.out)
}

// goOn says how to go on where a signal ended the study, or an error such as a full disk.
func (w *sweep) goOn(ctx context.Context, outcomes []outcome, err error) error {
	done := 0
	for _, o := range outcomes {
		if o.status != "" {
			done++
		}
	}
	if ctx.Err() == nil && w.out != "" {
		return fmt.Errorf("%w\n%d of %s finished and kept in %s: the same command goes on from there", err, done, count(w.meter.points, "point"), w.out)
	}
	if ctx.Err() == nil {
		return err
	}
	return &stoppedSweep{context.Cause(ctx), done, w.meter.points, w.out}
}

// verdict returns an error that lists failures and what never settled, or nil.
func (w *sweep) verdict(outcomes []outcome) error {
	failures := unfinished{}
	for p, o := range outcomes {
		switch o.status {
		case failed:
			failures.failed = append(failures.failed, o.failure)
		case neverSettled:
			failures.unsettled = append(failures.unsettled, w.study.ID(p))
		case missing:
			failures.missing = append(failures.missing, w.study.ID(p))
		}
	}
	if failures.failed == nil && failures.unsettled == nil && failures.missing == nil {
		return nil
	}
	return &failures
}

// unfinished is a study that came to its end without some of its points.
type unfinished struct {
	failed    []string
	unsettled []string
	missing   []string
}

// mostListed is how many points an error lists.
const mostListed = 20

func (u *unfinished) Error() string {
	var lines []string
	if len(u.missing) > 0 {
		lines = append(lines, fmt.Sprintf("merged without %s that are missing (%s)", count(len(u.missing), "point"), someOf(u.missing, ", ")))
	}
	if len(u.unsettled) > 0 {
		lines = append(lines, fmt.Sprintf("finished, but an arm never settles at %s (%s): it is left out of averages there", count(len(u.unsettled), "point"), someOf(u.unsettled, ", ")))
	}
	if len(u.failed) > 0 {
		lines = append(lines, fmt.Sprintf("finished, but %s failed:\n%s", count(len(u.failed), "point"), someOf(u.failed, "\n")))
	}
	return strings.Join(lines, "\n")
}

func someOf(list []string, separator string) string {
	text := strings.Join(list[:min(len(list), mostListed)], separator)
	if more := len(list) - mostListed; more > 0 {
		text += fmt.Sprintf("%sand %d more, in table points", separator, more)
	}
	return text
}

// edited says that the tables to be replaced are of an earlier text of the study.
func (w *sweep) edited() []string {
	if w.out == "" {
		return nil
	}
	m, err := output.ReadManifest(w.out)
	if err != nil || m.Study == nil || m.Study.Text == w.study.Text {
		return nil // no tables there yet, or of the same text
	}
	return []string{fmt.Sprintf("%s was written for an earlier text of %s: its tables will be replaced at the end, and of the pieces those are used that still hold", w.out, w.study.File.Name)}
}
