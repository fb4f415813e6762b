package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// small is a clinic of which two measures are calibrated: one in ten draws or so meets both.
const small = `schema: portalsim/scenario/1
name: small
run: {start: "2025-01-06", warm_up: 1w, measure: 4w}
patients: {count: 300, preferred_channel: {portal: 1}}
channels: {}
messages:
  advice:
    needs_per_user_year: {value: 6, source: assumption, low: 2, high: 12}
    follow_up: {value: 0.3, source: assumption, low: 0.1, high: 0.6}
    pool: nurse
pools: {nurse: {handling: {dist: lognormal, mean: {value: 8m, source: assumption, low: 4m, high: 14m}, cv: 1}}}
staff:
  nurse: {count: 1, role: nurse, pools: [nurse], week: {mon-fri: {"09:00-12:00": inbox, "13:00-16:00": inbox}}}
calibrated_to:
  threads_n: {low: 110, high: 130}
  rounds_per_thread: {low: 1.4, high: 1.6}
`

// match finds fits that lie inside, and writes them as scenarios under which the targets come out, for any number of
// workers the same.
func TestMatch(t *testing.T) {
	directory := t.TempDir()
	clinic := filepath.Join(directory, "small.yaml")
	if err := os.WriteFile(clinic, []byte(small), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"match", clinic, "--draws", "40", "--waves", "3", "--candidates", "2000", "--keep", "2", "--quiet"}
	out := filepath.Join(directory, "fits")
	got := succeed(t, append(args, "--out", out, "--jobs", "2")...)
	if again := succeed(t, append(args, "--jobs", "1")...); !strings.HasPrefix(got.out, again.out) {
		t.Errorf("one worker finds\n%s, two find\n%s", again.out, got.out)
	}
	if names := names(t, out); len(names) != 2 || names[0] != "fit-1.yaml" {
		t.Fatalf("wrote %v", names)
	}
	fit := succeed(t, "run", filepath.Join(out, "fit-1.yaml"), "--replications", "10", "--json", "--quiet")
	met := 0
	for _, row := range decoded(t, fit.out).Summary {
		for _, target := range []struct {
			measure   string
			low, high float64
		}{{"threads_n", 110, 130}, {"rounds_per_thread", 1.4, 1.6}} {
			if row["measure"] == target.measure && row["type"] == "all" && row["channel"] == "all" {
				mean := row["mean"].(float64)
				if mean < 0.95*target.low || mean > 1.05*target.high { // other replications than those that confirmed it
					t.Errorf("%s is %v under the fit, meant from %v to %v", target.measure, mean, target.low, target.high)
				}
				met++
			}
		}
	}
	if met != 2 {
		t.Errorf("%d targets in the summary", met)
	}
	if again := invoke(append(args, "--out", out)...); again.status != exitUsage || !strings.Contains(again.err, "is not empty") {
		t.Errorf("a full directory: status %d, %s", again.status, again.err)
	}
}

// What cannot be searched for is said.
func TestMatchRefusals(t *testing.T) {
	clinic := filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(clinic, []byte(small), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"match"}, exitUsage, "match takes one arm"},
		{[]string{"match", "baseline", "--draws", "3", "--keep", "0"}, exitUsage, "--keep must be at least 1"},
		{[]string{"match", "testdata/clinic.yaml"}, exitUsage, "nothing in these arms is uncertain"},
		{[]string{"match", clinic, "--set", "calibrated_to=null"}, exitUsage, "is calibrated to nothing"},
		{[]string{"match", clinic, "--set", "calibrated_to.threads_n={low: 5000, high: 6000}", "--draws", "10", "--waves", "2", "--candidates", "200", "--quiet"}, exitCouldNot, "no draw meets every target"},
	} {
		if got := invoke(c.args...); got.status != c.status || !strings.Contains(got.err, c.want) {
			t.Errorf("%v: status %d, %s", c.args, got.status, got.err)
		}
	}
}
