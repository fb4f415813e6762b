package report

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"portalsim/output"
	"portalsim/sim"
)

// sweepOf is a study of some arms over numeric factors, each of whose points has the value of every factor given by value.
func sweepOf(design string, arms, factors, points int, value func(p, f int) float64) *Sweep {
	base := smallStudy()
	entry := &output.StudyEntry{Name: "study", Title: "How many?", Design: design, Points: points, Text: "name: study\n"}
	s := &Sweep{Study: *newStudy(base.manifest, nil, "USD"), entry: entry}
	for a := range arms {
		s.arms = append(s.arms, Arm{Name: fmt.Sprintf("arm-%d", a), Title: "An arm", Scenario: base.arms[0].Scenario})
	}
	for _, m := range []string{"first_response_h_mean[channel=portal]", evening, "net_cost"} {
		row, _ := sim.MeasureNamed(m)
		row.Unit = map[string]string{firstResponse: "h", evening: "min", "net_cost": "currency"}[row.Measure]
		s.goals = append(s.goals, goal{MeasureRow: row, lower: true})
	}
	for f := range factors {
		path := fmt.Sprintf("staff.role-%d.count", f)
		at := func(x float64) output.LevelEntry { return output.LevelEntry{Text: number(x), Value: known(x)} }
		s.factors = append(s.factors, factor{output.FactorEntry{Path: path, Role: "lever", Unit: "1", Standing: at(2), Low: at(1), High: at(3)}, fmt.Sprintf("Role %d", f)})
	}
	for p := range points {
		x := point{id: fmt.Sprintf("p%04d", p+1), status: "done", runs: 20}
		sum := 0.0
		for f := range factors {
			x.levels = append(x.levels, level{number(value(p, f)), value(p, f)})
			sum += float64(f+1) * value(p, f)
		}
		for a := range arms {
			var means, changes []estimate
			for g := range s.goals {
				mean := sum*float64(1-2*(g%2)) + 10*float64(a)
				means, changes = append(means, estimate{mean, mean - 1, mean + 1}), append(changes, estimate{mean - 20, mean - 22, mean - 18})
			}
			x.means, x.changes = append(x.means, means), append(x.changes, changes)
		}
		s.points = append(s.points, x)
	}
	return s
}

// gridOf is a full grid of factors with three levels each.
func gridOf(arms, factors int) *Sweep {
	return sweepOf("grid", arms, factors, int(math.Pow(3, float64(factors))), func(p, f int) float64 { return float64(1 + p/int(math.Pow(3, float64(f)))%3) })
}

// sensitive adds what a design's table sensitivity would hold.
func (s *Sweep) sensitive(method string) *Sweep {
	for _, r := range s.results() {
		for f := range s.factors {
			g, x := &s.goals[r.goal], float64(f)-0.5
			row := sim.SensitivityRow{Method: method, Arm: s.arms[r.arm].Name, Measure: g.Measure, Type: g.Type, Channel: g.Channel, Pool: g.Pool, Role: g.Role, Staff: g.Staff,
				Factor: s.factors[f].Path, Noise: known(0.25), Note: "a note"}
			row.S1, row.ST, row.STConf, row.Mu, row.MuStar, row.MuStarConf, row.Sigma = known(0.1*x), known(0.2), known(0.1), known(x), known(math.Abs(x)), known(0.1), known(0.3)
			row.Partial, row.PHolm, row.Low, row.High, row.Width = known(x/10), known(0.01*float64(f)), known(-x), known(x), known(2*math.Abs(x))
			row.LowCI95Low, row.LowCI95High, row.HighCI95Low, row.HighCI95High = known(-x-1), known(-x+1), known(x-1), known(x+1)
			s.sensitivity = append(s.sensitivity, row)
		}
	}
	return s
}

// chosen adds a table choices with a front and the best of all.
func (s *Sweep) chosen() *Sweep {
	for p := range s.points {
		for a := range s.arms {
			on, first, after := p < 2, p+a == 0, int32(20)
			row := sim.ChoiceRow{Point: s.points[p].id, Arm: s.arms[a].Name, By: "net_cost", Indifference: known(5), Confidence: known(0.95), Best: &first, Replications: &after,
				Front: "first_response_h_mean[channel=portal] " + evening + " net_cost", OnFront: &on, FrontShare: known(0.9)}
			if !first {
				row.Dropped = &after
			}
			s.choices = append(s.choices, row)
		}
	}
	return s
}

