// Package engine is the clock and the list of future events of a discrete-event simulation. It knows nothing of
// portals: an event is whatever value the model schedules.
//
// Events run in the order of their time, then of their rank, then of their scheduling. The order is total, so a run
// is a function of what was scheduled. A run covers [start, end): an event at the end does not happen.
package engine

import "fmt"

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

// Engine holds the clock and the future events. The zero value is an engine at time 0 with nothing to do.
type Engine[E any] struct {
	now  Time
	seq  uint64
	heap []entry[E] // binary heap of values: container/heap would box each entry
}

// Now returns the clock.
func (e *Engine[E]) Now() Time { return e.now }

// Pending returns the number of scheduled events.
func (e *Engine[E]) Pending() int { return len(e.heap) }

// Events returns the number of events scheduled since the start.
func (e *Engine[E]) Events() uint64 { return e.seq }

// Reset empties the engine and sets the clock to 0, keeping its memory.
func (e *Engine[E]) Reset() {
	e.now, e.seq, e.heap = 0, 0, e.heap[:0]
}

// Schedule files an event. Scheduling in the past is a defect of the model and panics.
func (e *Engine[E]) Schedule(at Time, rank Rank, event E) {
	if at < e.now {
		panic(fmt.Sprintf("engine: event scheduled at %d, before the clock at %d", at, e.now))
	}
	e.heap = append(e.heap, entry[E]{at: at, order: uint64(rank)<<56 | e.seq, event: event})
	e.seq++
	e.up(len(e.heap) - 1)
}

// Next removes the earliest event before end and moves the clock to it. With none left before end, it moves the
// clock to end and returns false.
func (e *Engine[E]) Next(end Time) (E, bool) {
	if len(e.heap) == 0 || e.heap[0].at >= end {
		e.now = max(e.now, end)
		var none E
		return none, false
	}
	first := e.heap[0]
	last := len(e.heap) - 1
	moved := e.heap[last]
	e.heap = e.heap[:last]
	if last > 0 {
		e.down(moved)
	}
	e.now = first.at
	return first.event, true
}

// up moves the entry at i towards the root until its parent is earlier.
func (e *Engine[E]) up(i int) {
	h := e.heap
	moved := h[i]
	for i > 0 {
		parent := (i - 1) / 2
		if !moved.before(&h[parent]) {
			break
		}
		h[i] = h[parent]
		i = parent
	}
	h[i] = moved
}

// down puts moved into the hole at the root and sinks it until both children are later.
func (e *Engine[E]) down(moved entry[E]) {
	h := e.heap
	i, n := 0, len(h)
	for {
		child := 2*i + 1
		if child >= n {
			break
		}
		if right := child + 1; right < n && h[right].before(&h[child]) {
			child = right
		}
		if !h[child].before(&moved) {
			break
		}
		h[i] = h[child]
		i = child
	}
	h[i] = moved
}
