package sim

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim/engine"
)

// observer follows a run from outside. After every event it checks what must always hold, and it keeps books of its
// own, computed from the scenario and from what each member is doing, never from the model's tallies.
type observer struct {
	m      *model
	faults []string
	last   engine.Time
	hold   []string // what is wrong at this instant, unless a later event of the same instant mends it
	staff  []watched
	seen   []uint32 // by item: the walk that met it last
	walk   uint32
	events int

	needs, extras int // that arose in the measured period
	index         int64
	threads       map[string]int // ended, by ending, by type and channel, and in all
	records       map[int64]int  // rows by contact
}

// watched is what the observer knows of a staff member.
type watched struct {
	task     int32
	pool     int16 // of the item touched, when the touch began
	begun    engine.Time
	end      engine.Time // when the task under way must end
	activity Activity    // of the task under way, as it was when it began: a touch that ends can move its item on
	freed    engine.Time // end of the last task
	slots    map[engine.Time]bool
	total    booked // of the measured period
	handled  int
	mayBegin []window // stretches of today's and yesterday's sessions
	planned  int      // day up to which mayBegin is filled
	urgent   []bool   // by mayBegin
}

// observe runs a scenario under observation and returns what was wrong.
func observe(s *Scenario, seed uint64, replication int, options Options, corrupt func(*model)) (*Result, *observer) {
	o := &observer{threads: map[string]int{}, records: map[int64]int{}}
	options.Thread = o.row
	m := newModel(s, seed, replication, options)
	o.m = m
	for range m.staff {
		o.staff = append(o.staff, watched{task: none, slots: map[engine.Time]bool{}, planned: -1})
	}
	m.watch = func() {
		if corrupt != nil {
			corrupt(m)
		}
		o.watch()
	}
	if err := m.run(); err != nil {
		o.fault("run: %v", err)
		return nil, o
	}
	o.settle(m.engine.Now())
	o.walkQueues()
	result := m.result()
	o.finish(result)
	return result, o
}

func (o *observer) fault(format string, values ...any) {
	if len(o.faults) < 8 {
		o.faults = append(o.faults, Clock(o.m.s.StartDay, o.m.engine.Now())+" "+fmt.Sprintf(format, values...))
	}
}

// suspect notes a fault that counts only if it lasts.
func (o *observer) suspect(format string, values ...any) {
	o.hold = append(o.hold, fmt.Sprintf(format, values...))
}

func (o *observer) row(r *ThreadRow) {
	o.records[r.Contact]++
	o.threads[r.Ending]++
	o.threads[r.Ending+"|"+r.Type]++
	o.threads[r.Ending+"|"+r.Type+"|"+r.Channel]++
}

// settle books the time since the last event: nothing changed in between.
func (o *observer) settle(now engine.Time) {
	if now < o.last {
		o.fault("the clock went back to %d from %d", now, o.last)
	}
	if now == o.last {
		return
	}
	for _, text := range o.hold {
		o.fault("for some time: %s", text)
	}
	for id := range o.staff {
		o.bookUntil(id, now)
	}
	o.last = now
}

func (o *observer) watch() {
	now := o.m.engine.Now()
	o.settle(now)
	o.hold = o.hold[:0]
	o.countNeeds(now)
	for id := range o.m.staff {
		o.watchTask(id, now)
	}
	for id := range o.m.staff {
		o.watchIdle(id)
	}
	if o.events%32 == 0 {
		o.walkQueues()
	}
	o.events++
}

// countNeeds counts the needs that arise. Those above layer 0 count only if they become contacts.
func (o *observer) countNeeds(now engine.Time) {
	index := int64(0)
	for i := range o.m.generators {
		if g := &o.m.generators[i]; g.layer == 0 || g.layer == scriptedLayer {
			index += g.index
		}
	}
	if index != o.index && o.m.window.holds(now) {
		o.needs += int(index - o.index)
	}
	o.index = index
}

// watchTask notices that a task ended or began.
func (o *observer) watchTask(id int, now engine.Time) {
	s, w := &o.m.staff[id], &o.staff[id]
	ended := s.free != w.freed || w.task != none && s.task == none
	if w.task != none && ended {
		if now != w.end {
			o.fault("%s ends a task at %d that should end at %d", s.Name, now, w.end)
		}
		if w.task >= 0 {
			w.handled++
		}
		w.task = none
	}
	if w.task != none && s.task != w.task {
		o.fault("%s leaves task %d for %d before its end", s.Name, w.task, s.task)
	}
	w.freed = s.free
	switch {
	case w.task != none || s.task == none:
	case s.task == visiting:
		o.visitBegins(id, now)
	default:
		o.touchBegins(id, now)
	}
	w.task = s.task
	if s.task >= 0 {
		w.pool = o.m.items[s.task].pool
	}
}

