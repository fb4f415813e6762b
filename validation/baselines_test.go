package validation

import (
	"context"
	"os"
	"runtime"
	"strings"
	"testing"

	"portalsim/scenarios"
)

// TestBaselines writes docs/baselines.md with -update. Otherwise it checks that the page has every fit and every
// intervention.
func TestBaselines(t *testing.T) {
	const file = "../docs/baselines.md"
	if *update {
		var page strings.Builder
		if err := WriteBaselines(context.Background(), &page, 20, runtime.NumCPU()); err != nil {
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
	if len(Fits()) < 3 {
		t.Errorf("the library has %d fits", len(Fits()))
	}
	for _, fit := range Fits() {
		if !strings.Contains(string(text), " "+fit+" |") {
			t.Errorf("%s is not on the page; rewrite it with -update", fit)
		}
	}
}

// The fits give everything that the baseline is calibrated to, with other random numbers than those that found them: of
// four replications, the 99.99 % interval reaches into the range.
func TestFitsMeetTheTargets(t *testing.T) {
	for _, fit := range Fits() {
		loaded, err := scenarios.Source{Library: scenarios.Library()}.Load([]string{fit}, nil)
		if err != nil {
			t.Fatal(err)
		}
		c, err := collect(context.Background(), loaded, 4, runtime.NumCPU())
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range loaded[0].CalibratedTo() {
			e := c.Estimate(c.Known(0, target.Measure), 0.9999)
			if e.Simulation.High < target.Low || e.Simulation.Low > target.High {
				t.Errorf("%s: %s is %v, meant from %v to %v", fit, target.Text, e.Mean, target.Low, target.High)
			}
		}
	}
}
