package validation

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
)

// This file measures what the stopping rule costs: it looks at the data, and stops the sooner the less they seem to vary,
// so that its intervals are a little too short.

const stoppingGroup = "Coverage under the stopping rule"

// untilPrecise ends a trial when the rule does.
func untilPrecise(rule experiment.Stopping) func(c *experiment.Collection) bool {
	look := rule.Next(experiment.NewCollection(make([]experiment.Arm, 1))) // the first
	return func(c *experiment.Collection) bool {
		if c.Replications() < look {
			return false
		}
		next := rule.Next(c)
		if next > look {
			look = next
			return false
		}
		look = rule.Next(experiment.NewCollection(make([]experiment.Arm, 1)))
		return true
	}
}

// ruleChecks measures the coverage of the mean of normal values under the rule, whose share of 2 % is reached after about
// as many replications as stand in the name; the rule is the same whatever the spread.
func ruleChecks(trialsEach int, seed uint64) []Check {
	arms := []experiment.Arm{{Name: "normal"}}
	burden := experiment.Of(sim.Headline[1])
	var checks []Check
	for _, about := range []float64{20, 40, 80, 160} {
		const mean = 100
		sd := 0.02 * mean * math.Sqrt(about) / distuv.UnitNormal.Quantile(0.975)
		what := []printed{{estimand: "mean", name: fmt.Sprintf("normal values, 2 %% after about %g", about), read: ofMean(0, burden), truth: mean, why: "known"}}
		t := newTrials(arms, untilPrecise(experiment.Stopping{Share: 0.02, Most: 400}), what)
		s := random.New(seed, int(about), "validate/stopping")
		for i := uint64(0); len(t.sizes) < trialsEach; i++ {
			value := mean + sd*distuv.UnitNormal.Quantile(s.U(i, 0))
			row := burden
			row.Value = &value
			t.add(&experiment.Replication{Number: int(i), Arms: []*sim.Result{{Rows: []sim.MeasureRow{row}}}})
		}
		checks = append(checks, t.stopped(0, t.pool(0)))
	}
	return checks
}

// stopped returns the coverage of an interval under the rule, for information.
func (t *trials) stopped(i int, p pooled) Check {
	w, n := &t.what[i], len(t.parts[i])
	sum := 0
	for _, size := range t.sizes {
		sum += size
	}
	return Check{
		Group: stoppingGroup, Name: w.name, Estimand: w.estimand, Truth: p.written(w), Replications: sum / n, N: n, Unit: "coverage", Expected: nominal,
		Observed: float64(t.hits(i, p.truth)) / float64(n), Band: binomialBand(n, nominal), P: math.NaN(),
	}
}
