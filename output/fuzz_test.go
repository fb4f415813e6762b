package output

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"

	"portalsim/sim"
)

// FuzzPiece gives any text as the content of a piece that fits its hash, as another program could write it into a shared
// directory: it is taken for a piece only if everything that is read from one later is there.
func FuzzPiece(f *testing.F) {
	key := PieceKey("fuzz")
	whole := testPiece(key, 0, 2) // of two arms
	x := 1.0
	whole.Arms = append(whole.Arms, whole.Arms[0])
	whole.Arms[1].Contacts = []PiecePairs{{Type: "refill", First: []*float64{&x, nil}, Arm: []*float64{&x, nil}, Censored: []int64{1, 0}}}
	text, err := json.Marshal(whole)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	short := bytes.Replace(text, []byte(`"growing":[[],[]]`), []byte(`"growing":[[]]`), 1)
	for _, seed := range [][]byte{short, []byte(`{"key":"` + key + `","from":0,"to":2}`), []byte("null"), text[:len(text)/2], []byte(`{"from":-1,"to":9223372036854775807}`)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		directory := t.TempDir()
		store := openPieces(t, directory)
		var body bytes.Buffer
		zip := gzip.NewWriter(&body)
		zip.Write(text)
		zip.Close()
		sum := sha256.Sum256(body.Bytes())
		file := append([]byte(hex.EncodeToString(sum[:])+"\n"), body.Bytes()...)
		if err := os.WriteFile(store.file(key, span{0, 2}), file, 0o666); err != nil {
			t.Fatal(err)
		}
		store = openPieces(t, directory)
		CostOfPieces(directory)
		piece := store.Next(key, 1, 2, nil)
		if piece == nil {
			return
		}
		piece.Holds([]string{"threads_n"})
		for a := range piece.Arms {
			arm := &piece.Arms[a]
			for r := range piece.To - piece.From {
				if !arm.Outgrown[r] {
					arm.Rows(r, []sim.MeasureRow{{Measure: "threads_n"}})
				}
				_ = arm.Growing[r]
				arm.Pairs(r, "a", "b", r)
			}
		}
		if err := store.Write(piece); err != nil {
			t.Errorf("a piece that was read cannot be written: %v", err)
		}
	})
}

// FuzzPieceFile gives any bytes as the file of a piece: none is taken for one.
func FuzzPieceFile(f *testing.F) {
	key := PieceKey("fuzz")
	body, err := packed(testPiece(key, 0, 2))
	if err != nil {
		f.Fatal(err)
	}
	file := append([]byte(hashText(string(body))+"\n"), body...)
	f.Add(file, 3, byte(1))
	f.Add(file, len(file)-1, byte(0x80))
	f.Fuzz(func(t *testing.T, text []byte, at int, flip byte) {
		damaged := bytes.Clone(text)
		if len(damaged) > 0 {
			damaged[uint(at)%uint(len(damaged))] ^= flip
		}
		directory := t.TempDir()
		store := openPieces(t, directory)
		if err := os.WriteFile(store.file(key, span{0, 2}), damaged, 0o666); err != nil {
			t.Fatal(err)
		}
		if piece := openPieces(t, directory).Next(key, 0, 1, nil); piece != nil && !bytes.Equal(damaged, file) {
			t.Errorf("damaged, and taken for a piece: %q", damaged)
		}
	})
}

// FuzzParquet gives any bytes as a Parquet file: of design points, which are read as texts, and as a table of ours.
func FuzzParquet(f *testing.F) {
	type row struct {
		Count int64   `parquet:"staff.nurse.count"`
		Mean  float64 `parquet:"mean,optional"`
		Name  string  `parquet:"name,dict"`
	}
	for _, compression := range []parquet.WriterOption{parquet.Compression(&parquet.Uncompressed), parquet.Compression(&parquet.Zstd), parquet.Compression(&parquet.Snappy)} {
		var text bytes.Buffer
		w := parquet.NewGenericWriter[row](&text, compression)
		if _, err := w.Write([]row{{1, 0.5, "a"}, {2, 0, "b"}, {3, 1e308, "a"}}); err != nil {
			f.Fatal(err)
		}
		if err := w.Close(); err != nil {
			f.Fatal(err)
		}
		f.Add(text.Bytes())
	}
	f.Add([]byte("PAR1PAR1"))
	for _, file := range lies(f) {
		if len(file) < 1<<16 {
			f.Add(file)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		header, rows, err := ReadCells(text)
		if err == nil {
			for _, row := range rows {
				if len(row) != len(header) {
					t.Errorf("%d cells under %d columns", len(row), len(header))
				}
			}
		}
		path := filepath.Join(t.TempDir(), "inputs.parquet")
		if err := os.WriteFile(path, text, 0o666); err != nil {
			t.Fatal(err)
		}
		if rows, err := Read[sim.InputRow](path); err == nil && rows == nil {
			t.Error("neither rows nor an error")
		}
	})
}

// FuzzNotes gives any bytes as what an output directory says of itself: the manifest, what a task tells, and an order.
func FuzzNotes(f *testing.F) {
	order := &Order{Name: "s", Words: []string{"a"}, Files: []OrderFile{{Path: "x", Text: []byte("y")}}}
	for _, seed := range []string{`{"program":"portalsim","tables":[{"file":"../x"}],"arms":[{"text":""}],"study":null}`, `{"index":0,"count":1}`, "null", "[]", ""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		directory := t.TempDir()
		outside := filepath.Join(directory, "x")
		inside := filepath.Join(directory, "out")
		tasks := filepath.Join(inside, tasksDirectory)
		if err := os.MkdirAll(tasks, 0o777); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{outside, filepath.Join(inside, manifestFile), filepath.Join(tasks, "0-of-1.json"), orderFile(inside, order.Key())} {
			if err := os.WriteFile(path, text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if list, err := ReadTasks(inside); err == nil && len(list) != 1 {
			t.Errorf("%d tasks", len(list))
		}
		if o, err := ReadOrder(inside, order.Key()); err == nil && o.Key() != order.Key() {
			t.Error("another order")
		}
		Verify(inside)
		d, err := Open(inside, Version{}, true)
		if err == nil {
			d.Close()
		}
		if _, err := os.Stat(outside); err != nil {
			t.Errorf("a file outside the directory is gone: %v", err)
		}
	})
}
