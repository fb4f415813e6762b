package oracle

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim"
	"portalsim/sim/random"
)

func (c clinic) staff() {
	n := c.number("staff", 1, 4)
	owners := c.number("own clinicians", 1, n)
	for i := range n {
		m := sim.StaffMember{
			Name: fmt.Sprintf("member-%d", i), Role: "nurse", FTE: 1, Speed: one(c, "speed", 1, 1, 0.7, 2), Suspend: c.coin("suspend"),
		}
		if i < owners {
			m.PatientShare = 1 / float64(owners)
		}
		c.week(&m)
		c.visits(&m)
		c.serves(&m, i, n)
		c.sessions(&m)
		for range c.number("leaves", 0, 1) {
			first := c.s.StartDay + c.number("leave", 0, 10)
			m.Leave = append(m.Leave, sim.DayRange{First: first, Last: first + c.number("days of leave", 0, 4)})
		}
		c.s.Staff = append(c.s.Staff, m)
	}
}

// week draws one or two kinds of working day, in half hours, which may touch midnight.
func (c clinic) week(m *sim.StaffMember) {
	var kinds [2][]sim.Block
	for n := range kinds {
		at := one(c, "day begins", 0, 16, 16, 18)
		for range c.number("blocks", 0, 4) {
			at += one(c, "gap", 0, 0, 1, 4)
			end := min(48, at+one(c, "length", 1, 2, 6, 24))
			if at < end {
				kinds[n] = append(kinds[n], sim.Block{
					Span: sim.Span{From: time.Duration(at) * 30 * time.Minute, To: time.Duration(end) * 30 * time.Minute},
					Kind: one(c, "block", sim.VisitsBlock, sim.VisitsBlock, sim.InboxBlock, sim.InboxBlock, sim.AdminBlock, sim.AwayBlock),
				})
			}
			at = end
		}
	}
	for d := range m.Week {
		if d < 5 || c.coin("weekend") {
			m.Week[d] = kinds[one(c, "kind of day", 0, 0, 1)]
		}
	}
}

// visits draws how visits are booked, and which booked ones have lost their slots.
func (c clinic) visits(m *sim.StaffMember) {
	v := &m.Visits
	*v = sim.Visits{
		Slot: one(c, "slot", 20*time.Minute, 30*time.Minute, time.Hour), NoShow: one(c, "no-show", 0, 0.3, 1), InboxBetween: c.coin("inbox between"),
		Leave: one(c, "leave before next", 0, 0, 5*time.Minute, 20*time.Minute),
	}
	v.Length = c.length("visit", one(c, "mean visit", 15*time.Minute, 30*time.Minute, 40*time.Minute))
	if v.Booked = c.coin("booked"); !v.Booked {
		return
	}
	v.Displacement = one(c, "displacement", sim.LoseVisit, sim.Overbook, sim.UseAdmin, sim.Rebook)
	v.RebookWithin = one(c, "rebook within", sim.Day, sim.Week)
	for d, blocks := range m.Week {
		for _, b := range blocks {
			for at := b.From; at+v.Slot <= b.To; at += v.Slot {
				if b.Kind == sim.VisitsBlock {
					v.Fit[d] = append(v.Fit[d], at)
				} else if b.Kind == sim.InboxBlock && len(v.Displaced[d]) < 3 {
					v.Displaced[d] = append(v.Displaced[d], at)
				}
			}
		}
	}
}

// serves draws the pools of a member in some order. Member i serves every pool whose number leaves i on division, and
// each personal pool that can hold something of the member's own.
func (c clinic) serves(m *sim.StaffMember, i, n int) {
	for p := range c.s.Pools {
		if c.s.Pools[p].Personal || p%n == i || c.coin("serves") {
			m.Pools = append(m.Pools, p)
		}
	}
	if c.coin("other order") {
		slices.Reverse(m.Pools)
	}
}

func (c clinic) sessions(m *sim.StaffMember) {
	for n := range c.number("sessions", 0, 2) {
		x := sim.Session{Name: fmt.Sprintf("session-%d", n), Scheduled: c.coin("scheduled"), Probability: one(c, "log-in", 0.5, 1), Until: one(c, "until", 0, 20*time.Hour, 23*time.Hour)}
		switch one(c, "kind of session", "clear", "habit", "driven") {
		case "clear":
			x.ClearInbox = true
		case "driven":
			x.Probability, x.PerItem = one(c, "log-in of an empty inbox", 0, 0.2), one(c, "per item", 0.05, 0.3)
		}
		if !x.ClearInbox {
			x.HasLength, x.Length = true, c.length("session", 40*time.Minute)
		}
		if x.Scheduled {
			x.AtDayEnd = c.coin("at the end of the day")
		} else {
			for d := range x.Days {
				x.Days[d] = c.coin("on that day")
			}
		}
		if !x.AtDayEnd {
			from := time.Duration(c.number("from", 0, 22)) * time.Hour
			x.Start = sim.Span{From: from, To: from + one(c, "to", 0, time.Hour)}
		}
		classes := !slices.ContainsFunc(m.Pools, func(p int) bool { return !c.s.Pools[p].Priority })
		x.UrgentOnly = classes && c.coin("urgent only")
		m.Sessions = append(m.Sessions, x)
	}
}

