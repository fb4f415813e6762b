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

// drawnClinic is the clinic with its draws, and the rate of each.
type drawnClinic struct {
	arms  []experiment.Arm // under the plain inputs
	draws *scenarios.Uncertainty
	seed  uint64
	mutex sync.Mutex
	rates []float64 // by draw
}

func newDrawnClinic(draws int, seed uint64) (*drawnClinic, error) {
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
	return &drawnClinic{arms: arms, draws: u, seed: seed, rates: make([]float64, draws)}, nil
}

// arm returns the clinic of a replication, and notes the rate of its draw.
func (d *drawnClinic) arm(replication int) ([]experiment.Arm, error) {
	draw := replication / perDraw
	drawn, values, err := d.draws.Draw(d.seed, draw)
	if err != nil {
		return nil, err
	}
	d.mutex.Lock()
	d.rates[draw] = values[0].Value
	d.mutex.Unlock()
	return []experiment.Arm{{Name: d.arms[0].Name, Scenario: drawn[0].Model}}, nil
}

// drawChecks makes studies of 40 draws of two replications each.
func drawChecks(ctx context.Context, studies int, seed uint64, workers int) ([]Check, error) {
	seed = seedOf(seed, drawsGroup)
	clinic, err := newDrawnClinic(studies*drawsEach, seed)
	if err != nil {
		return nil, err
	}
	var study *experiment.Collection
	var held int
	var content stats.Tally
	law := theory.LognormalBetween(drawnThreads(drawnLow), drawnThreads(drawnHigh))
	options := experiment.Options{Arms: clinic.arm}
	err = experiment.Run(ctx, clinic.arms, seed, 0, studies*drawsEach*perDraw, workers, options, func(r *experiment.Replication) error {
		if study == nil {
			study = experiment.NewCollection(clinic.arms)
			study.DrawInputs(perDraw, nil)
		}
		study.Add(r)
		if study.Draws() < drawsEach {
			return nil
		}
		e := study.Estimate(study.Known(0, experiment.Of("threads_n")), nominal)
		next := r.Number/perDraw + 1
		if e.Simulation.Contains(drawnThreads(meanOf(clinic.rates[next-drawsEach : next]))) {
			held++
		}
		content.Add(law(e.Uncertainty.High) - law(e.Uncertainty.Low))
		study = nil
		return nil
	})
	return drawVerdicts(held, studies, &content), err
}

// drawVerdicts judges the simulation interval, and measures the uncertainty interval, which is drawn in by an approximate
// rule.
func drawVerdicts(held, studies int, content *stats.Tally) []Check {
	name := fmt.Sprintf("threads, %d draws of %d", drawsEach, perDraw)
	simulation := Check{
		Group: drawsGroup, Name: "simulation interval: " + name, Estimand: "mean over the draws made", Truth: "each draw's own", Replications: drawsEach * perDraw,
		Unit: "coverage", Expected: nominal, Observed: float64(held) / float64(studies), N: studies, Band: binomialBand(studies, nominal),
		P: theory.BinomialTest(held, studies, nominal), Judged: true,
	}
	uncertainty := meanCheck(content, Check{
		Group: drawsGroup, Name: "uncertainty interval: " + name, Estimand: "middle 95 % of the draws' expectations", Truth: "lognormal", Replications: drawsEach * perDraw,
		Unit: "share of the law within", Expected: nominal, N: studies, Note: fmt.Sprintf("from study to study ± %.2g", content.SD()),
	})
	uncertainty.Judged, uncertainty.P = false, math.NaN()
	return []Check{simulation, uncertainty}
}

func meanOf(values []float64) float64 {
	mean, _, _ := stats.MeanInterval(values, nominal)
	return mean
}
