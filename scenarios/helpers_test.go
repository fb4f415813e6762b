package scenarios

import (
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"
)

// tiny is the smallest scenario: one type, one pool, one nurse.
const tiny = `schema: portalsim/scenario/1
name: tiny
run: {start: "2025-01-06"}
patients:
  count: 100
  preferred_channel: {shares: {portal: 0.6, phone: 0.4}, source: survey, n: 300}
channels: {phone: {pool: nurse, live: true}}
messages:
  refill:
    pool: nurse
    users: {value: 0.669, source: survey, n: 300}
    needs_per_user_year: {value: 3.2, source: assumption, low: 1.5, high: 6}
    incomplete: {value: 0.15, source: assumption}
pools:
  nurse:
    handling: {dist: lognormal, mean: 4m, cv: 1}
staff:
  nurse:
    count: 2
    role: nurse
    pools: [nurse]
    week: {mon-fri: {"08:00-12:00": inbox, "13:00-17:00": inbox}}
`

// education adds an intervention, as the library's overlay does.
const education = `schema: portalsim/overlay/1
name: education
title: Education
set:
  interventions:
    education: {kind: education, reach: {value: 0.6, source: assumption, low: 0.3, high: 0.9}}
`

// sourceOf serves files and, for names without a slash, the library.
func sourceOf(files map[string]string) Source {
	library := fstest.MapFS{}
	for name, text := range files {
		if !strings.Contains(name, "/") {
			library[name+".yaml"] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	read := func(path string) ([]byte, error) {
		if text, ok := files[path]; ok {
			return []byte(text), nil
		}
		return nil, fs.ErrNotExist
	}
	return Source{ReadFile: read, Library: library}
}

// loadAll loads arms that must be sound.
func loadAll(t *testing.T, files map[string]string, expressions []string, sets ...string) []*Arm {
	t.Helper()
	arms, err := sourceOf(files).Load(expressions, sets)
	if err != nil {
		t.Fatalf("load %v --set %v:\n%v", expressions, sets, err)
	}
	return arms
}

// loadText loads one scenario that must be sound.
func loadText(t *testing.T, text string, sets ...string) *Arm {
	t.Helper()
	return loadAll(t, map[string]string{"./s.yaml": text}, []string{"./s.yaml"}, sets...)[0]
}

// problemsOf loads what must not be sound.
func problemsOf(t *testing.T, files map[string]string, expressions []string, sets ...string) string {
	t.Helper()
	arms, err := sourceOf(files).Load(expressions, sets)
	if err == nil {
		t.Fatalf("load %v --set %v: no problem\n%s", expressions, sets, arms[0].Expand())
	}
	wellFormed(t, err.(Problems))
	return err.Error()
}

// wellFormed wants a place, a path, a message and a fix in every problem.
func wellFormed(t *testing.T, problems Problems) {
	t.Helper()
	for _, p := range problems {
		if p.File == "" || p.Line < 1 || p.Column < 1 || p.Path == "" || p.Message == "" || p.Fix == "" || strings.ContainsFunc(p.String(), unicode.IsControl) || !utf8.ValidString(p.String()) {
			t.Errorf("incomplete problem %#v", p)
		}
	}
}

// wants reports what is missing in a text.
func wants(t *testing.T, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("got\n%s\nwant in it\n%s", got, part)
		}
	}
}

// withoutNodes drops the nodes of Maps, which hold places, so that Files can be compared.
func withoutNodes(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			withoutNodes(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			withoutNodes(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() && f.Type() == reflect.TypeFor[[]*Node]() {
				f.SetZero()
			} else if f.CanSet() {
				withoutNodes(f)
			}
		}
	}
}

// sameFile compares the values of two Files.
func sameFile(a, b *File) bool {
	withoutNodes(reflect.ValueOf(a))
	withoutNodes(reflect.ValueOf(b))
	return reflect.DeepEqual(a, b)
}
