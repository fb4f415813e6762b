package main

import (
	"path/filepath"
	"strings"
	"testing"

	"portalsim/sim"
)

// witnesses are the values whose bits stand for the results of a model version: new measures leave them alone, and
// hardly a change of results does.
var witnesses = []string{"first_response_h_mean ", "resolution_h_mean ", "touches_per_thread ", "after_hours_min_per_clinician_week ", "net_cost "}

// Results do not change under one model version: pieces of studies would mix.
func TestModelVersion(t *testing.T) {
	got := "model version " + sim.ModelVersion + "\n"
	for _, arm := range []string{"baseline", "education", "shared-inbox"} {
		for _, line := range strings.Split(readText(t, filepath.Join(here, "testdata", "golden", arm+".txt")), "\n") {
			for _, w := range witnesses {
				if strings.HasPrefix(line, w) {
					got += arm + " " + line + "\n"
				}
			}
		}
	}
	if n := strings.Count(got, "\n"); n != 1+3*len(witnesses) {
		t.Fatalf("%d lines, want one of each witness in each arm", n)
	}
	path := filepath.Join("testdata", "model-version.txt")
	if *update {
		if known := readText(t, filepath.Join(here, path)); known != got && strings.HasPrefix(known, "model version "+sim.ModelVersion+"\n") {
			t.Fatal("results have changed: raise sim.ModelVersion, so that pieces of studies made before are not used, then make golden")
		}
	}
	golden(t, path, got)
}
