package sim

import (
	"cmp"
	"slices"

	"portalsim/sim/engine"
)

// addBacklog files the threads that wait when the run starts, the oldest first. They are a cohort of their own.
func (m *model) addBacklog() {
	type waiting struct {
		kind    int
		contact int64
		patient int32
	}
	var list []waiting
	for b := range m.s.Backlog {
		x := &m.s.Backlog[b]
		for n := range x.Count {
			contact := int64(m.tallies.codes[x.Kind])<<(layerBits+indexBits) | backlogLayer<<indexBits | int64(n)
			patient := int32(n % m.s.Patients.Count)
			if d := &m.panel.demand[x.Kind]; d.perYear > 0 {
				patient = d.patient(m.draws.patient.U(uint64(contact), 0))
			}
			list = append(list, waiting{x.Kind, contact, patient})
		}
	}
	slices.SortStableFunc(list, func(a, b waiting) int {
		return cmp.Compare(m.backlogAge(b.kind, b.contact), m.backlogAge(a.kind, a.contact))
	})
	for _, x := range list {
		m.strengthen(x.patient, 0)
		m.tallies.cohort.open++
		m.open(&m.s.Types[x.kind], contactKind{kind: int16(x.kind), segment: m.panel.patients[x.patient].segment}, x.contact, x.patient, &NoEffect, false)
	}
}

// backlogAge returns how long before the run a thread of the backlog was sent.
func (m *model) backlogAge(kind int, contact int64) engine.Time {
	b := slices.IndexFunc(m.s.Backlog, func(x Backlog) bool { return x.Kind == kind })
	return engine.Time(m.s.Backlog[b].Age.Quantile(m.draws.age.U(uint64(contact), 0)))
}

// sentAt returns when an item was sent: before the run, if it is of the backlog.
func (m *model) sentAt(it *item) engine.Time {
	if it.isBacklog() {
		return it.sent - m.backlogAge(int(it.kind), it.contact)
	}
	return it.sent
}

// cohort tallies the backlog at the start.
type cohort struct {
	response      sample
	open, threads int
	cleared       engine.Time
}

// isBacklog tells whether a thread was there when the run started.
func (it *item) isBacklog() bool {
	return it.thread && !it.instead && layerOf(it.contact) == backlogLayer
}

// recordBacklog books a thread of the backlog as it ends; its waits count from when it was sent.
func (m *model) recordBacklog(it *item) {
	now := m.engine.Now()
	c := &m.tallies.cohort
	c.threads++
	c.open--
	age := it.sent - m.sentAt(it)
	to := it.response
	if to != unknown {
		to += age
	}
	c.response.addUntil(0, to, now+age)
	if c.open == 0 {
		c.cleared = now
	}
}
