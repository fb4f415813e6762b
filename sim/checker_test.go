package sim

import (
	"errors"
	"slices"
	"testing"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// busyClinic is an office with visits, a session in the evening and more messages than it can answer at once.
func busyClinic() *Scenario {
	s := plainClinic()
	s.Drain = 4 * Week
	s.Patients.Count = 100
	s.Types[0].NeedsPerUserYear, s.Types[0].Incomplete, s.Types[0].ReplyDelay = 60, 0.2, random.ExponentialTime(5*time.Hour)
	s.Types[0].FollowUp, s.Types[0].TrulyUrgent = 0.2, 0.1
	s.Pools[0].Handling, s.Pools[0].Clinical = []random.Distribution{random.LognormalTime(20*time.Minute, 1)}, true
	s.Staff[0].Visits = Visits{Slot: time.Hour, Length: random.ExponentialTime(40 * time.Minute), InboxBetween: true}
	s.Staff[0].Sessions = []Session{{Name: "evening", Scheduled: true, Probability: 0.5, Start: Span{19 * time.Hour, 20 * time.Hour}, HasLength: true, Length: random.ConstantTime(time.Hour)}}
	for day := range s.Staff[0].Week {
		s.Staff[0].Week[day] = []Block{
			{Span{8 * time.Hour, 12 * time.Hour}, VisitsBlock}, {Span{12 * time.Hour, 13 * time.Hour}, AdminBlock}, {Span{13 * time.Hour, 17 * time.Hour}, InboxBlock},
		}
	}
	colleague := s.Staff[0]
	colleague.Name, colleague.PatientShare = "nurse-2", 0
	s.Staff = append(s.Staff, colleague)
	return s
}

// corruptions are wrongs done to a run, each once, where it can be done; they say whether it was done. Every one must
// be noticed, as the invariant that it breaks.
var corruptions = []struct {
	name   string
	do     func(m *model) bool
	broken Invariant
}{
	{"an item is lost from its queue", func(m *model) bool {
		q := &m.pools[0].shared
		if q.waiting == 0 {
			return false
		}
		popFirst(m, q)
		return true
	}, inOneQueue},
	{"the last comes first", func(m *model) bool {
		q := &m.pools[0].shared
		if q.waiting < 2 {
			return false
		}
		first := popFirst(m, q)
		if m.items[q.head[0]].entered == first.entered {
			m.push(q, 0, first, false)
			return false
		}
		m.push(q, 0, first, false)
		return true
	}, inOrder},
	{"a minute is booked twice", func(m *model) bool {
		m.staff[0].today[Idle][0][otherTime] += time.Minute
		return m.window.holds(m.engine.Now())
	}, bookedOnce},
	{"a minute is booked to something else", func(m *model) bool {
		total := &m.tallies.staff[1].total
		total[Messages][1][offTime] += time.Minute
		total[Off][1][offTime] -= time.Minute
		return true
	}, bookedOnce},
	{"the area of a backlog is off by a nanosecond", func(m *model) bool {
		m.pools[0].level.area.add(1, 1)
		return true
	}, littlesLaw},
	{"a thread is counted twice", func(m *model) bool {
		m.tallies.cells[0].threads++
		return true
	}, endsOnce},
	{"a dropped need is not counted", func(m *model) bool {
		m.tallies.unexpressed[0].dropped--
		return true
	}, conserved},
	{"two have one item", func(m *model) bool {
		if m.staff[0].task < 0 || m.staff[1].task != none {
			return false
		}
		m.staff[1].task = m.staff[0].task
		return true
	}, oneTask},
	{"somebody drops what they are doing", func(m *model) bool {
		if m.staff[0].task != visiting || m.pools[0].shared.waiting == 0 {
			return false
		}
		m.staff[0].task = popFirst(m, &m.pools[0].shared).self
		return true
	}, oneTask},
	{"somebody rests beside work", func(m *model) bool {
		if m.staff[0].mode != InboxBlock {
			return false
		}
		m.staff[0].mode = AdminBlock
		return m.pools[0].shared.waiting > 0
	}, neverIdle},
	{"somebody opens the inbox in an admin block", func(m *model) bool {
		if m.staff[0].mode != AdminBlock || m.staff[0].task != none || m.pools[0].shared.waiting == 0 {
			return false
		}
		m.staff[0].mode = InboxBlock
		m.seekWork(&m.staff[0])
		return true
	}, permitted},
	{"somebody opens the inbox at night", func(m *model) bool {
		if m.staff[0].mode != OffDuty || m.staff[0].task != none || m.pools[0].shared.waiting == 0 || dayOf(m.engine.Now()) > 6 {
			return false
		}
		if clock := time.Duration(m.engine.Now() - midnight(dayOf(m.engine.Now()))); clock < 23*time.Hour {
			return false
		}
		m.staff[0].session, m.staff[0].lastItem = 0, engine.Never
		m.seekWork(&m.staff[0])
		return true
	}, permitted},
	{"a visit has no slot", func(m *model) bool {
		if m.staff[0].task != none {
			return false
		}
		now := m.engine.Now()
		m.staff[0].due = append(m.staff[0].due, slot{now, dayOf(now), 17})
		m.seekWork(&m.staff[0])
		return true
	}, visitsConserved},
	{"a patient is kept waiting by nobody", func(m *model) bool {
		if m.staff[0].task != none || m.staff[0].mode != OffDuty {
			return false
		}
		now := m.engine.Now()
		m.staff[0].due = append(m.staff[0].due, slot{now, dayOf(now), 17})
		return true
	}, neverIdle},
	{"a place is freed twice", func(m *model) bool {
		if len(m.free) == 0 || !m.closed {
			return false
		}
		m.free = append(m.free, m.free[0])
		return true
	}, endsOnce},
	{"a thread has two endings", func(m *model) bool {
		m.tallies.cells[0].ended[Lapsed]++
		return true
	}, endsOnce},
	{"a touch ends before its time", func(m *model) bool {
		s := &m.staff[0]
		if s.task < 0 || s.until < m.engine.Now()+engine.Time(time.Minute) {
			return false
		}
		m.after(time.Second, rankTaskEnd, event{kind: taskEnds, a: 0, b: s.number})
		return true
	}, oneTask},
	{"a touch is set aside for nothing", func(m *model) bool {
		if m.staff[0].task < 0 || m.staff[0].until == m.engine.Now() {
			return false
		}
		m.setAside(0)
		m.seekWork(&m.staff[0])
		return true
	}, inOrder},
	{"an interruption costs a minute that nobody named", func(m *model) bool {
		i := m.staff[0].task
		if i < 0 || m.staff[0].until == m.engine.Now() {
			return false
		}
		m.setAside(0)
		m.items[i].remaining += time.Minute
		return true
	}, oneTask},
	{"what nobody knows to be urgent goes ahead", func(m *model) bool {
		i := m.pools[0].shared.head[0]
		if m.pools[0].shared.waiting == 0 || m.items[i].known {
			return false
		}
		m.items[i].class = 1
		return true
	}, urgencyKnown},
	{"a patient who waits goes home", func(m *model) bool {
		if len(m.staff[0].due) == 0 {
			return false
		}
		m.staff[0].due = nil
		return true
	}, visitsConserved},
	{"a visit held is not counted", func(m *model) bool {
		m.tallies.visits[0].held--
		return true
	}, visitsConserved},
	{"the run goes on", func(m *model) bool {
		m.end += engine.Time(Week)
		m.counted++
		return true
	}, inTime},
}

func TestEveryCorruptionIsNoticed(t *testing.T) {
	seen := map[Invariant]bool{}
	for _, c := range corruptions {
		t.Run(c.name, func(t *testing.T) {
			done := false
			broken := brokenBy(t, busyClinic(), func(m *model) {
				done = done || c.do(m)
			})
			if !done || !slices.Contains(broken, c.broken) {
				t.Errorf("done %t; want: %v; got: %v", done, c.broken, broken)
			}
		})
		seen[c.broken] = true
	}
	for _, i := range Invariants() {
		if !seen[i] {
			t.Errorf("nothing breaks: %v", i)
		}
		if i.Meaning() == "" {
			t.Errorf("invariant %v does not say what it means", i)
		}
	}
	if broken := brokenBy(t, busyClinic(), func(*model) {}); broken != nil {
		t.Errorf("uncorrupted, these are broken: %v", broken)
	}
}

// brokenBy runs a scenario under a checker and returns the invariants that it sees broken. From event 300 on, corrupt
// is called before the checker looks.
func brokenBy(t *testing.T, s *Scenario, corrupt func(*model)) (broken []Invariant) {
	t.Helper()
	m := newModel(s, 3, 0, Options{StaffDays: true})
	c := newChecker(m)
	watch, events := m.watch, 0
	m.watch = func() error {
		if events++; events > 300 {
			corrupt(m)
		}
		return watch()
	}
	_, err := m.runChecked(c)
	var violation *Violation
	switch {
	case err == nil:
	case errors.As(err, &violation):
		for _, f := range violation.Faults {
			broken = append(broken, f.Invariant)
		}
	default:
		t.Fatal(err)
	}
	return broken
}

// popFirst takes the first item out of a queue.
func popFirst(m *model, q *queue) *item {
	it := m.items[m.first(q, classes)]
	m.remove(q, it)
	return it
}
