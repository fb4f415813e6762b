package sim

import (
	"slices"
	"time"

	"portalsim/sim/engine"
)

// overtaken checks that nothing waits that the member should have taken first: from a pool that they serve before, unless
// this interrupted another touch, or in the same queue by its discipline. What came at this very instant may have come a moment too late.
func (c *checker) overtaken(id int, it *item, aside bool, now engine.Time) {
	s := &c.m.staff[id]
	place := c.place(id, it)
	urgentOnly := s.session != none && s.Sessions[s.session].UrgentOnly
	for _, j := range c.waiting {
		other := c.m.items[j]
		if !other.waiting || other.entered >= now || !c.takes(id, other) || urgentOnly && other.class > 1 {
			continue
		}
		switch there := c.place(id, other); {
		case there < place && !c.staff[id].interrupt:
			c.fault(inOrder, "%s begins %s while %s waits in a pool that comes before", s.Name, c.m.nameOf(it), c.m.nameOf(other))
		case other.pool == it.pool && (!c.m.s.Pools[it.pool].Personal || other.owner == it.owner) && c.ranksBefore(other, other.remaining > 0, it, aside):
			c.fault(inOrder, "%s begins %s, of class %d, which came at %s, while %s of class %d waits since %s", s.Name, c.m.nameOf(it), it.class,
				c.m.clock(it.entered), c.m.nameOf(other), other.class, c.m.clock(other.entered))
		}
	}
}

// place returns where an item stands in a member's order of precedence: their own pools, then inboxes they cover.
func (c *checker) place(id int, it *item) int {
	pools := c.m.s.Staff[id].Pools
	place := slices.Index(pools, int(it.pool))
	if c.m.s.Pools[it.pool].Personal && int(it.owner) != id {
		return len(pools)
	}
	return place
}

// ranksBefore tells whether one item of a queue certainly comes before another, by the discipline. Those set aside come
// first, the last of them at the front.
func (c *checker) ranksBefore(a *item, aAside bool, b *item, bAside bool) bool {
	p := &c.m.s.Pools[a.pool]
	switch {
	case p.sorted():
		return a.key < b.key
	case p.Priority && a.class != b.class:
		return a.class < b.class
	case p.LastIn || aAside && bAside:
		return a.entered > b.entered
	case aAside != bAside:
		return aAside
	default:
		return a.entered < b.entered
	}
}

// checkKey checks the key of an item in a sorted queue: its due date, or when it came, so many ageing times later by its
// class. What was set aside keeps the key it had.
func (c *checker) checkKey(it *item) {
	p := &c.m.s.Pools[it.pool]
	want := int64(it.entered) + int64(it.class)*int64(p.Ageing)
	if p.DueDate {
		target := time.Duration(0)
		if it.thread {
			target = c.m.s.Types[it.kind].Target
		} else {
			target = c.m.s.OtherWork[it.kind].Target
		}
		want = int64(c.m.cal.openAfter(c.m.sentAt(it), target))
	}
	if it.key != want && !(p.Ageing > 0 && it.remaining > 0 && it.key < want) {
		c.fault(inOneQueue, "%s has the key %d, want %d", c.m.nameOf(it), it.key, want)
	}
}

// checkClass checks that a thread is ahead by its type, by its channel, or because a touch took it for urgent.
func (c *checker) checkClass(it *item) {
	if !it.thread {
		return
	}
	t, channel := c.m.s.Types[it.kind].Priority, c.m.s.Channels[it.channel].Priority
	if it.class != t && (it.channel == 0 || it.class != channel) && !(it.class == 1 && it.known) {
		c.fault(urgencyKnown, "%s is in class %d; its type has %d, its channel %d, and no touch took it for urgent", c.m.nameOf(it), it.class, t, channel)
	}
}

