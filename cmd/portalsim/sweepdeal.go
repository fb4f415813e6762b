package main

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"portalsim/scenarios"
)

// deal says which task of an array runs what. A cell that several points share is run at the first of them, so that an
// arm which no factor changes is not simulated by every task. The same study is dealt alike by every task.
type deal struct {
	tasks  []int   // by point: its task
	owners [][]int // by point and cell: the first point with that cell
}

// taskOf returns the task that runs a cell of a point.
func (d *deal) taskOf(point, cell int) int { return d.tasks[d.owners[point][cell]] }

// points returns the points of a task; those whose cells others share come first, since others wait for them.
func (d *deal) points(task int) []int {
	shares := make([]bool, len(d.tasks))
	for p, owners := range d.owners {
		for _, owner := range owners {
			shares[owner] = shares[owner] || owner != p
		}
	}
	var first, rest []int
	for p, t := range d.tasks {
		switch {
		case t == task && shares[p]:
			first = append(first, p)
		case t == task:
			rest = append(rest, p)
		}
	}
	return append(first, rest...)
}

// deal deals the points of the study out to tasks, evenly by what running them is expected to cost: the dearest first,
// each to the task that has least (longest processing time first; Graham 1969: at most 4/3 of the best). Few factor levels
// are composed for it, not every point.
func (w *sweep) deal(tasks int) *deal {
	size := w.study.Points()
	d := &deal{tasks: make([]int, size), owners: make([][]int, size)}
	costs := w.costsByFactor()
	first := map[string]int{} // looked up, never walked
	expected, order := make([]float64, size), make([]int, size)
	for p := range size {
		order[p] = p
		for _, arms := range w.cellArms() {
			name := costs.signature(p, arms)
			owner, known := first[name]
			if !known {
				owner, first[name] = p, p
				for _, a := range arms {
					expected[p] += costs.of(p, a)
				}
			}
			d.owners[p] = append(d.owners[p], owner)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(expected[b], expected[a]) })
	loads := make([]float64, tasks)
	for _, p := range order {
		least := 0
		for t := range loads {
			if loads[t] < loads[least] {
				least = t
			}
		}
		d.tasks[p] = least
		loads[least] += expected[p]
	}
	return d
}

// cellArms returns the arms of each cell of a point.
func (w *sweep) cellArms() [][]int {
	var all []int
	var alone [][]int
	for a := range w.study.Standing {
		all, alone = append(all, a), append(alone, []int{a})
	}
	if w.together {
		return [][]int{all}
	}
	return alone
}

// factorCosts is what each factor does to the expected cost of each arm, by itself: the cost of a point is the product.
type factorCosts struct {
	w      *sweep
	base   []float64 // by arm: of the arms as they stand, in seconds of a replication
	groups []factorCost
}

// factorCost is one factor, or a group of factors that move together.
type factorCost struct {
	factors []int
	acts    []bool      // by arm: whether it changes the arm at all
	at      []float64   // values that were tried, rising; of words, empty
	names   []string    // and their texts
	ratios  [][]float64 // by value tried, then arm: cost over that of the arms as they stand
}

// mostTried is how many values of a factor are composed; of more numbers, the least, the middle and the largest are, and
// the rest lies on lines between.
const mostTried = 12

// costsByFactor composes the arms at some values of each factor.
func (w *sweep) costsByFactor() *factorCosts {
	f := &factorCosts{w: w}
	var standing []string
	for _, a := range w.study.Standing {
		f.base = append(f.base, expectedCost(a.Model).Seconds())
		standing = append(standing, a.Fingerprint())
	}
	calendar := w.study.Standing[0].Tree.At("calendar").Fingerprint()
	for i := range w.study.Factors {
		g := slices.IndexFunc(f.groups, func(g factorCost) bool {
			return w.study.Factors[i].Group != "" && w.study.Factors[g.factors[0]].Group == w.study.Factors[i].Group
		})
		if g < 0 {
			f.groups = append(f.groups, factorCost{acts: make([]bool, len(f.base))})
			g = len(f.groups) - 1
		}
		f.groups[g].factors = append(f.groups[g].factors, i)
	}
	for g := range f.groups {
		f.try(&f.groups[g], standing, calendar)
	}
	return f
}

