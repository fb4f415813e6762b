package scenarios

// explained are the keys that a planner meets first in a starter, in the order in which they stand there, with what
// happens when one is changed; NAME stands for a name. What a key means, its unit and range are in file.go, and its
// evidence in the scenario.
var explained = []struct{ path, then string }{
	{"calendar.open", "targets count open days, so they move, and other work arrives in these hours; who works when, the weeks of the staff say"},
	{"calendar.holidays", "on each, nobody works, fewer patients write, and what they write waits for the next morning"},
	{"calendar.working_hours", "moves the line between the day and after hours; it moves no work"},

	{"patients.count", "messages and calls grow with it; visits do not, since they are the slots in the weeks of the clinicians. Waits grow faster than the panel where people are near their limit (portalsim check prints contacts and loads)"},
	{"patients.portal_users", "fewer users mean more calls. It may not be below the `users` of a message type"},
	{"patients.preferred_channel", "moves contacts between the portal, the phone and the desk, and so between the people who serve them"},

	{"staff.NAME.count", "more people shorten waits, and cost their hours. With fewer, take those who left out of `leave`; with none, give their pools to others"},
	{"staff.NAME.pools", "who has no work in the first pool takes some from the next. Each pool needs somebody: without a refill specialist, give `refill` to the nurses"},
	{"staff.NAME.week", "more visits mean more notes and results and less time for the inbox; more inbox time shortens waits and the evening. visits: patients, on every slot; inbox: messages; admin and away: neither"},
	{"staff.NAME.visits.slot", "shorter slots put more visits into the same blocks"},
	{"staff.NAME.visits.no_show", "time without a patient goes to the inbox (`between: inbox`)"},
	{"staff.NAME.leave", "messages wait for the member, or go to colleagues where the pool has `cover: pool`"},
	{"staff.NAME.patient_share", "moves patients, and their messages, between the groups. The shares of all groups sum to 1"},
	{"staff.NAME.cost_per_hour", "changes costs and net benefit, and nothing else"},

	{"messages.NAME.users", "moves needs between the portal and the phone"},
	{"messages.NAME.needs_per_user_year", "the volume of this type. Change it until portalsim check prints the contacts a week that you count in your clinic"},
	{"messages.NAME.needs_per_other_year", "the volume from the others, who phone or come in person"},
	{"messages.NAME.target", "the share answered in time; it moves no work, but in a pool by earliest due date"},
	{"messages.NAME.pool", "who touches it first. A pool of clinicians takes work from nurses and adds to the evening"},

	{"channels.NAME.hours", "calls outside these hours wait for the next opening; somebody must be on duty in them"},

	{"other_work.NAME.per_visit", "results, colleagues and notices are most of a clinician's inbox, so they set how much of the evening patients' messages can cause at all"},
	{"other_work.NAME.per_staff_week", "as for results"},
	{"other_work.NAME.per_week", "as for results, in the pool of the assistants"},

	{"pools.NAME.handling", "the work of a message is this times its touches. Time ten of your own, and write their mean"},
}

// starterOrder is the order of the keys of a starter: a planner's first.
var starterOrder = []string{"name", "title", "description", "calendar", "patients", "staff", "messages", "channels", "other_work", "pools"}

// starterHead begins a starter; FILE, SCHEMA and ORIGIN are put in.
const starterHead = `# yaml-language-server: $schema=SCHEMA
#
# One clinic, as a scenario of portalsim. It is the library's ORIGIN under your own name: change what differs, save, and ask
#
#     portalsim check FILE                  is it sound? what comes in, and who has how much to do?
#     portalsim compare ORIGIN FILE       my clinic beside the library's
#     portalsim compare FILE education      what would an intervention do in my clinic?
#
# Begin with what has a comment: opening hours, patients, staff, volumes. Each key is explained where it stands first; under
# "the rest" are those to leave until you know more. What stands in this file is all there is: take a line out, and its key
# has the default; take a group out, and nobody of it works here.
#
# {value: 0.74, source: literature, …} is a number with its evidence. Write your own number in place of all of it, or, with
# what you know, {value: 0.8, source: local, low: 0.75, high: 0.85}. Times are 40m, 2h30m or 3d; hours and dates have quotes.
#
# Every key there is: portalsim help format. Where the numbers come from: portalsim scenarios show ORIGIN.

`

// starterSections are remarks above keys of the file.
var starterSections = []struct{ key, text string }{
	{"calendar", "When the clinic is open"},
	{"patients", "Who the patients are"},
	{"staff", "Who works, when and on what; the members of a group are alike"},
	{"messages", "What patients need, by type: how often, and who answers"},
	{"channels", "The ways to the clinic beside the portal"},
	{"other_work", "What else comes to the inboxes"},
	{"pools", "Queues of work, and how long a touch takes"},
	{"run", "From here on: leave as it is until you know why to change it"},
}

// kindsInWords says of a kind, as the reference names it, how it is written.
var kindsInWords = map[string]string{ // looked up, never walked
	"probability":                       "a share from 0 to 1",
	"shares":                            "a share for each, which sum to 1",
	"time":                              "a time such as 40m or 1h30m",
	"clinic-open time":                  "open days or hours, such as 2d or 4h",
	"hours":                             "hours in quotes",
	"dates":                             "dates in quotes, with commas between them",
	"text":                              "a name in this file",
	"list of names":                     "names in this file, the first one first",
	"map of hours":                      "by day (mon) or days (mon-fri): hours in quotes, or several in brackets",
	"map of visits, inbox, admin, away": "by day (mon) or days (mon-fri), then hours in quotes: visits, inbox, admin or away",
	"map of dates or ranges of dates":   "by member: dates in quotes, or first/last",
	"distribution of times":             "a mean and a spread: cv is the standard deviation over the mean",
}
