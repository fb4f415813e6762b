package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"portalsim/output"
	"portalsim/sim"
)

// drawn is a short uncertainty run into a directory.
func drawn(t *testing.T, out string, more ...string) invoked {
	t.Helper()
	return invoke(shortened(append([]string{"compare", "baseline", "education", "--uncertainty", "--draws", "12", "--out", out}, more...)...)...)
}

// The number of workers changes no byte of an uncertainty run, and another seed draws other inputs.
func TestDrawsDoNotDependOnJobs(t *testing.T) {
	skipIfShort(t)
	var first map[string]string
	for _, jobs := range []string{"1", "2", "7"} {
		out := filepath.Join(t.TempDir(), "out")
		if got := drawn(t, out, "--jobs", jobs); got.status != exitDone && got.status != exitUnsettled {
			t.Fatalf("status %d\n%s", got.status, got.err)
		}
		got := tables(t, out)
		delete(got, "manifest.json")
		if first == nil {
			first = got
		}
		if !reflect.DeepEqual(got, first) {
			t.Errorf("--jobs %s gives other bytes than --jobs 1", jobs)
		}
	}
	out := filepath.Join(t.TempDir(), "other")
	drawn(t, out, "--seed", "2")
	if tables(t, out)["draws.parquet"] == first["draws.parquet"] {
		t.Error("another seed draws the same inputs")
	}
}

// The tables of an uncertainty run say one thing: draws has each draw once and whole, replications holds two of each,
// summary and comparisons have both intervals, and a driver is an input of draws.
func TestTablesOfAnUncertaintyRun(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	screen := drawn(t, out)
	draws := readTable[sim.DrawRow](t, out, "draws")
	perDraw := map[int32]int{}
	inputs := map[string]bool{}
	for _, row := range draws {
		perDraw[row.Draw]++
		inputs[row.Input] = true
		if row.Group != "" {
			inputs["group:"+row.Group] = true
		}
		if math.IsNaN(row.Value) || math.IsInf(row.Value, 0) {
			t.Fatalf("%+v", row)
		}
	}
	if len(perDraw) != 12 {
		t.Errorf("%d draws, want 12", len(perDraw))
	}
	last := int32(0)
	for _, row := range readTable[sim.MeasureRow](t, out, "replications") {
		last = max(last, row.Replication)
	}
	if last != 23 {
		t.Errorf("the last replication is %d; 12 draws of two end at 23", last)
	}
	both := 0
	for _, row := range readTable[sim.ComparisonRow](t, out, "comparisons") {
		if row.UI95Low == nil {
			continue
		}
		both++
		if *row.UI95Low > *row.UI95High || row.CI95Low == nil {
			t.Errorf("%+v", row)
		}
	}
	if both == 0 {
		t.Error("no comparison has an uncertainty interval")
	}
	for _, row := range readTable[sim.DriverRow](t, out, "drivers") {
		if !inputs[row.Input] || math.Abs(row.Rank) > 1 {
			t.Errorf("%+v is no driver", row)
		}
	}
	_, evening, _ := strings.Cut(screen.out, "After-hours minutes per clinician") // of which few draws are enough
	uncertainty, simulation := strings.Index(evening, "uncertainty interval"), strings.Index(evening, "simulation interval")
	if uncertainty < 0 || simulation < uncertainty {
		t.Errorf("the uncertainty interval is not printed before the simulation interval:\n%s", screen.out)
	}
	for _, words := range []string{"is better in", "driven by", "12 draws of"} {
		if !strings.Contains(screen.out, words) {
			t.Errorf("nothing of %q in:\n%s", words, screen.out)
		}
	}
}

