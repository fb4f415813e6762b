package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/output"
	"portalsim/sim"
)

// studyFile writes a study of the library's clinic made small, and returns its path.
func studyFile(t *testing.T, more string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "study.yaml")
	text := "schema: portalsim/study/1\nname: small\nbase: baseline\narms: {usual: [], taught: [education]}\nset: {run.measure: 4w, run.warm_up: 1w, patients.count: 300}\n" + more
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

const twoFactors = "factors:\n  interventions.education.reach: {role: uncertainty, range: [0.2, 0.8]}\n  interventions.education.half_life: {role: uncertainty, values: [8w, 26w, 104w]}\n"

// sameTables wants two directories to hold the same tables, byte for byte, and the same manifest but for its block run.
func sameTables(t *testing.T, what, a, b string) {
	t.Helper()
	read := func(directory string) map[string]string {
		files := map[string]string{}
		for _, name := range names(t, directory) {
			if strings.HasSuffix(name, ".parquet") || name == "datapackage.json" {
				files[name] = readText(t, filepath.Join(directory, name))
			}
		}
		files["manifest"] = fmt.Sprint(manifest(t, readText(t, filepath.Join(directory, "manifest.json"))))
		return files
	}
	first, second := read(a), read(b)
	if len(first) != len(second) || len(first) < 4 {
		t.Errorf("%s: %d and %d files", what, len(first), len(second))
	}
	for name, text := range first {
		if second[name] != text {
			t.Errorf("%s: %s differs", what, name)
		}
	}
}

