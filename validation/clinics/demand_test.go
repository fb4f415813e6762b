package clinics

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// drawTypes draws the message types, then where their threads are passed on.
func (d *drawing) drawTypes() {
	for k := range d.upTo("types", 1, 4) {
		name := []string{"refill", "advice", "scheduling", "urgent"}[k]
		d.types = append(d.types, name)
		urgent := name == "urgent" || d.sometimes("declares urgency")
		d.urgent = d.urgent || urgent
		path := "messages." + name
		set := func(key, format string, values ...any) { d.file.set(path+"."+key, format, values...) }
		right := d.upTo("pool", 0, len(d.pools)-1)
		set("pool", "%s", d.pools[right].name)
		set("users", "%v", d.share("users"))
		set("needs_per_user_year", "%v", one(*d, "needs", 0., 5, 20, 60))
		set("needs_per_other_year", "%v", one(*d, "needs of others", 0., 10, 40))
		set("portal_share_of_others", "%v", d.share("portal share"))
		set("declares_urgent", "%t", urgent)
		set("truly_urgent", "%v", d.share("truly urgent"))
		set("incomplete", "%v", d.share("incomplete"))
		set("follow_up", "%v", one(*d, "follow-up", 0, 0.2, 0.6))
		set("reply", "%v", d.share("reply"))
		set("reply_delay", "%s", d.time("reply delay", time.Minute, time.Hour, day))
		set("lapse_after", "%s", one(*d, "lapse", "1h", "1d", "5d"))
		set("target", "%s", one(*d, "target", "1h", "2d"))
		set("priority", "%d", d.upTo("priority", 1, 4))
		if slices.Contains(d.channels, "phone") {
			set("by_phone", "%v", d.share("by phone"))
		}
		if n := len(d.pools); n > 1 {
			set("misdirected", "%v", d.share("misdirected"))
			set("misdirected_to", "{shares: {%s: 1}}", d.pools[(right+d.upTo("misdirected to", 1, n-1))%n].name)
		}
		d.needs(set)
		d.impatience(set)
	}
	d.routes()
}

// needs draws what becomes of needs before anybody sees them, and needs at whole hours, so that they meet blocks and
// each other.
func (d *drawing) needs(set func(key, format string, values ...any)) {
	var at []int
	for range d.upTo("needs at", 0, 3) {
		at = append(at, d.upTo("need at", 0, 14*24))
	}
	slices.Sort(at)
	var times []string
	for _, h := range at {
		times = append(times, fmt.Sprintf("%dh", h))
	}
	set("needs_at", "[%s]", strings.Join(times, ", "))
	if d.sometimes("unneeded") {
		set("unneeded", "%v", d.share("unneeded"))
	}
	if d.sometimes("latent") {
		set("latent", "{%s: %v}", one(*d, "held back by", d.segments...), one(*d, "latent", 0.1, 0.6))
	}
	if d.sometimes("self-service") {
		set("self_service", "%v", d.share("self-service"))
	}
	if d.sometimes("batching") {
		set("batching", "%v", d.share("batching"))
	}
}

func (d *drawing) impatience(set func(key, format string, values ...any)) {
	if !d.sometimes("impatient") {
		return
	}
	nudge, phone, care := d.share("nudge"), 0., 0.
	if slices.Contains(d.channels, "phone") {
		phone = (1 - nudge) * d.share("phone")
	}
	care = (1 - nudge - phone) * d.share("urgent care")
	set("patience", "%s", d.time("patience", 30*time.Minute, 6*time.Hour, 2*day))
	set("impatience", "{nudge: %v, phone: %v, urgent_care: %v}", nudge, phone, care)
}

