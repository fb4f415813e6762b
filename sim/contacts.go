package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// A contact's number has 53 bits, so that every reader of the tables holds it exactly: 16 of the type's name, 4 of
// the layer and 33 of the place within it. The same need has the same number in every arm.
const (
	indexBits     = 33
	layerBits     = 4
	scriptedLayer = 1<<layerBits - 1
	provokedLayer = scriptedLayer - 1
	backlogLayer  = provokedLayer - 1
)

// MaxLayers is how many layers of extra contacts a type may have: the rate may be multiplied up to one more.
const MaxLayers = backlogLayer - 1

// TypeCode returns the part of a contact's number that stands for its type's name. Scenarios whose types share a code
// must be refused.
func TypeCode(name string) uint16 {
	sum := sha256.Sum256([]byte(name))
	return binary.BigEndian.Uint16(sum[:2])
}

// generator makes the needs of one type and layer: a Poisson process whose rate follows the time profile, exactly, by
// inversion of the accumulated rate. Layer 0 is the needs as they are; higher layers are the extra contacts that a
// raised rate draws from; the scripted layer is the times given in the scenario.
type generator struct {
	kind    int16
	layer   uint8
	self    int32
	gaps    random.Substream
	index   int64
	perHour float64     // of the panel, where the profile is 1
	rate    float64     // per nanosecond until hourEnd
	hourEnd engine.Time // end of the hour that rate holds for

	masses   [ahead]float64 // that the gaps before needs use up, exponential with mean 1: by index modulo ahead
	patients [ahead]int32   // of the needs, likewise
	fetched  uint8          // of no meaning: what was read in order to fetch patients
}

// ahead is how many needs of a generator are drawn at a time: a power of two.
const ahead = 32

func (m *model) newGenerators(seed uint64, replication int) {
	for k := range m.s.Types {
		t := &m.s.Types[k]
		if perYear := m.panel.demand[k].perYear; perYear > 0 {
			for layer := range extraLayers(m.s, k) + 1 {
				m.addGenerator(generator{
					kind: int16(k), layer: uint8(layer), gaps: random.New(seed, replication, "needs/"+t.Name),
					perHour: perYear * float64(time.Hour) / float64(Year),
				})
			}
		}
		if len(t.NeedsAt) > 0 {
			m.addGenerator(generator{kind: int16(k), layer: scriptedLayer})
		}
	}
}

func (m *model) addGenerator(g generator) {
	g.self = int32(len(m.generators))
	m.drawAhead(&g)
	m.generators = append(m.generators, g)
	m.scheduleNeed(&m.generators[g.self])
}

// scheduleNeed files the generator's next need.
func (m *model) scheduleNeed(g *generator) {
	at := engine.Never
	if g.layer == scriptedLayer {
		if at2 := m.s.Types[g.kind].NeedsAt; g.index < int64(len(at2)) {
			at = engine.Time(at2[g.index])
		}
	} else {
		at = m.nextNeed(g)
	}
	if at < m.end {
		m.engine.Schedule(at, rankArrival, event{kind: needArises, a: g.self})
	}
}

// drawAhead draws the masses and patients of the needs from the current one on. In one loop the processor works at several
// logarithms at once, and fetches several patients of a large panel, and before them the cells of the demand that they are in,
// from memory at once, where one need after another waited for each. So it does with the items that will be used next.
func (m *model) drawAhead(g *generator) {
	if g.layer == scriptedLayer {
		return
	}
	d := &m.panel.demand[g.kind]
	contact := g.contact(m.tallies.codes[g.kind])
	var u [ahead]float64
	var cells [ahead]*demandCell
	for n := range int64(ahead) {
		u[n] = m.draws.patient.U(uint64(contact+n), 0)
		cells[n] = d.cell(u[n])
	}
	for _, c := range cells {
		g.fetched ^= uint8(c.first)
	}
	for n := range int64(ahead) {
		g.masses[n] = g.gaps.Exponential(uint64(g.index+n), uint64(g.layer))
		g.patients[n] = d.patientIn(cells[n], u[n])
	}
	for _, p := range g.patients {
		g.fetched ^= m.panel.patients[p].segment
	}
	for _, i := range m.free[max(0, len(m.free)-ahead):] {
		it := m.items[i]
		g.fetched ^= uint8(it.contact) ^ uint8(it.patientDelay) ^ uint8(it.recognised) ^ uint8(it.joined)
	}
}

// nextNeed walks the hours from now until the mass of the gap is used up.
func (m *model) nextNeed(g *generator) engine.Time {
	mass := g.masses[g.index%ahead]
	t := m.engine.Now()
	for t < m.end {
		if t >= g.hourEnd {
			g.rate = g.perHour * m.profile(t) / float64(time.Hour)
			g.hourEnd = t - t%engine.Time(time.Hour) + engine.Time(time.Hour)
		}
		if left := g.rate * float64(g.hourEnd-t); left >= mass {
			return t + engine.Time(mass/g.rate)
		} else {
			mass -= left
		}
		t = g.hourEnd
	}
	return engine.Never
}

// profile returns the relative rate of needs in the hour that begins at t.
func (m *model) profile(t engine.Time) float64 {
	day := dayOf(t)
	hour := int((t - midnight(day)) / engine.Time(time.Hour))
	p := &m.s.Patients
	x := p.HourWeights[24*m.cal.weekday(day)+hour] * p.MonthWeights[m.cal.month(day)]
	if m.cal.holiday(day) {
		x *= p.HolidayFactor
	}
	return x
}

