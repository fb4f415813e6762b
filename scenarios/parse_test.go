package scenarios

import (
	"strings"
	"testing"
)

func TestParseRefuses(t *testing.T) {
	deep := "a: " + strings.Repeat("[", 70) + strings.Repeat("]", 70)
	cases := []struct{ name, text, want string }{
		{"anchor", "a: &x 1", "f.yaml:1:4: a: anchor &x; remove it"},
		{"alias", "a: &x 1\nb: *x", "f.yaml:2:4: b: alias *x; write the value out"},
		{"merge key", "a: {b: 1}\nc: {<<: {d: 1}}", "f.yaml:2:5: c: merge key <<; remove it"},
		{"duplicate", "a: 1\nb: 2\na: 3", "f.yaml:3:1: a: duplicate key, first on line 1; keep one of the two"},
		{"duplicate below", "a: {b: 1, b: 2}", "f.yaml:1:11: a.b: duplicate key, first on line 1"},
		{"two documents", "a: 1\n---\nb: 2", "a second document begins here; keep one document"},
		{"second with a fault", "a: 1\n---\nb: [", "f.yaml:3:1: (document): not YAML: did not find expected node content"},
		{"empty", "", "f.yaml:1:1: (document): the document is empty; begin with schema: portalsim/scenario/1"},
		{"only a comment", "# hello\n", "the document is empty"},
		{"list", "- a", "f.yaml:1:1: (document): the document is a list, not a map of keys"},
		{"scalar", "hello", "the document is a single value, not a map of keys"},
		{"null", "~", "the document is nothing, not a map of keys"},
		{"no space after a colon", "a:\n  # b\n  b:1\n  c: 2", "f.yaml:3:3: (document): not YAML: no space follows the colon of this key; write a space after it"},
		{"no space after a colon in braces", "a: {value:0.74, n: 2}", "f.yaml:1:5: a.value: no space follows the colon; write value: 0.74"},
		{"no space before quotes in braces", "a: {mon-fri:\"08:00-17:00\"}", "f.yaml:1:5: a.mon-fri: no space follows the colon; write mon-fri: \"08:00-17:00\""},
		{"a key without its space above", "a:\n  b:1\n  c: d: e", "f.yaml:2:3: (document): not YAML: no space follows"},
		{"tab", "a:\n  b: 1\n\tc: 2", "f.yaml:3:1: (document): not YAML: a tab indents this line; indent with spaces"},
		{"colon in text", "a: 1\ntitle: b: c", "f.yaml:2:1: (document): not YAML: mapping values are not allowed in this context; put text that contains a colon in quotes"},
		{"open bracket", "a: [1, 2\nb: 3", "close every bracket"},
		{"open quote", "a: 1\nb: \"x", "f.yaml:2:1: (document): not YAML: found unexpected end of stream; close the quote"},
		{"at sign", "a: @b", "put text that begins with this character in quotes"},
		{"unknown alias", "a: *b", "not YAML: unknown anchor"},
		{"indentation", "a: 1\n b: 2", "f.yaml:2:2: (document): not YAML"},
		{"back to no indentation", "patients:\n   count: 1\n  portal_users: 1\nrun: {a: [1,\n b: 2]}\n", "f.yaml:3:3: (document): not YAML: this line is indented like nothing above it"},
		{"key between", "a:\n  b: 1\n c: 2", "indent keys of one map alike"},
		{"not UTF-8", "a: 1\nb: \xff", "f.yaml:2:4: (document): a byte is not UTF-8 text; save the file as UTF-8"},
		{"NUL", "a: \x00", "f.yaml:1:4: (document): control character U+0000; remove it"},
		{"deep", deep, "more than 64 levels of nesting"},
		{"large", "a: " + strings.Repeat("x", maxBytes), "and the limit is 16777216"},
		{"tag", "a: !!int 3", "f.yaml:1:4: a: tag !!int; remove the tag"},
		{"schema for editors", string(JSONSchema(FileKinds()...)), "f.yaml:1:1: (document): this is the schema by which editors explain the keys, no file of yours; name the .yaml file"},
		{"map as key", "{a: 1}: 2", "a key is a map; write a word as the key"},
		{"null as key", "~: 2", "a key is nothing; write a word as the key"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, problems := Parse("f.yaml", []byte(c.text))
			wellFormed(t, problems)
			wants(t, problems.Error(), c.want)
		})
	}
}

func TestParseReportsAllAtOnce(t *testing.T) {
	_, problems := Parse("f.yaml", []byte("a: &x 1\nb: *x\na: 2\n"))
	if len(problems) != 3 {
		t.Errorf("got %d problems, want 3:\n%v", len(problems), problems)
	}
}

func TestParseKeepsOrderPlacesAndQuotes(t *testing.T) {
	root, problems := Parse("f.yaml", []byte("\ufeffz: \"08:00\"\na:\n  - 1\n  - {b: null}\nt: |\n  x\ty\n"))
	if problems != nil {
		t.Fatal(problems)
	}
	if got := strings.Join(root.keys(), " "); got != "z a t" {
		t.Errorf("keys %s, want z a t", got)
	}
	if z := root.At("z"); !z.Quoted || z.Text != "08:00" {
		t.Errorf("z is %+v, want quoted 08:00", z)
	}
	if b := root.nearest("a[1].b"); b.Kind != Null || b.Line != 4 || b.Column != 9 {
		t.Errorf("a[1].b is %+v, want a null at 4:9", b)
	}
	if n := root.nearest("a[7].b"); n.Kind != List {
		t.Errorf("nearest to a[7].b is %s, want the list", n.Kind)
	}
}
