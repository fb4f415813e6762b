package clinics

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portalsim/sim"
)

// nature is what a contact is before anybody at the clinic does anything.
type nature struct {
	sent                            int64
	patient                         int32
	kind, channel, segment          string
	urgent, incomplete, misdirected bool
	firstPool                       string
}

// naturesOf runs a scenario and returns its contacts by number, without those that work provokes, which come when it is
// done; nil where work grows without end.
func naturesOf(rt *rapid.T, s *sim.Scenario) map[int64]nature {
	rt.Helper()
	out := outcomeOf(rt, s, 11, 1)
	if out.rows == nil {
		return nil
	}
	all := map[int64]nature{}
	for i := range out.threads {
		r := &out.threads[i]
		all[r.Contact] = nature{r.Sent, r.Patient, r.Type, r.Channel, r.Segment, r.TrulyUrgent, r.Incomplete, r.Misdirected, r.FirstPool}
	}
	if len(all) != len(out.threads) || len(all) != len(out.contacts) {
		rt.Fatalf("%d threads, %d contacts, %d numbers", len(out.threads), len(out.contacts), len(all))
	}
	for i := range out.contacts {
		c := &out.contacts[i]
		n, ok := all[c.Contact]
		if !ok || s.Types[c.Type].Name != n.kind || s.Channels[c.Channel].Name != n.channel || i > 0 && c.Sent < out.contacts[i-1].Sent {
			rt.Fatalf("contact record %+v does not agree with its row %+v, or is out of order", c, n)
		}
	}
	maps.DeleteFunc(all, func(contact int64, _ nature) bool { return strings.HasPrefix(sim.ContactName(contact), "p") })
	return all
}

// TestStaffDoNotMoveContacts: another staff, other speeds, queues, routes and handling times leave every contact as it
// was, and every visit of those who stay.
func TestStaffDoNotMoveContacts(t *testing.T) {
	check(t, 200, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		for k := range s.Types {
			s.Types[k].FollowUp, s.Types[k].Incomplete = 0, 0.3
		}
		base := naturesOf(rt, s)
		with := *s
		with.Staff = slices.Clone(s.Staff)
		for i := range with.Staff {
			with.Staff[i].Speed *= 2
			with.Staff[i].Sessions = nil
		}
		extra := s.Staff[0]
		extra.Name, extra.PatientShare, extra.Week = "one-more", 0, [7][]sim.Block{}
		with.Staff = append(with.Staff, extra)
		with.Pools = slices.Clone(s.Pools)
		for p := range with.Pools {
			with.Pools[p].Priority = !with.Pools[p].Priority
			with.Pools[p].PassOn = make([][]float64, len(s.Types))
		}
		with.OtherWork, with.Campaigns = nil, slices.Clone(s.Campaigns)
		for i := range with.Campaigns {
			with.Campaigns[i].Teaching = nil
		}
		if list := sim.Unsynchronised(s, &with); len(list) > 0 {
			rt.Fatalf("arms that differ in staff, queues and routes are called not synchronised: %v", list)
		}
		if got := naturesOf(rt, &with); !maps.Equal(base, got) {
			rt.Fatalf("contacts differ")
		}
	})
}

// TestTypesAreKeyedByName: a type more, or the types in another order, leave the contacts of the others as they were.
func TestTypesAreKeyedByName(t *testing.T) {
	check(t, 100, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		s.Campaigns = nil
		base := naturesOf(rt, s)
		s.OtherWork = slices.DeleteFunc(s.OtherWork, func(o sim.OtherWork) bool { return o.Provokes != nil || o.Activity == sim.Teach })
		with := *s
		more := s.Types[0]
		more.Name, more.NeedsPerUserYear = "another", 30
		with.Types = append([]sim.MessageType{more}, s.Types...)
		with.Pools = slices.Clone(s.Pools)
		for p := range with.Pools {
			x := &with.Pools[p]
			x.Handling, x.Reroute, x.Request = slices.Insert(slices.Clone(x.Handling), 0, x.Handling[0]), slices.Insert(slices.Clone(x.Reroute), 0, x.Reroute[0]), slices.Insert(slices.Clone(x.Request), 0, x.Request[0])
			x.PassOn, x.Advise = slices.Insert(slices.Clone(x.PassOn), 0, x.PassOn[0]), slices.Insert(slices.Clone(x.Advise), 0, x.Advise[0])
			if x.Consult != nil {
				x.Consult = slices.Insert(slices.Clone(x.Consult), 0, x.Consult[0])
			}
		}
		with.Backlog = slices.Clone(s.Backlog)
		for i := range with.Backlog {
			with.Backlog[i].Kind++
		}
		got := naturesOf(rt, &with)
		if base == nil || got == nil {
			return
		}
		maps.DeleteFunc(got, func(_ int64, n nature) bool { return n.kind == "another" })
		if !maps.Equal(base, got) {
			rt.Fatalf("contacts differ")
		}
	})
}

