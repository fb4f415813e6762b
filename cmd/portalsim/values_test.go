package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"

	"portalsim/sim"
)

// The values of a few arms of the library, to the last bit: a change that should change no result changes none here.
// The files hold the rows that a reader can judge, and at the end the hash of all rows.

// goldenSets shorten the run: sixteen weeks of 600 patients.
var goldenSets = []string{"run.measure=8w", "patients.count=600"}

const goldenSeed, goldenReplication = 1, 0

func TestGoldenValues(t *testing.T) {
	arms, err := source().Load([]string{"baseline", "education", "no-patient-messages", "nurse-triage", "shared-inbox"}, goldenSets)
	if err != nil {
		t.Fatal(err)
	}
	for i, arm := range arms {
		t.Run(arm.Name, func(t *testing.T) {
			result, err := sim.Run(arm.Model, goldenSeed, goldenReplication, sim.Options{})
			if err != nil {
				t.Fatal(err)
			}
			most := 1 // dimensions broken down
			if i > 0 {
				most = 0
			}
			got := valuesText(arm.Name, result.Rows, most)
			path := filepath.Join("testdata", "golden", arm.Name+".txt")
			if *update || exactProcessor() {
				golden(t, path, got)
				return
			}
			if fault := valuesFault(got, readText(t, path)); fault != "" {
				t.Errorf("%s: %s", path, fault)
			}
		})
	}
}

// exactProcessor tells whether bits are promised: on amd64 at its default level, where Go never fuses x*y + z.
func exactProcessor() bool {
	info, known := debug.ReadBuildInfo()
	return known && slices.Contains(info.Settings, debug.BuildSetting{Key: "GOAMD64", Value: "v1"})
}

// valuesText lists the rows that are not broken down by member of staff nor by more than most other dimensions.
func valuesText(arm string, rows []sim.MeasureRow, most int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "# %s, %s, seed %d, replication %d: measure, dimensions, bits, value\n",
		arm, strings.Join(goldenSets, ", "), goldenSeed, goldenReplication)
	all := sha256.New()
	for i := range rows {
		r := &rows[i]
		line := fmt.Sprintf("%s%s %s\n", r.Measure, r.Dimensions(), bits(r.Value))
		all.Write([]byte(line))
		if broken := r.Dimensions(); r.Staff == sim.All && (broken == "" || strings.Count(broken, "=") <= most) {
			text.WriteString(line)
		}
	}
	fmt.Fprintf(&text, "# %d rows, sha256 %s\n", len(rows), hex.EncodeToString(all.Sum(nil)))
	return text.String()
}

// valuesFault compares two lists by value to 1e-9: processors may round a sum of products differently, and then the
// bits and the hash differ.
func valuesFault(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	if len(a) != len(b) {
		return fmt.Sprintf("%d lines, want %d", len(a), len(b))
	}
	for i := range a {
		x, y := strings.Fields(a[i]), strings.Fields(b[i])
		if strings.HasPrefix(a[i], "#") || len(x) != 3 || len(y) != 3 {
			if a[i] != b[i] && !strings.Contains(a[i], "sha256") {
				return fmt.Sprintf("got %q, want %q", a[i], b[i])
			}
			continue
		}
		v, _ := strconv.ParseFloat(x[2], 64)
		w, _ := strconv.ParseFloat(y[2], 64)
		if x[0] != y[0] || !(math.Abs(v-w) <= 1e-9*max(1, math.Abs(w))) {
			return fmt.Sprintf("got %q, want %q", a[i], b[i])
		}
	}
	return ""
}

// The comparison across processors can fail.
func TestValuesFault(t *testing.T) {
	want := "# a\nthreads_n 4059000000000000 100\nx unknown\n# 3 rows, sha256 1\n"
	for got, sound := range map[string]bool{
		want: true,
		"# a\nthreads_n 4059000000000001 100.00000000000001\nx unknown\n# 3 rows, sha256 2\n": true,
		"# a\nthreads_n 4059000000000001 100.000001\nx unknown\n# 3 rows, sha256 2\n":         false,
		"# a\nthreads_m 4059000000000000 100\nx unknown\n# 3 rows, sha256 1\n":                false,
		"# a\nthreads_n 4059000000000000 100\nx 0 0\n# 3 rows, sha256 1\n":                    false,
		"# a\nthreads_n 4059000000000000 100\n# 2 rows, sha256 1\n":                           false,
	} {
		if fault := valuesFault(got, want); (fault == "") != sound {
			t.Errorf("%q: %q", got, fault)
		}
	}
	if _, err := os.Stat(filepath.Join("testdata", "golden", "baseline.txt")); err != nil {
		t.Error(err)
	}
}
