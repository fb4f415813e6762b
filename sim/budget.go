package sim

import (
	"fmt"
	"math"
	"time"
)

// Budget bounds what one run may take; a bound of 0 is none. It changes no result of a run that keeps within it.
type Budget struct {
	Events uint64 // scheduled
	Bytes  int64  // held by what grows with the run
}

// Exhausted is the error of a run that went over its budget.
type Exhausted struct {
	Budget
	Overload        // what each pool was offered until then
	Handled  uint64 // events until then
	Held     int64  // bytes
}

func (e *Exhausted) Error() string {
	text := fmt.Sprintf("stopped on %s after %d events, more than the limit of %d", e.Date, e.Handled, e.Budget.Events)
	if e.OverBytes() {
		text = fmt.Sprintf("stopped on %s, when it held %.4g MB of memory, more than its share of %.4g", e.Date, float64(e.Held)/1e6, float64(e.Bytes)/1e6)
	}
	return fmt.Sprintf("%s; %d threads and items were in progress:%s", text, e.InProgress, e.pools())
}

// OverBytes tells whether it was memory that ran out.
func (e *Exhausted) OverBytes() bool { return e.Bytes > 0 && e.Held > e.Bytes }

// budget is a run's Budget as it is looked at: of events after each, where no bound is the largest.
type budget struct {
	events uint64
	bytes  int64
	panel  int64 // bytes that the patients take
}

func (m *model) newBudget() {
	m.budget = budget{math.MaxUint64, m.options.Budget.Bytes, int64(panelBytes(m.s))}
	if most := m.options.Budget.Events; most > 0 {
		m.budget.events = most
	}
}

// checkBytes stops the run once what it holds is more than it may be. Only what makes it grow asks.
func (m *model) checkBytes() {
	if most := m.budget.bytes; most > 0 && m.held() > most {
		m.exhaust()
	}
}

// spent tells whether the run must stop: it has gone over its budget, or failed. It is asked after every event, and within
// those that may file any number of others.
func (m *model) spent() bool { return m.engine.Events() > m.budget.events }

// fail ends the run after this event, for the first reason that there is.
func (m *model) fail(err error) {
	if m.failed == nil {
		m.failed, m.budget.events = err, 0
	}
}

func (m *model) exhaust() {
	m.fail(&Exhausted{Budget: m.options.Budget, Overload: *m.offered(), Handled: m.engine.Events(), Held: m.held()})
}

// held returns the bytes that what grows with the run takes.
func (m *model) held() int64 {
	return int64(len(m.items))*(itemBytes+int64(len(m.pools))*enteredBytes) +
		int64(m.engine.Pending())*eventBytes + int64(cap(m.tallies.contacts))*contactBytes + m.budget.panel
}

// offered says how the pools stand.
func (m *model) offered() *Overload {
	now := m.engine.Now()
	o := &Overload{At: time.Duration(now), Date: Date(m.s.StartDay + dayOf(now)), InProgress: m.inProgress}
	for i := range m.pools {
		p := &m.pools[i]
		if p.entered == 0 {
			continue
		}
		mean := time.Duration(0)
		if p.touches > 0 {
			mean = p.handled / time.Duration(p.touches)
		}
		o.Pools = append(o.Pools, PoolLoad{
			Name: m.s.Pools[i].Name, Waiting: p.level.now, Entered: p.entered, Handling: mean,
			Offered: float64(p.entered) * float64(mean) / float64(max(now, 1)),
		})
	}
	return o
}
