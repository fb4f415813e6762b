package sim

// Ending is how a thread ended.
type Ending uint8

// The endings of a thread; each thread has exactly one.
const (
	Answered Ending = iota
	SelfServed
	Merged // with an open thread of the same patient
	Lapsed
	AbandonedToCall
	AbandonedToUrgentCare
	AbandonedCall // hung up, for good
	Censored
	endings
)

var endingNames = [endings]string{"answered", "self_served", "merged", "lapsed", "abandoned_to_call", "abandoned_to_urgent_care", "abandoned_call", "censored"}

func (e Ending) String() string { return endingNames[e] }

// close ends a thread or a piece of other work.
func (m *model) close(it *item, ending Ending) {
	m.endPatientDelay(it)
	if it.thread {
		m.trace(it, none, ends+step(ending), "")
		if it.counted {
			m.counted--
			m.move(it, m.endingNode(ending))
			m.record(it, ending)
		}
		if it.isBacklog() {
			m.recordBacklog(it)
		}
	}
	m.release(it)
}

// release frees an item's place.
func (m *model) release(it *item) {
	clear(m.entered[int(it.self)*len(m.pools):][:len(m.pools)])
	if it.thread && m.batching {
		if who := &m.panel.patients[it.patient]; who.open == it.self {
			who.open = none
		}
	}
	it.serial = 0
	m.inProgress--
	m.free = append(m.free, it.self)
}

// finish censors the counted threads that are still open, and the queue times of what still waits.
func (m *model) finish() {
	open := make([]bool, len(m.items))
	for i := range open {
		open[i] = true
	}
	for _, i := range m.free {
		open[i] = false
	}
	for i := range m.items {
		it := m.items[i]
		if open[i] && it.isBacklog() {
			m.recordBacklog(it)
		}
		if !open[i] || !it.counted {
			continue
		}
		if it.waiting {
			m.pools[it.pool].tally.queue.addUntil(it.entered, unknown, m.engine.Now())
		}
		if it.thread {
			m.endPatientDelay(it)
			m.trace(it, none, ends+step(Censored), "")
			m.counted--
			m.move(it, m.endingNode(Censored))
			m.record(it, Censored)
		}
	}
}
