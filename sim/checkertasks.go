package sim

import (
	"slices"
	"time"

	"portalsim/sim/engine"
)

// watchEnd notices that a task ended, or was set aside.
func (c *checker) watchEnd(id int, now engine.Time) {
	s, w := &c.m.staff[id], &c.staff[id]
	ended := w.task != none && (s.task == none || s.number != w.number)
	w.aside = false
	w.interrupt = false
	switch {
	case w.task == none:
	case !ended && s.task != w.task:
		c.fault(oneTask, "%s leaves a task for another before its end", s.Name)
	case !ended:
	case now == w.end:
		if w.task >= 0 && !w.item.thread {
			c.countProvoked(&w.item, now)
		}
	case w.task >= 0 && now < w.end:
		w.aside = true
		c.setAside(id, now)
	default:
		c.fault(oneTask, "%s ends a task that should end at %s", s.Name, c.m.clock(w.end))
	}
	if ended {
		w.task = none
	}
}

// setAside checks that an interruption is one: for something that ranks higher, or at the end of a block. What is left
// of the touch stays with the item.
func (c *checker) setAside(id int, now engine.Time) {
	s, w := &c.m.staff[id], &c.staff[id]
	left := remaining(w.end-now, s.Speed)
	it := c.m.items[w.task]
	if taken := c.holder(w.task); !it.waiting && taken == none || it.waiting && it.remaining != left {
		c.fault(oneTask, "%s sets %s aside with %v left, want %v", s.Name, c.m.nameOf(&w.item), it.remaining, left)
	}
	b := &c.before[w.task]
	b.waited, b.remaining = c.events, left
	if s.task >= 0 && c.outranks(id, c.m.items[s.task], &w.item) && c.interrupted(id) {
		w.interrupt = true
		return
	}
	if mode := c.modeAt(id, now); !s.Suspend || mode == InboxBlock || mode == VisitsBlock && c.mayOpenBetween(id, now) {
		c.fault(inOrder, "%s sets %s aside for nothing", s.Name, c.m.nameOf(&w.item))
	}
}

// outranks tells whether a member takes an item before another: in the same pool by class, else by order of precedence.
func (c *checker) outranks(id int, a, b *item) bool {
	if a.pool == b.pool {
		return a.class < b.class
	}
	return c.earlier(id, a.pool, b.pool)
}

// interrupted tells whether something that interrupts came for a member who was at an item: it waits, or somebody took it
// up in this event.
func (c *checker) interrupted(id int) bool {
	old := &c.staff[id].item
	cause := func(it *item) bool {
		return c.m.s.Pools[it.pool].Preempt && c.takes(id, it) && c.outranks(id, it, old)
	}
	for other := range c.m.staff {
		if s := &c.m.staff[other]; s.task >= 0 && s.number != c.staff[other].number && cause(c.m.items[s.task]) {
			return true
		}
	}
	return slices.ContainsFunc(c.m.items, func(it *item) bool { return it.waiting && cause(it) })
}

// holder returns a member who touches an item, or none.
func (c *checker) holder(i int32) int {
	return slices.IndexFunc(c.m.staff, func(s staffState) bool { return s.task == i })
}

// earlier tells whether a pool comes before another in a member's order of precedence.
func (c *checker) earlier(id int, pool, other int16) bool {
	pools := c.m.s.Staff[id].Pools
	return slices.Index(pools, int(pool)) < slices.Index(pools, int(other))
}

// watchBegin notices that a task began.
func (c *checker) watchBegin(id int, now engine.Time) {
	s, w := &c.m.staff[id], &c.staff[id]
	w.number = s.number
	if w.task != none || s.task == none {
		return
	}
	w.task, w.begun = s.task, now
	if s.task == visiting {
		w.activity = Visit
		w.end = now + engine.Time(c.visitBegins(id, now))
		return
	}
	it := c.m.items[s.task]
	w.item = *it
	if it.waiting || it.entered > now {
		c.fault(oneTask, "%s begins %s, which still waits or has not come", s.Name, c.m.nameOf(it))
	}
	for other := range c.m.staff {
		if other != id && c.m.staff[other].task == s.task {
			c.fault(oneTask, "%s and %s both have %s", s.Name, c.m.staff[other].Name, c.m.nameOf(it))
		}
	}
	handling := c.touchBegins(id, now)
	w.end = now + engine.Time(atSpeed(handling, s.Speed))
	for other := range c.m.staff {
		x := &c.m.staff[other]
		if !c.staff[other].brief || s.until == w.end {
			continue
		}
		left := remaining(engine.Time(atSpeed(handling, x.Speed)), x.Speed) + c.m.s.Pools[it.pool].Resume
		if end := now + engine.Time(atSpeed(left, s.Speed)); end == s.until {
			w.end = end // it was begun and set aside in this event
		}
	}
}

// atSpeed returns how long a touch takes at a speed.
func atSpeed(handling time.Duration, speed float64) time.Duration {
	if speed == 1 {
		return handling
	}
	return time.Duration(float64(handling) / speed)
}

