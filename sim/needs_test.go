package sim

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
	"portalsim/validation/theory"
)

// arrivalClinic answers at once whatever comes: only needs matter.
func arrivalClinic(perYear float64, weeks int) *Scenario {
	s := plainClinic()
	s.Measure = time.Duration(weeks) * Week
	s.Types[0].NeedsPerUserYear = perYear / 10 // ten patients
	s.Pools[0].Handling = constantly(time.Nanosecond)
	return s
}

// sentOf runs a scenario and returns when its contacts were sent, by type, and the rate of each type's needs in the
// panel, per nanosecond where the profile is 1.
func sentOf(t *testing.T, s *Scenario, seed uint64) (sent [][]engine.Time, perNanosecond []float64) {
	t.Helper()
	r, err := Run(s, seed, 0, Options{Contacts: true})
	if err != nil {
		t.Fatal(err)
	}
	sent = make([][]engine.Time, len(s.Types))
	for _, c := range r.Contacts {
		sent[c.Type] = append(sent[c.Type], c.Sent)
	}
	for _, d := range newPanel(s, seed, 0).demand {
		perNanosecond = append(perNanosecond, d.perYear/float64(Year))
	}
	return sent, perNanosecond
}

// expectPoisson fails if a count is too far from a Poisson mean, by the normal approximation, good above a thousand.
func expectPoisson(t *testing.T, what string, count int, mean float64) {
	t.Helper()
	if z := (float64(count) - mean) / math.Sqrt(mean); math.Abs(z) > 3.9 { // two-sided 1e-4
		t.Errorf("%s: %d, want %.0f: z = %.1f", what, count, mean, z)
	}
}

// expectExponential fails unless gaps, in units of their mean, are exponential and each independent of the next.
func expectExponential(t *testing.T, what string, gaps []float64) {
	t.Helper()
	cdf := func(x float64) float64 { return -math.Expm1(-x) }
	sample := gaps[:min(len(gaps), 20_000)]
	if d, p := theory.KolmogorovTest(sample, cdf); p < alpha {
		t.Errorf("%s: gaps are at a distance %v from exponential, p = %.2g", what, d, p)
	}
	const cells = 6
	counts, want := make([]int, cells*cells), []float64(nil)
	cell := func(gap float64) int { return min(cells-1, int(cells*cdf(gap))) }
	n := 0
	for i := 0; i+1 < len(gaps); i += 2 { // pairs that do not overlap
		counts[cell(gaps[i])*cells+cell(gaps[i+1])]++
		n++
	}
	for range counts {
		want = append(want, float64(n)/cells/cells)
	}
	if _, p := theory.ChiSquareTest(counts, want, 0); p < alpha {
		t.Errorf("%s: a gap tells of the next, p = %.2g", what, p)
	}
}

func gapsOf(sent []engine.Time, rate float64) (gaps []float64) {
	last := engine.Time(0)
	for _, at := range sent {
		gaps = append(gaps, float64(at-last)*rate)
		last = at
	}
	return gaps
}

// TestFlatProfile: needs at a constant rate are a Poisson process; the twin shows that a rate 5 % off would be noticed.
func TestFlatProfile(t *testing.T) {
	s := arrivalClinic(200_000, 13)
	sent, rate := sentOf(t, s, 30)
	expectPoisson(t, "needs", len(sent[0]), rate[0]*float64(s.Measure))
	expectExponential(t, "flat", gapsOf(sent[0], rate[0]))
	if _, p := theory.KolmogorovTest(gapsOf(sent[0], rate[0]*1.05)[:20_000], func(x float64) float64 { return -math.Expm1(-x) }); p > alpha {
		t.Errorf("a rate 5 %% off passes, p = %.2g", p)
	}
}

// profiled gives needs a rough weekly profile with hours of none, months and holidays, as a scenario's checks scale them.
func profiled(s *Scenario) {
	p := &s.Patients
	sum := 0.
	for h := range p.HourWeights {
		p.HourWeights[h] = float64((h*h+3*h)%7) / 2 // rough, with zeros
		sum += p.HourWeights[h]
	}
	for h := range p.HourWeights {
		p.HourWeights[h] *= 168 / sum
	}
	for m := range p.MonthWeights {
		p.MonthWeights[m] = []float64{0.5, 1, 1.5}[m%3]
	}
	p.HolidayFactor = 0.3
	s.Holidays = []int{s.StartDay + 3, s.StartDay + 50, s.StartDay + 51, s.StartDay + 200, s.StartDay + 359}
}

