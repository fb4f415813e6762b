package oracle

import (
	"portalsim/sim/random"
)

// patient is one of the panel.
type patient struct {
	segment   int
	preferred int     // channel
	uses      []bool  // by type: uses the portal for it
	activity  float64 // activity × multiplier of the segment
	clinician int     // own clinician, or -1
	last      *work   // the thread opened last, neither self-served nor joined to another
}

// drawPatients draws the panel: anew in each replication, or once by a seed of its own.
func (w *world) drawPatients() []patient {
	p := &w.s.Patients
	stream := func(trait string) random.Substream {
		if p.PanelSeed != nil {
			return random.New(*p.PanelSeed, 0, "fixed-panel/patient/"+trait)
		}
		return w.stream("patient/" + trait)
	}
	var segments, clinicians []float64
	for _, s := range p.Segments {
		segments = append(segments, s.Share)
	}
	assigned := false
	for _, s := range w.s.Staff {
		clinicians = append(clinicians, s.PatientShare)
		assigned = assigned || s.PatientShare > 0
	}
	// Those who prefer the portal are users of it; of the others, as many as make the share of users come out.
	others := 0.0
	if prefer := p.Preferred[0]; prefer < 1 {
		others = (p.PortalUsers - prefer) / (1 - prefer)
	}
	list := make([]patient, p.Count)
	for i := range list {
		x, place := &list[i], uint64(i)
		x.segment = choiceOfAll(segments, stream("segment").U(place, 0))
		x.preferred = choiceOfAll(p.Preferred, stream("preferred-channel").U(place, 0))
		x.clinician = -1
		if assigned {
			x.clinician = choiceOfAll(clinicians, stream("clinician").U(place, 0))
		}
		user := x.preferred == 0 || stream("portal-user").U(place, 0) < others
		for _, t := range w.s.Types {
			x.uses = append(x.uses, user && stream("uses/"+t.Name).U(place, 0) < t.UsesOfPortalUsers)
		}
		x.activity = random.GammaMultiplier(stream("activity"), p.ActivityCV, place) * p.Segments[x.segment].Multiplier
	}
	return list
}

// yearly returns a patient's needs of a type a year, those held back included, at the mean of the time profile: the rate
// in the scenario counts those that are expressed.
func (w *world) yearly(p *patient, kind int) float64 {
	t := &w.s.Types[kind]
	rate := t.NeedsPerOtherYear
	if p.uses[kind] {
		rate = t.NeedsPerUserYear
	}
	if t.Latent != nil {
		rate /= 1 - t.Latent[p.segment]
	}
	return p.activity * rate
}

// panelYearly returns the needs of a type of the whole panel a year.
func (w *world) panelYearly(kind int) float64 {
	sum := 0.0
	for i := range w.patients {
		sum += w.yearly(&w.patients[i], kind)
	}
	return sum
}

// whose gives a need of a type to a patient, in proportion to their rates.
func (w *world) whose(kind int, u float64) int {
	target := u * w.panelYearly(kind)
	sum := 0.0
	for i := range w.patients {
		sum += w.yearly(&w.patients[i], kind)
		if sum > target {
			return i
		}
	}
	return len(w.patients) - 1
}
