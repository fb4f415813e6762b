package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// Every fault must fit the code as it is, and leave a file that parses.
func TestFaultsFitTheCode(t *testing.T) {
	if len(Faults) < 30 {
		t.Errorf("%d faults, want at least 30", len(Faults))
	}
	var seen []string
	for _, f := range Faults {
		if slices.Contains(seen, f.What) {
			t.Errorf("two faults are called %q", f.What)
		}
		seen = append(seen, f.What)
		file, text, err := f.Broken(root)
		if err != nil {
			t.Error(err)
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), file, text, 0); err != nil {
			t.Errorf("%s: %v", f.What, err)
		}
	}
	if _, _, err := (Fault{"absent", "sim", "no such text", ""}).Broken(root); err == nil {
		t.Error("a fault that fits nowhere was accepted")
	}
}

// A fault is noticed, by the kind of check that should; and a change that is no fault is not.
func TestFaultsAreNoticed(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the program anew for each fault")
	}
	t.Setenv("TMPDIR", t.TempDir())
	absolute, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	stats := [][]string{{"./sim/stats"}}
	i := slices.IndexFunc(Faults, func(f Fault) bool { return f.What == "an interval has a degree of freedom too many" })
	r, err := Try(absolute, Faults[i], stats)
	if err != nil || len(r.Caught) != 1 || r.Caught[0].Kind != "statistics" {
		t.Errorf("got %v, %v; want that statistics notice", r, err)
	}
	none := Fault{"nothing", "sim/stats", "return (i.High - i.Low) / 2", "return 0.5 * (i.High - i.Low)"}
	if r, err = Try(absolute, none, stats); err != nil || len(r.Caught) != 0 {
		t.Errorf("got %v, %v; want that nothing notices a change that is none", r, err)
	}
	unsound := Fault{"unsound", "sim/stats", "return (i.High - i.Low) / 2", "return nothing"}
	if _, err = Try(absolute, unsound, stats); err == nil || !strings.Contains(err.Error(), "does not build") {
		t.Errorf("got %v; want an error, since the program does not build", err)
	}
	if leftovers, _ := filepath.Glob(filepath.Join(os.TempDir(), "mutation*")); len(leftovers) > 0 {
		t.Errorf("left behind: %v", leftovers)
	}
}

// A package that runs out of time has failed, by the test that was running: a fault that makes a run endless is noticed.
func TestRunningOutOfTime(t *testing.T) {
	const said = `{"Action":"output","Package":"portalsim/sim","Output":"panic: test timed out after 15m0s\n"}
{"Action":"output","Package":"portalsim/sim","Output":"\trunning tests:\n"}
{"Action":"output","Package":"portalsim/sim","Output":"\t\tTestEndless (14m59s)\n"}
{"Action":"output","Package":"portalsim/sim","Output":"\t\tTestWaits/for it (10s)\n"}
{"Action":"fail","Package":"portalsim/sim","Elapsed":900}`
	failed, err := failures([]byte(said))
	if want := []failure{{"sim", "TestEndless"}}; err != nil || !slices.Equal(failed, want) {
		t.Errorf("got %v, %v; want %v", failed, err, want)
	}
}

func TestPageCountsSurvivors(t *testing.T) {
	page := string(Page([]Result{
		{Faults[0], "a.go", []Catch{{"theory", "TestCases"}, {"by hand", "TestTraces"}}},
		{Faults[1], "a.go", []Catch{{"theory", "TestCases"}}},
		{Faults[2], "b.go", nil},
	}))
	for _, want := range []string{"**3 faults** in 2 files; **1 survive**", "| theory | 2 |", "| by hand | 1 |", "by hand (`TestTraces`)", "**nothing**"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}
