package output

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// ReadCells reads any flat Parquet file as texts: the names of its columns, and its rows. A null is the empty text.
// It is for lists of design points, which other programs write.
func ReadCells(path string) (header []string, rows [][]string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot read %s", path)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	table, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		return nil, nil, fmt.Errorf("%s is no Parquet file: %w", path, err)
	}
	for _, column := range table.Schema().Columns() {
		header = append(header, strings.Join(column, "."))
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
		if errors.Is(err, io.EOF) {
			return header, rows, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", path, err)
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
