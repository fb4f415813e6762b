package sim

import (
	"math"
	"time"

	"portalsim/sim/engine"
)

// finish compares the result with the observer's own books.
func (o *observer) finish(r *Result) {
	o.finishBooks()
	o.finishDays(r)
	o.finishThreads(r)
	o.finishItems()
	for _, p := range r.Pools {
		if p.Area != p.Waited {
			o.fault("pool %s: area %v, waited %v", p.Name, p.Area, p.Waited)
		}
	}
}

// finishBooks checks that each minute of the measured period is booked once, and where it belongs.
func (o *observer) finishBooks() {
	m := o.m
	for id := range m.staff {
		name := m.staff[id].Name
		if end := m.engine.Now(); end < m.window.to {
			o.fault("the run ended at %d, before the measured period", end)
		}
		sum := time.Duration(0)
		for a := range activities {
			for clock := range 2 {
				for class := range scheduleClasses {
					got, want := m.tallies.staff[id].total[a][clock][class], o.staff[id].total[a][clock][class]
					sum += got
					if got != want {
						o.fault("%s: %v in %s (outside hours %d, schedule class %d), want %v", name, got, a, clock, class, want)
					}
					if got < 0 {
						o.fault("%s: %v in %s", name, got, a)
					}
				}
			}
		}
		if sum != m.s.Measure {
			o.fault("%s: %v booked, the measured period has %v", name, sum, m.s.Measure)
		}
		total := &m.tallies.staff[id].total
		for clock := range 2 {
			if total[Idle][clock][offTime] != 0 || total[Admin][clock][offTime] != 0 {
				o.fault("%s: idle or admin while off duty", name)
			}
			if total[Off][clock][patientTime] != 0 || total[Off][clock][otherTime] != 0 {
				o.fault("%s: off in a block", name)
			}
		}
	}
}

// finishDays checks the rows of staff days, each of which is a whole day.
func (o *observer) finishDays(r *Result) {
	m := o.m
	if r.StaffDays == nil {
		return
	}
	if want := int(m.s.Measure/Day) * len(m.staff); len(r.StaffDays) != want {
		o.fault("%d staff days, want %d", len(r.StaffDays), want)
	}
	visits := map[string]float64{}
	for i := range r.StaffDays {
		d := &r.StaffDays[i]
		activity := d.VisitMin + d.NotesMin + d.MessagesMin + d.OtherInboxMin + d.CallsMin + d.AdminMin + d.IdleMin + d.OffMin
		schedule := d.PatientTimeMin + d.OtherScheduledMin + d.OffScheduleMin
		if !near(activity, 1440) || !near(schedule, 1440) {
			o.fault("%s on %s: %v min by activity, %v by schedule", d.Staff, Date(int(d.Date)), activity, schedule)
		}
		for _, part := range [][2]float64{
			{d.AfterHoursVisitMin, d.VisitMin}, {d.AfterHoursNotesMin, d.NotesMin}, {d.AfterHoursMessagesMin, d.MessagesMin},
			{d.AfterHoursOtherInboxMin, d.OtherInboxMin}, {d.AfterHoursCallsMin, d.CallsMin}, {d.AfterHoursAdminMin, d.AdminMin},
			{d.OffScheduleWork, d.OffScheduleMin}, {0, d.IdleMin}, {0, d.OffMin}, {float64(d.Messages), float64(d.Items)},
		} {
			if part[0] < 0 || part[0] > part[1]+1e-9 {
				o.fault("%s on %s: %v of %v", d.Staff, Date(int(d.Date)), part[0], part[1])
			}
		}
		visits[d.Staff] += d.VisitMin
	}
	for id := range m.staff {
		total := time.Duration(0)
		for clock := range 2 {
			for class := range scheduleClasses {
				total += o.staff[id].total[Visit][clock][class]
			}
		}
		if !near(visits[m.staff[id].Name], total.Minutes()) {
			o.fault("%s: %v min of visits over the days, want %v", m.staff[id].Name, visits[m.staff[id].Name], total.Minutes())
		}
	}
}

