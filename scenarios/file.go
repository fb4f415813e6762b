package scenarios

// This file is the scenario format: one struct per mapping of the file, one field per key. The checker, the defaults
// that `check --expand` prints, the overlay rules and the documents all read this one table by reflection.
//
// Tags: `key` is the key in YAML; `default` is YAML text, used when the key is absent; `required:"true"` makes
// absence a problem; `range` bounds a number or a duration, such as ">0", ">=0" or "1..32"; `one` lists the words
// allowed, and `later` those that a later version may allow; `unit` is the unit of a number; `doc` is one sentence for
// help, schema and documents; `keys` says what the keys of a Map are, from the outermost in: names (also without the
// tag), days, hours, times or months; `named:"true"` marks a text that is a name; `input:"no"` keeps what is below off
// the list of uncertain inputs; `patch:"true"` marks what is laid over a scenario, so that nothing is required there. A
// field of type Later names a key of the format whose mechanism this version does not have: it is refused as "not yet".

// File is a complete scenario: a file of `schema: portalsim/scenario/1` after `extends`, overlays and --set.
type File struct {
	Name          string                `key:"name" required:"true" named:"true" doc:"short name of the scenario, by which the screen and the report call it"`
	Title         string                `key:"title" default:"\"\"" doc:"one line for people"`
	Description   string                `key:"description" default:"\"\"" doc:"what the scenario stands for"`
	Run           RunFile               `key:"run" input:"no" required:"true" doc:"period simulated"`
	Calendar      CalendarFile          `key:"calendar" default:"{}" doc:"opening hours, holidays, and what counts as after hours"`
	Patients      PatientsFile          `key:"patients" required:"true" doc:"the panel"`
	Channels      Map[ChannelFile]      `key:"channels" required:"true" doc:"channels other than the portal, by name"`
	Messages      Map[MessageFile]      `key:"messages" required:"true" doc:"message types, by name"`
	Pools         Map[PoolFile]         `key:"pools" required:"true" doc:"pools of work, by name"`
	OtherWork     Map[OtherWorkFile]    `key:"other_work" default:"{}" doc:"inbox work that patients did not send, and notes, by name"`
	Staff         Map[StaffFile]        `key:"staff" required:"true" doc:"groups of staff members alike, by name; members are NAME-1, NAME-2, …"`
	Measures      MeasuresFile          `key:"measures" input:"no" default:"{}" doc:"limits that the measures refer to"`
	Interventions Map[InterventionFile] `key:"interventions" default:"{}" doc:"interventions with dynamics of their own, by name"`
	Backlog       Map[BacklogFile]      `key:"backlog" default:"{}" doc:"threads that wait when the run starts, by message type: a cohort of its own, beside the measured threads"`
	Variants      Map[Map[VariantFile]] `key:"variants" input:"no" default:"{}" doc:"structural uncertainty, by name: alternatives of which each draw of an uncertainty run takes one; a plain run takes the scenario as it stands, and an arm that names an alternative has chosen it"`
	Plausible     Map[PlausibleFile]    `key:"plausible" keys:"measures" input:"no" default:"{}" doc:"by measure, such as first_response_h_mean[channel=portal]: values that a clinic like this one may have; an uncertainty run leaves out draws whose control lies outside (history matching)"`
	CalibratedTo  Map[PlausibleFile]    `key:"calibrated_to" keys:"measures" input:"no" default:"{}" doc:"by measure, as in plausible: values that usual care must give; match looks for draws of the inputs that give all of them"`
	Costs         CostsFile             `key:"costs" default:"{}" doc:"unit costs and weights of net benefit; they change no other result"`
}

// RunFile is the period simulated.
type RunFile struct {
	Start         Date     `key:"start" required:"true" doc:"first day of the warm-up, a calendar date in quotes"`
	WarmUp        Duration `key:"warm_up" default:"8w" range:">=0" doc:"time simulated before measuring begins"`
	Measure       Duration `key:"measure" default:"52w" range:">0" doc:"length of the measured period: whole weeks"`
	Drain         Duration `key:"drain" default:"13w" range:">=0" doc:"at most this long after it, until the counted threads are closed"`
	MaxInProgress int      `key:"max_in_progress" default:"100000" range:">0" doc:"more open threads and items than this stop the run"`
}

