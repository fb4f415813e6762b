package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portalsim/output"
)

// setBack runs something in a bubble whose clock stands at the beginning of the year 2000, and does not move while anything
// runs. At its end, the bubble wants all goroutines that were begun in it to have ended.
func setBack(t *testing.T, do func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		if y := time.Now().Year(); y != 2000 {
			t.Fatalf("the clock stands at %d", y)
		}
		do(t)
	})
}

// No result depends on the clock: with one that is set back by decades and stands still, a run and a sweep give the same
// bytes, a sweep goes on from pieces of the future, and so does a merge.
func TestClockSetBack(t *testing.T) {
	skipIfShort(t)
	file := studyFile(t, "factors: {interventions.education.reach: {role: lever, values: [0.3, 0.6, 0.9]}}\nreplications: 3\n")
	compare := append(shortened("compare", "baseline", "education", "--replications", "3", "--report"), "--out")
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	compared := succeed(t, append(compare, at("compared"))...)
	swept := succeed(t, "sweep", file, "--out", at("swept"))
	succeed(t, "sweep", file, "--out", at("resumed"), "--replications", "2")
	succeed(t, "sweep", file, "--out", at("merged"), "--shard", "0/2")
	setBack(t, func(t *testing.T) {
		for _, c := range []struct {
			args []string
			out  string
			want string
		}{
			{append(compare, at("compared-2000")), at("compared-2000"), strings.ReplaceAll(compared.out, at("compared"), at("compared-2000"))},
			{[]string{"sweep", file, "--out", at("swept-2000")}, at("swept-2000"), strings.ReplaceAll(swept.out, at("swept"), at("swept-2000"))},
			{[]string{"sweep", file, "--out", at("resumed")}, at("resumed"), strings.ReplaceAll(swept.out, at("swept"), at("resumed"))},
			{[]string{"sweep", file, "--out", at("merged"), "--shard", "1/2"}, at("merged"), ""},
			{[]string{"status", at("merged")}, at("merged"), ""},
			{[]string{"merge", at("merged")}, at("merged"), strings.ReplaceAll(swept.out, at("swept"), at("merged"))},
		} {
			if got := succeed(t, c.args...); c.want != "" && got.out != c.want {
				t.Errorf("%v prints\n%s\nwant\n%s", c.args, got.out, c.want)
			}
		}
	})
	sameTables(t, "compare in 2000", at("compared"), at("compared-2000"))
	for _, name := range []string{"swept-2000", "resumed", "merged"} {
		sameTables(t, name, at("swept"), at(name))
	}
	m, err := output.ReadManifest(at("compared-2000"))
	if err != nil || m.Run.Seconds < 0 || !strings.HasPrefix(m.Run.Started, "2000-") && !strings.HasPrefix(m.Run.Started, "1999-") {
		t.Errorf("%v, %+v", err, m.Run)
	}
}

// Whichever task began last on a clock that was set back is the one whose study is merged.
func TestClockSetBackBetweenTexts(t *testing.T) {
	first, second := studyFile(t, "replications: 2\n"), studyFile(t, "replications: 3\n")
	out, one := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "one")
	runShards(t, 2, "sweep", first, "--out", out)
	setBack(t, func(t *testing.T) { succeed(t, "sweep", second, "--out", out, "--shard", "0/1") })
	succeed(t, "merge", out)
	succeed(t, "sweep", second, "--out", one)
	sameTables(t, "merged", one, out)
}

// Estimates of what is left are never negative, also with times of a wall clock that was set back or ahead.
func TestProgressOfASteppedClock(t *testing.T) {
	for _, step := range []time.Duration{-100 * time.Hour, 100 * time.Hour} {
		var text strings.Builder
		p := &progress{w: &text, target: 10, exact: true, live: true, started: time.Now().Round(0).Add(step)}
		p.done(3)
		m := &sweepProgress{w: &text, live: true, points: 3, aim: 9, simulated: true, started: time.Now().Round(0).Add(step)}
		m.ran(2)
		if got := text.String(); !strings.Contains(got, "3 of 10 replications") || !strings.Contains(got, "2 of 9 replications") || strings.Contains(got, "about -") {
			t.Errorf("a step of %v: %q", step, got)
		}
	}
}

// Nothing goes on in the background once a command has ended: after success, points that fail, a refusal and a signal.
func TestNoGoroutineIsLeft(t *testing.T) {
	dir := t.TempDir()
	file, failing := studyFile(t, twoFactors+"replications: 3\n"), studyFile(t, "factors:\n  run.max_in_progress: {role: lever, values: [100000, 5]}\nreplications: 2\n")
	endless := shortened("compare", "baseline", "education", "--quiet", "--replications", "10000", "--jobs", "3")
	for _, c := range []struct {
		name    string
		args    []string
		stopped bool
		want    int
	}{
		{"success", append(shortened("compare", "baseline", "education", "--replications", "5", "--jobs", "3", "--thread-log", "all"), "--out", filepath.Join(dir, "a")), false, exitDone},
		{"points that fail", []string{"sweep", failing, "--jobs", "3", "--out", filepath.Join(dir, "b")}, false, exitUnsettled},
		{"a file that fails", append(shortened("run", "baseline", "--quiet", "--replications", "5", "--jobs", "3"), "--out", filepath.Join(file, "c")), false, exitCouldNot},
		{"an arm that outgrows its limit", append(shortened("run", "baseline", "--quiet", "--replications", "50", "--jobs", "3"), "--set", "run.max_in_progress=5"), false, exitCouldNot},
		{"a signal to compare", endless, true, exitInterrupted},
		{"a signal to a sweep", []string{"sweep", file, "--quiet", "--jobs", "3"}, true, exitInterrupted},
	} {
		t.Run(c.name, func(t *testing.T) {
			setBack(t, func(t *testing.T) {
				ctx, stop := context.WithCancelCause(context.Background())
				defer stop(nil)
				if c.stopped {
					go stop(&stopped{os.Interrupt})
				}
				var out, err strings.Builder
				if status := explainExit(ctx, run(ctx, c.args, stdio{strings.NewReader(""), &out, &err}), &err); status != c.want {
					t.Errorf("status %d, want %d: %s", status, c.want, err.String())
				}
			})
		})
	}
}
