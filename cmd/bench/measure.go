package main

import (
	"embed"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"portalsim/scenarios"
	"portalsim/sim"
)

//go:embed cases/*.yaml
var caseFiles embed.FS

// load reads an arm through the format, as the command line would: a case of this folder or a name of the library.
func load(arm string, sets ...string) (*sim.Scenario, error) {
	source := scenarios.Source{Library: scenarios.Library(), ReadFile: func(file string) ([]byte, error) {
		return caseFiles.ReadFile("cases/" + path.Base(file))
	}}
	if _, err := caseFiles.ReadFile("cases/" + arm + ".yaml"); err == nil {
		arm = "./" + arm + ".yaml"
	}
	arms, err := source.Load([]string{arm}, sets)
	if err != nil {
		return nil, err
	}
	return arms[0].Model, nil
}

// tallied is what one replication took and did.
type tallied struct {
	cpu                    time.Duration
	allocated              uint64
	events, threads, other float64
}

// perThread returns nanoseconds a thread.
func (t tallied) perThread() float64 { return float64(t.cpu) / t.threads }

// simulate runs one replication on one processor.
func simulate(s *sim.Scenario, replication int, options sim.Options) (tallied, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	started := cpu()
	result, err := sim.Run(s, 1, replication, options)
	t := tallied{cpu: cpu() - started}
	if err != nil {
		return t, err
	}
	runtime.ReadMemStats(&after)
	t.allocated, t.events = after.Mallocs-before.Mallocs, float64(result.Events)
	for i := range result.Rows {
		r := &result.Rows[i]
		if r.Value == nil || r.Type != sim.All || r.Channel != sim.All || r.Role != sim.All || r.Staff != sim.All {
			continue
		}
		switch r.Measure {
		case "threads_n":
			t.threads = *r.Value
		case "entries_n":
			t.other += *r.Value
		}
	}
	return t, nil
}

// cpu returns the processor time that this process has taken.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // there is no such process
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// series are the values of the rounds.
type series []float64

func (s series) median() float64 {
	sorted := slices.Sorted(slices.Values(s))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// String writes the median with the lowest and the highest.
func (s series) String() string {
	return fmt.Sprintf("%.3g (%.3g–%.3g)", s.median(), slices.Min(s), slices.Max(s))
}

// table writes a Markdown table.
func table(header string, rows ...string) string {
	columns := strings.Count(header, "|") + 1
	return "| " + header + " |\n|" + strings.Repeat(" --- |", columns) + "\n| " + strings.Join(rows, " |\n| ") + " |\n"
}

// verdict says whether a target is met.
func verdict(met bool) string {
	if met {
		return "met"
	}
	return "**missed**"
}