// routes draws a graph of passing on, anything forwards and little backwards, so that it always ends; and of asking.
func (d *drawing) routes() {
	n := len(d.pools)
	for p := range d.pools {
		for _, kind := range d.types {
			if n == 1 || d.yes("no route") {
				continue
			}
			var shares []string
			back := 0.0
			if p > 0 {
				back = one(*d, "back", 0, 0.2)
				shares = append(shares, fmt.Sprintf("%s: %v", d.pools[d.upTo("back to", 0, p-1)].name, back))
			}
			if p < n-1 {
				shares = append(shares, fmt.Sprintf("%s: %v", d.pools[d.upTo("on to", p+1, n-1)].name, one(*d, "on", 0, 0.3, 1)*(1-back)))
			}
			d.file.set("pools."+d.pools[p].name+".pass_on."+kind, "{%s}", strings.Join(shares, ", "))
			if d.sometimes("consult") {
				other := d.pools[(p+d.upTo("asks", 1, n-1))%n].name
				d.file.set("pools."+d.pools[p].name+".consult."+kind, "{%s: %v}", other, one(*d, "consult", 0.3, 1))
			}
		}
	}
}

func (d *drawing) drawBacklog() {
	if d.sometimes("backlog") {
		d.file.set("backlog."+one(*d, "backlog of", d.types...), "{count: %d, age: %s}", d.upTo("backlog", 0, 30), d.time("age", time.Hour, 3*day))
	}
}

func (d *drawing) drawInterventions() {
	raised := false
	for i := range d.upTo("interventions", 0, 2) {
		path := fmt.Sprintf("interventions.change-%d", i)
		set := func(key, format string, values ...any) { d.file.set(path+"."+key, format, values...) }
		if d.sometimes("modifier") {
			set("kind", "modifier")
			set("channels", "%s", one(*d, "for", "all", "written"))
		} else {
			d.education(set)
		}
		rates := []float64{1, 0, 0.4}
		if !raised { // the rates of all multiply, and there are so many layers
			rates = append(rates, 1.5, 2, 3.2)
		}
		rate := one(*d, "rate", rates...)
		raised = raised || rate > 1
		set("effects", "{rate: %v, %s}", rate, d.odds())
		if d.sometimes("by type") {
			set("effects_by_type."+one(*d, "type", d.types...), "{rate: %v}", one(*d, "rate of type", 0.5, 1))
		}
		if d.sometimes("by segment") {
			set("effects_by_segment."+one(*d, "segment", d.segments...), "{rate: %v, follow_up: 0.5}", one(*d, "rate of segment", 0.5, 1.2))
		}
		if d.sometimes("by need") {
			set("effects_by_need."+one(*d, "kind of need", "needed", "unneeded", "latent"), "{rate: %v}", one(*d, "rate of kind", 0., 0.6, 1.2))
		}
	}
}

// odds draws odds ratios on everything that has one.
func (d *drawing) odds() string {
	var list []string
	for _, key := range []string{"by_phone", "misdirected", "incomplete", "follow_up", "hold_back", "duplicates", "self_service", "batching"} {
		list = append(list, fmt.Sprintf("%s: %v", key, one(*d, "odds "+key, 1, 1, 0.3, 4)))
	}
	return strings.Join(list, ", ")
}

func (d *drawing) education(set func(key, format string, values ...any)) {
	set("kind", "education")
	set("start", "%dh", one(*d, "starts", 0, 24, 33, 100))
	set("reach", "%v", d.share("reach"))
	set("delay", "%s", one(*d, "delay", "{dist: constant, value: 0s}", "{dist: exponential, mean: 1d}"))
	set("cost_per_patient", "%d", one(*d, "cost", 0, 3))
	if d.yes("fades") {
		set("half_life", "%s", one(*d, "half-life", "1d", "10d"))
	}
	if d.yes("booster") {
		set("boosters", "[%dd]", d.upTo("booster", 1, 6))
	}
	for _, p := range d.pools {
		if !p.personal && d.sometimes("taught in "+p.name) {
			set("staff_time", "{pool: %s, handling: %s, priority: %d}", p.name, d.time("lesson", time.Minute, 6*time.Minute), d.upTo("lesson's priority", 1, 5))
			return
		}
	}
}
