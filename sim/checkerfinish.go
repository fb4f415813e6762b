package sim

import (
	"math"

	"portalsim/sim/engine"
)

// value returns a measure of a result, NaN where it is not known.
func value(rows []MeasureRow, measure, kind, channel, pool string) float64 {
	for i := range rows {
		r := &rows[i]
		if r.Measure == measure && r.Type == orAll(kind) && r.Channel == orAll(channel) && r.Pool == orAll(pool) && r.Role == All && r.Staff == All {
			if r.Value == nil {
				return math.NaN()
			}
			return *r.Value
		}
	}
	return math.NaN()
}

// countedMeasures are counts of threads, which add up over types and channels.
var countedMeasures = []string{"contacts_n", "dropped_n", "latent_n", "extra_n", "threads_n", "unneeded_n", "released_n", "urgent_threads_n", "nudges_n", "hang_ups_n"}

// finishThreads checks conservation: needs are threads or dropped, threads end once, and parts add up.
func (c *checker) finishThreads(rows []MeasureRow) {
	all := func(measure string) int { return int(value(rows, measure, "", "", "")) }
	if got, want := all("contacts_n")+all("latent_n"), c.needs+all("extra_n"); got != want {
		c.fault(conserved, "%d contacts and %d held back, of %d needs and %d extra", all("contacts_n"), all("latent_n"), c.needs, all("extra_n"))
	}
	if all("contacts_n") != all("threads_n")+all("dropped_n") {
		c.fault(conserved, "%d contacts are %d threads and %d dropped", all("contacts_n"), all("threads_n"), all("dropped_n"))
	}
	ended := 0
	for ending := range endings {
		name := ending.String()
		n := all(name + "_n")
		ended += n
		c.addsUp(rows, name+"_n")
		if n != c.threads[name] {
			c.fault(endsOnce, "%s_n is %d, and %d threads ended so", name, n, c.threads[name])
		}
		for k := range c.m.s.Types {
			kind := c.m.s.Types[k].Name
			if got := int(value(rows, name+"_n", kind, "portal", "")); got != c.threads[name+"|"+kind+"|portal"] {
				c.fault(endsOnce, "%s_n of %s by portal is %d, and %d threads ended so", name, kind, got, c.threads[name+"|"+kind+"|portal"])
			}
		}
	}
	if ended != all("threads_n") || ended != len(c.records) {
		c.fault(endsOnce, "%d threads have %d endings and %d rows", all("threads_n"), ended, len(c.records))
	}
	for _, measure := range countedMeasures {
		c.addsUp(rows, measure)
	}
}

// addsUp checks that a count is the sum of its parts by type, by channel and by both.
func (c *checker) addsUp(rows []MeasureRow, measure string) {
	byType, byChannel, cells := 0., 0., 0.
	for k := range c.m.s.Types {
		kind := c.m.s.Types[k].Name
		byType += value(rows, measure, kind, "", "")
		for x := range c.m.s.Channels {
			cells += value(rows, measure, kind, c.m.s.Channels[x].Name, "")
		}
	}
	for x := range c.m.s.Channels {
		byChannel += value(rows, measure, "", c.m.s.Channels[x].Name, "")
	}
	anyChannel := measure == "contacts_n" || measure == "dropped_n" || measure == "latent_n" // has no channel
	if sum := value(rows, measure, "", "", ""); byType != sum || !anyChannel && (byChannel != sum || cells != sum) {
		c.fault(conserved, "%s is %v in all, %v by type, %v by channel, %v by both", measure, sum, byType, byChannel, cells)
	}
}

// finishItems checks that what is in progress at the end is what has a place, and that the run ended in time.
func (c *checker) finishItems() {
	m := c.m
	if open := len(m.items) - len(m.free); m.inProgress != open {
		c.fault(endsOnce, "%d in progress, and %d places taken", m.inProgress, open)
	}
	if m.counted != 0 {
		c.fault(endsOnce, "%d counted threads are left after the end", m.counted)
	}
	backlog := 0
	for b := range m.s.Backlog {
		backlog += m.s.Backlog[b].Count
	}
	if t := &m.tallies.cohort; t.threads != backlog {
		c.fault(endsOnce, "%d of the %d threads that waited at the start have an end", t.threads, backlog)
	}
	released := make([]bool, len(m.items))
	for _, i := range m.free {
		if released[i] {
			c.fault(endsOnce, "a place is free twice")
		}
		released[i] = true
	}
	if now := m.engine.Now(); now > engine.Time(m.s.WarmUp+m.s.Measure+m.s.Drain) || now < m.window.to {
		c.fault(inTime, "the run ended at %s", m.clock(now))
	}
}

// finishPools checks Little's law: both sides as the model has them, and the area as the checker counted it.
func (c *checker) finishPools(r *Result) {
	for p := range r.Pools {
		if x := &r.Pools[p]; x.Area != x.Waited || x.Area != c.areas[p] {
			c.fault(littlesLaw, "pool %s: the area is %v, the waits sum to %v, and counted from outside %v", x.Name, x.Area, x.Waited, c.areas[p])
		}
	}
}
