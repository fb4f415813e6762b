package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// choosing is what compare is asked about the best arm.
type choosing struct {
	selectBy     string
	indifference float64
	front        []string

	by     sim.MeasureRow
	higher bool
	rows   []sim.MeasureRow // of the front
	highs  []bool
}

func (o *choosing) addFlags(f *pflag.FlagSet) {
	f.StringVar(&o.selectBy, "select", "", "find the best arm by this `measure`, such as net_cost, adding replications until it is told from all others (or --replications)")
	f.Float64Var(&o.indifference, "indifference", 0, "smallest difference in the measure of --select that matters, in its unit")
	f.StringArrayVar(&o.front, "front", nil, "say which arms no other arm betters by all of several measures: one `measure` each time; can be repeated")
}

// check reads the measures.
func (o *choosing) check(uncertainty bool, confidence float64) error {
	switch {
	case o.selectBy != "" && confidence <= 0.5:
		return &usage{"--select needs --confidence above 0.5: a coin would do as well", "write, for example, --confidence 0.95"}
	case o.selectBy == "" && o.indifference != 0:
		return &usage{"--indifference needs --select", "write, for example, --select net_cost --indifference 500"}
	case o.selectBy != "" && !(o.indifference > 0):
		return &usage{"--select needs --indifference above 0: the smallest difference that matters", "write, for example, --select net_cost --indifference 500"}
	case o.selectBy != "" && uncertainty:
		return &usage{"--select chooses by simulation error, and --uncertainty draws the inputs", "leave one of them out; an uncertainty run prints the share of draws in which an arm is better, and the value of information"}
	case len(o.front) == 1:
		return &usage{"--front needs two measures or more", "repeat it, for example --front first_response_h_mean[channel=portal] --front after_hours_min_per_clinician_week"}
	}
	var err error
	if o.selectBy != "" {
		if o.by, o.higher, err = directed("--select", o.selectBy); err != nil {
			return err
		}
	}
	for _, name := range o.front {
		row, higher, err := directed("--front", name)
		if err != nil {
			return err
		}
		o.rows, o.highs = append(o.rows, row), append(o.highs, higher)
	}
	return nil
}

// directed reads a measure that has a better direction.
func directed(flag, name string) (row sim.MeasureRow, higher bool, err error) {
	row, err = sim.MeasureNamed(name)
	if err != nil {
		return row, false, &usage{flag + ": " + err.Error(), "portalsim tables lists the measures"}
	}
	i := slices.IndexFunc(sim.Measures(), func(m sim.Measure) bool { return m.Name == row.Measure })
	m := sim.Measures()[i]
	if m.Better == sim.Neither {
		return row, false, &usage{flag + ": neither less nor more of " + row.Measure + " is better", "portalsim tables lists which way each measure is better"}
	}
	row.Unit = m.Unit
	return row, m.Better == sim.Higher, nil
}

// text returns the options that ask the same, with a space before them.
func (o *choosing) text() string {
	text := ""
	if o.selectBy != "" {
		text = " --select " + quoteForShell(o.selectBy) + " --indifference " + fmt.Sprint(o.indifference)
	}
	for _, name := range o.front {
		text += " --front " + quoteForShell(name)
	}
	return text
}

// alternatives returns the arms to choose from.
func (s *study) alternatives() []int {
	var arms []int
	for a := range s.arms {
		if !s.arms[a].Reference {
			arms = append(arms, a)
		}
	}
	return arms
}

// selection says which arm is the best by what there is; ok is false where nobody asks.
func (s *study) selection(c *experiment.Collection) (selected experiment.Selection, ok bool) {
	if s.selectBy == "" {
		return selected, false
	}
	return c.Select(s.by, s.higher, s.alternatives(), s.indifference, s.confidence), true
}

// choiceRows returns table choices; nil where nobody asks.
func (s *study) choiceRows(c *experiment.Collection) []sim.ChoiceRow {
	arms := s.alternatives()
	rows := make([]sim.ChoiceRow, len(arms))
	for i, a := range arms {
		rows[i] = sim.ChoiceRow{Point: sim.BasePoint, Arm: s.arms[a].Name}
	}
	selected, chosen := s.selection(c)
	if !chosen && s.front == nil {
		return nil
	}
	for i, a := range arms {
		r := &rows[i]
		if chosen {
			best, after := selected.Done && a == selected.Best, int32(selected.After)
			r.By, r.Indifference, r.Confidence, r.Best, r.Replications = s.selectBy, &s.indifference, &s.confidence, &best, &after
			if selected.Fell[i] > 0 {
				fell := int32(selected.Fell[i])
				r.Dropped = &fell
			}
		}
	}
	if s.front != nil {
		front, shares := c.Front(s.rows, s.highs, arms, resampling(s.seed, "front", 1000))
		for i := range rows {
			rows[i].Front, rows[i].OnFront, rows[i].FrontShare = strings.Join(s.front, " "), &front[i], &shares[i]
		}
	}
	return rows
}

// printChoice prints the best arm and the front.
func (s *study) printChoice(w io.Writer, c *experiment.Collection) {
	if selected, ok := s.selection(c); ok {
		s.printSelection(w, selected)
	}
	if s.front == nil {
		return
	}
	arms := s.alternatives()
	front, shares := c.Front(s.rows, s.highs, arms, resampling(s.seed, "front", 1000))
	fmt.Fprintf(w, "\nBettered by no other arm in all of %s (share of resampled replications)\n", strings.Join(s.front, ", "))
	for i, a := range arms {
		word := "no "
		if front[i] {
			word = "yes"
		}
		fmt.Fprintf(w, "  %s %s (%.0f %%)\n", word, s.called(a), 100*shares[i])
	}
}

func (s *study) printSelection(w io.Writer, selected experiment.Selection) {
	name := s.called
	fmt.Fprintf(w, "\nThe best of %s by %s, where %v %s is the smallest difference that matters (KN, on the same replications)\n", count(len(selected.Arms), "arm"), s.selectBy, s.indifference, s.by.Unit)
	switch {
	case selected.Best < 0:
		fmt.Fprintf(w, "  none settles\n")
	case selected.Done && len(selected.Left) > 1:
		fmt.Fprintf(w, "  %s: alike to less than that after %d replications\n", joinArms(selected.Left, name), selected.After)
	case selected.Done:
		fmt.Fprintf(w, "  %s, with confidence %.0f %%, after %d replications\n", name(selected.Best), 100*s.confidence, selected.After)
	default:
		fmt.Fprintf(w, "  not decided after %d replications; still in: %s (%s leads); up to %d may be needed\n", selected.After, joinArms(selected.Left, name), name(selected.Best), selected.Most)
	}
	for i, a := range selected.Arms {
		switch {
		case selected.Absent[i]:
			fmt.Fprintf(w, "  %s is left out: it never settles, or has no such measure in some replication\n", name(a))
		case selected.Fell[i] > 0:
			fmt.Fprintf(w, "  %s is out after %d\n", name(a), selected.Fell[i])
		}
	}
}

func joinArms(arms []int, name func(int) string) string {
	var names []string
	for _, a := range arms {
		names = append(names, name(a))
	}
	return strings.Join(names, ", ")
}
