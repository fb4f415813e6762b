package main

import (
	"fmt"
	"io"
	"math"
	"slices"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// printUrgentPairs prints what an arm does to truly urgent content, contact by contact: the harms to set beside the
// minutes saved.
func printUrgentPairs(w io.Writer, s *study, c *experiment.Collection, arm int) {
	look, ok := c.Urgent(arm, experiment.UrgentLook, s.confidence)
	if !ok {
		return
	}
	restricted := ""
	if look.Restricted {
		restricted = " (restricted: some had no look)"
	}
	fmt.Fprintf(w, "  Harm to look for first: truly urgent content, same contacts, any channel\n    clinical look after %.2f to %.2f h   difference %s h %s%s\n",
		look.ControlMean, look.ArmMean, signed(look.Change.Mean, 2), between(look.Change.Interval(), 2), restricted)
	delayed, _ := c.Urgent(arm, experiment.UrgentDelay, s.confidence)
	pushed, _ := c.Urgent(arm, experiment.UrgentPushed, s.confidence)
	late, _ := c.Urgent(arm, experiment.UrgentLate, s.confidence)
	fmt.Fprintf(w, "    delayed %.1f %%; pushed beyond %.0f h %.1f %% %s (beyond it in all %.1f to %.1f %%); silenced %.2f a week\n",
		100*delayed.ArmMean, s.arms[0].Scenario.Limits.UrgentSafety.Hours(), 100*pushed.ArmMean, percents(pushed.Change), 100*late.ControlMean, 100*late.ArmMean,
		c.Mean(arm, experiment.Of("silenced_urgent_n"))/weeks(s))
}

// percents writes the interval of a share that cannot be negative.
func percents(e experiment.Estimate) string {
	i := e.Interval()
	if math.IsNaN(i.Low) {
		return "unknown"
	}
	return fmt.Sprintf("[%.1f, %.1f]", 100*max(0, i.Low), 100*max(0, i.High))
}

// printTriage prints how well triage tells what is truly urgent, where it errs.
func printTriage(w io.Writer, s *study, c *experiment.Collection, arm int) {
	errs := func(m *sim.Scenario) bool {
		return slices.ContainsFunc(m.Pools, func(p sim.Pool) bool { return p.Triage != nil })
	}
	if !errs(s.arms[0].Scenario) && !errs(s.arms[arm].Scenario) {
		return
	}
	mean := func(a int, measure string) float64 { return c.Mean(a, experiment.Of(measure)) }
	fmt.Fprintf(w, "  Triage, sensitivity %.0f to %.0f %%, predictive value %.0f to %.0f %%; truly urgent content missed %.2f to %.2f a week, false alarms %.2f to %.2f\n",
		100*mean(0, "triage_sensitivity"), 100*mean(arm, "triage_sensitivity"), 100*mean(0, "triage_predictive_value"), 100*mean(arm, "triage_predictive_value"),
		mean(0, "triage_missed_n")/weeks(s), mean(arm, "triage_missed_n")/weeks(s), falseAlarms(c, 0)/weeks(s), falseAlarms(c, arm)/weeks(s))
	fmt.Fprintf(w, "    the declared type, sensitivity %.0f to %.0f %%, predictive value %.0f to %.0f %%\n",
		100*mean(0, "urgent_declared_sensitivity"), 100*mean(arm, "urgent_declared_sensitivity"),
		100*mean(0, "urgent_declared_predictive_value"), 100*mean(arm, "urgent_declared_predictive_value"))
}

// falseAlarms returns the threads taken for urgent that are not.
func falseAlarms(c *experiment.Collection, arm int) float64 {
	return c.Mean(arm, experiment.Of("triage_urgent_n")) - c.Mean(arm, experiment.Of("triage_urgent_true_n"))
}
