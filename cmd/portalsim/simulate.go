package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
)

// options are the flags that compare and run share.
type options struct {
	out          string
	replications int
	seed         uint64
	jobs         int
	set          []string
	threadLog    string
	eventLog     string
	confidence   float64
	quiet, force bool
	json         bool
	progress     string
	uncertainty  bool
	draws        int
	checked      bool
	report       bool
	limits
	noCeiling bool // of compare, as are those that follow
	choosing
	clinics float64
	horizon string
}

func (o *options) addFlags(f *pflag.FlagSet) {
	f.StringVar(&o.out, "out", "", "write Parquet tables and manifest.json to this `directory`; without it, only the screen")
	f.IntVar(&o.replications, "replications", 0, "number of replications; 0 adds them until each headline half-width is at most 2 % of the control's mean; with --uncertainty, of each draw (0: 2)")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all random numbers")
	f.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "replications run at once; no result depends on it")
	f.StringArrayVar(&o.set, "set", nil, "set `[ARM:]PATH=VALUE` over the files, such as patients.count=3000; can be repeated")
	f.StringVar(&o.threadLog, "thread-log", "none", "table threads: `none|sample|all`; a sample keeps one contact in 64, the same ones in every arm")
	f.StringVar(&o.eventLog, "event-log", "none", "table events, every change in a thread: `none|sample|all`; a sample keeps the contacts of --thread-log's; all keeps what the staff do too, table staff_states")
	f.Float64Var(&o.confidence, "confidence", 0.95, "confidence of the intervals on the screen, between 0.5 and 1; tables always hold 95 %")
	f.BoolVar(&o.quiet, "quiet", false, "no progress and no remarks, only results and errors")
	f.BoolVar(&o.json, "json", false, "print the result as JSON")
	f.StringVar(&o.progress, "progress", "auto", "progress on the error stream: `auto|plain|none`; auto is a live line on a terminal, else plain lines")
	f.BoolVar(&o.force, "force", false, "write into an output directory that is not empty, replacing only files that this program wrote")
	f.BoolVar(&o.uncertainty, "uncertainty", false, "draw the inputs from their ranges, the same draw in every arm, and show what not knowing them does to the answer")
	f.IntVar(&o.draws, "draws", 0, fmt.Sprintf("draws of the inputs, with --uncertainty (0: %d)", usualDraws))
	f.BoolVar(&o.checked, "check", false, "watch every replication: stop with status 1 at the first event at which something does not hold that must always hold (docs/invariants.md); changes no result, takes longer")
	f.BoolVar(&o.report, "report", false, "write what was found as one HTML file, report.html beside the tables; needs --out")
	o.limits.addFlags(f)
}

// usualDraws is the default number of draws of the inputs: 5 of them beyond each end of a 95 % interval.
const usualDraws = 200

// check refuses values that make no sense, all at once.
func (o *options) check() error {
	var wrong []string
	if o.replications < 0 || o.replications == 1 {
		wrong = append(wrong, "--replications must be 0 or at least 2, since an interval needs two")
	}
	if o.jobs < 1 {
		wrong = append(wrong, "--jobs must be at least 1")
	}
	if !(o.confidence >= 0.5 && o.confidence < 1) {
		wrong = append(wrong, "--confidence must be from 0.5 to below 1, such as 0.95")
	}
	for _, log := range []struct{ flag, value string }{{"--thread-log", o.threadLog}, {"--event-log", o.eventLog}} {
		if !slices.Contains([]string{"none", "sample", "all"}, log.value) {
			wrong = append(wrong, log.flag+" must be none, sample or all")
		}
		if log.value != "none" && o.out == "" {
			wrong = append(wrong, log.flag+" needs --out: write --out DIR too, a directory for the tables")
		}
	}
	if !slices.Contains([]string{"auto", "plain", "none"}, o.progress) {
		wrong = append(wrong, "--progress must be auto, plain or none")
	}
	switch {
	case o.draws < 0 || o.draws == 1:
		wrong = append(wrong, "--draws must be 0 or at least 2")
	case o.draws > 0 && !o.uncertainty:
		wrong = append(wrong, "--draws needs --uncertainty")
	case o.draws == 0 && o.uncertainty:
		o.draws = usualDraws
	}
	if o.report && o.out == "" {
		wrong = append(wrong, "--report needs --out: write --out DIR too, a directory for the report and its tables")
	}
	if wrong = append(wrong, o.limits.read()...); len(wrong) > 0 {
		return &usage{strings.Join(wrong, "\n           "), ""}
	}
	return nil
}

