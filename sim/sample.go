package sim

import (
	"slices"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/stats"
)

// sample holds times in hours. Censored ones are known only to be longer than what was observed.
type sample struct {
	values   stats.Observations // of those that ended
	sum      float64
	censored int
	cut      float64 // sum of censored
}

func (s *sample) add(d time.Duration) {
	h := d.Hours()
	s.values.Add(h)
	s.sum += h
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
	s.cut += d.Hours()
}

// summary is what is told of samples taken together.
type summary struct {
	samples     []*sample
	n, censored int
	sum         float64
	quantiles   []float64 // of statistics; nil where there are too few
}

// quantilesOf are the quantiles among statistics.
var quantilesOf = []float64{0.5, 0.9, 0.95}

// summarise summarises samples taken together. Groups that hold the same samples, such as one type and all types of a
// clinic with one, are summarised once: up to three quarters of the work.
func (r *rows) summarise(samples []*sample) *summary {
	s := &summary{}
	for _, x := range samples {
		if x.values.N()+x.censored > 0 {
			s.samples = append(s.samples, x)
		}
	}
	var first *sample
	if len(s.samples) > 0 {
		first = s.samples[0]
	}
	for _, known := range r.known[first] {
		if slices.Equal(known.samples, s.samples) {
			return known
		}
	}
	var values []*stats.Observations
	for _, x := range s.samples {
		values = append(values, &x.values)
		s.n += x.values.N() + x.censored
		s.sum += x.sum + x.cut
		s.censored += x.censored
	}
	if s.n >= r.min {
		s.quantiles = stats.QuantilesOf(values, s.censored, quantilesOf)
	}
	r.known[first] = append(r.known[first], s)
	return s
}
