package output

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "add new columns to the recorded schema")

// TestSchemaIsStable: within a schema version no column goes, and none changes its type, unit or nulls; what is new is
// recorded. Another version begins another file, and a line in the change list of docs/data.md.
func TestSchemaIsStable(t *testing.T) {
	file := filepath.Join("testdata", "schema-"+SchemaVersion+".txt")
	var now []string
	for _, table := range Tables() {
		for _, c := range table.Columns {
			now = append(now, strings.TrimSpace(fmt.Sprintf("%s.%s %s nullable=%t %s", table.Name, c.Name, c.Type, c.Nullable, c.Unit)))
		}
	}
	text, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	recorded := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range recorded {
		if line != "" && !slices.Contains(now, line) {
			t.Errorf("version %s had %q: put it back, or raise SchemaVersion and say why in docs/data.md", SchemaVersion, line)
		}
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(file, []byte(strings.Join(now, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, line := range now {
		if !slices.Contains(recorded, line) {
			t.Errorf("%q is not recorded: run with -update, and name the column in the change list of docs/data.md", line)
		}
	}
	document, err := os.ReadFile(filepath.Join("..", "docs", "data.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(document), "\n| "+SchemaVersion+" | ") {
		t.Errorf("the change list of docs/data.md has no version %s", SchemaVersion)
	}
}
