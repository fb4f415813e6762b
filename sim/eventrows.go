package sim

import (
	"iter"
	"slices"
	"time"

	"portalsim/sim/engine"
)

// EventRow is a row of table "events": one change in a thread of table "threads". Rows are ordered by replication, arm and
// number. A thread's first event is sent, its last its ending; events of one instant stand in the order in which they
// happened.
type EventRow struct {
	Point       string  `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm         string  `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32   `parquet:"replication" doc:"replication number, from 0"`
	Number      int64   `parquet:"number" doc:"place among the events of the replication in this arm, from 0: the order in which things happened, also at one instant"`
	Thread      int64   `parquet:"thread" doc:"the thread, by its contact, as in table threads; the same need has the same number in every arm"`
	Type        string  `parquet:"type,dict" doc:"message type: what the patient declares"`
	Channel     string  `parquet:"channel,dict" doc:"channel by which the contact arrived"`
	Event       string  `parquet:"event,dict" doc:"sent; calls_later, no_line (closed until the run ends), put_through (to whoever is on call); waits (enters a pool); begins or takes_call (a touch begins, or goes on), set_aside; taken_for_urgent; what a touch ends with: passed_on, sent_on (it was misdirected), asks_colleague, advises (that colleague), asks_patient, answers; service_answers; writes_again, nudged, joined (another message of the patient joins), joins (this one does), hangs_up; last, the ending, as in table threads"`
	State       string  `parquet:"state,dict" doc:"where the thread is from then on: arriving, calling_later, waiting, touched, handed_on (for no time: it waits in another pool at the same instant), with_patient, ended"`
	Pool        string  `parquet:"pool,dict" doc:"pool that the thread is in, is bound for, or was in last"`
	Staff       *string `parquet:"staff,optional,dict" doc:"staff member who touches the thread, or to whom it is put through; null where there is none"`
	Minute      float64 `parquet:"time_min" unit:"min" doc:"minutes since midnight of the day on which the run starts, warm-up included"`
	Clock       int64   `parquet:"clock_time,timestamp(microsecond:local)" doc:"the same instant in the clinic's local time, cut to the microsecond"`
}

// StaffStateRow is a row of table "staff_states": a stretch in which a staff member did one thing. Stretches end with
// tasks, blocks and days, and at the bounds of working hours; those of one member follow each other without a gap and
// without overlap through the measured period. Rows are ordered by replication, arm and the instant the stretch ended.
type StaffStateRow struct {
	Point       string `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm         string `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32  `parquet:"replication" doc:"replication number, from 0"`
	Staff       string `parquet:"staff,dict" doc:"staff member"`
	Role        string `parquet:"role,dict" doc:"staff role"`
	Activity    string `parquet:"activity,dict" doc:"visit, notes, messages, other_inbox, calls, teaching, admin, idle or off, as in table staff_days"`
	Block       string `parquet:"block,dict" doc:"what the schedule says: visits, inbox, admin, away or off; work in a block of off is overtime, an evening or a weekend"`
	AfterHours  bool   `parquet:"after_hours" doc:"whether it lies outside working hours by the clock"`
	Began       int64  `parquet:"began,timestamp(microsecond:local)" doc:"when it began, in the clinic's local time"`
	Ended       int64  `parquet:"ended,timestamp(microsecond:local)" doc:"when it ended"`
}

// logBatch is how many rows are made at a time.
const logBatch = 1 << 12

// Events yields the rows of table events, without point, arm and replication, some thousand at a time. The slice is reused.
func (l *EventLog) Events() iter.Seq[[]EventRow] {
	number := int64(-1)
	return inBatches(l.events, func(e *loggedEvent) EventRow {
		number++
		row := EventRow{
			Number: number, Thread: e.contact, Type: l.s.Types[e.kind].Name, Channel: l.s.Channels[e.channel].Name,
			Event: e.what.event(), State: stateNames[e.what.state()], Pool: l.s.Pools[e.pool].Name,
			Minute: time.Duration(e.at).Minutes(), Clock: localTime(l.s.StartDay, e.at),
		}
		if e.staff != none {
			row.Staff = &l.s.Staff[e.staff].Name
		}
		return row
	})
}

// StaffStates yields the rows of table staff_states in the same way.
func (l *EventLog) StaffStates() iter.Seq[[]StaffStateRow] {
	return inBatches(l.stretches, func(x *stretch) StaffStateRow {
		return StaffStateRow{
			Staff: x.member.Name, Role: x.member.Role, Activity: x.activity.String(), Block: blockWords[x.mode], AfterHours: x.outside,
			Began: localTime(l.s.StartDay, x.from), Ended: localTime(l.s.StartDay, x.to),
		}
	})
}

// blockWords name the kinds of block in table staff_states.
var blockWords = [...]string{"off", "visits", "inbox", "admin", "away"}

// inBatches makes a row of each element, some thousand at a time.
func inBatches[E, R any](all []E, row func(*E) R) iter.Seq[[]R] {
	return func(yield func([]R) bool) {
		var rows []R
		for some := range slices.Chunk(all, logBatch) {
			rows = rows[:0]
			for i := range some {
				rows = append(rows, row(&some[i]))
			}
			if !yield(rows) {
				return
			}
		}
	}
}

// localTime returns an instant of a run that starts on a day in microseconds of local time, cut.
func localTime(startDay int, t engine.Time) int64 {
	return int64(startDay)*int64(Day/time.Microsecond) + int64(t)/int64(time.Microsecond)
}
