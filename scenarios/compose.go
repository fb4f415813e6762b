package scenarios

import (
	"fmt"
)

// Composition lays documents over each other: a scenario over its parent, overlays over a scenario from left to
// right, and what --set says where it belongs. Maps of the format merge by key, an old key keeping its position and a
// new one coming last. Everything else is replaced whole: numbers, words, lists, distributions, evidence and shares.
// What is which the format says (shapeOf), not the look of the value. null removes.
//
// The defaults of a scenario are written out before anything is laid over it, so that a patch changes the clinic as
// it is: an overlay that opens on Saturday keeps the default Monday to Friday.

// lay lays a patch over base.
func (r *report) lay(base, patch *Node, f field, path string) {
	for _, e := range patch.Entries {
		here := below(path, e.Key)
		child, _ := childOf(f, e.Key)
		old := base.At(e.Key)
		switch {
		case e.Value.Kind == Null:
			r.takeAway(base, e, here)
		case old == nil:
			r.append(base, e, f, here)
		case old.Kind == Mapping && e.Value.Kind == Mapping && shapeOf(child.typ) != leafShape:
			r.lay(old, e.Value, child, here)
		default:
			base.put(e)
		}
	}
}

// takeAway removes a key for a null.
func (r *report) takeAway(base *Node, e Entry, path string) {
	if base.remove(e.Key) == nil {
		r.refuse(e.Place, path, "null removes, and the clinic has nothing here", didYouMeanOrRemove(e.Key, base.keys()))
	}
}

// append adds a key that base lacks. An entry of a map is a new thing only if it is complete: a patch of something
// that is not there is more likely a slip of the pen.
func (r *report) append(base *Node, e Entry, f field, path string) {
	if shapeOf(f.typ) == mapShape {
		child, _ := childOf(f, e.Key)
		if missing := lacks(e.Value, child, e.Key, base.keys()); len(missing) > 0 && e.Value.Kind == Mapping {
			fix := "add the missing keys"
			if near := nearest(e.Key, base.keys()); near != "" {
				fix = "did you mean " + near + "? If not, " + fix
			}
			r.refuse(e.Place, path, fmt.Sprintf("the clinic has no %s, and a new one needs %s", e.Key, listed(missing)), fix)
		}
	}
	r.withoutNulls(e.Value, path)
	base.Entries = append(base.Entries, e)
}

// withoutNulls refuses and drops nulls in a tree that is laid over nothing.
func (r *report) withoutNulls(n *Node, path string) {
	kept := n.Entries[:0]
	for _, e := range n.Entries {
		if e.Value.Kind == Null {
			r.refuse(e.Place, below(path, e.Key), "null removes, and the clinic has nothing here", "remove the key")
			continue
		}
		r.withoutNulls(e.Value, below(path, e.Key))
		kept = append(kept, e)
	}
	n.Entries = kept
}

// didYouMeanOrRemove offers a known key that is near, else to remove the line.
func didYouMeanOrRemove(key string, known []string) string {
	if nearest(key, known) != "" {
		return didYouMean(key, known)
	}
	return "remove the key"
}

// overlaid is one path that an overlay sets.
type overlaid struct {
	text, overlay string
	Place
}

// conflicts refuses overlays that set one path differently: the order of overlays should not decide silently.
func (r *report) conflicts(overlays []*document) {
	known := map[string]overlaid{}
	var paths []string // of known, in order: a map is never ranged over
	for _, d := range overlays {
		var mine []string
		settings := map[string]overlaid{}
		collect(d.body, rootField(), "", func(path string, at Place, text string) {
			mine = append(mine, path)
			settings[path] = overlaid{text, d.file, at}
		})
		for _, path := range mine {
			r.conflict(path, settings[path], known, paths)
		}
		for _, path := range mine {
			known[path] = settings[path]
		}
		paths = append(paths, mine...)
	}
}

// conflict compares one setting with those of earlier overlays: the same path, or a removal of what holds it.
func (r *report) conflict(path string, s overlaid, known map[string]overlaid, paths []string) {
	for _, other := range paths {
		o := known[other]
		same := path == other && s.text != o.text
		removed := s.text == nullText && isBelow(other, path) || o.text == nullText && isBelow(path, other)
		if same || removed {
			r.refuse(s.Place, path, fmt.Sprintf("overlays %s and %s set it differently (%s and %s)", o.overlay, s.overlay, o.text, s.text), "take one of them, or combine both in one overlay")
		}
	}
}

// isBelow reports whether path is inside the map at above.
func isBelow(path, above string) bool {
	return len(path) > len(above)+1 && path[:len(above)+1] == above+"."
}

// collect calls visit for every value that a patch replaces whole or removes.
func collect(n *Node, f field, path string, visit func(path string, at Place, text string)) {
	for _, e := range n.Entries {
		child, _ := childOf(f, e.Key)
		if e.Value.Kind == Mapping && shapeOf(child.typ) != leafShape {
			collect(e.Value, child, below(path, e.Key), visit)
			continue
		}
		visit(below(path, e.Key), e.Place, flow(e.Value))
	}
}
