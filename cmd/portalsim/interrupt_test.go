package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"portalsim/output"
)

// patience is how long a process may take to begin or to stop; assumed, and far more than it needs.
const patience = 20 * time.Second

// A signal stops a study within seconds: its own status, a message, and no file, also where an earlier run left some.
func TestInterrupt(t *testing.T) {
	skipIfShort(t)
	hangUpWorks()
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
		{"SIGHUP", syscall.SIGHUP, exitHungUp, filepath.Join(t.TempDir(), "out"), ""},
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

// A signal stops a sweep within seconds, and so a task: what is finished is kept, the message and the status say so, and the
// same command goes on from there to the same bytes. So is a merge that waits.
func TestInterruptedSweep(t *testing.T) {
	skipIfShort(t)
	hangUpWorks()
	file := studyFile(t, twoFactors+"replications: 20\n")
	one, out := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "out")
	succeed(t, "sweep", file, "--out", one)
	endless := []string{"sweep", file, "--quiet", "--jobs", "1", "--out", out, "--replications", "1000000"}
	for _, c := range []struct {
		signal os.Signal
		status int
		args   []string
		said   string
	}{
		{syscall.SIGTERM, exitTerminated, append(endless, "--shard", "0/2"), "finished and kept in " + out + ": the same command goes on from there"},
		{syscall.SIGHUP, exitHungUp, endless, "finished and kept in " + out + ": the same command goes on from there"},
		{os.Interrupt, exitInterrupted, endless, "finished and kept in " + out + ": the same command goes on from there"},
		{syscall.SIGTERM, exitTerminated, []string{"merge", out, "--wait", "1h"}, "nothing was written"},
	} {
		before := len(piecesIn(t, out))
		run := begin(t, c.args...)
		if c.args[0] == "sweep" {
			await(t, "a piece is finished", func() bool { return len(piecesIn(t, out)) > before })
		} else {
			await(t, "merge waits", func() bool { return strings.Contains(said(run), "looking again until") })
		}
		if err := run.Process.Signal(c.signal); err != nil {
			t.Fatal(err)
		}
		run.Wait()
		text := said(run)
		if got := run.ProcessState.ExitCode(); got != c.status || !strings.Contains(text, "portalsim: stopped by ") || !strings.Contains(text, c.said) {
			t.Errorf("%v: status %d, want %d; said %q", c.args, got, c.status, text)
		}
		var done, all int
		if _, after, _ := strings.Cut(text, "; "); c.args[0] == "sweep" {
			if _, err := fmt.Sscanf(after, "%d of %d points", &done, &all); err != nil || done >= all {
				t.Errorf("%v: stopped in the middle, it says %q", c.args, text)
			}
		}
		if after := len(piecesIn(t, out)); after < before || slices.Contains(names(t, out), "manifest.json") {
			t.Errorf("%v: %d pieces of %d, %v", c.args, after, before, names(t, out))
		}
	}
	succeed(t, "sweep", file, "--out", out)
	sameTables(t, "interrupted", one, out)
}

// A signal also ends the merging of what is finished; the study is kept.
func TestInterruptedMerge(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	succeed(t, "sweep", studyFile(t, "replications: 2\n"), "--out", out)
	var nobody bytes.Buffer
	d, err := readDivision(out, stdio{strings.NewReader(""), &nobody, &nobody}, true)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancelCause(context.Background())
	if err := d.look(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := d.w.merge(ctx, nil, d.outcomes); err != nil {
		t.Error(err)
	}
	stop(&stopped{os.Interrupt})
	_, err = d.w.merge(ctx, nil, d.outcomes)
	err = d.w.goOn(ctx, d.outcomes, err)
	if status := explainExit(ctx, err, &nobody); status != exitInterrupted || !strings.Contains(nobody.String(), "1 of 1 point finished and kept in "+out) {
		t.Errorf("status %d, %s", status, nobody.String())
	}
}

// hangUpWorks undoes, for processes that begin from now on, that the tests themselves may run under nohup.
func hangUpWorks() { signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP) }

// A signal that was ignored when the program began is ignored: nohup keeps a run from the end of its terminal.
func TestNoHangUp(t *testing.T) {
	skipIfShort(t)
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	args := shortened("compare", "baseline", "education", "--quiet", "--replications", "12", "--thread-log", "all", "--out", out)
	run := exec.Command("nohup", append([]string{program}, args...)...)
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	waitForTables(t, out)
	if err := run.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if err := run.Wait(); err != nil {
		t.Error(err)
	}
	if err := output.Verify(out); err != nil {
		t.Error(err)
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
