package sim

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// Options say what a run reports beside its measures. None of them changes a result.
type Options struct {
	Trace     func(at engine.Time, line string) // called for every event; nil for none
	Thread    func(*ThreadRow)                  // called as each counted thread ends; the row is reused
	Contacts  bool                              // keep what pairing needs of every counted thread
	StaffDays bool                              // keep a row for each staff member and day
	Check     bool                              // watch the run; an invariant that does not hold is a *Violation error
	Course    bool                              // keep the rows of the tables hours, weeks, flows and waits
	Log       func(contact int64) bool          // keep the events of these counted threads; nil for none
	LogStaff  bool                              // keep what each staff member does, stretch by stretch, in the measured period
	Budget    Budget                            // what the run may take
}

// Run simulates one replication of a scenario. It is a pure function: equal arguments, equal results. A scenario
// whose open threads and items exceed its limit gives an *Overload error, and one that goes over its budget *Exhausted.
func Run(s *Scenario, seed uint64, replication int, options Options) (*Result, error) {
	m := newModel(s, seed, replication, options)
	if options.Check {
		return m.runChecked(newChecker(m))
	}
	if err := m.run(); err != nil {
		return nil, err
	}
	return m.result(), nil
}

// eventKind says what an event does; its operands are in event.
type eventKind uint8

const (
	measuringBegins eventKind = iota
	dayBegins
	workingHoursChange // operand: 1 when working hours begin
	blockChange        // operands: staff, kind of block that begins
	visitDue           // operand: staff
	taskEnds           // operands: staff, number of the task
	colleagueSought    // operand: item set aside
	sessionBegins      // operands: staff, session
	needArises         // operand: generator
	itemEnters         // operand: item
	patientWrites      // operand: item
	threadLapses       // operand: item
	patienceEnds       // operands: item, its serial number
	holdEnds           // operands: item, its serial number
	callsAgain         // operand: item
	waveBegins         // operands: campaign, wave
)

// event is what happens at an instant: a kind and the indices it concerns.
type event struct {
	a    int32
	kind eventKind // between two of one size, which the compiler would copy as one, and wait for both to be stored
	b    int32
}

// The order of events that fall on the same instant. The measured period and the calendar change first, so that what
// happens on the instant belongs to what begins there. A visit falls due before its block begins, so that the inbox does
// not come before the first patient. A block changes before a task ends, so that a touch which ends with its block does
// not begin another in it. Work that ends frees a staff member before new work asks for one.
const (
	rankPeriod engine.Rank = iota
	rankCalendar
	rankVisitDue
	rankBlock
	rankTaskEnd
	rankSession
	rankArrival
)

// model is the state of one replication.
type model struct {
	s         *Scenario
	options   Options
	engine    engine.Engine[event]
	cal       *calendar // the clinic's
	measured  *calendar // by which clinic-open waits are measured
	window    window
	end       engine.Time
	observed  bool  // somebody asked for a trace or an event log
	closed    bool  // the last day of the measured period is booked
	failed    error // *Overload or *Exhausted: why the run ends early
	budget    budget
	panel     *panel
	campaigns []campaign
	strengths []float64 // of the campaigns, in the patient last asked about
	effects   Effects   // of the campaigns, on the contact last asked about
	draws     draws

	turns      int64 // taken in sorted queues
	serials    int32 // of items
	generators []generator
	batching   bool      // messages may join an open thread, so that patients' open threads must be known
	items      []*item   // in use or not; each stays where it is
	free       []int32   // unused places in items
	entered    []entered // by item and pool
	inProgress int
	counted    int // open threads sent in the measured period

	other  []otherWorkState
	own    [][]int32 // by staff member: patients whose own clinician this is; nil where nothing asks
	serial int64     // of other work, for traces

	pools   []poolState
	staff   []staffState
	ready   members // staff who may be idle
	inHours bool    // now is within working hours by the clock

	tallies tallies
	course  *course      // nil where nobody asked for it
	log     *EventLog    // the same
	watch   func() error // called after every event; an error ends the run. nil where nobody watches
}

// draws are the substreams of threads; those of patients, staff and campaigns are kept with them.
type draws struct {
	patient, keep, channel, phone, instead, opening         random.Substream
	urgent, incomplete, misdirected, misdirectedTo          random.Substream
	route, reply, replyDelay, followUp, followDelay, handle random.Substream
	unneeded, latent, consult, selfService, batch           random.Substream
	patience, act, join, provoke, visitor                   random.Substream
	hold, callBack, callAgain, age, triage                  random.Substream
}

func newDraws(seed uint64, replication int) draws {
	use := func(name string) random.Substream { return random.New(seed, replication, "contact/"+name) }
	return draws{
		patient: use("patient"), keep: use("keep"), channel: use("channel"), phone: use("by-phone"),
		instead: use("instead-of-portal"), opening: use("after-opening"), urgent: use("truly-urgent"),
		incomplete: use("incomplete"), misdirected: use("misdirected"), misdirectedTo: use("misdirected-to"),
		route: use("route"), reply: use("reply"), replyDelay: use("reply-delay"),
		followUp: use("follow-up"), followDelay: use("follow-up-delay"), handle: use("handling"),
		unneeded: use("unneeded"), latent: use("latent"), consult: use("consult"),
		selfService: use("self-service"), batch: use("batching"), patience: use("patience"), act: use("impatience"), join: use("join"), provoke: use("provoked"), visitor: use("visit/patient"),
		hold: use("hold"), callBack: use("call-back"), callAgain: use("call-again"), age: use("backlog/age"), triage: use("triage"),
	}
}