// readTable reads a table of an output directory.
func readTable[T any](t *testing.T, out, name string) []T {
	t.Helper()
	rows, err := output.Read[T](filepath.Join(out, name+".parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// One replication of an uncertainty run can be repeated alone, with its inputs.
func TestRepeatOneReplicationOfADraw(t *testing.T) {
	skipIfShort(t)
	out := filepath.Join(t.TempDir(), "out")
	drawn(t, out)
	rows := readTable[sim.MeasureRow](t, out, "replications")
	at := slices.IndexFunc(rows, func(r sim.MeasureRow) bool {
		return r.Replication == 7 && r.Arm == "baseline" && r.Measure == "threads_n" && r.Type == sim.All && r.Channel == sim.All
	})
	if at < 0 {
		t.Fatal("no threads in replication 7")
	}
	alone := succeed(t, shortened("run", "baseline", "--uncertainty", "--replication", "7")...)
	plain := succeed(t, shortened("run", "baseline", "--replication", "7")...)
	want := fmt.Sprintf("%.0f", *rows[at].Value)
	line := func(text string) string {
		for _, l := range strings.Split(text, "\n") {
			if strings.HasPrefix(strings.TrimSpace(l), "threads_n =") {
				return strings.Join(strings.Fields(l), " ")
			}
		}
		return ""
	}
	if !strings.Contains(line(alone.out), want) || line(alone.out) == line(plain.out) {
		t.Errorf("alone %q, plainly %q; the table has %s", line(alone.out), line(plain.out), want)
	}
}

// Where nothing is uncertain there is nothing to draw.
func TestNothingUncertain(t *testing.T) {
	got := invoke("run", "testdata/clinic.yaml", "--uncertainty")
	if got.status != exitUsage || !strings.Contains(got.err, "nothing in these arms is uncertain") {
		t.Errorf("status %d: %s", got.status, got.err)
	}
}

// A draw whose control lies outside a plausible range is left out of the averages, and counted on the screen: with a
// range that no draw can meet, all are.
func TestImplausibleDrawsAreLeftOut(t *testing.T) {
	skipIfShort(t)
	out := filepath.Join(t.TempDir(), "out")
	got := drawn(t, out, "--set", "plausible.inbox_min_per_clinician_day={low: 40}")
	if !strings.Contains(got.out, "plausible") || !strings.Contains(got.out, "inbox_min_per_clinician_day outside 40 to 78 under") {
		t.Errorf("nothing of what was left out in:\n%s", got.out)
	}
	values := map[int32]float64{}
	for _, row := range readTable[sim.MeasureRow](t, out, "replications") {
		if row.Arm == "baseline" && row.Measure == "inbox_min_per_clinician_day" && row.Staff == sim.All && row.Role == sim.All && row.Value != nil {
			values[row.Replication/2] += *row.Value / 2
		}
	}
	counted, sum := 0, 0.0
	for _, mean := range values {
		if mean >= 40 {
			counted++
			sum += mean
		}
	}
	for _, row := range readTable[sim.SummaryRow](t, out, "summary") {
		if row.Arm != "baseline" || row.Measure != "inbox_min_per_clinician_day" || row.Role != sim.All || row.Staff != sim.All {
			continue
		}
		if counted == 0 || counted == 12 || int(row.Replications) != 2*counted || math.Abs(*row.Mean-sum/float64(counted)) > 1e-9 {
			t.Errorf("summary has %v over %d replications; the %d draws at 40 and above have %v", *row.Mean, row.Replications, counted, sum/float64(counted))
		}
	}
}

// check looks at the alternatives of structural variants, which a plain run never loads.
func TestCheckLooksAtVariants(t *testing.T) {
	file := filepath.Join(t.TempDir(), "odd.yaml")
	write := func(overlay string) {
		text := "schema: portalsim/scenario/1\nname: odd\nextends: baseline\nvariants:\n  evening:\n    strange: {overlay: " + overlay + "}\n"
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("evning-habit")
	if got := invoke("check", file); got.status != exitUsage || !strings.Contains(got.err, file+":6:24: ") || !strings.Contains(got.err, "did you mean evening-habit?") {
		t.Errorf("status %d: %s", got.status, got.err)
	}
	write("evening-habit")
	succeed(t, "check", file)
}

func TestDrawsNeedUncertainty(t *testing.T) {
	if got := invoke("run", "baseline", "--draws", "30"); got.status != exitUsage || !strings.Contains(got.err, "--draws needs --uncertainty") {
		t.Errorf("status %d: %s", got.status, got.err)
	}
}

// skipIfShort leaves a test of many seconds out of the fast tests.
func skipIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes many seconds")
	}
}
