package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// smallClinic writes the README's small clinic, which has no clinicians, to a file.
func smallClinic(t *testing.T) string {
	t.Helper()
	_, text, found := strings.Cut(readText(t, "../../README.md"), "```yaml\n")
	text, _, ends := strings.Cut(text, "```")
	if !found || !ends || !strings.Contains(text, "small-clinic") {
		t.Fatal("the README has no small clinic")
	}
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestPlainHasNoMinusNothing(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{{math.Copysign(0, -1), "0.0"}, {-0.04, "0.0"}, {-0.06, "-0.1"}, {10, "10.0"}} {
		if got := plain(c.x, 1); got != c.want {
			t.Errorf("%v is written %s, want %s", c.x, got, c.want)
		}
	}
}

// What a clinic has not is left out of the screen, and what cannot be known is told in words.
func TestScreenHasNoNaN(t *testing.T) {
	brief := []string{"--set", "run.measure=8w", "--replications", "2"}
	for _, c := range []struct {
		args         []string
		has, without string
	}{
		{[]string{"compare", smallClinic(t), "one-more-nurse"}, "First response", "evening comes from"},
		{[]string{"compare", "baseline", "education", "--set", "patients.count=1"}, "interval unknown", "worth unknown"},
		{[]string{"compare", "baseline", "same=baseline"}, "no difference in any replication", "pairing is worth"},
		{[]string{"compare", "baseline", "silent=baseline+no-patient-messages"}, "not comparable", "worth unknown"},
	} {
		got := succeed(t, append(c.args, brief...)...).out
		for _, bad := range []string{"NaN", "Inf", c.without} {
			if strings.Contains(got, bad) {
				t.Errorf("%v prints %q:\n%s", c.args, bad, got)
			}
		}
		if !strings.Contains(got, c.has) {
			t.Errorf("%v does not print %q:\n%s", c.args, c.has, got)
		}
	}
}