// watchBrief notices a member who began a touch and was interrupted, all in this event: nobody saw it, but tasks are
// numbered.
func (c *checker) watchBrief(id int) {
	s, w := &c.m.staff[id], &c.staff[id]
	seen := int32(0)
	if w.aside {
		seen++
	}
	if w.task == none && s.task != none {
		seen++
	}
	w.brief = s.number-w.number > seen
}

// touchBegins checks a touch that begins, and returns how long it must take at speed 1.
func (c *checker) touchBegins(id int, now engine.Time) time.Duration {
	w, i := &c.staff[id], c.staff[id].task
	it := c.m.items[i]
	if it.onCall {
		w.activity = Calls
		c.callBegins(id, it, now)
		return c.m.s.OnCall.Handling.Quantile(c.m.draws.handle.U(uint64(it.contact), uint64(it.round)))
	}
	w.activity = c.activityOf(it)
	left, joined := c.waitedWith(i)
	c.mayOpen(id, it, now)
	c.overtaken(id, it, left > 0, now)
	c.checkClass(it)
	if left > 0 {
		return left + c.m.s.Pools[it.pool].Resume + joined
	}
	return c.m.handlingTime(&c.m.pools[it.pool], it) + joined
}

// waitedWith returns what was left of an item's touch, if it was set aside, and what joined it since the last: up to the
// last event as it was seen, and in this one by the messages that came. Only a thread that was written, and without a response, is joined.
func (c *checker) waitedWith(i int32) (left, joined time.Duration) {
	it, b := c.m.items[i], known{messages: 1}
	if int(i) < len(c.before) && (c.before[i].serial == it.serial || !it.thread) {
		b = c.before[i]
	}
	if b.waited == c.events {
		left = b.remaining
	}
	if !it.thread {
		return left, 0
	}
	if it.response != unknown || c.m.s.Channels[it.channel].Live {
		return left, b.joined
	}
	for n := b.messages + 1; n <= it.messages; n++ {
		b.joined += c.m.s.Pools[it.pool].Join.Quantile(c.m.draws.join.U(uint64(it.contact), uint64(n)))
	}
	return left, b.joined
}

// callBegins checks that a call that somebody on call takes is one that goes to whoever is on call.
func (c *checker) callBegins(id int, it *item, now engine.Time) {
	x := c.m.s.OnCall
	if x == nil || !slices.Contains(x.Staff, id) || !c.m.s.Types[it.kind].DeclaresUrgent || c.m.s.Channels[it.channel].Name != "phone" {
		c.fault(permitted, "%s takes %s, which is not for them, on call", c.m.staff[id].Name, c.m.nameOf(it))
	}
}

// mayOpen checks that the member is where inboxes are opened, and may take this item.
func (c *checker) mayOpen(id int, it *item, now engine.Time) {
	s := &c.m.staff[id]
	switch mode := c.modeAt(id, now); mode {
	case InboxBlock:
	case VisitsBlock:
		if !c.mayOpenBetween(id, now) {
			c.fault(permitted, "%s opens the inbox between visits", s.Name)
		}
	case OffDuty:
		if !c.inSession(id, it, now) {
			c.fault(permitted, "%s opens the inbox off duty and outside every session", s.Name)
		}
	default:
		c.fault(permitted, "%s opens the inbox in: %s", s.Name, blockNames[mode])
	}
	if len(s.due) > 0 || len(s.calls) > 0 {
		c.fault(inOrder, "%s opens the inbox while a patient waits for a visit or on the telephone", s.Name)
	}
	if !c.takes(id, it) {
		c.fault(permitted, "%s takes %s of pool %s, which is not theirs", s.Name, c.m.nameOf(it), c.m.s.Pools[it.pool].Name)
	}
}

// mayOpenBetween tells whether a member in a visits block may begin an item now: not too close to the next visit.
func (c *checker) mayOpenBetween(id int, now engine.Time) bool {
	v := &c.m.s.Staff[id].Visits
	if !v.InboxBetween {
		return false
	}
	for _, x := range c.staff[id].expected {
		if v.Leave > 0 && x.at > now && time.Duration(x.at-now) < v.Leave {
			return false
		}
	}
	return true
}

// takes tells whether a member may take an item: from a pool they serve, and where it is personal from their own
// inbox or, with cover, from that of somebody on leave.
func (c *checker) takes(id int, it *item) bool {
	if !slices.Contains(c.m.s.Staff[id].Pools, int(it.pool)) {
		return false
	}
	p := &c.m.s.Pools[it.pool]
	if !p.Personal || int(it.owner) == id {
		return true
	}
	return p.Cover && it.owner >= 0 && c.onLeave(int(it.owner), dayOf(c.m.engine.Now()))
}

// onLeave tells whether a member is on leave on a day of the run.
func (c *checker) onLeave(id, day int) bool {
	date := c.m.s.StartDay + day
	return slices.ContainsFunc(c.m.s.Staff[id].Leave, func(r DayRange) bool { return r.First <= date && date <= r.Last })
}
