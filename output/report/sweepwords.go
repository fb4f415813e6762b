package report

import (
	"fmt"
	"math"
	"strings"

	"portalsim/output"
	"portalsim/sim"
)

// goalWords are measures in words, where their names do not speak for themselves.
var goalWords = map[string]string{ // looked up, never walked
	firstResponse: "mean time to first response", "first_response_h_p50": "median time to first response", "first_response_h_p90": "time to first response, 90th percentile",
	"substantive_answer_h_mean": "mean time to a substantive answer", "resolution_h_mean": "mean time to resolution", "urgent_look_h_mean": "mean time to a clinical look at urgent content",
	evening: "after-hours minutes per clinician and week", "pajama_min_per_clinician_week": "after-hours inbox and note minutes per clinician and week",
	"after_hours_heavy_week_share": "share of heavy clinician-weeks", "after_hours_day_share": "share of days with after-hours work", "inbox_min_per_clinician_day": "inbox minutes per clinician and day",
	"net_cost": "net cost", "cost": "cost", "staff_cost": "staff cost", "utilisation": "utilisation", "first_response_within_target_share": "share answered within target",
}

// words calls a goal by its words.
func (s *Sweep) words(g int) string { return measureWords(&s.goals[g].MeasureRow) }

// measureWords calls a measure by its words, with what it is broken down by.
func measureWords(row *sim.MeasureRow) string {
	text := goalWords[row.Measure]
	if text == "" {
		text = strings.ReplaceAll(row.Measure, "_", " ")
	}
	var of []string
	for _, d := range []string{row.Type, row.Channel, row.Pool, row.Role, row.Staff} {
		if d != sim.All {
			of = append(of, short(d))
		}
	}
	if of != nil {
		text += " (" + strings.Join(of, ", ") + ")"
	}
	return text
}

// what names the arms of a result: of a study of one arm, nothing.
func (s *Sweep) what(r result) string {
	if len(s.arms) == 1 {
		return ""
	}
	return s.arms[r.arm].called() + " against " + s.control().called()
}

// axisOf names a result's axis.
func (s *Sweep) axisOf(r result) string {
	if r.arm == 0 {
		return s.words(r.goal) + ", " + s.unitOf(r.goal)
	}
	return "difference in " + s.words(r.goal) + ", " + s.unitOf(r.goal)
}

// amount writes a result with its interval.
func (s *Sweep) amount(e estimate, r result) string {
	n := twoDigits(e)
	write := decimals
	if r.arm > 0 {
		write = signedDecimals
	}
	if math.IsNaN(e.mean) {
		return "unknown"
	}
	return write(e.mean, n) + inSquare(e, write, n)
}

// twoDigits returns with how many decimals to write an estimate: two digits of the half-width.
func twoDigits(e estimate) int {
	if half := (e.high - e.low) / 2; half > 0 && !math.IsInf(half, 0) {
		return min(max(1-int(math.Floor(math.Log10(half))), 0), 4)
	}
	return 2
}

// inSquare writes an interval.
func inSquare(e estimate, write func(float64, int) string, n int) string {
	if math.IsNaN(e.low) || math.IsNaN(e.high) {
		return ""
	}
	return " [" + write(e.low, n) + ", " + write(e.high, n) + "]"
}

// value writes a value of the factor, with its unit where that is short: the axis has the others.
func (f *factor) value(l level) string {
	switch {
	case math.IsNaN(l.value):
		return cut(l.text, 30)
	case len(f.Unit) > 3 || f.Unit == "" || f.Unit == "1":
		return number(l.value)
	default:
		return number(l.value) + " " + f.Unit
	}
}

// axis names the factor's axis.
func (f *factor) axis() string {
	if f.Unit == "" || f.Unit == "1" {
		return short(f.name)
	}
	return short(f.name) + ", " + short(f.Unit)
}

// levelOf is a level in the manifest.
func levelOf(l output.LevelEntry) level { return level{l.Text, orNaN(l.Value)} }

// factorOf returns the factor of a row of table sensitivity, nil for a group.
func (s *Sweep) factorOf(name string) *factor {
	for i := range s.factors {
		if s.factors[i].Path == name {
			return &s.factors[i]
		}
	}
	return nil
}

// factorCalled is what the page calls a factor of table sensitivity, or a group.
func (s *Sweep) factorCalled(name string) string {
	if f := s.factorOf(name); f != nil {
		return short(f.name)
	}
	return "group " + short(name)
}

// settings writes the values of some factors at a point.
func (s *Sweep) settings(p int, factors []int) string {
	var parts []string
	for _, f := range factors {
		parts = append(parts, fmt.Sprintf("%s = %s", short(s.factors[f].name), s.factors[f].value(s.points[p].levels[f])))
	}
	return strings.Join(parts, ", ")
}
