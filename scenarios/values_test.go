package scenarios

import (
	"math"
	"reflect"
	"testing"
	"time"

	"portalsim/sim/random"
)

// read decodes one value of type T from YAML flow text.
func read[T any](t *testing.T, text string, f field) (T, Problems) {
	t.Helper()
	var value T
	var r reader
	n := parseValue(&r.report, text, Place{"f.yaml", 1, 1}, "x")
	if n == nil {
		return value, r.sorted()
	}
	r.value(n, reflect.ValueOf(&value).Elem(), "x", f)
	wellFormed(t, r.problems)
	return value, r.sorted()
}

// accepts wants a value without problems.
func accepts[T any](t *testing.T, text string, want T) {
	t.Helper()
	got, problems := read[T](t, text, field{})
	if problems != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %+v, want %+v %v", text, got, want, problems)
	}
}

// refuses wants a problem with the text given.
func refuses[T any](t *testing.T, text string, want string, fs ...field) {
	t.Helper()
	f := field{}
	if len(fs) > 0 {
		f = fs[0]
	}
	_, problems := read[T](t, text, f)
	if problems == nil {
		t.Errorf("%s: no problem, want %s", text, want)
		return
	}
	wants(t, problems.Error(), want)
}

func TestNumber(t *testing.T) {
	for text, want := range map[string]float64{"0.5": 0.5, "-3": -3, "1e3": 1000, "2.5E-2": 0.025, "0": 0} {
		accepts(t, text, Number{Value: want})
	}
	if got, _ := read[Number](t, "-0", field{}); math.Signbit(got.Value) {
		t.Error("-0 stays negative")
	}
	refuses[Number](t, "1_000", "write 1000")
	refuses[Number](t, "017", "write 17")
	refuses[Number](t, "0x1F", "write 31")
	refuses[Number](t, "0o17", "write 15")
	refuses[Number](t, ".5", "write 0.5")
	refuses[Number](t, "+5", "write 5")
	refuses[Number](t, "5.", "write 5")
	refuses[Number](t, ".inf", "write a finite number")
	refuses[Number](t, ".nan", "write a finite number")
	refuses[Number](t, "1e999", "is too large")
	refuses[Number](t, "1e99999", "must be a number")
	refuses[Number](t, "43.4 %", "write 0.434")
	refuses[Number](t, "1/3", "write 0.3333333333")
	refuses[Number](t, `"0.5"`, "write 0.5 without quotes")
	refuses[Number](t, `"0,5"`, "write 0.5 with a decimal point")
	share := field{typ: reflect.TypeFor[Probability]()}
	refuses[Probability](t, "120%", "write a number such as 0.5, or {value: 0.5, source: assumption}", share) // and not 1.2, which is none
	refuses[Probability](t, `"0,5"`, "write 0.5 with a decimal point", share)
	refuses[Number](t, "01", "write a number such as 2", field{limits: ">1"})
	refuses[Number](t, `"2,250"`, "write 2.250 with a decimal point, or without a separator if it parts thousands")
	count := field{typ: reflect.TypeFor[int](), limits: ">=1"}
	refuses[int](t, "many", "write a whole number such as 1", count)
	refuses[int](t, "{value: 3, source: local}", "write a whole number such as 1", count)
	refuses[int](t, "-1.5", "write a whole number such as 1", count) // and not -2
	refuses[int](t, `"2,250"`, "write 2250", count)
	refuses[int](t, "2.250", "write 2, or 2250 if the point parts thousands", count)
	refuses[int](t, "12 500", "write 12500", count)
	refuses[int](t, `"1,5"`, "write a whole number such as 1", count)
	refuses[int](t, "1500 patients", "write 1500", count)
	refuses[int](t, "0 patients", "write a whole number such as 1", count)
	refuses[int](t, "250%", "write a whole number such as 1", count)
	refuses[Number](t, "yes", `must be a number, got "yes"`)
	refuses[Number](t, "[1]", "must be a single value, got a list")
	refuses[Number](t, "0", "must be above 0, got 0", field{limits: ">0"})
	refuses[Number](t, "-1", "must be at least 0", field{limits: ">=0"})
	refuses[Number](t, "17", "must be from 0 to 16", field{limits: "0..16"})
}

