package main

import (
	"errors"
	"fmt"
	"strings"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// nearLimit is the share of a limit from which on a point is looked at closely. What each factor does by itself is
// multiplied for it, which is right within a factor of some two; assumed, with room to spare.
const nearLimit = 0.1

// tooLargePoints returns a line for each point of which a replication is expected to take more than the budget, and
// whether it is the events of the first that are too many. Only points that come near a limit are composed.
func (w *sweep) tooLargePoints(b sim.Budget) (lines []string, events bool) {
	if b.Events == 0 && b.Bytes == 0 {
		return nil, false
	}
	costs := w.costsByFactor()
	var sizes []sim.Size
	for _, a := range w.study.Standing {
		sizes = append(sizes, sim.Expect(a.Model, sim.Options{Contacts: true}))
	}
	for p := range w.study.Points() {
		if !costs.near(p, sizes, b) {
			continue
		}
		if broken, large := w.affordPoint(p, b); large != nil {
			events = events || lines == nil && large.Events()
			lines = append(lines, fmt.Sprintf("%s: arm %s: %v", w.pointText(p), broken.Arm, large))
		}
	}
	return lines, events
}

// near tells whether an arm at a point may come near a limit.
func (f *factorCosts) near(p int, sizes []sim.Size, b sim.Budget) bool {
	for a, size := range sizes {
		ratio := f.of(p, a) / max(f.base[a], leastCost)
		if b.Events > 0 && !(ratio*size.Events < nearLimit*float64(b.Events)) || b.Bytes > 0 && !(ratio*size.Bytes < nearLimit*float64(b.Bytes)) {
			return true
		}
	}
	return false
}

// affordPoint returns the first arm at a point that is expected to take more than the budget, or nil.
func (w *sweep) affordPoint(p int, b sim.Budget) (broken *experiment.ArmError, large *experiment.TooLarge) {
	arms, err := w.study.Compose(p)
	if err != nil {
		return nil, nil // the point fails by itself
	}
	for _, c := range w.cells(arms) {
		err := experiment.Afford(c.arms, 0, experiment.Options{Outgrown: true, Budget: b})
		if errors.As(err, &broken) && errors.As(err, &large) {
			return broken, large
		}
	}
	return nil, nil
}

// afford refuses a study of which points are expected to take more than a limit, with all of them. Said outright,
// --keep-going runs the others.
func (w *sweep) afford(b sim.Budget) error {
	if w.keepGoing && w.keepGoingSaid {
		return nil
	}
	lines, events := w.tooLargePoints(b)
	if lines == nil {
		return nil
	}
	text := fmt.Sprintf("of %s, %d would take more than a limit:\n  %s\nnothing was run", count(w.study.Points(), "point"), len(lines), someLines(lines))
	return &tooLarge{errors.New(text), w.limits.wayOut(events) + "; " + estimated + "; --keep-going runs the other points"}
}

// someLines lists points, one on a line.
func someLines(lines []string) string {
	text := strings.Join(lines[:min(len(lines), mostListed)], "\n  ")
	if more := len(lines) - mostListed; more > 0 {
		text += fmt.Sprintf("\n  and %d more", more)
	}
	return text
}

// planLimits warns of points that are too large.
func (w *sweep) planLimits() string {
	lines, _ := w.tooLargePoints(w.budget(w.jobs))
	if lines == nil {
		return ""
	}
	return fmt.Sprintf("Too large: %d of %s, which sweep refuses, unless --max-events or --max-memory says otherwise:\n  %s\n", len(lines), count(w.study.Points(), "point"), someLines(lines))
}
