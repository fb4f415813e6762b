package main

import (
	"fmt"
	"io"
	"slices"
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

// printContacts prints the contacts that patients are expected to make in a week.
func printContacts(w io.Writer, s *sim.Scenario) {
	list, whole := "", 0.0
	for k := range s.Types {
		contacts := 0.0
		byChannel := sim.WeeklyContacts(s, k)
		for _, x := range byChannel {
			contacts += x
		}
		whole += contacts
		if contacts > 0 {
			list += fmt.Sprintf(", %s %.1f (%.1f by the portal)", s.Types[k].Name, contacts, byChannel[0])
		}
	}
	if whole > 0 {
		fmt.Fprintf(w, "  contacts a week, expected: %s\n", strings.TrimPrefix(list, ", "))
	}
}

// overloads returns a remark for each arm that is offered more work than its staff have time for.
func (s *study) overloads() []string {
	var list []string
	for _, a := range s.arms {
		for _, l := range overloaded(a.Scenario) {
			list = append(list, fmt.Sprintf("arm %s never settles%s: %s is offered %.1f h of work a week for %.1f staffed h, so that its backlog grows without end", a.Name, underUsualCare(a.Scenario), strings.Join(l.Pools, ", "), l.Offered, l.Capacity))
		}
	}
	return list
}

// overloaded returns the groups of pools that are offered more work than their staff have time for.
func overloaded(s *sim.Scenario) []sim.Load {
	return slices.DeleteFunc(sim.Loads(s), func(l sim.Load) bool { return l.Offered == 0 || l.Ratio() <= 1 })
}

// underUsualCare says that the loads of a scenario leave out what its campaigns do, where they do.
func underUsualCare(s *sim.Scenario) string {
	if slices.ContainsFunc(s.Campaigns, func(c sim.Campaign) bool { return !c.CountsInLoads() }) {
		return " under usual care"
	}
	return ""
}

// overworked warns beside an answer of its arms that are offered more work than their staffed time, where the run was too
// short to see the backlog grow without end.
func (s *study) overworked(c *experiment.Collection, arms ...int) []string {
	var list []string
	for _, a := range arms {
		if c.NeverSettles(a) {
			continue // said elsewhere
		}
		var groups []string
		for _, l := range overloaded(s.arms[a].Scenario) {
			groups = append(groups, fmt.Sprintf("%s: load %.2f", strings.Join(l.Pools, ", "), l.Ratio()))
		}
		if groups != nil {
			list = append(list, fmt.Sprintf("Not a long-run average: %s is offered more work%s than its staffed time (%s)", s.called(a), underUsualCare(s.arms[a].Scenario), strings.Join(groups, "; ")))
		}
	}
	return list
}

func (s *study) printOverloads(w io.Writer, c *experiment.Collection, arms ...int) {
	for _, text := range s.overworked(c, arms...) {
		fmt.Fprintf(w, "  %s\n", text)
	}
}

// notes are the remarks that stand beside the results in files: in the manifest, and so in the report, and in JSON.
func (s *study) notes(c *experiment.Collection) []string {
	return append(s.remarks(), s.overworked(c, s.alternatives()...)...)
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
