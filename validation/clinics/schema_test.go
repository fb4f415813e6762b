package clinics

import (
	"testing"

	"pgregory.net/rapid"

	"portalsim/scenarios"
	"portalsim/validation/jsonschema"
)

// The JSON Schema of scenarios takes every random clinic: no mechanism of the format is missing there.
func TestSchemaTakesClinics(t *testing.T) {
	schema, err := jsonschema.Compile(scenarios.JSONSchema(scenarios.FileKinds()...))
	if err != nil {
		t.Fatal(err)
	}
	check(t, 500, func(rt *rapid.T) {
		text := drawClinic(rt).String()
		faults, err := schema.Faults([]byte(text))
		if err != nil || len(faults) > 0 {
			rt.Fatalf("%v %v\n%s", err, faults, text)
		}
	})
}
