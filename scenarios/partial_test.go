package scenarios

import (
	"strings"
	"testing"
)

// A file with problems of its own is looked at across its keys too, so that a planner meets every problem at once; but
// nothing is reported that a problem elsewhere may have caused.
func TestProblemsAcrossKeysBesideOthers(t *testing.T) {
	const file = `schema: portalsim/scenario/1
name: multi
run: {start: 2025-01-06}
patients: {count: 10, preferred_channel: {portal: 1}}
channels: {}
messages:
  advice: {needs_per_user_year: 3, pool: nurce}
pools:
  nurse: {handling: {dist: lognormal, mean: 4, cv: 1}, pass_on: {advise: {nurse: 0.5}, advice: {clinic: 0.7}}}
staff:
  nurse: {count: 1, role: nurse, pools: [nurse, desk], week: {mon-fri: {"08:00-12:00": inbox}}}
`
	source := Source{ReadFile: func(string) ([]byte, error) { return []byte(file), nil }}
	_, err := source.Check([]string{"./multi.yaml"})
	if err == nil {
		t.Fatal("no problems")
	}
	want := []string{
		"3:14: run.start:", "7:42: messages.advice.pool: there is no pool nurce; did you mean nurse?", "9:45: pools.nurse.handling.mean:",
		"9:74: pools.nurse.pass_on.advise: there is no message type advise; did you mean advice?",
		"9:105: pools.nurse.pass_on.advice.clinic: there is no pool clinic", "11:49: staff.nurse.pools[1]: there is no pool desk",
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d problems, want %d:\n%v", len(lines), len(want), err)
	}
	for i := range want {
		if !strings.HasPrefix(lines[i], "./multi.yaml:"+want[i]) {
			t.Errorf("problem %d is\n%s\nwant\n%s", i, lines[i], want[i])
		}
	}
}

// Where the pools cannot be read at all, no pool is reported as unknown.
func TestNoFollowOnProblems(t *testing.T) {
	const file = `schema: portalsim/scenario/1
name: broken
run: {start: "2025-01-06"}
patients: {count: 10, preferred_channel: {portal: 1}}
channels: {}
messages:
  advice: {needs_per_user_year: 3, pool: nurse}
pools: [nurse]
staff:
  nurse: {count: 1, role: nurse, pools: [nurse], week: {mon-fri: {"08:00-12:00": inbox}}}
`
	source := Source{ReadFile: func(string) ([]byte, error) { return []byte(file), nil }}
	if _, err := source.Check([]string{"./broken.yaml"}); err == nil || len(strings.Split(err.Error(), "\n")) != 1 {
		t.Errorf("want one problem, got\n%v", err)
	}
}
