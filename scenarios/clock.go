package scenarios

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// TimeOfDay is a local time of day, as the time since midnight: from 00:00 to 24:00.
type TimeOfDay time.Duration

// Span is a stretch of a day, From before To.
type Span struct{ From, To TimeOfDay }

// HoursFile is one stretch of a day or several, in order and apart from each other.
type HoursFile []Span

// quoteFix is the reason for quotes around times of day and dates.
const quoteReason = "since other YAML readers make 1080 of 18:00 and a timestamp of 2025-01-06"

var (
	clockForm = regexp.MustCompile(`^([0-9]{2}):([0-9]{2})$`)
	spanForm  = regexp.MustCompile(`^([^-]*)-([^-]*)$`)
)

// String writes the time of day as the format does.
func (t TimeOfDay) String() string {
	minutes := int(time.Duration(t).Minutes())
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// String writes the span as the format does.
func (s Span) String() string { return s.From.String() + "-" + s.To.String() }

func (v *TimeOfDay) read(r *reader, n *Node, path string, _ field) {
	const fix = `write a time of day in quotes, such as "18:00"`
	if !r.is(n, Scalar, path, fix) || !r.quoted(n, path) {
		return
	}
	t, ok := parseTimeOfDay(n.Text)
	if !ok {
		r.refuse(n.Place, path, fmt.Sprintf("%q is not a time of day", n.Text), `write hours and minutes of two digits from "00:00" to "24:00"`)
	}
	*v = t
}

// Patterns of times of day, and of a range of them, for JSON Schema, which cannot say which comes first.
const (
	clockPattern = `(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)`
	spanPattern  = "^" + clockPattern + "-" + clockPattern + "$"
)

func (*TimeOfDay) schema(*schemaWriter, field) object {
	return object{{"type", "string"}}.join(patterned("^"+clockPattern+"$", `write a time of day in quotes, such as "18:00"`))
}

// patterned is a pattern, and what an editor says of a text that does not fit it.
func patterned(pattern, fix string) object {
	return object{{"pattern", pattern}, {"patternErrorMessage", fix}}
}

func (*HoursFile) schema(*schemaWriter, field) object {
	span := patterned(spanPattern, `write a range of hours in quotes, such as "08:00-12:00"`)
	return object{{"type", []any{"string", "array"}}}.join(span).with("items", object{{"type", "string"}}.join(span))
}

// quoted refuses a time of day or a date without quotes.
func (r *reader) quoted(n *Node, path string) bool {
	if !n.Quoted {
		r.refuse(n.Place, path, n.Text+" is not in quotes", fmt.Sprintf("write it in quotes, %q, %s", n.Text, quoteReason))
	}
	return n.Quoted
}

// parseTimeOfDay reads 18:00.
func parseTimeOfDay(text string) (TimeOfDay, bool) {
	parts := clockForm.FindStringSubmatch(text)
	if parts == nil {
		return 0, false
	}
	hour, _ := strconv.Atoi(parts[1])
	minute, _ := strconv.Atoi(parts[2])
	t := TimeOfDay(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	return t, minute < 60 && t <= TimeOfDay(day)
}

// parseSpan reads 08:00-12:00.
func parseSpan(text string) (Span, bool) {
	parts := spanForm.FindStringSubmatch(text)
	if parts == nil {
		return Span{}, false
	}
	from, soundFrom := parseTimeOfDay(parts[1])
	to, soundTo := parseTimeOfDay(parts[2])
	return Span{from, to}, soundFrom && soundTo && from < to
}

// span reads a span that is a scalar or a key.
func (r *reader) span(text string, quoted bool, at Place, path string) (Span, bool) {
	s, ok := parseSpan(text)
	switch {
	case !ok:
		fix := `write a range in quotes, the earlier time first, such as "08:00-12:00"; times run from 00:00 to 24:00`
		if straight := strings.Trim(text, "“”„‟‘’«»"); straight != text {
			fix = `write straight quotes: "` + straight + `"`
		}
		r.refuse(at, path, fmt.Sprintf("%q is not a range of times", text), fix)
	case !quoted:
		r.refuse(at, path, text+" is not in quotes", fmt.Sprintf("write it in quotes, %q, %s", text, quoteReason))
		ok = false
	}
	return s, ok
}

func (v *HoursFile) read(r *reader, n *Node, path string, _ field) {
	if n.Kind == Scalar {
		if s, ok := r.span(n.Text, n.Quoted, n.Place, path); ok {
			*v = HoursFile{s}
		}
		return
	}
	if !r.is(n, List, path, `write a range such as "08:00-17:00", or a list of them`) {
		return
	}
	*v = HoursFile{}
	for i, child := range n.Items {
		if !r.is(child, Scalar, item(path, i), `write a range such as "08:00-12:00"`) {
			continue
		}
		s, ok := r.span(child.Text, child.Quoted, child.Place, item(path, i))
		if !ok {
			continue
		}
		if len(*v) > 0 && s.From < (*v)[len(*v)-1].To {
			r.refuse(child.Place, item(path, i), s.String()+" begins before "+(*v)[len(*v)-1].String()+" ends", "write ranges in order, without overlap")
		}
		*v = append(*v, s)
	}
}

// Date is a calendar date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateRange is the dates from the first to the last, both included.
type DateRange struct{ First, Last Date }

// Offset is a day given as an offset from the start of the measured period, which may be negative, or as a date.
type Offset struct {
	After time.Duration
	Date  *Date // nil for an offset
}

// String writes the date as the format does.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Time returns the midnight that begins the date. The model has no time zones: UTC stands for local time.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// Before reports whether d is before e.
func (d Date) Before(e Date) bool { return d.Time().Before(e.Time()) }

const dateFix = `write a date of the calendar in quotes, such as "2025-01-06", from 1971 to 2200`

// parseDate reads 2025-01-06.
func parseDate(text string) (Date, bool) {
	t, err := time.Parse(time.DateOnly, text)
	d := Date{t.Year(), t.Month(), t.Day()}
	return d, err == nil && d.Year >= 1971 && d.Year <= 2200 && d.String() == text
}

func (v *Date) read(r *reader, n *Node, path string, _ field) {
	if !r.is(n, Scalar, path, dateFix) {
		return
	}
	d, ok := parseDate(n.Text)
	if !ok {
		r.refuse(n.Place, path, fmt.Sprintf("%q is not a date", n.Text), dateFix)
	} else if r.quoted(n, path) {
		*v = d
	}
}

// datePattern leaves the lengths of the months to the checker.
const datePattern = `(197[1-9]|19[89][0-9]|20[0-9]{2}|21[0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`

func (*Date) schema(*schemaWriter, field) object {
	return object{{"type", "string"}}.join(patterned("^"+datePattern+"$", dateFix))
}

func (*DateRange) schema(*schemaWriter, field) object {
	return object{{"type", "string"}}.join(patterned("^"+datePattern+"(/"+datePattern+")?$", `write a date or a range in quotes, such as "2025-07-07/2025-07-18"`))
}

func (*Offset) schema(*schemaWriter, field) object {
	after := strings.TrimPrefix(timePattern(durationUnits), "^")
	return object{{"type", "string"}, {"minLength", 1}, {"pattern", "^" + datePattern + "$|^-?" + after}, {"not", object{{"const", "-"}}}}
}

func (v *DateRange) read(r *reader, n *Node, path string, _ field) {
	const fix = `write a date or a range in quotes, such as "2025-07-07/2025-07-18", the earlier date first`
	if !r.is(n, Scalar, path, fix) {
		return
	}
	first, last, ranged := strings.Cut(n.Text, "/")
	if !ranged {
		last = first
	}
	from, soundFrom := parseDate(first)
	to, soundTo := parseDate(last)
	if !soundFrom || !soundTo || to.Before(from) {
		r.refuse(n.Place, path, fmt.Sprintf("%q is not a range of dates", n.Text), fix)
	} else if r.quoted(n, path) {
		*v = DateRange{from, to}
	}
}

func (v *Offset) read(r *reader, n *Node, path string, _ field) {
	const fix = `write an offset from the start of the measured period such as 0w or -2w, or a date in quotes such as "2025-03-03"`
	if !r.is(n, Scalar, path, fix) {
		return
	}
	if d, ok := parseDate(n.Text); ok {
		if r.quoted(n, path) {
			v.Date = &d
		}
		return
	}
	d, err := parseDuration(strings.TrimPrefix(n.Text, "-"))
	if err != nil {
		r.refuse(n.Place, path, fmt.Sprintf("%q is neither an offset nor a date", n.Text), fix)
		return
	}
	if strings.HasPrefix(n.Text, "-") {
		d = -d
	}
	v.After = d
}
