package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"portalsim/output"
)

// begin starts the program as a process of its own, which ends with the test at the latest.
func begin(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(program, args...)
	run.Stderr = new(talk)
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { run.Process.Kill(); run.Wait() })
	return run
}

// talk is what a process says, which may be read while it goes on.
type talk struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (t *talk) Write(text []byte) (int, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.text.Write(text)
}

// said returns what a process that begin has started has said so far.
func said(run *exec.Cmd) string {
	t := run.Stderr.(*talk)
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.text.String()
}

// await waits for something that another process does.
func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("after %v still waiting until %s", patience, what)
}

// The second of two processes in one directory is refused, whatever it is; one that is killed leaves no lock.
func TestTwoProcessesInOneDirectory(t *testing.T) {
	skipIfShort(t)
	out := filepath.Join(t.TempDir(), "out")
	endless := shortened("compare", "baseline", "education", "--replications", "100000", "--thread-log", "all", "--out", out)
	first := begin(t, endless...)
	waitForTables(t, out)
	for _, force := range []bool{false, true} {
		second := shortened("run", "baseline", "--replications", "2", "--out", out)
		if force {
			second = append(second, "--force")
		}
		if got := invoke(second...); got.status != exitUsage || !strings.Contains(got.err, out+": another run of portalsim (process ") || !strings.Contains(got.err, "wait until it has ended") {
			t.Errorf("status %d, %s", got.status, got.err)
		}
	}
	first.Process.Kill()
	first.Wait()
	succeed(t, shortened("run", "baseline", "--replications", "2", "--out", out)...)
	for _, name := range names(t, out) {
		if strings.HasPrefix(name, ".") {
			t.Errorf("%s is left", name)
		}
	}
}

// A sweep has its study alone; tasks of an array share it, and a merge need not wait for those that have nothing to add.
func TestSweepsAndTasksInOneDirectory(t *testing.T) {
	file := studyFile(t, "factors: {interventions.education.reach: {role: lever, values: [0.3, 0.6]}}\nreplications: 2\n")
	out := filepath.Join(t.TempDir(), "out")
	runShards(t, 2, "sweep", file, "--out", out)
	task, err := output.HoldTasks(out, false) // as a task of a second submission does
	if err != nil {
		t.Fatal(err)
	}
	if got := invoke("sweep", file, "--out", out); got.status != exitUsage || !strings.Contains(got.err, "tasks of an array, or another sweep, are running there") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	succeed(t, "sweep", file, "--out", out, "--shard", "1/2")
	succeed(t, "merge", out)
	task.Release()
	directory, err := output.OpenStudy(out, programVersion(), "small", false) // as another merge does
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"merge", "sweep"} {
		args := []string{command, out}
		if command == "sweep" {
			args = []string{command, file, "--out", out}
		}
		if got := invoke(args...); got.status != exitUsage || !strings.Contains(got.err, "another run of portalsim (process ") {
			t.Errorf("%s: status %d, %s", command, got.status, got.err)
		}
	}
	waits := make(chan invoked)
	go func() { waits <- invoke("merge", out, "--wait", "10m") }()
	directory.Close()
	if got := <-waits; got.status != exitDone {
		t.Errorf("a merge that was to wait: status %d, %s", got.status, got.err)
	}
}
