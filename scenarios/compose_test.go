package scenarios

import (
	"strings"
	"testing"
	"time"
)

// overlay writes an overlay with the lines given.
func overlay(lines ...string) string {
	return "schema: " + overlaySchema + "\n" + strings.Join(lines, "\n") + "\n"
}

// with lays overlays, in order, over tiny.
func with(t *testing.T, overlays ...string) *Arm {
	t.Helper()
	files, arm := stacked(overlays)
	return loadAll(t, files, []string{arm})[0]
}

// stacked names overlays o1, o2, … over tiny.
func stacked(overlays []string) (files map[string]string, arm string) {
	files, arm = map[string]string{"tiny": tiny}, "tiny"
	for i, o := range overlays {
		name := "o" + string(rune('1'+i))
		files[name] = o
		arm += "+" + name
	}
	return files, arm
}

func TestOverlaySets(t *testing.T) {
	f := with(t, overlay(
		`set:`,
		`  messages: {refill: {users: 0.5, target: 1d}}`,
		`  pools: {nurse: {handling: {dist: exponential, mean: 3m}}, phone: {handling: {dist: constant, value: 2m}}}`,
		`  calendar: {holidays: ["2025-07-04"], open: {sat: "08:00-12:00"}}`,
	)).File
	refill := f.Messages.Values[0]
	if refill.Users.Value != 0.5 || refill.Users.Evidence != nil || refill.Target.Days != 1 || refill.NeedsPerUserYear.Value != 3.2 {
		t.Errorf("refill is %+v", refill)
	}
	if d := f.Pools.Values[0].Handling; d.Kind != "exponential" || d.CV.Value != 0 {
		t.Errorf("a distribution is replaced whole, got %+v", d)
	}
	if got := strings.Join(f.Pools.Keys, " "); got != "nurse phone" {
		t.Errorf("pools are %s: a new key comes last", got)
	}
	if got := strings.Join(f.Calendar.Open.Keys, " "); got != "mon-fri sat" {
		t.Errorf("open on %s: an overlay patches the default", got)
	}
}

func TestNullRemoves(t *testing.T) {
	f := with(t, overlay("set: {messages: {refill: {incomplete: null}}, channels: {phone: ~}, patients: {preferred_channel: {portal: 1}}}")).File
	if f.Messages.Values[0].Incomplete.Value != 0 || len(f.Channels.Keys) != 0 {
		t.Errorf("got %+v", f)
	}
}

