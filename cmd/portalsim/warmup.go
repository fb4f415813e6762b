package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
	studies "portalsim/scenarios/study"
	"portalsim/sim"
	"portalsim/sim/experiment"
)

const warmupHelp = `
Says how many weeks to leave out at the beginning of a run, which starts empty: for all arms of a study, or of a command
line, one number, with its evidence. Campaigns are off: their dynamics are no transient.

    portalsim warmup baseline one-more-nurse
    portalsim warmup study.yaml --out warmup

Each arm runs twice over the same dates: from empty, and from a start a year before. Their difference week by week,
averaged over replications, is the transient clear of season and holidays. MSER on whole weeks says where it ends; the
Welch plot (--out: table warmup, warmup.svg) lets you see it. Threads that are open when the warm-up ends stay in the run.
`

// warming is what warmup does.
type warming struct {
	options
	weeks   int
	study   *studies.Study
	arms    []warmArm
	started time.Time
	io      stdio
}

// warmArm is an arm with its campaigns off.
type warmArm struct {
	name       string
	like       []string // other arms that are the same without their campaigns
	cold, warm *sim.Scenario
	transients []experiment.Transient
	growing    []string // pools whose backlog grows without end in most replications
}

func prepareWarmup(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	w := &warming{options: options{threadLog: "none", eventLog: "none", confidence: 0.95}}
	f.StringVar(&w.out, "out", "", "write table warmup, warmup.svg and manifest.json to this `directory`")
	f.IntVar(&w.weeks, "weeks", 26, "weeks to look at")
	f.IntVar(&w.replications, "replications", 20, "replications")
	f.Uint64Var(&w.seed, "seed", 1, "seed of all random numbers")
	f.IntVar(&w.jobs, "jobs", runtime.NumCPU(), "replications run at once; no result depends on it")
	f.StringArrayVar(&w.set, "set", nil, "set `[ARM:]PATH=VALUE` over the files; can be repeated")
	f.BoolVar(&w.quiet, "quiet", false, "no progress and no remarks, only results and errors")
	f.StringVar(&w.progress, "progress", "auto", "progress on the error stream: `auto|plain|none`")
	f.BoolVar(&w.force, "force", false, "write into an output directory that is not empty, replacing only files that this program wrote")
	w.limits.addFlags(f)
	return func(ctx context.Context, args []string, io stdio) error {
		w.io, w.started = io, time.Now()
		if err := w.check(); err != nil {
			return err
		}
		switch {
		case len(args) == 0:
			return &usage{"warmup needs a study file, or arms", "write, for example, portalsim warmup baseline"}
		case w.weeks < 10:
			return &usage{"--weeks must be at least 10", "write --weeks 26"}
		case w.replications < 2:
			return &usage{"--replications must be at least 2", "write --replications 20"}
		}
		return w.run(ctx, args)
	}
}

func (w *warming) run(ctx context.Context, args []string) error {
	s := &sweep{options: w.options}
	if err := s.load(args); err != nil {
		return err
	}
	w.study = s.study
	var directory *output.Directory
	if w.out != "" {
		var err error
		if directory, err = output.Open(w.out, programVersion(), w.force); err != nil {
			return err
		}
		defer directory.Close()
		noteUnlocked(w.io, w.quiet, w.out, directory.Locked())
	}
	if err := w.withoutCampaigns(); err != nil {
		return err
	}
	for i := range w.arms {
		if err := w.simulate(ctx, &w.arms[i]); err != nil {
			return err
		}
	}
	if directory != nil {
		if err := w.write(directory, args); err != nil {
			return err
		}
	}
	return w.answer()
}

