package experiment

import (
	"math"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// WarmUpMeasures are the weekly measures that a warm-up is judged by, with their units.
var WarmUpMeasures = []struct{ Name, Unit string }{
	{"first_response_h_mean[channel=portal]", "h"},
	{"after_hours_min_per_clinician_week", "min"},
	{"own_inbox_backlog_close_mean", "items"}, // items in clinicians' own inboxes at the end of the day
}

// Weekly holds weekly measures of one arm: by measure, replication and week; NaN where unknown.
type Weekly [][][]float64

// Add adds a replication of a run with its course and its staff days. start is the first day measured.
func (w *Weekly) Add(r *sim.Result, start, weeks int) {
	if *w == nil {
		*w = make(Weekly, len(WarmUpMeasures))
	}
	series := make([][]float64, len(WarmUpMeasures))
	for m := range series {
		series[m] = make([]float64, weeks)
		for i := range series[m] {
			series[m][i] = math.NaN()
		}
	}
	if r.Course != nil {
		for _, row := range r.Course.Weeks {
			if i := int(row.Week); i < weeks {
				series[0][i], series[1][i] = orNaN(row.Response), orNaN(row.AfterHours)
			}
		}
		clear(series[2])
		for _, row := range r.StaffDays {
			if i := (int(row.Date) - start) / 7; i < weeks {
				series[2][i] += float64(row.BacklogClose) / 7
			}
		}
	}
	for m := range series {
		(*w)[m] = append((*w)[m], series[m])
	}
}

// Transient is what is left of an empty start in one weekly measure of one arm, clear of season.
type Transient struct {
	Measure    int       // among WarmUpMeasures
	Cold, Warm []float64 // by week, means over replications: of a run that starts empty, and of one that started a year before
	Clear      []float64 // Cold − Warm + Level: the transient without the season, which both runs have
	Smooth     []float64 // Welch's moving average of Clear
	Level      float64   // mean of Warm
	Leave      int       // weeks to leave out, by MSER
	Settled    bool

	// Before and After are the means of Cold − Warm over the weeks left out, and over those kept, with the interval over
	// replications: what is left of the empty start in a measured period of so many weeks.
	Before       float64
	After        float64
	AfterBetween stats.Interval
}

// Unknown tells whether the measure has no value in any week of either run.
func (t Transient) Unknown() bool { return len(withoutNaN(t.Cold))+len(withoutNaN(t.Warm)) == 0 }

// welchWindow is the window of the moving average, in weeks to either side.
const welchWindow = 2

// Transients compares weekly measures of a run that starts empty with those of one that started a year before, over the
// same dates: the season and the holidays are in both. The replications of both must be as many.
func Transients(cold, warm Weekly) []Transient {
	var list []Transient
	for m := range WarmUpMeasures {
		t := Transient{Measure: m, Cold: weeklyMeans(cold[m]), Warm: weeklyMeans(warm[m])}
		t.Level, _, _ = stats.MeanInterval(withoutNaN(t.Warm), 0.95)
		for i := range t.Cold {
			t.Clear = append(t.Clear, t.Cold[i]-t.Warm[i]+t.Level)
		}
		t.Smooth = stats.MovingAverage(t.Clear, welchWindow)
		t.Leave, t.Settled = stats.MSER(t.Clear)
		t.Before, _ = excess(cold[m], warm[m], 0, t.Leave)
		t.After, t.AfterBetween = excess(cold[m], warm[m], t.Leave, len(t.Cold))
		list = append(list, t)
	}
	return list
}

// weeklyMeans averages over replications, those in which a week is known.
func weeklyMeans(series [][]float64) []float64 {
	means := make([]float64, len(series[0]))
	for i := range means {
		var values []float64
		for _, s := range series {
			values = append(values, s[i])
		}
		means[i], _, _ = stats.MeanInterval(withoutNaN(values), 0.95)
	}
	return means
}

// excess returns the mean of cold − warm over some weeks, with its interval over replications.
func excess(cold, warm [][]float64, from, to int) (float64, stats.Interval) {
	var values []float64
	for r := range cold {
		if mean, _, _ := stats.MeanInterval(withoutNaN(minus(cold[r][from:to], warm[r][from:to])), 0.95); !math.IsNaN(mean) {
			values = append(values, mean)
		}
	}
	mean, _, interval := stats.MeanInterval(values, 0.95)
	return mean, interval
}
