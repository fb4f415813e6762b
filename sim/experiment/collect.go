package experiment

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"portalsim/sim"
)

// Collection gathers the values of every measure over the replications.
type Collection struct {
	Point  string     // in the rows of tables; sim.BasePoint outside sweeps
	Family []Interest // of differences that the simultaneous intervals hold for together; nil for the headline ones

	arms    []Arm
	rows    [][]sim.MeasureRow // by arm: the measures and their dimensions, from the first replication
	values  [][][]float64      // by arm, measure and replication; NaN where unknown
	notes   [][][]string
	pairs   [][]pairSeries // by arm: of portal threads in both, by type, then all
	urgent  [][]pairSeries // by arm: of truly urgent threads in both, by measure
	fates   [][]fateSum    // by arm: of all types, by replication
	index   []map[string]int
	growing [][]growth // by arm: pools whose backlog grew without end, in the order met
	settled [][]bool   // by arm and replication: whether no backlog grew without end
	perDraw int        // replications of each draw of the inputs; 0 where they are not drawn

	plausible []Plausible
}

// fateSum adds up the contacts of one fate in a replication.
type fateSum struct {
	fate                       string
	replication                int
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
		Point: sim.BasePoint, arms: arms, rows: make([][]sim.MeasureRow, len(arms)), values: make([][][]float64, len(arms)),
		notes: make([][][]string, len(arms)), pairs: make([][]pairSeries, len(arms)), index: make([]map[string]int, len(arms)),
		urgent: make([][]pairSeries, len(arms)), fates: make([][]fateSum, len(arms)), growing: make([][]growth, len(arms)), settled: make([][]bool, len(arms)),
	}
}

// key names a measure with its dimensions.
func key(r *sim.MeasureRow) string {
	return r.Measure + "|" + r.Type + "|" + r.Channel + "|" + r.Pool + "|" + r.Role + "|" + r.Staff
}

// Add adds a replication. Replications must come in order.
func (c *Collection) Add(r *Replication) {
	for a, result := range r.Arms {
		for _, pool := range result.Growing {
			c.addGrowth(a, pool)
		}
		c.settled[a] = append(c.settled[a], len(result.Growing) == 0)
		c.addValues(a, r.Number, result.Rows)
	}
	c.addPairs(r.Pairs)
	c.addUrgent(r.UrgentPairs)
	for a := range c.pairs { // an arm that outgrew its limit has none
		for i := range c.pairs[a] {
			c.pairs[a][i].fill(c.Replications())
		}
		for i := range c.urgent[a] {
			c.urgent[a][i].fill(c.Replications())
		}
	}
}

// addValues adds the values of an arm in a replication; none where it outgrew its limit.
func (c *Collection) addValues(a, number int, rows []sim.MeasureRow) {
	if c.rows[a] == nil && rows != nil {
		c.rows[a] = rows
		c.values[a] = make([][]float64, len(rows))
		c.notes[a] = make([][]string, len(rows))
		c.index[a] = map[string]int{}
		for i := range rows {
			c.index[a][key(&rows[i])] = i
			for range len(c.settled[a]) - 1 { // those before it outgrew their limit
				c.values[a][i] = append(c.values[a][i], math.NaN())
				c.notes[a][i] = append(c.notes[a][i], neverSettles)
			}
		}
	}
	if rows != nil && len(rows) != len(c.rows[a]) {
		panic(fmt.Sprintf("experiment: replication %d of arm %s has %d rows, the first had %d", number, c.arms[a].Name, len(rows), len(c.rows[a])))
	}
	for i := range c.rows[a] {
		value, note := math.NaN(), neverSettles
		if rows != nil {
			value, note = orNaN(rows[i].Value), rows[i].Note
		}
		c.values[a][i] = append(c.values[a][i], value)
		c.notes[a][i] = append(c.notes[a][i], note)
	}
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
		series.fill(c.Replications() - 1)
		series.control = append(series.control, orNaN(row.ControlWait))
		series.arm = append(series.arm, orNaN(row.ArmWait))
		series.difference = append(series.difference, orNaN(row.Difference))
		series.censored += row.Censored
	}
}

func (c *Collection) addFate(arm int, row *sim.PairRow) {
	f := fateSum{fate: row.Fate, replication: c.Replications() - 1, contacts: row.Contacts}
	if row.ControlWait != nil {
		f.inControl += row.Contacts
		f.control += *row.ControlWait * float64(row.Contacts)
	}
	if row.ArmWait != nil {
		f.inArm += row.Contacts
		f.arm += *row.ArmWait * float64(row.Contacts)
	}
	c.fates[arm] = append(c.fates[arm], f)
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

// fill adds unknown values up to a number of replications.
func (s *pairSeries) fill(replications int) {
	for len(s.control) < replications {
		s.control, s.arm, s.difference = append(s.control, math.NaN()), append(s.arm, math.NaN()), append(s.difference, math.NaN())
	}
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
func (c *Collection) Replications() int { return len(c.settled[0]) }

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

// Summary returns table summary. Intervals are of 95 %.
func (c *Collection) Summary() []sim.SummaryRow {
	var rows []sim.SummaryRow
	for a := range c.arms {
		for i := range c.rows[a] {
			r := &c.rows[a][i]
			e := c.Estimate(c.used(c.values[a][i], a), 0.95)
			note := summaryNote(c.notes[a][i])
			if n := c.CountedDraws(a); n < c.Draws() {
				note = strings.TrimPrefix(fmt.Sprintf("%s; over %d of %d draws: under the others the arm never settles or the control is not plausible", note, n, c.Draws()), "; ")
			}
			if c.NeverSettles(a) {
				e, note = unknown(), neverSettles
			}
			rows = append(rows, sim.SummaryRow{
				Point: c.Point, Arm: c.arms[a].Name, Measure: r.Measure, Type: r.Type, Channel: r.Channel, Pool: r.Pool,
				Role: r.Role, Staff: r.Staff, Unit: r.Unit, Mean: known(e.Mean), SD: known(e.SD), CI95Low: known(e.Simulation.Low),
				CI95High: known(e.Simulation.High), UI95Low: known(e.Uncertainty.Low), UI95High: known(e.Uncertainty.High),
				Replications: int32(e.N), Note: note,
			})
		}
	}
	return rows
}

// neverSettles is the note of an arm that is not averaged.
const neverSettles = sim.NeverSettles

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
