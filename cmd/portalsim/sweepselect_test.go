package main

import (
	"path/filepath"
	"strings"
	"testing"

	"portalsim/sim"
)

// Of three paces of the nurse the quickest answers soonest, in both arms alike: no other point is left, and table choices
// says so. With an indifference below all noise nothing is decided, and the screen says how many replications may be.
func TestSweepSelects(t *testing.T) {
	const factors = "factors: {pools.clinician.handling.mean: {role: lever, values: [1, 3, 6], unit: m}}\nmeasures: {inbox_min_per_clinician_day: {}}\n"
	out := filepath.Join(t.TempDir(), "out")
	got := succeed(t, "sweep", studyFile(t, factors+"select: {measure: inbox_min_per_clinician_day, indifference: 0.5}\nreplications: 20\n"), "--out", out)
	if !strings.Contains(got.out, "The best of 6 by inbox_min_per_clinician_day, where 0.5 min") || !strings.Contains(got.out, " at p0001") {
		t.Errorf("got\n%s", got.out)
	}
	rows := tableOf[sim.ChoiceRow](t, out, "choices")
	for _, r := range rows {
		if quick := r.Point == "p0001"; !quick && r.Dropped == nil || *r.Best && !quick {
			t.Errorf("%+v", r)
		}
	}
	if len(rows) != 6 {
		t.Errorf("%d rows", len(rows))
	}
	undecided := succeed(t, "sweep", studyFile(t, factors+"select: {measure: inbox_min_per_clinician_day, indifference: 0.0001}\nreplications: 3\n"))
	if !strings.Contains(undecided.out, "not decided after 3 replications") || !strings.Contains(undecided.out, "may be needed") {
		t.Errorf("got\n%s", undecided.out)
	}
	for text, want := range map[string]string{
		"select: {measure: threads_n, indifference: 1}\n":                                "threads_n is not among the measures of interest",
		"measures: {threads_n: {}}\nselect: {measure: threads_n, indifference: 1}\n":     "neither less nor more of it is better",
		"select: {measure: after_hours_min_per_clinician_week}\n":                        "select.indifference: required key is missing",
		"select: {measure: after_hours_min_per_clinician_week, indifference: 0}\n":       "must be above 0",
		"select: {measure: after_hours_min_per_clinician_week, indifference: 1, x: 1}\n": "unknown key",
	} {
		if got := invoke("sweep", studyFile(t, text), "--plan"); got.status != exitUsage || !strings.Contains(got.err, want) {
			t.Errorf("%s: status %d: %s", text, got.status, got.err)
		}
	}
}
