package whatif

import (
	"fmt"
	"strings"
)

// StudyFile writes the session as a study file, which portalsim sweep runs to the same numbers. link is kept in a
// comment, from which the page reads it back.
func (s *Session) StudyFile(replications int, link string) string {
	var y strings.Builder
	fmt.Fprintf(&y, "# What was set in the page. The same numbers: portalsim sweep what-if.yaml --out out\n")
	fmt.Fprintf(&y, "# With costs, harms and the ceiling: %s\n", strings.ReplaceAll(s.Command(replications), "\n", " "))
	fmt.Fprintf(&y, "# page: %s\n", link)
	fmt.Fprintf(&y, "schema: portalsim/study/1\nname: what-if\ntitle: What if, from the page\nbase: %s\narms:\n", s.base)
	for i := range s.overlays {
		fmt.Fprintf(&y, "  %s: [%s]\n", s.loaded[i].Name, strings.Join(strings.FieldsFunc(s.overlays[i], func(r rune) bool { return r == '+' }), ", "))
	}
	if s.sets != nil {
		fmt.Fprintf(&y, "set:\n")
		for _, set := range s.sets {
			fmt.Fprintf(&y, "  %s: %s\n", set.path, set.value)
		}
	}
	fmt.Fprintf(&y, "measures:\n  \"first_response_h_mean[channel=portal]\": {paired_by: contact}\n  after_hours_min_per_clinician_week: {}\n")
	fmt.Fprintf(&y, "replications: %d\nseed: %d\n", replications, s.Seed)
	return y.String()
}
