package whatif

import (
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// Activities of a clinician's working day, in the order in which they are shown. Minutes outside working hours stand at
// the end, whatever they are spent on.
var Activities = []string{"visits", "notes", "patients' messages", "other inbox", "calls", "teaching", "admin", "idle", "after hours"}

// course adds up what the pictures show, by arm.
type course struct {
	clinicians   [][]string    // by arm: names of those whose days are shown
	days         []float64     // working days of clinicians
	minutes      [][]float64   // by activity, on them
	replications []float64     // those that have a course
	backlog      [][][]float64 // by pool, all first, and hour of the week
	pools        [][]string
}

func newCourse(arms []experiment.Arm) course {
	c := course{
		clinicians: make([][]string, len(arms)), days: make([]float64, len(arms)), minutes: make([][]float64, len(arms)),
		replications: make([]float64, len(arms)), backlog: make([][][]float64, len(arms)), pools: make([][]string, len(arms)),
	}
	for a := range arms {
		c.minutes[a] = make([]float64, len(Activities))
		for i := range arms[a].Scenario.Staff {
			if m := &arms[a].Scenario.Staff[i]; m.Clinician {
				c.clinicians[a] = append(c.clinicians[a], m.Name)
			}
		}
	}
	return c
}

// add adds what a replication of an arm gave.
func (c *course) add(a int, r *sim.Result) {
	isClinician := map[string]bool{} // looked up, never walked
	for _, name := range c.clinicians[a] {
		isClinician[name] = true
	}
	for i := range r.StaffDays {
		if isClinician[r.StaffDays[i].Staff] {
			c.addDay(a, &r.StaffDays[i])
		}
	}
	if r.Course == nil {
		return
	}
	c.replications[a]++
	for i := range r.Course.Hours {
		h := &r.Course.Hours[i]
		pool := i / sim.HoursOfWeek
		if pool == len(c.pools[a]) {
			c.pools[a], c.backlog[a] = append(c.pools[a], h.Pool), append(c.backlog[a], make([]float64, sim.HoursOfWeek))
		}
		c.backlog[a][pool][h.Hour] += h.Backlog
	}
}

// addDay adds a clinician's day, if a block of theirs is scheduled on it.
func (c *course) addDay(a int, row *sim.StaffDayRow) {
	if row.PatientTimeMin+row.OtherScheduledMin == 0 {
		return
	}
	after := row.AfterHoursVisitMin + row.AfterHoursNotesMin + row.AfterHoursMessagesMin + row.AfterHoursOtherInboxMin +
		row.AfterHoursCallsMin + row.AfterHoursTeachingMin + row.AfterHoursAdminMin
	c.days[a]++
	for i, minutes := range []float64{
		row.VisitMin - row.AfterHoursVisitMin, row.NotesMin - row.AfterHoursNotesMin, row.MessagesMin - row.AfterHoursMessagesMin,
		row.OtherInboxMin - row.AfterHoursOtherInboxMin, row.CallsMin - row.AfterHoursCallsMin,
		row.TeachingMin - row.AfterHoursTeachingMin, row.AdminMin - row.AfterHoursAdminMin, row.IdleMin, after,
	} {
		c.minutes[a][i] += minutes
	}
}

// day returns the mean minutes of a clinician's working day in an arm, by activity; nil where there is none.
func (c *course) day(a int) []float64 { return over(c.minutes[a], c.days[a]) }

// week returns the mean number of items that wait in all pools of an arm, by hour of the week; nil where it is unknown.
func (c *course) week(a int) []float64 {
	if c.backlog[a] == nil {
		return nil
	}
	return over(c.backlog[a][0], c.replications[a])
}

// over divides sums by a number; nil for none.
func over(sums []float64, n float64) []float64 {
	if n == 0 {
		return nil
	}
	means := make([]float64, len(sums))
	for i, x := range sums {
		means[i] = x / n
	}
	return means
}
