// Package engine is the clock and the list of future events of a discrete-event simulation. It knows nothing of
// portals: an event is whatever value the model schedules.
//
// Events run in the order of their time, then of their rank, then of their scheduling. The order is total, so a run
// is a function of what was scheduled. A run covers [start, end): an event at the end does not happen.
package engine

import (
	"fmt"
	"math/bits"
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

// Engine holds the clock and the future events. The zero value is an engine at time 0 with nothing to do.
//
// The events are a heap of values, each with up to four children: half as deep as one with two, and the children lie
// together. The event handed out last leaves a gap at the root, which the next to be scheduled fills: most events
// schedule one other, and so the heap is put in order once for the two.
type Engine[E any] struct {
	now  Time
	seq  uint64
	heap []entry[E] // container/heap would box each entry
	gap  bool       // the entry at the root has been handed out
}

// Now returns the clock.
func (e *Engine[E]) Now() Time { return e.now }

// Pending returns the number of scheduled events.
func (e *Engine[E]) Pending() int {
	if e.gap {
		return len(e.heap) - 1
	}
	return len(e.heap)
}

// Events returns the number of events scheduled since the start.
func (e *Engine[E]) Events() uint64 { return e.seq }

// Reset empties the engine and sets the clock to 0, keeping its memory.
func (e *Engine[E]) Reset() {
	e.now, e.seq, e.heap, e.gap = 0, 0, e.heap[:0], false
}

// Schedule files an event. Scheduling in the past is a defect of the model and panics.
func (e *Engine[E]) Schedule(at Time, rank Rank, event E) {
	if at < e.now {
		panic(fmt.Sprintf("engine: event scheduled at %d, before the clock at %d", at, e.now))
	}
	added := entry[E]{at: at, order: uint64(rank)<<56 | e.seq, event: event}
	e.seq++
	if e.gap {
		e.gap = false
		e.down(&added)
		return
	}
	e.heap = append(e.heap, added)
	e.up(len(e.heap) - 1)
}

// Next removes the earliest event before end and moves the clock to it. With none left before end, it moves the
// clock to end and returns false.
func (e *Engine[E]) Next(end Time) (E, bool) {
	if e.gap {
		e.closeGap()
	}
	if len(e.heap) == 0 || e.heap[0].at >= end {
		e.now = max(e.now, end)
		var none E
		return none, false
	}
	e.gap = true
	e.now = e.heap[0].at
	return e.heap[0].event, true
}

// closeGap fills the root with the last entry.
func (e *Engine[E]) closeGap() {
	e.gap = false
	last := len(e.heap) - 1
	moved := e.heap[last]
	e.heap = e.heap[:last]
	if last > 0 {
		e.down(&moved)
	}
}

// up moves the entry at i towards the root until its parent is earlier.
func (e *Engine[E]) up(i int) {
	h := e.heap
	moved := h[i]
	for i > 0 {
		parent := (i - 1) / 4
		if !moved.before(&h[parent]) {
			break
		}
		h[i] = h[parent]
		i = parent
	}
	h[i] = moved
}

// down puts an entry into the gap at the root and sinks it until its children are later.
func (e *Engine[E]) down(moved *entry[E]) {
	h := e.heap
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
		if !h[child].before(moved) {
			break
		}
		h[i] = h[child]
		i = child
	}
	h[i] = *moved
}
