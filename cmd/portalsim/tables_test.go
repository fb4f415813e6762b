package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"portalsim/output"
	"portalsim/sim"
	"portalsim/sim/engine"
)

// tables returns the bytes of every file of an output directory, by name.
func tables(t *testing.T, directory string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range names(t, directory) {
		files[name] = readText(t, filepath.Join(directory, name))
	}
	return files
}

// manifest returns the manifest without the block run, which is the only one that may differ.
func manifest(t *testing.T, text string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	if m["run"] == nil {
		t.Error("the manifest has no block run")
	}
	delete(m, "run")
	return m
}

var wantedTables = []string{"comparisons.parquet", "flows.parquet", "hours.parquet", "inputs.parquet", "manifest.json", "pairs.parquet",
	"replications.parquet", "staff_days.parquet", "summary.parquet", "threads.parquet", "urgent_pairs.parquet", "waits.parquet", "weeks.parquet"}

// The number of workers changes no byte of a table.
func TestJobsChangeNothing(t *testing.T) {
	var first map[string]string
	for _, jobs := range []string{"1", "2", "7"} {
		out := filepath.Join(t.TempDir(), "out")
		succeed(t, shortened("compare", "baseline", "education", "--thread-log", "sample", "--jobs", jobs, "--replications", "8", "--out", out)...)
		got := tables(t, out)
		if names := names(t, out); !slices.Equal(names, wantedTables) {
			t.Fatalf("--jobs %s wrote %v, want %v", jobs, names, wantedTables)
		}
		if first == nil {
			first = got
			continue
		}
		for _, name := range wantedTables {
			if name != "manifest.json" && got[name] != first[name] {
				t.Errorf("--jobs %s: %s differs from that of --jobs 1", jobs, name)
			}
		}
		if a, b := manifest(t, first["manifest.json"]), manifest(t, got["manifest.json"]); !reflect.DeepEqual(a, b) {
			t.Errorf("--jobs %s: the manifest differs: %v, with one job %v", jobs, b, a)
		}
	}
}

// Another seed changes the values, so that the test above compares something.
func TestSeedChangesValues(t *testing.T) {
	summary := func(seed string) []map[string]any {
		got := succeed(t, shortened("compare", "baseline", "education", "--replications", "2", "--json", "--seed", seed)...)
		return decoded(t, got.out).Summary
	}
	if one := summary("1"); !reflect.DeepEqual(one, summary("1")) || reflect.DeepEqual(one, summary("2")) {
		t.Error("seed 1 should give seed 1's numbers, and seed 2 others")
	}
}

// The manifest tells the truth: its hashes are those of the tables and of the texts, and its command makes them again.
func TestManifestRepeatsTheStudy(t *testing.T) {
	out, again := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "again")
	succeed(t, shortened("compare", "usual=baseline", "education", "--replications", "2", "--no-ceiling", "--set", "pools.nurse.title=Nurses & co", "--seed", "7", "--out", out)...)
	files := tables(t, out)
	var m output.Manifest
	if err := json.Unmarshal([]byte(files["manifest.json"]), &m); err != nil {
		t.Fatal(err)
	}
	for _, table := range m.Tables {
		hash := sha256.Sum256([]byte(files[table.File]))
		if table.SHA256 != hex.EncodeToString(hash[:]) {
			t.Errorf("%s has another hash than the manifest says", table.File)
		}
	}
	if len(m.Arms) != 2 || len(m.Tables) != len(files)-1 {
		t.Errorf("%d arms, %d tables; want 2 and %d", len(m.Arms), len(m.Tables), len(files)-1)
	}
	words := shellWords(t, m.Command)
	succeed(t, append(words[1:], "--out", again)...)
	if !reflect.DeepEqual(manifest(t, files["manifest.json"]), manifest(t, tables(t, again)["manifest.json"])) {
		t.Errorf("%s does not repeat the study", m.Command)
	}
}

