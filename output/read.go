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

// guarded turns a panic of the Parquet library into an error: it trusts what a file says of itself, and indexes by it.
func guarded(use func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("it is damaged: %v", cause)
		}
	}()
	return use()
}

// openParquet opens a file without its indices, which nothing here asks for.
func openParquet(r io.ReaderAt, size int64) (table *parquet.File, err error) {
	err = guarded(func() (err error) {
		if err = checkFooter(r, size); err != nil {
			return err
		}
		if table, err = parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true)); err != nil {
			return err
		}
		return checkPages(r, size, table.Metadata())
	})
	return table, err
}

func eachRow[T any](file *os.File, do func(*T)) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	table, err := openParquet(file, info.Size())
	if err != nil {
		return err
	}
	if err := checkTable(table, reflect.TypeFor[T]()); err != nil {
		return err
	}
	var reader *parquet.GenericReader[T]
	if err := guarded(func() error { reader = parquet.NewGenericReader[T](table); return nil }); err != nil {
		return err
	}
	defer reader.Close()
	batch := make([]T, min(batchRows, max(0, table.NumRows())))
	for left := table.NumRows(); left > 0; {
		clear(batch)
		n := 0
		err := guarded(func() (err error) { n, err = reader.Read(batch); return err })
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
