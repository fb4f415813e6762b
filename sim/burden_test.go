package sim

import (
	"testing"
	"time"

	"portalsim/sim/random"
)

// TestBurdenByHand works out the measures of burden for a nurse on duty day and night, with working hours from 7:00 to
// 17:30 on workdays. Idle time is never burden. Work of 90 minutes each begins in the first week on Monday at 17:00 (an
// hour of it after hours), Tuesday at 20:00 and 21:00 (three hours, to 23:00), Wednesday at noon (none) and Saturday at
// noon (all); and in the second on Sunday at 23:30, half an hour of which is in that week.
func TestBurdenByHand(t *testing.T) {
	s := plainClinic()
	s.Measure = 2 * Week
	s.Limits.MessagesPerFTEWeek, s.Limits.AfterHoursPerFTEWeek, s.Limits.LongEvening = 9, 8*time.Hour, time.Hour
	s.Staff[0].FTE = 0.5
	s.Types[0].NeedsAt = hours(17, 24+20, 24+21, 48+12, 5*24+12, 13*24+23.5)
	_, r := threadsOf(t, s)
	after := 60. + 180 + 90 + 30
	for measure, want := range map[string]float64{
		"after_hours_min_per_clinician_week":          after / 2,
		"after_hours_messages_min_per_clinician_week": after / 2,
		"after_hours_notes_min_per_clinician_week":    0,
		"after_hours_min_per_clinical_fte_week":       after / 2 / 0.5,
		"pajama_min_per_clinician_week":               after / 2,
		"weekend_min_per_clinician_week":              (90. + 30) / 2,
		"after_hours_day_share":                       4. / 14,
		"long_evening_share":                          2. / 14, // Tuesday and Saturday; Monday's hour is not more than one
		"after_hours_heavy_week_share":                1. / 2,  // above four hours for half a position: only the first week, which is below eight
		"messages_heavy_week_share":                   1. / 2,  // above four and a half: five items and none that ended
		"inbox_min_per_clinician_day":                 (5*90. + 30) / 14,
		"items_per_clinician_day":                     5. / 14, // the last ends after the period
		"messages_per_clinician_day":                  5. / 14,
		"idle_min_per_staff_week":                     (14*1440 - 480.) / 2,
		"scheduled_h_per_week":                        168,
		"utilisation":                                 480. / 14 / 1440,
	} {
		if got := staffValue(t, r, measure, "nurse-1"); !near(got, want) {
			t.Errorf("%s is %v, want %v", measure, got, want)
		}
	}
}

// TestTime8ByHand: inbox minutes over scheduled patient hours, times 8; WOW8 leaves out what is done in patient time.
// Each workday has two hours of visits, with one visit of half an hour and its note of 20 minutes, which fits between;
// messages come on Monday at 9 in the block of visits (half an hour) and at 20 in the session of the evening.
func TestTime8ByHand(t *testing.T) {
	s := plainClinic()
	x := &s.Staff[0]
	x.Week = [7][]Block{0: {{Span{8 * time.Hour, 10 * time.Hour}, VisitsBlock}}, 1: {{Span{8 * time.Hour, 10 * time.Hour}, VisitsBlock}}}
	x.Visits = Visits{Slot: 2 * time.Hour, Length: random.ConstantTime(30 * time.Minute), InboxBetween: true}
	x.Sessions = []Session{{Name: "evening", Scheduled: true, Probability: 1, Start: Span{20 * time.Hour, 20 * time.Hour}, HasLength: true, Length: random.ConstantTime(time.Hour)}}
	s.Pools[0].Handling = constantly(30 * time.Minute)
	s.OtherWork = []OtherWork{{Name: "notes", PerVisit: 1, Handling: random.ConstantTime(20 * time.Minute), Activity: Notes, Priority: 1}}
	s.Types[0].NeedsAt = hours(9, 12)
	rows, r := threadsOf(t, s)
	expectTouches(t, rows, 9, 20)
	for measure, want := range map[string]float64{
		"ib_time8_h": 1. / 4 * 8, "wow8_h": 0.5 / 4 * 8, "visit_slots_per_week": 2, "visits_per_week": 2, "visit_delay_min_mean": 0,
		"notes_min_per_staff_week": 40, "visit_min_per_staff_week": 60, "visit_overrun_min_per_staff_week": 0,
		"pajama_min_per_clinician_week": 30, "items_per_clinician_day": 1, "messages_per_clinician_day": 1,
	} {
		if got := staffValue(t, r, measure, "nurse-1"); !near(got, want) {
			t.Errorf("%s is %v, want %v", measure, got, want)
		}
	}
}
