package sim

import (
	"time"

	"portalsim/sim/engine"
)

// record books a counted thread as it ends, or is cut off by the run's end.
func (m *model) record(it *item, ending Ending) {
	now := m.engine.Now()
	c := m.cell(it.kind, it.channel)
	c.ended[ending]++
	c.messages += int(it.messages)
	c.touches += int(it.touches)
	c.rounds += int(it.round)
	c.handOffs += int(it.handOffs)
	c.triage.count(it)
	settled := ending == SelfServed || ending == Merged
	m.recordContact(it, ending, settled)
	if m.options.Thread != nil {
		m.threadRow(it, ending)
	}
	if settled {
		return // no wait of its own
	}
	m.courseResponse(it)
	if ending == Answered && it.response == now && it.answer == now && it.patientDelay == 0 {
		m.recordAtOnce(c, it, now)
	} else {
		m.recordWaits(c, it, ending, now)
	}
	limits := &m.s.Limits
	c.unopened.count(it.sent, it.firstTouch, now, limits.Unopened)
	c.unanswered.count(it.sent, it.response, now, limits.Unanswered)
	if it.urgent {
		c.look.addUntil(it.sent, it.look, now)
		if it.known {
			c.recognised.add(time.Duration(it.recognised - it.sent))
		} else {
			c.recognised.addUntil(it.sent, unknown, now)
		}
		if it.look == unknown && ending != Censored {
			c.unseen.plus(limited{1, 1}) // it ended without any clinical look
		} else {
			c.unseen.count(it.sent, it.look, now, limits.UrgentSafety)
		}
	}
}

// recordAtOnce books the waits of a thread whose first response was its answer and its end: recordWaits for a case in which
// four of them are one, and often all five.
func (m *model) recordAtOnce(c *threadCell, it *item, now engine.Time) {
	wait := time.Duration(now - it.sent)
	h := Hours(wait)
	c.response.sum += h
	c.answer.sum += h
	c.resolution.sum += h
	c.clinic.sum += h
	open := m.measured.openTime(now) - m.measured.openTime(it.sent)
	if open <= m.s.Types[it.kind].Target {
		c.inTarget++
	}
	if open == wait {
		c.responseOpen.sum += h
		c.atOnce.Add(h)
	} else {
		c.responseOpen.add(open)
		c.atOnceClosed.Add(h)
	}
}

// recordWaits books the waits of a thread.
func (m *model) recordWaits(c *threadCell, it *item, ending Ending, now engine.Time) {
	c.response.addUntil(it.sent, it.response, now)
	m.recordOpen(c, it, now)
	if ending != Lapsed || it.answer != unknown {
		c.answer.addUntil(it.sent, it.answer, now)
	}
	switch ending {
	case Answered:
		c.resolution.add(time.Duration(now - it.sent))
		c.clinic.add(time.Duration(now-it.sent) - it.patientDelay)
	case Censored:
		c.resolution.addUntil(it.sent, unknown, now)
		c.clinic.addUntil(it.sent+engine.Time(it.patientDelay), unknown, now)
	}
}

// recordContact completes what pairing needs of a thread that ends.
func (m *model) recordContact(it *item, ending Ending, settled bool) {
	if it.record == none {
		return
	}
	now := m.engine.Now()
	r := &m.tallies.contacts[it.record]
	r.Response, r.Censored, r.Look, r.Settled = it.response, it.response == unknown, it.look, settled
	r.Looked, r.Open = r.Look != unknown, ending == Censored
	if !r.Looked {
		r.Look = now
	}
	if r.Censored {
		r.Response = now
	}
}

// recordOpen books the first response in clinic-open time, by the calendar of the arm compared against.
func (m *model) recordOpen(c *threadCell, it *item, now engine.Time) {
	from := m.measured.openTime(it.sent)
	if it.response == unknown {
		c.responseOpen.cutOff(m.measured.openTime(now) - from)
		return
	}
	open := m.measured.openTime(it.response) - from
	c.responseOpen.add(open)
	if open <= m.s.Types[it.kind].Target {
		c.inTarget++
	}
}

// limited counts waits against a limit.
type limited struct{ late, all int }

// count counts one wait. One that had not ended by now is late if it had passed the limit, and left out if not: nobody
// knows how it would have ended.
func (l *limited) count(from, to, now engine.Time, limit time.Duration) {
	known := to != unknown
	if !known {
		to = now
	}
	late := time.Duration(to-from) > limit
	if known || late {
		l.all++
	}
	if late {
		l.late++
	}
}

func (l *limited) plus(o limited) {
	l.late += o.late
	l.all += o.all
}
