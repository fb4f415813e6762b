// Package sim is the model: patients, contacts, threads, pools, staff and their days. It is pure: Run is a function
// of the scenario, the seed and the replication number. It reads no file, no clock and no environment, starts no
// goroutine and walks no map.
package sim

import (
	"time"

	"portalsim/sim/random"
)

// Day is the length of a simulated day: clinic-local time has no daylight-saving jumps.
const Day = 24 * time.Hour

// Week is seven days.
const Week = 7 * Day

// Year is the year of rates "per patient-year", 365.25 days.
const Year = Day*365 + 6*time.Hour

// Scenario is all that Run needs, checked and in canonical units: times as time.Duration, probabilities from 0 to 1.
// Nothing is left to fill in, and Run only reads it.
type Scenario struct {
	Name          string
	StartDay      int           // first day of the warm-up, in days since 1970-01-01
	WarmUp        time.Duration // whole days
	Measure       time.Duration // whole weeks
	Drain         time.Duration
	MaxInProgress int // more open threads and items stop the run

	Open     WeeklyHours // clinic-open hours
	Measured Calendar    // the calendar by which clinic-open waits are measured: the comparator's
	Holidays []int       // days since 1970-01-01, increasing
	Working  Span        // on workdays, all outside it is after hours by the clock

	Patients  Patients
	Channels  []Channel // channel 0 is the portal
	Types     []MessageType
	Pools     []Pool
	OtherWork []OtherWork
	Staff     []StaffMember
	Campaigns []Campaign
	Limits    Limits
	Backlog   []Backlog
	OnCall    *OnCall // nil: urgent calls out of hours wait for the lines to open
	Costs     Costs
}

// Backlog is threads of a type that wait when the run starts: a cohort of its own, not counted among the threads of the
// measured period.
type Backlog struct {
	Kind, Count int
	Age         random.Distribution // how long ago they were sent
}

// OnCall answers calls of types that declare urgency while the phone lines are closed.
type OnCall struct {
	Staff    []int // members who take turns by the week; empty for an outside service
	Handling random.Distribution
}

// Costs are unit costs, in the currency of the scenario. They change no result but the costs.
type Costs struct {
	ServiceCall     float64 // a call that the outside service answers
	AfterHoursHour  float64 // weights of net benefit: an after-hours hour of a clinician
	AdminHour       float64 // an hour of a clinician's admin time: what it is worth
	WaitHour        float64 // an hour of a patient's wait for a first response
	UrgentLate      float64 // truly urgent content seen after the safety limit
	LostVisit       float64
	UrgentCareVisit float64
}

// CampaignCosts are the costs of a campaign or modifier.
type CampaignCosts struct{ Once, PerYear, PerPatient float64 }

// Calendar is opening hours with holidays.
type Calendar struct {
	Open     WeeklyHours
	Holidays []int // days since 1970-01-01, increasing
}

// Span is a stretch of a day, from midnight: [From, To).
type Span struct{ From, To time.Duration }

// WeeklyHours holds the spans of each weekday, Monday first, increasing and not overlapping.
type WeeklyHours [7][]Span

// Patients is the panel.
type Patients struct {
	Count         int
	PanelSeed     *uint64 // draws one panel for all replications; nil draws a panel for each
	PortalUsers   float64 // share who use the portal at all; at least the share who prefer it
	ActivityCV    float64
	Preferred     []float64 // by channel, sums to 1
	Instead       []float64 // by channel: taken by those who prefer the portal but do not use it for a type
	Segments      []Segment
	HourWeights   [168]float64 // by hour of the week from Monday 00:00, mean 1
	MonthWeights  [12]float64  // mean 1
	HolidayFactor float64
}

// Segment is a group of patients by how readily they write.
type Segment struct {
	Name       string
	Share      float64
	Multiplier float64 // of the rate of needs; the mean over the panel's declared shares is 1
}

