package oracle

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"portalsim/sim"
	"portalsim/sim/engine"
)

// ran is what a replication gives, in words and figures that both programs can be brought to.
type ran struct {
	events  []string
	threads []string
	days    []string
}

// differences runs a scenario in both programs and says in what they differ first, or "".
func differences(s *sim.Scenario, seed uint64, replication int, flaw flaw) (string, error) {
	got, err := simulated(s, seed, replication)
	if err != nil {
		return "", err
	}
	want := foretold(s, seed, replication, flaw)
	for _, part := range []struct {
		name      string
		want, got []string
	}{{"events", want.events, got.events}, {"threads", want.threads, got.threads}, {"days", want.days, got.days}} {
		if text := firstDifference(part.name, part.want, part.got); text != "" {
			return text, nil
		}
	}
	return "", nil
}

// firstDifference shows where two lists differ first, with what is around it.
func firstDifference(name string, oracle, sim []string) string {
	if slices.Equal(oracle, sim) {
		return ""
	}
	at := 0
	for at < min(len(oracle), len(sim)) && oracle[at] == sim[at] {
		at++
	}
	around := func(lines []string) string {
		return strings.Join(lines[max(0, at-12):min(len(lines), at+5)], "\n  ")
	}
	return fmt.Sprintf("%s differ at line %d of %d (oracle) and %d (simulator)\noracle:\n  %s\nsimulator:\n  %s",
		name, at+1, len(oracle), len(sim), around(oracle), around(sim))
}

// simulated runs the simulator.
func simulated(s *sim.Scenario, seed uint64, replication int) (ran, error) {
	var out ran
	result, err := sim.Run(s, seed, replication, sim.Options{
		Trace: func(at engine.Time, line string) {
			out.events = append(out.events, written(s, time.Duration(at), line))
		},
		Thread: func(r *sim.ThreadRow) {
			out.threads = append(out.threads, threadText(reflect.ValueOf(*r)))
		},
		StaffDays: true,
	})
	if err != nil {
		return out, err
	}
	for _, d := range result.StaffDays {
		out.days = append(out.days, fmt.Sprintf("%+v", d))
	}
	return out.inOrder(), nil
}

// written writes an event so that it shows to the nanosecond when it happened.
func written(s *sim.Scenario, at time.Duration, line string) string {
	return fmt.Sprintf("%s +%d  %s", sim.Clock(s.StartDay, engine.Time(at)), at%time.Second, line)
}

// threadText writes a row of table threads, with what pointers point to.
func threadText(row reflect.Value) string {
	var text strings.Builder
	for i := range row.NumField() {
		value := row.Field(i)
		switch {
		case value.Kind() == reflect.Pointer && value.IsNil():
			fmt.Fprintf(&text, "%s:never ", row.Type().Field(i).Name)
			continue
		case value.Kind() == reflect.Pointer:
			value = value.Elem()
		}
		fmt.Fprintf(&text, "%s:%v ", row.Type().Field(i).Name, value)
	}
	return text.String()
}

// inOrder sorts what the end of the run cuts off: its order means nothing.
func (r ran) inOrder() ran {
	for _, list := range [][]string{r.events, r.threads} {
		n := len(list)
		for n > 0 && (strings.HasSuffix(list[n-1], ": censored") || strings.HasSuffix(list[n-1], "Ending:censored ")) {
			n--
		}
		slices.Sort(list[n:])
	}
	return r
}

// foretold runs the oracle.
func foretold(s *sim.Scenario, seed uint64, replication int, flaw flaw) ran {
	var out ran
	o := run(s, seed, replication, flaw)
	for _, e := range o.Events {
		out.events = append(out.events, written(s, e.At, e.Line))
	}
	start := int64(s.StartDay) * int64(sim.Day/time.Microsecond)
	at := func(t time.Duration) int64 { return start + int64(t/time.Microsecond) }
	maybe := func(t time.Duration) int64 {
		if t == never {
			return 0
		}
		return at(t)
	}
	panel := (&world{s: s, seed: seed, replication: replication}).drawPatients()
	for _, t := range o.Threads {
		out.threads = append(out.threads, threadText(reflect.ValueOf(sim.ThreadRow{
			Contact: t.Contact, Patient: int32(t.Patient), Type: t.Type, Channel: t.Channel,
			Segment: s.Patients.Segments[panel[t.Patient].segment].Name, TrulyUrgent: t.Urgent, Incomplete: t.Incomplete,
			Misdirected: t.Misdirected, FirstPool: t.FirstPool, LastPool: t.LastPool, Sent: at(t.Sent), FirstTouch: maybe(t.FirstTouch),
			ClinicalLook: maybe(t.Look), FirstResponse: maybe(t.Response), SubstantiveAnswer: maybe(t.Answer), Ended: at(t.Ended),
			PatientDelayH: float64(t.PatientDelay) / float64(time.Hour), Messages: int32(t.Messages), Touches: int32(t.Touches),
			Rounds: int32(t.Rounds), HandOffs: int32(t.HandOffs), Ending: t.Ending,
		})))
	}
	for _, d := range o.Days {
		out.days = append(out.days, fmt.Sprintf("%+v", dayRow(s, &d)))
	}
	return out.inOrder()
}

// dayRow brings a day to the form of table staff_days.
func dayRow(s *sim.Scenario, d *Day) sim.StaffDayRow {
	row := sim.StaffDayRow{Staff: d.Staff, Date: int32(d.Date), Items: int32(d.Items), Messages: int32(d.Messages), BacklogClose: int32(d.BacklogClose)}
	for i := range s.Staff {
		if s.Staff[i].Name == d.Staff {
			row.Role = s.Staff[i].Role
		}
	}
	minutes := func(a sim.Activity) float64 { return d.Minutes[a].Minutes() }
	row.VisitMin, row.NotesMin, row.MessagesMin, row.OtherInboxMin = minutes(sim.Visit), minutes(sim.Notes), minutes(sim.Messages), minutes(sim.OtherInbox)
	row.CallsMin, row.TeachingMin, row.AdminMin, row.IdleMin, row.OffMin = minutes(sim.Calls), minutes(sim.Teach), minutes(sim.Admin), minutes(sim.Idle), minutes(sim.Off)
	after := func(a sim.Activity) float64 { return d.AfterHours[a].Minutes() }
	row.AfterHoursVisitMin, row.AfterHoursNotesMin, row.AfterHoursMessagesMin = after(sim.Visit), after(sim.Notes), after(sim.Messages)
	row.AfterHoursOtherInboxMin, row.AfterHoursCallsMin = after(sim.OtherInbox), after(sim.Calls)
	row.AfterHoursTeachingMin, row.AfterHoursAdminMin = after(sim.Teach), after(sim.Admin)
	row.PatientTimeMin = d.Class[sim.VisitsBlock].Minutes()
	row.OtherScheduledMin = (d.Class[sim.InboxBlock] + d.Class[sim.AdminBlock] + d.Class[sim.AwayBlock]).Minutes()
	row.OffScheduleMin, row.OffScheduleWork = d.Class[sim.OffDuty].Minutes(), d.OffWork.Minutes()
	return row
}
