package sim

import (
	"math"
	"time"

	"portalsim/sim/engine"
)

// inSession tells whether an off-duty member may begin an item: during a session drawn for the day on which it began.
func (o *observer) inSession(id int, it *item, now engine.Time) bool {
	w := &o.staff[id]
	for day := w.planned + 1; day <= dayOf(now); day++ {
		o.planSessions(id, day)
	}
	w.planned = dayOf(now)
	for i, session := range w.mayBegin {
		if session.holds(now) && (!w.urgent[i] || it.class == 1) {
			return true
		}
	}
	return false
}

// planSessions lists the stretches in which a member may work outside the schedule, by the scenario and the draws.
func (o *observer) planSessions(id, day int) {
	s, x, w := &o.m.staff[id], &o.m.s.Staff[id], &o.staff[id]
	blocks := o.blocks(id, day)
	date := o.m.s.StartDay + day
	for n := range x.Sessions {
		session := &x.Sessions[n]
		code := uint64(TypeCode(session.Name))
		if session.Scheduled != (len(blocks) > 0) && session.Scheduled || !session.Scheduled && !session.Days[weekdayOf(date)] {
			continue
		}
		if s.streams.login.U(uint64(date), code) >= session.Probability {
			continue
		}
		from := midnight(day)
		if session.AtDayEnd {
			from += engine.Time(blocks[len(blocks)-1].To)
		} else {
			from += engine.Time(session.Start.From) +
				engine.Time(s.streams.sessionStart.U(uint64(date), code)*float64(session.Start.To-session.Start.From))
		}
		to := engine.Never
		if session.Until > 0 {
			to = midnight(dayOf(from)) + engine.Time(session.Until)
		}
		if session.HasLength {
			length := session.Length.Quantile(s.streams.sessionLength.U(uint64(o.m.s.StartDay+dayOf(from)), code))
			to = min(to, from+engine.Time(length))
		}
		w.mayBegin = append(w.mayBegin, window{from, to})
		w.urgent = append(w.urgent, session.UrgentOnly)
	}
}

// watchIdle suspects a member who does nothing while a patient or an item waits that they may take, and one who opened
// the inbox at the very instant at which a patient is due.
func (o *observer) watchIdle(id int) {
	s := &o.m.staff[id]
	now := o.m.engine.Now()
	if s.task >= 0 && o.staff[id].begun == now && len(s.due) > 0 {
		o.suspect("%s began an item at the instant a visit was due", s.Name)
	}
	if s.task != none {
		return
	}
	if len(s.due) > 0 {
		o.suspect("%s is free while a patient waits for a visit", s.Name)
	}
	mode := o.modeAt(id, now)
	if mode != InboxBlock && !(mode == VisitsBlock && s.Visits.InboxBetween) {
		return
	}
	for i := range o.m.items {
		if it := &o.m.items[i]; it.waiting && o.takes(id, it) {
			o.suspect("%s is idle while item %d waits in pool %d", s.Name, i, it.pool)
			return
		}
	}
}

// bookUntil books a member's time since the last event, cut at every bound of the clock and of the schedule.
func (o *observer) bookUntil(id int, now engine.Time) {
	w := &o.staff[id]
	for at := o.last; at < now; {
		end := min(now, o.nextBound(id, at))
		if o.m.window.holds(at) {
			mode := o.modeAt(id, at)
			activity, class := o.doing(w, mode), otherTime
			switch mode {
			case OffDuty:
				class = offTime
			case VisitsBlock:
				class = patientTime
			}
			w.total[activity][o.outside(at)][class] += time.Duration(end - at)
		}
		at = end
	}
}

// doing returns what a member's minutes go to: the task under way, else by the block.
func (o *observer) doing(w *watched, mode BlockKind) Activity {
	switch {
	case w.task == visiting:
		return Visit
	case w.task >= 0:
		return w.activity
	case mode == OffDuty:
		return Off
	case mode == AdminBlock || mode == AwayBlock:
		return Admin
	default:
		return Idle
	}
}

