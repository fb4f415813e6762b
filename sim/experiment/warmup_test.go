package experiment

import (
	"math"
	"testing"

	"portalsim/sim"
)

// weeklyOf makes weekly measures of which the first is given by replication and week.
func weeklyOf(weeks int, series ...func(week int) float64) Weekly {
	var w Weekly
	for _, s := range series {
		course := &sim.Course{}
		for week := range weeks {
			x := s(week)
			course.Weeks = append(course.Weeks, sim.WeekRow{Week: int32(week), Response: &x, AfterHours: &x})
		}
		w.Add(&sim.Result{Course: course}, 0, weeks)
	}
	return w
}

// A season that both runs have is taken out, and what is left is the transient.
func TestTransients(t *testing.T) {
	const weeks = 26
	season := func(week int) float64 { return 10 + 5*math.Sin(float64(week)/4) }
	jitter := func(week, r int) float64 { return 0.02 * float64((week*7+r*3)%5-2) }
	cold := func(r int) func(int) float64 {
		return func(week int) float64 { return season(week) - 4*math.Pow(0.5, float64(week)) + jitter(week, r) }
	}
	warm := func(week int) float64 { return season(week) }
	list := Transients(weeklyOf(weeks, cold(1), cold(2)), weeklyOf(weeks, warm, warm))
	x := list[0]
	if !x.Settled || x.Leave < 4 || x.Leave > 9 || x.Before > -0.5 || math.Abs(x.After) > 0.05 || !x.AfterBetween.Contains(x.After) {
		t.Errorf("leaves out %d weeks (settled %v), bias %v before and %v after; the transient halves every week from 4", x.Leave, x.Settled, x.Before, x.After)
	}
	if want := x.Level - 4 + (jitter(0, 1)+jitter(0, 2))/2; math.Abs(x.Clear[0]-want) > 1e-9 {
		t.Errorf("first week clear of season %v, want %v", x.Clear[0], want)
	}
	plain := Transients(weeklyOf(weeks, cold(1), cold(2)), weeklyOf(weeks, func(int) float64 { return 10 }, func(int) float64 { return 10 }))
	if plain[0].Leave == x.Leave {
		t.Errorf("with the season left in, %d weeks are left out as well", plain[0].Leave)
	}
}
