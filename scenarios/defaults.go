package scenarios

import (
	"reflect"
	"slices"
	"sync"
)

// newFile returns an empty File that reflection can fill in.
func newFile() reflect.Value { return reflect.ValueOf(new(File)).Elem() }

var defaultNodes sync.Map // from the text of a default to its *Node

// defaultNode parses the default of a field. A default that does not parse is a mistake in file.go.
func defaultNode(f field) *Node {
	if known, ok := defaultNodes.Load(f.defaultText); ok {
		return known.(*Node)
	}
	p := &parser{file: "default"}
	n := p.document([]byte(f.defaultText))
	if n == nil || len(p.problems) > 0 {
		panic("scenarios: default of " + f.key + " in file.go: " + p.sorted().Error())
	}
	defaultNodes.Store(f.defaultText, n)
	return n
}

// fill writes every default into the tree and puts the keys in the order of the format, so that the tree is complete
// and prints the same whatever the order of the file. It skips what does not fit the format: decode says so.
func fill(n *Node, f field) {
	if n.Kind != Mapping {
		return
	}
	switch shapeOf(f.typ) {
	case structShape:
		fields := fieldsOf(f.typ)
		fillFields(n, fields)
		order := func(e Entry) int {
			if i := slices.IndexFunc(fields, func(f field) bool { return f.key == e.Key }); i >= 0 {
				return i
			}
			return len(fields) // unknown keys last
		}
		slices.SortStableFunc(n.Entries, func(a, b Entry) int { return order(a) - order(b) })
	case mapShape:
	default:
		return
	}
	for _, e := range n.Entries {
		if child, ok := childOf(f, e.Key); ok {
			fill(e.Value, child)
		}
	}
}

// fillFields adds the keys that are absent and have a default. They take the place of the map that lacks them.
func fillFields(n *Node, fields []field) {
	for _, f := range fields {
		if n.At(f.key) != nil || !f.hasDefault {
			continue
		}
		value := defaultNode(f).copy()
		value.walk(func(d *Node) { d.Place, d.Layer, d.Default = n.Place, n.Layer, true })
		for i := range value.Entries {
			value.Entries[i].Place = n.Place
		}
		n.Entries = append(n.Entries, Entry{Key: f.key, Place: n.Place, Value: value})
	}
}
