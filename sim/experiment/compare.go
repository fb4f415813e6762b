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
// The simultaneous intervals hold together, at 95 %, over a family: every arm that is not a reference, times the measures
// of Family, or else the first response paired by contact and the after-hours minutes; Bonferroni's method, since it
// needs no assumption on how the differences depend on one another.
func (c *Collection) Comparisons() []sim.ComparisonRow {
	var all []comparison
	for a := 1; a < len(c.arms); a++ {
		all = append(all, c.byContact(a)...)
		all = append(all, c.urgentByContact(a)...)
		all = append(all, c.byReplication(a)...)
	}
	rows := make([]sim.ComparisonRow, len(all))
	for i := range all {
		if c.NeverSettles(0) || c.NeverSettles(all[i].arm) {
			all[i].pair, all[i].note, all[i].headline = stats.Pair{}, neverSettles, false
		}
		rows[i] = c.row(&all[i])
	}
	c.addSimultaneous(rows, all)
	return rows
}

// byContact compares the time to first response over the contacts that are portal threads in both arms.
func (c *Collection) byContact(arm int) []comparison {
	var list []comparison
	for i := range c.pairs[arm] {
		s := &c.pairs[arm][i]
		row := Of("first_response_h_mean")
		row.Type, row.Channel, row.Unit = s.kind, "portal", "h"
		x := comparison{arm: arm, row: row, pairedBy: ByContact, pair: c.bothUsed(arm, s.control, s.arm)}
		x.headline = c.inFamily(&row, ByContact) && !c.arms[arm].Reference
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
		x := comparison{arm: arm, row: row, pairedBy: ByReplication, pair: c.bothUsed(arm, control, c.values[arm][i])}
		x.headline = c.inFamily(&row, ByReplication) && !c.arms[arm].Reference
		if isWait[row.Measure] {
			x.note = "includes change of mix"
		}
		list = append(list, x)
	}
	return list
}

// inFamily tells whether a difference is one of those that the simultaneous intervals hold for.
func (c *Collection) inFamily(row *sim.MeasureRow, pairedBy string) bool {
	for _, in := range c.Family {
		if key(&in.Row) == key(row) && in.ByContact == (pairedBy == ByContact) {
			return true
		}
	}
	return c.Family == nil && (pairedBy == ByContact && row.Type == sim.All || pairedBy == ByReplication && key(row) == burdenKey)
}

var burdenKey = func() string { row := Of(sim.Headline[1]); return key(&row) }()

// isWait marks the measures of threads whose difference includes a change of which threads there are. It is looked
// up, never walked.
var isWait = func() map[string]bool {
	waits := map[string]bool{}
	for _, m := range sim.Measures() {
		waits[m.Name] = m.Unit == "h" && m.Name != "oldest_close_h_mean" && m.Name != "scheduled_h_per_week" && m.Name != "after_hours_h" && m.Name != "admin_h" ||
			len(m.Name) > 11 && m.Name[len(m.Name)-11:] == "_late_share" || m.Name == "first_response_within_target_share"
	}
	return waits
}()

func (c *Collection) row(x *comparison) sim.ComparisonRow {
	p := stats.PairedInterval(x.pair.Control, x.pair.Arm, 0.95)
	e := c.Compare(x.pair, 0.95)
	controlMean, _, _ := stats.MeanInterval(x.pair.Control, 0.95)
	armMean, _, _ := stats.MeanInterval(x.pair.Arm, 0.95)
	relative := c.relative(x.pair, 0.95)
	return sim.ComparisonRow{
		Point: c.Point, Control: c.arms[0].Name, Arm: c.arms[x.arm].Name,
		Measure: x.row.Measure, Type: x.row.Type, Channel: x.row.Channel, Pool: x.row.Pool, Role: x.row.Role, Staff: x.row.Staff,
		Unit: x.row.Unit, ControlMean: known(controlMean), Mean: known(armMean), Difference: known(e.Mean),
		CI95Low: known(e.Simulation.Low), CI95High: known(e.Simulation.High), UI95Low: known(e.Uncertainty.Low), UI95High: known(e.Uncertainty.High),
		RelativeChange: known(relative.Estimate),
		RelativeLow:    known(relative.Interval.Low), RelativeHigh: known(relative.Interval.High), VarianceRatio: known(p.VarianceRatio),
		PairedBy: x.pairedBy, Replications: int32(len(x.pair.Control)), Note: x.note,
	}
}

// relative estimates the difference as a share of the control's mean. Where inputs are drawn there is no interval: that
// of the difference says what they do.
func (c *Collection) relative(p stats.Pair, confidence float64) stats.Ratio {
	r := stats.RatioInterval(minus(p.Arm, p.Control), p.Control, confidence)
	if c.perDraw > 0 {
		r.Interval = noInterval
	}
	return r
}

// addSimultaneous adds the simultaneous intervals and the adjusted p-values of the family of headline differences. They
// speak of simulation error; where inputs are drawn a test of no difference would only count replications, and is left
// out.
func (c *Collection) addSimultaneous(rows []sim.ComparisonRow, all []comparison) {
	var places []int
	for i := range all {
		if all[i].headline && len(all[i].pair.Control) > 1 {
			places = append(places, i)
		}
	}
	if places == nil {
		return
	}
	p := make([]float64, len(places))
	for n, i := range places {
		p[n] = stats.PairedPValue(all[i].pair.Control, all[i].pair.Arm)
	}
	adjusted := stats.Holm(p)
	each := 1 - (1-0.95)/float64(len(places)) // Bonferroni
	for n, i := range places {
		interval := c.Compare(all[i].pair, each).Simulation
		rows[i].SimultaneousLow, rows[i].SimultaneousHigh = known(interval.Low), known(interval.High)
		if c.perDraw == 0 {
			rows[i].PHolm = known(adjusted[n])
		}
	}
}

