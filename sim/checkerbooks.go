package sim

import (
	"slices"
	"time"

	"portalsim/sim/engine"
)

// blocks returns a member's blocks of a day, by the scenario alone.
func (c *checker) blocks(id, day int) []Block {
	date := c.m.s.StartDay + day
	if slices.Contains(c.m.s.Holidays, date) || c.onLeave(id, day) {
		return nil
	}
	return c.m.s.Staff[id].Week[weekdayOf(date)]
}

// weekdayOf returns 0 for Monday, by the standard library.
func weekdayOf(date int) int {
	return (int(time.Unix(int64(date)*86400, 0).UTC().Weekday()) + 6) % 7
}

// modeAt returns the kind of block at an instant, by the scenario alone.
func (c *checker) modeAt(id int, at engine.Time) BlockKind {
	clock := time.Duration(at - midnight(dayOf(at)))
	for _, b := range c.blocks(id, dayOf(at)) {
		if b.From <= clock && clock < b.To {
			return b.Kind
		}
	}
	return OffDuty
}

// bookUntil books a member's time since the last event, cut at every bound of the clock and of the schedule.
func (c *checker) bookUntil(id int, now engine.Time) {
	w := &c.staff[id]
	for at := c.last; at < now; {
		end := min(now, c.nextBound(id, at))
		if c.m.window.holds(at) {
			mode := c.modeAt(id, at)
			activity, class := c.doing(w, mode), otherTime
			switch mode {
			case OffDuty:
				class = offTime
			case VisitsBlock:
				class = patientTime
			}
			w.total[activity][c.outside(at)][class] += time.Duration(end - at)
		}
		at = end
	}
}

// doing returns what a member's minutes go to: the task under way, else by the block.
func (c *checker) doing(w *watched, mode BlockKind) Activity {
	switch {
	case w.task != none:
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
func (c *checker) activityOf(it *item) Activity {
	if !it.thread {
		return c.m.s.OtherWork[it.kind].Activity
	}
	if x := &c.m.s.Channels[it.channel]; x.Live && int(it.pool) == x.Pool {
		return Calls
	}
	return Messages
}

// outside tells whether an instant is after hours by the clock: 1 if so.
func (c *checker) outside(at engine.Time) int {
	date := c.m.s.StartDay + dayOf(at)
	clock := time.Duration(at - midnight(dayOf(at)))
	if weekdayOf(date) < 5 && !slices.Contains(c.m.s.Holidays, date) && clock >= c.m.s.Working.From && clock < c.m.s.Working.To {
		return 0
	}
	return 1
}

// nextBound returns the next instant after at that the books may not straddle.
func (c *checker) nextBound(id int, at engine.Time) engine.Time {
	day := dayOf(at)
	next := midnight(day + 1)
	consider := func(bound engine.Time) {
		if bound > at && bound < next {
			next = bound
		}
	}
	consider(midnight(day) + engine.Time(c.m.s.Working.From))
	consider(midnight(day) + engine.Time(c.m.s.Working.To))
	for _, b := range c.blocks(id, day) {
		consider(midnight(day) + engine.Time(b.From))
		consider(midnight(day) + engine.Time(b.To))
	}
	consider(c.m.window.from)
	consider(c.m.window.to)
	return next
}

// finishBooks checks that each minute of the measured period is booked once, and where it belongs.
func (c *checker) finishBooks() {
	m := c.m
	for id := range m.staff {
		name, total := m.staff[id].Name, &m.tallies.staff[id].total
		sum := time.Duration(0)
		for a := range activities {
			for clock := range 2 {
				for class := range scheduleClasses {
					got, want := total[a][clock][class], c.staff[id].total[a][clock][class]
					sum += got
					if got != want || got < 0 {
						c.fault(bookedOnce, "%s has %v in %s (outside hours %d, schedule class %d), want %v", name, got, a, clock, class, want)
					}
				}
			}
		}
		if sum != m.s.Measure {
			c.fault(bookedOnce, "%s has %v booked, and the measured period %v", name, sum, m.s.Measure)
		}
	}
}

// finishDays checks the rows of staff days, each of which is a whole day.
func (c *checker) finishDays(r *Result) {
	m := c.m
	if r.StaffDays == nil {
		return
	}
	if want := int(m.s.Measure/Day) * len(m.staff); len(r.StaffDays) != want {
		c.fault(bookedOnce, "there are %d staff days, want %d", len(r.StaffDays), want)
	}
	visits := map[string]float64{}
	for i := range r.StaffDays {
		d := &r.StaffDays[i]
		activity := d.VisitMin + d.NotesMin + d.MessagesMin + d.OtherInboxMin + d.CallsMin + d.TeachingMin + d.AdminMin + d.IdleMin + d.OffMin
		schedule := d.PatientTimeMin + d.OtherScheduledMin + d.OffScheduleMin
		if !near(activity, 1440) || !near(schedule, 1440) {
			c.fault(bookedOnce, "%s on %s has %v min by activity, %v by schedule", d.Staff, Date(int(d.Date)), activity, schedule)
		}
		for _, part := range [][2]float64{
			{d.AfterHoursVisitMin, d.VisitMin}, {d.AfterHoursNotesMin, d.NotesMin}, {d.AfterHoursMessagesMin, d.MessagesMin},
			{d.AfterHoursOtherInboxMin, d.OtherInboxMin}, {d.AfterHoursCallsMin, d.CallsMin}, {d.AfterHoursAdminMin, d.AdminMin},
			{d.OffScheduleWork, d.OffScheduleMin}, {0, d.IdleMin}, {0, d.OffMin}, {float64(d.Messages), float64(d.Items)},
		} {
			if part[0] < 0 || part[0] > part[1]+1e-9 {
				c.fault(bookedOnce, "%s on %s: %v of %v", d.Staff, Date(int(d.Date)), part[0], part[1])
			}
		}
		visits[d.Staff] += d.VisitMin
	}
	for id := range m.staff {
		want := 0.0
		for clock := range 2 {
			for class := range scheduleClasses {
				want += c.staff[id].total[Visit][clock][class].Minutes()
			}
		}
		if got := visits[m.staff[id].Name]; !near(got, want) {
			c.fault(bookedOnce, "%s has %v min of visits over the days, want %v", m.staff[id].Name, got, want)
		}
	}
}

// near tells whether two sums of minutes agree to a millionth.
func near(a, b float64) bool { return a-b <= 1e-6 && b-a <= 1e-6 }
