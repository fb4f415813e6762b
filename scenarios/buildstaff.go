package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"portalsim/sim"
	"portalsim/sim/random"
)

func (b *builder) staff() {
	share := 0.0
	for i, name := range b.file.Staff.Keys {
		f := &b.file.Staff.Values[i]
		path := "staff." + name
		member := b.member(f, path)
		if f.Count > 0 {
			share += f.PatientShare.Value
		} else if f.PatientShare.Value > 0 {
			b.refuse(path+".patient_share", "nobody is in this group", "write 0, or a count above 0")
		}
		for n := range f.Count {
			one := member
			one.Name = fmt.Sprintf("%s-%d", name, n+1)
			one.PatientShare = f.PatientShare.Value / float64(f.Count)
			if ranges, ok := f.Leave.Get(one.Name); ok {
				for _, r := range ranges {
					one.Leave = append(one.Leave, sim.DayRange{First: dateNumber(r.First), Last: dateNumber(r.Last)})
				}
			}
			b.s.Staff = append(b.s.Staff, one)
		}
		b.leaveNames(f, name, path)
	}
	if share > 0 && (share < 1-1e-9 || share > 1+1e-9) {
		b.refuse("staff", fmt.Sprintf("patient_share sums to %.6g over the groups", share), "make the shares sum to 1, so that every patient has one clinician")
	}
	if len(b.s.Staff) > 30_000 {
		b.refuse("staff", "there are more than 30000 members", "lower count")
	}
}

func (b *builder) leaveNames(f *StaffFile, name, path string) {
	for _, member := range f.Leave.Keys {
		number, err := strconv.Atoi(strings.TrimPrefix(member, name+"-"))
		if err == nil && number >= 1 && number <= f.Count {
			continue
		}
		members, fix := fmt.Sprintf("the members of this group are %s-1 to %s-%d", name, name, f.Count), "name one of them"
		if f.Count < 2 {
			members, fix = "this group has "+[]string{"nobody", "one member, " + name + "-1"}[f.Count], "take it out"
		}
		if err == nil && number > f.Count {
			fix += "; to take it out where another file has it, write " + path + ".leave." + member + ": null"
		}
		b.refuse(path+".leave."+member, members, fix)
	}
}

// member fills what the members of a group share.
func (b *builder) member(f *StaffFile, path string) sim.StaffMember {
	out := sim.StaffMember{Role: f.Role, Clinician: f.Clinician, FTE: f.FTE.Value, Speed: f.Speed.Value, CostPerHour: f.CostPerHour.Value}
	for i, name := range f.Pools {
		pool := b.pool(name, item(path+".pools", i))
		if slices.Contains(out.Pools, pool) {
			b.refuse(item(path+".pools", i), "pool "+name+" is named twice", "name it once")
		}
		out.Pools = append(out.Pools, pool)
	}
	if f.Role == sim.All {
		b.refuse(path+".role", "the name all is taken: in tables it means not broken down", "choose another name")
	}
	out.Suspend = f.AtBlockEnd == "suspend"
	out.Week = b.week(f.Week, path+".week")
	hasVisits := false
	for _, blocks := range out.Week {
		for _, block := range blocks {
			hasVisits = hasVisits || block.Kind == sim.VisitsBlock
		}
	}
	if f.Visits != nil {
		out.Visits = visits(f.Visits)
		b.booked(f, &out, path)
	} else if hasVisits {
		b.refuse(path, "the week has visits blocks but key visits is missing", "write visits: {slot: 30m}")
	}
	for i, name := range f.AfterHours.Keys {
		out.Sessions = append(out.Sessions, b.session(&f.AfterHours.Values[i], name, path+".after_hours."+name, out.Pools))
	}
	return out
}

func visits(f *VisitsFile) sim.Visits {
	v := sim.Visits{Leave: f.LeaveBefore.D, RebookWithin: f.RebookWithin.D, Slot: f.Slot.D, NoShow: f.NoShow.Value, InboxBetween: f.Between == "inbox", Length: random.ConstantTime(f.Slot.D)}
	if f.Length != nil {
		v.Length = distribution(*f.Length)
	}
	return v
}

