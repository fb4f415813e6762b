package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	planner "portalsim/scenarios/whatif"
	"portalsim/sim"
)

// shortClinic writes a baseline of few weeks and patients, and returns its path.
func shortClinic(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "short.yaml")
	text := "schema: portalsim/scenario/1\nextends: baseline\nname: short\nrun: {warm_up: 1w, measure: 4w}\npatients: {count: 300}\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// What the page's engine answers is what compare prints for the command that the page shows, to the last digit, and the
// study that it saves gives the same differences.
func TestWhatifIsCompare(t *testing.T) {
	path := shortClinic(t)
	arms := []string{path, "education", "nurse=one-more-nurse", "protected-time"}
	content, err := whatifContent(arms)
	if err != nil {
		t.Fatal(err)
	}
	moves := map[string]string{"panel": "320", "education.reach": "0.8", "protected": "90", "evening": "evening-habit", "staff.nurse": "1"}
	session, err := planner.Open(arms, content.Files).Start(moves, 7)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := session.Next(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	table, err := session.Table("summary")
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	words := splitCommand(session.Command(2))
	if got := invoke(append(words[1:], "--quiet", "--out", out, "--force")...); got.status != exitDone {
		t.Fatalf("%s: %s", session.Command(2), got.err)
	}
	if want := readTable[sim.SummaryRow](t, out, "summary"); toJSON(t, table.Rows) != toJSON(t, planner.TableOf(want).Rows) || len(want) == 0 {
		t.Errorf("the page's summary is not that of %s", session.Command(2))
	}
	comparisons, err := session.Table("comparisons")
	if err != nil {
		t.Fatal(err)
	}
	if want := readTable[sim.ComparisonRow](t, out, "comparisons"); toJSON(t, comparisons.Rows) != toJSON(t, planner.TableOf(want).Rows) || len(want) == 0 {
		t.Errorf("the page's comparisons are not those of %s", session.Command(2))
	}
	sameAsStudy(t, session, out)
}

// sameAsStudy runs the study that a session saves, and looks for its differences among those of a run of compare.
func sameAsStudy(t *testing.T, session *planner.Session, compared string) {
	t.Helper()
	text, err := session.StudyFile(2, "#panel=320")
	if err != nil {
		t.Fatal(err)
	}
	study, out := filepath.Join(t.TempDir(), "what-if.yaml"), filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(study, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := invoke("sweep", study, "--out", out, "--quiet"); got.status != exitDone {
		t.Fatalf("%s\n%s", got.err, text)
	}
	type question struct{ arm, measure, pairedBy, channel string }
	want := map[question]float64{}
	for _, r := range readTable[sim.ComparisonRow](t, compared, "comparisons") {
		if r.Difference != nil && r.Type == sim.All && r.Pool == sim.All && r.Role == sim.All && r.Staff == sim.All {
			want[question{r.Arm, r.Measure, r.PairedBy, r.Channel}] = *r.Difference
		}
	}
	found := 0
	for _, r := range readTable[sim.ComparisonRow](t, out, "comparisons") {
		difference, known := want[question{r.Arm, r.Measure, r.PairedBy, r.Channel}]
		if !known || r.Difference == nil || r.Type != sim.All {
			continue
		}
		found++
		if *r.Difference != difference {
			t.Errorf("%s, %s: the study has %v, compare %v", r.Arm, r.Measure, *r.Difference, difference)
		}
	}
	if found < 6 { // three arms, two headline measures
		t.Errorf("%d differences of the study are among those of compare, want at least 6\n%s", found, text)
	}
}

func toJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// splitCommand splits a command into words as a shell does, for what Command quotes.
func splitCommand(text string) []string {
	var words []string
	for i, part := range strings.Split(text, "'") {
		if i%2 == 1 {
			words[len(words)-1] += part
			continue
		}
		words = append(words, strings.Fields(part)...)
		if strings.HasSuffix(part, " ") && i < strings.Count(text, "'") {
			words = append(words, "") // a quoted word follows
		}
	}
	return words
}

// A page says of a user's clinic what its own levers are, and carries the file.
func TestWhatifContent(t *testing.T) {
	path := shortClinic(t)
	c, err := whatifContent([]string{path, "education"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Files[path] != readText(t, path) || c.Days != 28 {
		t.Errorf("files %v, %d days", c.Files, c.Days)
	}
	levers := toJSON(t, c.Levers)
	for _, want := range []string{"education.reach", "Khalil, Int J MS Care 2022", `"value":"300"`} {
		if !strings.Contains(levers, want) {
			t.Errorf("the levers have no %q", want)
		}
	}
}

func TestWhatifRefuses(t *testing.T) {
	taken := filepath.Join(t.TempDir(), "mine.html")
	if err := os.WriteFile(taken, []byte("<p>mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"whatif", "--out", taken}, "is there and is not a page"},
		{[]string{"whatif", "baselin", "--out", taken}, "did you mean baseline?"},
		{[]string{"whatif", "education", "--out", taken}, "there is no scenario to lay it over"},
		{[]string{"whatif", "baseline", "./none.yaml", "--out", taken}, "there is no such file"},
	} {
		if got := invoke(c.words...); got.status != exitUsage || !strings.Contains(got.err, c.want) {
			t.Errorf("%v: status %d, %s; want %q", c.words, got.status, got.err, c.want)
		}
	}
	if readText(t, taken) != "<p>mine" {
		t.Error("a file of the user's is gone")
	}
}
