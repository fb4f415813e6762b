package sim

import (
	"flag"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim/random"
)

// monday is 2025-01-06, in days since 1970-01-01.
const monday = 20094

// check tries a property on n random clinics. The seed is fixed, so that a test either always passes or always fails;
// -rapid.checks and -rapid.seed search further.
func check(t *testing.T, n int, property func(*rapid.T)) {
	t.Helper()
	given := givenFlags()
	for _, f := range []struct{ name, value string }{
		{"rapid.checks", fmt.Sprint(n)}, {"rapid.seed", "1"}, {"rapid.nofailfile", "true"}, {"rapid.shrinktime", "5s"},
	} {
		if given[f.name] {
			continue
		}
		before := flag.Lookup(f.name).Value.String()
		if err := flag.Set(f.name, f.value); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = flag.Set(f.name, before) }()
	}
	rapid.Check(t, property)
}

// givenFlags are the flags of the command line: flag.Set makes others look alike, so they are noted before it is called.
var givenFlags = sync.OnceValue(func() map[string]bool {
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	return given
})

// drawing draws the parts of a random clinic.
type drawing struct {
	*rapid.T
	s *Scenario
}

// drawClinic draws a small clinic with every mechanism that the checks of a scenario allow, and none that they refuse:
// whoever has patients or visits serves every personal pool, and no thread is passed on for ever.
func drawClinic(rt *rapid.T) *Scenario {
	d := drawing{rt, &Scenario{Name: "random", MaxInProgress: 100_000}}
	d.period()
	d.pools()
	d.channels()
	d.types()
	d.patients()
	d.staff()
	d.otherWork()
	d.campaigns()
	return d.s
}

func one[T any](d drawing, what string, values ...T) T {
	return rapid.SampledFrom(values).Draw(d.T, what)
}

func (d drawing) yes(what string) bool { return rapid.Bool().Draw(d.T, what) }

func (d drawing) upTo(what string, low, high int) int {
	return rapid.IntRange(low, high).Draw(d.T, what)
}

func (d drawing) share(what string) float64 { return one(d, what, 0, 0, 0.1, 0.5, 0.9, 1) }

// time draws a distribution. Constant times of whole minutes make events fall on the same instant.
func (d drawing) time(what string, means ...time.Duration) random.Distribution {
	mean := one(d, what+" mean", means...)
	switch d.upTo(what+" family", 0, 5) {
	case 0:
		return random.ConstantTime(mean)
	case 1:
		return random.ExponentialTime(mean)
	case 2:
		return random.UniformTime(mean/2, mean+mean/2)
	case 3:
		return random.LognormalTime(mean, one(d, what+" cv", 0.3, 1, 2))
	case 4:
		return random.GammaTime(mean, one(d, what+" cv", 0.5, 1.5))
	default:
		return random.TriangularTime(mean/2, mean/2+mean/4, mean*2)
	}
}

func (d drawing) period() {
	s := d.s
	s.StartDay = monday + d.upTo("start", 0, 400)
	s.WarmUp = time.Duration(one(d, "warm-up", 0, 1, 3, 7, 14)) * Day
	s.Measure = time.Duration(one(d, "measure", 1, 1, 1, 2, 3)) * Week
	s.Drain = one(d, "drain", 0, time.Hour, Day, 3*Day, 14*Day)
	s.Open = d.hours("open")
	s.Measured = Calendar{Open: s.Open}
	s.Working = one(d, "working", Span{7 * time.Hour, 17*time.Hour + 30*time.Minute}, Span{9 * time.Hour, 12 * time.Hour},
		Span{0, Day}, Span{0, 12 * time.Hour}, Span{10 * time.Hour, Day})
	for range d.upTo("holidays", 0, 3) {
		s.Holidays = append(s.Holidays, s.StartDay+d.upTo("holiday", 0, 30))
	}
	slices.Sort(s.Holidays)
	s.Holidays = slices.Compact(s.Holidays)
	if d.yes("measured by the clinic's holidays") {
		s.Measured.Holidays = s.Holidays
	}
	s.Limits = Limits{
		UrgentSafety: 4 * time.Hour, LongEvening: time.Hour, AfterHoursPerFTEWeek: 68 * time.Minute, MessagesPerFTEWeek: 30,
		Unopened: 12 * time.Hour, Unanswered: 36 * time.Hour, MinEvents: one(d, "min events", 1, 30),
	}
}

// hours draws opening hours: office hours, always, or odd ones that touch midnight.
func (d drawing) hours(what string) (week WeeklyHours) {
	kind := d.upTo(what, 0, 2)
	for day := range week {
		switch {
		case kind == 1:
			week[day] = []Span{{0, Day}}
		case kind == 2:
			week[day] = []Span{{0, 2 * time.Hour}, {9 * time.Hour, 12 * time.Hour}, {13 * time.Hour, Day}}
		case day < 5:
			week[day] = []Span{{8 * time.Hour, 17 * time.Hour}}
		}
	}
	return week
}

func (d drawing) pools() {
	for p := range d.upTo("pools", 1, 4) {
		d.s.Pools = append(d.s.Pools, Pool{
			Name: fmt.Sprintf("pool-%d", p), Priority: d.yes("priority"), Personal: d.yes("personal"), Clinical: d.yes("clinical"),
		})
		if last := &d.s.Pools[p]; last.Personal {
			last.Cover = d.yes("cover")
		}
	}
}

