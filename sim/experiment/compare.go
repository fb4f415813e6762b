package experiment

import (
	"math"
	"slices"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// What a difference is paired by.
const (
	ByContact     = "contact"
	ByReplication = "replication"
)

// comparison is one row of table comparisons in the making.
type comparison struct {
	arm      int
	row      sim.MeasureRow
	pairedBy string
	pair     stats.Pair
	note     string
	headline bool
}

// Comparisons returns table comparisons: every measure of every arm against the control, in the order of the table.
// The simultaneous intervals hold together, at 95 %, over the family of the headline differences: every arm that is not
// a reference, times the first response paired by contact and the after-hours minutes; Bonferroni's method, since it
// needs no assumption on how the differences depend on one another.
func (c *Collection) Comparisons() []sim.ComparisonRow {
	var all []comparison
	for a := 1; a < len(c.arms); a++ {
		all = append(all, c.byContact(a)...)
		all = append(all, c.byReplication(a)...)
	}
	rows := make([]sim.ComparisonRow, len(all))
	for i := range all {
		if len(c.Unsettled(0))+len(c.Unsettled(all[i].arm)) > 0 {
			all[i].pair, all[i].note, all[i].headline = stats.Pair{}, neverSettles, false
		}
		rows[i] = c.row(&all[i])
	}
	addSimultaneous(rows, all)
	return rows
}

// byContact compares the time to first response over the contacts that are portal threads in both arms.
func (c *Collection) byContact(arm int) []comparison {
	var list []comparison
	for i := range c.pairs[arm] {
		s := &c.pairs[arm][i]
		row := Of("first_response_h_mean")
		row.Type, row.Channel, row.Unit = s.kind, "portal", "h"
		x := comparison{arm: arm, row: row, pairedBy: ByContact, pair: bothKnown(s.control, s.arm)}
		x.headline = s.kind == sim.All && !c.arms[arm].Reference
		if s.censored > 0 {
			x.note = "restricted: has censored times"
		}
		list = append(list, x)
	}
	return list
}

// byReplication compares the arm's measures with the control's, replication by replication.
func (c *Collection) byReplication(arm int) []comparison {
	var list []comparison
	for i := range c.rows[arm] {
		row := c.rows[arm][i]
		control := c.Values(0, row)
		if control == nil {
			continue
		}
		x := comparison{arm: arm, row: row, pairedBy: ByReplication, pair: bothKnown(control, c.values[arm][i])}
		x.headline = key(&row) == burdenKey && !c.arms[arm].Reference
		if isWait[row.Measure] {
			x.note = "includes change of mix"
		}
		list = append(list, x)
	}
	return list
}

var burdenKey = func() string { row := Of(sim.Headline[1]); return key(&row) }()

// isWait marks the measures of threads whose difference includes a change of which threads there are. It is looked
// up, never walked.
var isWait = func() map[string]bool {
	waits := map[string]bool{}
	for _, m := range sim.Measures() {
		waits[m.Name] = m.Unit == "h" && m.Name != "oldest_close_h_mean" && m.Name != "scheduled_h_per_week" ||
			len(m.Name) > 11 && m.Name[len(m.Name)-11:] == "_late_share" || m.Name == "first_response_within_target_share"
	}
	return waits
}()

func (c *Collection) row(x *comparison) sim.ComparisonRow {
	p := stats.PairedInterval(x.pair.Control, x.pair.Arm, 0.95)
	controlMean, _, _ := stats.MeanInterval(x.pair.Control, 0.95)
	armMean, _, _ := stats.MeanInterval(x.pair.Arm, 0.95)
	difference := make([]float64, len(x.pair.Control))
	for i := range difference {
		difference[i] = x.pair.Arm[i] - x.pair.Control[i]
	}
	relative := stats.RatioInterval(difference, x.pair.Control, 0.95)
	return sim.ComparisonRow{
		Point: sim.BasePoint, Control: c.arms[0].Name, Arm: c.arms[x.arm].Name,
		Measure: x.row.Measure, Type: x.row.Type, Channel: x.row.Channel, Pool: x.row.Pool, Role: x.row.Role, Staff: x.row.Staff,
		Unit: x.row.Unit, ControlMean: known(controlMean), Mean: known(armMean), Difference: known(p.Difference),
		CI95Low: known(p.Interval.Low), CI95High: known(p.Interval.High), RelativeChange: known(relative.Estimate),
		RelativeLow: known(relative.Interval.Low), RelativeHigh: known(relative.Interval.High), VarianceRatio: known(p.VarianceRatio),
		PairedBy: x.pairedBy, Replications: int32(len(x.pair.Control)), Note: x.note,
	}
}

// addSimultaneous adds the simultaneous intervals and the adjusted p-values of the family of headline differences.
func addSimultaneous(rows []sim.ComparisonRow, all []comparison) {
	var family []stats.Pair
	var p []float64
	var places []int
	for i := range all {
		if all[i].headline && len(all[i].pair.Control) > 1 {
			family = append(family, all[i].pair)
			p = append(p, stats.PairedPValue(all[i].pair.Control, all[i].pair.Arm))
			places = append(places, i)
		}
	}
	if len(family) == 0 {
		return
	}
	adjusted := stats.Holm(p)
	for n, interval := range stats.BonferroniT(family, 0.95) {
		row := &rows[places[n]]
		row.SimultaneousLow, row.SimultaneousHigh = known(interval.Interval.Low), known(interval.Interval.High)
		row.PHolm = known(adjusted[n])
	}
}

// Headline is one headline difference of an arm against the control, at a confidence of the caller's choice.
type Headline struct {
	Measure      string
	ControlMean  float64
	Mean         float64
	Paired       stats.Paired
	Simultaneous stats.Interval
	Relative     stats.Ratio
	Ceiling      stats.Ratio // the saving as a share of the ceiling's; NaN without a ceiling
	Restricted   bool
}

// Headlines returns the headline differences of an arm, in the order of sim.Headline. ceiling is the arm without
// patients' messages, or -1.
func (c *Collection) Headlines(arm, ceiling int, confidence float64) []Headline {
	contact := c.series(arm, sim.All)
	burden := Of(sim.Headline[1])
	pairs := []stats.Pair{
		bothKnown(contact.control, contact.arm),
		bothKnown(c.Values(0, burden), c.Values(arm, burden)),
	}
	questions := 0
	for a := 1; a < len(c.arms); a++ {
		if !c.arms[a].Reference {
			questions++
		}
	}
	family := max(1, questions*len(pairs))
	each := 1 - (1-confidence)/float64(family)
	var list []Headline
	for i, p := range pairs {
		h := Headline{Measure: sim.Headline[i], Paired: stats.PairedInterval(p.Control, p.Arm, confidence)}
		h.ControlMean, _, _ = stats.MeanInterval(p.Control, confidence)
		h.Mean, _, _ = stats.MeanInterval(p.Arm, confidence)
		h.Simultaneous = stats.PairedInterval(p.Control, p.Arm, each).Interval
		h.Relative = stats.RatioInterval(minus(p.Arm, p.Control), p.Control, confidence)
		h.Ceiling = stats.Ratio{Estimate: math.NaN()}
		if most := c.ceilingValues(ceiling); i == 1 && most != nil && len(most) == len(p.Control) {
			h.Ceiling = stats.RatioInterval(minus(p.Control, p.Arm), minus(p.Control, most), confidence)
		}
		h.Restricted = i == 0 && contact.censored > 0
		list = append(list, h)
	}
	return list
}

// ceilingValues returns the after-hours minutes of the ceiling by replication, or nil.
func (c *Collection) ceilingValues(ceiling int) []float64 {
	if ceiling <= 0 {
		return nil
	}
	return c.Values(ceiling, Of(sim.Headline[1]))
}

func minus(a, b []float64) []float64 {
	d := make([]float64, len(a))
	for i := range d {
		d[i] = a[i] - b[i]
	}
	return d
}

// Precise tells whether the half-width of every headline difference, and of the control's own headline means, is at
// most the given share of the control's mean. The measure furthest from it is named.
func (c *Collection) Precise(share float64) (precise bool, worst string, ratio float64) {
	check := func(name string, half, mean float64) {
		if mean == 0 && half == 0 || math.IsNaN(mean) {
			return
		}
		if r := half / math.Abs(mean); r > ratio || math.IsNaN(r) {
			worst, ratio = name, r
		}
	}
	for a := range c.arms {
		if c.arms[a].Reference || len(c.Unsettled(0))+len(c.Unsettled(a)) > 0 {
			continue // more replications would not settle it
		}
		if a == 0 {
			row := Of(sim.Headline[0])
			row.Channel = "portal"
			for _, r := range []sim.MeasureRow{row, Of(sim.Headline[1])} {
				mean, _, ci := stats.MeanInterval(withoutNaN(c.Values(0, r)), 0.95)
				check(r.Measure+" of "+c.arms[0].Name, ci.HalfWidth(), mean)
			}
			continue
		}
		for _, h := range c.Headlines(a, -1, 0.95) {
			check(h.Measure+" of "+c.arms[a].Name+" against "+c.arms[0].Name, h.Paired.Interval.HalfWidth(), h.ControlMean)
		}
	}
	return ratio <= share, worst, ratio
}

// Stage returns how many replications to have at the next look: 20 at first, then growing by half.
func Stage(have int) int {
	if have < 20 {
		return 20
	}
	return have + (have+1)/2
}

// Fate is what became of the portal threads of control or arm that share a fate, averaged over replications.
type Fate struct {
	Contacts             float64 // mean over replications
	ControlWait, ArmWait float64 // hours, means over all such contacts; NaN where there is no such thread
}

// Fate returns the fate of an arm's contacts of all types.
func (c *Collection) Fate(arm int, fate string) Fate {
	for i := range c.fates[arm] {
		if f := &c.fates[arm][i]; f.fate == fate {
			return Fate{
				Contacts:    float64(f.contacts) / float64(c.Replications()),
				ControlWait: f.control / float64(f.inControl), ArmWait: f.arm / float64(f.inArm),
			}
		}
	}
	return Fate{}
}

// Difference returns a measure's difference from the control, paired by replication; false where either is unknown.
func (c *Collection) Difference(arm int, row sim.MeasureRow, confidence float64) (Headline, bool) {
	control, values := c.Values(0, row), c.Values(arm, row)
	p := bothKnown(control, values)
	if len(p.Control) == 0 {
		return Headline{}, false
	}
	h := Headline{Measure: row.Measure, Paired: stats.PairedInterval(p.Control, p.Arm, confidence)}
	h.ControlMean, _, _ = stats.MeanInterval(p.Control, confidence)
	h.Mean, _, _ = stats.MeanInterval(p.Arm, confidence)
	return h, true
}

// Known returns the known values of a measure in an arm, by replication.
func (c *Collection) Known(arm int, row sim.MeasureRow) []float64 {
	return withoutNaN(c.Values(arm, row))
}

// Mean returns the mean of a measure over the replications in which it is known, NaN for none.
func (c *Collection) Mean(arm int, row sim.MeasureRow) float64 {
	mean, _, _ := stats.MeanInterval(c.Known(arm, row), 0.95)
	return mean
}

// Pair returns a measure's values in the control and in an arm, in the replications in which both are known.
func (c *Collection) Pair(arm int, row sim.MeasureRow) (stats.Pair, bool) {
	p := bothKnown(c.Values(0, row), c.Values(arm, row))
	return p, len(p.Control) > 0
}

// Roles returns the roles of an arm's staff, in the order of the scenario.
func (c *Collection) Roles(arm int) []string {
	var roles []string
	for i := range c.arms[arm].Scenario.Staff {
		if role := c.arms[arm].Scenario.Staff[i].Role; !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles
}

// Members returns how many members of an arm's staff have a role.
func (c *Collection) Members(arm int, role string) int {
	n := 0
	for i := range c.arms[arm].Scenario.Staff {
		if c.arms[arm].Scenario.Staff[i].Role == role {
			n++
		}
	}
	return n
}
