package validation

import (
	"context"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"
	"sync"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// This file holds the small clinic on which coverage is measured, cases/coverage-clinic.yaml, and its arms.

// The arms of the clinic.
const (
	usual = iota
	swapped
	faster
	longer
	ceiling
)

// clinicArms loads the clinic and its arms through the format, as the command line would.
func clinicArms() ([]experiment.Arm, error) {
	source := scenarios.Source{Library: scenarios.Library(), ReadFile: func(file string) ([]byte, error) {
		return caseFiles.ReadFile("cases/" + path.Base(file))
	}}
	const file = "./coverage-clinic.yaml"
	loaded, err := source.Load([]string{"usual=" + file, "swapped=" + file, "faster=" + file, "longer=" + file, "ceiling=" + file + "+no-patient-messages"}, []string{
		"swapped:messages.first.priority=2", "swapped:messages.second.priority=1",
		"faster:pools.inbox.handling.mean=7.6m",
		`longer:staff.clinician.week={mon-fri: {"09:00-10:30": inbox, "16:00-17:00": inbox}}`,
	})
	if err != nil {
		return nil, err
	}
	var arms []experiment.Arm
	for i, a := range loaded {
		arms = append(arms, experiment.Arm{Name: a.Name, Scenario: a.Model, Reference: i == ceiling})
	}
	return arms, nil
}

// replicated simulates n replications of arms and hands each to all consumers, which work side by side; each of them gets
// the replications in order.
func replicated(ctx context.Context, arms []experiment.Arm, seed uint64, n, workers int, consumers ...func(*experiment.Replication)) error {
	var wait sync.WaitGroup
	queues := make([]chan *experiment.Replication, len(consumers))
	for i, consume := range consumers {
		queues[i] = make(chan *experiment.Replication, 64)
		wait.Go(func() {
			for r := range queues[i] {
				consume(r)
			}
		})
	}
	err := experiment.Run(ctx, arms, seed, 0, n, workers, experiment.Options{}, func(r *experiment.Replication) error {
		for _, queue := range queues {
			queue <- r
		}
		return nil
	})
	for _, queue := range queues {
		close(queue)
	}
	wait.Wait()
	return err
}

const coverageGroup = "Coverage of intervals"

// clinicIntervals lists the intervals that run and compare print of the clinic.
func clinicIntervals() []printed {
	unknown := math.NaN()
	portal := experiment.Of("first_response_h_mean")
	portal.Channel = "portal"
	p90 := portal
	p90.Measure = "first_response_h_p90"
	const response, burden = "first response, same contacts, ", "after-hours minutes, "
	const difference = "expected difference"
	list := []printed{
		{name: "t: first response", estimand: "expected replication mean", read: ofMean(usual, portal), truth: unknown, judged: true, watched: true},
		{name: "t: after-hours minutes", estimand: "expected replication mean", read: ofMean(usual, experiment.Of(sim.Headline[1])), truth: unknown, judged: true, watched: true},
		{name: "t: 90th percentile to first response", estimand: "expected replication quantile", read: ofMean(usual, p90), truth: unknown, judged: true},
		{name: "t: share unanswered after 60 h", estimand: "expected replication share", read: ofMean(usual, experiment.Of("unanswered_late_share")), truth: unknown},
	}
	for _, arm := range []struct {
		number int
		words  string
	}{{swapped, "swapped"}, {faster, "faster"}, {longer, "longer"}} {
		truth, why := unknown, ""
		if arm.number == swapped {
			truth, why = 0, "by symmetry"
		}
		relative := "ratio of expectations"
		list = append(list,
			printed{name: "paired t: " + response + arm.words, estimand: difference, read: ofHeadline(arm.number, 0), truth: truth, why: why, judged: arm.number != faster, watched: true},
			printed{name: "paired t: " + burden + arm.words, estimand: difference, read: ofHeadline(arm.number, 1), truth: truth, why: why, judged: arm.number != faster, watched: true},
			printed{name: "ratio, jackknife: " + response + arm.words, estimand: relative, read: ofRelative(arm.number, 0), truth: truth, why: why},
			printed{name: "ratio, jackknife: " + burden + arm.words, estimand: relative, read: ofRelative(arm.number, 1), truth: truth, why: why},
			printed{name: "ratio, jackknife: share of the ceiling, " + arm.words, estimand: relative, read: ofCeiling(arm.number, ceiling), truth: truth, why: why},
			printed{name: "paired t: clinical look, truly urgent, " + arm.words, estimand: difference, read: ofUrgent(arm.number, experiment.UrgentLook), truth: truth, why: why},
			printed{name: "paired t: net cost, " + arm.words, estimand: difference, read: ofDifference(arm.number, experiment.Of("net_cost")), truth: truth, why: why},
		)
	}
	return append(list,
		printed{name: "paired t: share pushed late, swapped", estimand: "expected share", read: ofUrgent(swapped, experiment.UrgentPushed), truth: unknown},
		printed{name: "simultaneous: four of the six headline differences, without faster", estimand: "all four at once", read: simultaneously(swapped, longer), truth: unknown, atLeast: true},
		printed{name: "simultaneous: all six headline differences", estimand: "all six at once", read: simultaneously(swapped, faster, longer), truth: unknown},
	)
}

// clinicShares are the precisions at which the stopping rule is watched on the clinic, which is small: 2 % would need
// more replications than the rule ever runs.
var clinicShares = []float64{0.2, 0.12}

// clinicChecks measures the coverage of the intervals of the clinic over n replications: in trials of 20, of few and of
// many, and under the stopping rule.
func clinicChecks(ctx context.Context, n int, seed uint64, workers int) ([]Check, error) {
	arms, err := clinicArms()
	if err != nil {
		return nil, err
	}
	what := clinicIntervals()
	few, usual, many := newTrials(arms, ofSize(5), what), newTrials(arms, ofSize(20), what), newTrials(arms, ofSize(80), append(what, holm()))
	consumers := []func(*experiment.Replication){few.add, usual.add, many.add}
	var stopped []*trials
	for _, share := range clinicShares {
		t := newTrials(arms, untilPrecise(experiment.Stopping{Share: share, Most: 400}), underTheRule(share))
		stopped, consumers = append(stopped, t), append(consumers, t.add)
	}
	if err := replicated(ctx, arms, seedOf(seed, coverageGroup), n, workers, consumers...); err != nil {
		return nil, err
	}
	checks := usual.checks(coverageGroup, few, every)
	checks = append(checks, few.checks(coverageGroup+", five replications", few, func(w *printed) bool { return w.watched })...)
	checks = append(checks, many.checks(coverageGroup+", eighty replications", few, func(w *printed) bool { return w.watched || w.atLeast || !w.judged && w.why == "" })...)
	for _, t := range stopped {
		for i := range t.what {
			checks = append(checks, t.stopped(i, few.pool(slices.IndexFunc(what, func(w printed) bool { return strings.HasSuffix(t.what[i].name, w.name) }))))
		}
	}
	return checks, nil
}

// underTheRule lists the intervals watched under the stopping rule.
func underTheRule(share float64) []printed {
	var list []printed
	for _, w := range clinicIntervals() {
		if w.watched {
			w.name = fmt.Sprintf("clinic, %g %%: %s", 100*share, w.name)
			list = append(list, w)
		}
	}
	return list
}

// holm reads whether a difference that is truly zero is called significant at 5 %, by p-values made as those of table
// comparisons are, over the three differences of after-hours minutes.
func holm() printed {
	read := func(c *experiment.Collection) []part {
		var p []float64
		for _, arm := range []int{swapped, faster, longer} {
			pair, _ := c.Pair(arm, experiment.Of(sim.Headline[1]))
			p = append(p, stats.PairedPValue(pair.Control, pair.Arm))
		}
		if stats.Holm(p)[0] < 1-nominal {
			return []part{{0, 1, noBand}}
		}
		return []part{{0, 1, stats.Interval{Low: 0, High: 0}}}
	}
	return printed{name: "Holm: the true zero is not called significant at 5 %", estimand: "one of three differences", read: read, truth: 0, why: "by symmetry", atLeast: true}
}
