package output

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"portalsim/sim"
)

// Keys name columns that the table has, and never one that may be null; every type has its word.
func TestKeysAndTypesOfTheDataPackage(t *testing.T) {
	for _, table := range Tables() {
		if keys[table.Name] == nil {
			t.Errorf("table %s has no key", table.Name)
		}
		for _, key := range keys[table.Name] {
			i := slices.IndexFunc(table.Columns, func(c Column) bool { return c.Name == key })
			if i < 0 || table.Columns[i].Nullable {
				t.Errorf("table %s: key %s is no column, or may be null", table.Name, key)
			}
		}
		for _, c := range table.Columns {
			if fieldTypes[c.Type] == "" {
				t.Errorf("table %s, column %s: no word for type %s", table.Name, c.Name, c.Type)
			}
		}
	}
	if len(keys) != len(Tables()) {
		t.Errorf("%d tables have keys, the catalogue has %d", len(keys), len(Tables()))
	}
}

func TestDataPackage(t *testing.T) {
	path := t.TempDir()
	write(t, path, "inputs", fill[sim.InputRow](3), false, 3)
	text, err := os.ReadFile(filepath.Join(path, packageFile))
	if err != nil {
		t.Fatal(err)
	}
	var p dataPackage
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Resources) != 1 || p.Resources[0].Path != "inputs.parquet" || p.Resources[0].Hash != "sha256:"+m.Tables[0].SHA256 || p.Version != SchemaVersion {
		t.Fatalf("%+v", p)
	}
	fields := p.Resources[0].Schema.Fields
	for name, want := range map[string]struct {
		kind     string
		required bool
	}{"point": {"string", true}, "n": {"number", false}, "held_fixed": {"boolean", true}} {
		i := slices.IndexFunc(fields, func(f dataField) bool { return f.Name == name })
		if i < 0 || fields[i].Type != want.kind || (fields[i].Constraints["required"] == true) != want.required {
			t.Errorf("field %s: %+v", name, fields)
		}
	}
	write(t, path, "summary", fill[sim.SummaryRow](3), true, 3) // another run replaces it
	if again, _ := os.ReadFile(filepath.Join(path, packageFile)); string(again) == string(text) {
		t.Error("the data package of the run before is left")
	}
}
