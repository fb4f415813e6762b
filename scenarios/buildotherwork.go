package scenarios

import (
	"strconv"
	"time"

	"portalsim/sim"
)

func (b *builder) otherWork() {
	for i, name := range b.file.OtherWork.Keys {
		f := &b.file.OtherWork.Values[i]
		path := "other_work." + name
		o := sim.OtherWork{
			Name: name, Pool: b.pool(f.Pool, path+".pool"), Arrives: b.s.Open, Delay: distribution(f.Delay),
			Handling: b.positive(f.Handling, path+".handling"), Priority: uint8(f.Priority), Activity: sim.OtherInbox,
			Target: time.Duration(f.Target.Days*float64(b.openDay())) + f.Target.Clock,
		}
		if f.Activity == "notes" {
			o.Activity = sim.Notes
		}
		if len(f.Arrives.Keys) > 0 {
			o.Arrives = b.weekly(f.Arrives, path+".arrives")
		}
		b.stream(f, &o, path)
		b.provokes(f, &o, path)
		b.s.OtherWork = append(b.s.OtherWork, o)
	}
}

// provokes fills the probabilities that an item provokes a message.
func (b *builder) provokes(f *OtherWorkFile, o *sim.OtherWork, path string) {
	if len(f.Provokes.Keys) == 0 {
		return
	}
	if f.PerVisit == nil {
		b.refuse(path+".provokes", "only items that follow visits have a patient", "remove it, or write per_visit")
	}
	o.Provokes = make([]float64, len(b.s.Types))
	for i, kind := range f.Provokes.Keys {
		k := b.file.Messages.Index(kind)
		if k < 0 {
			b.unknown(path+".provokes."+kind, "message type", kind, b.file.Messages.Keys)
			continue
		}
		o.Provokes[k] = f.Provokes.Values[i].Value
	}
}

// stream fills how often items arrive: exactly one way.
func (b *builder) stream(f *OtherWorkFile, o *sim.OtherWork, path string) {
	ways := 0
	for _, way := range []struct {
		from *Number
		to   *float64
	}{{f.PerVisit, &o.PerVisit}, {f.PerStaffWeek, &o.PerStaffWeek}, {f.PerWeek, &o.PerWeek}} {
		if way.from != nil {
			ways++
			*way.to = way.from.Value
		}
	}
	if ways == 0 {
		b.refuse(path, "needs one of per_visit, per_staff_week and per_week, and has none", "write one of them, such as "+b.usualWay(f)+": 20")
	}
	if ways > 1 {
		b.refuse(path, "needs one of per_visit, per_staff_week and per_week, and has "+strconv.Itoa(ways), "keep one of them; null removes what a parent has")
	}
	if f.PerWeek != nil && b.personal(o.Pool) {
		b.refuse(path+".per_week", "pool "+f.Pool+" is personal: nobody owns the items of the pool as a whole", "write per_staff_week")
	}
	if f.PerVisit == nil {
		for _, spans := range o.Arrives {
			if len(spans) > 0 {
				return
			}
		}
		b.refuse(path+".arrives", "there are no hours in which items can arrive", `write hours such as arrives: {mon-fri: "08:00-17:00"}`)
	}
}

// usualWay is the key that says how often items come to the pool.
func (b *builder) usualWay(f *OtherWorkFile) string {
	if pool, ok := b.file.Pools.Get(f.Pool); ok && pool.Assignment == "personal" {
		return "per_staff_week"
	}
	return "per_week"
}
