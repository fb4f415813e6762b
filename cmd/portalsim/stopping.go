package main

import (
	"fmt"
	"io"

	"portalsim/sim/experiment"
)

// stopping is when replications suffice where their number is not given. Where 2 % is out of reach, the result says what
// was reached.
var stopping = experiment.Stopping{Share: 0.02, Most: 400}

// next returns how many replications to have at the next look; where one arm is to be chosen, that is what decides.
func (s *study) next(c *experiment.Collection) int {
	selected, asked := s.selection(c)
	switch {
	case !asked:
		return stopping.Next(c)
	case selected.Done:
		return c.Replications()
	}
	return stopping.More(c.Replications())
}

// printStopping says what the stopping rule did beyond its first look, and what that costs.
func (s *study) printStopping(w io.Writer, c *experiment.Collection) {
	if s.replications > 0 || s.drawing != nil {
		return
	}
	if precise, worst, ratio := c.Precise(stopping.Share); !precise {
		fmt.Fprintf(w, "After %s the half-width of %s is still %.1f %% of the control's mean; 2 %% was aimed at.\n", count(c.Replications(), "replication"), worst, 100*ratio)
	}
	if c.Replications() > experiment.Stage(0) {
		fmt.Fprintln(w, "Replications were added by a rule that looks at the data: 95 % intervals then hold in 94 to 95 studies of 100 (docs/coverage.md).")
	}
}
