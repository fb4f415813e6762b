package scenarios

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// nullText is how a null prints.
const nullText = "null"

// expand prints a complete tree as a scenario file. What is printed loads to the same scenario and prints the same
// again; therefore it carries no comments, which loading would lose.
func expand(tree *Node) string {
	var p printer
	p.line(0, "schema: "+scenarioSchema)
	for _, e := range tree.Entries {
		p.entry(e, 0)
	}
	return p.String()
}

// flowWidth is the longest map or list that is printed on one line.
const flowWidth = 100

// printer writes YAML with two spaces to a level.
type printer struct {
	strings.Builder
	width int // longest map or list on one line; 0 for flowWidth
}

func (p *printer) line(depth int, text string) {
	p.WriteString(strings.Repeat("  ", depth) + text + "\n")
}

// entry prints a key with its value: on one line where that is short and holds no further maps of maps.
func (p *printer) entry(e Entry, depth int) {
	key := KeyText(e.Key) + ":"
	width := flowWidth
	if p.width > 0 {
		width = p.width
	}
	switch n := e.Value; {
	case n.Kind == List && len(flow(n)) > width:
		p.line(depth, key)
		for _, child := range n.Items {
			p.line(depth+1, "- "+flow(child))
		}
	case n.Kind == Mapping && len(n.Entries) > 0 && (!shallow(n) || len(flow(n)) > width):
		p.line(depth, key)
		for _, child := range n.Entries {
			p.entry(child, depth+1)
		}
	default:
		p.line(depth, key+" "+flow(n))
	}
}

// shallow reports whether a map is a distribution, an evidence node or shares, or holds scalars only.
func shallow(n *Node) bool {
	if n.At("dist") != nil || n.At("source") != nil || n.At("shares") != nil {
		return true
	}
	return !slices.ContainsFunc(n.Entries, func(e Entry) bool { return e.Value.Kind == List || e.Value.Kind == Mapping })
}

// flow prints a node on one line.
func flow(n *Node) string {
	switch n.Kind {
	case Scalar:
		return scalarText(n)
	case List:
		items := make([]string, len(n.Items))
		for i, child := range n.Items {
			items[i] = flow(child)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case Mapping:
		entries := make([]string, len(n.Entries))
		for i, e := range n.Entries {
			entries[i] = KeyText(e.Key) + ": " + flow(e.Value)
		}
		return "{" + strings.Join(entries, ", ") + "}"
	}
	return nullText
}

var (
	plainText = regexp.MustCompile(`^[A-Za-z0-9.-]([A-Za-z0-9_./+-]| [A-Za-z0-9])*$`)
	plainKey  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)
	// reserved words are booleans or nulls to some YAML reader.
	reserved = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|null|nan|inf|---|\.\.\.)$`)
)

// scalarText keeps what was in quotes in quotes, since they can be part of the format (dates, times of day), and puts
// quotes around what YAML would misread.
func scalarText(n *Node) string {
	boolean := n.Text == "true" || n.Text == "false"
	if !n.Quoted && (boolean || plainText.MatchString(n.Text) && !reserved.MatchString(n.Text)) {
		return n.Text
	}
	return quote(n.Text)
}

// KeyText prints a key.
func KeyText(key string) string {
	if plainKey.MatchString(key) && !reserved.MatchString(key) {
		return key
	}
	return quote(key)
}

// quote prints a text in double quotes: JSON's are YAML's.
func quote(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic(err) // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}
