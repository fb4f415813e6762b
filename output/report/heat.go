package report

import (
	"fmt"
	"math"
	"strings"

	"portalsim/sim"
)

var weekdays = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

// heatSteps is how many colours a heat map has.
const heatSteps = 7

// week is a value for each hour of the week.
type week [sim.HoursOfWeek]float64

func (s *Study) week(arm, what string) (w week) {
	for hour := range w {
		w[hour] = s.hours.of(hourKey{arm, sim.All, what, int32(hour)})
	}
	return w
}

// arrivalsByHour shows when patients write.
func arrivalsByHour(s *Study) *Figure {
	return s.heat("arrivals-by-hour", "Portal messages that patients send in an hour, over the week", "portal", "messages an hour",
		"Most are sent %s (%s messages an hour in %s).", "Needs arise by the scenario's profile of the week.", s.asked()[:1])
}

// backlogByHour shows when work waits.
func backlogByHour(s *Study) *Figure {
	return s.heat("backlog-by-hour", "Items that wait in all pools, over the hours of the week", "backlog", "items",
		"Most waits %s (%s items in %s).", "Notes and other inbox work count too; the table has every arm.", s.asked())
}

// heat draws the control's week; the table holds all of the arms given.
func (s *Study) heat(id, title, what, unit, most, note string, arms []Arm) *Figure {
	control := s.control().Name
	w := s.week(control, what)
	if math.IsNaN(w[0]) {
		return nil
	}
	f := &Figure{ID: id, Title: title, Table: Table{Head: append([]string{"day"}, hoursOfDay()...)}}
	for _, a := range arms {
		values := s.week(a.Name, what)
		for d, day := range weekdays {
			cells := []string{day}
			if len(arms) > 1 {
				cells[0] += ", " + a.called()
			}
			for h := range 24 {
				cells = append(cells, number(values[24*d+h]))
			}
			f.Table.add(cells...)
		}
	}
	peak, highest := 0, 0.0
	for hour, x := range w {
		if x > highest {
			peak, highest = hour, x
		}
	}
	for k := range heatSteps {
		from, to := highest*float64(k)/heatSteps, highest*float64(k+1)/heatSteps
		f.Keys = append(f.Keys, Key{fmt.Sprintf("heat heat%d", k), number(from) + " to " + number(to)})
	}
	f.Keys[heatSteps-1].Text += " " + unit
	f.Reading = fmt.Sprintf(most, fmt.Sprintf("on %ss from %d to %d h", weekdays[peak/24], peak%24, peak%24+1), number(highest), short(control)) + " " + note
	f.draw("", f.Title+". "+f.Reading, func(width float64) float64 { return 7*heatRow(width) + 36 }, func(c *canvas) { paintHeat(c, &w, highest, unit) })
	return f
}

func hoursOfDay() []string {
	var list []string
	for h := range 24 {
		list = append(list, fmt.Sprintf("%d h", h))
	}
	return list
}

func heatRow(width float64) float64 {
	if width < wide {
		return 20
	}
	return 26
}

func paintHeat(c *canvas, w *week, highest float64, unit string) {
	row, left := heatRow(c.width), 34.0
	column := (c.width - left) / 24
	for d, day := range weekdays {
		c.text("tick", 0, float64(d)*row+row/2+4, "start", day[:3])
		for h := range 24 {
			x := w[24*d+h]
			k := 0
			if highest > 0 {
				k = min(int(heatSteps*x/highest), heatSteps-1)
			}
			c.rect(fmt.Sprintf("heat heat%d", k), left+float64(h)*column, float64(d)*row, column-1, row-1,
				fmt.Sprintf("%s %d to %d h: %s %s", day, h, h+1, number(x), unit))
		}
	}
	for h := 0; h <= 24; h += 6 {
		anchor := "middle"
		if h == 24 {
			anchor = "end"
		}
		c.text("tick", left+float64(h)*column, 7*row+13, anchor, strings.TrimSpace(fmt.Sprintf("%d", h)))
	}
	c.text("axis", c.width/2, 7*row+29, "middle", "hour of the day")
}