// Channel is a way to reach the clinic.
type Channel struct {
	Name         string
	Pool         int // that receives it; -1 for the portal, where the type decides
	Live         bool
	FallsBackTo  int         // channel taken instead where this one is not offered; itself where it is
	Hours        WeeklyHours // when it can be used
	Always       bool        // true: Hours does not apply
	AfterOpening random.Distribution
	Priority     uint8
	Impatient    bool // callers hang up
	Patience     random.Distribution
	CallBack     float64 // probability that a caller who hung up calls again
	CallAgain    random.Distribution
}

// MessageType is what a patient declares a need to be.
type MessageType struct {
	Name                string
	UsesOfPortalUsers   float64 // probability that a portal user uses it for this type
	NeedsPerUserYear    float64
	NeedsPerOtherYear   float64
	NeedsAt             []time.Duration // increasing, from the start of the run
	PortalShareOfOthers float64
	ByPhone             float64
	DeclaresUrgent      bool
	TrulyUrgent         float64
	Unneeded            float64   // share of needs that would settle by themselves
	Latent              []float64 // by segment: share of needs held back under usual care; nil for none
	Incomplete          float64
	Misdirected         float64
	MisdirectedTo       []float64 // by pool, sums to 1 where Misdirected can be above 0
	FollowUp            float64
	Reply               float64
	ReplyDelay          random.Distribution
	LapseAfter          time.Duration
	SelfService         float64 // share of portal contacts settled without a touch
	Batching            float64 // share of written contacts that join the patient's open thread
	Impatient           bool    // patients act when patience runs out before a first response
	Patience            random.Distribution
	Nudge, Phone        float64 // probabilities of what they do; else they wait on
	UrgentCare          float64
	Target              time.Duration // in clinic-open time
	Priority            uint8         // 1 is served first
	Pool                int
}

// Pool is a queue of work and those who serve it.
type Pool struct {
	Name     string
	Priority bool                  // priority classes; else first in, first out
	Preempt  bool                  // with Priority: an item interrupts the touch of one less urgent, which resumes later
	LastIn   bool                  // the last in is served first
	DueDate  bool                  // the earliest due date is served first
	Ageing   time.Duration         // an item moves up a class each time it has waited so long; 0 for never
	Resume   time.Duration         // added to what is left of an interrupted touch
	Personal bool                  // each member has an inbox of their own
	Clinical bool                  // a touch here is a clinical look
	Triage   *Triage               // how well a touch here tells urgent content; nil: without error in a clinical pool, not at all elsewhere
	Cover    bool                  // members serve the inboxes of those on leave, after their own
	Handling []random.Distribution // by type
	Reroute  []random.Distribution // by type
	Request  []random.Distribution // by type
	PassOn   [][]float64           // by type, then pool: probability; the rest is answered here
	Consult  [][]float64           // by type, then pool: probability of asking that pool before answering
	Advise   []random.Distribution // by type: touch that answers a colleague's question
	Join     random.Distribution   // added to a touch for each message that joined the thread
}

// Triage is how well a touch tells what is truly urgent.
type Triage struct {
	Sensitivity float64 // probability of taking truly urgent content for urgent
	Specificity float64 // probability of not taking other content for urgent
}

// OtherWork is a stream of inbox work that patients did not send, or of notes.
type OtherWork struct {
	Name         string
	Pool         int
	PerVisit     float64
	PerStaffWeek float64
	PerWeek      float64
	Arrives      WeeklyHours
	Delay        random.Distribution
	Handling     random.Distribution
	Provokes     []float64 // by message type: probability that an item done provokes a patient's message
	Priority     uint8
	Target       time.Duration // in clinic-open time, for due dates
	Activity     Activity
}

// StaffMember is one server.
type StaffMember struct {
	Name, Role   string
	Clinician    bool
	FTE          float64
	Speed        float64
	Pools        []int   // in order of precedence
	PatientShare float64 // share of the panel whose own clinician this is
	CostPerHour  float64
	Week         [7][]Block
	Visits       Visits
	Sessions     []Session
	Leave        []DayRange
	Suspend      bool // a touch under way at the end of a block is set aside, not finished
}

// BlockKind is what a block of the weekly template is for.
type BlockKind uint8

// The kinds of block.
const (
	OffDuty BlockKind = iota
	VisitsBlock
	InboxBlock
	AdminBlock
	AwayBlock
)

