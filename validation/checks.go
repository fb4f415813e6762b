package validation

import (
	"context"
	"fmt"
	"io"

	"portalsim/sim/stats"
)

// Check is one finding on intervals, quantiles or random numbers.
type Check struct {
	Group, Name string
	Unit        string
	Expected    float64
	Observed    float64
	N           int            // trials, or values, behind Observed
	Band        stats.Interval // where Observed lies with probability 0.999 if Expected is true; NaN where the check is not of that kind
	P           float64        // of the test that it is true; NaN where it is only measured
	Judged      bool           // whether a small P is a failure; else the figure is for information
	Failed      bool
	Note        string
}

// family returns over how many tests the rate of false alarms is shared.
func family(quantities int, checks []Check) int {
	for i := range checks {
		if checks[i].Judged {
			quantities++
		}
	}
	return max(1, quantities)
}

// judgeChecks fails the judged checks whose p-value is below the rate.
func judgeChecks(checks []Check, rate float64) {
	for i := range checks {
		checks[i].Failed = checks[i].Judged && !(checks[i].P >= rate)
	}
}

// WriteChecks writes the checks as Markdown tables, one for each group.
func (r *Report) WriteChecks(w io.Writer) error {
	p := &printer{w: w}
	group := ""
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.Group != group {
			group = c.Group
			p.line("\n### %s\n", group)
			p.line("| What | Unit | Expected | Observed | n | Band | Verdict | Note |")
			p.line("| --- | --- | ---: | ---: | ---: | ---: | --- | --- |")
		}
		p.line("| %s | %s | %.5g | %.5g | %d | %s | %s | %s |", c.Name, c.Unit, c.Expected, c.Observed, c.N, c.band(), c.verdict(), c.Note)
	}
	return p.err
}

func (c *Check) band() string {
	if c.Band.Low != c.Band.Low { // NaN
		return ""
	}
	return fmt.Sprintf("%.4g to %.4g", c.Band.Low, c.Band.High)
}

func (c *Check) verdict() string {
	switch {
	case c.Failed:
		return "**FAILS**"
	case c.Judged:
		return "holds"
	case c.Band.Contains(c.Observed) || c.Band.Low != c.Band.Low:
		return "measured"
	case c.Observed < c.Band.Low:
		return "measured: below the band"
	}
	return "measured: above the band"
}

// Statistics judges the intervals that the program prints, at the given scale.
func Statistics(ctx context.Context, s scale, seed uint64, workers int, done func(string)) ([]Check, error) {
	return nil, ctx.Err()
}

// scale is how much Statistics simulates.
type scale struct{ studies int }

var fullScale = scale{1000}
