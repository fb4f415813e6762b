package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"portalsim/sim"
)

// What drives the results of a study: of each design the figure that it can honestly give. One factor at a time, a tornado
// diagram; from Saltelli points, shares of the variance; from Morris trajectories, elementary effects; from points spread
// over all factors, partial rank correlations.

// mostDrivers is how many factors are drawn, the strongest first; the table has all.
const mostDrivers = 12

// method is how a design's table sensitivity is shown.
type method struct {
	title, axis string // of what %s varies
	keys        []Key
	head        []string
	reading     string
	beyond      []float64 // what the axis holds in any case
	strength    func(*sim.SensitivityRow) *float64
	bar         func(*Sweep, *sim.SensitivityRow, result) bar
	cells       func(*Sweep, *sim.SensitivityRow, result) []string
}

// methods by the word in column method.
var methods = map[string]*method{"one-at-a-time": &tornado, "sobol": &variance, "morris": &elementary, "rank correlation": &ranks} // looked up, never walked

// drivers shows, for each measure, what drives it in each arm.
func (s *Sweep) drivers() []*Figure {
	var figures []*Figure
	for g := range s.goals {
		var f *Figure
		for _, arm := range s.compared() {
			rows := s.sensitivityOf(result{arm, g})
			if len(rows) == 0 {
				continue
			}
			m := methods[rows[0].Method]
			if f == nil {
				f = &Figure{ID: fmt.Sprintf("drivers-%d", g+1), Title: fmt.Sprintf(m.title, s.words(g)), Keys: m.keys, Table: Table{Head: slices.Concat([]string{"factor"}, m.head)}}
				if len(s.arms) > 1 {
					f.Table.Head = append([]string{"arm"}, f.Table.Head...)
				}
			}
			s.drive(f, m, rows, result{arm, g})
		}
		if f != nil {
			f.Reading += methods[s.sensitivity[0].Method].reading
			figures = append(figures, f)
		}
	}
	return figures
}

// sensitivityOf returns the rows of a result that are about one factor, the strongest first.
func (s *Sweep) sensitivityOf(r result) []*sim.SensitivityRow {
	var list []*sim.SensitivityRow
	for i := range s.sensitivity {
		row := &s.sensitivity[i]
		at := sim.MeasureRow{Measure: row.Measure, Type: row.Type, Channel: row.Channel, Pool: row.Pool, Role: row.Role, Staff: row.Staff}
		if row.With == "" && row.Arm == s.arms[r.arm].Name && s.goals[r.goal].same(at) {
			list = append(list, row)
		}
	}
	slices.SortStableFunc(list, func(a, b *sim.SensitivityRow) int { return cmp.Compare(strength(b), strength(a)) })
	return list
}

// strength is what factors are ordered by; what is unknown comes last.
func strength(r *sim.SensitivityRow) float64 {
	x := methods[r.Method].strength(r)
	if x == nil {
		return -1
	}
	return math.Abs(*x)
}

// drive adds a result's panel, its rows of the table, and what it tells.
func (s *Sweep) drive(f *Figure, m *method, rows []*sim.SensitivityRow, r result) {
	var bars []bar
	for i, row := range rows {
		cells := append([]string{s.factorCalled(row.Factor)}, m.cells(s, row, r)...)
		if len(s.arms) > 1 {
			cells = append([]string{s.called(row.Arm)}, cells...)
		}
		f.Table.add(cells...)
		if i < mostDrivers && strength(row) >= 0 {
			bars = append(bars, m.bar(s, row, r))
		}
	}
	name := s.what(r)
	about := name
	if about != "" {
		about = capital(about) + ": "
	}
	if rows[0].Note == sim.NothingMoves {
		f.Reading += capital(about + sim.NothingMoves + ". ")
		return
	}
	if len(bars) == 0 {
		return
	}
	reading := fmt.Sprintf("%sthe strongest is %s (%s)", about, bars[0].name, bars[0].words)
	if len(bars) > 1 {
		reading += fmt.Sprintf(", then %s (%s)", bars[1].name, bars[1].words)
	}
	reading += ". "
	if more := len(rows) - len(bars); more > 0 {
		reading += fmt.Sprintf("%s more in the table. ", count(more, "factor"))
	}
	if note := rows[0].Note; note != "" {
		reading += "Note: " + note + ". "
	}
	if noise := rows[0].Noise; noise != nil && *noise > 0 {
		reading += fmt.Sprintf("Chance between replications makes %s of the variance. ", percent(*noise))
	}
	f.Reading += capital(reading)
	axis := m.axis
	if m == &tornado || m == &elementary {
		axis = fmt.Sprintf(axis, s.axisOf(r))
	}
	f.draw(name, f.Title+". "+capital(reading)+m.reading, func(width float64) float64 { return barsHeight(bars, width) }, func(c *canvas) {
		paintBars(c, bars, axis, m.beyond...)
	})
}

