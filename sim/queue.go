package sim

import (
	"math/bits"

	"portalsim/sim/engine"
)

// classes is one more than the highest priority class; class 0 is for queues without classes.
const classes = 33

// none marks the absence of an item, a staff member or a pool.
const none = -1

// queue holds the items that wait in a pool, or in one member's inbox of a personal pool. Without sorted, lower classes
// come first, and within a class the first in, or the last in where a new item is pushed in front; items are
// linked, so that waiting costs no memory. With sorted, items come in the order of their keys, kept as a heap.
type queue struct {
	waiting    int
	occupied   uint64 // bit c: class c holds an item
	head, tail [classes]int32
	mixed      bool // within some class an item may stand before one that entered the pool earlier
	sorted     bool
	heap       []int32 // items by (key, turn)
}

// first returns the item to be served next among classes up to most, or none. A sorted queue has no classes to
// choose from: its first item is offered if its class is among them.
func (m *model) first(q *queue, most uint8) int32 {
	if q.sorted {
		if len(q.heap) == 0 || m.items[q.heap[0]].class > most {
			return none
		}
		return q.heap[0]
	}
	if q.occupied == 0 {
		return none
	}
	class := bits.TrailingZeros64(q.occupied)
	if class > int(most) {
		return none
	}
	return q.head[class]
}

// push adds an item behind the others of its class, or in front of them. A sorted queue goes by the item's key.
func (m *model) push(q *queue, class uint8, it *item, front bool) {
	i := it.self
	it.next, it.prev, it.queued = none, none, class
	q.waiting++
	switch {
	case q.sorted:
		if it.turn = m.turn(); front {
			it.turn = -it.turn
		}
		q.heap = append(q.heap, i)
		m.sink(q, m.rise(q, len(q.heap)-1))
	case q.occupied>>class&1 == 0:
		q.mixed = q.mixed && q.occupied != 0
		q.head[class], q.tail[class] = i, i
		q.occupied |= 1 << class
	case front:
		it.next = q.head[class]
		behind := m.items[it.next]
		behind.prev = i
		q.mixed = q.mixed || it.entered > behind.entered
		q.head[class] = i
	default:
		it.prev = q.tail[class]
		m.items[it.prev].next = i
		q.tail[class] = i
	}
}

// remove takes an item out of its queue, wherever it stands.
func (m *model) remove(q *queue, it *item) {
	q.waiting--
	if q.sorted {
		m.removeSorted(q, int(it.next))
		return
	}
	class := it.queued
	if it.prev == none {
		q.head[class] = it.next
	} else {
		m.items[it.prev].next = it.next
	}
	if it.next == none {
		q.tail[class] = it.prev
	} else {
		m.items[it.next].prev = it.prev
	}
	if q.head[class] == none {
		q.occupied &^= 1 << class
	}
}

// eachWaiting calls f for every item of a queue.
func (m *model) eachWaiting(q *queue, f func(i int32)) {
	for _, i := range q.heap {
		f(i)
	}
	for occupied := q.occupied; occupied != 0; occupied &= occupied - 1 {
		for i := q.head[bits.TrailingZeros64(occupied)]; i != none; i = m.items[i].next {
			f(i)
		}
	}
}

// eachOldest calls f for every item of a queue that may have entered the pool first: the first of each class where each is
// behind those that entered before it, else all.
func (m *model) eachOldest(q *queue, f func(i int32)) {
	if q.sorted || q.mixed {
		m.eachWaiting(q, f)
		return
	}
	for occupied := q.occupied; occupied != 0; occupied &= occupied - 1 {
		f(q.head[bits.TrailingZeros64(occupied)])
	}
}

// turn numbers the items that enter sorted queues, so that equal keys keep their order.
func (m *model) turn() int64 {
	m.turns++
	return m.turns
}

// before orders the items of a sorted queue. In such a queue item.next is the item's place in the heap.
func (m *model) before(a, b int32) bool {
	x, y := m.items[a], m.items[b]
	return x.key < y.key || x.key == y.key && x.turn < y.turn
}

func (m *model) rise(q *queue, at int) int {
	h := q.heap
	for at > 0 && m.before(h[at], h[(at-1)/2]) {
		h[at], h[(at-1)/2] = h[(at-1)/2], h[at]
		m.items[h[at]].next = int32(at)
		at = (at - 1) / 2
	}
	m.items[h[at]].next = int32(at)
	return at
}

func (m *model) sink(q *queue, at int) {
	h := q.heap
	for {
		child := 2*at + 1
		if child >= len(h) {
			break
		}
		if right := child + 1; right < len(h) && m.before(h[right], h[child]) {
			child = right
		}
		if !m.before(h[child], h[at]) {
			break
		}
		h[at], h[child] = h[child], h[at]
		m.items[h[at]].next = int32(at)
		at = child
	}
	m.items[h[at]].next = int32(at)
}

func (m *model) removeSorted(q *queue, at int) {
	last := len(q.heap) - 1
	moved := q.heap[last]
	q.heap = q.heap[:last]
	if at == last {
		return
	}
	q.heap[at] = moved
	m.items[moved].next = int32(at)
	m.sink(q, m.rise(q, at))
}

// Area is an exact sum of items × nanoseconds. A backlog of a hundred over two years passes 64 bits.
type Area struct{ Hi, Lo uint64 }

// add adds n items over d nanoseconds; both are at least 0.
func (a *Area) add(n int, d engine.Time) {
	hi, lo := bits.Mul64(uint64(n), uint64(d))
	var carry uint64
	a.Lo, carry = bits.Add64(a.Lo, lo, 0)
	a.Hi, _ = bits.Add64(a.Hi, hi, carry)
}

// Over returns the area divided by a length of time: an average number of items.
func (a Area) Over(d engine.Time) float64 {
	return (float64(a.Hi)*(1<<64) + float64(a.Lo)) / float64(d)
}

// level follows how many items wait in a pool, inside the measured period.
type level struct {
	now    int
	since  engine.Time
	area   Area // of the number waiting
	waited Area // of the waits that ended, each cut to the period: Little's law says the two are equal
}

// change adds the area since the last change and moves the level.
func (l *level) change(at engine.Time, by int, w *window) {
	from, to := max(l.since, w.from), min(at, w.to)
	if to > from {
		l.area.add(l.now, to-from)
	}
	l.since = at
	l.now += by
}

// leave books one wait that ended.
func (l *level) leave(entered, at engine.Time, w *window) {
	from, to := max(entered, w.from), min(at, w.to)
	if to > from {
		l.waited.add(1, to-from)
	}
}

// window is the measured period, [from, to).
type window struct{ from, to engine.Time }

func (w *window) holds(t engine.Time) bool { return t >= w.from && t < w.to }