func newModel(s *Scenario, seed uint64, replication int, options Options) *model {
	from := engine.Time(s.WarmUp)
	to := from + engine.Time(s.Measure)
	end := to + engine.Time(s.Drain)
	days := dayOf(end) + 2
	m := &model{
		s: s, options: options, window: window{from, to}, end: end,
		cal:       newCalendar(s.StartDay, Calendar{s.Open, s.Holidays}, days),
		measured:  newCalendar(s.StartDay, s.Measured, days),
		panel:     newPanel(s, seed, replication),
		campaigns: newCampaigns(s, seed, replication),
		draws:     newDraws(seed, replication),
	}
	m.newBudget()
	m.batching = slices.ContainsFunc(s.Types, func(t MessageType) bool { return t.Batching > 0 })
	m.strengths = make([]float64, len(m.campaigns))
	m.newPools()
	m.newStaff(seed, replication)
	m.newOtherWork(seed, replication)
	m.newTallies()
	m.newCourse()
	m.newLog()
	m.newGenerators(seed, replication)
	m.engine.Schedule(from, rankPeriod, event{kind: measuringBegins})
	m.engine.Schedule(0, rankCalendar, event{kind: dayBegins})
	for n := range m.campaigns {
		c := &m.campaigns[n]
		for wave, at := range c.waves {
			if c.delivered() && at < m.end {
				m.engine.Schedule(at, rankCalendar, event{kind: waveBegins, a: int32(n), b: int32(wave)})
			}
		}
	}
	m.addBacklog()
	return m
}

// run handles events until the counted threads are closed, or the drain ends.
func (m *model) run() error {
	for !m.closed || m.counted > 0 {
		e, ok := m.engine.Next(m.end)
		if !ok {
			break
		}
		m.handle(e)
		if m.spent() {
			m.exhaust()
			return m.failed
		}
		if m.watch != nil {
			if err := m.watch(); err != nil {
				return err
			}
		}
	}
	if !m.closed { // without a drain, the run ends with the last day
		m.endDay(dayOf(m.engine.Now()) - 1)
	}
	m.finish()
	return nil
}

func (m *model) handle(e event) {
	switch e.kind {
	case measuringBegins:
		m.beginMeasuring()
	case dayBegins:
		m.beginDay()
	case workingHoursChange:
		m.changeWorkingHours(e.a == 1)
	case blockChange:
		m.changeBlock(e.a, BlockKind(e.b))
	case visitDue:
		m.bookVisit(e.a)
	case taskEnds:
		m.endTask(e.a, e.b)
	case colleagueSought:
		m.handOn(e.a)
	case sessionBegins:
		m.beginSession(e.a, int(e.b))
	case needArises:
		m.need(&m.generators[e.a])
	case itemEnters:
		m.enter(m.items[e.a])
	case patientWrites:
		m.patientWrites(m.items[e.a])
	case threadLapses:
		m.close(m.items[e.a], Lapsed)
	case patienceEnds:
		m.endPatience(m.items[e.a], e.b)
	case holdEnds:
		m.hangUp(m.items[e.a], e.b)
	case callsAgain:
		m.deliver(m.items[e.a])
	case waveBegins:
		m.beginWave(e.a, e.b)
	default:
		panic(fmt.Sprintf("sim: unknown event kind %d", e.kind))
	}
}

// after schedules an event at the given time from now.
func (m *model) after(d time.Duration, rank engine.Rank, e event) {
	m.engine.Schedule(m.engine.Now()+engine.Time(d), rank, e)
}

// beginDay books the day that ended and plans the one that begins.
func (m *model) beginDay() {
	today := dayOf(m.engine.Now())
	m.checkBytes()
	m.endDay(today - 1)
	m.inHours = false
	if m.cal.workday(today) {
		m.planWorkingHours()
	}
	for i := range m.staff {
		m.planStaffDay(int32(i), today)
	}
	m.planOtherWork(today)
	m.engine.Schedule(midnight(today+1), rankCalendar, event{kind: dayBegins})
}

// planWorkingHours schedules the bounds between working hours and after hours on a workday.
func (m *model) planWorkingHours() {
	if m.s.Working.From == 0 {
		m.inHours = true
	} else {
		m.after(m.s.Working.From, rankCalendar, event{kind: workingHoursChange, a: 1})
	}
	if m.s.Working.To < Day {
		m.after(m.s.Working.To, rankCalendar, event{kind: workingHoursChange})
	}
}

// Overload is the error of a run whose open threads and items passed the scenario's limit.
type Overload struct {
	At         time.Duration
	Date       string
	InProgress int
	Pools      []PoolLoad
}

// PoolLoad is what a pool was offered and did until a run stopped.
type PoolLoad struct {
	Name     string
	Waiting  int
	Offered  float64 // erlangs: mean over the run of entries × handling time of the touches done
	Handling time.Duration
	Entered  int
}

func (o *Overload) Error() string {
	return fmt.Sprintf("%d threads and items were in progress on %s, more than run.max_in_progress allows; the work grows without end:%s", o.InProgress, o.Date, o.pools())
}

// pools says how the pools stood, and what to do.
func (o *Overload) pools() string {
	text := ""
	for _, p := range o.Pools {
		text += fmt.Sprintf(" pool %s was offered %.2f erlangs (%d entries, %s each) and has %d waiting;", p.Name, p.Offered, p.Entered, p.Handling.Round(time.Second), p.Waiting)
	}
	return text + " add staff or time, or lower the demand"
}

// checkLoad stops the run once the limit on open threads and items is passed.
func (m *model) checkLoad() {
	if m.inProgress > m.s.MaxInProgress {
		m.fail(m.offered())
	}
}
