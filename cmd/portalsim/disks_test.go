package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portalsim/output"
)

// smallDisk mounts a file system in memory, to be filled or made read-only, and returns what changes its options. Where that
// is not possible the test cannot be made: in a container without the right to mount, or not as root.
func smallDisk(t *testing.T, options string) (disk string, remount func(options string)) {
	t.Helper()
	disk = t.TempDir()
	if text, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "portalsim-test", disk).CombinedOutput(); err != nil {
		refusedBySystem(t, err, text)
	}
	t.Cleanup(func() {
		if text, err := exec.Command("umount", disk).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, text)
		}
	})
	return disk, func(options string) {
		t.Helper()
		if text, err := exec.Command("mount", "-o", "remount,"+options, disk).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
	}
}

// wantFailure wants a run to have failed for a reason of the system, which the message gives, with the file and what to do.
func wantFailure(t *testing.T, what string, got invoked, words ...string) {
	t.Helper()
	if got.status != exitCouldNot || !strings.HasPrefix(got.err, "portalsim: ") || strings.Contains(got.err, "goroutine") || got.out != "" {
		t.Errorf("%s: status %d, said %q, printed %q", what, got.status, got.err, got.out)
	}
	for _, word := range words {
		if !strings.Contains(got.err, word) {
			t.Errorf("%s: no %q in %q", what, word, got.err)
		}
	}
}

// A disk that is full fails a run with the name of a file on it, and leaves whole pieces and nothing half-written. With a
// little more space the same command goes on, and fills it again, until it comes to its end: so it fails at every step.
func TestDiskThatIsFull(t *testing.T) {
	skipIfShort(t)
	file := studyFile(t, "factors: {interventions.education.reach: {role: lever, values: [0.3, 0.6, 0.9]}}\nreplications: 2\n")
	sweep := func(out string) []string { return []string{"sweep", file, "--quiet", "--out", out} }
	compare := func(out string) []string {
		return shortened("compare", "baseline", "education", "--quiet", "--replications", "2", "--thread-log", "sample", "--report", "--out", out)
	}
	for _, c := range []struct {
		name         string
		args         func(string) []string
		option       string
		begin, steps int
		keeps        bool
	}{
		{"sweep, by page", sweep, "size=%d", 4096, kills(12, 1) * 4096, true},
		{"compare, by page", compare, "size=%d", 4096, kills(40, 4) * 4096, false},
		{"sweep, by file", sweep, "nr_inodes=%d", 2, 1, true},
		{"compare, by file", compare, "nr_inodes=%d", 2, kills(3, 1), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			one := filepath.Join(t.TempDir(), "one")
			succeed(t, c.args(one)...)
			disk, remount := smallDisk(t, fmt.Sprintf(c.option, c.begin))
			out := filepath.Join(disk, "out")
			args, failures, before := c.args(out), 0, map[string]string{}
			for size := c.begin; ; size += c.steps {
				remount(fmt.Sprintf(c.option, size))
				got := invoke(args...)
				if got.status == exitDone || t.Failed() {
					break
				}
				failures++
				if strings.Contains(got.err, "\nThe tables in "+out+" are whole; portalsim report "+out+" writes the report") {
					args = []string{"report", out}
				}
				wantFailure(t, fmt.Sprintf(c.option, size), got, disk, "no space left on device; ", "free some space on that disk")
				before = wantNothingHalf(t, out, before, c.keeps)
			}
			sameTables(t, "on a disk that was full", one, out)
			if strings.HasPrefix(c.name, "compare") && !slices.Contains(names(t, out), "report.html") {
				t.Error("there is no report")
			}
			if failures < 3 {
				t.Errorf("the disk was full only %d times", failures)
			}
			t.Logf("full %d times", failures)
		})
	}
}

