package report

import (
	"fmt"
	"math"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// eveningWeeks shows how after-hours minutes vary from week to week, against the threshold of heavy weeks.
func eveningWeeks(s *Study) *Figure {
	limit := s.control().Scenario.Limits.AfterHoursPerFTEWeek
	f := &Figure{
		ID:    "evening-weeks",
		Title: fmt.Sprintf("After-hours minutes of a clinician in a week, against %s a week and full-time equivalent", number(limit.Minutes())+" minutes"),
		Keys:  append([]Key{{"whisker", "from the lightest tenth of weeks to the heaviest tenth"}, {"median", "half of the weeks are lighter"}, {"limit", "threshold"}}, armKeys(s.asked())...),
		Table: Table{Head: []string{"clinician", "arm", "10 %", "25 %", "50 %", "75 %", "90 %", "threshold", "weeks above it"}},
	}
	var rows []spread
	for n, m := range s.clinicians() {
		for i, a := range s.asked() {
			weeks := s.evenings.of(a.Name, m.name)
			if len(weeks) == 0 {
				continue
			}
			r := spread{group: m.name, name: a.called(), class: armClass(i), limit: fteOf(&a, m.name) * limit.Minutes()}
			cells := []string{short(m.name), a.called()}
			quantiles := stats.Quantiles(weeks, spreadShares[:])
			for q := range spreadShares {
				r.q[q] = quantiles[q]
				cells = append(cells, minutes(r.q[q]))
			}
			heavy := s.measured(a.Name, "after_hours_heavy_week_share", sim.All, m.role, m.name)
			share := math.NaN()
			if heavy != nil {
				share = orNaN(heavy.Mean)
			}
			f.Table.add(append(cells, minutes(r.limit), percentOrWithheld(share))...)
			if n < mostMembers {
				rows = append(rows, r)
			}
		}
	}
	if rows == nil {
		return nil
	}
	for _, a := range s.asked() {
		if x := s.mean(a.Name, "after_hours_heavy_week_share"); !math.IsNaN(x) {
			f.Reading += fmt.Sprintf("%s: %s of clinician-weeks are above the threshold. ", a.called(), percent(x))
		}
	}
	f.Reading += "The threshold comes from the scenario; it marks heavy weeks and does not measure burnout."
	f.draw("", f.Title+". "+f.Reading, fixed(spreadHeight(rows)), func(c *canvas) {
		paintSpreads(c, rows, stepOfMinutes, "after-hours minutes in a week", minutes)
	})
	return f
}

func fteOf(a *Arm, staff string) float64 {
	for i := range a.Scenario.Staff {
		if a.Scenario.Staff[i].Name == staff {
			return a.Scenario.Staff[i].FTE
		}
	}
	return math.NaN()
}

func minutes(x float64) string {
	if math.IsNaN(x) {
		return "unknown"
	}
	return number(math.Round(x*10)/10) + " min"
}

func percentOrWithheld(x float64) string {
	if math.IsNaN(x) {
		return "withheld"
	}
	return percent(x)
}
