package scenarios

import (
	"testing"
)

// roundTrips wants the expanded text to load to the same File and to print the same again.
func roundTrips(t *testing.T, a *Arm) {
	t.Helper()
	text := a.Expand()
	arms, err := sourceOf(map[string]string{"./s.yaml": text}).Load([]string{"./s.yaml"}, nil)
	if err != nil {
		t.Fatalf("what was printed does not load:\n%v\n%s", err, text)
	}
	if again := arms[0].Expand(); again != text {
		t.Errorf("printed again:\n%s\nfirst:\n%s", again, text)
	}
	if !sameFile(a.File, arms[0].File) {
		t.Errorf("what was printed loads to another scenario:\n%+v\n%+v\n%s", a.File, arms[0].File, text)
	}
}

func TestExpand(t *testing.T) {
	arm := loadText(t, tiny)
	wants(t, arm.Expand(),
		"schema: portalsim/scenario/1\nname: tiny\ntitle: \"\"\n",
		`run: {start: "2025-01-06", warm_up: 8w, measure: 52w, drain: 13w, max_in_progress: 100000}`,
		`  open: {mon-fri: "08:00-17:00"}`,
		"    users: {value: 0.669, source: survey, n: 300}\n",
		"    discipline: fifo\n",
	)
	roundTrips(t, arm)
}

func TestExpandQuotesWhatYAMLWouldMisread(t *testing.T) {
	for _, title := range []string{`""`, `"yes"`, "yes", "NULL x", `"null"`, `"1_000"`, "1_000", `"a: b # c"`, `"\u2028 – \\ \" \n\t<&>"`, `"- x"`, "'it''s'", "'# x'", "a  b", `"---"`, "...", "~x", "é"} {
		roundTrips(t, loadText(t, tiny+"title: "+title+"\n"))
	}
}

func TestExpandKeepsLongLists(t *testing.T) {
	long := tiny + "calendar: {holidays: [\"2025-05-26\", \"2025-07-04\", \"2025-09-01\", \"2025-11-27\", \"2025-12-25\", \"2025-12-26\", \"2025-12-27\", \"2025-12-28\"]}\n"
	arm := loadText(t, long)
	wants(t, arm.Expand(), "  holidays:\n    - \"2025-05-26\"\n")
	roundTrips(t, arm)
}
