package sim

import (
	"flag"
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// monday is 2025-01-06, in days since 1970-01-01.
const monday = 20094

// check tries a property n times. The seed is fixed, so that a test either always passes or always fails;
// -rapid.checks and -rapid.seed search further.
func check(t *testing.T, n int, property func(*rapid.T)) {
	t.Helper()
	given := givenFlags()
	for _, f := range []struct{ name, value string }{
		{"rapid.checks", fmt.Sprint(n)}, {"rapid.seed", "1"}, {"rapid.nofailfile", "true"}, {"rapid.shrinktime", "5s"},
	} {
		if given[f.name] {
			continue
		}
		before := flag.Lookup(f.name).Value.String()
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
