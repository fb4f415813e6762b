package validation

import (
	"math"
	"testing"

	"portalsim/scenarios"
	"portalsim/sim"
)

// Every mechanism at once, on small clinics with many seeds: each thread ends once, each minute is booked once, Little's
// law holds to the last bit in every pool, and every booked visit is accounted for.
func TestEveryMechanismAtOnce(t *testing.T) {
	sets := []string{
		"run.warm_up=1w", "run.measure=6w", "run.drain=4w", "patients.count=900", "measures.min_events=1",
		"pools.nurse.discipline=preemptive_resume", "pools.nurse.resumption=30s", "pools.refill.discipline=ageing", "pools.refill.ageing=1d",
		"pools.front-desk.discipline=lifo", "pools.clinician.discipline=earliest_due_date",
		"staff.nurse.at_block_end=suspend", "staff.refill-specialist.at_block_end=suspend",
		"messages.refill.batching=0.3", "messages.advice.batching=0.3", "messages.scheduling.self_service=0.2",
		"other_work.results.provokes={advice: 0.2}", "staff.neurologist.visits.leave_before_next=5m",
		"backlog={advice: {count: 40, age: {dist: exponential, mean: 2d}}}",
	}
	for _, displaced := range []string{"rebook", "overbook", "lost", "admin"} {
		source := scenarios.Source{Library: scenarios.Library()}
		arms, err := source.Load([]string{"all-on=baseline+impatient-patients+held-back-needs+on-call-clinician+protected-time-from-visits+evening-backlog+education-by-need"},
			append(sets, "all-on:staff.neurologist.visits.displaced="+displaced, "all-on:staff.advanced-practice.visits.displaced="+displaced))
		if err != nil {
			t.Fatal(err)
		}
		for replication := range 6 {
			result, err := sim.Run(arms[0].Model, 7, replication, sim.Options{StaffDays: true, Check: true})
			if err != nil {
				t.Fatal(err)
			}
			checkBooks(t, result, displaced)
		}
	}
}

func checkBooks(t *testing.T, result *sim.Result, displaced string) {
	t.Helper()
	value := func(measure, role string) float64 {
		for i := range result.Rows {
			r := &result.Rows[i]
			if r.Measure == measure && r.Type == sim.All && r.Channel == sim.All && r.Pool == sim.All && r.Role == role && r.Staff == sim.All && r.Value != nil {
				return *r.Value
			}
		}
		return math.NaN()
	}
	ended := 0.0
	for _, ending := range []string{"answered", "self_served", "merged", "lapsed", "abandoned_to_call", "abandoned_to_urgent_care", "abandoned_call", "censored"} {
		n := value(ending+"_n", sim.All)
		if n == 0 && ending != "lapsed" && ending != "censored" && ending != "abandoned_to_urgent_care" {
			t.Errorf("%s: nothing ended %s, so that the check has nothing to see", displaced, ending)
		}
		ended += n
	}
	if threads := value("threads_n", sim.All); ended != threads {
		t.Errorf("%s: %v threads and %v endings", displaced, threads, ended)
	}
	if contacts := value("contacts_n", sim.All); contacts != value("threads_n", sim.All)+value("dropped_n", sim.All) {
		t.Errorf("%s: %v contacts are not threads and dropped", displaced, contacts)
	}
	for _, p := range result.Pools {
		if p.Area != p.Waited {
			t.Errorf("%s: pool %s: area %v, waits %v", displaced, p.Name, p.Area, p.Waited)
		}
	}
	for _, d := range result.StaffDays {
		sum := d.VisitMin + d.NotesMin + d.MessagesMin + d.OtherInboxMin + d.CallsMin + d.TeachingMin + d.AdminMin + d.IdleMin + d.OffMin
		if math.Abs(sum-1440) > 1e-6 {
			t.Fatalf("%s: %s on %s has %v minutes", displaced, d.Staff, sim.Date(int(d.Date)), sum)
		}
	}
	lost, gone := value("visits_lost_per_week", "neurologist"), value("visits_displaced_per_week", "neurologist")
	if gone == 0 || displaced == "lost" && lost == 0 || (displaced == "overbook" || displaced == "admin") && lost != 0 {
		t.Errorf("%s: %v visits a week displaced and %v lost", displaced, gone, lost)
	}
}
