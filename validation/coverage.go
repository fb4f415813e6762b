package validation

import (
	"fmt"
	"math"

	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
	"portalsim/validation/theory"
)

// This file measures how often intervals hold what they are for. A trial is a study of its own, with replications that no
// other trial has; the interval is the one that run and compare would print, from the same functions.

// nominal is the confidence of the intervals measured.
const nominal = 0.95

// part is one interval of a trial, with what its estimate is the ratio of. Over all trials, the ratio of the sums is the
// truth, where theory does not give it: of 100,000 replications at the thorough level.
type part struct {
	over, under float64
	interval    stats.Interval
}

// printed is an interval that the program prints, or several that hold at once.
type printed struct {
	name, estimand string
	read           func(c *experiment.Collection) []part
	truth          float64 // NaN: from all trials together
	why            string  // what gives the truth, if theory does

	// judged tells that the coverage must be that of Student's t for values as skewed as these, by theory.TCoverage;
	// atLeast, that it must not be below nominal. Others are measured.
	judged, atLeast bool
	watched         bool // under the stopping rule too
}

// trials collects replications into trials, one after the other.
type trials struct {
	arms  []experiment.Arm
	full  func(c *experiment.Collection) bool // whether a trial is complete
	what  []printed
	now   *experiment.Collection
	parts [][][]part // by interval, trial and part
	sizes []int      // replications by trial
}

func newTrials(arms []experiment.Arm, full func(*experiment.Collection) bool, what []printed) *trials {
	return &trials{arms: arms, full: full, what: what, parts: make([][][]part, len(what))}
}

// ofSize makes trials of so many replications.
func ofSize(replications int) func(c *experiment.Collection) bool {
	return func(c *experiment.Collection) bool { return c.Replications() == replications }
}

// add adds a replication to the trial under way.
func (t *trials) add(r *experiment.Replication) {
	if t.now == nil {
		t.now = experiment.NewCollection(t.arms)
	}
	t.now.Add(r)
	if !t.full(t.now) {
		return
	}
	for i := range t.what {
		t.parts[i] = append(t.parts[i], t.what[i].read(t.now))
	}
	t.sizes = append(t.sizes, t.now.Replications())
	t.now = nil
}

// pooled is what all trials together say of one interval.
type pooled struct {
	truth    []float64 // by part
	se       float64   // of the first; 0 where theory gives it
	skewness float64   // of what one replication adds to the first, and its excess kurtosis
	kurtosis float64
}

// pool works out the truth, and the shape of the values behind the first part, from trials of equal size.
func (t *trials) pool(i int) pooled {
	var p pooled
	list := t.parts[i]
	for k := range list[0] {
		over, under := 0.0, 0.0
		for _, parts := range list {
			over, under = over+parts[k].over, under+parts[k].under
		}
		p.truth = append(p.truth, over/under)
	}
	var square, cube, fourth, under float64
	n := float64(len(list))
	for _, parts := range list {
		d := parts[0].over - p.truth[0]*parts[0].under
		square, cube, fourth, under = square+d*d/n, cube+d*d*d/n, fourth+d*d*d*d/n, under+parts[0].under/n
	}
	size := float64(t.sizes[0])
	p.se = math.Sqrt(square/n) / math.Abs(under)
	p.skewness = cube / math.Pow(square, 1.5) * math.Sqrt(size)
	p.kurtosis = (fourth/(square*square) - 3) * size
	if x := t.what[i].truth; !math.IsNaN(x) {
		p.truth[0], p.se = x, 0
	}
	return p
}

// hits counts the trials in which every part holds its truth.
func (t *trials) hits(i int, truth []float64) int {
	n := 0
	for _, parts := range t.parts[i] {
		all := true
		for k := range parts {
			all = all && parts[k].interval.Contains(truth[k])
		}
		if all {
			n++
		}
	}
	return n
}

// checks returns the coverage of the intervals that some tells of. shape has the trials that give truth and shape: the same
// replications in smaller trials.
func (t *trials) checks(group string, shape *trials, some func(*printed) bool) []Check {
	var checks []Check
	for i := range t.what {
		if !some(&t.what[i]) {
			continue
		}
		from := shape
		if i >= len(shape.what) {
			from = t
		}
		checks = append(checks, t.check(group, i, from.pool(i)))
	}
	return checks
}

func every(*printed) bool { return true }