// activityOf returns what a touch's minutes go to: other work says; a thread is a call in the pool that takes the calls
// of its channel, and elsewhere a message.
func (o *observer) activityOf(it *item) Activity {
	if !it.thread {
		return o.m.s.OtherWork[it.kind].Activity
	}
	if c := &o.m.s.Channels[it.channel]; c.Live && int(it.pool) == c.Pool {
		return Calls
	}
	return Messages
}

// outside tells whether an instant is after hours by the clock: 1 if so.
func (o *observer) outside(at engine.Time) int {
	date := o.m.s.StartDay + dayOf(at)
	clock := time.Duration(at - midnight(dayOf(at)))
	if weekdayOf(date) < 5 && !o.m.cal.holiday(dayOf(at)) && clock >= o.m.s.Working.From && clock < o.m.s.Working.To {
		return 0
	}
	return 1
}

// nextBound returns the next instant after at that the books may not straddle.
func (o *observer) nextBound(id int, at engine.Time) engine.Time {
	day := dayOf(at)
	next := midnight(day + 1)
	consider := func(clock time.Duration) {
		if bound := midnight(day) + engine.Time(clock); bound > at && bound < next {
			next = bound
		}
	}
	consider(o.m.s.Working.From)
	consider(o.m.s.Working.To)
	for _, b := range o.blocks(id, day) {
		consider(b.From)
		consider(b.To)
	}
	for _, bound := range []engine.Time{o.m.window.from, o.m.window.to} {
		if bound > at && bound < next {
			next = bound
		}
	}
	return next
}

// walkQueues checks that what waits is in exactly one queue, the right one, and that the counts agree.
func (o *observer) walkQueues() {
	m := o.m
	o.walk++
	for len(o.seen) < len(m.items) {
		o.seen = append(o.seen, 0)
	}
	for p := range m.pools {
		found := o.walkQueue(&m.pools[p].shared, p, none)
		for id := range m.staff {
			found += o.walkQueue(&m.staff[id].inboxes[p], p, id)
		}
		waiting := 0
		for i := range m.items {
			if it := &m.items[i]; it.waiting && int(it.pool) == p {
				waiting++
			}
		}
		if found != waiting || found != m.pools[p].level.now {
			o.fault("pool %d: %d in queues, %d waiting, level %d", p, found, waiting, m.pools[p].level.now)
		}
	}
	for _, i := range m.free {
		if m.items[i].waiting {
			o.fault("item %d waits and is free", i)
		}
	}
}

func (o *observer) walkQueue(q *queue, pool, owner int) int {
	m, found := o.m, 0
	for class := range classes {
		if q.occupied>>class&1 == 0 {
			continue
		}
		for i := q.head[class]; i != none; i = m.items[i].next {
			it := &m.items[i]
			if o.seen[i] == o.walk {
				o.fault("item %d is in two queues", i)
				return found
			}
			o.seen[i] = o.walk
			found++
			if !it.waiting || int(it.pool) != pool || owner >= 0 && int(it.owner) != owner {
				o.fault("item %d of pool %d, owner %d, waiting %t is in the queue of pool %d, owner %d", i, it.pool, it.owner, it.waiting, pool, owner)
			}
			if m.s.Pools[pool].Priority && int(it.class) != class || !m.s.Pools[pool].Priority && class != 0 {
				o.fault("item %d of class %d is in class %d", i, it.class, class)
			}
			if m.s.Pools[pool].Personal != (owner >= 0) {
				o.fault("item %d waits in the wrong sort of queue", i)
			}
		}
	}
	if found != q.waiting {
		o.fault("a queue of pool %d counts %d and holds %d", pool, q.waiting, found)
	}
	return found
}

// near tells whether two sums of minutes agree to a millionth.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6 }
