package sim

import (
	"slices"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/stats"
)

// sample holds times in hours. Censored ones are known only to be longer than what was observed.
type sample struct {
	values   stats.Observations    // of those that ended
	shared   []*stats.Observations // further ones, kept once for several samples; sum has them
	sum      float64
	censored int
	cut      float64 // sum of censored
}

// Hours returns a time in hours, rounded once: Duration.Hours adds whole hours and the rest, and takes twice as long.
func Hours(d time.Duration) float64 { return float64(d) / float64(time.Hour) }

func (s *sample) add(d time.Duration) {
	h := Hours(d)
	s.values.Add(h)
	s.sum += h
}

// lists returns the times that ended, in the lists that have any.
func (s *sample) lists() []*stats.Observations {
	var lists []*stats.Observations
	for _, values := range append(s.shared[:len(s.shared):len(s.shared)], &s.values) {
		if values.N() > 0 {
			lists = append(lists, values)
		}
	}
	return lists
}

// n returns the number of times, ended or not.
func (s *sample) n() int {
	n := s.values.N() + s.censored
	for _, values := range s.shared {
		n += values.N()
	}
	return n
}

// addUntil adds a time that ended, or was cut off at now.
func (s *sample) addUntil(from, to, now engine.Time) {
	if to != unknown {
		s.add(time.Duration(to - from))
		return
	}
	s.cutOff(time.Duration(now - from))
}

// cutOff adds a time that had not ended.
func (s *sample) cutOff(d time.Duration) {
	s.censored++
	s.cut += Hours(d)
}

// summary is what is told of samples taken together.
type summary struct {
	n, censored int
	sum         float64
	quantiles   []float64 // of statistics; nil where there are too few
}

// quantilesOf are the quantiles among statistics.
var quantilesOf = []float64{0.5, 0.9, 0.95}

// summarise summarises samples taken together.
func (r *rows) summarise(samples []*sample) summary {
	s := summary{}
	var lists []*stats.Observations
	for _, x := range samples {
		lists = append(lists, x.lists()...)
		s.n += x.n()
		s.sum += x.sum + x.cut
		s.censored += x.censored
	}
	if s.n >= r.min {
		s.quantiles = r.quantiles(lists, s.censored)
	}
	return s
}

// knownQuantiles are the quantiles of lists of observations taken together.
type knownQuantiles struct {
	lists     []*stats.Observations
	censored  int
	quantiles []float64
}

// quantiles finds quantiles once for each set of lists: one type and all types of a clinic with one have the same, and
// so have several waits of threads that are answered at once. It spares up to five sixths of the work.
func (r *rows) quantiles(lists []*stats.Observations, censored int) []float64 {
	var first *stats.Observations
	if len(lists) > 0 {
		first = lists[0]
	}
	for _, known := range r.known[first] {
		if known.censored == censored && slices.Equal(known.lists, lists) {
			return known.quantiles
		}
	}
	found := stats.QuantilesOf(lists, censored, quantilesOf)
	r.known[first] = append(r.known[first], knownQuantiles{lists, censored, found})
	return found
}
