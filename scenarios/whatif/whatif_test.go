package whatif

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// short is a baseline of few weeks.
var short = map[string]string{"./short.yaml": "schema: portalsim/scenario/1\nextends: baseline\nname: short\nrun: {warm_up: 1w, measure: 4w}\n"}

func shortClinic(t *testing.T) *Clinic {
	t.Helper()
	c := Open([]string{"usual=./short.yaml", "education", "protected-time"}, short)
	if _, err := c.Levers(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *Clinic) lever(t *testing.T, id string) *Lever {
	t.Helper()
	i := slices.IndexFunc(c.levers, func(l Lever) bool { return l.ID == id })
	if i < 0 {
		t.Fatalf("there is no lever %s", id)
	}
	return &c.levers[i]
}

func TestLeversHaveTheEvidenceOfTheScenario(t *testing.T) {
	c := shortClinic(t)
	for _, x := range []struct {
		id, value, source, cite string
		low, high               float64 // 0 and 0 for none
	}{
		{"panel", "2250", "choice", "", 0, 0},
		{"users", "0.74", "literature", "Khalil, Int J MS Care 2022;24:271", 0.70, 0.78},
		{"volume", "1", "assumption", "", 0.43, 1.78}, // refill 1.2 / 2.8 is the least that all allow, refill 5 / 2.8 the most
		{"staff.nurse", "2", "choice", "", 0, 0},
		{"protected", "60", "choice", "", 0, 0},
		{"evening", "", "assumption", "", 0, 0},
		{"education.reach", "0.6", "assumption", "", 0.3, 0.9},
		{"education.half-life", "26", "assumption", "", 8, 104},
		{"education.by-phone", "3", "assumption", "", 1, 8},
		{"education.boosters", "[26w]", "choice", "", 0, 0},
	} {
		l := c.lever(t, x.id)
		if l.Value != x.value || l.Source != x.source || l.Cite != x.cite {
			t.Errorf("%s is %s by %s (%s), want %s by %s (%s)", x.id, l.Value, l.Source, l.Cite, x.value, x.source, x.cite)
		}
		switch {
		case x.high == 0 && l.Low != nil:
			t.Errorf("%s has a range, and nobody gave one", x.id)
		case x.high != 0 && (l.Low == nil || *l.Low != x.low || *l.High != x.high):
			t.Errorf("%s has the range %v to %v, want %v to %v", x.id, l.Low, l.High, x.low, x.high)
		}
		if l.About == "" || l.Label == "" || l.Group == "" {
			t.Errorf("%s is not explained", x.id)
		}
	}
	few, err := Open([]string{"baseline", "one-more-nurse"}, nil).Levers()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range few {
		if l.Group == educationGroup || l.ID == "protected" {
			t.Errorf("%s can be moved, and no arm has it", l.ID)
		}
	}
}

// The format takes the least of every slider at once, and the most, and every choice.
func TestEveryLeverMoves(t *testing.T) {
	c := shortClinic(t)
	for turn := range 7 {
		if testing.Short() && turn%3 > 0 {
			continue
		}
		moves := map[string]string{}
		for i := range c.levers {
			l := &c.levers[i]
			text := plain([]float64{l.Least, l.Most}[turn%2])
			if l.Choices != nil {
				text = l.Choices[turn%len(l.Choices)].Value
			}
			sets, err := l.settings(text)
			if err != nil || (sets == nil) != (l.ID == eveningLever) {
				t.Errorf("%s to %s: settings %v, %v", l.ID, text, sets, err)
			}
			moves[l.ID] = text
		}
		if s, err := c.Start(moves, 1); err != nil || len(s.Settings) < len(c.levers) {
			t.Errorf("turn %d: %v", turn, err)
		}
	}
}

func TestMovesThatAreNone(t *testing.T) {
	c := shortClinic(t)
	for _, moves := range []map[string]string{{"nothing": "1"}, {"panel": "many"}, {"panel": "-1"}, {"users": "1.5"}, {"users": "0.5"}, {"protected": "61"}, {"evening": "education"}} {
		if _, err := c.Start(moves, 1); err == nil {
			t.Errorf("%v is taken", moves)
		}
	}
	if _, err := Open([]string{"baselin"}, nil).Start(nil, 1); err == nil || !strings.Contains(err.Error(), "did you mean baseline?") {
		t.Errorf("an arm that is not there: %v", err)
	}
}

// More protected minutes are more scheduled inbox time, and change no other block but admin.
func TestProtectedMinutes(t *testing.T) {
	c := shortClinic(t)
	for _, minutes := range []string{"0", "30", "60", "180"} {
		s, err := c.Start(map[string]string{"protected": minutes}, 1)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := strconv.ParseFloat(minutes, 64)
		got := inboxMinutes(s, 2) - inboxMinutes(s, 0)
		if got != 3*want {
			t.Errorf("%s min: the arm has %v min of inbox a week more than the control, want %v", minutes, got, 3*want)
		}
	}
}

// inboxMinutes returns the scheduled inbox minutes of the first clinician in a week, from the painted week of the arm.
func inboxMinutes(s *Session, arm int) float64 {
	total := 0.0
	for _, e := range s.loaded[arm].Tree.At("staff").At("neurologist").At("week").Entries {
		days := map[string]float64{"mon": 1, "tue": 1, "wed": 1, "thu": 1, "fri": 1, "mon-fri": 5, "mon-thu": 4, "mon-tue": 2, "wed-thu": 2, "wed-fri": 3}[e.Key]
		for _, b := range e.Value.Entries {
			if b.Value.Text == "inbox" {
				from, to, _ := strings.Cut(b.Key, "-")
				total += days * (minuteOf(to) - minuteOf(from))
			}
		}
	}
	return total
}

func minuteOf(clock string) float64 {
	h, m, _ := strings.Cut(clock, ":")
	hours, _ := strconv.ParseFloat(h, 64)
	minutes, _ := strconv.ParseFloat(m, 64)
	return 60*hours + minutes
}

func TestAnswer(t *testing.T) {
	c := shortClinic(t)
	s, err := c.Start(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.Next(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if first.Replications != 1 || first.Target != 20 || len(first.Arms) != 4 || !first.Arms[3].Reference {
		t.Fatalf("first answer: %+v", first)
	}
	if e := first.Arms[1]; e.Wait.Mean == nil || e.Wait.Low != nil {
		t.Errorf("after one replication there is a difference and no interval: %+v", e.Wait)
	}
	a, err := s.Next(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i, arm := range a.Arms {
		if len(arm.Day) != len(Activities) || len(arm.Week) != 168 {
			t.Errorf("%s: a day of %d activities and a week of %d hours", arm.Name, len(arm.Day), len(arm.Week))
		}
		if i > 0 && (*arm.Evening.Low > *arm.Evening.Mean || *arm.Evening.High < *arm.Evening.Mean) {
			t.Errorf("%s: interval %v to %v around %v", arm.Name, *arm.Evening.Low, *arm.Evening.High, *arm.Evening.Mean)
		}
	}
	if text, err := json.Marshal(a); err != nil || !strings.Contains(string(text), `"wait"`) {
		t.Errorf("the answer is no JSON: %v", err)
	}
	if c := a.Arms[3].Ceiling; c == nil || *c.Mean != 1 {
		t.Errorf("the ceiling saves %v of itself", c)
	}
}

// What CSV and Table hold is what the collection says, with every digit.
func TestTables(t *testing.T) {
	s, err := shortClinic(t).Start(nil, 3)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Next(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	table, err := s.Table("comparisons")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(table.CSV())).ReadAll()
	rows := s.collection.Comparisons()
	if err != nil || len(lines) != len(rows)+1 {
		t.Fatalf("%d lines of %d rows: %v", len(lines), len(rows), err)
	}
	at := slices.Index(lines[0], "difference")
	for i, row := range rows {
		got, err := strconv.ParseFloat(lines[i+1][at], 64)
		if row.Difference == nil && lines[i+1][at] != "" || row.Difference != nil && (err != nil || got != *row.Difference) {
			t.Fatalf("row %d: %q, want %v", i, lines[i+1][at], row.Difference)
		}
	}
	if _, err := s.Table("threads"); err == nil {
		t.Error("there is a table threads")
	}
}

// A day has its threads where they are: nobody leaves a pool that they are not in.
func TestReplay(t *testing.T) {
	s, err := shortClinic(t).Start(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Replay(0, 0, 7)
	if err != nil {
		t.Fatal(err)
	}
	if days, weekday := shortClinic(t).Measured(); days != 28 || weekday != 0 {
		t.Errorf("%d days from weekday %d", days, weekday)
	}
	if r.Date != "2025-01-20" || len(r.Events) == 0 || len(r.Stretches) == 0 {
		t.Fatalf("%s: %d events, %d stretches", r.Date, len(r.Events), len(r.Stretches))
	}
	last := 0.0
	for _, e := range r.Events {
		minute := e[0].(float64)
		if minute < last || minute >= 1440 {
			t.Fatalf("minute %v after %v", minute, last)
		}
		last = minute
	}
	sum := make([]float64, len(r.Staff))
	for _, x := range r.Stretches {
		sum[x[2].(int)] += x[1].(float64) - x[0].(float64)
	}
	for i, minutes := range sum {
		if minutes < 1439.999 || minutes > 1440.001 {
			t.Errorf("%s has a day of %v minutes", r.Staff[i].Name, minutes)
		}
	}
	for _, bad := range [][2]int{{9, 0}, {-1, 0}, {0, 28}, {0, -1}} {
		if _, err := s.Replay(bad[0], 0, bad[1]); err == nil {
			t.Errorf("arm %d, day %d is replayed", bad[0], bad[1])
		}
	}
}
