package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/sim"
)

// Of three paces of clinicians the quickest has the least inbox work: it is found at once, the same as table choices says,
// and it alone is on the front of its own measure and another that it betters too. Two arms alike are never told apart.
func TestChooseTheBest(t *testing.T) {
	directory := t.TempDir()
	for name, mean := range map[string]string{"quick": "1m", "same": "3m"} {
		text := "schema: portalsim/overlay/1\nname: " + name + "\nset: {pools: {clinician: {handling: {dist: lognormal, mean: " + mean + ", cv: 1}}}}\n"
		if err := os.WriteFile(filepath.Join(directory, name+".yaml"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	quick, same := filepath.Join(directory, "quick.yaml"), filepath.Join(directory, "same.yaml")
	out := filepath.Join(directory, "out")
	const by = "inbox_min_per_clinician_day"
	got := succeed(t, "compare", "testdata/clinic.yaml", quick, same, "--no-ceiling", "--out", out, "--select", by, "--indifference", "0.2",
		"--front", by, "--front", "inbox_min_per_visit")
	for _, want := range []string{"The best of 3 arms by " + by, "  quick, with confidence 95 %, after 20 replications", "  clinic is out after 20", "yes quick (100 %)", "no  clinic (0 %)"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in\n%s", want, got.out)
		}
	}
	rows := readTable[sim.ChoiceRow](t, out, "choices")
	for i, r := range rows {
		best := r.Arm == "quick"
		if r.By != by || *r.Indifference != 0.2 || *r.Best != best || *r.OnFront != best || (r.Dropped == nil) != best || *r.Replications != 20 {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	if len(rows) != 3 {
		t.Errorf("%d rows", len(rows))
	}
	alike := succeed(t, "compare", "testdata/clinic.yaml", same, "--no-ceiling", "--select", by, "--indifference", "0.2", "--replications", "25")
	if !strings.Contains(alike.out, "clinic, same: alike to less than that after") {
		t.Errorf("alike:\n%s", alike.out)
	}
}

func TestChoiceRefuses(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"--indifference 1", "--indifference needs --select"},
		{"--select net_cost", "--select needs --indifference"},
		{"--select net_cots --indifference 1", "there is no measure net_cots"},
		{"--select threads_n --indifference 1", "neither less nor more of threads_n is better"},
		{"--select net_cost --indifference 1 --uncertainty", "--uncertainty draws the inputs"},
		{"--select net_cost --indifference 1 --confidence 0.5", "above 0.5"},
		{"--front net_cost", "--front needs two measures"},
	} {
		got := invoke(append([]string{"compare", "baseline", "education"}, strings.Fields(c.args)...)...)
		if got.status != exitUsage || !strings.Contains(got.err, c.want) {
			t.Errorf("%s: status %d: %s", c.args, got.status, got.err)
		}
	}
}
