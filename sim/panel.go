package sim

import (
	"math"

	"portalsim/sim/random"
)

// panel is the patients of one replication with the traits that decide their contacts. A trait is drawn by patient
// and by its own name, so that no trait moves another.
type panel struct {
	patients []patient
	demand   []demand // by type
}

// patient is a patient's traits, and what the run notes of the patient: together, and two to a line of the processor's
// cache, since in a large panel a contact costs what it takes to fetch its patient.
type patient struct {
	threads [2]int32 // sent in the measured period, by all channels and by the portal
	half    [2]int32 // messages in threads of its first 26 weeks, likewise
	open    int32    // the last thread opened, if it is open and threads may be joined; or none

	uses      uint32 // bit k: uses the portal for type k
	clinician int16  // own clinician among the staff, or none
	segment   uint8
	preferred uint8 // channel
	user      bool  // of the portal
}

// demand is how one type's needs are spread over the patients.
type demand struct {
	perYear float64   // of the whole panel, at the mean of the time profile
	upTo    []float64 // cumulative weight by patient
	cells   []demandCell
}

// demandCell is an equal part of the demand, with what is needed to find the patient there: one line of the processor's
// cache, where a guide and the weights took two or three.
type demandCell struct {
	upTo  [7]float64 // cumulative weights of the first patients of the cell
	first int32      // of them
}

// patientsPerCell is how many patients a cell has on average: few enough that seldom one is not among its first.
const patientsPerCell = 4

func newPanel(s *Scenario, seed uint64, replication int) *panel {
	prefix := "patient/"
	if s.Patients.PanelSeed != nil {
		seed, replication, prefix = *s.Patients.PanelSeed, 0, "fixed-panel/patient/"
	}
	stream := func(trait string) random.Substream { return random.New(seed, replication, prefix+trait) }
	n := s.Patients.Count
	p := &panel{
		patients: make([]patient, n), demand: make([]demand, len(s.Types))}
	p.drawTraits(s, stream)
	activity := make([]float64, n)
	draws := stream("activity")
	for i := range activity {
		activity[i] = random.GammaMultiplier(draws, s.Patients.ActivityCV, uint64(i)) *
			s.Patients.Segments[p.patients[i].segment].Multiplier
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
	for i := range p.patients {
		place := uint64(i)
		x := &p.patients[i]
		x.open = none
		x.segment = uint8(pick(segments, segment.U(place, 0)))
		x.preferred = uint8(pick(s.Patients.Preferred, preferred.U(place, 0)))
		x.user = x.preferred == 0 || user.U(place, 0) < others
		x.clinician = int16(pickOrNone(shares, own.U(place, 0)))
	}
	for k := range s.Types {
		uses := stream("uses/" + s.Types[k].Name)
		for i := range p.patients {
			if x := &p.patients[i]; x.user && uses.U(uint64(i), 0) < s.Types[k].UsesOfPortalUsers {
				x.uses |= 1 << k
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
		if p.patients[i].uses>>kind&1 == 1 {
			rate = t.NeedsPerUserYear
		}
		if t.Latent != nil {
			rate /= 1 - t.Latent[p.patients[i].segment] // the rate is of needs that are expressed
		}
		sum += a * rate
		d.upTo[i] = sum
	}
	d.perYear = sum
	if sum == 0 {
		return d
	}
	d.cells = make([]demandCell, (len(activity)+patientsPerCell-1)/patientsPerCell)
	first := 0
	for i := range d.cells {
		const justBefore = 1 - 0x1p-40 // whichever way the bound of the cell is rounded
		for d.upTo[first] <= sum*float64(i)/float64(len(d.cells))*justBefore {
			first++
		}
		c := &d.cells[i]
		c.first = int32(first)
		known := copy(c.upTo[:], d.upTo[first:])
		for k := known; k < len(c.upTo); k++ {
			c.upTo[k] = math.Inf(1)
		}
	}
	return d
}

// patient returns the patient at the quantile u of the type's needs: the first whose cumulative weight is above it. It is
// monotone in u.
func (d *demand) patient(u float64) int32 { return d.patientIn(d.cell(u), u) }

// cell returns the cell that holds the quantile u.
func (d *demand) cell(u float64) *demandCell {
	return &d.cells[min(int(u*float64(len(d.cells))), len(d.cells)-1)]
}

// patientIn is patient, once the cell is found.
func (d *demand) patientIn(c *demandCell, u float64) int32 {
	target := u * d.perYear
	passed := 4 * c.isUpTo(3, target) // by halves, and without a branch, which would have to wait for the cell
	passed += 2 * c.isUpTo(passed+1, target)
	passed += c.isUpTo(passed, target)
	i := int(c.first) + passed
	if passed == len(c.upTo) {
		for i < len(d.upTo) && d.upTo[i] <= target {
			i++
		}
	}
	return int32(min(i, len(d.upTo)-1))
}

// isUpTo returns 1 where a cumulative weight of the cell is at most the target, else 0. Positive numbers compare as their bits.
func (c *demandCell) isUpTo(k int, target float64) int {
	return int((math.Float64bits(c.upTo[k]) - math.Float64bits(target) - 1) >> 63)
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
