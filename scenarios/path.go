package scenarios

import (
	"slices"
	"strings"
)

// target is what a dotted path leads to: the last map on the way, and the value of the last key in it.
type target struct {
	parent, node *Node // node is nil where the map does not have the key
	in, at       field // what the format has at parent and at node; the zero field inside leaves
	prefix, key  string
}

// miss says why a path leads nowhere, and what to write.
type miss struct {
	why, fix string
	depth    int // steps that did exist; the deepest miss is the most helpful
}

// locate follows a dotted path through a tree of the format.
func locate(root *Node, path string) (target, *miss) {
	t := target{node: root, at: rootField()}
	for depth, key := range strings.Split(path, ".") {
		if t.node == nil {
			return t, t.absent(depth)
		}
		t = target{parent: t.node, in: t.at, prefix: below(t.prefix, t.key), key: key}
		if m := t.step(depth); m != nil {
			m.fix = or(wholePath(path, depth), m.fix)
			return t, m
		}
	}
	return t, nil
}

// wholePath offers whole paths in place of one that begins too low, such as count or education.reach; "" where the
// format has no such key either.
func wholePath(path string, depth int) string {
	steps := strings.Split(path, ".")
	if _, known := fieldNamed(rootField().typ, steps[0]); known || depth > 0 || nearest(steps[0], keysOf(rootField().typ)) != "" {
		return ""
	}
	var places []string
	for _, place := range elsewhere(steps[len(steps)-1]) {
		if len(steps) > 1 {
			place = strings.Replace(place, "*", steps[len(steps)-2], 1)
		}
		if !slices.Contains(places, place) && (len(steps) < 2 || strings.HasSuffix(place, "."+path)) {
			places = append(places, strings.ReplaceAll(place, "*", "NAME"))
		}
	}
	if places == nil {
		return ""
	}
	return "write the whole path: " + oneOf(places)
}

// step looks the key up.
func (t *target) step(depth int) *miss {
	whole := t.prefix
	switch {
	case strings.Contains(t.key, "["):
		return &miss{"paths do not reach into lists", "write the whole list at " + below(t.prefix, t.key[:strings.Index(t.key, "[")]), depth}
	case t.parent.Kind != Mapping:
		return &miss{whole + " is " + t.parent.Kind.String() + " and has no " + t.key, "write the path " + whole, depth}
	}
	t.node = t.parent.At(t.key)
	if shapeOf(t.in.typ) != leafShape {
		at, ok := childOf(t.in, t.key)
		if !ok {
			return &miss{"the format has no " + below(whole, t.key), didYouMean(t.key, keysOf(t.in.typ)), depth}
		}
		t.at = at
	}
	return nil
}

// absent says that the key does not exist.
func (t *target) absent(depth int) *miss {
	where := t.prefix
	if where == "" {
		where = "the scenario"
	}
	return &miss{where + " has no " + t.key, didYouMean(t.key, t.parent.keys()), depth}
}

// creatable reports whether the absent key may be written: an optional key of the format, a complete entry of a map,
// or an optional part of a distribution or an evidence node.
func (t *target) creatable(value *Node) bool {
	switch shapeOf(t.in.typ) {
	case structShape:
		return !t.at.notSupported
	case mapShape:
		return len(lacks(value, t.at, t.key, t.parent.keys())) == 0
	}
	if t.parent.At("dist") != nil && t.parent.At("source") == nil {
		return slices.ContainsFunc(distKinds, func(k struct {
			kind       string
			parameters []string
		}) bool {
			return slices.Contains(k.parameters, t.key)
		})
	}
	return t.parent.At("value") != nil && slices.Contains(evidenceKeys, t.key)
}

// lacks returns the keys that a new entry of a map must have and does not. Where the format requires none (a pool),
// an entry named almost like another must have a title, to show that it is meant.
func lacks(value *Node, f field, name string, others []string) []string {
	if shapeOf(f.typ) != structShape {
		return nil
	}
	var missing []string
	required := false
	for _, child := range fieldsOf(f.typ) {
		required = required || child.required
		if child.required && value.At(child.key) == nil {
			missing = append(missing, child.key)
		}
	}
	if _, titled := fieldNamed(f.typ, "title"); titled && !required && value.At("title") == nil && nearest(name, others) != "" {
		return []string{"title"}
	}
	return missing
}
