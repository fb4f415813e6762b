package sim

import (
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// unknown stands for an instant that has not come.
const unknown = engine.Time(-1)

// item is what waits in pools and is touched: a patient's thread, or a piece of other inbox work.
type item struct {
	contact int64 // of a thread; of other work, a serial number for traces
	sent    engine.Time
	entered engine.Time // the pool it waits in

	firstTouch, look, response, answer engine.Time // instants, or unknown

	handling     time.Duration // of its next touch in the pool it waits in, at speed 1
	patientDelay time.Duration

	self       int32 // its place among the items
	next, prev int32 // in its queue
	patient    int32
	record     int32 // in the contacts kept for pairing, or none
	serial     int32 // of the item, for timers
	kind       int16 // message type, or stream of other work
	pool       int16
	owner      int16 // staff member whose inbox it belongs in, or none
	first      int16 // pool that received it
	round      int16

	touches, messages, handOffs int16

	returnTo int16 // pool that asked for advice, or none

	channel uint8
	segment uint8 // of the patient, so that an answer need not fetch the patient again
	class   uint8
	queued  uint8 // class of the queue it is linked in
	asked   bool  // for a colleague's advice, in this round
	thread  bool
	counted bool // sent in the measured period
	waiting bool
	urgent  bool // truly
	known   bool // taken for urgent since a touch
	triaged bool // a touch looked for urgency
	away    bool // the clinic waits for the patient
	need    NeedKind

	incomplete, misdirected bool // traits
	askOpen, strayOpen      bool // still to be asked about; still in a wrong pool

	overdue bool // patience ran out during a touch
	onCall  bool // put through to whoever is on call
	instead bool // a call in place of an abandoned thread: not a contact of its own

	// What most touches do not ask for: behind the rest, since in a large clinic an item is fetched from memory.

	nudges       uint16        // times that patience ran out
	hangUps      uint16        // times that the caller hung up
	recognised   engine.Time   // as urgent, by a touch; 0 where it was not
	patientSince engine.Time   // when the clinic's last message went out
	base         time.Duration // handling time before speed, of other work
	origin       uint64        // of other work that follows a visit: the visit and the place among its items
	key          int64         // by which a sorted queue goes
	turn         int64         // of entering it; below 0 for one that was set aside
	remaining    time.Duration // of a touch set aside, at speed 1
	joined       time.Duration // added to the next touch by messages that joined
	batching     float64       // odds ratio on joining an open thread
}

// noItem is what a new item begins as.
var noItem = item{
	firstTouch: unknown, look: unknown, response: unknown, answer: unknown, record: none, returnTo: none, owner: none,
}

// entered counts an item's entries into a pool: all, and since the last message from the patient.
type entered struct{ ever, thisRound uint16 }

// entered returns an item's entries into the pool it is in.
func (m *model) enteredOf(it *item) *entered {
	return &m.entered[int(it.self)*len(m.pools)+int(it.pool)]
}

// allocate returns an item that is not in use. Items stay where they are, so that what handles one need not look it up.
func (m *model) allocate() *item {
	if n := len(m.free); n > 0 {
		it := m.items[m.free[n-1]]
		m.free = m.free[:n-1]
		return it
	}
	first, block := len(m.items), make([]item, itemsAtOnce)
	for n := range block {
		it := &block[n]
		it.self = int32(first + n)
		m.items = append(m.items, it)
		m.free = append(m.free, int32(first+itemsAtOnce-1-n))
	}
	m.entered = append(m.entered, make([]entered, itemsAtOnce*len(m.pools))...)
	m.checkBytes()
	return m.allocate()
}

// itemsAtOnce is how many items are made at a time.
const itemsAtOnce = 64

// become makes an item that is not in use another.
func (it *item) become(other *item) {
	self := it.self
	*it = *other
	it.self = self
}

// open turns a contact into a thread and sends it on its way to the clinic.
func (m *model) open(t *MessageType, k contactKind, contact int64, patient int32, effects *Effects, counted bool) {
	now := m.engine.Now()
	place := uint64(contact)
	it := m.allocate()
	c := &m.s.Channels[k.channel]
	it.become(&noItem) // then field by field: what is written as a whole is made elsewhere first, and copied
	it.contact, it.sent, it.patient, it.segment, it.owner = contact, now, patient, k.segment, m.panel.patients[patient].clinician
	it.kind, it.channel, it.need, it.thread, it.counted = k.kind, uint8(k.channel), k.need, true, counted
	it.class, it.pool = t.Priority, int16(t.Pool)
	it.messages, it.serial, it.batching = 1, m.nextSerial(), effects.Batching
	it.urgent = chance(t.TrulyUrgent, &m.draws.urgent, place, 0)
	if k.channel != 0 {
		it.pool, it.class = int16(c.Pool), c.Priority
	}
	if !c.Live {
		it.incomplete = chance(withOdds(t.Incomplete, effects.Incomplete), &m.draws.incomplete, place, 0)
	}
	if k.channel == 0 && chance(withOdds(t.Misdirected, effects.Misdirected), &m.draws.misdirected, place, 0) {
		it.misdirected = true
		it.pool = int16(pick(t.MisdirectedTo, m.draws.misdirectedTo.U(place, 0)))
	}
	it.askOpen, it.strayOpen, it.first = it.incomplete, it.misdirected, it.pool
	m.setOut(it)
	if counted {
		m.countSent(it)
	}
	m.inProgress++
	m.checkLoad()
	m.trace(it, none, isSent, c.Name)
	switch {
	case k.channel == 0 && chance(withOdds(t.SelfService, effects.SelfService), &m.draws.selfService, place, 0):
		m.close(it, SelfServed)
	case m.joinsOpenThread(it, t):
		m.close(it, Merged)
	default:
		if m.batching {
			m.panel.patients[patient].open = it.self
		}
		serial := it.serial
		m.deliver(it)
		if !c.Live && it.serial == serial { // else the service has answered it
			m.losePatience(it)
		}
	}
}

// chance draws whether something of probability p happens, and draws nothing where it cannot. Most of what can happen to
// a thread is off in most clinics, so that much is inlined.
func chance(p float64, s *random.Substream, x, y uint64) bool {
	return p > 0 && below(p, s, x, y)
}

func below(p float64, s *random.Substream, x, y uint64) bool { return s.U(x, y) < p }

// deliver brings what the patient writes or says now to the thread's pool, when its channel allows.
func (m *model) deliver(it *item) {
	now := m.engine.Now()
	at, ok := m.arrivalBy(int8(it.channel), now, it.contact, it.round)
	switch {
	case ok && at == now:
		m.enter(it)
	case m.callsOutOfHours(it): // and is put through
	case !ok || at >= m.end: // the thread stays open until the run ends: censored
		m.trace(it, none, getsNoLine, "")
	default:
		if m.observed {
			m.trace(it, none, callsLater, m.clock(at))
		}
		m.engine.Schedule(at, rankArrival, event{kind: itemEnters, a: it.self})
	}
}

// enter puts an item in its pool and wakes somebody for it.
func (m *model) enter(it *item) {
	overdue := it.overdue && it.response == unknown
	it.overdue = it.overdue && !overdue
	now := m.engine.Now()
	times := m.enteredOf(it)
	times.ever++
	times.thisRound++
	p := &m.pools[it.pool]
	it.entered, it.waiting = now, true
	p.entered++
	if m.window.holds(now) {
		p.tally.entries++
		m.courseEntry(it.pool)
	}
	m.changeLevel(p, 1)
	it.handling = m.handlingTime(p, it)
	m.move(it, m.poolNode(it.pool))
	m.enqueue(p, it, false)
	m.holdTheLine(it)
	m.trace(it, none, entersPool, p.Name)
	serial := it.serial
	m.wake(p, it)
	if overdue {
		m.endPatience(it, serial)
	}
}

// enqueue puts an item in its queue by the pool's discipline, in front of its equals where it was set aside: then it keeps
// the age it had when it was first in a queue by age.
func (m *model) enqueue(p *poolState, it *item, front bool) {
	class := it.class
	switch {
	case p.DueDate:
		it.key = int64(m.due(it))
	case p.Ageing > 0 && !front:
		it.key = int64(it.entered) + int64(class)*int64(p.Ageing)
	case !p.Priority && !p.sorted():
		class = 0
	}
	m.push(m.queueOf(it), class, it, front || p.LastIn)
}

// due returns when an item is due: its target of clinic-open time after it was sent.
func (m *model) due(it *item) engine.Time {
	if it.thread {
		return m.cal.openAfter(m.sentAt(it), m.s.Types[it.kind].Target)
	}
	return m.cal.openAfter(it.sent, m.s.OtherWork[it.kind].Target)
}

// respond notes the first human answer that the patient gets.
func (m *model) respond(it *item) {
	if it.response == unknown {
		it.response = m.engine.Now()
	}
}

// passTo hands a thread over to another pool. Once taken for urgent it goes ahead of the rest.
func (m *model) passTo(it *item, pool int) {
	it.handOffs++
	it.pool = int16(pool)
	it.class = m.s.Types[it.kind].Priority
	if it.known {
		it.class = 1
	}
	m.enter(it)
}

// answer sends the patient an answer, which ends the thread unless the patient writes again.
func (m *model) answer(it *item, staff int32) {
	t := &m.s.Types[it.kind]
	m.trace(it, staff, answers, "")
	if it.counted {
		m.tallies.staff[staff].given++
	}
	m.respond(it)
	if it.answer == unknown {
		it.answer = m.engine.Now()
	}
	m.strengthen(it.patient, m.engine.Now())
	odds := m.modify(contactKind{it.kind, int8(it.channel), it.segment, it.need}).FollowUp
	if chance(withOdds(t.FollowUp, odds), &m.draws.followUp, uint64(it.contact), uint64(it.round)) {
		m.toPatient(it, true, m.draws.followDelay)
		return
	}
	it.round++
	it.messages++
	m.close(it, Answered)
}

// toPatient sends a message to a patient who will write back, or will not.
func (m *model) toPatient(it *item, writes bool, delay random.Substream) {
	t := &m.s.Types[it.kind]
	it.patientSince, it.away = m.engine.Now(), true
	m.move(it, m.patientNode())
	it.messages++
	wait := t.ReplyDelay.Quantile(delay.U(uint64(it.contact), uint64(it.round)))
	it.round++
	if writes && (wait < t.LapseAfter || it.answer != unknown) { // only what the clinic waits for can lapse
		m.after(wait, rankArrival, event{kind: patientWrites, a: it.self})
	} else {
		m.after(t.LapseAfter, rankArrival, event{kind: threadLapses, a: it.self})
	}
}

// patientWrites brings the patient's reply or follow-up back to the pool that wrote last, by the thread's channel.
func (m *model) patientWrites(it *item) {
	it.messages++
	m.countWritten(&m.panel.patients[it.patient], it)
	m.endPatientDelay(it)
	it.asked = false
	for pool := range m.pools {
		m.entered[int(it.self)*len(m.pools)+pool].thisRound = 0
	}
	c := &m.s.Channels[it.channel]
	if c.Live {
		it.pool, it.class = int16(c.Pool), c.Priority
	}
	if it.known {
		it.class = 1
	}
	m.trace(it, none, writesAgain, "")
	m.deliver(it)
}

// endPatientDelay adds the time for which the clinic has waited for the patient, if it does.
func (m *model) endPatientDelay(it *item) {
	if it.away {
		it.patientDelay += time.Duration(m.engine.Now() - it.patientSince)
		it.away = false
	}
}
