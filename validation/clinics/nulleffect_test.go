package clinics

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim"
	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// outcome is all that a run gives, to the last bit.
type outcome struct {
	rows     []string
	days     []sim.StaffDayRow
	contacts []sim.ContactRecord
	threads  []sim.ThreadRow
	pools    []sim.PoolAccount
	events   uint64
}

// outcomeOf runs a scenario and keeps everything; which of the options are on must not matter.
func outcomeOf(rt *rapid.T, s *sim.Scenario, seed uint64, replication int) outcome {
	rt.Helper()
	out, _ := outcomeWith(rt, s, seed, replication, sim.Options{})
	return out
}

// outcomeWith is outcomeOf with more options, and the result; it is nil for work without end.
func outcomeWith(rt *rapid.T, s *sim.Scenario, seed uint64, replication int, options sim.Options) (outcome, *sim.Result) {
	rt.Helper()
	var out outcome
	options.StaffDays, options.Contacts, options.Course = true, true, true
	options.Thread = func(row *sim.ThreadRow) { out.threads = append(out.threads, *row) }
	r, err := sim.Run(s, seed, replication, options)
	var overload *sim.Overload
	if errors.As(err, &overload) {
		return outcome{}, nil
	}
	if err != nil {
		rt.Fatal(err)
	}
	out.rows, out.days, out.contacts, out.pools, out.events = texts(r.Rows), r.StaffDays, r.Contacts, r.Pools, r.Events
	return out, r
}

// texts writes rows with every bit of their values.
func texts(rows []sim.MeasureRow) []string {
	var list []string
	for i := range rows {
		r := rows[i]
		v := "null"
		if r.Value != nil {
			v = fmt.Sprintf("%b", *r.Value)
		}
		r.Value = nil
		list = append(list, fmt.Sprintf("%+v %s", r, v))
	}
	return list
}

// expectSame fails on the first thing in which two outcomes differ.
func expectSame(rt *rapid.T, what string, a, b outcome) {
	rt.Helper()
	for _, part := range []struct {
		name string
		a, b any
	}{{"rows", a.rows, b.rows}, {"staff days", a.days, b.days}, {"contacts", a.contacts, b.contacts}, {"threads", a.threads, b.threads}, {"pools", a.pools, b.pools}, {"events", a.events, b.events}} {
		if !reflect.DeepEqual(part.a, part.b) {
			rt.Fatalf("%s: %s differ", what, part.name)
		}
	}
}

// TestNullIntervention: campaigns and modifiers all of whose effects are 1 give the same bytes as none.
func TestNullIntervention(t *testing.T) {
	check(t, 150, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		base := outcomeOf(rt, s, 5, 2)
		with := *s
		none := slices.Repeat([]sim.Effects{sim.NoEffect}, len(s.Types))
		mask := make([]bool, len(s.Channels))
		mask[0] = true
		with.Campaigns = append(slices.Clone(s.Campaigns),
			sim.Campaign{Name: "null", Start: s.WarmUp, Reach: 0.7, Delay: random.ExponentialTime(sim.Day), HalfLife: 5 * sim.Day, Boosters: []time.Duration{3 * sim.Day}, Effects: none},
			sim.Campaign{Name: "null modifier", Always: true, Effects: none},
			sim.Campaign{Name: "null written", Always: true, Channels: mask, Effects: none},
		)
		expectSame(rt, "null campaigns", base, outcomeOf(rt, &with, 5, 2))
	})
}

