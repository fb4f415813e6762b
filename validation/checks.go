package validation

import (
	"fmt"
	"io"
	"math"
	"strings"

	"portalsim/sim/stats"
)

// Check is one finding on intervals, quantiles or random numbers.
type Check struct {
	Group, Name  string
	Estimand     string // of an interval, or of an estimator
	Truth        string // its value, with the standard error where it is estimated; "" where there is none
	Replications int    // behind each interval; 0 where there is none
	Unit         string // of Expected, Observed and Band
	Expected     float64
	Observed     float64
	N            int            // trials, or values, behind Observed
	Band         stats.Interval // where Observed lies with probability 0.999 if Expected is true; NaN where the check is not of that kind
	P            float64        // of the test that it is true; NaN where it is only measured
	Judged       bool           // whether a small P is a failure; else the figure is for information
	Failed       bool
	Note         string
}

// noBand is the band of a check that has none.
var noBand = stats.Interval{Low: math.NaN(), High: math.NaN()}

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

// WriteChecks writes the checks as Markdown tables, one for each group, without columns that are empty.
func (r *Report) WriteChecks(w io.Writer) error {
	p := &printer{w: w}
	for from := 0; from < len(r.Checks); {
		to := from
		for to < len(r.Checks) && r.Checks[to].Group == r.Checks[from].Group {
			to++
		}
		p.line("\n### %s\n", r.Checks[from].Group)
		p.table(checkColumns, r.Checks[from:to])
		from = to
	}
	return p.err
}

// checkColumn is a column of the tables of checks.
type checkColumn struct {
	head, rule string
	cell       func(c *Check) string
}

var checkColumns = []checkColumn{
	{"What", "---", func(c *Check) string { return c.Name }},
	{"Estimand", "---", func(c *Check) string { return c.Estimand }},
	{"Truth", "---:", func(c *Check) string { return c.Truth }},
	{"R", "---:", func(c *Check) string { return word(c.Replications > 0, fmt.Sprint(c.Replications), "") }},
	{"n", "---:", func(c *Check) string { return fmt.Sprint(c.N) }},
	{"Unit", "---", func(c *Check) string { return c.Unit }},
	{"Expected", "---:", func(c *Check) string { return fmt.Sprintf("%.4g", c.Expected) }},
	{"Observed", "---:", func(c *Check) string { return fmt.Sprintf("%.4g", c.Observed) }},
	{"Band", "---:", func(c *Check) string {
		return word(math.IsNaN(c.Band.Low), "", fmt.Sprintf("%.4g to %.4g", c.Band.Low, c.Band.High))
	}},
	{"p", "---:", func(c *Check) string { return word(math.IsNaN(c.P), "", fmt.Sprintf("%.2g", c.P)) }},
	{"Verdict", "---", (*Check).verdict},
	{"Note", "---", func(c *Check) string { return c.Note }},
}

// table writes the columns in which some check has something.
func (p *printer) table(columns []checkColumn, checks []Check) {
	head, rule := "|", "|"
	rows := make([]string, len(checks))
	for _, column := range columns {
		cells, any := make([]string, len(checks)), false
		for i := range checks {
			cells[i] = column.cell(&checks[i])
			any = any || cells[i] != ""
		}
		if !any {
			continue
		}
		head, rule = head+" "+column.head+" |", rule+" "+column.rule+" |"
		for i := range rows {
			rows[i] += " " + cells[i] + " |"
		}
	}
	p.line("%s\n%s", head, rule)
	for _, row := range rows {
		p.line("|%s", row)
	}
}

// Remark writes in one line what has no column of its own in table validation.
func (c *Check) Remark() string {
	var parts []string
	for _, x := range []struct{ what, value string }{
		{"estimand: ", c.Estimand}, {"truth: ", c.Truth}, {"replications: ", word(c.Replications > 0, fmt.Sprint(c.Replications), "")}, {"", c.Note},
	} {
		if x.value != "" {
			parts = append(parts, x.what+x.value)
		}
	}
	return strings.Join(parts, "; ")
}

// verdict says whether a judged check holds, and where the others lie.
func (c *Check) verdict() string {
	switch {
	case c.Failed:
		return "**FAILS**"
	case c.Judged:
		return "holds"
	case c.Band.Contains(c.Observed):
		return "in the band"
	case math.IsNaN(c.Band.Low):
		return "measured"
	case c.Observed < c.Band.Low:
		return "below the band"
	}
	return "above the band"
}
