package oracle

import (
	"math"
	"time"

	"portalsim/sim"
)

// waves returns when a campaign's start and boosters are.
func waves(c *sim.Campaign) []time.Duration {
	list := []time.Duration{c.Start}
	for _, booster := range c.Boosters {
		list = append(list, c.Start+booster)
	}
	return list
}

// reached tells whether a wave of a campaign reaches a patient, and when the patient takes it in.
func (w *world) reached(c *sim.Campaign, wave, whose int) (bool, time.Duration) {
	if w.stream("campaign/reach/"+c.Name).U(uint64(whose), uint64(wave)) >= c.Reach {
		return false, 0
	}
	delay := c.Delay.Quantile(w.stream("campaign/delay/"+c.Name).U(uint64(whose), uint64(wave)))
	return true, waves(c)[wave] + delay
}

// strength returns how much of the full effect a patient shows now: 2^(-age/half-life) since the last wave taken in.
func (w *world) strength(c *sim.Campaign, whose int) float64 {
	if c.Always {
		return 1
	}
	last := -never
	for wave := range waves(c) {
		if ok, at := w.reached(c, wave, whose); ok && at <= w.now {
			last = max(last, at)
		}
	}
	age, halfLife := w.now-last, c.HalfLife
	if w.flaw == fadesTwiceAsFast {
		halfLife /= 2
	}
	switch {
	case last < 0:
		return 0
	case halfLife == 0:
		return 1
	default:
		return math.Exp2(-float64(age) / float64(halfLife))
	}
}

// effects returns the campaigns' effects on a patient's contact now: multipliers of the rate and odds ratios, each to the
// power of the patient's strength; those by type, by segment and by kind of need multiply, and so do campaigns.
func (w *world) effects(whose, kind, channel int, need sim.NeedKind) sim.Effects {
	all := sim.NoEffect
	for i := range w.s.Campaigns {
		c := &w.s.Campaigns[i]
		if c.Channels != nil && !c.Channels[channel] {
			continue
		}
		s := w.strength(c, whose)
		if s == 0 {
			continue
		}
		factors := []sim.Effects{c.Effects[kind]}
		if c.BySegment != nil {
			factors = append(factors, c.BySegment[w.patients[whose].segment])
		}
		if c.ByNeed != nil {
			factors = append(factors, c.ByNeed[need])
		}
		for _, e := range factors {
			all.Rate *= power(e.Rate, s)
			all.HoldBack *= power(e.HoldBack, s)
			all.ByPhone *= power(e.ByPhone, s)
			all.Misdirected *= power(e.Misdirected, s)
			all.Incomplete *= power(e.Incomplete, s)
			all.FollowUp *= power(e.FollowUp, s)
			all.SelfService *= power(e.SelfService, s)
			all.Batching *= power(e.Batching, s)
			all.Duplicates *= power(e.Duplicates, s)
		}
	}
	return all
}

// promiseWaves promises the work of telling the patients whom each wave reaches.
func (w *world) promiseWaves() {
	for i := range w.s.Campaigns {
		c := &w.s.Campaigns[i]
		if c.Always || c.Teaching == nil {
			continue
		}
		for wave, at := range waves(c) {
			w.promise(at, first, func() { w.teach(c, wave) })
		}
	}
}

// teach makes the items of a wave: each enters its pool when its patient takes the wave in.
func (w *world) teach(c *sim.Campaign, wave int) {
	for whose := range w.patients {
		if ok, at := w.reached(c, wave, whose); ok && at < w.end {
			u := w.stream("campaign/teaching/"+c.Name).U(uint64(whose), uint64(wave))
			x := w.newItem(c.Teaching.Work, -1, at, u)
			w.promise(at, arrival, func() { w.enter(x) })
		}
	}
}
