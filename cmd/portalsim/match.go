package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

const matchHelp = `
Looks for draws of an arm's inputs, within the ranges of its evidence, under which usual care gives all that the scenario
is calibrated_to: history matching. Each wave runs some draws, fits an emulator to each target, and rules out draws that
the emulators say cannot meet them. Fits are confirmed with more replications, and written as scenarios: clinics that fit
about equally well, and under which an answer should be shown.

    portalsim match baseline --out fits
    portalsim compare fits/fit-1.yaml education
`

// matching is what match does.
type matching struct {
	options
	waves, perWave, candidates, keep, confirm int
}

func prepareMatch(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	m := &matching{options: options{threadLog: "none", eventLog: "none", confidence: 0.95, uncertainty: true}}
	f.StringVar(&m.out, "out", "", "write the fits as scenarios fit-1.yaml, fit-2.yaml, … to this `directory`, which must be empty or new")
	f.IntVar(&m.keep, "keep", 3, "fits to keep, as different from each other as there are")
	f.IntVar(&m.waves, "waves", 4, "waves of runs")
	f.IntVar(&m.perWave, "draws", 120, "draws run in each wave, each with two replications")
	f.IntVar(&m.candidates, "candidates", 200000, "draws that the emulators look at in each wave after the first, at most")
	f.IntVar(&m.confirm, "confirm", 10, "replications by which fits are confirmed")
	f.Uint64Var(&m.seed, "seed", 1, "seed of all random numbers")
	f.IntVar(&m.jobs, "jobs", runtime.NumCPU(), "replications run at once; no result depends on it")
	f.StringArrayVar(&m.set, "set", nil, "set `PATH=VALUE` over the files; can be repeated")
	f.BoolVar(&m.quiet, "quiet", false, "print nothing but the result and errors")
	f.StringVar(&m.progress, "progress", "auto", "progress on the error stream: `auto|plain|none`")
	m.limits.addFlags(f)
	return func(ctx context.Context, args []string, io stdio) error {
		if len(args) != 1 {
			return &usage{"match takes one arm", "write, for example, portalsim match baseline"}
		}
		if err := m.check(); err != nil {
			return err
		}
		return m.run(ctx, args[0], io)
	}
}

// check refuses values that make no sense.
func (m *matching) check() error {
	m.draws = max(m.perWave, 2)
	wrong := ""
	for _, least := range []struct {
		flag         string
		value, least int
	}{{"--keep", m.keep, 1}, {"--waves", m.waves, 1}, {"--draws", m.perWave, 8}, {"--candidates", m.candidates, m.perWave}, {"--confirm", m.confirm, 2}} {
		if least.value < least.least {
			wrong += fmt.Sprintf("%s must be at least %d\n           ", least.flag, least.least)
		}
	}
	if wrong != "" {
		return &usage{strings.TrimSpace(wrong), ""}
	}
	return m.options.check()
}

func (m *matching) run(ctx context.Context, expression string, io stdio) error {
	s := &study{options: &m.options, io: io}
	if err := s.load([]string{expression}, false); err != nil {
		return err
	}
	targets := s.loaded[0].CalibratedTo()
	if len(targets) == 0 {
		return &usage{s.arms[0].Name + " is calibrated to nothing", "write calibrated_to: in the scenario, such as {inbox_min_per_clinician_day: {low: 47, high: 57, source: literature, cite: …}}"}
	}
	if err := m.ready(); err != nil {
		return err
	}
	h := newHunt(m, s, targets)
	for wave := range m.waves {
		if err := h.wave(ctx, wave); err != nil {
			return s.explain(err)
		}
	}
	kept, err := h.confirmed(ctx)
	if err != nil {
		return s.explain(err)
	}
	return h.finish(ctx, kept)
}

// ready refuses an output directory that holds anything.
func (m *matching) ready() error {
	if m.out == "" {
		return nil
	}
	if entries, err := os.ReadDir(m.out); err == nil && len(entries) > 0 {
		return &output.Refused{Path: m.out, Reason: "is not empty", Fix: "name a new directory"}
	}
	return nil
}

// hunt is a search under way.
type hunt struct {
	*matching
	study   *study
	targets []scenarios.PlausibleRange
	matcher *experiment.Matcher
	next    int // the first draw that nobody has looked at
}

func newHunt(m *matching, s *study, targets []scenarios.PlausibleRange) *hunt {
	uniforms := s.drawing.uncertainty.Uniforms()
	h := &hunt{matching: m, study: s, targets: targets}
	h.matcher = &experiment.Matcher{Targets: plausibleOf(targets), Inputs: len(uniforms.Names()),
		Score: func(draw, input int) float64 { return stats.NormalScore(uniforms.At(m.seed, draw, input)) }}
	return h
}