// CalendarFile holds calendar facts.
type CalendarFile struct {
	Open         Map[HoursFile] `key:"open" keys:"days" default:"{mon-fri: \"08:00-17:00\"}" doc:"clinic-open hours, by day or range of days"`
	Holidays     []Date         `key:"holidays" default:"[]" doc:"dates on which the clinic is closed and nobody is scheduled"`
	WorkingHours HoursFile      `key:"working_hours" default:"\"07:00-17:30\"" doc:"on workdays, all outside these hours is after hours by the clock; so are weekends and holidays in full"`
}

// PatientsFile is the panel.
type PatientsFile struct {
	Count            int             `key:"count" required:"true" range:"1..100000000" doc:"patients in the panel"`
	PanelSeed        *int            `key:"panel_seed" range:">=0" doc:"draws one panel for all replications; without it, each replication draws its own"`
	PortalUsers      Probability     `key:"portal_users" default:"1" doc:"share of patients who use the portal at all"`
	SurveyReading    string          `key:"survey_reading" default:"all_respondents" one:"all_respondents|portal_users" doc:"whom the shares in messages.*.users refer to"`
	ActivityCV       Number          `key:"activity_cv" default:"0" range:">=0" unit:"1" doc:"coefficient of variation of the patients' activity multiplier (gamma, mean 1)"`
	PreferredChannel Shares          `key:"preferred_channel" required:"true" doc:"share of patients who prefer each channel; portal is one of them"`
	InsteadOfPortal  *Shares         `key:"instead_of_portal" doc:"channel taken by those who prefer the portal but do not use it for a type; default: all by the first other channel"`
	Segments         Shares          `key:"segments" default:"{shares: {everyone: 1}}" doc:"share of patients in each segment"`
	SegmentActivity  Map[Number]     `key:"segment_activity" default:"{}" range:">0" unit:"1" doc:"relative rate of needs by segment, scaled to a panel mean of 1; a segment not named has 1"`
	TimeProfile      TimeProfileFile `key:"time_profile" default:"{}" doc:"when needs arise"`
}

// TimeProfileFile is the relative rate of needs over the week and the year.
type TimeProfileFile struct {
	Weights          Map[Map[Number]] `key:"weights" keys:"days,hours" default:"{}" range:">=0" unit:"1" doc:"relative rate by day or range of days, then by hours such as \"08-12\"; scaled to a mean of 1 over the week; default flat"`
	OutOfHoursFactor Number           `key:"out_of_hours_factor" default:"1" range:">=0" unit:"1" doc:"multiplies the weights outside clinic-open hours, before scaling"`
	Months           Map[Number]      `key:"months" keys:"months" default:"{}" range:">=0" unit:"1" doc:"relative rate by month, jan to dec, scaled to a mean of 1 over the twelve; a month not named has 1"`
	HolidayFactor    Number           `key:"holiday_factor" default:"1" range:">=0" unit:"1" doc:"multiplies the rate on holidays, without scaling"`
}

// ChannelFile is a channel other than the portal.
type ChannelFile struct {
	Offered      bool           `key:"offered" default:"true" doc:"whether the clinic offers it"`
	FallsBackTo  string         `key:"falls_back_to" default:"\"\"" doc:"channel taken where this one is not offered"`
	Pool         string         `key:"pool" default:"\"\"" doc:"pool that receives it"`
	Live         bool           `key:"live" default:"false" doc:"true for a conversation (phone, in person): the first response is its start, and what is missing is asked on the spot"`
	Hours        Map[HoursFile] `key:"hours" keys:"days" default:"{}" doc:"when it can be used, by day or range of days; default always"`
	AfterOpening Dist           `key:"after_opening" default:"{dist: constant, value: 0s}" doc:"a need that arises outside these hours waits for the next opening, and then this long"`
	Priority     int            `key:"priority" default:"1" range:"1..32" doc:"priority class within its pool while it waits there; 1 is served first"`
	Patience     *Dist          `key:"patience" doc:"for a live channel: how long a caller holds; default: for ever"`
	CallBack     Probability    `key:"call_back" default:"0" doc:"probability that a caller who hung up calls again"`
	CallAgain    Dist           `key:"call_again" default:"{dist: exponential, mean: 2h}" doc:"how long after hanging up"`
	OnCall       *OnCallFile    `key:"on_call" doc:"for phone: who answers calls of types that declare urgency while the lines are closed; default: they wait for the next opening"`
}

