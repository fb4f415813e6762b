package clinics

import (
	"fmt"
	"strings"
	"time"
)

func (d *drawing) drawStaff() {
	n := d.upTo("groups", 1, 4)
	withPatients := d.upTo("groups with patients", 1, n)
	for i := range n {
		name := fmt.Sprintf("group-%d", i)
		d.groups = append(d.groups, name)
		set := func(key, format string, values ...any) { d.file.set("staff."+name+"."+key, format, values...) }
		count := d.upTo("members", 1, 2)
		set("count", "%d", count)
		set("role", "%s", one(*d, "role", "nurse", "physician"))
		set("clinician", "%t", d.yes("clinician"))
		set("fte", "%v", one(*d, "fte", 0.5, 1))
		set("speed", "%v", one(*d, "speed", 1, 1, 0.7, 3))
		set("at_block_end", "%s", one(*d, "at block end", "finish", "finish", "suspend"))
		set("cost_per_hour", "40")
		visits := d.week(set)
		d.visits(set, visits)
		if i < withPatients {
			set("patient_share", "%v", 1/float64(withPatients))
		}
		d.serves(set, i, n, visits || i < withPatients)
		for range d.upTo("leaves", 0, 2) {
			from := d.upTo("leave", 0, 20)
			member := d.upTo("member on leave", 1, count)
			d.file.set(fmt.Sprintf("staff.%s.leave.%s-%d", name, name, member), "[%q]", d.leaveDates(from, from+d.upTo("leave length", 0, 9)))
		}
	}
}

// leaveDates is a range of days of the run.
func (d *drawing) leaveDates(from, to int) string {
	start, err := time.Parse(`"`+time.DateOnly+`"`, d.file.trees["run"].texts["start"])
	if err != nil {
		panic(err) // it was written as a date
	}
	return start.AddDate(0, 0, from).Format(time.DateOnly) + "/" + start.AddDate(0, 0, to).Format(time.DateOnly)
}

// week draws up to two kinds of day, in half hours, which may touch midnight, lays them over the week, and tells whether
// there are visits.
func (d *drawing) week(set func(key, format string, values ...any)) (visits bool) {
	var kinds [2][]string
	clock := func(halfHour int) string { return fmt.Sprintf("%02d:%02d", halfHour/2, halfHour%2*30) }
	for n := range kinds {
		at := 0
		for range d.upTo("blocks", 0, 4) {
			at += one(*d, "gap", 0, 0, 1, 16)
			end := min(48, at+d.upTo("length", 1, 20))
			if at < end {
				kind := one(*d, "kind", "inbox", "visits", "inbox", "admin", "away")
				kinds[n] = append(kinds[n], fmt.Sprintf("%q: %s", clock(at)+"-"+clock(end), kind))
			}
			at = end
		}
	}
	if d.sometimes("day and night") {
		kinds[0] = []string{`"00:00-24:00": inbox`}
	}
	var days []string
	for n, name := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		if n < 5 || d.yes("weekend") {
			blocks := strings.Join(kinds[one(*d, "kind of day", 0, 0, 1)], ", ")
			visits = visits || strings.Contains(blocks, "visits")
			days = append(days, fmt.Sprintf("%s: {%s}", name, blocks))
		}
	}
	set("week", "{%s}", strings.Join(days, ", "))
	return visits
}

// visits draws how visits are booked; sometimes for other hours than those of the blocks, so that some are displaced.
func (d *drawing) visits(set func(key, format string, values ...any), blocks bool) {
	if !blocks {
		return
	}
	set("visits.slot", "%s", one(*d, "slot", "20m", "30m", "1h"))
	set("visits.length", "%s", d.time("visit", 20*time.Minute, 35*time.Minute))
	set("visits.no_show", "%v", one(*d, "no-show", 0, 0.2, 1))
	set("visits.between", "%s", one(*d, "between", "nothing", "inbox"))
	set("visits.leave_before_next", "%s", one(*d, "leave before next", "0s", "5m", "25m"))
	if d.yes("booked") {
		set("visits.booked", "%s", one(*d, "booked", `{mon-fri: "08:00-12:00"}`, `{mon-wed: ["09:00-10:00", "13:00-17:00"], sat: "00:00-24:00"}`))
		set("visits.displaced", "%s", one(*d, "displaced", "lost", "rebook", "overbook", "admin", "rebook"))
		set("visits.rebook_within", "%s", one(*d, "rebook within", "2d", "12w"))
	}
}

