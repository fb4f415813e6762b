package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long a process may take to begin or to stop; assumed, and far more than it needs.
const patience = 20 * time.Second

// A signal stops a study within seconds: its own status, a message, and no file, also where an earlier run left some.
func TestInterrupt(t *testing.T) {
	skipIfShort(t)
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	earlier := filepath.Join(t.TempDir(), "earlier")
	succeed(t, shortened("run", "baseline", "--replications", "2", "--out", earlier)...)
	before := tables(t, earlier)
	for _, c := range []struct {
		name   string
		signal os.Signal
		status int
		out    string
		force  string
	}{
		{"SIGINT", os.Interrupt, exitInterrupted, filepath.Join(t.TempDir(), "made", "out"), ""},
		{"SIGTERM", syscall.SIGTERM, exitTerminated, filepath.Join(t.TempDir(), "out"), ""},
		{"SIGINT over an earlier run", os.Interrupt, exitInterrupted, earlier, "--force"},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := []string{"compare", "baseline", "education", "--replications", "100000", "--thread-log", "all", "--out", c.out}
			if c.force != "" {
				args = append(args, c.force)
			}
			var out, talk bytes.Buffer
			study := exec.Command(program, args...)
			study.Stdout, study.Stderr = &out, &talk
			if err := study.Start(); err != nil {
				t.Fatal(err)
			}
			waitForTables(t, c.out)
			if err := study.Process.Signal(c.signal); err != nil {
				t.Fatal(err)
			}
			kill := time.AfterFunc(patience, func() { study.Process.Kill() })
			err := study.Wait()
			if !kill.Stop() {
				t.Fatalf("still running %v after the signal", patience)
			}
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != c.status {
				t.Errorf("ended with %v, want status %d", err, c.status)
			}
			if text := talk.String(); !strings.Contains(text, "portalsim: stopped by ") || !strings.Contains(text, "nothing was written") || out.Len() > 0 {
				t.Errorf("said %q, and %q on stdout", text, out.String())
			}
			if c.out != earlier {
				if _, err := os.Stat(c.out); !os.IsNotExist(err) {
					t.Errorf("%s is still there: %v", c.out, names(t, c.out))
				}
				return
			}
			if after := tables(t, earlier); len(after) != len(before) || after["manifest.json"] != before["manifest.json"] {
				t.Errorf("the earlier run has %v", names(t, earlier))
			}
		})
	}
}

// waitForTables waits until the study has begun to write, which only the directory tells.
func waitForTables(t *testing.T, directory string) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if files, _ := filepath.Glob(filepath.Join(directory, ".threads.parquet.*.tmp")); len(files) > 0 {
			return
		}
	}
	t.Fatalf("no table was begun in %s within %v", directory, patience)
}

// A result that cannot be printed is not a success.
func TestFullDisk(t *testing.T) {
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	defer full.Close()
	var talk bytes.Buffer
	list := exec.Command(program, "scenarios", "list")
	list.Stdout, list.Stderr = full, &talk
	var exit *exec.ExitError
	if err := list.Run(); !errors.As(err, &exit) || exit.ExitCode() != exitCouldNot {
		t.Errorf("ended with %v, want status %d", err, exitCouldNot)
	}
	if want := "portalsim: write the result: "; !strings.HasPrefix(talk.String(), want) {
		t.Errorf("said %q, want %q", talk.String(), want)
	}
}