func TestProbability(t *testing.T) {
	accepts(t, "1", Probability{Value: 1})
	refuses[Probability](t, "1.01", "must be from 0 to 1, got 1.01; write a share such as 0.25")
	refuses[Probability](t, "-0.1", "must be from 0 to 1")
}

func TestCountAndTruth(t *testing.T) {
	accepts(t, "1e3", 1000)
	accepts(t, "true", true)
	refuses[int](t, "2.5", "must be a whole number, got 2.5; write 3")
	refuses[int](t, "33", "must be from 1 to 32", field{limits: "1..32"})
	refuses[bool](t, "yes", "write true")
	refuses[bool](t, "Off", "write false")
	refuses[bool](t, `"true"`, "write true without quotes")
	refuses[bool](t, "1", "write true or false")
}

func TestEvidence(t *testing.T) {
	n := int64(300)
	accepts(t, "{value: 0.4, source: survey, n: 300, note: of respondents}",
		Probability{0.4, &Evidence{Source: "survey", N: &n, Note: "of respondents", Belief: &random.Belief{Value: 0.4, N: 300, Most: 1}}})
	accepts(t, `{value: 26w, source: literature, low: 8w, high: 104w, dist: lognormal, cite: "A 2020"}`,
		Duration{26 * week, &Evidence{Source: "literature", Low: &Bound{"8w", 8 * 604800}, High: &Bound{"104w", 104 * 604800}, Dist: "lognormal", Cite: "A 2020",
			Belief: &random.Belief{Family: "lognormal", Low: 8 * 604800, Value: 26 * 604800, High: 104 * 604800, Most: math.Inf(1)}}})
	refuses[Number](t, "{value: 1}", "x.source: required key is missing; write source: survey, literature, assumption or local")
	refuses[Number](t, "{source: local}", "x.value: required key is missing")
	refuses[Number](t, "{value: 1, source: guess}", `"guess" is not one of the words allowed here`)
	refuses[Number](t, "{value: 1, source: servey}", "did you mean survey?")
	refuses[Number](t, "{value: 1, source: literature}", "x.cite: source literature needs a citation")
	refuses[Number](t, "{value: 1, source: local, n: 3}", "this is not a share")
	refuses[Probability](t, "{value: 1, source: local, n: 0}", "must be at least 1")
	refuses[Probability](t, "{value: 1, source: local, n: 2.5}", "must be a whole number")
	refuses[Number](t, "{value: 1, source: local, low: 0}", "has only one of low and high")
	refuses[Number](t, "{value: 1, source: local, low: 2, high: 3}", "low is 2, above the value 1")
	refuses[Number](t, "{value: 1, source: local, low: 0, high: 0.5}", "high is 0.5, below the value 1")
	refuses[Number](t, "{value: 1, source: local, dist: normel}", "did you mean normal?")
	refuses[Number](t, "{value: 1, source: local, transport: 2}", "has no effect without low and high")
	refuses[Number](t, "{value: 1, source: local, low: 0.5, high: 2, transport: 0.5}", "at least 1")
	refuses[Number](t, "{value: 1, source: local, group: busy}", "has no effect without low and high")
	refuses[Probability](t, "{value: 0.5, source: survey, n: 30, dist: beta}", "has no effect without low and high")
	refuses[Probability](t, "{value: 0.5, source: local, low: 0, high: 0.9, dist: logit-normal}", "between 0 and 1")
	refuses[Number](t, "{value: 0.5, source: local, low: 0, high: 0.9, dist: lognormal}", "low above 0")
	refuses[Number](t, "{value: 1, source: local, nota: g}", "did you mean note?")
	refuses[Number](t, "{value: ~, source: local}", "must be a single value, got nothing")
	refuses[Number](t, "{value: 1, source: ~}", "x.source: has no value")
	refuses[Number](t, "{value: 1, source: local, low: -1, high: 2}", "x.low: must be above 0", field{limits: ">0"})
}

func TestDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"4m30s": 270 * time.Second, "1w2d": 9 * day, "2.5h": 150 * time.Minute, "0.1h": 6 * time.Minute,
		"15ms": 15 * time.Millisecond, "0s": 0, `"8w"`: 8 * week, "1us": time.Microsecond, "1ns": 1, "15000w": 15000 * week,
	} {
		accepts(t, text, Duration{D: want})
	}
	refuses[Duration](t, "90", "the time 90 has no unit; write the unit, such as 90m or 90h")
	refuses[Duration](t, "0", "has no unit")
	refuses[Duration](t, "5min", "min is not one of the units w, d, h, m and s; write 5m")
	refuses[Duration](t, "5 m", "must be a time, got \"5 m\"; write 5m")
	refuses[Duration](t, "1.5 Hours", "write 1.5h")
	refuses[Duration](t, "2 months", "write a time such as")
	refuses[OpenDuration](t, "2 days", "write 2d")
	refuses[OpenDuration](t, "2 months", "write open days, hours and minutes, such as 2d or 4h")
	refuses[Duration](t, "30s4m", "the largest first")
	refuses[Duration](t, "4m4m", "write each unit once")
	refuses[Duration](t, "-3m", `must be a time, got "-3m"`)
	refuses[Duration](t, "20000w", "longer than the 290 years")
	refuses[Duration](t, "0s", "must be above 0", field{limits: ">0"})
	refuses[Duration](t, "{value: 4, source: local}", "x.value: the time 4 has no unit")
}

func TestFormatDuration(t *testing.T) {
	for _, text := range []string{"0s", "8w", "10d", "1d12h", "4m30s", "1s500ms", "-2w", "-1d"} {
		d, err := parseDuration(text)
		if text[0] == '-' {
			d, err = parseDuration(text[1:])
			d = -d
		}
		if got := formatDuration(d); err != nil || got != text {
			t.Errorf("format %s: %s, %v", text, got, err)
		}
	}
}

func TestOpenDuration(t *testing.T) {
	accepts(t, "2d", OpenDuration{Days: 2})
	accepts(t, "1.5d4h30m", OpenDuration{Days: 1.5, Clock: 270 * time.Minute})
	accepts(t, "4h", OpenDuration{Clock: 4 * time.Hour})
	refuses[OpenDuration](t, "1w", "w has no meaning in clinic-open time; write open days, such as 5d")
	refuses[OpenDuration](t, "0d", "must be above 0")
	refuses[OpenDuration](t, "2", "has no unit")
}