// booked parts the booked slots into those that fit the visits blocks and those displaced.
func (b *builder) booked(f *StaffFile, out *sim.StaffMember, path string) {
	if len(f.Visits.Booked.Keys) == 0 || f.Visits.Slot.D <= 0 {
		return
	}
	v := &out.Visits
	v.Booked = true
	v.Displacement = map[string]sim.Displacement{"lost": sim.LoseVisit, "overbook": sim.Overbook, "admin": sim.UseAdmin, "rebook": sim.Rebook}[f.Visits.Displaced]
	displaced := 0
	for d, spans := range b.weekly(f.Visits.Booked, path+".visits.booked") {
		for _, s := range spans {
			for at := s.From; at+v.Slot <= s.To; at += v.Slot {
				fits := slices.ContainsFunc(out.Week[d], func(x sim.Block) bool {
					return x.Kind == sim.VisitsBlock && x.From <= at && at+v.Slot <= x.To
				})
				if fits {
					v.Fit[d] = append(v.Fit[d], at)
				} else {
					v.Displaced[d] = append(v.Displaced[d], at)
					displaced++
				}
			}
		}
	}
	if displaced > 0 && f.Visits.Displaced == "refuse" {
		b.refuse(path+".week", fmt.Sprintf("takes %d booked visit slots a week from each member, and visits.displaced does not say what becomes of them", displaced),
			"write visits: {displaced: rebook}, or overbook, lost or admin")
	}
}

var blockKinds = map[string]sim.BlockKind{
	"visits": sim.VisitsBlock, "inbox": sim.InboxBlock, "admin": sim.AdminBlock, "away": sim.AwayBlock,
}

// week paints the blocks in order: what a later layer paints lies over what was there.
func (b *builder) week(week Map[WeekdayFile], path string) (days [7][]sim.Block) {
	type painted struct {
		layer, first, last int
		span               sim.Span
		kind               sim.BlockKind
	}
	var all []painted
	for i, key := range week.Keys {
		first, last, readable := parseDays(key)
		for j, hours := range week.Values[i].Keys {
			s, ok := parseSpan(hours)
			kind, known := blockKinds[week.Values[i].Values[j]]
			if !ok || !known || !readable {
				b.refuse(path+"."+key+"."+hours, "is not a block: hours, and visits, inbox, admin or away", `write a block such as "08:00-12:00": visits`)
				continue
			}
			all = append(all, painted{week.Values[i].Nodes[j].Layer, first, last, span(s), kind})
		}
	}
	slices.SortStableFunc(all, func(a, c painted) int { return a.layer - c.layer })
	for _, p := range all {
		for d := p.first; d <= p.last; d++ {
			days[d] = paint(days[d], sim.Block{Span: p.span, Kind: p.kind})
		}
	}
	return days
}

// paint lays a block over others, which keep what it does not cover.
func paint(blocks []sim.Block, over sim.Block) []sim.Block {
	out := []sim.Block{over}
	for _, old := range blocks {
		if left := old; left.From < over.From {
			left.To = min(left.To, over.From)
			out = append(out, left)
		}
		if right := old; right.To > over.To {
			right.From = max(right.From, over.To)
			out = append(out, right)
		}
	}
	slices.SortFunc(out, func(a, b sim.Block) int { return int(a.From/time.Second) - int(b.From/time.Second) })
	return out
}

func (b *builder) session(f *SessionFile, name, path string, pools []int) sim.Session {
	s := sim.Session{
		Name: name, ClearInbox: f.Kind == "clear_inbox", Scheduled: f.Days == "scheduled", Probability: f.Probability.Value,
		PerItem:  f.PerItem.Value,
		AtDayEnd: f.From == nil, UrgentOnly: f.Finish == "urgent",
	}
	if !s.Scheduled {
		first, last, ok := parseDays(f.Days)
		if !ok {
			b.refuse(path+".days", "is neither scheduled nor days of the week", "write scheduled, or days such as sat-sun")
		} else {
			for d := first; d <= last; d++ {
				s.Days[d] = true
			}
		}
		if s.AtDayEnd {
			b.refuse(path+".days", "a session at the end of the day needs days with a block", `write days: scheduled, or a start such as from: "08:00-20:00"`)
		}
	}
	if driven := f.Kind == "backlog_driven"; driven != (f.PerItem.Value > 0) {
		b.refuse(path+".per_item", "belongs to kind backlog_driven, which needs it above 0", "write a probability for each waiting item, such as 0.02, with kind: backlog_driven")
	}
	if f.From != nil {
		if len(*f.From) != 1 {
			b.refuse(path+".from", "must be one stretch of the day", `write it as "20:00-21:30"`)
		} else {
			s.Start = span((*f.From)[0])
		}
	}
	if f.Until != nil {
		s.Until = time.Duration(*f.Until)
	}
	if f.Length != nil {
		s.HasLength, s.Length = true, distribution(*f.Length)
	} else if !s.ClearInbox {
		b.refuse(path, "key length is missing", "a habit needs a length, such as {dist: lognormal, mean: 40m, cv: 0.5}")
	}
	if f.Length != nil && s.ClearInbox {
		b.refuse(path+".length", "clear_inbox ends when the inbox is clear or at until", "write until, or kind: habit")
	}
	for _, p := range pools {
		if s.UrgentOnly && p < len(b.s.Pools) && !b.s.Pools[p].Priority {
			b.refuse(path+".finish", "pool "+b.s.Pools[p].Name+" has no priority classes, so that nothing in it is known to be urgent", "write finish: all, or discipline: priority for the pool")
		}
	}
	return s
}

