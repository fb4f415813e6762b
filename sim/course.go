package sim

import (
	"time"

	"portalsim/sim/engine"
)

// HoursOfWeek is the number of hours of a week; hour 0 begins on Monday at midnight.
const HoursOfWeek = 7 * 24

// course gathers what the tables hours, weeks and flows show. It is kept only where Options.Course asks for it: it
// watches a run and changes nothing.
type course struct {
	first   int // hour of the week in which the run starts
	pools   []hourly
	portal  [HoursOfWeek]int // threads sent by the portal
	weeks   []weekTally      // of the measured period
	at      []int16          // by item: the node where it is
	nodes   int
	journey []int // by node left, then node reached
}

// hourly tallies one pool by the hour of the week.
type hourly struct {
	sent, entries [HoursOfWeek]int
	waiting       [HoursOfWeek]Area
}

// weekTally tallies one week: threads by when they were sent, minutes by when they were worked.
type weekTally struct {
	threads, portal int
	response        sample // of those sent by the portal
	after           time.Duration
}

func (m *model) newCourse() {
	if !m.options.Course {
		return
	}
	nodes := len(m.nodes())
	m.course = &course{
		first: 24 * m.cal.weekday(0), pools: make([]hourly, len(m.pools)), weeks: make([]weekTally, m.s.Measure/Week),
		nodes: nodes, journey: make([]int, nodes*nodes),
	}
}

// hour returns the hour of the week of an instant.
func (p *course) hour(t engine.Time) int {
	return (p.first + int(t/engine.Time(time.Hour))) % HoursOfWeek
}

// week returns the tally of the week of an instant, or nil outside the measured period.
func (m *model) weekOf(t engine.Time) *weekTally {
	if m.course == nil || !m.window.holds(t) {
		return nil
	}
	return &m.course.weeks[(t-m.window.from)/engine.Time(Week)]
}

// changeLevel moves how many items wait in a pool.
func (m *model) changeLevel(p *poolState, by int) {
	l := &p.level
	now := m.engine.Now()
	if m.course != nil {
		m.course.wait(p.self, l, now, &m.window)
	}
	l.change(now, by, &m.window)
}

// wait adds the area under a pool's level since its last change, hour by hour.
func (p *course) wait(pool int16, l *level, now engine.Time, w *window) {
	if l.now == 0 {
		return
	}
	for t, to := max(l.since, w.from), min(now, w.to); t < to; {
		next := min(to, t-t%engine.Time(time.Hour)+engine.Time(time.Hour))
		p.pools[pool].waiting[p.hour(t)].add(l.now, next-t)
		t = next
	}
}

// courseSent counts a thread as it is sent.
func (m *model) courseSent(it *item) {
	p, now := m.course, m.engine.Now()
	if p == nil {
		return
	}
	p.pools[it.pool].sent[p.hour(now)]++
	week := m.weekOf(now)
	week.threads++
	if it.channel == 0 {
		p.portal[p.hour(now)]++
		week.portal++
	}
}

// courseEntry counts an item that enters a pool.
func (m *model) courseEntry(pool int16) {
	if p := m.course; p != nil {
		p.pools[pool].entries[p.hour(m.engine.Now())]++
	}
}

// courseResponse books the first response of a thread that ends, to the week in which it was sent.
func (m *model) courseResponse(it *item) {
	if week := m.weekOf(it.sent); week != nil && it.channel == 0 {
		week.response.addUntil(it.sent, it.response, m.engine.Now())
	}
}

// The nodes of a thread's journey: channels, pools, the patient, whoever is on call, and endings, in this order.

// nodeKinds says what a node is.
const (
	nodeChannel = "channel"
	nodePool    = "pool"
	nodePatient = "patient"
	nodeOnCall  = "on_call"
	nodeEnding  = "ending"
)

// node names a place on a thread's journey.
type node struct{ kind, name string }

func (m *model) nodes() []node {
	var all []node
	for c := range m.s.Channels {
		all = append(all, node{nodeChannel, m.s.Channels[c].Name})
	}
	for p := range m.s.Pools {
		all = append(all, node{nodePool, m.s.Pools[p].Name})
	}
	all = append(all, node{nodePatient, nodePatient}, node{nodeOnCall, nodeOnCall})
	for e := range endings {
		all = append(all, node{nodeEnding, e.String()})
	}
	return all
}

func (m *model) poolNode(pool int16) int { return len(m.s.Channels) + int(pool) }
func (m *model) patientNode() int        { return len(m.s.Channels) + len(m.pools) }
func (m *model) onCallNode() int         { return m.patientNode() + 1 }
func (m *model) endingNode(e Ending) int { return m.onCallNode() + 1 + int(e) }

// setOut puts a new thread at its channel.
func (m *model) setOut(it *item) {
	if p := m.course; p != nil {
		for len(p.at) < len(m.items) {
			p.at = append(p.at, none)
		}
		p.at[it.self] = int16(it.channel)
	}
}

// move takes a counted thread from where it is to a node.
func (m *model) move(it *item, to int) {
	if p := m.course; p != nil && it.thread && it.counted {
		p.journey[int(p.at[it.self])*p.nodes+to]++
		p.at[it.self] = int16(to)
	}
}
