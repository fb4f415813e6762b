package report

import (
	"fmt"
	"math"
	"slices"

	"portalsim/sim/stats"
)

// stretch is how many weeks are taken together where there are enough of them: single weeks are noisy.
const stretch = 4

// series is a curve over the weeks with the band in which its points lie.
type series struct {
	class            string
	at, y, low, high []float64 // at: the middle of a stretch, in weeks from the start of the measured period
	arm              string
}

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
		strength := series{class: curveClass(i), arm: a.Name}
		message, minute := strength, strength
		for from := 0; from < len(weeks); from += stretchOf(len(weeks)) {
			to := min(from+stretchOf(len(weeks)), len(weeks))
			at := float64(from+to) / 2
			mean := 0.0
			for _, w := range weeks[from:to] {
				mean += *w.strength / float64(to-from)
			}
			strength.add(at, 100*mean, stats.Interval{Low: math.NaN(), High: math.NaN()})
			change, interval := changeIn(weeks[from:to], control[from:to], func(w *weekOfArm) []float64 { return w.portal })
			message.add(at, change, interval)
			minutesLess, around := changeIn(weeks[from:to], control[from:to], func(w *weekOfArm) []float64 { return w.evening })
			minute.add(at, minutesLess, around)
			f.Table.add(short(a.Name), fmt.Sprintf("%d to %d", from+1, to), percent(mean), signedDecimals(change, 1), interval2(interval), signedDecimals(minutesLess, 1), interval2(around))
		}
		strengths, messages, evenings = append(strengths, strength), append(messages, message), append(evenings, minute)
		f.Keys = append(f.Keys, Key{curveClass(i), short(a.Name)})
		last := strength.y[len(strength.y)-1]
		f.Reading += fmt.Sprintf("%s: strength %s at most and %s in the last weeks, averaged over all patients, reached or not. ", capital(short(a.Name)), percent(slices.Max(strength.y)/100), percent(last/100))
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
		f.draw(p.name, p.name+". "+f.Reading, fixed(190), func(c *canvas) { paintCurves(c, p.list, p.unit) })
	}
	return f
}

func curveClass(i int) string { return fmt.Sprintf("curve curve%d", i%armColours) }

func stretchOf(weeks int) int {
	if weeks < 4*stretch {
		return 1
	}
	return stretch
}

func interval2(x stats.Interval) string { return between(&x.Low, &x.High, 1) }

func (x *series) add(at, y float64, band stats.Interval) {
	x.at, x.y, x.low, x.high = append(x.at, at), append(x.y, y), append(x.low, band.Low), append(x.high, band.High)
}

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

func paintCurves(c *canvas, list []series, unit string) {
	var values []float64
	weeks := 0.0
	for _, x := range list {
		values = append(append(append(values, x.y...), x.low...), x.high...)
		weeks = max(weeks, x.at[len(x.at)-1])
	}
	top, bottom, left := 24.0, c.height-axisRoom, 44.0
	y, ticks := around(values, step, 5, bottom, top)
	c.yAxis(y, ticks, left, c.width-8, unit)
	x, weekTicks := around([]float64{weeks}, stepOfWeeks, int(c.width/60), left, c.width-8)
	c.xAxis(x, weekTicks, top, bottom, "weeks from the start of the measured period")
	c.line("zero", left, y.at(0), c.width-8, y.at(0))
	for _, s := range list {
		if !math.IsNaN(s.low[0]) {
			c.shape(s.class+" band", bandPath(s, x, y), "")
		}
		xs, ys := make([]float64, len(s.at)), make([]float64, len(s.at))
		for i := range s.at {
			xs[i], ys[i] = x.at(s.at[i]), y.at(s.y[i])
		}
		c.path(s.class, xs, ys, short(s.arm))
	}
}

// bandPath goes along the upper ends and back along the lower ones.
func bandPath(s series, x, y scale) string {
	d := ""
	for i := range s.at {
		d += coordinate(x.at(s.at[i])) + " " + coordinate(y.at(s.high[i])) + "L"
	}
	for i := range slices.Backward(s.at) {
		d += coordinate(x.at(s.at[i])) + " " + coordinate(y.at(s.low[i])) + "L"
	}
	return "M" + d[:len(d)-1] + "Z"
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
