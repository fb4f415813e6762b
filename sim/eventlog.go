package sim

import "portalsim/sim/engine"

// EventLog is what happened to threads, event by event, and what the staff did, stretch by stretch, in one replication.
// It is kept only where Options.Log or Options.LogStaff asks for it: it watches a run and changes nothing. An event takes
// 24 bytes, a stretch 32; rows are made when they are asked for.
type EventLog struct {
	s         *Scenario
	window    window
	keeps     func(contact int64) bool
	staff     bool
	events    []loggedEvent
	stretches []stretch
}

// loggedEvent is one step of a counted thread.
type loggedEvent struct {
	at      engine.Time
	contact int64
	kind    int16
	pool    int16
	staff   int16 // or none
	channel uint8
	what    step
}

// stretch is a time in which a staff member did one thing.
type stretch struct {
	from, to engine.Time
	member   *StaffMember
	activity Activity
	mode     BlockKind
	outside  bool // working hours
}

// newLog begins the event log, if there is to be one.
func (m *model) newLog() {
	m.observed = m.options.Trace != nil || m.options.Log != nil
	if m.options.Log != nil || m.options.LogStaff {
		m.log = &EventLog{s: m.s, window: m.window, keeps: m.options.Log, staff: m.options.LogStaff}
	}
}

// note keeps a step of a counted thread. A call in place of an abandoned thread is not counted: it has the contact of that
// thread, which has ended.
func (l *EventLog) note(at engine.Time, it *item, staff int32, what step) {
	if it.thread && it.counted && l.keeps != nil && l.keeps(it.contact) {
		l.events = append(l.events, loggedEvent{at, it.contact, it.kind, it.pool, int16(staff), it.channel, what})
	}
}

// book keeps a stretch that ends, on a day of the measured period.
func (l *EventLog) book(s *staffState, now engine.Time, outside bool) {
	if l.staff && l.window.holds(midnight(dayOf(s.since))) {
		l.stretches = append(l.stretches, stretch{s.since, now, s.StaffMember, s.activity, s.mode, outside})
	}
}
