package main

import (
	"fmt"
	"io"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// sweepChoice finds the best of all arms at all points; nil where the study does not ask.
type sweepChoice struct {
	w          *sweep
	measure    int         // among those of interest
	confidence float64     // as promised
	names      [][2]string // by alternative: point and arm
	values     [][]float64 // by alternative and replication; nil where absent
	fewest     int         // replications that all points have
}

func newSweepChoice(w *sweep) *sweepChoice {
	measure, confidence := w.study.Choice()
	if measure < 0 {
		return nil
	}
	return &sweepChoice{w: w, measure: measure, confidence: confidence, fewest: w.study.Replications()}
}

// add keeps a point's values; c is nil for a point that failed.
func (s *sweepChoice) add(p int, c *experiment.Collection) {
	for a, arm := range s.w.study.Standing {
		s.names = append(s.names, [2]string{s.w.study.ID(p), arm.Name})
		if c == nil {
			s.values = append(s.values, nil)
			continue
		}
		s.fewest = min(s.fewest, c.Replications())
		s.values = append(s.values, c.Chosen(a, s.w.interest[s.measure].Row))
	}
}

// choose chooses by the replications that all points have.
func (s *sweepChoice) choose() experiment.Selection {
	higher := s.w.study.Interest[s.measure].Better == sim.Higher
	return experiment.Choose(s.values, s.fewest, higher, s.w.study.File.Select.Indifference.Value, s.confidence)
}

// tell writes into rows of table choices, one for each alternative, what became of it.
func (s *sweepChoice) tell(rows []sim.ChoiceRow) {
	selected := s.choose()
	for i := range rows {
		best, after := selected.Done && i == selected.Best, int32(selected.After)
		r := &rows[i]
		r.By, r.Indifference, r.Confidence = s.w.study.File.Select.Measure, &s.w.study.File.Select.Indifference.Value, &s.confidence
		r.Best, r.Replications = &best, &after
		if selected.Fell[i] > 0 {
			fell := int32(selected.Fell[i])
			r.Dropped = &fell
		}
	}
}

// choiceRows returns table choices: every arm at every point, where the study asks for the best or has a front.
func (a *sweepAnswer) choiceRows() []sim.ChoiceRow {
	if a.choice == nil && a.front == nil {
		return nil
	}
	var rows []sim.ChoiceRow
	for p := range a.w.study.Points() {
		for arm, standing := range a.w.study.Standing {
			row := sim.ChoiceRow{Point: a.w.study.ID(p), Arm: standing.Name}
			if a.front != nil {
				row.Front = a.w.study.FrontNames()
				row.OnFront, row.FrontShare = a.front.of(p, arm)
			}
			rows = append(rows, row)
		}
	}
	if a.choice != nil {
		a.choice.tell(rows)
	}
	return rows
}

// print prints the best, or those that may be.
func (s *sweepChoice) print(w io.Writer) {
	selected := s.choose()
	name := func(i int) string { return s.names[i][1] + " at " + s.names[i][0] }
	fmt.Fprintf(w, "\nThe best of %d by %s, where %v %s is the smallest difference that matters (KN, on the same replications)\n",
		len(s.names), s.w.study.File.Select.Measure, s.w.study.File.Select.Indifference.Value, s.w.interest[s.measure].Row.Unit)
	var left []string
	for _, i := range selected.Left {
		left = append(left, name(i))
	}
	switch {
	case selected.Best < 0:
		fmt.Fprintf(w, "  none settles\n")
	case selected.Done && len(left) > 1:
		fmt.Fprintf(w, "  alike to less than that after %d replications: %s\n", selected.After, someOf(left, ", "))
	case selected.Done:
		fmt.Fprintf(w, "  %s, with confidence %.0f %%, after %d replications\n", name(selected.Best), 100*s.confidence, selected.After)
	default:
		fmt.Fprintf(w, "  not decided after %d replications; still in: %s (%s leads); raise replications: up to %d may be needed\n", selected.After, someOf(left, ", "), name(selected.Best), selected.Most)
	}
}
