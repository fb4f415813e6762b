package sim

import (
	"math"
	"time"

	"portalsim/sim/elementary"
	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// campaign is a Campaign with its substreams. Draws are keyed by (patient, wave): wave 0 is the start, later ones
// the boosters. Every wave goes to every patient and reaches each with the same probability, so a booster can reach
// somebody whom the start missed.
type campaign struct {
	*Campaign
	reach, delay, teach random.Substream
	waves               []engine.Time
}

func newCampaigns(s *Scenario, seed uint64, replication int) []campaign {
	campaigns := make([]campaign, len(s.Campaigns))
	for i := range s.Campaigns {
		c := &s.Campaigns[i]
		campaigns[i] = campaign{
			Campaign: c,
			reach:    random.New(seed, replication, "campaign/reach/"+c.Name),
			delay:    random.New(seed, replication, "campaign/delay/"+c.Name),
			teach:    random.New(seed, replication, "campaign/teaching/"+c.Name),
			waves:    []engine.Time{engine.Time(c.Start)},
		}
		for _, b := range c.Boosters {
			campaigns[i].waves = append(campaigns[i].waves, engine.Time(c.Start+b))
		}
	}
	return campaigns
}

// strength returns how much of the full effect a patient shows at t: 0 before being reached, 1 when reached, then
// halved every half-life until a booster.
func (c *campaign) strength(patient int32, t engine.Time) float64 {
	if c.Always {
		return 1
	}
	latest := engine.Time(-1)
	for wave, start := range c.waves {
		if start > t {
			continue
		}
		if taken := c.taken(patient, wave); taken <= t {
			latest = max(latest, taken)
		}
	}
	return c.fade(latest, t)
}

// taken returns when a wave is taken in by a patient: Never where it does not reach them.
func (c *campaign) taken(patient int32, wave int) engine.Time {
	if c.reach.U(uint64(patient), uint64(wave)) >= c.Reach {
		return engine.Never
	}
	return c.waves[wave] + engine.Time(c.Delay.Quantile(c.delay.U(uint64(patient), uint64(wave))))
}

// fade returns the strength at t of what was last taken in at a time, or below 0 where nothing was.
func (c *campaign) fade(latest, t engine.Time) float64 {
	if latest < 0 {
		return 0
	}
	if c.HalfLife == 0 {
		return 1
	}
	return math.Exp2(-float64(t-latest) / float64(c.HalfLife))
}

// strengthen notes each campaign's strength in one patient at one instant, for modify.
func (m *model) strengthen(patient int32, t engine.Time) {
	for i := range m.campaigns {
		m.strengths[i] = m.campaigns[i].strength(patient, t)
	}
}

// contactKind is what effects depend on.
type contactKind struct {
	kind    int16
	channel int8
	segment uint8
	need    NeedKind
}

// modify multiplies the campaigns' effects on contacts of a kind, each raised to the strength that strengthen noted:
// Rate multiplies, the others are odds ratios. The answer holds until the next call; that it is not copied saves a clinic
// without campaigns a twelfth of its time.
func (m *model) modify(k contactKind) *Effects {
	if len(m.campaigns) == 0 {
		return &NoEffect
	}
	all := &m.effects
	*all = NoEffect
	for i := range m.campaigns {
		c := &m.campaigns[i]
		s := m.strengths[i]
		if s == 0 || c.Channels != nil && !c.Channels[k.channel] {
			continue
		}
		all.multiply(&c.Effects[k.kind], s)
		if c.BySegment != nil {
			all.multiply(&c.BySegment[k.segment], s)
		}
		if c.ByNeed != nil {
			all.multiply(&c.ByNeed[k.need], s)
		}
	}
	return all
}

// multiply multiplies by another's effects at a strength.
func (e *Effects) multiply(full *Effects, s float64) {
	e.Rate *= power(full.Rate, s)
	e.HoldBack *= power(full.HoldBack, s)
	e.ByPhone *= power(full.ByPhone, s)
	e.Misdirected *= power(full.Misdirected, s)
	e.Incomplete *= power(full.Incomplete, s)
	e.FollowUp *= power(full.FollowUp, s)
	e.SelfService *= power(full.SelfService, s)
	e.Batching *= power(full.Batching, s)
	e.Duplicates *= power(full.Duplicates, s)
}

// power is x^s, exact where there is nothing to compute, so that a null effect leaves every bit as it was.
func power(x, s float64) float64 {
	if x == 1 {
		return 1
	}
	return elementary.Pow(x, s)
}

// withOdds returns the probability whose odds are those of p times the ratio.
func withOdds(p, ratio float64) float64 {
	if ratio == 1 {
		return p
	}
	return p * ratio / (1 - p + p*ratio)
}

// extraLayers returns how many layers of extra contacts a type needs so that its rate can be multiplied as far as the
// campaigns may raise it.
func extraLayers(s *Scenario, kind int) int {
	most := 1.0
	for i := range s.Campaigns {
		most *= s.Campaigns[i].MostRate(kind)
	}
	return int(math.Ceil(most)) - 1
}

// MostRate returns the most by which a campaign can multiply the rate of a type's contacts, at least 1.
func (c *Campaign) MostRate(kind int) float64 {
	most := func(list []Effects) float64 {
		x := 1.0
		for i := range list {
			x = max(x, list[i].Rate)
		}
		return x
	}
	return max(1, c.Effects[kind].Rate) * most(c.BySegment) * most(c.ByNeed)
}

// Average is what a campaign comes to over a replication's patients and a stretch of time.
type Average struct {
	Reached  float64   // share of patients ever reached
	Strength float64   // mean over patients and time
	Effects  []Effects // by type: mean over patients and time of each effect raised to the strength
}

// AverageOver averages a campaign over the patients and over [from, to), at the middle of each step. It is drawn as
// Run draws it.
func AverageOver(c *Campaign, patients int, seed uint64, replication int, from, to, step time.Duration) Average {
	one := &newCampaigns(&Scenario{Campaigns: []Campaign{*c}}, seed, replication)[0]
	average := Average{Effects: make([]Effects, len(c.Effects))}
	ever, n := 0, 0
	for p := range patients {
		seen := false
		for t := from + step/2; t < to; t += step {
			s := one.strength(int32(p), engine.Time(t))
			n++
			average.Strength += s
			seen = seen || s > 0
			for k := range c.Effects {
				average.Effects[k].add(&c.Effects[k], s)
			}
		}
		if seen {
			ever++
		}
	}
	average.Reached = float64(ever) / float64(max(patients, 1))
	average.Strength /= float64(max(n, 1))
	for k := range average.Effects {
		average.Effects[k].divide(float64(max(n, 1)))
	}
	return average
}

// add adds another's effects at a strength.
func (e *Effects) add(full *Effects, s float64) {
	e.Rate += power(full.Rate, s)
	e.HoldBack += power(full.HoldBack, s)
	e.ByPhone += power(full.ByPhone, s)
	e.Misdirected += power(full.Misdirected, s)
	e.Incomplete += power(full.Incomplete, s)
	e.FollowUp += power(full.FollowUp, s)
	e.SelfService += power(full.SelfService, s)
	e.Batching += power(full.Batching, s)
	e.Duplicates += power(full.Duplicates, s)
}

func (e *Effects) divide(n float64) {
	e.Rate /= n
	e.HoldBack /= n
	e.ByPhone /= n
	e.Misdirected /= n
	e.Incomplete /= n
	e.FollowUp /= n
	e.SelfService /= n
	e.Batching /= n
	e.Duplicates /= n
}

// delivered tells whether reaching patients costs money or work, so that somebody must count them.
func (c *Campaign) delivered() bool {
	return !c.Always && (c.Teaching != nil || c.Costs.PerPatient > 0)
}
