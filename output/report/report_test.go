package report

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"portalsim/output"
	"portalsim/sim"
)

// smallStudy is a study of two arms and the ceiling, with a row or two for each figure.
func smallStudy() *Study {
	s := &Study{
		manifest: output.Manifest{Program: "portalsim", Replications: 20, Command: "portalsim compare a b", Tables: []output.TableEntry{{File: "summary.parquet", Rows: 7, SHA256: "00ff"}}},
		currency: "USD", hours: newMeans[hourKey](), flows: newMeans[flowKey](), waits: newMeans[waitKey](), days: newMeans[dayKey](), evenings: newEvenings(),
	}
	scenario := &sim.Scenario{
		Measure: 2 * sim.Week, Working: sim.Span{From: 7 * time.Hour, To: 17*time.Hour + 30*time.Minute}, Patients: sim.Patients{Count: 100},
		Channels: []sim.Channel{{Name: "portal"}}, Types: []sim.MessageType{{Name: "advice"}}, Pools: []sim.Pool{{Name: "nurse"}},
		Staff: []sim.StaffMember{{Name: "doctor-1", Role: "doctor", Clinician: true, FTE: 1}}, Limits: sim.Limits{AfterHoursPerFTEWeek: 68 * time.Minute},
	}
	s.arms = []Arm{{Name: "usual", Title: "Usual care", Scenario: scenario}, {Name: "teach", Title: "Teaching", Scenario: scenario}, {Name: "none", Title: "Nobody writes", Scenario: scenario, Reference: true}}
	for i, a := range s.arms {
		s.manifest.Arms = append(s.manifest.Arms, output.Arm{Name: a.Name, Title: a.Title, Layers: []string{a.Name + ".yaml"}})
		s.summary = append(s.summary, summaryRow(a.Name, evening, sim.All, 100-float64(20*i)))
		for _, measure := range []string{"thread_touch_share", "thread_answer_share", "messages_min_per_staff_week", "calls_min_per_staff_week"} {
			row := summaryRow(a.Name, measure, sim.All, 0.5)
			row.Role = "doctor"
			s.summary = append(s.summary, row)
		}
		s.summary = append(s.summary, summaryRow(a.Name, "net_cost", sim.All, 1000))
		for run := range 3 {
			for week := range int32(2) {
				row := sim.WeekRow{Arm: a.Name, Replication: int32(run), Week: week, Portal: int64(40 - i*run), Threads: 50, AfterHours: known(100)}
				if a.Name == "teach" {
					row.Strength = known(0.8 - 0.2*float64(week))
				}
				s.addWeek(&row)
			}
		}
		for day := range int32(14) {
			s.addDay(&sim.StaffDayRow{Arm: a.Name, Staff: "doctor-1", Role: "doctor", Date: day, VisitMin: 300, NotesMin: 60, AfterHoursNotesMin: 10, PatientTimeMin: 360})
		}
		for hour := range int32(sim.HoursOfWeek) {
			s.addHour(&sim.HourRow{Arm: a.Name, Pool: sim.All, Hour: hour, Sent: float64(hour % 24), Portal: float64(hour % 24), Backlog: float64(hour)})
		}
		for _, share := range []float64{0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95} {
			s.waits.add(waitKey{a.Name, sim.All, "portal", share}, 10*share)
			s.waits.add(waitKey{a.Name, "advice", "portal", share}, 10*share)
		}
		s.flows.add(flowKey{a.Name, "channel", "portal", "pool", "nurse"}, 60)
		s.flows.add(flowKey{a.Name, "pool", "nurse", "ending", "answered"}, 60)
		s.inputs = append(s.inputs, sim.InputRow{Arm: a.Name, Path: "patients.count", Value: "100", Source: "user"},
			sim.InputRow{Arm: a.Name, Path: "messages.advice.urgent", Value: "0.03", Source: "assumption", Held: true})
	}
	s.inputs = append(s.inputs, sim.InputRow{Arm: "teach", Path: "interventions.teach.reach", Value: "0.6", Source: "assumption", Low: text("0.3"), High: text("0.9")})
	for i, a := range s.arms[:2] {
		on, after := i == 1, int32(20)
		s.choices = append(s.choices, sim.ChoiceRow{Arm: a.Name, By: "net_cost", Indifference: known(5), Confidence: known(0.95), Best: &on, Replications: &after,
			Front: "net_cost " + evening, OnFront: &on, FrontShare: known(0.75)})
	}
	for _, m := range sim.Headline {
		s.drivers = append(s.drivers, sim.DriverRow{Arm: "teach", Measure: m, Input: "patients.count", Rank: 0.5, Partial: known(0.6), PHolm: known(0.01)}, sim.DriverRow{Arm: "teach", Measure: m, Input: "weak", Rank: 0.1})
	}
	s.worth = []sim.InformationRow{{Input: sim.All, Value: 900, Error: 100, Clinics: 1, Horizon: 2, Scaled: 900, Best: "teach", Explained: 0.9}, {Input: "patients.count", Value: 300, Error: 80, Clinics: 1, Horizon: 2, Scaled: 300, Best: "teach", Explained: 0.9}}
	s.comparisons = []sim.ComparisonRow{
		comparisonRow("teach", firstResponse, byContact, "portal", "h", -0.34, -0.41, -0.27),
		comparisonRow("teach", evening, byReplication, sim.All, "min", -20, -22, -18),
		comparisonRow("teach", "urgent_look_h_mean", byContact, sim.All, "h", 0.2, -0.1, 0.5),
		comparisonRow("teach", "urgent_delayed_share", byContact, sim.All, "1", 0.1, 0.05, 0.15),
		comparisonRow("teach", "urgent_pushed_late_share", byContact, sim.All, "1", 0.01, 0.005, 0.015),
		comparisonRow("teach", "net_cost", byReplication, sim.All, "currency", 300, 200, 400),
	}
	return s
}

