package experiment

import (
	"fmt"
	"math"
	"slices"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// Collection gathers the values of every measure over the replications.
type Collection struct {
	arms    []Arm
	rows    [][]sim.MeasureRow // by arm: the measures and their dimensions, from the first replication
	values  [][][]float64      // by arm, measure and replication; NaN where unknown
	notes   [][][]string
	pairs   [][]pairSeries // by arm: of portal threads in both, by type, then all
	fates   [][]fateSum    // by arm: of all types
	index   []map[string]int
	growing [][]growth // by arm: pools whose backlog grew without end, in the order met
}

// fateSum adds up the contacts of one fate over replications.
type fateSum struct {
	fate                       string
	contacts, inControl, inArm int64
	control, arm               float64 // hours
}

// pairSeries is, by replication, the mean waits of the contacts that are portal threads in control and arm.
type pairSeries struct {
	kind                     string
	control, arm, difference []float64
	censored                 int64
}

// NewCollection returns an empty collection of the arms' values; the first arm is the control.
func NewCollection(arms []Arm) *Collection {
	return &Collection{
		arms: arms, rows: make([][]sim.MeasureRow, len(arms)), values: make([][][]float64, len(arms)),
		notes: make([][][]string, len(arms)), pairs: make([][]pairSeries, len(arms)), index: make([]map[string]int, len(arms)),
		fates: make([][]fateSum, len(arms)), growing: make([][]growth, len(arms)),
	}
}

// key names a measure with its dimensions.
func key(r *sim.MeasureRow) string {
	return r.Measure + "|" + r.Type + "|" + r.Channel + "|" + r.Pool + "|" + r.Role + "|" + r.Staff
}

// Add adds a replication. Replications must come in order.
func (c *Collection) Add(r *Replication) {
	for a, result := range r.Arms {
		if c.rows[a] == nil {
			c.rows[a] = result.Rows
			c.values[a] = make([][]float64, len(result.Rows))
			c.notes[a] = make([][]string, len(result.Rows))
			c.index[a] = map[string]int{}
			for i := range result.Rows {
				c.index[a][key(&result.Rows[i])] = i
			}
		}
		if len(result.Rows) != len(c.rows[a]) {
			panic(fmt.Sprintf("experiment: replication %d of arm %s has %d rows, the first had %d", r.Number, c.arms[a].Name, len(result.Rows), len(c.rows[a])))
		}
		for _, pool := range result.Growing {
			c.addGrowth(a, pool)
		}
		for i := range result.Rows {
			value := math.NaN()
			if v := result.Rows[i].Value; v != nil {
				value = *v
			}
			c.values[a][i] = append(c.values[a][i], value)
			c.notes[a][i] = append(c.notes[a][i], result.Rows[i].Note)
		}
	}
	c.addPairs(r.Pairs)
}

func (c *Collection) addPairs(rows []sim.PairRow) {
	for i := range rows {
		row := &rows[i]
		a := c.armNamed(row.Arm)
		if row.Type == sim.All {
			c.addFate(a, row)
		}
		if row.Fate != Paired {
			continue
		}
		series := c.series(a, row.Type)
		series.control = append(series.control, orNaN(row.ControlWait))
		series.arm = append(series.arm, orNaN(row.ArmWait))
		series.difference = append(series.difference, orNaN(row.Difference))
		series.censored += row.Censored
	}
}

func (c *Collection) addFate(arm int, row *sim.PairRow) {
	i := slices.IndexFunc(c.fates[arm], func(f fateSum) bool { return f.fate == row.Fate })
	if i < 0 {
		i = len(c.fates[arm])
		c.fates[arm] = append(c.fates[arm], fateSum{fate: row.Fate})
	}
	f := &c.fates[arm][i]
	f.contacts += row.Contacts
	if row.ControlWait != nil {
		f.inControl += row.Contacts
		f.control += *row.ControlWait * float64(row.Contacts)
	}
	if row.ArmWait != nil {
		f.inArm += row.Contacts
		f.arm += *row.ArmWait * float64(row.Contacts)
	}
}

func (c *Collection) armNamed(name string) int {
	for i := range c.arms {
		if c.arms[i].Name == name {
			return i
		}
	}
	panic("experiment: no arm " + name)
}

func (c *Collection) series(arm int, kind string) *pairSeries {
	for i := range c.pairs[arm] {
		if c.pairs[arm][i].kind == kind {
			return &c.pairs[arm][i]
		}
	}
	c.pairs[arm] = append(c.pairs[arm], pairSeries{kind: kind})
	return &c.pairs[arm][len(c.pairs[arm])-1]
}

func orNaN(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

func known(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// Replications returns how many replications were added.
func (c *Collection) Replications() int {
	if len(c.values[0]) == 0 {
		return 0
	}
	return len(c.values[0][0])
}

// Values returns a measure's values by replication in an arm, NaN where unknown, or nil if the arm has no such
// measure. Dimensions not named are all.
func (c *Collection) Values(arm int, row sim.MeasureRow) []float64 {
	i, ok := c.index[arm][key(&row)]
	if !ok {
		return nil
	}
	return c.values[arm][i]
}

// Of returns the row of a measure that is not broken down.
func Of(measure string) sim.MeasureRow {
	return sim.MeasureRow{Measure: measure, Type: sim.All, Channel: sim.All, Pool: sim.All, Role: sim.All, Staff: sim.All}
}

// withoutNaN returns the values that are known.
func withoutNaN(values []float64) []float64 {
	var list []float64
	for _, x := range values {
		if !math.IsNaN(x) {
			list = append(list, x)
		}
	}
	return list
}

// bothKnown returns the values of two series in the replications in which both are known.
func bothKnown(control, arm []float64) stats.Pair {
	var p stats.Pair
	if len(control) != len(arm) {
		return p // one of the arms has no such measure
	}
	for i := range control {
		if !math.IsNaN(control[i]) && !math.IsNaN(arm[i]) {
			p.Control, p.Arm = append(p.Control, control[i]), append(p.Arm, arm[i])
		}
	}
	return p
}

// Summary returns table summary. Intervals are of 95 %.
func (c *Collection) Summary() []sim.SummaryRow {
	var rows []sim.SummaryRow
	for a := range c.arms {
		for i := range c.rows[a] {
			r := &c.rows[a][i]
			values := withoutNaN(c.values[a][i])
			mean, sd, ci := stats.MeanInterval(values, 0.95)
			note := summaryNote(c.notes[a][i])
			if len(c.Unsettled(a)) > 0 {
				mean, sd, ci, note = math.NaN(), math.NaN(), stats.Interval{Low: math.NaN(), High: math.NaN()}, neverSettles
			}
			rows = append(rows, sim.SummaryRow{
				Point: sim.BasePoint, Arm: c.arms[a].Name, Measure: r.Measure, Type: r.Type, Channel: r.Channel, Pool: r.Pool,
				Role: r.Role, Staff: r.Staff, Unit: r.Unit, Mean: known(mean), SD: known(sd), CI95Low: known(ci.Low),
				CI95High: known(ci.High), Replications: int32(len(values)), Note: note,
			})
		}
	}
	return rows
}

// neverSettles is the note of an arm that is not averaged.
const neverSettles = "never settles: not averaged"

// growth counts the replications in which a pool's backlog grew without end.
type growth struct {
	pool         string
	replications int
}

func (c *Collection) addGrowth(arm int, pool string) {
	i := slices.IndexFunc(c.growing[arm], func(g growth) bool { return g.pool == pool })
	if i < 0 {
		i = len(c.growing[arm])
		c.growing[arm] = append(c.growing[arm], growth{pool: pool})
	}
	c.growing[arm][i].replications++
}

// Unsettled returns the pools of an arm whose backlog grew without end in more than half of the replications. Such an
// arm has no long-run average.
func (c *Collection) Unsettled(arm int) []string {
	var pools []string
	for _, g := range c.growing[arm] {
		if 2*g.replications > c.Replications() {
			pools = append(pools, g.pool)
		}
	}
	return pools
}

// summaryNote says in how many replications a note stood: the first note that did.
func summaryNote(notes []string) string {
	first, n := "", 0
	for _, note := range notes {
		if note != "" && (first == "" || note == first) {
			first = note
			n++
		}
	}
	if first == "" {
		return ""
	}
	return fmt.Sprintf("%s (in %d of %d replications)", first, n, len(notes))
}
