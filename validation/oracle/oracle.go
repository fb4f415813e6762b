package oracle

import (
	"slices"
	"time"

	"portalsim/sim"
)

// Event is one line of a trace.
type Event struct {
	At   time.Duration // since the start of the run
	Line string
}

// Outcome is all that a replication gives.
type Outcome struct {
	Events   []Event
	Threads  []Thread // those sent in the measured period, in the order in which they ended
	Days     []Day    // staff member by staff member, day by day of the measured period
	Finished time.Duration
}

// Thread is what became of a patient's thread. Instants count from the start of the run; never is one that did not come.
type Thread struct {
	Contact                                         int64
	Patient                                         int
	Type, Channel, FirstPool, LastPool, Ending      string
	Urgent, Incomplete, Misdirected                 bool
	Sent, FirstTouch, Look, Response, Answer, Ended time.Duration
	PatientDelay                                    time.Duration
	Messages, Touches, Rounds, HandOffs             int
}

// Day is the minutes of one staff member on one day.
type Day struct {
	Staff        string
	Date         int                             // days since 1970-01-01
	Minutes      map[sim.Activity]time.Duration  // all day
	AfterHours   map[sim.Activity]time.Duration  // outside working hours by the clock
	Class        map[sim.BlockKind]time.Duration // by the block on the schedule; OffDuty is none
	OffWork      time.Duration                   // worked outside every block
	Items        int                             // touches ended
	Messages     int                             // of them, of patients' threads, conversations apart
	BacklogClose int                             // what waits in the member's own inboxes when the day ends
}

// never stands for an instant that does not come.
const never = time.Duration(1<<63 - 1)

// flaw is a rule broken on purpose, so that a test can see that the comparison finds it.
type flaw int

// The flaws.
const (
	flawless             flaw = iota
	lastInFirstOut            // in every pool without classes
	touchBeforeBlock          // of one instant, a touch ends before a block changes
	noOvertakingByUrgent      // content known to be urgent keeps its class
	coverIgnored              // nobody serves the inboxes of those on leave
	followUpUnmoved           // campaigns leave the probability of a follow-up alone
	fadesTwiceAsFast          // strength halves in half the half-life
	minuteLost                // when a touch is set aside
	flaws
)

// The order of what falls on one instant.
const (
	first = iota // the start of the measured period and the calendar
	visitDue
	block
	taskEnd
	session
	arrival
)

// promise is something that will happen.
type promise struct {
	at   time.Duration
	rank int
	do   func()
}

// world is a clinic at an instant.
type world struct {
	s           *sim.Scenario
	seed        uint64
	replication int
	flaw        flaw

	now      time.Duration
	today    int           // the day that has begun
	from, to time.Duration // the measured period
	end      time.Duration // of the run
	promises []promise     // in the order in which they were made
	out      Outcome

	patients []patient
	members  []*member
	open     []*work // threads and items that have not ended, in the order in which they came up
	entries  int     // into pools, so far
	items    int     // of other work, so far
}

// Run simulates one replication of a scenario.
func Run(s *sim.Scenario, seed uint64, replication int) *Outcome {
	return run(s, seed, replication, flawless)
}

func run(s *sim.Scenario, seed uint64, replication int, flaw flaw) *Outcome {
	w := &world{s: s, seed: seed, replication: replication, flaw: flaw}
	w.from = s.WarmUp
	w.to = w.from + s.Measure
	w.end = w.to + s.Drain
	w.patients = w.drawPatients()
	for i := range s.Staff {
		w.members = append(w.members, &member{StaffMember: &s.Staff[i], index: i})
	}
	w.beginStreams()
	w.promise(0, first, func() { w.beginDay(0) })
	w.promiseWaves()
	w.openBacklog()
	for w.goesOn() && w.happen() {
	}
	if w.goesOn() {
		w.now = w.end
	}
	if !w.periodOver() { // without a drain the run ends with the last day
		w.noteCloses()
	}
	w.censor()
	w.out.Finished = w.now
	w.out.Days = w.days()
	return &w.out
}

// promise lets something happen at an instant.
func (w *world) promise(at time.Duration, rank int, do func()) {
	w.promises = append(w.promises, promise{at, rank, do})
}

// happen lets the earliest promise come true: by time, then by rank, then the one made first. It tells whether there was
// one before the end.
func (w *world) happen() bool {
	next := -1
	for i, p := range w.promises {
		if next < 0 || p.at < w.promises[next].at || p.at == w.promises[next].at && p.rank < w.promises[next].rank {
			next = i
		}
	}
	if next < 0 || w.promises[next].at >= w.end {
		return false
	}
	if w.promises[next].at > w.now && w.settle() {
		return true // an instant is over only when nobody is free beside work they may do
	}
	p := w.promises[next]
	w.promises = slices.Delete(w.promises, next, next+1)
	w.now = p.at
	p.do()
	return true
}

// goesOn tells whether the run goes on: until the measured period is over and every thread sent in it has ended.
func (w *world) goesOn() bool {
	return !w.periodOver() || slices.ContainsFunc(w.open, func(x *work) bool { return x.isThread && x.counted })
}

// periodOver tells whether the day after the measured period has begun.
func (w *world) periodOver() bool { return midnight(w.today) >= w.to }

// counts tells whether what is sent now is counted.
func (w *world) counts(at time.Duration) bool { return at >= w.from && at < w.to }

func (w *world) tell(line string) { w.out.Events = append(w.out.Events, Event{w.now, line}) }
