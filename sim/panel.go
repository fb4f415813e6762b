package sim

import "portalsim/sim/random"

// panel is the patients of one replication with the traits that decide their contacts. A trait is drawn by patient
// and by its own name, so that no trait moves another.
type panel struct {
	segment   []uint8
	preferred []uint8  // channel
	user      []bool   // of the portal
	uses      []uint32 // bit k: uses the portal for type k
	clinician []int16  // own clinician among the staff, or -1
	demand    []demand // by type
}

// demand is how one type's needs are spread over the patients.
type demand struct {
	perYear float64   // of the whole panel, at the mean of the time profile
	upTo    []float64 // cumulative weight by patient
	guide   []int32   // guide[i] is the first patient whose cumulative share exceeds i/len(guide)
}

func newPanel(s *Scenario, seed uint64, replication int) *panel {
	prefix := "patient/"
	if s.Patients.PanelSeed != nil {
		seed, replication, prefix = *s.Patients.PanelSeed, 0, "fixed-panel/patient/"
	}
	stream := func(trait string) random.Substream { return random.New(seed, replication, prefix+trait) }
	n := s.Patients.Count
	p := &panel{
		segment: make([]uint8, n), preferred: make([]uint8, n), user: make([]bool, n),
		uses: make([]uint32, n), clinician: make([]int16, n), demand: make([]demand, len(s.Types)),
	}
	p.drawTraits(s, stream)
	activity := make([]float64, n)
	draws := stream("activity")
	for i := range activity {
		activity[i] = random.GammaMultiplier(draws, s.Patients.ActivityCV, uint64(i)) *
			s.Patients.Segments[p.segment[i]].Multiplier
	}
	for k := range s.Types {
		p.demand[k] = p.spread(&s.Types[k], k, activity)
	}
	return p
}

// drawTraits draws segment, portal use, preference, uses and own clinician. Those who prefer the portal are users of
// it; the others are users with the probability that makes the share of users come out.
func (p *panel) drawTraits(s *Scenario, stream func(string) random.Substream) {
	segment, preferred, user, own := stream("segment"), stream("preferred-channel"), stream("portal-user"), stream("clinician")
	segments := make([]float64, len(s.Patients.Segments))
	for i := range segments {
		segments[i] = s.Patients.Segments[i].Share
	}
	shares := make([]float64, len(s.Staff))
	for i := range shares {
		shares[i] = s.Staff[i].PatientShare
	}
	others := 0.0
	if prefer := s.Patients.Preferred[0]; prefer < 1 {
		others = (s.Patients.PortalUsers - prefer) / (1 - prefer)
	}
	for i := range p.segment {
		place := uint64(i)
		p.segment[i] = uint8(pick(segments, segment.U(place, 0)))
		p.preferred[i] = uint8(pick(s.Patients.Preferred, preferred.U(place, 0)))
		p.user[i] = p.preferred[i] == 0 || user.U(place, 0) < others
		p.clinician[i] = int16(pickOrNone(shares, own.U(place, 0)))
	}
	for k := range s.Types {
		uses := stream("uses/" + s.Types[k].Name)
		for i := range p.uses {
			if p.user[i] && uses.U(uint64(i), 0) < s.Types[k].UsesOfPortalUsers {
				p.uses[i] |= 1 << k
			}
		}
	}
}

// spread weighs each patient's needs of a type and prepares the pick of a patient in constant time.
func (p *panel) spread(t *MessageType, kind int, activity []float64) demand {
	d := demand{upTo: make([]float64, len(activity))}
	sum := 0.0
	for i, a := range activity {
		rate := t.NeedsPerOtherYear
		if p.uses[i]>>kind&1 == 1 {
			rate = t.NeedsPerUserYear
		}
		if t.Latent != nil {
			rate /= 1 - t.Latent[p.segment[i]] // the rate is of needs that are expressed
		}
		sum += a * rate
		d.upTo[i] = sum
	}
	d.perYear = sum
	if sum == 0 {
		return d
	}
	d.guide = make([]int32, len(activity))
	patient := int32(0)
	for i := range d.guide {
		for d.upTo[patient] <= sum*float64(i)/float64(len(d.guide)) {
			patient++
		}
		d.guide[i] = patient
	}
	return d
}

// patient returns the patient at the quantile u of the type's needs. It is monotone in u.
func (d *demand) patient(u float64) int32 {
	target := u * d.perYear
	i := d.guide[min(int(u*float64(len(d.guide))), len(d.guide)-1)]
	for i > 0 && d.upTo[i-1] > target {
		i--
	}
	for int(i) < len(d.upTo)-1 && d.upTo[i] <= target {
		i++
	}
	return i
}

// pick returns the index at the quantile u of shares that sum to 1.
func pick(shares []float64, u float64) int {
	for i, share := range shares {
		if u < share {
			return i
		}
		u -= share
	}
	for i := len(shares) - 1; i > 0; i-- { // rounding left u just above the last share
		if shares[i] > 0 {
			return i
		}
	}
	return 0
}

// pickOrNone is pick for shares that may all be zero: then it returns -1.
func pickOrNone(shares []float64, u float64) int {
	for _, share := range shares {
		if share > 0 {
			return pick(shares, u)
		}
	}
	return -1
}
