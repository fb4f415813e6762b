package validation

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
	"portalsim/sim/stats"
	"portalsim/validation/theory"
)

// This file measures the bias of quantiles: of the estimator, on independent values, where order statistics have known
// means; and of a replication's quantile, on the correlated waits of a queue.

const quantileGroup = "Bias of quantiles"

// quantileChecks measures estimators over so many samples, and a queue over so many replications.
func quantileChecks(ctx context.Context, samples, replications int, seed uint64, workers int) ([]Check, error) {
	checks := estimatorChecks(stats.Quantiles, samples, seed)
	checks = append(checks, contentCheck(func(values []float64) stats.Interval {
		return stats.RandomEffects(values, perDraw, nominal).Uncertainty
	}, samples, seed))
	queue, err := queueChecks(ctx, replications, seed, workers)
	return append(checks, queue...), err
}

// estimatorChecks sets the mean of an estimator over samples of exponential values of mean 1 against its exact mean, by
// which it is biased.
func estimatorChecks(estimator func(values, ps []float64) []float64, samples int, seed uint64) []Check {
	s := random.New(seed, 0, "validate/quantiles")
	ps := []float64{0.5, 0.9, 0.95}
	var checks []Check
	for _, n := range []int{10, 30, 100} {
		found := make([]stats.Tally, len(ps))
		values := make([]float64, n)
		for i := range samples {
			for k := range values {
				values[k] = s.Exponential(uint64(i), uint64(k)<<16|uint64(n))
			}
			for k, q := range estimator(values, ps) {
				found[k].Add(q)
			}
		}
		for k, p := range ps {
			want, population := exponentialQuantileMean(n, p), -math.Log1p(-p)
			checks = append(checks, meanCheck(&found[k], Check{
				Group: quantileGroup, Name: fmt.Sprintf("estimator, %d independent values, p = %g", n, p), Estimand: "quantile of an exponential law",
				Truth: fmt.Sprintf("%.4g", population), Unit: "mean of the law", Expected: want, N: samples,
				Note: fmt.Sprintf("bias %+.1f %%", 100*(want/population-1)),
			}))
		}
	}
	return checks
}

// exponentialQuantileMean returns the mean of the interpolated p quantile (definition 7) of n independent exponential
// values of mean 1: the order statistic of rank k has mean 1/n + 1/(n − 1) + … + 1/(n − k + 1).
//
// Source: A. Rényi, "On the theory of order statistics", Acta Mathematica Academiae Scientiarum Hungaricae 4 (1953)
// 191–231.
func exponentialQuantileMean(n int, p float64) float64 {
	mean := func(rank int) float64 {
		sum := 0.0
		for i := range rank {
			sum += 1 / float64(n-i)
		}
		return sum
	}
	whole, above := math.Modf(p * float64(n-1))
	if above < 1e-9 || above > 1-1e-9 {
		return mean(int(math.Round(p*float64(n-1))) + 1)
	}
	below := int(whole) + 1
	return mean(below) + above*(mean(below+1)-mean(below))
}

// meanCheck judges a mean whose expectation is known, by its standard error.
func meanCheck(found *stats.Tally, c Check) Check {
	se := found.SD() / math.Sqrt(float64(found.N()))
	reach := distuv.UnitNormal.Quantile(1-0.0005) * se
	c.Observed, c.Band = found.Mean(), stats.Interval{Low: c.Expected - reach, High: c.Expected + reach}
	c.Judged, c.P = true, pOfNormal((found.Mean()-c.Expected)/se)
	return c
}

// contentCheck measures how much of the draws' law lies in the uncertainty interval: where replications of a draw are
// all alike it is made of the draws' own quantiles, and holds 95 % of what another draw may be, on average.
func contentCheck(intervalOf func(values []float64) stats.Interval, samples int, seed uint64) Check {
	const draws = 100
	s := random.New(seed, 0, "validate/content")
	var content stats.Tally
	for i := range samples / 10 {
		var values []float64
		for d := range uint64(draws) {
			u := s.U(uint64(i), d)
			values = append(values, u, u)
		}
		interval := intervalOf(values)
		content.Add(interval.High - interval.Low)
	}
	return meanCheck(&content, Check{
		Group: quantileGroup, Name: "uncertainty interval, 100 draws known exactly", Estimand: "share of the law within", Truth: "0.95", Unit: "1",
		Expected: nominal, N: samples / 10,
	})
}

