package output

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"portalsim/sim"
)

func testPiece(key string, from, to int) *Piece {
	x := 1.0 / 3
	arm := PieceArm{Measures: []string{"threads_n", "queue_h_mean[pool=nurse]"}}
	for range to - from {
		arm.Values = append(arm.Values, []*float64{&x, nil})
		arm.Growing, arm.Outgrown = append(arm.Growing, []string{}), append(arm.Outgrown, false)
	}
	arm.Notes = []PieceNote{{0, 1, "withheld"}}
	return &Piece{Key: key, From: from, To: to, Asked: []string{"threads_n"}, Arms: []PieceArm{arm}, Seconds: 2}
}

func openPieces(t *testing.T, path string) *Pieces {
	t.Helper()
	p, err := OpenPieces(path)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A store finds, of the pieces that hold a replication, the one that reaches furthest; also after it is opened again.
func TestPieces(t *testing.T) {
	path, key := t.TempDir(), PieceKey("a", "b")
	store := openPieces(t, path)
	for _, piece := range []*Piece{testPiece(key, 0, 4), testPiece(key, 4, 20), testPiece(key, 0, 10)} {
		if err := store.Write(piece); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []*Pieces{store, openPieces(t, path)} {
		for replication, to := range map[int]int{0: 10, 3: 10, 10: 20, 19: 20, 20: 0} {
			got := p.Next(key, replication, 1, []string{"threads_n"})
			if got == nil && to > 0 || got != nil && got.To != to {
				t.Errorf("replication %d: got %+v, want a piece to %d", replication, got, to)
			}
		}
		if got := p.Next(key, 4, 1, nil); !reflect.DeepEqual(got, testPiece(key, 4, 20)) {
			t.Errorf("read %+v", got)
		}
		if p.Next(PieceKey("ab"), 0, 1, nil) != nil || PieceKey("ab") == key || PieceKey("a", "b ") == key {
			t.Error("another key finds the piece")
		}
	}
	if cost, ok := CostOfPieces(path); !ok || cost != 6.0/30 {
		t.Errorf("cost %v, want 0.2 s", cost)
	}
}

// A piece that is damaged, cut short, renamed, or lacks a measure is none.
func TestDamagedPieces(t *testing.T) {
	key := PieceKey("x")
	for name, damage := range map[string]func(file, text string) error{
		"a changed byte": func(file, text string) error {
			return os.WriteFile(file, []byte(text[:100]+string(text[100]^1)+text[101:]), 0o666)
		},
		"half of it": func(file, text string) error { return os.WriteFile(file, []byte(text[:len(text)/2]), 0o666) },
		"nothing":    func(file, text string) error { return os.WriteFile(file, nil, 0o666) },
		"another name": func(file, text string) error {
			return os.Rename(file, strings.Replace(file, "-0-4.piece", "-0-5.piece", 1))
		},
	} {
		path := t.TempDir()
		if err := openPieces(t, path).Write(testPiece(key, 0, 4)); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(path, "pieces", key+"-0-4.piece")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := damage(file, string(text)); err != nil {
			t.Fatal(err)
		}
		store := openPieces(t, path)
		if got := store.Next(key, 0, 1, nil); got != nil {
			t.Errorf("%s: still read", name)
		}
		if err := store.Write(testPiece(key, 0, 4)); err != nil || store.Next(key, 0, 1, nil) == nil {
			t.Errorf("%s: not written again: %v", name, err)
		}
	}
	store := openPieces(t, t.TempDir())
	if err := store.Write(testPiece(key, 0, 4)); err != nil {
		t.Fatal(err)
	}
	if store.Next(key, 0, 1, []string{"threads_n", "latent_n"}) != nil {
		t.Error("a piece without a measure is taken")
	}
}

// Every bit of a piece that is turned over, and every length that it is cut to, is noticed; so is what is added.
func TestEveryBitOfAPiece(t *testing.T) {
	path, key := t.TempDir(), PieceKey("x")
	store := openPieces(t, path)
	if err := store.Write(testPiece(key, 0, 4)); err != nil {
		t.Fatal(err)
	}
	file := store.file(key, span{0, 4})
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged, noticed, bits := 0, 0, 8
	if testing.Short() {
		bits = 1
	}
	try := func(what string, place int, changed []byte) {
		if bytes.Equal(changed, text) {
			return // zeros in place of zeros
		}
		if err := os.WriteFile(file, changed, 0o666); err != nil {
			t.Fatal(err)
		}
		damaged++
		if _, err := store.read(key, span{0, 4}); err == nil {
			t.Errorf("%s at byte %d of %d is not noticed", what, place, len(text))
			return
		}
		noticed++
	}
	for i := range text {
		for bit := range bits {
			flipped := slices.Clone(text)
			flipped[i] ^= 1 << bit
			try("a bit turned over", i, flipped)
		}
		try("the end", i, text[:i])
		try("zeros to the end", i, append(slices.Clone(text[:i]), make([]byte, len(text)-i)...))
		try("something added", i, slices.Insert(slices.Clone(text), i, '0'))
	}
	try("something added", len(text), append(slices.Clone(text), 0))
	if noticed != damaged || damaged < (bits+2)*len(text) || len(text) < 200 {
		t.Errorf("%d of %d damages of %d bytes noticed, want all, and %d for each byte", noticed, damaged, len(text), bits+2)
	}
	t.Logf("%d damages of %d bytes", damaged, len(text))
	if err := os.WriteFile(file, text, 0o666); err != nil {
		t.Fatal(err)
	}
	if openPieces(t, path).Next(key, 0, 1, nil) == nil {
		t.Error("the piece as it was is not read")
	}
}

func TestPieceRows(t *testing.T) {
	arm := testPiece("k", 0, 2).Arms[0]
	var wanted []sim.MeasureRow
	for _, name := range []string{"queue_h_mean[pool=nurse]", "threads_n", "latent_n"} {
		row, err := sim.MeasureNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		wanted = append(wanted, row)
	}
	rows := arm.Rows(0, wanted)
	if rows[0].Value != nil || rows[0].Note != "withheld" || *rows[1].Value != 1.0/3 || rows[2].Value != nil || rows[2].Note == "" || wanted[1].Value != nil {
		t.Errorf("rows %+v", rows)
	}
	if again := arm.Rows(1, wanted); again[0].Note != "" {
		t.Errorf("the note of replication 0 at replication 1: %+v", again[0])
	}
}

func TestPiecePairs(t *testing.T) {
	var arm PieceArm
	one, two := 1.5, 2.5
	row := sim.PairRow{Arm: "a", Type: sim.All, Fate: "paired", ControlWait: &one, ArmWait: &two, Censored: 3}
	other, moved := row, row
	other.Arm, moved.Fate = "b", "moved"
	arm.AddPairs([]sim.PairRow{row, other, moved}, "a", 1)
	if got := arm.Pairs(1, "c", "a", 21); len(got) != 1 || *got[0].Difference != 1 || got[0].Censored != 3 || got[0].Replication != 21 {
		t.Errorf("pairs %+v", got)
	}
	if got := arm.Pairs(0, "c", "a", 20); len(got) != 1 || got[0].Difference != nil {
		t.Errorf("pairs of a replication without any %+v", got)
	}
}

// A list of points from another program reads as texts: here, one of our tables.
func TestReadCells(t *testing.T) {
	path := t.TempDir()
	x := 0.25
	write(t, path, "points", []sim.PointRow{{Point: "p0001", Factor: "a", Value: &x}, {Point: "p0002", Factor: "b", Replications: 7}}, false, 1)
	text, err := os.ReadFile(filepath.Join(path, "points.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	header, rows, err := ReadCells(text)
	if err != nil {
		t.Fatal(err)
	}
	if header[0] != "point" || header[5] != "value" || rows[0][5] != "0.25" || rows[1][5] != "" || rows[1][0] != "p0002" || rows[1][8] != "7" {
		t.Errorf("%q %q", header, rows)
	}
	if _, _, err := ReadCells([]byte("{}")); err == nil {
		t.Error("a JSON file was read as Parquet")
	}
}

// A study's directory is taken up again by the same study, and refused to another.
func TestOpenStudy(t *testing.T) {
	path := t.TempDir()
	commit := func(study string, force bool) error {
		d, err := OpenStudy(path, testVersion, study, force)
		if err != nil {
			return err
		}
		defer d.Close()
		openPieces(t, path)
		table, err := Create[sim.PointRow](d, "points")
		if err != nil {
			return err
		}
		if err := table.Write(fill[sim.PointRow](3)); err != nil {
			return err
		}
		return d.Commit(Manifest{Study: &StudyEntry{Name: study}})
	}
	for _, study := range []string{"one", "one"} {
		if err := commit(study, false); err != nil {
			t.Fatal(err)
		}
	}
	wantRefused(t, commit("two", false), "another study", "--force")
	if err := commit("two", true); err != nil {
		t.Fatal(err)
	}
	wantNames(t, path, "datapackage.json", "manifest.json", "pieces", "points.parquet")
	_, err := Open(path, testVersion, false)
	wantRefused(t, err, "is not empty")
}

// Numbers that stand for something else, such as hundredths or days, are refused, not read as they stand.
func TestReadCellsOfOtherTypes(t *testing.T) {
	for want, text := range map[string][]byte{
		`"cost" is of type DECIMAL(9,2)`: parquetOf(t, struct {
			Cost int64 `parquet:"cost,decimal(2:9)"`
		}{150}),
		`"day" is of type DATE`: parquetOf(t, struct {
			Day int32 `parquet:"day,date"`
		}{20_089}),
		`"n" is of type INT(64,false)`: parquetOf(t, struct {
			N uint64 `parquet:"n"`
		}{1 << 63}),
	} {
		if header, rows, err := ReadCells(text); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "cast it to DOUBLE") {
			t.Errorf("%q %q, error %v, want %s", header, rows, err, want)
		}
	}
}

func parquetOf[T any](t *testing.T, row T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := parquet.Write(&b, []T{row}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
