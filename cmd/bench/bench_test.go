package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/sim"
)

// maxAllocations is how many allocations an event may cost in the long run: waits are kept in pieces of 4,096, six or
// seven waits for each thread, and a thread has at least two events.
const maxAllocations = 0.01

// What runs longer allocates no more for each event: handling one allocates nothing. Times are never asserted.
func TestSteadyStateAllocatesNothing(t *testing.T) {
	for _, arm := range []string{"mm1", "baseline", "baseline+impatient-patients"} {
		extra, err := allocationsPerEvent(arm)
		if err != nil {
			t.Fatal(err)
		}
		if extra > maxAllocations {
			t.Errorf("%s: %v allocations an event of the second year, want at most %v", arm, extra, maxAllocations)
		}
	}
}

// The bare loop does what the engine does, so that the ratio compares like with like.
func TestBareLoopAgrees(t *testing.T) {
	list := gaps()
	for _, pending := range []int{2, 11, 300} {
		if ours, bare := holdEngine(pending, 5000, list), holdBare(pending, 5000, list); ours != bare {
			t.Errorf("%d pending: the engine's events sum to %d, the bare loop's to %d", pending, ours, bare)
		}
	}
}

// Both queues are what the page says: about 157,800 and 1,577,000 customers, at a utilisation of 0.9.
func TestQueues(t *testing.T) {
	for arm, want := range map[string]float64{"mm1": 9, "mm10": 90} {
		s, err := load(arm, "run.measure=13w")
		if err != nil {
			t.Fatal(err)
		}
		x, err := simulate(s, 0, sim.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if perHour := x.threads / s.Measure.Hours(); perHour < 0.95*want || perHour > 1.05*want {
			t.Errorf("%s: %v customers an hour, want about %v", arm, perHour, want)
		}
	}
}

// The sections that need no other program run, and say what they should.
func TestSections(t *testing.T) {
	o := &options{rounds: 1, folder: t.TempDir()}
	for _, c := range []struct {
		measure func(*options) (string, error)
		want    string
	}{{engineAlone, "bare loop"}, {features, "lognormal"}, {scaling, "national panel"}} {
		text, err := c.measure(o)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text, c.want) || strings.Contains(text, "NaN") || strings.Contains(text, "%!") {
			t.Errorf("section without %q, or with a figure that is none:\n%s", c.want, text)
		}
	}
}

// So does the section that runs the whole program.
func TestGrowing(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and simulates 300 years")
	}
	o := &options{rounds: 1, folder: t.TempDir()}
	o.program = filepath.Join(o.folder, "portalsim")
	if said, err := exec.Command("go", "build", "-o", o.program, "portalsim/cmd/portalsim").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	text, err := growing(o)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(text, "\n") != 2+len(jobs()) || !strings.Contains(text, "| 64 design points of 1 arm, 2 replications | 128 |") {
		t.Errorf("got\n%s", text)
	}
}

func benchmark(b *testing.B, arm string, sets ...string) {
	s, err := load(arm, sets...)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	sum := tallied{}
	for r := 0; b.Loop(); r++ {
		t, err := simulate(s, r, sim.Options{})
		if err != nil {
			b.Fatal(err)
		}
		sum.cpu, sum.threads, sum.events = sum.cpu+t.cpu, sum.threads+t.threads, sum.events+t.events
	}
	b.ReportMetric(float64(sum.cpu)/sum.threads, "cpu-ns/thread")
	b.ReportMetric(float64(sum.cpu)/sum.events, "cpu-ns/event")
}

func BenchmarkMM1(b *testing.B)      { benchmark(b, "mm1") }
func BenchmarkMM10(b *testing.B)     { benchmark(b, "mm10") }
func BenchmarkBaseline(b *testing.B) { benchmark(b, "baseline") }

// A contact in a panel that the processor's cache holds, and in one that it does not.
func BenchmarkClinic(b *testing.B) {
	for _, patients := range []int{10_000, 300_000} {
		b.Run(fmt.Sprint(patients), func(b *testing.B) {
			benchmark(b, "clinic", fmt.Sprintf("patients.count=%d", patients), fmt.Sprintf("staff.nurse.count=%d", patients/10_000))
		})
	}
}
