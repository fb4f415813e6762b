package messagelog

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/scenarios"
	"portalsim/sim/stats"
)

var update = flag.Bool("update", false, "rewrite the measured coverage in docs/own-data.md, where PORTALSIM_LONG is set")

// logs is how many simulated logs the coverage is measured on.
func logs() int {
	switch {
	case os.Getenv("PORTALSIM_LONG") != "":
		return 1000
	case testing.Short():
		return 20
	}
	return 60
}

// held counts how many of n logs have an interval that holds the truth, by path in the order of the estimates.
type held struct {
	n     int
	paths []string
	times map[string]int
}

func (h *held) add(path string, holds bool) {
	if _, known := h.times[path]; !known {
		h.paths = append(h.paths, path)
		h.times[path] = 0
	}
	if holds {
		h.times[path]++
	}
}

// band returns how often intervals of 95 % may hold in n logs: too seldom once in 10,000 if they hold 95 %, and too often
// once in 10,000 if they hold 98 %, which those of exact methods may.
func band(n int) (least, most int) {
	tail := func(p float64, k int) float64 { // P(at most k)
		return distuv.Binomial{N: float64(n), P: p}.CDF(float64(k))
	}
	for tail(0.95, least) < 1e-4 {
		least++
	}
	for most = n; 1-tail(0.98, most-1) < 1e-4; most-- {
	}
	return least, most
}

// Every interval holds what the logs were made with as often as it says; and ways to get it wrong do not.
func TestCoverage(t *testing.T) {
	arm := known(t)
	want := truths(arm)
	n := logs()
	h, twins := held{n: n, times: map[string]int{}}, held{n: n, times: map[string]int{}}
	for seed := range n {
		f := fitted(t, arm, simulated(t, arm, uint64(seed)+1), arm.Model.Patients.Count, func(o *Options) { o.WorkedThrough = true })
		if len(f.Estimates) != len(want)+1 { // and the count
			t.Fatalf("log %d: %d estimates, want %d", seed, len(f.Estimates), len(want)+1)
		}
		for i := range f.Estimates {
			e := &f.Estimates[i]
			if x, known := want[e.Dotted()]; known {
				h.add(e.Dotted(), e.Interval.Contains(x))
			}
		}
		f.countTwins(arm, &twins)
	}
	least, most := band(n)
	for _, path := range h.paths {
		if got := h.times[path]; got < least || got > most {
			t.Errorf("%s: held in %d of %d logs, want %d to %d", path, got, n, least, most)
		}
	}
	for _, path := range twins.paths {
		if got := twins.times[path]; got >= least && n > 20 { // fewer tell little apart
			t.Errorf("%s, which is wrong, held in %d of %d logs all the same: the check has no power", path, got, n)
		}
	}
	if os.Getenv("PORTALSIM_LONG") != "" {
		checkCoverageTable(t, &h)
	}
}

// countTwins counts how often intervals hold that leave out what they should not.
func (f *Fit) countTwins(arm *scenarios.Arm, twins *held) {
	want, l := truths(arm), f.Log
	for k := range arm.Model.Types {
		name := arm.Model.Types[k].Name
		count := l.all[l.counts.messages(k)]
		each := want["messages."+name+".needs_per_user_year"] / f.valueOf("messages."+name+".needs_per_user_year") * count
		twins.add("rate of "+name+" with messages taken for independent", stats.CountInterval(count, count, Confidence).Contains(each))
	}
	counts, _ := f.patientsByCount()
	twins.add("activity without traits", stats.FitMixedPoisson(counts, nil, Confidence).Interval.Contains(want["patients.activity_cv"]))
	followUps, messages := l.all[l.counts.followUps(1)], l.all[l.counts.messages(1)]
	r := f.ratio(nil, l.counts.followUps(1), l.counts.answers(1))
	twins.add("follow-ups with replies to requests", stats.ShareInterval(r.Estimate, l.all[l.counts.answers(1)], r.Variance, Confidence).Contains(want["messages.advice.follow_up"]))
	twins.add("follow-ups over threads", stats.ShareInterval(min(1, followUps/messages), messages, 0, Confidence).Contains(want["messages.advice.follow_up"]))
}

// valueOf returns an estimate.
func (f *Fit) valueOf(path string) float64 {
	for i := range f.Estimates {
		if f.Estimates[i].Dotted() == path {
			return f.Estimates[i].Value
		}
	}
	panic("no estimate of " + path)
}

// checkCoverageTable compares the table in the document with what was measured, or writes it with -update.
func checkCoverageTable(t *testing.T, h *held) {
	t.Helper()
	const from, to = "<!-- coverage of fit -->", "<!-- end of coverage -->"
	var b strings.Builder
	fmt.Fprintf(&b, "\n\n| estimate | held in %d logs |\n|---|---|\n", h.n)
	for _, path := range h.paths {
		fmt.Fprintf(&b, "| `%s` | %.1f %% |\n", path, 100*float64(h.times[path])/float64(h.n))
	}
	b.WriteString("\n")
	file := filepath.Join("..", "..", "docs", "own-data.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), from)
	got, after, found := strings.Cut(rest, to)
	switch {
	case !found:
		t.Fatalf("%s has no block for the coverage", file)
	case got == b.String():
	case *update:
		if err := os.WriteFile(file, []byte(before+from+b.String()+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the coverage in %s is out of date; PORTALSIM_LONG=1 go test ./scenarios/messagelog -run Coverage -update writes it", file)
	}
}
