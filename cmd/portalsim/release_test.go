package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// Two releases of one commit, in clones at different places, the second from an empty cache, are the same bytes; their
// checksums hold, their archives are complete, and the program in one of them says tag and commit. It takes some minutes.
func TestReleaseIsReproducible(t *testing.T) {
	if os.Getenv("PORTALSIM_LONG") == "" {
		t.Skip("builds for six systems, twice; make test-long does")
	}
	from, err := filepath.Abs(filepath.Join(here, root))
	if err != nil {
		t.Fatal(err)
	}
	clone := filepath.Join(t.TempDir(), "here")
	first := snapshot(t, from, clone)
	second := snapshot(t, clone, filepath.Join(t.TempDir(), "somewhere", "else"), "GOCACHE="+t.TempDir()) // of the clone: work may go on meanwhile
	names := filesOf(t, first)
	if others := filesOf(t, second); !slices.Equal(names, others) {
		t.Fatalf("one release has %v, the other %v", names, others)
	}
	for _, name := range names {
		if readText(t, filepath.Join(first, name)) != readText(t, filepath.Join(second, name)) {
			t.Errorf("%s differs between two releases of one commit", name)
		}
	}
	checkSums(t, first, names)
	archives := 0
	for _, name := range names {
		switch {
		case strings.HasSuffix(name, ".tar.gz"), strings.HasSuffix(name, ".zip"):
			archives++
			checkArchive(t, filepath.Join(first, name))
		case strings.HasSuffix(name, ".cdx.json"):
			checkBill(t, filepath.Join(first, name))
		}
	}
	if archives != 6 {
		t.Errorf("%d archives, want 6", archives)
	}
}

// releaseTag is what the clones are tagged with.
const releaseTag = "v0.99.3"

// snapshot builds a release of the last commit of a repository in a clone of it, with more environment, and returns its
// directory.
func snapshot(t *testing.T, from, clone string, environment ...string) string {
	t.Helper()
	tools, err := filepath.Abs(filepath.Join(here, root, ".build", "tools"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(tools, "goreleaser")); err != nil {
		t.Fatalf("%v; make release-tools builds it", err)
	}
	command := func(dir, name string, args ...string) {
		t.Helper()
		c := exec.Command(name, args...)
		c.Dir = dir
		c.Env = append(append(os.Environ(), "PATH="+tools+string(os.PathListSeparator)+os.Getenv("PATH")), environment...)
		if text, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, text)
		}
	}
	command(from, "git", "clone", "--quiet", from, clone)
	command(clone, "git", "tag", "--force", releaseTag)
	command(clone, filepath.Join(tools, "goreleaser"), "release", "--snapshot", "--clean")
	return filepath.Join(clone, ".build", "dist")
}

// filesOf lists what a release uploads: the files at the top of its directory, less goreleaser's own notes of the build.
func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && !slices.Contains([]string{"artifacts.json", "metadata.json", "config.yaml"}, e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

// checkSums fails unless every file but the checksums has its own in checksums.txt.
func checkSums(t *testing.T, dir string, names []string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(readText(t, filepath.Join(dir, "checksums.txt"))), "\n")
	if len(lines) != len(names)-1 {
		t.Errorf("%d checksums of %d files", len(lines), len(names)-1)
	}
	for _, line := range lines {
		sum, name, _ := strings.Cut(line, "  ")
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(readText(t, filepath.Join(dir, name))))); got != sum {
			t.Errorf("%s has the sum %s, and checksums.txt says %s", name, got, sum)
		}
	}
}

