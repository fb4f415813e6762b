package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalsim/sim"
	"portalsim/sim/experiment"
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

// Without a number of replications the points that may be the best get more, the others none; a cap ends it, and raising
// the cap goes on, to the bytes that asking for more at once gives.
func TestSweepSelectsByAddingReplications(t *testing.T) {
	skipIfShort(t)
	study := studyFile(t, "factors: {pools.clinician.handling.mean: {role: lever, values: [1, 1.05, 6], unit: m}}\nmeasures: {inbox_min_per_clinician_day: {}}\n"+
		"select: {measure: inbox_min_per_clinician_day, indifference: 0.02}\nprecision: {at_most: 30}\n")
	folder := t.TempDir()
	capped, raised, atOnce := filepath.Join(folder, "capped"), filepath.Join(folder, "raised"), filepath.Join(folder, "at once")
	got := succeed(t, "sweep", study, "--out", capped)
	if !strings.Contains(got.out, "not decided after 30 replications") || !strings.Contains(got.out, "raise precision.at_most or --at-most") {
		t.Fatalf("got\n%s", got.out)
	}
	if err := os.CopyFS(raised, os.DirFS(capped)); err != nil {
		t.Fatal(err)
	}
	got = succeed(t, "sweep", study, "--at-most", "68", "--out", raised)
	succeed(t, "sweep", study, "--at-most", "68", "--out", atOnce)
	sameTables(t, "a cap raised, and the higher cap at once", raised, atOnce)
	replications := map[string]int32{}
	for _, r := range tableOf[sim.PointRow](t, raised, "points") {
		replications[r.Point] = r.Replications
	}
	latest := map[string]int32{} // how many replications each point was asked for
	for _, r := range tableOf[sim.ChoiceRow](t, raised, "choices") {
		needed := *r.Replications
		if r.Dropped != nil {
			needed = *r.Dropped
		}
		latest[r.Point] = max(latest[r.Point], needed)
	}
	var sizes []int32
	for point, needed := range latest {
		look := int32(20)
		for look < needed {
			look = int32(experiment.Stage(int(look)))
		}
		if replications[point] != look {
			t.Errorf("%s has %d replications, and was in until %d", point, replications[point], needed)
		}
		sizes = append(sizes, look)
	}
	if len(latest) != 3 || slices.Min(sizes) != 20 || slices.Max(sizes) != 68 {
		t.Errorf("replications by point: %v\n%s", replications, got.out)
	}
}
