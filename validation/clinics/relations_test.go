package clinics

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// Relations between runs of random clinics: what a change must do to the result, or must not. Each has a twin, a change
// that breaks the relation and must be noticed.

// few is how many random clinics a relation is tried on.
const few = 100

// spare adds a pool that nothing comes to and a member who serves it, and perhaps another pool.
func spare(file *tree, pools string) {
	file.set("pools.spare.handling", "{dist: constant, value: 5m}")
	file.set("staff.spare", `{count: 1, role: spare, pools: [%s], week: {mon-sun: {"00:00-24:00": inbox}}}`, pools)
}

// rowsBeside returns the measures of a run with every bit, without those of what was added.
func rowsBeside(rt *rapid.T, s *sim.Scenario) ([]string, bool) {
	rt.Helper()
	result, err := sim.Run(s, 3, 0, sim.Options{})
	if err != nil {
		return nil, false // work without end
	}
	var rows []string
	for i := range result.Rows {
		if r := result.Rows[i]; r.Pool != "spare" && r.Role != "spare" && r.Staff != "spare-1" {
			value := "unknown"
			if r.Value != nil {
				value = fmt.Sprintf("%x", math.Float64bits(*r.Value))
			}
			r.Value = nil
			rows = append(rows, fmt.Sprintf("%+v %s", r, value))
		}
	}
	return rows, true
}

// TestIdlePool: a pool that nothing comes to, and a member who serves no other, change no bit of anything else.
func TestIdlePool(t *testing.T) {
	compared, tried := 0, 0
	check(t, few, func(rt *rapid.T) {
		tried++
		file := drawClinic(rt)
		before, settled := rowsBeside(rt, loaded(rt, file))
		spare(file, "spare")
		after, _ := rowsBeside(rt, loaded(rt, file))
		if settled && !slices.Equal(before, after) {
			rt.Fatalf("an idle pool changes something\n%s", file)
		}
		if settled {
			compared++
		}
	})
	if compared < tried/2 {
		t.Errorf("only %d of %d clinics were compared", compared, tried)
	}
}

// The twin of TestIdlePool: once the member serves a pool that is not idle, the measures differ.
func TestHelpfulPoolIsNoticed(t *testing.T) {
	noticed, tried := 0, 0
	check(t, few, func(rt *rapid.T) {
		tried++
		file := drawClinic(rt)
		before, settled := rowsBeside(rt, loaded(rt, file))
		spare(file, "spare, pool-0")
		if after, _ := rowsBeside(rt, loaded(rt, file)); settled && !slices.Equal(before, after) {
			noticed++
		}
	})
	if noticed < tried/3 {
		t.Errorf("a member more in pool-0 changes something in %d of %d clinics", noticed, tried)
	}
}

// armsOf returns a control, an arm with a third fewer contacts and one with a member more.
func armsOf(rt *rapid.T) []experiment.Arm {
	file := drawClinic(rt)
	control := loaded(rt, file)
	file.set("interventions.quieter", "{kind: modifier, effects: {rate: 0.66}}")
	quieter := loaded(rt, file)
	file.set("interventions.quieter", "{kind: modifier}")
	spare(file, "spare, pool-0")
	return []experiment.Arm{{Name: "control", Scenario: control}, {Name: "quieter", Scenario: quieter}, {Name: "helped", Scenario: loaded(rt, file)}}
}

// compared is what a comparison says of each arm by its name.
func compared(rt *rapid.T, arms []experiment.Arm, seed uint64) map[string][]any {
	rt.Helper()
	all := map[string][]any{}
	err := experiment.Run(context.Background(), arms, seed, 0, 2, 1, experiment.Options{}, func(r *experiment.Replication) error {
		for i := range arms {
			all[arms[i].Name] = append(all[arms[i].Name], r.Arms[i])
		}
		for _, p := range r.Pairs {
			all[p.Arm] = append(all[p.Arm], p)
		}
		for _, p := range r.UrgentPairs {
			all[p.Arm] = append(all[p.Arm], p)
		}
		return nil
	})
	if err != nil {
		return nil // work without end
	}
	return all
}

