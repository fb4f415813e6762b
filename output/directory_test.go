package output

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"portalsim/sim"
)

func writeText(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func wantText(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s: got %q (%v), want %q", path, got, err, want)
	}
}

func TestOpenMakesMissingParents(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "c")
	write(t, path, "summary", fill[sim.SummaryRow](2), false, 2)
	wantNames(t, path, "datapackage.json", "manifest.json", "summary.parquet")
}

func TestCloseLeavesNothing(t *testing.T) {
	root := t.TempDir()
	directory, err := Open(filepath.Join(root, "a", "b"), testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Create[sim.SummaryRow](directory, "summary")
	if err != nil {
		t.Fatal(err)
	}
	if err := table.Write(fill[sim.SummaryRow](10_000)); err != nil {
		t.Fatal(err)
	}
	directory.Close()
	directory.Close()
	wantNames(t, root)
}

func TestCloseKeepsADirectoryThatWasThere(t *testing.T) {
	path := t.TempDir()
	directory, err := Open(path, testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	directory.Close()
	wantNames(t, path)
}

func TestNotEmptyIsRefusedWithoutForce(t *testing.T) {
	path := t.TempDir()
	writeText(t, filepath.Join(path, "notes.txt"), "mine")
	_, err := Open(path, testVersion, false)
	wantRefused(t, err, path, "--force")
	wantNames(t, path, "notes.txt")
}

func TestForceReplacesOnlyOurs(t *testing.T) {
	path := t.TempDir()
	write(t, path, "threads", fill[sim.ThreadRow](2), false, 2)
	writeText(t, filepath.Join(path, "notes.txt"), "mine")
	writeText(t, filepath.Join(path, "mine.parquet"), "mine")
	writeText(t, filepath.Join(path, ".threads.parquet.0.tmp"), "of a run that was killed")

	write(t, path, "summary", fill[sim.SummaryRow](2), true, 2)
	wantNames(t, path, "datapackage.json", "manifest.json", "mine.parquet", "notes.txt", "summary.parquet")
	wantText(t, filepath.Join(path, "mine.parquet"), "mine")
	if err := Verify(path); err != nil {
		t.Error(err)
	}
}

func TestForceRefusesFilesOfTheSameName(t *testing.T) {
	for _, name := range []string{"summary.parquet", "manifest.json"} {
		path := t.TempDir()
		writeText(t, filepath.Join(path, name), "{}")
		_, err := Open(path, testVersion, true)
		wantRefused(t, err, filepath.Join(path, name), "not written by portalsim")
		wantText(t, filepath.Join(path, name), "{}")
		wantNames(t, path, name)
	}
}

func TestFileThatAppearsDuringTheRunIsKept(t *testing.T) {
	path := t.TempDir()
	directory, err := Open(path, testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create[sim.SummaryRow](directory, "summary"); err != nil {
		t.Fatal(err)
	}
	writeText(t, filepath.Join(path, "summary.parquet"), "mine")
	wantRefused(t, directory.Commit(Manifest{}), "summary.parquet", "appeared")
	directory.Close()
	wantNames(t, path, "summary.parquet")
	wantText(t, filepath.Join(path, "summary.parquet"), "mine")
}

func TestManifestCannotLeadOutOfTheDirectory(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "out")
	write(t, path, "summary", fill[sim.SummaryRow](2), false, 2)
	writeText(t, filepath.Join(root, "precious.parquet"), "mine")
	writeText(t, filepath.Join(path, "manifest.json"),
		`{"program":"portalsim","tables":[{"file":"../precious.parquet"},{"file":"summary.parquet"}]}`)
	write(t, path, "pairs", fill[sim.PairRow](2), true, 2)
	wantText(t, filepath.Join(root, "precious.parquet"), "mine")
	wantNames(t, path, "datapackage.json", "manifest.json", "pairs.parquet")
}

func TestForceReplacesALinkNotItsTarget(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "out")
	write(t, path, "summary", fill[sim.SummaryRow](2), false, 2)
	target := filepath.Join(root, "elsewhere.parquet")
	writeText(t, target, "mine")
	link := filepath.Join(path, "summary.parquet")
	if err := errors.Join(os.Remove(link), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}
	write(t, path, "summary", fill[sim.SummaryRow](2), true, 2)
	wantText(t, target, "mine")
	if err := Verify(path); err != nil {
		t.Error(err)
	}
}

func TestFailureKeepsTheEarlierRun(t *testing.T) {
	path := t.TempDir()
	write(t, path, "summary", fill[sim.SummaryRow](2), false, 2)
	directory, err := Open(path, testVersion, true)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Create[sim.SummaryRow](directory, "summary")
	if err != nil {
		t.Fatal(err)
	}
	table.staged.file.Close() // stands for a disk that fails
	if err := table.Write(fill[sim.SummaryRow](10)); err != nil {
		t.Fatal(err)
	}
	if err := directory.Commit(Manifest{}); err == nil {
		t.Error("Commit did not notice that the table was not written")
	}
	directory.Close()
	wantNames(t, path, "datapackage.json", "manifest.json", "summary.parquet")
	if err := Verify(path); err != nil {
		t.Error(err)
	}
}

// The run dies after it has renamed the first of two tables: at a rename that cannot be, then without any cleaning.
func TestDeathBetweenRenames(t *testing.T) {
	path := t.TempDir()
	write(t, path, "summary", fill[sim.SummaryRow](2), false, 2)
	directory, err := Open(path, testVersion, true)
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := Create[sim.PairRow](directory, "pairs")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create[sim.SummaryRow](directory, "summary"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(pairs.Write(fill[sim.PairRow](9)), directory.stageManifest(Manifest{})); err != nil {
		t.Fatal(err)
	}
	os.Remove(directory.tables[1].file.Name())
	if err := directory.rename(); err == nil {
		t.Fatal("a file that is not there was renamed")
	}
	directory.lock.Release() // as the system does

	wantNames(t, path, ".datapackage.json.0.tmp", ".manifest.json.0.tmp", lockFile, "datapackage.json", "manifest.json", "pairs.parquet", "summary.parquet")
	if rows, err := Read[sim.PairRow](filepath.Join(path, "pairs.parquet")); err != nil || len(rows) != 9 {
		t.Errorf("pairs: %d rows (%v), want 9", len(rows), err)
	}
	if rows, err := Read[sim.SummaryRow](filepath.Join(path, "summary.parquet")); err != nil || len(rows) != 2 {
		t.Errorf("summary: %d rows (%v), want 2", len(rows), err)
	}
	// pairs.parquet is in no manifest but the unfinished one, by which the next run knows it.
	write(t, path, "threads", fill[sim.ThreadRow](2), true, 2)
	wantNames(t, path, "datapackage.json", "manifest.json", "threads.parquet")
}

// Where there are no locks, two runs still never write to one file, and the second to end is refused.
func TestTwoRunsNeverShareATemporaryFile(t *testing.T) {
	withoutLocks(t)
	path := t.TempDir()
	first, err := Open(path, testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := Open(path, testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, directory := range []*Directory{first, second} {
		if _, err := Create[sim.SummaryRow](directory, "summary"); err != nil {
			t.Fatal(err)
		}
	}
	wantNames(t, path, lockFile, ".summary.parquet.0.tmp", ".summary.parquet.1.tmp")
	if err := first.Commit(Manifest{}); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, second.Commit(Manifest{}), "appeared during the run")
	if err := Verify(path); err != nil {
		t.Error(err)
	}
}

func TestOpenRefusesWhatIsNoDirectory(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "file")
	writeText(t, file, "mine")
	_, err := Open(file, testVersion, true)
	wantRefused(t, err, file, "not a directory")

	link := filepath.Join(root, "link")
	if err := os.Symlink(filepath.Join(root, "nothing"), link); err != nil {
		t.Fatal(err)
	}
	_, err = Open(link, testVersion, true)
	wantRefused(t, err, link, "symbolic link")

	if _, err = Open(filepath.Join(file, "out"), testVersion, true); err == nil {
		t.Error("a directory was made under a file")
	}
	wantNames(t, root, "file", "link")
}

func TestOpenFollowsALinkToADirectory(t *testing.T) {
	root := t.TempDir()
	target, link := filepath.Join(root, "target"), filepath.Join(root, "link")
	if err := errors.Join(os.Mkdir(target, 0o755), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}
	write(t, link, "summary", fill[sim.SummaryRow](2), false, 2)
	wantNames(t, target, "datapackage.json", "manifest.json", "summary.parquet")
}

func TestOpenFindsThatItMayNotWrite(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("permissions do not bind root")
	}
	path := t.TempDir()
	if err := os.Chmod(path, 0o555); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, testVersion, false); !errors.Is(err, os.ErrPermission) {
		t.Errorf("got %v, want permission denied", err)
	}
}

func TestReplaceFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.html")
	writeText(t, path, "old")
	broken := errors.New("broken")
	err := ReplaceFile(path, func(w io.Writer) error { _, _ = w.Write([]byte("ha")); return broken })
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the writer's error", err)
	}
	wantText(t, path, "old")
	err = ReplaceFile(path, func(w io.Writer) error { _, err := io.Copy(w, bytes.NewBufferString("new")); return err })
	if err != nil {
		t.Fatal(err)
	}
	wantText(t, path, "new")
	wantNames(t, filepath.Dir(path), "report.html")
}