// serves draws the pools of a group in some order, and its evenings. Group i serves every pool whose number leaves i on
// division, so that no pool is left alone.
func (d *drawing) serves(set func(key, format string, values ...any), i, n int, owner bool) {
	var names []string
	classes := true
	for p, x := range d.pools {
		if x.personal && owner || p%n == i || d.yes("serves") {
			names = append(names, x.name)
			classes = classes && x.classes
		}
	}
	if len(names) > 1 && d.yes("other order") {
		names = append(names[1:], names[0])
	}
	set("pools", "[%s]", strings.Join(names, ", "))
	for n := range d.upTo("sessions", 0, 2) {
		d.session(func(key, format string, values ...any) {
			set(fmt.Sprintf("after_hours.session-%d.%s", n, key), format, values...)
		}, classes)
	}
}

func (d *drawing) session(set func(key, format string, values ...any), classes bool) {
	kind := one(*d, "evening", "clear_inbox", "habit", "backlog_driven")
	set("kind", "%s", kind)
	days := one(*d, "evenings", "scheduled", "sat-sun", "mon-sun")
	set("days", "%s", days)
	set("probability", "%v", one(*d, "log-in", 0.5, 1))
	if days != "scheduled" || d.yes("at a time") {
		set("from", "%s", one(*d, "from", `"20:00-21:30"`, `"06:00-07:00"`, `"12:00-12:30"`))
	}
	if d.yes("until") {
		set("until", "%s", one(*d, "until", `"18:00"`, `"23:00"`))
	}
	switch kind {
	case "backlog_driven":
		set("probability", "0.1")
		set("per_item", "0.05")
		fallthrough
	case "habit":
		set("length", "%s", d.time("session", 10*time.Minute, 40*time.Minute, 3*time.Hour))
	}
	if classes && d.sometimes("urgent only") {
		set("finish", "urgent")
	}
}

// drawOnCall lets a group or a service answer urgent calls while the lines are closed.
func (d *drawing) drawOnCall() {
	if d.phone && d.urgent && d.yes("on call") {
		who := "service"
		if d.yes("a group is on call") {
			who = one(*d, "who is on call", d.groups...)
		}
		d.file.set("channels.phone.on_call", "{who: %s, handling: %s}", who, d.time("call", 5*time.Minute, 40*time.Minute))
	}
}

func (d *drawing) drawOtherWork() {
	for w := range d.upTo("other work", 0, 3) {
		set := func(key, format string, values ...any) {
			d.file.set(fmt.Sprintf("other_work.stream-%d.%s", w, key), format, values...)
		}
		to := one(*d, "stream's pool", d.pools...)
		set("pool", "%s", to.name)
		set("arrives", "%s", d.hours("arrives"))
		set("handling", "%s", d.time("item", time.Minute, 8*time.Minute))
		set("priority", "%d", d.upTo("stream's priority", 1, 4))
		set("target", "%s", one(*d, "stream's target", "1h", "3d"))
		set("activity", "%s", one(*d, "activity", "other_inbox", "notes"))
		switch way := d.upTo("stream", 0, 2); {
		case way == 0:
			set("per_visit", "%v", one(*d, "per visit", 0.5, 1, 2.3))
			set("delay", "%s", one(*d, "at once", "{dist: constant, value: 0s}", "{dist: exponential, mean: 5h}"))
			if d.sometimes("provokes") {
				set("provokes", "{%s: %v}", one(*d, "provokes", d.types...), one(*d, "provoked", 0.3, 1))
			}
		case way == 1 || to.personal:
			set("per_staff_week", "%v", one(*d, "per staff week", 3, 40))
		default:
			set("per_week", "%v", one(*d, "per week", 5, 60))
		}
	}
}
