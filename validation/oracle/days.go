package oracle

import (
	"time"

	"portalsim/sim"
)

// slot is a visit: when it falls due, and the day and time of day it was booked for.
type slot struct {
	at, booked time.Duration
}

// place is where the draws of a visit stand.
func (w *world) place(v slot) (date, second uint64) {
	n, clock := split(v.booked)
	return uint64(w.s.StartDay + n), uint64(clock / time.Second)
}

// beginDay plans a day: the members one after the other, then other work that comes by itself.
func (w *world) beginDay(n int) {
	w.today = n
	if n > 0 {
		w.noteCloses()
	}
	for _, m := range w.members {
		w.planBlocks(m, n)
		w.planVisits(m, n)
		w.planSessions(m, n)
	}
	w.planOtherWork(n)
	w.promise(midnight(n+1), first, func() { w.beginDay(n + 1) })
}

// noteCloses notes what waits in every member's own inboxes as a day ends.
func (w *world) noteCloses() {
	for _, m := range w.members {
		n := 0
		for _, x := range w.open {
			if x.waits && w.s.Pools[x.pool].Personal && x.owner == m.index {
				n++
			}
		}
		m.closes = append(m.closes, n)
	}
}

var blockNames = map[sim.BlockKind]string{
	sim.OffDuty: "off duty", sim.VisitsBlock: "visits block", sim.InboxBlock: "inbox block", sim.AdminBlock: "admin block", sim.AwayBlock: "away",
}

// planBlocks promises the changes of block of a day. Between blocks that do not touch, and after the last, a member is
// off duty.
func (w *world) planBlocks(m *member, n int) {
	for _, b := range w.blocks(m, n) {
		begin := block
		if w.flaw == touchBeforeBlock {
			begin = taskEnd
		}
		w.promise(midnight(n)+b.From, begin, func() { w.changeBlock(m, b.Kind) })
		touches := false
		for _, other := range w.blocks(m, n) {
			touches = touches || other.From == b.To
		}
		for _, other := range w.blocks(m, n+1) {
			touches = touches || b.To == day && other.From == 0
		}
		if !touches {
			w.promise(midnight(n)+b.To, begin, func() { w.changeBlock(m, sim.OffDuty) })
		}
	}
}

// changeBlock begins a block, which ends a session. A touch under way is finished, or set aside where the member does so
// and what begins gives no leave to go on with it.
func (w *world) changeBlock(m *member, kind sim.BlockKind) {
	m.block = kind
	if kind != sim.OffDuty {
		m.session = nil
	}
	w.tell(m.Name + ": " + blockNames[kind])
	if m.Suspend && m.task != nil && m.task.touch != nil && !m.task.touch.onCall && m.task.until > w.now && m.session == nil && !w.mayBegin(m) {
		x := w.putBack(m)
		w.promise(w.now, taskEnd, func() { w.offer(x) }) // once the blocks of all have changed
	}
	w.takesNext(m)
}

// planVisits books the visits of a day. The patients who will not come are known.
func (w *world) planVisits(m *member, n int) {
	v := &m.Visits
	if !v.Booked {
		for _, b := range w.blocks(m, n) {
			for at := b.From; b.Kind == sim.VisitsBlock && at+v.Slot <= b.To; at += v.Slot {
				w.book(m, midnight(n)+at)
			}
		}
		return
	}
	for len(m.later) > 0 && midnight(n)-m.later[0].booked > v.RebookWithin {
		m.later = m.later[1:] // lost
	}
	if len(w.blocks(m, n)) == 0 {
		return
	}
	for _, at := range v.Fit[w.weekday(n)] {
		w.book(m, midnight(n)+at)
	}
	for i, at := range v.Displaced[w.weekday(n)] {
		if x := midnight(n) + at; w.comes(m, x) {
			w.displace(m, n, i, x)
		}
	}
}

// comes tells whether the patient of a visit comes.
func (w *world) comes(m *member, booked time.Duration) bool {
	date, second := w.place(slot{booked: booked})
	return w.stream("staff/no-show/"+m.Name).U(date, second) >= m.Visits.NoShow
}

