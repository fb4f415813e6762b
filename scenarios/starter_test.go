package scenarios

import (
	"slices"
	"strings"
	"testing"

	"portalsim/validation/jsonschema"
)

// A starter is the scenario that it was begun from, to the last number, and sound in an editor's eyes.
func TestStarterIsItsOrigin(t *testing.T) {
	schema, err := jsonschema.Compile(JSONSchema(FileKinds()...))
	if err != nil {
		t.Fatal(err)
	}
	for _, origin := range []string{"baseline", "primary-care"} {
		text, err := Starter(Library(), origin, "north.yaml", "s.json")
		if err != nil {
			t.Fatal(err)
		}
		source := Source{Library: Library(), ReadFile: func(string) ([]byte, error) { return []byte(text), nil }}
		arms, err := source.Load([]string{origin, "north.yaml"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range arms {
			for _, key := range []string{"name", "title", "description"} {
				a.Tree.remove(key)
			}
		}
		for _, e := range arms[0].Tree.Entries { // the order of groups is part of the scenario: streams are keyed by name, ties go by order
			if want, got := flow(e.Value), flow(arms[1].Tree.At(e.Key)); got != want {
				t.Errorf("%s: %s is\n%s\nin the starter, and was\n%s", origin, e.Key, got, want)
			}
		}
		if faults, err := schema.Faults([]byte(text)); err != nil || len(faults) > 0 {
			t.Errorf("%s: %v, %v", origin, err, faults)
		}
		if first, _, _ := strings.Cut(text, "\n"); first != "# yaml-language-server: $schema=s.json" || !strings.Contains(text, "\nname: north\n") {
			t.Errorf("%s: begins with %q", origin, first)
		}
	}
}

// Each key that is explained is one of the format and of the baseline, and has one comment, within the margin.
func TestStarterExplains(t *testing.T) {
	text, err := Starter(Library(), "baseline", "my-clinic.yaml", "s.json")
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, k := range Reference() {
		known = append(known, k.Path)
	}
	for _, k := range explained {
		i := slices.Index(known, k.path)
		if i < 0 {
			t.Errorf("the format has no %s", k.path)
			continue
		}
		doc := "# " + Reference()[i].Doc[:min(len(Reference()[i].Doc), 20)]
		if !strings.Contains(text, doc) {
			t.Errorf("%s is not explained: no %q", k.path, doc)
		}
	}
	if n := strings.Count(text, "#   if changed: "); n != len(explained) {
		t.Errorf("%d comments on %d keys", n, len(explained))
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") && len([]rune(line)) > 130 {
			t.Errorf("a long comment: %s", line)
		}
	}
}

func TestNameFrom(t *testing.T) {
	for file, want := range map[string]string{
		"my-clinic.yaml": "my-clinic", "a/b c.yaml": "b-c", "Nord Klinik (2).yaml": "Nord-Klinik--2-", "_x.yaml": "x", "日本.yaml": "my-clinic",
		strings.Repeat("n", 80) + ".yaml": strings.Repeat("n", 64), "all.yaml": "all-clinic",
	} {
		if got := nameFrom(file); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}
