package sim

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// TestInvariants runs random clinics under observation. What is checked after every event and at the end: needs are
// threads or dropped and threads end once; each minute of each member is booked once, where it belongs; nobody serves
// two at once, opens the inbox when they may not, or idles beside work they may do; nobody overtakes; Little's law.
func TestInvariants(t *testing.T) {
	check(t, 2000, func(rt *rapid.T) {
		s := drawClinic(rt)
		seed := rapid.Uint64Range(0, 1000).Draw(rt, "seed")
		_, o := observe(s, seed, 0, Options{StaffDays: true, Contacts: true}, nil)
		if len(o.faults) > 0 {
			rt.Fatalf("%s", strings.Join(o.faults, "\n"))
		}
	})
}

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
// be noticed: it shows that the checks of TestInvariants can fail.
var corruptions = []struct {
	name string
	do   func(m *model) bool
	says string
}{
	{"an item is lost from its queue", func(m *model) bool {
		q := &m.pools[0].shared
		if q.waiting == 0 {
			return false
		}
		popFirst(m, q)
		return true
	}, "waiting"},
	{"the last comes first", func(m *model) bool {
		q := &m.pools[0].shared
		if q.waiting < 2 {
			return false
		}
		first := popFirst(m, q)
		if m.items[q.head[0]].entered == m.items[first].entered {
			m.push(q, 0, first, false)
			return false
		}
		m.push(q, 0, first, false)
		return true
	}, "begins an item"},
	{"a minute is booked twice", func(m *model) bool {
		m.staff[0].today[Idle][0][otherTime] += time.Minute
		return m.window.holds(m.engine.Now())
	}, "booked"},
	{"a minute is booked to something else", func(m *model) bool {
		total := &m.tallies.staff[1].total
		total[Messages][1][offTime] += time.Minute
		total[Off][1][offTime] -= time.Minute
		return true
	}, "in messages"},
	{"the area of a backlog is off by a nanosecond", func(m *model) bool {
		m.pools[0].level.area.add(1, 1)
		return true
	}, "area"},
	{"a thread is counted twice", func(m *model) bool {
		m.tallies.cells[0].threads++
		return true
	}, "threads"},
	{"a dropped need is not counted", func(m *model) bool {
		m.tallies.unexpressed[0].dropped--
		return true
	}, "contacts"},
	{"two have one item", func(m *model) bool {
		if m.staff[0].task < 0 || m.staff[1].task != none {
			return false
		}
		m.staff[1].task = m.staff[0].task
		return true
	}, "both have"},
	{"somebody drops what they are doing", func(m *model) bool {
		if m.staff[0].task != visiting || m.pools[0].shared.waiting == 0 {
			return false
		}
		m.staff[0].task = popFirst(m, &m.pools[0].shared)
		return true
	}, "which still waits"},
	{"somebody rests beside work", func(m *model) bool {
		if m.staff[0].mode != InboxBlock {
			return false
		}
		m.staff[0].mode = AdminBlock
		return m.pools[0].shared.waiting > 0
	}, "is idle"},
	{"somebody opens the inbox in an admin block", func(m *model) bool {
		if m.staff[0].mode != AdminBlock || m.staff[0].task != none || m.pools[0].shared.waiting == 0 {
			return false
		}
		m.staff[0].mode = InboxBlock
		m.seekWork(0)
		return true
	}, "opens the inbox in a block"},
	{"somebody opens the inbox at night", func(m *model) bool {
		if m.staff[0].mode != OffDuty || m.staff[0].task != none || m.pools[0].shared.waiting == 0 || dayOf(m.engine.Now()) > 6 {
			return false
		}
		if clock := time.Duration(m.engine.Now() - midnight(dayOf(m.engine.Now()))); clock < 23*time.Hour {
			return false
		}
		m.staff[0].session, m.staff[0].lastItem = 0, engine.Never
		m.seekWork(0)
		return true
	}, "outside every session"},
	{"a visit has no slot", func(m *model) bool {
		if m.staff[0].task != none {
			return false
		}
		now := m.engine.Now()
		m.staff[0].due = append(m.staff[0].due, slot{now, dayOf(now), 17})
		m.seekWork(0)
		return true
	}, "no slot"},
	{"a patient is kept waiting by nobody", func(m *model) bool {
		if m.staff[0].task != none || m.staff[0].mode != OffDuty {
			return false
		}
		now := m.engine.Now()
		m.staff[0].due = append(m.staff[0].due, slot{now, dayOf(now), 17})
		return true
	}, "is free while a patient waits"},
	{"a place is freed twice", func(m *model) bool {
		if len(m.free) == 0 || !m.closed {
			return false
		}
		m.free = append(m.free, m.free[0])
		return true
	}, "free twice"},
}

func TestEveryCorruptionIsNoticed(t *testing.T) {
	s := busyClinic()
	if _, o := observe(s, 3, 0, Options{StaffDays: true}, nil); len(o.faults) > 0 {
		t.Fatalf("uncorrupted: %s", strings.Join(o.faults, "\n"))
	}
	for _, c := range corruptions {
		t.Run(c.name, func(t *testing.T) {
			events, done := 0, false
			_, o := observe(s, 3, 0, Options{StaffDays: true}, func(m *model) {
				if events++; events > 300 && !done {
					done = c.do(m)
				}
			})
			if text := strings.Join(o.faults, "\n"); !done || !strings.Contains(text, c.says) {
				t.Errorf("done %t; want a fault that says %q, got %q", done, c.says, text)
			}
		})
	}
}

// popFirst takes the first item out of a queue.
func popFirst(m *model, q *queue) int32 {
	i := m.first(q, classes)
	m.remove(q, i)
	return i
}
