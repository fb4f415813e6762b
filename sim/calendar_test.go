package sim

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portalsim/sim/engine"
)

// TestCivilDate compares every day of three centuries with the standard library.
func TestCivilDate(t *testing.T) {
	first := int(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	last := int(time.Date(2200, 12, 31, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	c := newCalendar(0, Calendar{}, 0)
	for day := first; day <= last; day++ {
		want := time.Unix(int64(day)*86400, 0).UTC()
		y, m, d := CivilDate(day)
		if y != want.Year() || m != int(want.Month()) || d != want.Day() {
			t.Fatalf("day %d is %d-%d-%d, want %s", day, y, m, d, want.Format(time.DateOnly))
		}
		if c.weekday(day) != weekdayOf(day) || c.month(day) != m-1 {
			t.Fatalf("%s is weekday %d of month %d", want.Format(time.DateOnly), c.weekday(day), c.month(day))
		}
		if Date(day) != want.Format(time.DateOnly) {
			t.Fatalf("day %d is written %s", day, Date(day))
		}
	}
}

// drawCalendar draws odd opening hours, in whole minutes, and holidays.
func drawCalendar(rt *rapid.T) *calendar {
	var c Calendar
	for day := range c.Open {
		clock := 0
		for range rapid.IntRange(0, 3).Draw(rt, "spans") {
			from := clock + rapid.IntRange(0, 300).Draw(rt, "gap")
			to := min(1440, from+rapid.IntRange(1, 700).Draw(rt, "open"))
			if from < to {
				c.Open[day] = append(c.Open[day], Span{time.Duration(from) * time.Minute, time.Duration(to) * time.Minute})
			}
			clock = to
		}
	}
	start := monday + rapid.IntRange(0, 20).Draw(rt, "start")
	for range rapid.IntRange(0, 4).Draw(rt, "holidays") {
		c.Holidays = append(c.Holidays, start+rapid.IntRange(0, 15).Draw(rt, "holiday"))
	}
	slices.Sort(c.Holidays)
	return newCalendar(start, c, rapid.IntRange(0, 5).Draw(rt, "tabulated"))
}

// openMinute tells whether the minute that begins after so many from the start is open, the plain way.
func openMinute(c *calendar, minute int) bool {
	date := c.start + minute/1440
	if slices.Contains(c.holidays, date) {
		return false
	}
	clock := time.Duration(minute%1440) * time.Minute
	return slices.ContainsFunc(c.hours[weekdayOf(date)], func(s Span) bool { return s.From <= clock && clock < s.To })
}

// TestOpenTime adds up open minutes, whole and in part, and finds the next one.
func TestOpenTime(t *testing.T) {
	check(t, 150, func(rt *rapid.T) {
		c := drawCalendar(rt)
		const minutes = 16 * 1440
		sum := time.Duration(0)
		next, nextAt := make([]int, minutes+1), -1
		for minute := minutes; minute >= 0; minute-- {
			if openMinute(c, minute) {
				nextAt = minute
			}
			next[minute] = nextAt
		}
		open := c.hours
		for minute := range minutes {
			at := engine.Time(minute) * engine.Time(time.Minute)
			if got := c.openTime(at); got != sum {
				rt.Fatalf("minute %d: open for %v, want %v", minute, got, sum)
			}
			isOpen := next[minute] == minute
			if got, ok := c.nextOpen(&open, at); next[minute] >= 0 && (!ok || got != engine.Time(next[minute])*engine.Time(time.Minute)) {
				rt.Fatalf("minute %d, on the instant: next open at %v, %t, want minute %d", minute, got, ok, next[minute])
			}
			half := at + engine.Time(20*time.Second)
			if isOpen {
				if got := c.openTime(half); got != sum+20*time.Second {
					rt.Fatalf("minute %d: open for %v, want 20 s more than %v", minute, got, sum)
				}
				sum += time.Minute
			}
			got, ok := c.nextOpen(&open, half)
			switch {
			case isOpen && (got != half || !ok):
				rt.Fatalf("minute %d is open, got %v, %t", minute, got, ok)
			case !isOpen && next[minute] >= 0 && (!ok || got != engine.Time(next[minute])*engine.Time(time.Minute)):
				rt.Fatalf("minute %d: next open at %v, %t, want minute %d", minute, got, ok, next[minute])
			}
		}
	})
}

// TestNeverOpen: hours that never open are told from those that open late.
func TestNeverOpen(t *testing.T) {
	c := newCalendar(monday, Calendar{}, 3)
	if _, ok := c.nextOpen(&WeeklyHours{}, 5); ok {
		t.Error("no hours open")
	}
	var sunday WeeklyHours
	sunday[6] = []Span{{23 * time.Hour, Day}}
	if at, ok := c.nextOpen(&sunday, 0); !ok || at != engine.Time(6*Day+23*time.Hour) {
		t.Errorf("opens at %v, %t", at, ok)
	}
}

// TestWorkday: Monday to Friday and no holiday.
func TestWorkday(t *testing.T) {
	c := newCalendar(monday, Calendar{Holidays: []int{monday + 2}}, 3)
	for day, want := range []bool{true, true, false, true, true, false, false, true} {
		if c.workday(day) != want {
			t.Errorf("day %d: workday %t", day, !want)
		}
	}
}

// TestTimeOutsideTheTable: open time is tabulated as far as asked, and continues.
func TestTimeOutsideTheTable(t *testing.T) {
	var c Calendar
	for day := range c.Open {
		c.Open[day] = []Span{{8 * time.Hour, 10 * time.Hour}}
	}
	if got := newCalendar(monday, c, 0).openTime(engine.Time(100*Day + 9*time.Hour)); got != 201*time.Hour {
		t.Errorf("open for %v, want 201h", got)
	}
}