func (s *Sweep) written(t *testing.T) string {
	t.Helper()
	var page bytes.Buffer
	if err := s.Write(&page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func oneAtATime(arms, factors int) *Sweep {
	return sweepOf("one-at-a-time", arms, factors, 1+2*factors, func(p, f int) float64 {
		if p > 0 && (p-1)/2 == f {
			return float64(1 + 2*((p-1)%2))
		}
		return 2
	})
}

func spreadOut(design string, arms, factors, points int) *Sweep {
	return sweepOf(design, arms, factors, points, func(p, f int) float64 { return math.Mod(float64(p)*0.6180339887*float64(f+1), 1) })
}

// Each design has the figures that it can honestly give, whole, and no others.
func TestFiguresOfDesigns(t *testing.T) {
	for name, c := range map[string]struct {
		s    *Sweep
		want []string // of the first goal
	}{
		"grid":            {gridOf(2, 2).chosen(), []string{"levels-1", "response-1", "choice", "front"}},
		"one arm":         {gridOf(1, 3), []string{"response-1"}},
		"arms":            {sweepOf("arms", 3, 0, 1, nil).chosen(), []string{"response-1", "choice", "front"}},
		"list":            {sweepOf("list", 2, 2, 3, func(p, f int) float64 { return float64(p * f) }), []string{"response-1"}},
		"one-at-a-time":   {oneAtATime(2, 3).sensitive("one-at-a-time"), []string{"drivers-1", "response-1"}},
		"saltelli":        {spreadOut("saltelli", 2, 3, 64).sensitive("sobol"), []string{"drivers-1", "response-1"}},
		"morris":          {spreadOut("morris", 1, 3, 64).sensitive("morris"), []string{"drivers-1", "response-1"}},
		"latin-hypercube": {spreadOut("latin-hypercube", 4, 7, 64).sensitive("rank correlation"), []string{"drivers-1", "response-1"}},
	} {
		var figures []*Figure
		for _, list := range [][]*Figure{c.s.drivers(), c.s.answers(), {c.s.choice(), c.s.front()}} {
			figures = append(figures, list...)
		}
		var ids []string
		for _, f := range figures {
			if f == nil {
				continue
			}
			if !strings.HasSuffix(f.ID, "-2") && !strings.HasSuffix(f.ID, "-3") {
				ids = append(ids, f.ID)
			}
			whole(t, name, f)
		}
		if !slices.Equal(ids, c.want) {
			t.Errorf("%s: figures %v, want %v", name, ids, c.want)
		}
		page := c.s.written(t)
		for _, never := range []string{"<script", "ZgotmplZ", "NaN", "<no value>", "%!", "Inf"} {
			if strings.Contains(page, never) {
				t.Errorf("%s: the page has %q", name, never)
			}
		}
		if page != c.s.written(t) {
			t.Errorf("%s: two pages differ", name)
		}
	}
}

// whole checks that a figure has all that a figure has.
func whole(t *testing.T, name string, f *Figure) {
	t.Helper()
	if f.Title == "" || f.Reading == "" || len(f.Panels) == 0 || len(f.Table.Rows) == 0 {
		t.Errorf("%s: figure %s has no title, reading, panel or table", name, f.ID)
	}
	for _, row := range f.Table.Rows {
		if len(row) != len(f.Table.Head) {
			t.Errorf("%s: figure %s: row %q under heads %q", name, f.ID, row, f.Table.Head)
		}
	}
	for _, p := range f.Panels {
		for _, c := range p.Drawings {
			if c.Label == "" || len(c.Marks) == 0 || c.height < 50 || len(p.Drawings) != map[bool]int{true: 1, false: 2}[f.Multiples] {
				t.Errorf("%s: figure %s: drawing without label or marks, or in %d sizes", name, f.ID, len(p.Drawings))
			}
		}
	}
}

// The words of a study say what its numbers do.
func TestWordsOfSweep(t *testing.T) {
	tornado := oneAtATime(2, 3).sensitive("one-at-a-time")
	unsettled := gridOf(2, 1)
	unsettled.points[2].status, unsettled.points[2].changes[1][0], unsettled.points[2].changes[1][1] = "never_settles", noEstimate, noEstimate
	for _, c := range []struct{ text, want string }{
		{tornado.drivers()[0].Reading, "Arm-1 against arm-0: the strongest is Role 2 (at 1: −1.5 · at 3: +1.5), then Role 0 (at 1: +0.5 · at 3: −0.5)."},
		{tornado.driverWords(0), "It hangs most on Role 2, then on Role 0."},
		{tornado.standing(0), "As the arms stand, arm-1 against arm-0: +2.0 [0.0, +4.0] h."},
		{tornado.spanWords(0, true), "from −1.0 [−3.0, +1.0] h (Role 2 = 1) to +5.0 [+3.0, +7.0] (Role 2 = 3)."},
		{tornado.spanWords(0, true), "Its interval is below 0 at 0 of 7 points, above 0 at 3, and holds 0 at 4."},
		{gridOf(2, 1).spanWords(0, true), "Its interval is below 0 at every point."},
		{gridOf(2, 1).responses()[0].Reading, "Arm-0: from 1.0 [0.0, 2.0] h (Role 0 = 1) to 3.0 [2.0, 4.0] (Role 0 = 3). Arm-1: from 11.0"},
		{strings.Join(unsettled.sweepCaveats(), "\n"), "At 1 point an arm never settles"},
		{unsettled.spanWords(0, true), "(Role 0 = 2)"},
		{gridOf(2, 2).chosen().front().Reading, "4 of 18 choices are on the front. They are: 1 arm-0 at Role 0 = 1, Role 1 = 1 (90 % of resamples)"},
		{gridOf(2, 2).chosen().choice().Reading, "Of 18 choices, arm-0 at Role 0 = 1, Role 1 = 1 is the best with 95 % confidence, where 5 USD is the smallest"},
		{spreadOut("sobol", 1, 2, 600).scatters()[0].Reading, "A panel shows 250 of 600 points as dots, evenly taken; its curve rests on all."},
		{spreadOut("sobol", 1, 2, 600).scatters()[0].Reading, "The table here holds the first 200 of 600 points"},
	} {
		if !strings.Contains(c.text, c.want) {
			t.Errorf("%q: want %q in it", c.text, c.want)
		}
	}
}

// Choices over what is uncertain are averaged, and the page says over how many points.
func TestFrontOverUncertainties(t *testing.T) {
	s := gridOf(2, 2)
	s.factors[1].Role = "uncertainty"
	f := s.chosen().front()
	if len(f.Table.Rows) != 6 || !strings.Contains(f.Reading, "averaged over 3 combinations of what is uncertain") {
		t.Errorf("%d choices: %s", len(f.Table.Rows), f.Reading)
	}
	if i := slices.IndexFunc(f.Table.Rows, func(row []string) bool { return row[0] == "arm-0 at Role 0 = 1" }); f.Table.Rows[i][2] != "5.00" { // 1 + 2 (1, 2 or 3)
		t.Errorf("%v", f.Table.Rows[i])
	}
}

// A large study, of many factors, arms and measures, stays a page that can be mailed.
func TestSizeOfPage(t *testing.T) {
	for _, s := range []*Sweep{spreadOut("saltelli", 4, 20, 2048).sensitive("sobol"), gridOf(4, 6).chosen(), oneAtATime(4, 40).sensitive("one-at-a-time")} {
		if n := len(s.written(t)); n > 1_500_000 {
			t.Errorf("the page of %s has %d bytes", s.entry.Design, n)
		}
	}
}

// What others wrote in a study is shown and never obeyed, however long.
func TestHostileWordsOfSweep(t *testing.T) {
	const attack = `</style></title><script>alert(1)</script>"'><img src=x onerror=alert(1)>`
	long := strings.Repeat("ש🚑", 5000)
	s := gridOf(2, 2).chosen()
	s.entry.Title, s.entry.Text = attack+long, attack+long
	for f := range s.factors {
		s.factors[f].name, s.factors[f].Unit, s.factors[f].Group = attack+long, attack, attack+long
	}
	s.points[0].levels[0] = level{attack + long, math.NaN()}
	page := s.written(t)
	if strings.Contains(page, "<script") || strings.Contains(page, "<img") || !strings.Contains(page, "&lt;script&gt;alert(1)") {
		t.Error("a tag got through, or the attack is not shown as text")
	}
	if len(page) > 1<<20 {
		t.Errorf("the page has %d bytes", len(page))
	}
}

// The axis of bars has no empty step for what is a little below 0, at the width of a desktop and of a phone; what is there is still
// within the drawing. What is far below 0 has its steps.
func TestAxisOfBars(t *testing.T) {
	for _, width := range []float64{720, 340} {
		for _, values := range [][]float64{{100, 1, -2, 4}, {100, -0.4, math.NaN(), math.Inf(-1)}, {100, 5}, {100, -45}} {
			x, ticks := barAxis(values, width)
			if far := values[1] == -45; far && ticks[0] > -45 || !far && ticks[0] != 0 {
				t.Errorf("%v at %v: the first tick is %v", values, width, ticks[0])
			}
			for _, v := range values {
				if at := x.at(v); !math.IsNaN(v) && !math.IsInf(v, 0) && (at < 0 || at > width) {
					t.Errorf("%v of %v is drawn at %v of %v", v, values, at, width)
				}
			}
		}
	}
}

func TestLogarithmicScale(t *testing.T) {
	s, ticks := overLog([]float64{0.005, 0.1, math.NaN()}, 8, 0, 100)
	if s.at(0.005) != 0 || s.at(0.1) != 100 || math.Abs(s.at(math.Sqrt(0.0005))-50) > 1e-9 || len(ticks) != 5 || tickText(ticks[0], ticks) != "0.005" || tickText(ticks[4], ticks) != "0.1" {
		t.Errorf("%v %v", s, ticks)
	}
	if s, _ := overLog([]float64{0, 3}, 8, 0, 100); s.log {
		t.Error("a logarithm of one value")
	}
}
