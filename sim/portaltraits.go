package sim

import (
	"cmp"
	"slices"
)

// PortalPerNeed returns how many contacts of a type by the portal a patient of the panel has, on average over the panel, for
// each need that a user of the portal for it has: the share who use it, less those who take another channel. Needs arise in
// proportion, so that it turns messages counted at a clinic into needs.
func PortalPerNeed(s *Scenario, k int) float64 {
	sum := 0.0
	for _, w := range s.writers() {
		sum += w.share * s.Types[k].UsesOfPortalUsers * s.byPortal(k, w.prefers)
	}
	return sum
}

// PortalTrait is a share of the panel alike in segment, preference and use, whose contacts by the portal are Relative to
// those of the rest before anybody's activity; 0 for those who never write.
type PortalTrait struct{ Share, Relative float64 }

// mostTraits is how many traits PortalTraits tells apart before it joins neighbours.
const mostTraits = 512

// PortalTraits returns how the traits of a scenario's panel spread contacts by the portal over patients, at contacts of each
// type per patient-year of the panel; the mean of Relative is their sum. Beyond mostTraits kinds, alike ones are joined.
func PortalTraits(s *Scenario, perPatientYear []float64) []PortalTrait {
	var all []PortalTrait
	never := 1.0
	for _, w := range s.writers() {
		never -= w.share
		kinds := []PortalTrait{{w.share, 0}}
		for k, rate := range perPatientYear {
			perNeed := PortalPerNeed(s, k)
			if rate == 0 || perNeed == 0 {
				continue
			}
			kinds = split(kinds, s.Types[k].UsesOfPortalUsers, rate/perNeed*s.byPortal(k, w.prefers))
		}
		all = append(all, kinds...)
	}
	var traits []PortalTrait
	for _, g := range s.Patients.Segments {
		for _, x := range all {
			traits = append(traits, PortalTrait{x.Share * g.Share, x.Relative * g.Multiplier})
		}
	}
	return joined(append(traits, PortalTrait{never, 0}))
}

// writer is a share of the panel who use the portal, by whether they prefer it.
type writer struct {
	share   float64
	prefers bool
}

// writers returns those who prefer the portal and those who use it beside another channel.
func (s *Scenario) writers() []writer {
	prefer := s.Patients.Preferred[0]
	return []writer{{prefer, true}, {max(0, s.Patients.PortalUsers-prefer), false}}
}

// byPortal returns the share of a portal user's needs of a type that go by the portal, if they use it for the type.
func (s *Scenario) byPortal(k int, prefers bool) float64 {
	t := &s.Types[k]
	share := 1.0
	if !prefers {
		share = t.PortalShareOfOthers
	}
	if slices.ContainsFunc(s.Channels, func(c Channel) bool { return c.Name == "phone" }) {
		share *= 1 - t.ByPhone
	}
	return share
}

// split parts each kind into those who use the portal for one more type, which adds to what they write, and those who do not.
func split(kinds []PortalTrait, uses, rate float64) []PortalTrait {
	parted := make([]PortalTrait, 0, 2*len(kinds))
	for _, x := range kinds {
		if uses > 0 {
			parted = append(parted, PortalTrait{x.Share * uses, x.Relative + rate})
		}
		if uses < 1 {
			parted = append(parted, PortalTrait{x.Share * (1 - uses), x.Relative})
		}
	}
	return joined(parted)
}

// joined orders traits and joins equal ones, and, beyond mostTraits, neighbours: shares and the mean stay.
func joined(traits []PortalTrait) []PortalTrait {
	slices.SortFunc(traits, func(a, b PortalTrait) int { return cmp.Compare(a.Relative, b.Relative) })
	few := traits[:0]
	width := 0.0
	if len(traits) > mostTraits {
		width = traits[len(traits)-1].Relative / mostTraits
	}
	from := 0.0
	for _, x := range traits {
		if x.Share <= 0 {
			continue
		}
		if last := len(few) - 1; last >= 0 && x.Relative-from <= width && (x.Relative == 0) == (few[last].Relative == 0) {
			sum := few[last].Share + x.Share
			few[last] = PortalTrait{sum, (few[last].Relative*few[last].Share + x.Relative*x.Share) / sum}
			continue
		}
		from = x.Relative
		few = append(few, x)
	}
	return few
}
