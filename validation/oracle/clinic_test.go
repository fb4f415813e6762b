package oracle

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim"
	"portalsim/sim/random"
)

// clinic draws small clinics with every mechanism, as the program accepts them. It draws nothing of the scenario that
// both programs would refuse or that never ends: threads are passed on and consulted about to later pools only.
type clinic struct {
	*rapid.T
	s *sim.Scenario
}

func drawClinic(rt *rapid.T) *sim.Scenario {
	c := clinic{rt, &sim.Scenario{Name: "random", MaxInProgress: 1_000_000}}
	c.period()
	c.pools()
	c.channels()
	c.types()
	c.panel()
	c.staff()
	c.otherWork()
	c.campaigns()
	c.backlog()
	c.onCall()
	return c.s
}

func one[T any](c clinic, what string, values ...T) T {
	return rapid.SampledFrom(values).Draw(c.T, what)
}

func (c clinic) coin(what string) bool { return rapid.Bool().Draw(c.T, what) }

func (c clinic) number(what string, low, high int) int {
	return rapid.IntRange(low, high).Draw(c.T, what)
}

func (c clinic) probability(what string) float64 { return one(c, what, 0, 0, 0.2, 0.5, 0.8, 1) }

// length draws a distribution of times; constant ones of whole minutes make events meet on an instant.
func (c clinic) length(what string, mean time.Duration) random.Distribution {
	switch one(c, what, "constant", "constant", "exponential", "uniform", "lognormal", "gamma", "triangular") {
	case "exponential":
		return random.ExponentialTime(mean)
	case "uniform":
		return random.UniformTime(mean/2, 3*mean/2)
	case "lognormal":
		return random.LognormalTime(mean, 1)
	case "gamma":
		return random.GammaTime(mean, 0.7)
	case "triangular":
		return random.TriangularTime(0, mean, 2*mean)
	default:
		return random.ConstantTime(mean)
	}
}

// lengths draws a distribution for each message type, or one for all.
func (c clinic) lengths(what string, mean time.Duration, types int) []random.Distribution {
	list := slices.Repeat([]random.Distribution{c.length(what, mean)}, types)
	if c.coin(what + " by type") {
		list[c.number("type", 0, types-1)] = c.length(what+" of one type", 2*mean)
	}
	return list
}

func (c clinic) period() {
	s := c.s
	s.StartDay = 20089 + c.number("start", 0, 370) // 2025-01-01 on
	s.WarmUp = time.Duration(one(c, "warm-up", 0, 0, 1, 5)) * sim.Day
	s.Measure = sim.Week
	s.Drain = one(c, "drain", 0, time.Hour, sim.Day, 2*sim.Week)
	s.Open = c.hours("open")
	s.Working = one(c, "working hours", sim.Span{From: 7 * time.Hour, To: 17*time.Hour + 30*time.Minute}, sim.Span{From: 0, To: 12 * time.Hour}, sim.Span{From: 10 * time.Hour, To: sim.Day})
	for range c.number("holidays", 0, 2) {
		s.Holidays = append(s.Holidays, s.StartDay+c.number("holiday", 0, 14))
	}
	slices.Sort(s.Holidays)
	s.Holidays = slices.Compact(s.Holidays)
	s.Measured = sim.Calendar{Open: s.Open, Holidays: s.Holidays}
	s.Limits.MinEvents = 1
}

func (c clinic) hours(what string) (week sim.WeeklyHours) {
	kind := one(c, what, "office", "office", "always", "odd")
	for d := range week {
		switch {
		case kind == "always":
			week[d] = []sim.Span{{From: 0, To: sim.Day}}
		case kind == "odd":
			week[d] = []sim.Span{{From: 0, To: time.Hour}, {From: 10 * time.Hour, To: 12 * time.Hour}, {From: 15 * time.Hour, To: sim.Day}}
		case d < 5:
			week[d] = []sim.Span{{From: 8 * time.Hour, To: 17 * time.Hour}}
		}
	}
	return week
}