// expectedAt returns the relative rate at an hour of the run by the definition, with dates by the standard library.
func expectedAt(s *Scenario, hour int) float64 {
	date := time.Unix(int64(s.StartDay)*86400+int64(hour)*3600, 0).UTC()
	x := s.Patients.HourWeights[24*weekdayOf(s.StartDay+hour/24)+hour%24] * s.Patients.MonthWeights[date.Month()-1]
	if slices.Contains(s.Holidays, s.StartDay+hour/24) {
		x *= s.Patients.HolidayFactor
	}
	return x
}

// TestTimeProfile: counts by hour of the week and by day against weights, months and holidays; and, the whole thing at
// once, gaps measured in expected needs are exponential.
func TestTimeProfile(t *testing.T) {
	s := arrivalClinic(200_000, 52)
	profiled(s)
	sent, rate := sentOf(t, s, 31)
	hours := int(s.Measure / time.Hour)
	upTo := make([]float64, hours+1) // expected needs before each hour
	byHour, byDay := make([]float64, 168), make([]float64, hours/24)
	for h := range hours {
		x := rate[0] * float64(time.Hour) * expectedAt(s, h)
		upTo[h+1] = upTo[h] + x
		byHour[h%168] += x
		byDay[h/24] += x
	}
	expectPoisson(t, "needs", len(sent[0]), upTo[hours])
	gotHour, gotDay := make([]int, 168), make([]int, hours/24)
	var gaps []float64
	last := 0.
	for _, at := range sent[0] {
		h := int(at / engine.Time(time.Hour))
		gotHour[h%168]++
		gotDay[h/24]++
		into := float64(at%engine.Time(time.Hour)) / float64(time.Hour)
		now := upTo[h] + into*(upTo[h+1]-upTo[h])
		gaps = append(gaps, now-last)
		last = now
	}
	expectExponential(t, "in expected needs", gaps)
	expectCounts(t, "by hour of the week", gotHour, byHour)
	expectCounts(t, "by day", gotDay, byDay)
	byHour[10] *= 1.5 // the twin: one hour of the week busier
	if p := countsPValue(gotHour, byHour); p > alpha {
		t.Errorf("wrong weights pass, p = %.2g", p)
	}
}

func expectCounts(t *testing.T, what string, got []int, want []float64) {
	t.Helper()
	if p := countsPValue(got, want); p < alpha {
		t.Errorf("%s: p = %.2g", what, p)
	}
}

// countsPValue is that of the chi-square test given the total; a cell in which nothing is expected must be empty.
func countsPValue(got []int, want []float64) float64 {
	var observed []int
	var expected []float64
	total, sum := 0., 0.
	for i, x := range want {
		if x == 0 {
			if got[i] != 0 {
				return 0
			}
			continue
		}
		observed, expected = append(observed, got[i]), append(expected, x)
		total, sum = total+float64(got[i]), sum+x
	}
	for i := range expected {
		expected[i] *= total / sum
	}
	_, p := theory.ChiSquareTest(observed, expected, 0)
	return p
}

// TestThinnedAndRaisedRates: a modifier of 0.4 leaves a Poisson process of that rate, one of 2.5 adds a layer and half
// of another; each layer is a Poisson process, and the layers together too.
func TestThinnedAndRaisedRates(t *testing.T) {
	for _, factor := range []float64{0.4, 2.5} {
		s := arrivalClinic(100_000, 13)
		s.Campaigns = []Campaign{{Name: "modifier", Always: true, Effects: []Effects{effects(factor, 1, 1, 1, 1)}}}
		r, err := Run(s, 32, 0, Options{Contacts: true})
		if err != nil {
			t.Fatal(err)
		}
		rate := newPanel(s, 32, 0).demand[0].perYear / float64(Year)
		mean := rate * float64(s.Measure)
		var sent []engine.Time
		var layers [3][]engine.Time
		for _, c := range r.Contacts {
			sent = append(sent, c.Sent)
			layers[layerOf(c.Contact)] = append(layers[layerOf(c.Contact)], c.Sent)
		}
		expectPoisson(t, "contacts", len(sent), factor*mean)
		expectExponential(t, "contacts", gapsOf(sent, factor*rate))
		for layer, of := range layers {
			share := min(1, max(0, factor-float64(layer)))
			if share == 0 {
				if len(of) != 0 {
					t.Errorf("%d contacts of layer %d", len(of), layer)
				}
				continue
			}
			expectPoisson(t, "contacts of a layer", len(of), share*mean)
			expectExponential(t, "contacts of a layer", gapsOf(of, share*rate))
		}
		if got := value(r.Rows, "extra_n", "", "", ""); int(got) != len(layers[1])+len(layers[2]) {
			t.Errorf("%v extra, want %d", got, len(layers[1])+len(layers[2]))
		}
	}
}

