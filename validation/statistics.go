package validation

import (
	"context"
	"errors"
	"fmt"
)

// Scale is how much Statistics draws and simulates; the zero value is nothing.
type Scale struct {
	Numbers int // drawn from each distribution
	Samples int // for the bias of quantile estimators
	Clinic  int // replications of the small clinic, 20 for a trial of coverage
	Queue   int // replications of the queue
	Rule    int // trials of the stopping rule on normal values
	Studies int // uncertainty runs
	Library int // replications of the library's arms
}

var (
	standardScale = Scale{Numbers: 50_000, Samples: 5_000, Clinic: 20_000, Queue: 20_000, Rule: 4_000, Studies: 200, Library: 20}
	fullScale     = Scale{Numbers: 200_000, Samples: 40_000, Clinic: 100_000, Queue: 100_000, Rule: 20_000, Studies: 1_000, Library: 40}
)

// Statistics judges the random numbers that the program draws and the intervals that it prints, at the given scale. The
// outcome does not depend on workers. done, if not nil, is told of each piece of work that is finished.
func Statistics(ctx context.Context, s Scale, seed uint64, workers int, done func(piece string)) ([]Check, error) {
	if s == (Scale{}) {
		return nil, nil
	}
	var checks []Check
	for _, piece := range []struct {
		name string
		run  func() ([]Check, error)
	}{
		{distributionGroup, func() ([]Check, error) { return numberChecks(s.Numbers, seed), nil }},
		{independenceGroup, func() ([]Check, error) { return streamChecks(ours, seed), nil }},
		{quantileGroup, func() ([]Check, error) { return quantileChecks(ctx, s.Samples, s.Queue, seed, workers) }},
		{coverageGroup, func() ([]Check, error) { return clinicChecks(ctx, s.Clinic, seed, workers) }},
		{stoppingGroup, func() ([]Check, error) { return ruleChecks(s.Rule, seed), nil }},
		{drawsGroup, func() ([]Check, error) { return drawChecks(ctx, s.Studies, seed, workers) }},
		{varianceGroup, func() ([]Check, error) { return varianceChecks(ctx, s.Library, seed, workers) }},
	} {
		list, err := piece.run()
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, fmt.Errorf("%s: %w", piece.name, err)
		}
		checks = append(checks, list...)
		if done != nil {
			done(piece.name)
		}
	}
	return checks, nil
}
