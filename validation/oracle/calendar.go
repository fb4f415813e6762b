package oracle

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim"
)

const day = 24 * time.Hour

// today returns the day of an instant, counted from the start of the run, and the time of day.
func split(t time.Duration) (n int, clock time.Duration) {
	n = int(t / day)
	if t < 0 && t%day != 0 {
		n--
	}
	return n, t - midnight(n)
}

func midnight(n int) time.Duration { return time.Duration(n) * day }

// date returns a day of the run as a calendar date.
func (w *world) date(n int) time.Time {
	return time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, w.s.StartDay+n)
}

// weekday returns 0 for Monday to 6 for Sunday.
func (w *world) weekday(n int) int { return (int(w.date(n).Weekday()) + 6) % 7 }

func (w *world) holiday(n int) bool { return slices.Contains(w.s.Holidays, w.s.StartDay+n) }

// workday tells whether a day is Monday to Friday and no holiday.
func (w *world) workday(n int) bool { return w.weekday(n) < 5 && !w.holiday(n) }

// blocks returns the blocks of a member on a day: none on leave and on holidays.
func (w *world) blocks(m *member, n int) []sim.Block {
	if w.holiday(n) || w.onLeave(m, n) {
		return nil
	}
	return m.Week[w.weekday(n)]
}

func (w *world) onLeave(m *member, n int) bool {
	return slices.ContainsFunc(m.Leave, func(r sim.DayRange) bool {
		return r.First <= w.s.StartDay+n && w.s.StartDay+n <= r.Last
	})
}

// nextOpen returns t if the hours hold it, else when they next begin, holidays apart; never if not within a year.
func (w *world) nextOpen(hours sim.WeeklyHours, t time.Duration) time.Duration {
	today, clock := split(t)
	for n := today; n < today+366; n++ {
		if w.holiday(n) {
			continue
		}
		for _, span := range hours[w.weekday(n)] {
			if n > today || clock < span.From {
				return midnight(n) + span.From
			}
			if clock < span.To {
				return t
			}
		}
	}
	return never
}

// openFor returns the first instant by which the clinic has been open for a time since t, or never within ten years.
func (w *world) openFor(t, left time.Duration) time.Duration {
	today, _ := split(t)
	if left == 0 {
		return t
	}
	for n := today; n <= today+3653; n++ {
		if w.holiday(n) {
			continue
		}
		for _, span := range w.s.Open[w.weekday(n)] {
			begins, ends := max(t, midnight(n)+span.From), midnight(n)+span.To
			switch {
			case ends <= begins:
			case left <= ends-begins:
				return begins + left
			default:
				left -= ends - begins
			}
		}
	}
	return never
}

// clock writes an instant.
func (w *world) clock(t time.Duration) string {
	at := w.date(0).Add(t)
	text := at.Format("2006-01-02 Mon 15:04:05")
	if at.Nanosecond() > 0 {
		text += fmt.Sprintf(".%03d", at.Nanosecond()/int(time.Millisecond))
	}
	return text
}
