package sim

// act is what a patient does whose patience has run out before a first response.
type act uint8

const (
	waits act = iota
	nudges
	phones
	goesToUrgentCare
)

// losePatience schedules the moment at which a thread's patient loses patience, counted from now.
func (m *model) losePatience(it *item) {
	t := &m.s.Types[it.kind]
	if !t.Impatient {
		return
	}
	at := t.Patience.Quantile(m.draws.patience.U(uint64(it.contact), uint64(it.nudges)))
	m.after(at, rankArrival, event{kind: patienceEnds, a: it.self, b: it.serial})
}

// endPatience lets an impatient patient act, if the thread is still the same and without a response. While a touch of it
// is under way the patient waits for what comes of it.
func (m *model) endPatience(it *item, serial int32) {
	if it.serial != serial || it.response != unknown || it.away {
		return
	}
	if !it.waiting {
		it.overdue = true
		return
	}
	m.act(it)
}

// act draws what the patient does.
func (m *model) act(it *item) {
	it.overdue = false
	t := &m.s.Types[it.kind]
	m.strengthen(it.patient, m.engine.Now())
	odds := m.modify(contactKind{it.kind, int8(it.channel), it.segment, it.need}).Duplicates
	u := m.draws.act.U(uint64(it.contact), uint64(it.nudges))
	it.nudges++
	for _, x := range []struct {
		share float64
		what  act
	}{{t.Phone, phones}, {t.UrgentCare, goesToUrgentCare}, {(1 - t.Phone - t.UrgentCare) * withOdds(t.nudgeOfRest(), odds), nudges}} {
		if u < x.share {
			m.do(it, x.what)
			return
		}
		u -= x.share
	}
	m.losePatience(it)
}

// nudgeOfRest returns the probability of a nudge of those who neither phone nor go to urgent care: what an effect on
// duplicates acts on.
func (t *MessageType) nudgeOfRest() float64 {
	if rest := 1 - t.Phone - t.UrgentCare; rest > 0 {
		return min(1, t.Nudge/rest)
	}
	return 0
}

// do lets the patient nudge, phone, or go to urgent care.
func (m *model) do(it *item, what act) {
	cell := m.cell(it.kind, it.channel)
	switch what {
	case nudges:
		m.trace(it, none, isNudged, "")
		if it.counted {
			cell.nudges++
		}
		m.join(it)
		m.losePatience(it)
	case phones:
		m.takeOut(it)
		m.callInstead(it)
		m.close(it, AbandonedToCall)
	case goesToUrgentCare:
		m.takeOut(it)
		m.close(it, AbandonedToUrgentCare)
	}
}

// join adds a message to a thread that waits: its next touch takes longer.
func (m *model) join(it *item) {
	it.messages++
	m.countWritten(&m.panel.patients[it.patient], it)
	p := &m.s.Pools[it.pool]
	it.joined += p.Join.Quantile(m.draws.join.U(uint64(it.contact), uint64(it.messages)))
}

// takeOut removes a waiting item from its queue.
func (m *model) takeOut(it *item) {
	now := m.engine.Now()
	p := &m.pools[it.pool]
	m.remove(m.queueOf(it), it)
	it.waiting = false
	m.changeLevel(p, -1)
	p.level.leave(it.entered, now, &m.window)
	if it.counted {
		p.tally.queue.addUntil(it.entered, unknown, now)
	}
}

// callInstead lets the patient of an abandoned thread phone about the same need. The call takes staff time; the contact
// and its waits stay with the thread that was abandoned.
func (m *model) callInstead(it *item) {
	phone := m.s.Channels[m.phone()].FallsBackTo
	c := &m.s.Channels[phone]
	call := m.allocate()
	call.become(&item{
		contact: it.contact, sent: m.engine.Now(), patient: it.patient, kind: it.kind, channel: uint8(phone), thread: true,
		firstTouch: unknown, look: unknown, response: unknown, answer: unknown, record: none, returnTo: none, messages: 1,
		owner: it.owner, class: c.Priority, pool: int16(c.Pool), first: int16(c.Pool), urgent: it.urgent, need: it.need,
		serial: m.nextSerial(), instead: true, segment: it.segment,
	})
	if phone == 0 {
		t := &m.s.Types[it.kind]
		call.pool, call.first, call.class = int16(t.Pool), int16(t.Pool), t.Priority
	}
	m.inProgress++
	m.trace(call, none, phonesInstead, "")
	m.deliver(call)
}

// nextSerial numbers the items, so that a timer can tell whether an item is still the one it was set for.
func (m *model) nextSerial() int32 {
	m.serials++
	return m.serials
}

// joinsOpenThread lets a written contact join the patient's open thread, if there is one that waits for its first
// response, and tells whether it did.
func (m *model) joinsOpenThread(it *item, t *MessageType) bool {
	if t.Batching == 0 {
		return false
	}
	other := m.panel.patients[it.patient].open
	if other == none || m.s.Channels[it.channel].Live || !chance(withOdds(t.Batching, it.batching), &m.draws.batch, uint64(it.contact), 0) {
		return false
	}
	open := m.items[other]
	if !open.waiting || open.response != unknown || m.s.Channels[open.channel].Live {
		return false
	}
	m.trace(it, none, joins, "")
	m.trace(open, none, isJoined, "")
	m.join(open)
	return true
}
