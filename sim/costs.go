package sim

import "time"

// costRows adds what the measured period costs, in the currency of the scenario: paid hours, campaigns, calls answered
// by an outside service; and the net cost, which adds what the scenario's weights make of evenings, waits and harms, less
// what clinicians' admin time is worth, so that an arm which takes it pays for it.
// The paid hours are the scheduled ones: evenings are not paid, and weigh in by their own weight.
func (m *model) costRows(r *rows, clinicians *group) {
	staff := 0.0
	for i := range m.staff {
		g := group{}
		g.join(m, i)
		cost := g.scheduled(patientTime, otherTime).Hours() * m.staff[i].CostPerHour
		staff += cost
	}
	interventions := m.tallies.reachCost
	years := float64(m.s.Measure) / float64(Year)
	for i := range m.s.Campaigns {
		interventions += m.s.Campaigns[i].Costs.Once + m.s.Campaigns[i].Costs.PerYear*years
	}
	c := &m.s.Costs
	service := c.ServiceCall * float64(m.tallies.serviceCalls)
	total := staff + interventions + service
	r.add("staff_cost", dims{}, staff, "")
	r.add("intervention_cost", dims{}, interventions, "")
	r.add("service_cost", dims{}, service, "")
	r.add("cost", dims{}, total, "")
	after := clinicians.afterHours(Visit, Notes, Messages, OtherInbox, Calls, Teach, Admin)
	r.add("after_hours_h", dims{}, after.Hours(), "")
	admin := clinicians.during(Admin).Hours()
	r.add("admin_h", dims{}, admin, "")
	r.add("admin_value", dims{}, c.AdminHour*admin, "")
	r.add("net_cost", dims{}, total+m.weighted(after)-c.AdminHour*admin, "")
}

// weighted returns what the weights of net benefit make of a period.
func (m *model) weighted(after time.Duration) float64 {
	c := &m.s.Costs
	var sum threadCell
	waited := 0.0
	for i := range m.tallies.cells {
		cell := &m.tallies.cells[i]
		sum.plus(cell)
		waited += cell.response.sum + cell.response.cut
	}
	lost := 0
	for i := range m.tallies.visits {
		lost += m.tallies.visits[i].lost
	}
	return c.AfterHoursHour*after.Hours() + c.WaitHour*waited + c.UrgentLate*float64(sum.unseen.late) +
		c.LostVisit*float64(lost) + c.UrgentCareVisit*float64(sum.ended[AbandonedToUrgentCare])
}
