package messagelog

import (
	"strconv"
	"strings"
	"time"
)

// moment is an instant of a log: by the clock of the clinic, and where it carries an offset as an instant, both in
// milliseconds since 1970.
type moment struct{ clock, instant int64 }

// day returns the day since 1970-01-01, by the clinic's clock.
func (m moment) day() int { return int(floorDiv(m.clock, 86_400_000)) }

// hourOfWeek returns the hour of the week; 0 begins on Monday at midnight.
func (m moment) hourOfWeek() int {
	const thursday = 3 // 1970-01-01
	hours := floorDiv(m.clock, 3_600_000)
	return int(((hours+24*thursday)%(7*24) + 7*24) % (7 * 24))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// The forms of instants. ISO 8601 and month names read one way; dates with slashes, points or hyphens need an order, which
// --dates gives. 2 and 1 take one digit or two.
var (
	clocks = []string{"15:04:05", "15:04", "3:04:05 PM", "3:04 PM"}
	named  = []string{"2-Jan-2006", "2 Jan 2006", "Jan 2, 2006", "Jan 2 2006"}
	orders = map[string][]string{ // looked up
		"":    {},
		"mdy": {"1/2/2006", "1-2-2006", "1.2.2006", "1/2/06"},
		"dmy": {"2/1/2006", "2-1-2006", "2.1.2006", "2/1/06", "2.1.06"},
	}
	offsets = []string{"Z07:00", "Z0700", "Z07", " Z07:00", " -0700", " UTC"}
)

// moments reads instants, trying first the form of the one before.
type moments struct {
	zone  *time.Location
	forms []string
	dates string
}

func newMoments(o *Options) *moments {
	m := &moments{zone: o.Zone, dates: o.Dates}
	for _, date := range append([]string{"2006-01-02", "2006/01/02"}, named...) {
		m.dated(date)
	}
	for _, date := range orders[o.Dates] {
		m.dated(date)
	}
	return m
}

// dated adds the forms of a date with each time of day, with and without an offset.
func (m *moments) dated(date string) {
	for _, clock := range clocks {
		joints := []string{" "}
		if date == "2006-01-02" {
			joints = []string{" ", "T"}
		}
		for _, joint := range joints {
			m.forms = append(m.forms, date+joint+clock)
			for _, offset := range offsets {
				m.forms = append(m.forms, date+joint+clock+offset)
			}
		}
	}
}

// read returns an instant, or what is wrong and what to write.
func (m *moments) read(text string) (at moment, message, fix string) {
	text = tidy(text)
	for i, form := range m.forms {
		t, err := time.Parse(form, text)
		if err != nil {
			continue
		}
		copy(m.forms[1:i+1], m.forms[:i]) // the form of one instant is likely that of the next
		m.forms[0] = form
		return m.at(t, hasOffset(form))
	}
	return moment{}, "is no date and time that can be read: " + shown(text), m.advice(text)
}

// at turns what was read into an instant by the clinic's clock.
func (m *moments) at(t time.Time, offset bool) (at moment, message, fix string) {
	if y := t.Year(); y < 1990 || y > 2100 {
		return at, "the year is " + t.Format("2006"), "write a year from 1990 to 2100"
	}
	if !offset {
		return moment{t.UnixMilli(), t.UnixMilli()}, "", ""
	}
	if m.zone == nil {
		return at, "the time carries an offset, and the clinic's time zone is not known", "write --time-zone with its name, such as America/New_York"
	}
	local := t.In(m.zone)
	_, ahead := local.Zone()
	return moment{t.UnixMilli() + int64(ahead)*1000, t.UnixMilli()}, "", ""
}

// hasOffset tells whether a form carries an offset.
func hasOffset(form string) bool {
	for _, offset := range offsets {
		if strings.HasSuffix(form, offset) {
			return true
		}
	}
	return false
}

// advice says how to write an instant.
func (m *moments) advice(text string) string {
	const iso = "write it as 2025-01-31 14:05"
	digits := strings.Trim(text, "0123456789.") == ""
	switch {
	case digits && len(text) > 0 && len(strings.SplitN(text, ".", 2)[0]) == 5:
		return "it looks like a spreadsheet's own number for a date: give the column the format yyyy-mm-dd hh:mm and save again"
	case !strings.Contains(text, ":"):
		return "it has no time of day; " + iso
	case slashed(text) != "" && slashed(text) != m.dates:
		return "write --dates " + slashed(text) + ": no month has a number above 12"
	case strings.Count(text, "/") == 2 && m.dates == "":
		return "write --dates mdy where the month stands first, --dates dmy where the day does"
	case strings.Count(text, "/") == 2:
		return "the order given by --dates is " + m.dates + "; " + iso
	case strings.Count(text, ".") >= 2 && m.dates == "":
		return "write --dates dmy where the day stands first"
	default:
		return iso
	}
}

// slashed returns the order of a date such as 31/12/2025, which can be read one way only; else "".
func slashed(text string) string {
	parts := strings.SplitN(text, "/", 3)
	if len(parts) < 3 {
		return ""
	}
	first, wrong := strconv.Atoi(parts[0])
	second, wrongToo := strconv.Atoi(parts[1])
	switch {
	case wrong != nil || wrongToo != nil || min(first, second) < 1 || min(first, second) > 12 || max(first, second) > 31:
		return ""
	case first > 12:
		return "dmy"
	case second > 12:
		return "mdy"
	}
	return ""
}

// tidy makes ordinary spaces of the others, and capitals of am and pm.
func tidy(text string) string {
	text = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "a.m.", "AM", "p.m.", "PM", "am", "AM", "pm", "PM").Replace(strings.TrimSpace(text))
	return text
}
