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

// stages returns the packages whose tests are asked about a fault in a package: first those that should notice and take
// little time, and the next where these notice nothing. The tests of the last stage are run at full length.
func stages(broken string) [][]string {
	all := []string{"./sim/...", "./scenarios/...", "./output/...", "./validation/..."}
	switch {
	case broken == "sim":
		return [][]string{{"./sim", "./validation/oracle"}, {"./sim/experiment", "./validation/..."}, all}
	case strings.HasPrefix(broken, "sim/"):
		return [][]string{{"./sim/..."}, all}
	default:
		return [][]string{{"./" + broken + "/..."}, all}
	}
}

// recorded names the tests that compare with recorded values, and the tests of this program.
const recorded = "Documents|Faults|Readme|Generated|FaceValidity|CoveragePage|TestCases/Documents"

// kinds says what kind of check a test is, by the file that it stands in; the first that fits.
var kinds = []struct {
	files *regexp.Regexp
	kind  string
}{
	{regexp.MustCompile(`^validation/oracle/`), "oracle"},
	{regexp.MustCompile(`^validation/clinics/(nulleffect|synchrony)`), "common random numbers"},
	{regexp.MustCompile(`^validation/clinics/(relations|nothingelse)`), "metamorphic"},
	{regexp.MustCompile(`^validation/clinics/`), "invariants"},
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
	File   string
	Caught []Catch // by kind, in the order of their names
}

// Catch is a kind of check that notices, and the first of its tests that failed.
type Catch struct {
	Kind, Test string
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

// Broken returns the file of the fault, from the root, and its text with the fault in it.
func (f Fault) Broken(root string) (file string, text []byte, err error) {
	files, err := filepath.Glob(filepath.Join(root, f.Package, "*.go"))
	if err != nil {
		return "", nil, err
	}
	n := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		whole, err := os.ReadFile(name)
		if err != nil {
			return "", nil, err
		}
		if here := bytes.Count(whole, []byte(f.Old)); here > 0 {
			n += here
			file, text = f.Package+"/"+filepath.Base(name), bytes.Replace(whole, []byte(f.Old), []byte(f.New), 1)
		}
	}
	if n != 1 {
		return "", nil, fmt.Errorf("the text of the fault %q occurs %d times in %s, want once: rewrite the fault for the code as it is: %s", f.What, n, f.Package, f.Old)
	}
	return file, text, nil
}

// Try runs tests with a fault in place, stage by stage until some fail.
func Try(root string, f Fault, stages [][]string) (Result, error) {
	file, text, err := f.Broken(root)
	if err != nil {
		return Result{}, err
	}
	folder, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return Result{}, err
	}
	defer os.RemoveAll(folder)
	broken, overlay := filepath.Join(folder, filepath.Base(file)), filepath.Join(folder, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, file): broken}})
	if err != nil {
		return Result{}, err
	}
	for name, content := range map[string][]byte{broken: text, overlay: replace} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			return Result{}, err
		}
	}
	var failed []failure
	for n, packages := range stages {
		arguments := []string{"-overlay=" + overlay}
		if n < len(stages)-1 {
			arguments = append(arguments, "-short")
		}
		if failed, err = test(root, packages, arguments...); err != nil || failed != nil {
			break
		}
	}
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", f.What, err)
	}
	return Result{f, file, sorted(root, failed)}, nil
}

// test runs the tests of packages and returns what failed. Properties are not made small when they fail: that they fail
// is all that is asked, and it takes most of the time.
func test(root string, packages []string, arguments ...string) ([]failure, error) {
	properties, others, err := split(root, packages)
	if err != nil {
		return nil, err
	}
	var failed []failure
	if others != nil {
		if failed, err = goTest(root, append(arguments, others...)); err != nil {
			return nil, err
		}
	}
	if properties == nil {
		return failed, nil
	}
	more, err := goTest(root, append(append(arguments, properties...), "-rapid.shrinktime=0s", "-rapid.nofailfile"))
	return append(failed, more...), err
}

// split lists the packages that patterns stand for: those with random properties, and the others.
func split(root string, patterns []string) (properties, others []string, err error) {
	list := exec.Command("go", append([]string{"list", "-f", "{{.Dir}} {{join .TestImports \",\"}} {{join .XTestImports \",\"}}"}, patterns...)...)
	list.Dir = root
	said, err := list.Output()
	if err != nil {
		return nil, nil, fmt.Errorf("go list: %w", err)
	}
	for line := range strings.Lines(string(said)) {
		folder, imports, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.Contains(imports, "pgregory.net/rapid") {
			properties = append(properties, folder)
		} else {
			others = append(others, folder)
		}
	}
	return properties, others, nil
}

// goTest runs go test and returns what failed.
func goTest(root string, arguments []string) ([]failure, error) {
	command := exec.Command("go", append([]string{"test", "-json", "-vet=off", "-timeout=900s", "-skip=" + recorded}, arguments...)...)
	command.Dir = root
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	status := command.Run() // fails where a test does: what failed is in what it said
	failed, err := failures(said.Bytes())
	if err == nil && status != nil && failed == nil {
		err = fmt.Errorf("go test failed, and no test did: %w\n%s", status, said.Bytes())
	}
	return failed, err
}

// failure is a test that failed: its package's folder and its name.
type failure struct{ folder, test string }

// running is how a package that runs out of time names the test that it was at, among others that wait.
var running = regexp.MustCompile(`^\t+(Test\w+)[/\w ]*\(\d`)

// failures reads what go test -json said. A package that runs out of time fails by the first test that was running; one
// that does not build is an error.
func failures(said []byte) ([]failure, error) {
	var failed []failure
	outOfTime := false
	lines := bufio.NewScanner(bytes.NewReader(said))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var event struct{ Action, Package, Test, Output, FailedBuild string }
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			continue // not of the stream: a message of the go command
		}
		at := failure{strings.TrimPrefix(strings.TrimPrefix(event.Package, module), "/"), ""}
		switch {
		case event.FailedBuild != "" || event.Action == "build-fail":
			return nil, fmt.Errorf("does not build:\n%s", said)
		case event.Action == "fail" && event.Test != "":
			at.test, _, _ = strings.Cut(event.Test, "/")
		case event.Action == "output":
			outOfTime = outOfTime || strings.HasPrefix(event.Output, "panic: test timed out")
			if name := running.FindStringSubmatch(event.Output); outOfTime && name != nil {
				at.test, outOfTime = name[1], false
			}
		}
		if at.test != "" && !slices.Contains(failed, at) {
			failed = append(failed, at)
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
		if !slices.ContainsFunc(caught, func(c Catch) bool { return c.Kind == kind }) {
			caught = append(caught, Catch{Kind: kind, Test: f.test})
		}
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