func (c clinic) otherWork() {
	for w := range c.number("other work", 0, 3) {
		o := sim.OtherWork{
			Name: fmt.Sprintf("stream-%d", w), Pool: c.number("pool", 0, len(c.s.Pools)-1), Arrives: c.hours("arrives"), Handling: c.length("item", 6*time.Minute),
			Priority: uint8(c.number("class", 1, 4)), Target: one(c, "target", time.Hour, 30*time.Hour), Activity: one(c, "activity", sim.Notes, sim.OtherInbox),
		}
		switch kind := one(c, "comes", "after visits", "to each", "to the pool"); {
		case kind == "after visits":
			o.PerVisit, o.Delay = one(c, "per visit", 0.5, 1, 2.3), c.length("delay", one(c, "mean delay", 0, 4*time.Hour))
			if c.coin("provokes") {
				o.Provokes = make([]float64, len(c.s.Types))
				o.Provokes[c.number("type", 0, len(c.s.Types)-1)] = one(c, "provoked", 0.3, 1)
			}
		case kind == "to each" || c.s.Pools[o.Pool].Personal:
			o.PerStaffWeek = one(c, "per member and week", 5., 40)
		default:
			o.PerWeek = one(c, "per week", 5., 60)
		}
		c.s.OtherWork = append(c.s.OtherWork, o)
	}
}

// effects draws effects that raise the rate at most so far: two campaigns by type and need together stay below what the
// layers of a contact's number have room for.
func (c clinic) effects(what string, most float64) sim.Effects {
	ratio := func(key string) float64 { return one(c, what+" on "+key, 1, 1, 0.3, 4) }
	return sim.Effects{
		Rate: one(c, what+" on the rate", 1, 0, 0.4, min(1.7, most), most), HoldBack: ratio("holding back"), ByPhone: ratio("phoning"), Misdirected: ratio("misdirection"),
		Incomplete: ratio("incompleteness"), FollowUp: ratio("follow-up"), SelfService: ratio("self-service"), Batching: ratio("batching"), Duplicates: ratio("duplicates"),
	}
}

func (c clinic) campaigns() {
	for i := range c.number("campaigns", 0, 2) {
		x := sim.Campaign{Name: fmt.Sprintf("campaign-%d", i), Always: c.number("modifier", 0, 2) == 0}
		for range c.s.Types {
			x.Effects = append(x.Effects, c.effects("effect", 2.4))
		}
		if c.coin("by segment") {
			for range c.s.Patients.Segments {
				x.BySegment = append(x.BySegment, c.effects("effect by segment", 1))
			}
		}
		if c.coin("by need") {
			x.ByNeed = []sim.Effects{c.effects("effect on needed", 1.5), c.effects("effect on unneeded", 1), c.effects("effect on latent", 1.5)}
		}
		if x.Always {
			if c.coin("written only") {
				for _, channel := range c.s.Channels {
					x.Channels = append(x.Channels, !channel.Live)
				}
			}
		} else {
			c.delivery(&x)
		}
		c.s.Campaigns = append(c.s.Campaigns, x)
	}
}

// delivery draws the waves of an education campaign, and the work that they make.
func (c clinic) delivery(x *sim.Campaign) {
	x.Start, x.Reach = time.Duration(c.number("starts", 0, 8))*sim.Day, one(c, "reach", 0.4, 0.8, 1)
	x.Delay = c.length("taken in after", one(c, "mean delay", 0, 12*time.Hour))
	x.HalfLife = one(c, "half-life", 0, 12*time.Hour, 5*sim.Day)
	for range c.number("boosters", 0, 2) {
		x.Boosters = append(x.Boosters, time.Duration(c.number("booster", 1, 6))*sim.Day)
	}
	pool := c.number("teaching pool", 0, len(c.s.Pools)-1)
	if c.s.Pools[pool].Personal || c.coin("without staff") {
		return
	}
	x.Teaching = &sim.Teaching{Work: len(c.s.OtherWork)}
	c.s.OtherWork = append(c.s.OtherWork, sim.OtherWork{
		Name: "teaching-" + x.Name, Pool: pool, Handling: random.ConstantTime(5 * time.Minute), Priority: uint8(one(c, "class of teaching", 1, 32)), Activity: sim.Teach,
	})
}