func (o *observer) visitBegins(id int, now engine.Time) {
	s, w := &o.m.staff[id], &o.staff[id]
	at := s.visit.at
	if at > now {
		o.fault("%s begins a visit %v before its slot", s.Name, time.Duration(at-now))
	}
	if w.slots[at] {
		o.fault("%s holds two visits on slot %d", s.Name, at)
	}
	w.slots[at] = true
	if !o.isSlot(id, at) {
		o.fault("%s holds a visit at %s, where there is no slot", s.Name, o.m.clock(at))
	}
	key := uint64((at - midnight(dayOf(at))) / engine.Time(time.Second))
	length := s.Visits.Length.Quantile(s.streams.length.U(uint64(o.m.s.StartDay+dayOf(at)), key))
	w.begun, w.end = now, now+engine.Time(length)
}

// isSlot tells whether the template has a slot there on a day on which the member works.
func (o *observer) isSlot(id int, at engine.Time) bool {
	s := &o.m.s.Staff[id]
	clock := time.Duration(at - midnight(dayOf(at)))
	for _, b := range o.blocks(id, dayOf(at)) {
		if b.Kind == VisitsBlock && clock >= b.From && clock+s.Visits.Slot <= b.To && (clock-b.From)%s.Visits.Slot == 0 {
			return true
		}
	}
	return false
}

// blocks returns a member's blocks of a day, by the scenario alone.
func (o *observer) blocks(id, day int) []Block {
	date := o.m.s.StartDay + day
	s := &o.m.s.Staff[id]
	away := func(r DayRange) bool { return r.First <= date && date <= r.Last }
	if slices.Contains(o.m.s.Holidays, date) || slices.ContainsFunc(s.Leave, away) {
		return nil
	}
	return s.Week[weekdayOf(date)]
}

// weekdayOf returns 0 for Monday, by the standard library.
func weekdayOf(date int) int {
	return (int(time.Unix(int64(date)*86400, 0).UTC().Weekday()) + 6) % 7
}

// modeAt returns the kind of block at an instant, by the scenario alone.
func (o *observer) modeAt(id int, at engine.Time) BlockKind {
	clock := time.Duration(at - midnight(dayOf(at)))
	for _, b := range o.blocks(id, dayOf(at)) {
		if b.From <= clock && clock < b.To {
			return b.Kind
		}
	}
	return OffDuty
}

func (o *observer) touchBegins(id int, now engine.Time) {
	s, w := &o.m.staff[id], &o.staff[id]
	it := &o.m.items[s.task]
	if it.waiting || it.entered > now {
		o.fault("%s begins item %d, which still waits or has not come", s.Name, s.task)
	}
	for other := range o.m.staff {
		if other != id && o.m.staff[other].task == s.task {
			o.fault("%s and %s both have item %d", s.Name, o.m.staff[other].Name, s.task)
		}
	}
	o.mayBegin(id, it, now)
	o.overtaken(id, it)
	handling := o.m.handlingTime(s.task)
	w.activity = o.activityOf(it)
	w.begun, w.end = now, now+engine.Time(time.Duration(float64(handling)/s.Speed))
}

// mayBegin checks that the member is where inboxes are opened, and may take this item.
func (o *observer) mayBegin(id int, it *item, now engine.Time) {
	s := &o.m.staff[id]
	switch mode := o.modeAt(id, now); mode {
	case InboxBlock:
	case VisitsBlock:
		if !s.Visits.InboxBetween {
			o.fault("%s opens the inbox between visits", s.Name)
		}
	case OffDuty:
		if !o.inSession(id, it, now) {
			o.fault("%s opens the inbox off duty and outside every session", s.Name)
		}
	default:
		o.fault("%s opens the inbox in a block of kind %d", s.Name, mode)
	}
	if len(s.due) > 0 {
		o.fault("%s opens the inbox while a patient waits for a visit", s.Name)
	}
	if !o.takes(id, it) {
		o.fault("%s takes an item of pool %d owned by %d", s.Name, it.pool, it.owner)
	}
}

// takes tells whether a member may take an item: from a pool they serve, and where it is personal from their own
// inbox or, with cover, from that of somebody on leave.
func (o *observer) takes(id int, it *item) bool {
	if !slices.Contains(o.m.s.Staff[id].Pools, int(it.pool)) {
		return false
	}
	p := &o.m.s.Pools[it.pool]
	if !p.Personal || int(it.owner) == id {
		return true
	}
	date := o.m.s.StartDay + dayOf(o.m.engine.Now())
	return p.Cover && slices.ContainsFunc(o.m.s.Staff[it.owner].Leave, func(r DayRange) bool { return r.First <= date && date <= r.Last })
}

// overtaken checks that no item of the same queue should have come first: an older one of its class, or one of a lower
// class where there are classes. An item that came at this very instant may have come a moment too late.
func (o *observer) overtaken(id int, it *item) {
	p := &o.m.s.Pools[it.pool]
	for j := range o.m.items {
		other := &o.m.items[j]
		if !other.waiting || other.entered == o.m.engine.Now() || other.pool != it.pool || p.Personal && other.owner != it.owner {
			continue
		}
		older := other.entered < it.entered && (!p.Priority || other.class == it.class)
		if older || p.Priority && other.class < it.class {
			o.fault("%s begins an item of class %d that came at %d; one of class %d that came at %d waits",
				o.m.staff[id].Name, it.class, it.entered, other.class, other.entered)
		}
	}
}
