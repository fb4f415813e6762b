package sim

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim/engine"
)

// calendar answers calendar questions about instants of a run. Its days count from the run's first day.
type calendar struct {
	start    int // days since 1970-01-01
	hours    WeeklyHours
	holidays []int
	days     []calendarDay
}

// calendarDay is a day looked up rather than worked out: three questions are asked of it for each message.
type calendarDay struct {
	open    []Span
	before  time.Duration // clinic-open time of the days before
	month   int8          // 0 for January to 11 for December
	holiday bool
}

func newCalendar(start int, c Calendar, days int) *calendar {
	cal := &calendar{start: start, hours: c.Open, holidays: c.Holidays}
	cal.extend(days)
	return cal
}

// extend tabulates the days up to the given one.
func (c *calendar) extend(upTo int) {
	c.days = slices.Grow(c.days, max(0, upTo+1-len(c.days)))
	for day := len(c.days); day <= upTo; day++ {
		d := c.workOut(day)
		if day > 0 {
			yesterday := &c.days[day-1]
			d.before = yesterday.before + length(yesterday.open)
		}
		c.days = append(c.days, d)
	}
}

// workOut works a day out but for the time before it.
func (c *calendar) workOut(day int) calendarDay {
	date := c.start + day
	_, month, _ := CivilDate(date)
	d := calendarDay{month: int8(month - 1), holiday: slices.Contains(c.holidays, date)}
	if !d.holiday {
		d.open = c.hours[c.weekday(day)]
	}
	return d
}

func (c *calendar) day(day int) *calendarDay {
	if day >= len(c.days) {
		c.extend(day + 1)
	}
	return &c.days[day]
}

// dayOf returns the day of an instant.
func dayOf(t engine.Time) int { return int(t / engine.Time(Day)) }

// midnight returns the instant at which a day begins.
func midnight(day int) engine.Time { return engine.Time(day) * engine.Time(Day) }

// weekday returns 0 for Monday to 6 for Sunday.
func (c *calendar) weekday(day int) int {
	return ((c.start+day+3)%7 + 7) % 7 // 1970-01-01 was a Thursday
}

func (c *calendar) holiday(day int) bool {
	if day < 0 { // a day before the run
		return slices.Contains(c.holidays, c.start+day)
	}
	return c.day(day).holiday
}

// workday tells whether a day is Monday to Friday and no holiday.
func (c *calendar) workday(day int) bool { return c.weekday(day) < 5 && !c.holiday(day) }

// openTime returns the clinic-open time from the start of the run to t.
func (c *calendar) openTime(t engine.Time) time.Duration {
	day := dayOf(t)
	d := c.day(day)
	sum, clock := d.before, time.Duration(t-midnight(day))
	for i := range d.open {
		span := &d.open[i]
		if clock <= span.From {
			break
		}
		sum += min(clock, span.To) - span.From
	}
	return sum
}

// isOpen tells whether the clinic is open.
func (c *calendar) isOpen(t engine.Time) bool {
	day := dayOf(t)
	clock := time.Duration(t - midnight(day))
	for _, span := range c.day(day).open {
		if clock >= span.From && clock < span.To {
			return true
		}
	}
	return false
}

// openAfter returns the first instant by which the clinic has been open for d since t, or Never within ten years.
func (c *calendar) openAfter(t engine.Time, d time.Duration) engine.Time {
	switch {
	case d == 0:
		return t
	case t < 0:
		return c.openAfterBeforeRun(t, d)
	}
	target := c.openTime(t) + d
	day := dayOf(t)
	for ; c.openTime(midnight(day+1)) < target; day++ {
		if day > dayOf(t)+3653 {
			return engine.Never
		}
	}
	left := target - c.openTime(midnight(day))
	for _, span := range c.day(day).open {
		if left <= span.To-span.From {
			return max(t, midnight(day)+engine.Time(span.From+left))
		}
		left -= span.To - span.From
	}
	return max(t, midnight(day))
}

// openAfterBeforeRun is openAfter for an instant before the run, whose days are not tabulated.
func (c *calendar) openAfterBeforeRun(t engine.Time, left time.Duration) engine.Time {
	for day := dayOf(t) - 1; day < 0; day++ { // the day of t or the one before
		for _, span := range c.workOut(day).open {
			from, to := max(t, midnight(day)+engine.Time(span.From)), midnight(day)+engine.Time(span.To)
			switch length := time.Duration(to - from); {
			case length <= 0:
			case left <= length:
				return from + engine.Time(left)
			default:
				left -= length
			}
		}
	}
	return c.openAfter(0, left)
}

// nextOpen returns t if the hours are open at t, else the next instant at which they open. Hours that never open
// again within a year give false.
func (c *calendar) nextOpen(hours *WeeklyHours, t engine.Time) (engine.Time, bool) {
	day := dayOf(t)
	clock := time.Duration(t - midnight(day))
	for ahead := range 366 {
		if !c.holiday(day + ahead) {
			for _, span := range hours[c.weekday(day+ahead)] {
				if ahead > 0 || clock < span.From {
					return midnight(day+ahead) + engine.Time(span.From), true
				}
				if clock < span.To {
					return t, true
				}
			}
		}
	}
	return t, false
}

// month returns 0 for January to 11 for December.
func (c *calendar) month(day int) int {
	if day < 0 { // a day before the run
		d := c.workOut(day)
		return int(d.month)
	}
	return int(c.day(day).month)
}

// Date returns the date of a day since 1970-01-01 as 2006-01-02.
func Date(day int) string {
	y, m, d := CivilDate(day)
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

// CivilDate turns days since 1970-01-01 into year, month from 1 and day of the month from 1.
//
// Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms (2013), civil_from_days.
func CivilDate(day int) (year, month, dayOfMonth int) {
	z := day + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dayOfMonth = doy - (153*mp+2)/5 + 1
	month = mp + 3
	if month > 12 {
		month -= 12
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, dayOfMonth
}
