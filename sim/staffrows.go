package sim

import "time"

// group is some staff members taken together.
type group struct {
	members                                                 int
	fte                                                     float64
	total                                                   booked
	weekend                                                 time.Duration
	days, afterDays, longDays, weeks, heavyWeeks, manyWeeks int
	items, threads, touches, given, interruptions           int
	visits                                                  visitCounts
}

// staffRows adds the measures of staff: burden of clinicians, together, by role and by member; the rest by role and
// by member.
func (m *model) staffRows(r *rows) {
	clinicians, roles, isClinical := group{}, []string(nil), map[string]bool{}
	byRole := map[string]*group{} // looked up by the slice of roles, never walked
	everybody := group{}
	for i := range m.staff {
		s := &m.staff[i]
		if byRole[s.Role] == nil {
			byRole[s.Role] = &group{}
			roles = append(roles, s.Role)
		}
		byRole[s.Role].join(m, i)
		everybody.join(m, i)
		isClinical[s.Role] = isClinical[s.Role] || s.Clinician
		if s.Clinician {
			clinicians.join(m, i)
		}
	}
	if clinicians.members > 0 {
		m.burdenRows(r, dims{}, &clinicians)
	}
	m.costRows(r, &clinicians)
	for _, role := range roles {
		if isClinical[role] {
			m.burdenRows(r, dims{role: role}, byRole[role])
		}
		m.workRows(r, dims{role: role}, byRole[role], &everybody)
	}
	for i := range m.staff {
		s := &m.staff[i]
		one := group{}
		one.join(m, i)
		d := dims{role: s.Role, staff: s.Name}
		if s.Clinician {
			m.burdenRows(r, d, &one)
		}
		m.workRows(r, d, &one, &everybody)
	}
}

// join adds a staff member to the group.
func (g *group) join(m *model, i int) {
	s, t, v := &m.staff[i], &m.tallies.staff[i], &m.tallies.visits[i]
	g.members++
	g.fte += s.FTE
	for a := range activities {
		for clock := range 2 {
			for class := range scheduleClasses {
				g.total[a][clock][class] += t.total[a][clock][class]
			}
		}
	}
	g.weekend += t.weekend
	g.days += t.days
	g.afterDays += t.afterDays
	g.longDays += t.longDays
	g.weeks += t.weeks
	g.heavyWeeks += t.heavyWeeks
	g.manyWeeks += t.manyWeeks
	g.items += t.items
	g.threads += t.threads
	g.touches += t.touches
	g.given += t.given
	g.interruptions += t.interruptions
	g.visits.offered += v.offered
	g.visits.noShows += v.noShows
	g.visits.held += v.held
	g.visits.delay += v.delay
	g.visits.displaced += v.displaced
	g.visits.lost += v.lost
	g.visits.rebooked += v.rebooked
	g.visits.rebookDelay += v.rebookDelay
}

// during adds up the time booked to some activities.
func (g *group) during(list ...Activity) time.Duration {
	sum := time.Duration(0)
	for _, a := range list {
		for clock := range 2 {
			for class := range scheduleClasses {
				sum += g.total[a][clock][class]
			}
		}
	}
	return sum
}

// afterHours adds up the time booked to some activities outside working hours by the clock.
func (g *group) afterHours(list ...Activity) time.Duration {
	sum := time.Duration(0)
	for _, a := range list {
		for class := range scheduleClasses {
			sum += g.total[a][1][class]
		}
	}
	return sum
}

// scheduled adds up the time in some classes of the schedule, whatever it was spent on.
func (g *group) scheduled(list ...scheduleClass) time.Duration {
	sum := time.Duration(0)
	for a := range activities {
		for _, class := range list {
			sum += g.total[a][0][class] + g.total[a][1][class]
		}
	}
	return sum
}

// outside adds up the time booked to some activities outside scheduled patient time.
func (g *group) outside(list ...Activity) time.Duration {
	sum := time.Duration(0)
	for _, a := range list {
		for clock := range 2 {
			sum += g.total[a][clock][otherTime] + g.total[a][clock][offTime]
		}
	}
	return sum
}

