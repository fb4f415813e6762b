package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every file that gets its name has been forced to the disk before, and its directory is after; the manifest comes last, when
// all other names are on the disk. What the program asks of the system is read from a trace.
func TestForcedToDisk(t *testing.T) {
	skipIfShort(t)
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	trace, out := filepath.Join(t.TempDir(), "trace"), filepath.Join(t.TempDir(), "out")
	args := append([]string{"-f", "-y", "-s", "4096", "-e", "trace=fsync,rename,renameat,renameat2", "-o", trace, program}, "sweep", studyFile(t, "replications: 2\n"), "--quiet", "--report", "--out", out)
	if text, err := exec.Command("strace", args...).CombinedOutput(); err != nil {
		if _, begun := os.Stat(trace); begun != nil {
			if errors.Is(err, exec.ErrNotFound) {
				t.Skip("strace is not installed; continuous integration installs it")
			}
			refusedBySystem(t, err, text)
		}
		t.Fatalf("%v\n%s", err, text)
	}
	// A call that another thread interrupts is written in two lines, of which the first has what we look for.
	synced := regexp.MustCompile(`fsync\(\d+<([^>]*)>`)
	renamed := regexp.MustCompile(`rename\w*\([^"]*"([^"]*)", [^"]*"([^"]*)"`)
	forced, waiting, files := map[string]bool{}, map[string]string{}, 0 // waiting: names by directory that are not yet forced
	for _, line := range strings.Split(readText(t, trace), "\n") {
		if m := synced.FindStringSubmatch(line); m != nil {
			forced[m[1]] = true
			delete(waiting, m[1])
		}
		if m := renamed.FindStringSubmatch(line); m != nil {
			files++
			if !forced[m[1]] {
				t.Errorf("%s is renamed before it is forced to the disk", m[1])
			}
			if name := waiting[filepath.Dir(m[2])]; filepath.Base(m[2]) == "manifest.json" && name != "" {
				t.Errorf("the manifest gets its name before that of %s is on the disk", name)
			}
			waiting[filepath.Dir(m[2])] = m[2]
		}
	}
	for _, name := range waiting {
		t.Errorf("the name of %s is not forced to the disk", name)
	}
	if want := len(names(t, out)) - 2 + len(namesIn(out, "pieces")) + len(namesIn(out, "tasks")) - 1 + 1; files != want || files < 11 {
		t.Errorf("%d files got their names, want %d: each in the directory, but for two folders and a lock, and the task's twice", files, want)
	}
}
