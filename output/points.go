package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// ReadCells reads any flat Parquet file as texts: the names of its columns, and its rows. A null is the empty text.
// It is for lists of design points, which other programs write.
func ReadCells(text []byte) (header []string, rows [][]string, err error) {
	table, err := openParquet(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, nil, fmt.Errorf("cannot be read as Parquet: %w", err)
	}
	err = guarded(func() error {
		header, rows, err = cellsOf(table)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("cannot be read as Parquet: %w", err)
	}
	return header, rows, nil
}

// mostCells bounds a list of points: a damaged or hostile file may say that a value is repeated without end.
const mostCells = 50_000_000

// readable are the types of columns whose values are what they say, by the library's names: the whole numbers below a decimal, a
// date or an instant are not. looked up, never walked
var readable = map[string]bool{
	"BOOLEAN": true, "INT32": true, "INT64": true, "FLOAT": true, "DOUBLE": true, "BYTE_ARRAY": true, "STRING": true, "ENUM": true,
	"INT(8,true)": true, "INT(16,true)": true, "INT(32,true)": true, "INT(64,true)": true, "INT(8,false)": true, "INT(16,false)": true,
}

func cellsOf(table *parquet.File) (header []string, rows [][]string, err error) {
	for _, column := range table.Schema().Columns() {
		name := strings.Join(column, ".")
		if leaf, ok := table.Schema().Lookup(column...); ok && !readable[leaf.Node.Type().String()] {
			return nil, nil, fmt.Errorf("column %q is of type %s, which is neither a plain number nor a text: cast it to DOUBLE, BIGINT or VARCHAR", name, leaf.Node.Type())
		}
		header = append(header, name)
	}
	if table.NumRows() == 0 {
		return header, nil, nil // some files have no pages then, which the library does not expect
	}
	reader := parquet.NewReader(table)
	defer reader.Close()
	buffer := make([]parquet.Row, 64)
	for {
		n, err := reader.ReadRows(buffer)
		for _, row := range buffer[:n] {
			cells := make([]string, len(header))
			for _, v := range row {
				cells[v.Column()] = cellText(v)
			}
			rows = append(rows, cells)
		}
		switch {
		case errors.Is(err, io.EOF):
			return header, rows, nil
		case err != nil:
			return nil, nil, err
		case n == 0:
			return nil, nil, io.ErrNoProgress
		case len(rows) > mostCells/len(header):
			return nil, nil, fmt.Errorf("it has more than %d cells", mostCells)
		}
	}
}

// cellText writes a value so that it reads back to the same number.
func cellText(v parquet.Value) string {
	switch {
	case v.IsNull():
		return ""
	case v.Kind() == parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	case v.Kind() == parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32)
	}
	return v.String()
}
