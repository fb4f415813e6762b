package sim

import (
	"fmt"
	"time"

	"portalsim/sim/engine"
)

// ContactName returns a short name for a contact within its type: its place, with the layer of an extra contact or s
// for a scripted one.
func ContactName(contact int64) string {
	index := contact & (1<<indexBits - 1)
	switch layer := layerOf(contact); layer {
	case 0:
		return fmt.Sprintf("%d", index)
	case backlogLayer:
		return fmt.Sprintf("b%d", index)
	case provokedLayer:
		return fmt.Sprintf("p%d", index)
	case scriptedLayer:
		return fmt.Sprintf("s%d", index)
	default:
		return fmt.Sprintf("%d+%d", index, layer)
	}
}

// Clock writes an instant of a run that starts on a day, as 2025-01-06 Mon 09:00:00, with a fraction if there is one.
func Clock(startDay int, t engine.Time) string {
	day := dayOf(t)
	weekday := ((startDay+day+3)%7 + 7) % 7
	clock := time.Duration(t - midnight(day))
	text := fmt.Sprintf("%s %s %02d:%02d:%02d", Date(startDay+day), [...]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}[weekday],
		clock/time.Hour, clock/time.Minute%60, clock/time.Second%60)
	if fraction := clock % time.Second; fraction != 0 {
		text += fmt.Sprintf(".%03d", fraction/time.Millisecond)
	}
	return text
}

func (m *model) clock(t engine.Time) string { return Clock(m.s.StartDay, t) }

// trace reports what happens to a thread or a piece of other work, by a staff member or by none, to the trace and to the
// event log, where somebody asked for them.
func (m *model) trace(it *item, staff int32, what step, detail string) {
	if m.observed { // apart, so that this much is inlined
		m.observe(it, staff, what, detail)
	}
}

func (m *model) observe(it *item, staff int32, what step, detail string) {
	if m.options.Trace != nil && what.text() != "" {
		m.traceItem(it, staff, what, detail)
	}
	if m.log != nil {
		m.log.note(m.engine.Now(), it, staff, what)
	}
}

// nameOf names an item as traces do.
func (m *model) nameOf(it *item) string {
	if it.thread {
		return m.s.Types[it.kind].Name + " " + ContactName(it.contact)
	}
	return fmt.Sprintf("%s %d", m.s.OtherWork[it.kind].Name, it.contact)
}

func (m *model) traceItem(it *item, staff int32, what step, detail string) {
	text := what.text() + detail
	switch {
	case staff == none:
	case what == isPutThrough:
		text += m.staff[staff].Name
	default:
		text = m.staff[staff].Name + " " + text
	}
	m.options.Trace(m.engine.Now(), m.nameOf(it)+": "+text)
}

// traceStaff reports what a staff member does.
func (m *model) traceStaff(staff int32, text string) {
	if m.options.Trace != nil {
		m.options.Trace(m.engine.Now(), m.staff[staff].Name+": "+text)
	}
}
