package oracle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/scenarios"
)

// The scenario of every golden trace comes out the same.
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
			if text, err := differences(arms[0].Model, 1, 0, flawless); err != nil || text != "" {
				t.Error(text, err)
			}
		})
	}
}

// Two arms of the library as they stand, and one clinic with everything that the library and the format have.
func TestLibrary(t *testing.T) {
	period := []string{"run.warm_up=1w", "run.measure=2w", "run.drain=1w"}
	if testing.Short() {
		period = []string{"run.warm_up=0w", "run.measure=1w", "run.drain=0w"}
	}
	everything := "all-on=baseline+impatient-patients+held-back-needs+on-call-clinician+protected-time-from-visits+evening-backlog+education-by-need+after-a-holiday"
	for _, study := range []struct{ arms, sets []string }{
		{[]string{"baseline", "education"}, nil},
		{[]string{everything}, []string{
			"patients.count=900", "pools.nurse.discipline=preemptive_resume", "pools.nurse.resumption=30s",
			"pools.refill.discipline=ageing", "pools.refill.ageing=1d", "pools.front-desk.discipline=lifo", "pools.clinician.discipline=earliest_due_date",
			"staff.nurse.at_block_end=suspend", "staff.refill-specialist.at_block_end=suspend", "messages.refill.batching=0.3",
			"messages.scheduling.self_service=0.2", "other_work.results.provokes={advice: 0.2}", "staff.neurologist.visits.leave_before_next=5m",
			"all-on:staff.neurologist.visits.displaced=rebook", "all-on:staff.advanced-practice.visits.displaced=overbook",
		}},
	} {
		source := scenarios.Source{Library: scenarios.Library()}
		arms, err := source.Load(study.arms, append(period, study.sets...))
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
}
