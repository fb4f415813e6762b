package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Each file in testdata/broken is wrong in many ways at once, and names in its second line the command to give. The
// text beside it holds all that the program answers: every problem with its place and what to write instead, in one go.
func TestBrokenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d broken files, %v; want at least 10", len(files), err)
	}
	t.Chdir("testdata/broken") // so that places name the file alone
	before := names(t, ".")
	for _, file := range files {
		file = filepath.Base(file)
		t.Run(strings.TrimSuffix(file, ".yaml"), func(t *testing.T) {
			command, ok := strings.CutPrefix(strings.Split(readText(t, file), "\n")[1], "# portalsim ")
			if !ok {
				t.Fatalf("the second line of %s is not # portalsim and the command", file)
			}
			args := strings.Fields(command)
			out := filepath.Join(t.TempDir(), "out")
			if args[0] == "compare" {
				args = append(args, "--out", out)
			}
			got := invoke(args...)
			if got.status != exitUsage {
				t.Errorf("status %d, want %d", got.status, exitUsage)
			}
			if got.out != "" {
				t.Errorf("printed on stdout: %s", got.out)
			}
			golden(t, "testdata/broken/"+strings.TrimSuffix(file, ".yaml")+".txt", got.err)
			problems(t, got.err)
			if _, err := os.Stat(out); !os.IsNotExist(err) {
				t.Errorf("%s was made: %v", out, err)
			}
		})
	}
	if after := names(t, "."); !*update && !slices.Equal(before, after) {
		t.Errorf("files were left behind: %v, before: %v", after, before)
	}
}

var problemForm = regexp.MustCompile(`^(\S+|--set|arm):(\d+):(\d+): \S+: .+; \S.+$`)

// problems wants several lines of file:line:column: path: what; what to write.
func problems(t *testing.T, text string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	last := len(lines) - 1
	if last < 2 {
		t.Errorf("%d problems; a broken file has several", last)
	}
	for _, line := range lines[:last] {
		if !problemForm.MatchString(line) {
			t.Errorf("not file:line:column: path: message; fix: %s", line)
		}
	}
	if want := count(last, "problem"); !strings.HasPrefix(lines[last], "portalsim: "+want) {
		t.Errorf("ends with %q, want %s", lines[last], want)
	}
}

// names lists a directory.
func names(t *testing.T, directory string) []string {
	t.Helper()
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// The files that the broken ones extend are sound, so that every problem is of the file itself.
func TestSoundClinic(t *testing.T) {
	got := succeed(t, "check", "testdata/clinic.yaml")
	if !strings.HasPrefix(got.out, "clinic: sound; ") || got.err != "" {
		t.Errorf("check: %q, %q", got.out, got.err)
	}
}
