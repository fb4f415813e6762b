package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The layers of the program, as a test: which package may import which. Everything points one way, from cmd at the
// top to the packages that know nothing of ours. What is not listed is forbidden until a decision record adds it.

// root is the root of the repository, from this directory.
const root = "../.."

// module is the name in go.mod.
const module = "portalsim"

// mayImport lists, for each package, all it may import from this module.
var mayImport = map[string][]string{
	"sim/engine":             {},
	"sim/elementary":         {},
	"sim/random":             {"sim/elementary"},
	"sim/stats":              {"sim/elementary"},
	"validation/theory":      {}, // so that theory cannot lean on the code it judges
	"sim":                    {"sim/elementary", "sim/engine", "sim/random", "sim/stats"},
	"sim/experiment":         {"sim", "sim/stats"},
	"scenarios":              {"sim", "sim/random"},
	"scenarios/study/design": {"sim/random"},
	"scenarios/study":        {"scenarios", "scenarios/study/design", "sim"},
	"scenarios/messagelog":   {"scenarios", "sim", "sim/stats"},
	"scenarios/whatif":       {"scenarios", "sim", "sim/experiment", "sim/stats"},
	"output":                 {"sim"},
	"output/whatif":          {},
	"output/report":          {"output", "sim", "sim/stats"},
	"validation":             {"validation/theory", "scenarios", "sim/experiment", "sim", "sim/random", "sim/stats"},
	"validation/oracle":      {"sim", "sim/random"}, // the scenario, what it is compared with, and the keyed uniforms
	"validation/mutation":    {},                    // it runs the tests of others
	"docs":                   {},                    // it is text
	"validation/jsonschema":  {},                    // it reads files as an editor does
	"cmd/bench":              {"scenarios", "output", "sim", "sim/engine", "sim/random"},
	"cmd/whatif":             {"scenarios/whatif"},
	"cmd/portalsim": {"scenarios", "scenarios/study", "scenarios/messagelog", "scenarios/whatif", "output", "output/report", "output/whatif", "validation", "sim/experiment", "sim", "sim/engine", "sim/random",
		"sim/stats", "docs"},
}

// doors lists, for each module of others, the packages that may import it.
var doors = map[string][]string{
	"github.com/spf13/pflag":                {"cmd/portalsim"},
	"gopkg.in/yaml.v3":                      {"scenarios", "validation/jsonschema"},
	"github.com/parquet-go/parquet-go":      {"output"},
	"golang.org/x/sys":                      {"output"},
	"github.com/santhosh-tekuri/jsonschema": {"validation/jsonschema"},
	"golang.org/x/text":                     {"validation/jsonschema"},
	"gonum.org/v1/gonum":                    {"sim/random", "sim/stats", "validation", "validation/theory", "scenarios/study/design"},
}

// core are the packages that are pure: a replication is a function of its arguments.
var core = []string{"sim", "sim/elementary", "sim/engine", "sim/random", "sim/stats"}

// banned lists what packages may not import of the standard library, with the reason; a name stands for what is below
// it too.
var banned = []struct {
	packages, imports []string
	reason            string
}{
	{append([]string{"validation/theory", "validation/oracle"}, core...),
		[]string{"os", "io", "net", "log", "flag", "syscall", "context", "sync", "runtime", "unsafe", "math/rand", "maps"},
		"the core reads and touches nothing but its arguments, and walks no map"},
	{[]string{"sim/experiment"}, []string{"os", "io", "net", "log", "flag", "syscall", "math/rand", "maps"},
		"the runner has goroutines, and no files"},
	{[]string{"scenarios", "scenarios/study", "scenarios/study/design", "scenarios/messagelog", "scenarios/whatif"}, []string{"os", "net", "log", "flag", "syscall", "runtime", "math/rand"},
		"scenarios reads through functions that it is given, so that it runs in a browser too"},
	{[]string{"output", "output/report", "output/whatif", "validation", "cmd/portalsim", "cmd/whatif"}, []string{"net", "log", "math/rand"},
		"nothing needs a network, a global logger or an unseeded generator"},
}

// finding is a place where a rule is broken.
type finding struct {
	place  string // file and line
	what   string
	reason string
}

func (f finding) String() string { return f.place + ": " + f.what + ": " + f.reason }

// importFindings checks the imports of one file of a package.
func importFindings(pkg, file, text string) []finding {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, text, parser.ImportsOnly)
	if err != nil {
		return []finding{{file, "does not parse", err.Error()}}
	}
	if _, known := mayImport[pkg]; !known {
		return []finding{{file, "package " + pkg, "is not among the layers; a decision record adds it to mayImport"}}
	}
	var found []finding
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			panic(err) // the parser accepted it
		}
		if reason := importReason(pkg, name); reason != "" {
			found = append(found, finding{place(set, spec), "imports " + name, reason})
		}
	}
	return found
}