// The queue is M/M/1 with 118 arrivals a week, of which waits are strongly correlated.
const (
	queueLambda, queueMu = 0.7, 1.0 // an hour
	queueFile            = "mm1"
)

// queueArm loads the queue with a measured period of so many weeks.
func queueArm(weeks int) ([]experiment.Arm, error) {
	c := Case{File: queueFile, OwnPeriod: true}
	loaded, err := c.load(Level{}, fmt.Sprintf("run.measure=%dw", weeks), "messages.advice.needs_per_user_year=6136.2", "pools.nurse.handling.mean=60m", "measures.min_events=1")
	if err != nil {
		return nil, err
	}
	return []experiment.Arm{{Name: loaded.Name, Scenario: loaded.Model}}, nil
}

// queueWait returns a measure of the time in the queue.
func queueWait(measure string) sim.MeasureRow {
	row := experiment.Of(measure)
	row.Pool = "nurse"
	return row
}

var queueQuantiles = []struct {
	measure string
	p       float64
}{{"queue_h_p50", 0.5}, {"queue_h_p90", 0.9}, {"queue_h_p95", 0.95}}

// queueChecks measures, in weeks of the queue, the bias of a replication's quantile, and how often its t-interval holds
// the expected quantile of such a replication and how often the quantile over all time; and longer periods for the bias.
func queueChecks(ctx context.Context, replications int, seed uint64, workers int) ([]Check, error) {
	arms, err := queueArm(1)
	if err != nil {
		return nil, err
	}
	what := []printed{{name: "t: mean wait in M/M/1, a week", estimand: "mean over all time", read: ofMean(0, queueWait("queue_h_mean")), truth: theory.MM1Wait(queueLambda, queueMu), why: "theory"}}
	for _, q := range queueQuantiles {
		read := ofMean(0, queueWait(q.measure))
		name := fmt.Sprintf("t: %g %% quantile of the wait in M/M/1, a week", 100*q.p)
		what = append(what,
			printed{name: name, estimand: "expected replication quantile", read: read, truth: math.NaN()},
			printed{name: name, estimand: "quantile over all time", read: read, truth: theory.MM1WaitQuantile(queueLambda, queueMu, q.p), why: "theory"})
	}
	few, usual, many := newTrials(arms, ofSize(5), what), newTrials(arms, ofSize(20), what), newTrials(arms, ofSize(80), what)
	if err := replicated(ctx, arms, seedOf(seed, quantileGroup), replications, workers, few.add, usual.add, many.add); err != nil {
		return nil, err
	}
	checks := biases(few, 1)
	for _, weeks := range []int{4, 26} {
		longer, err := queueArm(weeks)
		if err != nil {
			return nil, err
		}
		some := newTrials(longer, ofSize(5), what)
		if err := replicated(ctx, longer, seedOf(seed, quantileGroup), max(10, replications/(4*weeks)), workers, some.add); err != nil {
			return nil, err
		}
		checks = append(checks, biases(some, weeks)...)
	}
	checks = append(checks, usual.checks(coverageGroup+" in a queue", few, every)...)
	return append(checks, many.checks(coverageGroup+" in a queue", few, every)...), nil
}

// biases returns the mean of each replication quantile of the queue, beside the quantile over all time.
func biases(t *trials, weeks int) []Check {
	var checks []Check
	for i := range t.what {
		w := &t.what[i]
		if w.why == "" {
			continue
		}
		var found stats.Tally
		for _, parts := range t.parts[i] {
			found.Add(parts[0].over)
		}
		c := meanCheck(&found, Check{
			Group: quantileGroup, Name: fmt.Sprintf("%s, %d %s", w.name[len("t: "):len(w.name)-len(", a week")], weeks, word(weeks == 1, "week", "weeks")), Estimand: w.estimand,
			Truth: fmt.Sprintf("%.4g (theory)", w.truth), Unit: "h", Expected: w.truth, N: len(t.parts[i]) * t.sizes[0],
		})
		c.Judged, c.Note = false, fmt.Sprintf("bias %+.2f ± %.2f %%", 100*(found.Mean()/w.truth-1), 100*found.SD()/math.Sqrt(float64(found.N()))/w.truth)
		checks = append(checks, c)
	}
	return checks
}
