package sim

import (
	"fmt"
	"strings"
	"time"

	"portalsim/sim/engine"
)

// Invariant is something that must hold in every run of every scenario.
type Invariant uint8

// The invariants that a checked run is held to.
const (
	conserved Invariant = iota
	endsOnce
	bookedOnce
	oneTask
	neverIdle
	permitted
	inOrder
	urgencyKnown
	visitsConserved
	littlesLaw
	inOneQueue
	inTime
	invariants
)

var invariantNames = [invariants]struct{ name, meaning string }{
	conserved:       {"needs are conserved", "every need of the measured period is a thread, dropped by a modifier or held back; counts by type and channel add up"},
	endsOnce:        {"each thread ends once", "threads are the sum of their endings, each thread has one, and at the end of the run nothing is left that nobody counts"},
	bookedOnce:      {"each minute is booked once", "a member's minutes sum to the calendar, and each lies where schedule, clock and task put it"},
	oneTask:         {"nobody serves two at once", "a task lasts as long as was drawn for it, two members never have one item, and what is set aside keeps the time left"},
	neverIdle:       {"nobody idles beside work they may do", "nobody on duty is without a task while a caller, a patient or an item waits that they may take now"},
	permitted:       {"nobody works where they may not", "an inbox is opened in its blocks, between visits and in sessions that were drawn, by a member of the pool, in an inbox of their own or one they cover"},
	inOrder:         {"nobody overtakes", "pools go by their discipline, members by their order of precedence, and only what ranks higher interrupts, to be begun at once"},
	urgencyKnown:    {"urgency is acted on once it is known", "a thread goes ahead by its type or channel, or since a touch took it for urgent"},
	visitsConserved: {"visits are conserved", "every booked visit is a no-show, held, put elsewhere or lost, once, and none begins before its slot"},
	littlesLaw:      {"Little's law holds to the last digit", "in each pool the area under the number waiting is the sum of the waits, in nanoseconds"},
	inOneQueue:      {"what waits is in one queue", "every item that waits stands in one queue, the right one, at its rank"},
	inTime:          {"time goes forward", "the clock never goes back, and the run ends when it should"},
}

func (i Invariant) String() string { return invariantNames[i].name }

// Meaning says in a sentence what is checked.
func (i Invariant) Meaning() string { return invariantNames[i].meaning }

// Invariants lists what a checked run is held to.
func Invariants() []Invariant {
	var all []Invariant
	for i := range invariants {
		all = append(all, i)
	}
	return all
}

// Violation is the error of a checked run in which an invariant did not hold: a defect of the model. The run stops at
// the first event at which something is wrong.
type Violation struct{ Faults []Fault }

// Fault is one thing that was wrong.
type Fault struct {
	Invariant Invariant
	Clock     string // the instant, as in a trace
	Text      string
}

func (v *Violation) Error() string {
	var lines []string
	for _, f := range v.Faults {
		lines = append(lines, fmt.Sprintf("broken invariant: %v: at %s %s", f.Invariant, f.Clock, f.Text))
	}
	return strings.Join(lines, "\n")
}

// checker follows a run from outside. After every event it looks at everything and checks what must always hold; it
// keeps books of its own, computed from the scenario, from the draws and from what each member is doing, never from the
// model's tallies. It changes nothing.
type checker struct {
	m      *model
	faults []Fault
	held   []Fault // what is wrong at this instant, unless a later event of the same instant mends it
	last   engine.Time
	events int
	staff  []watched

	waiting []int32 // items that wait now
	before  []known // by item
	seen    []int   // by item: the walk that met it last
	walks   int
	areas   []Area // by pool: of the number waiting, in the measured period
	levels  []int  // by pool: waiting now

	needs   int // that arose in the measured period, without those of extra layers
	index   int64
	threads map[string]int // ended, by ending, by type and channel, and in all
	records map[int64]bool // contacts with a row
}

// watched is what the checker knows of a staff member.
type watched struct {
	task      int32
	number    int32 // of the task
	begun     engine.Time
	end       engine.Time // when the task under way must end
	activity  Activity    // of the task under way, as it was when it began: a touch that ends can move its item on
	aside     bool        // the task was set aside in this event
	brief     bool        // another was begun and set aside in this event
	item      item        // touched, as it was when the touch began
	interrupt bool        // a touch was set aside for the one that begins
	session   int
	total     booked // of the measured period
	planned   int    // day up to which visits and sessions are planned
	expected  []slot // visits booked that have not begun
	elsewhere []slot // displaced visits that wait for a slot
	visits    visitCounts
	mayBegin  []ownSession // stretches of sessions
}

// known is what the checker knows of an item from an earlier event.
type known struct {
	waited            int // the last event after which it waited
	serial            int32
	remaining, joined time.Duration
	messages          int16
}

