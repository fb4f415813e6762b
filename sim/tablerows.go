package sim

import (
	"time"

	"portalsim/sim/engine"
)

// staffDay makes the row of table staff_days.
func (m *model) staffDay(id int32, day int) StaffDayRow {
	s := &m.staff[id]
	minutes := func(clock int, a Activity) float64 {
		sum := time.Duration(0)
		for class := range scheduleClasses {
			sum += s.today[a][1][class]
			if clock == 0 {
				sum += s.today[a][0][class]
			}
		}
		return sum.Minutes()
	}
	row := StaffDayRow{
		Staff: s.Name, Role: s.Role, Date: int32(m.s.StartDay + day),
		VisitMin: minutes(0, Visit), NotesMin: minutes(0, Notes), MessagesMin: minutes(0, Messages),
		OtherInboxMin: minutes(0, OtherInbox), CallsMin: minutes(0, Calls), TeachingMin: minutes(0, Teach), AdminMin: minutes(0, Admin),
		IdleMin: minutes(0, Idle), OffMin: minutes(0, Off),
		AfterHoursVisitMin: minutes(1, Visit), AfterHoursNotesMin: minutes(1, Notes),
		AfterHoursMessagesMin: minutes(1, Messages), AfterHoursOtherInboxMin: minutes(1, OtherInbox),
		AfterHoursCallsMin: minutes(1, Calls), AfterHoursTeachingMin: minutes(1, Teach), AfterHoursAdminMin: minutes(1, Admin),
		Items: s.items, Messages: s.threads,
	}
	var class [scheduleClasses]time.Duration
	for a := range activities {
		for c := range scheduleClasses {
			class[c] += s.today[a][0][c] + s.today[a][1][c]
		}
	}
	off := s.today[Off][0][offTime] + s.today[Off][1][offTime] + s.today[Idle][0][offTime] + s.today[Idle][1][offTime]
	row.PatientTimeMin, row.OtherScheduledMin = class[patientTime].Minutes(), class[otherTime].Minutes()
	row.OffScheduleMin, row.OffScheduleWork = class[offTime].Minutes(), (class[offTime] - off).Minutes()
	for p := range s.inboxes {
		row.BacklogClose += int32(s.inboxes[p].waiting)
	}
	return row
}

// threadRow hands the row of table threads to whoever asked for it.
func (m *model) threadRow(it *item, ending Ending) {
	start := int64(m.s.StartDay) * int64(Day/time.Microsecond)
	at := func(t engine.Time) int64 { return start + int64(t)/int64(time.Microsecond) }
	maybe := func(t engine.Time) *int64 {
		if t == unknown {
			return nil
		}
		us := at(t)
		return &us
	}
	m.tallies.row = ThreadRow{
		Contact: it.contact, Patient: it.patient, Type: m.s.Types[it.kind].Name, Channel: m.s.Channels[it.channel].Name,
		Segment:     m.s.Patients.Segments[m.panel.segment[it.patient]].Name,
		TrulyUrgent: it.urgent, Incomplete: it.incomplete, Misdirected: it.misdirected,
		FirstPool: m.s.Pools[it.first].Name, LastPool: m.s.Pools[it.pool].Name,
		Sent: at(it.sent), FirstTouch: maybe(it.firstTouch), ClinicalLook: maybe(it.look),
		FirstResponse: maybe(it.response), SubstantiveAnswer: maybe(it.answer), Ended: at(m.engine.Now()),
		PatientDelayH: it.patientDelay.Hours(), Messages: int32(it.messages), Touches: int32(it.touches),
		Rounds: int32(it.round), HandOffs: int32(it.handOffs), Ending: ending.String(),
	}
	m.options.Thread(&m.tallies.row)
}
