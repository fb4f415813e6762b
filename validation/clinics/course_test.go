package clinics

import (
	"cmp"
	"math"
	"testing"

	"pgregory.net/rapid"

	"portalsim/sim"
)

// value returns a measure of a result, NaN where it is not known.
func value(rows []sim.MeasureRow, measure, kind, channel, pool string) float64 {
	for i := range rows {
		r := &rows[i]
		if r.Measure == measure && r.Type == cmp.Or(kind, sim.All) && r.Channel == cmp.Or(channel, sim.All) && r.Pool == cmp.Or(pool, sim.All) &&
			r.Role == sim.All && r.Staff == sim.All && r.Value != nil {
			return *r.Value
		}
	}
	return math.NaN()
}

// The tables of a course add up to the measures of its replication, in random clinics.
func TestCourseAddsUp(t *testing.T) {
	check(t, 400, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		r, err := sim.Run(s, 3, 1, sim.Options{Course: true})
		if err != nil {
			return // work without end
		}
		expectHours(rt, s, r)
		expectWeeks(rt, s, r)
		expectFlows(rt, s, r)
		for _, row := range r.Course.Waits {
			name := map[float64]string{0.5: "first_response_h_p50", 0.9: "first_response_h_p90", 0.95: "first_response_h_p95"}[row.Share]
			if name == "" {
				continue
			}
			want, got := value(r.Rows, name, row.Type, row.Channel, ""), math.NaN()
			if row.Wait != nil {
				got = *row.Wait
			}
			if math.Float64bits(got) != math.Float64bits(want) && !(math.IsNaN(got) && math.IsNaN(want)) {
				rt.Errorf("%+v: %v, want %s = %v", row, got, name, want)
			}
		}
	})
}

// expect compares sums whose terms come in another order.
func expect(rt *rapid.T, what string, got, want float64) {
	rt.Helper()
	if math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
		rt.Errorf("%s: %v, want %v", what, got, want)
	}
}

func expectHours(rt *rapid.T, s *sim.Scenario, r *sim.Result) {
	rt.Helper()
	weeks := float64(s.Measure) / float64(sim.Week)
	for p := range s.Pools {
		entries, backlog := 0.0, 0.0
		for _, row := range r.Course.Hours {
			if row.Pool == s.Pools[p].Name {
				entries += row.Entries * weeks
				backlog += row.Backlog / sim.HoursOfWeek
			}
		}
		expect(rt, "entries of "+s.Pools[p].Name, entries, value(r.Rows, "entries_n", "", "", s.Pools[p].Name))
		expect(rt, "backlog of "+s.Pools[p].Name, backlog, value(r.Rows, "backlog_mean", "", "", s.Pools[p].Name))
	}
	sent, portal := 0.0, 0.0
	for _, row := range r.Course.Hours {
		if row.Pool == sim.All {
			sent += row.Sent * weeks
			portal += row.Portal * weeks
		}
	}
	expect(rt, "sent", sent, value(r.Rows, "threads_n", "", "", ""))
	expect(rt, "sent by the portal", portal, value(r.Rows, "threads_n", "", s.Channels[0].Name, ""))
}

func expectWeeks(rt *rapid.T, s *sim.Scenario, r *sim.Result) {
	rt.Helper()
	threads, portal, after, waits, n := 0.0, 0.0, 0.0, 0.0, 0.0
	for _, row := range r.Course.Weeks {
		threads += float64(row.Threads)
		portal += float64(row.Portal)
		if row.AfterHours != nil {
			after += *row.AfterHours
		}
		if row.Response != nil {
			waits += *row.Response
			n++
		}
	}
	expect(rt, "threads", threads, value(r.Rows, "threads_n", "", "", ""))
	expect(rt, "portal threads", portal, value(r.Rows, "threads_n", "", s.Channels[0].Name, ""))
	if want := value(r.Rows, "after_hours_min_per_clinician_week", "", "", ""); !math.IsNaN(want) {
		expect(rt, "after hours", after/float64(len(r.Course.Weeks)), want)
	}
	if want := value(r.Rows, "first_response_h_mean", "", s.Channels[0].Name, ""); len(r.Course.Weeks) == 1 && n == 1 && !math.IsNaN(want) {
		expect(rt, "first response", waits, want)
	}
}

// expectFlows checks that what comes to a place leaves it, and that what sets out ends.
func expectFlows(rt *rapid.T, s *sim.Scenario, r *sim.Result) {
	rt.Helper()
	weeks := float64(s.Measure) / float64(sim.Week)
	balance, ends := map[string]float64{}, map[string]float64{}
	started := 0.0
	for _, row := range r.Course.Flows {
		balance[row.FromKind+" "+row.From] -= row.PerWeek * weeks
		balance[row.ToKind+" "+row.To] += row.PerWeek * weeks
		if row.FromKind == "channel" {
			started += row.PerWeek * weeks
		}
		if row.ToKind == "ending" {
			ends[row.To] += row.PerWeek * weeks
		}
	}
	for place, n := range balance {
		if kind := place[:len("ending")]; kind != "ending" && kind != "channe" {
			expect(rt, "balance of "+place, n, 0)
		}
	}
	expect(rt, "threads that set out", started, value(r.Rows, "threads_n", "", "", ""))
	for e := range sim.Censored + 1 {
		expect(rt, e.String(), ends[e.String()], value(r.Rows, e.String()+"_n", "", "", ""))
	}
}
