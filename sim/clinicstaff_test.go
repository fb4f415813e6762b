package sim

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim/random"
)

func (d drawing) staff() {
	n := d.upTo("staff", 1, 5)
	withPatients := d.upTo("own clinicians", 1, n)
	for i := range n {
		x := StaffMember{
			Name: fmt.Sprintf("staff-%d", i), Role: one(d, "role", "nurse", "physician"), Clinician: d.yes("clinician"),
			FTE: one(d, "fte", 0.5, 1), Speed: one(d, "speed", 1, 1, 0.7, 3),
			Visits: Visits{
				Slot: one(d, "slot", 20*time.Minute, 30*time.Minute, time.Hour), Length: d.time("visit", 20*time.Minute, 35*time.Minute),
				NoShow: one(d, "no-show", 0, 0.2, 1), InboxBetween: d.yes("inbox between"),
			},
		}
		d.week(&x)
		if i < withPatients {
			x.PatientShare = 1 / float64(withPatients)
		}
		d.serves(&x, i, n)
		d.sessions(&x)
		for range d.upTo("leaves", 0, 2) {
			first := d.s.StartDay + d.upTo("leave", 0, 30)
			x.Leave = append(x.Leave, DayRange{first, first + d.upTo("leave length", 0, 9)})
		}
		d.s.Staff = append(d.s.Staff, x)
	}
}

// week draws up to two kinds of day, in half hours, which may touch midnight, and lays them over the week.
func (d drawing) week(x *StaffMember) {
	var kinds [2][]Block
	for n := range kinds {
		at := 0
		for range d.upTo("blocks", 0, 4) {
			at += one(d, "gap", 0, 0, 1, 16)
			end := min(48, at+d.upTo("length", 1, 20))
			if at < end {
				kinds[n] = append(kinds[n], Block{Span{time.Duration(at) * 30 * time.Minute, time.Duration(end) * 30 * time.Minute},
					one(d, "kind", VisitsBlock, InboxBlock, InboxBlock, AdminBlock, AwayBlock)})
			}
			at = end
		}
	}
	if d.yes("day and night") {
		kinds[0] = []Block{{Span{0, Day}, InboxBlock}}
	}
	for day := range x.Week {
		if day < 5 || d.yes("weekend") {
			x.Week[day] = kinds[one(d, "kind of day", 0, 0, 1)]
		}
	}
}

func hasVisits(x *StaffMember) bool {
	return slices.ContainsFunc(x.Week[:], func(day []Block) bool {
		return slices.ContainsFunc(day, func(b Block) bool { return b.Kind == VisitsBlock })
	})
}

// serves draws the pools of a member in some order. Member i serves every pool whose number leaves i on division, so
// that no pool is left alone.
func (d drawing) serves(x *StaffMember, i, n int) {
	for p := range d.s.Pools {
		own := d.s.Pools[p].Personal && (x.PatientShare > 0 || hasVisits(x))
		if own || p%n == i || d.yes("serves") {
			x.Pools = append(x.Pools, p)
		}
	}
	if d.yes("other order") {
		slices.Reverse(x.Pools)
	}
}

func (d drawing) sessions(x *StaffMember) {
	for n := range d.upTo("sessions", 0, 3) {
		s := Session{
			Name: fmt.Sprintf("session-%d", n), ClearInbox: d.yes("clear inbox"), Scheduled: d.yes("scheduled"), Probability: one(d, "log-in", 0.5, 1, 1),
			Until: time.Duration(one(d, "until", 0, 18, 24)) * time.Hour,
		}
		if s.Scheduled {
			s.AtDayEnd = d.yes("at day end")
		} else {
			for day := range s.Days {
				s.Days[day] = d.yes("on day")
			}
		}
		if !s.AtDayEnd {
			from := time.Duration(d.upTo("from", 0, 23)) * time.Hour
			s.Start = Span{from, from + one(d, "range", 0, time.Hour)}
		}
		if !s.ClearInbox {
			s.HasLength, s.Length = true, d.time("session", 10*time.Minute, 40*time.Minute, 3*time.Hour)
		}
		classed := !slices.ContainsFunc(x.Pools, func(p int) bool { return !d.s.Pools[p].Priority })
		s.UrgentOnly = classed && d.yes("urgent only")
		x.Sessions = append(x.Sessions, s)
	}
}

func (d drawing) otherWork() {
	for w := range d.upTo("other work", 0, 3) {
		o := OtherWork{
			Name: fmt.Sprintf("stream-%d", w), Pool: d.upTo("pool", 0, len(d.s.Pools)-1), Arrives: d.hours("arrives"),
			Handling: d.time("item", time.Minute, 8*time.Minute), Priority: uint8(d.upTo("priority", 1, 4)),
			Activity: one(d, "activity", Notes, OtherInbox),
		}
		switch kind := d.upTo("kind", 0, 2); {
		case kind == 0:
			o.PerVisit = one(d, "per visit", 0.5, 1, 2.3)
			o.Delay = one(d, "at once", random.ConstantTime(0), random.ExponentialTime(5*time.Hour))
		case kind == 1 || d.s.Pools[o.Pool].Personal:
			o.PerStaffWeek = one(d, "per staff week", 3., 40)
		default:
			o.PerWeek = one(d, "per week", 5., 60)
		}
		d.s.OtherWork = append(d.s.OtherWork, o)
	}
}

func (d drawing) campaigns() {
	for i := range d.upTo("campaigns", 0, 2) {
		c := Campaign{Name: fmt.Sprintf("campaign-%d", i), Always: d.yes("always")}
		if c.Always {
			if d.yes("some channels") {
				for range d.s.Channels {
					c.Channels = append(c.Channels, d.yes("channel"))
				}
			}
		} else {
			c.Start = time.Duration(d.upTo("starts", 0, 20)) * Day
			c.Reach = d.share("reach")
			c.Delay = d.time("delay", time.Hour, 3*Day)
			c.HalfLife = one(d, "half-life", 0, Day, 10*Day)
			for range d.upTo("boosters", 0, 2) {
				c.Boosters = append(c.Boosters, time.Duration(d.upTo("booster", 1, 10))*Day)
			}
		}
		for range d.s.Types {
			c.Effects = append(c.Effects, Effects{
				HoldBack: 1, SelfService: 1, Batching: 1, Duplicates: 1,
				Rate: one(d, "rate", 1, 0, 0.4, 1.5, 2, 3.2), ByPhone: one(d, "odds by phone", 1, 0.3, 4.),
				Misdirected: one(d, "odds misdirected", 1, 0.3, 4.), Incomplete: one(d, "odds incomplete", 1, 0.3),
				FollowUp: one(d, "odds follow-up", 1, 0.3),
			})
		}
		d.s.Campaigns = append(d.s.Campaigns, c)
	}
}
