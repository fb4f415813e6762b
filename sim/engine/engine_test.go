package engine

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

type mark struct {
	at   Time
	rank Rank
	seq  int
}

// The engine's order equals a stable sort by time and rank: the fast thing against the plain thing.
func TestOrderIsAStableSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "events")
		var e Engine[mark]
		var want []mark
		for i := range n {
			m := mark{Time(rapid.IntRange(0, 5).Draw(t, "at")), Rank(rapid.IntRange(0, 3).Draw(t, "rank")), i}
			e.Schedule(m.at, m.rank, m)
			want = append(want, m)
		}
		slices.SortStableFunc(want, func(a, b mark) int {
			if a.at != b.at {
				return int(a.at - b.at)
			}
			return int(a.rank) - int(b.rank)
		})
		var got []mark
		for {
			m, ok := e.Next(Never)
			if !ok {
				break
			}
			if e.Now() != m.at {
				t.Fatalf("clock at %d while running the event of %d", e.Now(), m.at)
			}
			got = append(got, m)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("order %v, want %v", got, want)
		}
	})
}

// All schedules of four events on two instants and two ranks, by exhaustion, with events filed while running.
func TestEveryScheduleOfFourEvents(t *testing.T) {
	for code := range 256 {
		var e Engine[mark]
		for i := range 4 {
			bits := code >> (2 * i)
			e.Schedule(Time(bits&1), Rank(bits>>1&1), mark{Time(bits & 1), Rank(bits >> 1 & 1), i})
		}
		last, first := mark{}, true
		for {
			m, ok := e.Next(2)
			if !ok {
				break
			}
			if !first && (m.at < last.at || m.at == last.at && (m.rank < last.rank || m.rank == last.rank && m.seq < last.seq)) {
				t.Fatalf("schedule %08b: %v ran after %v", code, m, last)
			}
			last, first = m, false
		}
	}
}

// Events schedule none to three others while few and many are pending: what comes next is always the first of a list that is
// sorted anew each time.
func TestEventsScheduleOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var e Engine[mark]
		var pending []mark
		n := 0
		schedule := func() {
			m := mark{e.Now() + Time(rapid.IntRange(0, 9).Draw(t, "after")), Rank(rapid.IntRange(0, 2).Draw(t, "rank")), n}
			n++
			e.Schedule(m.at, m.rank, m)
			pending = append(pending, m)
		}
		schedule()
		for range 300 {
			slices.SortFunc(pending, func(a, b mark) int {
				return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rank, b.rank), cmp.Compare(a.seq, b.seq))
			})
			got, ok := e.Next(Never)
			if !ok || got != pending[0] {
				t.Fatalf("got %v %v, want %v of %d", got, ok, pending[0], len(pending))
			}
			pending = pending[1:]
			most := 3
			if len(pending) > 2*few {
				most = 1
			}
			for range rapid.IntRange(0, most).Draw(t, "others") {
				schedule()
			}
			if len(pending) == 0 {
				schedule()
			}
			if e.Pending() != len(pending) {
				t.Fatalf("%d pending, want %d", e.Pending(), len(pending))
			}
		}
	})
}

func TestRunStopsBeforeTheEnd(t *testing.T) {
	var e Engine[int]
	e.Schedule(5, 0, 1)
	e.Schedule(10, 0, 2)
	if got, ok := e.Next(10); !ok || got != 1 {
		t.Fatalf("first event: got %d %v, want 1 true", got, ok)
	}
	if _, ok := e.Next(10); ok || e.Now() != 10 {
		t.Fatalf("an event at the end ran, or the clock stands at %d, want 10", e.Now())
	}
	if got, ok := e.Next(11); !ok || got != 2 {
		t.Fatalf("going on: got %d %v, want 2 true", got, ok)
	}
}

func TestSchedulingInThePastPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("no panic")
		}
	}()
	var e Engine[int]
	e.Schedule(5, 0, 1)
	e.Next(Never)
	e.Schedule(4, 0, 2)
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	var e Engine[mark]
	for i := range 100 {
		e.Schedule(Time(i), 0, mark{})
	}
	if allocs := testing.AllocsPerRun(1000, func() {
		e.Next(Never)
		e.Schedule(e.Now()+100, 0, mark{})
	}); allocs != 0 {
		t.Fatalf("%v allocations a step, want none", allocs)
	}
}

func BenchmarkStep(b *testing.B) {
	var e Engine[[3]int32]
	for i := range 64 {
		e.Schedule(Time(i*17%64), 0, [3]int32{})
	}
	for b.Loop() {
		e.Next(Never)
		e.Schedule(e.Now()+Time(e.Events()*2654435761%97), Rank(e.Events()&3), [3]int32{})
	}
}