// searchReplications are run of each draw while searching.
const searchReplications = 2

// wave runs the draws that look best, and learns from them.
func (h *hunt) wave(ctx context.Context, number int) error {
	var draws []int
	seen := h.perWave
	if number == 0 || !h.matcher.Learn() {
		for range h.perWave {
			draws = append(draws, h.next)
			h.next++
		}
		h.study.talk("wave %d: %d draws", number+1, len(draws))
	} else {
		var ruledOut int
		draws, seen, ruledOut = h.choose(ctx)
		h.study.talk("wave %d: the emulators rule out %.2f %% of %d draws; running the %d likeliest of the rest", number+1, 100*float64(ruledOut)/float64(seen), seen, len(draws))
	}
	fits, err := h.try(ctx, draws, searchReplications)
	if err != nil {
		return err
	}
	for _, f := range fits {
		h.matcher.Add(f.Draw, f.Values)
	}
	h.study.talk("  %d of all draws run so far meet every target", len(h.matcher.Fits()))
	return nil
}

// choose looks at draws that nobody has looked at, on all cores, and returns those likeliest to meet every target.
func (h *hunt) choose(ctx context.Context) (draws []int, seen, ruledOut int) {
	chances := make([]float64, h.candidates) // −∞ for what is ruled out
	var group sync.WaitGroup
	for worker := range h.jobs {
		group.Go(func() {
			for i := worker; i < len(chances) && ctx.Err() == nil; i += h.jobs {
				_, chances[i] = h.matcher.Look(h.next + i)
			}
		})
	}
	group.Wait()
	order := make([]int, 0, len(chances))
	for i, c := range chances {
		if !math.IsInf(c, -1) {
			order = append(order, i)
		}
	}
	ruledOut = len(chances) - len(order)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(chances[b], chances[a]) })
	for _, i := range order[:min(len(order), h.perWave)] {
		draws = append(draws, h.next+i)
	}
	h.next += len(chances)
	return draws, len(chances), ruledOut
}

// try runs draws and returns the values of the targets under each.
func (h *hunt) try(ctx context.Context, draws []int, replications int) ([]experiment.Fit, error) {
	s := h.again()
	s.draws = len(draws)
	s.drawing = &drawing{study: s, uncertainty: h.study.drawing.uncertainty, perDraw: replications, order: draws, made: map[int]*draw{}}
	collection, err := s.replicate(ctx, nil)
	if err != nil {
		return nil, err
	}
	var fits []experiment.Fit
	for slot, number := range draws {
		f := experiment.Fit{Draw: number}
		for _, t := range h.targets {
			mean := math.NaN()
			if values := collection.Values(0, t.Measure); values != nil && collection.Settles(0, slot) {
				mean, _, _ = stats.MeanInterval(values[slot*replications:(slot+1)*replications], 0.95)
			}
			f.Values = append(f.Values, mean)
		}
		f.Misfit = experiment.Misfit(h.matcher.Targets, f.Values)
		fits = append(fits, f)
	}
	return fits, nil
}

// again returns a study of the same arm, with options of its own.
func (h *hunt) again() *study {
	s, o := *h.study, *h.study.options
	s.options = &o
	return &s
}

// confirmed runs the best fits again with more replications, and returns those that still meet every target, first the
// best, then those farthest from the ones before.
func (h *hunt) confirmed(ctx context.Context) ([]experiment.Fit, error) {
	const spare = 4 // some fits owe their place to chance
	found := h.matcher.Fits()
	var draws []int
	for _, f := range found[:min(len(found), spare*h.keep)] {
		draws = append(draws, f.Draw)
	}
	if draws == nil {
		return nil, nil
	}
	h.study.talk("confirming %d fits with %d replications", len(draws), h.confirm)
	fits, err := h.try(ctx, draws, h.confirm)
	if err != nil {
		return nil, err
	}
	fits = slices.DeleteFunc(fits, func(f experiment.Fit) bool { return !f.Inside() })
	slices.SortStableFunc(fits, func(a, b experiment.Fit) int { return cmp.Compare(a.Misfit, b.Misfit) })
	return h.apart(fits), nil
}