// wantNothingHalf wants what a failed run leaves to be whole pieces, with those that were there before, and no table that is
// not of a whole run. It returns the pieces.
func wantNothingHalf(t *testing.T, out string, before map[string]string, keeps bool) map[string]string {
	t.Helper()
	if _, err := os.Stat(out); os.IsNotExist(err) {
		return nil
	}
	pieces := piecesIn(t, out)
	for name, text := range before {
		if pieces[name] != text {
			t.Errorf("%s, which was finished, is lost", name)
		}
	}
	whole := output.Verify(out) == nil // but for the report, which was to follow
	for _, name := range slices.Concat(names(t, out), namesIn(out, "pieces"), namesIn(out, "tasks")) {
		table := strings.HasSuffix(name, ".parquet") || strings.HasSuffix(name, "manifest.json") || strings.HasSuffix(name, "package.json")
		if strings.HasSuffix(name, ".tmp") || table && !whole || !table && !keeps && !whole {
			t.Errorf("%s is left", name)
		}
	}
	return pieces
}

// On a disk that can only be read, what would write says so, what only reads does its work, and nothing is changed.
func TestDiskThatIsReadOnly(t *testing.T) {
	skipIfShort(t)
	disk, remount := smallDisk(t, "size=16m")
	file := studyFile(t, "factors: {interventions.education.reach: {role: lever, values: [0.3, 0.6, 0.9]}}\nreplications: 2\n")
	study, tables, half := filepath.Join(disk, "study"), filepath.Join(disk, "tables"), filepath.Join(disk, "half")
	succeed(t, "sweep", file, "--quiet", "--out", study)
	succeed(t, shortened("compare", "baseline", "education", "--quiet", "--replications", "2", "--out", tables)...)
	succeed(t, "sweep", file, "--quiet", "--out", half, "--shard", "0/2")
	remount("ro")
	again := append(shortened("compare", "baseline", "education", "--quiet", "--replications", "2"), "--out")
	for _, args := range [][]string{
		slices.Concat(again, []string{tables, "--force"}), slices.Concat(again, []string{filepath.Join(disk, "new")}), {"sweep", file, "--quiet", "--out", study}, {"sweep", file, "--quiet", "--out", filepath.Join(disk, "new")},
		{"sweep", file, "--quiet", "--out", half, "--shard", "1/2"}, {"merge", study}, {"report", tables}, {"warmup", "baseline", "--weeks", "10", "--replications", "2", "--quiet", "--out", filepath.Join(disk, "new")},
	} {
		wantFailure(t, strings.Join(args, " "), invoke(args...), disk, "read-only file system; that disk can only be read: write to another")
	}
	if got := succeed(t, "status", half).out; !strings.Contains(got, "--array=1") {
		t.Errorf("status: %s", got)
	}
	succeed(t, "report", tables, "--to", filepath.Join(t.TempDir(), "report.html"))
	for _, directory := range []string{study, tables} {
		if err := output.Verify(directory); err != nil {
			t.Error(err)
		}
	}
}

// With few file handles a run fails with the file that it could not open, and leaves nothing; with enough it ends.
func TestFewFileHandles(t *testing.T) {
	skipIfShort(t)
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	failures := 0
	for handles := 8; ; handles += 3 { // with fewer, Go itself does not begin
		out := filepath.Join(t.TempDir(), "out")
		args := shortened("compare", "baseline", "education", "--quiet", "--replications", "2", "--thread-log", "all", "--out", out)
		run := exec.Command("sh", append([]string{"-c", fmt.Sprintf(`ulimit -n %d && exec "$0" "$@"`, handles), program}, args...)...)
		var out1, err1 strings.Builder
		run.Stdout, run.Stderr = &out1, &err1
		if run.Run() == nil {
			break
		}
		failures++
		wantFailure(t, fmt.Sprintf("%d handles", handles), invoked{run.ProcessState.ExitCode(), out1.String(), err1.String()}, out, "too many open files; ", "ulimit -n")
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%d handles: %v is left", handles, names(t, out))
		}
	}
	if failures < 3 {
		t.Errorf("only %d runs had too few handles", failures)
	}
	t.Logf("too few %d times", failures)
}
