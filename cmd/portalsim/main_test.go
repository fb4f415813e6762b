package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// shortSets make the library's clinic small enough to run many times: five weeks of 300 patients.
var shortSets = []string{"run.measure=4w", "run.warm_up=1w", "patients.count=300"}

// shortened adds them to a command.
func shortened(args ...string) []string {
	for _, set := range shortSets {
		args = append(args, "--set", set)
	}
	return args
}

// invoked is what a command left: its exit status and what it printed.
type invoked struct {
	status   int
	out, err string
}

// invoke runs the program in this process, as main does.
func invoke(args ...string) invoked {
	var out, err bytes.Buffer
	ctx := context.Background()
	status := explainExit(ctx, run(ctx, args, stdio{strings.NewReader(""), &out, &err}), &err)
	return invoked{status, out.String(), err.String()}
}

// succeed runs the program and wants status 0.
func succeed(t *testing.T, args ...string) invoked {
	t.Helper()
	got := invoke(args...)
	if got.status != exitDone {
		t.Fatalf("portalsim %s: status %d\n%s", strings.Join(args, " "), got.status, got.err)
	}
	return got
}

// readText reads a file.
func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// golden compares a text with a file, or with -update writes the file. The path is from the directory of this package.
func golden(t *testing.T, path, got string) {
	t.Helper()
	path = filepath.Join(here, path)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; make golden writes it", err)
	}
	if difference := differingLines(got, string(want)); difference != "" {
		t.Errorf("%s differs; if that is meant, make golden and read the difference\n%s", path, difference)
	}
}

// differingLines shows the first lines in which two texts differ.
func differingLines(got, want string) string {
	const most = 5
	var text strings.Builder
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	line := func(lines []string, i int) string {
		if i < len(lines) {
			return lines[i]
		}
		return "(no such line)"
	}
	shown := 0
	for i := 0; i < max(len(a), len(b)) && shown < most; i++ {
		if line(a, i) != line(b, i) {
			fmt.Fprintf(&text, "line %d: got  %s\nline %d: want %s\n", i+1, line(a, i), i+1, line(b, i))
			shown++
		}
	}
	return text.String()
}

// built is the program as a file, for the tests that need a process of its own; it is built once.
var built = sync.OnceValues(func() (string, error) {
	program := filepath.Join(workshop, "portalsim")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", program, ".")
	build.Dir = here // a test may have gone elsewhere
	text, err := build.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("go build: %w\n%s", err, text)
	}
	return program, err
})

// here is the directory of this package, and workshop one that lasts as long as the tests.
var here, workshop string

func TestMain(m *testing.M) {
	var err error
	if here, err = os.Getwd(); err != nil {
		panic(err)
	}
	if os.Getenv(offline) != "" {
		if err := network(); err != nil {
			panic(err)
		}
	}
	if workshop, err = os.MkdirTemp("", "portalsim-test"); err != nil {
		panic(err)
	}
	status := m.Run()
	os.RemoveAll(workshop)
	os.Exit(status)
}
