package validation

import (
	"context"
	"math"
	"slices"
	"testing"

	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
	"portalsim/sim/stats"
)

// some returns the first number where tests are to be short, else the second.
func some(short, full int) int {
	if testing.Short() {
		return short
	}
	return full
}

// none fails the test for each check that fails.
func none(t *testing.T, checks []Check, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range failures(checks) {
		t.Error(name)
	}
}

func TestCoverageOfTheClinic(t *testing.T) {
	checks, err := clinicChecks(context.Background(), some(200, 6000), statisticsSeed, 2)
	none(t, checks, err)
}

func TestUncertaintyIntervals(t *testing.T) {
	checks, err := drawChecks(context.Background(), some(10, 60), statisticsSeed, 2)
	none(t, checks, err)
}

func TestQuantiles(t *testing.T) {
	checks, err := quantileChecks(context.Background(), some(1000, 5000), some(500, 5000), statisticsSeed, 2)
	none(t, checks, err)
}

// TestVarianceRatios: on short runs, common random numbers are worth at least twice the replications for education, whose
// effect is small, and nothing where the numbers are not common.
func TestVarianceRatios(t *testing.T) {
	checks, err := varianceChecks(context.Background(), 8, statisticsSeed, 2, "run.measure=2w", "run.warm_up=1w", "run.drain=2w")
	none(t, checks, err)
	for _, c := range checks[:2] {
		if !(c.Observed > 2) {
			t.Errorf("%s: variance ratio %v", c.Name, c.Observed)
		}
	}
	if c := checks[len(checks)-1]; !c.Judged || c.Observed < 0.1 {
		t.Errorf("independent arms: %+v", c)
	}
}

// TestReadersAgreeWithTables: the intervals whose coverage is measured are those of tables summary and comparisons.
func TestReadersAgreeWithTables(t *testing.T) {
	arms, err := clinicArms()
	if err != nil {
		t.Fatal(err)
	}
	c := experiment.NewCollection(arms)
	if err := replicated(context.Background(), arms, 5, 20, 2, c.Add); err != nil {
		t.Fatal(err)
	}
	burden, portal := experiment.Of(sim.Headline[1]), experiment.Of("first_response_h_mean")
	portal.Channel = "portal"
	same := func(what string, got stats.Interval, low, high *float64) {
		t.Helper()
		if low == nil || high == nil || got.Low != *low || got.High != *high || !(got.Low < got.High) {
			t.Errorf("%s: %v is measured, the table has %v to %v", what, got, low, high)
		}
	}
	found := 0
	for _, row := range c.Summary() {
		if row.Arm == "usual" && row.Measure == portal.Measure && row.Channel == "portal" && row.Type == sim.All {
			same("mean", ofMean(usual, portal)(c)[0].interval, row.CI95Low, row.CI95High)
			found++
		}
	}
	for _, row := range c.Comparisons() {
		of := func(m sim.MeasureRow, by string) bool {
			return row.Arm == "longer" && row.Measure == m.Measure && row.Type == sim.All && row.Channel == m.Channel && row.Role == sim.All && row.Staff == sim.All && row.PairedBy == by
		}
		switch {
		case of(portal, experiment.ByContact):
			same("contacts", ofHeadline(longer, 0)(c)[0].interval, row.CI95Low, row.CI95High)
			same("relative", ofRelative(longer, 0)(c)[0].interval, row.RelativeLow, row.RelativeHigh)
			same("simultaneous", simultaneously(longer)(c)[0].interval, row.SimultaneousLow, row.SimultaneousHigh)
		case of(burden, experiment.ByReplication):
			same("burden", ofHeadline(longer, 1)(c)[0].interval, row.CI95Low, row.CI95High)
			same("simultaneous burden", simultaneously(longer)(c)[1].interval, row.SimultaneousLow, row.SimultaneousHigh)
		default:
			continue
		}
		found++
	}
	if found != 3 {
		t.Errorf("%d of 3 rows found", found)
	}
}

// normalTrials puts standard normal values through trials, as after-hours minutes.
func normalTrials(full func(*experiment.Collection) bool, trialsEach int, read ...func(*experiment.Collection) []part) *trials {
	var what []printed
	for range read {
		what = append(what, printed{read: read[len(what)], truth: 100, why: "known"})
	}
	t := newTrials([]experiment.Arm{{Name: "normal"}}, full, what)
	s := random.New(statisticsSeed, 0, "normal")
	for i := uint64(0); len(t.sizes) < trialsEach; i++ {
		value := 100 + 10*stats.NormalQuantile(s.U(i, 0))
		row := experiment.Of(sim.Headline[1])
		row.Value = &value
		t.add(&experiment.Replication{Number: int(i), Arms: []*sim.Result{{Rows: []sim.MeasureRow{row}}}})
	}
	return t
}