// MessageFile is a message type: what a patient declares a need to be.
type MessageFile struct {
	Title               string           `key:"title" default:"\"\"" doc:"one line for people"`
	Users               Probability      `key:"users" default:"1" doc:"share of patients who use the portal for this type (see patients.survey_reading)"`
	NeedsPerUserYear    Number           `key:"needs_per_user_year" default:"0" range:">=0" unit:"per patient-year" doc:"needs a year of a patient who uses the portal for this type"`
	NeedsPerOtherYear   *Number          `key:"needs_per_other_year" range:">=0" unit:"per patient-year" doc:"needs a year of a patient who does not; default: as users"`
	NeedsAt             []Duration       `key:"needs_at" default:"[]" doc:"needs at these times from the start of the run, beside those at random: for scripted scenarios"`
	PortalShareOfOthers Probability      `key:"portal_share_of_others" default:"1" doc:"share of needs sent by the portal among users of it who prefer another channel"`
	ByPhone             Probability      `key:"by_phone" default:"0" doc:"share of the needs that would go by the portal which are phoned instead"`
	DeclaresUrgent      bool             `key:"declares_urgent" default:"false" doc:"whether choosing this type declares the content urgent"`
	TrulyUrgent         Probability      `key:"truly_urgent" default:"0" doc:"share whose content is truly urgent"`
	Incomplete          Probability      `key:"incomplete" default:"0" doc:"share whose first message lacks what is needed to answer it"`
	Misdirected         Probability      `key:"misdirected" default:"0" doc:"share of portal messages sent to a wrong pool"`
	MisdirectedTo       *Shares          `key:"misdirected_to" doc:"the wrong pools and their shares; required where misdirected is above 0"`
	FollowUp            Probability      `key:"follow_up" default:"0" doc:"probability that the patient writes again after an answer"`
	Reply               Probability      `key:"reply" default:"1" doc:"probability that the patient replies to a request for information"`
	ReplyDelay          Dist             `key:"reply_delay" default:"{dist: constant, value: 0s}" doc:"time from the clinic's message to the patient's reply or follow-up"`
	LapseAfter          Duration         `key:"lapse_after" default:"14d" range:">0" doc:"a thread without the patient's reply lapses after this time"`
	Target              OpenDuration     `key:"target" default:"2d" doc:"target for the first response, in clinic-open time: d is an open day"`
	Priority            int              `key:"priority" default:"1" range:"1..32" doc:"priority class in pools whose discipline is priority; 1 is served first"`
	Pool                string           `key:"pool" required:"true" doc:"the right pool for portal messages of this type"`
	Unneeded            Probability      `key:"unneeded" default:"0" doc:"share of needs that would settle by themselves"`
	Latent              Map[Probability] `key:"latent" default:"{}" doc:"by segment: share of needs held back under usual care; needs_per_user_year and needs_per_other_year count the rest"`
	SelfService         Probability      `key:"self_service" default:"0" doc:"share of portal contacts settled by self-service, without a touch"`
	Patience            *Dist            `key:"patience" doc:"time without a first response after which the patient acts as impatience says; default: never"`
	Impatience          ImpatienceFile   `key:"impatience" default:"{}" doc:"what a patient does whose patience runs out; with the rest of the probability, wait on"`
	Batching            Probability      `key:"batching" default:"0" doc:"share of written contacts that join the patient's open thread, where one waits for its first response"`
}

// ImpatienceFile holds probabilities of what an impatient patient does.
type ImpatienceFile struct {
	Nudge      Probability `key:"nudge" default:"0" doc:"sends a duplicate, which joins the thread; patience starts again"`
	Phone      Probability `key:"phone" default:"0" doc:"abandons the thread and phones"`
	UrgentCare Probability `key:"urgent_care" default:"0" doc:"abandons the thread and goes to urgent care"`
}

