package sim

import (
	"slices"
	"time"

	"portalsim/sim/engine"
)

// planVisits finds a day's visits from the scenario and the draws: who comes, and where those go whose slots were taken.
func (c *checker) planVisits(id, day int) {
	w, v := &c.staff[id], &c.m.s.Staff[id].Visits
	for v.Booked && len(w.elsewhere) > 0 && time.Duration(midnight(day)-w.elsewhere[0].at) > v.RebookWithin {
		c.lose(id, w.elsewhere[0])
		w.elsewhere = w.elsewhere[1:]
	}
	blocks := c.blocks(id, day)
	switch weekday := weekdayOf(c.m.s.StartDay + day); {
	case len(blocks) == 0:
	case v.Booked:
		for _, at := range v.Fit[weekday] {
			c.offer(id, day, at)
		}
		for n, at := range v.Displaced[weekday] {
			c.displaced(id, day, n, at, blocks)
		}
	default:
		for _, b := range blocks {
			for at := b.From; b.Kind == VisitsBlock && at+v.Slot <= b.To; at += v.Slot {
				c.offer(id, day, at)
			}
		}
	}
}

// offer books a slot: for its patient, or where that one does not come for the first who waits for a slot.
func (c *checker) offer(id, day int, at time.Duration) {
	w := &c.staff[id]
	x := slot{midnight(day) + engine.Time(at), day, int(at / time.Second)}
	n := c.in(x.at)
	w.visits.offered += n
	if c.shows(id, x) {
		w.expected = append(w.expected, x)
		return
	}
	w.visits.noShows += n
	if len(w.elsewhere) == 0 {
		return
	}
	old := w.elsewhere[0]
	w.elsewhere = w.elsewhere[1:]
	w.visits.rebooked += c.in(old.at)
	w.visits.rebookDelay += time.Duration(c.in(old.at)) * time.Duration(x.at-old.at)
	old.at = x.at
	w.expected = append(w.expected, old)
}

// displaced finds a place for the n-th visit of a day that lost its slot.
func (c *checker) displaced(id, day, n int, at time.Duration, blocks []Block) {
	w, v := &c.staff[id], &c.m.s.Staff[id].Visits
	x := slot{midnight(day) + engine.Time(at), day, int(at / time.Second)}
	w.visits.displaced += c.in(x.at)
	if !c.shows(id, x) {
		return
	}
	var places []time.Duration
	switch v.Displacement {
	case Rebook:
		w.elsewhere = append(w.elsewhere, x)
		return
	case Overbook:
		if places = v.Fit[weekdayOf(c.m.s.StartDay+day)]; len(places) > 0 {
			n %= len(places)
		}
	case UseAdmin:
		for _, b := range blocks {
			for from := b.From; b.Kind == AdminBlock && from+v.Slot <= b.To; from += v.Slot {
				places = append(places, from)
			}
		}
	}
	if n >= len(places) {
		c.lose(id, x)
		return
	}
	x.at = midnight(day) + engine.Time(places[n])
	w.expected = append(w.expected, x)
}

// shows draws whether a patient comes.
func (c *checker) shows(id int, x slot) bool {
	return c.m.staff[id].streams.noShow.U(uint64(c.m.s.StartDay+x.day), uint64(x.key)) >= c.m.s.Staff[id].Visits.NoShow
}

func (c *checker) lose(id int, x slot) { c.staff[id].visits.lost += c.in(x.at) }

// in is 1 for an instant of the measured period, else 0.
func (c *checker) in(at engine.Time) int {
	if c.m.window.holds(at) {
		return 1
	}
	return 0
}

// visitBegins checks that a visit is one that was booked, and returns how long it must take.
func (c *checker) visitBegins(id int, now engine.Time) time.Duration {
	s, w := &c.m.staff[id], &c.staff[id]
	x := s.visit
	at := slices.Index(w.expected, x)
	switch {
	case at < 0:
		c.fault(visitsConserved, "%s begins a visit of %s that is not booked", s.Name, c.m.clock(x.at))
	case x.at > now:
		c.fault(visitsConserved, "%s begins a visit %v before its slot", s.Name, time.Duration(x.at-now))
	default:
		w.expected = slices.Delete(w.expected, at, at+1)
		w.visits.held += c.in(x.at)
		w.visits.delay += time.Duration(c.in(x.at)) * time.Duration(now-x.at)
	}
	if len(s.calls) > 0 {
		c.fault(inOrder, "%s begins a visit while a caller waits who was put through", s.Name)
	}
	return s.Visits.Length.Quantile(s.streams.length.U(uint64(c.m.s.StartDay+x.day), uint64(x.key)))
}

// watchVisits suspects that a visit was lost or made.
func (c *checker) watchVisits(id int, now engine.Time) {
	s, w := &c.m.staff[id], &c.staff[id]
	due := 0
	for _, x := range w.expected {
		if x.at <= now {
			due++
		}
	}
	if due != len(s.due) || len(w.expected) != len(s.due)+len(s.coming) || len(w.elsewhere) != len(s.rebooked) {
		c.suspect(visitsConserved, "%s has %d visits due, %d to come and %d without a slot; want %d, %d and %d",
			s.Name, len(s.due), len(s.coming), len(s.rebooked), due, len(w.expected)-due, len(w.elsewhere))
	}
}

// finishVisits compares the counts of visits.
func (c *checker) finishVisits() {
	for id := range c.staff {
		if got, want := c.m.tallies.visits[id], c.staff[id].visits; got != want {
			c.fault(visitsConserved, "%s: visits are counted as %+v, want %+v", c.m.staff[id].Name, got, want)
		}
	}
}
