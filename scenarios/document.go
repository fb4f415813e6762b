package scenarios

import (
	"reflect"
	"slices"
	"strings"
)

// The schemas of the files.
const (
	scenarioSchema = "portalsim/scenario/1"
	overlaySchema  = "portalsim/overlay/1"
	studySchema    = "portalsim/study/1"
)

// document is one file read: a scenario, whole or extending a parent, or an overlay.
type document struct {
	file      string // as problems print it
	inLibrary bool   // from the library, where parents are library names
	schema    string
	name      string // in the file; empty where there is none
	title     string
	extends   *Node    // the parent of a scenario, or nil
	body      *Node    // the keys of a scenario, or what an overlay sets
	add       []change // of an overlay
	scale     []change
}

// change is one line of add or scale.
type change struct {
	path   string
	amount *Node
	Place
}

// OverlayFile is a file of `schema: portalsim/overlay/1`, with the tags of file.go.
type OverlayFile struct {
	Name        string       `key:"name" named:"true" doc:"short name of the overlay, by which the screen and the report call it"`
	Title       string       `key:"title" doc:"one line for people"`
	Description string       `key:"description" doc:"what the overlay stands for"`
	Set         File         `key:"set" patch:"true" doc:"keys of a scenario with what to write over it, laid first; null removes"`
	Add         Map[Summand] `key:"add" keys:"paths" doc:"by path: a number or a time to add, which may be negative; laid second"`
	Scale       Map[Factor]  `key:"scale" keys:"paths" doc:"by path: a number to multiply by; laid last"`
}

var overlayKeys = append([]string{"schema"}, keysOf(reflect.TypeFor[OverlayFile]())...)

// Summand is a number or a time of add, and Factor a number of scale.
type (
	Summand struct{}
	Factor  struct{}
)

// readDocument reads one file and checks all that can be checked without the files it is combined with. The document
// is nil where the text cannot be read at all.
func readDocument(file string, text []byte) (*document, Problems) {
	var r reader
	root, problems := Parse(file, text)
	r.add(problems...)
	if root == nil {
		return nil, r.sorted()
	}
	d := &document{file: file}
	switch r.schema(d, root) {
	case scenarioSchema:
		r.scenario(d, root)
	case overlaySchema:
		r.overlay(d, root)
	default:
		return nil, r.sorted()
	}
	if title := root.At("title"); title != nil {
		d.title = title.Text
	}
	if name := root.At("name"); name != nil {
		d.name = name.Text
	}
	return d, r.sorted()
}

// schema takes the schema off the document and returns it, or "" where it is none of ours.
func (r *reader) schema(d *document, root *Node) string {
	fix := "begin with schema: " + scenarioSchema + " or schema: " + overlaySchema
	known := []string{scenarioSchema, overlaySchema}
	n := root.remove("schema")
	switch {
	case n == nil:
		r.refuse(root.Place, "schema", "required key is missing", fix)
	case n.word(studySchema):
		r.refuse(n.Place, "schema", "this is a study, and a scenario or an overlay is wanted", "run it by itself with portalsim sweep, or give a file that begins with schema: "+scenarioSchema)
	case n.Kind != Scalar || !slices.Contains(known, n.Text):
		r.refuse(n.Place, "schema", "this version does not read this schema", didYouMean(n.Text, known))
	default:
		d.schema = n.Text
	}
	return d.schema
}

// scenario takes the parent off a scenario and checks the rest. What a file with a parent leaves out is the parent's.
func (r *reader) scenario(d *document, root *Node) {
	d.extends = root.remove("extends")
	if d.extends != nil {
		r.text(d.extends, "extends", field{})
	}
	d.body = root
	r.check(root, d.extends != nil)
}

// check decodes a tree only for its problems.
func (r *reader) check(tree *Node, partial bool) {
	r.partial = partial
	r.value(tree, newFile(), "", rootField())
}

// overlay takes an overlay apart and checks its parts.
func (r *reader) overlay(d *document, root *Node) {
	for _, e := range root.Entries {
		switch e.Key {
		case "set":
			if r.is(e.Value, Mapping, "set", "write a map with keys of a scenario") {
				d.body = e.Value
			}
		case "add":
			d.add = r.changes(e.Value, "add", new(Summand))
		case "scale":
			d.scale = r.changes(e.Value, "scale", new(Factor))
		case "name", "title", "description":
			f, _ := fieldNamed(reflect.TypeFor[OverlayFile](), e.Key)
			r.text(e.Value, e.Key, f)
		default:
			r.unknownOverlayKey(e)
		}
	}
	if d.body == nil {
		d.body = &Node{Kind: Mapping, Place: root.Place}
	}
	r.check(d.body, true)
}

// unknownOverlayKey helps those who write scenario keys at the top of an overlay.
func (r *reader) unknownOverlayKey(e Entry) {
	fix := didYouMean(e.Key, overlayKeys)
	if _, ok := fieldNamed(rootField().typ, e.Key); ok {
		fix = "write it inside set:"
	}
	if e.Key == "extends" {
		fix = "remove it: an overlay is laid over a scenario on the command line, such as baseline+" + e.File
	}
	r.refuse(e.Place, e.Key, "unknown key of an overlay", fix)
}

// changes reads add or scale: dotted paths with amounts.
func (r *reader) changes(n *Node, key string, amount leaf) []change {
	var changes []change
	if !r.is(n, Mapping, key, "write a map of paths and numbers, such as {messages.refill.needs_per_user_year: 1.5}") {
		return nil
	}
	for _, e := range n.Entries {
		at := key + "." + e.Key
		switch {
		case e.Value.Kind != Scalar:
			r.refuse(e.Value.Place, at, "must be a number, got "+e.Value.Kind.String(), "write the whole path as one key, such as patients.count: 1.5")
		default:
			found := len(r.problems)
			if amount.read(r, e.Value, at, field{}); len(r.problems) == found {
				changes = append(changes, change{e.Key, e.Value, e.Place})
			}
		}
	}
	return changes
}

func (*Summand) read(r *reader, n *Node, path string, _ field) {
	if _, err := parseDuration(strings.TrimPrefix(n.Text, "-")); err != nil {
		r.number(n, path, field{})
	}
}

func (*Summand) schema(*schemaWriter, field) object {
	after := strings.TrimPrefix(timePattern(durationUnits), "^")
	return object{{"type", []any{"number", "string"}}, {"minLength", 1}, {"pattern", "^-?" + after}, {"not", object{{"const", "-"}}}}
}

func (*Factor) read(r *reader, n *Node, path string, _ field) { r.number(n, path, field{}) }

func (*Factor) schema(*schemaWriter, field) object { return object{{"type", "number"}} }

// fileName drops directories and .yaml.
func fileName(file string) string {
	return strings.TrimSuffix(file[strings.LastIndexAny(file, `/\`)+1:], ".yaml")
}
