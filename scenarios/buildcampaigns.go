package scenarios

import (
	"fmt"
	"math"
	"slices"
	"time"

	"portalsim/sim"
)

func (b *builder) campaigns() {
	for i, name := range b.file.Interventions.Keys {
		v := &b.file.Interventions.Values[i]
		c := sim.Campaign{
			Name: name, Start: b.s.WarmUp + v.Start.After, Delay: distribution(v.Delay), Always: v.Kind == "modifier",
		}
		path := "interventions." + name
		switch {
		case c.Always:
			b.modifier(v, &c, path)
		case v.Reach == nil:
			b.refuse(path, "key reach is missing", "write the probability that a patient is reached, such as reach: 0.6")
		default:
			c.Reach = v.Reach.Value
		}
		if v.Channels != "all" && !c.Always {
			b.refuse(path+".channels", "only a modifier can be limited to written contacts", "remove it")
		}
		if v.Start.Date != nil {
			c.Start = time.Duration(dateNumber(*v.Start.Date)-b.s.StartDay) * sim.Day
		}
		if c.Start < 0 {
			b.refuse(path+".start", "the campaign starts before the run does", "write a later start, such as 0w")
		}
		if v.HalfLife != nil {
			c.HalfLife = v.HalfLife.D
		}
		c.Costs = sim.CampaignCosts{Once: v.CostOnce.Value, PerYear: v.CostPerYear.Value, PerPatient: v.CostPerPatient.Value}
		b.teaching(v, &c, name, path)
		for _, at := range v.Boosters {
			c.Boosters = append(c.Boosters, at.D)
		}
		for _, key := range v.EffectsByType.Keys {
			if b.file.Messages.Index(key) < 0 {
				b.unknown(path+".effects_by_type."+key, "message type", key, b.file.Messages.Keys)
			}
		}
		for k, kind := range b.file.Messages.Keys {
			own, _ := v.EffectsByType.Get(kind)
			c.Effects = append(c.Effects, b.effects(path, kind, &b.file.Messages.Values[k], v.Effects, own))
		}
		b.narrowEffects(v, &c, path)
		b.s.Campaigns = append(b.s.Campaigns, c)
	}
	b.layers()
}

// modifier fills what a modifier has of its own, and refuses what only a campaign has.
func (b *builder) modifier(v *InterventionFile, c *sim.Campaign, path string) {
	if v.Reach != nil {
		b.refuse(path+".reach", "a modifier applies to everybody", "remove it, or write kind: education")
	}
	if v.HalfLife != nil {
		b.refuse(path+".half_life", "a modifier does not fade", "remove it, or write kind: education")
	}
	if len(v.Boosters) > 0 {
		b.refuse(path+".boosters", "a modifier has no boosters", "remove it, or write kind: education")
	}
	if v.Channels == "written" {
		for i := range b.s.Channels {
			c.Channels = append(c.Channels, !b.s.Channels[i].Live)
		}
	}
}

// effects returns the effects on one type: its own, else those on every type. An odds ratio on a probability of 0 can
// do nothing, so one that names the type is refused.
func (b *builder) effects(path, kind string, t *MessageFile, every, own EffectsFile) sim.Effects {
	value := func(key string, own, every *Number, base float64) float64 {
		switch {
		case own != nil:
			if base == 0 && own.Value != 1 {
				acts := map[string]string{"hold_back": "latent", "duplicates": "impatience.nudge"}[key] // where its key is another
				if acts == "" {
					acts = key
				}
				b.refuse(path+".effects_by_type."+kind+"."+key, "has no effect: messages."+kind+"."+acts+" is 0, and an odds ratio leaves 0 as it is",
					"give messages."+kind+"."+acts+" a value above 0, or remove this")
			}
			return own.Value
		case every != nil:
			return every.Value
		default:
			return 1
		}
	}
	return sim.Effects{
		Rate:        value("rate", own.Rate, every.Rate, 1),
		HoldBack:    value("hold_back", own.HoldBack, every.HoldBack, float64(len(t.Latent.Keys))),
		ByPhone:     value("by_phone", own.ByPhone, every.ByPhone, t.ByPhone.Value),
		Misdirected: value("misdirected", own.Misdirected, every.Misdirected, t.Misdirected.Value),
		Incomplete:  value("incomplete", own.Incomplete, every.Incomplete, t.Incomplete.Value),
		FollowUp:    value("follow_up", own.FollowUp, every.FollowUp, t.FollowUp.Value),
		SelfService: value("self_service", own.SelfService, every.SelfService, t.SelfService.Value),
		Batching:    value("batching", own.Batching, every.Batching, t.Batching.Value),
		Duplicates:  value("duplicates", own.Duplicates, every.Duplicates, t.Impatience.Nudge.Value),
	}
}

// narrowEffects fills the effects by segment and by kind of need, which multiply those by type.
func (b *builder) narrowEffects(v *InterventionFile, c *sim.Campaign, path string) {
	for _, name := range v.EffectsBySegment.Keys {
		if !slices.Contains(b.file.Patients.Segments.Names, name) {
			b.unknown(path+".effects_by_segment."+name, "segment", name, b.file.Patients.Segments.Names)
		}
	}
	if len(v.EffectsBySegment.Keys) > 0 {
		for _, name := range b.file.Patients.Segments.Names {
			own, _ := v.EffectsBySegment.Get(name)
			c.BySegment = append(c.BySegment, plainEffects(own))
		}
	}
	byNeed := []sim.Effects{sim.Needed: plainEffects(v.EffectsByNeed.Needed), sim.Unneeded: plainEffects(v.EffectsByNeed.Unneeded), sim.LatentNeed: plainEffects(v.EffectsByNeed.Latent)}
	if slices.ContainsFunc(byNeed, func(e sim.Effects) bool { return e != sim.NoEffect }) {
		c.ByNeed = byNeed
	}
}

// plainEffects returns effects with 1 for those not written.
func plainEffects(f EffectsFile) sim.Effects {
	value := func(n *Number) float64 {
		if n == nil {
			return 1
		}
		return n.Value
	}
	return sim.Effects{
		Rate: value(f.Rate), HoldBack: value(f.HoldBack), ByPhone: value(f.ByPhone), Misdirected: value(f.Misdirected),
		Incomplete: value(f.Incomplete), FollowUp: value(f.FollowUp), SelfService: value(f.SelfService), Batching: value(f.Batching), Duplicates: value(f.Duplicates),
	}
}

// layers refuses campaigns that together raise a rate further than contacts have layers for.
func (b *builder) layers() {
	for k, kind := range b.file.Messages.Keys {
		most := 1.0
		for i := range b.s.Campaigns {
			most *= b.s.Campaigns[i].MostRate(k)
		}
		if int(math.Ceil(most))-1 > sim.MaxLayers {
			b.refuse("interventions", fmt.Sprintf("the campaigns together multiply the rate of %s by up to %.4g; the most is %d", kind, most, sim.MaxLayers+1), "lower effects.rate")
		}
	}
}