// shellWords splits a command as a shell would: words in single quotes keep their spaces.
func shellWords(t *testing.T, command string) []string {
	t.Helper()
	var words []string
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

// A directory with anything in it is refused; --force replaces what the program wrote and keeps the rest.
func TestOutputDirectory(t *testing.T) {
	out := filepath.Join(t.TempDir(), "a", "out") // made with what is above it
	study := func(more ...string) invoked {
		return invoke(append(shortened("compare", "baseline", "education", "--replications", "2", "--no-ceiling", "--out", out), more...)...)
	}
	if got := study(); got.status != exitDone {
		t.Fatal(got.err)
	}
	first := tables(t, out)
	got := study("--seed", "2")
	if got.status != exitUsage || !strings.Contains(got.err, "is not empty") || !strings.Contains(got.err, "--force") {
		t.Errorf("second run: status %d, %q; want %d and a hint of --force", got.status, got.err, exitUsage)
	}
	if !reflect.DeepEqual(tables(t, out), first) {
		t.Error("a refused run changed files")
	}
	foreign := map[string]string{"notes.txt": "mine", "other.parquet": "not a table of portalsim"}
	for name, text := range foreign {
		if err := os.WriteFile(filepath.Join(out, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got := study("--seed", "2", "--force"); got.status != exitDone {
		t.Fatal(got.err)
	}
	second := tables(t, out)
	for name, text := range foreign {
		if second[name] != text {
			t.Errorf("--force changed %s", name)
		}
	}
	if second["replications.parquet"] == first["replications.parquet"] {
		t.Error("--force did not replace the tables")
	}
	if err := os.WriteFile(filepath.Join(out, "threads.parquet"), []byte("mine too"), 0o666); err != nil {
		t.Fatal(err)
	}
	got = study("--force", "--thread-log", "sample")
	if got.status != exitUsage || readText(t, filepath.Join(out, "threads.parquet")) != "mine too" {
		t.Errorf("a foreign file under the name of a table: status %d, %q; want it refused and kept", got.status, got.err)
	}
}

// One replication alone is the same replication as inside a study, traced or not, to the last bit.
func TestOneReplication(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	succeed(t, shortened("compare", "baseline", "education", "--replications", "4", "--out", out)...)
	rows, err := output.Read[sim.MeasureRow](filepath.Join(out, "replications.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	rows = slices.DeleteFunc(rows, func(r sim.MeasureRow) bool { return r.Arm != "education" || r.Replication != 3 })
	arms, err := source().Load([]string{"baseline", "education"}, shortSets)
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range []func(engine.Time, string){nil, func(engine.Time, string) {}} {
		alone, err := sim.Run(arms[1].Model, 1, 3, sim.Options{Trace: trace})
		if err != nil {
			t.Fatal(err)
		}
		if len(alone.Rows) != len(rows) || len(rows) == 0 {
			t.Fatalf("%d rows alone, %d in the table", len(alone.Rows), len(rows))
		}
		for i, r := range alone.Rows {
			if r.Measure != rows[i].Measure || bits(r.Value) != bits(rows[i].Value) {
				t.Errorf("%s%s alone %s, in the table %s", r.Measure, r.Dimensions(), bits(r.Value), bits(rows[i].Value))
			}
		}
	}

	one := shortened("run", "baseline+education", "--replication", "3")
	text := strings.Split(strings.TrimSpace(succeed(t, one...).out), "\n")
	if len(text) != len(rows) {
		t.Fatalf("run --replication prints %d measures, and the table has %d", len(text), len(rows))
	}
	for i, r := range rows {
		if !strings.HasPrefix(text[i], r.Measure+r.Dimensions()+" = ") || r.Value != nil && !strings.Contains(text[i], "= "+number(*r.Value)+" ") {
			t.Errorf("run --replication prints %q for %s%s = %s", text[i], r.Measure, r.Dimensions(), bits(r.Value))
		}
	}
	a, b := succeed(t, append(one, "--trace")...), succeed(t, append(one, "--trace")...)
	if a.out != b.out || a.out == "" {
		t.Errorf("two traces of %d and %d bytes differ", len(a.out), len(b.out))
	}
	if first := strings.Split(a.out, "\n")[0]; !strings.HasPrefix(first, "2025-01-06 Mon ") {
		t.Errorf("the trace begins with %q, not with the first day", first)
	}
}

// bits writes a value so that equal texts are equal bits.
func bits(x *float64) string {
	if x == nil {
		return "unknown"
	}
	return fmt.Sprintf("%016x %s", math.Float64bits(*x), strconv.FormatFloat(*x, 'g', -1, 64))
}