func TestDist(t *testing.T) {
	minutes := func(m float64) Duration { return Duration{D: time.Duration(m * float64(time.Minute))} }
	accepts(t, "{dist: constant, value: 4m}", Dist{Kind: "constant", Value: minutes(4)})
	accepts(t, "{dist: exponential, mean: 4m}", Dist{Kind: "exponential", Mean: minutes(4)})
	accepts(t, "{dist: uniform, low: 0s, high: 4m}", Dist{Kind: "uniform", High: minutes(4)})
	accepts(t, "{dist: lognormal, mean: 4m, cv: 1}", Dist{Kind: "lognormal", Mean: minutes(4), CV: Number{Value: 1}})
	accepts(t, "{dist: gamma, mean: 4m, sd: 2m}", Dist{Kind: "gamma", Mean: minutes(4), SD: minutes(2)})
	accepts(t, "{dist: triangular, low: 1m, mode: 1m, high: 4m}", Dist{Kind: "triangular", Low: minutes(1), Mode: minutes(1), High: minutes(4)})
	accepts(t, "{dist: exponential, mean: {value: 4m, source: local}}",
		Dist{Kind: "exponential", Mean: Duration{4 * time.Minute, &Evidence{Source: "local"}}})
	if d, _ := read[Dist](t, "{dist: gamma, mean: 4m, sd: 2m}", field{}); d.SpreadCV() != 0.5 {
		t.Errorf("cv of sd 2m and mean 4m is %v", d.SpreadCV())
	}
	refuses[Dist](t, "4m", "write {dist: constant, value: 4m}")
	refuses[Dist](t, "{mean: 4m, cv: 1}", "x.dist: required key is missing")
	refuses[Dist](t, "{dits: lognormal, mean: 4m, cv: 1}", "write dist: in place of dits:")
	refuses[Dist](t, "{dist: lognromal, mean: 4m, cv: 1}", "did you mean lognormal?")
	refuses[Dist](t, "{dist: lognormal, mean: 4m}", "needs one of cv and sd")
	refuses[Dist](t, "{dist: lognormal, mean: 4m, cv: 1, sd: 2m}", "needs one of cv and sd")
	refuses[Dist](t, "{dist: lognormal, cv: 1}", "x.mean: required key is missing")
	refuses[Dist](t, "{dist: lognormal, mean: 0s, cv: 1}", "must be above 0")
	refuses[Dist](t, "{dist: lognormal, mean: 4m, cv: 0}", "must be above 0")
	refuses[Dist](t, "{dist: lognormal, mean: 4m, cv: 1e300}", "x.cv: must be from 0.001 to 100, got 1e300; write a spread within that")
	refuses[Dist](t, "{dist: gamma, mean: 8m, cv: 1e-300}", "x.cv: must be from 0.001 to 100, got 1e-300")
	refuses[Dist](t, "{dist: gamma, mean: 8m, sd: 1ns}", "x.sd: must be from 0.001 to 100 times the mean, got 1ns")
	refuses[Dist](t, "{dist: lognormal, mean: 9999w, cv: 1}", "x.mean: must be at most 104w, got 9999w; write a shorter time")
	refuses[Dist](t, "{dist: uniform, low: 1m, high: 105w}", "x.high: must be at most 104w, got 105w")
	refuses[Dist](t, "{dist: constant, value: {value: 9999w, source: local}}", "x.value: must be at most 104w, got 9999w")
	refuses[Dist](t, "{dist: lognormal, mean: ~, cv: 1}", "x.mean: has no value")
	refuses[Dist](t, "{dist: constant, value: 4m, cv: 1}", "constant does not have it")
	refuses[Dist](t, "{dist: exponential, mean: 4m, source: local}", "evidence belongs to a parameter")
	refuses[Dist](t, "{dist: uniform, low: 4m, high: 4m}", "write {dist: constant, value: 4m}")
	refuses[Dist](t, "{dist: uniform, low: 20h, high: 4m}", "high must be above low")
	refuses[Dist](t, "{dist: triangular, low: 1m, mode: 5m, high: 4m}", "mode must be from low to high")
}

func TestShares(t *testing.T) {
	n := int64(300)
	want := Shares{Names: []string{"b", "a"}, Values: []float64{0.7, 0.3}}
	accepts(t, "{b: 0.7, a: 0.3}", want)
	accepts(t, "{shares: {b: 0.7, a: 0.3}}", want)
	want.Evidence = &Evidence{Source: "survey", N: &n}
	accepts(t, "{shares: {b: 0.7, a: 0.3}, source: survey, n: 300}", want)
	if share, ok := want.Of("a"); share != 0.3 || !ok {
		t.Errorf("share of a is %v, %v", share, ok)
	}
	refuses[Shares](t, "{a: 0.7, b: 0.2}", "the shares sum to 0.9, not 1; change them by 0.1 in all")
	refuses[Shares](t, "{}", "the shares sum to 0, not 1")
	refuses[Shares](t, "{a: 1.7, b: -0.7}", "must be from 0 to 1")
	refuses[Shares](t, "{shares: {a: 1}, n: 3}", "x.source: required key is missing")
	refuses[Shares](t, "{shares: {a: 1}, source: survey, low: 1}", "unknown key")
	refuses[Shares](t, "{all: 1}", "the name all is taken")
	refuses[Shares](t, "{a.b: 1}", `"a.b" cannot be a name`)
	refuses[Shares](t, "1", "must be a map, got a single value")
}

