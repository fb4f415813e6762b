package experiment

import (
	"math"
	"testing"
	"time"

	"portalsim/sim"
	"portalsim/sim/engine"
)

// looked is an urgent thread sent at 0 with its first clinical look after some hours.
func looked(contact int64, hours float64) sim.ContactRecord {
	return sim.ContactRecord{Contact: contact, Urgent: true, Looked: true, Look: engine.Time(hours * float64(time.Hour))}
}

// without is an urgent thread that ended after some hours without a clinical look, or was open when the run ended.
func without(contact int64, hours float64, open bool) sim.ContactRecord {
	r := looked(contact, hours)
	r.Looked, r.Open = false, open
	return r
}

// urgentCases are contacts whose fate is worked out by hand, with a safety limit of 4 h.
func urgentCases() (before, after []sim.ContactRecord, want sim.UrgentPairRow) {
	ordinary, selfServed, moved := looked(20, 1), looked(21, 1), looked(9, 3)
	ordinary.Urgent, selfServed.Settled, moved.Channel = false, true, 2
	before = []sim.ContactRecord{
		looked(1, 1),         // sooner in the arm
		looked(2, 1),         // delayed, within the limit
		looked(3, 2),         // delayed beyond the limit
		looked(4, 4),         // on the limit is within; never looked at in the arm, which is late
		looked(5, 6),         // late in both, sooner
		without(6, 9, false), // never looked at in the control: late; looked at in the arm
		looked(7, 1),         // open in the arm after 2 h: delayed, and nobody knows whether the limit is kept
		looked(8, 1),         // open in the arm after 5 h: delayed beyond the limit
		looked(9, 3),         // moves to another channel, as soon
		looked(10, 1),        // silenced
		looked(11, 1),        // self-served in the arm: no wait to compare
		looked(20, 1), selfServed,
	}
	before[11].Urgent = false
	served := looked(11, 0)
	served.Settled = true
	after = []sim.ContactRecord{
		looked(1, 0.5), looked(2, 3), looked(3, 5), without(4, 1, false), looked(5, 5), looked(6, 1), without(7, 2, true), without(8, 5, true),
		moved, served, looked(12, 1), ordinary, looked(21, 9),
	}
	control, arm := (1.+1+2+4+6+9+1+1+3)/9, (0.5+3+5+1+5+1+2+5+3)/9
	difference := arm - control
	return before, after, sim.UrgentPairRow{
		Point: "base", Control: "control", Arm: "one", Replication: 3, Type: sim.All, Contacts: 9, ControlLook: &control, ArmLook: &arm, Difference: &difference,
		Censored: 4, Delayed: 5, Judged: 8, ControlLate: 2, ArmLate: 4, PushedLate: 3, Silenced: 1,
	}
}

// TestUrgentPairsByHand: each kind of contact once, and what the comparisons make of the row.
func TestUrgentPairsByHand(t *testing.T) {
	before, after, want := urgentCases()
	control, arm := Arm{Name: "control", Scenario: scenarioWith("advice")}, Arm{Name: "one", Scenario: scenarioWith("advice")}
	control.Scenario.Limits.UrgentSafety = 4 * time.Hour
	rows := pairUrgent(&control, &arm, before, after, 3)
	if len(rows) != 2 || rows[0].Type != "advice" {
		t.Fatalf("%d rows, want one of the type and one of all", len(rows))
	}
	got := rows[1]
	for _, x := range []struct{ got, want *float64 }{{got.ControlLook, want.ControlLook}, {got.ArmLook, want.ArmLook}, {got.Difference, want.Difference}} {
		if x.got == nil || math.Abs(*x.got-*x.want) > 1e-12 {
			t.Fatalf("mean times %v, want %v", x.got, *x.want)
		}
	}
	got.ControlLook, got.ArmLook, got.Difference = want.ControlLook, want.ArmLook, want.Difference
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	rows[0].Type = sim.All
	rows[0].ControlLook, rows[0].ArmLook, rows[0].Difference = want.ControlLook, want.ArmLook, want.Difference
	if rows[0] != want {
		t.Errorf("the type's row is %+v, want %+v", rows[0], want)
	}
}

// TestUrgentComparisons: the rows of two replications become means over them; a replication without urgent content counts
// for nothing.
func TestUrgentComparisons(t *testing.T) {
	row := func(number int32, contacts, delayed, judged, pushed int64, control, arm float64) sim.UrgentPairRow {
		return sim.UrgentPairRow{Arm: "one", Replication: number, Type: sim.All, Contacts: contacts, Delayed: delayed, Judged: judged, PushedLate: pushed,
			ControlLate: 1, ArmLate: 1 + pushed, Censored: 1, ControlLook: of(control), ArmLook: of(arm)}
	}
	c := NewCollection([]Arm{{Name: "control", Scenario: scenarioWith()}, {Name: "one", Scenario: scenarioWith()}})
	for n, rows := range [][]sim.UrgentPairRow{{row(0, 10, 2, 8, 1, 4, 5)}, {{Arm: "one", Replication: 1, Type: sim.All}}, {row(2, 20, 6, 16, 4, 2, 5)}} {
		measures := []sim.MeasureRow{Of("contacts_n")}
		c.Add(&Replication{Number: n, Arms: []*sim.Result{{Rows: measures}, {Rows: measures}}, UrgentPairs: rows})
	}
	want := []struct {
		measure, unit, note string
		control, arm        float64
	}{
		{UrgentLook, "h", "restricted: has censored times", 3, 5},
		{UrgentLate, "1", "", (1./8 + 1./16) / 2, (2./8 + 5./16) / 2},
		{UrgentDelay, "1", "", 0, (2./10 + 6./20) / 2},
		{UrgentPushed, "1", "", 0, (1./8 + 4./16) / 2},
	}
	n := 0
	for _, r := range c.Comparisons() {
		if r.PairedBy != ByContact || n == len(want) {
			continue
		}
		w := want[n]
		n++
		if r.Measure != w.measure || r.Unit != w.unit || r.Note != w.note || r.Replications != 2 || math.Abs(*r.ControlMean-w.control) > 1e-12 || math.Abs(*r.Mean-w.arm) > 1e-12 {
			t.Errorf("got %+v (%v to %v), want %+v", r, *r.ControlMean, *r.Mean, w)
		}
	}
	if n != len(want) {
		t.Errorf("%d rows paired by contact, want %d", n, len(want))
	}
	if h, ok := c.Urgent(1, UrgentLook, 0.95); !ok || !h.Restricted || h.Change.Mean != 2 {
		t.Errorf("the screen's difference is %+v", h)
	}
	if _, ok := c.Urgent(0, UrgentLook, 0.95); ok {
		t.Error("the control has a difference from itself")
	}
}

// TestUrgentPairsOfOneArm: an arm against itself delays nobody.
func TestUrgentPairsOfOneArm(t *testing.T) {
	before, _, _ := urgentCases()
	after, _, _ := urgentCases()
	arm := Arm{Name: "one", Scenario: scenarioWith("advice")}
	arm.Scenario.Limits.UrgentSafety = 4 * time.Hour
	for _, r := range pairUrgent(&arm, &arm, before, after, 0) {
		if r.Delayed != 0 || r.PushedLate != 0 || r.Silenced != 0 || *r.Difference != 0 || r.Contacts != 11 || r.ControlLate != r.ArmLate {
			t.Errorf("%+v", r)
		}
	}
}
