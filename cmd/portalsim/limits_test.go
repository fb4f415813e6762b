package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is expected to take more than a limit is refused, with the estimate and what to write, and nothing is left; what takes
// more all the same is stopped, with its offered load.
func TestLimits(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	for _, c := range []struct {
		args   []string
		status int
		want   []string
	}{
		{[]string{"run", "baseline", "--set", "patients.count=100000000"}, exitUsage, []string{"is expected to take about 6", "million events, more than the limit of 1000; ", "--max-events none"}},
		{[]string{"run", "baseline", "--max-events", "1e3", "--replication", "0"}, exitUsage, []string{"million events, more than the limit of 0.001"}},
		{[]string{"compare", "baseline", "education", "--max-events", "1000"}, exitUsage, []string{"arm baseline", "--max-events"}},
		{[]string{"compare", "baseline", "education", "--max-memory", "2MB", "--out", out}, exitUsage, []string{"MB of memory, more than its share of", "fewer --jobs", "a larger --max-memory than 2 MB"}},
		{[]string{"warmup", "baseline", "--max-events", "1000"}, exitUsage, []string{"million events"}},
		{[]string{"run", "baseline", "--max-events", "0", "--max-memory", "4"}, exitUsage, []string{"--max-events must be a number of events such as 1e9, or none", "--max-memory must be a number with a unit, such as 500MB or 4GB"}},
		{[]string{"run", "baseline", "--max-memory", "1kB"}, exitUsage, []string{"--max-memory must be at least 1MB"}},
	} {
		got := invoke(append(c.args, "--quiet")...)
		for _, want := range c.want {
			if got.status != c.status || !strings.Contains(got.err, want) {
				t.Errorf("%v: status %d, %q, want %q", c.args, got.status, got.err, want)
			}
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%v: a directory is left", c.args)
		}
	}
}

// Patients who ask again every minute make more events than anybody expects of them.
func TestLimitsStopWhatGrows(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	impatient := strings.Replace(hostileClinic, "pool: nurse}", "pool: nurse, patience: {dist: constant, value: 1m}, impatience: {nudge: 1}}", 1)
	if err := os.WriteFile(file, []byte(impatient), 0o666); err != nil {
		t.Fatal(err)
	}
	free := succeed(t, "run", file, "--replications", "2", "--quiet", "--max-events", "none", "--max-memory", "none")
	if usual := succeed(t, "run", file, "--replications", "2", "--quiet"); usual.out != free.out {
		t.Error("limits that are kept change the result")
	}
	for _, more := range [][]string{{"--replications", "2"}, {"--replication", "0"}} {
		got := invoke(append([]string{"run", file, "--quiet", "--max-events", "5000"}, more...)...)
		if got.status != exitCouldNot || !strings.Contains(got.err, "after 5001 events, more than the limit of 5000") || !strings.Contains(got.err, "pool nurse was offered") || !strings.Contains(got.err, "--max-events none") {
			t.Errorf("%v: status %d\n%s", more, got.status, got.err)
		}
	}
}

// A study of which points are too large is refused before anything is run, with all of them; told to go on, it runs the
// others, and those fail. In the tasks of an array, each fails by itself.
func TestLimitsOfPoints(t *testing.T) {
	study := studyFile(t, "factors:\n  patients.count: {role: lever, values: [100, 3000, 6000]}\n  interventions.education.reach: {role: uncertainty, values: [0.2, 0.6]}\nreplications: 2\n")
	out := filepath.Join(t.TempDir(), "out")
	sweep := func(more ...string) []string {
		return append([]string{"sweep", study, "--max-events", "20000", "--out", out}, more...)
	}
	const said = "of 6 points, 4 would take more than a limit:\n  p0003 patients.count=3000 interventions.education.reach=0.2: arm usual: one replication is expected to take about "
	for _, args := range [][]string{sweep(), sweep("--slurm"), sweep("--kubernetes", "--fail-fast")} {
		got := invoke(args...)
		for _, want := range []string{said, "million events, more than the limit of 0.02\n  p0004 ", "\n  p0005 ", "\n  p0006 ", "\nnothing was run; a smaller panel", "too high for those that leave most of their work undone; --keep-going runs the other points"} {
			if got.status != exitUsage || !strings.Contains(got.err, want) || got.out != "" {
				t.Errorf("%v: status %d, no %q in\n%s%s", args, got.status, want, got.out, got.err)
			}
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%v: a directory is left", args)
		}
	}
	if plan := succeed(t, sweep("--plan")...); !strings.Contains(plan.out, "Too large: 4 of 6 points, which sweep refuses") || !strings.Contains(plan.out, "\n  p0006 ") {
		t.Errorf("the plan does not warn:\n%s", plan.out)
	}
	for _, args := range [][]string{sweep("--quiet", "--keep-going"), sweep("--quiet", "--shard", "0/1", "--force")} {
		got := invoke(args...)
		if got.status != exitUnsettled || !strings.Contains(got.err, "4 points failed") || !strings.Contains(got.err, "million events, more than the limit of 0.02") {
			t.Errorf("%v: status %d\n%s", args, got.status, got.err)
		}
	}
	job := succeed(t, "sweep", study, "--quiet", "--slurm", "--out", filepath.Join(t.TempDir(), "out"), "--max-events", "2e9")
	if !strings.Contains(job.out, "--max-events 2e9") {
		t.Errorf("the tasks of a job do not have the limit:\n%s", job.out)
	}
}

func TestNumberAfter(t *testing.T) {
	for text, want := range map[string]float64{"MemTotal:       24632148 kB\nMemFree: 1 kB": 24632148, "": 0, "MemTotal:": 0} {
		if got := numberAfter(text, "MemTotal:"); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if have := usableMemory(); have < 1e8 {
		t.Errorf("%v bytes usable", have)
	}
}