// withoutCampaigns composes each arm without its campaigns, to start empty and to start a year before. Arms that are
// then the same are run once.
func (w *warming) withoutCampaigns() error {
	seen := map[string]int{} // by text; looked up, never walked
	for i, a := range w.study.Standing {
		at := scenarios.Place{File: "warmup", Line: i + 1, Column: 1}
		set := func(path, value string) scenarios.Setting {
			n := &scenarios.Node{Kind: scenarios.Scalar, Text: value, Quoted: path == "run.start", Place: at}
			if value == "" {
				n.Kind = scenarios.Null
			}
			return scenarios.Setting{Arm: a.Name, Path: path, Value: n, Place: at}
		}
		var off []scenarios.Setting
		for _, c := range a.Model.Campaigns {
			if !c.Always {
				off = append(off, set("interventions."+c.Name, ""))
			}
		}
		const year = 364 // whole weeks, so that weekdays stay
		off = append(off, set("run.measure", fmt.Sprintf("%dw", w.weeks)))
		cold, err := w.study.ComposeWith(append(off, set("run.warm_up", "0w")))
		if err != nil {
			return err
		}
		warm, err := w.study.ComposeWith(append(off, set("run.warm_up", "52w"), set("run.start", sim.Date(a.Model.StartDay-year))))
		if err != nil {
			return err
		}
		text := cold[i].Expand()
		if first, known := seen[text]; known {
			w.arms[first].like = append(w.arms[first].like, a.Name)
			continue
		}
		seen[text] = len(w.arms)
		cold[i].Model.Measured, warm[i].Model.Measured = cold[0].Model.Measured, cold[0].Model.Measured
		w.arms = append(w.arms, warmArm{name: a.Name, cold: cold[i].Model, warm: warm[i].Model})
	}
	return nil
}

// simulate runs an arm from empty and from a year before.
func (w *warming) simulate(ctx context.Context, a *warmArm) error {
	var weekly [2]experiment.Weekly
	growing := map[string]int{}
	for i, s := range []*sim.Scenario{a.cold, a.warm} {
		arms := []experiment.Arm{{Name: a.name, Scenario: s}}
		start := s.StartDay + int(s.WarmUp/sim.Day)
		err := experiment.Run(ctx, arms, w.seed, 0, w.replications, w.jobs, experiment.Options{StaffDays: true, Course: true, Outgrown: true, Budget: w.budget(w.jobs)}, func(r *experiment.Replication) error {
			result := r.Arms[0]
			weekly[i].Add(result, start, w.weeks)
			for _, pool := range result.Growing {
				if growing[pool]++; growing[pool] == w.replications/2+1 && !slices.Contains(a.growing, pool) {
					a.growing = append(a.growing, pool)
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("%w\nrun from %s with run.warm_up=%dw", w.explained(err), sim.Date(s.StartDay), int(s.WarmUp/sim.Week))
		}
	}
	a.transients = experiment.Transients(weekly[0], weekly[1])
	if a.growing == nil { // what the clinic does not have, such as clinicians' evenings without clinicians, has no transient
		a.transients = slices.DeleteFunc(a.transients, experiment.Transient.Unknown)
	}
	return nil
}

// suggestion returns the weeks to leave out for all arms that settle, and those that do not.
func (w *warming) suggestion() (weeks int, never []string) {
	for _, a := range w.arms {
		if a.growing != nil {
			never = append(never, fmt.Sprintf("%s (%s)", a.name, strings.Join(a.growing, ", ")))
			continue
		}
		for _, t := range a.transients {
			if !t.Settled {
				never = append(never, fmt.Sprintf("%s (%s within %d weeks)", a.name, experiment.WarmUpMeasures[t.Measure].Name, w.weeks))
				break
			}
			weeks = max(weeks, t.Leave)
		}
	}
	return weeks, never
}

// answer prints the suggestion and its evidence.
func (w *warming) answer() error {
	w.print()
	if _, never := w.suggestion(); never != nil {
		return &neverSettling{never}
	}
	return nil
}

// write writes the table and the plot.
func (w *warming) write(d *output.Directory, args []string) error {
	var table *output.Table[sim.WarmUpRow]
	if err := write(d, &table, "warmup", w.rows()); err != nil {
		return err
	}
	m := output.Manifest{Seed: w.seed, Replications: w.replications, Confidence: 0.95, Run: output.NewOccasion(w.started, w.jobs)}
	m.Command = "portalsim warmup"
	for _, a := range args {
		m.Command += " " + quoteForShell(a)
	}
	m.Command += fmt.Sprintf(" --weeks %d --replications %d --seed %d", w.weeks, w.replications, w.seed)
	for _, set := range w.set {
		m.Command += " --set " + quoteForShell(set)
	}
	for _, a := range w.study.Standing {
		m.Arms = append(m.Arms, output.Arm{Name: a.Name, Label: a.Label, Text: a.Expand(), Layers: a.Layers})
	}
	if err := d.Commit(m); err != nil {
		return err
	}
	return output.ReplaceFile(filepath.Join(w.out, "warmup.svg"), text(w.plot()))
}
