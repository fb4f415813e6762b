package scenarios

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Limits of a document. They are far beyond any clinic, and stop a wrong file before it fills memory.
const (
	maxBytes   = 16 << 20
	maxNesting = 64
)

// Parse reads one YAML document whose root is a map. It refuses what YAML has and the format does not (anchors,
// aliases, merge keys, tags, several documents) and whatever a reader could overlook (duplicate keys). The tree is
// returned beside problems where the text could be read at all, so that the caller can go on checking; else it is nil.
func Parse(file string, text []byte) (*Node, Problems) {
	p := &parser{file: file}
	root := p.document(text)
	if root != nil && root.Kind != Mapping {
		p.refuse(root.Place, "", "the document is "+root.Kind.String()+", not a map of keys", "begin with schema: "+scenarioSchema)
		root = nil
	}
	return root, p.sorted()
}

// parser turns yaml.v3's tree into ours.
type parser struct {
	file string
	report
}

// document parses the text of one document with any root, or returns nil.
func (p *parser) document(text []byte) *Node {
	if !p.readable(text) {
		return nil
	}
	if IsJSONSchema(text) {
		p.refuse(p.place(1, 1), "", "this is the schema by which editors explain the keys, no file of yours", "name the .yaml file that lies beside it")
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var first, second yaml.Node
	if err := decoder.Decode(&first); errors.Is(err, io.EOF) || (err == nil && len(first.Content) == 0) {
		p.refuse(p.place(1, 1), "", "the document is empty", "begin with schema: "+scenarioSchema)
		return nil
	} else if err != nil {
		p.syntax(text, err)
		return nil
	}
	root := p.convert(first.Content[0], "", 0)
	switch err := decoder.Decode(&second); {
	case err == nil:
		p.refuse(p.place(second.Line, second.Column), "", "a second document begins here", "keep one document to a file: remove the line --- and what follows, or move it to a file of its own")
	case !errors.Is(err, io.EOF):
		p.syntax(text, err)
	}
	return root
}

// place is a place in the file.
func (p *parser) place(line, column int) Place { return Place{p.file, max(line, 1), max(column, 1)} }

// readable refuses what no YAML reader should be given.
func (p *parser) readable(text []byte) bool {
	if len(text) > maxBytes {
		p.refuse(p.place(1, 1), "", fmt.Sprintf("the file has %d bytes, and the limit is %d", len(text), maxBytes), "give a scenario file, which is a few kilobytes")
		return false
	}
	line, column := 1, 1
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			p.refuse(p.place(line, column), "", "a byte is not UTF-8 text", "save the file as UTF-8")
			return false
		case r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f:
			p.refuse(p.place(line, column), "", fmt.Sprintf("control character %U", r), "remove it")
			return false
		case r == '\n':
			line, column = line+1, 0
		}
		i, column = i+size, column+1
	}
	return true
}

// convert copies a node of yaml.v3, refusing what the format does not have. What is refused becomes a null.
func (p *parser) convert(y *yaml.Node, path string, depth int) *Node {
	n := &Node{Place: p.place(y.Line, y.Column)}
	if y.Anchor != "" {
		p.refuse(n.Place, path, "anchor &"+y.Anchor, "remove it and write the value out at each place: a reader should see it where it counts")
	}
	if y.Style&yaml.TaggedStyle != 0 {
		p.refuse(n.Place, path, "tag "+y.Tag, "remove the tag: the key says what its value is")
	}
	if depth > maxNesting {
		p.refuse(n.Place, path, fmt.Sprintf("more than %d levels of nesting", maxNesting), "write fewer levels: the format has about eight")
		return n
	}
	switch y.Kind {
	case yaml.AliasNode:
		p.refuse(n.Place, path, "alias *"+y.Value, "write the value out: a reader should see it where it counts")
	case yaml.ScalarNode:
		p.scalar(n, y)
	case yaml.SequenceNode:
		n.Kind = List
		for i, child := range y.Content {
			n.Items = append(n.Items, p.convert(child, item(path, i), depth+1))
		}
	case yaml.MappingNode:
		p.mapping(n, y, path, depth)
	}
	return n
}

// scalar fills in a scalar or a null.
func (p *parser) scalar(n *Node, y *yaml.Node) {
	n.Quoted = y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	n.Text = y.Value
	switch {
	case n.Quoted:
		n.Kind = Scalar
	case y.Value == "", y.Value == "~", strings.EqualFold(y.Value, "null"):
		n.Kind, n.Text = Null, ""
	default:
		n.Kind = Scalar
	}
}

// mapping fills in a mapping.
func (p *parser) mapping(n *Node, y *yaml.Node, path string, depth int) {
	n.Kind = Mapping
	seen := map[string]int{} // line of the first
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := p.convert(y.Content[i], path, depth+1)
		value := p.convert(y.Content[i+1], below(path, key.Text), depth+1)
		if value.Kind == Null && y.Content[i+1].Value == "" {
			value.Place = key.Place // yaml.v3 gives nothing-written no place of its own
			if y.Style&yaml.FlowStyle != 0 {
				p.unglue(key, value, path)
			}
		}
		line, twice := seen[key.Text]
		switch {
		case key.Kind != Scalar:
			p.refuse(key.Place, path, "a key is "+key.Kind.String(), "write a word as the key, such as name: value")
		case key.Text == "<<" && !key.Quoted:
			p.refuse(key.Place, path, "merge key <<", "remove it: extends and overlays combine files")
		case twice:
			p.refuse(key.Place, below(path, key.Text), fmt.Sprintf("duplicate key, first on line %d", line), "keep one of the two")
		default:
			seen[key.Text] = key.Line
			n.Entries = append(n.Entries, Entry{key.Text, key.Quoted, key.Place, value})
		}
	}
}

