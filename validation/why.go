package validation

// whyMissed says why the baseline misses a figure, by the figure's name. An entry is printed only while the baseline
// misses; a miss without one fails the test.
var whyMissed = map[string]string{
	"messages in six months per patient who wrote any": "The published department sees all of neurology; of the neurology clinics of one centre, the " +
		"one for multiple sclerosis had the most remote encounters per patient. Ours counts replies and follow-ups within a " +
		"thread as messages too. Needs per patient and year are assumptions with wide ranges.",
	"threads that are a clinician's to answer": "What reaches the clinician was set by passing on and consults, with this figure in view; the baseline has no refill " +
		"protocol, which would answer 60 to 80 % of requests without the physician.",
	"threads that are a nurse's to answer": "Refills and appointments, half of all threads, have staff of their own here; in the published clinic nurses " +
		"take part in them.",
	"threads that are an assistant's to answer": "Refills and appointments go to a refill specialist and a front desk, so that the share " +
		"follows from how many threads are of these types.",
	"actions on messages by nurses": "The study counts 6.3 staff actions for a message, against some two touches for a thread here: an action there " +
		"is less than a touch here. And here refills, appointments and calls go to staff other than nurses.",
	"actions on messages by physicians": "As for nurses: with fewer, larger touches for a thread, the clinician's one weighs more; and ours includes the " +
		"advice that clinicians give to nurses.",
	"pajama time per visit": "The published figure is a median of all work in the record, of which ours has notes and inbox. The length of notes was raised " +
		"with it in view; raising it further would put more inbox time outside work hours than published.",
	"threads unopened after 12 h": "Nobody in the baseline looks into the pools of nurses, refills and front desk in the evening or at the weekend: " +
		"what is sent between the end of the day and 20:00, or from Friday evening to Sunday evening, is opened more than 12 h " +
		"later, on the next working day. A figure as low as the published one needs somebody who does look.",
	"threads unanswered after 36 h": "Follows from who looks into the inbox at the weekend, and when.",
	"truly urgent content": "The share is the outcome of assumed shares for each type, and of how many urgent concerns are phoned instead " +
		"of written.",
}
