package report

import (
	"fmt"
	"math"

	"portalsim/sim"
)

// whoAnswers shows which roles touch patients' messages, and which answer them.
func whoAnswers(s *Study) *Figure {
	arms := s.asked()
	if len(arms) > 3 {
		arms = arms[:1]
	}
	f := &Figure{
		ID: "who-answers", Title: "Who handles patients' messages and calls, and who answers them",
		Keys:  append(armKeys(arms), Key{"answers", "share of the answers"}),
		Table: Table{Head: []string{"role", "arm", "share of touches", "share of answers", "minutes on messages and calls, per member and week"}},
	}
	var rows []whoRow
	for _, role := range s.roles() {
		for i, a := range arms {
			value := func(measure string) float64 {
				if r := s.measured(a.Name, measure, sim.All, role, sim.All); r != nil {
					return orNaN(r.Mean)
				}
				return math.NaN()
			}
			r := whoRow{role, a.called(), armClass(i), value("thread_touch_share"), value("thread_answer_share")}
			if math.IsNaN(r.touches) {
				continue
			}
			rows = append(rows, r)
			f.Table.add(short(role), a.called(), percent(r.touches), percentOrWithheld(r.answers),
				minutes(value("messages_min_per_staff_week")+value("calls_min_per_staff_week")))
			if i == 0 {
				f.Reading += fmt.Sprintf("%s: %s of touches, %s of answers. ", capital(short(role)), percent(r.touches), percentOrWithheld(r.answers))
			}
		}
	}
	if rows == nil {
		return nil
	}
	f.Reading += "The bars are shares of all touches of patients' threads, by any channel."
	f.draw("", f.Title+". "+f.Reading, fixed(float64(len(rows)*34+8+axisRoom)), func(c *canvas) { paintWho(c, rows) })
	return f
}

// whoRow is one role in one arm.
type whoRow struct {
	role, arm, class string
	touches, answers float64
}

// roles returns the roles of the control's staff, each once.
func (s *Study) roles() []string {
	var roles []string
	for i := range s.control().Scenario.Staff {
		role := s.control().Scenario.Staff[i].Role
		seen := false
		for _, r := range roles {
			seen = seen || r == role
		}
		if !seen {
			roles = append(roles, role)
		}
	}
	return roles
}

func paintWho(c *canvas, rows []whoRow) {
	bottom := c.height - axisRoom
	var shares []float64
	for _, r := range rows {
		shares = append(shares, 100*r.touches, 100*r.answers)
	}
	x, ticks := around(shares, step, int(c.width/70), 0, c.width-8)
	c.xAxis(x, ticks, 4, bottom, "share, %")
	for i, r := range rows {
		y := 4 + float64(i*34)
		words := percent(r.touches)
		c.text("label halo", 0, y+12, "start", fit(r.role+" · "+r.arm, c.width-letter*float64(len(words)+2), letter))
		c.text("label value halo", c.width, y+12, "end", words)
		c.rect(r.class, 0, y+17, x.at(100*r.touches), 12, fmt.Sprintf("%s, %s: %s of touches", short(r.role), short(r.arm), words))
		if !math.IsNaN(r.answers) {
			at := x.at(100 * r.answers)
			c.line("under", at, y+14, at, y+32)
			c.line("answers", at, y+14, at, y+32)
		}
	}
}