// PoolFile is a queue of work and those who serve it.
type PoolFile struct {
	Title           string                `key:"title" default:"\"\"" doc:"one line for people"`
	Discipline      string                `key:"discipline" default:"fifo" one:"fifo|lifo|priority|preemptive_resume|earliest_due_date|ageing" doc:"queue discipline: first in first out; last in first out; priority classes, non-preemptive or interrupting what is less urgent; earliest due date; classes moved up with waiting"`
	Assignment      string                `key:"assignment" default:"pooled" one:"pooled|personal" doc:"pooled: any member takes the next; personal: each member has an inbox, and a patient's threads go to their own clinician"`
	Clinical        bool                  `key:"clinical" default:"false" doc:"whether a touch here is a clinical look, at which true urgency is seen"`
	Triage          *TriageFile           `key:"triage" doc:"errors of a touch here in telling what is urgent; default: none in a clinical pool; elsewhere, urgency is not looked for"`
	Handling        *Dist                 `key:"handling" doc:"handling time of a touch; required where patients' threads can come"`
	HandlingByType  Map[Dist]             `key:"handling_by_type" default:"{}" doc:"handling time of a touch, for the message types named"`
	RerouteHandling *Dist                 `key:"reroute_handling" doc:"handling time of a touch that finds the thread misdirected and sends it on; default: as handling"`
	RequestHandling *Dist                 `key:"request_handling" doc:"handling time of a touch that asks the patient for what is missing; default: as handling"`
	PassOn          Map[Map[Probability]] `key:"pass_on" default:"{}" doc:"by message type, then pool: probability that a touch here passes the thread on to that pool; else it is answered here"`
	Consult         Map[Map[Probability]] `key:"consult" default:"{}" doc:"by message type, then pool: probability of asking that pool, once a round, before answering here"`
	AdviseHandling  *Dist                 `key:"advise_handling" doc:"handling time of a touch that answers a colleague's question; default: as handling"`
	JoinHandling    Dist                  `key:"join_handling" default:"{dist: constant, value: 1m}" doc:"added to the next touch of a thread for each nudge or message that joined it"`
	Ageing          *Duration             `key:"ageing" range:">0" doc:"for discipline ageing, required: an item moves up a class each time it has waited so long"`
	Resumption      Duration              `key:"resumption" default:"0s" range:">=0" doc:"added to what is left of a touch that was set aside"`
	Cover           string                `key:"cover" default:"none" one:"none|pool" doc:"personal inboxes of a member who is on leave: none, or served by the other members after their own"`
}

// TriageFile is how well a touch tells what is truly urgent.
type TriageFile struct {
	Sensitivity Probability `key:"sensitivity" default:"1" doc:"probability that a touch takes truly urgent content for urgent, drawn anew at each visit to the pool"`
	Specificity Probability `key:"specificity" default:"1" doc:"probability that a touch does not take other content for urgent"`
}

// OtherWorkFile is a stream of inbox work that patients did not send, or of notes.
type OtherWorkFile struct {
	Title        string           `key:"title" default:"\"\"" doc:"one line for people"`
	Pool         string           `key:"pool" required:"true" doc:"pool that receives it; in a personal pool, the inbox of the staff member it belongs to"`
	PerVisit     *Number          `key:"per_visit" range:">=0" unit:"per visit" doc:"items that follow each visit held; a fraction is a probability"`
	PerStaffWeek *Number          `key:"per_staff_week" range:">=0" unit:"per staff member and week" doc:"items a week for each member of the pool, Poisson, spread over arrives"`
	PerWeek      *Number          `key:"per_week" range:">=0" unit:"per week" doc:"items a week for the pool as a whole, Poisson, spread over arrives"`
	Arrives      Map[HoursFile]   `key:"arrives" keys:"days" default:"{}" doc:"when items arrive, by day or range of days; default calendar.open"`
	Delay        Dist             `key:"delay" default:"{dist: constant, value: 0s}" doc:"time from the visit's end to the item's arrival, for per_visit"`
	Handling     Dist             `key:"handling" required:"true" doc:"handling time of a touch"`
	Priority     int              `key:"priority" default:"1" range:"1..32" doc:"priority class in pools whose discipline is priority; 1 is served first"`
	Target       OpenDuration     `key:"target" default:"5d" doc:"target in clinic-open time, for pools by earliest due date"`
	Activity     string           `key:"activity" default:"other_inbox" one:"other_inbox|notes" doc:"what its minutes are booked to"`
	Provokes     Map[Probability] `key:"provokes" default:"{}" doc:"by message type: probability that an item that follows a visit, once done, provokes a message of that patient"`
}

