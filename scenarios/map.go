package scenarios

import (
	"reflect"
	"slices"
)

// Map is a mapping by name, day or hours in the order of the file. Values[i] and Nodes[i] belong to Keys[i]; the
// nodes give place and layer.
type Map[T any] struct {
	Keys   []string
	Values []T
	Nodes  []*Node
}

// Index returns the position of a key, or -1.
func (m Map[T]) Index(key string) int { return slices.Index(m.Keys, key) }

// Get returns the value of a key and whether there is one.
func (m Map[T]) Get(key string) (value T, ok bool) {
	if i := m.Index(key); i >= 0 {
		return m.Values[i], true
	}
	return value, false
}

// WeekdayFile holds the blocks of a day, such as "08:00-12:00": visits. The blocks of one file do not overlap; where
// layers do, the tree has been painted, so that the Map of days and blocks has no overlap at all.
type WeekdayFile = Map[string]

// byKey is what reflection needs of a Map.
type byKey interface {
	// element returns the type of the values.
	element() reflect.Type
	// extend appends a key and returns a pointer to its value, good until the next call.
	extend(key string, n *Node) any
}

func (m *Map[T]) element() reflect.Type { return reflect.TypeFor[T]() }

func (m *Map[T]) extend(key string, n *Node) any {
	var zero T
	m.Keys, m.Values, m.Nodes = append(m.Keys, key), append(m.Values, zero), append(m.Nodes, n)
	return &m.Values[len(m.Values)-1]
}

// Later stands for a key of the format whose mechanism this version does not have.
type Later struct{}
