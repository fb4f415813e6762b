package sim

import (
	"testing"
	"time"

	"portalsim/sim/random"
)

// The inbox has filled overnight. The first patient of the day is seen at eight all the same: a message is only opened
// when nobody is due.
func TestFirstPatientOfTheDayIsNotKeptWaitingByTheInbox(t *testing.T) {
	s := plainClinic()
	x := &s.Staff[0]
	x.Week = everyDay(VisitsBlock, 8, 12)
	x.Visits = Visits{Slot: time.Hour, Length: random.ConstantTime(20 * time.Minute), InboxBetween: true}
	s.Pools[0].Handling = constantly(10 * time.Minute)
	s.Types[0].NeedsAt = hours(2, 3)
	rows, r := threadsOf(t, s)
	expectTouches(t, rows, 8+20./60, 8.5)
	if got := staffValue(t, r, "visit_delay_min_mean", "nurse-1"); got != 0 {
		t.Errorf("visits start %v minutes late on average, want 0", got)
	}
}

// Working hours that reach midnight hold up to midnight, and those that begin there not before.
func TestWorkingHoursThatTouchMidnight(t *testing.T) {
	for _, c := range []struct {
		working Span
		day     int     // of the week from Monday
		want    float64 // minutes of the admin block, day and night, after hours
	}{
		{Span{0, Day}, 0, 0}, {Span{0, Day}, 4, 0}, {Span{0, Day}, 5, 1440},
		{Span{0, 12 * time.Hour}, 0, 720}, {Span{0, 12 * time.Hour}, 6, 1440}, {Span{12 * time.Hour, Day}, 1, 720}, {Span{12 * time.Hour, Day}, 5, 1440},
	} {
		s := plainClinic()
		s.Working = c.working
		s.Staff[0].Week = everyDay(AdminBlock, 0, 24)
		_, r := threadsOf(t, s)
		if got := r.StaffDays[c.day].AfterHoursAdminMin; got != c.want {
			t.Errorf("working hours %v to %v, day %d: %v minutes after hours, want %v", c.working.From, c.working.To, c.day, got, c.want)
		}
	}
}

// A run without a drain ends with the measured period: its last day is booked like the others.
func TestRunWithoutADrainBooksItsLastDay(t *testing.T) {
	s := plainClinic()
	s.Drain = 0
	_, r := threadsOf(t, s)
	if len(r.StaffDays) != 7 {
		t.Errorf("%d staff days in a week", len(r.StaffDays))
	}
	if got := staffValue(t, r, "idle_min_per_staff_week", "nurse-1"); got != 7*1440 {
		t.Errorf("%v minutes a week, want %v", got, 7*1440)
	}
}

// A scripted need that a modifier silences is dropped like any other: contacts are threads and dropped.
func TestScriptedNeedThatIsSilencedCountsAsDropped(t *testing.T) {
	s := plainClinic()
	s.Types[0].NeedsAt = hours(1, 2)
	s.Campaigns = []Campaign{{Name: "silence", Always: true, Effects: []Effects{silent()}}}
	_, r := threadsOf(t, s)
	if contacts, dropped := value(r.Rows, "contacts_n", "", "", ""), value(r.Rows, "dropped_n", "", "", ""); contacts != 2 || dropped != 2 {
		t.Errorf("%v contacts and %v dropped, want 2 and 2", contacts, dropped)
	}
}

// The run ends while the clinic waits for the patient. That time is the patient's, not the clinic's.
func TestPatientsTimeOfAThreadCutOffWhileThePatientHasIt(t *testing.T) {
	s := plainClinic()
	s.Types[0].Incomplete, s.Types[0].ReplyDelay, s.Types[0].LapseAfter = 1, random.ConstantTime(30*Day), 40*Day
	s.Types[0].NeedsAt = hours(1)
	rows, r := threadsOf(t, s)
	want := 14*24 - (1 + 20./60)
	if got := rows[0].PatientDelayH; rows[0].Ending != "censored" || !near(got, want) {
		t.Errorf("%s after %v h with the patient, want censored and %v", rows[0].Ending, got, want)
	}
	if got := value(r.Rows, "resolution_clinic_h_mean", "", "", ""); !near(got, 20./60) {
		t.Errorf("resolution in the clinic's court %v h, want %v", got, 20./60)
	}
}