// TestWhatIsNotUsedChangesNothing: a campaign that reaches nobody, a stream of no items and a clock that only measures
// leave the run as it was; a pool that nothing comes to adds only rows of its own.
func TestWhatIsNotUsedChangesNothing(t *testing.T) {
	check(t, 150, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		base := outcomeOf(rt, s, 5, 2)
		with := *s
		strong := slices.Repeat([]sim.Effects{effects(0.1, 5, 5, 5, 5)}, len(s.Types))
		with.Campaigns = append(slices.Clone(s.Campaigns), sim.Campaign{Name: "nobody", Reach: 0, Effects: strong}, sim.Campaign{Name: "too late", Reach: 1, Start: 400 * sim.Week, Effects: strong})
		with.OtherWork = append(slices.Clone(s.OtherWork), sim.OtherWork{Name: "nothing", Pool: 0})
		with.Pools = append(slices.Clone(s.Pools), sim.Pool{Name: "unused", Handling: s.Pools[0].Handling, Reroute: s.Pools[0].Reroute, Request: s.Pools[0].Request, PassOn: make([][]float64, len(s.Types))})
		got := outcomeOf(rt, &with, 5, 2)
		got.pools = got.pools[:len(s.Pools)]
		got.rows = slices.DeleteFunc(got.rows, func(text string) bool { return strings.Contains(text, "Pool:unused ") })
		expectSame(rt, "unused", base, got)
	})
}

// TestOptionsChangeNothing: tracing, rows of threads and days, contacts and the checker only look, and are never part of the run.
func TestOptionsChangeNothing(t *testing.T) {
	check(t, 100, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		base := outcomeOf(rt, s, 5, 2)
		lines, last := 0, engine.Time(0)
		r, err := sim.Run(s, 5, 2, sim.Options{Trace: func(at engine.Time, line string) {
			if at < last {
				rt.Fatalf("the trace goes back from %d to %d at %q", last, at, line)
			}
			lines, last = lines+1, at
		}})
		if err != nil {
			rt.Fatal(err)
		}
		if r.StaffDays != nil || r.Contacts != nil || r.Course != nil {
			rt.Fatalf("kept what nobody asked for")
		}
		if len(base.threads) > 0 && lines == 0 {
			rt.Fatalf("no trace")
		}
		got := outcome{texts(r.Rows), base.days, base.contacts, base.threads, r.Pools, r.Events}
		expectSame(rt, "options", base, got)
		checked, err := sim.Run(s, 5, 2, sim.Options{StaffDays: true, Contacts: true, Check: true})
		if err != nil {
			rt.Fatal(err)
		}
		expectSame(rt, "check", base, outcome{texts(checked.Rows), checked.StaffDays, checked.Contacts, base.threads, checked.Pools, checked.Events})
	})
}

// TestRunIsAFunction: the same arguments give the same bytes, whatever ran before, and leave the scenario as it was;
// another seed or replication gives another run.
func TestRunIsAFunction(t *testing.T) {
	check(t, 150, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		before := fmt.Sprintf("%+v", *s)
		first := outcomeOf(rt, s, 5, 2)
		for _, other := range []outcome{outcomeOf(rt, s, 6, 2), outcomeOf(rt, s, 5, 3), outcomeOf(rt, s, 2, 5)} {
			random := slices.DeleteFunc(slices.Clone(first.contacts), func(c sim.ContactRecord) bool { return strings.HasPrefix(sim.ContactName(c.Contact), "s") })
			if len(random) > 3 && reflect.DeepEqual(first.contacts, other.contacts) {
				rt.Fatalf("another seed or replication gives the same %d contacts", len(random))
			}
		}
		expectSame(rt, "again", first, outcomeOf(rt, s, 5, 2))
		if after := fmt.Sprintf("%+v", *s); after != before {
			rt.Fatalf("the run changed its scenario")
		}
	})
}

// TestSmallEffectIsNoticed is the twin of TestNullIntervention: the comparison sees a change of one message.
func TestSmallEffectIsNoticed(t *testing.T) {
	noticed, tried := 0, 0
	check(t, 60, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		base := outcomeOf(rt, s, 5, 2)
		with := *s
		with.Campaigns = append(slices.Clone(s.Campaigns), sim.Campaign{Name: "slight", Always: true, Effects: slices.Repeat([]sim.Effects{effects(0.9, 1, 1, 1, 1)}, len(s.Types))})
		if got := outcomeOf(rt, &with, 5, 2); !reflect.DeepEqual(base, got) {
			noticed++
		}
		tried++
	})
	if 3*noticed < tried {
		t.Errorf("a tenth fewer contacts was noticed in %d of %d clinics", noticed, tried)
	}
}
