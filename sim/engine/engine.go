// Package engine is the clock and the list of future events of a discrete-event simulation. It knows nothing of
// portals: an event is whatever value the model schedules.
//
// Events run in the order of their time, then of their rank, then of their scheduling. The order is total, so a run
// is a function of what was scheduled. A run covers [start, end): an event at the end does not happen.
package engine

import (
	"fmt"
	"math/bits"
	"slices"
)

// Time is an instant of simulated time, in nanoseconds since the run began.
type Time int64

// Never is later than every event.
const Never = Time(1<<63 - 1)

// Rank breaks ties between events of the same instant: the lower rank runs first.
type Rank uint8

// entry is one scheduled event. Entries are ordered by (at, order), which is total because the sequence number in
// order is never reused.
type entry[E any] struct {
	at    Time
	order uint64 // rank in the top 8 bits, then 56 bits of sequence number
	event E
}

func (a *entry[E]) before(b *entry[E]) bool {
	return a.at < b.at || a.at == b.at && a.order < b.order
}

// isBefore is before as a number, 1 or 0, made without a branch: the borrow of a subtraction of 128 bits. Which of two
// children comes first is a guess that a processor loses half of the time. Both instants are at least 0.
func (a *entry[E]) isBefore(b *entry[E]) int {
	_, borrow := bits.Sub64(a.order, b.order, 0)
	_, borrow = bits.Sub64(uint64(a.at), uint64(b.at), borrow)
	return int(borrow)
}

// few is up to how many events are kept in order. Once there are more they are a heap, until half as many are left.
const few = 8

// Engine holds the clock and the future events. The zero value is an engine at time 0 with nothing to do.
//
// A few events are kept in order: of those of a small clinic, the next to be scheduled is most often the first or the second,
// and a heap took longer to find out (M/M/1: 5 %). More are a heap of values, each with up to four children: half as
// deep as one with two, and the children lie together. The event handed out last leaves a gap at the front, which the next to
// be scheduled fills: most events schedule one other, and so the list is put in order once for the two.
type Engine[E any] struct {
	now  Time
	seq  uint64
	list []entry[E] // in order, or a heap; container/heap would box each entry
	heap bool       // else in order; what is in order is a heap, too
	gap  bool       // the entry at the front has been handed out
}

// Now returns the clock.
func (e *Engine[E]) Now() Time { return e.now }

// Pending returns the number of scheduled events.
func (e *Engine[E]) Pending() int {
	if e.gap {
		return len(e.list) - 1
	}
	return len(e.list)
}

// Events returns the number of events scheduled since the start.
func (e *Engine[E]) Events() uint64 { return e.seq }

// Reset empties the engine and sets the clock to 0, keeping its memory.
func (e *Engine[E]) Reset() {
	e.now, e.seq, e.list, e.heap, e.gap = 0, 0, e.list[:0], false, false
}

// Schedule files an event. Scheduling in the past is a defect of the model and panics.
func (e *Engine[E]) Schedule(at Time, rank Rank, event E) {
	if at < e.now {
		panic(fmt.Sprintf("engine: event scheduled at %d, before the clock at %d", at, e.now))
	}
	order := uint64(rank)<<56 | e.seq
	e.seq++
	switch {
	case !e.gap:
		e.list = append(e.list, entry[E]{at, order, event})
		e.heap = e.heap || len(e.list) > few
		e.up(len(e.list) - 1)
	case e.heap:
		e.gap = false
		e.down(entry[E]{at, order, event})
	default:
		e.gap = false
		h, i := e.list, 0
		for ; i+1 < len(h) && (h[i+1].at < at || h[i+1].at == at && h[i+1].order < order); i++ {
			h[i] = h[i+1]
		}
		h[i].at, h[i].order, h[i].event = at, order, event
	}
}

// Next removes the earliest event before end and moves the clock to it. With none left before end, it moves the
// clock to end and returns false.
func (e *Engine[E]) Next(end Time) (E, bool) {
	if e.gap {
		e.closeGap()
	}
	if len(e.list) == 0 || e.list[0].at >= end {
		e.now = max(e.now, end)
		var none E
		return none, false
	}
	e.gap = true
	e.now = e.list[0].at
	return e.list[0].event, true
}

// closeGap closes the gap at the front.
func (e *Engine[E]) closeGap() {
	e.gap = false
	last := len(e.list) - 1
	if !e.heap {
		copy(e.list, e.list[1:])
		e.list = e.list[:last]
		return
	}
	moved := e.list[last]
	e.list = e.list[:last]
	e.down(moved)
	if last <= few/2 {
		e.heap = false
		slices.SortFunc(e.list, func(a, b entry[E]) int { return b.isBefore(&a) - a.isBefore(&b) })
	}
}

// up moves the entry at i towards the front until the one before it, or in a heap its parent, is earlier.
func (e *Engine[E]) up(i int) {
	h := e.list
	moved := h[i]
	for i > 0 {
		parent := i - 1
		if e.heap {
			parent /= 4
		}
		if !moved.before(&h[parent]) {
			break
		}
		h[i] = h[parent]
		i = parent
	}
	h[i] = moved
}

// down puts an entry into the gap at the root of the heap and sinks it until its children are later.
func (e *Engine[E]) down(moved entry[E]) {
	h := e.list
	i := 0
	for {
		child := 4*i + 1
		if child+3 < len(h) { // the earliest of four, without a branch
			left := child + h[child+1].isBefore(&h[child])
			right := child + 2 + h[child+3].isBefore(&h[child+2])
			child = left + (right-left)*h[right].isBefore(&h[left])
		} else if child < len(h) {
			for c := child + 1; c < len(h); c++ {
				if h[c].before(&h[child]) {
					child = c
				}
			}
		} else {
			break
		}
		if !h[child].before(&moved) {
			break
		}
		h[i] = h[child]
		i = child
	}
	h[i] = moved
}
