package sim

import "testing"

// After every event, whoever may take an item is in the set that messages look through, and the set leaves somebody out.
func TestReadyHoldsWhoMayWork(t *testing.T) {
	for _, s := range []*Scenario{busyClinic(), mixed(), crowd(70, 2000)} {
		m := newModel(s, 5, 0, Options{})
		events, ready, out := 0, 0, 0
		m.watch = func() error {
			for id := range m.staff {
				x, in := &m.staff[id], m.ready[id/64]>>(id%64)&1 == 1
				if x.task == none && m.mayWork(x) && !in {
					t.Fatalf("at %s %s may work and is not among the ready", m.clock(m.engine.Now()), x.Name)
				}
				if in {
					ready++
				} else {
					out++
				}
			}
			if events++; events == 3000 {
				m.closed, m.counted = true, 0 // enough
			}
			return nil
		}
		if err := m.run(); err != nil {
			t.Fatal(err)
		}
		if ready == 0 || out == 0 {
			t.Errorf("%d times ready, %d times not: want both", ready, out)
		}
	}
}
