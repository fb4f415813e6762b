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
		{[]string{"compare", smallClinic(t), "one-more-nurse"}, "the family of 1 headline difference with an interval (of 2: arms", "family of 2"},
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

// An arm is called by the names in its files, or by its NAME=; two of one name are told apart by what they are in the
// tables. The report and the screen use it, and the report says what the tables call it.
func TestArmsAreCalledByTheirNames(t *testing.T) {
	clinic, out := smallClinic(t), filepath.Join(t.TempDir(), "out") // the file is clinic.yaml, the name small-clinic
	short := []string{"--set", "run.measure=1w", "--replications", "2"}
	got := succeed(t, append([]string{"compare", clinic, "one-more-nurse", "more=" + clinic + "+one-more-nurse", "--out", out, "--report"}, short...)...).out
	for _, want := range []string{"small-clinic: ", "one-more-nurse against small-clinic: One more nurse", "more against small-clinic"} {
		if !strings.Contains(got, want) {
			t.Errorf("the screen has no %q:\n%s", want, got)
		}
	}
	page := strings.NewReplacer("<bdi>", "", "</bdi>", "").Replace(readText(t, filepath.Join(out, "report.html")))
	for _, want := range []string{"compared with small-clinic?", "small-clinic (control)", "In the tables <code>clinic</code>", ">more<"} {
		if !strings.Contains(page, want) {
			t.Errorf("the report has no %q", want)
		}
	}
	copied := filepath.Join(t.TempDir(), "other.yaml")
	if err := os.WriteFile(copied, []byte(readText(t, clinic)), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := succeed(t, append([]string{"compare", clinic, copied}, short...)...).out; !strings.Contains(got, "other against clinic") {
		t.Errorf("two scenarios of one name are not told apart:\n%s", got)
	}
	study := filepath.Join(t.TempDir(), "study.yaml")
	if err := os.WriteFile(study, []byte("schema: portalsim/study/1\nname: plain\nbase: "+clinic+"\nset: {run.measure: 1w}\nreplications: 2\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := succeed(t, "sweep", study).out; !strings.Contains(got, "(h), small-clinic") {
		t.Errorf("a study without arms does not call its arm by the scenario's name:\n%s", got)
	}
}
