package sim

import (
	"slices"
	"testing"
	"time"

	"portalsim/sim/random"
)

// plainClinic is one pool served first in, first out, by one nurse day and night: portal only, one type, whose needs
// come when the test says. It runs for a week from a Monday, with no warm-up.
func plainClinic() *Scenario {
	s := &Scenario{
		Name: "plain", StartDay: monday, Measure: Week, Drain: Week, MaxInProgress: 1_000_000,
		Working: Span{7 * time.Hour, 17*time.Hour + 30*time.Minute},
		Patients: Patients{
			Count: 10, PortalUsers: 1, Preferred: []float64{1}, Instead: []float64{1}, Segments: []Segment{{"everyone", 1, 1}}, HolidayFactor: 1,
		},
		Channels: []Channel{{Name: "portal", Pool: -1, Always: true}},
		Types: []MessageType{{
			Name: "advice", UsesOfPortalUsers: 1, PortalShareOfOthers: 1, Reply: 1,
			LapseAfter: 5 * Day, Target: Day, Priority: 2,
		}},
		Pools: []Pool{{
			Name: "nurse", Handling: constantly(90 * time.Minute), Reroute: constantly(10 * time.Minute), Request: constantly(20 * time.Minute),
			PassOn: [][]float64{nil},
		}},
		Staff:  []StaffMember{{Name: "nurse-1", Role: "nurse", Clinician: true, FTE: 1, Speed: 1, Pools: []int{0}, PatientShare: 1, Week: everyDay(InboxBlock, 0, 24)}},
		Limits: Limits{UrgentSafety: 4 * time.Hour, LongEvening: time.Hour, AfterHoursPerFTEWeek: time.Hour, MessagesPerFTEWeek: 300, Unopened: 12 * time.Hour, Unanswered: 36 * time.Hour, MinEvents: 1},
	}
	for day := range s.Open {
		s.Open[day] = []Span{{8 * time.Hour, 17 * time.Hour}}
	}
	s.Measured = Calendar{Open: s.Open}
	for h := range s.Patients.HourWeights {
		s.Patients.HourWeights[h] = 1
	}
	for m := range s.Patients.MonthWeights {
		s.Patients.MonthWeights[m] = 1
	}
	return s
}

// constantly is a handling time, always the same, for one type.
func constantly(d time.Duration) []random.Distribution {
	return []random.Distribution{random.ConstantTime(d)}
}

// everyDay is a week with one block a day, in hours.
func everyDay(kind BlockKind, from, to int) (week [7][]Block) {
	for day := range week {
		week[day] = []Block{{Span{time.Duration(from) * time.Hour, time.Duration(to) * time.Hour}, kind}}
	}
	return week
}

// hours turns hours from the start of the run into times.
func hours(list ...float64) (at []time.Duration) {
	for _, h := range list {
		at = append(at, time.Duration(h*float64(time.Hour)))
	}
	return at
}

// threadsOf runs a scenario and returns its threads in the order in which they were sent, and the result.
func threadsOf(t *testing.T, s *Scenario) ([]ThreadRow, *Result) {
	t.Helper()
	var rows []ThreadRow
	r, err := Run(s, 1, 0, Options{StaffDays: true, Contacts: true, Thread: func(row *ThreadRow) { rows = append(rows, *row) }})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(rows, func(a, b ThreadRow) int { return int(a.Sent - b.Sent) })
	return rows, r
}

// since returns an instant of a row in hours from the start of the run, -1 if it has not come.
func since(at int64) float64 {
	if at == 0 {
		return -1
	}
	return float64(at-int64(monday)*86_400_000_000) / 3_600_000_000
}

// staffValue returns a measure of a staff member.
func staffValue(t *testing.T, r *Result, measure, staff string) float64 {
	t.Helper()
	for i := range r.Rows {
		if x := &r.Rows[i]; x.Measure == measure && x.Staff == staff && x.Value != nil {
			return *x.Value
		}
	}
	t.Fatalf("no value of %s for %s", measure, staff)
	return 0
}