// checkArchive fails unless an archive holds the program, the documents and the licence of every module in the program;
// it runs the program where it is of this system.
func checkArchive(t *testing.T, file string) {
	t.Helper()
	files := unpack(t, file)
	directory := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".zip"), ".tar.gz")
	program := "portalsim"
	if strings.Contains(directory, "windows") {
		program += ".exe"
	}
	for _, name := range []string{program, "LICENSE", "README.md", "CHANGELOG.md", "CITATION.cff", "licences/go.txt", "man1/portalsim.1", "completions/portalsim", "completions/_portalsim", "completions/portalsim.fish"} {
		if len(files[directory+"/"+name]) == 0 {
			t.Errorf("%s has no %s", file, name)
		}
	}
	if page := string(files[directory+"/man1/portalsim.1"]); !strings.Contains(page, "portalsim "+strings.TrimPrefix(releaseTag, "v")+`"`) {
		t.Errorf("%s: the manual is not of %s: %.80s", file, releaseTag, page)
	}
	path := filepath.Join(t.TempDir(), program)
	if err := os.WriteFile(path, files[directory+"/"+program], 0o755); err != nil {
		t.Fatal(err)
	}
	record, err := exec.Command("go", "version", "-m", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, record)
	}
	modules := regexp.MustCompile(`(?m)^\tdep\t(\S+)`).FindAllStringSubmatch(string(record), -1)
	for _, m := range modules {
		if text := files[directory+"/licences/"+strings.ReplaceAll(m[1], "/", "_")+".txt"]; len(text) == 0 {
			t.Errorf("%s has no licence of %s", file, m[1])
		}
	}
	if len(modules) < 5 {
		t.Errorf("%s: only %d modules in the program", file, len(modules))
	}
	if strings.HasSuffix(directory, runtime.GOOS+"_"+runtime.GOARCH) {
		text, err := exec.Command(path, "version").Output()
		if want := "portalsim version " + strings.TrimPrefix(releaseTag, "v") + " (build " + headCommit(t, filepath.Dir(file)) + ")"; err != nil || !strings.HasPrefix(string(text), want) {
			t.Errorf("the program of the release says %q, %v, want %q", text, err, want)
		}
		if text, err := exec.Command(path, "whatif", "--out", filepath.Join(t.TempDir(), "page.html")).CombinedOutput(); err != nil {
			t.Errorf("the program of the release writes no page: %v: %s", err, text)
		}
	}
}

// headCommit returns the beginning of the name of the commit that a directory of a clone is at.
func headCommit(t *testing.T, dir string) string {
	t.Helper()
	git := exec.Command("git", "rev-parse", "--short=12", "HEAD")
	git.Dir = dir
	text, err := git.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// unpack returns the files of an archive by name.
func unpack(t *testing.T, file string) map[string][]byte {
	t.Helper()
	data := []byte(readText(t, file))
	files := map[string][]byte{}
	keep := func(name string, from io.Reader, err error) {
		text, readErr := io.ReadAll(from)
		if err != nil || readErr != nil {
			t.Fatal(file, err, readErr)
		}
		files[name] = text
	}
	if strings.HasSuffix(file, ".zip") {
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(file, err)
		}
		for _, f := range archive.File {
			from, err := f.Open()
			keep(f.Name, from, err)
		}
		return files
	}
	plain, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(file, err)
	}
	archive := tar.NewReader(plain)
	for {
		header, err := archive.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(file, err)
		}
		keep(header.Name, archive, nil)
	}
}

// checkBill fails unless a bill of materials names the program, Go and every module that go.mod requires of the program.
func checkBill(t *testing.T, file string) {
	t.Helper()
	var bill struct {
		Format     string `json:"bomFormat"`
		Components []struct{ Name, Version string }
	}
	if err := json.Unmarshal([]byte(readText(t, file)), &bill); err != nil {
		t.Fatal(file, err)
	}
	var names []string
	for _, c := range bill.Components {
		names = append(names, c.Name)
	}
	for _, want := range []string{"std", "github.com/spf13/pflag", "gopkg.in/yaml.v3", "gonum.org/v1/gonum", "github.com/parquet-go/parquet-go"} {
		if bill.Format != "CycloneDX" || !slices.Contains(names, want) {
			t.Errorf("%s: format %q, no component %s among %v", file, bill.Format, want, names)
		}
	}
}
