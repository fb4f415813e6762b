package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stressItems are the items of STRESS-DES in its order (Monks et al. 2019, table 1).
var stressItems = []string{"1.1 Purpose", "1.2 Model outputs", "1.3 Experimentation aims", "2.1 Base model overview diagram", "2.2 Base model logic", "2.3 Scenario logic",
	"2.4 Algorithms", "2.5.1 Entities", "2.5.2 Activities", "2.5.3 Resources", "2.5.4 Queues", "2.5.5 Entry and exit points", "3.1 Data sources", "3.2 Pre-processing",
	"3.3 Input parameters", "3.4 Assumptions", "4.1 Initialisation", "4.2 Run length", "4.3 Estimation approach", "5.1 Software", "5.2 Random sampling",
	"5.3 Model execution", "5.4 System specification", "6.1 Computer model sharing statement"}

// Every item is there once, in order, with an answer from the scenario or a mark for the author.
func TestDescribe(t *testing.T) {
	text := succeed(t, "describe", "baseline", "education", "one-more-nurse").out
	parts := strings.Split(text, "\n### ")[1:]
	if len(parts) != len(stressItems) {
		t.Fatalf("%d items, want %d", len(parts), len(stressItems))
	}
	for i, want := range stressItems {
		title, answer, _ := strings.Cut(parts[i], "\n")
		if !strings.HasPrefix(title, want) {
			t.Errorf("item %d is %q, want %q", i, title, want)
		}
		answer, _, _ = strings.Cut(answer, "\n## ")
		if len(strings.TrimSpace(answer)) < 40 {
			t.Errorf("%s: %q is no answer", title, answer)
		}
	}
	for _, want := range []string{"| `refill` | 2.8 | 0.5 % |", "reaches 60 % of patients a wave, in 2 waves, and halves every 26 weeks", "| `one-more-nurse` | ",
		"`neurologist-3`", "No study has measured", "52 weeks measured", "**For the author:** the question of the study", "| `education` | `interventions.education.reach` | 0.6 | 0.3 to 0.9 | assumption |"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the checklist", want)
		}
	}
	if strings.Contains(text, "%!") || strings.Contains(text, "NaN") {
		t.Error("a number is not written")
	}
	one := succeed(t, "describe", "baseline", "--set", "run.measure=26w").out
	if !strings.Contains(one, "26 weeks measured") || strings.Contains(one, "No study has measured") || !strings.Contains(one, "One arm") {
		t.Error("the checklist of one arm with a setting does not say so")
	}
}

// The checklist of a study has the same items, and says what is varied, over what, by which design and how sure to be.
func TestDescribeStudy(t *testing.T) {
	const more = "title: What of *reach*?\nfactors:\n  interventions.education.reach: {role: uncertainty, title: Share reached}\n  taught:patients.count: {role: lever, values: [300, 400]}\n" +
		"  patients.activity_cv: {role: uncertainty, range: [0.2, 2], scale: log}\nseed: 7\n"
	fixed := succeed(t, "describe", studyFile(t, more+"design: {kind: morris, trajectories: 5}\nreplications: 3\n")).out
	sequential := succeed(t, "describe", studyFile(t, "factors: {staff.nurse.count: {role: lever, values: [2, 3]}}\nconstraints: [\"staff.nurse.count <= 3\"]\n"+
		"measures: {after_hours_min_per_clinician_week: {half_width: 0.5}, \"first_response_h_mean[channel=portal]\": {relative: 0.02, paired_by: contact}}\nprecision: {at_most: 60}\n")).out
	for _, text := range []string{fixed, sequential} {
		parts := strings.Split(text, "\n### ")[1:]
		if len(parts) != len(stressItems) {
			t.Fatalf("%d items, want %d", len(parts), len(stressItems))
		}
		for i, want := range stressItems {
			if title, answer, _ := strings.Cut(parts[i], "\n"); !strings.HasPrefix(title, want) || len(strings.TrimSpace(answer)) < 40 {
				t.Errorf("item %d is %q, want %q, with an answer", i, title, want)
			}
		}
		if strings.Contains(text, "%!") || strings.Contains(text, "NaN") {
			t.Error("a number is not written")
		}
	}
	for _, c := range []struct{ text, want string }{
		{fixed, "# STRESS-DES: small"}, {fixed, "What of \\*reach\\*?"}, {fixed, "Design `morris`: Morris's trajectories (1991), which move one factor at a time; 20 points of 2 arms each."},
		{fixed, "| `interventions.education.reach` | Share reached | uncertain | 0.6 | belief, 95 % of it from 0.3 to 0.9 | 1 |"}, {fixed, "| lever | 300 | values 300, 400 |"},
		{fixed, "| 0.2 to 2, even on a logarithmic scale |"}, {fixed, "with seed 7, at every point"}, {fixed, "3 replications at each point."}, {fixed, "Elementary effects: mean"},
		{fixed, "Set for all points over the files: `run.measure`, `run.warm_up`, `patients.count`"}, {fixed, "4 weeks measured"},
		{sequential, "Points are left out unless `staff.nurse.count <= 3`"}, {sequential, "at most 60, until"}, {sequential, "- `after_hours_min_per_clinician_week`: half-width of at most 0.5 min"},
		{sequential, "half-width of at most 2 % of the control's mean"}, {sequential, "its difference between arms paired by contact"}, {sequential, "A front says which choices"},
	} {
		if !strings.Contains(c.text, c.want) {
			t.Errorf("no %q in the checklist:\n%.6000s", c.want, c.text)
		}
	}
}

// Words of others do not become Markdown of ours.
func TestDescribeShowsWordsAsText(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mine.yaml")
	text := "schema: portalsim/scenario/1\nextends: baseline\nname: mine\ntitle: \"<b>|*bold*|# heading\"\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	got := succeed(t, "describe", file).out
	if want := `&lt;b>\|\*bold\*\|\# heading`; !strings.Contains(got, want) {
		t.Errorf("no %q in the checklist", want)
	}
}

func TestDescribeRefuses(t *testing.T) {
	for _, args := range [][]string{{"describe"}, {"describe", "no-such-arm"}} {
		if got := invoke(args...); got.status != exitUsage || got.err == "" || got.out != "" {
			t.Errorf("%v: status %d, %q, printed %d bytes", args, got.status, got.err, len(got.out))
		}
	}
}
