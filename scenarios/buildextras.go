package scenarios

import (
	"fmt"
	"slices"

	"portalsim/sim"
)

// backlog fills the threads that wait when the run starts.
func (b *builder) backlog() {
	for i, kind := range b.file.Backlog.Keys {
		k := b.file.Messages.Index(kind)
		if k < 0 {
			b.unknown("backlog."+kind, "message type", kind, b.file.Messages.Keys)
			continue
		}
		f := &b.file.Backlog.Values[i]
		b.s.Backlog = append(b.s.Backlog, sim.Backlog{Kind: k, Count: f.Count, Age: distribution(f.Age)})
	}
}

func (b *builder) costs() {
	c := &b.file.Costs
	b.s.Costs = sim.Costs{
		ServiceCall: c.ServiceCall.Value, AfterHoursHour: c.AfterHoursHour.Value, AdminHour: c.AdminHour.Value, WaitHour: c.WaitHour.Value,
		UrgentLate: c.UrgentLate.Value, LostVisit: c.LostVisit.Value, UrgentCareVisit: c.UrgentCareVisit.Value,
	}
}

// onCall fills who answers urgent calls while the lines are closed.
func (b *builder) onCall() {
	phone, ok := b.file.Channels.Get("phone")
	if !ok || phone.OnCall == nil {
		return
	}
	const path = "channels.phone.on_call"
	out := &sim.OnCall{Handling: b.positive(phone.OnCall.Handling, path+".handling")}
	if who := phone.OnCall.Who; who != "service" {
		if b.file.Staff.Index(who) < 0 {
			b.unknown(path+".who", "staff group", who, append([]string{"service"}, b.file.Staff.Keys...))
		}
		first := 0
		for i, name := range b.file.Staff.Keys {
			for n := range b.file.Staff.Values[i].Count {
				if name == who {
					out.Staff = append(out.Staff, first+n)
				}
			}
			first += b.file.Staff.Values[i].Count
		}
		if len(out.Staff) == 0 {
			b.refuse(path+".who", "nobody is in staff group "+who, "name a group with a count above 0, or service")
		}
	}
	if !slices.ContainsFunc(b.s.Types, func(t sim.MessageType) bool { return t.DeclaresUrgent }) {
		b.refuse(path, "no message type declares urgency, so that nobody is ever put through", "write declares_urgent: true for a type, or remove this")
	}
	b.s.OnCall = out
}

// teaching fills the work of delivering a campaign, as a stream of other work of its own.
func (b *builder) teaching(v *InterventionFile, c *sim.Campaign, name, path string) {
	if v.StaffTime == nil {
		return
	}
	f := v.StaffTime
	path += ".staff_time"
	if c.Always {
		b.refuse(path, "a modifier reaches nobody in particular", "remove it, or write kind: education")
	}
	pool := b.pool(f.Pool, path+".pool")
	if b.personal(pool) {
		b.refuse(path+".pool", fmt.Sprintf("pool %s is personal: nobody owns the work", f.Pool), "name a pooled pool")
	}
	c.Teaching = &sim.Teaching{Work: len(b.s.OtherWork)}
	b.s.OtherWork = append(b.s.OtherWork, sim.OtherWork{
		Name: "teaching-" + name, Pool: pool, Handling: b.positive(f.Handling, path+".handling"), Priority: uint8(f.Priority), Activity: sim.Teach,
	})
}
