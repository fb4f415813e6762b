package output

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// The Parquet library makes room for whatever a file says that it holds, before it looks whether it does: a file of 25
// bytes can ask for 200 GB, and that ends the program. So what a file says is compared first with what is there.

const (
	mostClaimed = 512 << 20 // bytes that the pages may take which are unpacked at once, one of each column; those of usual writers take 1 MB each
	mostNesting = 64        // levels of lists and structures in a footer or a page's header; the format has eight
	mostHeader  = 16 << 20  // bytes of a page's header, with the least and the largest text of the page
)

var errClaims = errors.New("it says that it holds more than it does")

// checkClaims walks over a Thrift value, and refuses lists and texts that are longer than what is left of its bytes.
func checkClaims(r thrift.Reader, t thrift.Type, size, levels int) error {
	var err error
	switch t {
	case thrift.STRUCT:
		for levels > 0 {
			f, err := r.ReadField()
			if err != nil || f.Type == thrift.STOP {
				return err
			}
			if f.Type == thrift.TRUE || f.Type == thrift.FALSE {
				continue // the value is in the type
			}
			if err := checkClaims(r, f.Type, size, levels-1); err != nil {
				return err
			}
		}
		return errClaims
	case thrift.LIST, thrift.SET:
		l, err := r.ReadList()
		if err != nil || levels == 0 || int(l.Size) > size-r.BytesRead() {
			return errors.Join(err, errClaims)
		}
		for range l.Size {
			if err := checkClaims(r, l.Type, size, levels-1); err != nil {
				return err
			}
		}
		return nil
	case thrift.TRUE, thrift.FALSE, thrift.I8:
		_, err = r.ReadInt8()
	case thrift.I16, thrift.I32, thrift.I64:
		_, err = r.ReadInt64()
	case thrift.DOUBLE:
		_, err = r.ReadFloat64()
	case thrift.BINARY:
		_, err = r.ReadBytes()
	default:
		return fmt.Errorf("it holds a value of Thrift type %d, which Parquet has not", t)
	}
	return err
}

// checkThrift compares what a Thrift structure says with its bytes, and returns how many it has.
func checkThrift(text []byte) (int, error) {
	r := new(thrift.CompactProtocol).NewReaderFromBytes(text)
	err := checkClaims(r, thrift.STRUCT, len(text), mostNesting)
	return r.BytesRead(), err
}

// checkFooter compares what the footer of a file says with its bytes.
func checkFooter(r io.ReaderAt, size int64) error {
	var end [8]byte // its length, and PAR1
	_, err := r.ReadAt(end[:], max(0, size-int64(len(end))))
	length := int64(binary.LittleEndian.Uint32(end[:]))
	if err != nil || length > size-int64(len(end)) {
		return errors.New("its footer is missing or damaged")
	}
	footer := make([]byte, length)
	if _, err := r.ReadAt(footer, size-int64(len(end))-length); err != nil {
		return err
	}
	if _, err := checkThrift(footer); err != nil {
		return fmt.Errorf("its footer is damaged: %w", err)
	}
	return nil
}

// checkPages compares what the headers of all pages say with the file, and with what may be unpacked at once.
func checkPages(r io.ReaderAt, size int64, m *format.FileMetaData) error {
	width := int64(8) // of a value, in bytes
	for i := range m.Schema {
		if l := m.Schema[i].TypeLength; l.Valid {
			width = max(width, int64(l.V))
		}
	}
	left := size
	for g := range m.RowGroups {
		total := int64(0)
		for c := range m.RowGroups[g].Columns {
			column := &m.RowGroups[g].Columns[c].MetaData
			name := strings.Join(column.PathInSchema, ".")
			start, length := column.DataPageOffset, column.TotalCompressedSize
			if column.DictionaryPageOffset != 0 {
				start = column.DictionaryPageOffset
			}
			if start < 0 || length < 0 || start > size || length > size-start || length > left {
				return fmt.Errorf("column %q: %w", name, errClaims)
			}
			left -= length
			if column.Codec == format.Lz4Raw || column.Codec == format.Lz4 {
				return fmt.Errorf("column %q is packed by LZ4, which the Parquet library reads wrongly; write the file with zstd, snappy or gzip", name)
			}
			largest, err := largestPage(io.NewSectionReader(r, start, length), width)
			if err != nil {
				return fmt.Errorf("column %q: %w", name, err)
			}
			if total += largest; total > mostClaimed {
				return fmt.Errorf("column %q: a page says that it takes %d MB unpacked; %d MB may be unpacked at once", name, largest>>20, mostClaimed>>20)
			}
		}
	}
	return nil
}

// largestPage returns the most bytes that a page of a column says it takes, packed and unpacked.
func largestPage(column *io.SectionReader, width int64) (largest int64, err error) {
	for at := int64(0); at < column.Size(); {
		h, n, err := readPageHeader(column, at)
		if err != nil {
			return 0, err
		}
		at += n
		packed, values := int64(h.CompressedPageSize), int64(max(h.DataPageHeader.V.NumValues, h.DataPageHeaderV2.V.NumValues, h.DictionaryPageHeader.V.NumValues))
		if packed < 0 || packed > column.Size()-at {
			return 0, errClaims
		}
		largest = max(largest, packed+int64(h.UncompressedPageSize)+values*width)
		at += packed
	}
	return largest, nil
}

// readPageHeader reads the header of a page, and returns how many bytes it has.
func readPageHeader(column *io.SectionReader, at int64) (*format.PageHeader, int64, error) {
	for size := int64(4096); ; size *= 16 {
		text := make([]byte, min(size, column.Size()-at))
		if _, err := column.ReadAt(text, at); err != nil && !errors.Is(err, io.EOF) {
			return nil, 0, err
		}
		n, err := checkThrift(text)
		if err != nil && int64(len(text)) == size && size < mostHeader {
			continue // it may be longer
		}
		if err != nil {
			return nil, 0, fmt.Errorf("the header of a page is damaged: %w", err)
		}
		h := new(format.PageHeader)
		return h, int64(n), thrift.Unmarshal(new(thrift.CompactProtocol), text[:n], h)
	}
}