func TestOverlayRefuses(t *testing.T) {
	cases := []struct {
		name     string
		overlays []string
		want     string
	}{
		{"misspelt entry", []string{overlay("set: {pools: {nurce: {discipline: fifo}}}")},
			"library/o1.yaml:2:15: pools.nurce: the clinic has no nurce, and a new one needs title; did you mean nurse? If not, add the missing keys"},
		{"incomplete entry", []string{overlay("set: {staff: {clerk: {count: 1, role: clerk}}}")},
			"staff.clerk: the clinic has no clerk, and a new one needs pools, week; add the missing keys"},
		{"misspelt key", []string{overlay("set: {pools: {nurse: {dicipline: fifo}}}")},
			"library/o1.yaml:2:23: pools.nurse.dicipline: unknown key; did you mean discipline?"},
		{"null of nothing", []string{overlay("set: {pools: {nurce: null}}")}, "null removes, and the clinic has nothing here; did you mean nurse?"},
		{"null in a new entry", []string{overlay("set: {pools: {p: {handling: {dist: constant, value: 1m}, title: null}}}")}, "null removes, and the clinic has nothing here; remove the key"},
		{"null of a required key", []string{overlay("set: {patients: {count: null}}")}, "patients.count: required key is missing"},
		{"add to nothing", []string{overlay("add: {pools.nurce.handling.mean: 1m}")}, "library/o1.yaml:2:7: pools.nurce.handling.mean: pools has no nurce; did you mean nurse?"},
		{"scale nothing", []string{overlay("scale: {staff.nurse.visits: 2}")}, "staff.nurse has no visits"},
		{"scale unknown", []string{overlay("scale: {staff.nurse.cuont: 2}")}, "the format has no staff.nurse.cuont; did you mean count?"},
		{"scale a word", []string{overlay("scale: {pools.nurse.discipline: 2}")}, `is "fifo", not a number or a time`},
		{"scale a map", []string{overlay("scale: {pools.nurse: 2}")}, "is a map, not a number"},
		{"scale a list", []string{overlay("scale: {staff.nurse.pools: 2}")}, "is a list, not a number"},
		{"scale an item", []string{overlay("scale: {\"staff.nurse.pools[0]\": 2}")}, "paths do not reach into lists; write the whole list at staff.nurse.pools"},
		{"add to a distribution", []string{overlay("add: {pools.nurse.handling: 1m}")}, "is a map, not a number"},
		{"add a time to a number", []string{overlay("add: {messages.refill.needs_per_user_year: 1m}")}, "is the number 3.2, and 1m is a time"},
		{"add a number to a time", []string{overlay("add: {pools.nurse.handling.mean: 1}")}, "is the time 4m, and 1 has no unit"},
		{"scale by a time", []string{overlay("scale: {pools.nurse.handling.mean: 1m}")}, `must be a number, got "1m"`},
		{"count not whole", []string{overlay("scale: {patients.count: 0.333}")}, "library/o1.yaml:2:25: patients.count: must be a whole number, got 33.3"},
		{"probability too large", []string{overlay("scale: {messages.refill.users: 2}")}, "must be from 0 to 1, got 1.338"},
		{"target below nothing", []string{overlay("add: {messages.refill.target: -3d}")}, "messages.refill.target: would be negative"},
		{"null in a list", []string{overlay("set: {calendar: {holidays: [~]}}")}, "calendar.holidays[0]: has no value; remove the item"},
		{"entry is no map", []string{overlay("set: {pools: {nurse: fast}}")}, "pools.nurse: must be a map, got a single value"},
		{"map is no map", []string{overlay("set: {pools: fast}")}, "pools: must be a map, got a single value; write a map by names"},
		{"nested path", []string{overlay("scale: {patients: {count: 2}}")}, "must be a number, got a map; write the whole path as one key"},
		{"scenario key at the top", []string{overlay("pools: {}")}, "library/o1.yaml:2:1: pools: unknown key of an overlay; write it inside set:"},
		{"extends", []string{overlay("extends: tiny")}, "an overlay is laid over a scenario on the command line"},
		{"set is a list", []string{overlay("set: []")}, "set: must be a map, got a list"},
		{"two differ", []string{overlay("set: {patients: {count: 7}}"), overlay("set: {patients: {count: 8}}")},
			"library/o2.yaml:2:18: patients.count: overlays library/o1.yaml and library/o2.yaml set it differently (7 and 8)"},
		{"one removes", []string{overlay("set: {channels: {phone: null}}"), overlay("set: {channels: {phone: {live: false}}}")},
			"channels.phone.live: overlays library/o1.yaml and library/o2.yaml set it differently (null and false)"},
		{"overlap in an overlay", []string{overlay(`set: {staff: {nurse: {week: {mon: {"09:00-11:00": admin, "10:00-12:00": inbox}}}}}`)},
			"staff.nurse.week.mon.10:00-12:00: overlaps staff.nurse.week.mon.09:00-11:00"},
		{"bad value", []string{overlay("set: {messages: {refill: {users: 7}}}")}, "library/o1.yaml:2:34: messages.refill.users: must be from 0 to 1, got 7"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files, arm := stacked(c.overlays)
			wants(t, problemsOf(t, files, []string{arm}), c.want)
		})
	}
}

func TestTwoOverlaysMayAgree(t *testing.T) {
	o := overlay("set: {patients: {count: 7}}")
	if f := with(t, o, o).File; f.Patients.Count != 7 {
		t.Errorf("count is %d", f.Patients.Count)
	}
}

func TestAddAndScale(t *testing.T) {
	f := with(t,
		overlay("set: {messages: {refill: {follow_up: 0.1}}}",
			"add: {patients.count: 50, messages.refill.needs_per_user_year: 0.3, messages.refill.target: 4h}",
			"scale: {messages.refill.follow_up: 3, pools.nurse.handling: 1.5, messages.refill.needs_per_user_year: 2, messages.refill.lapse_after: 0.5}"),
		overlay("scale: {patients.count: 2, pools.nurse.handling.cv: 0.5}", "add: {messages.refill.target: -1d}"),
	).File
	refill := f.Messages.Values[0]
	if f.Patients.Count != 300 {
		t.Errorf("count is %d, want (100 + 50) × 2", f.Patients.Count)
	}
	if refill.FollowUp.Value != 0.3 {
		t.Errorf("follow_up is %v, want exactly 0.3", refill.FollowUp.Value)
	}
	if d := f.Pools.Values[0].Handling; d.Mean.D != 6*time.Minute || d.CV.Value != 0.5 {
		t.Errorf("handling is %+v, want mean 6m and cv 0.5", d)
	}
	if n := refill.NeedsPerUserYear; n.Value != 7 || n.Evidence.Low.Value != 3.6 || n.Evidence.High.Text != "12.6" {
		t.Errorf("needs are %v (%v), want 7 (3.6 to 12.6): the interval moves with the value", n.Value, n.Evidence)
	}
	if refill.Target != (OpenDuration{1, 4 * time.Hour}) || refill.LapseAfter.D != week {
		t.Errorf("target %+v and lapse_after %v, want 1d4h and 1w", refill.Target, refill.LapseAfter.D)
	}
}

