package main

import (
	"path/filepath"
	"strings"
	"testing"

	"portalsim/output"
	"portalsim/sim"
)

// A sweep writes its report as report does, with the figures of its design; it goes when the tables do.
func TestSweepReport(t *testing.T) {
	const tornado = "title: What of reach?\n" + "factors:\n  interventions.education.reach: {role: uncertainty, range: [0.2, 0.8], title: Share reached}\n  interventions.education.half_life: {role: uncertainty, values: [8w, 104w], unit: w}\n" +
		"design: {kind: one-at-a-time}\nreplications: 2\n"
	file, out := studyFile(t, tornado), filepath.Join(t.TempDir(), "out")
	printed := succeed(t, "sweep", file, "--out", out, "--report", "--quiet").out
	report := filepath.Join(out, output.ReportFile)
	if !strings.Contains(printed, "Report: "+report) {
		t.Errorf("the screen does not name the report:\n%s", printed)
	}
	page := readText(t, report)
	for _, want := range []string{"What of reach?", `id="drivers-1"`, `id="response-2"`, "Share reached", "half_life", "taught against usual", "interventions.education.reach", "portalsim sweep", "As the arms stand, taught against usual"} {
		if !strings.Contains(page, want) {
			t.Errorf("the report has no %q", want)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "a.html")
	if succeed(t, "report", out, "--to", elsewhere); readText(t, elsewhere) != page {
		t.Error("report writes another page than sweep --report")
	}
	succeed(t, "sweep", file, "--out", out, "--replications", "3", "--quiet")
	if got := names(t, out); strings.Contains(strings.Join(got, " "), output.ReportFile) {
		t.Errorf("the report of the tables before is left beside the new ones: %v", got)
	}
	if got := invoke("sweep", file, "--report"); got.status != exitUsage || !strings.Contains(got.err, "--report needs --out") {
		t.Errorf("status %d: %s", got.status, got.err)
	}
}

// The front is over what somebody can choose: on the screen and in table choices, with its share of resamples.
func TestSweepFront(t *testing.T) {
	const levers = "factors:\n  staff.nurse.count: {role: lever, values: [2, 4]}\n"
	out := filepath.Join(t.TempDir(), "out")
	got := succeed(t, "sweep", studyFile(t, levers+"measures: {net_cost: {}, after_hours_min_per_clinician_week: {}, threads_n: {}}\nreplications: 3\n"), "--out", out).out
	if !strings.Contains(got, "Bettered by no other of 4 choices in all of net_cost, after_hours_min_per_clinician_week") {
		t.Errorf("got\n%s", got)
	}
	rows := tableOf[sim.ChoiceRow](t, out, "choices")
	if len(rows) != 4 || rows[0].Best != nil || !*rows[0].OnFront || *rows[0].FrontShare < 0.99 { // the cheapest
		t.Errorf("%+v", rows)
	}
	uncertain := levers + "  patients.count: {role: uncertainty, values: [200, 400]}\nreplications: 2\n"
	got = succeed(t, "sweep", studyFile(t, uncertain), "--out", filepath.Join(t.TempDir(), "out")).out
	if !strings.Contains(got, "of 4 choices") || !strings.Contains(got, "over 2 points of what is uncertain") {
		t.Errorf("got\n%s", got)
	}
	for text, want := range map[string]string{
		levers + "front: []\nreplications: 2\n":                                                "",
		levers + "measures: {net_cost: {}}\nreplications: 2\n":                                 "",
		uncertain + "design: {kind: one-at-a-time}\n":                                          "",
		"factors: {staff.nurse.count: {role: uncertainty, values: [2, 4]}}\nreplications: 2\n": "",
	} {
		if got := succeed(t, "sweep", studyFile(t, text)).out; strings.Contains(got, "Bettered") {
			t.Errorf("%q has a front:\n%s%s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"front: [net_cost, threads_n]\n":                                                                           "front[0]: net_cost is not among the measures of interest",
		"front: [after_hours_min_per_clinician_week]\n":                                                            "front: has 1 measure; write two to four, or [] for no front",
		"measures: {threads_n: {}, net_cost: {}}\nfront: [net_cost, threads_n]\n":                                  "front[1]: neither less nor more of threads_n is better",
		"measures: {cost: {}, net_cost: {}}\nfront: [net_cost, net_cost]\n":                                        "front[1]: net_cost stands here twice",
		"measures: {cost: {}, net_cost: {}}\nfront: [net_cost, cost]\n":                                            "there are fewer than three choices of arms and levers",
		uncertain + "design: {kind: one-at-a-time}\nmeasures: {cost: {}, net_cost: {}}\nfront: [net_cost, cost]\n": "not every choice of levers meets the same values of what is uncertain",
	} {
		if got := invoke("sweep", studyFile(t, text), "--plan"); got.status != exitUsage || !strings.Contains(got.err, want) {
			t.Errorf("%q: status %d: %s", text, got.status, got.err)
		}
	}
}

// Points at which an arm is offered more work than its staffed time, in a run too short to see its backlog grow, are named
// beside the answer, in table points, in the manifest and in the report.
func TestSweepWarnsOfOverload(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	got := succeed(t, "sweep", smallClinic(t), "--set", "patients.count=800,1500", "--set", "run.warm_up=0w", "--set", "run.measure=1w", "--replications", "2", "--out", out, "--report", "--quiet").out
	const want = "Not a long-run average: small-clinic is offered more work than its staffed time at 1 point (p0002)"
	for what, text := range map[string]string{"the screen": got, "the manifest": readText(t, filepath.Join(out, "manifest.json")), "the report": readText(t, filepath.Join(out, output.ReportFile))} {
		if !strings.Contains(text, want) {
			t.Errorf("%s has no %q", what, want)
		}
	}
	points := tableOf[sim.PointRow](t, out, "points")
	if points[0].Overworked != "" || points[1].Overworked != "clinic" {
		t.Errorf("%+v", points)
	}
}
