package clinics

import (
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// drawing draws the parts of a random clinic.
type drawing struct {
	*rapid.T
	file     *tree
	pools    []pool
	channels []string // beside the portal
	phone    bool     // offered
	types    []string
	urgent   bool // a type declares urgency
	segments []string
	groups   []string
}

// pool is what the other parts must know of a pool.
type pool struct {
	name     string
	personal bool
	classes  bool // has priority classes
}

const day = 24 * time.Hour

// drawClinic draws a small clinic with every mechanism of the format switched on at random, and nothing that the checks
// of a scenario refuse: whoever has patients or visits serves every personal pool, and no thread is passed on for ever.
func drawClinic(rt *rapid.T) *tree {
	d := drawing{T: rt, file: newTree()}
	d.file.set("schema", "portalsim/scenario/1")
	d.file.set("name", "random")
	d.period()
	d.drawPatients()
	d.drawChannels()
	d.drawPools()
	d.drawTypes()
	d.drawStaff()
	d.drawOnCall()
	d.drawOtherWork()
	d.drawInterventions()
	d.drawBacklog()
	d.file.set("measures.min_events", "%d", one(d, "min events", 1, 30))
	d.file.set("costs", "{after_hours_hour: 80, wait_hour: 1, urgent_late: 50, lost_visit: 90, service_call: 20}")
	return d.file
}

func one[T any](d drawing, what string, values ...T) T {
	return rapid.SampledFrom(values).Draw(d.T, what)
}

func (d drawing) yes(what string) bool { return rapid.Bool().Draw(d.T, what) }

// sometimes is true once in three times: what it switches on is off in the simplest clinic.
func (d drawing) sometimes(what string) bool { return one(d, what, false, false, true) }

func (d drawing) upTo(what string, low, high int) int {
	return rapid.IntRange(low, high).Draw(d.T, what)
}

func (d drawing) share(what string) float64 { return one(d, what, 0, 0, 0.1, 0.5, 0.9, 1) }

// length writes a time.
func length(x time.Duration) string {
	switch {
	case x%time.Hour == 0:
		return fmt.Sprintf("%dh", x/time.Hour)
	case x%time.Minute == 0:
		return fmt.Sprintf("%dm", x/time.Minute)
	default:
		return fmt.Sprintf("%ds", x/time.Second)
	}
}

// time draws a distribution. Constant times of whole minutes make events fall on the same instant.
func (d drawing) time(what string, means ...time.Duration) string {
	mean := one(d, what+" mean", means...)
	switch d.upTo(what+" family", 0, 5) {
	case 0:
		return fmt.Sprintf("{dist: constant, value: %s}", length(mean))
	case 1:
		return fmt.Sprintf("{dist: exponential, mean: %s}", length(mean))
	case 2:
		return fmt.Sprintf("{dist: uniform, low: %s, high: %s}", length(mean/2), length(mean+mean/2))
	case 3:
		return fmt.Sprintf("{dist: lognormal, mean: %s, cv: %v}", length(mean), one(d, what+" cv", 0.3, 1, 2))
	case 4:
		return fmt.Sprintf("{dist: gamma, mean: %s, cv: %v}", length(mean), one(d, what+" cv", 0.5, 1.5))
	default:
		return fmt.Sprintf("{dist: triangular, low: %s, mode: %s, high: %s}", length(mean/2), length(mean/2+mean/4), length(mean*2))
	}
}

// hours draws hours by day: office hours, always, or odd ones that touch midnight.
func (d drawing) hours(what string) string {
	return one(d, what, `{mon-fri: "08:00-17:00"}`, `{mon-sun: "00:00-24:00"}`, `{mon-sun: ["00:00-02:00", "09:00-12:00", "13:00-24:00"]}`)
}

// date is a day of the run, from its start.
func date(start, n int) string {
	return time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC).AddDate(0, 0, start+n).Format(time.DateOnly)
}

func (d drawing) period() {
	f, start := d.file, d.upTo("start", 0, 400)
	f.set("run.start", "%q", date(start, 0))
	f.set("run.warm_up", "%dd", one(d, "warm-up", 0, 1, 3, 7))
	f.set("run.measure", "%dw", one(d, "measure", 1, 1, 1, 2))
	f.set("run.drain", "%s", one(d, "drain", "0s", "1h", "1d", "3d", "14d"))
	f.set("run.max_in_progress", "3000")
	f.set("calendar.open", "%s", d.hours("open"))
	f.set("calendar.working_hours", "%s", one(d, "working", `"07:00-17:30"`, `"09:00-12:00"`, `"00:00-24:00"`, `"00:00-12:00"`, `"10:00-24:00"`))
	var holidays []string
	for range d.upTo("holidays", 0, 2) {
		if x := fmt.Sprintf("%q", date(start, d.upTo("holiday", 0, 20))); !strings.Contains(fmt.Sprint(holidays), x) {
			holidays = append(holidays, x)
		}
	}
	f.set("calendar.holidays", "[%s]", strings.Join(holidays, ", "))
}