// tableOf reads a table of an output directory.
func tableOf[T any](t *testing.T, directory, name string) []T {
	t.Helper()
	rows, err := output.Read[T](filepath.Join(directory, name+".parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A sweep with one worker, with many, and taken up in parts gives the same bytes, and simulates nothing twice.
func TestSweepIsTheSameHoweverItIsRun(t *testing.T) {
	file := studyFile(t, twoFactors+"replications: 5\n")
	one, grown := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "grown")
	succeed(t, "sweep", file, "--jobs", "1", "--out", one)
	succeed(t, "sweep", file, "--jobs", "7", "--replications", "2", "--out", grown)
	before := names(t, filepath.Join(grown, "pieces"))
	succeed(t, "sweep", file, "--jobs", "7", "--out", grown)
	after := names(t, filepath.Join(grown, "pieces"))
	sameTables(t, "grown from 2 to 5 replications", one, grown)
	if len(before) != 10 || len(after) != 20 { // nine points of education, and usual care once
		t.Errorf("%d pieces at first and %d in the end, want 10 and 20", len(before), len(after))
	}
	points := tableOf[sim.PointRow](t, one, "points")
	if len(points) != 18 || points[17].Point != "p0009" || points[17].Text != "104w" || points[17].Replications != 5 || points[17].Status != "done" {
		t.Errorf("%d rows of points, the last %+v", len(points), points[len(points)-1])
	}
	if n := len(tableOf[sim.MeasureRow](t, one, "replications")); n != 9*2*2*5 {
		t.Errorf("%d rows of replications, want 9 points × 2 arms × 2 measures × 5", n)
	}
}

// The values of a sweep are those of compare.
func TestSweepAgreesWithCompare(t *testing.T) {
	file := studyFile(t, "measures:\n  first_response_h_mean[channel=portal]: {paired_by: contact}\n  after_hours_min_per_clinician_week: {}\nreplications: 4\n")
	swept, compared := filepath.Join(t.TempDir(), "swept"), filepath.Join(t.TempDir(), "compared")
	succeed(t, "sweep", file, "--out", swept)
	succeed(t, shortened("compare", "usual=baseline", "taught=education", "--no-ceiling", "--replications", "4", "--out", compared)...)
	found := 0
	for _, got := range tableOf[sim.ComparisonRow](t, swept, "comparisons") {
		for _, want := range tableOf[sim.ComparisonRow](t, compared, "comparisons") {
			want.Point = got.Point
			if got.Measure != want.Measure || got.Type != want.Type || got.Channel != want.Channel || got.PairedBy != want.PairedBy || got.Staff != want.Staff || got.Role != want.Role || got.Pool != want.Pool {
				continue
			}
			found++
			if bits(got.Difference) != bits(want.Difference) || bits(got.CI95Low) != bits(want.CI95Low) || bits(got.SimultaneousHigh) != bits(want.SimultaneousHigh) || bits(got.ControlMean) != bits(want.ControlMean) || got.Point != "p0001" {
				t.Errorf("%s by %s: %+v, and compare has %+v", got.Measure, got.PairedBy, got, want)
			}
		}
	}
	if found < 7 { // by contact of four types and all, two by replication
		t.Errorf("only %d rows in both", found)
	}
}

// A changed scenario reuses nothing; a damaged piece is done again.
func TestSweepNeverReusesWhatIsStale(t *testing.T) {
	file := studyFile(t, "replications: 3\n")
	out, fresh := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "fresh")
	succeed(t, "sweep", file, "--out", out)
	pieces := filepath.Join(out, "pieces")
	first := names(t, pieces)
	for _, name := range first {
		path := filepath.Join(pieces, name)
		text := readText(t, path)
		if err := os.WriteFile(path, []byte(text[:len(text)-9]+"different"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	succeed(t, "sweep", file, "--out", out)
	succeed(t, "sweep", file, "--out", fresh)
	sameTables(t, "with damaged pieces", out, fresh)
	other := []string{"sweep", file, "--set", "staff.nurse.count=4"}
	succeed(t, append(other, "--out", out)...)
	if again := names(t, pieces); len(again) != 2*len(first) {
		t.Errorf("%d pieces after a change of the clinic, want %d", len(again), 2*len(first))
	}
	other = append(other, "--out", filepath.Join(t.TempDir(), "other"))
	succeed(t, other...)
	sameTables(t, "of the changed clinic", out, other[len(other)-1])
}

// Replications are added until the measures are precise; a higher cap goes on from there, to the bytes of having asked
// for it at once.
func TestSweepForPrecision(t *testing.T) {
	file := studyFile(t, "measures:\n  after_hours_min_per_clinician_week: {relative: 0.000001}\n  threads_n: {half_width: 100000}\n")
	low, high := filepath.Join(t.TempDir(), "low"), filepath.Join(t.TempDir(), "high")
	got := succeed(t, "sweep", file, "--at-most", "29", "--out", low)
	if point := tableOf[sim.PointRow](t, low, "points")[0]; point.Replications != 20 || point.Last != "taught: after_hours_min_per_clinician_week" || *point.Reach < 1 {
		t.Errorf("a cap of 29 gives %+v, want one look at 20", point)
	}
	if !strings.Contains(got.out, "Last to be precise: taught: after_hours_min_per_clinician_week, at 1 point") || !strings.Contains(got.out, "raise precision.at_most") {
		t.Errorf("printed %s", got.out)
	}
	succeed(t, "sweep", file, "--at-most", "40", "--out", low)
	succeed(t, "sweep", file, "--at-most", "40", "--out", high)
	sameTables(t, "cap raised", low, high)
	easy := studyFile(t, "measures: {after_hours_min_per_clinician_week: {relative: 0.5}}\n")
	out := filepath.Join(t.TempDir(), "easy")
	succeed(t, "sweep", easy, "--out", out)
	if point := tableOf[sim.PointRow](t, out, "points")[0]; point.Replications != 20 || *point.Reach > 1 {
		t.Errorf("an easy half-width: %+v", point)
	}
}

// What fails is listed with the command that repeats it, the rest is run, and the status says so.
func TestSweepFailures(t *testing.T) {
	more := "factors:\n  run.max_in_progress: {role: lever, values: [100000, 5]}\nreplications: 2\n"
	out := filepath.Join(t.TempDir(), "out")
	got := invoke("sweep", studyFile(t, more), "--out", out)
	if got.status != exitUnsettled || !strings.Contains(got.err, "an arm never settles at 1 point (p0002)") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	points := tableOf[sim.PointRow](t, out, "points")
	if points[0].Status != "done" || points[1].Status != "never_settles" {
		t.Errorf("%+v", points)
	}
	for _, row := range tableOf[sim.SummaryRow](t, out, "summary") {
		if (row.Mean == nil) != (row.Point == "p0002") {
			t.Errorf("summary %+v", row)
		}
	}
}

// Two lawful values can make an unlawful clinic together.
func TestSweepFailedPoint(t *testing.T) {
	more := "factors:\n  pools.nurse.handling.low: {role: lever, values: [1m, 4m]}\n  pools.nurse.handling.high: {role: lever, values: [5m, 3m]}\nreplications: 2\n"
	file := studyFile(t, more)
	text := strings.Replace(readText(t, file), "set: {", "set: {pools.nurse.handling: {dist: uniform, low: 1m, high: 5m}, ", 1)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	got := invoke("sweep", file, "--out", out)
	if got.status != exitUnsettled || !strings.Contains(got.err, "1 point failed:\np0004") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	_, again, _ := strings.Cut(got.err, "see it again: ")
	if repeated := invoke(shellWords(t, strings.TrimSpace(again))[1:]...); repeated.status != exitUsage {
		t.Errorf("%s: status %d, %s", again, repeated.status, repeated.err)
	}
	for _, flag := range []string{"--fail-fast", "--keep-going=false"} {
		if fast := invoke("sweep", file, flag); fast.status != exitCouldNot || !strings.Contains(fast.err, "point p0004 failed") {
			t.Errorf("%s: status %d, %s", flag, fast.status, fast.err)
		}
	}
}

// The command to see a failed point again is of the arm that fails, with the values of the point.
func TestSweepFailedArm(t *testing.T) {
	const delay = "  interventions.education.delay."
	file := studyFile(t, "factors:\n"+delay+"low: {role: lever, values: [1d, 4d]}\n"+delay+"high: {role: lever, values: [5d, 3d]}\nreplications: 2\n")
	text := strings.Replace(readText(t, file), "set: {", "set: {interventions.education.delay: {dist: uniform, low: 1d, high: 5d}, ", 1)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	got := invoke("sweep", file)
	_, again, _ := strings.Cut(got.err, "see it again: ")
	for _, want := range []string{"portalsim run taught=baseline+education ", "delay.low=4d", "delay.high=3d"} {
		if !strings.Contains(again, want) {
			t.Errorf("no %q in %q", want, got.err)
		}
	}
	if repeated := invoke(shellWords(t, strings.TrimSpace(again))[1:]...); repeated.status != exitUsage || !strings.Contains(repeated.err, "delay") {
		t.Errorf("%s: status %d, %s", again, repeated.status, repeated.err)
	}
}

// The plan lists points and costs, and leaves nothing behind.
func TestSweepPlan(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	got := succeed(t, "sweep", studyFile(t, twoFactors), "--plan", "--out", out)
	for _, want := range []string{"small: 9 points of 2 arms (grid), seed 1", "p0009  0.8", "Replications: 20 replications of each point and arm", "Time: about ", "Bytes: about "} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in\n%s", want, got.out)
		}
	}
	w := &sweep{}
	if err := w.load([]string{studyFile(t, twoFactors)}); err != nil {
		t.Fatal(err)
	}
	if n := w.distinctRuns(); n != 9+1 {
		t.Errorf("%d arms of points to simulate, want usual care once and education nine times", n)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("--plan made the output directory")
	}
}

// The plan says how much is left beside the pieces that are there, and how large the tables are.
func TestSweepPlanLeft(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	file := studyFile(t, "factors: {interventions.education.reach: {role: lever, values: [0.3, 0.6]}}\n")
	succeed(t, "sweep", file, "--replications", "2", "--out", out)
	size := 0.0
	entries, _ := os.ReadDir(out)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && !e.IsDir() {
			size += float64(info.Size()) / 1000
		}
	}
	for replications, want := range map[string]string{"2": "Left: about 0 of 6 replications of an arm, 0s", "4": "Left: about 6 of 12 replications of an arm"} {
		got := succeed(t, "sweep", file, "--replications", replications, "--plan", "--out", out)
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in\n%s", want, got.out)
		}
		var planned float64
		_, text, _ := strings.Cut(got.out, "Bytes: about ")
		if _, err := fmt.Sscanf(text, "%g kB of tables", &planned); err != nil || planned < size/1.5 || planned > size*1.5 {
			t.Errorf("%v: planned %q, and the directory holds %.0f kB", err, text, size)
		}
	}
}

func TestSweepUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{}, "sweep needs a study file"},
		{[]string{"nothing.yaml"}, "there is no file nothing.yaml"},
		{[]string{"baseline", "--at-most", "5"}, "--at-most must be at least 20"},
		{[]string{"baseline", "--at-most", "50"}, "no measure has a half-width"},
		{[]string{"baseline", "--set", "staff.nurse.cunt=1,2"}, "did you mean count?"},
	} {
		if got := invoke(append([]string{"sweep"}, c.args...)...); got.status != exitUsage || !strings.Contains(got.err, c.want) {
			t.Errorf("%v: status %d, %s", c.args, got.status, got.err)
		}
	}
}

// Tables of an earlier text of a study are replaced, and a note says so before; a study run again says nothing.
func TestSweepNotesAnEditedStudy(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	first, second := studyFile(t, "replications: 2\n"), studyFile(t, "replications: 3\n")
	for _, c := range []struct {
		file string
		want bool
	}{{first, false}, {first, false}, {second, true}} {
		got := invoke("sweep", c.file, "--out", out)
		if got.status != 0 || strings.Contains(got.err, "an earlier text of small: its tables will be replaced") != c.want {
			t.Errorf("%s: status %d, want a note %v: %s", c.file, got.status, c.want, got.err)
		}
	}
}

func TestShortest(t *testing.T) {
	got := shortest([]string{"a.b.rate", "a.c.rate", "a.reach", "rate.reach.x", "usual:a.reach"})
	if want := []string{"b.rate", "c.rate", "a.reach", "reach.x", "usual:a.reach"}; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Where no mean is known the screen says why.
func TestSweepExplainsWhatIsUnknown(t *testing.T) {
	const few = "unknown: fewer than two replications had measures.min_events"
	file := studyFile(t, twoFactors+"replications: 2\n")
	if got := succeed(t, "sweep", file, "--set", "measures.min_events=100000").out; !strings.Contains(got, few) {
		t.Errorf("no %q in\n%s", few, got)
	}
	if got := succeed(t, "sweep", file).out; strings.Contains(got, "unknown") {
		t.Errorf("something is unknown in\n%s", got)
	}
}
