package sim

import (
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// otherWorkState is a stream of other work during a run. Streams of draws are keyed by its name and by the staff
// member concerned; the last is the pool's own.
type otherWorkState struct {
	weekly   time.Duration // length of arrives over a week
	count    []random.Substream
	at       []random.Substream
	handling []random.Substream
	delay    []random.Substream
}

func (m *model) newOtherWork(seed uint64, replication int) {
	m.other = make([]otherWorkState, len(m.s.OtherWork))
	for w := range m.other {
		o := &m.other[w]
		for _, spans := range m.s.OtherWork[w].Arrives {
			o.weekly += length(spans)
		}
		name := m.s.OtherWork[w].Name
		for i := range len(m.staff) + 1 {
			whose := "/pool"
			if i < len(m.staff) {
				whose = "/staff/" + m.staff[i].Name
			}
			use := func(what string) random.Substream { return random.New(seed, replication, "other/"+name+"/"+what+whose) }
			o.count = append(o.count, use("count"))
			o.at = append(o.at, use("at"))
			o.handling = append(o.handling, use("handling"))
			o.delay = append(o.delay, use("delay"))
		}
	}
}

func length(spans []Span) time.Duration {
	sum := time.Duration(0)
	for _, s := range spans {
		sum += s.To - s.From
	}
	return sum
}

// planOtherWork draws the items that arrive on a day by themselves: none on holidays.
func (m *model) planOtherWork(day int) {
	if m.cal.holiday(day) {
		return
	}
	for w := range m.s.OtherWork {
		o := &m.s.OtherWork[w]
		if o.PerWeek > 0 {
			m.planItems(w, len(m.staff), o.PerWeek, day)
		}
		if o.PerStaffWeek > 0 {
			for _, s := range m.pools[o.Pool].members {
				m.planItems(w, int(s), o.PerStaffWeek, day)
			}
		}
	}
}

// planItems draws one day's items of one staff member, or of the pool: a Poisson count, spread evenly over the hours
// in which they arrive.
func (m *model) planItems(w, whose int, perWeek float64, day int) {
	o, draws := &m.s.OtherWork[w], &m.other[w]
	spans := o.Arrives[m.cal.weekday(day)]
	today := length(spans)
	if today == 0 {
		return
	}
	date := uint64(m.s.StartDay + day)
	mean := perWeek * float64(today) / float64(draws.weekly)
	for n := range random.PoissonCount(mean, draws.count[whose].U(date, 0)) {
		if m.spent() {
			return
		}
		into := time.Duration(draws.at[whose].U(date, uint64(n)) * float64(today))
		at := midnight(day) + engine.Time(within(spans, into))
		m.file(m.newItem(w, whose, at, draws.handling[whose].U(date, uint64(n))))
	}
}

// within returns the time of day at which the spans have run for the given time.
func within(spans []Span, into time.Duration) time.Duration {
	for _, s := range spans {
		if into < s.To-s.From {
			return s.From + into
		}
		into -= s.To - s.From
	}
	return spans[len(spans)-1].To
}

// followVisit adds the items that follow a visit.
func (m *model) followVisit(w int, id int32, visit slot) {
	o, draws := &m.s.OtherWork[w], &m.other[w]
	place := uint64(m.s.StartDay+visit.day)<<20 | uint64(visit.key)
	for n := 0; float64(n) < o.PerVisit && !m.spent(); n++ {
		left := o.PerVisit - float64(n) // below 1: a probability
		if left < 1 && draws.count[id].U(place, uint64(n)) >= left {
			return
		}
		delay := o.Delay.Quantile(draws.delay[id].U(place, uint64(n)))
		it := m.newItem(w, int(id), m.engine.Now()+engine.Time(delay), draws.handling[id].U(place, uint64(n)))
		if o.Provokes != nil {
			it.origin = draws.handling[id].Bits(place, uint64(n))
			it.patient = m.visitor(id, place)
		}
		m.file(it)
	}
}

// endOtherWork ends a touch of other work, which may provoke a message.
func (m *model) endOtherWork(it *item, staff int32) {
	m.trace(it, staff, isDone, "")
	if m.s.OtherWork[it.kind].Provokes != nil {
		m.provoke(it)
	}
	m.release(it)
}

// visitor returns the patient of a visit: one of the clinician's own, or of the panel where there is none.
func (m *model) visitor(id int32, visit uint64) int32 {
	if m.own == nil {
		m.own = make([][]int32, len(m.staff))
		for p := range m.panel.patients {
			if clinician := m.panel.patients[p].clinician; clinician != none {
				m.own[clinician] = append(m.own[clinician], int32(p))
			}
		}
	}
	u := m.draws.visitor.U(visit, m.staff[id].streams.noShow.Bits(0, 0))
	if own := m.own[id]; len(own) > 0 {
		return own[int(u*float64(len(own)))]
	}
	return int32(u * float64(m.s.Patients.Count))
}

// newItem makes one item of other work that will enter its pool at the given time.
func (m *model) newItem(w, whose int, at engine.Time, u float64) *item {
	o := &m.s.OtherWork[w]
	it := m.allocate()
	owner := int16(none)
	if whose < len(m.staff) {
		owner = int16(whose)
	}
	m.serial++
	it.become(&item{
		contact: m.serial, sent: at, kind: int16(w), pool: int16(o.Pool), owner: owner, class: o.Priority,
		base: o.Handling.Quantile(u), firstTouch: unknown, look: unknown, response: unknown, answer: unknown,
		record: none, returnTo: none, counted: m.window.holds(at),
	})
	m.inProgress++
	m.checkLoad()
	return it
}

// file lets an item enter its pool at the time it was made for.
func (m *model) file(it *item) {
	if at := it.sent; at > m.engine.Now() {
		m.engine.Schedule(at, rankArrival, event{kind: itemEnters, a: it.self})
		return
	}
	m.enter(it)
}
