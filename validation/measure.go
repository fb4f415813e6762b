package validation

import (
	"fmt"
	"strings"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// MeasureNamed returns the row of a measure written as on the command line: queue_h_mean[pool=nurse], or
// first_response_h_mean[type=urgent,channel=portal]. Dimensions not named are all.
func MeasureNamed(name string) (sim.MeasureRow, error) {
	measure, rest, broken := strings.Cut(name, "[")
	row := experiment.Of(measure)
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

// units maps each measure's name to its unit. It is looked up, never walked.
var units = func() map[string]string {
	m := map[string]string{}
	for _, x := range sim.Measures() {
		m[x.Name] = x.Unit
	}
	return m
}()

func unitOf(measure string) string { return units[measure] }
