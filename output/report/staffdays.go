package report

import (
	"portalsim/sim"
)

// evenings holds after-hours minutes by clinician-week.
type evenings struct {
	weeks *means[eveningKey] // sums of days
}

type eveningKey struct {
	arm, staff string
	run, week  int32
}

func newEvenings() *evenings { return &evenings{weeks: newMeans[eveningKey]()} }

// The activities of a working day, in the order in which they are stacked.
var activities = []string{"visits", "notes", "patients' messages", "other inbox", "calls", "teaching", "admin", "idle", "after hours"}

// addDay adds a staff member's day: to the mean of working days, and to the week's after-hours minutes.
func (s *Study) addDay(row *sim.StaffDayRow) {
	after := row.AfterHoursVisitMin + row.AfterHoursNotesMin + row.AfterHoursMessagesMin + row.AfterHoursOtherInboxMin +
		row.AfterHoursCallsMin + row.AfterHoursTeachingMin + row.AfterHoursAdminMin
	if arm := s.named(row.Arm); arm != nil {
		s.evenings.weeks.add(eveningKey{row.Arm, row.Staff, row.Replication, s.weekOf(arm, row.Date)}, after)
	}
	if row.PatientTimeMin+row.OtherScheduledMin == 0 {
		return // not a working day
	}
	for i, minutes := range []float64{
		row.VisitMin - row.AfterHoursVisitMin, row.NotesMin - row.AfterHoursNotesMin, row.MessagesMin - row.AfterHoursMessagesMin,
		row.OtherInboxMin - row.AfterHoursOtherInboxMin, row.CallsMin - row.AfterHoursCallsMin,
		row.TeachingMin - row.AfterHoursTeachingMin, row.AdminMin - row.AfterHoursAdminMin, row.IdleMin, after,
	} {
		s.days.add(dayKey{row.Arm, row.Staff, row.Role, activities[i]}, minutes)
	}
}

func (s *Study) named(arm string) *Arm {
	for i := range s.arms {
		if s.arms[i].Name == arm {
			return &s.arms[i]
		}
	}
	return nil
}

// weekOf returns the week of the measured period in which a date lies.
func (s *Study) weekOf(arm *Arm, date int32) int32 {
	return (date - int32(arm.Scenario.StartDay) - int32(arm.Scenario.WarmUp/sim.Day)) / 7
}

// of returns the after-hours minutes of each week and replication of a clinician.
func (e *evenings) of(arm, staff string) []float64 {
	var minutes []float64
	for i, key := range e.weeks.keys {
		if key.arm == arm && key.staff == staff {
			minutes = append(minutes, e.weeks.sums[i])
		}
	}
	return minutes
}
