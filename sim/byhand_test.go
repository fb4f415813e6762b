package sim

import (
	"testing"
	"time"

	"portalsim/sim/random"
)

// expectTouches compares the first touches, in hours from the start, with those worked out by hand.
func expectTouches(t *testing.T, rows []ThreadRow, want ...float64) {
	t.Helper()
	if len(rows) != len(want) {
		t.Fatalf("%d threads, want %d", len(rows), len(want))
	}
	for i := range rows {
		if got := since(rows[i].FirstTouch); got != want[i] {
			t.Errorf("thread %d, sent at %v h, is touched at %v h, want %v h", i, since(rows[i].Sent), got, want[i])
		}
	}
}

// Needs at 0, 1, 2 and 3 h with 1.5 h of work each start at 0, 1.5, 3 and 4.5 h and are answered 1.5 h later.
func TestQueueOfConstantTimes(t *testing.T) {
	s := plainClinic()
	s.Types[0].NeedsAt = hours(0, 1, 2, 3, 20)
	rows, r := threadsOf(t, s)
	expectTouches(t, rows, 0, 1.5, 3, 4.5, 20)
	for i, want := range []float64{1.5, 3, 4.5, 6, 21.5} {
		if got := since(rows[i].FirstResponse); got != want || rows[i].Ending != "answered" || rows[i].Messages != 2 || rows[i].Rounds != 1 {
			t.Errorf("thread %d: response at %v, want %v; %+v", i, got, want, rows[i])
		}
	}
	if got := value(r.Rows, "queue_h_mean", "", "", "nurse"); !near(got, (0.5+1+1.5)/5) {
		t.Errorf("mean queue time %v h, want %v", got, 3./5)
	}
	if got := value(r.Rows, "backlog_mean", "", "", "nurse"); !near(got, 3./168) {
		t.Errorf("mean backlog %v, want %v", got, 3./168)
	}
	if got := staffValue(t, r, "utilisation", "nurse-1"); !near(got, 7.5/168) {
		t.Errorf("utilisation %v, want %v", got, 7.5/168)
	}
}

// A faster nurse needs less time: 1.5 h at speed 3 is half an hour.
func TestSpeedDividesHandlingTime(t *testing.T) {
	s := plainClinic()
	s.Staff[0].Speed = 3
	s.Types[0].NeedsAt = hours(0, 0, 0)
	rows, _ := threadsOf(t, s)
	expectTouches(t, rows, 0, 0.5, 1)
}

// A touch under way at the end of a block is finished, and the next waits for the next block.
func TestTouchIsFinishedAfterTheBlock(t *testing.T) {
	s := plainClinic()
	s.Staff[0].Week = everyDay(InboxBlock, 8, 10)
	s.Types[0].NeedsAt = hours(9, 9)
	rows, r := threadsOf(t, s)
	expectTouches(t, rows, 9, 24+8)
	if got := r.StaffDays[0].OffScheduleWork; got != 30 {
		t.Errorf("%v minutes of work off duty on the first day, want 30", got)
	}
}

// A touch that ends with its block is the last: the block has changed when it ends.
func TestTouchThatEndsWithItsBlock(t *testing.T) {
	s := plainClinic()
	s.Staff[0].Week = everyDay(InboxBlock, 8, 11)
	s.Types[0].NeedsAt = hours(8, 8, 8)
	rows, _ := threadsOf(t, s)
	expectTouches(t, rows, 8, 9.5, 24+8)
}

// What is missing is asked for in a brief touch; the reply comes two hours later and is answered.
func TestIncompleteMessage(t *testing.T) {
	s := plainClinic()
	s.Types[0].Incomplete, s.Types[0].ReplyDelay = 1, random.ConstantTime(2*time.Hour)
	s.Types[0].NeedsAt = hours(1)
	rows, r := threadsOf(t, s)
	row := rows[0]
	response, answer, ended := since(row.FirstResponse), since(row.SubstantiveAnswer), since(row.Ended)
	const asked = 1 + 20./60
	if !near(response, asked) || !near(answer, asked+2+1.5) || ended != answer || row.PatientDelayH != 2 || row.Messages != 4 || row.Rounds != 2 || row.Touches != 2 {
		t.Errorf("response at %v, answer at %v, ended at %v: %+v", response, answer, ended, row)
	}
	if got := value(r.Rows, "resolution_clinic_h_mean", "", "", ""); !near(got, asked-1+1.5) {
		t.Errorf("resolution in the clinic's court %v h, want %v", got, asked-1+1.5)
	}
}

// A patient who does not reply lets the thread lapse.
func TestLapse(t *testing.T) {
	s := plainClinic()
	s.Types[0].Incomplete, s.Types[0].Reply, s.Types[0].LapseAfter = 1, 0, 10*time.Hour
	s.Types[0].NeedsAt = hours(1)
	rows, _ := threadsOf(t, s)
	if row := rows[0]; row.Ending != "lapsed" || !near(since(row.Ended), 1+20./60+10) || row.SubstantiveAnswer != 0 || row.PatientDelayH != 10 {
		t.Errorf("%+v", row)
	}
}

