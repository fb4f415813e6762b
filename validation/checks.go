package validation

import "context"

type Check struct {
	Failed bool
	Judged bool
}
type scale struct{}

var fullScale = scale{}

func Statistics(ctx context.Context, s scale, seed uint64, workers int, done func(string)) ([]Check, error) {
	return nil, nil
}
func judgeChecks(checks []Check, rate float64) {}
func family(n int, checks []Check) int         { return n }
