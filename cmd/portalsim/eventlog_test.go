package main

import (
	"path/filepath"
	"slices"
	"testing"

	"portalsim/output"
	"portalsim/sim"
)

// The event log changes no byte of another table, a table of its own is the same for any number of workers, and its sample
// keeps the contacts of the thread log's.
func TestEventLogChangesNothing(t *testing.T) {
	compare := func(more ...string) (string, map[string]string) {
		out := filepath.Join(t.TempDir(), "out")
		succeed(t, append(shortened("compare", "baseline", "education", "--no-ceiling", "--replications", "3", "--thread-log", "sample", "--out", out), more...)...)
		return out, tables(t, out)
	}
	_, quiet := compare()
	_, logged := compare("--event-log", "all", "--jobs", "1")
	_, other := compare("--event-log", "all", "--jobs", "2")
	sampled, _ := compare("--event-log", "sample")
	for name := range quiet {
		if name != "manifest.json" && name != "datapackage.json" && quiet[name] != logged[name] {
			t.Errorf("--event-log all changes %s", name)
		}
	}
	for _, name := range []string{"events.parquet", "staff_states.parquet"} {
		if logged[name] == "" || logged[name] != other[name] {
			t.Errorf("%s is not there, or not the same with --jobs 2", name)
		}
	}
	threads, err := output.Read[sim.ThreadRow](filepath.Join(sampled, "threads.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	events, err := output.Read[sim.EventRow](filepath.Join(sampled, "events.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	type key struct {
		arm         string
		replication int32
		contact     int64
	}
	var kept, wanted []key
	for _, e := range events {
		if e.Event == "sent" {
			kept = append(kept, key{e.Arm, e.Replication, e.Thread})
		}
	}
	for _, x := range threads {
		wanted = append(wanted, key{x.Arm, x.Replication, x.Contact})
	}
	byContact := func(a, b key) int { return int(a.contact - b.contact) }
	slices.SortStableFunc(kept, byContact)
	slices.SortStableFunc(wanted, byContact)
	if len(kept) == 0 || !slices.Equal(kept, wanted) {
		t.Errorf("events are of %d threads, threads of %d", len(kept), len(wanted))
	}
}
