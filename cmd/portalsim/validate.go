package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/sim"
	"portalsim/sim/random"
	"portalsim/validation"
)

const validateHelp = `
Simulates clinics that amount to something with a known formula, through the same path as any scenario, and sets each
quantity against theory. A sound program fails in one run of a thousand; the status is 3 where a quantity is outside its
limits, or a formula that does not belong to a clinic was not rejected.

    portalsim validate
    portalsim validate --level thorough --seed 7 --out out

The level quick takes half a minute on two cores. The levels standard and thorough have longer and more replications, and
judge the random numbers and the intervals too: distributions, independent streams, coverage, the bias of quantiles.
`

// validateOptions are the flags of validate.
type validateOptions struct {
	level, out         string
	seed               uint64
	jobs               int
	quiet, json, force bool
}

// outsideLimits is the outcome of a validation that failed.
type outsideLimits struct{ failed, of int }

func (o *outsideLimits) Error() string {
	return fmt.Sprintf("%d of %s outside the limits: please report it with this version, the level and the seed", o.failed, count(o.of, "test"))
}

func prepareValidate(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	o := &validateOptions{}
	f.StringVar(&o.level, "level", "quick", "how much is simulated: `quick|standard|thorough`")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all random numbers; a fresh one is a fresh test")
	f.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "replications run at once; no result depends on it")
	f.StringVar(&o.out, "out", "", "write table validation and manifest.json to this `directory`")
	f.BoolVar(&o.quiet, "quiet", false, "no progress, only the result and errors")
	f.BoolVar(&o.json, "json", false, "print the result as JSON")
	f.BoolVar(&o.force, "force", false, "write into an output directory that is not empty, replacing only files that this program wrote")
	return func(ctx context.Context, args []string, io stdio) error {
		if len(args) > 0 {
			return &usage{"validate takes no arguments", "see portalsim help validate"}
		}
		return validate(ctx, o, validation.Cases, io)
	}
}

// validate runs a catalogue, which tests may replace, and judges it.
func validate(ctx context.Context, o *validateOptions, catalogue func() []validation.Case, io stdio) error {
	started := time.Now()
	level, err := o.check()
	if err != nil {
		return err
	}
	var directory *output.Directory
	if o.out != "" {
		if directory, err = output.Open(o.out, programVersion(), o.force); err != nil {
			return err
		}
		defer directory.Close()
		noteUnlocked(io, o.quiet, o.out, directory.Locked())
	}
	done := 0
	report, err := validation.Run(ctx, catalogue(), level, o.seed, o.jobs, func(piece string) {
		done++
		if !o.quiet {
			fmt.Fprintf(io.err, "%3d  %4.0f s  %s\n", done, time.Since(started).Seconds(), piece)
		}
	})
	if err != nil {
		return err
	}
	rows := validationRows(report)
	if directory != nil {
		if err := o.write(directory, report, rows, started); err != nil {
			return err
		}
	}
	if err := o.print(io.out, report, rows); err != nil {
		return err
	}
	if failed := report.Failed(); failed > 0 {
		return &outsideLimits{failed, report.Family()}
	}
	return nil
}

// check refuses values that make no sense, all at once, and returns the level.
func (o *validateOptions) check() (validation.Level, error) {
	var wrong []string
	if o.jobs < 1 {
		wrong = append(wrong, "--jobs must be at least 1")
	}
	var found validation.Level
	for _, level := range validation.Levels() {
		if level.Name == o.level {
			found = level
		}
	}
	if found.Name == "" {
		wrong = append(wrong, "--level must be quick, standard or thorough")
	}
	if len(wrong) > 0 {
		return found, &usage{strings.Join(wrong, "\n           "), ""}
	}
	return found, nil
}

func (o *validateOptions) print(w io.Writer, report *validation.Report, rows []sim.ValidationRow) error {
	if !o.json {
		fmt.Fprintln(w, "# portalsim "+version+" against theory")
		fmt.Fprintln(w)
		errs := errors.Join(report.WriteTable(w), report.WriteChecks(w))
		fmt.Fprintln(w)
		return errors.Join(errs, report.WriteSummary(w))
	}
	list := make([]map[string]any, len(rows))
	for i, row := range rows {
		list[i] = columns(row)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{
		"command": o.command(), "level": report.Level.Name, "seed": o.seed, "false_alarm": validation.FalseAlarm,
		"tests": report.Family(), "failed": report.Failed(), "validation": list,
	})
}

func (o *validateOptions) command() string {
	return fmt.Sprintf("portalsim validate --level %s --seed %d", o.level, o.seed)
}

// write writes table validation and the manifest, which holds the cases as they were run.
func (o *validateOptions) write(d *output.Directory, report *validation.Report, rows []sim.ValidationRow, started time.Time) error {
	var table *output.Table[sim.ValidationRow]
	if err := write(d, &table, "validation", rows); err != nil {
		return err
	}
	m := output.Manifest{
		Seed: o.seed, Replications: report.Level.Replications, Confidence: 1 - validation.FalseAlarm, RandomNumbers: random.Scheme,
		Command: o.command(), Run: output.NewOccasion(started, o.jobs),
		Notes: []string{fmt.Sprintf("a sound program has any quantity outside its limits with probability %g", validation.FalseAlarm),
			"each case has a seed of its own, made from this one and its name"},
	}
	for _, a := range report.Arms {
		m.Arms = append(m.Arms, output.Arm{Name: a.Name, Label: a.Label, Text: a.Expand(), Layers: a.Layers})
	}
	return d.Commit(m)
}

// validationRows returns table validation.
func validationRows(report *validation.Report) []sim.ValidationRow {
	var rows []sim.ValidationRow
	for i := range report.Verdicts {
		v := &report.Verdicts[i]
		row := sim.ValidationRow{
			Level: report.Level.Name, Kind: "mean", Case: v.Case, Quantity: v.Quantity, Measure: v.Measure, Unit: v.Unit,
			Replications: int32(v.Replications), Theory: v.Theory, Simulated: v.Mean, SE: finite(v.SE), Low: finite(v.Interval.Low), High: finite(v.Interval.High),
			Agrees: v.Agrees, Instead: v.Instead, Wrong: finite(v.Wrong), WrongRejected: v.WrongRejected,
		}
		if v.AtMost {
			row.Kind, row.High = "bound", nil
		}
		if v.SE > 0 {
			row.T, row.P, row.WrongT = finite(v.T), finite(v.P), finite(v.WrongT)
		}
		rows = append(rows, row)
	}
	for i := range report.Checks {
		c := &report.Checks[i]
		row := sim.ValidationRow{
			Level: report.Level.Name, Kind: "measured", Case: c.Group, Quantity: c.Name, Unit: c.Unit, Replications: int32(c.N),
			Theory: c.Expected, Simulated: c.Observed, Low: finite(c.Band.Low), High: finite(c.Band.High), Agrees: !c.Failed, WrongRejected: true, Remark: c.Remark(),
		}
		if c.Judged {
			row.Kind, row.P = "check", finite(c.P)
		}
		rows = append(rows, row)
	}
	return rows
}

// finite returns a number, or nil where it is none.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