// StaffFile is a group of staff members alike.
type StaffFile struct {
	Title        string           `key:"title" default:"\"\"" doc:"one line for people"`
	Count        int              `key:"count" required:"true" range:"0..10000" doc:"members"`
	Role         string           `key:"role" named:"true" required:"true" doc:"role, for the tables"`
	Clinician    bool             `key:"clinician" default:"false" doc:"whether members count as clinicians in burden measures"`
	FTE          Number           `key:"fte" default:"1" range:"0.01..2" unit:"full-time equivalents" doc:"full-time equivalent of each member"`
	Speed        Number           `key:"speed" default:"1" range:"0.01..100" unit:"1" doc:"handling times are divided by this"`
	Pools        []string         `key:"pools" required:"true" doc:"pools served, in order of precedence"`
	PatientShare Probability      `key:"patient_share" default:"0" doc:"share of the panel whose own clinician is a member of this group"`
	Week         Map[WeekdayFile] `key:"week" keys:"days,times" one:"visits|inbox|admin|away" required:"true" doc:"weekly template: by day or range of days, then hours: visits, inbox, admin or away; painted in order; what is not painted is off"`
	Visits       *VisitsFile      `key:"visits" doc:"visits in visits blocks; required where the week has one"`
	AfterHours   Map[SessionFile] `key:"after_hours" default:"{}" doc:"sessions outside the schedule, by name"`
	AtBlockEnd   string           `key:"at_block_end" default:"finish" one:"finish|suspend" doc:"what becomes of a touch under way at the end of a block: finished, or set aside and resumed"`
	Leave        Map[[]DateRange] `key:"leave" default:"{}" doc:"days of leave by member, such as neurologist-2: [\"2025-07-07/2025-07-18\"]"`
	CostPerHour  Number           `key:"cost_per_hour" default:"0" range:">=0" unit:"currency per hour" doc:"cost of a scheduled hour of a member"`
}

// VisitsFile says how visits fill a visits block.
type VisitsFile struct {
	Slot         Duration       `key:"slot" default:"30m" range:">0" doc:"a visit is booked on each slot of a visits block"`
	Length       *Dist          `key:"length" doc:"length of a visit; default: the slot. A visit starts at its slot or when the clinician is free, and can overrun"`
	NoShow       Probability    `key:"no_show" default:"0" doc:"probability that the patient does not come"`
	Between      string         `key:"between" default:"nothing" one:"nothing|inbox" doc:"what a clinician does in a visits block while no patient is there"`
	LeaveBefore  Duration       `key:"leave_before_next" default:"0s" range:">=0" doc:"between visits, no item is begun closer than this to the next visit"`
	Booked       Map[HoursFile] `key:"booked" keys:"days" default:"{}" doc:"hours in which visits are booked; default: the visits blocks. Where an overlay takes visits blocks, it is filled with those of the scenario below"`
	Displaced    string         `key:"displaced" default:"refuse" one:"refuse|rebook|overbook|lost|admin" doc:"what becomes of booked visits that the visits blocks have no room for"`
	RebookWithin Duration       `key:"rebook_within" default:"12w" range:">0" doc:"a displaced visit that has found no slot by then is lost"`
}

// SessionFile is a stretch of work outside the schedule.
type SessionFile struct {
	Kind        string      `key:"kind" required:"true" one:"clear_inbox|habit|backlog_driven" doc:"clear_inbox: work until the inbox is clear; habit: log in with a probability and for a length of their own; backlog_driven: a habit whose probability grows with what waits"`
	Days        string      `key:"days" default:"scheduled" doc:"scheduled (days with a block, not on leave), or days such as sat-sun"`
	Probability Probability `key:"probability" default:"1" doc:"probability of a session on such a day, drawn by staff member and date"`
	PerItem     Probability `key:"per_item" default:"0" doc:"for backlog_driven: added to the probability for each item that waits when the session would begin"`
	From        *HoursFile  `key:"from" doc:"the session starts at a time drawn evenly from this range, such as \"20:00-21:30\"; default: the end of the last block, or of the work still under way then"`
	Until       *TimeOfDay  `key:"until" doc:"latest time to begin another item"`
	Length      *Dist       `key:"length" doc:"longest time in the session, for habit; an item begun is finished"`
	Finish      string      `key:"finish" default:"all" one:"all|urgent" doc:"what must be clear: all that waits, or only priority class 1"`
}

