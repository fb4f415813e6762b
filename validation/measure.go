package validation

import "portalsim/sim"

// units maps each measure's name to its unit. It is looked up, never walked.
var units = func() map[string]string {
	m := map[string]string{}
	for _, x := range sim.Measures() {
		m[x.Name] = x.Unit
	}
	return m
}()

func unitOf(measure string) string { return units[measure] }
