package study

import (
	"os"
	"testing"

	"portalsim/scenarios"
)

// What a point costs before anything is simulated.
func BenchmarkCompose(b *testing.B) {
	from := Source{Source: scenarios.Source{ReadFile: os.ReadFile, Library: scenarios.Library()}}
	s, err := from.Quick([]string{"baseline", "education"}, []string{"interventions.education.reach=0.3,0.6"})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		arms, err := s.Compose(1)
		if err != nil {
			b.Fatal(err)
		}
		for _, a := range arms {
			if a.Fingerprint() == "" {
				b.Fatal("no fingerprint")
			}
		}
	}
}