// MeasuresFile holds limits that measures refer to.
type MeasuresFile struct {
	UrgentSafetyLimit    Duration `key:"urgent_safety_limit" default:"4h" range:">0" doc:"truly urgent content should have a clinical look within this clock time"`
	LongEvening          Duration `key:"long_evening" default:"60m" range:">0" doc:"share of clinician-days with more after-hours time than this"`
	AfterHoursPerFTEWeek Duration `key:"after_hours_per_fte_week" default:"68m" range:">0" doc:"share of clinician-weeks above this, per full-time equivalent (Adler-Milstein 2020)"`
	MessagesPerFTEWeek   Number   `key:"messages_per_fte_week" default:"307" range:">0" unit:"per week and full-time equivalent" doc:"share of clinician-weeks above this (Adler-Milstein 2020)"`
	UnopenedAfter        Duration `key:"unopened_after" default:"12h" range:">0" doc:"share of threads not opened within this clock time (Rohrer 2013)"`
	UnansweredAfter      Duration `key:"unanswered_after" default:"36h" range:">0" doc:"share of threads not answered within this clock time (Rohrer 2013)"`
	MinEvents            int      `key:"min_events" default:"30" range:">=1" doc:"a cell with fewer events in a replication is withheld"`
}

// InterventionFile is an intervention with dynamics of its own.
type InterventionFile struct {
	Kind             string           `key:"kind" required:"true" one:"education|modifier" doc:"education: a campaign that reaches patients and fades; modifier: everybody, at full strength, for the whole run"`
	Channels         string           `key:"channels" default:"all" one:"all|written" doc:"for a modifier: contacts it applies to: all, or written ones, by the portal and every channel that is not live"`
	Start            Offset           `key:"start" default:"0w" doc:"when the campaign starts: an offset from the start of the measured period, or a date"`
	Reach            *Probability     `key:"reach" doc:"for education, required: probability that a patient is reached by the campaign, and by each booster"`
	Delay            Dist             `key:"delay" default:"{dist: constant, value: 0s}" doc:"time from the campaign's start, or a booster, to the patient's taking it in"`
	HalfLife         *Duration        `key:"half_life" range:">0" doc:"time in which a reached patient's strength halves; default: it does not fade"`
	Boosters         []Duration       `key:"boosters" default:"[]" doc:"times from the campaign's start at which it is repeated"`
	Effects          EffectsFile      `key:"effects" default:"{}" doc:"effects at full strength on every type"`
	EffectsByType    Map[EffectsFile] `key:"effects_by_type" default:"{}" doc:"effects at full strength on the types named, in place of those in effects"`
	EffectsBySegment Map[EffectsFile] `key:"effects_by_segment" default:"{}" doc:"effects at full strength that multiply the others in the segments named"`
	EffectsByNeed    NeedEffectsFile  `key:"effects_by_need" default:"{}" doc:"effects at full strength that multiply the others on needs of a kind"`
	CostOnce         Number           `key:"cost_once" default:"0" range:">=0" unit:"currency" doc:"cost, once"`
	CostPerYear      Number           `key:"cost_per_year" default:"0" range:">=0" unit:"currency per year" doc:"cost a year"`
	CostPerPatient   Number           `key:"cost_per_patient" default:"0" range:">=0" unit:"currency per patient" doc:"cost for each patient that a wave reaches"`
	StaffTime        *StaffTimeFile   `key:"staff_time" doc:"work of delivery: an item in a pool for each patient that a wave reaches"`
}

// NeedEffectsFile holds effects by kind of need, under usual care.
type NeedEffectsFile struct {
	Needed   EffectsFile `key:"needed" default:"{}" doc:"on needs that would not settle by themselves and are not held back"`
	Unneeded EffectsFile `key:"unneeded" default:"{}" doc:"on needs that would settle by themselves"`
	Latent   EffectsFile `key:"latent" default:"{}" doc:"on needs that are held back under usual care, once they are expressed"`
}