// burdenRows adds the measures of clinicians.
func (m *model) burdenRows(r *rows, d dims, g *group) {
	memberWeeks := float64(g.members) * m.weeks()
	perWeek := func(measure string, t time.Duration) { r.add(measure, d, t.Minutes()/memberWeeks, "") }
	after := g.afterHours(Visit, Notes, Messages, OtherInbox, Calls, Teach, Admin)
	perWeek("after_hours_min_per_clinician_week", after)
	perWeek("after_hours_visit_min_per_clinician_week", g.afterHours(Visit))
	perWeek("after_hours_notes_min_per_clinician_week", g.afterHours(Notes))
	perWeek("after_hours_messages_min_per_clinician_week", g.afterHours(Messages))
	perWeek("after_hours_other_inbox_min_per_clinician_week", g.afterHours(OtherInbox))
	perWeek("after_hours_calls_min_per_clinician_week", g.afterHours(Calls))
	perWeek("after_hours_teaching_min_per_clinician_week", g.afterHours(Teach))
	perWeek("after_hours_admin_min_per_clinician_week", g.afterHours(Admin))
	r.add("after_hours_min_per_clinical_fte_week", d, after.Minutes()/(g.fte*m.weeks()), "")
	perWeek("weekend_min_per_clinician_week", g.weekend)
	r.share("after_hours_day_share", d, float64(g.afterDays), g.days)
	r.share("long_evening_share", d, float64(g.longDays), g.days)
	r.share("after_hours_heavy_week_share", d, float64(g.heavyWeeks), g.weeks)
	r.share("messages_heavy_week_share", d, float64(g.manyWeeks), g.weeks)
	perWeek("pajama_min_per_clinician_week", g.afterHours(Notes, Messages, OtherInbox))
	patient := g.scheduled(patientTime).Hours()
	r.add("ib_time8_h", d, g.during(Messages, OtherInbox).Hours()/patient*8, noteIf(patient == 0, "no scheduled patient time"))
	r.add("wow8_h", d, g.outside(Messages, OtherInbox, Notes).Hours()/patient*8, noteIf(patient == 0, "no scheduled patient time"))
	r.share("inbox_min_per_clinician_day", d, g.during(Messages, OtherInbox).Minutes(), g.days)
	r.share("items_per_clinician_day", d, float64(g.items), g.days)
	r.share("messages_per_clinician_day", d, float64(g.threads), g.days)
	inbox := g.during(Messages, OtherInbox)
	r.add("inbox_messages_share", d, float64(g.during(Messages))/float64(inbox), noteIf(inbox == 0, "no inbox work"))
	r.add("inbox_after_hours_share", d, float64(g.afterHours(Messages, OtherInbox))/float64(inbox), noteIf(inbox == 0, "no inbox work"))
	r.add("visits_per_clinician_week", d, float64(g.visits.held)/memberWeeks, "")
	r.share("pajama_min_per_visit", d, g.afterHours(Notes, Messages, OtherInbox).Minutes(), g.visits.held)
	r.share("inbox_min_per_visit", d, inbox.Minutes(), g.visits.held)
}

func noteIf(when bool, note string) string {
	if when {
		return note
	}
	return ""
}

// workRows adds the measures of any staff.
func (m *model) workRows(r *rows, d dims, g, everybody *group) {
	memberWeeks := float64(g.members) * m.weeks()
	perWeek := func(measure string, t time.Duration) { r.add(measure, d, t.Minutes()/memberWeeks, "") }
	perWeek("after_hours_min_per_staff_week", g.afterHours(Visit, Notes, Messages, OtherInbox, Calls, Teach, Admin))
	r.add("interruptions_per_staff_week", d, float64(g.interruptions)/memberWeeks, "")
	perWeek("visit_min_per_staff_week", g.during(Visit))
	perWeek("notes_min_per_staff_week", g.during(Notes))
	perWeek("messages_min_per_staff_week", g.during(Messages))
	perWeek("other_inbox_min_per_staff_week", g.during(OtherInbox))
	perWeek("calls_min_per_staff_week", g.during(Calls))
	perWeek("teaching_min_per_staff_week", g.during(Teach))
	perWeek("admin_min_per_staff_week", g.during(Admin))
	perWeek("idle_min_per_staff_week", g.during(Idle))
	r.share("thread_touch_share", d, float64(g.touches), everybody.touches)
	r.share("thread_answer_share", d, float64(g.given), everybody.given)
	r.add("scheduled_h_per_week", d, g.scheduled(patientTime, otherTime).Hours()/m.weeks(), "")
	onDuty := g.during(Visit, Notes, Messages, OtherInbox, Calls, Teach, Admin, Idle)
	r.add("utilisation", d, 1-float64(g.during(Idle))/float64(onDuty), noteIf(onDuty == 0, "never on duty"))
	r.add("visit_slots_per_week", d, float64(g.visits.offered)/m.weeks(), "")
	r.add("visits_per_week", d, float64(g.visits.held)/m.weeks(), "")
	r.add("visits_displaced_per_week", d, float64(g.visits.displaced)/m.weeks(), "")
	r.add("visits_lost_per_week", d, float64(g.visits.lost)/m.weeks(), "")
	r.share("visit_rebooking_d_mean", d, g.visits.rebookDelay.Hours()/24, g.visits.rebooked)
	r.share("visit_delay_min_mean", d, g.visits.delay.Minutes(), g.visits.held)
	perWeek("visit_overrun_min_per_staff_week", g.outside(Visit))
}
