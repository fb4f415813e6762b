package sim

import (
	"slices"
	"time"

	"portalsim/sim/random"
)

// Load is the work offered to some pools against the time of those who serve them: pools that share staff are taken
// together, since any of their work can fill that time.
type Load struct {
	Pools    []string
	Offered  float64 // handling time a week, expected, in hours: more than a time.Duration may hold
	Capacity float64 // time a week in which items may be begun, expected, in hours: blocks, gaps between visits, sessions
}

// Ratio returns the offered load over the capacity. Above 1 the work grows without end.
func (l *Load) Ratio() float64 { return l.Offered / l.Capacity }

// Loads returns the offered load of every group of pools, from the scenario alone: by the balance of flows at the values
// as they are, times the rates of the modifiers that CountsInLoads. It leaves out leave, holidays, patients who give up, and what joins open threads.
func Loads(s *Scenario) []Load {
	weekly := make([]float64, len(s.Pools)) // nanoseconds
	for k := range s.Types {
		threadLoad(s, k, weekly)
	}
	otherLoad(s, weekly)
	var loads []Load
	for _, group := range poolGroups(s) {
		var l Load
		for _, p := range group {
			l.Pools = append(l.Pools, s.Pools[p].Name)
			l.Offered += weekly[p] / float64(time.Hour)
		}
		for i := range s.Staff {
			if slices.Contains(group, firstPool(&s.Staff[i])) {
				l.Capacity += capacity(&s.Staff[i]).Hours() * s.Staff[i].Speed
			}
		}
		loads = append(loads, l)
	}
	return loads
}

// CountsInLoads tells whether Loads holds a campaign's effect on rates: that of a modifier, the same for every patient and
// need. Others change with time or patient, so that under them Loads is the load of usual care.
func (c *Campaign) CountsInLoads() bool { return c.Always && c.BySegment == nil && c.ByNeed == nil }

// modifiedRate returns what the modifiers multiply the rate of a type's contacts by a channel by.
func modifiedRate(s *Scenario, k, channel int) float64 {
	rate := 1.0
	for i := range s.Campaigns {
		c := &s.Campaigns[i]
		if c.CountsInLoads() && (c.Channels == nil || c.Channels[channel]) {
			rate *= c.Effects[k].Rate
		}
	}
	return rate
}

func firstPool(s *StaffMember) int {
	if len(s.Pools) == 0 {
		return none
	}
	return s.Pools[0]
}

// poolGroups parts the pools into groups that share staff.
func poolGroups(s *Scenario) [][]int {
	group := make([]int, len(s.Pools))
	for p := range group {
		group[p] = p
	}
	for i := range s.Staff {
		for _, p := range s.Staff[i].Pools {
			from, to := group[p], group[s.Staff[i].Pools[0]]
			for q := range group {
				if group[q] == from {
					group[q] = to
				}
			}
		}
	}
	var groups [][]int
	for p := range group {
		var members []int
		for q := range group {
			if group[q] == p {
				members = append(members, q)
			}
		}
		if members != nil {
			groups = append(groups, members)
		}
	}
	return groups
}

// WeeklyContacts returns a type's expected contacts a week by channel, before modifiers and without scripted needs.
func WeeklyContacts(s *Scenario, k int) []float64 {
	t, p := &s.Types[k], &s.Patients
	rates := make([]float64, len(s.Channels))
	weeks := float64(Year) / float64(Week)
	others := 0.0
	if p.Preferred[0] < 1 {
		others = (p.PortalUsers - p.Preferred[0]) / (1 - p.Preferred[0])
	}
	for c, share := range p.Preferred {
		patients := float64(p.Count) * share
		user, portal := others, t.PortalShareOfOthers
		if c == 0 {
			user, portal = 1, 1
		}
		uses := user * t.UsesOfPortalUsers
		byPortal := patients * uses * t.NeedsPerUserYear / weeks * portal
		rest := patients * (uses*t.NeedsPerUserYear*(1-portal) + (1-uses)*t.NeedsPerOtherYear) / weeks
		phone := slices.IndexFunc(s.Channels, func(x Channel) bool { return x.Name == "phone" })
		if phone > 0 {
			rates[s.Channels[phone].FallsBackTo] += byPortal * t.ByPhone
			byPortal *= 1 - t.ByPhone
		}
		rates[0] += byPortal
		if c > 0 {
			rates[s.Channels[c].FallsBackTo] += rest
			continue
		}
		for other, x := range p.Instead {
			rates[s.Channels[other].FallsBackTo] += rest * x
		}
	}
	return rates
}