func TestOverlayPaintsTheWeek(t *testing.T) {
	arm := with(t, overlay(`set: {staff: {nurse: {week: {mon-fri: {"16:00-17:00": admin}, wed: {"10:00-14:00": away}, sat: {"09:00-10:00": inbox}}}}}`))
	wants(t, arm.Expand(), `    week:
      mon-tue: {"08:00-12:00": inbox, "13:00-16:00": inbox, "16:00-17:00": admin}
      wed: {"08:00-10:00": inbox, "10:00-14:00": away, "14:00-16:00": inbox, "16:00-17:00": admin}
      thu-fri: {"08:00-12:00": inbox, "13:00-16:00": inbox, "16:00-17:00": admin}
      sat: {"09:00-10:00": inbox}
`)
	roundTrips(t, arm)
}

func TestOverlayReplacesDaysAndHours(t *testing.T) {
	arm := with(t, overlay(
		`set:`,
		`  calendar: {open: {fri: []}}`,
		`  patients: {time_profile: {weights: {mon-sun: {"00-24": 1}}}}`),
		overlay(`set: {patients: {time_profile: {weights: {mon: {"08-12": 3}}}}}`))
	wants(t, arm.Expand(), "  open:\n    mon-thu: \"08:00-17:00\"\n    fri: []\n", `mon: {"00-08": 1, "08-12": 3, "12-24": 1}`, `tue-sun: {"00-24": 1}`)
	roundTrips(t, arm)
}

func TestExtends(t *testing.T) {
	files := map[string]string{
		"tiny":           tiny,
		"./sub/a.yaml":   "schema: portalsim/scenario/1\nextends: ../b.yaml\nname: a\npatients: {count: 5}\n",
		"./b.yaml":       "schema: portalsim/scenario/1\nextends: tiny\nname: b\npatients: {count: 4, activity_cv: 0.5}\n",
		"b.yaml":         "", // the same place by another name
		"./circle.yaml":  "schema: portalsim/scenario/1\nextends: ./circle2.yaml\n",
		"./circle2.yaml": "schema: portalsim/scenario/1\nextends: ./circle.yaml\n",
		"circle2.yaml":   "",
		"./over.yaml":    "schema: portalsim/scenario/1\nextends: education\n",
		"education":      education,
		"./lost.yaml":    "schema: portalsim/scenario/1\nextends: tinny\n",
		"./typo.yaml":    "schema: portalsim/scenario/1\nextends: tiny\npools: {nurce: {clinical: true}}\n",
		"lib-child":      "schema: portalsim/scenario/1\nextends: ./b.yaml\n",
	}
	files["b.yaml"], files["circle2.yaml"] = files["./b.yaml"], files["./circle2.yaml"]
	arm := loadAll(t, files, []string{"./sub/a.yaml"})[0]
	f := arm.File
	if f.Name != "a" || f.Patients.Count != 5 || f.Patients.ActivityCV.Value != 0.5 || len(f.Messages.Keys) != 1 {
		t.Errorf("got %+v", f)
	}
	if got := strings.Join(arm.Layers, " "); got != "library/tiny.yaml ./b.yaml ./sub/a.yaml" {
		t.Errorf("layers are %s", got)
	}
	for file, want := range map[string]string{
		"./circle.yaml": "circle: ./circle.yaml extends ./circle2.yaml extends ./circle.yaml",
		"./over.yaml":   "./over.yaml:2:10: extends: education is an overlay",
		"./lost.yaml":   "./lost.yaml:2:10: tinny: the library has no tinny; did you mean tiny?",
		"./typo.yaml":   "pools.nurce: the clinic has no nurce, and a new one needs title; did you mean nurse?",
		"lib-child":     "a library scenario extends library scenarios only",
	} {
		wants(t, problemsOf(t, files, []string{file}), want)
	}
}

func TestTooManyParents(t *testing.T) {
	files := map[string]string{}
	for i := range 20 {
		files["s"+string(rune('a'+i))] = "schema: portalsim/scenario/1\nextends: s" + string(rune('a'+i+1)) + "\n"
	}
	files["su"] = tiny
	wants(t, problemsOf(t, files, []string{"sa"}), "more than 16 parents above each other")
}