// Headline is one headline difference of an arm against the control, at a confidence of the caller's choice.
type Headline struct {
	Measure       string
	ControlMean   float64
	ArmMean       float64
	Change        Estimate // arm − control
	VarianceRatio float64  // see stats.Paired
	Simultaneous  stats.Interval
	Relative      stats.Ratio
	Ceiling       stats.Ratio // the saving as a share of the ceiling's; NaN without a ceiling
	Restricted    bool
}

// Headlines returns the headline differences of an arm, in the order of sim.Headline. ceiling is the arm without
// patients' messages, or -1.
func (c *Collection) Headlines(arm, ceiling int, confidence float64) []Headline {
	burden := Of(sim.Headline[1])
	pairs := c.headlinePairs(arm)
	each := 1 - (1-confidence)/float64(max(1, c.HeadlineFamily()))
	var list []Headline
	for i, p := range pairs {
		h := c.headline(sim.Headline[i], p, confidence)
		h.Simultaneous = c.Compare(p, each).Simulation
		h.Ceiling = stats.Ratio{Estimate: math.NaN()}
		if most := c.bothUsed(arm, c.Values(0, burden), c.ceilingValues(ceiling)); i == 1 && len(most.Arm) == len(p.Control) {
			h.Ceiling = stats.RatioInterval(minus(p.Control, p.Arm), minus(p.Control, most.Arm), confidence)
		}
		h.Restricted = i == 0 && c.series(arm, sim.All).censored > 0
		list = append(list, h)
	}
	return list
}

// headlinePairs returns what the headline differences of an arm are made of, in the order of sim.Headline. A pair is empty
// where one of the arms has no such measure.
func (c *Collection) headlinePairs(arm int) []stats.Pair {
	contact, burden := c.series(arm, sim.All), Of(sim.Headline[1])
	return []stats.Pair{
		c.bothUsed(arm, contact.control, contact.arm),
		c.bothUsed(arm, c.Values(0, burden), c.Values(arm, burden)),
	}
}

// HeadlineFamily returns over how many headline differences the simultaneous intervals of Headlines hold together. As in
// table comparisons, one that cannot be had is none of them: that of a clinic without clinicians, of an arm that never
// settles, or of a single replication.
func (c *Collection) HeadlineFamily() int {
	family := 0
	for a := 1; a < len(c.arms); a++ {
		if c.arms[a].Reference || c.NeverSettles(0) || c.NeverSettles(a) {
			continue
		}
		for _, p := range c.headlinePairs(a) {
			if len(p.Control) > 1 {
				family++
			}
		}
	}
	return family
}

// headline fills in what every difference has.
func (c *Collection) headline(measure string, p stats.Pair, confidence float64) Headline {
	h := Headline{Measure: measure, Change: c.Compare(p, confidence), Relative: c.relative(p, confidence)}
	h.VarianceRatio = stats.PairedInterval(p.Control, p.Arm, confidence).VarianceRatio
	h.ControlMean, _, _ = stats.MeanInterval(p.Control, confidence)
	h.ArmMean, _, _ = stats.MeanInterval(p.Arm, confidence)
	return h
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

// Fate is what became of the portal threads of control or arm that share a fate, averaged over replications.
type Fate struct {
	Contacts             float64 // mean over replications
	ControlWait, ArmWait float64 // hours, means over all such contacts; NaN where there is no such thread
}

// Fate returns the fate of an arm's contacts of all types.
func (c *Collection) Fate(arm int, fate string) Fate {
	var whole fateSum
	replications := 0
	for i := range c.fates[arm] {
		f := &c.fates[arm][i]
		if f.fate != fate || c.perDraw > 0 && !c.Counts(f.replication/c.perDraw, 0, arm) {
			continue
		}
		replications++
		whole.contacts += f.contacts
		whole.inControl, whole.control = whole.inControl+f.inControl, whole.control+f.control
		whole.inArm, whole.arm = whole.inArm+f.inArm, whole.arm+f.arm
	}
	if replications == 0 {
		return Fate{}
	}
	return Fate{
		Contacts:    float64(whole.contacts) / float64(replications),
		ControlWait: whole.control / float64(whole.inControl), ArmWait: whole.arm / float64(whole.inArm),
	}
}

// Difference returns a measure's difference from the control, paired by replication; false where either is unknown.
func (c *Collection) Difference(arm int, row sim.MeasureRow, confidence float64) (Headline, bool) {
	p, ok := c.Pair(arm, row)
	if !ok {
		return Headline{}, false
	}
	return c.headline(row.Measure, p, confidence), true
}

// Known returns the values of a measure in an arm that count, by replication.
func (c *Collection) Known(arm int, row sim.MeasureRow) []float64 {
	return c.used(c.Values(arm, row), arm)
}

// Mean returns the mean of a measure over the replications in which it is known, NaN for none.
func (c *Collection) Mean(arm int, row sim.MeasureRow) float64 {
	mean, _, _ := stats.MeanInterval(c.Known(arm, row), 0.95)
	return mean
}

// Pair returns a measure's values in the control and in an arm, in the replications in which both are known.
func (c *Collection) Pair(arm int, row sim.MeasureRow) (stats.Pair, bool) {
	p := c.bothUsed(arm, c.Values(0, row), c.Values(arm, row))
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
