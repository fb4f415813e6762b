package sim

// Better says which way a measure should go.
type Better int8

// The directions of a measure: fewer hours are better, a larger share within target is better, a count of contacts is
// neither.
const (
	Lower   Better = -1
	Neither Better = 0
	Higher  Better = 1
)

// Measure is an entry of the catalogue of measures: what a name in the tables means.
type Measure struct {
	Name   string
	Unit   string
	Better Better
	Doc    string // definition, with its formula
}

// ratio-of-sums measures are ratios within a replication; see docs/data.md.
const (
	unitHours   = "h"
	unitMinutes = "min"
	unitShare   = "1"
	unitCount   = "count"
	unitCost    = "currency"
	perThread   = "per thread"
)

// Headline are the measures that a comparison is about, as the question of the project puts it: how much sooner
// patients are answered, and how many after-hours minutes are saved.
var Headline = []string{"first_response_h_mean", "after_hours_min_per_clinician_week"}

// statistics of a distribution of times, in the order of the rows.
var statistics = []struct {
	suffix, doc string
	p           float64 // quantile; 0 is the mean
}{
	{"mean", "mean", 0}, {"p50", "median", 0.5}, {"p90", "90th percentile", 0.9}, {"p95", "95th percentile", 0.95},
}

// times are the measured distributions of times; each gives a measure for each of the statistics.
var times = []struct{ name, doc string }{
	{"first_response_h", "send to the first human answer that the patient gets, in clock hours; a request for information counts, and for a conversation its start"},
	{"first_response_open_h", "the same in clinic-open hours, by the calendar of the arm compared against"},
	{"substantive_answer_h", "send to the first answer that is not a request for information, in clock hours"},
	{"resolution_h", "send to the end of an answered thread, in clock hours"},
	{"resolution_clinic_h", "resolution_h less the time spent waiting for the patient"},
	{"urgent_look_h", "send to the first touch in a clinical pool, of threads whose content is truly urgent, in clock hours"},
	{"backlog_response_h", "of threads that waited when the run started: send to first response, in clock hours"},
	{"queue_h", "entering a pool's queue to the start of the touch, by pool, all items, in clock hours"},
}

// Measures returns the catalogue of measures, in the order of the rows.
func Measures() []Measure {
	var all []Measure
	for _, t := range times {
		for _, s := range statistics {
			all = append(all, Measure{t.name + "_" + s.suffix, unitHours, Lower, s.doc + " of: " + t.doc})
		}
	}
	return append(all, otherMeasures...)
}