func text(s string) *string    { return &s }
func known(x float64) *float64 { return &x }

func summaryRow(arm, measure, channel string, mean float64) sim.SummaryRow {
	return sim.SummaryRow{Arm: arm, Measure: measure, Type: sim.All, Channel: channel, Pool: sim.All, Role: sim.All, Staff: sim.All,
		Mean: known(mean), CI95Low: known(mean - 1), CI95High: known(mean + 1)}
}

func comparisonRow(arm, measure, by, channel, unit string, difference, low, high float64) sim.ComparisonRow {
	return sim.ComparisonRow{Arm: arm, Measure: measure, Type: sim.All, Channel: channel, Pool: sim.All, Role: sim.All, Staff: sim.All, Unit: unit,
		ControlMean: known(100), Mean: known(100 + difference), Difference: known(difference), CI95Low: known(low), CI95High: known(high), PairedBy: by}
}

func written(t *testing.T, s *Study) string {
	t.Helper()
	var page bytes.Buffer
	if err := s.Write(&page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestAnswer(t *testing.T) {
	s := smallStudy()
	got := s.answer().Arms[0]
	for _, want := range []string{"a first response 0.34 h sooner (95 % interval 0.27 to 0.41; they wait 100 h in the control)."} {
		if !strings.Contains(got.Wait, want) {
			t.Errorf("wait: %q, want %q in it", got.Wait, want)
		}
	}
	if want := "work 20 min less after hours a week (95 % interval 18 to 22; 100 min in the control). That is 50 % of the 40 min"; !strings.Contains(got.Evening, want) {
		t.Errorf("evening: %q, want %q in it", got.Evening, want)
	}
	for _, c := range []struct {
		change func(*sim.ComparisonRow)
		want   string
	}{
		{func(r *sim.ComparisonRow) { r.CI95High = known(0.1) }, "neither clearly sooner nor clearly later: the difference is −0.3 h"},
		{func(r *sim.ComparisonRow) { *r.Difference, *r.CI95Low, *r.CI95High = 2, 1, 3 }, "2.0 h later (95 % interval 1.0 to 3.0"},
		{func(r *sim.ComparisonRow) { r.UI95Low, r.UI95High = known(-0.9), known(-0.1) }, "0.3 h sooner (95 % uncertainty interval, over what is not known of the inputs 0.1 to 0.9"},
		{func(r *sim.ComparisonRow) { r.Difference, r.Note = nil, "never settles" }, "no answer: there is nothing to compare (never settles)"},
	} {
		s := smallStudy()
		c.change(&s.comparisons[0])
		if got := s.answer().Arms[0].Wait; !strings.Contains(got, c.want) {
			t.Errorf("got %q, want %q in it", got, c.want)
		}
	}
}

// An arm whose backlog grows without end has no answer, and the report says so and nothing else of it.
func TestAnswerNeverSettles(t *testing.T) {
	for _, arm := range []string{"usual", "teach"} {
		s := smallStudy()
		row := summaryRow(arm, firstResponse, sim.All, 1)
		row.Mean, row.Note = nil, sim.NeverSettles
		s.summary = append(s.summary, row)
		if got := s.answer().Arms[0]; !strings.HasPrefix(got.Wait, "No answer: "+arm+" never settles.") || got.Evening != "" {
			t.Errorf("%s: %+v", arm, got)
		}
	}
}

// An arm alone is answered by its levels.
func TestAnswerOfOneArm(t *testing.T) {
	s := smallStudy()
	s.arms, s.comparisons = s.arms[:1], nil
	s.summary = append(s.summary, summaryRow("usual", firstResponse, "portal", 16), summaryRow("usual", "first_response_h_p50", "portal", 5))
	got := s.answer().Arms[0]
	if want := "wait 16 h for a first response on average (95 % interval 15.0 to 17.0); half of them wait less than 5 h."; !strings.Contains(got.Wait, want) {
		t.Errorf("got %q, want %q in it", got.Wait, want)
	}
	if want := "works 100 min after hours a week (95 % interval 99.0 to 101.0)."; !strings.Contains(got.Evening, want) {
		t.Errorf("got %q, want %q in it", got.Evening, want)
	}
}

// Every section of a study with all tables has its figures, each drawn twice with a label, and its table.
func TestPageIsWhole(t *testing.T) {
	page := written(t, smallStudy())
	figures := 0
	for _, section := range sections {
		for _, figure := range section.figures {
			f := figure(smallStudy())
			if f == nil {
				t.Errorf("a figure of section %s is missing", section.ID)
				continue
			}
			figures++
			if f.Title == "" || f.Reading == "" || len(f.Panels) == 0 || len(f.Table.Rows) == 0 {
				t.Errorf("figure %s has no title, reading, panel or table", f.ID)
			}
			for _, row := range f.Table.Rows {
				if len(row) != len(f.Table.Head) {
					t.Errorf("figure %s: row %q under heads %q", f.ID, row, f.Table.Head)
				}
			}
			if !strings.Contains(page, `<figure id="`+f.ID+`">`) {
				t.Errorf("figure %s is not on the page", f.ID)
			}
			for _, p := range f.Panels {
				for _, c := range p.Drawings {
					if c.Label == "" || len(c.Marks) == 0 || strings.Contains(c.ViewBox(), "NaN") {
						t.Errorf("figure %s: drawing without label or marks, or with no size: %q %s", f.ID, c.Label, c.ViewBox())
					}
				}
			}
		}
	}
	if figures < 17 {
		t.Errorf("%d figures", figures)
	}
	for _, want := range []string{"strength 80 % at most and 60 % in the last weeks", "300 USD, 95 % interval", "teach is the best with 95 % confidence, where 5 USD", "1 of 2 choices is on the front", "Teach: most with patients.count (&#43;0.60, p 0.01)", "would be worth 900 ± 100 USD", "Nurse: 3 new from patients", "Most waits on Sundays from 23 to 24 h (167 items", output.ReportMark, "portalsim compare a b", "held fixed", "interventions.teach.reach", "0.3 to 0.9", "No number here is burnout", "00ff"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	for _, never := range []string{"<script", "http://", "https://", "ZgotmplZ", "NaN", "<no value>"} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %q", never)
		}
	}
	if page != written(t, smallStudy()) {
		t.Error("two pages of the same study differ")
	}
}

// A study whose tables are all empty still gives a page.
func TestPageWithoutTables(t *testing.T) {
	s := smallStudy()
	bare := &Study{manifest: s.manifest, arms: s.arms[:1], hours: newMeans[hourKey](), flows: newMeans[flowKey](), waits: newMeans[waitKey](), days: newMeans[dayKey](), evenings: newEvenings()}
	if page := written(t, bare); strings.Contains(page, "<figure") || !strings.Contains(page, "There is no first response") {
		t.Error("figures without tables, or no word of it")
	}
}

// What others wrote is shown and never obeyed, however long.
func TestHostileWords(t *testing.T) {
	const attack = `</style></title><script>alert(1)</script>"'><img src=x onerror=alert(1)>`
	s := smallStudy()
	long := strings.Repeat("ש🚑", 5000)
	s.arms[1].Title, s.arms[2].Name = attack, attack
	s.manifest.Command, s.manifest.Notes = attack, []string{attack}
	s.manifest.Arms[1].Layers = []string{attack}
	for i := range s.inputs {
		s.inputs[i].Remark, s.inputs[i].Value, s.inputs[i].Cite = attack, attack+long, long
	}
	s.waits.add(waitKey{"usual", attack, "portal", 0.5}, 3)
	page := written(t, s)
	if strings.Contains(page, "<script") || strings.Contains(page, "<img") {
		t.Error("a tag got through")
	}
	if !strings.Contains(page, "&lt;script&gt;alert(1)") {
		t.Error("the attack is not shown as text")
	}
	if len(page) > 1<<20 {
		t.Errorf("the page has %d bytes", len(page))
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{{0, "0"}, {-0.340392, "−0.34"}, {16.132, "16.1"}, {101.88, "102"}, {2250, "2250"}, {0.0123, "0.0123"}, {1.5e-7, "1.5e−07"}, {math.NaN(), "unknown"}, {math.Inf(1), "unknown"}} {
		if got := number(c.x); got != c.want {
			t.Errorf("%v is written %s, want %s", c.x, got, c.want)
		}
	}
	if got := decimals(-0.0001, 2); got != "0.00" {
		t.Errorf("minus nothing is written %s", got)
	}
	if got := hours(0.18); got != "10.8 min" {
		t.Errorf("0.18 h is written %s", got)
	}
}

func TestScaleHoldsEveryValue(t *testing.T) {
	for _, values := range [][]float64{{-0.43, -0.25}, {0, 0}, {1e-9}, {3, 77}, {-1e6, 1e6}, {math.NaN(), 2}, {}} {
		for _, by := range []func(float64, int) float64{step, stepOfHours, stepOfMinutes} {
			s, ticks := around(values, by, 7, 0, 100)
			if len(ticks) < 2 || len(ticks) > 12 || ticks[0] != s.low || math.Abs(ticks[len(ticks)-1]-s.high) > 1e-9*math.Abs(s.high) {
				t.Errorf("%v: ticks %v on %v", values, ticks, s)
			}
			for _, x := range append(values, 0) {
				if at := s.at(x); at < -1e-9 || at > 100+1e-9 {
					t.Errorf("%v: %v stands at %v", values, x, at)
				}
			}
		}
	}
}