// A misdirected message is found so in a brief touch, sent on, and answered in the right pool.
func TestMisdirectedMessage(t *testing.T) {
	s := plainClinic()
	wrong := s.Pools[0]
	wrong.Name = "front-desk"
	s.Pools = append(s.Pools, wrong)
	s.Staff[0].Pools = []int{0, 1}
	s.Types[0].Misdirected, s.Types[0].MisdirectedTo, s.Types[0].NeedsAt = 1, []float64{0, 1}, hours(1)
	rows, _ := threadsOf(t, s)
	row := rows[0]
	if !near(since(row.FirstResponse), 1+10./60+1.5) || row.HandOffs != 1 || row.Touches != 2 || row.FirstPool != "front-desk" || row.LastPool != "nurse" {
		t.Errorf("answered at %v: %+v", since(row.FirstResponse), row)
	}
}

// A call out of hours waits for the lines to open and then a while; its first response is its start.
func TestCallOutOfHours(t *testing.T) {
	s := plainClinic()
	s.Patients.Preferred, s.Patients.Instead = []float64{0, 1}, []float64{0, 1}
	s.Types[0].PortalShareOfOthers = 0
	s.Channels = append(s.Channels, Channel{Name: "phone", Live: true, FallsBackTo: 1, Hours: s.Open, AfterOpening: random.ConstantTime(15 * time.Minute), Priority: 1})
	s.Types[0].NeedsAt = hours(3, 10)
	rows, r := threadsOf(t, s)
	expectTouches(t, rows, 8.25, 10)
	if since(rows[0].FirstResponse) != 8.25 {
		t.Errorf("first response at %v, want the start of the call", since(rows[0].FirstResponse))
	}
	if got := r.StaffDays[0].CallsMin; got != 180 {
		t.Errorf("%v minutes of calls, want 180", got)
	}
}

// Lower classes first; a touch under way is not interrupted.
func TestPriorityClasses(t *testing.T) {
	s := plainClinic()
	urgent := s.Types[0]
	urgent.Name, urgent.Priority = "urgent", 1
	s.Types = append(s.Types, urgent)
	p := &s.Pools[0]
	p.Priority = true
	p.Handling, p.Reroute, p.Request, p.PassOn = append(p.Handling, p.Handling...), append(p.Reroute, p.Reroute...), append(p.Request, p.Request...), make([][]float64, 2)
	s.Types[0].NeedsAt, s.Types[1].NeedsAt = hours(0, 0.25), hours(0.5, 0.75)
	rows, _ := threadsOf(t, s)
	expectTouches(t, rows, 0, 4.5, 1.5, 3)
}

// A colleague covers the inbox of a clinician on leave, after their own; without cover it waits.
func TestCoverOnLeave(t *testing.T) {
	for _, c := range []struct {
		cover bool
		want  float64
	}{{true, 5.5}, {false, 48}} {
		s := plainClinic()
		s.Pools[0].Personal, s.Pools[0].Cover = true, c.cover
		colleague := s.Staff[0]
		colleague.Name, colleague.PatientShare = "nurse-2", 0
		s.Staff = append(s.Staff, colleague)
		s.Staff[0].Leave = []DayRange{{monday, monday + 1}}
		s.Types[0].NeedsAt = hours(4, 4)
		rows, _ := threadsOf(t, s)
		first := 4.0
		if !c.cover {
			first = 48
			c.want = 49.5
		}
		expectTouches(t, rows, first, c.want)
	}
}

// Visits: a slot each hour, a visit of 70 minutes, so that the second starts 10 and the third 20 minutes late, and the
// third overruns by half an hour; the item that waits is begun once no patient does.
func TestVisitsOverrun(t *testing.T) {
	s := plainClinic()
	x := &s.Staff[0]
	x.Week = [7][]Block{0: {{Span{8 * time.Hour, 11 * time.Hour}, VisitsBlock}, {Span{11 * time.Hour, 12 * time.Hour}, InboxBlock}}}
	x.Visits = Visits{Slot: time.Hour, Length: random.ConstantTime(70 * time.Minute), InboxBetween: true}
	s.Types[0].NeedsAt = hours(8.5)
	rows, r := threadsOf(t, s)
	expectTouches(t, rows, 11.5)
	if got := staffValue(t, r, "visit_delay_min_mean", "nurse-1"); got != 10 {
		t.Errorf("visits start %v minutes late on average, want 10", got)
	}
	if d := r.StaffDays[0]; d.VisitMin != 210 || d.MessagesMin != 90 || d.IdleMin != 0 || d.OffScheduleWork != 60 {
		t.Errorf("%+v", d)
	}
}

