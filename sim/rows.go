package sim

// This file holds one struct per output table. The struct is the table: package output writes its fields in this
// order, under the name in the tag `parquet`, with the unit in the tag `unit`. A dimension that is not broken down
// is the word All; a value that is not known is nil. The data dictionary (docs/data.md) repeats each column, and a
// test fails where it does not.

// All is the value of a dimension that a row does not break down. It is a word, not a null, because some readers
// drop nulls from groups.
const All = "all"

// BasePoint is the design point of every run outside a sweep.
const BasePoint = "base"

// MeasureRow is a row of table "replications": one measure of one replication of one arm.
// Rows are ordered by replication, then arm in the order of the command line, then measure and dimensions in the
// order of the model's catalogue.
type MeasureRow struct {
	Point       string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm         string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32    `parquet:"replication" doc:"replication number, from 0"`
	Measure     string   `parquet:"measure,dict" doc:"measure, with its unit, then its statistic"`
	Type        string   `parquet:"type,dict" doc:"message type or kind of other inbox work, or all"`
	Channel     string   `parquet:"channel,dict" doc:"channel by which the contact arrived, or all"`
	Pool        string   `parquet:"pool,dict" doc:"pool, or all"`
	Role        string   `parquet:"role,dict" doc:"staff role, or all"`
	Staff       string   `parquet:"staff,dict" doc:"staff member, or all"`
	Unit        string   `parquet:"unit,dict" doc:"unit of value"`
	Value       *float64 `parquet:"value,optional" doc:"the value; null where it is unknown, with the reason in note"`
	Note        string   `parquet:"note,dict" doc:"empty, or why the value is null or restricted"`
}

// NeverSettles is the note of a value of an arm whose backlog grows without end: it has no long-run average.
const NeverSettles = "never settles: not averaged"

// SummaryRow is a row of table "summary": one measure of one arm over all replications.
// Rows are ordered by arm, then as in "replications".
type SummaryRow struct {
	Point        string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm          string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Measure      string   `parquet:"measure,dict" doc:"measure, with its unit, then its statistic"`
	Type         string   `parquet:"type,dict" doc:"message type or kind of other inbox work, or all"`
	Channel      string   `parquet:"channel,dict" doc:"channel by which the contact arrived, or all"`
	Pool         string   `parquet:"pool,dict" doc:"pool, or all"`
	Role         string   `parquet:"role,dict" doc:"staff role, or all"`
	Staff        string   `parquet:"staff,dict" doc:"staff member, or all"`
	Unit         string   `parquet:"unit,dict" doc:"unit of mean, sd and the interval"`
	Mean         *float64 `parquet:"mean,optional" doc:"mean over the replications in which the measure has a value"`
	SD           *float64 `parquet:"sd,optional" doc:"sample standard deviation between replications"`
	CI95Low      *float64 `parquet:"ci95_low,optional" doc:"lower end of the 95 % t-interval of the mean (simulation error only)"`
	CI95High     *float64 `parquet:"ci95_high,optional" doc:"upper end of the 95 % t-interval of the mean (simulation error only)"`
	UI95Low      *float64 `parquet:"ui95_low,optional" doc:"2.5 % point of the mean over the draws of the inputs, simulation error taken out; null in a plain run"`
	UI95High     *float64 `parquet:"ui95_high,optional" doc:"97.5 % point of the mean over the draws of the inputs, simulation error taken out; null in a plain run"`
	Replications int32    `parquet:"replications" doc:"replications in which the measure has a value"`
	Note         string   `parquet:"note,dict" doc:"empty, or what to know of the value: restricted, withheld, in how many replications"`
}

