package scenarios

import (
	"io/fs"
	"testing"
)

// FuzzParse gives any bytes as a file: nothing panics, every problem is complete, and what loads prints a text that
// loads to the same scenario.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{tiny, faulty, education, "", "a: [", "a: &x [*x]", "? a\n: b", "%YAML 1.1\n---\na: 1", "a: |\n\tb", "\ufeffa: 1"} {
		f.Add([]byte(seed))
	}
	files, err := fs.Glob(Library(), "*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(Library(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		source := Source{ReadFile: func(string) ([]byte, error) { return text, nil }, Library: Library()}
		arms, err := source.Check([]string{"./fuzz.yaml"})
		if err != nil {
			wellFormed(t, err.(Problems))
		}
		for _, a := range arms {
			roundTrips(t, a)
		}
	})
}

// FuzzSet gives any option to --set.
func FuzzSet(f *testing.F) {
	for _, seed := range []string{"patients.count=7", "new:patients.count=7", "pools.nurse={handling: {dist: constant, value: 1s}}", "channels.phone=null", "a=b=c", "staff.nurse.week.mon-fri.12:00-13:00=admin"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, option string) {
		arms, err := sourceOf(clinic).Load(twoArms, []string{option})
		if err != nil {
			wellFormed(t, err.(Problems))
		}
		for _, a := range arms {
			roundTrips(t, a)
		}
	})
}
