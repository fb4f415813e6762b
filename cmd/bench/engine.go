package main

import (
	"fmt"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/random"
)

// held is what the events of the hold model carry: as much as the model's.
type held struct {
	kind uint8
	a, b int32
}

// gaps are exponential times drawn beforehand, so that only the lists of events are compared.
func gaps() []engine.Time {
	draws := random.New(1, 0, "bench/gaps")
	list := make([]engine.Time, 1<<12)
	for i := range list {
		list[i] = engine.Time(draws.Exponential(uint64(i), 0) * 1e9)
	}
	return list
}

// first returns when the first event of a number is due: odd times, so that no two events ever meet.
func first(i int) engine.Time { return engine.Time(i)*7_919_993 + 1 }

// holdEngine takes the earliest event and files it again later, n times: the classical test of an event list.
func holdEngine(pending, n int, gaps []engine.Time) (sum int64) {
	var e engine.Engine[held]
	for i := range pending {
		e.Schedule(first(i), 0, held{a: int32(i)})
	}
	for i := range n {
		x, _ := e.Next(engine.Never)
		sum += int64(x.a)
		e.Schedule(e.Now()+gaps[i%len(gaps)], 0, x)
	}
	return sum
}

// holdBare is the same with nothing but a binary heap of instants and numbers, written out: no ranks, no order among
// equals, no end, no checks.
func holdBare(pending, n int, gaps []engine.Time) (sum int64) {
	type entry struct {
		at engine.Time
		a  int32
	}
	heap := make([]entry, 0, pending)
	for i := range pending {
		x := entry{first(i), int32(i)}
		heap = append(heap, x)
		c := len(heap) - 1
		for c > 0 && x.at < heap[(c-1)/2].at {
			heap[c] = heap[(c-1)/2]
			c = (c - 1) / 2
		}
		heap[c] = x
	}
	for i := range n {
		x := heap[0]
		sum += int64(x.a)
		x.at += gaps[i%len(gaps)]
		at := 0
		for {
			c := 2*at + 1
			if c >= len(heap) {
				break
			}
			if c+1 < len(heap) && heap[c+1].at < heap[c].at {
				c++
			}
			if heap[c].at >= x.at {
				break
			}
			heap[at] = heap[c]
			at = c
		}
		heap[at] = x
	}
	return sum
}

// engineAlone compares the engine with a bare loop.
func engineAlone(o *options) (string, error) {
	const n = 3_000_000
	list := gaps()
	var rows []string
	for _, pending := range []int{2, 11, 300, 10_000} {
		var ours, bare, ratios series
		for range 2 * o.rounds {
			a := timed(func() int64 { return holdEngine(pending, n, list) })
			b := timed(func() int64 { return holdBare(pending, n, list) })
			ours, bare = append(ours, n/a.Seconds()/1e6), append(bare, n/b.Seconds()/1e6)
			ratios = append(ratios, b.Seconds()/a.Seconds())
		}
		rows = append(rows, fmt.Sprintf("%d | %v | %v | **%.2f** (%s)", pending, ours, bare, ratios.median(), spread(ratios)))
	}
	return "Take the earliest event and file another, against a bare binary heap written into the benchmark. Millions of events a second:\n\n" +
		table("events pending | engine | bare loop | ratio", rows...) +
		"\nThe bare loop knows that each event files exactly one, and has an entry of 16 bytes with nothing but an instant and a number.\nThe engine's has 32: the rank and number that make the order total, and the model's operands. It asks whether the end has\ncome, whether the event lies in the past, whether there is a gap to fill and whether few events are pending, which are kept in\norder; where they are few that is most of the work. With many, four children and a branchless choice win it back.\n", nil
}

var sink int64 // keeps the loops from being left out

func timed(f func() int64) time.Duration {
	started := cpu()
	sink += f()
	return cpu() - started
}
