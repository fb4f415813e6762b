package scenarios

import (
	"slices"
	"strconv"
	"strings"
)

// Kind is the kind of a node.
type Kind uint8

// The kinds of node.
const (
	Null    Kind = iota // nothing written, ~ or null: removes what it is laid over
	Scalar              // a number, a word, a time, a text
	List                // a sequence
	Mapping             // keys with values, in order
)

// String names the kind for messages.
func (k Kind) String() string {
	return [...]string{"nothing", "a single value", "a list", "a map"}[k]
}

// Node is one value of a YAML document with its place. It is our own tree, and not yaml.Node, so that composition
// need not know of anchors, tags and styles, all of which the format refuses.
type Node struct {
	Kind    Kind
	Text    string  // of a scalar, as written but without quotes
	Quoted  bool    // whether a scalar was in quotes (or a block text)
	Items   []*Node // of a list
	Entries []Entry // of a mapping, in the order of the file
	Place

	// Layer numbers the document that the node came from: 0 for the scenario without parent, then the one that
	// extends it, overlays and --set, in the order in which they are laid over.
	Layer int

	// Default is true for a value that nobody wrote.
	Default bool
}

// Entry is one key of a mapping.
type Entry struct {
	Key    string
	Quoted bool // whether the key was in quotes
	Place       // of the key
	Value  *Node
}

// At returns the value of a key, or nil.
func (n *Node) At(key string) *Node {
	if i := n.index(key); i >= 0 {
		return n.Entries[i].Value
	}
	return nil
}

// index returns the position of a key, or -1.
func (n *Node) index(key string) int {
	if n == nil || n.Kind != Mapping {
		return -1
	}
	return slices.IndexFunc(n.Entries, func(e Entry) bool { return e.Key == key })
}

// put replaces the value of a key, which keeps its position, or appends the key.
func (n *Node) put(e Entry) {
	if i := n.index(e.Key); i >= 0 {
		n.Entries[i] = e
		return
	}
	n.Entries = append(n.Entries, e)
}

// remove takes a key away and returns its value, or nil.
func (n *Node) remove(key string) *Node {
	i := n.index(key)
	if i < 0 {
		return nil
	}
	value := n.Entries[i].Value
	n.Entries = slices.Delete(n.Entries, i, i+1)
	return value
}

// keys returns the keys in order.
func (n *Node) keys() []string {
	keys := make([]string, len(n.Entries))
	for i, e := range n.Entries {
		keys[i] = e.Key
	}
	return keys
}

// word reports whether n is the scalar text.
func (n *Node) word(text string) bool { return n != nil && n.Kind == Scalar && n.Text == text }

// onLayer returns a copy of the whole tree on the layer given, so that arms do not share what they change.
func (n *Node) onLayer(layer int) *Node {
	c := n.copy()
	c.walk(func(n *Node) { n.Layer = layer })
	return c
}

// copy returns a copy of the whole tree.
func (n *Node) copy() *Node {
	c := *n
	c.Items = make([]*Node, len(n.Items))
	for i, item := range n.Items {
		c.Items[i] = item.copy()
	}
	c.Entries = slices.Clone(n.Entries)
	for i := range c.Entries {
		c.Entries[i].Value = c.Entries[i].Value.copy()
	}
	return &c
}

// walk calls do for n and everything below it.
func (n *Node) walk(do func(*Node)) {
	do(n)
	for _, item := range n.Items {
		item.walk(do)
	}
	for _, e := range n.Entries {
		e.Value.walk(do)
	}
}

// nearest follows a dotted path, in which [2] is the third item of a list, as far as it exists, and returns the last node on it.
func (n *Node) nearest(path string) *Node {
	for _, step := range strings.Split(strings.ReplaceAll(path, "[", ".["), ".") {
		next := n.At(step)
		if i, err := strconv.Atoi(strings.Trim(step, "[]")); err == nil && strings.HasPrefix(step, "[") && i >= 0 && i < len(n.Items) {
			next = n.Items[i]
		}
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

// below joins a path and a key.
func below(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// item is the path of an item of a list.
func item(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
