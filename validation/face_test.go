package validation

import (
	"context"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

const facePath = "../docs/face-validity.md"

// TestFaceValidity checks that the page on disk is what the program gives for the baseline. Processors that fuse
// multiplication and addition may differ in the last digits of a time, so that only amd64 compares the digits.
func TestFaceValidity(t *testing.T) {
	page, err := Face(context.Background(), 10, 1, runtime.NumCPU())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Results {
		if !r.Inside && r.Why() == "" {
			t.Errorf("%s: published %s, ours %.4g %s, and why.go does not say why", r.Name, r.Published, r.Mean, r.Unit)
		}
	}
	var text strings.Builder
	if err := page.Write(&text); err != nil {
		t.Fatal(err)
	}
	got := text.String()
	if *update {
		if err := os.WriteFile(facePath, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	file, err := os.ReadFile(facePath)
	if err != nil {
		t.Fatal(err)
	}
	want := string(file)
	if runtime.GOARCH != "amd64" {
		digits := regexp.MustCompile(`[0-9.]+`)
		got, want = digits.ReplaceAllString(got, "#"), digits.ReplaceAllString(want, "#")
	}
	if got != want {
		t.Errorf("%s is not what the program gives; if the change is meant, rewrite it with -update\n%s", facePath, firstDifference(want, got))
	}
}

// TestFigures checks what a reader of the page relies on.
func TestFigures(t *testing.T) {
	seen := map[string]bool{}
	heldOut := 0
	for _, f := range Figures() {
		if f.Source == "" || f.Published == "" || f.Rule == "" || !(f.Low <= f.High) || seen[f.Name] {
			t.Errorf("figure %q: source %q, published %q, rule %q, limits %v to %v, named twice: %v", f.Name, f.Source, f.Published, f.Rule, f.Low, f.High, seen[f.Name])
		}
		seen[f.Name] = true
		if f.Role == HeldOut {
			heldOut++
		}
	}
	if heldOut < 8 {
		t.Errorf("%d figures are held out, want at least 8: only they are validation", heldOut)
	}
	for name := range whyMissed {
		if !seen[name] {
			t.Errorf("why.go speaks of %q, and there is no such figure", name)
		}
	}
}
