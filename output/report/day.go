package report

import (
	"fmt"
	"math"
	"strings"
)

// dayBar is one staff member's mean working day in one arm.
type dayBar struct {
	staff, arm string
	minutes    []float64 // by activity
}

// mostMembers is how many clinicians are drawn one by one; of more, the first ones, and the table has all.
const mostMembers = 12

// workingDay shows what a clinician's working day is made of.
func workingDay(s *Study) *Figure {
	arms := s.asked()
	if len(arms) > 3 {
		arms = arms[:1]
	}
	f := &Figure{ID: "working-day", Title: "A clinician's mean working day, in minutes by what they are spent on", Table: Table{Head: []string{"clinician", "arm"}}}
	for i, activity := range activities {
		f.Keys = append(f.Keys, Key{fmt.Sprintf("act act%d", i), activity})
		f.Table.Head = append(f.Table.Head, activity+", min")
	}
	var bars []dayBar
	members := 0
	for _, member := range s.clinicians() {
		drawn := members < mostMembers
		for _, a := range arms {
			b := dayBar{staff: member.name, arm: a.called()}
			cells := []string{short(member.name), a.called()}
			for _, activity := range activities {
				x := s.days.of(dayKey{a.Name, member.name, member.role, activity})
				b.minutes, cells = append(b.minutes, x), append(cells, number(x))
			}
			if math.IsNaN(b.minutes[0]) {
				continue
			}
			if drawn {
				bars = append(bars, b)
			}
			f.Table.add(cells...)
		}
		members++
	}
	if bars == nil {
		return nil
	}
	f.Reading = readDay(&bars[0]) + " Minutes after hours stand at the end, whatever they are spent on; days without a scheduled block are left out."
	if members > mostMembers {
		f.Reading += fmt.Sprintf(" The first %d of %d clinicians are drawn.", mostMembers, members)
	}
	f.draw("", f.Title+". "+f.Reading, fixed(float64(len(bars)*38+8+axisRoom)), func(c *canvas) { paintDays(c, bars) })
	return f
}

func readDay(b *dayBar) string {
	var parts []string
	for i, activity := range activities {
		if b.minutes[i] >= 0.5 {
			parts = append(parts, fmt.Sprintf("%s %.0f", activity, b.minutes[i]))
		}
	}
	return fmt.Sprintf("%s in %s, minutes on a working day: %s.", capital(short(b.staff)), short(b.arm), strings.Join(parts, ", "))
}

type member struct{ name, role string }

func (s *Study) clinicians() []member {
	var list []member
	for i := range s.control().Scenario.Staff {
		if m := &s.control().Scenario.Staff[i]; m.Clinician {
			list = append(list, member{m.Name, m.Role})
		}
	}
	return list
}

func paintDays(c *canvas, bars []dayBar) {
	var totals []float64
	for _, b := range bars {
		total := 0.0
		for _, x := range b.minutes {
			total += x
		}
		totals = append(totals, total)
	}
	bottom := c.height - axisRoom
	x, ticks := around(totals, stepOfMinutes, int(c.width/70), 0, c.width-8)
	c.xAxis(x, ticks, 4, bottom, "minutes on a working day")
	for i, b := range bars {
		y := 4 + float64(i*38)
		words := number(math.Round(totals[i])) + " min"
		name := b.staff + " · " + b.arm
		c.text("label halo", 0, y+12, "start", fit(name, c.width-letter*float64(len(words)+2), letter))
		c.text("label value halo", c.width, y+12, "end", words)
		at := 0.0
		for k, minutes := range b.minutes {
			from, to := x.at(at), x.at(at+minutes)
			at += minutes
			if to-from < 0.3 {
				continue
			}
			c.rect(fmt.Sprintf("act act%d", k), from, y+17, to-from, 15, fmt.Sprintf("%s: %s %s min", short(name), activities[k], number(minutes)))
			if text := fmt.Sprintf("%.0f", minutes); to-from > tickLetter*float64(len(text))+6 {
				c.text(fmt.Sprintf("inside in%d", k), (from+to)/2, y+28.5, "middle", text)
			}
		}
	}
}

// stepOfMinutes is step for minutes of a day: in quarters of hours.
func stepOfMinutes(span float64, n int) float64 {
	for _, nice := range []float64{15, 30, 60, 120, 180, 240} {
		if span > 15 && span/nice <= float64(n) {
			return nice
		}
	}
	return step(span, n)
}