func (c clinic) pools() {
	for p := range c.number("pools", 1, 4) {
		pool := sim.Pool{Name: fmt.Sprintf("pool-%d", p), Personal: c.number("personal", 0, 2) == 0, Clinical: c.coin("clinical"),
			Join: random.ConstantTime(time.Minute)}
		pool.Cover = pool.Personal && c.coin("cover")
		switch one(c, "discipline", "fifo", "lifo", "priority", "priority", "preemptive", "due date", "ageing") {
		case "lifo":
			pool.LastIn = true
		case "priority":
			pool.Priority = true
		case "preemptive":
			pool.Priority, pool.Preempt = true, true
		case "due date":
			pool.DueDate = true
		case "ageing":
			pool.Ageing = one(c, "ageing", time.Hour, sim.Day)
		}
		pool.Resume = one(c, "resumption", 0, 0, 2*time.Minute)
		if c.number("triage", 0, 3) == 0 {
			pool.Triage = &sim.Triage{Sensitivity: c.probability("sensitivity"), Specificity: c.probability("specificity")}
		}
		c.s.Pools = append(c.s.Pools, pool)
	}
}

func (c clinic) channels() {
	c.s.Channels = []sim.Channel{{Name: "portal", Pool: -1, Always: true}}
	for i := range c.number("channels", 0, 3) {
		x := sim.Channel{
			Name: []string{"phone", "email", "desk"}[i], FallsBackTo: i + 1, Live: i != 1, Always: c.coin("always"),
			Pool: c.number("channel's pool", 0, len(c.s.Pools)-1), Priority: uint8(c.number("channel's class", 1, 3)),
		}
		if i == 0 && c.number("phone is written", 0, 5) == 0 { // an answering machine
			x.Live = false
		}
		if !x.Always {
			x.Hours = c.hours("channel's hours")
			x.AfterOpening = c.length("after opening", one(c, "mean after opening", 0, 20*time.Minute, 3*time.Hour))
		}
		if x.Live && c.coin("callers hang up") {
			x.Impatient, x.Patience = true, c.length("hold", 10*time.Minute)
			x.CallBack, x.CallAgain = c.probability("call back"), c.length("call again", time.Hour)
		}
		if c.number("offered", 0, 5) == 0 {
			x.Pool, x.FallsBackTo = -1, 0
		}
		c.s.Channels = append(c.s.Channels, x)
	}
}

func (c clinic) types() {
	n := c.number("types", 1, 3)
	phone := len(c.s.Channels) > 1
	for k := range n {
		t := sim.MessageType{
			Name: []string{"refill", "advice", "urgent"}[k], UsesOfPortalUsers: one(c, "uses", 1, 1, 0.5),
			NeedsPerUserYear: one(c, "needs", 0., 20, 60, 200), NeedsPerOtherYear: one(c, "needs of others", 0., 20, 60),
			PortalShareOfOthers: c.probability("portal share"), DeclaresUrgent: k == 2,
			TrulyUrgent: c.probability("truly urgent"), Unneeded: c.probability("unneeded"), Incomplete: c.probability("incomplete"),
			FollowUp: one(c, "follow-up", 0, 0.3, 0.6), Reply: one(c, "reply", 0.5, 1), ReplyDelay: c.length("reply delay", one(c, "mean reply delay", 10*time.Minute, 5*time.Hour)),
			LapseAfter: one(c, "lapse", 30*time.Minute, sim.Day, 3*sim.Day), Target: one(c, "target", 0, 4*time.Hour, 18*time.Hour),
			Priority: uint8(c.number("class", 1, 4)), Pool: c.number("pool", 0, len(c.s.Pools)-1),
			SelfService: one(c, "self-service", 0, 0, 0.3), Batching: one(c, "batching", 0, 0, 0.7),
		}
		if phone {
			t.ByPhone = c.probability("by phone")
		}
		if c.coin("impatient") {
			t.Impatient, t.Patience = true, c.length("patience", one(c, "mean patience", time.Hour, 10*time.Hour))
			t.Nudge, t.UrgentCare = one(c, "nudge", 0.2, 0.5), one(c, "urgent care", 0, 0.2)
			if phone {
				t.Phone = one(c, "phones", 0, 0.3)
			}
		}
		for range c.number("needs at", 0, 8) {
			t.NeedsAt = append(t.NeedsAt, time.Duration(c.number("need at", 0, 2*7*24*2))*30*time.Minute)
		}
		slices.Sort(t.NeedsAt)
		c.misdirect(&t)
		c.s.Types = append(c.s.Types, t)
	}
	for p := range c.s.Pools {
		c.routes(p, n)
	}
}

