package sim

import (
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/stats"
)

// threadCell tallies the counted threads of one type and channel.
type threadCell struct {
	response, responseOpen, answer, resolution, clinic, look, recognised sample

	// Waits of threads whose first response was their answer and their end, kept once for the first five samples (or
	// for all of them but responseOpen, where the clinic was closed for a while): most threads are such, and keeping
	// and ranking a wait five times was a fifth of the time of a long queue.
	atOnce, atOnceClosed stats.Observations

	threads, extra, inTarget, urgent, outOfHours                             int
	unopened, unanswered, unseen                                             limited // beyond the limits of measures
	messages, touches, rounds, handOffs, unneeded, released, nudges, hangUps int
	ended                                                                    [endings]int
	triage                                                                   triaged
}

// triaged counts threads with a touch that looked for urgency, by what it found.
type triaged struct{ right, falseAlarm, missed int }

func (t *triaged) plus(o triaged) {
	t.right += o.right
	t.falseAlarm += o.falseAlarm
	t.missed += o.missed
}

// count counts a thread that ends.
func (t *triaged) count(it *item) {
	switch {
	case it.known && it.urgent:
		t.right++
	case it.known:
		t.falseAlarm++
	case it.triaged && it.urgent:
		t.missed++
	}
}

// unexpressed counts needs that did not become contacts.
type unexpressed struct {
	dropped int // by modifiers: under usual care they are contacts
	needed  int // of them, those that would not settle by themselves
	urgent  int // of dropped, those whose content is truly urgent
	latent  int // held back as under usual care
}

func (u *unexpressed) plus(o unexpressed) {
	u.dropped += o.dropped
	u.needed += o.needed
	u.urgent += o.urgent
	u.latent += o.latent
}

// visitCounts tallies one staff member's visits.
type visitCounts struct {
	offered, noShows, held, displaced, lost, rebooked int
	rebookDelay                                       time.Duration
	delay                                             time.Duration
}

// staffTally adds up one staff member's measured period.
type staffTally struct {
	total                          booked
	weekend                        time.Duration
	week                           time.Duration // after hours, this week
	weekItems                      int
	days, afterDays, longDays      int
	weeks, heavyWeeks, manyWeeks   int
	items, threads, touches, given int // touches and answers of counted threads
	interruptions                  int
}

// poolTally adds up one pool's days.
type poolTally struct {
	queue   sample
	entries int
	backlog int
	closes  []int32 // waiting at the end of each day
	oldest  time.Duration
}

// tallies is everything counted during the measured period.
type tallies struct {
	codes                 []uint16      // of the names of types, part of contacts' numbers
	phone                 int           // the channel named phone, or none
	unexpressed           []unexpressed // by type
	cells                 []threadCell  // by type, then channel
	staff                 []staffTally
	visits                []visitCounts
	days                  int
	cohort                cohort
	serviceCalls, reached int
	reachCost             float64

	contacts  []ContactRecord
	staffDays [][]StaffDayRow // by staff member
	row       ThreadRow
}

// ContactRecord is what pairing needs to know of a counted thread. Records are in the order in which needs arose.
type ContactRecord struct {
	Contact  int64
	Sent     engine.Time
	Response engine.Time // the first response; the end of the run if Censored
	Type     int16
	Channel  int8 // 0 is the portal
	Censored bool
	Settled  bool        // self-served, or joined another thread: no wait of its own
	Urgent   bool        // truly
	Look     engine.Time // the first clinical touch; the end of the thread if there was none
	Looked   bool        // there was one
	Open     bool        // the thread was still open when the run ended
}

// Wait returns the time to first response.
func (c *ContactRecord) Wait() time.Duration { return time.Duration(c.Response - c.Sent) }

// LookWait returns the time to the first clinical look, as long as observed where there was none.
func (c *ContactRecord) LookWait() time.Duration { return time.Duration(c.Look - c.Sent) }

func (m *model) newTallies() {
	t := &m.tallies
	t.phone = none
	for c := range m.s.Channels {
		if m.s.Channels[c].Name == "phone" {
			t.phone = c
		}
	}
	for k := range m.s.Types {
		t.codes = append(t.codes, TypeCode(m.s.Types[k].Name))
	}
	t.unexpressed = make([]unexpressed, len(m.s.Types))
	t.cells = make([]threadCell, len(m.s.Types)*len(m.s.Channels))
	for i := range t.cells {
		t.cells[i].share()
	}
	t.staff = make([]staffTally, len(m.s.Staff))
	t.visits = make([]visitCounts, len(m.s.Staff))
	t.staffDays = make([][]StaffDayRow, len(m.s.Staff))
}

// share lets samples share what is kept of threads that are answered at once.
func (c *threadCell) share() {
	both := []*stats.Observations{&c.atOnce, &c.atOnceClosed}
	c.response.shared, c.answer.shared, c.resolution.shared, c.clinic.shared = both, both, both, both
	c.responseOpen.shared = both[:1]
}

func (m *model) cell(kind int16, channel uint8) *threadCell {
	return &m.tallies.cells[int(kind)*len(m.s.Channels)+int(channel)]
}

