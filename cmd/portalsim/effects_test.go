package main

import (
	"slices"
	"strings"
	"testing"

	"portalsim/sim"
)

// The library's overlays move the measures in the direction that their assumptions say. The seed is fixed, and each
// effect is far larger than what four paired replications leave to chance.

// means returns the mean of a measure over all dimensions but the channel, by arm.
func means(t *testing.T, a answer, measure, channel string) map[string]float64 {
	t.Helper()
	found := map[string]float64{}
	for _, row := range a.Summary {
		if row["measure"] != measure || row["channel"] != channel {
			continue
		}
		whole := !slices.ContainsFunc([]string{"type", "pool", "role", "staff"}, func(d string) bool { return row[d] != sim.All })
		if mean, known := row["mean"].(float64); whole && known {
			found[row["arm"].(string)] = mean
		}
	}
	return found
}

func TestEducationMovesMeasures(t *testing.T) {
	a := decoded(t, succeed(t, "compare", "baseline", "education", "education-backfires", "--replications", "4", "--json").out)
	const portal, any = "portal", sim.All
	for _, c := range []struct {
		measure, channel       string
		education, backfires   int // -1 below the control, +1 above it, 0 not said
		noPatientMessages, why string
	}{
		{"after_hours_min_per_clinician_week", any, -1, +1, "below", "the headline"},
		{"after_hours_messages_min_per_clinician_week", any, -1, +1, "below", "fewer threads reach clinicians"},
		{"first_response_h_mean", portal, 0, +1, "", "the inbox is fuller; education's effect is small"},
		{"substantive_answer_h_mean", portal, -1, +1, "", "fewer rounds for what is missing, fewer wrong pools"},
		{"threads_n", any, -1, +1, "below", "the rates of advice and urgent contacts"},
		{"messages_per_thread", any, -1, +1, "", "odds of incomplete messages and follow-ups"},
		{"hand_offs_per_thread", any, -1, +1, "", "odds of wrong pools; more advice is passed on"},
		{"contacts_n", any, 0, +1, "", "more of them where it backfires"},
		{"dropped_n", any, +1, 0, "", "contacts that education makes unneeded"},
		{"ib_time8_h", any, -1, +1, "below", "inbox time in all"},
	} {
		got := means(t, a, c.measure, c.channel)
		control, known := got["baseline"]
		if !known {
			t.Errorf("%s[channel=%s] is not in the summary", c.measure, c.channel)
			continue
		}
		for arm, want := range map[string]int{"education": c.education, "education-backfires": c.backfires} {
			if want != 0 && float64(want)*(got[arm]-control) <= 0 {
				t.Errorf("%s[channel=%s]: %s has %.5g and the control %.5g; want a change of sign %+d: %s", c.measure, c.channel, arm, got[arm], control, want, c.why)
			}
		}
		if ceiling := got[ceilingArm]; c.noPatientMessages == "below" && !(ceiling < min(control, got["education"], got["education-backfires"])) {
			t.Errorf("%s: %s has %.5g, which is not the lowest of %v", c.measure, ceilingArm, ceiling, got)
		}
	}
	if got := means(t, a, "contacts_n", any); got["baseline"] != got["education"] || got["baseline"] != got[ceilingArm] {
		t.Errorf("contacts_n: %v; the same needs arise in the control, under education and without messages", got)
	}
}

// The intervals of the headline lie on the side where the effect is.
func TestHeadlineIntervals(t *testing.T) {
	a := decoded(t, succeed(t, "compare", "baseline", "education-backfires", "--replications", "8", "--json").out)
	if len(a.Headlines) != 2 {
		t.Fatalf("%d headlines, want 2", len(a.Headlines))
	}
	for _, h := range a.Headlines {
		low, simultaneous, difference := h["ci95_low"].(float64), h["simultaneous_low"].(float64), h["difference"].(float64)
		if !(0 < simultaneous && simultaneous <= low && low < difference) {
			t.Errorf("%s: want 0 < simultaneous_low %.4g ≤ ci95_low %.4g < difference %.4g", h["measure"], simultaneous, low, difference)
		}
	}
}

// An arm that takes admin time does not look free: the hours are shown, and their worth enters the price of what is saved.
func TestAdminTimeIsNotFree(t *testing.T) {
	priced := succeed(t, shortened("compare", "baseline", "protected-time", "--replications", "4")...).out
	for _, words := range []string{"Admin time of clinicians given up: ", "gives up admin time worth "} {
		if !strings.Contains(priced, words) {
			t.Errorf("the screen does not say %q:\n%s", words, priced)
		}
	}
	if free := "the saving costs nothing"; strings.Contains(priced, free) {
		t.Errorf("the screen says that %s:\n%s", free, priced)
	}
	unpriced := succeed(t, append(shortened("compare", "baseline", "protected-time", "--replications", "4"), "--set", "costs.admin_hour=0")...).out
	if words := "gives up admin time worth "; strings.Contains(unpriced, words) || !strings.Contains(unpriced, "Admin time of clinicians given up: ") {
		t.Errorf("without a price the screen says:\n%s", unpriced)
	}
}