// TestTypesAndLayersAreIndependent: counts an hour of two types, of two layers, and of two replications are as spread as
// Poisson counts are, and uncorrelated.
func TestTypesAndLayersAreIndependent(t *testing.T) {
	s := arrivalClinic(60_000, 26)
	s.Types = append(s.Types, s.Types[0])
	s.Types[1].Name = "refill"
	p := &s.Pools[0]
	p.Handling, p.Reroute, p.Request, p.PassOn = append(p.Handling, p.Handling...), append(p.Reroute, p.Reroute...), append(p.Request, p.Request...), make([][]float64, 2)
	s.Campaigns = []Campaign{{Name: "modifier", Always: true, Effects: []Effects{effects(2, 1, 1, 1, 1), effects(2, 1, 1, 1, 1)}}}
	hours := int(s.Measure / time.Hour)
	var series [][]float64
	for _, run := range []struct {
		seed        uint64
		replication int
	}{{33, 0}, {33, 1}, {34, 0}} {
		r, err := Run(s, run.seed, run.replication, Options{Contacts: true})
		if err != nil {
			t.Fatal(err)
		}
		counts := [4][]float64{}
		for i := range counts {
			counts[i] = make([]float64, hours)
		}
		for _, c := range r.Contacts {
			counts[2*int64(c.Type)+layerOf(c.Contact)][c.Sent/engine.Time(time.Hour)]++
		}
		series = append(series, counts[:]...)
	}
	mean := 60_000 / float64(Year) * float64(time.Hour)
	n := float64(hours)
	for a, x := range series {
		dispersion := 0.
		for _, v := range x {
			dispersion += (v - mean) * (v - mean) / mean
		}
		// The sum of n squares has mean n and variance n(2 + 1/mean), for Poisson counts of a known mean.
		if z := (dispersion - n) / math.Sqrt(n*(2+1/mean)); math.Abs(z) > 3.9 {
			t.Errorf("series %d: dispersion %.3f, z = %.1f", a, dispersion/n, z)
		}
		for b, y := range series[:a] {
			product := 0.
			for h := range x {
				product += (x[h] - mean) * (y[h] - mean)
			}
			if z := product / mean / math.Sqrt(n); math.Abs(z) > 4.9 { // two-sided 1e-6, of 66 pairs
				t.Errorf("series %d and %d: correlation %.3f, z = %.1f", a, b, product/mean/n, z)
			}
		}
	}
}

