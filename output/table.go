package output

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

const (
	// rowGroupRows is the most rows of a row group. A row group is held in memory, compressed, until it is whole:
	// about 10 MB for the widest table. Readers in parallel want more than 100,000 rows each.
	rowGroupRows = 1 << 17

	// batchRows is how many rows are passed to the library at a time. The library may end a page after any call, so
	// calls of varying size would give varying bytes. It divides rowGroupRows.
	batchRows = 1 << 12
)

// Table is a result table that a run is writing. T is its row, from package sim.
type Table[T any] struct {
	staged  *staged
	path    string // that the table will have
	columns []Column
	writer  *parquet.GenericWriter[T]
	batch   []T
	closed  bool
	err     error // the first error: what follows it cannot be trusted
}

// Create begins a table of the catalogue. It panics if the catalogue has none of that name with rows of type T.
func Create[T any](d *Directory, name string) (*Table[T], error) {
	table := definition(name, reflect.TypeFor[T]())
	s, err := d.stage(name)
	if err != nil {
		return nil, err
	}
	t := &Table[T]{
		staged:  s,
		path:    filepath.Join(d.path, s.fileName()),
		columns: table.Columns,
		writer:  parquet.NewGenericWriter[T](s.file, writerConfig(table, d.version), schemaOf[T]()),
		batch:   make([]T, 0, batchRows),
	}
	s.finish = t.Close
	return t, nil
}

// writerConfig says all that decides the bytes of a table. The map of metadata is written in order of its keys.
func writerConfig(table Definition, version Version) *parquet.WriterConfig {
	config := parquet.DefaultWriterConfig()
	config.Apply(
		// The fastest level: most bytes of a thread log are fractions of a second, which no level makes smaller.
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}),
		parquet.MaxRowsPerRowGroup(rowGroupRows),
		// Bounds stand in the column index and the row group; a second copy before each page cost a tenth of the time.
		// Left out altogether (SkipPageBounds), the library would write an index of zeros, by which readers skip pages.
		parquet.DataPageStatistics(false),
		// Instants and counts grow slowly: as differences, most take a byte or less. Strings are dictionary-encoded
		// by their tags.
		parquet.DefaultEncodingFor(parquet.Int32, &parquet.DeltaBinaryPacked),
		parquet.DefaultEncodingFor(parquet.Int64, &parquet.DeltaBinaryPacked),
		parquet.KeyValueMetadata("schema_version", SchemaVersion),
		parquet.KeyValueMetadata("table", table.Name),
		parquet.KeyValueMetadata("description", "One row per "+table.Doc+"."),
		parquet.KeyValueMetadata("row_order", table.RowOrder),
		parquet.KeyValueMetadata("columns", columnsJSON(table.Columns)),
	)
	// Not by parquet.CreatedBy, which leaves out the space that readers of this field expect before the bracket.
	config.CreatedBy = fmt.Sprintf("%s version %s (build %s)", program, version.Version, version.Build)
	return config
}

func columnsJSON(columns []Column) string {
	text, err := json.Marshal(columns)
	if err != nil {
		panic(fmt.Sprintf("output: columns do not encode: %v", err))
	}
	return string(text)
}

// Write adds rows at the end of the table. A whole batch is passed on where it stands: copying rows first took a tenth of the
// time of a thread log.
func (t *Table[T]) Write(rows []T) error {
	if t.closed {
		return fmt.Errorf("write %s: %w", t.path, os.ErrClosed)
	}
	t.staged.rows += int64(len(rows))
	for len(rows) > 0 && t.err == nil {
		if len(t.batch) == 0 && len(rows) >= batchRows {
			t.pass(rows[:batchRows])
			rows = rows[batchRows:]
			continue
		}
		n := min(len(rows), batchRows-len(t.batch))
		t.batch = append(t.batch, rows[:n]...)
		rows = rows[n:]
		if len(t.batch) == batchRows {
			t.flush()
		}
	}
	return t.err
}

// flush passes the rows that were kept to the library.
func (t *Table[T]) flush() {
	t.pass(t.batch)
	clear(t.batch)
	t.batch = t.batch[:0]
}

// pass passes rows to the library.
func (t *Table[T]) pass(rows []T) {
	if _, err := t.writer.Write(rows); err != nil {
		t.fail(err)
	}
}

func (t *Table[T]) fail(err error) {
	t.err = fmt.Errorf("write %s: %w", t.path, err)
}

// Close finishes the table and forces it to the disk, still under its temporary name. Commit closes tables that are
// open; to close a table early frees its memory. Closing again returns the same error.
func (t *Table[T]) Close() error {
	if t.closed {
		return t.err
	}
	t.closed = true
	if t.err == nil {
		t.flush()
	}
	if t.err == nil {
		if err := t.writer.Close(); err != nil {
			t.fail(err)
		}
	}
	if t.err == nil {
		if err := t.finish(); err != nil {
			t.fail(err)
		}
	}
	t.writer, t.batch = nil, nil
	return t.err
}

// finish adds the units to the finished file and forces it to the disk.
func (t *Table[T]) finish() error {
	if err := addUnits(t.staged.file, t.writer.File().Metadata(), t.columns); err != nil {
		return err
	}
	if err := t.staged.file.Sync(); err != nil {
		return err
	}
	return t.staged.file.Close()
}
