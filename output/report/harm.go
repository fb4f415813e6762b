package report

import (
	"fmt"
	"math"
	"strings"

	"portalsim/sim"
)

// urgentDifference shows the harm to look for first: whether truly urgent content is looked at later.
func urgentDifference(s *Study) *Figure {
	limit := number(s.control().Scenario.Limits.UrgentSafety.Hours())
	var notes []string
	for _, a := range s.asked()[1:] {
		share := func(measure string) float64 {
			if r := s.compared(a.Name, measure, byContact); r != nil {
				return orNaN(r.Mean)
			}
			return math.NaN()
		}
		if delayed, pushed := share("urgent_delayed_share"), share("urgent_pushed_late_share"); !math.IsNaN(delayed) && !math.IsNaN(pushed) {
			notes = append(notes, fmt.Sprintf("%s delays %s of truly urgent contacts, pushes %s beyond %s h that were within it, and keeps %s truly urgent needs a week from becoming a contact.",
				capital(a.called()), percent(delayed), percent(pushed), limit, number(s.mean(a.Name, "silenced_urgent_n")/s.weeksMeasured())))
		}
	}
	notes = append(notes, "By any channel; only contacts that are threads in both arms enter, each against itself, and looks that never came as long as observed.")
	return s.forest("urgent-difference", "How much sooner or later somebody clinical looks at truly urgent content", "urgent_look_h_mean", byContact,
		"difference in time to a clinical look, h", "← sooner", "later →", strings.Join(notes, " "))
}

// costDifference shows what an arm costs more or less, with all that the scenario puts a price on.
func costDifference(s *Study) *Figure {
	if x := s.mean(s.control().Name, "net_cost"); math.IsNaN(x) || x == 0 {
		return nil // no unit costs
	}
	var notes []string
	for _, a := range s.asked()[1:] {
		if r := s.compared(a.Name, "cost", byReplication); r != nil && r.Difference != nil {
			notes = append(notes, fmt.Sprintf("Of it, staff, interventions and service of %s cost %s %s.", a.called(), signedDecimals(*r.Difference, 0), s.currency))
		}
	}
	notes = append(notes, "Net cost puts the scenario's weights on evenings, waits, late urgent content and lost visits; nearly all of them are assumptions.")
	return s.forest("cost-difference", fmt.Sprintf("What it costs more or less in %.0f weeks, with what the scenario gives a price", s.weeksMeasured()), "net_cost", byReplication,
		"difference in net cost, "+s.currency, "← gain", "loss →", strings.Join(notes, " "))
}

func (s *Study) weeksMeasured() float64 {
	return float64(s.control().Scenario.Measure) / float64(sim.Week)
}
