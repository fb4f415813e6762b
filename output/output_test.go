package output

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"portalsim/sim"
)

var testVersion = Version{Version: "1.2.3", Build: "abcdef"}

// fill returns n rows of T that differ, with every nullable column null in some rows.
func fill[T any](n int) []T {
	rows := make([]T, n)
	for i := range rows {
		row := reflect.ValueOf(&rows[i]).Elem()
		for j := range row.NumField() {
			field := row.Field(j)
			optional := strings.Contains(row.Type().Field(j).Tag.Get("parquet"), ",optional")
			if optional && (i+j)%3 == 0 {
				continue // nil, or 0
			}
			if field.Kind() == reflect.Pointer {
				field.Set(reflect.New(field.Type().Elem()))
				field = field.Elem()
			}
			setTestValue(field, i, j)
		}
	}
	return rows
}

func setTestValue(field reflect.Value, i, j int) {
	switch field.Kind() {
	case reflect.String:
		field.SetString(fmt.Sprintf("word %d-%d %s", j, i%17, []string{"", "é", "all"}[i%3]))
	case reflect.Float64:
		field.SetFloat(float64(i*31+j) / 7)
	case reflect.Int32:
		field.SetInt(int64(i*j%100_000 - 7))
	case reflect.Int64:
		field.SetInt(1_736_121_600_000_000 + int64(i)*61_000_003 + int64(j)) // microseconds from 6 January 2025
	case reflect.Bool:
		field.SetBool(i%5 == 0)
	default:
		panic(fmt.Sprintf("no test value for %v", field.Type()))
	}
}

// write makes a table of the rows, in calls of the given sizes, over and over, and commits.
func write[T any](t *testing.T, path, name string, rows []T, force bool, sizes ...int) {
	t.Helper()
	directory, err := Open(path, testVersion, force)
	if err != nil {
		t.Fatal(err)
	}
	defer directory.Close()
	table, err := Create[T](directory, name)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; len(rows) > 0; i++ {
		n := min(len(rows), sizes[i%len(sizes)])
		if err := table.Write(rows[:n]); err != nil {
			t.Fatal(err)
		}
		rows = rows[n:]
	}
	if err := directory.Commit(Manifest{Seed: 42, Notes: []string{"a & b"}}); err != nil {
		t.Fatal(err)
	}
}

// names returns the names in a directory, hidden ones too.
func names(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return list
}

func wantNames(t *testing.T, path string, want ...string) {
	t.Helper()
	if got := names(t, path); !slices.Equal(got, want) {
		t.Errorf("files in %s: got %q, want %q", path, got, want)
	}
}

func wantRefused(t *testing.T, err error, words ...string) {
	t.Helper()
	var refused *Refused
	if !errors.As(err, &refused) {
		t.Fatalf("got %v, want a *Refused", err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q does not mention %q", err, word)
		}
	}
}

func roundTrip[T any](t *testing.T, name string) {
	t.Run(name, func(t *testing.T) {
		for _, n := range []int{0, 1, 1000} {
			path := filepath.Join(t.TempDir(), "out")
			rows := fill[T](n)
			write(t, path, name, rows, false, 7)
			got, err := Read[T](filepath.Join(path, name+".parquet"))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, rows) {
				t.Errorf("%d rows: what was read is not what was written", n)
			}
			if err := Verify(path); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestEveryTableReadsAsWritten(t *testing.T) {
	roundTrip[sim.MeasureRow](t, "replications")
	roundTrip[sim.SummaryRow](t, "summary")
	roundTrip[sim.ComparisonRow](t, "comparisons")
	roundTrip[sim.PairRow](t, "pairs")
	roundTrip[sim.UrgentPairRow](t, "urgent_pairs")
	roundTrip[sim.StaffDayRow](t, "staff_days")
	roundTrip[sim.HourRow](t, "hours")
	roundTrip[sim.WeekRow](t, "weeks")
	roundTrip[sim.FlowRow](t, "flows")
	roundTrip[sim.WaitRow](t, "waits")
	roundTrip[sim.ThreadRow](t, "threads")
	roundTrip[sim.EventRow](t, "events")
	roundTrip[sim.StaffStateRow](t, "staff_states")
	roundTrip[sim.InputRow](t, "inputs")
	roundTrip[sim.DrawRow](t, "draws")
	roundTrip[sim.DriverRow](t, "drivers")
	roundTrip[sim.InformationRow](t, "value_of_information")
	roundTrip[sim.ChoiceRow](t, "choices")
	roundTrip[sim.ValidationRow](t, "validation")
	roundTrip[sim.PointRow](t, "points")
	roundTrip[sim.SensitivityRow](t, "sensitivity")
	roundTrip[sim.WarmUpRow](t, "warmup")
	if n := len(Tables()); n != 22 {
		t.Errorf("%d tables in the catalogue and 22 in this test", n)
	}
}

// More rows than a row group, and pages that fill, so that page and row group boundaries are among what is tested.
func TestBytesDoNotDependOnBatchSizes(t *testing.T) {
	rows := fill[sim.PairRow](rowGroupRows + 30_000)
	var want []byte
	for _, sizes := range [][]int{{len(rows)}, {100}, {5000, 1, 63}, {batchRows}} {
		path := t.TempDir()
		write(t, path, "pairs", rows, false, sizes...)
		got, err := os.ReadFile(filepath.Join(path, "pairs.parquet"))
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("calls of %v rows give other bytes than one call", sizes)
		}
	}
}

func TestReadRefusesAnotherTable(t *testing.T) {
	path := t.TempDir()
	write(t, path, "summary", fill[sim.SummaryRow](3), false, 3)
	_, err := Read[sim.PairRow](filepath.Join(path, "summary.parquet"))
	if err == nil || !strings.Contains(err.Error(), "summary.parquet") {
		t.Errorf("got %v, want an error that names the file", err)
	}
}

func TestWriteAfterCloseIsAnError(t *testing.T) {
	directory, err := Open(t.TempDir(), testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	defer directory.Close()
	table, err := Create[sim.PairRow](directory, "pairs")
	if err != nil {
		t.Fatal(err)
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	if err := table.Write(fill[sim.PairRow](1)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v, want os.ErrClosed", err)
	}
}

func TestCreatePanicsOnWrongRows(t *testing.T) {
	directory, err := Open(t.TempDir(), testVersion, false)
	if err != nil {
		t.Fatal(err)
	}
	defer directory.Close()
	defer func() {
		if recover() == nil {
			t.Error("rows of pairs were accepted for table summary")
		}
	}()
	_, _ = Create[sim.PairRow](directory, "summary")
}
