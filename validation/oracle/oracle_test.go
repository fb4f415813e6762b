package oracle

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// check runs a property on n random clinics of a fixed seed, unless the command line says otherwise; -short makes it few.
func check(t *testing.T, n int, property func(*rapid.T)) {
	t.Helper()
	if testing.Short() {
		n /= 10
	}
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for name, value := range map[string]string{"rapid.checks": fmt.Sprint(n), "rapid.seed": "1", "rapid.nofailfile": "true"} {
		if given[name] {
			continue
		}
		before := flag.Lookup(name).Value.String()
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = flag.Set(name, before) }()
	}
	rapid.Check(t, property)
}

// The random clinics show every kind of event: what they do not show is not compared.
func TestClinicsShowEverything(t *testing.T) {
	var seen strings.Builder
	clinics := rapid.Custom(drawClinic)
	for n := range 150 {
		for _, e := range Run(clinics.Example(n), 1, 0).Events {
			seen.WriteString(e.Line + "\n")
		}
	}
	for _, event := range []string{
		"sent by portal", "sent by phone", "sent by email", "joins an open thread", "calls at", "cannot get through", "is put through to", "takes the call",
		"is answered by the service", "waits in", "begins", "sets aside", "answers", "finds it misdirected", "asks for what is missing", "advises", "asks a colleague",
		"passes it on", "takes it for urgent", "writes again", "nudges", "phones instead", "hangs up", "done", "visit begins", "visit ends", "session", "logs off",
		"visits block", "inbox block", "admin block", "away", "off duty", "answered", "self_served", "merged", "lapsed", "abandoned_to_call",
		"abandoned_to_urgent_care", "abandoned_call", "censored", "teaching-", " b0: ", " p", " s0: ", "+1: ",
	} {
		if !strings.Contains(seen.String(), event) {
			t.Errorf("no clinic shows: %s", event)
		}
	}
}

// Each rule broken on purpose in the oracle is found by comparing a few random clinics: the comparison can fail.
func TestFlawsAreFound(t *testing.T) {
	clinics := rapid.Custom(drawClinic)
	for broken := flawless + 1; broken < flaws; broken++ {
		found := false
		for n := 0; n < 200 && !found; n++ {
			text, err := differences(clinics.Example(n), 1, 0, broken)
			if err != nil {
				t.Fatal(err)
			}
			found = text != ""
		}
		if !found {
			t.Errorf("flaw %d is not found in 200 clinics", broken)
		}
	}
}

// The simulator and the oracle give the same events, the same threads and the same minutes on random clinics.
func TestOracle(t *testing.T) {
	check(t, 300, func(rt *rapid.T) {
		s := drawClinic(rt)
		seed := rapid.Uint64Range(0, 1000).Draw(rt, "seed")
		text, err := differences(s, seed, 0, flawless)
		if err != nil {
			rt.Fatal(err)
		}
		if text != "" {
			rt.Fatalf("seed %d: %s\nscenario:\n%s", seed, text, described(s))
		}
	})
}