// ComparisonRow is a row of table "comparisons": one measure of one arm against the control.
// Rows are ordered by arm; the rows paired by contact come first, then as in "replications".
type ComparisonRow struct {
	Point            string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Control          string   `parquet:"control,dict" doc:"the arm compared against: the first on the command line"`
	Arm              string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Measure          string   `parquet:"measure,dict" doc:"measure, with its unit, then its statistic"`
	Type             string   `parquet:"type,dict" doc:"message type or kind of other inbox work, or all"`
	Channel          string   `parquet:"channel,dict" doc:"channel by which the contact arrived, or all"`
	Pool             string   `parquet:"pool,dict" doc:"pool, or all"`
	Role             string   `parquet:"role,dict" doc:"staff role, or all"`
	Staff            string   `parquet:"staff,dict" doc:"staff member, or all"`
	Unit             string   `parquet:"unit,dict" doc:"unit of the means, the difference and the intervals"`
	ControlMean      *float64 `parquet:"control_mean,optional" doc:"mean of the control over the replications used"`
	Mean             *float64 `parquet:"mean,optional" doc:"mean of the arm over the replications used"`
	Difference       *float64 `parquet:"difference,optional" doc:"mean minus control_mean, paired as paired_by says"`
	CI95Low          *float64 `parquet:"ci95_low,optional" doc:"lower end of the 95 % paired t-interval of the difference (simulation error only)"`
	CI95High         *float64 `parquet:"ci95_high,optional" doc:"upper end of the 95 % paired t-interval of the difference (simulation error only)"`
	UI95Low          *float64 `parquet:"ui95_low,optional" doc:"2.5 % point of the difference over the draws of the inputs, simulation error taken out; null in a plain run"`
	UI95High         *float64 `parquet:"ui95_high,optional" doc:"97.5 % point of the difference over the draws of the inputs, simulation error taken out; null in a plain run"`
	SimultaneousLow  *float64 `parquet:"simultaneous_low,optional" doc:"lower end of the simultaneous 95 % interval over the family of headline differences; null outside the family"`
	SimultaneousHigh *float64 `parquet:"simultaneous_high,optional" doc:"upper end of the simultaneous 95 % interval over the family of headline differences; null outside the family"`
	RelativeChange   *float64 `parquet:"relative_change,optional" doc:"difference over control_mean, a ratio of sums over replications"`
	RelativeLow      *float64 `parquet:"relative_change_low,optional" doc:"lower end of the 95 % jackknife interval of relative_change"`
	RelativeHigh     *float64 `parquet:"relative_change_high,optional" doc:"upper end of the 95 % jackknife interval of relative_change"`
	VarianceRatio    *float64 `parquet:"variance_ratio,optional" doc:"variance of the difference if the arms were independent, over its variance as paired; how many times fewer replications pairing needs"`
	PHolm            *float64 `parquet:"p_holm,optional" doc:"two-sided p-value of no difference, Holm-adjusted over the family; null outside the family"`
	PairedBy         string   `parquet:"paired_by,dict" doc:"contact: the same contacts in both arms; replication: the same replications, so the difference includes any change of mix"`
	Replications     int32    `parquet:"replications" doc:"replications in which both arms have a value"`
	Note             string   `parquet:"note,dict" doc:"empty, or what to know of the value"`
}

// PairRow is a row of table "pairs": what became, in one replication, of the portal threads of the control in an arm.
// Rows are ordered by replication, then arm, type and fate.
type PairRow struct {
	Point       string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Control     string   `parquet:"control,dict" doc:"the arm compared against: the first on the command line"`
	Arm         string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32    `parquet:"replication" doc:"replication number, from 0"`
	Type        string   `parquet:"type,dict" doc:"message type, or all"`
	Fate        string   `parquet:"fate,dict" doc:"paired: portal thread in both arms; moved: portal thread in the control, another channel in the arm; arrived: the reverse, or self-served or merged in the control, then without a wait there; settled: self-served or merged in the arm; unexpressed: portal thread in the control, no contact in the arm; extra: no contact in the control, portal thread in the arm"`
	Contacts    int64    `parquet:"contacts" doc:"number of contacts"`
	ControlWait *float64 `parquet:"control_wait_h,optional" unit:"h" doc:"mean time to first response in the control; null where it has no such contact"`
	ArmWait     *float64 `parquet:"arm_wait_h,optional" unit:"h" doc:"mean time to first response in the arm; null where it has no such contact"`
	Difference  *float64 `parquet:"difference_h,optional" unit:"h" doc:"mean over these contacts of wait in the arm minus wait in the control; null unless in both"`
	Censored    int64    `parquet:"censored" doc:"contacts without a first response in one of the arms when the run ended; their waits enter as long as observed"`
}

