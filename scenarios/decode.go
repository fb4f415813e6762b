package scenarios

import (
	"fmt"
	"reflect"
	"slices"
)

// leaf is a type of the format that reads itself from a node: numbers with evidence, times, distributions, shares.
type leaf interface {
	read(r *reader, n *Node, path string, f field)
	// schema says of it what JSON Schema can; what several types share, w defines once.
	schema(w *schemaWriter, f field) object
}

// reader decodes a tree into the structs of file.go, collecting every problem.
type reader struct {
	report

	// partial is true for a file checked by itself that will be laid over another: what is required may be there,
	// and null is lawful, since it removes.
	partial bool

	// foreign is true for a file of another schema, whose keys are not looked for among those of scenarios.
	foreign bool
}

// decode reads the tree of a scenario.
func decode(tree *Node) (*File, Problems) {
	var r reader
	file := new(File)
	r.value(tree, reflect.ValueOf(file).Elem(), "", rootField())
	return file, r.sorted()
}

// value reads n into v, which is of the field's type or a pointer to it.
func (r *reader) value(n *Node, v reflect.Value, path string, f field) {
	if n.Kind == Null && (r.partial || path == "") {
		return
	}
	if n.Kind == Null {
		r.refuse(n.Place, path, "has no value, and there is nothing here that null could remove", "give it a value, or remove the key")
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if l, ok := v.Addr().Interface().(leaf); ok {
		l.read(r, n, path, f)
		return
	}
	if m, ok := v.Addr().Interface().(byKey); ok {
		r.byKey(n, m, path, f)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		r.fields(n, v, path)
	case reflect.Slice:
		r.list(n, v, path, f)
	case reflect.String:
		v.SetString(r.word(n, path, f))
	case reflect.Bool:
		v.SetBool(r.truth(n, path))
	case reflect.Int:
		v.SetInt(int64(r.count(n, path, f)))
	default:
		panic(fmt.Sprintf("scenarios: the format has no type %s, at %s", v.Type(), path))
	}
}

// is refuses a node of another kind.
func (r *reader) is(n *Node, kind Kind, path, fix string) bool {
	if n.Kind != kind {
		r.refuse(n.Place, path, "must be "+kind.String()+", got "+n.Kind.String(), fix)
	}
	return n.Kind == kind
}

// fields reads a mapping with fixed keys.
func (r *reader) fields(n *Node, v reflect.Value, path string) {
	t := v.Type()
	if !r.is(n, Mapping, path, "write a map with the keys "+listed(keysOf(t))) {
		return
	}
	for _, e := range n.Entries {
		f, ok := fieldNamed(t, e.Key)
		switch {
		case !ok:
			r.unknownKey(e, path, keysOf(t))
		case f.notSupported:
			r.refuse(e.Place, below(path, e.Key), "not yet: this version does not model it ("+f.doc+")", "remove it")
		default:
			r.value(e.Value, v.Field(f.index), below(path, e.Key), f)
		}
	}
	for _, f := range fieldsOf(t) {
		if f.required && n.At(f.key) == nil && !r.partial {
			r.refuse(n.Place, below(path, f.key), "required key is missing", "write "+f.key+": … ("+f.doc+")")
		}
	}
}

// unknownKey suggests a key of the same mapping, else the places at which the format has the key.
func (r *reader) unknownKey(e Entry, path string, known []string) {
	fix := didYouMean(e.Key, known)
	if places := elsewhere(e.Key); !r.foreign && nearest(e.Key, known) == "" && len(places) > 0 {
		fix = "it belongs at " + oneOf(places)
	}
	r.refuse(e.Place, below(path, e.Key), "unknown key", fix)
}

// byKey reads a mapping by name, day or hours.
func (r *reader) byKey(n *Node, m byKey, path string, f field) {
	if !r.is(n, Mapping, path, "write a map by "+f.keyKind()+", such as {} for none") {
		return
	}
	for _, e := range n.Entries {
		child, _ := childOf(f, e.Key)
		r.key(e, below(path, e.Key), f.keyKind())
		r.value(e.Value, reflect.ValueOf(m.extend(e.Key, e.Value)).Elem(), below(path, e.Key), child)
	}
}

// list reads a list of anything.
func (r *reader) list(n *Node, v reflect.Value, path string, f field) {
	fix := "write a list in brackets, such as [] for none"
	if n.Kind == Scalar {
		fix = "write it in brackets: [" + flow(n) + "]"
	}
	if !r.is(n, List, path, fix) {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items)))
	for i, child := range n.Items {
		if child.Kind == Null {
			r.refuse(child.Place, item(path, i), "has no value", "remove the item")
			continue
		}
		r.value(child, v.Index(i), item(path, i), f)
	}
}

// word reads a text, or one of the words that the field allows.
func (r *reader) word(n *Node, path string, f field) string {
	if !r.is(n, Scalar, path, "write a word") {
		return ""
	}
	switch {
	case f.named:
		r.name(n.Text, n.Place, path)
	case len(f.one) == 0 || slices.Contains(f.one, n.Text):
	case slices.Contains(f.later, n.Text):
		r.refuse(n.Place, path, "not yet: this version does not model "+n.Text, "write "+oneOf(f.one))
	default:
		r.refuse(n.Place, path, fmt.Sprintf("%q is not one of the words allowed here", n.Text), didYouMean(n.Text, f.one))
	}
	return n.Text
}

// truth reads true or false.
func (r *reader) truth(n *Node, path string) bool {
	fix := "write true or false"
	if !r.is(n, Scalar, path, fix) {
		return false
	}
	switch n.Text {
	case "true", "false":
		if n.Quoted {
			r.refuse(n.Place, path, "must be true or false, got text in quotes", "write "+n.Text+" without quotes")
		}
	case "yes", "Yes", "YES", "on", "On", "ON", "y", "Y", "True", "TRUE":
		r.refuse(n.Place, path, "must be true or false, got "+n.Text, "write true")
	case "no", "No", "NO", "off", "Off", "OFF", "n", "N", "False", "FALSE":
		r.refuse(n.Place, path, "must be true or false, got "+n.Text, "write false")
	default:
		r.refuse(n.Place, path, fmt.Sprintf("must be true or false, got %q", n.Text), fix)
	}
	return n.Text == "true"
}

// listed joins words as "a, b, c".
func listed(words []string) string {
	text := ""
	for i, w := range words {
		if i > 0 {
			text += ", "
		}
		text += w
	}
	return text
}
