package sim

import (
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// poolState is a pool during a run.
type poolState struct {
	*Pool
	self    int16   // its place among the pools
	code    uint64  // of its name, in the upper half: part of the place of a draw
	members []int32 // staff who serve it, in the order of the scenario
	serve   members // the same as a set
	shared  queue   // of a pooled pool
	level   level
	entered int           // entries since the start
	touches int           // ended since the start
	handled time.Duration // their handling time
	tally   poolTally
}

// A staff member's time off duty and the three sorts of scheduled time.
type scheduleClass uint8

const (
	patientTime scheduleClass = iota
	otherTime
	offTime
	scheduleClasses
)

// booked holds minutes by activity, then in (0) or outside (1) working hours by the clock, then by schedule.
type booked [activities][2][scheduleClasses]time.Duration

// staffState is a staff member during a run.
type staffState struct {
	*StaffMember
	self     int32    // its place among the staff
	inboxes  []queue  // own inboxes, by pool; empty where the pool is pooled
	serves   []bool   // by pool
	queues   []*queue // of the pools served, in the order of precedence
	covers   bool     // the inboxes of colleagues on leave, in some pool
	mode     BlockKind
	task     int32       // item being touched, visiting, or none
	begun    engine.Time // start of the task
	until    engine.Time // end of it
	number   int32       // of the task: an end with another number is of one that was interrupted
	session  int         // under way, or none
	lastItem engine.Time // no item is begun in the session from then on
	due      []slot      // visits whose patient waits, in order
	coming   []slot      // visits of today still to fall due
	calls    []int32     // put through while on call, in order
	rebooked []slot      // displaced visits that wait for a slot, in order
	visit    slot        // under way
	onLeave  bool
	working  bool        // today has a block
	dayEnds  engine.Time // end of the last block
	free     engine.Time // since when without a task
	activity Activity
	since    engine.Time // up to which time is booked
	today    booked
	items    int32 // touches ended today
	notes    int32 // of them, notes
	threads  int32 // of them, patients' threads that are not calls
	streams  staffStreams
	sessions []uint16 // codes of their names, part of the place of a draw
}

// visiting stands in staffState.task for a visit.
const visiting = -2

// slot is a visit's place in a day.
type slot struct {
	at       engine.Time
	day, key int // key: seconds from midnight
}

// staffStreams are a staff member's substreams, keyed by name: a colleague more or less moves nobody's visits.
type staffStreams struct{ noShow, length, login, sessionStart, sessionLength random.Substream }

func (m *model) newPools() {
	m.pools = make([]poolState, len(m.s.Pools))
	for p := range m.pools {
		m.pools[p].Pool, m.pools[p].self = &m.s.Pools[p], int16(p)
		m.pools[p].shared.sorted = m.s.Pools[p].sorted()
		m.pools[p].code = uint64(TypeCode("pool/"+m.s.Pools[p].Name)) << 32
	}
}

func (m *model) newStaff(seed uint64, replication int) {
	m.staff = make([]staffState, len(m.s.Staff))
	m.ready = newMembers(len(m.s.Staff))
	for p := range m.pools {
		m.pools[p].serve = newMembers(len(m.s.Staff))
	}
	for i := range m.staff {
		member := &m.s.Staff[i]
		use := func(what string) random.Substream {
			return random.New(seed, replication, "staff/"+what+"/"+member.Name)
		}
		m.staff[i] = staffState{
			StaffMember: member, self: int32(i), task: none, session: none, activity: Off,
			inboxes: make([]queue, len(m.pools)), serves: make([]bool, len(m.pools)),
			streams: staffStreams{use("no-show"), use("visit-length"), use("log-in"), use("session-start"), use("session-length")},
		}
		for n := range member.Sessions {
			m.staff[i].sessions = append(m.staff[i].sessions, TypeCode(member.Sessions[n].Name))
		}
		for p := range m.pools {
			m.staff[i].inboxes[p].sorted = m.s.Pools[p].sorted()
		}
		for _, p := range member.Pools {
			m.pools[p].members = append(m.pools[p].members, int32(i))
			m.pools[p].serve.add(int32(i))
			m.staff[i].serves[p] = true
			q := &m.pools[p].shared
			if m.s.Pools[p].Personal {
				q = &m.staff[i].inboxes[p]
				m.staff[i].covers = m.staff[i].covers || m.s.Pools[p].Cover
			}
			m.staff[i].queues = append(m.staff[i].queues, q)
		}
	}
}

// queueOf returns the queue an item waits in: its owner's inbox, or the pool's queue.
func (m *model) queueOf(it *item) *queue {
	p := &m.pools[it.pool]
	if p.Personal {
		return &m.staff[it.owner].inboxes[it.pool]
	}
	return &p.shared
}

// wake gives an item that has just entered a pool to somebody idle who may do it, or in a preemptive pool to somebody
// who does something less urgent, and begins it at once, or what stands before it in its queue; what that one sets aside
// goes to somebody idle in turn.
func (m *model) wake(p *poolState, it *item) {
	if id := m.idle(p, it); id != none {
		m.seekWork(&m.staff[id])
		return
	}
	if !p.Preempt {
		return
	}
	if id := m.leastUrgent(it); id != none {
		aside := m.staff[id].task
		m.setAside(id)
		m.take(&m.staff[id], m.first(m.queueOf(it), classes))
		m.handOn(aside)
	}
}

// mayWork tells whether a staff member without a task may take an item from an inbox.
func (m *model) mayWork(s *staffState) bool {
	switch s.mode {
	case InboxBlock:
		return true
	case VisitsBlock:
		if leave := engine.Time(s.Visits.Leave); leave > 0 && s.nextVisit()-m.engine.Now() < leave {
			return false
		}
		return s.Visits.InboxBetween
	case OffDuty:
		return s.session != none && m.engine.Now() < s.lastItem
	default:
		return false
	}
}

// seekWork gives a staff member without a task the next thing to do: a patient who waits for a visit, then the
// first item of the pools in order of precedence, then the inboxes of those on leave.
func (m *model) seekWork(s *staffState) {
	if len(s.calls) > 0 {
		m.takeCall(s)
		return
	}
	if len(s.due) > 0 {
		m.beginVisit(s)
		return
	}
	if m.mayWork(s) {
		if i := m.nextItem(s); i != none {
			m.take(s, i)
			return
		}
	}
	if s.session != none {
		s.session = none
		m.noteReady(s)
		m.traceStaff(s.self, "logs off")
	}
	m.setActivity(s, s.resting())
}

// nextItem returns the staff member's next item, or none.
func (m *model) nextItem(s *staffState) int32 {
	most := uint8(classes)
	if s.session != none && s.Sessions[s.session].UrgentOnly {
		most = 1
	}
	for _, q := range s.queues {
		if i := m.first(q, most); i != none {
			return i
		}
	}
	if !s.covers {
		return none
	}
	for _, p := range s.Pools {
		if !m.s.Pools[p].Cover || !m.s.Pools[p].Personal {
			continue
		}
		for _, colleague := range m.pools[p].members {
			if c := &m.staff[colleague]; c.onLeave {
				if i := m.first(&c.inboxes[p], most); i != none {
					return i
				}
			}
		}
	}
	return none
}

// resting returns what time without a task is booked to.
func (s *staffState) resting() Activity {
	switch s.mode {
	case OffDuty:
		return Off
	case AdminBlock, AwayBlock:
		return Admin
	default:
		return Idle
	}
}

// setActivity books the time up to now and changes what the time from now on is booked to.
func (m *model) setActivity(s *staffState, a Activity) {
	m.book(s)
	s.activity = a
}

// book books the time since the last booking. Every bound of the clock and of the schedule books first, so that no
// stretch straddles one.
func (m *model) book(s *staffState) {
	now := m.engine.Now()
	if now == s.since {
		return
	}
	outside := 1
	if m.inHours {
		outside = 0
	}
	if m.log != nil {
		m.log.book(s, now, outside == 1)
	}
	s.today[s.activity][outside][s.schedule()] += time.Duration(now - s.since)
	s.since = now
}

func (s *staffState) schedule() scheduleClass {
	switch s.mode {
	case OffDuty:
		return offTime
	case VisitsBlock:
		return patientTime
	default:
		return otherTime
	}
}

// changeWorkingHours moves the clock in or out of working hours.
func (m *model) changeWorkingHours(inHours bool) {
	for i := range m.staff {
		m.book(&m.staff[i])
	}
	m.inHours = inHours
}

// take takes an item from its queue and begins a touch.
func (m *model) take(s *staffState, i int32) {
	it := m.items[i]
	m.remove(m.queueOf(it), it)
	m.startTouch(s, it)
}

// startTouch begins a touch of an item just taken from its queue.
func (m *model) startTouch(s *staffState, it *item) {
	p := &m.pools[it.pool]
	handling := m.beginTouch(p, it)
	if s.Speed != 1 {
		handling = time.Duration(float64(handling) / s.Speed)
	}
	p.touches++
	p.handled += handling
	m.setTask(s, it.self)
	m.setActivity(s, m.activityOf(it))
	m.trace(it, s.self, begins, "")
	m.endsAfter(s, handling)
}

// endsAfter schedules the end of the task that begins now.
func (m *model) endsAfter(s *staffState, d time.Duration) {
	s.number++
	s.begun = m.engine.Now()
	s.until = s.begun + engine.Time(d)
	m.engine.Schedule(s.until, rankTaskEnd, event{kind: taskEnds, a: s.self, b: s.number})
}

// activityOf returns what a touch's minutes are booked to.
func (m *model) activityOf(it *item) Activity {
	switch {
	case !it.thread:
		return m.s.OtherWork[it.kind].Activity
	case it.onCall:
		return Calls
	case m.s.Channels[it.channel].Live && int(it.pool) == m.s.Channels[it.channel].Pool:
		return Calls // passed on, it is a message like others
	default:
		return Messages
	}
}

// endTask ends the visit or touch under way and finds the next thing to do. The staff member counts as busy until
// then, so that what this touch passes on goes to a colleague who is idle.
func (m *model) endTask(id, number int32) {
	s := &m.staff[id]
	if number != s.number {
		return // it was interrupted
	}
	if s.task == visiting {
		m.endVisit(id)
	} else {
		it := m.items[s.task]
		s.countTouch()
		if it.thread {
			m.endTouch(it, id)
		} else {
			m.endOtherWork(it, id)
		}
	}
	s.task, s.free = none, m.engine.Now()
	m.seekWork(s)
	if s.task == none {
		m.noteReady(s)
	}
}

// countTouch counts a touch that ends.
func (s *staffState) countTouch() {
	s.items++
	switch s.activity {
	case Messages:
		s.threads++
	case Notes:
		s.notes++
	}
}
