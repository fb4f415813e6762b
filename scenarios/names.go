package scenarios

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"portalsim/sim"
)

// The kinds of keys that a Map can have, as in the tag `keys` of file.go.
const (
	nameKeys  = "names"  // made up by the author: pools, types, staff groups
	dayKeys   = "days"   // mon, or mon-fri
	hourKeys  = "hours"  // 08-12, in whole hours
	timeKeys  = "times"  // "08:00-12:00"
	monthKeys = "months" // jan

	measureKeys = "measures" // first_response_h_mean[channel=portal]
	pathKeys    = "paths"    // of a study: patients.count, or ARM:patients.count
)

var (
	dayWords   = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	monthWords = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	nameForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	notInNames = regexp.MustCompile(`[^A-Za-z0-9_-]+`)
	hoursForm  = regexp.MustCompile(`^([0-9]{2})-([0-9]{2})$`)
)

// key checks the key of a Map.
func (r *reader) key(e Entry, path, kind string) {
	switch kind {
	case dayKeys:
		if _, _, ok := parseDays(e.Key); !ok {
			r.refuse(e.Place, path, fmt.Sprintf("%q is not a day or a range of days", e.Key), "write a day such as mon, or a range such as mon-fri; days are "+oneOf(dayWords))
		}
	case hourKeys:
		if _, _, ok := parseHours(e.Key); !ok {
			r.refuse(e.Place, path, fmt.Sprintf("%q is not a range of hours", e.Key), `write whole hours such as "08-12", from 00 to 24`)
		}
	case timeKeys:
		r.span(e.Key, e.Quoted, e.Place, path)
	case pathKeys: // the arms say whether they have it
	case monthKeys:
		if !slices.Contains(monthWords, e.Key) {
			r.refuse(e.Place, path, fmt.Sprintf("%q is not a month", e.Key), didYouMean(e.Key, monthWords))
		}
	case measureKeys:
		if _, err := sim.MeasureNamed(e.Key); err != nil {
			r.refuse(e.Place, path, err.Error(), orTables(e.Key))
		}
	default:
		r.name(e.Key, e.Place, path)
	}
}

// orTables offers a measure of a name near to what was written, else says where all are listed.
func orTables(written string) string {
	var names []string
	for _, m := range sim.Measures() {
		names = append(names, m.Name)
	}
	name, _, _ := strings.Cut(written, "[")
	if near := nearest(name, names); near != "" && near != name {
		return "did you mean " + near + "?"
	}
	return "write a measure that portalsim tables lists, such as first_response_h_mean[channel=portal]"
}

// name checks a name that an author made up. Dots would break paths; "all" stands in tables for not broken down.
func (r *reader) name(name string, at Place, path string) {
	switch {
	case !nameForm.MatchString(name):
		fix := "use up to 64 letters, digits, - and _, with a letter or digit first"
		if like := strings.Trim(notInNames.ReplaceAllString(name, "-"), "-_"); nameForm.MatchString(like) {
			fix += ", such as " + like
		}
		r.refuse(at, path, fmt.Sprintf("%q cannot be a name", name), fix)
	case name == "all":
		r.refuse(at, path, "the name all is taken: in tables it means not broken down", "choose another name")
	}
}

// parseDays reads a day or a range of days: the first and the last, 0 being Monday.
func parseDays(text string) (first, last int, ok bool) {
	from, to, ranged := strings.Cut(text, "-")
	if !ranged {
		to = from
	}
	first, last = slices.Index(dayWords, from), slices.Index(dayWords, to)
	return first, last, first >= 0 && first <= last && (!ranged || first < last)
}

// parseHours reads a range of whole hours such as 08-12.
func parseHours(text string) (from, to int, ok bool) {
	parts := hoursForm.FindStringSubmatch(text)
	if parts == nil {
		return 0, 0, false
	}
	from, _ = strconv.Atoi(parts[1])
	to, _ = strconv.Atoi(parts[2])
	return from, to, from < to && to <= 24
}