// value returns a measure of the result, NaN where it is not known.
func value(rows []MeasureRow, measure, kind, channel, pool string) float64 {
	for i := range rows {
		r := &rows[i]
		if r.Measure == measure && r.Type == orAll(kind) && r.Channel == orAll(channel) && r.Pool == orAll(pool) && r.Role == All && r.Staff == All {
			if r.Value == nil {
				return math.NaN()
			}
			return *r.Value
		}
	}
	return math.NaN()
}

// finishThreads checks conservation: needs are threads or dropped, threads end once, and parts add up.
func (o *observer) finishThreads(r *Result) {
	rows := r.Rows
	all := func(measure string) int { return int(value(rows, measure, "", "", "")) }
	for contact, n := range o.records {
		if n != 1 {
			o.fault("contact %d ended %d times", contact, n)
		}
	}
	if all("contacts_n") != o.needs+all("extra_n") {
		o.fault("%d contacts and %d extra, of %d needs", all("contacts_n"), all("extra_n"), o.needs)
	}
	if all("contacts_n") != all("threads_n")+all("dropped_n") {
		o.fault("%d contacts, %d threads, %d dropped", all("contacts_n"), all("threads_n"), all("dropped_n"))
	}
	if got := all("answered_n") + all("lapsed_n") + all("censored_n"); got != all("threads_n") || got != len(o.records) {
		o.fault("%d threads, %d ended, %d rows", all("threads_n"), got, len(o.records))
	}
	for _, measure := range []string{"contacts_n", "dropped_n", "extra_n", "threads_n", "answered_n", "lapsed_n", "censored_n", "urgent_threads_n"} {
		byType, byChannel, cells := 0., 0., 0.
		for k := range o.m.s.Types {
			kind := o.m.s.Types[k].Name
			byType += value(rows, measure, kind, "", "")
			for c := range o.m.s.Channels {
				cells += value(rows, measure, kind, o.m.s.Channels[c].Name, "")
			}
		}
		for c := range o.m.s.Channels {
			byChannel += value(rows, measure, "", o.m.s.Channels[c].Name, "")
		}
		anyChannel := measure == "contacts_n" || measure == "dropped_n"
		if sum := value(rows, measure, "", "", ""); byType != sum || !anyChannel && (byChannel != sum || cells != sum) {
			o.fault("%s: %v in all, %v by type, %v by channel, %v by both", measure, sum, byType, byChannel, cells)
		}
	}
	for ending := range endings {
		if got := int(value(rows, ending.String()+"_n", "", "", "")); got != o.threads[ending.String()] {
			o.fault("%s_n is %d, rows say %d", ending, got, o.threads[ending.String()])
		}
		for k := range o.m.s.Types {
			kind := o.m.s.Types[k].Name
			if got := int(value(rows, ending.String()+"_n", kind, "portal", "")); got != o.threads[ending.String()+"|"+kind+"|portal"] {
				o.fault("%s_n of %s by portal is %d, rows say %d", ending, kind, got, o.threads[ending.String()+"|"+kind+"|portal"])
			}
		}
	}
}

// finishItems checks that what is in progress at the end is what has a place.
func (o *observer) finishItems() {
	m := o.m
	if open := len(m.items) - len(m.free); m.inProgress != open {
		o.fault("%d in progress, %d places taken", m.inProgress, open)
	}
	if m.counted != 0 {
		o.fault("%d counted threads left after the end", m.counted)
	}
	released := make([]bool, len(m.items))
	for _, i := range m.free {
		if released[i] {
			o.fault("item %d is free twice", i)
		}
		released[i] = true
	}
	if m.engine.Now() > engine.Time(m.s.WarmUp+m.s.Measure+m.s.Drain) {
		o.fault("the run went on to %d", m.engine.Now())
	}
}
