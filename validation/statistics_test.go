package validation

import (
	"context"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestCoveragePage judges all statistics at full scale and compares the tables of docs/coverage.md with what comes out, or
// writes them with -update: some five minutes on two idle cores, so that it is run only where PORTALSIM_LONG is set.
func TestCoveragePage(t *testing.T) {
	if os.Getenv("PORTALSIM_LONG") == "" {
		t.Skip("PORTALSIM_LONG is not set")
	}
	from := time.Now()
	checks, err := Statistics(context.Background(), fullScale, statisticsSeed, runtime.NumCPU(), func(piece string) {
		t.Logf("%4.0f s  %s", time.Since(from).Seconds(), piece)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range failures(checks) {
		t.Error(name)
	}
	var tables strings.Builder
	if err := (&Report{Checks: checks}).WriteChecks(&tables); err != nil {
		t.Fatal(err)
	}
	const file, begin, end = "../docs/coverage.md", "<!-- generated: make coverage -->\n", "<!-- end -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), begin)
	got, after, found := strings.Cut(rest, end)
	want := tables.String() + "\n"
	switch {
	case !found:
		t.Fatalf("%s has no block from %q to %q", file, begin, end)
	case *update:
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case runtime.GOARCH == "amd64" && got != want:
		t.Errorf("%s is out of date; rewrite it with make coverage and read the difference", file)
	}
}