// served refuses work that nobody can ever do: a pool that receives work must have members, and a personal pool that
// receives patients' threads must be served by every patient's own clinician.
func (b *builder) served() {
	if len(b.s.Pools) == 0 {
		return // every name of a pool has been refused
	}
	threads, items := b.receives()
	for p := range b.s.Pools {
		pool := &b.s.Pools[p]
		path := "pools." + pool.Name
		members := 0
		for i := range b.s.Staff {
			s := &b.s.Staff[i]
			serves := slices.Contains(s.Pools, p)
			if serves {
				members++
			}
			if threads[p] && pool.Personal && s.PatientShare > 0 && !serves {
				b.refuse("staff", s.Name+" has patients, whose threads can reach the personal pool "+pool.Name+", but does not serve it", "add "+pool.Name+" to the pools of the group, or set its patient_share to 0")
				break
			}
		}
		if (threads[p] || items[p]) && members == 0 {
			b.refuse(path, "receives work and nobody serves it", "add "+pool.Name+" to the pools of a staff group with a count above 0")
		}
		if threads[p] && b.file.Pools.Values[p].Handling == nil {
			b.refuse(path, "patients' threads can come here and key handling is missing", "write a distribution such as handling: {dist: lognormal, mean: 4m, cv: 1}")
		}
		if threads[p] && pool.Personal && !b.anyPatients() {
			b.refuse(path+".assignment", "personal inboxes need patients with clinicians of their own", "give the staff groups a patient_share that sums to 1")
		}
	}
	for w := range b.s.OtherWork {
		b.ownersServe(w)
	}
}

func (b *builder) anyPatients() bool {
	return slices.ContainsFunc(b.s.Staff, func(s sim.StaffMember) bool { return s.PatientShare > 0 })
}

// ownersServe refuses items that follow visits into a personal pool that the visiting clinician does not serve.
func (b *builder) ownersServe(w int) {
	o := &b.s.OtherWork[w]
	if o.PerVisit == 0 || !b.personal(o.Pool) {
		return
	}
	for i := range b.s.Staff {
		s := &b.s.Staff[i]
		for _, blocks := range s.Week {
			visits := slices.ContainsFunc(blocks, func(x sim.Block) bool { return x.Kind == sim.VisitsBlock })
			if visits && !slices.Contains(s.Pools, o.Pool) {
				b.refuse("other_work."+o.Name+".pool", s.Name+" has visits but does not serve the personal pool "+b.s.Pools[o.Pool].Name, "add "+b.s.Pools[o.Pool].Name+" to the pools of the group")
				return
			}
		}
	}
}

// receives tells which pools patients' threads and other work can reach.
func (b *builder) receives() (threads, items []bool) {
	threads, items = make([]bool, len(b.s.Pools)), make([]bool, len(b.s.Pools))
	for w := range b.s.OtherWork {
		items[b.s.OtherWork[w].Pool] = true
	}
	for c := range b.s.Channels {
		if pool := b.s.Channels[c].Pool; pool >= 0 {
			threads[pool] = true
		}
	}
	for k := range b.s.Types {
		threads[b.s.Types[k].Pool] = true
		for p, share := range b.s.Types[k].MisdirectedTo {
			threads[p] = threads[p] || share > 0
		}
	}
	for range b.s.Pools {
		for p := range b.s.Pools {
			for k := range b.s.Types {
				for to, share := range b.s.Pools[p].PassOn[k] {
					threads[to] = threads[to] || threads[p] && share > 0
				}
				if b.s.Pools[p].Consult == nil {
					continue
				}
				for to, share := range b.s.Pools[p].Consult[k] {
					threads[to] = threads[to] || threads[p] && share > 0
				}
			}
		}
	}
	return threads, items
}
