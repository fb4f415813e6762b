package oracle

import (
	"time"

	"portalsim/sim/random"
)

// whoseStream names the member, or the pool, that a stream of other work comes to.
func whoseStream(m *member) string {
	if m == nil {
		return "/pool"
	}
	return "/staff/" + m.Name
}

// planOtherWork plans the items that come by themselves on a day: none on holidays.
func (w *world) planOtherWork(n int) {
	if w.holiday(n) {
		return
	}
	for k := range w.s.OtherWork {
		o := &w.s.OtherWork[k]
		if o.PerWeek > 0 {
			w.planItems(k, nil, o.PerWeek, n)
		}
		for _, m := range w.members {
			for _, pool := range m.Pools {
				if pool == o.Pool && o.PerStaffWeek > 0 {
					w.planItems(k, m, o.PerStaffWeek, n)
				}
			}
		}
	}
}

// planItems plans a day's items of a stream for a member, or for the pool: a Poisson number, evenly over the hours in
// which they come.
func (w *world) planItems(k int, m *member, perWeek float64, n int) {
	o := &w.s.OtherWork[k]
	week, today := time.Duration(0), time.Duration(0)
	for weekday, spans := range o.Arrives {
		for _, span := range spans {
			week += span.To - span.From
			if weekday == w.weekday(n) {
				today += span.To - span.From
			}
		}
	}
	if today == 0 {
		return
	}
	date := uint64(w.s.StartDay + n)
	draw := func(what string, i int) float64 {
		return w.stream("other/"+o.Name+"/"+what+whoseStream(m)).U(date, uint64(i))
	}
	for i := range random.PoissonCount(perWeek*float64(today)/float64(week), draw("count", 0)) {
		into := time.Duration(draw("at", i) * float64(today))
		at := midnight(n)
		for _, span := range o.Arrives[w.weekday(n)] {
			if into < span.To-span.From {
				at += span.From + into
				break
			}
			into -= span.To - span.From
		}
		owner := -1
		if m != nil {
			owner = m.index
		}
		w.file(w.newItem(k, owner, at, draw("handling", i)))
	}
}

// newItem makes an item that enters its pool at an instant.
func (w *world) newItem(k, owner int, at time.Duration, u float64) *work {
	o := &w.s.OtherWork[k]
	w.items++
	x := &work{
		kind: k, number: int64(w.items), owner: owner, class: int(o.Priority), pool: o.Pool, askedBy: -1,
		counted: w.counts(at), handling: o.Handling.Quantile(u), result: Thread{Sent: at, Response: never},
	}
	w.open = append(w.open, x)
	return x
}

// file lets an item enter its pool in time.
func (w *world) file(x *work) {
	if x.result.Sent <= w.now {
		w.enter(x)
		return
	}
	w.promise(x.result.Sent, arrival, func() { w.enter(x) })
}

// followVisit makes the items of a stream that follow a visit: of 2.3 a visit, two and a third with probability 0.3.
func (w *world) followVisit(k int, m *member, visit uint64) {
	o := &w.s.OtherWork[k]
	stream := func(what string) random.Substream { return w.stream("other/" + o.Name + "/" + what + whoseStream(m)) }
	for i := 0; float64(i) < o.PerVisit; i++ {
		if stream("count").U(visit, uint64(i)) >= o.PerVisit-float64(i) {
			break
		}
		delay := o.Delay.Quantile(stream("delay").U(visit, uint64(i)))
		x := w.newItem(k, m.index, w.now+delay, stream("handling").U(visit, uint64(i)))
		x.origin, x.whose = stream("handling").Bits(visit, uint64(i)), w.visitor(m, visit)
		w.file(x)
	}
}

// visitor returns the patient of a visit: one of the member's own, or of the panel where there is none.
func (w *world) visitor(m *member, visit uint64) int {
	u := w.stream("contact/visit/patient").U(visit, w.stream("staff/no-show/"+m.Name).Bits(0, 0))
	var own []int
	for i, p := range w.patients {
		if p.clinician == m.index {
			own = append(own, i)
		}
	}
	if len(own) > 0 {
		return own[int(u*float64(len(own)))]
	}
	return int(u * float64(len(w.patients)))
}

// provoke lets an item that is done provoke messages of the patient whose visit it followed.
func (w *world) provoke(x *work) {
	for kind, share := range w.s.OtherWork[x.kind].Provokes {
		t := &w.s.Types[kind]
		provoked := w.stream("contact/provoked")
		if provoked.U(x.origin, uint64(code(t.Name))) < share {
			index := provoked.Bits(x.origin, uint64(code(t.Name))|1<<32) >> 31
			w.arise(kind, contactNumber(t, provokedLayer, int(index)), x.whose)
		}
	}
}