func (d *drawing) drawPatients() {
	f := d.file
	f.set("patients.count", "%d", one(*d, "patients", 1, 10, 40))
	f.set("patients.activity_cv", "%v", one(*d, "cv", 0, 1, 1.7))
	f.set("patients.survey_reading", "portal_users")
	if d.yes("panel seed") {
		f.set("patients.panel_seed", "%d", d.upTo("panel seed", 0, 9))
	}
	d.segments = []string{"everyone"}
	if d.yes("segments") {
		d.segments = []string{"critical-only", "routine"}
		f.set("patients.segments", "{shares: {critical-only: 0.6, routine: 0.4}}")
		f.set("patients.segment_activity", "{critical-only: 0.3}")
	}
	if d.yes("busy days") {
		f.set("patients.time_profile", `{weights: {mon-sun: {"00-08": 0, "08-16": 3, "16-24": 0}}, months: {jan: 2, feb: 0.5}, holiday_factor: %v}`, d.share("holiday factor"))
	}
}

// drawChannels draws the channels, and which of them patients prefer.
func (d *drawing) drawChannels() {
	names := []string{"phone", "email", "other"}[:d.upTo("channels", 0, 3)]
	portal := 1.
	if len(names) > 0 {
		portal = d.share("prefer the portal")
		d.file.set("patients.preferred_channel", "{shares: {portal: %v, %s: %v}}", portal, names[len(names)-1], 1-portal)
	} else {
		d.file.set("patients.preferred_channel", "{shares: {portal: 1}}")
		d.file.set("channels", "{}")
	}
	d.file.set("patients.portal_users", "%v", portal+(1-portal)*d.share("other users"))
	d.channels = names
}

// drawPools draws the pools, then the channels that lead to them.
func (d *drawing) drawPools() {
	n := d.upTo("pools", 1, 4)
	for p := range n {
		x := pool{name: fmt.Sprintf("pool-%d", p), personal: d.sometimes("personal")}
		path := "pools." + x.name
		discipline := one(*d, "discipline", "fifo", "priority", "preemptive_resume", "lifo", "earliest_due_date", "ageing")
		x.classes = discipline == "priority" || discipline == "preemptive_resume"
		d.file.set(path+".discipline", "%s", discipline)
		if discipline == "ageing" {
			d.file.set(path+".ageing", "%s", one(*d, "ageing", "1h", "1d"))
		}
		d.file.set(path+".clinical", "%t", d.yes("clinical"))
		if x.personal {
			d.file.set(path+".assignment", "personal")
			d.file.set(path+".cover", "%s", one(*d, "cover", "none", "pool"))
		}
		if d.sometimes("triage") {
			d.file.set(path+".triage", "{sensitivity: %v, specificity: %v}", d.share("sensitivity"), d.share("specificity"))
		}
		d.file.set(path+".resumption", "%s", one(*d, "resumption", "0s", "2m"))
		d.file.set(path+".handling", "%s", d.time("handling", time.Minute, 10*time.Minute, time.Hour))
		for _, key := range []string{"reroute", "request", "advise", "join"} {
			if d.sometimes(key) {
				d.file.set(path+"."+key+"_handling", "%s", d.time(key, time.Minute, 3*time.Minute))
			}
		}
		d.pools = append(d.pools, x)
	}
	for _, name := range d.channels {
		d.channel(name)
	}
}

func (d *drawing) channel(name string) {
	path := "channels." + name
	live := name != "email"
	d.file.set(path+".live", "%t", live)
	if d.upTo("offered", 0, 4) == 4 {
		d.file.set(path+".offered", "false")
		d.file.set(path+".falls_back_to", "portal")
		return
	}
	d.phone = d.phone || name == "phone"
	d.file.set(path+".pool", "%s", one(*d, "channel's pool", d.pools...).name)
	d.file.set(path+".priority", "%d", d.upTo("channel's priority", 1, 4))
	if d.yes("hours") || name == "phone" && d.yes("hours of the telephone") {
		d.file.set(path+".hours", "%s", d.hours("channel's hours"))
		d.file.set(path+".after_opening", "%s", d.time("after opening", 10*time.Minute, 3*time.Hour))
	}
	if live && d.sometimes("callers hang up") {
		d.file.set(path+".patience", "%s", d.time("hold", 5*time.Minute, 2*time.Hour))
		d.file.set(path+".call_back", "%v", d.share("call back"))
		d.file.set(path+".call_again", "%s", d.time("call again", 20*time.Minute, 5*time.Hour))
	}
}
