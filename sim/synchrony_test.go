package sim

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim/random"
)

// oneQueue is a plain clinic whose needs come at random, with several nurses who keep hours.
func oneQueue(nurses int, speed float64) *Scenario {
	s := plainClinic()
	s.Drain = 10 * Week
	s.Types[0].NeedsPerUserYear = 600
	s.Pools[0].Handling = []random.Distribution{random.LognormalTime(15*time.Minute, 1)}
	one := s.Staff[0]
	one.Week, one.Speed = everyDay(InboxBlock, 8, 16), speed
	s.Staff = nil
	for i := range nurses {
		one.Name = fmt.Sprintf("nurse-%d", i)
		s.Staff = append(s.Staff, one)
		one.PatientShare = 0
	}
	return s
}

// TestMoreStaffNeverDelays: in one queue, first in, first out, without follow-ups, nobody is touched later for a nurse
// more or for faster ones who keep the same hours day and night.
func TestMoreStaffNeverDelays(t *testing.T) {
	for seed := range uint64(40) {
		touches := func(s *Scenario) map[int64]int64 {
			at := map[int64]int64{}
			for i := range s.Staff {
				s.Staff[i].Week = everyDay(InboxBlock, 0, 24)
			}
			if _, err := Run(s, seed, 0, Options{Thread: func(r *ThreadRow) { at[r.Contact] = r.FirstTouch }}); err != nil {
				t.Fatal(err)
			}
			return at
		}
		base := touches(oneQueue(2, 0.4))
		for _, more := range []map[int64]int64{touches(oneQueue(3, 0.4)), touches(oneQueue(2, 0.5))} {
			sooner := 0
			for contact, at := range base {
				if more[contact] > at {
					t.Fatalf("seed %d: contact %d is touched %d µs later", seed, contact, more[contact]-at)
				}
				if more[contact] < at {
					sooner++
				}
			}
			if sooner == 0 || len(more) != len(base) {
				t.Fatalf("seed %d: nobody is touched sooner; %d and %d contacts", seed, len(base), len(more))
			}
		}
	}
}

// TestReachNests: a campaign that reaches more patients reaches those it reached before, at the same time.
func TestReachNests(t *testing.T) {
	check(t, 200, func(rt *rapid.T) {
		c := Campaign{Name: "c", Start: 3 * Day, Delay: random.ExponentialTime(5 * Day), HalfLife: 9 * Day, Boosters: []time.Duration{20 * Day}}
		few, many := c, c
		few.Reach = rapid.Float64Range(0, 1).Draw(rt, "few")
		many.Reach = rapid.Float64Range(few.Reach, 1).Draw(rt, "many")
		seed := rapid.Uint64().Draw(rt, "seed")
		campaigns := newCampaigns(&Scenario{Campaigns: []Campaign{few, many}}, seed, 0)
		for patient := range int32(200) {
			for day := range 60 {
				a, b := campaigns[0].strength(patient, midnight(day)), campaigns[1].strength(patient, midnight(day))
				if a > b || a < 0 || b > 1 || day < 3 && b > 0 {
					rt.Fatalf("patient %d on day %d has strength %v of few and %v of many", patient, day, a, b)
				}
			}
		}
	})
}

// TestStrength works out a campaign by hand: full when reached, halved each half-life, back to full at a booster.
func TestStrength(t *testing.T) {
	c := Campaign{Name: "c", Start: 10 * Day, Reach: 1, Delay: random.ConstantTime(2 * Day), HalfLife: 4 * Day, Boosters: []time.Duration{16 * Day}}
	one := &newCampaigns(&Scenario{Campaigns: []Campaign{c}}, 1, 0)[0]
	for day, want := range map[int]float64{0: 0, 11: 0, 12: 1, 16: 0.5, 20: 0.25, 26: math.Exp2(-3.5), 28: 1, 32: 0.5} {
		if got := one.strength(7, midnight(day)); math.Abs(got-want) > 1e-12 {
			t.Errorf("strength %v on day %d, want %v", got, day, want)
		}
	}
}

// TestAverageOver compares the averages of a campaign with a plain count.
func TestAverageOver(t *testing.T) {
	c := Campaign{Name: "c", Start: 2 * Day, Reach: 0.4, Delay: random.ExponentialTime(4 * Day), HalfLife: 6 * Day, Boosters: []time.Duration{9 * Day}, Effects: []Effects{effects(0.5, 2, 1, 0.3, 3)}}
	one := &newCampaigns(&Scenario{Campaigns: []Campaign{c}}, 4, 1)[0]
	const patients, days = 300, 20
	reached, strength, rate, n := 0., 0., 0., 0.
	for p := range int32(patients) {
		seen := false
		for day := range days {
			s := one.strength(p, midnight(day)+midnight(1)/2)
			strength, rate, n, seen = strength+s, rate+math.Pow(0.5, s), n+1, seen || s > 0
		}
		if seen {
			reached++
		}
	}
	got := AverageOver(&c, patients, 4, 1, 0, days*Day, Day)
	if math.Abs(got.Reached-reached/patients) > 1e-12 || math.Abs(got.Strength-strength/n) > 1e-12 || math.Abs(got.Effects[0].Rate-rate/n) > 1e-12 || got.Effects[0].Misdirected != 1 {
		t.Errorf("%+v, want reach %v, strength %v, rate %v", got, reached/patients, strength/n, rate/n)
	}
	always := Campaign{Name: "m", Always: true, Effects: c.Effects}
	if got := AverageOver(&always, 3, 4, 1, 0, days*Day, Day); got.Reached != 1 || got.Strength != 1 || math.Abs(got.Effects[0].Incomplete-0.3) > 1e-12 || got.Effects[0].FollowUp != 3 {
		t.Errorf("a modifier averages to %+v", got)
	}
}

// TestUnsynchronisedNamesWhatDiffers: values that decide which needs arise, and no others.
func TestUnsynchronisedNamesWhatDiffers(t *testing.T) {
	for _, c := range []struct {
		change func(*Scenario)
		want   string
	}{
		{func(s *Scenario) { s.Name, s.Drain = "other", 0 }, "[]"},
		{func(s *Scenario) { s.Types[0].Incomplete, s.Types[0].FollowUp, s.Types[0].Priority = 0.5, 0.5, 9 }, "[]"},
		{func(s *Scenario) { s.Campaigns = []Campaign{{Name: "c"}} }, "[]"},
		{func(s *Scenario) { s.StartDay++ }, "[run.start]"},
		{func(s *Scenario) { s.WarmUp += Day }, "[run.warm_up]"},
		{func(s *Scenario) { s.Holidays = []int{1} }, "[calendar.holidays]"},
		{func(s *Scenario) { s.Patients.ActivityCV = 9 }, "[patients]"},
		{func(s *Scenario) { s.Types[0].NeedsPerUserYear = 9 }, "[messages.advice]"},
		{func(s *Scenario) { s.Types = append(s.Types, MessageType{Name: "more"}) }, "[messages.more]"},
		{func(s *Scenario) { s.Types[0].Name = "renamed" }, "[messages.advice messages.renamed]"},
	} {
		other := plainClinic()
		c.change(other)
		if got := fmt.Sprint(Unsynchronised(plainClinic(), other)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