// threadLoad adds the handling time of a type's threads, by pool.
func threadLoad(s *Scenario, k int, weekly []float64) {
	t := &s.Types[k]
	mean := func(list []random.Distribution) float64 { return float64(list[k].Mean()) }
	for c, rate := range WeeklyContacts(s, k) {
		rate *= modifiedRate(s, k, c)
		channel, pool := &s.Channels[c], t.Pool
		if c == 0 {
			rate *= 1 - t.SelfService
			for wrong, share := range t.MisdirectedTo {
				weekly[wrong] += rate * t.Misdirected * share * mean(s.Pools[wrong].Reroute)
			}
		} else if rate > 0 {
			pool = channel.Pool
		}
		if !channel.Live {
			weekly[pool] += rate * t.Incomplete * mean(s.Pools[pool].Request)
			rate *= 1 - t.Incomplete*(1-t.Reply)
		}
		for p, n := range poolVisits(s, k, c, pool, rate) {
			weekly[p] += n * mean(s.Pools[p].Handling)
			if s.Pools[p].Consult == nil {
				continue
			}
			for to, share := range s.Pools[p].Consult[k] {
				weekly[to] += n * share * mean(s.Pools[to].Advise)
				weekly[p] += n * share * mean(s.Pools[p].Handling)
			}
		}
	}
}

// poolVisits returns how often a week the threads of a type and channel come to each pool, by the balance of what
// enters, what is passed on, and what follow-ups bring back: to the pool that answered, or to the channel's.
func poolVisits(s *Scenario, k, c, pool int, rate float64) []float64 {
	visits := make([]float64, len(s.Pools))
	for range 200 { // routes and follow-ups are geometric: this settles to rounding
		next := make([]float64, len(s.Pools))
		next[pool] = rate
		for p := range visits {
			left := 1.0
			for to, share := range s.Pools[p].PassOn[k] {
				next[to] += visits[p] * share
				left -= share
			}
			back := p
			if s.Channels[c].Live {
				back = pool
			}
			next[back] += visits[p] * left * s.Types[k].FollowUp
		}
		visits = next
	}
	return visits
}

// otherLoad adds the handling time of other work, by pool.
func otherLoad(s *Scenario, weekly []float64) {
	for w := range s.OtherWork {
		o := &s.OtherWork[w]
		weekly[o.Pool] += itemsOf(s, w) * float64(o.Handling.Mean())
	}
}

// itemsOf returns a stream's expected items of other work a week.
func itemsOf(s *Scenario, w int) float64 {
	o := &s.OtherWork[w]
	visits, members := 0.0, 0
	for i := range s.Staff {
		visits += visitsHeld(&s.Staff[i])
		if slices.Contains(s.Staff[i].Pools, o.Pool) {
			members++
		}
	}
	return o.PerVisit*visits + o.PerStaffWeek*float64(members) + o.PerWeek
}

// visitsHeld returns a member's expected visits a week.
func visitsHeld(s *StaffMember) float64 {
	n := 0
	for d := range s.Week {
		for _, b := range s.Week[d] {
			if b.Kind == VisitsBlock && s.Visits.Slot > 0 {
				n += int((b.To - b.From) / s.Visits.Slot)
			}
		}
	}
	return float64(n) * (1 - s.Visits.NoShow)
}

// capacity returns the time a week in which a member may work on items.
func capacity(s *StaffMember) time.Duration {
	sum, visits := time.Duration(0), time.Duration(0)
	days := 0
	for d := range s.Week {
		if len(s.Week[d]) > 0 {
			days++
		}
		for _, b := range s.Week[d] {
			switch b.Kind {
			case InboxBlock:
				sum += b.To - b.From
			case VisitsBlock:
				visits += b.To - b.From
			}
		}
	}
	if s.Visits.InboxBetween {
		sum += max(0, visits-time.Duration(visitsHeld(s)*float64(s.Visits.Length.Mean())))
	}
	for i := range s.Sessions {
		sum += time.Duration(float64(sessionTime(s, &s.Sessions[i])) * s.Sessions[i].expected(days))
	}
	return sum
}

// expected returns the expected sessions a week; one driven by the backlog comes every day once enough waits.
func (x *Session) expected(scheduledDays int) float64 {
	days := scheduledDays
	if !x.Scheduled {
		days = 0
		for _, on := range x.Days {
			if on {
				days++
			}
		}
	}
	if x.PerItem > 0 {
		return float64(days)
	}
	return float64(days) * x.Probability
}

// sessionTime returns the longest that a session lasts, on a mean day.
func sessionTime(s *StaffMember, x *Session) time.Duration {
	if x.HasLength {
		return x.Length.Mean()
	}
	from, days := time.Duration(0), 0
	for d := range s.Week {
		if n := len(s.Week[d]); n > 0 {
			from += s.Week[d][n-1].To
			days++
		}
	}
	if x.AtDayEnd && days > 0 {
		from /= time.Duration(days)
	} else {
		from = (x.Start.From + x.Start.To) / 2
	}
	until := x.Until
	if until == 0 {
		until = Day
	}
	return max(0, until-from)
}
