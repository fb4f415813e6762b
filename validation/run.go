package validation

import (
	"context"
	"fmt"
	"io"
	"math"
	"path"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// ErrorRate is the probability that a comparison rejects a true formula. With n comparisons, some are rejected by
// chance in at most n × ErrorRate of all seeds (Bonferroni): below half a per cent for the catalogue. The limit of t
// follows from it, so nobody tunes it.
const ErrorRate = 1e-4

// Level is how much is simulated for each case.
type Level struct {
	Name         string
	Replications int
	Measure      string // measured period of each replication
}

// Levels returns the levels from the quickest to the most thorough. More is longer replications as well as more of
// them, since the bias of a quantile within a replication goes down only with its length.
func Levels() []Level {
	return []Level{{"quick", 10, "52w"}, {"standard", 20, "104w"}, {"thorough", 40, "416w"}}
}

// Verdict is what the simulation of a case says of one quantity.
type Verdict struct {
	Case     Case
	Quantity Quantity
	Unit     string

	Theory, Mean, StandardError, T float64 // T is (Mean − Theory)/StandardError
	Limit                          float64 // of |T|
	Agrees                         bool

	Wrong, WrongT float64
	WrongRejected bool
}

// Run simulates every case of the catalogue and compares it with theory. The verdicts do not depend on workers.
func Run(ctx context.Context, level Level, seed uint64, workers int) ([]Verdict, error) {
	var verdicts []Verdict
	for i, c := range Cases() {
		list, err := c.run(ctx, level, seed+uint64(i), workers) // a seed each, so that chance strikes cases one by one
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", c.Name, err)
		}
		verdicts = append(verdicts, list...)
	}
	return verdicts, nil
}

func (c Case) run(ctx context.Context, level Level, seed uint64, workers int) ([]Verdict, error) {
	arm, err := c.load(level)
	if err != nil {
		return nil, err
	}
	arms := []experiment.Arm{arm}
	collection := experiment.NewCollection(arms)
	err = experiment.Run(ctx, arms, seed, 0, level.Replications, workers, experiment.Options{}, func(r *experiment.Replication) error {
		collection.Add(r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var verdicts []Verdict
	for _, q := range c.Quantities {
		v, err := judge(c, q, collection)
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

// load reads the case's scenario through the format, as the command line would.
func (c Case) load(level Level) (experiment.Arm, error) {
	source := scenarios.Source{ReadFile: func(file string) ([]byte, error) {
		return caseFiles.ReadFile("cases/" + path.Base(file))
	}}
	var sets []string
	if !c.OwnPeriod {
		sets = append(sets, "run.measure="+level.Measure)
	}
	arms, err := source.Load([]string{"./" + c.File + ".yaml"}, sets)
	if err != nil {
		return experiment.Arm{}, err
	}
	return experiment.Arm{Name: arms[0].Name, Scenario: arms[0].Model}, nil
}

// judge compares a quantity's mean over replications with theory, by Student's t: replications are independent, what
// happens within one is not.
func judge(c Case, q Quantity, collection *experiment.Collection) (Verdict, error) {
	row, err := sim.MeasureNamed(q.Measure)
	if err != nil {
		return Verdict{}, err
	}
	values := collection.Values(0, row)
	if values == nil {
		return Verdict{}, fmt.Errorf("there is no measure %s", q.Measure)
	}
	n := float64(len(values))
	mean, sd, _ := stats.MeanInterval(values, 0.95)
	if math.IsNaN(mean) || !(sd > 0) {
		return Verdict{}, fmt.Errorf("%s has mean %v and standard deviation %v over %v replications", q.Measure, mean, sd, n)
	}
	v := Verdict{
		Case: c, Quantity: q, Unit: unitOf(row.Measure), Theory: q.Theory(), Wrong: q.Wrong(),
		Mean: mean, StandardError: sd / math.Sqrt(n), Limit: stats.StudentQuantile(1-ErrorRate/2, n-1),
	}
	v.T, v.WrongT = (mean-v.Theory)/v.StandardError, (mean-v.Wrong)/v.StandardError
	v.Agrees, v.WrongRejected = math.Abs(v.T) <= v.Limit, math.Abs(v.WrongT) > v.Limit
	return v, nil
}

// WriteTable writes the verdicts as a Markdown table.
func WriteTable(w io.Writer, verdicts []Verdict) error {
	p := &printer{w: w}
	p.line("| Case | Quantity | Unit | Theory | Simulated | t | Verdict | Must be rejected | t |")
	p.line("| --- | --- | --- | ---: | ---: | ---: | --- | --- | ---: |")
	last := ""
	for _, v := range verdicts {
		name := v.Case.Name
		if name == last {
			name = ""
		}
		last = v.Case.Name
		p.line("| %s | %s | %s | %.5g | %.5g ± %.2g | %.1f | %s | %s: %.5g | %s%.0f |", name, v.Quantity.Name, v.Unit, v.Theory, v.Mean,
			v.StandardError, v.T, word(v.Agrees, "agrees", "**DISAGREES**"), v.Quantity.Instead, v.Wrong,
			word(v.WrongRejected, "", "**NOT REJECTED** "), v.WrongT)
	}
	if len(verdicts) > 0 {
		p.line("")
		p.line("± is one standard error. A formula is rejected where |t| is above %.2f: by chance once in %.0f comparisons each, and", verdicts[0].Limit, 1/ErrorRate)
		p.line("at least once in %d comparisons with a probability of at most %.2g. Each simulation must also reject a formula that does", len(verdicts), float64(len(verdicts))*ErrorRate)
		p.line("not belong to it.")
	}
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
