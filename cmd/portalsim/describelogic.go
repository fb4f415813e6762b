package main

import (
	"fmt"
	"strings"

	"portalsim/sim"
)

// Section 2 of the checklist: what the clinic of the first arm is made of, and what the others change.

func (c *checklist) logic() {
	c.heading("2. Logic")
	c.item("2.1 Base model overview diagram")
	c.say("    need → contact → channel → thread → pool → touch → answered, passed on, or back to the patient\n    visits → notes, results → pool; colleagues, notices → pool")
	c.item("2.2 Base model logic")
	c.say("As docs/model.md describes, section 2.2, with the parts named under 2.5. Mechanisms that the scenario does not name are off.")
	c.item("2.3 Scenario logic")
	c.scenarioLogic()
	c.item("2.4 Algorithms")
	c.say("Needs: non-homogeneous Poisson processes by inversion. Quantiles: definition 7 of Hyndman and Fan (1996). Queues: as 2.5.4 says.")
	c.entities()
	c.resources()
	c.queues()
	c.item("2.5.5 Entry and exit points")
	c.say("In: patients' needs by %s; other work (2.5.1). Out: every thread ends once, as %s.", join(channelNames(c.control())), "answered, self-served, merged, lapsed, abandoned (to a call, to urgent care, or as a call hung up) or censored")
}

func (c *checklist) scenarioLogic() {
	for i, a := range c.arms {
		if i > 0 {
			c.say("- `%s` lays %s over the scenario.", a.Name, strings.Join(overlaysOf(a), " + "))
		}
		for k := range a.Model.Campaigns {
			x := &a.Model.Campaigns[k]
			switch {
			case x.Always:
				c.say("- `%s`: modifier `%s` acts on every patient for the whole run.", a.Name, x.Name)
			case x.HalfLife == 0:
				c.say("- `%s`: education `%s` reaches %.0f %% of patients a wave, in %s, and does not fade.", a.Name, x.Name, 100*x.Reach, count(1+len(x.Boosters), "wave"))
			default:
				c.say("- `%s`: education `%s` reaches %.0f %% of patients a wave, in %s, and halves every %.0f weeks.", a.Name, x.Name, 100*x.Reach, count(1+len(x.Boosters), "wave"), x.HalfLife.Hours()/168)
			}
		}
		if differ := sim.Unsynchronised(c.control(), a.Model); i > 0 && len(differ) > 0 {
			c.say("- `%s` is not synchronised with the first: it changes %s.", a.Name, strings.Join(differ, ", "))
		}
	}
	if len(c.arms) == 1 {
		c.say("\nNo other arm.")
	}
}

func (c *checklist) entities() {
	s := c.control()
	c.item("2.5.1 Entities")
	c.say("%s, %.1f %% of them portal users. Threads of messages and calls, by type:\n", count(s.Patients.Count, "patient"), 100*s.Patients.PortalUsers)
	c.say("| type | needs a user and year | truly urgent | to the pool | response target, clinic-open h |\n|---|---|---|---|---|")
	for i := range s.Types {
		t := &s.Types[i]
		c.say("| `%s` | %.3g | %.1f %% | `%s` | %.0f |", t.Name, t.NeedsPerUserYear, 100*t.TrulyUrgent, s.Pools[t.Pool].Name, t.Target.Hours())
	}
	if len(s.OtherWork) > 0 {
		c.say("\nOther work:\n\n| stream | a visit | a member and week | a week | to the pool | mean handling, min |\n|---|---|---|---|---|---|")
		for i := range s.OtherWork {
			o := &s.OtherWork[i]
			c.say("| `%s` | %.3g | %.3g | %.3g | `%s` | %.1f |", o.Name, o.PerVisit, o.PerStaffWeek, o.PerWeek, s.Pools[o.Pool].Name, o.Handling.Mean().Minutes())
		}
	}
	c.item("2.5.2 Activities")
	c.say("Touches of threads and items, and visits. Minutes of staff are booked to %s.", join(activityWords()))
}

func activityWords() []string {
	var list []string
	for a := sim.Visit; a <= sim.Off; a++ {
		list = append(list, strings.ReplaceAll(a.String(), "_", " "))
	}
	return list
}

func (c *checklist) resources() {
	s := c.control()
	c.item("2.5.3 Resources")
	c.say("| staff member | role | clinician | FTE | pools, in order of precedence | visits h | inbox h | admin and away h | after-hours sessions |\n|---|---|---|---|---|---|---|---|---|")
	for i := range s.Staff {
		m := &s.Staff[i]
		var hours [sim.AwayBlock + 1]float64
		for day := range m.Week {
			for _, b := range m.Week[day] {
				hours[b.Kind] += (b.To - b.From).Hours()
			}
		}
		var pools, sessions []string
		for _, p := range m.Pools {
			pools = append(pools, "`"+s.Pools[p].Name+"`")
		}
		for k := range m.Sessions {
			sessions = append(sessions, "`"+m.Sessions[k].Name+"`")
		}
		clinician := "no"
		if m.Clinician {
			clinician = "yes"
		}
		c.say("| `%s` | `%s` | %s | %s | %s | %.1f | %.1f | %.1f | %s |", m.Name, m.Role, clinician, number(m.FTE), strings.Join(pools, ", "),
			hours[sim.VisitsBlock], hours[sim.InboxBlock], hours[sim.AdminBlock]+hours[sim.AwayBlock], or(strings.Join(sessions, ", "), "none"))
	}
	c.say("\nHours are of a week without leave. After hours is outside %s to %s on workdays.", clockTime(s.Working.From.Minutes()), clockTime(s.Working.To.Minutes()))
}

func clockTime(minutes float64) string {
	return fmt.Sprintf("%02d:%02d", int(minutes)/60, int(minutes)%60)
}

func (c *checklist) queues() {
	s := c.control()
	c.item("2.5.4 Queues")
	c.say("| pool | order | inboxes | clinical look |\n|---|---|---|---|")
	for i := range s.Pools {
		p := &s.Pools[i]
		inboxes, clinical := "one for all", "no"
		if p.Personal {
			inboxes = "one for each member"
			if p.Cover {
				inboxes += ", covered on leave"
			}
		}
		if p.Clinical {
			clinical = "yes"
		}
		c.say("| `%s` | %s | %s | %s |", p.Name, orderOf(p), inboxes, clinical)
	}
}

// orderOf names a pool's discipline.
func orderOf(p *sim.Pool) string {
	switch {
	case p.DueDate:
		return "earliest due date"
	case p.Ageing > 0:
		return fmt.Sprintf("priority classes, an item moves up every %.0f h", p.Ageing.Hours())
	case p.LastIn:
		return "last in, first out"
	case p.Preempt:
		return "priority classes, preemptive-resume"
	case p.Priority:
		return "priority classes"
	default:
		return "first in, first out"
	}
}

func channelNames(s *sim.Scenario) []string {
	var names []string
	for i := range s.Channels {
		if s.Channels[i].FallsBackTo == i {
			names = append(names, "`"+s.Channels[i].Name+"`")
		}
	}
	return names
}

// join writes a list as a sentence has it.
func join(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
