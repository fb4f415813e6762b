package main

import (
	"fmt"
	"io"
	"slices"

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
}

func newSweepChoice(w *sweep, outcomes []outcome) *sweepChoice {
	measure, confidence := w.study.Choice()
	if measure < 0 {
		return nil
	}
	s := &sweepChoice{w: w, measure: measure, confidence: confidence}
	for p := range outcomes {
		for a, arm := range w.study.Standing {
			s.names = append(s.names, [2]string{w.study.ID(p), arm.Name})
			var values []float64
			if outcomes[p].hasResults() {
				values = outcomes[p].choosing[a]
			}
			s.values = append(s.values, values)
		}
	}
	return s
}

// choosing returns the values that the best is chosen by, by arm; nil where the study does not ask.
func (w *sweep) choosing(c *experiment.Collection) [][]float64 {
	measure, _ := w.study.Choice()
	if measure < 0 {
		return nil
	}
	var values [][]float64
	for a := range w.study.Standing {
		values = append(values, c.Chosen(a, w.interest[measure].Row))
	}
	return values
}

// choose chooses by the replications that there are.
func (s *sweepChoice) choose() experiment.Selection {
	higher := s.w.study.Interest[s.measure].Better == sim.Higher
	return experiment.Choose(s.values, higher, s.w.study.File.Select.Indifference.Value, s.confidence)
}

// undecided returns the points that need more replications before the best is told from the others, and how many: those
// of all alternatives left get as many as the next look asks for. It returns none where the best is known, where the
// study gives a number of replications, or where the cap is reached.
func (w *sweep) undecided(outcomes []outcome) (points []int, replications int) {
	choice := newSweepChoice(w, outcomes)
	if choice == nil || w.study.File.Replications != nil {
		return nil, 0
	}
	selected := choice.choose()
	replications = experiment.Stage(selected.After)
	if selected.Done || replications > w.study.Replications() {
		return nil, 0
	}
	for _, i := range selected.Left {
		p := i / len(w.study.Standing)
		if outcomes[p].replications < replications && !slices.Contains(points, p) {
			points = append(points, p)
		}
	}
	return points, replications
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
	name := func(i int) string { return s.w.called(s.names[i][1]) + " at " + s.names[i][0] }
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
		fmt.Fprintf(w, "  not decided after %d replications; still in: %s (%s leads); raise %s: up to %d may be needed\n", selected.After, someOf(left, ", "), name(selected.Best), s.limit(), selected.Most)
	}
}

// limit names what bounds the replications.
func (s *sweepChoice) limit() string {
	if s.w.study.Open() {
		return "precision.at_most or --at-most"
	}
	return "replications"
}