// UrgentPairRow is a row of table "urgent_pairs": what became, in one replication, of the truly urgent threads of the
// control in an arm, by any channel. Rows are ordered by replication, then arm and type.
type UrgentPairRow struct {
	Point       string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Control     string   `parquet:"control,dict" doc:"the arm compared against: the first on the command line"`
	Arm         string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32    `parquet:"replication" doc:"replication number, from 0"`
	Type        string   `parquet:"type,dict" doc:"message type, or all"`
	Contacts    int64    `parquet:"contacts" doc:"truly urgent contacts that are threads in both arms, self-served and merged ones apart; the columns up to pushed_late are of these"`
	ControlLook *float64 `parquet:"control_look_h,optional" unit:"h" doc:"mean time to the first clinical look in the control; null where there is no such contact"`
	ArmLook     *float64 `parquet:"arm_look_h,optional" unit:"h" doc:"mean time to the first clinical look in the arm; null where there is no such contact"`
	Difference  *float64 `parquet:"difference_h,optional" unit:"h" doc:"arm_look_h minus control_look_h"`
	Censored    int64    `parquet:"censored" doc:"contacts without a clinical look in one of the arms; their times enter as long as observed"`
	Delayed     int64    `parquet:"delayed" doc:"contacts known to be looked at later in the arm than in the control, or in the control only"`
	Judged      int64    `parquet:"judged" doc:"contacts of which it is known in both arms whether the look came within measures.urgent_safety_limit of the control"`
	ControlLate int64    `parquet:"control_late" doc:"of judged, those looked at beyond the limit, or never, in the control"`
	ArmLate     int64    `parquet:"arm_late" doc:"of judged, those looked at beyond the limit, or never, in the arm"`
	PushedLate  int64    `parquet:"pushed_late" doc:"of judged, those within the limit in the control and beyond it in the arm"`
	Silenced    int64    `parquet:"silenced" doc:"truly urgent threads of the control that are no contact in the arm"`
}

// StaffDayRow is a row of table "staff_days": one staff member on one calendar day of the measured period.
// Rows are ordered by replication, arm, staff member in the order of the scenario, and date. The minutes by activity
// sum to the day; so do those by schedule.
type StaffDayRow struct {
	Point       string `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm         string `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication int32  `parquet:"replication" doc:"replication number, from 0"`
	Staff       string `parquet:"staff,dict" doc:"staff member"`
	Role        string `parquet:"role,dict" doc:"staff role"`
	Date        int32  `parquet:"date,date" doc:"calendar date in the clinic's local time"`

	VisitMin      float64 `parquet:"visit_min" unit:"min" doc:"minutes in visits"`
	NotesMin      float64 `parquet:"notes_min" unit:"min" doc:"minutes writing notes"`
	MessagesMin   float64 `parquet:"messages_min" unit:"min" doc:"minutes on patients' threads, those passed on from a call included"`
	OtherInboxMin float64 `parquet:"other_inbox_min" unit:"min" doc:"minutes on other inbox work: results, notices, colleagues"`
	CallsMin      float64 `parquet:"calls_min" unit:"min" doc:"minutes in patients' calls and other conversations, in the pool that receives them"`
	TeachingMin   float64 `parquet:"teaching_min" unit:"min" doc:"minutes teaching patients"`
	AdminMin      float64 `parquet:"admin_min" unit:"min" doc:"minutes in admin blocks and away blocks, other work not modelled"`
	IdleMin       float64 `parquet:"idle_min" unit:"min" doc:"minutes on duty with nothing to do that may be done"`
	OffMin        float64 `parquet:"off_min" unit:"min" doc:"minutes off duty and not working"`

	AfterHoursVisitMin      float64 `parquet:"after_hours_visit_min" unit:"min" doc:"of visit_min, outside working hours by the clock"`
	AfterHoursNotesMin      float64 `parquet:"after_hours_notes_min" unit:"min" doc:"of notes_min, outside working hours by the clock"`
	AfterHoursMessagesMin   float64 `parquet:"after_hours_messages_min" unit:"min" doc:"of messages_min, outside working hours by the clock"`
	AfterHoursOtherInboxMin float64 `parquet:"after_hours_other_inbox_min" unit:"min" doc:"of other_inbox_min, outside working hours by the clock"`
	AfterHoursCallsMin      float64 `parquet:"after_hours_calls_min" unit:"min" doc:"of calls_min, outside working hours by the clock"`
	AfterHoursTeachingMin   float64 `parquet:"after_hours_teaching_min" unit:"min" doc:"of teaching_min, outside working hours by the clock"`
	AfterHoursAdminMin      float64 `parquet:"after_hours_admin_min" unit:"min" doc:"of admin_min, outside working hours by the clock"`

	PatientTimeMin    float64 `parquet:"scheduled_patient_min" unit:"min" doc:"minutes of scheduled patient time (visits blocks)"`
	OtherScheduledMin float64 `parquet:"scheduled_other_min" unit:"min" doc:"minutes of other scheduled time (inbox, admin and away blocks)"`
	OffScheduleMin    float64 `parquet:"unscheduled_min" unit:"min" doc:"minutes outside every block"`
	OffScheduleWork   float64 `parquet:"unscheduled_work_min" unit:"min" doc:"of unscheduled_min, minutes worked"`

	Items        int32 `parquet:"items" doc:"items of any kind handled (touches ended)"`
	Messages     int32 `parquet:"messages" doc:"of items, touches of patients' threads, conversations apart"`
	BacklogClose int32 `parquet:"backlog_close" doc:"items waiting that this staff member alone is to do, at the end of the day (own inboxes)"`
}

