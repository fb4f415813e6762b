package validation

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// evenings are the variants of the evening under which every intervention is shown: structural uncertainty.
var evenings = []struct{ overlay, title string }{
	{"", "the baseline's evenings: staying on, and logging in at home"},
	{"evening-clear-inbox", "evenings that clear the inbox"},
	{"evening-habit", "evenings by habit"},
	{"evening-backlog", "evenings driven by the backlog"},
}

// ceilingOverlay is the arm without patients' messages.
const ceilingOverlay = "no-patient-messages"

// Interventions returns the library's overlays that are interventions, education first: not the variants of the evening
// and not those that describe another clinic.
func Interventions() []string {
	other := []string{ceilingOverlay, "survey-of-portal-users", "impatient-patients", "held-back-needs", "education-by-need", "after-a-holiday"}
	list := []string{"education", "education-backfires"}
	for _, e := range (scenarios.Source{Library: scenarios.Library()}).Names() {
		if e.Kind == "overlay" && !strings.HasPrefix(e.Name, "evening-") && !slices.Contains(other, e.Name) && !slices.Contains(list, e.Name) {
			list = append(list, e.Name)
		}
	}
	return list
}

// WriteInterventions writes every intervention of the library against the baseline, under every variant of the evening,
// from the given number of replications with seed 1.
func WriteInterventions(ctx context.Context, w io.Writer, replications, workers int) error {
	out := &printer{w: w}
	out.line("# Interventions")
	out.line("")
	out.line("Every intervention of the library against the library's `baseline`, on the two headline measures, with harms and costs, under each variant of the")
	out.line("evening. Written by the tests from %d replications of 52 weeks with seed 1: `go test ./validation -run TestInterventions -update`.", replications)
	out.line("")
	out.line("**What this rests on.** No study has measured what education on portal use does: its effects are assumptions with ranges, to be swept. So are most")
	out.line("effects of the others; the last column counts the assumptions among the numbers that an overlay changes. Intervals are of 95 %% and hold simulation")
	out.line("error only. Burden is workload, not burnout. Costs and the weights of net benefit are assumptions. What the admin time was for that `protected-time`")
	out.line("takes is not modelled, so that it looks free.")
	for _, evening := range evenings {
		if err := writeEvening(ctx, out, evening.overlay, evening.title, replications, workers); err != nil {
			return err
		}
	}
	return out.err
}

func writeEvening(ctx context.Context, out *printer, evening, title string, replications, workers int) error {
	base := "baseline"
	if evening != "" {
		base += "+" + evening
	}
	expressions := []string{"control=" + base}
	names := append(Interventions(), ceilingOverlay)
	for _, name := range names {
		expressions = append(expressions, name+"="+base+"+"+name)
	}
	loaded, err := scenarios.Source{Library: scenarios.Library()}.Load(expressions, nil)
	if err != nil {
		return err
	}
	c, err := collect(ctx, loaded, replications, workers)
	if err != nil {
		return err
	}
	ceiling := len(loaded) - 1
	out.line("")
	out.line("## With %s", title)
	out.line("")
	out.line("Usual care: first response to a portal message after %.2f h, %.1f after-hours minutes per clinician and week; without any patient's message %.1f.",
		c.Mean(0, portalWait()), c.Mean(0, experiment.Of(sim.Headline[1])), c.Mean(ceiling, experiment.Of(sim.Headline[1])))
	out.line("")
	out.line("| Intervention | First response, same contacts, h | After-hours min per clinician and week | Share of the ceiling | Silenced a week: needed, truly urgent | Truly urgent content seen, h | Visits lost a week | Cost | After-hours hours saved | Net benefit | Assumptions |")
	out.line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
	for a := 1; a < ceiling; a++ {
		writeIntervention(out, c, loaded, a, ceiling)
	}
	return nil
}

func portalWait() sim.MeasureRow {
	row := experiment.Of(sim.Headline[0])
	row.Channel = "portal"
	return row
}

func writeIntervention(out *printer, c *experiment.Collection, loaded []*scenarios.Arm, arm, ceiling int) {
	h := c.Headlines(arm, ceiling, 0.95)
	cell := func(x experiment.Headline, digits int) string {
		if math.IsNaN(x.Change.Mean) {
			return ""
		}
		return fmt.Sprintf("%+.*f [%+.*f, %+.*f]", digits, x.Change.Mean, digits, x.Change.Interval().Low, digits, x.Change.Interval().High)
	}
	difference := func(measure string) float64 {
		d, ok := c.Difference(arm, experiment.Of(measure), 0.95)
		if !ok {
			return 0
		}
		return d.Change.Mean
	}
	lost := 0.0
	for _, role := range c.Roles(arm) {
		row := experiment.Of("visits_lost_per_week")
		row.Role = role
		lost += c.Mean(arm, row)
	}
	weeks := loaded[0].Model.Measure.Hours() / 168
	title := loaded[arm].Title[strings.LastIndex(loaded[arm].Title, "; ")+1:] // without the evening's
	out.line("| %s | %s | %s | %.0f %% | %.1f, %.2f | %+.2f | %.1f | %+.0f | %+.0f | %+.0f | %d of %d |", strings.TrimSpace(title), cell(h[0], 2), cell(h[1], 1), 100*h[1].Ceiling.Estimate,
		c.Mean(arm, experiment.Of("silenced_needed_n"))/weeks, c.Mean(arm, experiment.Of("silenced_urgent_n"))/weeks, difference("urgent_look_h_mean"), lost,
		difference("cost"), -difference("after_hours_h"), -difference("net_cost"), assumed(loaded[0], loaded[arm]), changed(loaded[0], loaded[arm]))
}

// changed counts the numbers that an arm has and the control has not, or has otherwise.
func changed(control, arm *scenarios.Arm) int { return len(newInputs(control, arm)) }

// assumed counts the assumptions among them.
func assumed(control, arm *scenarios.Arm) int {
	n := 0
	for _, in := range newInputs(control, arm) {
		if in.Source == "assumption" {
			n++
		}
	}
	return n
}

func newInputs(control, arm *scenarios.Arm) []scenarios.Input {
	var list []scenarios.Input
	had := control.Inputs()
	for _, in := range arm.Inputs() {
		same := func(old scenarios.Input) bool { return old.Path == in.Path && old.Value == in.Value }
		if in.Source != "default" && !slices.ContainsFunc(had, same) {
			list = append(list, in)
		}
	}
	return list
}
