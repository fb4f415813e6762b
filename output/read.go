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
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	defer file.Close()
	rows, err := readRows[T](file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return rows, nil
}

func readRows[T any](file *os.File) ([]T, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	table, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		return nil, err
	}
	if err := checkTable(table, reflect.TypeFor[T]()); err != nil {
		return nil, err
	}
	reader := parquet.NewGenericReader[T](table)
	defer reader.Close()
	rows := make([]T, table.NumRows())
	for n := 0; n < len(rows); {
		read, err := reader.Read(rows[n:])
		n += read
		if n < len(rows) && errors.Is(err, io.EOF) {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
	}
	return rows, nil
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
