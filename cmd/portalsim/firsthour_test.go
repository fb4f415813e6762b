package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// step is an edit of a file, <!-- edit FILE: PATTERN => TEXT -->, or a command of a ```console block.
var step = regexp.MustCompile("(?m)^<!-- edit (\\S+): (.+?) => (.*) -->$|^```console\n\\$ (.+)\n((?s:.*?))^```$")

// docs/first-hour.md is walked as a newcomer walks it: its commands in order, its edits between them, and what the
// program answers is what stands there.
func TestFirstHour(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the comparisons of a whole walk")
	}
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(here, root, "docs", "first-hour.md")
	text := readText(t, document)
	folder := t.TempDir()
	var walked strings.Builder
	last, commands, edits := 0, 0, 0
	for _, at := range step.FindAllStringSubmatchIndex(text, -1) {
		part := func(i int) string { return text[at[2*i]:at[2*i+1]] }
		if at[2] >= 0 {
			edits++
			edit(t, filepath.Join(folder, part(1)), part(2), part(3))
			continue
		}
		commands++
		walked.WriteString(text[last:at[10]])
		walked.WriteString(answerOf(t, program, folder, part(4)))
		last = at[11]
	}
	walked.WriteString(text[last:])
	if commands < 6 || edits < 4 {
		t.Errorf("%d commands and %d edits", commands, edits)
	}
	switch got := walked.String(); {
	case got == text:
	case *update:
		if err := os.WriteFile(document, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("docs/first-hour.md does not show what the program answers; rewrite it with make golden and read the difference")
	}
}

// edit changes a file at exactly one place.
func edit(t *testing.T, file, pattern, by string) {
	t.Helper()
	before := readText(t, file)
	place := regexp.MustCompile(pattern)
	if n := len(place.FindAllString(before, -1)); n != 1 {
		t.Fatalf("%s fits %d places of %s", pattern, n, file)
	}
	if err := os.WriteFile(file, []byte(place.ReplaceAllLiteralString(before, by)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// answerOf runs a command as a shell does, and returns all that it prints.
func answerOf(t *testing.T, program, folder, command string) string {
	t.Helper()
	shell := exec.Command("sh", "-c", command+" 2>&1")
	shell.Dir = folder
	shell.Env = append(os.Environ(), "PATH="+filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
	text, err := shell.Output()
	if code := shell.ProcessState.ExitCode(); code != exitDone && code != exitUsage {
		t.Fatalf("%s: %v\n%s", command, err, text)
	}
	return string(text)
}
