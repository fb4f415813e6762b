package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portalsim/output"
)

// piped runs the program with its streams to the reader of a pipe, as a process of its own, and returns what is on stderr.
func piped(t *testing.T, read func(stdout, stderr *os.File), args ...string) (status int) {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(program, args...)
	stdout, w1, err1 := os.Pipe()
	stderr, w2, err2 := os.Pipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	run.Stdout, run.Stderr = w1, w2
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	w1.Close()
	w2.Close()
	read(stdout, stderr)
	stdout.Close()
	stderr.Close()
	run.Wait()
	return run.ProcessState.ExitCode() // -1 if a signal has killed it
}

// A reader who is slow gets everything.
func TestSlowPipe(t *testing.T) {
	skipIfShort(t)
	trace := append(shortened("run", "baseline"), "--replication", "0", "--trace")
	want := succeed(t, trace...).out
	var got bytes.Buffer
	status := piped(t, func(stdout, stderr *os.File) {
		const part = 64 << 10 // as much as a pipe holds
		for {
			_, err := io.CopyN(&got, stdout, part)
			if err != nil {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
	}, trace...)
	if status != exitDone || got.String() != want || len(want) < 500_000 {
		t.Errorf("status %d, and %d bytes of %d", status, got.Len(), len(want))
	}
}

// A reader who goes away, such as head, ends the program quietly with a status of its own; what it writes to files is whole.
func TestClosedPipe(t *testing.T) {
	skipIfShort(t)
	gone := func(stdout, stderr *os.File) {
		stdout.Close()
		if said, err := io.ReadAll(stderr); err != nil || len(said) > 0 {
			t.Errorf("said %q, %v", said, err)
		}
	}
	headed := func(stdout, stderr *os.File) {
		if _, err := io.ReadFull(stdout, make([]byte, 100)); err != nil {
			t.Error(err)
		}
		gone(stdout, stderr)
	}
	file, study := studyFile(t, "replications: 2\n"), filepath.Join(t.TempDir(), "study")
	tables := filepath.Join(t.TempDir(), "tables")
	for _, c := range []struct {
		read func(stdout, stderr *os.File)
		args []string
	}{
		{headed, append(shortened("run", "baseline"), "--replication", "0", "--trace")},
		{gone, append(shortened("compare", "baseline", "education", "--quiet", "--replications", "2"), "--out", tables)},
		{gone, []string{"sweep", file, "--quiet", "--out", study}},
		{gone, []string{"merge", study}},
		{gone, []string{"status", study}},
		{gone, []string{"scenarios", "show", "baseline"}},
		{gone, []string{"help", "format"}},
	} {
		if status := piped(t, c.read, c.args...); status != exitUnread {
			t.Errorf("%s: status %d, want %d", strings.Join(c.args, " "), status, exitUnread)
		}
	}
	for _, directory := range []string{tables, study} {
		if err := output.Verify(directory); err != nil {
			t.Error(err)
		}
	}
}

// Who reads the progress and goes away does not end a run, nor change what it prints.
func TestClosedErrorPipe(t *testing.T) {
	skipIfShort(t)
	args := append(shortened("compare", "baseline", "survey-of-portal-users", "--replications", "2"), "--out")
	one, two := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")
	want := succeed(t, append(args, one)...)
	if want.err == "" {
		t.Fatal("nothing is said on the error stream, which this test needs")
	}
	var got []byte
	status := piped(t, func(stdout, stderr *os.File) {
		stderr.Close()
		got, _ = io.ReadAll(stdout)
	}, append(args, two)...)
	if status != exitDone || strings.ReplaceAll(string(got), two, one) != want.out {
		t.Errorf("status %d, printed %q", status, got)
	}
	sameTables(t, "with nobody at the error stream", one, two)
}

// A result that cannot be printed is not a success; the tables are whole, and the message says so.
func TestFullDevice(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		refusedBySystem(t, err, nil)
	}
	defer full.Close()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	for _, args := range [][]string{{"scenarios", "list"}, append(shortened("run", "baseline", "--quiet", "--replications", "2"), "--out", out)} {
		var talk bytes.Buffer
		run := exec.Command(program, args...)
		run.Stdout, run.Stderr = full, &talk
		run.Run()
		if run.ProcessState.ExitCode() != exitCouldNot {
			t.Errorf("%v: status %d, want %d", args, run.ProcessState.ExitCode(), exitCouldNot)
		}
		if want := "portalsim: write the result: write /dev/stdout: no space left on device; files of --out are whole; free some space"; !strings.HasPrefix(talk.String(), want) {
			t.Errorf("%v: said %q, want %q", args, talk.String(), want)
		}
	}
	if err := output.Verify(out); err != nil {
		t.Error(err)
	}
}

// Where there is no output stream at all, no file takes its place.
func TestNoOutputStream(t *testing.T) {
	skipIfShort(t)
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	args := append(shortened("run", "baseline", "--replications", "2"), "--out")
	one, two := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")
	succeed(t, append(args, one)...)
	if err := exec.Command("sh", append([]string{"-c", `exec "$0" "$@" <&- >&- 2>&-`, program}, append(args, two)...)...).Run(); err != nil {
		t.Error(err)
	}
	sameTables(t, "without any stream", one, two)
}
