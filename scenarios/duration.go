package scenarios

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Duration is a clock time with the evidence for it: d is 24 hours and w is 7 d.
type Duration struct {
	D        time.Duration
	Evidence *Evidence // nil for a plain time
}

// OpenDuration is a length of clinic-open time: open days, which have as many hours as that day is open, and then
// hours, minutes and seconds in which the clinic is open.
type OpenDuration struct {
	Days  float64
	Clock time.Duration
}

// Day and week as the format means them.
const (
	day  = 24 * time.Hour
	week = 7 * day
)

// durationUnit is a unit of time.
type durationUnit struct {
	word string
	size time.Duration
}

// durationUnits are the units from the largest down, the order in which they may be combined.
var durationUnits = []durationUnit{
	{"w", week}, {"d", day}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second},
	{"ms", time.Millisecond}, {"us", time.Microsecond}, {"ns", time.Nanosecond},
}

const (
	durationFix     = "write a time such as 4m30s, 2.5h or 8w"
	openDurationFix = "write open days, hours and minutes, such as 2d or 4h"
)

func (v *Duration) read(r *reader, n *Node, path string, f field) {
	plain := func(n *Node, path string) (time.Duration, bool) {
		d, ok := r.duration(n, path, f)
		return d, ok && r.within(n, path, f, d.Seconds())
	}
	v.D, v.Evidence = readEvidence(r, n, path, timeLimits(f), plain, time.Duration.Seconds)
}

func (v *OpenDuration) read(r *reader, n *Node, path string, _ field) {
	const fix = openDurationFix
	if !r.is(n, Scalar, path, fix) {
		return
	}
	terms, err := parseTerms(n.Text)
	if err != nil {
		r.refuse(n.Place, path, err.Error(), timeFix(n.Text, fix))
		return
	}
	for _, t := range terms {
		switch {
		case t.unit == "w":
			r.refuse(n.Place, path, "w has no meaning in clinic-open time", "write open days, such as 5d")
			return
		case t.unit == "d":
			v.Days, _ = t.number.Float64()
		default:
			d, err := sumTerms([]term{t})
			if err != nil {
				r.refuse(n.Place, path, err.Error(), fix)
				return
			}
			v.Clock += d
		}
	}
	if v.Days+float64(v.Clock) <= 0 {
		r.refuse(n.Place, path, "must be above 0, got "+n.Text, fix)
	}
}

func (*Duration) schema(_ *schemaWriter, f field) object {
	plain := object{{"type", "string"}, {"minLength", 1}}.join(patterned(timePattern(durationUnits), durationFix))
	if _, _, _, above := bounds(timeLimits(f)); above {
		plain = plain.with("not", zeroTime)
	}
	return evidencedSchema(plain, plain, false)
}

func (*OpenDuration) schema(*schemaWriter, field) object {
	return object{{"type", "string"}, {"minLength", 1}, {"not", zeroTime}}.join(patterned(timePattern(durationUnits[1:]), openDurationFix))
}

// zeroTime is the schema of a time of which every term is 0.
var zeroTime = object{{"type", "string"}, {"pattern", "^[0.a-z]*$"}}

// timePattern is the pattern of a time in some units.
func timePattern(units []durationUnit) string {
	pattern := "^"
	for _, u := range units {
		pattern += `([0-9]{1,18}(\.[0-9]{1,18})?` + u.word + ")?"
	}
	return pattern + "$"
}

// duration reads a time that is not negative.
func (r *reader) duration(n *Node, path string, f field) (time.Duration, bool) {
	if !r.is(n, Scalar, path, durationFix) {
		return 0, false
	}
	d, err := parseDuration(n.Text)
	if err != nil {
		fix := timeFix(n.Text, durationFix)
		if numberForm.MatchString(n.Text) && !strings.HasPrefix(n.Text, "-") {
			fix = "write the unit, such as " + n.Text + f.usualUnit() + " or " + n.Text + "h"
		}
		r.refuse(n.Place, path, err.Error(), fix)
	}
	return d, err == nil
}

