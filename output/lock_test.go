package output

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"portalsim/sim"
)

// withoutLocks makes every file system one that has no locks, as some networks' are.
func withoutLocks(t *testing.T) {
	t.Helper()
	tryLock = func(*os.File, bool) error { return syscall.ENOLCK }
	t.Cleanup(func() { tryLock = systemLock })
}

// wantBusy wants a lock to be refused, with words.
func wantBusy(t *testing.T, err error, words ...string) {
	t.Helper()
	var busy *Busy
	if !errors.As(err, &busy) {
		t.Fatalf("got %v, want a *Busy", err)
	}
	wantRefused(t, err, words...)
}

func hold(t *testing.T, path string, alone bool) *Lock {
	t.Helper()
	l, err := HoldTasks(path, alone)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The second of two runs in one directory is refused, and told who is there; after the first it may.
func TestOneRunAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	first, err := Open(path, testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, force := range []bool{false, true} {
		_, err = Open(path, testVersion, force)
		wantBusy(t, err, path, "another run of portalsim (process ", " on ", ") is writing there", "wait until it has ended")
	}
	wantNames(t, path, lockFile)
	if _, err := Create[sim.SummaryRow](first, "summary"); err != nil {
		t.Fatal(err)
	}
	if err := first.Commit(Manifest{}); err != nil {
		t.Fatal(err)
	}
	_, err = Open(path, testVersion, true)
	wantBusy(t, err, path) // a report may still have to be written
	first.Close()
	first.Close()
	wantNames(t, path, "datapackage.json", "manifest.json", "summary.parquet")
	write(t, path, "pairs", fill[sim.PairRow](2), true, 2)
}

// Of many runs that begin at once, never two have the directory; each that is refused may try again.
func TestLocksOfManyRuns(t *testing.T) {
	path := t.TempDir()
	const runs, turns = 8, 20
	var inside sync.Mutex
	var group sync.WaitGroup
	for range runs {
		group.Go(func() {
			for done := 0; done < turns; {
				l, err := lockAlone(path)
				if err != nil {
					var busy *Busy
					if !errors.As(err, &busy) {
						t.Error(err)
						return
					}
					continue
				}
				if !inside.TryLock() {
					t.Error("two runs hold the lock")
					return
				}
				inside.Unlock()
				l.remove()
				done++
			}
		})
	}
	group.Wait()
	wantNames(t, path)
}

// The tasks of an array share a directory; a sweep of the whole study has it alone.
func TestTasksShareALock(t *testing.T) {
	path := t.TempDir()
	one, two := hold(t, path, false), hold(t, path, false)
	_, err := HoldTasks(path, true)
	wantBusy(t, err, path, "tasks of an array, or another sweep, are running there", "portalsim status")
	one.Release()
	_, err = HoldTasks(path, true)
	wantBusy(t, err, path)
	two.Release()
	two.Release()
	alone := hold(t, path, true)
	_, err = HoldTasks(path, false)
	wantBusy(t, err, path, "a sweep of the whole study (process ")
	_, err = HoldTasks(path, true)
	wantBusy(t, err, "another sweep (process ")
	alone.Release()
	shared := hold(t, path, false)
	_, err = HoldTasks(path, true)
	wantBusy(t, err, "another sweep, are running") // and not the process that has ended
	shared.Release()
	write(t, path, "points", fill[sim.PointRow](1), true, 1) // a lock of tasks is no lock of tables
}

// Without locks a run goes on, says so, and removes nothing that may be another's.
func TestWithoutLocks(t *testing.T) {
	withoutLocks(t)
	path := t.TempDir()
	writeText(t, filepath.Join(path, ".pairs.parquet.0.tmp"), "of another run, perhaps")
	_, err := Open(path, testVersion, false)
	wantRefused(t, err, "is not empty")
	d, err := Open(path, testVersion, true)
	if err != nil {
		t.Fatal(err)
	}
	if d.Locked() {
		t.Error("a lock is held where there are none")
	}
	if _, err := Create[sim.SummaryRow](d, "summary"); err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(Manifest{}); err != nil {
		t.Fatal(err)
	}
	d.Close()
	wantNames(t, path, ".pairs.parquet.0.tmp", "datapackage.json", "manifest.json", "summary.parquet")
	tasks := hold(t, path, true)
	openPieces(t, path)
	left := filepath.Join(path, piecesDirectory, "."+PieceKey("x")+"-0-4.piece.0.tmp")
	writeText(t, left, "of another task, perhaps")
	RemoveLeftovers(path, tasks)
	wantText(t, left, "of another task, perhaps")
}

// What a killed run leaves does not keep the same command from beginning again, nor stay for ever.
func TestLeftoversAreReplaced(t *testing.T) {
	path := t.TempDir()
	killed, err := Open(path, testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := Create[sim.PairRow](killed, "pairs")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(pairs.Write(fill[sim.PairRow](9)), killed.stageManifest(Manifest{})); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(pairs.staged.file.Name(), filepath.Join(path, "pairs.parquet")); err != nil {
		t.Fatal(err)
	}
	writeText(t, filepath.Join(path, ".report.html.0.tmp"), "half of")
	killed.lock.Release() // as the system does: here the process dies, between two renames
	wantNames(t, path, ".datapackage.json.0.tmp", ".manifest.json.0.tmp", lockFile, ".report.html.0.tmp", "pairs.parquet")

	write(t, path, "summary", fill[sim.SummaryRow](2), false, 2)
	wantNames(t, path, "datapackage.json", "manifest.json", "summary.parquet")
	writeText(t, filepath.Join(path, ".summary.parquet.0.tmp"), "of a run that was killed")
	_, err = Open(path, testVersion, false)
	wantRefused(t, err, "is not empty") // a whole run is not replaced unasked
}

// Leftovers among pieces and tasks are removed by who holds the tasks alone, and nothing else is.
func TestRemoveLeftovers(t *testing.T) {
	path := t.TempDir()
	openPieces(t, path)
	shared := hold(t, path, false)
	key := PieceKey("x")
	left := []string{"pieces/." + key + "-0-4.piece.0.tmp", "tasks/.0-of-8.json.12.tmp", "tasks/.order-" + key + ".json.gz.0.tmp"}
	kept := []string{"pieces/" + key + "-0-4.piece", "pieces/.notes.tmp", "tasks/merge-7.log", "tasks/0-of-8.json"}
	for _, name := range append(left, kept...) {
		writeText(t, filepath.Join(path, name), name)
	}
	RemoveLeftovers(path, shared)
	for _, name := range left {
		wantText(t, filepath.Join(path, name), name)
	}
	shared.Release()
	alone := hold(t, path, true)
	defer alone.Release()
	RemoveLeftovers(path, alone)
	for _, name := range kept {
		wantText(t, filepath.Join(path, name), name)
	}
	wantNames(t, filepath.Join(path, "pieces"), ".notes.tmp", key+"-0-4.piece")
	wantNames(t, filepath.Join(path, "tasks"), lockFile, "0-of-8.json", "merge-7.log")
}
