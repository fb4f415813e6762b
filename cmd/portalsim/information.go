package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
	"portalsim/sim/stats"
)

// checkScale refuses what the value of information cannot be scaled by.
func (o *options) checkScale() error {
	switch {
	case !(o.clinics > 0):
		return &usage{"--clinics must be above 0", ""}
	case !o.uncertainty && (o.clinics != 1 || o.horizon != ""):
		return &usage{"--clinics and --horizon need --uncertainty", "they scale the value of information, which only an uncertainty run has"}
	}
	if o.horizon == "" {
		return nil
	}
	if d, err := scenarios.ParseDuration(o.horizon); err != nil || d <= 0 {
		return &usage{fmt.Sprintf("--horizon %s is no time", o.horizon), "write, for example, --horizon 260w"}
	}
	return nil
}

// scaleOptions returns the options that scale alike, with a space before them.
func (o *options) scaleOptions() string {
	text := ""
	if o.clinics != 0 && o.clinics != 1 { // 0 in commands without the option
		text += " --clinics " + number(o.clinics)
	}
	if o.horizon != "" {
		text += " --horizon " + o.horizon
	}
	return text
}

// horizonWeeks returns the weeks over which information would be used.
func (s *study) horizonWeeks() float64 {
	d, err := scenarios.ParseDuration(s.horizon)
	if err != nil { // not given
		return weeks(s)
	}
	return d.Hours() / 168
}

// information estimates the value of information over the arms with costs; ok is false where there is none to estimate.
func (s *study) information(c *experiment.Collection) (experiment.Information, bool) {
	var arms []int
	any := false
	for _, v := range s.values(c) {
		arms = append(arms, v.arm)
		any = any || v.costAny
	}
	if s.drawing == nil || !any {
		return experiment.Information{}, false
	}
	return c.Information(arms, s.drawing.series(c.Draws()), resampling(s.seed, "value of information", 200))
}

// resampling returns how to resample for a use, in so many resamples, with intervals of 95 %.
func resampling(seed uint64, use string, resamples int) stats.Resampling {
	return stats.Resampling{Resamples: resamples, Confidence: 0.95, U: random.New(seed, 0, "resample/"+use).U}
}

// informationRows returns table value_of_information, nil where there is none.
func (s *study) informationRows(c *experiment.Collection) []sim.InformationRow {
	v, ok := s.information(c)
	if !ok {
		return nil
	}
	periods := s.horizonWeeks() / weeks(s)
	row := func(input string, worth stats.Worth) sim.InformationRow {
		return sim.InformationRow{Point: sim.BasePoint, Input: input, Value: worth.Value, Error: worth.Error, Clinics: s.clinics, Horizon: s.horizonWeeks(),
			Scaled: worth.Value * s.clinics * periods, Best: s.arms[v.Options[v.Best]].Name, Explained: slices.Min(v.Explained[1:]), Draws: int32(v.Draws)}
	}
	rows := []sim.InformationRow{row(sim.All, v.Perfect)}
	for g, worth := range v.Partial {
		rows = append(rows, row(v.Inputs[g], worth))
	}
	slices.SortStableFunc(rows[1:], func(a, b sim.InformationRow) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(b.Error, a.Error))
	})
	return rows
}

// The screen shows so many inputs at most, of values that do not round to 0.
const (
	mostInformation = 5
	least           = 0.5
)

// printInformation prints what knowing the inputs would be worth, if the scenario has costs.
func (s *study) printInformation(w io.Writer, c *experiment.Collection) {
	rows := s.informationRows(c)
	if rows == nil {
		return
	}
	currency := s.loaded[0].File.Costs.Currency
	fmt.Fprintf(w, "\nValue of information, an upper bound on the worth of a study, in %s per clinic and %.0f weeks (± standard error)\n", currency, weeks(s))
	fmt.Fprintf(w, "  as things are known, %s has the largest net benefit of %s; a regression on the inputs explains %.0f %% of its variance\n",
		rows[0].Best, count(len(s.values(c))+1, "arm"), 100*rows[0].Explained)
	scaled := func(r sim.InformationRow) string {
		if r.Clinics == 1 && s.horizon == "" {
			return ""
		}
		return fmt.Sprintf("; %.0f for %s over %.0f weeks", r.Scaled, counted(r.Clinics, "clinic"), r.Horizon)
	}
	fmt.Fprintf(w, "  knowing all inputs: %.0f ± %.0f%s\n", rows[0].Value, rows[0].Error, scaled(rows[0]))
	shown, hidden := 0, 0.0
	for _, r := range rows[1:] {
		if r.Value >= least && shown < mostInformation {
			fmt.Fprintf(w, "  knowing %s alone: %.0f ± %.0f%s\n", r.Input, r.Value, r.Error, scaled(r))
			shown++
		}
		if r.Value == 0 {
			hidden = max(hidden, r.Error)
		}
	}
	fmt.Fprintf(w, "  the noise might hide a value of up to %.0f of each other input; all are in table value_of_information\n", 2*hidden)
}

// counted writes a number that need not be whole with its noun.
func counted(n float64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}
