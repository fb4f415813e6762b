package study

import (
	"slices"
	"strings"
	"testing"

	"portalsim/scenarios"
	"portalsim/validation/jsonschema"
)

// The JSON Schema of studies refuses what is wrong in a key by itself. All else that is wrong with the broken studies is
// beyond it: it lies between keys (a design and what it needs, two ways of saying the same), or in the arms and points
// that the study names.
func TestSchemaOfStudies(t *testing.T) {
	schema, err := jsonschema.Compile(scenarios.JSONSchema(FileKind()))
	if err != nil {
		t.Fatal(err)
	}
	refused := func(text string) (paths []string) {
		faults, err := schema.Faults([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		for _, f := range faults {
			paths = append(paths, f.Path)
		}
		slices.Sort(paths)
		return paths
	}
	for _, c := range broken {
		var want []string
		if strings.Contains(c.want, "role: required key is missing") {
			want = []string{"factors.staff.nurse.count.role"}
		}
		if got := refused(head + c.text); !slices.Equal(got, want) {
			t.Errorf("%srefused at %v, want %v", c.text, got, want)
		}
	}
	many := "schema: portalsim/study/1\nname: all\nbase: [a]\ntitel: x\narms: {usual: none}\nmeasures: {first_response_h_men: {}, threads_n: {half_width: 0}}\n" +
		"factors: {a.b: {role: knob, values: 3, dist: normall}}\ndesign: {kind: cube, points: 1}\nreplications: 1\nseed: -1\nset: {a.b: null}\n"
	want := []string{"arms.usual", "base", "design.kind", "design.points", "factors.a.b.dist", "factors.a.b.role", "factors.a.b.values", "measures.first_response_h_men",
		"measures.threads_n.half_width", "name", "replications", "seed", "set.a.b", "titel"}
	if got := refused(many); !slices.Equal(got, want) {
		t.Errorf("refused at %v\nwant       %v", got, want)
	}
}