func (d drawing) channels() {
	d.s.Channels = []Channel{{Name: "portal", Pool: -1, Always: true}}
	for c := range d.upTo("channels", 0, 3) {
		channel := Channel{
			Name: []string{"phone", "email", "other"}[c], Live: c != 1, FallsBackTo: c + 1, Always: d.yes("always"),
			Pool: d.upTo("channel's pool", 0, len(d.s.Pools)-1), Priority: uint8(d.upTo("channel's priority", 1, 4)),
		}
		if !channel.Always {
			channel.Hours = d.hours("channel's hours")
			channel.AfterOpening = d.time("after opening", 10*time.Minute, 3*time.Hour)
		}
		if d.upTo("offered", 0, 4) == 0 {
			channel.Pool, channel.FallsBackTo = -1, 0
		}
		d.s.Channels = append(d.s.Channels, channel)
	}
}

func (d drawing) types() {
	for k := range d.upTo("types", 1, 4) {
		t := MessageType{
			Name: []string{"refill", "advice", "scheduling", "urgent"}[k], UsesOfPortalUsers: d.share("uses"),
			NeedsPerUserYear: one(d, "needs", 0., 5, 20, 60), NeedsPerOtherYear: one(d, "needs of others", 0., 10, 40),
			PortalShareOfOthers: d.share("portal share"), DeclaresUrgent: k == 3,
			TrulyUrgent: d.share("truly urgent"), Incomplete: d.share("incomplete"), FollowUp: one(d, "follow-up", 0, 0.2, 0.6),
			Reply: d.share("reply"), ReplyDelay: d.time("reply delay", time.Minute, time.Hour, Day),
			LapseAfter: one(d, "lapse", time.Hour, Day, 5*Day), Target: one(d, "target", time.Hour, Day),
			Priority: uint8(d.upTo("priority", 1, 4)), Pool: d.upTo("pool", 0, len(d.s.Pools)-1),
		}
		if len(d.s.Channels) > 1 {
			t.ByPhone = d.share("by phone")
		}
		for range d.upTo("needs at", 0, 3) { // whole hours, so that needs meet blocks and each other
			t.NeedsAt = append(t.NeedsAt, time.Duration(d.upTo("need at", 0, 14*24))*time.Hour)
		}
		slices.Sort(t.NeedsAt)
		if n := len(d.s.Pools); n > 1 {
			t.Misdirected = d.share("misdirected")
			t.MisdirectedTo = make([]float64, n)
			t.MisdirectedTo[(t.Pool+d.upTo("misdirected to", 1, n-1))%n] = 1
		}
		d.s.Types = append(d.s.Types, t)
	}
	d.routes()
}

// routes draws handling times and a graph of passing on: anything forwards, little backwards, so that it always ends.
func (d drawing) routes() {
	n := len(d.s.Pools)
	for p := range d.s.Pools {
		pool := &d.s.Pools[p]
		handling := d.time("handling", time.Minute, 10*time.Minute, time.Hour)
		brief := d.time("brief handling", time.Minute, 2*time.Minute)
		pool.PassOn = make([][]float64, len(d.s.Types))
		for k := range d.s.Types {
			pool.Handling = append(pool.Handling, handling)
			pool.Reroute = append(pool.Reroute, brief)
			pool.Request = append(pool.Request, brief)
			if n == 1 || d.yes("no route") {
				continue
			}
			shares := make([]float64, n)
			back := 0.0
			if p > 0 {
				back = one(d, "back", 0, 0.2)
				shares[d.upTo("back to", 0, p-1)] = back
			}
			if p < n-1 {
				shares[d.upTo("on to", p+1, n-1)] = one(d, "on", 0, 0.3, 1) * (1 - back)
			}
			pool.PassOn[k] = shares
		}
	}
}

func (d drawing) patients() {
	p := &d.s.Patients
	*p = Patients{Count: one(d, "patients", 1, 10, 40), ActivityCV: one(d, "cv", 0, 1, 1.7), HolidayFactor: d.share("holiday factor")}
	if d.yes("panel seed") {
		seed := uint64(d.upTo("panel seed", 0, 9))
		p.PanelSeed = &seed
	}
	n := len(d.s.Channels)
	p.Preferred, p.Instead = make([]float64, n), make([]float64, n)
	p.Preferred[0] = 1
	p.Instead[min(1, n-1)] = 1
	if n > 1 {
		p.Preferred[0] = d.share("prefer portal")
		p.Preferred[n-1] = 1 - p.Preferred[0]
	}
	p.PortalUsers = p.Preferred[0] + (1-p.Preferred[0])*d.share("other users")
	p.Segments = []Segment{{"everyone", 1, 1}}
	if d.yes("segments") {
		p.Segments = []Segment{{"critical-only", 0.6, 0.5}, {"routine", 0.4, 1.75}} // mean 0.3 + 0.7 = 1
	}
	day := d.yes("busy days")
	for h := range p.HourWeights {
		p.HourWeights[h] = 1
		if day {
			p.HourWeights[h] = 0
			if h%24 >= 8 && h%24 < 16 {
				p.HourWeights[h] = 3
			}
		}
	}
	for m := range p.MonthWeights {
		p.MonthWeights[m] = 1
		if day {
			p.MonthWeights[m] = 0.5 + float64(m%2)
		}
	}
}
