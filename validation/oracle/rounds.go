package oracle

import (
	"time"

	"portalsim/sim"
)

// endTouch decides what becomes of a thread after a touch by a member.
func (w *world) endTouch(m *member, x *work) {
	t := &w.s.Types[x.kind]
	x.result.Touches++
	w.triage(m, x)
	say := func(text string) { w.say(x, m.Name+" "+text) }
	switch {
	case x.onCall:
		x.onCall = false
		w.answer(m, x)
	case x.astray:
		x.astray = false
		say("finds it misdirected")
		w.handOver(x, t.Pool)
	case x.askedBy >= 0:
		back := x.askedBy
		x.askedBy = -1
		say("advises")
		w.handOver(x, back)
	case x.lacks:
		x.lacks = false
		say("asks for what is missing")
		w.respond(x)
		w.toPatient(x, w.happens("reply", x.number, x.result.Rounds, t.Reply), "reply-delay")
	default:
		if to := w.colleague(x); to >= 0 {
			x.asked, x.askedBy = true, x.pool
			say("asks a colleague")
			w.handOver(x, to)
		} else if to := w.route("route", x, w.s.Pools[x.pool].PassOn); to >= 0 {
			say("passes it on")
			w.handOver(x, to)
		} else {
			w.answer(m, x)
		}
	}
}

// colleague returns the pool to ask before answering, once a round, or -1.
func (w *world) colleague(x *work) int {
	if x.asked {
		return -1
	}
	return w.route("consult", x, w.s.Pools[x.pool].Consult)
}

// route draws a pool, or -1 for what the shares leave.
func (w *world) route(use string, x *work, byType [][]float64) int {
	if byType == nil {
		return -1
	}
	place := code("pool/"+w.s.Pools[x.pool].Name)<<32 | x.result.Rounds<<16 | visits(x.round, x.pool)
	return choice(byType[x.kind], w.u(use, x.number, place))
}

// triage lets a touch find whether the content is urgent. What was once taken for urgent stays so.
func (w *world) triage(m *member, x *work) {
	p := &w.s.Pools[x.pool]
	switch {
	case x.onCall, p.Triage == nil && p.Clinical:
		x.known = x.known || x.urgent
	case p.Triage != nil:
		chance := 1 - p.Triage.Specificity
		if x.urgent {
			chance = p.Triage.Sensitivity
		}
		found := w.happens("triage", x.number, w.visitPlace(x), chance)
		if found && !x.known {
			w.say(x, m.Name+" takes it for urgent")
		}
		x.known = x.known || found
	default:
		return
	}
	if x.known && w.flaw != noOvertakingByUrgent {
		x.class = 1
	}
}

// visitPlace is the place of what is drawn by pool and number of the visit to it.
func (w *world) visitPlace(x *work) int {
	return code("pool/"+w.s.Pools[x.pool].Name)<<32 | visits(x.pools, x.pool)
}

// handOver lets a thread go to another pool. Known to be urgent, it goes ahead.
func (w *world) handOver(x *work, pool int) {
	x.result.HandOffs++
	x.pool, x.class = pool, int(w.s.Types[x.kind].Priority)
	if x.known && w.flaw != noOvertakingByUrgent {
		x.class = 1
	}
	w.enter(x)
}

func (w *world) respond(x *work) {
	if x.result.Response == never {
		x.result.Response = w.now
	}
}

// answer gives the patient an answer, after which the patient may write again.
func (w *world) answer(m *member, x *work) {
	w.say(x, m.Name+" answers")
	w.respond(x)
	if x.result.Answer == never {
		x.result.Answer = w.now
	}
	e := w.effects(x.whose, x.kind, x.channel, x.need)
	if w.flaw == followUpUnmoved {
		e.FollowUp = 1
	}
	if w.happens("follow-up", x.number, x.result.Rounds, odds(w.s.Types[x.kind].FollowUp, e.FollowUp)) {
		w.toPatient(x, true, "follow-up-delay")
		return
	}
	x.result.Rounds++
	x.result.Messages++
	w.finish(x, "answered")
}

// toPatient sends a message to a patient who writes back, or does not. Only what the clinic waits for can lapse: a
// follow-up after an answer comes however late.
func (w *world) toPatient(x *work, writes bool, delay string) {
	t := &w.s.Types[x.kind]
	wait := t.ReplyDelay.Quantile(w.u(delay, x.number, x.result.Rounds))
	x.result.Messages++
	x.result.Rounds++
	x.withPatient, x.patientSince = true, w.now
	if writes && (wait < t.LapseAfter || x.result.Answer != never) {
		w.promise(w.now+wait, arrival, func() { w.writesAgain(x) })
	} else {
		w.promise(w.now+t.LapseAfter, arrival, func() { w.finish(x, "lapsed") })
	}
}

// writesAgain brings a reply or a follow-up to the pool that wrote last; on a live channel, to the channel's.
func (w *world) writesAgain(x *work) {
	w.patientIsBack(x)
	x.result.Messages++
	x.asked, x.round = false, nil
	if c := &w.s.Channels[x.channel]; c.Live {
		x.pool, x.class = c.Pool, int(c.Priority)
	}
	if x.known && w.flaw != noOvertakingByUrgent {
		x.class = 1
	}
	w.say(x, "writes again")
	w.deliver(x)
}

func (w *world) patientIsBack(x *work) {
	if x.withPatient {
		x.result.PatientDelay += w.now - x.patientSince
		x.withPatient = false
	}
}

// handling returns how long a touch of something takes at speed 1, by what it will turn out to be.
func (w *world) handling(x *work) time.Duration {
	p := &w.s.Pools[x.pool]
	switch {
	case x.setAside:
		return x.left + p.Resume + x.joined
	case !x.isThread:
		return x.handling
	}
	d := p.Handling
	switch {
	case x.astray:
		d = p.Reroute
	case x.askedBy >= 0:
		d = p.Advise
	case x.lacks:
		d = p.Request
	}
	return d[x.kind].Quantile(w.u("handling", x.number, w.visitPlace(x))) + x.joined
}

// activity returns what a touch's minutes are booked to.
func (w *world) activity(x *work) sim.Activity {
	switch {
	case !x.isThread:
		return w.s.OtherWork[x.kind].Activity
	case x.onCall, w.s.Channels[x.channel].Live && x.pool == w.s.Channels[x.channel].Pool:
		return sim.Calls
	default:
		return sim.Messages
	}
}
