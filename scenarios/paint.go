package scenarios

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Maps by day (opening hours, weeks of staff, time profiles) may be said in ranges, such as mon-fri. In one file the
// ranges must not overlap. A later layer paints over an earlier one: its hours replace theirs, and where the days hold
// no hours as keys, its days replace theirs. Painting turns the map into one without overlaps, so that neither the
// simulator nor the expanded text needs to know of layers.

// piece is a stretch of one or more days with a value: minutes from and to.
type piece struct {
	firstDay, lastDay, from, to int
	value                       *Node
	path                        string
	Place
}

// paint resolves every map by day in the tree.
func (r *report) paint(n *Node, f field, path string) {
	if n.Kind != Mapping || shapeOf(f.typ) == leafShape {
		return
	}
	if shapeOf(f.typ) == mapShape && f.keyKind() == dayKeys {
		r.paintDays(n, f, path)
		return
	}
	for _, e := range n.Entries {
		if child, ok := childOf(f, e.Key); ok {
			r.paint(e.Value, child, below(path, e.Key))
		}
	}
}

// paintDays resolves one map by day. A map with one layer keeps its text.
func (r *report) paintDays(n *Node, f field, path string) {
	kind := f.inner().keyKind()
	if len(f.keys) < 2 {
		kind = ""
	}
	pieces, ok := piecesOf(n, kind, path)
	if !ok {
		return // decode says what is wrong
	}
	r.overlaps(pieces)
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.value.Layer, b.value.Layer) })
	if len(pieces) == 0 || pieces[0].value.Layer == pieces[len(pieces)-1].value.Layer {
		return
	}
	n.Entries = paintedDays(n, pieces, kind)
}

// piecesOf lists the stretches in the order of the map; ok is false where a key or a value is not of its kind.
func piecesOf(n *Node, kind, path string) (pieces []piece, ok bool) {
	for _, d := range n.Entries {
		first, last, sound := parseDays(d.Key)
		here := below(path, d.Key)
		if !sound || kind != "" && d.Value.Kind != Mapping {
			return nil, false
		}
		if kind == "" {
			pieces = append(pieces, piece{first, last, 0, minutesOfDay, d.Value, here, d.Place})
			continue
		}
		for _, e := range d.Value.Entries {
			from, to, sound := minutesOf(e.Key, kind)
			if !sound {
				return nil, false
			}
			pieces = append(pieces, piece{first, last, from, to, e.Value, below(here, e.Key), e.Place})
		}
	}
	return pieces, true
}

const minutesOfDay = 24 * 60

// minutesOf reads a key of hours or times.
func minutesOf(key, kind string) (from, to int, ok bool) {
	if kind == hourKeys {
		from, to, ok = parseHours(key)
		return from * 60, to * 60, ok
	}
	s, ok := parseSpan(key)
	return int(time.Duration(s.From).Minutes()), int(time.Duration(s.To).Minutes()), ok
}

// overlaps refuses overlaps within one layer.
func (r *report) overlaps(pieces []piece) {
	for i, p := range pieces {
		for _, q := range pieces[:i] {
			days := p.firstDay <= q.lastDay && q.firstDay <= p.lastDay
			if days && p.from < q.to && q.from < p.to && p.value.Layer == q.value.Layer {
				r.refuse(p.Place, p.path, "overlaps "+q.path, "write each stretch of the week once; only an overlay paints over")
			}
		}
	}
}

// paintedDays paints pieces from the first to the last and joins neighbouring days that came out alike.
func paintedDays(n *Node, pieces []piece, kind string) []Entry {
	var entries []Entry
	last, first := "", 0
	for d := range dayWords {
		value := paintedDay(n, pieces, kind, d)
		if value == nil {
			last = ""
			continue
		}
		if text := flow(value); text == last {
			entries[len(entries)-1].Key = dayWords[first] + "-" + dayWords[d]
		} else {
			last, first = text, d
			entries = append(entries, Entry{Key: dayWords[d], Place: value.Place, Value: value})
		}
	}
	return entries
}

// paintedDay returns what one day holds, or nil for nothing.
func paintedDay(n *Node, pieces []piece, kind string, d int) *Node {
	var top [minutesOfDay + 1]int // piece on top at each minute, from 1; 0 is none, as at the end
	for i, p := range pieces {
		for minute := p.from; minute < p.to && p.firstDay <= d && d <= p.lastDay; minute++ {
			top[minute] = i + 1
		}
	}
	if kind == "" {
		if top[0] == 0 {
			return nil
		}
		return pieces[top[0]-1].value.copy()
	}
	day := &Node{Kind: Mapping, Place: n.Place, Layer: n.Layer}
	from := 0
	for minute := 1; minute <= minutesOfDay; minute++ {
		if top[minute] == top[from] {
			continue
		}
		if top[from] > 0 {
			p := pieces[top[from]-1]
			day.Entries = append(day.Entries, Entry{Key: stretch(from, minute, kind), Quoted: true, Place: p.Place, Value: p.value.copy()})
		}
		from = minute
	}
	if len(day.Entries) == 0 {
		return nil
	}
	return day
}

// stretch writes a key of hours or times.
func stretch(from, to int, kind string) string {
	if kind == hourKeys {
		return fmt.Sprintf("%02d-%02d", from/60, to/60)
	}
	minute := TimeOfDay(time.Minute)
	return Span{TimeOfDay(from) * minute, TimeOfDay(to) * minute}.String()
}