// Block is a stretch of a working day. A day's blocks increase and do not overlap.
type Block struct {
	Span
	Kind BlockKind
}

// Visits says how visits fill a visits block.
type Visits struct {
	Slot         time.Duration
	Length       random.Distribution
	NoShow       float64
	InboxBetween bool
	Leave        time.Duration // between visits, no item is begun closer than this to the next slot

	// Where the blocks do not have room for every booked slot: those that fit, those displaced, and what becomes of
	// them. Without Booked, the slots are those of the visits blocks.
	Booked         bool
	Fit, Displaced [7][]time.Duration // by weekday: starts of slots
	Displacement   Displacement
	RebookWithin   time.Duration
}

// Displacement is what becomes of a visit whose slot an overlay takes.
type Displacement uint8

// The fates of displaced visits.
const (
	LoseVisit Displacement = iota
	Overbook               // on a slot of the same day that another patient has too
	UseAdmin               // in admin time of the same day
	Rebook                 // in the next slot whose patient does not come
)

// Session is a stretch of work outside the schedule.
type Session struct {
	Name        string
	ClearInbox  bool // else a habit
	Scheduled   bool // on days with a block; else on Days
	Days        [7]bool
	Probability float64
	PerItem     float64 // added to the probability for each item that waits for the staff member when it begins
	AtDayEnd    bool    // starts at the end of the last block; else at a time drawn from Start
	Start       Span
	Until       time.Duration // latest time of day to begin another item; 0 is no limit
	HasLength   bool
	Length      random.Distribution
	UrgentOnly  bool
}

// DayRange is an inclusive range of days since 1970-01-01.
type DayRange struct{ First, Last int }

// Teaching is work of delivering a campaign: an item for each patient reached, in a pool, when the patient takes it in.
type Teaching struct {
	Work int // stream of other work that the items belong to
}

// Campaign is an education campaign, or a modifier that is always at full strength.
type Campaign struct {
	Name     string
	Always   bool          // everybody, at full strength, for the whole run; what follows up to Boosters does not apply
	Channels []bool        // by channel: whether Effects apply to its contacts; nil for all
	Start    time.Duration // from the start of the run
	Reach    float64
	Delay    random.Distribution
	HalfLife time.Duration // 0: does not fade
	Boosters []time.Duration
	Effects  []Effects // by type

	Teaching *Teaching // nil for none
	Costs    CampaignCosts

	// What follows multiplies Effects; nil is none.
	BySegment []Effects
	ByNeed    []Effects // by NeedKind
}

// NeedKind is what a need is under usual care.
type NeedKind uint8

// The kinds of need.
const (
	Needed     NeedKind = iota
	Unneeded            // would settle by itself
	LatentNeed          // held back, and so not expressed
	needKinds
)

// Effects are effects at full strength: Rate is a multiplier, the others are odds ratios. 1 is none.
type Effects struct {
	Rate, HoldBack, ByPhone, Misdirected, Incomplete, FollowUp, SelfService, Batching, Duplicates float64
}

// NoEffect changes nothing.
var NoEffect = Effects{1, 1, 1, 1, 1, 1, 1, 1, 1}

// Limits are limits that measures refer to.
type Limits struct {
	UrgentSafety         time.Duration
	LongEvening          time.Duration
	AfterHoursPerFTEWeek time.Duration
	MessagesPerFTEWeek   float64
	Unopened             time.Duration
	Unanswered           time.Duration
	MinEvents            int
}

// Activity is what a minute of a staff member is booked to.
type Activity uint8

// The activities. Each minute of each staff member is booked to exactly one.
const (
	Visit Activity = iota
	Notes
	Messages
	OtherInbox
	Calls
	Teach
	Admin
	Idle
	Off
	activities
)

var activityNames = [activities]string{"visit", "notes", "messages", "other_inbox", "calls", "teaching", "admin", "idle", "off"}

func (a Activity) String() string { return activityNames[a] }

// sorted tells whether the pool's queues are sorted by a key.
func (p *Pool) sorted() bool { return p.DueDate || p.Ageing > 0 }
