package sim

import (
	"testing"

	"pgregory.net/rapid"

	"portalsim/sim/engine"
)

// Items enter at the back as time goes on, are taken out anywhere, and are put back in front as interrupted ones are, or as
// the last in is: the oldest of all is always among those that eachOldest names, and where order was kept it names few.
func TestEachOldestHasTheOldest(t *testing.T) {
	fewer := 0
	rapid.Check(t, func(r *rapid.T) {
		m, q := &model{}, &queue{sorted: rapid.Bool().Draw(r, "sorted")}
		now := engine.Time(0)
		var aside []*item
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			now += engine.Time(rapid.IntRange(0, 2).Draw(r, "gap"))
			switch step := rapid.IntRange(0, 5).Draw(r, "step"); {
			case step < 3: // enters
				it := m.allocate()
				it.entered, it.class = now, uint8(rapid.IntRange(0, 2).Draw(r, "class"))
				it.key = int64(rapid.IntRange(0, 9).Draw(r, "key"))
				m.push(q, it.class, it, rapid.IntRange(0, 9).Draw(r, "last in") == 0)
			case step < 5 && q.waiting > 0: // is taken: the first, or any
				var all []int32
				m.eachWaiting(q, func(i int32) { all = append(all, i) })
				it := m.items[all[0]]
				if step == 4 {
					it = m.items[rapid.SampledFrom(all).Draw(r, "taken")]
				}
				m.remove(q, it)
				aside = append(aside, it)
			case len(aside) > 0: // is set aside
				it := rapid.SampledFrom(aside).Draw(r, "aside")
				aside = except(aside, it)
				m.push(q, it.class, it, true)
			}
			all, n := oldestBy(m, q, m.eachWaiting)
			some, asked := oldestBy(m, q, m.eachOldest)
			if all != some {
				r.Fatalf("the oldest of %d entered at %d, and of those asked at %d", n, all, some)
			}
			if asked < n {
				fewer++
			}
		}
	})
	if fewer == 0 {
		t.Error("every item was asked every time")
	}
}

func oldestBy(m *model, q *queue, each func(*queue, func(int32))) (oldest engine.Time, n int) {
	oldest = engine.Never
	each(q, func(i int32) { oldest, n = min(oldest, m.items[i].entered), n+1 })
	return oldest, n
}

func except(items []*item, it *item) (rest []*item) {
	for _, other := range items {
		if other != it {
			rest = append(rest, other)
		}
	}
	return rest
}
