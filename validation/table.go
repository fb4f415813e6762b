package validation

import (
	"fmt"
	"io"
)

// WriteTable writes the verdicts as a Markdown table, and what its columns mean.
func (r *Report) WriteTable(w io.Writer) error {
	p := &printer{w: w}
	p.line("| Case | Quantity | Unit | Theory | Simulated | Interval | t | Verdict | Must be rejected | t |")
	p.line("| --- | --- | --- | ---: | ---: | ---: | ---: | --- | --- | ---: |")
	last := ""
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		name := v.Case
		if name == last {
			name = ""
		}
		last = v.Case
		p.line("| %s | %s | %s | %s%.5g | %.5g | %s | %s | %s | %s: %.5g | %s%s |", name, v.Quantity, v.Unit, word(v.AtMost, "≤ ", ""), v.Theory, v.Mean,
			v.between(), v.sigmas(v.T, "%.1f"), word(v.Agrees, "agrees", "**DISAGREES**"), v.Instead, v.Wrong,
			word(v.WrongRejected, "", "**NOT REJECTED** "), v.sigmas(v.WrongT, "%.0f"))
	}
	return p.err
}

// between writes the interval, in which theory must lie.
func (v *Verdict) between() string {
	switch {
	case v.SE == 0:
		return "exact"
	case v.AtMost:
		return fmt.Sprintf("from %.4g", v.Interval.Low)
	}
	return fmt.Sprintf("%.4g to %.4g", v.Interval.Low, v.Interval.High)
}

// sigmas writes a t statistic, of which there is none where nothing varies.
func (v *Verdict) sigmas(t float64, format string) string {
	if v.SE == 0 {
		return "–"
	}
	return fmt.Sprintf(format, t)
}

// WriteSummary says in words what the table says, and how often a sound program would fail it.
func (r *Report) WriteSummary(w io.Writer) error {
	p := &printer{w: w}
	cases, last := 0, ""
	for i := range r.Verdicts {
		if r.Verdicts[i].Case != last {
			cases++
			last = r.Verdicts[i].Case
		}
	}
	p.line("Level %s, seed %d: %d quantities of %d cases, %d replications of %s each; %s outside the limits.", r.Level.Name, r.Seed, len(r.Verdicts), cases,
		r.Level.Replications, r.Level.Measure, word(r.Failed() == 0, "none", fmt.Sprint(r.Failed())))
	if more := r.Family() - len(r.Verdicts); more > 0 {
		p.line("Beside them %d checks of random numbers and intervals are judged.", more)
	}
	p.line("A sound program fails somewhere in one run of %.0f: each of %d tests has an error rate of %.2g (Bonferroni), and the intervals", 1/FalseAlarm, r.Family(), FalseAlarm/float64(r.Family()))
	p.line("hold all at once with probability %g. t counts standard errors. Each simulation must also reject a formula that does not belong to it.", 1-FalseAlarm)
	return p.err
}

// printer writes lines and keeps the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, values ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", values...)
	}
}

func word(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
