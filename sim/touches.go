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
func (m *model) handlingTime(i int32) time.Duration {
	it := &m.items[i]
	p := &m.s.Pools[it.pool]
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
	visit := m.visits[int(i)*len(m.pools)+int(it.pool)]
	return d.Quantile(m.draws.handle.U(uint64(it.contact), m.pools[it.pool].code|uint64(visit)))
}

// beginTouch notes the start of a touch on the item and in the measures, and returns its length at speed 1.
func (m *model) beginTouch(i int32) time.Duration {
	it := &m.items[i]
	now := m.engine.Now()
	p := &m.pools[it.pool]
	it.waiting = false
	m.changeLevel(it.pool, -1)
	p.level.leave(it.entered, now, &m.window)
	joined := it.joined
	it.joined = 0
	if left := it.remaining; left > 0 {
		it.remaining = 0
		return left + m.s.Pools[it.pool].Resume + joined
	}
	m.countQueueTime(it)
	handling := it.handling + joined
	if it.firstTouch == unknown {
		it.firstTouch = now
	}
	if !it.thread {
		return handling
	}
	if it.look == unknown && m.s.Pools[it.pool].Clinical {
		it.look = now
	}
	if it.response == unknown && m.s.Channels[it.channel].Live {
		m.respond(it)
	}
	return handling
}

// endTouch decides what becomes of a thread after a touch.
func (m *model) endTouch(i int32, staff int32) {
	it := &m.items[i]
	it.touches++
	if it.counted {
		m.tallies.staff[staff].touches++
	}
	m.triage(it, i, staff)
	t := &m.s.Types[it.kind]
	switch m.planTouch(it) {
	case sendOn:
		it.strayOpen = false
		m.trace(it, staff, isSentOn, "")
		m.passTo(i, t.Pool)
	case ask:
		it.askOpen = false
		m.trace(it, staff, asksPatient, "")
		m.respond(it)
		m.toPatient(i, chance(t.Reply, &m.draws.reply, uint64(it.contact), uint64(it.round)), m.draws.replyDelay)
	case takenOnCall:
		it.onCall = false
		m.answer(i, staff)
	case advise:
		to := int(it.returnTo)
		it.returnTo = none
		m.trace(it, staff, advises, "")
		m.passTo(i, to)
	default:
		if to := m.consult(i); to != none {
			it.asked, it.returnTo = true, it.pool
			m.trace(it, staff, asksColleague, "")
			m.passTo(i, to)
			return
		}
		if to := m.route(i); to != none {
			m.trace(it, staff, isPassedOn, "")
			m.passTo(i, to)
			return
		}
		m.answer(i, staff)
	}
}

// triage lets a touch find whether the content is urgent, rightly or wrongly: acted on from here, not before. What was
// once taken for urgent stays so. Errors are drawn by contact, pool and the number of this visit to the pool.
func (m *model) triage(it *item, i, staff int32) {
	p := &m.s.Pools[it.pool]
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
		visit := m.visits[int(i)*len(m.pools)+int(it.pool)]
		found = m.draws.triage.U(uint64(it.contact), m.pools[it.pool].code|uint64(visit)) < share
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
func (m *model) route(i int32) int {
	it := &m.items[i]
	return m.choose(it, i, m.s.Pools[it.pool].PassOn[it.kind], m.draws.route)
}

// consult returns the pool to ask before answering, or none: once a round.
func (m *model) consult(i int32) int {
	it := &m.items[i]
	p := &m.s.Pools[it.pool]
	if it.asked || p.Consult == nil {
		return none
	}
	return m.choose(it, i, p.Consult[it.kind], m.draws.consult)
}

// choose draws a pool by contact, pool, round and number of the visit in it, or none with what the shares leave.
func (m *model) choose(it *item, i int32, shares []float64, draw random.Substream) int {
	if shares == nil {
		return none
	}
	place := int(i)*len(m.pools) + int(it.pool)
	u := draw.U(uint64(it.contact), m.pools[it.pool].code|uint64(it.round)<<16|uint64(m.thisRound[place]))
	for pool, share := range shares {
		if u < share {
			return pool
		}
		u -= share
	}
	return none
}
