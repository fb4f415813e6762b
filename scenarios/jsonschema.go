package scenarios

import (
	"reflect"
	"strconv"
	"strings"

	"portalsim/sim"
)

// FileKind is a kind of file for JSONSchema: the text of its first key, what it is, and the struct, with the tags of
// file.go, that holds its other keys.
type FileKind struct {
	Schema, Doc string
	Root        reflect.Type
	Extends     bool // whether it may extend a parent; what it leaves out is then the parent's
}

// FileKinds returns the kinds of file of this package: scenario and overlay.
func FileKinds() []FileKind {
	return []FileKind{
		{scenarioSchema, "a scenario of portalsim: a clinic", reflect.TypeFor[File](), true},
		{overlaySchema, "an overlay of portalsim: a change to lay over a scenario", reflect.TypeFor[OverlayFile](), false},
	}
}

// dialect is the version of JSON Schema.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// JSONSchema describes kinds of file in JSON Schema 2020-12, made from the same structs as the checker. It says all that
// such a schema can: keys, types, bounds, words, units. What it cannot say, such as names that must exist, sums and
// orders of numbers, the checker says.
func JSONSchema(kinds ...FileKind) []byte {
	var w schemaWriter
	words := make([]any, len(kinds))
	var cases []any
	for i, kind := range kinds {
		words[i] = kind.Schema
		is := object{{"properties", object{{"schema", object{{"const", kind.Schema}}}}}}
		cases = append(cases, object{{"if", is.with("required", []any{"schema"})}, {"then", w.kind(kind)}})
	}
	root := object{{"$schema", dialect}, {"$id", schemaID}, {"title", "portalsim"}, {"description", "Files of portalsim, by their first key."},
		{"type", "object"}, {"required", []any{"schema"}},
		{"properties", object{{"schema", object{{"description", "the kind of file"}, {"enum", words}}}}},
		{"allOf", cases}}
	return pretty(root.with("$defs", w.definitions))
}

// schemaID names the schema; it is no address.
const schemaID = "urn:portalsim:schema:1"

// IsJSONSchema tells whether a text is one that JSONSchema wrote.
func IsJSONSchema(text []byte) bool { return strings.Contains(string(text), `"$id": "`+schemaID+`"`) }

// schemaWriter writes schemas of fields; what several share is written once, among the definitions.
type schemaWriter struct {
	definitions object

	// partial is true below what is laid over something else: nothing is required, and null removes.
	partial bool
}

// kind describes one kind of file.
func (w *schemaWriter) kind(kind FileKind) object {
	first := object{{"schema", object{{"const", kind.Schema}}}}
	whole := func(partial bool, more object) object {
		w.partial = partial
		defer func() { w.partial = false }()
		return w.mapping(kind.Root, first.join(more)).join(object{{"title", kind.Schema}, {"description", kind.Doc}})
	}
	if !kind.Extends {
		return whole(false, nil)
	}
	parent := object{{"extends", textSchema(field{}).join(object{{"description", "the scenario that this one rests on: a library name, or a path from the directory of this file; what is left out here is as there"}})}}
	return object{{"if", object{{"required", []any{"extends"}}}}, {"then", whole(true, parent)}, {"else", whole(false, nil)}}
}

// value describes what the format has at a field.
func (w *schemaWriter) value(f field) object {
	s := w.bare(f)
	if w.partial && s.index("$ref") < 0 {
		s = orNull(s)
	}
	return s
}

// bare describes a field without its documentation, and without the null of partial files.
func (w *schemaWriter) bare(f field) object {
	switch v := reflect.New(f.typ).Interface().(type) {
	case leaf:
		return w.defined(or(kinds[f.typ], f.typ.Name())+" "+f.limits, func() object { return v.schema(w, f) })
	case byKey:
		child, _ := childOf(f, "*")
		return w.byKey(f.keyKind(), w.described(child))
	}
	switch f.typ.Kind() {
	case reflect.Struct:
		return w.defined(f.typ.Name(), func() object { return w.mapping(f.typ, nil) })
	case reflect.Slice:
		items := w.whole(func() object { return w.value(field{typ: f.typ.Elem(), one: f.one}) })
		return object{{"type", "array"}, {"items", items}}
	case reflect.Bool:
		return object{{"type", "boolean"}}
	case reflect.Int:
		return object{{"type", "integer"}}.join(boundsSchema(f.limits))
	}
	return textSchema(f)
}

// whole describes what cannot be removed by itself even in a partial file: an item of a list, a parameter.
func (w *schemaWriter) whole(describe func() object) object {
	partial := w.partial
	w.partial = false
	defer func() { w.partial = partial }()
	return describe()
}

// defined refers to a definition, which it writes when it is met for the first time.
func (w *schemaWriter) defined(name string, describe func() object) object {
	name = definitionName(name)
	if w.partial {
		name += "-or-null"
	}
	if w.definitions.index(name) < 0 {
		i := len(w.definitions)
		w.definitions = append(w.definitions, member{name, nil}) // so that it is written once, and before what it needs
		s := describe()
		if w.partial {
			s = orNull(s)
		}
		w.definitions[i].value = s
	}
	return object{{"$ref", "#/$defs/" + name}}
}