// source reads users' files from disk and names from the library.
func source() scenarios.Source {
	return scenarios.Source{ReadFile: readBounded, Library: scenarios.Library()}
}

// ceilingArm is the name of the arm without patients' messages.
const ceilingArm = "no-patient-messages"

// study is what compare and run do: load arms, simulate, write.
type study struct {
	*options
	command string
	given   []string // the arms as written
	loaded  []*scenarios.Arm
	arms    []experiment.Arm
	ceiling int      // among arms, or -1
	drawing *drawing // of the inputs; nil in a plain run
	started time.Time
	io      stdio
}

// load composes the arms; withCeiling adds the ceiling to them, unless it is there.
func (s *study) load(expressions []string, withCeiling bool) error {
	s.ceiling = -1
	reference := false
	given := func(e string) bool { return e == ceilingArm || strings.HasPrefix(e, ceilingArm+"=") }
	if withCeiling && !slices.ContainsFunc(expressions, given) {
		control := expressions[0]
		if name, after, named := strings.Cut(control, "="); named && !strings.Contains(name, "/") {
			control = after
		}
		expressions = append(slices.Clone(expressions), ceilingArm+"="+control+"+"+ceilingArm)
		reference = true
	}
	s.given = expressions
	var err error
	if s.loaded, err = source().Load(expressions, s.set); err != nil {
		return err
	}
	for i, a := range s.loaded {
		a.Model.Measured = s.loaded[0].Model.Measured // waits in open hours by the comparator's calendar
		s.arms = append(s.arms, experiment.Arm{Name: a.Name, Scenario: a.Model})
		if a.Name == ceilingArm {
			s.ceiling = i
		}
	}
	if reference {
		s.arms[len(s.arms)-1].Reference = true
	}
	if s.uncertainty {
		s.drawing, err = newDrawing(s, expressions)
	}
	return err
}

// answer simulates, and prints the result as JSON or by print.
func (s *study) answer(ctx context.Context, print func(io.Writer, *study, *experiment.Collection)) error {
	s.remark()
	collection, err := s.simulate(ctx)
	if err != nil {
		return err
	}
	if s.json {
		return errors.Join(printJSON(s.io.out, s, collection), s.unsettled(collection))
	}
	print(s.io.out, s, collection)
	return s.unsettled(collection)
}

// simulate runs the replications and writes the tables.
func (s *study) simulate(ctx context.Context) (*experiment.Collection, error) {
	var tables *tableSet
	if s.out != "" {
		directory, err := output.Open(s.out, programVersion(), s.force)
		if err != nil {
			return nil, err
		}
		defer directory.Close()
		noteUnlocked(s.io, s.quiet, s.out, directory.Locked())
		tables = openTables(directory, s)
	}
	collection, err := s.replicate(ctx, tables)
	if err != nil {
		return nil, s.explain(err)
	}
	if tables != nil {
		if err := tables.finish(collection); err != nil {
			return nil, err
		}
		if s.report {
			if err := reportBeside(s.out); err != nil {
				return nil, err
			}
		}
	}
	return collection, nil
}

