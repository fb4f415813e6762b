package validation

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// Fits returns the library's scenarios under which the baseline fits about equally well: portalsim match baseline found them.
func Fits() []string {
	var list []string
	for _, e := range (scenarios.Source{Library: scenarios.Library()}).Names() {
		if strings.HasPrefix(e.Name, "fit-") {
			list = append(list, e.Name)
		}
	}
	return list
}

// comparedUnderFits are the interventions whose headlines are shown under every fit.
var comparedUnderFits = []string{"education", "education-backfires", "nurse-triage", "refill-protocol", "one-more-nurse", "protected-time", "shared-inbox"}

// fitted is the baseline, or a fit of it, with interventions against it.
type fitted struct {
	name       string
	loaded     []*scenarios.Arm
	collection *experiment.Collection
}

// runFitted simulates a baseline  with every intervention and the ceiling.
func runFitted(ctx context.Context, fit string, replications, workers int) (*fitted, error) {
	expressions := append([]string{fit}, append(comparedUnderFits, ceilingOverlay)...)
	loaded, err := scenarios.Source{Library: scenarios.Library()}.Load(expressions, nil)
	if err != nil {
		return nil, err
	}
	c, err := collect(ctx, loaded, replications, workers)
	return &fitted{fit, loaded, c}, err
}

// collect simulates arms against the first, with seed 1; the arm without patients' messages is a reference.
func collect(ctx context.Context, loaded []*scenarios.Arm, replications, workers int) (*experiment.Collection, error) {
	var arms []experiment.Arm
	for _, a := range loaded {
		a.Model.Measured = loaded[0].Model.Measured
		arms = append(arms, experiment.Arm{Name: a.Name, Scenario: a.Model, Reference: a.Name == ceilingOverlay})
	}
	c := experiment.NewCollection(arms)
	err := experiment.Run(ctx, arms, 1, 0, replications, workers, experiment.Options{}, func(r *experiment.Replication) error {
		c.Add(r)
		return nil
	})
	return c, err
}

// WriteBaselines writes what several baselines that fit about equally well say, from the given number of replications.
func WriteBaselines(ctx context.Context, w io.Writer, replications, workers int) error {
	var all []*fitted
	for _, fit := range append([]string{"baseline"}, Fits()...) {
		f, err := runFitted(ctx, fit, replications, workers)
		if err != nil {
			return err
		}
		all = append(all, f)
	}
	out := &printer{w: w}
	out.line("# Baselines that fit about equally well")
	out.line("")
	out.line("Many clinics give the same published figures. `portalsim match baseline` looked for them: it draws the inputs from their ranges, evening and reading of the")
	out.line("survey included, learns from the draws that it has run which ones to rule out, and keeps draws that give everything the baseline is `calibrated_to` (history")
	out.line("matching; docs/model.md, section 4.6). Three of them, as different from each other as they came, are the library's scenarios `fit-1`, `fit-2` and `fit-3`; the scenario as it")
	out.line("stands misses one target, the pajama time. None of them is *the* clinic: an answer that changes between them is not known.")
	out.line("")
	out.line("Written by the tests from %d replications of 52 weeks with seed 1: `go test ./validation -run TestBaselines -update`.", replications)
	writeTargets(out, all)
	writeSpread(out, all, "After-hours minutes per clinician and week: difference, and its range over the baselines", 1, 1)
	writeSpread(out, all, "Time to first response of a portal message, same contacts, in hours: difference, and its range", 0, 2)
	out.line("")
	out.line("Half-widths are of 95 %% intervals: simulation error only. That education's effects are assumptions, and the ranges of most inputs too, no baseline changes:")
	out.line("`portalsim compare baseline education --uncertainty` draws them as well. Figures held out (docs/face-validity.md) were not used to find the fits.")
	return out.err
}

// writeTargets writes what each baseline gives of what it is calibrated to, and what each is.
func writeTargets(out *printer, all []*fitted) {
	out.line("")
	out.line("## What they are calibrated to")
	out.line("")
	out.line("| Target | Range |%s", columnsOf(all))
	out.line("| --- | ---: |%s", strings.Repeat(" ---: |", len(all)))
	for _, t := range all[0].loaded[0].CalibratedTo() {
		row := fmt.Sprintf("| `%s` | %g to %g |", t.Text, t.Low, t.High)
		for _, f := range all {
			x := f.collection.Mean(0, t.Measure)
			mark := ""
			if x < t.Low || x > t.High {
				mark = " **misses**"
			}
			row += fmt.Sprintf(" %.3g%s |", x, mark)
		}
		out.line("%s", row)
	}
	for _, m := range []struct{ words, measure string }{{"after-hours minutes per clinician and week (no target)", sim.Headline[1]}, {"first response to a portal message, h (no target)", sim.Headline[0] + "[channel=portal]"}} {
		row := "| " + m.words + " | |"
		for _, f := range all {
			named, err := sim.MeasureNamed(m.measure)
			if err != nil {
				panic(err) // a name of ours
			}
			row += fmt.Sprintf(" %.4g |", f.collection.Mean(0, named))
		}
		out.line("%s", row)
	}
	out.line("")
	for _, name := range Fits() {
		text, err := fs.ReadFile(scenarios.Library(), name+".yaml")
		if err != nil {
			panic(err) // the name is the library's
		}
		first, _, _ := strings.Cut(string(text), "\n")
		out.line("- `%s`: %s", name, strings.TrimPrefix(first, "# "))
	}
}

// writeSpread writes a headline difference of each intervention under each baseline.
func writeSpread(out *printer, all []*fitted, title string, headline, digits int) {
	out.line("")
	out.line("## %s", title)
	out.line("")
	out.line("| Intervention |%s Range |", columnsOf(all))
	out.line("| --- |%s ---: |", strings.Repeat(" ---: |", len(all)))
	for arm := 1; arm <= len(comparedUnderFits); arm++ {
		least, most := math.Inf(1), math.Inf(-1)
		row := "| " + all[0].loaded[arm].Title + " |"
		for _, f := range all {
			h := f.collection.Headlines(arm, -1, 0.95)[headline]
			row += fmt.Sprintf(" %+.*f ± %.*f |", digits, h.Change.Mean, digits, h.Change.Interval().HalfWidth())
			least, most = min(least, h.Change.Mean), max(most, h.Change.Mean)
		}
		out.line("%s %+.*f to %+.*f |", row, digits, least, digits, most)
	}
}

// columnsOf heads a column for each baseline.
func columnsOf(all []*fitted) string {
	text := ""
	for _, f := range all {
		text += " " + f.name + " |"
	}
	return text
}