var otherMeasures = []Measure{
	{"first_response_within_target_share", unitShare, Higher, "share of threads whose first response came within messages.*.target, in clinic-open time"},
	{"unopened_late_share", unitShare, Lower, "share of threads without a first touch within measures.unopened_after, in clock time; threads that ended before that without one are left out"},
	{"unanswered_late_share", unitShare, Lower, "share of threads without a first response within measures.unanswered_after, in clock time; threads that ended before that without one are left out"},
	{"urgent_look_late_share", unitShare, Lower, "share of truly urgent threads without a first touch in a clinical pool within measures.urgent_safety_limit, or at all; threads cut off by the end of the run before that are left out"},
	{"urgent_threads_n", unitCount, Neither, "threads whose content is truly urgent"},
	{"urgent_threads_share", unitShare, Neither, "urgent_threads_n divided by threads_n"},
	{"urgent_declared_sensitivity", unitShare, Higher, "share of truly urgent threads that are of a type with declares_urgent"},
	{"urgent_declared_predictive_value", unitShare, Higher, "share of threads of types with declares_urgent that are truly urgent"},
	{"contacts_n", unitCount, Neither, "needs expressed under usual care, or expressed in this arm, in the measured period: threads_n plus dropped_n"},
	{"dropped_n", unitCount, Neither, "needs that a modifier kept from becoming a contact"},
	{"silenced_needed_n", unitCount, Lower, "of dropped_n, needs that would not settle by themselves: a harm"},
	{"silenced_urgent_n", unitCount, Lower, "of dropped_n, needs whose content is truly urgent: a harm"},
	{"latent_n", unitCount, Lower, "needs that patients held back, as they do under usual care; not part of contacts_n"},
	{"unneeded_n", unitCount, Neither, "threads whose need would have settled by itself"},
	{"released_n", unitCount, Neither, "threads whose need is held back under usual care"},
	{"extra_n", unitCount, Neither, "contacts that a modifier above 1 added; part of contacts_n"},
	{"threads_n", unitCount, Neither, "contacts that became threads"},
	{"answered_n", unitCount, Neither, "threads that ended answered"},
	{"lapsed_n", unitCount, Neither, "threads that ended because the patient did not reply"},
	{"self_served_n", unitCount, Neither, "threads settled by self-service, without a touch"},
	{"merged_n", unitCount, Neither, "threads that joined an open thread of the same patient"},
	{"abandoned_to_call_n", unitCount, Lower, "threads whose impatient patient phoned instead"},
	{"abandoned_to_urgent_care_n", unitCount, Lower, "threads whose impatient patient went to urgent care"},
	{"nudges_n", unitCount, Lower, "duplicates sent by impatient patients; they join their threads"},
	{"abandoned_call_n", unitCount, Lower, "calls whose caller hung up and did not call again"},
	{"hang_ups_n", unitCount, Lower, "times that a caller hung up"},
	{"service_calls_n", unitCount, Neither, "urgent calls out of hours that the outside service answered"},
	{"censored_n", unitCount, Neither, "threads still open when the run ended"},
	{"out_of_hours_share", unitShare, Neither, "share of threads sent outside clinic-open hours"},
	{"messages_per_thread", perThread, Neither, "messages in a thread, the patient's and the clinic's"},
	{"touches_per_thread", perThread, Lower, "touches of a thread by staff"},
	{"rounds_per_thread", perThread, Lower, "staff answers in a thread, requests for information included"},
	{"hand_offs_per_thread", perThread, Lower, "times a thread was passed from one pool to another"},
	{"backlog_cleared_h", unitHours, Lower, "start of the run to the end of the last thread that waited then"},
	{"senders_n", unitCount, Neither, "patients with any thread in the measured period"},
	{"threads_per_sender", "per sender", Neither, "threads divided by patients with any, over the measured period"},
	{"messages_per_sender_half_year", "per sender", Neither, "messages written by patients in their threads of the first 26 weeks, divided by patients with any thread in them"},
	{"top_third_share", unitShare, Neither, "share of threads written by the most active third of the panel"},
	{"thread_touch_share", unitShare, Neither, "by role: share of the touches of patients' threads"},
	{"thread_answer_share", unitShare, Neither, "by role: share of the touches that answered a patient's thread"},
	{"entries_n", unitCount, Neither, "by pool: items that entered the pool's queue in the measured period"},
	{"backlog_mean", "items", Lower, "by pool: items waiting, averaged over the measured period"},
	{"backlog_close_mean", "items", Lower, "by pool: items waiting at the end of the day, averaged over days"},
	{"oldest_close_h_mean", unitHours, Lower, "by pool: age of the oldest waiting item at the end of the day, averaged over days; 0 where none waits"},
	{"staff_cost", unitCost, Lower, "scheduled hours of the measured period times staff.*.cost_per_hour"},
	{"intervention_cost", unitCost, Lower, "costs of interventions in the measured period: once, by the year, and for each patient reached"},
	{"service_cost", unitCost, Lower, "service_calls_n times costs.service_call"},
	{"cost", unitCost, Lower, "staff_cost, intervention_cost and service_cost"},
	{"after_hours_h", unitHours, Lower, "hours worked outside working hours by the clock by all clinicians, in the measured period"},
	{"net_cost", unitCost, Lower, "cost, and what the weights in costs make of after-hours hours, waits for a first response, truly urgent content seen late, lost visits and urgent-care visits; the net benefit of an arm is the control's net_cost less its own"},
	{"after_hours_min_per_clinician_week", unitMinutes, Lower, "minutes worked outside working hours by the clock, all activities, divided by clinicians and weeks"},
	{"after_hours_visit_min_per_clinician_week", unitMinutes, Lower, "of them, in visits that overran"},
	{"after_hours_notes_min_per_clinician_week", unitMinutes, Lower, "of them, notes"},
	{"after_hours_messages_min_per_clinician_week", unitMinutes, Lower, "of them, patients' threads"},
	{"after_hours_other_inbox_min_per_clinician_week", unitMinutes, Lower, "of them, other inbox work"},
	{"after_hours_calls_min_per_clinician_week", unitMinutes, Lower, "of them, calls and other conversations"},
	{"after_hours_teaching_min_per_clinician_week", unitMinutes, Lower, "of them, teaching patients"},
	{"after_hours_admin_min_per_clinician_week", unitMinutes, Lower, "of them, admin and away blocks"},
	{"after_hours_min_per_clinical_fte_week", unitMinutes, Lower, "after-hours minutes of clinicians divided by their full-time equivalents and weeks"},
	{"after_hours_min_per_staff_week", unitMinutes, Lower, "by role: minutes worked outside working hours by the clock, divided by members and weeks"},
	{"weekend_min_per_clinician_week", unitMinutes, Lower, "minutes worked on Saturdays and Sundays, divided by clinicians and weeks"},
	{"after_hours_day_share", unitShare, Lower, "share of clinicians' scheduled days with any after-hours minute"},
	{"long_evening_share", unitShare, Lower, "share of clinicians' scheduled days with more after-hours time than measures.long_evening"},
	{"after_hours_heavy_week_share", unitShare, Lower, "share of clinician-weeks above measures.after_hours_per_fte_week, per full-time equivalent"},
	{"messages_heavy_week_share", unitShare, Lower, "share of clinician-weeks with more inbox items handled than measures.messages_per_fte_week, per full-time equivalent, notes apart"},
	{"pajama_min_per_clinician_week", unitMinutes, Lower, "minutes of inbox work and notes outside working hours by the clock; calls and visits apart"},
	{"ib_time8_h", "h per 8 h", Lower, "inbox hours (patients' threads and other inbox work) of clinicians, at any time, divided by their scheduled patient hours, times 8"},
	{"wow8_h", "h per 8 h", Lower, "hours of inbox work and notes of clinicians outside scheduled patient time, protected inbox blocks included, divided by scheduled patient hours, times 8"},
	{"inbox_min_per_clinician_day", unitMinutes, Lower, "minutes of inbox work of clinicians, at any time, divided by their scheduled days"},
	{"items_per_clinician_day", "per day", Lower, "inbox items of any kind handled by clinicians, notes apart, divided by their scheduled days"},
	{"messages_per_clinician_day", "per day", Lower, "touches of patients' threads by clinicians, calls apart, divided by their scheduled days"},
	{"inbox_messages_share", unitShare, Neither, "share of clinicians' inbox minutes, at any time, that is on patients' threads"},
	{"inbox_after_hours_share", unitShare, Lower, "share of clinicians' inbox minutes that is outside working hours by the clock"},
	{"visits_per_clinician_week", "per week", Neither, "visits held by clinicians, divided by clinicians and weeks"},
	{"pajama_min_per_visit", unitMinutes, Lower, "minutes of inbox work and notes outside working hours by the clock, divided by visits held"},
	{"inbox_min_per_visit", unitMinutes, Lower, "minutes of inbox work of clinicians, at any time, divided by visits held"},
	{"interruptions_per_staff_week", "per week", Lower, "by role: touches set aside for something more urgent or at the end of a block, divided by members and weeks"},
	{"visit_min_per_staff_week", unitMinutes, Neither, "by role: minutes in visits, divided by members and weeks"},
	{"notes_min_per_staff_week", unitMinutes, Neither, "by role: minutes writing notes, divided by members and weeks"},
	{"messages_min_per_staff_week", unitMinutes, Neither, "by role: minutes on patients' threads, divided by members and weeks"},
	{"other_inbox_min_per_staff_week", unitMinutes, Neither, "by role: minutes on other inbox work, divided by members and weeks"},
	{"calls_min_per_staff_week", unitMinutes, Neither, "by role: minutes on calls and other conversations, divided by members and weeks"},
	{"teaching_min_per_staff_week", unitMinutes, Neither, "by role: minutes teaching patients, divided by members and weeks"},
	{"admin_min_per_staff_week", unitMinutes, Neither, "by role: minutes in admin and away blocks, divided by members and weeks"},
	{"idle_min_per_staff_week", unitMinutes, Neither, "by role: minutes on duty with nothing to do that may be done, divided by members and weeks"},
	{"scheduled_h_per_week", unitHours, Neither, "by role: scheduled hours a week, all members"},
	{"utilisation", unitShare, Neither, "by role: share of the time on duty that is not idle"},
	{"visit_slots_per_week", "per week", Neither, "by role: visit slots offered a week"},
	{"visits_per_week", "per week", Neither, "by role: visits held a week"},
	{"visits_displaced_per_week", "per week", Lower, "by role: booked slots a week that the arm's blocks have no room for"},
	{"visits_lost_per_week", "per week", Lower, "by role: visits a week that found no other place"},
	{"visit_rebooking_d_mean", "d", Lower, "by role: days by which rebooked visits come later, mean over them"},
	{"visit_delay_min_mean", unitMinutes, Lower, "by role: start of a visit less its slot, mean over visits held"},
	{"visit_overrun_min_per_staff_week", unitMinutes, Lower, "by role: minutes in visits outside visits blocks, divided by members and weeks"},
}