// watchIdle suspects a member who does nothing while a caller, a patient or an item waits that they may take, and one
// who opened the inbox at the very instant at which a patient is due.
func (c *checker) watchIdle(id int, now engine.Time) {
	s := &c.m.staff[id]
	if s.task >= 0 && c.staff[id].begun == now && len(s.due) > 0 && !c.m.items[s.task].onCall {
		c.suspect(inOrder, "%s begins an item at the instant a visit is due", s.Name)
	}
	if s.task != none {
		return
	}
	if len(s.due) > 0 || len(s.calls) > 0 {
		c.suspect(neverIdle, "%s is free while a patient waits for a visit or on the telephone", s.Name)
	}
	mode := c.modeAt(id, now)
	if mode != InboxBlock && !(mode == VisitsBlock && c.mayOpenBetween(id, now)) {
		return
	}
	for _, i := range c.waiting {
		if it := c.m.items[i]; c.takes(id, it) {
			c.suspect(neverIdle, "%s is idle while %s waits in pool %s", s.Name, c.m.nameOf(it), c.m.s.Pools[it.pool].Name)
			return
		}
	}
}

// walkQueues checks that what waits is in exactly one queue, the right one, and that the counts agree.
func (c *checker) walkQueues() {
	m := c.m
	c.walks++
	for len(c.seen) < len(m.items) {
		c.seen = append(c.seen, 0)
	}
	for p := range m.pools {
		found := c.walkQueue(&m.pools[p].shared, p, none)
		for id := range m.staff {
			found += c.walkQueue(&m.staff[id].inboxes[p], p, id)
		}
		if found != c.levels[p] || found != m.pools[p].level.now {
			c.fault(inOneQueue, "pool %s has %d in queues and %d waiting, and counts %d", m.s.Pools[p].Name, found, c.levels[p], m.pools[p].level.now)
		}
	}
	for _, i := range m.free {
		if m.items[i].waiting {
			c.fault(inOneQueue, "%s waits and has ended", m.nameOf(m.items[i]))
		}
	}
}

// walkQueue meets the items of a queue and returns how many there are.
func (c *checker) walkQueue(q *queue, pool, owner int) int {
	found := len(q.heap)
	for at, i := range q.heap {
		c.meet(i, pool, owner, int(c.m.items[i].class))
		c.checkKey(c.m.items[i])
		if at > 0 && c.m.items[q.heap[(at-1)/2]].key > c.m.items[i].key {
			c.fault(inOneQueue, "%s stands before %s, which ranks higher", c.m.nameOf(c.m.items[q.heap[(at-1)/2]]), c.m.nameOf(c.m.items[i]))
		}
	}
	for class := range classes {
		if q.occupied>>class&1 == 0 {
			continue
		}
		for i := q.head[class]; i != none; i = c.m.items[i].next {
			if !c.meet(i, pool, owner, class) {
				return found
			}
			found++
		}
	}
	if found != q.waiting {
		c.fault(inOneQueue, "a queue of pool %s counts %d and holds %d", c.m.s.Pools[pool].Name, q.waiting, found)
	}
	return found
}

// meet checks that an item belongs in the queue in which it stands, and tells whether it is met for the first time.
func (c *checker) meet(i int32, pool, owner, class int) bool {
	it, p := c.m.items[i], &c.m.s.Pools[pool]
	if c.seen[i] == c.walks {
		c.fault(inOneQueue, "%s is in two queues", c.m.nameOf(it))
		return false
	}
	c.seen[i] = c.walks
	if !it.waiting || int(it.pool) != pool || p.Personal != (owner >= 0) || p.Personal && int(it.owner) != owner {
		c.fault(inOneQueue, "%s of pool %d and owner %d is in the queue of pool %d and owner %d", c.m.nameOf(it), it.pool, it.owner, pool, owner)
	}
	if (p.Priority || p.sorted()) && int(it.class) != class || !p.Priority && !p.sorted() && class != 0 {
		c.fault(inOneQueue, "%s of class %d stands in class %d", c.m.nameOf(it), it.class, class)
	}
	return true
}
