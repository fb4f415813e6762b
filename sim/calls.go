package sim

import (
	"time"

	"portalsim/sim/engine"
)

// onDuty returns the member on call on a day: those of the list take turns by the week from Monday, and somebody on
// leave passes the duty on.
func (m *model) onDuty(day int) int32 {
	list := m.s.OnCall.Staff
	week := (m.s.StartDay + day + 3) / 7
	for n := range list {
		id := int32(list[(week+n)%len(list)])
		if !m.staff[id].leaveOn(m.s.StartDay + day) {
			return id
		}
	}
	return int32(list[week%len(list)])
}

// callsOutOfHours lets a call of a type that declares urgency, made while the lines are closed, go to whoever is on
// call, and tells whether it did.
func (m *model) callsOutOfHours(it *item) bool {
	if m.s.OnCall == nil || int(it.channel) != m.phone() || !m.s.Types[it.kind].DeclaresUrgent {
		return false
	}
	if len(m.s.OnCall.Staff) == 0 {
		m.answerByService(it)
		return true
	}
	id := m.onDuty(dayOf(m.engine.Now()))
	it.onCall = true
	m.move(it, m.onCallNode())
	m.trace(it, id, isPutThrough, "")
	m.staff[id].calls = append(m.staff[id].calls, it.self)
	if m.staff[id].task == none {
		m.seekWork(&m.staff[id])
	}
	return true
}

// answerByService lets the outside service answer a call at once. It costs money, and no minute of the staff.
func (m *model) answerByService(it *item) {
	now := m.engine.Now()
	for _, at := range []*engine.Time{&it.firstTouch, &it.look, &it.answer} {
		if *at == unknown { // a follow-up had them before
			*at = now
		}
	}
	if it.counted {
		m.tallies.serviceCalls++
	}
	m.trace(it, none, serviceAnswers, "")
	m.respond(it)
	it.round++
	it.messages++
	m.close(it, Answered)
}

// takeCall begins the first call that waits for a member on call, whatever the hour.
func (m *model) takeCall(s *staffState) {
	it := m.items[s.calls[0]]
	s.calls = append(s.calls[:0], s.calls[1:]...)
	now := m.engine.Now()
	if it.firstTouch == unknown {
		it.firstTouch = now
	}
	if it.look == unknown {
		it.look = now
	}
	m.respond(it)
	handling := m.s.OnCall.Handling.Quantile(m.draws.handle.U(uint64(it.contact), uint64(it.round)))
	if s.Speed != 1 {
		handling = time.Duration(float64(handling) / s.Speed)
	}
	m.setTask(s, it.self)
	m.setActivity(s, Calls)
	m.trace(it, s.self, takesCall, "")
	m.endsAfter(s, handling)
}

// holdTheLine schedules the moment at which a caller who waits hangs up.
func (m *model) holdTheLine(it *item) {
	c := &m.s.Channels[it.channel]
	if !it.thread || !c.Impatient || !c.Live || it.response != unknown {
		return
	}
	at := c.Patience.Quantile(m.draws.hold.U(uint64(it.contact), uint64(it.hangUps)))
	m.after(at, rankArrival, event{kind: holdEnds, a: it.self, b: it.serial})
}

// hangUp lets a caller who still waits hang up, and call again later or not at all.
func (m *model) hangUp(it *item, serial int32) {
	if it.serial != serial || !it.waiting || it.response != unknown {
		return
	}
	c := &m.s.Channels[it.channel]
	m.takeOut(it)
	m.trace(it, none, hangsUp, "")
	if it.counted {
		m.cell(it.kind, it.channel).hangUps++
	}
	again := chance(c.CallBack, &m.draws.callBack, uint64(it.contact), uint64(it.hangUps))
	it.hangUps++
	if !again {
		m.close(it, AbandonedCall)
		return
	}
	m.move(it, m.patientNode())
	later := c.CallAgain.Quantile(m.draws.callAgain.U(uint64(it.contact), uint64(it.hangUps)))
	m.after(later, rankArrival, event{kind: callsAgain, a: it.self})
}

// beginWave files the work of telling the patients whom a wave of a campaign reaches.
func (m *model) beginWave(n, wave int32) {
	c := &m.campaigns[n]
	start := m.engine.Now()
	for p := range int32(m.s.Patients.Count) {
		if c.reach.U(uint64(p), uint64(wave)) >= c.Reach {
			continue
		}
		if m.window.holds(start) {
			m.tallies.reached++
		}
		m.tallies.reachCost += c.Costs.PerPatient
		if c.Teaching == nil {
			continue
		}
		at := start + engine.Time(c.Delay.Quantile(c.delay.U(uint64(p), uint64(wave))))
		if at < m.end {
			m.engine.Schedule(at, rankArrival, event{kind: itemEnters, a: m.newItem(c.Teaching.Work, len(m.staff), at, c.teach.U(uint64(p), uint64(wave))).self})
		}
	}
}
