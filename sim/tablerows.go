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
	at := func(t engine.Time) int64 { return localTime(m.s.StartDay, t) }
	maybe := func(t engine.Time) int64 {
		if t == unknown {
			return 0
		}
		return at(t)
	}
	m.tallies.row = ThreadRow{
		Contact: it.contact, Patient: it.patient, Type: m.s.Types[it.kind].Name, Channel: m.s.Channels[it.channel].Name,
		Segment:     m.s.Patients.Segments[it.segment].Name,
		TrulyUrgent: it.urgent, Incomplete: it.incomplete, Misdirected: it.misdirected,
		FirstPool: m.s.Pools[it.first].Name, LastPool: m.s.Pools[it.pool].Name,
		Sent: at(it.sent), FirstTouch: maybe(it.firstTouch), ClinicalLook: maybe(it.look),
		FirstResponse: maybe(it.response), SubstantiveAnswer: maybe(it.answer), Ended: at(m.engine.Now()),
		PatientDelayH: Hours(it.patientDelay), Messages: int32(it.messages), Touches: int32(it.touches),
		Rounds: int32(it.round), HandOffs: int32(it.handOffs), Ending: ending.String(),
	}
	m.options.Thread(&m.tallies.row)
}

// HourRow is a row of table "hours": one hour of the week in one replication, averaged over the weeks of the measured
// period. Rows are ordered by replication, arm, pool (all first) and hour.
type HourRow struct {
	Point       string  `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm         string  `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32   `parquet:"replication" doc:"replication number, from 0"`
	Pool        string  `parquet:"pool,dict" doc:"pool, or all"`
	Hour        int32   `parquet:"hour" doc:"hour of the week, 0 to 167: 0 begins on Monday at midnight, in the clinic's local time"`
	Sent        float64 `parquet:"sent" unit:"per h" doc:"contacts that became threads, by any channel, by the pool that is to receive them; a call counts when the patient first wishes to call"`
	Portal      float64 `parquet:"portal_sent" unit:"per h" doc:"of sent, by the portal; only for all pools, 0 for each"`
	Entries     float64 `parquet:"entries" unit:"per h" doc:"items of any kind that entered the pool's queue"`
	Backlog     float64 `parquet:"backlog_mean" unit:"items" doc:"items waiting in the pool, averaged over the hour"`
}

// WeekRow is a row of table "weeks": one week of the measured period in one replication. Rows are ordered by
// replication, arm and week.
type WeekRow struct {
	Point       string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm         string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32    `parquet:"replication" doc:"replication number, from 0"`
	Week        int32    `parquet:"week" doc:"week of the measured period, from 0"`
	Strength    *float64 `parquet:"strength,optional" unit:"1" doc:"strength of education at the middle of the week, from 0 to 1, averaged over patients: in each, of the campaign that is strongest; null without a campaign"`
	Threads     int64    `parquet:"threads" doc:"contacts of the week that became threads, by any channel"`
	Portal      int64    `parquet:"portal_threads" doc:"of threads, by the portal"`
	Response    *float64 `parquet:"first_response_h_mean,optional" unit:"h" doc:"send to first response, mean over the portal's threads sent in the week, self-served and merged ones apart; restricted where unanswered is above 0; null where there is none"`
	Unanswered  int64    `parquet:"unanswered" doc:"of these, threads that ended, or were cut off, without a response; their waits enter as long as observed"`
	AfterHours  *float64 `parquet:"after_hours_min_per_clinician,optional" unit:"min" doc:"minutes worked outside working hours by the clock in the week, all activities, divided by clinicians; null where there is none"`
}

// FlowRow is a row of table "flows": how often threads went from one place to another in one replication. A thread
// sets out at its channel and arrives at its ending; what enters a pool, the patient or on_call leaves it. Rows are
// ordered by replication, arm, and the places in the order channels, pools, patient, on_call, endings.
type FlowRow struct {
	Point       string  `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm         string  `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32   `parquet:"replication" doc:"replication number, from 0"`
	FromKind    string  `parquet:"from_kind,dict" doc:"channel, pool, patient (the thread waits for the patient) or on_call"`
	From        string  `parquet:"from,dict" doc:"name of the place that threads left"`
	ToKind      string  `parquet:"to_kind,dict" doc:"pool, patient, on_call or ending"`
	To          string  `parquet:"to,dict" doc:"name of the place that they came to"`
	PerWeek     float64 `parquet:"moves_per_week" unit:"per week" doc:"moves of threads sent in the measured period, divided by its weeks; places between which nothing moved have no row"`
}

// WaitRow is a row of table "waits": one point of the distribution of the time to first response in one replication.
// Rows are ordered by replication, arm, type (all last), channel (the portal, then all) and share.
type WaitRow struct {
	Point       string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm         string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32    `parquet:"replication" doc:"replication number, from 0"`
	Type        string   `parquet:"type,dict" doc:"message type, or all"`
	Channel     string   `parquet:"channel,dict" doc:"the portal, or all"`
	Share       float64  `parquet:"share" unit:"1" doc:"share of threads whose first response came within first_response_h: 0.01, 0.05, 0.10 … 0.95, 0.99"`
	Wait        *float64 `parquet:"first_response_h,optional" unit:"h" doc:"send to first response: the quantile of share, as first_response_h_p50 is that of 0.5; null where it falls among censored times"`
	Threads     int64    `parquet:"threads" doc:"threads with a wait of their own; types and channels with fewer than measures.min_events have no rows"`
}