// tornado shows the change of a result as each factor goes to its low and its high end alone.
var tornado = method{
	title: "What moves %s most, from each factor's low end to its high end",
	axis:  "change of the %s",
	keys:  []Key{{"end end0", "factor at its low end"}, {"end end1", "factor at its high end"}, {"error", "95 % interval, simulation error"}},
	head:  []string{"at low", "change", "95 % interval", "at high", "change", "95 % interval", "width"},
	reading: "Bars are changes from the arms as they stand, with all other factors as they stand; two bars to one side mean that both ends move it alike. " +
		"What factors do together is not in it. A bar is as long as its range is wide: a short one may be a number that is well known.",
	strength: func(r *sim.SensitivityRow) *float64 { return r.Width },
	bar: func(s *Sweep, row *sim.SensitivityRow, r result) bar {
		low, high := s.ends(row.Factor)
		words := fmt.Sprintf("at %s: %s · at %s: %s", low, signedNumber(orNaN(row.Low)), high, signedNumber(orNaN(row.High)))
		return bar{s.factorCalled(row.Factor), words, []strip{
			{"end end0", orNaN(row.Low), orNaN(row.LowCI95Low), orNaN(row.LowCI95High), s.factorCalled(row.Factor) + " at " + low + ": " + signedNumber(orNaN(row.Low))},
			{"end end1", orNaN(row.High), orNaN(row.HighCI95Low), orNaN(row.HighCI95High), s.factorCalled(row.Factor) + " at " + high + ": " + signedNumber(orNaN(row.High))},
		}, math.NaN()}
	},
	cells: func(s *Sweep, row *sim.SensitivityRow, r result) []string {
		low, high := s.ends(row.Factor)
		n, m := digitsFor(orNaN(row.LowCI95Low), orNaN(row.LowCI95High)), digitsFor(orNaN(row.HighCI95Low), orNaN(row.HighCI95High))
		return []string{low, signedDecimals(orNaN(row.Low), n), between(row.LowCI95Low, row.LowCI95High, n),
			high, signedDecimals(orNaN(row.High), m), between(row.HighCI95Low, row.HighCI95High, m), number(orNaN(row.Width))}
	},
}

// ends writes a factor's low and high end; of a group, the words.
func (s *Sweep) ends(name string) (low, high string) {
	if f := s.factorOf(name); f != nil {
		return f.value(levelOf(f.Low)), f.value(levelOf(f.High))
	}
	return "low", "high"
}

// variance shows Sobol' indices.
var variance = method{
	title: "Which factors share out the variance of %s",
	axis:  "share of the variance over all points, %",
	keys:  []Key{{"end end0", "all that the factor does, with others too (total index)"}, {"answers", "what it does by itself (first-order index)"}, {"error", "95 % interval of the total index"}},
	head:  []string{"total index, ST", "± 95 %", "first-order index, S1", "± 95 %", "ST without noise", "S1 without noise"},
	reading: "Factors vary together over their ranges and beliefs; where the total index is well above the first-order one, a factor acts by way of others, and totals add up to more than 100 %. " +
		"A share of variance says what is worth knowing, not which way a factor moves the result.",
	beyond:   []float64{100},
	strength: func(r *sim.SensitivityRow) *float64 { return r.ST },
	bar: func(s *Sweep, row *sim.SensitivityRow, r result) bar {
		total, conf := 100*orNaN(row.ST), 100*orNaN(row.STConf)
		words := fmt.Sprintf("total %s, alone %s", percent(orNaN(row.ST)), percent(orNaN(row.S1)))
		return bar{s.factorCalled(row.Factor), words, []strip{{"end end0", total, total - conf, total + conf, s.factorCalled(row.Factor) + ": " + words}}, 100 * orNaN(row.S1)}
	},
	cells: func(s *Sweep, row *sim.SensitivityRow, r result) []string {
		return numbers(row.ST, row.STConf, row.S1, row.S1Conf, row.STClean, row.S1Clean)
	},
}

