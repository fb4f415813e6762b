package oracle

import (
	"math"
	"time"

	"portalsim/sim"
)

// A contact has a number: the code of its type's name, four bits of layer, 33 of its place in the layer.
const (
	backlogLayer  = 13
	provokedLayer = 14
	scriptedLayer = 15
)

func contactNumber(t *sim.MessageType, layer, index int) int64 {
	return int64(code(t.Name))<<37 | int64(layer)<<33 | int64(index)
}

func layerOf(contact int64) int { return int(contact >> 33 & 15) }

// beginStreams promises the first need of each type and layer, and of each list of needs at given times.
func (w *world) beginStreams() {
	for kind := range w.s.Types {
		if w.panelYearly(kind) > 0 {
			for layer := 0; float64(layer) < w.mostRate(kind); layer++ {
				w.promiseNeed(kind, layer, 0)
			}
		}
		if len(w.s.Types[kind].NeedsAt) > 0 {
			w.promiseScripted(kind, 0)
		}
	}
}

// mostRate returns the most by which the campaigns together can multiply the rate of a type.
func (w *world) mostRate(kind int) float64 {
	most := 1.0
	for _, c := range w.s.Campaigns {
		segment, need := 1.0, 1.0
		for _, e := range c.BySegment {
			segment = max(segment, e.Rate)
		}
		for _, e := range c.ByNeed {
			need = max(need, e.Rate)
		}
		most *= max(1, c.Effects[kind].Rate) * segment * need
	}
	return most
}

// promiseNeed promises the next need of a layer: the accumulated rate of the panel grows by an exponential number of
// mean 1 from one need to the next.
func (w *world) promiseNeed(kind, layer, index int) {
	t := &w.s.Types[kind]
	grow := w.stream("needs/"+t.Name).Exponential(uint64(index), uint64(layer))
	perHour := w.panelYearly(kind) * float64(time.Hour) / float64(sim.Year)
	for at := w.now; at < w.end; {
		hourEnds := at.Truncate(time.Hour) + time.Hour
		rate := perHour * w.profile(at) / float64(time.Hour)
		inHour := rate * float64(hourEnds-at)
		if inHour < grow {
			grow -= inHour
			at = hourEnds
			continue
		}
		if at += time.Duration(grow / rate); at < w.end {
			w.promise(at, arrival, func() {
				contact := contactNumber(t, layer, index)
				whose := w.whose(kind, w.u("patient", contact, 0))
				w.promiseNeed(kind, layer, index+1)
				w.arise(kind, contact, whose)
			})
		}
		return
	}
}

// promiseScripted promises the next need of a list of times: the patients take turns.
func (w *world) promiseScripted(kind, index int) {
	t := &w.s.Types[kind]
	if index == len(t.NeedsAt) || t.NeedsAt[index] >= w.end {
		return
	}
	w.promise(t.NeedsAt[index], arrival, func() {
		w.promiseScripted(kind, index+1)
		w.arise(kind, contactNumber(t, scriptedLayer, index), index%len(w.patients))
	})
}

// profile returns the relative rate of needs at an instant.
func (w *world) profile(t time.Duration) float64 {
	n, clock := split(t)
	p := &w.s.Patients
	x := p.HourWeights[24*w.weekday(n)+int(clock/time.Hour)] * p.MonthWeights[w.date(n).Month()-1]
	if w.holiday(n) {
		x *= p.HolidayFactor
	}
	return x
}

// arise lets a need of a patient become a contact, or not.
func (w *world) arise(kind int, contact int64, whose int) {
	t, segment := &w.s.Types[kind], w.patients[whose].segment
	latent := 0.0
	if t.Latent != nil {
		latent = t.Latent[segment]
	}
	need := sim.Needed
	if w.happens("latent", contact, 0, latent) {
		need = sim.LatentNeed
	} else if w.happens("unneeded", contact, 0, t.Unneeded) {
		need = sim.Unneeded
	}
	// Whether the patient phones instead of writing is asked of a contact by the portal; the rest, of the channel taken.
	channel := w.channel(kind, contact, whose, w.effects(whose, kind, 0, need).ByPhone)
	e := w.effects(whose, kind, channel, need)
	if w.happens("latent", contact, 0, odds(latent, e.HoldBack)) {
		return
	}
	above := layerOf(contact) // extra contacts are those of a rate above their layer
	if above >= backlogLayer {
		above = 0
	}
	if !w.happens("keep", contact, 0, e.Rate-float64(above)) {
		return
	}
	w.send(kind, contact, whose, channel, need, e)
}

// channel returns by which channel a patient's contact goes.
func (w *world) channel(kind int, contact int64, whose int, byPhone float64) int {
	t, p := &w.s.Types[kind], &w.patients[whose]
	taken := p.preferred
	if p.uses[kind] && (p.preferred == 0 || w.happens("channel", contact, 0, t.PortalShareOfOthers)) {
		taken = 0
		if phone := w.phone(); phone >= 0 && w.happens("by-phone", contact, 0, odds(t.ByPhone, byPhone)) {
			taken = phone
		}
	} else if p.preferred == 0 {
		taken = choiceOfAll(w.s.Patients.Instead, w.u("instead-of-portal", contact, 0))
	}
	return w.s.Channels[taken].FallsBackTo
}

// phone returns the channel named phone, or -1.
func (w *world) phone() int {
	for i := range w.s.Channels {
		if w.s.Channels[i].Name == "phone" {
			return i
		}
	}
	return -1
}

// odds returns the probability whose odds are those of p times a ratio.
func odds(p, ratio float64) float64 {
	if ratio == 1 {
		return p
	}
	return p * ratio / (1 - p + p*ratio)
}

// power is x^s, exactly 1 where x is.
func power(x, s float64) float64 {
	if x == 1 {
		return 1
	}
	return math.Pow(x, s)
}
