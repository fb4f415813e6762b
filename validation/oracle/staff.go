package oracle

import (
	"slices"
	"time"

	"portalsim/sim"
)

// member is a staff member.
type member struct {
	*sim.StaffMember
	index int

	block   sim.BlockKind
	session *sim.Session  // under way, or nil
	last    time.Duration // in the session, nothing is begun from then on

	coming []slot  // visits still to fall due
	due    []slot  // visits whose patient waits
	calls  []*work // put through while on call
	later  []slot  // displaced visits that wait for a slot

	task   *task         // under way, or nil
	free   time.Duration // since when without a task
	tasks  []stretch
	closes []int // by day: what waited in the own inboxes when it ended
}

// task is a visit or a touch.
type task struct {
	touch       *work // nil: a visit
	visit       slot
	from, until time.Duration
	activity    sim.Activity
}

// stretch is time spent on something.
type stretch struct {
	from, to time.Duration
	activity sim.Activity
	ended    bool // not interrupted
}

// byFree returns the members without a task: the one free longest first, of equals the first in the scenario.
func (w *world) byFree() []*member {
	free := slices.DeleteFunc(slices.Clone(w.members), func(m *member) bool { return m.task != nil })
	slices.SortStableFunc(free, func(a, b *member) int { return int(max(-1, min(1, a.free-b.free))) })
	return free
}

// settle lets whoever is free take what there is for them, and tells whether anybody did.
func (w *world) settle() bool { return slices.ContainsFunc(w.byFree(), w.takesNext) }

// offer lets something that has come to wait be taken by who has been free longest of those who may take it.
func (w *world) offer(x *work) {
	for x.waits {
		free := w.byFree()
		i := slices.IndexFunc(free, func(m *member) bool { return w.mayBegin(m) && w.mayTake(m, x) })
		if i < 0 {
			return
		}
		w.takesNext(free[i]) // which may be another thing that was set aside on this instant
	}
}

// mayTake tells whether something that waits is a member's to do: in a personal pool the owner's, or with cover, while the
// owner is on leave, anybody's who serves the pool.
func (w *world) mayTake(m *member, x *work) bool {
	p := &w.s.Pools[x.pool]
	covered := p.Cover && p.Personal && w.flaw != coverIgnored && w.onLeave(w.members[x.owner], w.today)
	return slices.Contains(m.Pools, x.pool) && (!p.Personal || x.owner == m.index || covered)
}

// takesNext lets a member who is free begin what comes next: a call put through, a patient who waits for a visit, the next
// in the pools; and tells whether there was anything. Who is in a session and finds nothing logs off.
func (w *world) takesNext(m *member) bool {
	switch {
	case m.task != nil:
		return false
	case len(m.calls) > 0:
		x := m.calls[0]
		m.calls = m.calls[1:]
		w.takeCall(m, x)
	case len(m.due) > 0:
		w.beginVisit(m)
	default:
		x := w.nextFor(m)
		if x == nil {
			if m.session != nil {
				m.session = nil
				w.tell(m.Name + ": logs off")
			}
			return false
		}
		w.beginTouch(m, x)
	}
	return true
}

// mayBegin tells whether a member may take something from the inbox.
func (w *world) mayBegin(m *member) bool {
	switch m.block {
	case sim.InboxBlock:
		return true
	case sim.VisitsBlock:
		if !m.Visits.InboxBetween {
			return false
		}
		for _, v := range m.coming {
			if v.at-w.now < m.Visits.Leave {
				return false
			}
		}
		return true
	case sim.OffDuty:
		return m.session != nil && w.now < m.last
	default:
		return false
	}
}

// nextFor returns what a member would take from the inbox, or nil: the first of the first of their pools in which
// something waits for them, and then of the inboxes of colleagues on leave.
func (w *world) nextFor(m *member) *work {
	if !w.mayBegin(m) {
		return nil
	}
	for _, pool := range m.Pools {
		if x := w.firstOf(m, pool, m.index); x != nil {
			return x
		}
	}
	for _, pool := range m.Pools {
		if p := &w.s.Pools[pool]; !p.Personal || !p.Cover || w.flaw == coverIgnored {
			continue
		}
		for _, colleague := range w.members {
			if w.onLeave(colleague, w.today) && slices.Contains(colleague.Pools, pool) {
				if x := w.firstOf(m, pool, colleague.index); x != nil {
					return x
				}
			}
		}
	}
	return nil
}

// firstOf returns the first of what waits in a pool, or in one inbox of a personal pool; in a session for urgent content
// only, of class 1.
func (w *world) firstOf(m *member, pool, owner int) *work {
	var first *work
	for _, x := range w.open {
		switch {
		case !x.waits || x.pool != pool:
		case w.s.Pools[pool].Personal && x.owner != owner:
		case m.session != nil && m.session.UrgentOnly && x.class > 1:
		case first == nil || w.ahead(x, first):
			first = x
		}
	}
	return first
}