// EffectsFile holds effects at full strength: rate is a multiplier, the others are odds ratios; 1 is none.
type EffectsFile struct {
	Rate        *Number `key:"rate" range:"0..16" unit:"multiplier" doc:"multiplies the rate of contacts"`
	ByPhone     *Number `key:"by_phone" range:">0" unit:"odds ratio" doc:"on the probability of phoning instead of writing"`
	Misdirected *Number `key:"misdirected" range:">0" unit:"odds ratio" doc:"on the probability of the wrong pool"`
	Incomplete  *Number `key:"incomplete" range:">0" unit:"odds ratio" doc:"on the probability that the first message is incomplete"`
	FollowUp    *Number `key:"follow_up" range:">0" unit:"odds ratio" doc:"on the probability of writing again after an answer"`
	HoldBack    *Number `key:"hold_back" range:">0" unit:"odds ratio" doc:"on the probability of holding a need back (messages.*.latent)"`
	Duplicates  *Number `key:"duplicates" range:">0" unit:"odds ratio" doc:"on the probability that an impatient patient sends a duplicate, of those who neither phone nor go to urgent care"`
	SelfService *Number `key:"self_service" range:">0" unit:"odds ratio" doc:"on the probability of self-service"`
	Batching    *Number `key:"batching" range:">0" unit:"odds ratio" doc:"on the probability of joining an open thread"`
}

// BacklogFile is threads of a type that wait when the run starts.
type BacklogFile struct {
	Count int  `key:"count" required:"true" range:"0..1000000" doc:"threads"`
	Age   Dist `key:"age" default:"{dist: constant, value: 0s}" doc:"how long ago they were sent"`
}

// OnCallFile says who answers urgent calls while the lines are closed.
type OnCallFile struct {
	Who      string `key:"who" required:"true" doc:"a staff group, whose members take turns by the week, or service: an outside answering service"`
	Handling Dist   `key:"handling" default:"{dist: lognormal, mean: 8m, cv: 1}" doc:"handling time of a call by a member; the minutes are booked to that person"`
}

// StaffTimeFile is the work of delivering a campaign.
type StaffTimeFile struct {
	Pool     string `key:"pool" required:"true" doc:"pool, not personal, that does it"`
	Handling Dist   `key:"handling" required:"true" doc:"time for each patient reached"`
	Priority int    `key:"priority" default:"32" range:"1..32" doc:"priority class in pools whose discipline is priority"`
}

// CostsFile holds unit costs and weights of net benefit.
type CostsFile struct {
	Currency        string `key:"currency" default:"USD" doc:"currency of all costs"`
	ServiceCall     Number `key:"service_call" default:"0" range:">=0" unit:"currency" doc:"a call that the outside service answers"`
	AfterHoursHour  Number `key:"after_hours_hour" default:"0" range:">=0" unit:"currency per hour" doc:"weight of an after-hours hour of a clinician"`
	AdminHour       Number `key:"admin_hour" default:"0" range:">=0" unit:"currency per hour" doc:"what an hour of a clinician's admin or away time is worth: net cost is less by it, so that an arm which takes such time pays for it"`
	WaitHour        Number `key:"wait_hour" default:"0" range:">=0" unit:"currency per hour" doc:"weight of an hour of a patient's wait for a first response"`
	UrgentLate      Number `key:"urgent_late" default:"0" range:">=0" unit:"currency" doc:"weight of truly urgent content seen after the safety limit"`
	LostVisit       Number `key:"lost_visit" default:"0" range:">=0" unit:"currency" doc:"weight of a lost visit"`
	UrgentCareVisit Number `key:"urgent_care_visit" default:"0" range:">=0" unit:"currency" doc:"weight of an urgent-care visit of an impatient patient"`
}

// VariantFile is one alternative of a structural variant.
type VariantFile struct {
	Overlay string `key:"overlay" default:"\"\"" doc:"overlay laid over the scenario, below those of the arms: a library name, or a path from the directory of the file; default: none, the scenario as it stands"`
	Weight  Number `key:"weight" default:"1" range:">=0" unit:"1" doc:"how often it is taken, relative to the other alternatives"`
}

// PlausibleFile is the plausible values of a measure.
type PlausibleFile struct {
	Low    *Number `key:"low" doc:"least plausible value, in the unit of the measure; default: any"`
	High   *Number `key:"high" doc:"largest plausible value, in the unit of the measure; default: any"`
	Source string  `key:"source" default:"assumption" one:"survey|literature|assumption|local" doc:"where the limits come from"`
	Cite   string  `key:"cite" default:"\"\"" doc:"citation"`
	Note   string  `key:"note" default:"\"\"" doc:"how the limits follow from the source"`
}
