package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The offered load holds what a modifier does to rates, and is called that of usual care under a campaign that fades.
func TestOverloadsUnderInterventions(t *testing.T) {
	clinic, teach := smallClinic(t), filepath.Join(t.TempDir(), "teach.yaml")
	const overlay = "schema: portalsim/overlay/1\nname: teach\nset: {interventions: {teach: {kind: education, reach: 0.5, half_life: 26w, effects: {rate: 0.5}}}}\n"
	if err := os.WriteFile(teach, []byte(overlay), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ overlay, want string }{
		{"", "arm clinic never settles: nurse is offered 38.3 h of work a week for 10.0 staffed h"},
		{"+no-patient-messages", ""},
		{"+" + teach, "never settles under usual care: nurse is offered 38.3 h"},
	} {
		got := invoke("run", clinic+c.overlay, "--set", "patients.count=5000", "--set", "run.measure=1w", "--replications", "2").err
		if c.want == "" && strings.Contains(got, "is offered") || !strings.Contains(got, c.want) {
			t.Errorf("%q: %q, want %q", c.overlay, got, c.want)
		}
	}
}

// The same warning stands in JSON, and in the manifest and the report.
func TestOverloadsInFiles(t *testing.T) {
	const want = "Not a long-run average: small-clinic is offered more work than its staffed time (nurse: load 1.15)"
	args := []string{"run", smallClinic(t), "--set", "patients.count=1500", "--set", "run.warm_up=0w", "--set", "run.measure=1w", "--replications", "2", "--quiet"}
	if got := succeed(t, append(args, "--json")...).out; !strings.Contains(got, want) {
		t.Errorf("no warning in JSON:\n%s", got)
	}
	out := filepath.Join(t.TempDir(), "out")
	succeed(t, append(args, "--out", out, "--report")...)
	for _, file := range []string{"manifest.json", "report.html"} {
		if !strings.Contains(readText(t, filepath.Join(out, file)), want) {
			t.Errorf("no warning in %s", file)
		}
	}
}

// A run too short to see the backlog grow says so beside its answer, also with --quiet; a sound one does not.
func TestOverloadsBesideTheAnswer(t *testing.T) {
	clinic := smallClinic(t)
	const want = "Not a long-run average: small-clinic is offered more work than its staffed time (nurse: load 1.15)"
	for _, command := range [][]string{{"run", clinic}, {"compare", clinic, "one-more-nurse"}} {
		for patients, warned := range map[string]bool{"1500": true, "800": false} {
			args := append(command, "--set", "patients.count="+patients, "--set", "run.warm_up=0w", "--set", "run.measure=1w", "--replications", "2", "--quiet")
			if got := succeed(t, args...).out; strings.Contains(got, want) != warned || !warned && strings.Contains(got, "long-run") {
				t.Errorf("%v with %s patients:\n%s", command, patients, got)
			}
		}
	}
}
