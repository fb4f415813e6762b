package whatif

import (
	"encoding/csv"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Table is a table of output, with its columns as docs/data.md has them.
type Table struct {
	Columns []string `json:"columns"`
	Rows    [][]any  `json:"rows"` // numbers, texts and truth values; nil for what is unknown
}

// Table returns table comparisons or summary of the replications so far.
func (s *Session) Table(name string) (*Table, error) {
	switch name {
	case "comparisons":
		return TableOf(s.collection.Comparisons()), nil
	case "summary":
		return TableOf(s.collection.Summary()), nil
	}
	return nil, fmt.Errorf("there is no table %q: comparisons or summary", name)
}

// TableOf takes rows apart by their parquet tags.
func TableOf[R any](rows []R) *Table {
	t := &Table{}
	kind := reflect.TypeFor[R]()
	for i := range kind.NumField() {
		name, _, _ := strings.Cut(kind.Field(i).Tag.Get("parquet"), ",")
		t.Columns = append(t.Columns, name)
	}
	for i := range rows {
		row, v := make([]any, kind.NumField()), reflect.ValueOf(&rows[i]).Elem()
		for j := range row {
			if f := v.Field(j); f.Kind() != reflect.Pointer {
				row[j] = f.Interface()
			} else if !f.IsNil() {
				row[j] = f.Elem().Interface()
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// CSV writes the table with a line of names; numbers have all their digits, and what is unknown is empty.
func (t *Table) CSV() string {
	var text strings.Builder
	w := csv.NewWriter(&text)
	lines := [][]string{t.Columns}
	for _, row := range t.Rows {
		var cells []string
		for _, x := range row {
			cells = append(cells, cell(x))
		}
		lines = append(lines, cells)
	}
	if err := w.WriteAll(lines); err != nil {
		panic(err) // a Builder takes everything
	}
	return text.String()
}

func cell(x any) string {
	switch x := x.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64)
	default:
		return fmt.Sprint(x)
	}
}
