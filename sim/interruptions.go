package sim

import (
	"time"

	"portalsim/sim/engine"
)

// leastUrgent returns the member whose touch an item may interrupt, or none: of items in the same pool of a higher
// class, or in a pool that the member serves after it, the one of the highest class, begun last. Nobody is interrupted
// for whom a patient or a caller waits.
func (m *model) leastUrgent(it *item) int32 {
	pool := &m.s.Pools[it.pool]
	best := int32(none)
	for _, s := range m.pools[it.pool].members {
		member := &m.staff[s]
		if !m.interruptible(member) || !m.mayWork(member) || len(member.due)+len(member.calls) > 0 || pool.Personal && s != int32(it.owner) {
			continue
		}
		if member.session != none && member.Sessions[member.session].UrgentOnly && it.class > 1 {
			continue // they would leave it
		}
		now := m.items[member.task]
		if now.pool == it.pool && now.class <= it.class || now.pool != it.pool && !member.servesBefore(it.pool, now.pool) {
			continue
		}
		if best == none || now.class > m.items[m.staff[best].task].class ||
			now.class == m.items[m.staff[best].task].class && member.begun > m.staff[best].begun {
			best = s
		}
	}
	return best
}

// servesBefore tells whether a pool comes before another in the order of precedence.
func (s *StaffMember) servesBefore(pool, other int16) bool {
	for _, p := range s.Pools {
		if p == int(pool) {
			return true
		}
		if p == int(other) {
			return false
		}
	}
	return false
}

// interruptible tells whether a staff member has a touch under way that can be set aside: not one whose end is at hand, and
// not a call that is answered while on call.
func (m *model) interruptible(s *staffState) bool {
	return s.task >= 0 && s.until > m.engine.Now() && !m.items[s.task].onCall
}

// setAside interrupts a touch: the item goes in front of its equals with the time that is left.
func (m *model) setAside(id int32) {
	s := &m.staff[id]
	i := s.task
	it := m.items[i]
	now := m.engine.Now()
	left := s.until - now
	it.remaining = remaining(left, s.Speed)
	p := &m.pools[it.pool]
	p.touches--
	p.handled -= time.Duration(left)
	s.number++
	s.free = now
	m.setTask(s, none)
	if m.window.holds(now) {
		m.tallies.staff[id].interruptions++
	}
	m.trace(it, id, goesAside, "")
	it.entered, it.waiting = now, true
	m.changeLevel(p, 1)
	m.enqueue(p, it, true)
}

// remaining returns what is left of a touch at speed 1: something, however fast it was going to be.
func remaining(left engine.Time, speed float64) time.Duration {
	if speed == 1 {
		return time.Duration(left)
	}
	return max(1, time.Duration(float64(left)*speed))
}

// handOn gives an item that was set aside to somebody idle who may do it, if it still waits. Each colleague takes what is
// first in the queue, which may be another that was set aside at this instant.
func (m *model) handOn(i int32) {
	for m.items[i].waiting {
		it := m.items[i]
		id := m.idle(&m.pools[it.pool], it)
		if id == none {
			return
		}
		m.seekWork(&m.staff[id])
	}
}
