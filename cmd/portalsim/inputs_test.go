package main

import (
	"slices"
	"strings"
	"testing"

	"portalsim/scenarios"
)

// neutral are the defaults that baseline may leave as they are: each switches a mechanism off or changes nothing.
var neutral = []struct{ path, value, why string }{
	{".by_phone", "0", "nobody phones instead of writing, but for what they call urgent"},
	{".after_opening.value", "0s", "written channels have no opening"},
	{".delay.value", "0s", "items come when they come; only results follow a visit later"},
	{".fte", "1", "members are full-time"},
	{".speed", "1", "handling times are as measured"},
	{".unneeded", "0", "no need would settle by itself"},
	{".self_service", "0", "nothing is settled by self-service"},
	{".batching", "0", "no message joins another"},
	{".nudge", "0", "nobody is impatient"}, {".phone", "0", "nobody is impatient"}, {".urgent_care", "0", "nobody is impatient"},
	{".call_back", "0", "nobody hangs up"}, {".call_again.mean", "2h", "nobody hangs up"},
	{".join_handling.value", "1m", "no message joins another"},
	{".resumption", "0s", "no touch is set aside"},
	{".leave_before_next", "0s", "an item may be begun up to the next visit"},
	{".rebook_within", "12w", "no visit is displaced"},
	{".per_item", "0", "no session is driven by the backlog"},
	{".cost_per_hour", "0", "costs are not counted"}, {"costs.", "0", "costs are not counted"},
	{".patient_share", "0", "they are nobody's own clinician"},
}

// Every number of the baseline says where it comes from, and every assumption how far off it may be.
func TestEveryNumberHasItsSource(t *testing.T) {
	arms, err := source().Load([]string{"baseline"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	inputs := arms[0].Inputs()
	if len(inputs) < 100 {
		t.Errorf("only %d inputs", len(inputs))
	}
	for _, in := range inputs {
		if fault := sourceFault(in); fault != "" {
			t.Errorf("%s = %s: %s", in.Path, in.Value, fault)
		}
	}
}

// sourceFault says what an input lacks, or "".
func sourceFault(in scenarios.Input) string {
	ranged := in.Low != nil && in.High != nil || in.N != nil
	switch {
	case in.Source == "survey" && in.N == nil:
		return "from the survey, without the number of respondents"
	case in.Source == "literature" && (in.Cite == "" || !ranged && !strings.Contains(in.Note, "held fixed")):
		return "from the literature, without a citation, or without a range or a note why it is held fixed"
	case in.Source == "assumption" && !ranged:
		return "an assumption without a range"
	case in.Source == "default":
		if !slices.ContainsFunc(neutral, func(n struct{ path, value, why string }) bool {
			return (strings.HasSuffix(in.Path, n.path) || strings.HasPrefix(in.Path, n.path)) && in.Value == n.value
		}) {
			return "a default that is not neutral; write it out with its source"
		}
	case !slices.Contains([]string{"survey", "literature", "assumption"}, in.Source):
		return "has the source " + in.Source
	}
	return ""
}

// The rule can fail.
func TestSourceFaults(t *testing.T) {
	low, high, n := "0.1", "0.3", int64(300)
	for _, c := range []struct {
		in    scenarios.Input
		sound bool
	}{
		{scenarios.Input{Source: "survey", N: &n}, true},
		{scenarios.Input{Source: "survey"}, false},
		{scenarios.Input{Source: "literature", Cite: "Sinsky 2012", Low: &low, High: &high}, true},
		{scenarios.Input{Source: "literature", Low: &low, High: &high}, false},
		{scenarios.Input{Source: "literature", Cite: "Mahmoud 2024"}, false},
		{scenarios.Input{Source: "literature", Cite: "Mahmoud 2024", Note: "held fixed, since the blocks are built on it"}, true},
		{scenarios.Input{Source: "assumption", Low: &low, High: &high}, true},
		{scenarios.Input{Source: "assumption"}, false},
		{scenarios.Input{Source: "default", Path: "staff.nurse.speed", Value: "1"}, true},
		{scenarios.Input{Source: "default", Path: "staff.nurse.speed", Value: "2"}, false},
		{scenarios.Input{Source: "default", Path: "messages.refill.reply", Value: "1"}, false},
		{scenarios.Input{Source: "user"}, false},
		{scenarios.Input{Source: "local"}, false},
	} {
		if fault := sourceFault(c.in); (fault == "") != c.sound {
			t.Errorf("%+v: %q", c.in, fault)
		}
	}
}
