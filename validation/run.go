package validation

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"path"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// FalseAlarm is the probability that a sound program has any quantity of a level outside its limits (the family-wise
// error rate). It is shared out evenly over the quantities (Bonferroni's method, which needs no assumption on how they
// depend on one another), so that nobody tunes a limit.
const FalseAlarm = 1e-3

// Level is how much is simulated for each case.
type Level struct {
	Name         string
	Replications int
	Measure      string // measured period of each replication
	Scale        Scale  // of the statistics that are judged too
}

// Levels returns the levels from the quickest to the most thorough. More is longer replications as well as more of
// them, since the bias of a quantile within a replication goes down only with its length.
func Levels() []Level {
	return []Level{
		{"quick", 20, "52w", Scale{}},
		{"standard", 40, "104w", standardScale},
		{"thorough", 60, "208w", fullScale},
	}
}

// Verdict is what the simulation of a case says of one quantity.
type Verdict struct {
	Case, Quantity string
	Measure        string // empty where the quantity is no measure
	Unit           string

	Theory       float64
	AtMost       bool // theory is an upper bound
	Replications int
	Mean         float64
	SE           float64        // standard error of Mean; 0 where nothing varies
	T            float64        // (Mean − Theory)/SE; 0 or infinite where nothing varies
	P            float64        // of the test: two-sided, or one-sided for a bound
	Interval     stats.Interval // holds with those of all quantities at once, with probability 1 − FalseAlarm
	Agrees       bool           // theory lies in the interval, or not below it for a bound

	Instead       string // the twin: what does not belong to the case, and must be rejected
	Wrong, WrongT float64
	WrongRejected bool
}

// Good tells whether theory was accepted and its twin was not.
func (v *Verdict) Good() bool { return v.Agrees && v.WrongRejected }

// Report is what a level says of the catalogue.
type Report struct {
	Level    Level
	Seed     uint64
	Arms     []*scenarios.Arm // the cases as they were run
	Verdicts []Verdict
	Checks   []Check // of intervals and random numbers, above the quick level
}

// Family returns over how many tests the rate of false alarms is shared.
func (r *Report) Family() int { return family(len(r.Verdicts), r.Checks) }

// Failed returns how many quantities and checks fell outside their limits.
func (r *Report) Failed() int {
	n := 0
	for i := range r.Verdicts {
		if !r.Verdicts[i].Good() {
			n++
		}
	}
	for i := range r.Checks {
		if r.Checks[i].Failed {
			n++
		}
	}
	return n
}

// Run simulates the cases and compares them with theory. The report does not depend on workers. done, if not nil, is
// told of each piece of work that is finished.
func Run(ctx context.Context, cases []Case, level Level, seed uint64, workers int, done func(piece string)) (*Report, error) {
	report := &Report{Level: level, Seed: seed}
	var samples []sample
	for _, c := range cases {
		arm, list, err := c.run(ctx, level, seedOf(seed, c.Name), workers)
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", c.Name, err)
		}
		report.Arms = append(report.Arms, arm)
		samples = append(samples, list...)
		if done != nil {
			done(c.Name)
		}
	}
	var err error
	if report.Checks, err = Statistics(ctx, level.Scale, seed, workers, done); err != nil {
		return nil, err
	}
	size := family(len(samples), report.Checks)
	for i := range samples {
		v, err := judge(&samples[i], FalseAlarm/float64(size))
		if err != nil {
			return nil, err
		}
		report.Verdicts = append(report.Verdicts, v)
	}
	judgeChecks(report.Checks, FalseAlarm/float64(size))
	return report, nil
}

// seedOf gives each case a seed of its own, so that chance strikes cases one by one, and the next seed strikes them anew.
func seedOf(seed uint64, name string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%s", seed, name)
	return h.Sum64()
}

// sample is a quantity's values by replication.
type sample struct {
	name     string // of the case
	quantity Quantity
	unit     string
	values   []float64
}

