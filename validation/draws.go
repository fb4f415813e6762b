package validation

import (
	"context"
	"fmt"
	"math"
	"path"
	"sync"

	"portalsim/scenarios"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
	"portalsim/validation/theory"
)

// This file measures the intervals of uncertainty runs, on a clinic of which the expectation under every draw is known: the
// number of threads of a panel whose rate of needs is uncertain.

const drawsGroup = "Intervals of uncertainty runs"

// The clinic is cases/coverage-draws.yaml: patients with so many needs a year each, the belief of which is lognormal with
// these 2.5 and 97.5 % points, over weeks.
const (
	drawnPatients           = 200
	drawnLow, drawnHigh     = 5, 20
	drawnWeeks, weeksInYear = 1, 365.25 / 7
	drawsEach, perDraw      = 40, 2
)

// drawnThreads is the expected number of threads for a rate of needs.
func drawnThreads(rate float64) float64 { return drawnPatients * rate * drawnWeeks / weeksInYear }

// drawChecks makes studies of 40 draws of two replications each.
func drawChecks(ctx context.Context, studies int, seed uint64, workers int) ([]Check, error) {
	source := scenarios.Source{ReadFile: func(file string) ([]byte, error) { return caseFiles.ReadFile("cases/" + path.Base(file)) }}
	expressions := []string{"./coverage-draws.yaml"}
	u, err := source.Uncertainty(expressions, nil)
	if err != nil {
		return nil, err
	}
	plain, err := source.Load(expressions, nil)
	if err != nil {
		return nil, err
	}
	arms := []experiment.Arm{{Name: plain[0].Name, Scenario: plain[0].Model}}
	seed = seedOf(seed, drawsGroup)
	rates := make([]float64, studies*drawsEach)
	var mutex sync.Mutex
	options := experiment.Options{Arms: func(replication int) ([]experiment.Arm, error) {
		draw := replication / perDraw
		drawn, values, err := u.Draw(seed, draw)
		if err != nil {
			return nil, err
		}
		mutex.Lock()
		rates[draw] = values[0].Value
		mutex.Unlock()
		return []experiment.Arm{{Name: arms[0].Name, Scenario: drawn[0].Model}}, nil
	}}
	var study *experiment.Collection
	var held int
	var content stats.Tally
	law := theory.LognormalBetween(drawnThreads(drawnLow), drawnThreads(drawnHigh))
	err = experiment.Run(ctx, arms, seed, 0, studies*drawsEach*perDraw, workers, options, func(r *experiment.Replication) error {
		if study == nil {
			study = experiment.NewCollection(arms)
			study.DrawInputs(perDraw, nil)
		}
		study.Add(r)
		if study.Draws() < drawsEach {
			return nil
		}
		e := study.Estimate(study.Known(0, experiment.Of("threads_n")), nominal)
		last := r.Number/perDraw + 1
		if e.Simulation.Contains(drawnThreads(meanOf(rates[last-drawsEach : last]))) {
			held++
		}
		content.Add(law(e.Uncertainty.High) - law(e.Uncertainty.Low))
		study = nil
		return nil
	})
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("threads, %d draws of %d", drawsEach, perDraw)
	simulation := Check{
		Group: drawsGroup, Name: "simulation interval: " + name, Estimand: "mean over the draws made", Truth: "each draw's own", Replications: drawsEach * perDraw,
		Unit: "coverage", Expected: nominal, Observed: float64(held) / float64(studies), N: studies, Band: binomialBand(studies, nominal),
		P: theory.BinomialTest(held, studies, nominal), Judged: true,
	}
	uncertainty := meanCheck(&content, Check{
		Group: drawsGroup, Name: "uncertainty interval: " + name, Estimand: "middle 95 % of the draws' expectations", Truth: "lognormal", Replications: drawsEach * perDraw,
		Unit: "share of the law within", Expected: nominal, N: studies, Note: fmt.Sprintf("share of one interval: from study to study ± %.2g", content.SD()),
	})
	uncertainty.Judged, uncertainty.P = false, math.NaN() // shrinking is approximate
	return []Check{simulation, uncertainty}, nil
}

func meanOf(values []float64) float64 {
	mean, _, _ := stats.MeanInterval(values, nominal)
	return mean
}
