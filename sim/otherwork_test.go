package sim

import (
	"math"
	"slices"
	"testing"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
	"portalsim/validation/theory"
)

// piece is an item of other work as it was filed.
type piece struct {
	at    engine.Time
	base  time.Duration
	owner int16
}

// piecesOf runs a scenario with one stream of other work and returns its items in the order in which they were filed.
func piecesOf(t *testing.T, s *Scenario, seed uint64) []piece {
	t.Helper()
	m := newModel(s, seed, 0, Options{})
	var pieces []piece
	m.watch = func() error {
		from := int64(len(pieces))
		pieces = append(pieces, make([]piece, m.serial-from)...)
		for i := range m.items {
			if it := m.items[i]; !it.thread && it.contact > from && m.serial > from {
				pieces[it.contact-1] = piece{it.sent, it.base, it.owner}
			}
		}
		return nil
	}
	if err := m.run(); err != nil {
		t.Fatal(err)
	}
	return pieces
}

// expectHandling fails unless the handling times are exponential of the given mean, each independent of the next.
func expectHandling(t *testing.T, what string, pieces []piece, mean time.Duration) {
	t.Helper()
	var gaps []float64
	for _, p := range pieces {
		gaps = append(gaps, float64(p.base)/float64(mean))
	}
	expectExponential(t, what, gaps)
}

// TestItemsThatFollowVisits: each visit held is followed by 2.3 items on average, two for certain; their handling times
// have nothing to do with one another.
func TestItemsThatFollowVisits(t *testing.T) {
	s := plainClinic()
	s.Measure = 20 * Week
	x := &s.Staff[0]
	x.Week = everyDay(VisitsBlock, 8, 18)
	x.Visits = Visits{Slot: 20 * time.Minute, Length: random.ConstantTime(10 * time.Minute), NoShow: 0.25}
	s.OtherWork = []OtherWork{{Name: "results", PerVisit: 2.3, Delay: random.ExponentialTime(time.Hour), Handling: random.ExponentialTime(time.Minute), Priority: 1, Activity: OtherInbox}}
	pieces := piecesOf(t, s, 60)
	_, r := threadsOf(t, s) // another seed: only the numbers of slots are compared
	if offered := staffValue(t, r, "visit_slots_per_week", "nurse-1"); offered != 210 {
		t.Errorf("%v slots a week, want 210", offered)
	}
	held := len(piecesOf(t, withPerVisit(s, 1), 60))
	expectShare(t, "visits held", held, 20*210, 0.75)
	expectShare(t, "third items", len(pieces)-2*held, held, 0.3)
	if got := len(piecesOf(t, withPerVisit(s, 3), 60)); got != 3*held {
		t.Errorf("%d items of 3 for each of %d visits", got, held)
	}
	expectHandling(t, "items after visits", pieces, time.Minute)
}

func withPerVisit(s *Scenario, n float64) *Scenario {
	with := *s
	with.OtherWork = slices.Clone(s.OtherWork)
	with.OtherWork[0].PerVisit = n
	return &with
}

// TestItemsByTheWeek: a pool's items, and each member's, are Poisson in number by day and even over the hours in which
// they arrive; none come on holidays; one member's tell nothing of another's.
func TestItemsByTheWeek(t *testing.T) {
	s := plainClinic()
	s.Measure = 40 * Week
	s.Holidays = []int{monday + 8, monday + 30}
	colleague := s.Staff[0]
	colleague.Name, colleague.PatientShare = "nurse-2", 0
	s.Staff = append(s.Staff, colleague)
	var arrives WeeklyHours // ten hours a week in three parts
	arrives[0], arrives[3] = []Span{{8 * time.Hour, 10 * time.Hour}, {13 * time.Hour, 19 * time.Hour}}, []Span{{22 * time.Hour, Day}}
	for _, stream := range []OtherWork{
		{Name: "pharmacies", PerWeek: 300, Arrives: arrives, Handling: random.ExponentialTime(time.Minute), Priority: 1, Activity: OtherInbox},
		{Name: "notices", PerStaffWeek: 150, Arrives: arrives, Handling: random.ExponentialTime(time.Minute), Priority: 1, Activity: OtherInbox},
	} {
		s.OtherWork = []OtherWork{stream}
		pieces := piecesOf(t, s, 61)
		expectHandling(t, stream.Name, pieces, time.Minute)
		var into []float64
		counts := map[int16]map[int]int{}
		for _, p := range pieces {
			day, clock := dayOf(p.at), float64(p.at-midnight(dayOf(p.at)))/float64(time.Hour)
			switch {
			case slices.Contains(s.Holidays, monday+day):
				t.Fatalf("%s: an item on a holiday", stream.Name)
			case day%7 == 0 && clock >= 8 && clock < 10:
				into = append(into, (clock-8)/10)
			case day%7 == 0 && clock >= 13 && clock < 19:
				into = append(into, (clock-11)/10)
			case day%7 == 3 && clock >= 22:
				into = append(into, (clock-14)/10)
			default:
				t.Fatalf("%s: an item at %v h of day %d", stream.Name, clock, day)
			}
			if counts[p.owner] == nil {
				counts[p.owner] = map[int]int{}
			}
			counts[p.owner][day]++
		}
		if _, p := theory.KolmogorovTest(into[:min(len(into), 10_000)], func(x float64) float64 { return min(1, max(0, x)) }); p < alpha {
			t.Errorf("%s: not even over its hours, p = %.2g", stream.Name, p)
		}
		owners := map[bool][]int16{true: {none}, false: {0, 1}}[stream.PerWeek > 0]
		perWeek := max(stream.PerWeek, stream.PerStaffWeek)
		product, n := 0., 0.
		for _, owner := range owners {
			dispersion, days := 0., 0.
			for day := range int(s.Measure / Day) {
				mean := map[int]float64{0: 0.8 * perWeek, 3: 0.2 * perWeek}[day%7]
				if mean == 0 || slices.Contains(s.Holidays, monday+day) {
					continue
				}
				z := (float64(counts[owner][day]) - mean) / math.Sqrt(mean)
				dispersion, days = dispersion+z*z, days+1
				if owner == 1 {
					product += z * (float64(counts[0][day]) - mean) / math.Sqrt(mean)
					n++
				}
			}
			// A sum of squares of days standard normal numbers, nearly: chi-square.
			if p := theory.ChiSquareCDF(dispersion, days); p < alpha/2 || p > 1-alpha/2 {
				t.Errorf("%s of %d: dispersion %v over %v days, p = %v", stream.Name, owner, dispersion, days, p)
			}
		}
		if n > 0 && math.Abs(product/math.Sqrt(n)) > 3.9 {
			t.Errorf("%s: members' counts correlate, z = %.1f", stream.Name, product/math.Sqrt(n))
		}
	}
}
