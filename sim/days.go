package sim

import (
	"time"

	"portalsim/sim/engine"
)

// planStaffDay files a staff member's blocks, visits and sessions of a day.
func (m *model) planStaffDay(id int32, day int) {
	s := &m.staff[id]
	s.onLeave = s.leaveOn(m.s.StartDay + day)
	blocks := m.blocksOn(s, day)
	s.working = len(blocks) > 0
	if s.working {
		s.dayEnds = midnight(day) + engine.Time(blocks[len(blocks)-1].To)
	}
	for i, b := range blocks {
		m.after(b.From, rankBlock, event{kind: blockChange, a: id, b: int32(b.Kind)})
		if b.Kind == VisitsBlock {
			m.planVisits(id, day, b)
		}
		followed := i+1 < len(blocks) && blocks[i+1].From == b.To
		if b.To == Day {
			next := m.blocksOn(s, day+1)
			followed = len(next) > 0 && next[0].From == 0
		}
		if !followed {
			m.after(b.To, rankBlock, event{kind: blockChange, a: id, b: int32(OffDuty)})
		}
	}
	m.planSessions(id, day)
}

// blocksOn returns a staff member's blocks of a day: none on holidays and on leave.
func (m *model) blocksOn(s *staffState, day int) []Block {
	if m.cal.holiday(day) || s.leaveOn(m.s.StartDay+day) {
		return nil
	}
	return s.Week[m.cal.weekday(day)]
}

func (s *StaffMember) leaveOn(date int) bool {
	for _, r := range s.Leave {
		if date >= r.First && date <= r.Last {
			return true
		}
	}
	return false
}

// planVisits books a visit on each slot of a block, less those whose patient does not come.
func (m *model) planVisits(id int32, day int, b Block) {
	s := &m.staff[id]
	for at := b.From; at+s.Visits.Slot <= b.To; at += s.Visits.Slot {
		key := int32(at / time.Second)
		counted := m.window.holds(midnight(day) + engine.Time(at))
		if counted {
			m.tallies.visits[id].offered++
		}
		if chance(s.Visits.NoShow, s.streams.noShow, uint64(m.s.StartDay+day), uint64(key)) {
			if counted {
				m.tallies.visits[id].noShows++
			}
			continue
		}
		m.after(at, rankVisitDue, event{kind: visitDue, a: id, b: key})
	}
}

// changeBlock begins a block, or time off duty. A task under way is finished first.
func (m *model) changeBlock(id int32, kind BlockKind) {
	s := &m.staff[id]
	m.book(s)
	s.mode = kind
	if kind != OffDuty {
		s.session = none
	}
	m.traceStaff(id, blockNames[kind])
	if s.task == none {
		m.seekWork(id)
	}
}

var blockNames = [...]string{"off duty", "visits block", "inbox block", "admin block", "away"}

// bookVisit lets a visit's patient wait for the clinician.
func (m *model) bookVisit(id, key int32) {
	s := &m.staff[id]
	now := m.engine.Now()
	s.due = append(s.due, slot{now, dayOf(now), int(key)})
	if s.task == none {
		m.seekWork(id)
	}
}

func (m *model) beginVisit(id int32) {
	s := &m.staff[id]
	s.visit = s.due[0]
	s.due = append(s.due[:0], s.due[1:]...)
	now := m.engine.Now()
	if m.window.holds(s.visit.at) {
		v := &m.tallies.visits[id]
		v.held++
		v.delay += time.Duration(now - s.visit.at)
	}
	s.task = visiting
	m.setActivity(s, Visit)
	m.traceStaff(id, "visit begins")
	length := s.Visits.Length.Quantile(s.streams.length.U(uint64(m.s.StartDay+s.visit.day), uint64(s.visit.key)))
	m.after(length, rankTaskEnd, event{kind: taskEnds, a: id})
}

// endVisit ends a visit; notes are owed for it and results follow it.
func (m *model) endVisit(id int32) {
	s := &m.staff[id]
	m.traceStaff(id, "visit ends")
	for w := range m.s.OtherWork {
		m.followVisit(w, id, s.visit)
	}
}

// planSessions draws the day's sessions outside the schedule: a log-in by one uniform for each staff member and date.
func (m *model) planSessions(id int32, day int) {
	s := &m.staff[id]
	date := uint64(m.s.StartDay + day)
	for n := range s.Sessions {
		code := uint64(s.sessions[n])
		x := &s.Sessions[n]
		on := s.working
		if !x.Scheduled {
			on = x.Days[m.cal.weekday(day)] && !s.onLeave
		}
		if !on || x.Probability < 1 && s.streams.login.U(date, code) >= x.Probability {
			continue
		}
		at := time.Duration(s.dayEnds - m.engine.Now())
		if !x.AtDayEnd {
			at = x.Start.From + time.Duration(s.streams.sessionStart.U(date, code)*float64(x.Start.To-x.Start.From))
		}
		m.after(at, rankSession, event{kind: sessionBegins, a: id, b: int32(n)})
	}
}

// beginSession begins a session, unless the staff member is on duty or in another.
func (m *model) beginSession(id int32, n int) {
	s := &m.staff[id]
	if s.mode != OffDuty || s.session != none {
		return
	}
	x := &s.Sessions[n]
	now := m.engine.Now()
	day := dayOf(now)
	if x.AtDayEnd && now == midnight(day) {
		day-- // of a block that lasts until midnight
	}
	s.lastItem = engine.Never
	if x.Until > 0 {
		s.lastItem = midnight(day) + engine.Time(x.Until)
	}
	if x.HasLength {
		u := s.streams.sessionLength.U(uint64(m.s.StartDay+day), uint64(s.sessions[n]))
		s.lastItem = min(s.lastItem, now+engine.Time(x.Length.Quantile(u)))
	}
	s.session = n
	m.traceStaff(id, "session "+x.Name)
	if s.task == none {
		m.seekWork(id)
	}
}

// endDay books the day that ended to its row and its week.
func (m *model) endDay(day int) {
	at := midnight(day)
	for i := range m.staff {
		m.book(&m.staff[i])
		if day >= 0 && m.window.holds(at) {
			m.bookDay(int32(i), day)
		}
		s := &m.staff[i]
		s.today, s.items, s.notes, s.threads = booked{}, 0, 0, 0
	}
	if day >= 0 && m.window.holds(at) {
		m.closeOfDay()
		m.closed = midnight(day+1) == m.window.to
	}
}