// book promises a visit on a slot whose patient comes; where not, the displaced visit that has waited longest for a slot
// takes it.
func (w *world) book(m *member, at time.Duration) {
	if w.comes(m, at) {
		w.promiseVisit(m, slot{at, at})
	} else if len(m.later) > 0 {
		w.promiseVisit(m, slot{at, m.later[0].booked})
		m.later = m.later[1:]
	}
}

// displace finds a place for the i-th displaced visit of a day, if there is one.
func (w *world) displace(m *member, n, i int, booked time.Duration) {
	switch v := &m.Visits; v.Displacement {
	case sim.Overbook:
		if fit := v.Fit[w.weekday(n)]; len(fit) > 0 {
			w.promiseVisit(m, slot{midnight(n) + fit[i%len(fit)], booked})
		}
	case sim.UseAdmin:
		var free []time.Duration
		for _, b := range w.blocks(m, n) {
			for at := b.From; b.Kind == sim.AdminBlock && at+v.Slot <= b.To; at += v.Slot {
				free = append(free, at)
			}
		}
		if i < len(free) {
			w.promiseVisit(m, slot{midnight(n) + free[i], booked})
		}
	case sim.Rebook:
		m.later = append(m.later, slot{booked: booked})
	}
}

// promiseVisit lets a visit fall due.
func (w *world) promiseVisit(m *member, v slot) {
	m.coming = append(m.coming, v)
	w.promise(v.at, visitDue, func() {
		for i, x := range m.coming {
			if x == v {
				m.coming = append(m.coming[:i:i], m.coming[i+1:]...)
				break
			}
		}
		m.due = append(m.due, v)
		w.takesNext(m)
	})
}

func (w *world) beginVisit(m *member) {
	v := m.due[0]
	m.due = m.due[1:]
	w.tell(m.Name + ": visit begins")
	date, second := w.place(v)
	w.begin(m, task{visit: v, activity: sim.Visit}, m.Visits.Length.Quantile(w.stream("staff/visit-length/"+m.Name).U(date, second)))
}

// endVisit lets the items that follow a visit come up.
func (w *world) endVisit(m *member, v slot) {
	w.tell(m.Name + ": visit ends")
	date, second := w.place(v)
	for k := range w.s.OtherWork {
		w.followVisit(k, m, date<<20|second)
	}
}

// planSessions promises the sessions of a day outside the schedule: one uniform number for each member, date and session
// decides.
func (w *world) planSessions(m *member, n int) {
	blocks := w.blocks(m, n)
	for i := range m.Sessions {
		x := &m.Sessions[i]
		if x.Scheduled && len(blocks) == 0 || !x.Scheduled && (!x.Days[w.weekday(n)] || w.onLeave(m, n)) {
			continue
		}
		draw := func(what string) float64 {
			return w.stream("staff/"+what+"/"+m.Name).U(uint64(w.s.StartDay+n), uint64(code(x.Name)))
		}
		if x.PerItem == 0 && draw("log-in") >= x.Probability {
			continue
		}
		at := x.Start.From + time.Duration(draw("session-start")*float64(x.Start.To-x.Start.From))
		if x.AtDayEnd {
			at = blocks[len(blocks)-1].To
		}
		w.promise(midnight(n)+at, session, func() { w.beginSession(m, x, n, draw) })
	}
}

// beginSession begins a session of a day, unless the member is on duty or in another.
func (w *world) beginSession(m *member, x *sim.Session, n int, draw func(string) float64) {
	if m.block != sim.OffDuty || m.session != nil {
		return
	}
	if x.PerItem > 0 && draw("log-in") >= x.Probability+x.PerItem*float64(w.waitingFor(m)) {
		return
	}
	m.session, m.last = x, never
	if x.Until > 0 {
		m.last = midnight(n) + x.Until
	}
	if x.HasLength {
		m.last = min(m.last, w.now+x.Length.Quantile(draw("session-length")))
	}
	w.tell(m.Name + ": session " + x.Name)
	w.takesNext(m)
}

// waitingFor counts what waits in a member's inboxes and in their pooled pools.
func (w *world) waitingFor(m *member) int {
	n := 0
	for _, pool := range m.Pools {
		for _, x := range w.open {
			if x.waits && x.pool == pool && (!w.s.Pools[pool].Personal || x.owner == m.index) {
				n++
			}
		}
	}
	return n
}
