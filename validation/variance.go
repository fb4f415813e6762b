package validation

import (
	"context"
	"fmt"
	"math"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// This file measures what common random numbers are worth: the variance that a headline difference would have with
// independent arms, over the variance that it has.

const varianceGroup = "Variance ratio of common random numbers"

// libraryArms are the interventions set against the library's baseline.
var libraryArms = []string{"baseline", "education", "nurse-triage", "protected-time", "one-more-nurse", "shared-inbox"}

// varianceChecks runs the library's main interventions. sets shortens the runs for tests.
func varianceChecks(ctx context.Context, replications int, seed uint64, workers int, sets ...string) ([]Check, error) {
	loaded, err := scenarios.Source{Library: scenarios.Library()}.Load(libraryArms, sets)
	if err != nil {
		return nil, err
	}
	var arms []experiment.Arm
	for _, a := range loaded {
		a.Model.Measured = loaded[0].Model.Measured
		arms = append(arms, experiment.Arm{Name: a.Name, Scenario: a.Model})
	}
	c := experiment.NewCollection(arms)
	if err := replicated(ctx, arms, seedOf(seed, varianceGroup), replications, workers, c.Add); err != nil {
		return nil, err
	}
	var checks []Check
	for a := 1; a < len(arms); a++ {
		for i, h := range c.Headlines(a, -1, nominal) {
			checks = append(checks, Check{
				Group: varianceGroup, Name: arms[a].Name + ": " + headlineWords[i], Unit: "variance ratio", Expected: 1, Observed: h.VarianceRatio, N: replications,
				Band: noBand, P: math.NaN(), Note: fmt.Sprintf("difference %.3g [%.3g, %.3g] %s", h.Change.Mean, h.Change.Simulation.Low, h.Change.Simulation.High, unitOf(h.Measure)),
			})
		}
	}
	return append(checks, independentCheck(c)), nil
}

var headlineWords = []string{"first response, same contacts", "after-hours minutes"}

// independentCheck shows that the ratio is 1 where arms are independent: an arm's burden is set against the control's of the
// replication before. One less the inverse of the ratio is about a correlation, which has a standard error of 1/√n.
func independentCheck(c *experiment.Collection) Check {
	burden := experiment.Of(sim.Headline[1])
	control, arm := c.Values(0, burden), c.Values(1, burden)
	n := len(control) - 1
	inverse := 1 / stats.PairedInterval(control[:n], arm[1:], nominal).VarianceRatio
	se := 1 / math.Sqrt(float64(n))
	return Check{
		Group: varianceGroup, Name: "education, against the replication before: after-hours minutes", Unit: "inverse of the ratio", Expected: 1, Observed: inverse, N: n,
		Band: stats.Interval{Low: 1 - 3.29*se, High: 1 + 3.29*se}, P: pOfNormal((1 - inverse) / se), Judged: true, Note: "independent arms: no gain",
	}
}
