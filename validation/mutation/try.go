package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// packages are those whose tests may notice a fault.
var packages = []string{"./sim/...", "./scenarios/...", "./output/...", "./validation/..."}

// recorded names the tests that compare with recorded values, and the tests of this program.
const recorded = "Documents|Faults|Readme"

// kinds says what kind of check a test is, by the file that it stands in; the first that fits.
var kinds = []struct {
	files *regexp.Regexp
	kind  string
}{
	{regexp.MustCompile(`^validation/oracle/`), "oracle"},
	{regexp.MustCompile(`^(validation/traces|sim/(byhand|burden|defects|clinic|triage|needs|costs|otherwork|clinicstaff|effects))`), "by hand"},
	{regexp.MustCompile(`^validation/theory/`), "unit"},
	{regexp.MustCompile(`^(sim|validation)/.*(invariants|checker|observer|everything)`), "invariants"},
	{regexp.MustCompile(`^(sim|validation)/.*metamorphic`), "metamorphic"},
	{regexp.MustCompile(`^sim/(synchrony|nulleffect)`), "common random numbers"},
	{regexp.MustCompile(`^sim/(contacts|panel)|^validation/.*panel`), "survey and rates"},
	{regexp.MustCompile(`^validation/cases`), "theory"},
	{regexp.MustCompile(`^validation/(face|figures|baselines|interventions)`), "literature"},
	{regexp.MustCompile(`^(sim/stats|validation)/.*(coverage|statistics|quantile|interval)|^sim/stats/`), "statistics"},
	{regexp.MustCompile(`^sim/random/|^validation/streams`), "random numbers"},
	{regexp.MustCompile(`^sim/experiment/`), "comparison"},
	{regexp.MustCompile(``), "unit"},
}

// Result is which checks notice a fault.
type Result struct {
	Fault
	Caught []Catch // by kind, in the order of their names
}

// Catch is a kind of check that notices, and the first of its tests that failed.
type Catch struct {
	Kind, Test string
	Tests      int // of this kind that failed
}

func (r Result) String() string {
	if len(r.Caught) == 0 {
		return "SURVIVES: " + r.What
	}
	var list []string
	for _, c := range r.Caught {
		list = append(list, c.Kind+" ("+c.Test+")")
	}
	return r.What + ": " + strings.Join(list, ", ")
}

// Broken returns the text of the fault's file with the fault in it.
func (f Fault) Broken(root string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, f.File))
	if err != nil {
		return nil, err
	}
	if n := bytes.Count(text, []byte(f.Old)); n != 1 {
		return nil, fmt.Errorf("%s: the text of the fault %q occurs %d times, want once: rewrite the fault for the code as it is: %s", f.File, f.What, n, f.Old)
	}
	return bytes.Replace(text, []byte(f.Old), []byte(f.New), 1), nil
}

// Try runs the tests of packages with a fault in place.
func Try(root string, f Fault, packages []string) (Result, error) {
	text, err := f.Broken(root)
	if err != nil {
		return Result{}, err
	}
	folder, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return Result{}, err
	}
	defer os.RemoveAll(folder)
	broken, overlay := filepath.Join(folder, filepath.Base(f.File)), filepath.Join(folder, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, f.File): broken}})
	if err != nil {
		return Result{}, err
	}
	for file, content := range map[string][]byte{broken: text, overlay: replace} {
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return Result{}, err
		}
	}
	arguments := append([]string{"test", "-json", "-short", "-vet=off", "-timeout=300s", "-skip=" + recorded, "-overlay=" + overlay}, packages...)
	command := exec.Command("go", arguments...)
	command.Dir = root
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	status := command.Run() // fails where a test does: what failed is in what it said
	failed, err := failures(said.Bytes())
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", f.What, err)
	}
	if status != nil && len(failed) == 0 {
		return Result{}, fmt.Errorf("%s: go test failed, and no test did: %w\n%s", f.What, status, said.Bytes())
	}
	return Result{f, sorted(root, failed)}, nil
}

// failure is a test that failed: its package's folder and its name.
type failure struct{ folder, test string }

// failures reads what go test -json said. A package that fails outside a test, such as by running out of time, fails
// by that test which was running; one that does not build is an error.
func failures(said []byte) ([]failure, error) {
	var failed []failure
	lines := bufio.NewScanner(bytes.NewReader(said))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var event struct{ Action, Package, Test, Output, FailedBuild string }
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			continue // not of the stream: a message of the go command
		}
		switch {
		case event.FailedBuild != "" || event.Action == "build-fail":
			return nil, fmt.Errorf("does not build:\n%s", said)
		case event.Action == "fail" && event.Test != "":
			name, _, _ := strings.Cut(event.Test, "/")
			at := failure{strings.TrimPrefix(strings.TrimPrefix(event.Package, module), "/"), name}
			if !slices.Contains(failed, at) {
				failed = append(failed, at)
			}
		}
	}
	return failed, lines.Err()
}

// module is the name in go.mod.
const module = "portalsim"

// sorted sorts failures by the kind of check.
func sorted(root string, failed []failure) []Catch {
	var caught []Catch
	for _, f := range failed {
		kind := kindOf(root, f)
		i := slices.IndexFunc(caught, func(c Catch) bool { return c.Kind == kind })
		if i < 0 {
			caught, i = append(caught, Catch{Kind: kind, Test: f.test}), len(caught)
		}
		caught[i].Tests++
	}
	slices.SortFunc(caught, func(a, b Catch) int { return strings.Compare(a.Kind, b.Kind) })
	return caught
}

// kindOf finds the file of a test, and by it its kind.
func kindOf(root string, f failure) string {
	files, err := filepath.Glob(filepath.Join(root, f.folder, "*_test.go"))
	if err != nil {
		panic(err) // the pattern is ours
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(text, []byte("\nfunc "+f.test+"(")) {
			continue
		}
		for _, k := range kinds {
			if k.files.MatchString(f.folder + "/" + filepath.Base(file)) {
				return k.kind
			}
		}
	}
	return "unit"
}
