package oracle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/scenarios"
)

// Every golden trace, and the library's clinics for some weeks, come out the same.
func TestGoldenTraces(t *testing.T) {
	files, err := filepath.Glob("../traces/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden traces: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			yaml, _, _ := strings.Cut(string(text), "\n----\n")
			source := scenarios.Source{ReadFile: func(string) ([]byte, error) { return []byte(yaml + "\n"), nil }}
			arms, err := source.Load([]string{"./trace.yaml"}, nil)
			if err != nil {
				t.Fatal(err)
			}
			text2, err := differences(arms[0].Model, 1, 0, flawless)
			if err != nil {
				t.Fatal(err)
			}
			if text2 != "" {
				t.Error(text2)
			}
		})
	}
}

func TestLibrary(t *testing.T) {
	source := scenarios.Source{Library: scenarios.Library()}
	arms, err := source.Load([]string{"baseline", "education"}, []string{"run.warm_up=1w", "run.measure=2w", "run.drain=1w"})
	if err != nil {
		t.Fatal(err)
	}
	for _, arm := range arms {
		text, err := differences(arm.Model, 1, 0, flawless)
		if err != nil {
			t.Fatal(err)
		}
		if text != "" {
			t.Errorf("%s: %s", arm.Name, text)
		}
	}
}
