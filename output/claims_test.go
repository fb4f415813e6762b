package output

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// parquetFile puts a file together of what stands before the footer, and the footer.
func parquetFile(body, footer []byte) []byte {
	file := binary.LittleEndian.AppendUint32(slices.Concat([]byte("PAR1"), body, footer), uint32(len(footer)))
	return append(file, "PAR1"...)
}

// lyingFile is a file of one column and one page, of which header and column are changed.
func lyingFile(t testing.TB, compression parquet.WriterOption, change func(*format.PageHeader, *format.ColumnMetaData)) []byte {
	t.Helper()
	type row struct {
		Count *int64 `parquet:"patients.count,optional"`
	}
	var text bytes.Buffer
	w := parquet.NewGenericWriter[row](&text, compression)
	n := int64(7)
	if _, err := w.Write([]row{{&n}, {nil}, {&n}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	table, err := openParquet(bytes.NewReader(text.Bytes()), int64(text.Len()))
	if err != nil {
		t.Fatal(err)
	}
	m := table.Metadata()
	column := &m.RowGroups[0].Columns[0].MetaData
	page := text.Bytes()[column.DataPageOffset:][:column.TotalCompressedSize]
	length, err := checkThrift(page)
	if err != nil {
		t.Fatal(err)
	}
	var protocol thrift.CompactProtocol
	var h format.PageHeader
	if err := thrift.Unmarshal(&protocol, page[:length], &h); err != nil {
		t.Fatal(err)
	}
	change(&h, column)
	header, err := thrift.Marshal(&protocol, &h)
	if err != nil {
		t.Fatal(err)
	}
	column.TotalCompressedSize += int64(len(header) - length)
	footer, err := thrift.Marshal(&protocol, m)
	if err != nil {
		t.Fatal(err)
	}
	return parquetFile(slices.Concat(header, page[length:]), footer)
}

// lies are files of some hundred bytes that say they hold more.
func lies(t testing.TB) map[string][]byte {
	zstd, plain := parquet.Compression(&parquet.Zstd), parquet.Compression(&parquet.Uncompressed)
	list := map[string][]byte{
		"a footer of 2 GB":       append([]byte("PAR1\xff\xff\xff\x7f"), "PAR1"...),
		"two billion columns":    parquetFile(nil, []byte{0x15, 2, 0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 7}),
		"structures without end": parquetFile(nil, bytes.Repeat([]byte{0x1c}, 1<<20)),
		"lists without end":      parquetFile(nil, append([]byte{0x19}, bytes.Repeat([]byte{0x19}, 1<<20)...)),
	}
	for name, change := range map[string]func(*format.PageHeader, *format.ColumnMetaData){
		"2 GB unpacked":     func(h *format.PageHeader, _ *format.ColumnMetaData) { h.UncompressedPageSize = math.MaxInt32 },
		"2 GB packed":       func(h *format.PageHeader, _ *format.ColumnMetaData) { h.CompressedPageSize = math.MaxInt32 },
		"less than nothing": func(h *format.PageHeader, _ *format.ColumnMetaData) { h.CompressedPageSize = math.MinInt32 },
		"two billion values": func(h *format.PageHeader, _ *format.ColumnMetaData) {
			h.DataPageHeaderV2.V.NumValues = math.MaxInt32
			h.DataPageHeader.V.NumValues = math.MaxInt32
		},
		"a column of 2 GB":      func(_ *format.PageHeader, c *format.ColumnMetaData) { c.TotalCompressedSize = math.MaxInt32 },
		"a column before all":   func(_ *format.PageHeader, c *format.ColumnMetaData) { c.DataPageOffset = math.MinInt64 },
		"a column without size": func(_ *format.PageHeader, c *format.ColumnMetaData) { c.TotalCompressedSize = math.MinInt64 },
	} {
		list[name+", zstd"], list[name] = lyingFile(t, zstd, change), lyingFile(t, plain, change)
	}
	return list
}

// A file that says it holds more than it does is refused before room is made for it.
func TestParquetClaims(t *testing.T) {
	honest := lyingFile(t, parquet.Compression(&parquet.Zstd), func(*format.PageHeader, *format.ColumnMetaData) {})
	if header, rows, err := ReadCells(honest); err != nil || fmt.Sprint(header, rows) != "[patients.count] [[7] [] [7]]" {
		t.Fatalf("an honest file: %v %v %v", header, rows, err)
	}
	for _, codec := range []format.CompressionCodec{format.Lz4, format.Lz4Raw} { // of which the library gave other numbers
		file := lyingFile(t, parquet.Compression(&parquet.Zstd), func(_ *format.PageHeader, c *format.ColumnMetaData) { c.Codec = codec })
		if _, _, err := ReadCells(file); err == nil || !strings.Contains(err.Error(), "is packed by LZ4") {
			t.Errorf("%v: %v", codec, err)
		}
	}
	for name, file := range lies(t) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err := ReadCells(file)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), "cannot be read as Parquet: ") || strings.Contains(err.Error(), "runtime error") {
			t.Errorf("%s: %v", name, err)
		}
		if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 64 {
			t.Errorf("%s: %d MB were made room for", name, got)
		}
	}
}