// apart picks fits that differ: the first, and then each time the one whose inputs are farthest from those picked.
func (h *hunt) apart(fits []experiment.Fit) []experiment.Fit {
	var picked []experiment.Fit
	for len(fits) > 0 && len(picked) < h.keep {
		best, farthest := 0, -1.0
		for i, f := range fits {
			nearest := math.Inf(1)
			for _, p := range picked {
				square := 0.0
				for in := range h.matcher.Inputs {
					square += math.Pow(h.matcher.Score(f.Draw, in)-h.matcher.Score(p.Draw, in), 2)
				}
				nearest = min(nearest, square)
			}
			if len(picked) > 0 && nearest > farthest {
				best, farthest = i, nearest
			}
		}
		picked = append(picked, fits[best])
		fits = slices.Delete(fits, best, best+1)
	}
	return picked
}

// finish prints the fits beside the scenario as it stands, and writes them.
func (h *hunt) finish(ctx context.Context, kept []experiment.Fit) error {
	s := h.study
	plain, err := h.asItStands(ctx)
	if err != nil {
		return err
	}
	printFits(s.io.out, s, h.targets, plain, kept)
	if len(kept) == 0 {
		return errors.New("no draw meets every target; widen calibrated_to or the ranges of the inputs, or give more --waves, --draws or --candidates")
	}
	if h.out == "" {
		return nil
	}
	return h.write(kept)
}

// write writes the fits as scenarios that extend the arm's.
func (h *hunt) write(kept []experiment.Fit) error {
	s := h.study
	scenario := scenarioOf(s.loaded[0])
	plain, err := source().Load([]string{scenario}, nil)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(h.out, 0o777); err != nil {
		return err
	}
	extends := scenario
	if strings.ContainsRune(scenario, '/') || strings.HasSuffix(scenario, ".yaml") {
		if extends, err = pathFrom(h.out, scenario); err != nil {
			return err
		}
	}
	for i, f := range kept {
		name := fmt.Sprintf("fit-%d", i+1)
		text, err := s.drawing.uncertainty.Scenario(plain[0], h.seed, f.Draw, name, extends)
		if err != nil {
			return err
		}
		write := func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
		if err := output.ReplaceFile(filepath.Join(h.out, name+".yaml"), write); err != nil {
			return err
		}
	}
	fmt.Fprintf(s.io.out, "Scenarios: %s\n", h.out)
	return nil
}

// pathFrom returns the path of a file from a directory, written so that it is no library name.
func pathFrom(directory, path string) (string, error) {
	from, err := filepath.Abs(directory)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(from, to)
	return filepath.ToSlash(rel), err
}

// asItStands runs the scenario without a draw.
func (h *hunt) asItStands(ctx context.Context) (experiment.Fit, error) {
	s := h.again()
	s.drawing, s.replications = nil, h.confirm
	collection, err := s.replicate(ctx, nil)
	if err != nil {
		return experiment.Fit{}, err
	}
	f := experiment.Fit{}
	for _, t := range h.targets {
		f.Values = append(f.Values, collection.Mean(0, t.Measure))
	}
	f.Misfit = experiment.Misfit(h.matcher.Targets, f.Values)
	return f, nil
}

// printFits prints the targets as rows, the scenario and the fits as columns.
func printFits(w io.Writer, s *study, targets []scenarios.PlausibleRange, plain experiment.Fit, kept []experiment.Fit) {
	fmt.Fprintf(w, "%-44s %18s %12s", "target", "range", s.arms[0].Name)
	for i := range kept {
		fmt.Fprintf(w, " %10s", fmt.Sprintf("fit-%d", i+1))
	}
	fmt.Fprintln(w)
	for i, t := range targets {
		fmt.Fprintf(w, "%-44s %18s %12s", t.Text, rangeWords(t), marked(plain.Values[i], t))
		for _, f := range kept {
			fmt.Fprintf(w, " %10s", marked(f.Values[i], t))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%-44s %18s %12s", "misfit of the worst (1: at the end of its range)", "", number(plain.Misfit))
	for _, f := range kept {
		fmt.Fprintf(w, " %10s", number(f.Misfit))
	}
	fmt.Fprintln(w)
	for i, f := range kept {
		fmt.Fprintf(w, "fit-%d is draw %d of seed %d\n", i+1, f.Draw, s.seed)
	}
}

// rangeWords prints a range.
func rangeWords(r scenarios.PlausibleRange) string {
	switch {
	case math.IsInf(r.Low, -1):
		return "up to " + number(r.High)
	case math.IsInf(r.High, 1):
		return "from " + number(r.Low)
	}
	return number(r.Low) + " to " + number(r.High)
}

// marked prints a value, with a star where it lies outside of its range.
func marked(x float64, r scenarios.PlausibleRange) string {
	if x < r.Low || x > r.High {
		return number(x) + "*"
	}
	return number(x)
}
