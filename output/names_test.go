package output

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"github.com/parquet-go/parquet-go"

	"portalsim/sim"
)

// Columns of names are the library's, byte for byte: with one name, several, none, and more than fit a word.
func TestNamesAreWrittenAsTheLibraryDoes(t *testing.T) {
	if _, ours := schemaOf[sim.ThreadRow]().Fields()[1].Type().(nameType); !ours {
		t.Fatal("column arm is not of ours: the comparison would prove nothing")
	}
	table := definition("threads", reflect.TypeFor[sim.ThreadRow]())
	for _, names := range []int{0, 1, 2, 3, 63, 64, 65, 300} {
		t.Run(fmt.Sprint(names), func(t *testing.T) {
			rows := make([]sim.ThreadRow, 30_000)
			for i := range rows {
				rows[i].Contact, rows[i].Sent = int64(i*i), int64(i)
				rows[i].Arm = "arm"
				if names > 0 {
					rows[i].Type = fmt.Sprint("type ", i*i%7919%names)
					rows[i].LastPool = fmt.Sprint("pool ", i/100%names) // some pages lack some names
				}
			}
			write := func(schema *parquet.Schema) []byte {
				var b bytes.Buffer
				w := parquet.NewGenericWriter[sim.ThreadRow](&b, writerConfig(table, Version{Version: "1", Build: "b"}), schema)
				for from := 0; from < len(rows); from += batchRows {
					if _, err := w.Write(rows[from:min(from+batchRows, len(rows))]); err != nil {
						t.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				return b.Bytes()
			}
			ours, theirs := write(schemaOf[sim.ThreadRow]()), write(parquet.SchemaOf(new(sim.ThreadRow)))
			if !bytes.Equal(ours, theirs) {
				t.Errorf("%d bytes, the library writes %d others", len(ours), len(theirs))
			}
		})
	}
}
