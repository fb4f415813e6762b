package clinics

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"portalsim/scenarios"
	"portalsim/sim"
)

// TestInvariants runs random clinics under a checker: docs/invariants.md says what must hold. A clinic in which something
// does not is made as small as it goes, and written to a file.
func TestInvariants(t *testing.T) {
	n := usual
	if testing.Short() {
		n = 750 // of which rapid takes a fifth
	}
	check(t, n, func(rt *rapid.T) {
		file := drawClinic(rt)
		watch(rt, file, rapid.Uint64Range(0, 1000).Draw(rt, "seed"), failures, runChecked)
	})
}

// usual is the number of clinics on which the invariants are tried.
const usual = 2000

// failures is the directory for scenarios of failed tests, which git ignores.
const failures = "../../.build/failures"

// check tries a property on n random clinics. The seed is fixed, so that a test either always passes or always fails;
// -rapid.checks, which is for TestInvariants and less in proportion for the others, and -rapid.seed search further. With
// -short there are a fifth as many.
func check(t rapid.TB, n int, property func(*rapid.T)) {
	t.Helper()
	checkAndShrink(t, n, "20s", property)
}

// checkAndShrink is check with a time for making a failure smaller.
func checkAndShrink(t rapid.TB, n int, shrink string, property func(*rapid.T)) {
	t.Helper()
	given := givenFlags()
	for _, f := range []struct{ name, value string }{
		{"rapid.checks", fmt.Sprint(n)}, {"rapid.seed", "1"}, {"rapid.nofailfile", "true"}, {"rapid.shrinktime", shrink},
	} {
		before := flag.Lookup(f.name).Value.String()
		if checks, err := strconv.Atoi(before); f.name == "rapid.checks" && err == nil && given[f.name] {
			f.value = fmt.Sprint(max(1, checks*n/usual))
		} else if given[f.name] {
			continue
		}
		if err := flag.Set(f.name, f.value); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = flag.Set(f.name, before) }()
	}
	rapid.Check(t, property)
}

// givenFlags are the flags of the command line: flag.Set makes others look alike, so they are noted before it is called.
var givenFlags = sync.OnceValue(func() map[string]bool {
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	return given
})

// load reads a scenario as the program does.
func load(text string) (*scenarios.Arm, error) {
	source := scenarios.Source{ReadFile: func(string) ([]byte, error) { return []byte(text), nil }}
	arms, err := source.Load([]string{"./random.yaml"}, nil)
	if err != nil {
		return nil, err
	}
	return arms[0], nil
}

// loaded loads a clinic that must be sound.
func loaded(rt *rapid.T, file *tree) *sim.Scenario {
	rt.Helper()
	arm, err := load(file.String())
	if err != nil {
		rt.Fatalf("%v\n%s", err, file)
	}
	return arm.Model
}

// runChecked runs a replication under a checker. Work that grows without end is no fault.
func runChecked(s *sim.Scenario, seed uint64) error {
	_, err := sim.Run(s, seed, 0, sim.Options{StaffDays: true, Contacts: true, Check: true})
	var overload *sim.Overload
	if errors.As(err, &overload) {
		return nil
	}
	return err
}

// watch fails where run finds a fault, and writes the clinic. The last clinic that fails while rapid makes it smaller is
// the smallest, so that its file is the one that stays.
func watch(rt *rapid.T, file *tree, seed uint64, directory string, run func(*sim.Scenario, uint64) error) {
	rt.Helper()
	err := run(loaded(rt, file), seed)
	if err == nil {
		return
	}
	path := filepath.Join(directory, "random.yaml")
	command := fmt.Sprintf("portalsim run %s --seed %d --replication 0 --check", path, seed)
	if wrong := errors.Join(os.MkdirAll(directory, 0o755), os.WriteFile(path, []byte("# "+command+"\n"+file.String()), 0o644)); wrong != nil {
		rt.Fatalf("%v\n%v\n%s", err, wrong, file)
	}
	rt.Fatalf("%v\nsee it again: %s", err, command)
}
