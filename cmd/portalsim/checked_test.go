package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// A checked run writes the same bytes as one that nobody watches.
func TestCheckChangesNothing(t *testing.T) {
	compare := func(more ...string) map[string]string {
		out := filepath.Join(t.TempDir(), "out")
		args := append([]string{"compare", "baseline", "education", "--thread-log", "sample", "--replications", "2", "--out", out}, more...)
		succeed(t, shortened(args...)...)
		return tables(t, out)
	}
	free, checked := compare(), compare("--check")
	for _, name := range wantedTables {
		if name != "manifest.json" && free[name] != checked[name] {
			t.Errorf("--check changes %s", name)
		}
	}
	one := append(shortened("run", "baseline"), "--replication", "1")
	if a, b := succeed(t, one...).out, succeed(t, append(one, "--check")...).out; a != b {
		t.Error("--check changes the measures of one replication")
	}
}

// A broken invariant is named with the arm, the replication, the instant and the command to see it again, and the program
// could not do what it was asked.
func TestBrokenInvariant(t *testing.T) {
	s := &study{options: &options{seed: 7, checked: true}, io: stdio{out: io.Discard, err: io.Discard}}
	if err := s.load([]string{"baseline+education"}, false); err != nil {
		t.Fatal(err)
	}
	broken := &sim.Violation{Faults: []sim.Fault{{Invariant: sim.Invariants()[4], Clock: "2025-01-06 Mon 09:00:00", Text: "nurse-1 is idle"}}}
	err := s.explain(&experiment.ArmError{Arm: "baseline+education", Replication: 3, Err: broken})
	var text strings.Builder
	if status := explainExit(context.Background(), err, &text); status != exitCouldNot {
		t.Errorf("status %d, want %d", status, exitCouldNot)
	}
	want := "portalsim: arm baseline+education, replication 3: broken invariant: nobody idles beside work they may do: at 2025-01-06 Mon 09:00:00 nurse-1 is idle\n" +
		"see it again: portalsim run baseline+education --seed 7 --replication 3 --trace --check\n"
	if text.String() != want {
		t.Errorf("got\n%swant\n%s", text.String(), want)
	}
}

// docs/invariants.md lists every invariant with what it means.
func TestInvariantsPage(t *testing.T) {
	page := readText(t, filepath.Join(root, "docs/invariants.md"))
	for _, i := range sim.Invariants() {
		if row := fmt.Sprintf("| %v | %s |\n", i, i.Meaning()); !strings.Contains(page, row) {
			t.Errorf("docs/invariants.md has no row %s", row)
		}
	}
}
