package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/sim"
)

// warmup suggests one warm-up for all arms, shows why, and takes an arm that differs by a campaign alone as the same.
func TestWarmup(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	got := succeed(t, "warmup", "baseline", "education", "--weeks", "10", "--replications", "2", "--set", "patients.count=300", "--out", out)
	for _, want := range []string{"Suggestion for all arms that settle: run.warm_up of at least ", "The scenario's warm-up of 8w is long enough", "education: as baseline, without its campaign"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in\n%s", want, got.out)
		}
	}
	rows := tableOf[sim.WarmUpRow](t, out, "warmup")
	if len(rows) != 3*10 {
		t.Fatalf("%d rows, want three measures of ten weeks of one arm", len(rows))
	}
	for _, r := range rows {
		if r.Arm != "baseline" || r.Cold == nil || r.Warm == nil {
			t.Errorf("%+v", r)
		}
		if r.Measure == "own_inbox_backlog_close_mean" && r.Week == 0 && *r.Cold >= *r.Warm {
			t.Errorf("a run from empty has %v items in the first week, and one from a year before %v", *r.Cold, *r.Warm)
		}
	}
	if svg := readText(t, filepath.Join(out, "warmup.svg")); strings.Count(svg, "<polyline") != 3 || !strings.HasSuffix(svg, "</svg>\n") {
		t.Errorf("the plot is %.300s", svg)
	}
}

// A measure that a clinic does not have is left out, and does not keep the rest from settling.
func TestWarmupWithoutClinicians(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	clinic := filepath.Join(t.TempDir(), "clinic.yaml")
	_, readme, _ := strings.Cut(readText(t, filepath.Join(here, root, "README.md")), "```yaml\nschema: portalsim/scenario/1")
	text, _, _ := strings.Cut(readme, "```")
	if err := os.WriteFile(clinic, []byte("schema: portalsim/scenario/1"+text), 0o666); err != nil {
		t.Fatal(err)
	}
	got := succeed(t, "warmup", clinic, "--weeks", "10", "--replications", "2", "--out", out)
	if strings.Contains(got.out, "NaN") || strings.Contains(got.out, "after_hours") || !strings.Contains(got.out, "first_response_h_mean") {
		t.Errorf("printed\n%s", got.out)
	}
	if svg := readText(t, filepath.Join(out, "warmup.svg")); strings.Contains(svg, "Inf") || strings.Contains(svg, "NaN") {
		t.Errorf("the plot is %.300s", svg)
	}
	if rows := tableOf[sim.WarmUpRow](t, out, "warmup"); len(rows) != 2*10 {
		t.Errorf("%d rows, want two measures of ten weeks", len(rows))
	}
}

// An arm whose backlog grows without end is named, and the status says so.
func TestWarmupNeverSettles(t *testing.T) {
	got := invoke("warmup", "usual=baseline", "swamped=baseline", "--weeks", "16", "--replications", "2", "--set", "patients.count=300", "--set", "swamped:pools.nurse.handling.mean=3000m")
	if got.status != exitUnsettled || !strings.Contains(got.err, "swamped (") || strings.Contains(got.err, "usual (nurse") {
		t.Errorf("status %d, %s\n%s", got.status, got.err, got.out)
	}
	if !strings.Contains(got.out, "never settles") {
		t.Errorf("printed\n%s", got.out)
	}
}

func TestSparks(t *testing.T) {
	if got := sparks([]float64{0, 7, 3.4}); got != "▁█▄" {
		t.Errorf("got %s", got)
	}
}