// beginMeasuring starts the measured period. What is in progress stays in progress; levels cut their own areas.
func (m *model) beginMeasuring() {
	for i := range m.staff {
		m.book(&m.staff[i])
		m.staff[i].today = booked{}
	}
}

// countSent counts a thread as it is sent.
func (m *model) countSent(it *item) {
	m.counted++
	c := m.cell(it.kind, it.channel)
	c.threads++
	if layer := layerOf(it.contact); layer > 0 && layer < backlogLayer {
		c.extra++
	}
	if it.urgent {
		c.urgent++
	}
	switch it.need {
	case Unneeded:
		c.unneeded++
	case LatentNeed:
		c.released++
	}
	if !m.cal.isOpen(it.sent) {
		c.outOfHours++
	}
	who := &m.panel.patients[it.patient]
	who.threads[0]++
	if it.channel == 0 {
		who.threads[1]++
	}
	m.countWritten(who, it)
	m.courseSent(it)
	if m.options.Contacts {
		it.record = int32(len(m.tallies.contacts))
		m.tallies.contacts = append(m.tallies.contacts, ContactRecord{
			Contact: it.contact, Sent: it.sent, Response: unknown, Type: it.kind, Channel: int8(it.channel), Censored: true,
			Urgent: it.urgent,
		})
	}
}

// countUnexpressed counts a need that does not become a contact.
func (m *model) countUnexpressed(t *MessageType, k contactKind, contact int64, heldBack bool) {
	u := &m.tallies.unexpressed[k.kind]
	if heldBack && k.need == LatentNeed {
		u.latent++
		return
	}
	u.dropped++
	if k.need == Needed {
		u.needed++
	}
	if chance(t.TrulyUrgent, &m.draws.urgent, uint64(contact), 0) {
		u.urgent++
	}
}

// countWritten counts a message of the patient.
func (m *model) countWritten(who *patient, it *item) {
	if !it.counted || it.sent >= m.window.from+engine.Time(26*Week) {
		return
	}
	who.half[0]++
	if it.channel == 0 {
		who.half[1]++
	}
}

// countQueueTime books the queue time of a touch that begins, of items that arose in the measured period.
func (m *model) countQueueTime(p *poolState, it *item) {
	if it.counted {
		p.tally.queue.add(time.Duration(m.engine.Now() - it.entered))
	}
}

// closeOfDay books the backlog at the end of a day.
func (m *model) closeOfDay() {
	now := m.engine.Now()
	m.tallies.days++
	for p := range m.pools {
		t := &m.pools[p].tally
		t.backlog += m.pools[p].level.now
		t.closes = append(t.closes, int32(m.pools[p].level.now))
		if oldest := m.oldest(p); oldest != unknown {
			t.oldest += time.Duration(now - oldest)
		}
	}
}

// oldest returns when the item that has waited longest in a pool entered it, or unknown. In a large clinic, asking every item of
// a night's backlog was a twelfth of the time.
func (m *model) oldest(pool int) engine.Time {
	oldest := unknown
	look := func(i int32) {
		if at := m.items[i].entered; oldest == unknown || at < oldest {
			oldest = at
		}
	}
	m.eachOldest(&m.pools[pool].shared, look)
	for _, s := range m.pools[pool].members {
		m.eachOldest(&m.staff[s].inboxes[pool], look)
	}
	return oldest
}

// bookDay adds a staff member's day to the tallies.
func (m *model) bookDay(id int32, day int) {
	s, t := &m.staff[id], &m.tallies.staff[id]
	after := time.Duration(0)
	for a := range activities {
		for clock := range 2 {
			for class := range scheduleClasses {
				d := s.today[a][clock][class]
				t.total[a][clock][class] += d
				if clock == 1 && a != Idle && a != Off {
					after += d
				}
			}
		}
	}
	if m.cal.weekday(day) >= 5 {
		t.weekend += after
	}
	if len(m.blocksOn(s, day)) > 0 {
		t.days++
		if after > 0 {
			t.afterDays++
		}
		if after > m.s.Limits.LongEvening {
			t.longDays++
		}
	}
	if week := m.weekOf(midnight(day)); week != nil && s.Clinician {
		week.after += after
	}
	t.items += int(s.items - s.notes)
	t.threads += int(s.threads)
	t.week += after
	t.weekItems += int(s.items - s.notes)
	if into := midnight(day+1) - m.window.from; into%engine.Time(Week) == 0 {
		t.endWeek(s, &m.s.Limits)
	}
	if m.options.StaffDays {
		m.tallies.staffDays[id] = append(m.tallies.staffDays[id], m.staffDay(id, day))
	}
}

// endWeek compares a week with the limits, per full-time equivalent.
func (t *staffTally) endWeek(s *staffState, limits *Limits) {
	t.weeks++
	if float64(t.week) > s.FTE*float64(limits.AfterHoursPerFTEWeek) {
		t.heavyWeeks++
	}
	if float64(t.weekItems) > s.FTE*limits.MessagesPerFTEWeek {
		t.manyWeeks++
	}
	t.week, t.weekItems = 0, 0
}
