package oracle

import (
	"slices"
	"time"

	"portalsim/sim"
)

// days adds up the minutes of every member on every day of the measured period.
func (w *world) days() []Day {
	var list []Day
	for _, m := range w.members {
		if m.task != nil {
			w.stop(m, false) // under way at the end of the run
		}
		for n := 0; midnight(n) < w.to; n++ {
			if midnight(n) >= w.from {
				list = append(list, w.dayOf(m, n))
			}
		}
	}
	return list
}

// dayOf adds up a member's minutes of a day: the day is cut wherever anything can change, and each piece is looked at by
// itself.
func (w *world) dayOf(m *member, n int) Day {
	out := Day{
		Staff: m.Name, Date: w.s.StartDay + n, BacklogClose: m.closes[n],
		Minutes: map[sim.Activity]time.Duration{}, AfterHours: map[sim.Activity]time.Duration{}, Class: map[sim.BlockKind]time.Duration{},
	}
	cuts := []time.Duration{midnight(n), midnight(n) + w.s.Working.From, midnight(n) + w.s.Working.To, midnight(n + 1)}
	for _, b := range w.blocks(m, n) {
		cuts = append(cuts, midnight(n)+b.From, midnight(n)+b.To)
	}
	for _, t := range m.tasks {
		for _, at := range []time.Duration{t.from, t.to} {
			if at > midnight(n) && at < midnight(n+1) {
				cuts = append(cuts, at)
			}
		}
		if t.ended && t.to >= midnight(n) && t.to < midnight(n+1) && t.activity != sim.Visit {
			out.Items++
			if t.activity == sim.Messages {
				out.Messages++
			}
		}
	}
	slices.Sort(cuts)
	for i := 1; i < len(cuts); i++ {
		w.bookPiece(m, n, cuts[i-1], cuts[i], &out)
	}
	return out
}

// bookPiece books a piece of a day in which nothing changes.
func (w *world) bookPiece(m *member, n int, from, to time.Duration, out *Day) {
	clock, length := from-midnight(n), to-from
	class := sim.OffDuty
	for _, b := range w.blocks(m, n) {
		if b.From <= clock && clock < b.To {
			class = b.Kind
		}
	}
	doing, working := resting(class), false
	for _, t := range m.tasks {
		if t.from <= from && from < t.to {
			doing, working = t.activity, true
		}
	}
	out.Minutes[doing] += length
	if !w.workday(n) || clock < w.s.Working.From || clock >= w.s.Working.To {
		out.AfterHours[doing] += length
	}
	out.Class[class] += length
	if class == sim.OffDuty && working {
		out.OffWork += length
	}
}

// resting returns what a member without a task does in a block.
func resting(block sim.BlockKind) sim.Activity {
	switch block {
	case sim.OffDuty:
		return sim.Off
	case sim.AdminBlock, sim.AwayBlock:
		return sim.Admin
	default:
		return sim.Idle
	}
}
