package sim

import "reflect"

// Size is what a run is expected to take: events scheduled, bytes held at its end, those of them that its result keeps, and
// counted threads.
type Size struct{ Events, Bytes, Kept, Threads float64 }

// Bytes of what a run holds.
var (
	itemBytes    = int64(reflect.TypeFor[item]().Size() + reflect.TypeFor[*item]().Size())
	enteredBytes = int64(reflect.TypeFor[entered]().Size())
	contactBytes = int64(reflect.TypeFor[ContactRecord]().Size())
	patientBytes = float64(reflect.TypeFor[patient]().Size())
	cellBytes    = float64(reflect.TypeFor[demandCell]().Size())
	dayRowBytes  = float64(reflect.TypeFor[StaffDayRow]().Size())
	eventBytes   = int64(reflect.TypeFor[event]().Size()) + 16 // with its time and order
)

// waitBytes are those of the waits that a counted thread leaves for quantiles: some five (assumed: in lists half full).
// logBytes are those of its events, and of what the staff did meanwhile: measured on the baseline.
const (
	waitBytes = 100
	logBytes  = 340
)

// Expect returns what a run of the scenario is expected to take, from the scenario alone, for stopping one that is too large
// before it starts. It is right within a factor of two, but for clinics that leave most of their work undone, for which it is
// too much. The drain is left out where the work offered can be done: it ends when the threads do.
func Expect(s *Scenario, o Options) Size {
	weeks := float64(s.WarmUp+s.Measure) / float64(Week)
	undone := 0.0 // share of the work
	for _, l := range Loads(s) {
		if l.Ratio() > 1 {
			weeks = float64(s.WarmUp+s.Measure+s.Drain) / float64(Week)
			undone = max(undone, 1-1/l.Ratio())
		}
	}
	needs, contacts, weekly := 0.0, 0.0, 0.0
	for k := range s.Types {
		n, c, events := expectType(s, k, weeks)
		needs, contacts, weekly = needs+n, contacts+c, weekly+events
	}
	other := 0.0
	for w := range s.OtherWork {
		other += itemsOf(s, w)
	}
	staff := 0.0
	for i := range s.Staff {
		staff += scheduleEvents(&s.Staff[i])
	}
	size := Size{Events: weeks * (weekly + needs + 2*other + staff + 7*3)}
	for _, b := range s.Backlog {
		size.Events += 3 * float64(b.Count)
	}
	waiting := min((contacts+other)*max(1, undone*weeks), float64(s.MaxInProgress)) // a week's work, or all that is left undone
	size.Threads = contacts * float64(s.Measure) / float64(Week)
	size.Kept = size.Threads*keptBytes(o) + dayRowBytes*float64(len(s.Staff))*float64(s.Measure)/float64(Day)
	size.Bytes = size.Kept + panelBytes(s) + size.Threads*waitBytes + waiting*float64(itemBytes+int64(len(s.Pools))*enteredBytes)
	return size
}

// keptBytes returns the bytes of a counted thread that a result keeps.
func keptBytes(o Options) float64 {
	perThread := logBytes * ShareOf(o.Log)
	if o.Contacts {
		perThread += float64(contactBytes)
	}
	if o.LogStaff {
		perThread += logBytes
	}
	return perThread
}

// ShareOf returns the share of contacts that a choice keeps, of a few thousand.
func ShareOf(keep func(contact int64) bool) float64 {
	const looked = 4096
	kept := 0
	for contact := range int64(looked) {
		if keep != nil && keep(contact) {
			kept++
		}
	}
	return float64(kept) / looked
}

// expectType returns a type's expected needs, contacts and events of threads a week. Needs are drawn at the highest rate
// that campaigns can raise them to.
func expectType(s *Scenario, k int, weeks float64) (needs, contacts, events float64) {
	t := &s.Types[k]
	const afterAll = 1.5 // events of a contact beside its touches: it may wait for the lines to open, be asked back, lapse, lose patience
	highest := float64(1 + extraLayers(s, k))
	for c, rate := range WeeklyContacts(s, k) {
		contacts += rate
		pool := t.Pool
		if c > 0 {
			pool = s.Channels[c].Pool
		}
		if pool < 0 || rate == 0 {
			continue
		}
		for p, n := range poolVisits(s, k, c, pool, rate*highest) {
			events += 2 * n
			if s.Pools[p].Consult != nil {
				for _, share := range s.Pools[p].Consult[k] {
					events += 2 * n * share
				}
			}
		}
	}
	needs = contacts * highest
	if t.Latent != nil {
		needs /= 1 - min(0.999, expectedLatent(s, t))
	}
	scripted := float64(len(t.NeedsAt)) / weeks
	contacts = contacts*highest + scripted
	return needs + scripted, contacts, events + afterAll*contacts + 2*scripted
}

// expectedLatent returns the share of a type's needs that are held back.
func expectedLatent(s *Scenario, t *MessageType) float64 {
	held := 0.0
	for i, x := range t.Latent {
		held += x * s.Patients.Segments[i].Share * s.Patients.Segments[i].Multiplier
	}
	return held
}

// scheduleEvents returns the events of a member's schedule in a week: blocks begin and end, visits fall due and end,
// sessions begin.
func scheduleEvents(s *StaffMember) float64 {
	n := 0.0
	for d := range s.Week {
		n += 2*float64(len(s.Week[d])) + float64(len(s.Sessions))
		for _, b := range s.Week[d] {
			if b.Kind == VisitsBlock && s.Visits.Slot > 0 {
				n += 2 * float64((b.To-b.From)/s.Visits.Slot)
			}
		}
	}
	return n
}

// panelBytes returns the bytes that the patients take.
func panelBytes(s *Scenario) float64 {
	const weight = 8.0
	perType := weight + cellBytes/patientsPerCell
	days := float64(s.WarmUp+s.Measure+s.Drain) / float64(Day)
	const dayBytes = 2 * 48.0 // of two calendars
	return float64(s.Patients.Count)*(patientBytes+weight+float64(len(s.Types))*perType) + days*dayBytes
}