// TestCoverageCanFail is the twin of the checks of coverage: of five normal values, Student's t holds as often as it should;
// the normal quantile in its place, or the standard deviation in place of the standard error, does not.
func TestCoverageCanFail(t *testing.T) {
	burden := experiment.Of(sim.Headline[1])
	scaled := func(factor float64) func(*experiment.Collection) []part {
		return func(c *experiment.Collection) []part {
			p := ofMean(0, burden)(c)[0]
			half := p.interval.HalfWidth() * factor
			p.interval = stats.Interval{Low: p.over - half, High: p.over + half}
			return []part{p}
		}
	}
	normal := stats.NormalQuantile(0.975) / stats.StudentQuantile(0.975, 4)
	t5 := normalTrials(ofSize(5), 3000, ofMean(0, burden), scaled(normal), scaled(math.Sqrt(5)))
	for i, want := range []bool{true, false, false} {
		hits := float64(t5.hits(i, []float64{100})) / 3000
		if got := binomialBand(3000, nominal).Contains(hits); got != want {
			t.Errorf("interval %d covers %.3f: in the band %v, want %v", i, hits, got, want)
		}
	}
}

// TestPooledThreadsMissCoverage is another twin: an interval over all waits together, as if they were independent, holds
// the mean far too seldom.
func TestPooledThreadsMissCoverage(t *testing.T) {
	arms, err := queueArm(1)
	if err != nil {
		t.Fatal(err)
	}
	const trialsEach, size = 60, 5
	hits, waits := 0, []float64(nil)
	options := experiment.Options{Threads: func(int64) bool { return true }}
	err = experiment.Run(context.Background(), arms, statisticsSeed, 0, trialsEach*size, 2, options, func(r *experiment.Replication) error {
		for i := range r.Threads[0] {
			waits = append(waits, waitOf(&r.Threads[0][i]))
		}
		if (r.Number+1)%size == 0 {
			if _, _, interval := stats.MeanInterval(waits, nominal); interval.Contains(2.3333) {
				hits++
			}
			waits = nil
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if band := binomialBand(trialsEach, nominal); float64(hits)/trialsEach >= band.Low {
		t.Errorf("%d of %d intervals over pooled threads hold the mean, in the band from %v", hits, trialsEach, band.Low)
	}
}

// TestQuantileChecksCanFail is the twin of the checks of bias: an order statistic without interpolation is refused, and so
// is an interval by quantiles that lie too far in for few draws.
func TestQuantileChecksCanFail(t *testing.T) {
	stepped := func(values, ps []float64) []float64 {
		slices.Sort(values)
		var found []float64
		for _, p := range ps {
			found = append(found, values[int(math.Ceil(p*float64(len(values))))-1])
		}
		return found
	}
	if failures(estimatorChecks(stepped, 2000, statisticsSeed)) == nil {
		t.Error("an order statistic passes for an interpolated one")
	}
	inner := func(values []float64) stats.Interval {
		slices.Sort(values)
		return stats.Interval{Low: stats.Quantile(values, 0.025), High: stats.Quantile(values, 0.975)}
	}
	if failures([]Check{contentCheck(inner, 5000, statisticsSeed)}) == nil {
		t.Error("an interval that lies too far in passes")
	}
}

// TestStoppingRule: on normal values the rule costs at most a point and a half of coverage, and stops only at its looks. The
// twin, a rule that looks after every replication from the second, costs many points, and is seen to.
func TestStoppingRule(t *testing.T) {
	for _, c := range ruleChecks(some(300, 4000), statisticsSeed) {
		if c.Judged || !(c.Observed > 0.935-3.3*math.Sqrt(0.06/float64(c.N))) {
			t.Errorf("%+v", c)
		}
	}
	read := ofMean(0, experiment.Of(sim.Headline[1]))
	looked := normalTrials(untilPrecise(experiment.Stopping{Share: 0.03, Most: 400}), 100, read)
	looks := []int{20, 30, 45, 68, 102, 153, 230, 345, 400}
	for _, size := range looked.sizes {
		if !slices.Contains(looks, size) {
			t.Errorf("stopped after %d replications", size)
		}
	}
	eager := normalTrials(func(c *experiment.Collection) bool {
		precise, _, _ := c.Precise(0.03)
		return c.Replications() > 1 && precise
	}, 500, read)
	if hits := float64(eager.hits(0, []float64{100})) / 500; hits >= binomialBand(500, nominal).Low {
		t.Errorf("looking after every replication covers %.3f", hits)
	}
}