// TestArmsReordered: what a comparison says of an arm depends on that arm and on the control, not on the order or the
// number of the others.
func TestArmsReordered(t *testing.T) {
	noticed, tried := 0, 0
	check(t, few, func(rt *rapid.T) {
		tried++
		arms := armsOf(rt)
		first := compared(rt, arms, 4)
		if first == nil {
			return
		}
		turned := compared(rt, []experiment.Arm{arms[0], arms[2], arms[1]}, 4)
		alone := compared(rt, []experiment.Arm{arms[0], arms[2]}, 4)
		if !reflect.DeepEqual(first, turned) || !reflect.DeepEqual(first["helped"], alone["helped"]) || !reflect.DeepEqual(first["control"], alone["control"]) {
			rt.Fatalf("the order of the arms matters")
		}
		arms[1].Name, arms[2].Name = arms[2].Name, arms[1].Name // the twin: the arms under each other's names
		if !reflect.DeepEqual(first, compared(rt, arms, 4)) {
			noticed++
		}
	})
	if noticed < tried/3 {
		t.Errorf("exchanged arms were noticed in %d of %d clinics", noticed, tried)
	}
}

// nested tells why the contacts under a stronger education are not among those under a weaker one, the same but for what
// education moves one way: off the portal to the telephone, to the right pool, to a complete message; "" if they are.
func nested(weaker, stronger map[int64]nature) string {
	for contact, after := range stronger {
		before, there := weaker[contact]
		if !there {
			return fmt.Sprintf("contact %s is new", sim.ContactName(contact))
		}
		if after.channel != before.channel && before.channel == "portal" && after.channel == "phone" {
			after.channel, after.incomplete, after.misdirected, after.firstPool = before.channel, before.incomplete, before.misdirected, before.firstPool
		}
		if before.incomplete && !after.incomplete {
			after.incomplete = true
		}
		if before.misdirected && !after.misdirected {
			after.misdirected, after.firstPool = true, before.firstPool
		}
		if after != before {
			return fmt.Sprintf("%+v became %+v", before, after)
		}
	}
	return ""
}

// educate lays an education of a strength over a clinic, which reaches more patients and does more to each the
// stronger it is.
func educate(file *tree, strength float64) {
	power := func(x float64) float64 { return math.Pow(x, strength) }
	file.set("interventions.growing", "{kind: education, start: 0w, reach: %v, effects: {rate: %v, by_phone: %v, misdirected: %v, incomplete: %v}}",
		strength, power(0.4), power(4), power(0.3), power(0.2))
}

// TestEducationNests: as the strength of an education grows from none, contacts only fall away, and those that stay only
// move where it sends them, each by its own number.
func TestEducationNests(t *testing.T) {
	fell, moved, tried := 0, 0, 0
	check(t, few, func(rt *rapid.T) {
		tried++
		file := drawClinic(rt)
		for _, kind := range file.trees["messages"].keys {
			file.set("messages."+kind+".incomplete", "0.5")
		}
		last := naturesOf(rt, loaded(rt, file))
		for _, strength := range []float64{0, 0.3, 0.7, 1} {
			educate(file, strength)
			got := naturesOf(rt, loaded(rt, file))
			if last == nil || got == nil {
				return
			}
			if why := nested(last, got); why != "" || strength == 0 && len(got) != len(last) {
				rt.Fatalf("at strength %v: %s; %d contacts became %d", strength, why, len(last), len(got))
			}
			fell += len(last) - len(got)
			for contact, n := range got {
				if n != last[contact] {
					moved++
				}
			}
			last = got
		}
	})
	if fell < tried || moved < tried/5 {
		t.Errorf("in %d clinics %d contacts fell away and %d moved", tried, fell, moved)
	}
}

// The twin of TestEducationNests: an arm whose needs differ is not nested.
func TestOtherNeedsAreNotNested(t *testing.T) {
	noticed, tried := 0, 0
	check(t, few, func(rt *rapid.T) {
		tried++
		file := drawClinic(rt)
		usual := naturesOf(rt, loaded(rt, file))
		file.set("messages.refill.needs_per_user_year", "31")
		file.set("messages.refill.needs_per_other_year", "17")
		educate(file, 0.3)
		if other := naturesOf(rt, loaded(rt, file)); usual != nil && other != nil && nested(usual, other) != "" {
			noticed++
		}
	})
	if noticed < tried/3 {
		t.Errorf("other needs were noticed in %d of %d clinics", noticed, tried)
	}
}