// contact returns the number of the generator's current contact.
func (g *generator) contact(code uint16) int64 {
	return int64(code)<<(layerBits+indexBits) | int64(g.layer)<<indexBits | g.index
}

// provoke lets an item of other work, once done, provoke messages of the patient whose visit it followed.
func (m *model) provoke(it *item) {
	for k, share := range m.s.OtherWork[it.kind].Provokes {
		if share == 0 {
			continue
		}
		place := it.origin
		if m.draws.provoke.U(place, uint64(m.tallies.codes[k])) < share {
			index := int64(m.draws.provoke.Bits(place, uint64(m.tallies.codes[k])|1<<32) >> (64 - indexBits))
			contact := int64(m.tallies.codes[k])<<(layerBits+indexBits) | provokedLayer<<indexBits | index
			m.arise(int16(k), contact, it.patient)
		}
	}
}

// layerOf returns the layer of a contact.
func layerOf(contact int64) int64 { return contact >> indexBits & (1<<layerBits - 1) }

// need lets a need arise: the patient and the campaigns' modifiers decide whether it becomes a contact.
func (m *model) need(g *generator) {
	contact := g.contact(m.tallies.codes[g.kind])
	patient := g.patients[g.index%ahead]
	if g.layer == scriptedLayer {
		patient = int32(g.index % int64(m.s.Patients.Count))
	}
	g.index++
	if g.index%ahead == 0 {
		m.drawAhead(g)
	}
	m.scheduleNeed(g)
	m.arise(g.kind, contact, patient)
}

// arise lets a need of a patient become a contact, or not.
func (m *model) arise(kind int16, contact int64, patient int32) {
	now := m.engine.Now()
	t := &m.s.Types[kind]
	layer := uint8(layerOf(contact))
	m.strengthen(patient, now)
	who := &m.panel.patients[patient]
	c := contactKind{kind: kind, segment: who.segment}
	c.need = m.needKind(t, contact, c.segment)
	c.channel = m.channel(t, kind, contact, who, m.modify(c).ByPhone)
	effects := m.modify(c)
	counted := m.window.holds(now)
	heldBack := m.heldBack(t, contact, c.segment, effects.HoldBack)
	if heldBack || !m.expressed(contact, layer, effects.Rate) {
		if counted && (layer == 0 || layer >= provokedLayer) {
			m.countUnexpressed(t, c, contact, heldBack)
		}
		return
	}
	m.open(t, c, contact, patient, effects, counted)
}

// needKind draws what a need is under usual care.
func (m *model) needKind(t *MessageType, contact int64, segment uint8) NeedKind {
	switch {
	case t.Latent != nil && chance(t.Latent[segment], &m.draws.latent, uint64(contact), 0):
		return LatentNeed
	case chance(t.Unneeded, &m.draws.unneeded, uint64(contact), 0):
		return Unneeded
	default:
		return Needed
	}
}

// heldBack tells whether the patient keeps a need to themselves. By the same number as under usual care, so that what
// an effect releases, or holds back beside, is nested.
func (m *model) heldBack(t *MessageType, contact int64, segment uint8, odds float64) bool {
	return t.Latent != nil && chance(withOdds(t.Latent[segment], odds), &m.draws.latent, uint64(contact), 0)
}

// expressed tells whether a need becomes a contact: layer 0 with the probability of the modifier up to 1, layer j
// with what the modifier has above j, so that arms nest and nobody else moves.
func (m *model) expressed(contact int64, layer uint8, rate float64) bool {
	if layer >= provokedLayer {
		layer = 0
	}
	share := rate - float64(layer)
	if layer == 0 && share >= 1 {
		return true
	}
	return share > 0 && m.draws.keep.U(uint64(contact), 0) < share
}

// channel returns the channel by which a patient's contact goes.
func (m *model) channel(t *MessageType, kind int16, contact int64, who *patient, byPhone float64) int8 {
	preferred := who.preferred
	place := uint64(contact)
	if who.uses>>kind&1 == 1 {
		portal := preferred == 0 || m.draws.channel.U(place, 0) < t.PortalShareOfOthers
		if portal && m.phone() >= 0 {
			if p := withOdds(t.ByPhone, byPhone); p > 0 && m.draws.phone.U(place, 0) < p {
				return int8(m.s.Channels[m.phone()].FallsBackTo)
			}
		}
		if portal {
			return 0
		}
	}
	if preferred == 0 {
		preferred = uint8(pick(m.s.Patients.Instead, m.draws.instead.U(place, 0)))
	}
	return int8(m.s.Channels[preferred].FallsBackTo)
}

// phone returns the channel named phone, or none.
func (m *model) phone() int { return m.tallies.phone }

// arrivalBy returns when a message or call that the patient thinks of at t reaches the clinic by a channel: at once,
// or some time after the channel next opens.
func (m *model) arrivalBy(channel int8, t engine.Time, contact int64, round int16) (engine.Time, bool) {
	c := &m.s.Channels[channel]
	if c.Always {
		return t, true
	}
	at, ok := m.cal.nextOpen(&c.Hours, t)
	if !ok || at == t {
		return at, ok
	}
	at += engine.Time(c.AfterOpening.Quantile(m.draws.opening.U(uint64(contact), uint64(round))))
	return m.cal.nextOpen(&c.Hours, at)
}