// ThreadRow is a row of table "threads": one counted contact that became a thread.
// Rows are ordered by replication, arm, and the instant the thread ended. Instants are local wall-clock times, in microseconds since 1970;
// of the optional ones 0 is null, so that a row needs no memory beside itself. No run reaches back to where 0 would be an instant.
type ThreadRow struct {
	Point             string  `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm               string  `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Replication       int32   `parquet:"replication" doc:"replication number, from 0"`
	Contact           int64   `parquet:"contact" doc:"the contact; the same need has the same number in every arm"`
	Patient           int32   `parquet:"patient" doc:"the patient, from 0; the same person in every arm of a replication"`
	Type              string  `parquet:"type,dict" doc:"message type: what the patient declares"`
	Channel           string  `parquet:"channel,dict" doc:"channel by which the contact arrived"`
	Segment           string  `parquet:"segment,dict" doc:"the patient's segment"`
	TrulyUrgent       bool    `parquet:"truly_urgent" doc:"whether the content is truly urgent, which nobody knows before a clinical touch"`
	Incomplete        bool    `parquet:"incomplete" doc:"whether the first message lacked what is needed to answer it"`
	Misdirected       bool    `parquet:"misdirected" doc:"whether the patient picked the wrong pool"`
	FirstPool         string  `parquet:"first_pool,dict" doc:"pool that received the thread"`
	LastPool          string  `parquet:"last_pool,dict" doc:"pool of the last touch, or where it waits"`
	Sent              int64   `parquet:"sent,timestamp(microsecond:local)" doc:"instant of the need: sent, or first wish to call"`
	FirstTouch        int64   `parquet:"first_touch,optional,timestamp(microsecond:local)" doc:"start of the first touch"`
	ClinicalLook      int64   `parquet:"clinical_look,optional,timestamp(microsecond:local)" doc:"start of the first touch in a clinical pool"`
	FirstResponse     int64   `parquet:"first_response,optional,timestamp(microsecond:local)" doc:"first human answer that the patient gets; a request for information counts"`
	SubstantiveAnswer int64   `parquet:"substantive_answer,optional,timestamp(microsecond:local)" doc:"first answer that is not a request for information"`
	Ended             int64   `parquet:"ended,timestamp(microsecond:local)" doc:"instant the thread ended, or the run's end if censored"`
	PatientDelayH     float64 `parquet:"patient_delay_h" unit:"h" doc:"part of the time from sent to ended that was spent waiting for the patient"`
	Messages          int32   `parquet:"messages" doc:"messages in the thread, the patient's and the clinic's"`
	Touches           int32   `parquet:"touches" doc:"touches by staff"`
	Rounds            int32   `parquet:"rounds" doc:"staff answers, requests for information included"`
	HandOffs          int32   `parquet:"hand_offs" doc:"times the thread was passed from one pool to another"`
	Ending            string  `parquet:"ending,dict" doc:"answered, self_served, merged (with an open thread), lapsed, abandoned_to_call, abandoned_to_urgent_care, abandoned_call (hung up for good) or censored (open when the run ended)"`
}

