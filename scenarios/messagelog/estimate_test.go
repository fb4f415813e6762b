package messagelog

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"portalsim/scenarios"
	"portalsim/sim"
)

// The overlay, laid over its scenario, is a clinic with the numbers estimated, and the evidence is there.
func TestOverlayLoads(t *testing.T) {
	arm := known(t)
	f := fitted(t, arm, simulated(t, arm, 4), 700, func(o *Options) { o.WorkedThrough = true })
	over := loads(t, f.Overlay())
	if over.Model.Patients.Count != 700 || math.Abs(over.Model.Patients.ActivityCV/f.valueOf("patients.activity_cv")-1) > 1e-3 {
		t.Errorf("%d patients, cv %v", over.Model.Patients.Count, over.Model.Patients.ActivityCV)
	}
	for h, b := range arm.ProfileBlocks() {
		if got, want := over.Model.Patients.HourWeights[b.OfWeek[0]], f.valueOf("patients.time_profile.weights."+b.Days+"."+b.Hours); math.Abs(got/want-1) > 2e-3 {
			t.Errorf("block %d has weight %v, want %v", h, got, want)
		}
	}
	if got := over.Model.Pools[0].Handling[0].Mean().Minutes(); math.Abs(got/f.valueOf("pools.desk.handling.mean")-1) > 1e-3 {
		t.Errorf("handling time %v min", got)
	}
	local := 0
	for _, in := range over.Inputs() {
		if in.Source == "local" && in.Low != nil && in.Note != "" {
			local++
		}
	}
	if local != len(f.Estimates)-1 { // all but the count of patients
		t.Errorf("%d inputs are local with a range, of %d estimates", local, len(f.Estimates))
	}
}

