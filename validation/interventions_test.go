package validation

import (
	"context"
	"os"
	"runtime"
	"strings"
	"testing"

	"portalsim/scenarios"
)

// TestInterventions writes docs/interventions.md with -update. Otherwise it checks that the page has every intervention
// under every variant of the evening: to run them all again takes too long for every test.
func TestInterventions(t *testing.T) {
	const file = "../docs/interventions.md"
	if *update {
		var page strings.Builder
		if err := WriteInterventions(context.Background(), &page, 20, runtime.NumCPU()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(text), "\n## With ")
	if len(sections) != len(evenings)+1 {
		t.Fatalf("%d variants of the evening, want %d", len(sections)-1, len(evenings))
	}
	arms, err := scenarios.Source{Library: scenarios.Library()}.Load(append([]string{"baseline"}, Interventions()...), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, section := range sections[1:] {
		for _, a := range arms[1:] {
			if !strings.Contains(section, "| "+a.Title+" |") {
				t.Errorf("%s is missing with %s; rewrite the page with -update", a.Name, evenings[i].title)
			}
		}
	}
}

// Every overlay of the library lies over the baseline, and every intervention over every variant of the evening.
func TestLibraryComposes(t *testing.T) {
	source := scenarios.Source{Library: scenarios.Library()}
	expressions := []string{"baseline"}
	for _, e := range source.Names() {
		if e.Kind == "overlay" {
			expressions = append(expressions, e.Name)
		}
	}
	for _, evening := range evenings[1:] {
		for _, name := range Interventions() {
			expressions = append(expressions, "baseline+"+evening.overlay+"+"+name)
		}
	}
	expressions = append(expressions, "baseline+held-back-needs+education-by-need", "primary-care+education", "primary-care+message-fee", "primary-care+automatic-routing")
	if _, err := source.Load(expressions, nil); err != nil {
		t.Fatal(err)
	}
}