// elementary shows Morris's elementary effects.
var elementary = method{
	title: "Which factors move %s at all",
	axis:  "change of the %s, for a move over the factor's whole range",
	keys:  []Key{{"end end0", "mean size of the effect, mu*"}, {"answers", "its standard deviation, sigma"}, {"error", "95 % interval of mu*"}},
	head:  []string{"mean effect, mu", "mean size, mu*", "± 95 %", "sigma", "mu* without noise", "sigma without noise"},
	reading: "A screen: it finds the few factors that matter, before a design that takes them apart. " +
		"A sigma as large as mu* means that the effect bends or depends on other factors; mu near mu* or its negative, that it goes one way.",
	strength: func(r *sim.SensitivityRow) *float64 { return r.MuStar },
	bar: func(s *Sweep, row *sim.SensitivityRow, r result) bar {
		size, conf := orNaN(row.MuStar), orNaN(row.MuStarConf)
		words := fmt.Sprintf("mu* %s, mu %s, sigma %s", number(size), number(orNaN(row.Mu)), number(orNaN(row.Sigma)))
		return bar{s.factorCalled(row.Factor), words, []strip{{"end end0", size, size - conf, size + conf, s.factorCalled(row.Factor) + ": " + words}}, orNaN(row.Sigma)}
	},
	cells: func(s *Sweep, row *sim.SensitivityRow, r result) []string {
		return numbers(row.Mu, row.MuStar, row.MuStarConf, row.Sigma, row.MuStarClean, row.SigmaClean)
	},
}

// ranks shows partial rank correlations.
var ranks = method{
	title: "Which factors go with %s, the effect of the others taken out",
	axis:  "partial rank correlation",
	keys:  []Key{{"end end0", "told from 0 (p below 0.05 after Holm)"}, {"end unclear", "not told from 0"}},
	head:  []string{"partial rank correlation", "p (Holm)"},
	reading: "To the right: the larger the factor, the larger the result. It tells direction and order where effects go one way; an effect that turns round within the range can look like none, " +
		"and the curves below would show it. A correlation is not a size.",
	beyond:   []float64{-1, 1},
	strength: func(r *sim.SensitivityRow) *float64 { return r.Partial },
	bar: func(s *Sweep, row *sim.SensitivityRow, r result) bar {
		return rankBar(s.factorCalled(row.Factor), row.Partial, row.PHolm)
	},
	cells: func(s *Sweep, row *sim.SensitivityRow, r result) []string {
		return []string{signedDecimals(orNaN(row.Partial), 2), probability(orNaN(row.PHolm))}
	},
}

// rankBar is a rank correlation, hollow where it is not told from 0.
func rankBar(name string, partial, p *float64) bar {
	class := "end end0"
	if !(orNaN(p) < 0.05) {
		class = "end unclear"
	}
	words := fmt.Sprintf("%s, %s", signedDecimals(orNaN(partial), 2), probability(orNaN(p)))
	return bar{name, words, []strip{{class, orNaN(partial), math.NaN(), math.NaN(), name + ": " + words}}, math.NaN()}
}

// probability writes a p-value.
func probability(p float64) string {
	if p < 1e-4 {
		return "p below 0.0001"
	}
	return "p " + number(p)
}

// numbers writes numbers that may be unknown.
func numbers(list ...*float64) []string {
	var cells []string
	for _, x := range list {
		cells = append(cells, number(orNaN(x)))
	}
	return cells
}
