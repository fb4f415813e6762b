package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// Notebooks lie in the repository without what they printed: make notebooks executes them on fresh output.
func TestNotebooksAreCleared(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(here, root, "output", "notebooks", "*.ipynb"))
	if err != nil || len(files) < 4 {
		t.Fatalf("found %d notebooks: %v", len(files), err)
	}
	for _, file := range files {
		var notebook struct {
			Cells []struct {
				Type    string            `json:"cell_type"`
				Count   *int              `json:"execution_count"`
				Outputs []json.RawMessage `json:"outputs"`
				Source  []string          `json:"source"`
			} `json:"cells"`
		}
		if err := json.Unmarshal([]byte(readText(t, file)), &notebook); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		code := 0
		for i, cell := range notebook.Cells {
			if cell.Count != nil || len(cell.Outputs) > 0 {
				t.Errorf("%s: cell %d holds output; clear it before committing", filepath.Base(file), i)
			}
			if cell.Type == "code" {
				code++
			}
		}
		if code == 0 || !strings.HasPrefix(strings.Join(notebook.Cells[0].Source, ""), "# ") {
			t.Errorf("%s has no code, or no title", filepath.Base(file))
		}
	}
}
