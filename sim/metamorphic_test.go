package sim

import (
	"fmt"
	"math"
	"testing"
	"time"

	"portalsim/sim/random"
)

// aroundTheClock is one pool served day and night, with replies, requests and follow-ups, in a unit of time: all times
// are multiples of it and rates are per it.
func aroundTheClock(unit float64) *Scenario {
	d := func(x time.Duration) time.Duration { return time.Duration(float64(x) * unit) }
	s := plainClinic()
	s.WarmUp, s.Measure, s.Drain, s.Patients.Count = d(Week), d(2*Week), d(8*Week), 50
	k := &s.Types[0]
	k.NeedsPerUserYear, k.Incomplete, k.Reply, k.FollowUp = 1500/unit, 0.2, 0.9, 0.3
	k.ReplyDelay, k.LapseAfter = random.LognormalTime(d(9*time.Hour), 1.5), d(5*Day)
	s.Pools[0].Handling = []random.Distribution{random.LognormalTime(d(6*time.Minute), 1)}
	s.Pools[0].Reroute, s.Pools[0].Request = constantly(d(time.Minute)), []random.Distribution{random.ExponentialTime(d(2 * time.Minute))}
	colleague := s.Staff[0]
	colleague.Name, colleague.Speed, colleague.PatientShare = "nurse-2", 0.7, 0
	s.Staff = append(s.Staff, colleague)
	return s
}

// TestUnitOfTime stretches all times by two: every contact comes at twice the time and waits twice as long. Each draw is
// cut to a nanosecond, and a run adds up some thousands. The twin: one handling time that is not stretched is noticed.
func TestUnitOfTime(t *testing.T) {
	for seed := range uint64(5) {
		if why := stretched(t, aroundTheClock(1), aroundTheClock(2), seed); why != "" {
			t.Error(why)
		}
		forgotten := aroundTheClock(2)
		forgotten.Pools[0].Reroute, forgotten.Pools[0].Request = aroundTheClock(1).Pools[0].Reroute, aroundTheClock(1).Pools[0].Request
		if stretched(t, aroundTheClock(1), forgotten, seed) == "" {
			t.Error("a request that takes half as long is not noticed")
		}
	}
}

// stretched tells in what a second run differs from the first in twice the time, or "".
func stretched(t *testing.T, one, two *Scenario, seed uint64) string {
	t.Helper()
	run := func(s *Scenario) *Result {
		r, err := Run(s, seed, 0, Options{Contacts: true})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first, second := run(one), run(two)
	if len(first.Contacts) != len(second.Contacts) || len(first.Contacts) < 500 {
		return fmt.Sprintf("%d contacts became %d", len(first.Contacts), len(second.Contacts))
	}
	for i, a := range first.Contacts {
		b := second.Contacts[i]
		late, wait := b.Sent-2*a.Sent, b.Wait()-2*a.Wait()
		if b.Contact != a.Contact || time.Duration(late).Abs() > 10*time.Microsecond || wait.Abs() > 10*time.Microsecond {
			return fmt.Sprintf("%+v became %+v", a, b)
		}
	}
	for _, x := range []struct{ measure, pool string }{{"resolution_h_mean", ""}, {"queue_h_p90", "nurse"}, {"first_response_h_p95", ""}} {
		if a, b := value(first.Rows, x.measure, "", "", x.pool), value(second.Rows, x.measure, "", "", x.pool); math.Abs(b-2*a) > 1e-8 {
			return fmt.Sprintf("%s: %v became %v", x.measure, a, b)
		}
	}
	return ""
}

// TestTwoTypesAlike: two types alike wait as long as one of twice the rate, by means of replications, each with its own
// numbers. The twin shows that a tenth more demand would be noticed.
func TestTwoTypesAlike(t *testing.T) {
	const replications = 60
	waits := func(rates []float64, from int) (mean, variance float64) {
		s := plainClinic()
		s.WarmUp, s.Measure = Week, 4*Week
		kind, p := s.Types[0], &s.Pools[0]
		handling := random.ExponentialTime(20 * time.Minute)
		s.Types, p.Handling, p.Reroute, p.Request, p.PassOn = nil, nil, nil, nil, nil
		for k, rate := range rates {
			kind.Name, kind.NeedsPerUserYear = fmt.Sprintf("type-%d", k), rate
			s.Types = append(s.Types, kind)
			p.Handling, p.Reroute, p.Request, p.PassOn = append(p.Handling, handling), append(p.Reroute, handling), append(p.Request, handling), append(p.PassOn, nil)
		}
		var list []float64
		for r := range replications {
			result, err := Run(s, 40, from+r, Options{})
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, value(result.Rows, "queue_h_mean", "", "", "nurse"))
			mean += list[r] / replications
		}
		for _, x := range list {
			variance += (x - mean) * (x - mean) / (replications - 1) / replications
		}
		return mean, variance
	}
	// 1,800 a week of patients' years: 10 patients × 1,880 / 52 weeks × 20 min is an offered load of 0.7.
	oneMean, oneVariance := waits([]float64{1840}, 0)
	twoMean, twoVariance := waits([]float64{920, 920}, 1000)
	// Two means of 60 replications: the normal quantile for a two-sided 1e-4 is 3.9, Student's with 118 degrees 4.0.
	if z := (oneMean - twoMean) / math.Sqrt(oneVariance+twoVariance); math.Abs(z) > 4 {
		t.Errorf("mean waits %v and %v h: t = %.1f", oneMean, twoMean, z)
	}
	moreMean, moreVariance := waits([]float64{1012, 1012}, 2000)
	if z := (oneMean - moreMean) / math.Sqrt(oneVariance+moreVariance); math.Abs(z) < 4 {
		t.Errorf("a tenth more demand passes: t = %.1f", z)
	}
}