// TestTraitsOfContacts: shares of urgent, incomplete, misdirected, phoned and followed-up contacts are the declared
// ones, and under odds ratios those with the odds multiplied.
func TestTraitsOfContacts(t *testing.T) {
	for _, odds := range []float64{1, 0.5, 3} {
		s := arrivalClinic(100_000, 13)
		s.Channels = append(s.Channels, Channel{Name: "phone", FallsBackTo: 1, Always: true, Priority: 1})
		s.Patients.Preferred, s.Patients.Instead = []float64{1, 0}, []float64{0, 1}
		k := &s.Types[0]
		k.ByPhone, k.TrulyUrgent, k.Incomplete, k.Misdirected, k.FollowUp = 0.2, 0.03, 0.25, 0.15, 0.4
		k.MisdirectedTo, k.ReplyDelay = []float64{0, 0.3, 0.7}, random.ConstantTime(time.Minute)
		s.Pools = append(s.Pools, s.Pools[0], s.Pools[0])
		for p := range s.Pools {
			s.Pools[p].Name, s.Pools[p].Reroute, s.Pools[p].Request = []string{"right", "wrong", "worse"}[p], s.Pools[0].Handling, s.Pools[0].Handling
		}
		s.Staff[0].Pools = []int{0, 1, 2}
		s.Campaigns = []Campaign{{Name: "modifier", Always: true, Effects: []Effects{effects(1, odds, odds, odds, odds)}}}
		n, portal, phoned, urgent, incomplete, misdirected, worse, followed := 0, 0, 0, 0, 0, 0, 0, 0
		var together [6][6]int // threads by portal with two traits
		count := func(of *int, when bool) {
			if when {
				*of++
			}
		}
		_, err := Run(s, 35, 0, Options{Thread: func(r *ThreadRow) {
			n++
			count(&phoned, r.Channel == "phone")
			count(&urgent, r.TrulyUrgent)
			count(&incomplete, r.Incomplete)
			asked := 0
			count(&asked, r.Incomplete)
			count(&followed, int(r.Rounds) > 1+asked)
			if r.Channel == "portal" {
				portal++
				count(&misdirected, r.Misdirected)
				count(&worse, r.FirstPool == "worse")
				has := [6]bool{r.TrulyUrgent, r.Incomplete, r.Misdirected, int(r.Rounds) > 1+asked, r.Patient < 5, r.Contact%2 == 0}
				for a := range has {
					for b := range has {
						count(&together[a][b], has[a] && has[b])
					}
				}
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		with := func(p float64) float64 { return odds * p / (1 - p) / (1 + odds*p/(1-p)) }
		expectShare(t, "phoned", phoned, n, with(0.2))
		expectShare(t, "truly urgent", urgent, n, 0.03)
		expectShare(t, "incomplete", incomplete, n, with(0.25))
		expectShare(t, "misdirected", misdirected, portal, with(0.15))
		expectShare(t, "misdirected to the worse pool", worse, misdirected, 0.7)
		expectShare(t, "followed up", followed, n, with(0.4))
		for a := range together {
			for b := range a {
				expectIndependent(t, fmt.Sprintf("traits %d and %d", a, b), portal, together[a][a], together[b][b], together[a][b])
			}
		}
	}
}

// TestChannelsOfContacts: those who prefer another channel send a share by the portal, of which a share is phoned
// instead; those who prefer the portal and do not use it for the type go by the channels taken instead.
func TestChannelsOfContacts(t *testing.T) {
	s := arrivalClinic(100_000, 13)
	for c, name := range []string{"phone", "email", "other"} {
		s.Channels = append(s.Channels, Channel{Name: name, FallsBackTo: c + 1, Always: true, Priority: 1})
	}
	s.Channels[3].FallsBackTo = 2 // other is not offered
	k := &s.Types[0]
	for _, c := range []struct {
		preferred []float64
		uses      float64
		want      map[string]float64
	}{
		{[]float64{0, 0, 1, 0}, 1, map[string]float64{"portal": 0.5 * 0.8, "phone": 0.5 * 0.2, "email": 0.5}},
		{[]float64{0, 0, 1, 0}, 0, map[string]float64{"email": 1}},
		{[]float64{1, 0, 0, 0}, 1, map[string]float64{"portal": 0.8, "phone": 0.2}},
		{[]float64{1, 0, 0, 0}, 0, map[string]float64{"phone": 0.3, "email": 0.7}},
	} {
		s.Patients.Preferred, s.Patients.Instead = c.preferred, []float64{0, 0.3, 0.1, 0.6}
		k.UsesOfPortalUsers, k.PortalShareOfOthers, k.ByPhone, k.NeedsPerOtherYear = c.uses, 0.5, 0.2, k.NeedsPerUserYear
		got, n := map[string]int{}, 0
		if _, err := Run(s, 36, 0, Options{Thread: func(r *ThreadRow) { got[r.Channel]++; n++ }}); err != nil {
			t.Fatal(err)
		}
		for _, channel := range []string{"portal", "phone", "email", "other"} {
			expectShare(t, fmt.Sprintf("preferring %v, use %v: %s", c.preferred, c.uses, channel), got[channel], n, c.want[channel])
		}
	}
}

// expectIndependent fails if two traits come together too often or too seldom for their own frequencies.
func expectIndependent(t *testing.T, what string, n, a, b, both int) {
	t.Helper()
	p, q := float64(a)/float64(n), float64(b)/float64(n)
	if z := (float64(both) - float64(n)*p*q) / math.Sqrt(float64(n)*p*(1-p)*q*(1-q)); math.Abs(z) > 4.9 { // two-sided 1e-6, of 45 pairs
		t.Errorf("%s: together in %d of %d, alone in %d and %d: z = %.1f", what, both, n, a, b, z)
	}
}
