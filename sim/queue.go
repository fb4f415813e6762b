package sim

import (
	"math/bits"

	"portalsim/sim/engine"
)

// classes is one more than the highest priority class; class 0 is for queues without classes.
const classes = 33

// none marks the absence of an item, a staff member or a pool.
const none = -1

// queue holds the items that wait in a pool, or in one member's inbox of a personal pool: first in, first out within
// a class, lower classes first. Items are linked through item.next, so that waiting costs no memory.
type queue struct {
	waiting    int
	occupied   uint64 // bit c: class c holds an item
	head, tail [classes]int32
}

// first returns the item to be served next among classes up to most, or none.
func (q *queue) first(most uint8) int32 {
	if q.occupied == 0 {
		return none
	}
	class := bits.TrailingZeros64(q.occupied)
	if class > int(most) {
		return none
	}
	return q.head[class]
}

func (m *model) push(q *queue, class uint8, i int32) {
	m.items[i].next = none
	if q.occupied>>class&1 == 0 {
		q.head[class] = i
		q.occupied |= 1 << class
	} else {
		m.items[q.tail[class]].next = i
	}
	q.tail[class] = i
	q.waiting++
}

// pop removes the item that first returned.
func (m *model) pop(q *queue) int32 {
	class := bits.TrailingZeros64(q.occupied)
	i := q.head[class]
	q.head[class] = m.items[i].next
	if q.head[class] == none {
		q.occupied &^= 1 << class
	}
	q.waiting--
	return i
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
