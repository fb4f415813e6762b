package whatif

import (
	"context"
	"math"

	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// stopping is when replications suffice, as for compare.
var stopping = experiment.Stopping{Share: 0.02, Most: 400}

// Answer is what is known after some replications. Intervals are of 95 %, and hold simulation error only.
type Answer struct {
	Replications int         `json:"replications"`
	Target       int         `json:"target"` // replications at the next look; those there are, when they suffice
	Weeks        float64     `json:"weeks"`  // measured in each
	Currency     string      `json:"currency"`
	Arms         []ArmAnswer `json:"arms"` // the control first
}

// ArmAnswer is what is known of an arm, against the control.
type ArmAnswer struct {
	Name      string    `json:"name"`
	Title     string    `json:"title"`
	Reference bool      `json:"reference"` // the ceiling
	Growing   []string  `json:"growing"`   // pools whose backlog grows without end: the arm is not compared
	Wait      *Change   `json:"wait"`      // hours to first response, same contacts
	Evening   *Change   `json:"evening"`   // after-hours minutes per clinician and week
	Ceiling   *Share    `json:"ceiling"`   // share of the most that can be saved
	Cost      *Change   `json:"cost"`
	Benefit   *Change   `json:"benefit"` // net benefit against the control: its mean and interval alone
	Harms     []Harm    `json:"harms"`
	Day       []float64 `json:"day"`  // minutes by activity
	Week      []float64 `json:"week"` // items waiting by hour
}

// Change is a mean in control and arm and their difference, with its interval.
type Change struct {
	Control    *float64 `json:"control"`
	Arm        *float64 `json:"arm"`
	Mean       *float64 `json:"mean"`
	Low        *float64 `json:"low"`
	High       *float64 `json:"high"`
	Restricted bool     `json:"restricted"` // some had not ended when the run did
}

// Share is a ratio with its interval.
type Share struct {
	Mean *float64 `json:"mean"`
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// Harm is something that may be worse in an arm.
type Harm struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Unit  string `json:"unit"`
	About string `json:"about"`
	*Change
}

const confidence = 0.95

// Next runs one more replication of every arm and returns what is known then.
func (s *Session) Next(ctx context.Context) (*Answer, error) {
	have := s.collection.Replications()
	options := experiment.Options{StaffDays: true, Course: true}
	err := experiment.Run(ctx, s.arms, s.Seed, have, have+1, 1, options, func(r *experiment.Replication) error {
		s.collection.Add(r)
		for a, result := range r.Arms {
			s.course.add(a, result)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.answer(), nil
}

func (s *Session) answer() *Answer {
	c := s.collection
	a := &Answer{Replications: c.Replications(), Target: experiment.Stage(0), Weeks: s.arms[0].Scenario.Measure.Hours() / 168, Currency: s.loaded[0].File.Costs.Currency}
	if a.Replications >= a.Target {
		if looked := lastLook(a.Replications); looked == a.Replications {
			a.Target = stopping.Next(c)
		} else {
			a.Target = stopping.More(looked)
		}
	}
	for i := range s.arms {
		x := ArmAnswer{Name: s.arms[i].Name, Title: s.loaded[i].Title, Reference: s.arms[i].Reference, Growing: c.Unsettled(i), Day: s.course.day(i), Week: s.course.week(i)}
		s.compare(&x, i)
		a.Arms = append(a.Arms, x)
	}
	return a
}

// lastLook is the last number of replications, up to those there are, at which the stopping rule looks.
func lastLook(have int) int {
	look := experiment.Stage(0)
	for next := stopping.More(look); next <= have && next > look; next = stopping.More(look) {
		look = next
	}
	return look
}

// compare fills in what is known of an arm; of the control, its means.
func (s *Session) compare(x *ArmAnswer, arm int) {
	c := s.collection
	if c.NeverSettles(0) || c.NeverSettles(arm) {
		return
	}
	if arm == 0 {
		wait := experiment.Of(sim.Headline[0])
		wait.Channel = "portal"
		x.Wait = &Change{Control: known(c.Mean(0, wait))}
		x.Evening = &Change{Control: known(c.Mean(0, experiment.Of(sim.Headline[1])))}
		return
	}
	h := c.Headlines(arm, s.ceilingArm(), confidence)
	x.Wait, x.Evening = changeOf(&h[0], 1), changeOf(&h[1], 1)
	x.Ceiling = shareOf(&h[1].Ceiling)
	if cost, ok := c.Difference(arm, experiment.Of("cost"), confidence); ok {
		x.Cost = changeOf(&cost, 1)
	}
	if net, ok := c.Difference(arm, experiment.Of("net_cost"), confidence); ok {
		x.Benefit = changeOf(&net, -1)
		x.Benefit.Low, x.Benefit.High = x.Benefit.High, x.Benefit.Low
	}
	x.Harms = s.harms(arm)
}

func (s *Session) ceilingArm() int {
	for i := range s.arms {
		if s.arms[i].Name == ceiling {
			return i
		}
	}
	return -1
}

// harms lists what may be worse in an arm.
func (s *Session) harms(arm int) []Harm {
	c, weeks := s.collection, s.arms[0].Scenario.Measure.Hours()/168
	var list []Harm
	if look, ok := c.Urgent(arm, experiment.UrgentLook, confidence); ok {
		list = append(list, Harm{"look", "Truly urgent content: hours to a clinical look", "h", "The same contacts in both arms, by any channel, until somebody who can judge has looked.", changeOf(&look, 1)})
	}
	if pushed, ok := c.Urgent(arm, experiment.UrgentPushed, confidence); ok {
		change := changeOf(&pushed, 100)
		change.Control = nil
		list = append(list, Harm{"pushed", "Truly urgent content pushed beyond the safety limit", "%", "Looked at in time in the control, and too late in this arm.", change})
	}
	for _, x := range []struct {
		id, measure, label, unit, about string
		scale                           float64
	}{
		{"silenced", "silenced_needed_n", "Needs that stay unspoken though they would not settle by themselves", "a week", "Patients who no longer write, and needed to.", 1 / weeks},
		{"silenced-urgent", "silenced_urgent_n", "Truly urgent needs that stay unspoken", "a week", "Of these, the truly urgent.", 1 / weeks},
		{"admin", "admin_h", "Admin time of clinicians", "h a week", "Less is time taken from other work that is not simulated.", 1 / weeks},
	} {
		if d, ok := c.Difference(arm, experiment.Of(x.measure), confidence); ok {
			list = append(list, Harm{x.id, x.label, x.unit, x.about, changeOf(&d, x.scale)})
		}
	}
	return list
}

// changeOf scales a difference.
func changeOf(h *experiment.Headline, scale float64) *Change {
	i := h.Change.Interval()
	return &Change{
		Control: known(h.ControlMean * scale), Arm: known(h.ArmMean * scale), Mean: known(h.Change.Mean * scale),
		Low: known(i.Low * scale), High: known(i.High * scale), Restricted: h.Restricted,
	}
}

func shareOf(r *stats.Ratio) *Share {
	if math.IsNaN(r.Estimate) {
		return nil
	}
	return &Share{known(r.Estimate), known(r.Interval.Low), known(r.Interval.High)}
}

// known returns nil for what is not a number.
func known(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