func (t *trials) check(group string, i int, p pooled) Check {
	w, n := &t.what[i], len(t.parts[i])
	hits := t.hits(i, p.truth)
	c := Check{
		Group: group, Name: w.name, Estimand: w.estimand, Truth: p.written(w), Replications: t.sizes[0], N: n, Unit: "coverage",
		Expected: nominal, Observed: float64(hits) / float64(n), Band: binomialBand(n, nominal), P: math.NaN(),
	}
	switch {
	case w.atLeast:
		c.Judged, c.P = true, 1
		if c.Observed < nominal {
			c.P = theory.BinomialTest(hits, n, nominal) / 2
		}
	case len(p.truth) == 1:
		predicted := theory.TCoverage(nominal, t.sizes[0], p.skewness, p.kurtosis)
		c.Note = fmt.Sprintf("skewness %.2g", p.skewness)
		if p.skewness*p.skewness < float64(t.sizes[0])/20 { // beyond, the expansion says too little
			c.Note += fmt.Sprintf(": t should have %.4g", predicted)
		}
		if w.judged && t.sizes[0] >= 20 { // of fewer, the expansion says too little
			c.Judged, c.P = true, theory.BinomialTest(hits, n, predicted)
		}
	}
	return c
}

// written writes the truth of a single interval.
func (p pooled) written(w *printed) string {
	switch {
	case w.why != "":
		return fmt.Sprintf("%.4g (%s)", p.truth[0], w.why)
	case len(p.truth) > 1:
		return "those of each"
	}
	return fmt.Sprintf("%.4g ± %.2g", p.truth[0], p.se)
}

// binomialBand returns where a share of n trials lies with probability 0.999 if its expectation is p.
func binomialBand(n int, p float64) stats.Interval {
	low, high := int(p*float64(n)), int(math.Ceil(p*float64(n)))
	for low > 0 && theory.BinomialTest(low-1, n, p) >= 0.001 {
		low--
	}
	for high < n && theory.BinomialTest(high+1, n, p) >= 0.001 {
		high++
	}
	return stats.Interval{Low: float64(low) / float64(n), High: float64(high) / float64(n)}
}

// ofMean reads the interval of an arm's mean, as table summary has it.
func ofMean(arm int, row sim.MeasureRow) func(*experiment.Collection) []part {
	return func(c *experiment.Collection) []part {
		e := c.Estimate(c.Known(arm, row), nominal)
		return []part{{e.Mean, 1, e.Simulation}}
	}
}

// ofDifference reads the interval of a measure's difference from the control, paired by replication.
func ofDifference(arm int, row sim.MeasureRow) func(*experiment.Collection) []part {
	return func(c *experiment.Collection) []part {
		h, _ := c.Difference(arm, row, nominal)
		return []part{{h.Change.Mean, 1, h.Change.Simulation}}
	}
}

// ofUrgent reads the interval of a difference over truly urgent contacts.
func ofUrgent(arm int, measure string) func(*experiment.Collection) []part {
	return func(c *experiment.Collection) []part {
		h, _ := c.Urgent(arm, measure, nominal)
		return []part{{h.Change.Mean, 1, h.Change.Simulation}}
	}
}

// ofHeadline reads the paired interval of a headline difference.
func ofHeadline(arm, headline int) func(*experiment.Collection) []part {
	return func(c *experiment.Collection) []part {
		h := c.Headlines(arm, -1, nominal)[headline]
		return []part{{h.Change.Mean, 1, h.Change.Simulation}}
	}
}

// ofRelative reads the jackknife interval of a headline difference as a share of the control's mean.
func ofRelative(arm, headline int) func(*experiment.Collection) []part {
	return func(c *experiment.Collection) []part {
		h := c.Headlines(arm, -1, nominal)[headline]
		return []part{{h.Change.Mean, h.ControlMean, h.Relative.Interval}}
	}
}

// ofCeiling reads the jackknife interval of the share of the ceiling saved.
func ofCeiling(arm, ceiling int) func(*experiment.Collection) []part {
	return func(c *experiment.Collection) []part {
		h := c.Headlines(arm, ceiling, nominal)[1]
		return []part{{-h.Change.Mean, h.ControlMean - c.Mean(ceiling, experiment.Of(sim.Headline[1])), h.Ceiling.Interval}}
	}
}

// simultaneously reads the intervals that should hold at once, of all arms' headline differences.
func simultaneously(arms ...int) func(*experiment.Collection) []part {
	return func(c *experiment.Collection) []part {
		var parts []part
		for _, a := range arms {
			for _, h := range c.Headlines(a, -1, nominal) {
				parts = append(parts, part{h.Change.Mean, 1, h.Simultaneous})
			}
		}
		return parts
	}
}