// replicate runs replications: as many as asked for, or in stages until the headline is precise enough.
func (s *study) replicate(ctx context.Context, tables *tableSet) (*experiment.Collection, error) {
	collection := experiment.NewCollection(s.arms)
	options := experiment.Options{StaffDays: tables != nil, Course: tables != nil, Check: s.checked, Budget: s.budget(s.jobs)}
	if s.drawing != nil {
		collection.DrawInputs(s.drawing.perDraw, s.drawing.plausible())
		options.Arms, options.Outgrown = s.drawing.draw, true
	}
	if tables != nil {
		options.Threads = keepContacts(s.threadLog)
		options.Log, options.LogStaff = keepContacts(s.eventLog), s.eventLog == "all"
	}
	progress := newProgress(s, s.io.err)
	defer progress.end()
	target := s.replications
	switch {
	case s.drawing != nil:
		target = s.draws * s.drawing.perDraw
	case target == 0:
		target = stopping.Next(collection)
	}
	for have := 0; ; {
		progress.aim(target)
		err := experiment.Run(ctx, s.arms, s.seed, have, target, s.jobs, options, func(r *experiment.Replication) error {
			collection.Add(r)
			progress.done(r.Number + 1)
			if tables == nil {
				return nil
			}
			return tables.add(r)
		})
		if err != nil {
			return nil, err
		}
		have = target
		if s.replications == 0 && s.drawing == nil {
			target = s.next(collection)
		}
		if target == have {
			return collection, nil
		}
	}
}

// keepContacts returns which contacts a log keeps. A sample goes by the contact's place, so that every arm, and either log,
// keeps the same ones.
func keepContacts(log string) func(int64) bool {
	switch log {
	case "all":
		return func(int64) bool { return true }
	case "sample":
		sample := random.New(0, 0, "thread-log")
		return func(contact int64) bool { return sample.Bits(uint64(contact), 0)%64 == 0 }
	default:
		return nil
	}
}

// explain adds to an error of one replication how to see it again.
func (s *study) explain(err error) error {
	again := func(arm string, replication int) string {
		if e := s.expression(arm); e != arm {
			arm += "=" + e // so that its settings find it
		}
		text := fmt.Sprintf("see it again: portalsim run %s --seed %d --replication %d --trace%s", quoteForShell(arm), s.seed, replication, s.drawOptions())
		if s.checked {
			text += " --check"
		}
		for _, set := range s.set {
			if _, err := source().Load([]string{arm}, []string{set}); err == nil { // else it is another arm's
				text += " --set " + quoteForShell(set)
			}
		}
		return text
	}
	var defect *experiment.Defect
	var failed *experiment.ArmError
	var large *tooLarge
	err = s.explained(err)
	switch {
	case errors.As(err, &large):
	case errors.As(err, &defect):
		return fmt.Errorf("%w\n%s\n%s", err, defect.Stack, again(defect.Arm, defect.Replication))
	case errors.As(err, &failed):
		return fmt.Errorf("%w\n%s", err, again(failed.Arm, failed.Replication))
	}
	return err
}

// expression returns how to write an arm for run: the files it is made of.
func (s *study) expression(arm string) string {
	for _, a := range s.loaded {
		if a.Name == arm {
			return a.Expression
		}
	}
	return arm
}

// inputRows returns table inputs of some arms.
func inputRows(arms []*scenarios.Arm) []sim.InputRow {
	var rows []sim.InputRow
	for _, a := range arms {
		for _, in := range a.Inputs() {
			rows = append(rows, sim.InputRow{
				Point: sim.BasePoint, Arm: a.Name, Path: in.Path, Value: in.Value, Source: in.Source, N: in.N, Low: in.Low,
				High: in.High, Dist: in.Dist, Wider: in.Transport, Group: in.Group, Cite: in.Cite, Remark: in.Note, Held: in.Held,
			})
		}
	}
	return rows
}

// talk writes a remark, unless quiet.
func (s *study) talk(format string, values ...any) {
	if !s.quiet {
		fmt.Fprintf(s.io.err, format+"\n", values...)
	}
}
