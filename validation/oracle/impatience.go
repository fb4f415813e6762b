package oracle

// losePatience promises the moment at which a patient who has had no response acts.
func (w *world) losePatience(x *work) {
	t := &w.s.Types[x.kind]
	if !t.Impatient || x.ended {
		return
	}
	wait := t.Patience.Quantile(w.u("patience", x.number, x.nudged))
	w.promise(w.now+wait, arrival, func() { w.runOutOfPatience(x) })
}

// runOutOfPatience lets a patient without a response act, once the thread waits in a pool: while a touch is under way, or
// before the message has reached the clinic, the patient waits for what comes of it.
func (w *world) runOutOfPatience(x *work) {
	switch {
	case x.ended || x.result.Response != never:
	case !x.waits:
		x.overdue = true
	default:
		w.act(x)
	}
}

// act lets an impatient patient phone, go to urgent care, nudge or wait on.
func (w *world) act(x *work) {
	t := &w.s.Types[x.kind]
	u := w.u("impatience", x.number, x.nudged)
	x.nudged++
	rest := 1 - t.Phone - t.UrgentCare
	nudge := 0.0
	if rest > 0 { // effects on duplicates act on those who neither phone nor go to urgent care
		nudge = rest * odds(min(1, t.Nudge/rest), w.effects(x.whose, x.kind, x.channel, x.need).Duplicates)
	}
	switch choice([]float64{t.Phone, t.UrgentCare, nudge}, u) {
	case 0:
		x.waits = false
		w.phoneInstead(x)
		w.finish(x, "abandoned_to_call")
	case 1:
		w.finish(x, "abandoned_to_urgent_care")
	case 2:
		w.say(x, "nudges")
		w.join(x)
		w.losePatience(x)
	default:
		w.losePatience(x)
	}
}

// join adds a message of the patient to a thread that waits: its next touch takes longer.
func (w *world) join(x *work) {
	x.result.Messages++
	x.joined += w.s.Pools[x.pool].Join.Quantile(w.u("join", x.number, x.result.Messages))
}

// phoneInstead lets the patient of an abandoned thread phone about the same need. It is no contact of its own.
func (w *world) phoneInstead(old *work) {
	x := w.newThread(old.kind, old.number, old.whose, w.s.Channels[w.phone()].FallsBackTo)
	x.instead, x.urgent, x.need = true, old.urgent, old.need
	w.open = append(w.open, x)
	w.say(x, "phones instead")
	w.deliver(x)
}

// threadToJoin returns the open thread that a written contact joins, or nil: the last that the patient opened, if it is
// still open, was written too, and waits in a pool for its first response.
func (w *world) threadToJoin(x *work, ratio float64) *work {
	if w.s.Channels[x.channel].Live || !w.happens("batching", x.number, 0, odds(w.s.Types[x.kind].Batching, ratio)) {
		return nil
	}
	last := w.patients[x.whose].last
	if last == nil || !last.waits || last.result.Response != never || w.s.Channels[last.channel].Live {
		return nil
	}
	return last
}

// holdTheLine promises the moment at which a caller who waits for the first response hangs up.
func (w *world) holdTheLine(x *work) {
	if !x.isThread || x.result.Response != never {
		return
	}
	c := &w.s.Channels[x.channel]
	if !c.Live || !c.Impatient {
		return
	}
	hold := c.Patience.Quantile(w.u("hold", x.number, x.hungUp))
	w.promise(w.now+hold, arrival, func() { w.hangUp(x) })
}

// hangUp lets a caller who still waits hang up, to call again later or never.
func (w *world) hangUp(x *work) {
	if !x.waits || x.result.Response != never {
		return
	}
	c := &w.s.Channels[x.channel]
	x.waits = false
	w.say(x, "hangs up")
	again := w.happens("call-back", x.number, x.hungUp, c.CallBack)
	x.hungUp++
	if !again {
		w.finish(x, "abandoned_call")
		return
	}
	later := c.CallAgain.Quantile(w.u("call-again", x.number, x.hungUp))
	w.promise(w.now+later, arrival, func() { w.deliver(x) })
}

// callOnCall puts a call out of hours through to whoever is on call: a member, or a service outside.
func (w *world) callOnCall(x *work) {
	if len(w.s.OnCall.Staff) > 0 {
		m := w.onDuty()
		x.onCall = true
		w.say(x, "is put through to "+m.Name)
		m.calls = append(m.calls, x)
		w.takesNext(m)
		return
	}
	r := &x.result
	r.FirstTouch, r.Look, r.Answer = min(r.FirstTouch, w.now), min(r.Look, w.now), min(r.Answer, w.now)
	w.say(x, "is answered by the service")
	w.respond(x)
	r.Rounds++
	r.Messages++
	w.finish(x, "answered")
}

// onDuty returns who is on call: the members take turns by the week from Monday; one on leave passes it on.
func (w *world) onDuty() *member {
	list := w.s.OnCall.Staff
	week := (w.s.StartDay + w.today + 3) / 7 // 1970-01-01 was a Thursday
	for n := range list {
		if m := w.members[list[(week+n)%len(list)]]; !w.onLeave(m, w.today) {
			return m
		}
	}
	return w.members[list[week%len(list)]]
}
