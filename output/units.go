package output

import (
	"encoding/binary"
	"io"
	"os"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// trailerSize is the size of what ends a Parquet file: the footer's length in four bytes, then a mark of four.
// Source: the Parquet format, section "File format".
const trailerSize = 8

// addUnits writes the footer of a finished file again, with the unit of each column in the column's own metadata,
// where the format has a place for it that the library leaves empty. Offsets in the footer are from the beginning of
// the file and the footer is at its end, so that nothing else moves.
func addUnits(file *os.File, footer *format.FileMetaData, columns []Column) error {
	for _, group := range footer.RowGroups {
		for i := range group.Columns {
			if unit := columns[i].Unit; unit != "" {
				group.Columns[i].MetaData.KeyValueMetadata = []format.KeyValue{{Key: "unit", Value: unit}}
			}
		}
	}
	text, err := thrift.Marshal(new(thrift.CompactProtocol), footer)
	if err != nil {
		return err
	}
	end, err := file.Seek(-trailerSize, io.SeekEnd)
	if err != nil {
		return err
	}
	var trailer [trailerSize]byte
	if _, err := io.ReadFull(file, trailer[:]); err != nil {
		return err
	}
	start := end - int64(binary.LittleEndian.Uint32(trailer[:]))
	binary.LittleEndian.PutUint32(trailer[:], uint32(len(text)))
	if err := file.Truncate(start); err != nil {
		return err
	}
	_, err = file.WriteAt(append(text, trailer[:]...), start)
	return err
}