// newChecker puts a model under the eyes of a new checker.
func newChecker(m *model) *checker {
	c := &checker{m: m, threads: map[string]int{}, records: map[int64]bool{}, areas: make([]Area, len(m.pools)), levels: make([]int, len(m.pools))}
	for range m.staff {
		c.staff = append(c.staff, watched{task: none, session: none, planned: -1})
	}
	given := m.options.Thread
	m.options.Thread = func(r *ThreadRow) {
		c.row(r)
		if given != nil {
			given(r)
		}
	}
	m.watch = c.watch
	c.look()
	return c
}

func (c *checker) fault(broken Invariant, format string, values ...any) {
	if len(c.faults) < 8 {
		c.faults = append(c.faults, Fault{broken, c.m.clock(c.m.engine.Now()), fmt.Sprintf(format, values...)})
	}
}

// suspect notes a fault that counts only if it lasts.
func (c *checker) suspect(broken Invariant, format string, values ...any) {
	c.held = append(c.held, Fault{broken, c.m.clock(c.m.engine.Now()), fmt.Sprintf(format, values...)})
}

// verdict returns what was wrong, or nil.
func (c *checker) verdict() error {
	if len(c.faults) == 0 {
		return nil
	}
	return &Violation{c.faults}
}

// watch looks at the model after an event.
func (c *checker) watch() error {
	now := c.m.engine.Now()
	c.settle(now)
	c.held = c.held[:0]
	c.countNeeds(now)
	for id := range c.m.staff {
		c.plan(id, dayOf(now))
		c.watchEnd(id, now)
	}
	for id := range c.m.staff {
		c.watchBrief(id)
	}
	for id := range c.m.staff {
		c.watchBegin(id, now)
	}
	c.look()
	for id := range c.m.staff {
		c.watchSession(id, now)
		c.watchIdle(id, now)
		c.watchVisits(id, now)
	}
	if c.events%32 == 0 {
		c.walkQueues()
	}
	return c.verdict()
}

// settle books the time since the last event: nothing changed in between.
func (c *checker) settle(now engine.Time) {
	if now < c.last {
		c.fault(inTime, "the clock went back from %s", c.m.clock(c.last))
	}
	if now == c.last {
		return
	}
	c.faults = append(c.faults, c.held...)
	for id := range c.staff {
		c.bookUntil(id, now)
	}
	if from, to := max(c.last, c.m.window.from), min(now, c.m.window.to); to > from {
		for p, level := range c.levels {
			c.areas[p].add(level, to-from)
		}
	}
	c.last = now
}

// look notes what waits.
func (c *checker) look() {
	c.events++
	c.waiting = c.waiting[:0]
	clear(c.levels)
	for len(c.before) < len(c.m.items) {
		c.before = append(c.before, known{})
	}
	for i := range c.m.items {
		it, b := c.m.items[i], &c.before[i]
		b.serial, b.remaining, b.joined, b.messages = it.serial, it.remaining, it.joined, it.messages
		if it.waiting {
			c.waiting = append(c.waiting, int32(i))
			b.waited = c.events
			c.levels[it.pool]++
		}
	}
}

// countNeeds counts the needs that arise. Those above layer 0 count only if they become contacts.
func (c *checker) countNeeds(now engine.Time) {
	index := int64(0)
	for i := range c.m.generators {
		if g := &c.m.generators[i]; g.layer == 0 || g.layer == scriptedLayer {
			index += g.index
		}
	}
	if index != c.index && c.m.window.holds(now) {
		c.needs += int(index - c.index)
	}
	c.index = index
}

// countProvoked counts the needs that an item of other work provokes as it is done.
func (c *checker) countProvoked(it *item, now engine.Time) {
	for k, share := range c.m.s.OtherWork[it.kind].Provokes {
		if share > 0 && c.m.draws.provoke.U(it.origin, uint64(c.m.tallies.codes[k])) < share && c.m.window.holds(now) {
			c.needs++
		}
	}
}

// row takes note of a thread that ends.
func (c *checker) row(r *ThreadRow) {
	if c.records[r.Contact] {
		c.fault(endsOnce, "%s %s ends a second time", r.Type, ContactName(r.Contact))
	}
	c.records[r.Contact] = true
	c.threads[r.Ending]++
	c.threads[r.Ending+"|"+r.Type]++
	c.threads[r.Ending+"|"+r.Type+"|"+r.Channel]++
}

// runChecked runs a model under the eyes of a checker.
func (m *model) runChecked(c *checker) (*Result, error) {
	if err := m.run(); err != nil {
		return nil, err
	}
	result := m.result()
	return result, c.finish(result)
}

// finish ends the books when the run has ended, and compares the result with them.
func (c *checker) finish(r *Result) error {
	c.settle(c.m.engine.Now())
	c.walkQueues()
	c.finishBooks()
	c.finishDays(r)
	c.finishThreads(r.Rows)
	c.finishItems()
	c.finishPools(r)
	c.finishVisits()
	return c.verdict()
}
