package validation

import (
	"fmt"

	"portalsim/sim"
)

// Limits follow from what was published by one rule for each role, the same for every figure whatever the model gives:
//
//   - an input should come out within 1 point of its share: three standard errors of ten panels of 2,250 patients;
//   - a calibrated figure within 5 points of a share or 10 % of an amount;
//   - a figure held out within 10 points of a share, or within 25 % of an amount from neurology or care for multiple
//     sclerosis and 50 % of one from elsewhere; a figure published as a range, within the range.
const (
	inputPoints      = 1
	calibratedPoints = 5
	calibratedAmount = 0.10
	heldOutPoints    = 10
	heldOutNearby    = 0.25
	heldOutElsewhere = 0.50
)

// Figures returns the published figures, in the order of the page.
func Figures() []Figure {
	var all []Figure
	all = append(all, volumeFigures()...)
	all = append(all, workFigures()...)
	all = append(all, turnaroundFigures()...)
	all = append(all, calibratedFigures()...)
	return append(all, inputFigures()...)
}

// percentage is a figure published as a share.
func percentage(name string, role Role, published float64, source, caveat string, ours func(*baselineRun) float64) Figure {
	points := map[Role]float64{HeldOut: heldOutPoints, Calibrated: calibratedPoints, Input: inputPoints}[role]
	return Figure{
		Name: name, Role: role, Published: fmt.Sprintf("%g %%", published), Unit: "%", Digits: 1,
		Low: max(0, published-points), High: min(100, published+points), Rule: fmt.Sprintf("± %g %s", points, word(points == 1, "point", "points")),
		Source: source, Caveat: caveat, ours: ours,
	}
}

// amount is a figure published as a number with a unit; relative is how far ours may be from it.
func amount(name string, role Role, published float64, unit string, relative float64, source, caveat string, ours func(*baselineRun) float64) Figure {
	return Figure{
		Name: name, Role: role, Published: fmt.Sprintf("%g %s", published, unit), Unit: unit, Digits: 1,
		Low: published * (1 - relative), High: published * (1 + relative), Rule: fmt.Sprintf("± %g %%", 100*relative),
		Source: source, Caveat: caveat, ours: ours,
	}
}

// measured100 returns a share as a percentage.
func measured100(name string) func(*baselineRun) float64 {
	return func(r *baselineRun) float64 { return 100 * r.measure(name) }
}

func isClinician(s *sim.StaffMember) bool { return s.Clinician }
func isNurse(s *sim.StaffMember) bool     { return s.Role == "nurse" }
func isAssistant(s *sim.StaffMember) bool { return !isClinician(s) && !isNurse(s) }

func volumeFigures() []Figure {
	return []Figure{
		amount("threads a year per patient who wrote any", HeldOut, 8.1, "a year", heldOutElsewhere,
			"Anderson, JNCCN 2024: 334,053 threads of 41,272 patients (derived)", "oncology",
			func(r *baselineRun) float64 { return r.measure("threads_per_sender[channel=portal]") }),
		amount("messages in six months per patient who wrote any", HeldOut, 3.8, "in six months", heldOutNearby,
			"Gordon-Kundu, AAN abstract: 10,118 messages of 2,646 senders (derived)", "one neurology department, all diseases",
			func(r *baselineRun) float64 { return r.measure("messages_per_sender_half_year[channel=portal]") }),
		amount("replies to a thread's first message, mean", HeldOut, 2.6, "a thread", heldOutElsewhere,
			"ASCO abstract 1503", "oncology; ours counts the messages of a thread less one",
			func(r *baselineRun) float64 { return r.measure("messages_per_thread[channel=portal]") - 1 }),
		{
			Name: "replies to a thread's first message, mode", Role: HeldOut, Published: "1 a thread", Unit: "a thread",
			Low: 1, High: 1, Rule: "exactly", Source: "ASCO abstract 1503", Caveat: "oncology",
			ours: func(r *baselineRun) float64 { return r.modeOfReplies() },
		},
	}
}