func TestDates(t *testing.T) {
	january6 := Date{2025, time.January, 6}
	accepts(t, `"2025-01-06"`, january6)
	accepts(t, `"2025-01-06"`, DateRange{january6, january6})
	accepts(t, `"2025-01-06/2025-01-07"`, DateRange{january6, Date{2025, time.January, 7}})
	accepts(t, "-2w", Offset{After: -2 * week})
	accepts(t, "0w", Offset{})
	accepts(t, `"2025-01-06"`, Offset{Date: &january6})
	refuses[Date](t, "2025-01-06", `is not in quotes; write it in quotes, "2025-01-06", since other YAML readers make 1080 of 18:00`)
	refuses[Date](t, `"2025-02-29"`, "is not a date")
	refuses[Date](t, `"1825-02-01"`, "from 1971 to 2200")
	refuses[Date](t, `"6.1.2025"`, "is not a date")
	refuses[DateRange](t, `"2025-01-06/2025-01-05"`, "the earlier date first")
	refuses[Offset](t, "2025-01-06", "is not in quotes")
	refuses[Offset](t, "soon", "is neither an offset nor a date")
}

func TestTimesOfDay(t *testing.T) {
	hour := TimeOfDay(time.Hour)
	accepts(t, `"18:00"`, 18*hour)
	accepts(t, `"24:00"`, 24*hour)
	accepts(t, `"08:00-17:00"`, HoursFile{{8 * hour, 17 * hour}})
	accepts(t, `["08:00-12:00", "12:00-17:00"]`, HoursFile{{8 * hour, 12 * hour}, {12 * hour, 17 * hour}})
	accepts(t, `[]`, HoursFile{})
	refuses[TimeOfDay](t, "18:00", `write it in quotes, "18:00", since other YAML readers make 1080 of 18:00`)
	refuses[TimeOfDay](t, `"24:01"`, "is not a time of day")
	refuses[TimeOfDay](t, `"8:00"`, "two digits")
	refuses[HoursFile](t, "08:00-17:00", "is not in quotes")
	refuses[HoursFile](t, `"17:00-08:00"`, "the earlier time first")
	refuses[HoursFile](t, `["08:00-12:00", "11:00-17:00"]`, "11:00-17:00 begins before 08:00-12:00 ends")
	refuses[HoursFile](t, `["13:00-17:00", "08:00-12:00"]`, "write ranges in order")
}

func TestMapKeys(t *testing.T) {
	days := func(kinds ...string) field { return field{keys: kinds} }
	refuses[Map[Number]](t, "{mon-frei: 1}", "is not a day or a range of days", days(dayKeys))
	refuses[Map[Number]](t, "{fri-mon: 1}", "is not a day or a range of days", days(dayKeys))
	refuses[Map[Number]](t, "{mon-mon: 1}", "is not a day or a range of days", days(dayKeys))
	refuses[Map[Number]](t, "{8-12: 1}", "is not a range of hours", days(hourKeys))
	refuses[Map[Number]](t, "{12-25: 1}", "is not a range of hours", days(hourKeys))
	refuses[Map[Number]](t, "{sept: 1}", "did you mean sep?", days(monthKeys))
	refuses[Map[string]](t, "{08:00-12:00: inbox}", "is not in quotes", days(timeKeys))
	refuses[Map[string]](t, "{all: x}", "the name all is taken")
	refuses[Map[string]](t, "{\"a b\": x}", "cannot be a name")
	got, problems := read[Map[Map[Number]]](t, "{mon: {08-12: 1, \"12-13\": 2}, sat-sun: {}}", days(dayKeys, hourKeys))
	if problems != nil {
		t.Fatal(problems)
	}
	monday, ok := got.Get("mon")
	if !ok || got.Index("sat-sun") != 1 || got.Index("tue") != -1 || monday.Values[1].Value != 2 {
		t.Errorf("got %+v", got)
	}
}
