package experiment

import (
	"fmt"
	"time"

	"portalsim/sim"
	"portalsim/sim/random"
)

// alike is some times alike, one for each type.
func alike(n int, d random.Distribution) (list []random.Distribution) {
	for range n {
		list = append(list, d)
	}
	return list
}

// clinic is a small clinic with two types, two pools, a phone and a clinician who keeps office hours.
func clinic() *sim.Scenario {
	s := &sim.Scenario{
		Name: "clinic", StartDay: 20094, WarmUp: sim.Week, Measure: 2 * sim.Week, Drain: 2 * sim.Week, MaxInProgress: 10_000,
		Working: sim.Span{From: 7 * time.Hour, To: 17 * time.Hour},
		Patients: sim.Patients{
			Count: 30, PortalUsers: 1, ActivityCV: 1, Preferred: []float64{0.6, 0.4}, Instead: []float64{0, 1},
			Segments: []sim.Segment{{Name: "everyone", Share: 1, Multiplier: 1}}, HolidayFactor: 1,
		},
		Channels: []sim.Channel{{Name: "portal", Pool: -1, Always: true}, {Name: "phone", Pool: 0, Live: true, Always: true, FallsBackTo: 1, Priority: 1}},
		Limits:   sim.Limits{UrgentSafety: 4 * time.Hour, LongEvening: time.Hour, AfterHoursPerFTEWeek: time.Hour, MessagesPerFTEWeek: 50, Unopened: 12 * time.Hour, Unanswered: 36 * time.Hour, MinEvents: 1},
	}
	for k, name := range []string{"refill", "advice"} {
		s.Types = append(s.Types, sim.MessageType{
			Name: name, UsesOfPortalUsers: 0.9, NeedsPerUserYear: 25, NeedsPerOtherYear: 15, PortalShareOfOthers: 0.5, ByPhone: 0.1,
			TrulyUrgent: 0.1, Incomplete: 0.2, FollowUp: 0.2, Reply: 0.9, ReplyDelay: random.ExponentialTime(5 * time.Hour),
			LapseAfter: 3 * sim.Day, Target: 9 * time.Hour, Priority: uint8(k + 1), Pool: k,
		})
	}
	for p := range 2 {
		handling := alike(2, random.ExponentialTime(15*time.Minute))
		s.Pools = append(s.Pools, sim.Pool{Name: fmt.Sprint("pool-", p), Priority: true, Clinical: p == 1, Handling: handling, Reroute: handling, Request: handling, PassOn: [][]float64{nil, nil}})
	}
	s.Pools[0].PassOn[1] = []float64{0, 0.5}
	member := sim.StaffMember{Name: "clinician-1", Role: "clinician", Clinician: true, FTE: 1, Speed: 1, Pools: []int{1, 0}, PatientShare: 1}
	for day := range 5 {
		s.Open[day] = []sim.Span{{From: 8 * time.Hour, To: 17 * time.Hour}}
		member.Week[day] = []sim.Block{{Span: sim.Span{From: 8 * time.Hour, To: 18 * time.Hour}, Kind: sim.InboxBlock}}
	}
	s.Measured.Open = s.Open
	for h := range s.Patients.HourWeights {
		s.Patients.HourWeights[h] = 1
	}
	for m := range s.Patients.MonthWeights {
		s.Patients.MonthWeights[m] = 1
	}
	s.Staff = []sim.StaffMember{member}
	return s
}

// with is a clinic with a modifier.
func with(e sim.Effects) *sim.Scenario {
	s := clinic()
	s.Campaigns = []sim.Campaign{{Name: "modifier", Always: true, Effects: []sim.Effects{e, e}}}
	return s
}

// threeArms are a control, an arm with fewer and moved contacts, and one with more.
func threeArms() []Arm {
	return []Arm{
		{Name: "control", Scenario: clinic()},
		{Name: "fewer", Scenario: with(sim.Effects{Rate: 0.6, ByPhone: 3, Misdirected: 1, Incomplete: 0.5, FollowUp: 1})},
		{Name: "more", Scenario: with(sim.Effects{Rate: 1.7, ByPhone: 0.2, Misdirected: 1, Incomplete: 1, FollowUp: 1})},
	}
}