// hourly reads a log of a clinic by the hour of the week.
func hourly(t *testing.T, arm *scenarios.Arm, seed uint64) *Fit {
	t.Helper()
	l, err := Read(strings.NewReader(simulated(t, arm, seed)), Context{arm, scenarios.HoursOfWeek()}, Options{File: "log.csv"})
	if err != nil {
		t.Fatal(err)
	}
	f, err := l.Estimate(700)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// By the hour, the scenario's own blocks are painted over, and every hour has its weight; hours without a message have 0.
func TestHourlyProfile(t *testing.T) {
	sum, silent := 0.0, 0
	for _, w := range loads(t, hourly(t, known(t), 5).Overlay()).Model.Patients.HourWeights {
		sum += w
		if w == 0 {
			silent++
		}
	}
	if math.Abs(sum-168) > 1e-6 || silent == 0 || silent > 40 {
		t.Errorf("weights sum to %v, %d of them 0", sum, silent)
	}
}

// A period of odd days gives the rate of whole weeks: what was not seen is not taken for silence. Two messages an hour from
// Monday to Friday and one at weekends are 288 a week, seen from a Saturday to the Sunday two weeks on, but for a holiday.
func TestExposure(t *testing.T) {
	arm := known(t, "patients.time_profile.months=null", "patients.time_profile.weights={mon-fri: {\"00-24\": 1}, sat-sun: {\"00-24\": 2}}")
	var b strings.Builder
	b.WriteString("sent,type,patient\n")
	first := time.Date(2025, 1, 11, 0, 30, 0, 0, time.UTC)
	for h := range 16 * 24 {
		at := first.Add(time.Duration(h) * time.Hour)
		messages := 2
		switch {
		case at.Format("01-02") == "01-20":
			messages = 0 // the holiday: what is sent then does not count
		case at.Weekday() == time.Saturday || at.Weekday() == time.Sunday:
			messages = 1
		}
		for m := range messages {
			fmt.Fprintf(&b, "%s,refill,%d\n", at.Format("2006-01-02 15:04"), (h+m)%100)
		}
	}
	f := fitted(t, arm, b.String(), 700, func(o *Options) { o.From, o.To = nil, nil })
	want := 288 * float64(sim.Year) / float64(sim.Week) / 700 / sim.PortalPerNeed(arm.Model, 0)
	if got := f.valueOf("messages.refill.needs_per_user_year"); math.Abs(got/want-1) > 1e-12 {
		t.Errorf("%v needs a year, want %v", got, want)
	}
	if got := f.valueOf("patients.time_profile.weights.mon-fri.00-24"); math.Abs(got-168.0*2/288) > 1e-12 {
		t.Errorf("weight %v of a working day's hour, want %v", got, 168.0*2/288)
	}
}

// What a log does not hold is said, and is not in the overlay.
func TestMissing(t *testing.T) {
	arm := known(t)
	log := simulated(t, arm, 6)
	without := func(columns ...int) string {
		var b strings.Builder
		for _, line := range strings.Split(strings.TrimSpace(log), "\n") {
			var kept []string
			for i, field := range strings.Split(line, ",") {
				keep := true
				for _, c := range columns {
					keep = keep && i != c
				}
				if keep {
					kept = append(kept, field)
				}
			}
			b.WriteString(strings.Join(kept, ",") + "\n")
		}
		return b.String()
	}
	for _, c := range []struct {
		name, log, what, why string
		panel                int
	}{
		{"panel", log, "messages.*.needs_per_user_year", "write --patients", 0},
		{"panel", log, "patients.activity_cv", "write --patients", 0},
		{"patient", without(5), "patients.activity_cv", "no column patient", 700},
		{"type", without(1), "messages.*.needs_per_user_year", "no column type", 700},
		{"follow_ups", without(6), "messages.*.follow_up", "neither follow_ups nor in_reply_to", 700},
		{"worked through", log, "pools.*.handling", "--worked-through", 700},
		{"waits", log, "waits", "what a simulation gives", 700},
		{"most wrote", log, "patients.activity_cv", "raise patients.portal_users", 350},
	} {
		f := fitted(t, arm, c.log, c.panel, nil)
		overlay := f.Overlay()
		if !strings.Contains(overlay, "# - "+c.what+": ") || !strings.Contains(overlay, c.why) {
			t.Errorf("without %s: no reason %q for %s in\n%s", c.name, c.why, c.what, overlay)
		}
		loads(t, overlay)
		for i := range f.Estimates {
			path := f.Estimates[i].Dotted()
			last := c.what[strings.LastIndexByte(c.what, '.')+1:]
			if c.name != "worked through" && strings.HasSuffix(path, "."+last) {
				t.Errorf("without %s there is still %s", c.name, path)
			}
		}
	}
	l, err := plain(t, log, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Estimate(l.Patients - 1); err == nil || !strings.Contains(err.Error(), "patients wrote, more than") {
		t.Errorf("a panel smaller than those who wrote: %v", err)
	}
}

// A row for each message that follows up, and a row for each thread with a count, say the same.
func TestFollowUpsEitherWay(t *testing.T) {
	arm := known(t)
	var threads, messages strings.Builder
	threads.WriteString("sent,type,first_response,patient,follow_ups\n")
	messages.WriteString("sent,type,first_response,patient,in_reply_to\n")
	for i := range 120 {
		sent := Date(arm.Model.StartDay+i) + " 10:00"
		n := i % 3
		fmt.Fprintf(&threads, "%s,advice,%s,%d,%d\n", sent, sent, i%50, n)
		for m := range n + 1 {
			fmt.Fprintf(&messages, "%s,advice,%s,%d,%s\n", sent, sent, i%50, []string{"", "7", "yes"}[m])
		}
	}
	a, b := fitted(t, arm, threads.String(), 700, nil), fitted(t, arm, messages.String(), 700, nil)
	for _, path := range []string{"messages.advice.follow_up", "messages.advice.needs_per_user_year"} {
		if x, y := a.valueOf(path), b.valueOf(path); x != y {
			t.Errorf("%s: %v by threads, %v by messages", path, x, y)
		}
	}
	// 120 follow-ups on 240 answers: with q = 0.2, r = 0.8, s = 0.96 and f = 0.5, (f(q + s) − qr)/(s − qr + fq) = 0.42/0.9.
	if got := a.valueOf("messages.advice.follow_up"); math.Abs(got-0.42/0.9) > 1e-12 {
		t.Errorf("follow-up share %v, want %v", got, 0.42/0.9)
	}
}

// Minutes of work are averaged by pool: by the column, or by where the scenario sends the type; 3,5 is a number where the
// comma does not part fields. Fewer than thirty, or times all alike, give none.
func TestHandlingMinutes(t *testing.T) {
	arm := known(t)
	var pooled, unpooled strings.Builder
	pooled.WriteString("sent;type;pool;handling_min\n")
	unpooled.WriteString("sent,type,handling_min\n")
	for i := range 40 {
		sent := Date(arm.Model.StartDay+i) + " 10:00"
		minutes := 2 + i%4
		fmt.Fprintf(&pooled, "%s;advice;Reception;%d,5\n", sent, minutes)
		fmt.Fprintf(&unpooled, "%s,advice,%d.5\n", sent, minutes)
		if i < 20 {
			fmt.Fprintf(&unpooled, "%s,refill,3\n", sent)
		}
	}
	a := fitted(t, arm, pooled.String(), 700, func(o *Options) { o.Pools = []Renamed{{"reception", "desk"}} })
	b := fitted(t, arm, unpooled.String(), 700, nil)
	if x, y := a.valueOf("pools.desk.handling.mean"), b.valueOf("pools.nurse.handling.mean"); x != 4 || y != 4 {
		t.Errorf("mean %v by the column, %v by the type, want 4", x, y)
	}
	if overlay := b.Overlay(); !strings.Contains(overlay, "# - pools.desk.handling: fewer than 30 times.") || !strings.Contains(overlay, "mean: {value: 4m, source: local, ") {
		t.Errorf("overlay:\n%s", overlay)
	}
	loads(t, a.Overlay())
}
