package report

import (
	"fmt"
	"math"

	"portalsim/sim"
)

// inputDrivers shows which inputs drive the headline differences of an uncertainty run.
func inputDrivers(measure, id, title string) func(*Study) *Figure {
	return func(s *Study) *Figure {
		f := &Figure{ID: id, Title: title, Keys: ranks.keys, Table: Table{Head: []string{"arm", "input", "rank correlation", "partial rank correlation", "p (Holm)"}}}
		for _, a := range s.asked()[1:] {
			var bars []bar
			all := 0
			for i := range s.drivers {
				r := &s.drivers[i]
				if r.Arm != a.Name || r.Measure != measure {
					continue
				}
				if all++; all <= mostRows {
					f.Table.add(s.called(r.Arm), short(r.Input), signedDecimals(r.Rank, 2), signedDecimals(orNaN(r.Partial), 2), probability(orNaN(r.PHolm)))
				}
				if r.Partial != nil && len(bars) < mostDrivers {
					bars = append(bars, rankBar(short(r.Input), r.Partial, r.PHolm))
				}
			}
			if bars == nil {
				continue
			}
			reading := fmt.Sprintf("%s: most with %s (%s). ", capital(a.called()), bars[0].name, bars[0].words)
			f.Reading += reading
			f.draw(a.called(), f.Title+". "+reading, func(width float64) float64 { return barsHeight(bars, width) }, func(c *canvas) {
				paintBars(c, bars, ranks.axis, ranks.beyond...)
			})
		}
		if f.Panels == nil {
			return nil
		}
		f.Reading += fmt.Sprintf("To the right: the larger the input, the larger the difference. At most %d inputs an arm are drawn; a correlation is not a size.", mostDrivers)
		return f
	}
}

// informationFigure shows what knowing the inputs would be worth to whoever chooses an arm.
func informationFigure(s *Study) *Figure {
	if len(s.worth) == 0 {
		return nil
	}
	unit := s.currency + " per clinic and " + number(s.weeksMeasured()) + " weeks"
	f := &Figure{ID: "information", Title: "What knowing an input before choosing would be worth at most", Keys: []Key{{"end end0", "expected value of perfect information"}, {"error", "2 standard errors"}},
		Table: Table{Head: []string{"input", unit, "standard error", "for " + number(s.worth[0].Clinics) + " clinics over " + number(s.worth[0].Horizon) + " weeks, " + s.currency}}}
	var bars []bar
	for i, r := range s.worth {
		name := short(r.Input)
		if name == sim.All {
			name = "all inputs"
		}
		if i < mostRows {
			f.Table.add(name, number(r.Value), number(r.Error), number(r.Scaled))
		}
		if i < mostDrivers && (r.Value > 0 || i == 0) {
			words := number(r.Value) + " ± " + number(r.Error) + " " + s.currency
			bars = append(bars, bar{name, words, []strip{{"end end0", r.Value, max(0, r.Value-2*r.Error), r.Value + 2*r.Error, name + ": " + words}}, math.NaN()})
		}
	}
	f.Reading = fmt.Sprintf("As things are known, %s has the largest net benefit. Knowing all inputs before choosing would be worth %s; an input whose knowledge would not change the choice is worth nothing, however uncertain it is. ",
		s.called(s.worth[0].Best), bars[0].words)
	f.Reading += fmt.Sprintf("An upper bound on the worth of a study, by regression, which explains %s of the variance of net benefit; it rests on the scenario's prices and on the ranges of the inputs.", percent(s.worth[0].Explained))
	f.draw("", f.Title+". "+f.Reading, func(width float64) float64 { return barsHeight(bars, width) }, func(c *canvas) { paintBars(c, bars, unit) })
	return f
}
