package experiment

import (
	"math"
	"time"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// Measures of truly urgent content over the contacts that are threads in control and arm.
const (
	UrgentLook   = "urgent_look_h_mean"
	UrgentLate   = "urgent_look_late_share"
	UrgentDelay  = "urgent_delayed_share"
	UrgentPushed = "urgent_pushed_late_share"
)

// urgentTally adds up the truly urgent contacts of one type.
type urgentTally struct {
	n, censored, delayed, judged, controlLate, armLate, pushed, silenced int
	control, arm                                                         float64 // hours to the first clinical look
}

// pairUrgent matches the truly urgent contacts of an arm with those of the control, of the same replication, and says by
// type how their first clinical look changed. Both lists are reordered.
func pairUrgent(control, arm *Arm, before, after []sim.ContactRecord, number int) []sim.UrgentPairRow {
	types, _ := typeNames(control.Scenario, arm.Scenario)
	tallies := make([]urgentTally, len(types)+1) // the last is all types
	limit := control.Scenario.Limits.UrgentSafety
	match(before, after, func(c, a *sim.ContactRecord) {
		if c == nil || !c.Urgent || c.Settled {
			return
		}
		for _, t := range []*urgentTally{&tallies[c.Type], &tallies[len(types)]} {
			switch {
			case a == nil:
				t.silenced++
			case !a.Settled:
				t.add(c, a, limit)
			}
		}
	})
	var rows []sim.UrgentPairRow
	for k, name := range append(types, sim.All) {
		t := &tallies[k]
		row := sim.UrgentPairRow{
			Point: sim.BasePoint, Control: control.Name, Arm: arm.Name, Replication: int32(number), Type: name, Contacts: int64(t.n),
			ControlLook: mean(t.control, t.n), ArmLook: mean(t.arm, t.n), Difference: mean(t.arm-t.control, t.n),
			Censored: int64(t.censored), Delayed: int64(t.delayed), Judged: int64(t.judged), ControlLate: int64(t.controlLate),
			ArmLate: int64(t.armLate), PushedLate: int64(t.pushed), Silenced: int64(t.silenced),
		}
		rows = append(rows, row)
	}
	return rows
}

func (t *urgentTally) add(c, a *sim.ContactRecord, limit time.Duration) {
	t.n++
	t.control += sim.Hours(c.LookWait())
	t.arm += sim.Hours(a.LookWait())
	if !c.Looked || !a.Looked {
		t.censored++
	}
	if c.Looked && (a.LookWait() > c.LookWait() || !a.Looked && !a.Open) {
		t.delayed++
	}
	controlLate, known := late(c, limit)
	armLate, alsoKnown := late(a, limit)
	if !known || !alsoKnown {
		return
	}
	t.judged++
	if controlLate {
		t.controlLate++
	}
	if armLate {
		t.armLate++
	}
	if armLate && !controlLate {
		t.pushed++
	}
}

// late tells whether the first clinical look came beyond a limit, or never; and whether that is known: not of a thread
// that was open without a look when the run ended, within the limit.
func late(c *sim.ContactRecord, limit time.Duration) (late, known bool) {
	beyond := c.LookWait() > limit
	switch {
	case c.Looked:
		return beyond, true
	case c.Open:
		return beyond, beyond
	default:
		return true, true
	}
}

// addUrgent adds a replication's rows of all types.
func (c *Collection) addUrgent(rows []sim.UrgentPairRow) {
	share := func(part, of int64) float64 {
		if of == 0 {
			return math.NaN()
		}
		return float64(part) / float64(of)
	}
	for i := range rows {
		row := &rows[i]
		if row.Type != sim.All {
			continue
		}
		a := c.armNamed(row.Arm)
		if c.urgent[a] == nil {
			c.urgent[a] = []pairSeries{{kind: UrgentLook}, {kind: UrgentLate}, {kind: UrgentDelay}, {kind: UrgentPushed}}
		}
		none := 0 * share(1, row.Contacts) // unknown without contacts
		for n, values := range [][2]float64{
			{orNaN(row.ControlLook), orNaN(row.ArmLook)},
			{share(row.ControlLate, row.Judged), share(row.ArmLate, row.Judged)},
			{none, share(row.Delayed, row.Contacts)},
			{0 * share(1, row.Judged), share(row.PushedLate, row.Judged)},
		} {
			s := &c.urgent[a][n]
			s.fill(c.Replications() - 1)
			s.control, s.arm = append(s.control, values[0]), append(s.arm, values[1])
			s.difference = append(s.difference, values[1]-values[0])
		}
		c.urgent[a][0].censored += row.Censored
	}
}

// urgentByContact compares what befalls truly urgent content, over the contacts that are threads in both arms.
func (c *Collection) urgentByContact(arm int) []comparison {
	var list []comparison
	for i := range c.urgent[arm] {
		s := &c.urgent[arm][i]
		row := Of(s.kind)
		row.Unit = sim.UnitOf(s.kind)
		x := comparison{arm: arm, row: row, pairedBy: ByContact, pair: c.bothUsed(arm, s.control, s.arm)}
		if s.censored > 0 {
			x.note = "restricted: has censored times"
		}
		list = append(list, x)
	}
	return list
}

// Urgent returns a difference from the control over the truly urgent contacts that are threads in both arms; false where
// there is none.
func (c *Collection) Urgent(arm int, measure string, confidence float64) (Headline, bool) {
	for i := range c.urgent[arm] {
		s := &c.urgent[arm][i]
		if p := c.bothUsed(arm, s.control, s.arm); s.kind == measure && len(p.Arm) > 0 {
			h := c.headline(measure, p, confidence)
			h.Restricted = s.censored > 0
			return h, true
		}
	}
	return Headline{Change: unknown(), Relative: stats.Ratio{Estimate: math.NaN()}}, false
}