var spelledForm = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) *(w|d|h|m|s)(?:|k|ks|eeks?|ays?|rs?|ours?|ins?|inutes?|ecs?|econds?)$`)

// timeFix says what to write for a time with its unit spelled out, such as 2 days, or a general fix.
func timeFix(text, fix string) string {
	parts := spelledForm.FindStringSubmatch(strings.ToLower(text))
	if parts == nil || parts[1]+parts[2] == text { // it is not how it is written
		return fix
	}
	return "write " + parts[1] + parts[2]
}

// usualUnit is the unit of the field's default, or minutes.
func (f field) usualUnit() string {
	if unit := strings.TrimLeft(f.defaultText, "0123456789"); len(unit) == 1 && unit != "s" && unit != "h" {
		return unit
	}
	return "m"
}

// ParseDuration reads a time as files have it, such as 4m30s or 52w.
func ParseDuration(text string) (time.Duration, error) { return parseDuration(text) }

// parseDuration reads a time such as 4m30s.
func parseDuration(text string) (time.Duration, error) {
	terms, err := parseTerms(text)
	if err != nil {
		return 0, err
	}
	return sumTerms(terms)
}

// term is one number with its unit; a time is a sum of them.
type term struct {
	number *big.Rat // exact, so that 0.1h is six minutes to the nanosecond
	unit   string
}

var (
	termForm      = regexp.MustCompile(`^([0-9]{1,18}(?:\.[0-9]{1,18})?)([a-z]+)`)
	errorNotATime = func(text string) error { return fmt.Errorf("must be a time, got %q", text) }
)

// parseTerms splits a time into its terms and checks their order.
func parseTerms(text string) ([]term, error) {
	if numberForm.MatchString(text) {
		return nil, fmt.Errorf("the time %s has no unit", text)
	}
	var terms []term
	last := -1
	for rest := text; rest != ""; {
		parts := termForm.FindStringSubmatch(rest)
		if parts == nil {
			return nil, errorNotATime(text)
		}
		unit := slices.IndexFunc(durationUnits, func(u durationUnit) bool { return u.word == parts[2] })
		switch {
		case unit < 0:
			return nil, fmt.Errorf("must be a time, got %q: %s is not one of the units w, d, h, m and s", text, parts[2])
		case unit <= last:
			return nil, fmt.Errorf("must be a time, got %q: write each unit once, the largest first", text)
		}
		number, _ := new(big.Rat).SetString(parts[1])
		terms, last, rest = append(terms, term{number, parts[2]}), unit, rest[len(parts[0]):]
	}
	if terms == nil {
		return nil, errorNotATime(text)
	}
	return terms, nil
}

// sumTerms adds terms up, to the nearest nanosecond.
func sumTerms(terms []term) (time.Duration, error) {
	sum := new(big.Rat)
	for _, t := range terms {
		for _, u := range durationUnits {
			if u.word == t.unit {
				sum.Add(sum, new(big.Rat).Mul(t.number, new(big.Rat).SetInt64(int64(u.size))))
			}
		}
	}
	return nanoseconds(sum)
}

// nanoseconds rounds to a time.Duration.
func nanoseconds(exact *big.Rat) (time.Duration, error) {
	half := big.NewRat(1, 2)
	if exact.Sign() < 0 {
		half.Neg(half)
	}
	rounded := new(big.Rat).Add(exact, half)
	whole := new(big.Int).Quo(rounded.Num(), rounded.Denom())
	if !whole.IsInt64() || whole.Int64() == -1<<63 {
		return 0, fmt.Errorf("the time is longer than the 290 years that the clock can hold")
	}
	return time.Duration(whole.Int64()), nil
}

// formatDuration writes a time as parseDuration reads it: whole weeks as weeks, else from days down.
func formatDuration(d time.Duration) string {
	if d == 0 {
		return "0s"
	}
	if d%week == 0 {
		return fmt.Sprintf("%dw", d/week)
	}
	var text strings.Builder
	if d < 0 {
		text.WriteString("-")
		d = -d
	}
	for _, u := range durationUnits[1:] {
		if whole := d / u.size; whole > 0 {
			fmt.Fprintf(&text, "%d%s", whole, u.word)
			d -= whole * u.size
		}
	}
	return text.String()
}
