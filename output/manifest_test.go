package output

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"portalsim/sim"
)

func commitManifest(t *testing.T, path string, m Manifest) {
	t.Helper()
	directory, err := Open(path, testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Create[sim.SummaryRow](directory, "summary")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(table.Write(fill[sim.SummaryRow](3)), directory.Commit(m)); err != nil {
		t.Fatal(err)
	}
}

func testManifest(run Occasion) Manifest {
	return Manifest{
		Seed: 1<<64 - 1, Replications: 20, Confidence: 0.95, RandomNumbers: "test/1", Command: "portalsim run a.yaml",
		Arms: []Arm{{Name: "usual", Text: "name: a <b>\n", Layers: []string{"a.yaml"}}, {Name: "bare"}},
		Run:  run,
	}
}

func TestManifestReadsAsWritten(t *testing.T) {
	path := t.TempDir()
	run := NewOccasion(time.Now(), 3)
	commitManifest(t, path, testManifest(run))
	m, err := ReadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	if m.Program != "portalsim" || m.Version != "1.2.3" || m.Build != "abcdef" || m.Go != runtime.Version() ||
		m.SchemaVersion != SchemaVersion || !strings.HasPrefix(m.Processor, runtime.GOARCH) {
		t.Errorf("what Commit fills in: %+v", m)
	}
	if m.Seed != 1<<64-1 || m.Run != run || m.Arms[0].Text != "name: a <b>\n" {
		t.Errorf("what the caller gives: %+v", m)
	}
	if len(m.Tables) != 1 || m.Tables[0].File != "summary.parquet" || m.Tables[0].Rows != 3 {
		t.Errorf("tables: %+v", m.Tables)
	}
}

// All but the block "run", which comes last, is the same in two runs. Empty lists are lists.
func TestManifestIsTheSameButForTheRun(t *testing.T) {
	var texts [2][]byte
	for i := range texts {
		path := t.TempDir()
		commitManifest(t, path, testManifest(Occasion{Started: "2025-01-06T08:00:00Z", Seconds: float64(i)}))
		text, err := os.ReadFile(filepath.Join(path, manifestFile))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("null")) {
			t.Errorf("the manifest has a null:\n%s", text)
		}
		if bytes.Contains(text, []byte(path)) {
			t.Errorf("the manifest names the output directory:\n%s", text)
		}
		texts[i], _, _ = bytes.Cut(text, []byte(`"run": {`))
	}
	if !bytes.Equal(texts[0], texts[1]) {
		t.Errorf("got\n%s\nand\n%s", texts[0], texts[1])
	}
}

func TestVerifyFindsWhatWasChanged(t *testing.T) {
	path := t.TempDir()
	commitManifest(t, path, testManifest(Occasion{}))
	if err := Verify(path); err != nil {
		t.Fatal(err)
	}
	table := filepath.Join(path, "summary.parquet")
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)/2] ^= 1
	if err := os.WriteFile(table, text, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Verify(path); err == nil || !strings.Contains(err.Error(), "summary.parquet") {
		t.Errorf("one bit of the table is changed: got %v", err)
	}
	os.Remove(table)
	if err := Verify(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the table is removed: got %v", err)
	}
}

func TestVerifyFindsAChangedScenario(t *testing.T) {
	path := t.TempDir()
	commitManifest(t, path, testManifest(Occasion{}))
	file := filepath.Join(path, manifestFile)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(text, []byte("a <b>"), []byte("a <c>"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Verify(path); err == nil || !strings.Contains(err.Error(), "usual") {
		t.Errorf("got %v, want an error that names the arm", err)
	}
}

func TestReadManifestRefusesOthers(t *testing.T) {
	path := t.TempDir()
	for _, text := range []string{"", "{", "{}", `{"program":"other"}`} {
		writeText(t, filepath.Join(path, manifestFile), text)
		if _, err := ReadManifest(path); err == nil || !strings.Contains(err.Error(), manifestFile) {
			t.Errorf("%q: got %v, want an error that names the file", text, err)
		}
	}
}
