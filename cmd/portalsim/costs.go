package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// printHarms prints what an arm does to patients beside their waits: needs silenced, visits, calls.
func printHarms(w io.Writer, c *experiment.Collection, arm int, weeks float64) {
	if needed := c.Mean(arm, experiment.Of("silenced_needed_n")); needed > 0 {
		fmt.Fprintf(w, "  Harm: needs silenced that would not settle by themselves %.1f a week\n", needed/weeks)
	}
	if released := c.Mean(arm, experiment.Of("released_n")); released > 0 {
		fmt.Fprintf(w, "  Needs released that are held back under usual care: %.1f a week\n", released/weeks)
	}
	printAdmin(w, c, arm, weeks)
	printVisits(w, c, arm)
	before, after := callMinutes(c, 0), callMinutes(c, arm)
	if math.Abs(after-before) >= 0.5 {
		fmt.Fprintf(w, "  Calls cost the staff %s min a week (%.0f to %.0f)\n", signed(after-before, 0), before, after)
	}
}

// printAdmin prints the admin time that an arm takes from clinicians, or gives them.
func printAdmin(w io.Writer, c *experiment.Collection, arm int, weeks float64) {
	d, ok := c.Difference(arm, experiment.Of("admin_h"), 0.95)
	if !ok || math.Abs(d.Change.Mean) < 0.1*weeks {
		return
	}
	what := "given up"
	if d.Change.Mean > 0 {
		what = "gained"
	}
	fmt.Fprintf(w, "  Admin time of clinicians %s: %.1f h a week (%.1f to %.1f)\n", what, math.Abs(d.Change.Mean)/weeks, d.ControlMean/weeks, d.ArmMean/weeks)
}

// printVisits prints what becomes of visits whose slots an arm takes.
func printVisits(w io.Writer, c *experiment.Collection, arm int) {
	displaced, lost := 0.0, 0.0
	for _, role := range c.Roles(arm) {
		row := experiment.Of("visits_displaced_per_week")
		row.Role = role
		displaced += c.Mean(arm, row)
		row.Measure = "visits_lost_per_week"
		lost += c.Mean(arm, row)
	}
	if displaced > 0 {
		fmt.Fprintf(w, "  Visits displaced %.1f a week, of them lost %.1f a week\n", displaced, lost)
	}
}

// callMinutes returns the minutes of all staff in calls a week.
func callMinutes(c *experiment.Collection, arm int) float64 {
	sum := 0.0
	for _, role := range c.Roles(arm) {
		row := experiment.Of("calls_min_per_staff_week")
		row.Role = role
		sum += c.Mean(arm, row) * float64(c.Members(arm, role))
	}
	return sum
}

// value is what an arm costs and saves in the period, against the control.
type value struct {
	arm         int
	cost, hours experiment.Estimate // currency; after-hours hours saved
	admin       experiment.Estimate // worth of the clinicians' admin time given up, currency
	price       float64             // cost and admin, mean
	perHour     stats.Ratio
	benefit     experiment.Estimate // net benefit
	dominatedBy string
	costAny     bool // some cost is set
}

// printCosts prints costs, hours saved and net benefit of every arm on one scale, if the scenario has costs at all.
func printCosts(w io.Writer, s *study, c *experiment.Collection) {
	values := s.values(c)
	any := false
	for _, v := range values {
		any = any || v.costAny
	}
	if !any {
		return
	}
	currency := s.loaded[0].File.Costs.Currency
	fmt.Fprintf(w, "\nCosts and value of %.0f weeks against %s, in %s (unit costs and weights are assumptions; %.0f %% %s)\n", weeks(s), s.called(0), currency, 100*s.confidence, s.intervalWords())
	for _, v := range values {
		fmt.Fprintf(w, "  %s\n", s.called(v.arm))
		fmt.Fprintf(w, "    costs %s %s; ", signed(v.cost.Mean, 0), between(v.cost.Interval(), 0))
		switch i := v.admin.Interval(); {
		case i.Low > 0:
			fmt.Fprintf(w, "gives up admin time worth %.0f [%.0f, %.0f]; ", v.admin.Mean, i.Low, i.High)
		case i.High < 0:
			fmt.Fprintf(w, "gains admin time worth %.0f [%.0f, %.0f]; ", -v.admin.Mean, -i.High, -i.Low)
		}
		fmt.Fprintf(w, "saves %s after-hours hours of clinicians %s", strings.TrimPrefix(signed(v.hours.Mean, 0), "+"), between(v.hours.Interval(), 0))
		switch {
		case !(v.hours.Interval().Low > 0):
			fmt.Fprint(w, "; no saving to put a price on\n")
		case v.price <= 0:
			fmt.Fprint(w, "; the saving costs nothing\n")
		case s.drawing != nil:
			fmt.Fprintf(w, "; %.0f an hour saved\n", v.perHour.Estimate)
		default:
			fmt.Fprintf(w, "; %.0f an hour saved [%.0f, %.0f]\n", v.perHour.Estimate, v.perHour.Interval.Low, v.perHour.Interval.High)
		}
		fmt.Fprintf(w, "    net benefit %s %s", signed(v.benefit.Mean, 0), between(v.benefit.Interval(), 0))
		if v.dominatedBy != "" {
			fmt.Fprintf(w, "; dominated by %s, which saves more for less", v.dominatedBy)
		}
		fmt.Fprintln(w)
	}
}

// intervalWords says of what kind the intervals first printed are.
func (s *study) intervalWords() string {
	if s.drawing != nil {
		return "uncertainty intervals"
	}
	return "intervals"
}

// values returns the value of every arm that is part of the question.
func (s *study) values(c *experiment.Collection) []value {
	var list []value
	for a := 1; a < len(s.arms); a++ {
		cost, costOK := c.Pair(a, experiment.Of("cost"))
		hours, hoursOK := c.Pair(a, experiment.Of("after_hours_h"))
		admin, adminOK := c.Pair(a, experiment.Of("admin_value"))
		net, netOK := c.Pair(a, experiment.Of("net_cost"))
		if s.arms[a].Reference || !costOK || !hoursOK || !adminOK || !netOK || c.NeverSettles(0) || c.NeverSettles(a) {
			continue
		}
		v := value{
			arm: a, cost: c.Compare(cost, s.confidence),
			hours:   c.Compare(swapped(hours), s.confidence), // saved: control less arm
			benefit: c.Compare(swapped(net), s.confidence),
			admin:   c.Compare(swapped(admin), s.confidence), // given up: control less arm
		}
		price := differences(differences(admin.Control, admin.Arm), differences(cost.Control, cost.Arm))
		v.price = v.cost.Mean + v.admin.Mean
		v.perHour = stats.RatioInterval(price, differences(hours.Arm, hours.Control), s.confidence)
		v.costAny = sum(cost.Arm)+sum(cost.Control) > 0
		list = append(list, v)
	}
	for i := range list {
		for j := range list {
			if list[j].price < list[i].price && list[j].hours.Mean > list[i].hours.Mean {
				list[i].dominatedBy = s.called(list[j].arm)
			}
		}
	}
	return list
}

func swapped(p stats.Pair) stats.Pair { return stats.Pair{Control: p.Arm, Arm: p.Control} }

// differences returns b − a.
func differences(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range out {
		out[i] = b[i] - a[i]
	}
	return out
}

func sum(values []float64) float64 {
	total := 0.0
	for _, x := range values {
		total += x
	}
	return total
}