// place writes where a node stands.
func place(set *token.FileSet, n ast.Node) string {
	p := set.Position(n.Pos())
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

// importReason returns why a package may not import a path, or "".
func importReason(pkg, name string) string {
	if name == module || strings.HasPrefix(name, module+"/") {
		if ours := strings.TrimPrefix(name, module+"/"); !slices.Contains(mayImport[pkg], ours) {
			return pkg + " may import of this module only: " + orNothing(mayImport[pkg])
		}
		return ""
	}
	if first, _, _ := strings.Cut(name, "/"); strings.Contains(first, ".") {
		for door, packages := range doors {
			if within(name, door) && slices.Contains(packages, pkg) {
				return ""
			}
			if within(name, door) {
				return door + " has its door in " + orNothing(packages)
			}
		}
		return "no package has a door for it; a decision record adds it to doors"
	}
	for _, b := range banned {
		if slices.Contains(b.packages, pkg) && slices.ContainsFunc(b.imports, func(no string) bool { return within(name, no) }) {
			return b.reason
		}
	}
	return ""
}

// within tells whether an import path is a path or below it.
func within(name, above string) bool { return name == above || strings.HasPrefix(name, above+"/") }

func orNothing(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

// goFiles returns the text of every Go file of the repository but tests, by path from the root.
func goFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, file := range repositoryFiles(t) {
		if strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
			files[file] = readText(t, filepath.Join(root, file))
		}
	}
	if len(files) == 0 {
		t.Fatal("no Go files found")
	}
	return files
}

// repositoryFiles lists every file from the root, in order, without what .gitignore names.
func repositoryFiles(t *testing.T) []string {
	t.Helper()
	ignored := ignoredNames(t)
	var files []string
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		from, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		from = filepath.ToSlash(from)
		for _, pattern := range ignored {
			whole, _ := path.Match(pattern, "/"+from+"/")
			last, _ := path.Match(strings.TrimSuffix(pattern, "/"), path.Base(from))
			if whole || last {
				if entry.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
		}
		if !entry.IsDir() {
			files = append(files, from)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// ignoredNames returns the patterns of .gitignore, and git's own directory.
func ignoredNames(t *testing.T) []string {
	t.Helper()
	patterns := []string{"/.git/", ".git"}
	for _, line := range strings.Split(readText(t, filepath.Join(root, ".gitignore")), "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			patterns = append(patterns, line)
		}
	}
	return patterns
}

func TestLayers(t *testing.T) {
	for file, text := range goFiles(t) {
		for _, f := range importFindings(path.Dir(file), file, text) {
			t.Error(f)
		}
	}
}

// Every rule can fail: a file that breaks it is found, and one that keeps it is not.
func TestLayersCanFail(t *testing.T) {
	for _, c := range []struct{ pkg, imports, want string }{
		{"sim/engine", "fmt", ""},
		{"sim/engine", "portalsim/sim", "may import of this module only: nothing"},
		{"sim", "portalsim/sim/engine", ""},
		{"sim", "portalsim/scenarios", "may import of this module only: sim/elementary, sim/engine, sim/random, sim/stats"},
		{"sim/experiment", "portalsim/output", "only: sim, sim/stats"},
		{"scenarios", "portalsim/output", "only: sim, sim/random"},
		{"output", "portalsim/scenarios", "only: sim"},
		{"output", "portalsim/sim/stats", "only: sim"},
		{"validation", "portalsim/output", "only: validation/theory"},
		{"validation/theory", "portalsim/sim/stats", "only: nothing"},
		{"validation/oracle", "portalsim/sim/engine", "only: sim, sim/random"},
		{"cmd/portalsim", "portalsim/output", ""},
		{"sim/elsewhere", "fmt", "is not among the layers"},
		{"cmd/portalsim", "github.com/spf13/pflag", ""},
		{"output", "github.com/spf13/pflag", "has its door in cmd/portalsim"},
		{"scenarios", "gopkg.in/yaml.v3", ""},
		{"cmd/portalsim", "gopkg.in/yaml.v3", "has its door in scenarios"},
		{"output", "github.com/parquet-go/parquet-go/format", ""},
		{"sim", "github.com/parquet-go/parquet-go", "has its door in output"},
		{"sim/random", "gonum.org/v1/gonum/stat/distuv", ""},
		{"sim", "gonum.org/v1/gonum/stat/distuv", "has its door in sim/random, sim/stats, validation"},
		{"sim", "golang.org/x/exp/rand", "no package has a door for it"},
		{"sim", "os", "touches nothing but its arguments"},
		{"sim/stats", "io/fs", "touches nothing but its arguments"},
		{"sim/random", "math/rand/v2", "touches nothing but its arguments"},
		{"sim/engine", "sync/atomic", "touches nothing but its arguments"},
		{"sim", "runtime/debug", "touches nothing but its arguments"},
		{"sim", "log/slog", "touches nothing but its arguments"},
		{"sim", "net/http", "touches nothing but its arguments"},
		{"sim/experiment", "os", "no files"},
		{"sim/experiment", "sync", ""},
		{"scenarios", "os", "runs in a browser"},
		{"scenarios", "io/fs", ""},
		{"output", "os", ""},
		{"output", "math/rand", "unseeded generator"},
	} {
		found := importFindings(c.pkg, "tiny.go", "package tiny\n\nimport _ \""+c.imports+"\"\n")
		switch {
		case c.want == "" && len(found) > 0:
			t.Errorf("%s imports %s: found %v, want nothing", c.pkg, c.imports, found)
		case c.want != "" && (len(found) != 1 || !strings.Contains(found[0].String(), c.want)):
			t.Errorf("%s imports %s: found %v, want one with %q", c.pkg, c.imports, found, c.want)
		}
	}
}
