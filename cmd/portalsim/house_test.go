package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The other rules of the house that a machine can keep: what statements the pure packages may hold, what lies at the
// root of the repository, and how long a file may be.

// clockless are the packages that may not ask what time it is.
var clockless = []string{"sim", "sim/engine", "sim/random", "sim/stats", "sim/experiment", "scenarios", "scenarios/study", "scenarios/study/design", "scenarios/messagelog", "output", "output/report", "validation/theory", "validation/oracle"}

// clocks are the functions of package time that read or wait for the computer's clock.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// mayReadClock are the functions that are an exception: the manifest's block "run" tells how long the run took.
var mayReadClock = []string{"output.NewOccasion"}

// statementFindings checks the statements of one package.
func statementFindings(set *token.FileSet, pkg string, files []*ast.File, info *types.Info) []finding {
	var found []finding
	for _, file := range files {
		for _, declaration := range file.Decls {
			name := pkg
			if f, ok := declaration.(*ast.FuncDecl); ok {
				name = pkg + "." + f.Name.Name
			}
			ast.Inspect(declaration, func(n ast.Node) bool {
				if what, reason := statementReason(pkg, name, n, info); reason != "" {
					found = append(found, finding{place(set, n), what, reason})
				}
				return true
			})
		}
	}
	return found
}

// statementReason returns why a node may not stand in a function of a package, or "".
func statementReason(pkg, function string, n ast.Node, info *types.Info) (what, reason string) {
	pure := slices.Contains(core, pkg)
	switch n := n.(type) {
	case *ast.RangeStmt:
		if _, isMap := info.TypeOf(n.X).Underlying().(*types.Map); isMap && slices.Contains(clockless, pkg) {
			return "ranges over a map", "its order differs from run to run; keep a slice in order"
		}
	case *ast.GoStmt:
		if pure {
			return "starts a goroutine", "a replication is a pure function; sim/experiment runs many"
		}
	case *ast.SelectStmt:
		if pure {
			return "selects", "which case runs differs from run to run"
		}
	case *ast.Ident:
		used, ok := info.Uses[n].(*types.Func)
		if ok && used.Pkg() != nil && used.Pkg().Path() == "time" && used.Signature().Recv() == nil &&
			slices.Contains(clocks, used.Name()) && slices.Contains(clockless, pkg) && !slices.Contains(mayReadClock, function) {
			return "calls time." + used.Name(), "same input, same bytes: only cmd may read the clock"
		}
	}
	return "", ""
}

// exports returns an importer that reads what the compiler wrote about each package, ours and others'.
func exports(t *testing.T, set *token.FileSet) types.Importer {
	t.Helper()
	list := exec.Command("go", "list", "-pgo=off", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}}={{.Export}}{{end}}", "./...")
	list.Dir = root
	text, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	files := map[string]string{}
	for _, line := range strings.Fields(string(text)) {
		name, file, _ := strings.Cut(line, "=")
		files[name] = file
	}
	return importer.ForCompiler(set, "gc", func(name string) (io.ReadCloser, error) { return os.Open(files[name]) })
}

// checkStatements parses and types one package and checks its statements.
func checkStatements(t *testing.T, set *token.FileSet, from types.Importer, pkg string, texts map[string]string) []finding {
	t.Helper()
	var files []*ast.File
	for name, text := range texts {
		file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: from}
	if _, err := config.Check(module+"/"+pkg, set, files, info); err != nil {
		t.Fatalf("package %s: %v", pkg, err)
	}
	return statementFindings(set, pkg, files, info)
}

func TestStatements(t *testing.T) {
	set := token.NewFileSet()
	from := exports(t, set)
	packages := map[string]map[string]string{}
	for file, text := range goFiles(t) {
		pkg := path.Dir(file)
		if packages[pkg] == nil {
			packages[pkg] = map[string]string{}
		}
		packages[pkg][file] = text
	}
	for pkg, texts := range packages {
		for _, f := range checkStatements(t, set, from, pkg, texts) {
			t.Error(f)
		}
	}
}