func (c Case) run(ctx context.Context, level Level, seed uint64, workers int) (*scenarios.Arm, []sample, error) {
	loaded, err := c.load(level)
	if err != nil {
		return nil, nil, err
	}
	arms := []experiment.Arm{{Name: loaded.Name, Scenario: loaded.Model}}
	collection := experiment.NewCollection(arms)
	samples := make([]sample, len(c.Quantities))
	options := experiment.Options{}
	for i, q := range c.Quantities {
		samples[i] = sample{name: c.Name, quantity: q, unit: q.Unit}
		if q.Threads != nil {
			options.Threads = func(int64) bool { return true }
		}
	}
	err = experiment.Run(ctx, arms, seed, 0, level.Replications, workers, options, func(r *experiment.Replication) error {
		collection.Add(r)
		for i := range samples {
			if threads := samples[i].quantity.Threads; threads != nil {
				samples[i].values = append(samples[i].values, threads(&caseRun{loaded.Model, r.Threads[0]}))
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	for i := range samples {
		s := &samples[i]
		if s.quantity.Threads != nil {
			continue
		}
		row, err := sim.MeasureNamed(s.quantity.Measure)
		if err != nil {
			return nil, nil, err
		}
		if s.values = collection.Values(0, row); s.values == nil {
			return nil, nil, fmt.Errorf("there is no measure %s", s.quantity.Measure)
		}
		s.unit = unitOf(row.Measure)
	}
	return loaded, samples, nil
}

// load reads the case's scenario through the format, as the command line would, with settings over it.
func (c Case) load(level Level, sets ...string) (*scenarios.Arm, error) {
	source := scenarios.Source{ReadFile: func(file string) ([]byte, error) {
		return caseFiles.ReadFile("cases/" + path.Base(file))
	}}
	if !c.OwnPeriod {
		sets = append(sets, "run.measure="+level.Measure)
	}
	arms, err := source.Load([]string{"./" + c.File + ".yaml"}, sets)
	if err != nil {
		return nil, err
	}
	return arms[0], nil
}

// judge compares a quantity's mean over replications with theory, by Student's t at the given error rate: replications
// are independent, what happens within one is not.
func judge(s *sample, rate float64) (Verdict, error) {
	q := &s.quantity
	n := float64(len(s.values))
	mean, sd, _ := stats.MeanInterval(s.values, 0.95)
	if math.IsNaN(mean) || math.IsNaN(sd) {
		return Verdict{}, fmt.Errorf("case %s, %s: mean %v and standard deviation %v over %v replications", s.name, q.Name, mean, sd, n)
	}
	v := Verdict{
		Case: s.name, Quantity: q.Name, Measure: q.Measure, Unit: s.unit, Theory: q.Theory, AtMost: q.AtMost,
		Replications: len(s.values), Mean: mean, SE: sd / math.Sqrt(n), Instead: q.Instead, Wrong: q.Wrong,
	}
	v.T, v.WrongT = distance(mean, v.SE, q.Theory), distance(mean, v.SE, q.Wrong)
	tails := 2.0
	if q.AtMost {
		tails = 1
	}
	limit := stats.StudentQuantile(1-rate/tails, n-1)
	v.Interval = stats.Interval{Low: mean - limit*v.SE, High: mean + limit*v.SE}
	if q.AtMost {
		v.P = stats.StudentCDF(-v.T, n-1)
		v.Agrees, v.WrongRejected = v.T <= limit, v.WrongT > limit
	} else {
		v.P = 2 * stats.StudentCDF(-math.Abs(v.T), n-1)
		v.Agrees, v.WrongRejected = math.Abs(v.T) <= limit, math.Abs(v.WrongT) > limit
	}
	return v, nil
}

// distance returns how many standard errors a mean is from a value. Where nothing varies they are the same to the last
// digits, or infinitely far apart.
func distance(mean, se, value float64) float64 {
	if math.Abs(mean-value) <= 1e-9*max(1, math.Abs(value)) {
		return (mean - value) / max(se, 1e-9*max(1, math.Abs(value)))
	}
	return (mean - value) / se
}
