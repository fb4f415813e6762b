package sim

import (
	"time"

	"portalsim/sim/random"
)

// plan is what a touch of a thread will turn out to be. It is known at its start, because nothing it depends on can
// change before its end.
type plan uint8

const (
	handle      plan = iota // answer, or pass on
	ask                     // for what is missing
	sendOn                  // to the right pool
	advise                  // a colleague who asked
	takenOnCall             // answered there and then
	otherWork               // not a patient's thread
)

func (m *model) planTouch(it *item) plan {
	switch {
	case !it.thread:
		return otherWork
	case it.onCall:
		return takenOnCall
	case it.strayOpen:
		return sendOn
	case it.returnTo != none:
		return advise
	case it.askOpen:
		return ask
	default:
		return handle
	}
}

// handlingTime returns the handling time before speed of the touch that an item enters a pool for, drawn by contact, pool
// and the number of this visit to the pool, so that it is the same whoever does it and whenever. It is drawn as the item
// enters, so that its logarithm is worked out beside other things, not while the end of the touch waits for it.
func (m *model) handlingTime(p *poolState, it *item) time.Duration {
	var d *random.Distribution
	switch m.planTouch(it) {
	case otherWork:
		return it.base
	case sendOn:
		d = &p.Reroute[it.kind]
	case ask:
		d = &p.Request[it.kind]
	case advise:
		d = &p.Advise[it.kind]
	default:
		d = &p.Handling[it.kind]
	}
	return d.Quantile(m.draws.handle.U(uint64(it.contact), p.code|uint64(m.enteredOf(it).ever)))
}

// beginTouch notes the start of a touch on the item and in the measures, and returns its length at speed 1.
func (m *model) beginTouch(p *poolState, it *item) time.Duration {
	now := m.engine.Now()
	it.waiting = false
	m.changeLevel(p, -1)
	p.level.leave(it.entered, now, &m.window)
	joined := it.joined
	it.joined = 0
	if left := it.remaining; left > 0 {
		it.remaining = 0
		return left + p.Resume + joined
	}
	m.countQueueTime(p, it)
	handling := it.handling + joined
	if it.firstTouch == unknown {
		it.firstTouch = now
	}
	if !it.thread {
		return handling
	}
	if it.look == unknown && p.Clinical {
		it.look = now
	}
	if it.response == unknown && m.s.Channels[it.channel].Live {
		m.respond(it)
	}
	return handling
}

// endTouch decides what becomes of a thread after a touch.
func (m *model) endTouch(it *item, staff int32) {
	it.touches++
	if it.counted {
		m.tallies.staff[staff].touches++
	}
	m.triage(it, staff)
	t := &m.s.Types[it.kind]
	switch m.planTouch(it) {
	case sendOn:
		it.strayOpen = false
		m.trace(it, staff, isSentOn, "")
		m.passTo(it, t.Pool)
	case ask:
		it.askOpen = false
		m.trace(it, staff, asksPatient, "")
		m.respond(it)
		m.toPatient(it, chance(t.Reply, &m.draws.reply, uint64(it.contact), uint64(it.round)), m.draws.replyDelay)
	case takenOnCall:
		it.onCall = false
		m.answer(it, staff)
	case advise:
		to := int(it.returnTo)
		it.returnTo = none
		m.trace(it, staff, advises, "")
		m.passTo(it, to)
	default:
		if to := m.consult(it); to != none {
			it.asked, it.returnTo = true, it.pool
			m.trace(it, staff, asksColleague, "")
			m.passTo(it, to)
			return
		}
		if to := m.route(it); to != none {
			m.trace(it, staff, isPassedOn, "")
			m.passTo(it, to)
			return
		}
		m.answer(it, staff)
	}
}

// triage lets a touch find whether the content is urgent, rightly or wrongly: acted on from here, not before. What was
// once taken for urgent stays so. Errors are drawn by contact, pool and the number of this visit to the pool.
func (m *model) triage(it *item, staff int32) {
	p := &m.pools[it.pool]
	found := it.urgent
	switch {
	case it.onCall || p.Triage == nil && p.Clinical:
	case p.Triage == nil:
		return
	default:
		share := 1 - p.Triage.Specificity
		if it.urgent {
			share = p.Triage.Sensitivity
		}
		found = m.draws.triage.U(uint64(it.contact), p.code|uint64(m.enteredOf(it).ever)) < share
		if found && !it.known {
			m.trace(it, staff, isUrgent, "")
		}
	}
	it.triaged = true
	if !found {
		return
	}
	if !it.known {
		it.recognised = m.engine.Now()
	}
	it.known, it.class = true, 1
}

// route returns the pool to pass a thread on to, or none to answer it here.
func (m *model) route(it *item) int {
	p := &m.pools[it.pool]
	return m.choose(p, it, p.PassOn[it.kind], &m.draws.route)
}

// consult returns the pool to ask before answering, or none: once a round.
func (m *model) consult(it *item) int {
	p := &m.pools[it.pool]
	if it.asked || p.Consult == nil {
		return none
	}
	return m.choose(p, it, p.Consult[it.kind], &m.draws.consult)
}

// choose draws a pool by contact, pool, round and number of the visit in it, or none with what the shares leave.
func (m *model) choose(p *poolState, it *item, shares []float64, draw *random.Substream) int {
	if shares == nil {
		return none
	}
	u := draw.U(uint64(it.contact), p.code|uint64(it.round)<<16|uint64(m.enteredOf(it).thisRound))
	for pool, share := range shares {
		if u < share {
			return pool
		}
		u -= share
	}
	return none
}