// InputRow is a row of table "inputs": one number of an arm's scenario with its evidence.
// Rows are ordered by arm, then by place in the file.
type InputRow struct {
	Point  string  `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm    string  `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Path   string  `parquet:"path,dict" doc:"dotted path of the number in the expanded scenario"`
	Value  string  `parquet:"value,dict" doc:"the value as written, with its unit"`
	Source string  `parquet:"source,dict" doc:"survey, literature, assumption, local; user: given without evidence; default: the program's"`
	N      *int64  `parquet:"n,optional" doc:"sample size behind a share"`
	Low    *string `parquet:"low,optional,dict" doc:"2.5 % point, as written"`
	High   *string `parquet:"high,optional,dict" doc:"97.5 % point, as written"`
	Dist   string  `parquet:"dist,dict" doc:"family named for the uncertainty, or empty for the one that suits the number"`
	Wider  string  `parquet:"transport,dict" doc:"factor by which the uncertainty is widened for another population, or empty"`
	Group  string  `parquet:"group,dict" doc:"inputs of a group are drawn all high or all low together; empty for an input drawn by itself"`
	Cite   string  `parquet:"cite,dict" doc:"citation"`
	Remark string  `parquet:"note,dict" doc:"what the author of the scenario says of it"`
	Held   bool    `parquet:"held_fixed" doc:"true for an assumption without a range: it is held fixed in an uncertainty run"`
}

// DrawRow is a row of table "draws" of an uncertainty run: one input in one draw. Replication r belongs to draw
// r / n, rounded down, where n is the number of replications of a draw.
// Rows are ordered by draw, then structural variants, then arm and place in the file.
type DrawRow struct {
	Point string  `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Draw  int32   `parquet:"draw" doc:"draw of the inputs, from 0; the replications of a draw follow each other, equally many in each"`
	Arm   string  `parquet:"arm,dict" doc:"arm; all where every arm has the input and the same value"`
	Input string  `parquet:"input,dict" doc:"dotted path of the number in the expanded scenario; a share ends in its name, an alternative of a structural variant is variants.NAME.ALTERNATIVE"`
	Group string  `parquet:"group,dict" doc:"inputs of a group are all high or all low together; empty for an input drawn by itself"`
	Unit  string  `parquet:"unit,dict" doc:"unit of value"`
	Value float64 `parquet:"value" doc:"the value drawn; times in seconds; of a structural variant, 1 for the alternative taken and 0 for the others"`
}

// DriverRow is a row of table "drivers" of an uncertainty run: one input's part in one headline difference.
// Rows are ordered by arm, measure, and strength: screened-out inputs last.
type DriverRow struct {
	Point   string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Control string   `parquet:"control,dict" doc:"the arm compared against: the first on the command line"`
	Arm     string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	Measure string   `parquet:"measure,dict" doc:"headline measure whose difference from the control is explained; the wait is paired by contact"`
	Input   string   `parquet:"input,dict" doc:"the input, as in table draws, or group: and the name of a group"`
	Rank    float64  `parquet:"rank_correlation" unit:"1" doc:"Spearman's rank correlation of the input with the difference over the draws that count"`
	Partial *float64 `parquet:"partial_rank_correlation,optional" unit:"1" doc:"the same with the effect of the other inputs' ranks taken out (PRCC); null for inputs that a screening by rank_correlation left out, one kept for each three draws"`
	PHolm   *float64 `parquet:"p_holm,optional" unit:"1" doc:"two-sided p-value that the partial correlation is 0, Holm-adjusted over the inputs kept"`
	Draws   int32    `parquet:"draws" doc:"draws that count: those under which control and arm settle"`
}

// InformationRow is a row of table "value_of_information" of an uncertainty run: what knowing an input would be worth to
// whoever chooses an arm. Rows are ordered by value; all inputs come first.
type InformationRow struct {
	Point     string  `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Input     string  `parquet:"input,dict" doc:"what would be known: all, an input as in table draws, group: and the name of a group, or the path of shares or of a structural variant"`
	Value     float64 `parquet:"value" unit:"currency" doc:"expected value of (for an input, partial) perfect information per clinic and measured period: an upper bound on the worth of a study; from a regression of net benefit on the inputs"`
	Error     float64 `parquet:"error" unit:"currency" doc:"standard error of value, by resampling draws; where value is 0, what noise might hide"`
	Clinics   float64 `parquet:"clinics" unit:"1" doc:"clinics that would use the information, by --clinics"`
	Horizon   float64 `parquet:"horizon_weeks" unit:"week" doc:"weeks over which it would be used, by --horizon; the measured period by default"`
	Scaled    float64 `parquet:"scaled_value" unit:"currency" doc:"value for all clinics over the horizon, not discounted, as if every week were worth the same"`
	Best      string  `parquet:"best_now,dict" doc:"arm of the largest mean net benefit: the choice as things are known"`
	Explained float64 `parquet:"explained" unit:"1" doc:"smallest share of the variance of an arm's net benefit that the regression explains"`
	Draws     int32   `parquet:"draws" doc:"draws that count: those under which every arm settles"`
}

