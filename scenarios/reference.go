package scenarios

import (
	"reflect"
	"strings"
)

// Key is one key of the format, for the reference: its path with NAME for a name, what it holds, and its default.
type Key struct {
	Path, Kind, Default, Doc string
	NotYet                   bool // refused in this version
}

// Reference lists every key of the format in the order of the file.
func Reference() []Key { return ReferenceOf(reflect.TypeFor[File]()) }

// ReferenceOf lists every key of a format whose root is a struct with the tags of file.go.
func ReferenceOf(root reflect.Type) []Key {
	var keys []Key
	for _, f := range fieldsOf(root) {
		keys = append(keys, reference(f, f.key)...)
	}
	return keys
}

func reference(f field, path string) []Key {
	keys := []Key{{Path: path, Kind: kindOf(f), Default: defaultOf(f), Doc: f.doc, NotYet: f.notSupported}}
	for shapeOf(f.typ) == mapShape {
		word := map[string]string{nameKeys: "NAME", dayKeys: "DAYS", hourKeys: "HOURS", timeKeys: "HOURS", monthKeys: "MONTH", measureKeys: "MEASURE", pathKeys: "PATH"}[f.keyKind()]
		f, _ = childOf(f, word)
		path = below(path, word)
	}
	if shapeOf(f.typ) == structShape {
		for _, child := range fieldsOf(f.typ) {
			keys = append(keys, reference(child, below(path, child.key))...)
		}
	}
	return keys
}

// kinds are the words for the types of file.go.
var kinds = map[reflect.Type]string{
	reflect.TypeFor[Number](): "number", reflect.TypeFor[Probability](): "probability", reflect.TypeFor[Duration](): "time",
	reflect.TypeFor[OpenDuration](): "clinic-open time", reflect.TypeFor[Dist](): "distribution of times", reflect.TypeFor[Shares](): "shares",
	reflect.TypeFor[Date](): "date", reflect.TypeFor[[]Date](): "dates", reflect.TypeFor[[]DateRange](): "dates or ranges of dates",
	reflect.TypeFor[TimeOfDay](): "time of day", reflect.TypeFor[HoursFile](): "hours", reflect.TypeFor[Offset](): "offset or date",
	reflect.TypeFor[string](): "text", reflect.TypeFor[bool](): "true or false", reflect.TypeFor[int](): "whole number",
	reflect.TypeFor[[]string](): "list of names", reflect.TypeFor[[]Duration](): "list of times", reflect.TypeFor[Later](): "not yet",
	reflect.TypeFor[Summand](): "number or time", reflect.TypeFor[Factor](): "number", reflect.TypeFor[Any](): "value of the path", reflect.TypeFor[[]Any](): "list of values",
}

func kindOf(f field) string {
	t, of := f.typ, ""
	for shapeOf(t) == mapShape {
		t, of = elementOf(t), "map of "
	}
	kind := kinds[t]
	if kind == "" {
		return strings.TrimSuffix(of+"mappings", "s")
	}
	if len(f.one) > 0 {
		kind = strings.Join(f.one, ", ")
	}
	kind = of + kind
	if f.limits != "" {
		kind += " " + f.limits
	}
	if f.unit != "" && f.unit != "1" {
		kind += ", " + f.unit
	}
	return kind
}

func defaultOf(f field) string {
	switch {
	case f.required:
		return "required"
	case f.hasDefault:
		return f.defaultText
	default:
		return ""
	}
}
