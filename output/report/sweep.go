package report

import (
	"math"
	"slices"
	"strings"

	"portalsim/output"
	"portalsim/sim"
)

// Sweep is a study of several design points as the report sees it.
type Sweep struct {
	Study   // of the arms as they stand; its results are those of the first point
	entry   *output.StudyEntry
	factors []factor
	goals   []goal
	points  []point

	sensitivity []sim.SensitivityRow
}

// factor is what is varied, as the page calls it.
type factor struct {
	output.FactorEntry
	name string // in titles and axes
}

// goal is a measure of interest.
type goal struct {
	sim.MeasureRow
	higher, lower bool // whether more, or less, of it is better
	byContact     bool
}

// point is one design point with what came out.
type point struct {
	id, status string
	last       string // the interval last to be precise, where that decides how many replications there are
	overworked string // arms that are offered more work than their staffed time
	runs       int
	reach      float64
	levels     []level      // by factor
	means      [][]estimate // by arm and goal
	changes    [][]estimate // the same, against the control
}

// level is the value of a factor at a point.
type level struct {
	text  string
	value float64 // NaN for words
}

// estimate is a mean or a difference with its 95 % interval; all NaN where there is none.
type estimate struct{ mean, low, high float64 }

var noEstimate = estimate{math.NaN(), math.NaN(), math.NaN()}

// ReadSweep gathers what the report shows of a sweep, as Read does of a run. names are what the page calls the factors of
// the manifest, in its order.
func ReadSweep(directory string, manifest output.Manifest, arms []Arm, currency string, names []string) (*Sweep, error) {
	s := &Sweep{Study: *newStudy(manifest, arms, currency), entry: manifest.Study}
	for i, f := range s.entry.Factors {
		f.Unit = strings.ReplaceAll(f.Unit, "currency", currency)
		s.factors = append(s.factors, factor{f, names[i]})
	}
	for _, m := range s.entry.Measures {
		row, err := sim.MeasureNamed(m.Name)
		if err != nil {
			return nil, err
		}
		row.Unit = m.Unit
		s.goals = append(s.goals, goal{row, m.Better == "higher", m.Better == "lower", m.PairedBy == byContact})
	}
	r := &reader{directory: directory, manifest: manifest}
	place := map[string]int{} // of points by name; looked up, never walked
	each(r, "points", func(row *sim.PointRow) { s.addPoint(row, place) })
	each(r, "summary", func(row *sim.SummaryRow) { s.addMean(row, place) })
	each(r, "comparisons", func(row *sim.ComparisonRow) { s.addChange(row, place) })
	each(r, "inputs", func(row *sim.InputRow) { s.inputs = append(s.inputs, *row) })
	each(r, "sensitivity", func(row *sim.SensitivityRow) { s.sensitivity = append(s.sensitivity, *row) })
	each(r, "choices", func(row *sim.ChoiceRow) { s.choices = append(s.choices, *row) })
	return s, r.err
}

func (s *Sweep) addPoint(row *sim.PointRow, place map[string]int) {
	i, ok := place[row.Point]
	if !ok {
		i = len(s.points)
		place[row.Point] = i
		p := point{id: row.Point, status: row.Status, last: row.Last, overworked: row.Overworked, runs: int(row.Replications), reach: orNaN(row.Reach)}
		for range s.arms {
			p.means = append(p.means, slices.Repeat([]estimate{noEstimate}, len(s.goals)))
			p.changes = append(p.changes, slices.Repeat([]estimate{noEstimate}, len(s.goals)))
		}
		s.points = append(s.points, p)
	}
	if row.Factor != "" {
		s.points[i].levels = append(s.points[i].levels, level{row.Text, orNaN(row.Value)})
	}
}

func (s *Sweep) addMean(row *sim.SummaryRow, place map[string]int) {
	at := sim.MeasureRow{Measure: row.Measure, Type: row.Type, Channel: row.Channel, Pool: row.Pool, Role: row.Role, Staff: row.Staff}
	p, arm := place[row.Point], s.place(row.Arm)
	for g := range s.goals {
		if arm >= 0 && s.goals[g].same(at) {
			s.points[p].means[arm][g] = estimate{orNaN(row.Mean), orNaN(row.CI95Low), orNaN(row.CI95High)}
		}
	}
}

func (s *Sweep) addChange(row *sim.ComparisonRow, place map[string]int) {
	at := sim.MeasureRow{Measure: row.Measure, Type: row.Type, Channel: row.Channel, Pool: row.Pool, Role: row.Role, Staff: row.Staff}
	p, arm := place[row.Point], s.place(row.Arm)
	for g := range s.goals {
		if arm >= 0 && s.goals[g].same(at) && s.goals[g].byContact == (row.PairedBy == byContact) {
			s.points[p].changes[arm][g] = estimate{orNaN(row.Difference), orNaN(row.CI95Low), orNaN(row.CI95High)}
		}
	}
}

// same tells whether a row is of the goal's measure.
func (g *goal) same(row sim.MeasureRow) bool { return g.Name() == row.Name() }

// place returns where an arm stands; -1 for an arm that the manifest does not name.
func (s *Sweep) place(arm string) int {
	return slices.IndexFunc(s.arms, func(a Arm) bool { return a.Name == arm })
}

// result is one goal in one arm: its difference from the control, or in a study of one arm its mean.
type result struct{ arm, goal int }

// results lists what the study is about.
func (s *Sweep) results() []result {
	var list []result
	for g := range s.goals {
		for _, arm := range s.compared() {
			list = append(list, result{arm, g})
		}
	}
	return list
}

// compared lists the arms that are compared with the control, or the only arm.
func (s *Sweep) compared() []int {
	if len(s.arms) == 1 {
		return []int{0}
	}
	var list []int
	for a := 1; a < len(s.arms); a++ {
		list = append(list, a)
	}
	return list
}

// at returns a result at a point.
func (s *Sweep) at(p int, r result) estimate {
	if r.arm == 0 {
		return s.points[p].means[0][r.goal]
	}
	return s.points[p].changes[r.arm][r.goal]
}

// unitOf returns the unit of a goal.
func (s *Sweep) unitOf(g int) string { return unitWords(s.goals[g].Unit, s.currency) }

// unitWords writes a unit, with the currency by its name.
func unitWords(unit, currency string) string {
	switch unit {
	case "currency":
		return currency
	case "1":
		return "share"
	default:
		return unit
	}
}