// ChoiceRow is a row of table "choices": one arm at one point, where the best of several is asked for, or there is a front.
// Rows are ordered by point, then arm.
type ChoiceRow struct {
	Point        string   `parquet:"point,dict" doc:"design point of a sweep; base elsewhere"`
	Arm          string   `parquet:"arm,dict" doc:"arm, as named on the command line"`
	By           string   `parquet:"selected_by,dict" doc:"measure that the best arm is chosen by (--select, or select in a study); empty where it is not asked for"`
	Indifference *float64 `parquet:"indifference,optional" doc:"smallest difference in that measure that matters, in its unit"`
	Confidence   *float64 `parquet:"confidence,optional" unit:"1" doc:"probability promised that the best is chosen, if it is better than each other by the indifference"`
	Best         *bool    `parquet:"best,optional" doc:"true for the arm chosen; false for all where the replications do not decide"`
	Dropped      *int32   `parquet:"dropped_after,optional" doc:"replications after which the arm could no longer be the best; null for an arm that still could, or has no such measure"`
	Replications *int32   `parquet:"replications,optional" doc:"replications that the choice took, or all there were"`
	Front        string   `parquet:"front_by,dict" doc:"measures of the front (--front, or front in a study), with spaces between; empty where there is none"`
	OnFront      *bool    `parquet:"on_front,optional" doc:"whether no other arm is at least as good by the mean of every such measure and better by one; in a sweep, no other choice of arm and levers, each over all its points, which differ in what is uncertain"`
	FrontShare   *float64 `parquet:"front_share,optional" unit:"1" doc:"share of 1000 resamples of the replications in which it is on the front"`
}

// ValidationRow is a row of table "validation": one quantity of one case of the catalogue set against theory, or one
// check of intervals and random numbers.
// Rows are ordered by case, then quantity, in the order of the catalogue; checks come last.
type ValidationRow struct {
	Level         string   `parquet:"level,dict" doc:"quick, standard or thorough"`
	Kind          string   `parquet:"kind,dict" doc:"mean: theory gives the mean; bound: theory bounds it from above; check: a judged check; measured: for information"`
	Case          string   `parquet:"case,dict" doc:"clinic of the catalogue, or group of checks"`
	Quantity      string   `parquet:"quantity,dict" doc:"what is compared"`
	Measure       string   `parquet:"measure,dict" doc:"measure with its dimensions, or empty"`
	Unit          string   `parquet:"unit,dict" doc:"unit of theory, simulated, the interval and wrong"`
	Replications  int32    `parquet:"replications" doc:"replications; for a check, trials or values"`
	Theory        float64  `parquet:"theory" doc:"what theory says of the mean over replications; for a check, what is expected"`
	Simulated     float64  `parquet:"simulated" doc:"mean over replications; for a check, what is observed"`
	SE            *float64 `parquet:"standard_error,optional" doc:"standard error of simulated; null for a check"`
	Low           *float64 `parquet:"low,optional" doc:"lower end of the interval that holds at once with all others with probability 0.999; for a check, of the band of probability 0.999 about theory"`
	High          *float64 `parquet:"high,optional" doc:"upper end of the same; null for a bound"`
	T             *float64 `parquet:"t,optional" doc:"simulated minus theory in standard errors; null where nothing varies and for a check"`
	P             *float64 `parquet:"p,optional" doc:"p-value of theory, two-sided or, for a bound, one-sided; null where nothing varies or nothing is judged"`
	Agrees        bool     `parquet:"agrees" doc:"whether theory lies within the limits"`
	Instead       string   `parquet:"instead,dict" doc:"what does not belong to the case, and must be rejected; empty for a check"`
	Wrong         *float64 `parquet:"wrong,optional" doc:"what that would give; null for a check"`
	WrongT        *float64 `parquet:"wrong_t,optional" doc:"simulated minus wrong in standard errors; null where nothing varies and for a check"`
	WrongRejected bool     `parquet:"wrong_rejected" doc:"whether it was rejected; true for a check"`
	Remark        string   `parquet:"remark,dict" doc:"what to know of a check, or empty"`
}