func TestStatementsCanFail(t *testing.T) {
	set := token.NewFileSet()
	from := exports(t, set)
	for i, c := range []struct{ pkg, body, want string }{
		{"sim", "for range []int{1} {}", ""},
		{"sim", "for range map[int]int{} {}", "ranges over a map"},
		{"sim/experiment", "type shares map[string]int; for range (shares{}) {}", "ranges over a map"},
		{"cmd/portalsim", "for range map[int]int{} {}", ""},
		{"sim", "go func() {}()", "starts a goroutine"},
		{"sim/experiment", "go func() {}()", ""},
		{"sim", "select {}", "selects"},
		{"sim", "_ = clock.Hour", ""},
		{"sim", "_ = clock.Now()", "calls time.Now"},
		{"scenarios", "_ = clock.Since(clock.Time{})", "calls time.Since"},
		{"output", "now := clock.Now; _ = now", "calls time.Now"},
		{"output", "_ = clock.Time{}.After(clock.Time{})", ""}, // a method, which compares
		{"cmd/portalsim", "_ = clock.Now()", ""},
	} {
		text := "package tiny\n\nimport clock \"time\"\n\nvar _ clock.Time\n\nfunc f() {\n" + c.body + "\n}\n"
		found := checkStatements(t, set, from, c.pkg, map[string]string{fmt.Sprintf("tiny%d.go", i): text})
		switch {
		case c.want == "" && len(found) > 0:
			t.Errorf("%s, %s: found %v, want nothing", c.pkg, c.body, found)
		case c.want != "" && (len(found) != 1 || !strings.Contains(found[0].String(), c.want)):
			t.Errorf("%s, %s: found %v, want one with %q", c.pkg, c.body, found, c.want)
		}
	}
}

// topLevel is all that may lie at the root of the repository.
var topLevel = []string{"cmd", "sim", "scenarios", "output", "validation", "docs", "go.mod", "go.sum", "Makefile", "README.md",
	"LICENSE", "CHANGELOG.md", "CITATION.cff", ".gitignore", ".ci", ".goreleaser.yaml"}

// mostLines is the length that a source file stays below.
const mostLines = 400

// sources are the endings of files whose length counts: not documents, data or recorded results.
var sources = []string{".go", ".py", ".sh", ".yaml", "Makefile", ".ci/run", ".ci/licences"}

// fileFindings checks the place and the length of one file.
func fileFindings(file, text string) []finding {
	var found []finding
	if first, _, _ := strings.Cut(file, "/"); !slices.Contains(topLevel, first) {
		found = append(found, finding{file, "lies at the root in " + first, "only these may: " + strings.Join(topLevel, ", ")})
	}
	source := slices.ContainsFunc(sources, func(ending string) bool { return strings.HasSuffix(file, ending) })
	if n := strings.Count(text, "\n"); source && n >= mostLines {
		found = append(found, finding{file, fmt.Sprintf("has %d lines", n), fmt.Sprintf("a file stays below %d: one idea, one file", mostLines)})
	}
	return found
}

func TestFiles(t *testing.T) {
	for _, file := range repositoryFiles(t) {
		for _, f := range fileFindings(file, readText(t, filepath.Join(root, file))) {
			t.Error(f)
		}
	}
}

func TestFilesCanFail(t *testing.T) {
	for _, c := range []struct {
		file  string
		lines int
		want  string
	}{
		{"sim/model.go", 399, ""},
		{"sim/model.go", 400, "has 400 lines"},
		{"docs/model.md", 4000, ""},
		{"notes.txt", 1, "lies at the root in notes.txt"},
		{"util/util.go", 1, "lies at the root in util"},
	} {
		found := fileFindings(c.file, strings.Repeat("\n", c.lines))
		switch {
		case c.want == "" && len(found) > 0:
			t.Errorf("%s of %d lines: found %v, want nothing", c.file, c.lines, found)
		case c.want != "" && (len(found) != 1 || !strings.Contains(found[0].String(), c.want)):
			t.Errorf("%s of %d lines: found %v, want one with %q", c.file, c.lines, found, c.want)
		}
	}
}

// The model and the loader build for a browser, where there are no files and no processes.
func TestWebAssembly(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the standard library for another machine")
	}
	build := exec.Command("go", "build", "./sim/...", "./scenarios/...")
	build.Dir = root
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := build.CombinedOutput(); err != nil {
		t.Errorf("build for js/wasm: %v\n%s", err, text)
	}
}

// CITATION.cff names the version that the program prints.
func TestCitation(t *testing.T) {
	text := readText(t, filepath.Join(root, "CITATION.cff"))
	for _, want := range []string{"\nversion: " + version + "\n", "\nlicense: Apache-2.0\n", "\ntitle: ", "\nabstract: ", "\ndate-released: " + released + "\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("CITATION.cff has no %q", strings.TrimSpace(want))
		}
	}
	if !strings.Contains(readText(t, filepath.Join(root, "LICENSE")), "Apache License\n                           Version 2.0, January 2004\n") {
		t.Error("LICENSE is not the Apache License 2.0")
	}
}
