package report

import (
	"fmt"
	"math"
	"slices"

	"portalsim/sim/stats"
)

// stretch is how many weeks are taken together where there are enough of them: single weeks are noisy.
const stretch = 4

// educationOverTime shows the strength of education and what becomes of messages and evenings, week by week.
func educationOverTime(s *Study) *Figure {
	var strengths, messages, evenings []series
	f := &Figure{
		ID: "education-over-time", Title: "Education's strength over time, and the change in messages and evenings with it",
		Table: Table{Head: []string{"arm", "weeks", "strength", "portal messages a week, change", "95 % interval", "after-hours minutes a week, change", "95 % interval"}},
	}
	for i, a := range s.asked() {
		weeks, control := s.weeksOf(a.Name), s.weeksOf(s.control().Name)
		if len(weeks) == 0 || weeks[0].strength == nil || i == 0 || len(control) != len(weeks) {
			continue
		}
		strength := series{class: curveClass(i), name: a.called()}
		message, minute := strength, strength
		for from := 0; from < len(weeks); from += stretchOf(len(weeks)) {
			to := min(from+stretchOf(len(weeks)), len(weeks))
			at := float64(from+to) / 2
			mean := 0.0
			for _, w := range weeks[from:to] {
				mean += *w.strength / float64(to-from)
			}
			strength.add(at, 100*mean, math.NaN(), math.NaN())
			change, interval := changeIn(weeks[from:to], control[from:to], func(w *weekOfArm) []float64 { return w.portal })
			message.add(at, change, interval.Low, interval.High)
			minutesLess, around := changeIn(weeks[from:to], control[from:to], func(w *weekOfArm) []float64 { return w.evening })
			minute.add(at, minutesLess, around.Low, around.High)
			f.Table.add(a.called(), fmt.Sprintf("%d to %d", from+1, to), percent(mean), signedDecimals(change, 1), interval2(interval), signedDecimals(minutesLess, 1), interval2(around))
		}
		strengths, messages, evenings = append(strengths, strength), append(messages, message), append(evenings, minute)
		f.Keys = append(f.Keys, Key{curveClass(i), a.called()})
		last := strength.y[len(strength.y)-1]
		f.Reading += fmt.Sprintf("%s: strength %s at most and %s in the last weeks, averaged over all patients, reached or not. ", capital(a.called()), percent(slices.Max(strength.y)/100), percent(last/100))
	}
	if strengths == nil {
		return nil
	}
	f.Keys = append(f.Keys, Key{"band", "95 % interval of each point over replications"})
	f.Reading += "Points are means of a few weeks, replication by replication against the control; how fast it fades is an assumption."
	for _, p := range []struct {
		name, unit string
		list       []series
	}{
		{"Strength of education", "%", strengths}, {"Portal messages a week, change against the control", "messages", messages},
		{"After-hours minutes per clinician and week, change against the control", "min", evenings},
	} {
		f.draw(p.name, p.name+". "+f.Reading, fixed(190), func(c *canvas) {
			paintCurves(c, p.list, plane{unit: p.unit, xTitle: "weeks from the start of the measured period", xStep: stepOfWeeks, zero: true, x: []float64{0}})
		})
	}
	return f
}

func stretchOf(weeks int) int {
	if weeks < 4*stretch {
		return 1
	}
	return stretch
}

func interval2(x stats.Interval) string { return between(&x.Low, &x.High, 1) }

// weeksOf returns the weeks of an arm in order.
func (s *Study) weeksOf(arm string) []weekOfArm {
	var list []weekOfArm
	for _, w := range s.weeks {
		if w.arm == arm {
			list = append(list, w)
		}
	}
	return list
}

// changeIn returns the mean weekly difference between an arm and the control over some weeks, replication by replication.
func changeIn(arm, control []weekOfArm, of func(*weekOfArm) []float64) (float64, stats.Interval) {
	var one, other []float64
	for r := range min(len(of(&arm[0])), len(of(&control[0]))) {
		a, c := 0.0, 0.0
		for w := range arm {
			a += of(&arm[w])[r] / float64(len(arm))
			c += of(&control[w])[r] / float64(len(arm))
		}
		if !math.IsNaN(a) && !math.IsNaN(c) {
			one, other = append(one, a), append(other, c)
		}
	}
	if len(one) < 2 {
		return math.NaN(), stats.Interval{Low: math.NaN(), High: math.NaN()}
	}
	p := stats.PairedInterval(other, one, 0.95)
	return p.Difference, p.Interval
}

// stepOfWeeks is step for weeks.
func stepOfWeeks(span float64, n int) float64 {
	for _, nice := range []float64{1, 2, 4, 8, 13, 26, 52} {
		if span/nice <= float64(n) {
			return nice
		}
	}
	return step(span, n)
}
