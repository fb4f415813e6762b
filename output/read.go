package output

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"

	"github.com/parquet-go/parquet-go"
)

// Read returns the rows of a table, in the order of the file. It refuses a table that is not of this schema version,
// or not of the rows asked for: the library would fill what it cannot find with zeros.
func Read[T any](path string) ([]T, error) {
	rows := []T{}
	err := Each(path, func(row *T) { rows = append(rows, *row) })
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// Each hands over the rows of a table one by one, in the order of the file, as Read checks them. It holds a few thousand
// at a time; the row is cleared and used again, but what it points to is not.
func Each[T any](path string, do func(*T)) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read table: %w", err)
	}
	defer file.Close()
	if err := eachRow(file, do); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

func eachRow[T any](file *os.File, do func(*T)) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	table, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		return err
	}
	if err := checkTable(table, reflect.TypeFor[T]()); err != nil {
		return err
	}
	reader := parquet.NewGenericReader[T](table)
	defer reader.Close()
	batch := make([]T, min(batchRows, table.NumRows()))
	for left := table.NumRows(); left > 0; {
		clear(batch)
		n, err := reader.Read(batch)
		for i := range batch[:n] {
			do(&batch[i])
		}
		left -= int64(n)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if left > 0 && (n == 0 || errors.Is(err, io.EOF)) {
			return io.ErrUnexpectedEOF
		}
	}
	return nil
}

func checkTable(table *parquet.File, row reflect.Type) error {
	if version, _ := table.Lookup("schema_version"); version != SchemaVersion {
		return fmt.Errorf("its schema version is %q, not %q", version, SchemaVersion)
	}
	name, _ := table.Lookup("table")
	for _, d := range Tables() {
		if d.Name == name && d.row == row {
			return nil
		}
	}
	return fmt.Errorf("it is table %q, which has no rows of type %v", name, row)
}
