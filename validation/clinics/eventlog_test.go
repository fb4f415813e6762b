package clinics

import (
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim"
)

// logged asks for the whole event log.
var logged = sim.Options{Log: func(int64) bool { return true }, LogStaff: true}

// TestEventLogAgrees: keeping the event log changes no bit of a result, and what can be worked out from its rows is what
// the other tables say, in random clinics.
func TestEventLogAgrees(t *testing.T) {
	threads, seen := 0, map[string]int{}
	check(t, 200, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		quiet := outcomeOf(rt, s, 3, 1)
		out, r := outcomeWith(rt, s, 3, 1, logged)
		expectSame(rt, "the event log", quiet, out)
		if r == nil {
			return // work without end
		}
		events := slices.Concat(collect(r.Log.Events())...)
		for i, e := range events {
			seen[e.Event]++
			if e.Number != int64(i) || i > 0 && e.Minute < events[i-1].Minute {
				rt.Fatalf("event %d has number %d, or comes before the one before it", i, e.Number)
			}
		}
		expectThreads(rt, s, out.threads, events)
		expectJourneys(rt, s, r, events)
		expectStretches(rt, out.days, slices.Concat(collect(r.Log.StaffStates())...))
		threads += len(out.threads)
	})
	if threads < 500 || !testing.Short() && len(seen) != 29 {
		t.Errorf("only %d threads and %d kinds of event were tried: %v", threads, len(seen), seen)
	}
}

// collect copies what is yielded in batches.
func collect[R any](batches func(func([]R) bool)) [][]R {
	var all [][]R
	for rows := range batches {
		all = append(all, slices.Clone(rows))
	}
	return all
}

// byThread parts events by thread, in their order.
func byThread(events []sim.EventRow) map[int64][]sim.EventRow {
	parts := map[int64][]sim.EventRow{}
	for _, e := range events {
		parts[e.Thread] = append(parts[e.Thread], e)
	}
	return parts
}

// What events count, by the column of table threads that they add up to.
var (
	outcomes = []string{"passed_on", "sent_on", "asks_colleague", "advises", "asks_patient", "answers"}
	handOffs = outcomes[:4]
	rounds   = []string{"asks_patient", "answers", "service_answers"}
	written  = []string{"sent", "writes_again", "nudged", "joined", "asks_patient", "answers", "service_answers"}
	touching = []string{"begins", "takes_call", "service_answers"}
	answered = []string{"answers", "service_answers"}
)

func among(list []string) func(sim.EventRow) bool {
	return func(e sim.EventRow) bool { return slices.Contains(list, e.Event) }
}

func count(events []sim.EventRow, list []string) (n int32) {
	for _, e := range events {
		if among(list)(e) {
			n++
		}
	}
	return n
}

// first returns when the first event of a kind happened, or 0.
func first(events []sim.EventRow, is func(sim.EventRow) bool) int64 {
	if i := slices.IndexFunc(events, is); i >= 0 {
		return events[i].Clock
	}
	return 0
}

// expectThreads works each row of table threads out anew from its events; traits, which no event tells, are taken over.
func expectThreads(rt *rapid.T, s *sim.Scenario, rows []sim.ThreadRow, events []sim.EventRow) {
	rt.Helper()
	clinical, live := map[string]bool{}, map[string]bool{}
	for _, p := range s.Pools {
		clinical[p.Name] = p.Clinical
	}
	for _, c := range s.Channels {
		live[c.Name] = c.Live
	}
	parts := byThread(events)
	if len(parts) != len(rows) {
		rt.Fatalf("%d threads have events, %d have rows", len(parts), len(rows))
	}
	for i := range rows {
		own := parts[rows[i].Contact]
		last := own[len(own)-1]
		got := rows[i]
		got.Type, got.Channel, got.FirstPool, got.LastPool, got.Sent, got.Ended, got.Ending = own[0].Type, own[0].Channel, own[0].Pool, last.Pool, own[0].Clock, last.Clock, last.Event
		got.Messages, got.Touches, got.Rounds, got.HandOffs = count(own, written), count(own, outcomes), count(own, rounds), count(own, handOffs)
		got.FirstTouch, got.SubstantiveAnswer = first(own, among(touching)), first(own, among(answered))
		got.ClinicalLook = first(own, func(e sim.EventRow) bool { return among(touching)(e) && (e.Event != "begins" || clinical[e.Pool]) })
		got.FirstResponse = first(own, func(e sim.EventRow) bool { return among(rounds)(e) || live[got.Channel] && among(touching)(e) })
		if own[0].Event != "sent" || !reflect.DeepEqual(got, rows[i]) {
			rt.Fatalf("events give %+v\nwant %+v\n%+v", got, rows[i], own)
		}
		expectStates(rt, own, got.PatientDelayH)
	}
}

