package clinics

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portalsim/sim"
)

// tester stands for the test that fails, so that one that passes can look on.
type tester struct {
	*testing.T
	text   strings.Builder
	failed bool
}

func (t *tester) Logf(format string, values ...any)   { fmt.Fprintf(&t.text, format+"\n", values...) }
func (t *tester) Log(values ...any)                   { fmt.Fprintln(&t.text, values...) }
func (t *tester) Errorf(format string, values ...any) { t.Logf(format, values...); t.failed = true }
func (t *tester) Error(values ...any)                 { t.Log(values...); t.failed = true }
func (t *tester) Fatalf(format string, values ...any) { t.Errorf(format, values...); t.FailNow() }
func (t *tester) Fatal(values ...any)                 { t.Error(values...); t.FailNow() }
func (t *tester) Fail()                               { t.failed = true }
func (t *tester) Failed() bool                        { return t.failed }
func (t *tester) FailNow()                            { t.failed = true; runtime.Goexit() }

// TestFailureIsAFile pretends that something goes wrong wherever a pool serves the last in first and a thread is answered.
// The smallest such clinic that is found in time is written as a scenario, which loads, names the command to see it again,
// and does the same again.
func TestFailureIsAFile(t *testing.T) {
	pretend := func(s *sim.Scenario, seed uint64) error {
		result, err := sim.Run(s, seed, 0, sim.Options{})
		if err != nil {
			return nil
		}
		lifo := false
		for i := range s.Pools {
			lifo = lifo || s.Pools[i].LastIn
		}
		for i := range result.Rows {
			if r := &result.Rows[i]; lifo && r.Measure == "answered_n" && r.Value != nil && *r.Value > 0 {
				return errors.New("pretended")
			}
		}
		return nil
	}
	directory := t.TempDir()
	fake := &tester{T: t}
	done := make(chan bool)
	go func() {
		defer close(done)
		checkAndShrink(fake, 500, "400ms", func(rt *rapid.T) {
			watch(rt, drawClinic(rt), rapid.Uint64Range(0, 1000).Draw(rt, "seed"), directory, pretend)
		})
	}()
	<-done
	if !fake.failed || !strings.Contains(fake.text.String(), "pretended\n") {
		t.Fatalf("failed %t: %s", fake.failed, fake.text.String())
	}
	path := filepath.Join(directory, "random.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var seed uint64
	first, _, _ := strings.Cut(string(text), "\n")
	if _, err := fmt.Sscanf(first, "# portalsim run "+path+" --seed %d --replication 0 --check", &seed); err != nil {
		t.Fatalf("the first line is %q: %v", first, err)
	}
	arm, err := load(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := pretend(arm.Model, seed); err == nil {
		t.Errorf("the clinic does not fail again:\n%s", text)
	}
}

// TestClinicsHaveEveryMechanism: over random clinics everything happens that a mechanism can make happen, so that the
// invariants have something to hold on to.
func TestClinicsHaveEveryMechanism(t *testing.T) {
	if testing.Short() {
		t.Skip("rare things need many clinics")
	}
	sum, clinics := map[string]float64{}, 0
	check(t, 1000, func(rt *rapid.T) {
		result, err := sim.Run(loaded(rt, drawClinic(rt)), 1, 0, sim.Options{})
		if err != nil {
			return // work without end
		}
		clinics++
		for i := range result.Rows {
			if r := &result.Rows[i]; r.Value != nil && r.Type == sim.All && r.Channel == sim.All && r.Staff == sim.All {
				sum[r.Measure] += *r.Value
			}
		}
	})
	for _, measure := range []string{"answered_n", "lapsed_n", "self_served_n", "merged_n", "abandoned_to_call_n", "abandoned_to_urgent_care_n", "abandoned_call_n",
		"censored_n", "dropped_n", "extra_n", "unneeded_n", "released_n", "latent_n", "nudges_n", "hang_ups_n", "service_calls_n", "triage_missed_n",
		"interruptions_per_staff_week", "teaching_min_per_staff_week", "notes_min_per_staff_week", "calls_min_per_staff_week", "visits_displaced_per_week",
		"visits_lost_per_week", "visit_rebooking_d_mean", "weekend_min_per_clinician_week", "backlog_response_h_mean", "intervention_cost"} {
		if sum[measure] == 0 && clinics > 500 { // else the sample is small
			t.Errorf("in %d clinics %s is 0", clinics, measure)
		}
	}
}
