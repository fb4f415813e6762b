package sim

import (
	"fmt"
	"slices"
	"strings"
)

// MeasureNamed returns the row of a measure written as on the command line: queue_h_mean[pool=nurse], or
// first_response_h_mean[type=urgent,channel=portal]. Dimensions not named are all. An error
// says what cannot be read.
func MeasureNamed(name string) (MeasureRow, error) {
	measure, rest, broken := strings.Cut(name, "[")
	row := MeasureRow{Measure: measure, Type: All, Channel: All, Pool: All, Role: All, Staff: All}
	if !slices.ContainsFunc(Measures(), func(m Measure) bool { return m.Name == measure }) {
		return row, fmt.Errorf("there is no measure %s", measure)
	}
	if !broken {
		return row, nil
	}
	rest, closed := strings.CutSuffix(rest, "]")
	if !closed {
		return row, fmt.Errorf("measure %s has no closing bracket", name)
	}
	for _, part := range strings.Split(rest, ",") {
		dimension, value, _ := strings.Cut(part, "=")
		switch dimension {
		case "type":
			row.Type = value
		case "channel":
			row.Channel = value
		case "pool":
			row.Pool = value
		case "role":
			row.Role = value
		case "staff":
			row.Staff = value
		default:
			return row, fmt.Errorf("measure %s: there is no dimension %q; write type, channel, pool, role or staff", name, dimension)
		}
	}
	return row, nil
}

// Name writes a row's measure as MeasureNamed reads it.
func (r *MeasureRow) Name() string { return r.Measure + r.Dimensions() }

// Dimensions writes the dimensions that are broken down, as in [type=urgent]; "" for none.
func (r *MeasureRow) Dimensions() string {
	var parts []string
	for _, d := range [][2]string{{"type", r.Type}, {"channel", r.Channel}, {"pool", r.Pool}, {"role", r.Role}, {"staff", r.Staff}} {
		if d[1] != All {
			parts = append(parts, d[0]+"="+d[1])
		}
	}
	if parts == nil {
		return ""
	}
	return "[" + strings.Join(parts, ",") + "]"
}
