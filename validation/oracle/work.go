package oracle

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim"
)

// work is what waits in pools and is touched: a patient's thread, or an item of other work.
type work struct {
	isThread bool
	kind     int // message type, or stream of other work
	number   int64
	counted  bool
	owner    int // staff member in whose inbox of a personal pool it belongs, or -1
	class    int
	pool     int

	waits   bool // in its pool
	entered time.Duration
	place   int // in the order of its pool: below 0 for what comes to the front

	setAside bool // during a touch, of which this is left, at speed 1
	left     time.Duration
	pools    []int // entered so far
	round    []int // the same, since the patient last wrote

	handling time.Duration // of other work
	origin   uint64        // of an item that followed a visit
	whose    int           // patient

	channel                 int
	need                    sim.NeedKind
	urgent, known           bool
	incomplete, misdirected bool
	lacks, astray           bool // still incomplete; still in a wrong pool
	asked                   bool // a colleague, since the patient last wrote
	askedBy                 int  // pool that asked, or -1
	onCall                  bool // put through to whoever is on call
	instead                 bool // a call in place of an abandoned thread

	joined       time.Duration // added to the next touch
	nudged       int           // times that patience ran out
	overdue      bool          // patience ran out while the thread was not waiting
	hungUp       int
	withPatient  bool // the clinic waits for the patient
	patientSince time.Duration
	ended        bool

	result Thread
}

// name returns how the trace calls it.
func (w *world) name(x *work) string {
	if !x.isThread {
		return fmt.Sprintf("%s %d", w.s.OtherWork[x.kind].Name, x.number)
	}
	index, layer := x.number&(1<<33-1), layerOf(x.number)
	form := map[int]string{0: "%s %d", backlogLayer: "%s b%d", provokedLayer: "%s p%d", scriptedLayer: "%s s%d"}[layer]
	if form == "" {
		return fmt.Sprintf("%s %d+%d", w.s.Types[x.kind].Name, index, layer)
	}
	return fmt.Sprintf(form, w.s.Types[x.kind].Name, index)
}

// say writes what happens to something into the trace.
func (w *world) say(x *work, text string) { w.tell(w.name(x) + ": " + text) }

// visits returns how often something has entered the pool that it is in.
func visits(pools []int, pool int) int {
	n := 0
	for _, p := range pools {
		if p == pool {
			n++
		}
	}
	return n
}

// newThread opens a thread in the pool of its channel, or of its type.
func (w *world) newThread(kind int, contact int64, whose, channel int) *work {
	t, c := &w.s.Types[kind], &w.s.Channels[channel]
	x := &work{
		isThread: true, kind: kind, number: contact, whose: whose, owner: w.patients[whose].clinician, channel: channel,
		class: int(t.Priority), pool: t.Pool, askedBy: -1,
	}
	if channel != 0 {
		x.class, x.pool = int(c.Priority), c.Pool
	}
	x.result = Thread{
		Contact: contact, Patient: whose, Type: t.Name, Channel: c.Name, Sent: w.now,
		FirstTouch: never, Look: never, Response: never, Answer: never, Messages: 1,
	}
	return x
}

// send lets a contact become a thread and reach the clinic.
func (w *world) send(kind int, contact int64, whose, channel int, need sim.NeedKind, e sim.Effects) {
	t, c := &w.s.Types[kind], &w.s.Channels[channel]
	x := w.newThread(kind, contact, whose, channel)
	x.counted = w.counts(w.now) && layerOf(contact) != backlogLayer
	x.need = need
	x.urgent = w.happens("truly-urgent", contact, 0, t.TrulyUrgent)
	x.incomplete = !c.Live && w.happens("incomplete", contact, 0, odds(t.Incomplete, e.Incomplete))
	x.misdirected = channel == 0 && w.happens("misdirected", contact, 0, odds(t.Misdirected, e.Misdirected))
	if x.misdirected {
		x.pool = choiceOfAll(t.MisdirectedTo, w.u("misdirected-to", contact, 0))
	}
	x.lacks, x.astray = x.incomplete, x.misdirected
	x.result.FirstPool = w.s.Pools[x.pool].Name
	x.result.Urgent, x.result.Incomplete, x.result.Misdirected = x.urgent, x.incomplete, x.misdirected
	joins := w.threadToJoin(x, e.Batching)
	w.open = append(w.open, x)
	w.say(x, "sent by "+c.Name)
	switch {
	case channel == 0 && w.happens("self-service", contact, 0, odds(t.SelfService, e.SelfService)):
		w.finish(x, "self_served")
	case joins != nil:
		w.say(x, "joins an open thread")
		w.join(joins)
		w.finish(x, "merged")
	default:
		w.patients[whose].last = x
		w.deliver(x)
		if !c.Live {
			w.losePatience(x)
		}
	}
}