// try composes the arms at some values of a factor, alone.
func (f *factorCosts) try(g *factorCost, standing []string, calendar string) {
	for _, p := range f.pointsToTry(g) {
		ratios := slices.Repeat([]float64{1}, len(f.base))
		arms, err := f.w.study.ComposeWith(f.settings(g, p))
		if err == nil {
			ratios = f.ratios(arms)
		}
		for a := range g.acts {
			g.acts[a] = g.acts[a] || err != nil || arms[a].Fingerprint() != standing[a] || arms[0].Tree.At("calendar").Fingerprint() != calendar
		}
		if value := f.w.study.Levels(p)[g.factors[0]].Value; !math.IsNaN(value) {
			g.at = append(g.at, value)
		}
		g.names, g.ratios = append(g.names, f.name(g, p)), append(g.ratios, ratios)
	}
}

// pointsToTry returns points at which the factor has each of its values, or three of many, with the values rising.
func (f *factorCosts) pointsToTry(g *factorCost) []int {
	var points []int
	seen, numbers := map[string]bool{}, true
	value := func(p int) float64 { return f.w.study.Levels(p)[g.factors[0]].Value }
	for p := range f.w.study.Points() {
		if name := f.name(g, p); !seen[name] {
			seen[name] = true
			points = append(points, p)
			numbers = numbers && !math.IsNaN(value(p))
		}
	}
	if numbers {
		slices.SortStableFunc(points, func(a, b int) int { return cmp.Compare(value(a), value(b)) })
	}
	if len(points) > mostTried && numbers {
		points = []int{points[0], points[len(points)/2], points[len(points)-1]}
	}
	return points
}

// settings lays the values of one factor at a point over the arms.
func (f *factorCosts) settings(g *factorCost, p int) []scenarios.Setting {
	var list []scenarios.Setting
	levels := f.w.study.Levels(p)
	for _, i := range g.factors {
		if levels[i].Node != nil {
			list = append(list, scenarios.Setting{Arm: f.w.study.Factors[i].Arm, Path: f.w.study.Factors[i].Path, Value: levels[i].Node})
		}
	}
	return list
}

// ratios returns by arm the expected cost over that of the arms as they stand.
func (f *factorCosts) ratios(arms []*scenarios.Arm) []float64 {
	var list []float64
	for a, arm := range arms {
		ratio := 1.0
		if f.base[a] > 0 {
			ratio = expectedCost(arm.Model).Seconds() / f.base[a]
		}
		list = append(list, ratio)
	}
	return list
}

// name tells the values of a factor at a point from others.
func (f *factorCosts) name(g *factorCost, p int) string {
	var parts []string
	levels := f.w.study.Levels(p)
	for _, i := range g.factors {
		parts = append(parts, levels[i].Text)
	}
	return strings.Join(parts, "\x00")
}

// signature tells what arms have at a point from what they have at others, without composing them.
func (f *factorCosts) signature(p int, arms []int) string {
	parts := []string{strconv.Itoa(arms[0])}
	for g := range f.groups {
		if slices.ContainsFunc(arms, func(a int) bool { return f.groups[g].acts[a] }) {
			parts = append(parts, f.name(&f.groups[g], p))
		}
	}
	return strings.Join(parts, "\x01")
}

const leastCost = 1e-3 // seconds

// of returns the expected cost of a replication of an arm at a point, in seconds; none costs less than composing it.
func (f *factorCosts) of(p, arm int) float64 {
	cost := f.base[arm]
	for g := range f.groups {
		cost *= f.groups[g].ratio(f.w.study.Levels(p)[f.groups[g].factors[0]].Value, f.name(&f.groups[g], p), arm)
	}
	return max(cost, leastCost)
}

// ratio returns what a value does to the cost of an arm.
func (g *factorCost) ratio(value float64, name string, arm int) float64 {
	if i := slices.Index(g.names, name); i >= 0 {
		return g.ratios[i][arm]
	}
	i, _ := slices.BinarySearch(g.at, value)
	if i == 0 || i >= len(g.at) {
		return g.ratios[min(i, len(g.ratios)-1)][arm]
	}
	share := (value - g.at[i-1]) / (g.at[i] - g.at[i-1])
	return (1-share)*g.ratios[i-1][arm] + share*g.ratios[i][arm]
}
