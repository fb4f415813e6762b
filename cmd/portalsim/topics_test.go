package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every topic has a text, short enough to read, without the marks of Markdown and within the width of help.
func TestTopics(t *testing.T) {
	for _, topic := range topics() {
		text := succeed(t, "help", topic.name).out
		lines := strings.Split(text, "\n")
		if topic.file == "" {
			continue // generated lists
		}
		if len(lines) < 8 || len(lines) > 90 {
			t.Errorf("%s: %d lines", topic.name, len(lines))
		}
		if !strings.HasSuffix(text, "\nMore: docs/"+topic.file+"\n") {
			t.Errorf("%s ends with %q", topic.name, lines[len(lines)-2])
		}
		for _, line := range lines {
			if mark := strings.HasPrefix(line, "#") || strings.Contains(line, "<!--") || strings.Contains(line, "](") || strings.HasPrefix(line, "```"); mark {
				t.Errorf("%s: Markdown: %s", topic.name, line)
			}
			if !strings.HasPrefix(line, " ") && len([]rune(line)) > helpWidth {
				t.Errorf("%s: a long line: %s", topic.name, line)
			}
		}
	}
	if got := succeed(t, "help", "scenarios").out; !strings.HasPrefix(got, "portalsim scenarios list") || !strings.Contains(got, "COMPOSITION\n") {
		t.Errorf("a command that is a topic too explains both: %s", got)
	}
	for _, s := range exitStatuses {
		if !strings.Contains(succeed(t, "help", "exit-codes").out, s.meaning) || !strings.Contains(succeed(t, "help").out, s.meaning) {
			t.Errorf("nothing of status %d", s.status)
		}
	}
}

func TestPlainText(t *testing.T) {
	got := plainText("## Head\n\nA [link](x.md) and\n**bold** words. <!-- mark -->\n- item " + strings.Repeat("long ", 30) + "\n\n```sh\nportalsim run a  \n```")
	want := "HEAD\n\nA link and bold words.\n- item " + strings.Repeat("long ", 21) + "long\n  " + strings.Repeat("long ", 7) + "long\n\n    portalsim run a\n"
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// The manual names every command, flag, topic and status, and no formatter complains of it.
func TestManual(t *testing.T) {
	page := succeed(t, "man").out
	file := filepath.Join(t.TempDir(), "portalsim.1")
	if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, lint := range [][]string{{"groff", "-man", "-ww", "-z", file}, {"mandoc", "-T", "lint", "-W", "warning", file}, {"man", "--warnings", "-l", file}} {
		if _, err := exec.LookPath(lint[0]); err != nil {
			continue
		}
		tried++
		command := exec.Command(lint[0], lint[1:]...)
		command.Env = append(os.Environ(), "MANWIDTH=100", "LC_ALL=C.UTF-8")
		text, err := command.CombinedOutput()
		if err != nil || lint[0] != "man" && len(text) > 0 {
			t.Errorf("%v: %v: %s", lint, err, text)
		}
		if lint[0] == "man" && (!strings.Contains(string(text), "portalsim compare baseline education --out out") || strings.Contains(string(text), "warning")) {
			t.Errorf("man shows %.2000s", text)
		}
	}
	t.Logf("%d formatters tried", tried)
	for _, c := range commands() {
		if !strings.Contains(page, "\n.SS "+roff(strings.TrimSpace(c.name+" "+c.args))+"\n") {
			t.Errorf("nothing of %s", c.name)
		}
	}
	for _, want := range []string{`.B \-\-thread\-log none|sample|all`, `reading\-results`, "\n.B 143\n", `default 0.95`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	for text, want := range map[string]string{`a\b`: `a\eb`, ".x": `\&.x`, "'x": `\(aqx`, "é…": `\[u00E9]\[u2026]`} {
		if got := roff(text); got != want {
			t.Errorf("roff(%q) is %q, want %q", text, got, want)
		}
	}
}