// openBacklog opens the threads that wait when the run starts, the oldest first. No campaign has had an effect on them.
func (w *world) openBacklog() {
	type old struct {
		kind    int
		contact int64
	}
	var list []old
	for _, b := range w.s.Backlog {
		for n := range b.Count {
			list = append(list, old{b.Kind, contactNumber(&w.s.Types[b.Kind], backlogLayer, n)})
		}
	}
	slices.SortStableFunc(list, func(a, b old) int {
		return int(max(-1, min(1, w.age(b.kind, b.contact)-w.age(a.kind, a.contact))))
	})
	for _, x := range list {
		whose := int(x.contact&(1<<33-1)) % len(w.patients)
		if w.panelYearly(x.kind) > 0 {
			whose = w.whose(x.kind, w.u("patient", x.contact, 0))
		}
		w.send(x.kind, x.contact, whose, 0, sim.Needed, sim.NoEffect)
	}
}

// age returns how long before the run a thread of the backlog was sent.
func (w *world) age(kind int, contact int64) time.Duration {
	for _, b := range w.s.Backlog {
		if b.Kind == kind {
			return b.Age.Quantile(w.u("backlog/age", contact, 0))
		}
	}
	return 0
}

// deliver brings what the patient writes or says to the thread's pool: now, or when the channel opens.
func (w *world) deliver(x *work) {
	c := &w.s.Channels[x.channel]
	at := w.now
	if !c.Always {
		if at = w.nextOpen(c.Hours, w.now); at != w.now && at != never {
			later := c.AfterOpening.Quantile(w.u("after-opening", x.number, x.result.Rounds))
			at = w.nextOpen(c.Hours, at+later)
		}
	}
	switch {
	case at == w.now:
		w.enter(x)
	case w.s.OnCall != nil && x.channel == w.phone() && w.s.Types[x.kind].DeclaresUrgent:
		w.callOnCall(x)
	case at >= w.end:
		w.say(x, "cannot get through")
	default:
		w.say(x, "calls at "+w.clock(at))
		w.promise(at, arrival, func() { w.enter(x) })
	}
}

// enter lets something wait in its pool, and somebody take it.
func (w *world) enter(x *work) {
	overdue := x.overdue && x.result.Response == never
	x.overdue = false
	w.entries++
	x.waits, x.entered, x.place = true, w.now, w.entries
	x.pools, x.round = append(x.pools, x.pool), append(x.round, x.pool)
	w.holdTheLine(x)
	w.say(x, "waits in "+w.s.Pools[x.pool].Name)
	w.offer(x)
	if x.waits {
		w.interrupt(x)
	}
	if overdue {
		w.runOutOfPatience(x)
	}
}

// finish ends something.
func (w *world) finish(x *work, ending string) {
	w.patientIsBack(x)
	x.ended, x.waits = true, false
	for i := range w.open {
		if w.open[i] == x {
			w.open = append(w.open[:i:i], w.open[i+1:]...)
			break
		}
	}
	if !x.isThread {
		return
	}
	w.say(x, ending)
	if x.counted {
		r := x.result
		r.Ended, r.Ending, r.LastPool = w.now, ending, w.s.Pools[x.pool].Name
		w.out.Threads = append(w.out.Threads, r)
	}
}

// censor cuts off the counted threads that are still open.
func (w *world) censor() {
	for _, x := range append([]*work(nil), w.open...) {
		if x.isThread && x.counted {
			w.finish(x, "censored")
		}
	}
}