func workFigures() []Figure {
	const anderson = "Anderson, JNCCN 2024"
	const laccetti = "Laccetti 2016"
	const judged = "oncology; published: who should handle a thread, as judged by readers; ours: whose pool gave the last answer to a portal thread"
	const actions = "oncology; published: staff actions on portal messages; ours: touches of all patients' threads, calls included"
	return []Figure{
		percentage("threads that are a clinician's to answer", Calibrated, 26.8, anderson, judged+"; published for physicians",
			func(r *baselineRun) float64 { return r.lastAnswers(isClinician) }),
		percentage("threads that are a nurse's to answer", HeldOut, 38.2, anderson, judged,
			func(r *baselineRun) float64 { return r.lastAnswers(isNurse) }),
		percentage("threads that are an assistant's to answer", HeldOut, 28.4, anderson, judged+", refills and front desk together",
			func(r *baselineRun) float64 { return r.lastAnswers(isAssistant) }),
		percentage("actions on messages by nurses", HeldOut, 77, laccetti, actions,
			func(r *baselineRun) float64 { return 100 * r.overRoles("thread_touch_share", r.roles(isNurse)) }),
		percentage("actions on messages by physicians", HeldOut, 5, laccetti, actions+"; ours includes advanced-practice providers",
			func(r *baselineRun) float64 { return 100 * r.overRoles("thread_touch_share", r.clinicianRoles()) }),
		amount("inbox items from patients, per clinician", HeldOut, 30, "a week", heldOutElsewhere,
			"Tai-Seale, Health Aff 2019;38:1073", "primary care; ours: touches of threads that are not calls",
			func(r *baselineRun) float64 { return 5 * r.measure("messages_per_clinician_day") }),
		percentage("inbox time outside work hours", HeldOut, 37, "Akbar, JAMIA 2021;28:923",
			"not MS; 19 of 52 min a workday; work hours as that study has them",
			measured100("inbox_after_hours_share")),
		amount("inbox minutes per visit", HeldOut, 7.8, "min", heldOutElsewhere, "Rotenstein, JAMA Netw Open 2023;6:e2344713",
			"not MS; a median",
			func(r *baselineRun) float64 { return r.measure("inbox_min_per_visit") }),
		amount("pajama time per visit", Calibrated, 6.2, "min", calibratedAmount, "Rotenstein, JAMA Netw Open 2023;6:e2344713",
			"not MS; a median; all work in the record, of which ours has inbox and notes",
			func(r *baselineRun) float64 { return r.measure("pajama_min_per_visit") }),
	}
}

func turnaroundFigures() []Figure {
	const rohrer = "Rohrer, Qual Manag Health Care 2013;22:161"
	return []Figure{
		percentage("threads unopened after 12 h", HeldOut, 8.5, rohrer, "353 messages, other specialty",
			measured100("unopened_late_share[channel=portal]")),
		percentage("threads unanswered after 36 h", HeldOut, 17.6, rohrer, "353 messages, other specialty; worst from Friday to Sunday",
			measured100("unanswered_late_share[channel=portal]")),
	}
}

func calibratedFigures() []Figure {
	const akbar = "Akbar, JAMIA 2021;28:923"
	return []Figure{
		percentage("sent outside clinic hours", Calibrated, 31, "Gerber, J Oncol Pract 2014;10:e307", "oncology; by the hourly profile, of which none was published",
			measured100("out_of_hours_share[channel=portal]")),
		percentage("contacts made by the most active third of patients", Calibrated, 84.3, "Headache 2021, doi 10.1111/head.14226",
			"headache clinic; there 34.3 % of patients; by the spread of activity", measured100("top_third_share")),
		{
			Name: "truly urgent content", Role: Calibrated, Published: "2.4 to 3.5 %", Unit: "%", Digits: 1, Low: 2.4, High: 3.5, Rule: "the range",
			Source: "Anderson, JNCCN 2024; North, JAMIA 2013;20:1143", Caveat: "oncology; primary care; by the shares given to each type",
			ours: measured100("urgent_threads_share[channel=portal]"),
		},
		amount("inbox items of all kinds, per clinician", Calibrated, 243, "a week", calibratedAmount, "Tai-Seale, Health Aff 2019;38:1073",
			"primary care; by results per visit, and notices and colleagues' messages are inputs",
			func(r *baselineRun) float64 { return 5 * r.measure("items_per_clinician_day") }),
		amount("inbox minutes, per clinician", Calibrated, 52, "a workday", calibratedAmount, akbar, "not MS; by handling times derived from it",
			func(r *baselineRun) float64 { return r.measure("inbox_min_per_clinician_day") }),
		percentage("inbox time on patients' messages", Calibrated, 28, akbar, "not MS; by handling times derived from it",
			measured100("inbox_messages_share")),
		amount("visits held, per clinician", Calibrated, 25.3, "a week", calibratedAmount, "MS International 2014:624790", "SD 16.5 between clinicians; by slots and blocks",
			func(r *baselineRun) float64 { return r.measure("visits_per_clinician_week") }),
	}
}

func inputFigures() []Figure {
	const kline = "Kline, CMSC 2025"
	const people = "share of people, not of contacts"
	var all []Figure
	for _, c := range []struct {
		channel   string
		published float64
	}{{portal, 43.4}, {"phone", 31.2}, {"email", 8.6}, {"other", 16.8}} {
		all = append(all, percentage("patients who prefer: "+c.channel, Input, c.published, kline, people,
			func(r *baselineRun) float64 { return r.panel.prefers[c.channel] }))
	}
	for _, t := range []struct {
		kind, words string
		published   float64
	}{{"refill", "refills", 66.9}, {"advice", "medical advice", 52.9}, {"scheduling", "appointments", 42.2}, {"urgent", "urgent concerns", 38.6}} {
		all = append(all, percentage("patients who use the portal for "+t.words, Input, t.published, kline,
			people+"; read as shares of all respondents", func(r *baselineRun) float64 { return r.panel.uses[t.kind] }))
	}
	all = append(all, percentage("patients who write only when critically necessary", Input, 57.9, kline, people,
		func(r *baselineRun) float64 { return r.panel.segment["critical-only"] }))
	return append(all, percentage("patients who use the portal at all", Input, 74, "Khalil, Int J MS Care 2022;24:271", "439 patients of one MS clinic",
		func(r *baselineRun) float64 { return r.panel.user }))
}
