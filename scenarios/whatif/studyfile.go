package whatif

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// StudyFile writes the session as a study file, which portalsim sweep runs to the same numbers. link is kept in a
// comment, from which the page reads it back. It is an error that arms lie over different scenarios: a study has one.
func (s *Session) StudyFile(replications int, link string) (string, error) {
	base, _ := parts(s.loaded[0].Expression)
	var y strings.Builder
	say := func(format string, values ...any) { fmt.Fprintf(&y, format+"\n", values...) }
	say("# What was set in the page. The same numbers: portalsim sweep what-if.yaml --out out")
	say("# With costs, harms and the ceiling: %s", oneLine(s.Command(replications)))
	say("# page: %s", oneLine(link))
	say("schema: portalsim/study/1\nname: what-if\ntitle: What if, from the page\nbase: %s\narms:", strconv.Quote(base+s.variant))
	for i := range s.Expressions {
		scenario, overlays := parts(s.loaded[i].Expression)
		if scenario != base {
			return "", errors.New("the arms lie over different scenarios, and a study has one: use the command")
		}
		var words []string
		for _, o := range overlays {
			if "+"+o != s.variant {
				words = append(words, strconv.Quote(o))
			}
		}
		say("  %s: [%s]", strconv.Quote(s.loaded[i].Name), strings.Join(words, ", "))
	}
	if s.sets != nil {
		say("set:")
	}
	for _, set := range s.sets {
		say("  %s: %s", set.path, set.value)
	}
	say("measures:\n  \"first_response_h_mean[channel=portal]\": {paired_by: contact}\n  after_hours_min_per_clinician_week: {}")
	say("replications: %d\nseed: %d", replications, s.Seed)
	return y.String(), nil
}

// oneLine keeps a text within a comment.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
