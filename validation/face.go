package validation

import (
	"context"
	"fmt"
	"math"
	"slices"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// Role says what a published figure is to the baseline. Only figures held out test the model: an input comes out
// because it went in, and a calibrated figure because something was chosen so that it does.
type Role string

// The roles, in the order of the page.
const (
	HeldOut    Role = "held out"
	Calibrated Role = "calibrated"
	Input      Role = "input"
)

// Figure is a published figure that the baseline also has.
type Figure struct {
	Name      string
	Role      Role
	Published string // with its unit
	Unit      string
	Digits    int // printed after the point
	Low, High float64
	Rule      string // how Low and High follow from what was published
	Source    string
	Caveat    string // what the published figure is not

	ours func(*baselineRun) float64 // in one replication, in Unit
}

// FaceResult is a figure with what the baseline gives.
type FaceResult struct {
	Figure
	Mean, HalfWidth float64 // over replications; half-width of the 95 % interval
	Inside          bool
}

// Why says why the baseline misses the figure, or "" where nobody has said.
func (r FaceResult) Why() string { return whyMissed[r.Name] }

// Face simulates the library's baseline and compares it with the published figures. The result does not depend on
// workers.
func Face(ctx context.Context, replications int, seed uint64, workers int) (*FacePage, error) {
	loaded, err := scenarios.Source{Library: scenarios.Library()}.Load([]string{"baseline"}, nil)
	if err != nil {
		return nil, err
	}
	s := loaded[0].Model
	figures := Figures()
	values := make([][]float64, len(figures))
	page := &FacePage{Title: loaded[0].File.Title, Patients: s.Patients.Count, Replications: replications, Seed: seed, Weeks: int(s.Measure / sim.Week)}
	arms := []experiment.Arm{{Name: "baseline", Scenario: s}}
	options := experiment.Options{Threads: func(int64) bool { return true }}
	err = experiment.Run(ctx, arms, seed, 0, replications, workers, options, func(r *experiment.Replication) error {
		panel, err := lookAtPanel(s, seed, r.Number)
		if err != nil {
			return err
		}
		run := &baselineRun{scenario: s, rows: r.Arms[0].Rows, threads: r.Threads[0], panel: panel}
		for i := range figures {
			values[i] = append(values[i], figures[i].ours(run))
		}
		return run.err
	})
	if err != nil {
		return nil, err
	}
	for i, f := range figures {
		mean, _, interval := stats.MeanInterval(values[i], 0.95)
		if math.IsNaN(mean) {
			return nil, fmt.Errorf("%s: unknown in some replication", f.Name)
		}
		page.Results = append(page.Results, FaceResult{f, mean, interval.HalfWidth(), mean >= f.Low && mean <= f.High})
	}
	return page, nil
}

// baselineRun is one replication of the baseline, with what figures ask of it. The first error is kept.
type baselineRun struct {
	scenario *sim.Scenario
	rows     []sim.MeasureRow
	threads  []sim.ThreadRow
	panel    *panelShares
	err      error
}

// measure returns a measure, written as on the command line.
func (r *baselineRun) measure(name string) float64 {
	want, err := sim.MeasureNamed(name)
	if err != nil {
		r.fail(err)
		return math.NaN()
	}
	for i := range r.rows {
		row := &r.rows[i]
		if row.Measure == want.Measure && row.Type == want.Type && row.Channel == want.Channel && row.Pool == want.Pool &&
			row.Role == want.Role && row.Staff == want.Staff {
			if row.Value == nil {
				return math.NaN()
			}
			return *row.Value
		}
	}
	r.fail(fmt.Errorf("the baseline has no measure %s", name))
	return math.NaN()
}

func (r *baselineRun) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// clinicianRoles lists the roles of clinicians, each once.
func (r *baselineRun) clinicianRoles() []string {
	return r.roles(func(s *sim.StaffMember) bool { return s.Clinician })
}

// roles lists the roles of the staff chosen, each once.
func (r *baselineRun) roles(of func(*sim.StaffMember) bool) []string {
	var roles []string
	seen := map[string]bool{}
	for i := range r.scenario.Staff {
		if s := &r.scenario.Staff[i]; of(s) && !seen[s.Role] {
			seen[s.Role] = true
			roles = append(roles, s.Role)
		}
	}
	return roles
}

// overRoles adds a measure up over roles.
func (r *baselineRun) overRoles(measure string, roles []string) float64 {
	sum := 0.0
	for _, role := range roles {
		sum += r.measure(measure + "[role=" + role + "]")
	}
	return sum
}

// lastAnswers returns the share of answered portal threads, in per cent, whose last answer came from a pool that the
// staff chosen serve.
func (r *baselineRun) lastAnswers(of func(*sim.StaffMember) bool) float64 {
	chosen := map[string]bool{}
	for p := range r.scenario.Pools {
		for i := range r.scenario.Staff {
			s := &r.scenario.Staff[i]
			if slices.Contains(s.Pools, p) && of(s) {
				chosen[r.scenario.Pools[p].Name] = true
			}
		}
	}
	part, all := 0, 0
	for i := range r.threads {
		if t := &r.threads[i]; t.Channel == portal && t.Ending == sim.Answered.String() {
			all++
			if chosen[t.LastPool] {
				part++
			}
		}
	}
	return 100 * float64(part) / float64(all)
}

const portal = "portal"

// modeOfReplies returns the most frequent number of messages after the first, over portal threads.
func (r *baselineRun) modeOfReplies() float64 {
	var counts []int
	for i := range r.threads {
		if t := &r.threads[i]; t.Channel == portal {
			for len(counts) <= int(t.Messages) {
				counts = append(counts, 0)
			}
			counts[t.Messages]++
		}
	}
	mode := 0
	for n := range counts {
		if counts[n] > counts[mode] {
			mode = n
		}
	}
	return float64(mode - 1)
}