func (c clinic) misdirect(t *sim.MessageType) {
	if n := len(c.s.Pools); n > 1 {
		t.Misdirected = one(c, "misdirected", 0, 0.3, 1)
		t.MisdirectedTo = make([]float64, n)
		wrong := (t.Pool + c.number("misdirected to", 1, n-1)) % n
		t.MisdirectedTo[wrong] = 1
		if other := (wrong + 1) % n; other != t.Pool && other != wrong {
			t.MisdirectedTo[wrong], t.MisdirectedTo[other] = 0.25, 0.75
		}
	}
}

// routes draws what a pool does with threads.
func (c clinic) routes(p, types int) {
	pool := &c.s.Pools[p]
	pool.Handling = c.lengths("handling", one(c, "mean handling", 5*time.Minute, 30*time.Minute, 90*time.Minute), types)
	pool.Reroute = c.lengths("reroute", time.Minute, types)
	pool.Request = c.lengths("request", 2*time.Minute, types)
	pool.Advise = c.lengths("advise", 3*time.Minute, types)
	pool.PassOn = make([][]float64, types)
	if c.coin("consults") {
		pool.Consult = make([][]float64, types)
	}
	n := len(c.s.Pools)
	for k := range types {
		if p == n-1 || c.coin("no route") {
			continue
		}
		pool.PassOn[k] = make([]float64, n)
		pool.PassOn[k][c.number("on to", p+1, n-1)] = one(c, "passed on", 0.4, 1)
		if p > 0 && c.coin("back") {
			pool.PassOn[k] = make([]float64, n)
			pool.PassOn[k][0], pool.PassOn[k][n-1] = 0.2, 0.3
		}
		if pool.Consult != nil {
			pool.Consult[k] = make([]float64, n)
			pool.Consult[k][c.number("asks", p+1, n-1)] = one(c, "asked", 0.5, 1)
		}
	}
}

func (c clinic) panel() {
	p := &c.s.Patients
	*p = sim.Patients{Count: one(c, "patients", 1, 5, 20), ActivityCV: one(c, "activity cv", 0, 0.6, 1.5), HolidayFactor: one(c, "holiday factor", 0, 0.5, 1)}
	if c.coin("panel seed") {
		seed := uint64(c.number("panel seed", 0, 9))
		p.PanelSeed = &seed
	}
	n := len(c.s.Channels)
	p.Preferred, p.Instead = make([]float64, n), make([]float64, n)
	p.Preferred[0], p.Instead[min(1, n-1)] = 1, 1
	if n > 1 {
		p.Preferred[0] = one(c, "prefer the portal", 0, 0.5, 1)
		p.Preferred[n-1] += (1 - p.Preferred[0]) / 2
		p.Preferred[1] += (1 - p.Preferred[0]) / 2
	}
	p.PortalUsers = p.Preferred[0] + (1-p.Preferred[0])*one(c, "other users", 0, 0.5, 1)
	p.Segments = []sim.Segment{{Name: "everyone", Share: 1, Multiplier: 1}}
	if c.coin("segments") {
		p.Segments = []sim.Segment{{Name: "critical-only", Share: 0.6, Multiplier: 0.5}, {Name: "routine", Share: 0.4, Multiplier: 1.75}}
	}
	for k := range c.s.Types {
		if c.coin("latent") {
			for range p.Segments {
				c.s.Types[k].Latent = append(c.s.Types[k].Latent, one(c, "held back", 0, 0.3, 0.6))
			}
		}
	}
	busy := c.coin("busy hours")
	for h := range p.HourWeights {
		if p.HourWeights[h] = 1; busy {
			p.HourWeights[h] = [4]float64{0, 0.5, 2, 1.5}[h%24/6]
		}
	}
	for m := range p.MonthWeights {
		if p.MonthWeights[m] = 1; busy {
			p.MonthWeights[m] = 0.5 + float64(m%2)
		}
	}
}

func (c clinic) backlog() {
	for k := range c.s.Types {
		if c.number("backlog", 0, 3) == 0 {
			c.s.Backlog = append(c.s.Backlog, sim.Backlog{Kind: k, Count: c.number("backlog", 1, 6), Age: c.length("age", 2*sim.Day)})
		}
	}
}

func (c clinic) onCall() {
	if len(c.s.Channels) < 2 || len(c.s.Types) < 3 || c.coin("nobody on call") {
		return
	}
	c.s.OnCall = &sim.OnCall{Handling: c.length("call", 8*time.Minute)}
	for i := range c.s.Staff {
		if c.coin("on call") {
			c.s.OnCall.Staff = append(c.s.OnCall.Staff, i)
		}
	}
}
