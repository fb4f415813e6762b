package output

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"portalsim/sim"
)

func openTable(t *testing.T, path string) *parquet.File {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	table, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestMetadata(t *testing.T) {
	path := t.TempDir()
	write(t, path, "staff_days", fill[sim.StaffDayRow](10), false, 10)
	table := openTable(t, filepath.Join(path, "staff_days.parquet"))

	if got, want := table.Metadata().CreatedBy, "portalsim version 1.2.3 (build abcdef)"; got != want {
		t.Errorf("created by %q, want %q", got, want)
	}
	for key, want := range map[string]string{"schema_version": "1", "table": "staff_days"} {
		if got, _ := table.Lookup(key); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
	if order, _ := table.Lookup("row_order"); order == "" {
		t.Error("no row_order")
	}
	text, _ := table.Lookup("columns")
	var columns []Column
	if err := json.Unmarshal([]byte(text), &columns); err != nil {
		t.Fatal(err)
	}
	if want := columnsOf(reflect.TypeFor[sim.StaffDayRow]()); !reflect.DeepEqual(columns, want) {
		t.Errorf("columns: got %v, want %v", columns, want)
	}
}

// More rows than one row group holds, each of which says the units again.
func TestRowGroups(t *testing.T) {
	path := t.TempDir()
	rows := fill[sim.PairRow](rowGroupRows + 5)
	write(t, path, "pairs", rows, false, len(rows))
	file := filepath.Join(path, "pairs.parquet")
	groups := openTable(t, file).Metadata().RowGroups
	if len(groups) != 2 {
		t.Fatalf("%d row groups, want 2", len(groups))
	}
	for _, group := range groups {
		for i, column := range columnsOf(reflect.TypeFor[sim.PairRow]()) {
			if unit := ownUnit(group.Columns[i]); unit != column.Unit {
				t.Errorf("column %s: unit %q, want %q", column.Name, unit, column.Unit)
			}
		}
	}
	got, err := Read[sim.PairRow](file)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, rows) {
		t.Error("what was read is not what was written")
	}
}

func ownUnit(column format.ColumnChunk) string {
	for _, pair := range column.MetaData.KeyValueMetadata {
		if pair.Key == "unit" {
			return pair.Value
		}
	}
	return ""
}

func TestEncodings(t *testing.T) {
	path := t.TempDir()
	write(t, path, "threads", fill[sim.ThreadRow](100), false, 100)
	group := openTable(t, filepath.Join(path, "threads.parquet")).Metadata().RowGroups[0]
	for i, column := range columnsOf(reflect.TypeFor[sim.ThreadRow]()) {
		meta := group.Columns[i].MetaData
		if got := meta.Codec.String(); got != "ZSTD" {
			t.Errorf("column %s: compressed by %s, want ZSTD", column.Name, got)
		}
		want := map[string]string{"string": "RLE_DICTIONARY", "timestamp": "DELTA_BINARY_PACKED"}[column.Type]
		found := want == ""
		for _, encoding := range meta.Encoding {
			found = found || encoding.String() == want
		}
		if !found {
			t.Errorf("column %s: encodings %v, want %s", column.Name, meta.Encoding, want)
		}
	}
}

func TestCatalogue(t *testing.T) {
	types := map[string]bool{"string": true, "float64": true, "int32": true, "int64": true, "boolean": true,
		"date": true, "timestamp": true}
	for _, table := range Tables() {
		if table.Doc == "" || table.RowOrder == "" {
			t.Errorf("table %s: no description or no row order", table.Name)
		}
		if !tableName.MatchString(tableFile(table.Name)) {
			t.Errorf("table %s: force would not know its file as ours", table.Name)
		}
		seen := map[string]bool{}
		for _, column := range table.Columns {
			if column.Name == "" || column.Doc == "" || seen[column.Name] {
				t.Errorf("table %s, column %q: no name, no description, or twice", table.Name, column.Name)
			}
			if !types[column.Type] {
				t.Errorf("table %s, column %s: unknown type %q", table.Name, column.Name, column.Type)
			}
			seen[column.Name] = true
		}
	}
}

func TestColumnTypes(t *testing.T) {
	want := map[string]string{"sent": "timestamp", "first_touch": "timestamp", "contact": "int64", "patient": "int32",
		"truly_urgent": "boolean", "patient_delay_h": "float64", "arm": "string"}
	for _, column := range columnsOf(reflect.TypeFor[sim.ThreadRow]()) {
		if word, ok := want[column.Name]; ok && column.Type != word {
			t.Errorf("column %s: type %s, want %s", column.Name, column.Type, word)
		}
		if column.Nullable != (column.Name == "first_touch" || column.Name == "clinical_look" ||
			column.Name == "first_response" || column.Name == "substantive_answer") {
			t.Errorf("column %s: nullable is %v", column.Name, column.Nullable)
		}
	}
}