// ahead tells whether one of two that wait in a pool is served before the other.
func (w *world) ahead(a, b *work) bool {
	p := &w.s.Pools[a.pool]
	switch {
	case p.Priority && a.class != b.class:
		return a.class < b.class
	case p.DueDate && w.due(a) != w.due(b):
		return w.due(a) < w.due(b)
	case p.Ageing > 0:
		// Each time something has waited so long it moves up a class, behind those that are in it.
		class := func(x *work) int { return x.class - int((w.now-x.entered)/p.Ageing) }
		since := func(x *work) time.Duration { return (w.now - x.entered) % p.Ageing }
		if class(a) != class(b) {
			return class(a) < class(b)
		}
		if since(a) != since(b) {
			return since(a) > since(b)
		}
	case p.LastIn || w.flaw == lastInFirstOut:
		return a.place > b.place
	}
	return a.place < b.place
}

// due returns when something is due: its target of clinic-open time after it was sent.
func (w *world) due(x *work) time.Duration {
	if x.isThread {
		sent := x.result.Sent
		if layerOf(x.number) == backlogLayer && !x.instead {
			sent -= w.age(x.kind, x.number)
		}
		return w.openFor(sent, w.s.Types[x.kind].Target)
	}
	return w.openFor(x.result.Sent, w.s.OtherWork[x.kind].Target)
}

// begin lets a member begin a task.
func (w *world) begin(m *member, t task, length time.Duration) {
	t.from, t.until = w.now, w.now+length
	m.task = &t
	w.promise(t.until, taskEnd, func() {
		if m.task == &t { // else it was interrupted
			w.endTask(m)
		}
	})
}

// beginTouch lets a member begin a touch of what waits.
func (w *world) beginTouch(m *member, x *work) {
	length := time.Duration(float64(w.handling(x)) / m.Speed)
	if x.isThread {
		r := &x.result
		r.FirstTouch = min(r.FirstTouch, w.now)
		if w.s.Pools[x.pool].Clinical {
			r.Look = min(r.Look, w.now)
		}
		if w.s.Channels[x.channel].Live {
			w.respond(x)
		}
	}
	x.waits, x.setAside, x.joined = false, false, 0
	w.say(x, m.Name+" begins")
	w.begin(m, task{touch: x, activity: w.activity(x)}, length)
}

// takeCall lets a member on call answer a call there and then.
func (w *world) takeCall(m *member, x *work) {
	x.result.FirstTouch, x.result.Look = min(x.result.FirstTouch, w.now), min(x.result.Look, w.now)
	w.respond(x)
	handling := w.s.OnCall.Handling.Quantile(w.u("handling", x.number, x.result.Rounds))
	w.say(x, m.Name+" takes the call")
	w.begin(m, task{touch: x, activity: sim.Calls}, time.Duration(float64(handling)/m.Speed))
}

// stop books what a member has done.
func (w *world) stop(m *member, ended bool) {
	m.tasks = append(m.tasks, stretch{m.task.from, w.now, m.task.activity, ended})
}

// endTask ends a visit or a touch. The member counts as busy until what follows from it is done.
func (w *world) endTask(m *member) {
	w.stop(m, true)
	switch x := m.task.touch; {
	case x == nil:
		w.endVisit(m, m.task.visit)
	case x.isThread:
		w.endTouch(m, x)
	default:
		w.say(x, m.Name+" done")
		w.provoke(x)
		w.finish(x, "")
	}
	m.task, m.free = nil, w.now
	w.takesNext(m)
}

// interrupt lets what has entered a preemptive pool interrupt a touch by a member who may take it: of something less
// urgent in the same pool, or of anything in a pool that the member serves after it. Of those, the least urgent is
// interrupted, and of these the touch begun last.
func (w *world) interrupt(x *work) {
	p := &w.s.Pools[x.pool]
	if !p.Preempt {
		return
	}
	var victim *member
	for _, m := range w.members {
		order := slices.Index(m.Pools, x.pool)
		if order < 0 || m.task == nil || m.task.touch == nil || m.task.touch.onCall || m.task.until == w.now ||
			p.Personal && m.index != x.owner || !w.mayBegin(m) || len(m.due) > 0 || len(m.calls) > 0 || m.session != nil && m.session.UrgentOnly && x.class > 1 {
			continue
		}
		now := m.task.touch
		if now.pool == x.pool && now.class <= x.class || now.pool != x.pool && slices.Contains(m.Pools[:order], now.pool) {
			continue
		}
		if victim == nil || now.class > victim.task.touch.class || now.class == victim.task.touch.class && m.task.from > victim.task.from {
			victim = m
		}
	}
	if victim != nil {
		less := w.putBack(victim)
		w.beginTouch(victim, x)
		w.offer(less)
	}
}

// putBack interrupts a member's touch, and returns what goes back to the front of its equals, with what is left of the
// touch.
func (w *world) putBack(m *member) *work {
	x := m.task.touch
	left := m.task.until - w.now
	if w.flaw == minuteLost {
		left = max(0, left-time.Minute)
	}
	w.stop(m, false)
	m.task, m.free = nil, w.now
	w.say(x, m.Name+" sets aside")
	w.entries++
	x.setAside, x.left, x.waits, x.place = true, max(1, time.Duration(float64(left)*m.Speed)), true, -w.entries
	if w.s.Pools[x.pool].LastIn {
		x.place = w.entries
	}
	return x
}
