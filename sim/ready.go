package sim

import (
	"math/bits"

	"portalsim/sim/engine"
)

// members is a set of staff members, by number.
type members []uint64

func newMembers(staff int) members { return make(members, (staff+63)/64) }

func (s members) add(id int32)    { s[id/64] |= 1 << (id % 64) }
func (s members) remove(id int32) { s[id/64] &^= 1 << (id % 64) }

// setTask gives a staff member a task, or none.
func (m *model) setTask(s *staffState, task int32) {
	s.task = task
	m.noteReady(s)
}

// noteReady keeps the set of those who are ready: without a task, at a time when they may take an item, unless a visit is
// near or their session over. Each message looks among them for somebody; that it need not ask a hundred nurses who are
// busy or off duty saves a large clinic a quarter of its time.
func (m *model) noteReady(s *staffState) {
	if s.task == none && (s.session != none || s.mode == InboxBlock || s.mode == VisitsBlock) {
		m.ready.add(s.self)
	} else {
		m.ready.remove(s.self)
	}
}

// idle returns who takes an item among those without a task, or none: the owner in a personal pool, else whoever has
// been free longest, the first in the scenario among equals.
func (m *model) idle(p *poolState, it *item) int32 {
	serve := p.serve
	best, since := int32(none), engine.Never
	for word, ready := range m.ready {
		for ready &= serve[word]; ready != 0; ready &= ready - 1 {
			s := int32(word*64 + bits.TrailingZeros64(ready))
			member := &m.staff[s]
			if p.Personal && s != int32(it.owner) && !(p.Cover && m.staff[it.owner].onLeave) {
				continue
			}
			if member.free < since && m.mayWork(member) {
				best, since = s, member.free
			}
		}
	}
	return best
}
