package experiment

import (
	"context"
	"flag"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim"
	"portalsim/sim/engine"
)

// drawContacts draws the contacts of one arm: numbers from a small range, so that arms share many.
func drawContacts(rt *rapid.T, label string, types int) (list []sim.ContactRecord) {
	seen := map[int64]bool{}
	for range rapid.IntRange(0, 25).Draw(rt, label) {
		contact := rapid.Int64Range(1, 30).Draw(rt, "contact")
		if seen[contact] {
			continue
		}
		seen[contact] = true
		sent := engine.Time(contact) * engine.Time(time.Hour)
		list = append(list, sim.ContactRecord{
			Contact: contact, Sent: sent, Response: sent + engine.Time(rapid.IntRange(0, 600).Draw(rt, "wait"))*engine.Time(time.Minute),
			Type: int16(contact) % int16(types), Channel: int8(rapid.IntRange(0, 2).Draw(rt, "channel")), Censored: rapid.Bool().Draw(rt, "censored"),
			Settled: rapid.IntRange(0, 3).Draw(rt, "settled") == 0,
		})
	}
	return list
}

// plainPairs works the rows out with maps, one contact at a time.
func plainPairs(control, arm []string, before, after []sim.ContactRecord) map[string]*tally {
	find := func(list []sim.ContactRecord, contact int64) *sim.ContactRecord {
		for i := range list {
			if list[i].Contact == contact {
				return &list[i]
			}
		}
		return nil
	}
	rows := map[string]*tally{}
	add := func(kind, fate string, c, a *sim.ContactRecord) {
		for _, k := range []string{kind, sim.All} {
			t := rows[k+"|"+fate]
			if t == nil {
				t = &tally{}
				rows[k+"|"+fate] = t
			}
			t.n++
			cut := false
			if c != nil {
				t.inControl, t.control, cut = t.inControl+1, t.control+time.Duration(c.Response-c.Sent).Hours(), c.Censored
			}
			if a != nil {
				t.inArm, t.arm, cut = t.inArm+1, t.arm+time.Duration(a.Response-a.Sent).Hours(), cut || a.Censored
			}
			if cut {
				t.censored++
			}
		}
	}
	for contact := int64(1); contact <= 30; contact++ {
		c, a := find(before, contact), find(after, contact)
		portal := func(r *sim.ContactRecord) bool { return r != nil && r.Channel == 0 && !r.Settled }
		switch {
		case portal(c) && portal(a):
			add(control[c.Type], Paired, c, a)
		case portal(c) && a != nil && a.Settled:
			add(control[c.Type], Settled, c, nil)
		case portal(c) && a != nil:
			add(control[c.Type], Moved, c, a)
		case portal(c):
			add(control[c.Type], Unexpressed, c, nil)
		case portal(a) && c != nil && c.Settled:
			add(control[c.Type], Arrived, nil, a)
		case portal(a) && c != nil:
			add(control[c.Type], Arrived, c, a)
		case portal(a):
			add(arm[a.Type], Extra, nil, a)
		}
	}
	return rows
}

func scenarioWith(types ...string) *sim.Scenario {
	s := &sim.Scenario{}
	for _, name := range types {
		s.Types = append(s.Types, sim.MessageType{Name: name})
	}
	return s
}

// TestPairsAgainstMaps: fates, counts and mean waits against the plain way, with lists in any order and with a type
// that only the arm has.
func TestPairsAgainstMaps(t *testing.T) {
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == "0" { // not given: fixed, so that the test is steady
		defer func() { _ = seed.Value.Set("0") }()
		if err := seed.Value.Set("1"); err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		types := []string{"refill", "advice"}
		inArm := types
		if rapid.Bool().Draw(rt, "a type more") {
			inArm = []string{"refill", "advice", "urgent"}
		}
		control, arm := Arm{Name: "c", Scenario: scenarioWith(types...)}, Arm{Name: "a", Scenario: scenarioWith(inArm...)}
		before, after := drawContacts(rt, "before", 2), drawContacts(rt, "after", 2)
		if len(inArm) == 3 {
			for i := range after { // contacts of the type that the control lacks have numbers that it lacks
				if shared := slices.ContainsFunc(before, func(b sim.ContactRecord) bool { return b.Contact == after[i].Contact }); !shared {
					after[i].Type = 2
				}
			}
		}
		want := plainPairs(types, inArm, before, after)
		rows := pair(&control, &arm, before, after, 4)
		if len(rows) != (len(inArm)+1)*len(fates) {
			rt.Fatalf("%d rows", len(rows))
		}
		for i, row := range rows {
			kind := append(slices.Clone(inArm), sim.All)[i/len(fates)]
			if row.Type != kind || row.Fate != fates[i%len(fates)] || row.Control != "c" || row.Arm != "a" || row.Replication != 4 {
				rt.Fatalf("row %d is %+v", i, row)
			}
			w := want[row.Type+"|"+row.Fate]
			if w == nil {
				w = &tally{}
			}
			if row.Contacts != int64(w.n) || row.Censored != int64(w.censored) || !same(row.ControlWait, w.control, w.inControl) || !same(row.ArmWait, w.arm, w.inArm) {
				rt.Fatalf("%s %s: %+v, want %+v", row.Type, row.Fate, row, *w)
			}
			difference := w.n
			if w.inControl == 0 || w.inArm == 0 {
				difference = 0
			}
			if !same(row.Difference, w.arm-w.control, difference) {
				rt.Fatalf("%s %s: difference %v, want %v over %d", row.Type, row.Fate, row.Difference, w.arm-w.control, difference)
			}
		}
	})
}

// same tells whether a mean is that of a sum over n, and null for none.
func same(got *float64, sum float64, n int) bool {
	if got == nil || n == 0 {
		return got == nil && n == 0
	}
	return math.Abs(*got-sum/float64(n)) < 1e-9
}

// TestPairsAddUp: in a real run, an arm's portal threads and the control's are each accounted for once.
func TestPairsAddUp(t *testing.T) {
	err := Run(context.Background(), threeArms(), 12, 0, 3, 2, Options{}, func(r *Replication) error {
		for a, arm := range []string{"fewer", "more"} {
			counts := map[string]int64{}
			for _, row := range r.Pairs {
				if row.Arm == arm {
					counts[row.Type+row.Fate] += row.Contacts
				}
			}
			for _, kind := range []string{"refill", "advice", sim.All} {
				inControl := counts[kind+Paired] + counts[kind+Moved] + counts[kind+Unexpressed]
				inArm := counts[kind+Paired] + counts[kind+Arrived] + counts[kind+Extra]
				if want := portalThreads(r.Arms[0], kind); inControl != want {
					t.Errorf("%s, %s: %d of the control's %d portal threads", arm, kind, inControl, want)
				}
				if want := portalThreads(r.Arms[a+1], kind); inArm != want {
					t.Errorf("%s, %s: %d of the arm's %d portal threads", arm, kind, inArm, want)
				}
			}
			if fewer := arm == "fewer"; fewer && (counts["all"+Extra] > 0 || counts["all"+Arrived] > 0 || counts["all"+Unexpressed] == 0 || counts["all"+Moved] == 0) ||
				!fewer && (counts["all"+Unexpressed] > 0 || counts["all"+Moved] > 0 || counts["all"+Extra] == 0) {
				t.Errorf("%s: %v", arm, counts)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func portalThreads(r *sim.Result, kind string) int64 {
	for _, row := range r.Rows {
		if row.Measure == "threads_n" && row.Type == kind && row.Channel == "portal" {
			return int64(*row.Value)
		}
	}
	panic(fmt.Sprint("no row of ", kind))
}