// expectStates checks that a thread ends once and is touched by somebody, and adds up for how long the clinic waited for
// the patient.
func expectStates(rt *rapid.T, own []sim.EventRow, delay float64) {
	rt.Helper()
	waited := 0.0
	for i, e := range own {
		ends := i == len(own)-1
		byStaff := e.State == "touched" || e.Event == "set_aside" || e.Event == "put_through" || among(outcomes)(e)
		if (e.State == "ended") != ends || (e.Staff != nil) != byStaff {
			rt.Fatalf("event %d of %+v", i, own)
		}
		if !ends && e.State == "with_patient" {
			waited += own[i+1].Minute - e.Minute
		}
		if !ends && e.State == "handed_on" && (own[i+1].Event != "waits" || own[i+1].Minute != e.Minute) {
			rt.Fatalf("handed on to nobody: event %d of %+v", i, own)
		}
	}
	expect(rt, "delay by the patient", waited/60, delay)
}

// expectJourneys counts from the events how often threads went from place to place, as in table flows.
func expectJourneys(rt *rapid.T, s *sim.Scenario, r *sim.Result, events []sim.EventRow) {
	rt.Helper()
	moves := map[[2]string]float64{}
	for _, own := range byThread(events) {
		at := "channel " + own[0].Channel
		for i, e := range own {
			to := ""
			switch {
			case e.State == "ended":
				to = "ending " + e.Event
			case e.Event == "waits":
				to = "pool " + e.Pool
			case e.Event == "put_through":
				to = "on_call on_call"
			case (e.State == "with_patient" || e.Event == "hangs_up") && own[i+1].Event != "answered" && own[i+1].Event != "abandoned_call":
				to = "patient patient"
			default:
				continue
			}
			moves[[2]string{at, to}]++
			at = to
		}
	}
	weeks := float64(s.Measure) / float64(sim.Week)
	for _, row := range r.Course.Flows {
		key := [2]string{row.FromKind + " " + row.From, row.ToKind + " " + row.To}
		expect(rt, key[0]+" to "+key[1], moves[key], row.PerWeek*weeks)
		delete(moves, key)
	}
	if len(moves) > 0 {
		rt.Errorf("moves that flows has not: %v", moves)
	}
}

// expectStretches checks that each member's stretches follow each other and add up to the minutes of table staff_days: to
// a microsecond a stretch, to which instants are cut.
func expectStretches(rt *rapid.T, days []sim.StaffDayRow, stretches []sim.StaffStateRow) {
	rt.Helper()
	type cell struct {
		staff      string
		date       int32
		activity   string
		afterHours bool
	}
	minutes, ended := map[cell]float64{}, map[string]int64{}
	perDay := int64(sim.Day / time.Microsecond)
	for _, x := range stretches {
		if before, ok := ended[x.Staff]; x.Began > x.Ended || ok && x.Began != before || x.Began/perDay != max(x.Began, x.Ended-1)/perDay {
			rt.Fatalf("%+v does not follow what ended at %d", x, before)
		}
		ended[x.Staff] = x.Ended
		c := cell{x.Staff, int32(x.Began / perDay), x.Activity, x.AfterHours}
		minutes[c] += time.Duration((x.Ended - x.Began) * int64(time.Microsecond)).Minutes()
	}
	rounding := float64(len(stretches)+1) * time.Microsecond.Minutes()
	for _, d := range days {
		for activity, want := range map[string][2]float64{
			"visit": {d.VisitMin, d.AfterHoursVisitMin}, "notes": {d.NotesMin, d.AfterHoursNotesMin}, "messages": {d.MessagesMin, d.AfterHoursMessagesMin},
			"other_inbox": {d.OtherInboxMin, d.AfterHoursOtherInboxMin}, "calls": {d.CallsMin, d.AfterHoursCallsMin},
			"teaching": {d.TeachingMin, d.AfterHoursTeachingMin}, "admin": {d.AdminMin, d.AfterHoursAdminMin},
		} {
			after := minutes[cell{d.Staff, d.Date, activity, true}]
			if all := after + minutes[cell{d.Staff, d.Date, activity, false}]; math.Abs(all-want[0]) > rounding || math.Abs(after-want[1]) > rounding {
				rt.Fatalf("%s of %s on day %d: %v minutes, %v after hours; want %v", activity, d.Staff, d.Date, all, after, want)
			}
		}
	}
	if len(days) > 0 && len(ended) == 0 {
		rt.Error("there are days without a stretch")
	}
}
