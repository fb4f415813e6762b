package sim

import "portalsim/sim/engine"

// ownSession is a stretch in which a member may begin items outside the schedule.
type ownSession struct {
	session  int
	from, to engine.Time
	day      int // on which it was drawn
	urgent   bool
}

// plan plans a member's days up to the given one, from the scenario and the draws alone.
func (c *checker) plan(id, upTo int) {
	w := &c.staff[id]
	for w.planned < upTo {
		w.planned++
		c.planVisits(id, w.planned)
		c.planSessions(id, w.planned)
	}
}

// planSessions lists the stretches in which a member may work outside the schedule. Whether a session driven by the
// backlog begins is seen when it does.
func (c *checker) planSessions(id, day int) {
	s, x, w := &c.m.staff[id], &c.m.s.Staff[id], &c.staff[id]
	blocks := c.blocks(id, day)
	date := c.m.s.StartDay + day
	for n := range x.Sessions {
		session := &x.Sessions[n]
		code := uint64(TypeCode(session.Name))
		on := len(blocks) > 0
		if !session.Scheduled {
			on = session.Days[weekdayOf(date)] && !c.onLeave(id, day)
		}
		if !on || session.PerItem == 0 && s.streams.login.U(uint64(date), code) >= session.Probability {
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
			to = midnight(day) + engine.Time(session.Until)
		}
		if session.HasLength {
			to = min(to, from+engine.Time(session.Length.Quantile(s.streams.sessionLength.U(uint64(date), code))))
		}
		w.mayBegin = append(w.mayBegin, ownSession{n, from, to, day, session.UrgentOnly})
	}
	for len(w.mayBegin) > 0 && w.mayBegin[0].day < day-1 && w.mayBegin[0].to < midnight(day) {
		w.mayBegin = w.mayBegin[1:]
	}
}

// inSession tells whether an off-duty member may begin an item: in the session under way, which must have been drawn.
func (c *checker) inSession(id int, it *item, now engine.Time) bool {
	for _, x := range c.staff[id].mayBegin {
		if x.session == c.m.staff[id].session && x.from <= now && now < x.to && (!x.urgent || it.class == 1) {
			return true
		}
	}
	return false
}

// watchSession checks the draw of a session driven by the backlog as it begins.
func (c *checker) watchSession(id int, now engine.Time) {
	s, w := &c.m.staff[id], &c.staff[id]
	before := w.session
	w.session = s.session
	if s.session == none || s.session == before || s.Sessions[s.session].PerItem == 0 {
		return
	}
	x := &s.Sessions[s.session]
	waiting := 0
	if s.task >= 0 && w.begun == now {
		waiting = 1 // taken since it began
	}
	for _, i := range c.waiting {
		if it := c.m.items[i]; s.serves[it.pool] && (!c.m.s.Pools[it.pool].Personal || int(it.owner) == id) {
			waiting++
		}
	}
	day := dayOf(now)
	if x.AtDayEnd && now == midnight(day) {
		day--
	}
	u := s.streams.login.U(uint64(c.m.s.StartDay+day), uint64(TypeCode(x.Name)))
	if u >= x.Probability+x.PerItem*float64(waiting) {
		c.fault(permitted, "%s logs in with %d items waiting, and the draw says no", s.Name, waiting)
	}
}
