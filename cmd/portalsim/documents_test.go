package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files and the generated parts of the documents")

// The generated parts of the documents are what the program prints, so that a column, a measure or a key cannot be
// missing there.
func TestGeneratedPartsOfDocuments(t *testing.T) {
	for _, part := range []struct{ file, name, args string }{
		{"data.md", "tables", "tables"},
		{"format.md", "keys", "help format"},
		{"studies.md", "study", "help study"},
	} {
		t.Run(part.file, func(t *testing.T) {
			var out bytes.Buffer
			if err := run(context.Background(), strings.Fields(part.args), stdio{nil, &out, &out}); err != nil {
				t.Fatal(err)
			}
			checkBlock(t, filepath.Join("..", "..", "docs", part.file), "<!-- generated: "+part.name+" -->\n", "<!-- end -->", "\n"+strings.TrimSpace(out.String())+"\n\n")
		})
	}
}

// The README shows the true output of the main job.
func TestReadmeShowsTheMainJob(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the main job")
	}
	var out, talk bytes.Buffer
	dir := filepath.Join(t.TempDir(), "out")
	if err := run(context.Background(), []string{"compare", "baseline", "education", "--out", dir}, stdio{nil, &out, &talk}); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(out.String(), dir, "out")
	checkBlock(t, filepath.Join("..", "..", "README.md"), "<!-- output of the main job -->\n", "<!-- end -->", "```\n"+text+"```\n")
}

// checkBlock compares what stands between two marks of a file with what should, or puts it there with -update.
func checkBlock(t *testing.T, file, from, to, want string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), from)
	got, after, ended := strings.Cut(rest, to)
	if !found || !ended {
		t.Fatalf("%s has no block from %q to %q", file, from, to)
	}
	if got == want {
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(before+from+want+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s is out of date after %q; rewrite it with make golden and read the difference", file, strings.TrimSpace(from))
}

// Every link from one document to another file of the repository leads somewhere.
func TestLinksOfDocuments(t *testing.T) {
	root := filepath.Join(here, "../..")
	link := regexp.MustCompile(`\]\(([^)#:\s]+)(#[^)]*)?\)`)
	found := 0
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/adr/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, match := range link.FindAllStringSubmatch(readText(t, file), -1) {
				found++
				if _, err := os.Stat(filepath.Join(filepath.Dir(file), match[1])); err != nil {
					t.Errorf("%s links to %s, which is not there", filepath.Base(file), match[1])
				}
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d links were found", found)
	}
}
