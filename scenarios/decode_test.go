package scenarios

import (
	"testing"
)

// faulty has a mistake of every sort; want lists them in order. Both are read side by side.
const faulty = `schema: portalsim/scenario/1
name: faulty
run: {start: 2025-01-06, warmup: 8w}
calendar: {open: {mon-fri: "17:00-08:00"}}
patients:
  count: 22.5
  discipline: fifo
  preferred_channel: {portal: 0.6, phone: 0.3}
channels: {all: {live: yes, patience: 5m}}
messages:
  refill:
    users: 66.9 %
    target: 1w
pools:
  nurse:
    discipline: lifo
    handling: {dist: lognormal, mean: 4, cv: 1}
  front desk: {handling: 3m}
staff:
  nurse:
    count: 1
    role: nurse
    pools: nurse
    week: {mon-fri: {"08:00-12:00": inboks, "11:00-13:00": visits}, fri: {"08:30-09:00": admin}}
costs: {}
`

const faultyWant = `./faulty.yaml:3:14: run.start: 2025-01-06 is not in quotes; write it in quotes, "2025-01-06", since other YAML readers make 1080 of 18:00 and a timestamp of 2025-01-06
./faulty.yaml:3:26: run.warmup: unknown key; did you mean warm_up?
./faulty.yaml:4:28: calendar.open.mon-fri: "17:00-08:00" is not a range of times; write a range in quotes, the earlier time first, such as "08:00-12:00"; times run from 00:00 to 24:00
./faulty.yaml:6:10: patients.count: must be a whole number, got 22.5; write 23
./faulty.yaml:7:3: patients.discipline: unknown key; it belongs at pools.*.discipline
./faulty.yaml:8:22: patients.preferred_channel: the shares sum to 0.9, not 1; change them by 0.1 in all
./faulty.yaml:9:12: channels.all: the name all is taken: in tables it means not broken down; choose another name
./faulty.yaml:9:24: channels.all.live: must be true or false, got yes; write true
./faulty.yaml:9:39: channels.all.patience: must be a distribution, got "5m"; write {dist: constant, value: 5m}, or another distribution
./faulty.yaml:12:5: messages.refill.pool: required key is missing; write pool: … (the right pool for portal messages of this type)
./faulty.yaml:12:12: messages.refill.users: must be a number, got "66.9 %"; write 0.669
./faulty.yaml:13:13: messages.refill.target: w has no meaning in clinic-open time; write open days, such as 5d
./faulty.yaml:17:39: pools.nurse.handling.mean: the time 4 has no unit; write the unit, such as 4m or 4h
./faulty.yaml:18:3: pools.front desk: "front desk" cannot be a name; use up to 64 letters, digits, - and _, with a letter or digit first, such as front-desk
./faulty.yaml:18:26: pools.front desk.handling: must be a distribution, got "3m"; write {dist: constant, value: 3m}, or another distribution
./faulty.yaml:23:12: staff.nurse.pools: must be a list, got a single value; write it in brackets: [nurse]
./faulty.yaml:24:37: staff.nurse.week.mon-fri.08:00-12:00: "inboks" is not one of the words allowed here; did you mean inbox?
./faulty.yaml:24:45: staff.nurse.week.mon-fri.11:00-13:00: overlaps staff.nurse.week.mon-fri.08:00-12:00; write each stretch of the week once; only an overlay paints over
./faulty.yaml:24:75: staff.nurse.week.fri.08:30-09:00: overlaps staff.nurse.week.mon-fri.08:00-12:00; write each stretch of the week once; only an overlay paints over`

func TestEveryProblemOfAFileAtOnceInOrder(t *testing.T) {
	got := problemsOf(t, map[string]string{"./faulty.yaml": faulty}, []string{"./faulty.yaml"})
	if got != faultyWant {
		t.Errorf("got\n%s\nwant\n%s", got, faultyWant)
	}
}

func TestDecodeFillsDefaults(t *testing.T) {
	f := loadText(t, tiny).File
	if f.Run.WarmUp.D != 8*week || f.Messages.Values[0].Target.Days != 2 || f.Pools.Values[0].Discipline != "fifo" || !f.Channels.Values[0].Live {
		t.Errorf("got %+v", f)
	}
	if f.Messages.Values[0].NeedsPerOtherYear != nil || f.Pools.Values[0].RequestHandling != nil {
		t.Error("an optional key without default is set")
	}
	if open, ok := f.Calendar.Open.Get("mon-fri"); !ok || open[0].String() != "08:00-17:00" {
		t.Errorf("open is %v", f.Calendar.Open)
	}
	if week, _ := f.Staff.Values[0].Week.Get("mon-fri"); len(week.Nodes) != 2 || week.Nodes[0].Line != 22 {
		t.Errorf("week is %+v", week)
	}
}

func TestEveryKeyOfTheFormatIsSound(t *testing.T) {
	var visit func(f field, path string)
	visit = func(f field, path string) {
		inRange(f.limits, 0) // panics on a range that is not understood
		if f.hasDefault {
			defaultNode(f) // panics on a default that does not parse
		}
		if f.hasDefault && f.required {
			t.Errorf("%s is required and has a default", path)
		}
		switch shapeOf(f.typ) {
		case structShape:
			for _, child := range fieldsOf(f.typ) {
				if child.key == "" || child.doc == "" {
					t.Errorf("%s.%s lacks key or doc", path, child.key)
				}
				visit(child, below(path, child.key))
			}
		case mapShape:
			child, _ := childOf(f, "*")
			visit(child, below(path, "*"))
		}
	}
	visit(rootField(), "")
}

func TestSchemas(t *testing.T) {
	for text, want := range map[string]string{
		"name: x":                       "./s.yaml:1:1: schema: required key is missing; begin with schema: portalsim/scenario/1 or schema: portalsim/overlay/1",
		"schema: portalsim/scenari/1":   "did you mean portalsim/scenario/1?",
		"schema: portalsim/study/1":     "run it by itself with portalsim sweep",
		"schema: [portalsim/overlay/1]": "this version does not read this schema",
		"schema: portalsim/scenario/1":  "run: required key is missing; write run: … (period simulated)",
	} {
		wants(t, problemsOf(t, map[string]string{"./s.yaml": text}, []string{"./s.yaml"}), want)
	}
}

func TestProblemByPath(t *testing.T) {
	arm := loadText(t, tiny)
	for path, want := range map[string]string{
		"staff.nurse.pools[0]":           "./s.yaml:21:13: staff.nurse.pools[0]: m; f",
		"staff.nurse.visits.slot":        "./s.yaml:19:5: staff.nurse.visits.slot: m; f",
		"staff.nurse.week.mon-fri.09:00": "./s.yaml:22:21: staff.nurse.week.mon-fri.09:00: m; f",
		"elsewhere":                      "./s.yaml:1:1: elsewhere: m; f",
	} {
		if got := arm.problem(path, "m", "f").String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	known := []string{"discipline", "assignment", "fifo"}
	for word, want := range map[string]string{
		"dicipline": "did you mean discipline?",
		"Fifo":      "did you mean fifo?",
		"zzz":       "write discipline, assignment or fifo",
	} {
		if got := didYouMean(word, known); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}
