package scenarios

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// field is one key of the format: the tags of one field of file.go.
type field struct {
	key          string
	index        int          // of the field in its struct
	typ          reflect.Type // with the pointer of an optional field taken off
	required     bool
	defaultText  string // YAML
	hasDefault   bool
	limits       string   // such as ">0" or "1..32"
	one, later   []string // words allowed, and words that a later version may allow
	unit, doc    string
	keys         []string // kinds of keys of the Maps, from the outermost in
	named        bool     // the value is a name
	notInput     bool     // what is below is not listed among the inputs
	patch        bool     // what is below is laid over something: nothing is required, and null removes
	notSupported bool     // of type Later
}

// inner is the field as the values of its Map see it.
func (f field) inner() field {
	f.keys = f.keys[min(1, len(f.keys)):]
	return f
}

// keyKind is the kind of keys of the field's Map.
func (f field) keyKind() string {
	if len(f.keys) == 0 {
		return nameKeys
	}
	return f.keys[0]
}

var fieldTables sync.Map // from reflect.Type to []field; reflection on every load of a sweep would be waste

// fieldsOf returns the keys of a mapping of the format, in the order of file.go.
func fieldsOf(t reflect.Type) []field {
	if known, ok := fieldTables.Load(t); ok {
		return known.([]field)
	}
	var fields []field
	for i := range t.NumField() {
		fields = append(fields, fieldOf(t.Field(i), i))
	}
	fieldTables.Store(t, fields)
	return fields
}

// fieldOf reads the tags of one field.
func fieldOf(s reflect.StructField, index int) field {
	f := field{
		key: s.Tag.Get("key"), index: index, typ: s.Type,
		required: s.Tag.Get("required") == "true", limits: s.Tag.Get("range"),
		one: words(s.Tag.Get("one"), "|"), later: words(s.Tag.Get("later"), "|"),
		unit: s.Tag.Get("unit"), doc: s.Tag.Get("doc"),
		keys: words(s.Tag.Get("keys"), ","), named: s.Tag.Get("named") == "true", notInput: s.Tag.Get("input") == "no",
		patch: s.Tag.Get("patch") == "true",
	}
	f.defaultText, f.hasDefault = s.Tag.Lookup("default")
	if f.typ.Kind() == reflect.Pointer {
		f.typ = f.typ.Elem()
	}
	f.notSupported = f.typ == reflect.TypeFor[Later]()
	return f
}

// words splits a tag; an empty tag has none.
func words(tag, separator string) []string {
	if tag == "" {
		return nil
	}
	return strings.Split(tag, separator)
}

// fieldNamed returns the field of a key.
func fieldNamed(t reflect.Type, key string) (field, bool) {
	fields := fieldsOf(t)
	if i := slices.IndexFunc(fields, func(f field) bool { return f.key == key }); i >= 0 {
		return fields[i], true
	}
	return field{}, false
}

// keysOf returns the keys of a mapping of the format that this version models.
func keysOf(t reflect.Type) []string {
	var keys []string
	for _, f := range fieldsOf(t) {
		if !f.notSupported {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// shape says how a type of file.go is composed and decoded.
type shape uint8

const (
	leafShape   shape = iota // replaced whole: numbers, words, times, lists, distributions, shares
	structShape              // a mapping with the keys of a struct: merged by key
	mapShape                 // a Map by name, day or hours: merged by key
)

// shapeOf returns the shape of a type; nil, the type of what is inside a leaf, is a leaf.
func shapeOf(t reflect.Type) shape {
	switch {
	case t == nil || reflect.PointerTo(t).Implements(reflect.TypeFor[leaf]()):
		return leafShape
	case reflect.PointerTo(t).Implements(reflect.TypeFor[byKey]()):
		return mapShape
	case t.Kind() == reflect.Struct:
		return structShape
	}
	return leafShape
}

// elementOf returns the type of the values of a Map.
func elementOf(t reflect.Type) reflect.Type {
	return reflect.New(t).Interface().(byKey).element()
}

// childOf returns what the format has under a key: ok is false where it has nothing.
func childOf(f field, key string) (child field, ok bool) {
	switch shapeOf(f.typ) {
	case structShape:
		return fieldNamed(f.typ, key)
	case mapShape:
		child = f.inner()
		child.key, child.typ, child.required, child.hasDefault = key, elementOf(f.typ), false, false
		return child, true
	}
	return field{}, false
}

// rootField is the field of a whole scenario.
func rootField() field { return field{typ: reflect.TypeFor[File]()} }

// elsewhere returns the paths, with * for a name, at which the format has a key; it helps with a key at a wrong place.
func elsewhere(key string) []string {
	var found []string
	var search func(f field, path string)
	search = func(f field, path string) {
		switch shapeOf(f.typ) {
		case structShape:
			for _, child := range fieldsOf(f.typ) {
				if child.key == key && !child.notSupported {
					found = append(found, below(path, key))
				}
				search(child, below(path, child.key))
			}
		case mapShape:
			child, _ := childOf(f, "*")
			search(child, below(path, "*"))
		}
	}
	search(rootField(), "")
	return found
}
