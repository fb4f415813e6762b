package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/sim"
)

// A nurse more costs about what patients' shorter waits are worth, and it is the nurse's wage that is not known: knowing it
// is worth nearly all that there is to know. Rows are in order, scaled as asked, and the screen says the same.
func TestValueOfInformation(t *testing.T) {
	directory := t.TempDir()
	clinic, err := filepath.Abs("testdata/clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) string {
		path := filepath.Join(directory, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	priced := write("priced.yaml", `schema: portalsim/scenario/1
name: priced
extends: `+clinic+`
staff:
  nurse:
    week: {mon-fri: {"08:00-12:00": null, "13:00-17:00": null, "16:00-16:30": inbox}}
    cost_per_hour: {value: 30, source: assumption, low: 10, high: 90}
costs: {wait_hour: {value: 0.25, source: assumption, low: 0.2, high: 0.3}}
messages: {advice: {needs_per_user_year: {value: 4, source: assumption, low: 3.5, high: 4.5}}}
`)
	more := write("more.yaml", "schema: portalsim/overlay/1\nname: more\nset: {staff: {nurse: {count: 2}}}\n")
	out := filepath.Join(directory, "out")
	got := succeed(t, "compare", priced, more, "--uncertainty", "--draws", "60", "--no-ceiling", "--clinics", "10", "--horizon", "40w", "--out", out)
	rows := readTable[sim.InformationRow](t, out, "value_of_information")
	if len(rows) != 4 || rows[0].Input != sim.All || rows[1].Input != "staff.nurse.cost_per_hour" {
		t.Fatalf("%+v", rows)
	}
	for i, r := range rows {
		if r.Value < 0 || r.Error < 0 || r.Clinics != 10 || r.Horizon != 40 || math.Abs(r.Scaled-100*r.Value) > 1e-9 || r.Draws != 60 || i > 1 && r.Value > rows[i-1].Value {
			t.Errorf("%+v", r)
		}
	}
	if rows[1].Value < 0.5*rows[0].Value || rows[0].Value < 2*rows[0].Error || rows[2].Value > 0.1*rows[0].Value {
		t.Errorf("%+v", rows)
	}
	for _, words := range []string{"upper bound on the worth of a study", "knowing staff.nurse.cost_per_hour alone", "for 10 clinics over 40 weeks"} {
		if !strings.Contains(got.out, words) {
			t.Errorf("nothing of %q in:\n%s", words, got.out)
		}
	}
	free := succeed(t, "compare", priced, more, "--uncertainty", "--draws", "10", "--no-ceiling", "--set", "costs=null", "--set", "staff.nurse.cost_per_hour=0")
	if strings.Contains(free.out, "Value of information") {
		t.Error("something has a value where nothing has a price")
	}
}

func TestScaleOfInformation(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"--clinics 5", "need --uncertainty"},
		{"--horizon 5w", "need --uncertainty"},
		{"--uncertainty --clinics 0", "--clinics must be above 0"},
		{"--uncertainty --horizon 5", "--horizon 5 is no time"},
	} {
		got := invoke(append([]string{"compare", "baseline", "education"}, strings.Fields(c.args)...)...)
		if got.status != exitUsage || !strings.Contains(got.err, c.want) {
			t.Errorf("%s: status %d: %s", c.args, got.status, got.err)
		}
	}
}