// withEffect adds a modifier, or a campaign that reaches a share of patients and fades.
func withEffect(s *sim.Scenario, reach float64, e sim.Effects) *sim.Scenario {
	with := *s
	c := sim.Campaign{Name: "education", Always: reach == 1, Reach: reach, HalfLife: 30 * sim.Day, Effects: slices.Repeat([]sim.Effects{e}, len(s.Types))}
	with.Campaigns = append(slices.Clone(s.Campaigns), c)
	return &with
}

// within1 checks that every contact of a is one of b, alike.
func within1(rt *rapid.T, what string, a, b map[int64]nature) {
	rt.Helper()
	for contact, n := range a {
		if b[contact] != n {
			rt.Fatalf("%s: contact %d is %+v in one and %+v in the other", what, contact, n, b[contact])
		}
	}
}

// TestRatesNest: the contacts kept at a lower rate are among those of a higher one, and alike, also above 1.
func TestRatesNest(t *testing.T) {
	grown, tried := 0, 0
	check(t, 60, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		s.Campaigns = nil
		tried++
		reach := rapid.SampledFrom([]float64{1, 0.5}).Draw(rt, "reach of all")
		last := map[int64]nature{}
		for _, rate := range []float64{0, 0.3, 0.8, 1, 1.2, 2, 2.7} {
			got := naturesOf(rt, withEffect(s, reach, effects(rate, 1, 1, 1, 1)))
			if got == nil {
				return
			}
			within1(rt, fmt.Sprint("up to rate ", rate), last, got)
			if rate > 1 && len(got) > len(last) {
				grown++
			}
			last = got
		}
	})
	if grown < tried {
		t.Errorf("raising the rate added contacts only %d times", grown)
	}
}

// TestOddsMoveOneWay: odds ratios above 1 only turn contacts towards what they are odds of, and leave the rest alone.
func TestOddsMoveOneWay(t *testing.T) {
	tried, phoned, strayed, lacking := 0, 0, 0, 0
	check(t, 150, func(rt *rapid.T) {
		tried++
		s := loaded(rt, drawClinic(rt))
		s.Campaigns = nil
		if len(s.Channels) > 1 {
			s.Channels[1].FallsBackTo, s.Channels[1].Pool = 1, 0
		}
		for k := range s.Types {
			x := &s.Types[k]
			x.Incomplete, x.NeedsPerUserYear, x.UsesOfPortalUsers = 0.3, 40, 1
			if len(s.Channels) > 1 {
				x.ByPhone = 0.3
			}
			if x.MisdirectedTo != nil {
				x.Misdirected = 0.3
			}
		}
		reach := rapid.SampledFrom([]float64{1, 0.5}).Draw(rt, "reach of all")
		base := naturesOf(rt, s)
		got := naturesOf(rt, withEffect(s, reach, effects(1, 3, 3, 3, 1)))
		if base == nil || got == nil {
			return
		}
		if len(got) != len(base) {
			rt.Fatalf("%d contacts became %d", len(base), len(got))
		}
		for contact, before := range base {
			after := got[contact]
			if after.channel != before.channel {
				if before.channel != "portal" || after.channel != "phone" {
					rt.Fatalf("contact %d moved from %s to %s", contact, before.channel, after.channel)
				}
				phoned++
				continue
			}
			if before.misdirected && !after.misdirected || before.incomplete && !after.incomplete {
				rt.Fatalf("contact %d: %+v became %+v", contact, before, after)
			}
			if after.misdirected != before.misdirected {
				strayed++
			}
			if after.incomplete != before.incomplete {
				lacking++
			}
			after.misdirected, after.incomplete, after.firstPool = before.misdirected, before.incomplete, before.firstPool
			if after != before {
				rt.Fatalf("contact %d: %+v became %+v", contact, before, after)
			}
		}
	})
	if least := tried / 15; phoned < least || strayed < least || lacking < least {
		t.Errorf("only %d phoned, %d strayed, %d lacked something in %d clinics", phoned, strayed, lacking, tried)
	}
}

// effects returns effects of a rate and of odds ratios: by phone, misdirected, incomplete, follow-up. The rest is none.
func effects(rate, byPhone, misdirected, incomplete, followUp float64) sim.Effects {
	e := sim.NoEffect
	e.Rate, e.ByPhone, e.Misdirected, e.Incomplete, e.FollowUp = rate, byPhone, misdirected, incomplete, followUp
	return e
}
