package sim

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim/random"
)

// courseOf runs a scenario and returns its result with the rows that show its course.
func courseOf(t rapid.TB, s *Scenario) *Result {
	t.Helper()
	r, err := Run(s, 3, 1, Options{Course: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Needs at 0, 1, 2 and 3 h with 1.5 h of work each wait from 1 to 1.5, from 2 to 3 and from 3 to 4.5 h.
func TestHoursOfTheWeekByHand(t *testing.T) {
	s := plainClinic()
	s.Types[0].NeedsAt = hours(0, 1, 2, 3)
	r := courseOf(t, s)
	backlog := []float64{0, 0.5, 1, 1, 0.5}
	for hour := range HoursOfWeek {
		all, pool := r.Course.Hours[hour], r.Course.Hours[HoursOfWeek+hour]
		arrivals, waiting := 0.0, 0.0
		if hour < 4 {
			arrivals = 1
		}
		if hour < len(backlog) {
			waiting = backlog[hour]
		}
		if all.Pool != All || pool.Pool != "nurse" || int(all.Hour) != hour || int(pool.Hour) != hour || all.Portal != arrivals {
			t.Fatalf("hour %d: %+v, %+v", hour, all, pool)
		}
		for _, row := range []HourRow{all, pool} {
			if row.Sent != arrivals || row.Entries != arrivals || row.Backlog != waiting {
				t.Errorf("hour %d: %+v, want %v sent and entered, %v waiting", hour, row, arrivals, waiting)
			}
		}
	}
}

// A warm-up of half a day moves no hour: what happens at 13 h of the run happens at 13 h on Monday.
func TestHoursOfTheWeekBeginOnMonday(t *testing.T) {
	s := plainClinic()
	s.StartDay, s.WarmUp, s.Measure = monday+2, 12*time.Hour, 2*Week
	s.Types[0].NeedsAt = hours(1, 13, 24*7+13)
	for _, row := range courseOf(t, s).Course.Hours {
		want := 0.0
		if row.Hour == 2*24+13 {
			want = 1
		}
		if row.Sent != want {
			t.Errorf("%+v, want %v sent", row, want)
		}
	}
}

// A reached patient is at full strength, and at half of it one half-life later; who is never reached stays at none.
func TestStrengthByWeek(t *testing.T) {
	s := plainClinic()
	s.Measure = 4 * Week
	full := []Effects{effects(1, 1, 1, 1, 1)}
	s.Campaigns = []Campaign{
		{Name: "always", Always: true, Reach: 1, Effects: full},
		{Name: "education", Start: Week / 2, Reach: 1, Delay: random.ConstantTime(0), HalfLife: Week, Effects: full},
	}
	rows := courseOf(t, s).Course.Weeks
	for n, want := range []float64{1, 0.5, 0.25, 0.125} {
		if got := *rows[n].Strength; !near(got, want) {
			t.Errorf("week %d: strength %v, want %v", n, got, want)
		}
	}
	s.Campaigns = s.Campaigns[:1]
	if rows := courseOf(t, s).Course.Weeks; rows[0].Strength != nil || len(rows) != 4 {
		t.Errorf("without education: %+v", rows)
	}
}

// What is misdirected goes on to the right pool, is answered there and ends; the way is told once.
func TestFlowsByHand(t *testing.T) {
	s := plainClinic()
	wrong := s.Pools[0]
	wrong.Name = "front-desk"
	s.Pools = append(s.Pools, wrong)
	s.Staff[0].Pools = []int{0, 1}
	s.Types[0].Misdirected, s.Types[0].MisdirectedTo, s.Types[0].NeedsAt = 1, []float64{0, 1}, hours(1, 30)
	s.Types[0].Incomplete, s.Types[0].ReplyDelay = 1, random.ConstantTime(time.Hour)
	want := []FlowRow{
		{FromKind: "channel", From: "portal", ToKind: "pool", To: "front-desk", PerWeek: 2},
		{FromKind: "pool", From: "nurse", ToKind: "patient", To: "patient", PerWeek: 2},
		{FromKind: "pool", From: "nurse", ToKind: "ending", To: "answered", PerWeek: 2},
		{FromKind: "pool", From: "front-desk", ToKind: "pool", To: "nurse", PerWeek: 2},
		{FromKind: "patient", From: "patient", ToKind: "pool", To: "nurse", PerWeek: 2},
	}
	if got := courseOf(t, s).Course.Flows; !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// A call by night goes to whoever is on call; one by day, behind another, is given up once and made again.
func TestFlowsOfCalls(t *testing.T) {
	s := plainClinic()
	s.Patients.Preferred, s.Patients.Instead = []float64{0, 1}, []float64{0, 1}
	s.Types[0].PortalShareOfOthers, s.Types[0].DeclaresUrgent, s.Types[0].NeedsAt = 0, true, hours(3, 10, 10.5)
	s.Channels = append(s.Channels, Channel{
		Name: "phone", Live: true, FallsBackTo: 1, Hours: s.Open, AfterOpening: random.ConstantTime(0), Priority: 1, Impatient: true,
		Patience: random.ConstantTime(30 * time.Minute), CallBack: 1, CallAgain: random.ConstantTime(3 * time.Hour),
	})
	s.OnCall = &OnCall{Staff: []int{0}, Handling: random.ConstantTime(10 * time.Minute)}
	want := []FlowRow{
		{FromKind: "channel", From: "phone", ToKind: "pool", To: "nurse", PerWeek: 2},
		{FromKind: "channel", From: "phone", ToKind: "on_call", To: "on_call", PerWeek: 1},
		{FromKind: "pool", From: "nurse", ToKind: "patient", To: "patient", PerWeek: 1},
		{FromKind: "pool", From: "nurse", ToKind: "ending", To: "answered", PerWeek: 2},
		{FromKind: "patient", From: "patient", ToKind: "pool", To: "nurse", PerWeek: 1},
		{FromKind: "on_call", From: "on_call", ToKind: "ending", To: "answered", PerWeek: 1},
	}
	if got := courseOf(t, s).Course.Flows; !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