// unglue refuses {value:0.8}, which YAML takes for a key without a value, and makes of it what was meant, so that nothing else
// is said of it.
func (p *parser) unglue(key, value *Node, path string) {
	name, text, glued := strings.Cut(key.Text, ":")
	if !glued || key.Kind != Scalar || key.Quoted || text == "" {
		return
	}
	p.refuse(key.Place, below(path, name), "no space follows the colon", "write "+name+": "+text)
	bare := strings.Trim(text, `"'`)
	key.Text, value.Kind, value.Text, value.Quoted = name, Scalar, bare, bare != text
}

// syntaxFixes says what to write for the errors of yaml.v3 that people meet. The first match counts.
var syntaxFixes = []struct{ message, fix string }{
	{"mapping values are not allowed", "put text that contains a colon in quotes, and indent keys of one map alike"},
	{"cannot start any token", "put text that begins with this character in quotes"},
	{"could not find expected ':'", "write a colon and a space after the key"},
	{"did not find expected key", "indent keys of one map alike, and close every quote and bracket above"},
	{"did not find expected '-'", "indent items of one list alike"},
	{"did not find expected ','", "close every bracket, and put a comma between items"},
	{"unexpected end of stream", "close the quote that was opened here"},
	{"did not find expected node content", "write a value here, or close the bracket"},
}

var syntaxError = regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)$`)

// syntax translates an error of yaml.v3 into a problem with a place and a fix.
func (p *parser) syntax(text []byte, err error) {
	parts := syntaxError.FindStringSubmatch(err.Error())
	if parts == nil {
		parts = []string{"", "", err.Error()}
	}
	message := parts[2]
	line, _ := strconv.Atoi(parts[1])
	if strings.HasPrefix(message, "did not find expected") {
		line++ // yaml.v3 counts lines from 0 in errors of its parser, and from 1 in those of its scanner
	}
	lines := strings.Split(string(text), "\n")
	line = min(max(line, 1), len(lines))
	fix := "check the quotes, brackets and indentation here and on the line above"
	for _, s := range syntaxFixes {
		if strings.Contains(message, s.message) {
			fix = s.fix
			break
		}
	}
	if odd := misindented(lines); odd > 0 && strings.HasPrefix(message, "did not find expected key") {
		line, message, fix = odd, "this line is indented like nothing above it", "indent keys of one map alike: as far as the key above that it belongs with"
	}
	if at := unspaced(lines); at > 0 && at >= line-1 {
		line, message, fix = at, "no space follows the colon of this key", "write a space after it"
	}
	if tab := tabbed(lines); tab > 0 {
		line, message, fix = tab, "a tab indents this line", "indent with spaces"
	}
	written := lines[line-1]
	column := len(written) - len(strings.TrimLeft(written, " ")) + 1
	p.refuse(p.place(line, column), "", "not YAML: "+message, fix)
}

// misindented returns the first line that goes back to an indentation which no line above it has, or 0. It is asked
// only after yaml.v3 has failed and named the beginning of the map, which may be far above. What stands in brackets is
// left out, and may be indented as it likes.
func misindented(lines []string) int {
	var open []int // indentations of the maps around a line
	brackets := 0
	for i, line := range lines {
		text, _, _ := strings.Cut(strings.TrimSpace(line), " #")
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		indent := len(line) - len(strings.TrimLeft(line, " "))
		for brackets == 0 && len(open) > 0 && open[len(open)-1] > indent {
			open = open[:len(open)-1]
			if len(open) == 0 || open[len(open)-1] < indent {
				return i + 1
			}
		}
		if brackets == 0 && (len(open) == 0 || open[len(open)-1] < indent) {
			open = append(open, indent)
		}
		brackets = max(0, brackets+strings.Count(text, "[")+strings.Count(text, "{")-strings.Count(text, "]")-strings.Count(text, "}"))
	}
	return 0
}

var unspacedKey = regexp.MustCompile(`^\s*[A-Za-z][A-Za-z0-9_-]*:[^\s:/]`)

// unspaced returns the first line with a key whose colon no space follows, or 0. It is asked only after yaml.v3 has failed,
// since such a line is lawful inside block texts.
func unspaced(lines []string) int {
	for i, line := range lines {
		if unspacedKey.MatchString(line) {
			return i + 1
		}
	}
	return 0
}

// tabbed returns the first line with a tab in its indentation, or 0. It is asked only after yaml.v3 has failed, since
// tabs are lawful inside block texts.
func tabbed(lines []string) int {
	for i, line := range lines {
		if strings.Contains(line[:len(line)-len(strings.TrimLeft(line, " \t"))], "\t") && strings.TrimSpace(line) != "" {
			return i + 1
		}
	}
	return 0
}
