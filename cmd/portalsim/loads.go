package main

import (
	"fmt"
	"io"
	"strings"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// printLoads prints the work offered to each group of pools against the time of those who serve it.
func printLoads(w io.Writer, s *sim.Scenario) {
	for _, l := range sim.Loads(s) {
		if l.Offered == 0 {
			continue
		}
		verdict := ""
		if l.Ratio() > 1 {
			verdict = "   grows without end"
		}
		fmt.Fprintf(w, "  %-40s %6.1f h of work for %6.1f staffed h a week: load %.2f%s\n", strings.Join(l.Pools, ", "), l.Offered, l.Capacity, l.Ratio(), verdict)
	}
}

// overloads returns a remark for each arm that is offered more work than its staff have time for.
func (s *study) overloads() []string {
	var list []string
	for _, a := range s.arms {
		for _, l := range sim.Loads(a.Scenario) {
			if l.Offered > 0 && l.Ratio() > 1 {
				list = append(list, fmt.Sprintf("arm %s never settles: %s is offered %.1f h of work a week for %.1f staffed h, so that its backlog grows without end", a.Name, strings.Join(l.Pools, ", "), l.Offered, l.Capacity))
			}
		}
	}
	return list
}

// neverSettling is the end of a study in which an arm's backlog grew without end.
type neverSettling struct{ arms []string }

func (e *neverSettling) Error() string {
	return "finished, but " + strings.Join(e.arms, ", ") + " never settled and was left out of the averages"
}

// unsettled returns an error that names the arms whose backlog grew without end, or nil.
func (s *study) unsettled(c *experiment.Collection) error {
	var arms []string
	for a := range s.arms {
		if n := c.UnsettledDraws(a); n > 0 {
			arms = append(arms, fmt.Sprintf("%s under %d of %d draws (%s)", s.arms[a].Name, n, c.Draws(), strings.Join(c.Grew(a), ", ")))
			continue
		}
		if pools := c.Unsettled(a); len(pools) > 0 {
			arms = append(arms, fmt.Sprintf("%s (%s)", s.arms[a].Name, strings.Join(pools, ", ")))
		}
	}
	if arms == nil {
		return nil
	}
	return &neverSettling{arms}
}
