package scenarios

import (
	"reflect"
	"strings"
)

// Any is a value of any kind, kept as it stands: which kinds are lawful depends on what it is for.
type Any struct{ *Node }

func (v *Any) read(_ *reader, n *Node, _ string, _ field) { v.Node = n }

func (*Any) schema(*schemaWriter, field) object {
	return object{{"type", []any{"string", "number", "boolean", "object", "array"}}}
}

// Decode reads a file of another schema of the program into a struct that has the tags of file.go, by the rules of
// scenario files: unknown and duplicate keys are refused, defaults filled in, every problem reported at once. It returns
// the tree, nil where the text cannot be read at all.
func Decode(file string, text []byte, schema string, into any) (*Node, Problems) {
	r := reader{foreign: true}
	root, problems := Parse(file, text)
	r.add(problems...)
	if root == nil {
		return nil, beginWith(schema, r.sorted())
	}
	if n := root.remove("schema"); !n.word(schema) {
		at := root.Place
		if n != nil {
			at = n.Place
		}
		r.refuse(at, "schema", "this is not a file of schema "+schema, "begin with schema: "+schema)
	}
	v := reflect.ValueOf(into).Elem()
	f := field{typ: v.Type()}
	fill(root, f)
	r.value(root, v, "", f)
	return root, r.sorted()
}

// beginWith names the right schema where the parser, which knows no other, names that of scenarios.
func beginWith(schema string, problems Problems) Problems {
	for i := range problems {
		problems[i].Fix = strings.ReplaceAll(problems[i].Fix, scenarioSchema, schema)
	}
	return problems
}

// SchemaOf returns the schema that a text declares, or "".
func SchemaOf(text []byte) string {
	root, _ := Parse("", text)
	if root == nil || root.At("schema") == nil {
		return ""
	}
	return root.At("schema").Text
}

// ParseValue parses a value given on the command line as YAML. Problems name the option and the path.
func ParseValue(text string, at Place, path string) (*Node, Problems) {
	var r report
	n := parseValue(&r, text, at, path)
	return n, r.sorted()
}

// Flow prints a node on one line, as a scenario file has it.
func Flow(n *Node) string { return flow(n) }

// DidYouMean offers the known word nearest to what was written, else lists the known words.
func DidYouMean(word string, known []string) string { return didYouMean(word, known) }

// Sorted returns problems by file, line and column, each once; the files are in the order given.
func Sorted(files []string, problems ...Problem) Problems {
	r := report{files: files}
	r.add(problems...)
	return r.sorted()
}