// A thread once seen to be urgent goes ahead of the rest, also when its patient phones again.
func TestKnownUrgencyOutlastsAPhoneCall(t *testing.T) {
	s := plainClinic()
	s.Patients.Preferred, s.Patients.Instead = []float64{0, 1}, []float64{0, 1}
	s.Channels = append(s.Channels, Channel{Name: "phone", Live: true, FallsBackTo: 1, Always: true, Priority: 3})
	s.Pools[0].Priority, s.Pools[0].Clinical = true, true
	x := &s.Types[0]
	x.PortalShareOfOthers, x.TrulyUrgent, x.FollowUp, x.ReplyDelay, x.NeedsAt = 0, 1, 1, random.ConstantTime(time.Hour), hours(0)
	m := newModel(s, 1, 0, Options{})
	calls := 0
	m.watch = func() error {
		if len(m.items) == 0 {
			return nil
		}
		if it := m.items[0]; it.known && it.waiting || it.known && m.staff[0].task == 0 {
			calls++
			if it.class != 1 {
				t.Fatalf("at %s the thread is known to be urgent and in class %d, want 1", m.clock(m.engine.Now()), it.class)
			}
		}
		return nil
	}
	if err := m.run(); err != nil {
		t.Fatal(err)
	}
	if calls == 0 {
		t.Error("the patient never phoned again")
	}
}

// Rows of staff days are ordered by staff member in the order of the scenario, then date, as the table says.
func TestOrderOfStaffDays(t *testing.T) {
	s := plainClinic()
	colleague := s.Staff[0]
	colleague.Name, colleague.PatientShare = "a-colleague", 0
	s.Staff = append(s.Staff, colleague)
	_, r := threadsOf(t, s)
	for i := range r.StaffDays {
		if d := r.StaffDays[i]; d.Staff != s.Staff[i/7].Name || d.Date != int32(monday+i%7) {
			t.Fatalf("row %d is %s on %s, want %s on %s", i, d.Staff, Date(int(d.Date)), s.Staff[i/7].Name, Date(monday+i%7))
		}
	}
}

// Nobody ever opens the inbox: the waits are known only to be longer than the run, and are not left out of queue_h.
func TestQueueTimeOfWhatStillWaitsIsCensored(t *testing.T) {
	s := plainClinic()
	s.Staff[0].Week = [7][]Block{0: {{Span{8 * time.Hour, 9 * time.Hour}, InboxBlock}}}
	s.Types[0].NeedsAt = hours(8, 9, 100)
	s.Drain = 0
	_, r := threadsOf(t, s)
	if got, want := value(r.Rows, "queue_h_mean", "", "", "nurse"), (0.+(168-9)+(168-100))/3; !near(got, want) {
		t.Errorf("mean queue time %v h, want %v over the three items that came, two of them still waiting", got, want)
	}
}

// Three messages are sent at one, two and three o'clock to a clinic that is closed all week. At every midnight the oldest
// is that of one o'clock, whichever would be served first.
func TestOldestIsTheOldestUnderEveryDiscipline(t *testing.T) {
	for name, discipline := range map[string]func(*Pool){
		"first in, first out": func(*Pool) {}, "last in, first out": func(p *Pool) { p.LastIn = true },
		"earliest due date": func(p *Pool) { p.DueDate = true }, "ageing": func(p *Pool) { p.Priority, p.Ageing = true, time.Hour },
	} {
		s := plainClinic()
		discipline(&s.Pools[0])
		s.Staff[0].Week = [7][]Block{}
		s.Types[0].NeedsAt = hours(1, 2, 3)
		_, r := threadsOf(t, s)
		if got, want := value(r.Rows, "oldest_close_h_mean", "", "", "nurse"), 23+24*3.; got != want {
			t.Errorf("%s: the oldest is %v h old on average, want %v", name, got, want)
		}
	}
}
