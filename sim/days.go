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
		if b.Kind == VisitsBlock && !s.Visits.Booked {
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
	if s.Visits.Booked {
		m.giveUpRebooking(id, day)
		if s.working {
			m.planBooked(id, day)
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
	v := &m.staff[id].Visits
	for at := b.From; at+v.Slot <= b.To; at += v.Slot {
		m.planVisit(id, day, at)
	}
}

// planBooked books the visits of a day whose slots fit the blocks, and finds a place for those displaced.
func (m *model) planBooked(id int32, day int) {
	v := &m.staff[id].Visits
	weekday := m.cal.weekday(day)
	for _, at := range v.Fit[weekday] {
		m.planVisit(id, day, at)
	}
	for n, at := range v.Displaced[weekday] {
		m.displace(id, day, n, at)
	}
}

// planVisit books a visit on a slot, unless its patient does not come: then a visit that waits for a slot takes it.
func (m *model) planVisit(id int32, day int, at time.Duration) {
	s := &m.staff[id]
	counted := m.window.holds(midnight(day) + engine.Time(at))
	if counted {
		m.tallies.visits[id].offered++
	}
	x := slot{at: midnight(day) + engine.Time(at), day: day, key: int(at / time.Second)}
	if m.comes(id, x) {
		m.planSlot(id, x)
		return
	}
	if counted {
		m.tallies.visits[id].noShows++
	}
	if len(s.rebooked) > 0 {
		old := s.rebooked[0]
		s.rebooked = s.rebooked[1:]
		if m.window.holds(old.at) {
			m.tallies.visits[id].rebooked++
			m.tallies.visits[id].rebookDelay += time.Duration(x.at - old.at)
		}
		old.at = x.at
		m.planSlot(id, old)
	}
}

// comes draws whether a slot's patient comes.
func (m *model) comes(id int32, x slot) bool {
	s := &m.staff[id]
	return !chance(s.Visits.NoShow, &s.streams.noShow, uint64(m.s.StartDay+x.day), uint64(x.key))
}

// planSlot files the moment at which a visit falls due.
func (m *model) planSlot(id int32, x slot) {
	s := &m.staff[id]
	s.coming = append(s.coming, x)
	m.engine.Schedule(x.at, rankVisitDue, event{kind: visitDue, a: id})
}

// displace finds a place for the n-th visit of a day that has lost its slot; a patient who would not have come needs
// none.
func (m *model) displace(id int32, day, n int, at time.Duration) {
	s := &m.staff[id]
	x := slot{at: midnight(day) + engine.Time(at), day: day, key: int(at / time.Second)}
	counted := m.window.holds(x.at)
	if counted {
		m.tallies.visits[id].displaced++
	}
	if !m.comes(id, x) {
		return
	}
	weekday := m.cal.weekday(day)
	switch v := &s.Visits; v.Displacement {
	case Overbook:
		if fit := v.Fit[weekday]; len(fit) > 0 {
			x.at = midnight(day) + engine.Time(fit[n%len(fit)])
			m.planSlot(id, x)
			return
		}
	case UseAdmin:
		if place, ok := m.adminPlace(s, day, n); ok {
			x.at = midnight(day) + engine.Time(place)
			m.planSlot(id, x)
			return
		}
	case Rebook:
		s.rebooked = append(s.rebooked, x)
		return
	}
	m.loseVisit(id, x)
}

// loseVisit counts a visit that finds no place.
func (m *model) loseVisit(id int32, x slot) {
	if m.window.holds(x.at) {
		m.tallies.visits[id].lost++
	}
}

// adminPlace returns the start of the n-th slot that fits into the admin blocks of a day.
func (m *model) adminPlace(s *staffState, day, n int) (time.Duration, bool) {
	for _, b := range m.blocksOn(s, day) {
		if b.Kind != AdminBlock {
			continue
		}
		fits := int((b.To - b.From) / s.Visits.Slot)
		if n < fits {
			return b.From + time.Duration(n)*s.Visits.Slot, true
		}
		n -= fits
	}
	return 0, false
}

// giveUpRebooking loses the visits that have waited too long for a slot.
func (m *model) giveUpRebooking(id int32, day int) {
	s := &m.staff[id]
	for len(s.rebooked) > 0 && time.Duration(midnight(day)-s.rebooked[0].at) > s.Visits.RebookWithin {
		m.loseVisit(id, s.rebooked[0])
		s.rebooked = s.rebooked[1:]
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
	m.noteReady(s)
	m.traceStaff(id, blockNames[kind])
	if i := s.task; s.Suspend && m.interruptible(s) && s.session == none && !m.mayWork(s) {
		m.setAside(id)
		m.after(0, rankTaskEnd, event{kind: colleagueSought, a: i}) // once the blocks of all have changed
	}
	if s.task == none {
		m.seekWork(s)
	}
}

var blockNames = [...]string{"off duty", "visits block", "inbox block", "admin block", "away"}

// bookVisit lets a visit's patient wait for the clinician.
func (m *model) bookVisit(id int32) {
	s := &m.staff[id]
	next := 0
	for i := range s.coming {
		if s.coming[i].at < s.coming[next].at {
			next = i
		}
	}
	s.due = append(s.due, s.coming[next])
	s.coming = append(s.coming[:next], s.coming[next+1:]...)
	if s.task == none {
		m.seekWork(s)
	}
}

// nextVisit returns when the next visit falls due, or Never.
func (s *staffState) nextVisit() engine.Time {
	next := engine.Never
	for i := range s.coming {
		next = min(next, s.coming[i].at)
	}
	return next
}

func (m *model) beginVisit(s *staffState) {
	s.visit = s.due[0]
	s.due = append(s.due[:0], s.due[1:]...)
	now := m.engine.Now()
	if m.window.holds(s.visit.at) {
		v := &m.tallies.visits[s.self]
		v.held++
		v.delay += time.Duration(now - s.visit.at)
	}
	m.setTask(s, visiting)
	m.setActivity(s, Visit)
	m.traceStaff(s.self, "visit begins")
	length := s.Visits.Length.Quantile(s.streams.length.U(uint64(m.s.StartDay+s.visit.day), uint64(s.visit.key)))
	m.endsAfter(s, length)
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
		if !on || x.PerItem == 0 && x.Probability < 1 && s.streams.login.U(date, code) >= x.Probability {
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
	if x.PerItem > 0 {
		p := x.Probability + x.PerItem*float64(m.waitingFor(s))
		if s.streams.login.U(uint64(m.s.StartDay+day), uint64(s.sessions[n])) >= p {
			return
		}
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
	m.noteReady(s)
	m.traceStaff(id, "session "+x.Name)
	if s.task == none {
		m.seekWork(s)
	}
}

// waitingFor returns how many items wait that a staff member may do: in their own inboxes, and in the pooled pools.
func (m *model) waitingFor(s *staffState) int {
	n := 0
	for _, p := range s.Pools {
		n += s.inboxes[p].waiting + m.pools[p].shared.waiting
	}
	return n
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
