package scenarios

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/sim"
)

// fuzzLibrary is a library of small files: that of the program takes most of the time, and has tests of its own.
var fuzzLibrary = map[string]string{"baseline": tiny, "education": education, "small": "schema: portalsim/scenario/1\nextends: baseline\nname: small\npatients: {count: 7}\n"}

// FuzzParse gives any bytes as a file: nothing panics, every problem is complete, what loads prints a text that loads to
// the same scenario, and what is small runs without breaking an invariant.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{tiny, faulty, education, fuzzLibrary["small"], "", "a: [", "a: &x [*x]", "? a\n: b", "%YAML 1.1\n---\na: 1", "a: |\n\tb", "\ufeffa: 1",
		strings.Replace(tiny, "count: 100", "count: 1e308", 1), strings.Replace(tiny, "mean: 4m", "mean: .inf", 1), strings.Replace(tiny, "3.2", "-0.0", 1), strings.Replace(tiny, "2025-01-06", "9999-12-31", 1)} {
		f.Add([]byte(seed))
	}
	for _, seed := range traced(f) {
		f.Add(seed)
	}
	source := sourceOf(fuzzLibrary)
	f.Fuzz(func(t *testing.T, text []byte) {
		source.ReadFile = func(string) ([]byte, error) { return text, nil }
		arms, err := source.Check([]string{"./fuzz.yaml"})
		if err != nil {
			wellFormed(t, err.(Problems))
		}
		for _, a := range arms {
			roundTrips(t, a)
			runs(t, a.Model)
		}
	})
}

// FuzzSet gives any option to --set.
func FuzzSet(f *testing.F) {
	for _, seed := range []string{"patients.count=7", "new:patients.count=7", "pools.nurse={handling: {dist: constant, value: 1s}}", "channels.phone=null", "a=b=c", "staff.nurse.week.mon-fri.12:00-13:00=admin",
		"patients.count=1e308", "messages.refill.needs_per_user_year=NaN", "run.start=\"0000-00-00\"", "name=../../etc/passwd", "name=\"\\x00\"", "run={start: \"2025-01-06\", measure: 1w, drain: 0w}"} {
		f.Add(seed)
	}
	source := sourceOf(clinic)
	seen := map[string]bool{} // arms, which most options leave as they are, by fingerprint
	f.Fuzz(func(t *testing.T, option string) {
		arms, err := source.Load(twoArms, []string{option})
		if err != nil {
			wellFormed(t, err.(Problems))
		}
		for _, a := range arms {
			if seen[a.Fingerprint()] {
				continue
			}
			seen[a.Fingerprint()] = true
			roundTrips(t, a)
			runs(t, a.Model)
		}
	})
}

// traced returns the small scenarios, of nearly every mechanism, whose course is worked out by hand.
func traced(f *testing.F) [][]byte {
	files, err := filepath.Glob("../validation/traces/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no traces", err)
	}
	var list [][]byte
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		scenario, _, _ := strings.Cut(string(text), "\n----\n")
		list = append(list, []byte(scenario))
	}
	return list
}

// small is the largest run of a fuzzed scenario: some milliseconds.
var small = sim.Size{Events: 5_000, Bytes: 4 << 20}

// runs runs a scenario under the eyes of the checker, if it is expected to be small. One that takes more is stopped: it
// must not hang.
func runs(t *testing.T, s *sim.Scenario) {
	t.Helper()
	options := sim.Options{Check: true, Contacts: true, StaffDays: true, Budget: sim.Budget{Events: 10 * uint64(small.Events), Bytes: 10 * int64(small.Bytes)}}
	if size := sim.Expect(s, options); !(size.Events < small.Events && size.Bytes < small.Bytes) {
		return
	}
	_, err := sim.Run(s, 1, 0, options)
	var overload *sim.Overload
	var exhausted *sim.Exhausted
	if err != nil && !errors.As(err, &overload) && !errors.As(err, &exhausted) {
		t.Errorf("the run broke: %v", err)
	}
}

// Each scenario of the library prints a text that loads to the same scenario.
func TestLibraryRoundTrips(t *testing.T) {
	source := Source{Library: Library()}
	for _, e := range source.Names() {
		if e.Kind != "scenario" {
			continue
		}
		arms, err := source.Load([]string{e.Name}, nil)
		if err != nil {
			t.Fatal(err)
		}
		roundTrips(t, arms[0])
	}
}