// Of two who are idle, the one free longest is woken; among equals the first in the scenario.
func TestWhoeverIsFreeLongestIsWoken(t *testing.T) {
	s := plainClinic()
	colleague := s.Staff[0]
	colleague.Name, colleague.PatientShare = "nurse-2", 0
	s.Staff = append(s.Staff, colleague)
	s.Types[0].NeedsAt = hours(0, 2, 5, 5.5, 24) // nurse 1, 2, 1, 2 and, on the second day, 1
	_, r := threadsOf(t, s)
	for _, want := range []struct {
		staff string
		day   int
		items int32
	}{{"nurse-1", 0, 2}, {"nurse-2", 0, 2}, {"nurse-1", 1, 1}, {"nurse-2", 1, 0}} {
		for _, d := range r.StaffDays {
			if d.Staff == want.staff && int(d.Date) == monday+want.day && d.Items != want.items {
				t.Errorf("%s handles %d items on day %d, want %d", want.staff, d.Items, want.day, want.items)
			}
		}
	}
}

// A session takes up what waits, begins nothing at or after its end, and finishes what it began.
func TestHabitEndsWithItsLength(t *testing.T) {
	s := plainClinic()
	x := &s.Staff[0]
	x.Week = everyDay(AdminBlock, 8, 9)
	x.Sessions = []Session{{Name: "evening", Scheduled: true, Probability: 1, Start: Span{20 * time.Hour, 20 * time.Hour}, HasLength: true, Length: random.ConstantTime(3 * time.Hour)}}
	s.Types[0].NeedsAt = hours(10, 10, 10)
	rows, r := threadsOf(t, s)
	expectTouches(t, rows, 20, 21.5, 24+20)
	if d := r.StaffDays[0]; d.OffScheduleWork != 180 || d.AfterHoursMessagesMin != 180 || d.AfterHoursAdminMin != 0 {
		t.Errorf("%+v", d)
	}
}

// Staying on ends when the inbox is clear: what comes later waits, until the next day's session.
func TestClearInboxEndsWhenClear(t *testing.T) {
	s := plainClinic()
	x := &s.Staff[0]
	x.Week = everyDay(AdminBlock, 8, 17)
	x.Sessions = []Session{{Name: "stay-late", ClearInbox: true, Scheduled: true, Probability: 1, AtDayEnd: true, Until: 22 * time.Hour}}
	s.Types[0].NeedsAt = hours(10, 10, 18, 21.75) // clear at 21:30
	rows, _ := threadsOf(t, s)
	expectTouches(t, rows, 17, 18.5, 20, 24+17)
}

// A reply that would come after the thread lapses never comes; a follow-up, for which nobody waits, does.
func TestReplyAfterTheLapse(t *testing.T) {
	s := plainClinic()
	s.Types[0].ReplyDelay, s.Types[0].LapseAfter = random.ConstantTime(20*time.Hour), 10*time.Hour
	s.Types[0].Incomplete, s.Types[0].NeedsAt = 1, hours(0)
	if rows, _ := threadsOf(t, s); rows[0].Ending != "lapsed" || rows[0].Touches != 1 || rows[0].PatientDelayH != 10 {
		t.Errorf("%+v", rows[0])
	}
	s.Types[0].Incomplete, s.Types[0].FollowUp = 0, 1
	if rows, _ := threadsOf(t, s); rows[0].Ending != "censored" || rows[0].Touches < 10 || rows[0].FirstResponse == 0 {
		t.Errorf("%+v", rows[0])
	}
}

// True urgency is seen in a clinical pool only: passed on by the front desk, a thread waits its turn; by a nurse, it
// goes first.
func TestUrgencyIsActedOnOnceItIsSeen(t *testing.T) {
	for _, clinical := range []bool{false, true} {
		s := plainClinic()
		first := s.Pools[0]
		first.Name, first.Clinical, first.PassOn = "first", clinical, [][]float64{{1, 0}}
		s.Pools[0].Priority = true
		s.Pools = append(s.Pools, first)
		s.Types[0].Pool, s.Types[0].TrulyUrgent, s.Types[0].NeedsAt = 1, 1, hours(0)
		s.OtherWork = []OtherWork{{Name: "results", Pool: 0, PerWeek: 100, Arrives: WeeklyHours{{{0, time.Hour}}}, Handling: random.ConstantTime(time.Hour), Priority: 1}}
		second := s.Staff[0]
		second.Name, second.Pools, second.PatientShare = "front-desk-1", []int{1}, 0
		s.Staff = append(s.Staff, second)
		m := newModel(s, 1, 0, Options{})
		class := uint8(0)
		m.watch = func() error {
			for i := range m.items {
				if it := m.items[i]; it.thread && it.waiting && it.pool == 0 {
					class = it.class
				}
			}
			return nil
		}
		if err := m.run(); err != nil {
			t.Fatal(err)
		}
		if want := map[bool]uint8{false: 2, true: 1}[clinical]; class != want {
			t.Errorf("first pool clinical %t: the thread waits in class %d, want %d", clinical, class, want)
		}
	}
}
