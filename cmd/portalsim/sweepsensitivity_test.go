package main

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"portalsim/sim"
)

// Each design gives the table that takes its outputs apart.
func TestSweepSensitivity(t *testing.T) {
	const factors = "factors:\n  interventions.education.reach: {role: uncertainty, range: [0.2, 0.8]}\n  pools.nurse.handling.mean: {role: uncertainty, range: [3m, 8m]}\nmeasures: {after_hours_min_per_clinician_week: {}, \"queue_h_mean[pool=nurse]\": {}}\n"
	for _, c := range []struct {
		design, method string
		replications   int
		rows           int
		has            func(r sim.SensitivityRow) bool
	}{
		{"saltelli, points: 4, second_order: true", "sobol", 3, 2 * 3, func(r sim.SensitivityRow) bool {
			return (r.S2 != nil) == (r.With != "") && (r.ST != nil && r.STClean != nil) == (r.With == "") && r.Noise != nil
		}},
		{"morris, trajectories: 2", "morris", 2, 2 * 2, func(r sim.SensitivityRow) bool { return r.MuStar != nil && r.Sigma != nil && r.Used == 2 }},
		{"one-at-a-time", "one-at-a-time", 2, 2 * 2, func(r sim.SensitivityRow) bool { return r.Width != nil && r.LowCI95Low != nil }},
		{"latin-hypercube, points: 8", "rank correlation", 2, 2 * 2, func(r sim.SensitivityRow) bool {
			return r.Partial != nil && r.PHolm != nil && r.Used == 8 && strings.Contains(r.Note, "8 points for 2 factors, want 20 or more")
		}},
	} {
		out := filepath.Join(t.TempDir(), "out")
		file := studyFile(t, factors+"design: {kind: "+c.design+fmt.Sprintf("}\nreplications: %d\n", c.replications))
		got := succeed(t, "sweep", file, "--out", out)
		rows := tableOf[sim.SensitivityRow](t, out, "sensitivity")
		if len(rows) != c.rows || !strings.Contains(got.out, "What drives queue_h_mean[pool=nurse], taught against usual") {
			t.Errorf("%s: %d rows, want %d\n%s", c.design, len(rows), c.rows, got.out)
		}
		for _, r := range rows {
			if r.Method != c.method || r.Control != "usual" || r.PairedBy != "replication" || !c.has(r) {
				t.Errorf("%s: %+v", c.design, r)
			}
		}
	}
}

// Where points differ in replications, sensitivity takes those of the first look: the table is that of a study of 20.
func TestSweepSensitivityOfAnOpenStudy(t *testing.T) {
	const factors = "factors: {interventions.education.reach: {role: uncertainty, range: [0.2, 0.8]}}\ndesign: {kind: one-at-a-time}\n"
	open, fixed := filepath.Join(t.TempDir(), "open"), filepath.Join(t.TempDir(), "fixed")
	succeed(t, "sweep", studyFile(t, factors+"measures: {after_hours_min_per_clinician_week: {half_width: 0.001}}\nprecision: {at_most: 30}\n"), "--out", open)
	succeed(t, "sweep", studyFile(t, factors+"measures: {after_hours_min_per_clinician_week: {}}\nreplications: 20\n"), "--out", fixed)
	if m := manifest(t, readText(t, filepath.Join(open, "manifest.json"))); m["replications"].(float64) <= 20 {
		t.Fatalf("%v replications at most: the study asks for too little", m["replications"])
	}
	got, want := tableOf[sim.SensitivityRow](t, open, "sensitivity"), tableOf[sim.SensitivityRow](t, fixed, "sensitivity")
	if len(want) != 1 || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