// definitionName makes a name that an address can hold.
func definitionName(text string) string {
	text = strings.TrimSpace(text)
	return strings.NewReplacer(" >=", "-at-least-", " >", "-above-", "..", "-to-", " ", "-").Replace(text)
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// mapping describes a mapping with the keys of a struct.
func (w *schemaWriter) mapping(t reflect.Type, first object) object {
	properties, required := first, []any{}
	for _, m := range first {
		required = append(required, m.key)
	}
	for _, f := range fieldsOf(t) {
		if f.notSupported {
			continue
		}
		properties = properties.with(f.key, w.described(f))
		if f.required && !w.partial {
			required = append(required, f.key)
		}
	}
	s := object{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}}
	if len(required) > 0 {
		s = s.with("required", required)
	}
	return s
}

// described adds what people want to know: what the field holds, means, is counted in, and is when it is left out.
func (w *schemaWriter) described(f field) object {
	partial := w.partial
	w.partial = partial || f.patch
	s := w.value(f)
	w.partial = partial
	if f.doc != "" {
		s = object{{"title", kindOf(f)}, {"description", f.doc}}.join(s)
	}
	if f.unit != "" && f.unit != "1" {
		s = s.with("x-unit", f.unit)
	}
	if f.hasDefault {
		s = s.with("default", plainValue(defaultNode(f)))
	}
	return s
}

// orNull lets a schema take null, too.
func orNull(s object) object {
	for i, m := range s {
		switch types := m.value.(type) {
		case string:
			if m.key == "type" {
				s = s.with("type", []any{types, "null"})
			}
		case []any:
			if m.key == "type" || m.key == "enum" {
				null := any("null")
				if m.key == "enum" {
					null = nil
				}
				s = s.with(s[i].key, append(types[:len(types):len(types)], null))
			}
		}
	}
	return s
}

// plainValue turns a node into what JSON has.
func plainValue(n *Node) any {
	switch n.Kind {
	case Mapping:
		o := object{}
		for _, e := range n.Entries {
			o = append(o, member{e.Key, plainValue(e.Value)})
		}
		return o
	case List:
		list := []any{}
		for _, item := range n.Items {
			list = append(list, plainValue(item))
		}
		return list
	case Null:
		return nil
	}
	if x, err := strconv.ParseFloat(n.Text, 64); err == nil && !n.Quoted && numberForm.MatchString(n.Text) {
		return x
	}
	if n.Text == "true" || n.Text == "false" {
		return n.Text == "true"
	}
	return n.Text
}

// textSchema describes a text, one of a few words, or a name. Readers of YAML make a number of the text 2025.
func textSchema(f field) object {
	if len(f.one) > 0 {
		words := make([]any, len(f.one))
		for i, word := range f.one {
			words[i] = word
		}
		return object{{"type", "string"}, {"enum", words}}
	}
	s := object{{"type", []any{"string", "number", "boolean"}}}
	if f.named {
		s = object{{"type", []any{"string", "integer", "boolean"}}, {"minimum", 0}}.join(object{{"pattern", nameForm.String()}, {"not", object{{"const", sim.All}}}})
	}
	return s
}

// boundsSchema turns the range of a tag into keywords, which concern numbers only.
func boundsSchema(limits string) object {
	least, most, both, above := bounds(limits)
	switch {
	case limits == "":
		return nil
	case both:
		return object{{"minimum", least}, {"maximum", most}}
	case above:
		return object{{"exclusiveMinimum", least}}
	}
	return object{{"minimum", least}}
}

// keyPattern returns the pattern of the keys of a Map; "" for any.
func keyPattern(kind string) string {
	switch kind {
	case dayKeys:
		var days []string
		for i, from := range dayWords {
			days = append(days, from)
			for _, to := range dayWords[i+1:] {
				days = append(days, from+"-"+to)
			}
		}
		return anyOf(days)
	case monthKeys:
		return anyOf(monthWords)
	case hourKeys:
		return `^([01][0-9]|2[0-3])-([01][0-9]|2[0-4])$`
	case timeKeys:
		return spanPattern
	case measureKeys:
		var names []string
		for _, m := range sim.Measures() {
			names = append(names, m.Name)
		}
		return strings.TrimSuffix(anyOf(names), "$") + `(\[.*\])?$`
	case pathKeys:
		return ""
	}
	return nameForm.String()
}

// anyOf is the pattern of some words.
func anyOf(words []string) string { return "^(" + strings.Join(words, "|") + ")$" }

// byKey describes a Map, of which child describes the values.
func (w *schemaWriter) byKey(kind string, child object) object {
	s := object{{"type", "object"}}
	pattern := keyPattern(kind)
	switch {
	case pattern == "":
		return s.with("additionalProperties", child)
	case kind == nameKeys:
		s = s.with("properties", object{{sim.All, false}}) // in tables, it means not broken down
	}
	return s.join(object{{"patternProperties", object{{pattern, child}}}, {"additionalProperties", false}})
}
