package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the documents tell readers to type works: every command of a ```sh block that calls the program is run, and
// every ```yaml block that is a whole file is checked.

// block is a fenced block of a document.
type block struct {
	document, language, text string
}

var fence = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// blocks returns the fenced blocks of README.md and docs/*.md.
func blocks(t *testing.T) []block {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var list []block
	for _, file := range append([]string{filepath.Join(root, "README.md")}, files...) {
		for _, match := range fence.FindAllStringSubmatch(readText(t, file), -1) {
			list = append(list, block{filepath.Base(file), match[1], match[2]})
		}
	}
	return list
}

var simulates = regexp.MustCompile(`^portalsim (compare|run|sweep) `)

// shellCommands returns the commands of a block that call the program, with few replications where none are asked for.
func shellCommands(text string) []string {
	var commands []string
	for _, line := range strings.Split(strings.ReplaceAll(text, "\\\n", ""), "\n") {
		if rest, ok := strings.CutPrefix(line, "go run ./cmd/portalsim "); ok {
			line = "portalsim " + rest
		}
		if !strings.HasPrefix(line, "portalsim ") {
			continue
		}
		if simulates.MatchString(line) && !strings.Contains(line, "--replication") {
			line = simulates.ReplaceAllString(line, "portalsim $1 --replications 2 ")
		}
		commands = append(commands, line)
	}
	return commands
}

func TestDocumentedCommands(t *testing.T) {
	skipIfShort(t)
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	directories := map[string]string{} // one for each document: its commands build on each other
	ran := 0
	for _, b := range blocks(t) {
		if b.language != "sh" {
			continue
		}
		if directories[b.document] == "" {
			directories[b.document] = beside(t, b.document)
		}
		for _, command := range shellCommands(b.text) {
			ran++
			shell := exec.Command("sh", "-c", command)
			shell.Dir = directories[b.document]
			shell.Env = append(os.Environ(), "PATH="+filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
			if text, err := shell.CombinedOutput(); err != nil {
				t.Errorf("%s: %s: %v\n%s", b.document, command, err, text)
			}
		}
	}
	if ran == 0 {
		t.Error("the documents hold no command of the program in a ```sh block")
	}
}

// beside returns a directory with copies of the files that belong to a document: those of docs/NAME/ for docs/NAME.md.
func beside(t *testing.T, document string) string {
	t.Helper()
	dir := t.TempDir()
	files := filepath.Join(root, "docs", strings.TrimSuffix(document, ".md"))
	if _, err := os.Stat(files); err == nil {
		if err := os.CopyFS(dir, os.DirFS(files)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var isFile = regexp.MustCompile(`(?m)\A(#.*\n)*schema: portalsim/(scenario|overlay|study)/1`)

func TestDocumentedFiles(t *testing.T) {
	checked := 0
	for _, b := range blocks(t) {
		if b.language != "yaml" || !isFile.MatchString(b.text) {
			continue
		}
		checked++
		file := filepath.Join(t.TempDir(), "documented.yaml")
		if err := os.WriteFile(file, []byte(b.text), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := invoke("check", file); got.status != exitDone {
			t.Errorf("%s: %s", b.document, got.err)
		}
	}
	if checked == 0 {
		t.Error("the documents hold no scenario or overlay in a ```yaml block")
	}
}

func TestShellCommands(t *testing.T) {
	text := "# a remark\nmake test\ngo run ./cmd/portalsim compare a b \\\n  --out out\nportalsim run a --replication 3 --trace\nportalsim scenarios list\nportalsim compare a b --replications 4\n"
	want := []string{"portalsim compare --replications 2 a b   --out out", "portalsim run a --replication 3 --trace", "portalsim scenarios list", "portalsim compare a b --replications 4"}
	if got := shellCommands(text); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
	for text, want := range map[string]bool{
		"schema: portalsim/scenario/1\nname: a\n": true, "# mine\nschema: portalsim/overlay/1\n": true,
		"staff:\n  nurse: {count: 3}\n": false, "schema: portalsim/study/1\n": true, "schema: portalsim/other/1\n": false,
	} {
		if got := isFile.MatchString(text); got != want {
			t.Errorf("%q is a file: %v, want %v", text, got, want)
		}
	}
}
