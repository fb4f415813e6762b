package validation

import (
	"math"
	"time"

	"portalsim/sim"
)

// panelShares is what the generated panel of one replication is made of, in per cent of its patients.
type panelShares struct {
	prefers map[string]float64 // by channel
	uses    map[string]float64 // by message type: use the portal for it
	segment map[string]float64
	user    float64 // of the portal
}

// lookAtPanel asks every patient of a replication's panel once, in a copy of the scenario whose only needs are one of
// each type and patient. Traits are drawn by patient, so the panel is that of the replication itself. The channel of
// the answer shows the trait: where everybody who uses the portal for a type sends by it, its use; where only those who
// prefer it do, and all may, the preference.
func lookAtPanel(s *sim.Scenario, seed uint64, replication int) (*panelShares, error) {
	p := &panelShares{prefers: map[string]float64{}, uses: map[string]float64{}, segment: map[string]float64{}}
	percent := 100 / float64(s.Patients.Count)

	uses := questionnaire(s)
	for k := range uses.Types {
		uses.Types[k].PortalShareOfOthers = 1
	}
	err := ask(uses, seed, replication, func(row *sim.ThreadRow) {
		if row.Channel == portal {
			p.uses[row.Type] += percent
		}
	})
	if err != nil {
		return nil, err
	}

	user := questionnaire(s)
	user.Types = user.Types[:1]
	user.Types[0].UsesOfPortalUsers, user.Types[0].PortalShareOfOthers = 1, 1
	err = ask(user, seed, replication, func(row *sim.ThreadRow) {
		p.segment[row.Segment] += percent
		if row.Channel == portal {
			p.user += percent
		}
	})
	if err != nil {
		return nil, err
	}

	prefers := questionnaire(s)
	prefers.Types = prefers.Types[:1]
	prefers.Types[0].UsesOfPortalUsers, prefers.Types[0].PortalShareOfOthers = 1, 0
	err = ask(prefers, seed, replication, func(row *sim.ThreadRow) { p.prefers[row.Channel] += percent })
	return p, err
}

// questionnaire returns a copy of a scenario in which each patient has one need of each type, at the start, and nothing
// else happens. The staff have nothing to do with it and are off.
func questionnaire(s *sim.Scenario) *sim.Scenario {
	q := *s
	q.WarmUp, q.Measure, q.Drain, q.MaxInProgress = 0, sim.Week, 0, math.MaxInt
	q.OtherWork, q.Campaigns = nil, nil
	q.Staff = append([]sim.StaffMember(nil), s.Staff...)
	for i := range q.Staff {
		q.Staff[i].Week, q.Staff[i].Sessions = [7][]sim.Block{}, nil
	}
	q.Types = append([]sim.MessageType(nil), s.Types...)
	for k := range q.Types {
		t := &q.Types[k]
		t.NeedsPerUserYear, t.NeedsPerOtherYear, t.ByPhone = 0, 0, 0
		t.NeedsAt = make([]time.Duration, s.Patients.Count) // the n-th scripted need is that of patient n
	}
	return &q
}

func ask(q *sim.Scenario, seed uint64, replication int, answer func(*sim.ThreadRow)) error {
	_, err := sim.Run(q, seed, replication, sim.Options{Thread: answer})
	return err
}
