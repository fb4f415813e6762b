package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/validation"
)

// validated runs validate over a catalogue, as main would, and returns the status and both streams.
func validated(t *testing.T, o *validateOptions, catalogue func() []validation.Case) (int, string, string) {
	t.Helper()
	var out, talk bytes.Buffer
	ctx := context.Background()
	err := validate(ctx, o, catalogue, stdio{nil, &out, &talk})
	return explainExit(ctx, err, &talk), out.String(), talk.String()
}

// A quantity whose theory is wrong, or a twin that is right, gives status 3; the sound catalogue gives 0. The wrong
// catalogue can only be handed in here: no flag, file or variable reaches it.
func TestValidateFindsAWrongQuantity(t *testing.T) {
	one := func(change func(*validation.Quantity)) func() []validation.Case {
		return func() []validation.Case {
			c := validation.Cases()[0]
			c.Quantities = c.Quantities[:1]
			change(&c.Quantities[0])
			return []validation.Case{c}
		}
	}
	for _, x := range []struct {
		name      string
		catalogue func() []validation.Case
		status    int
		out, err  string
	}{
		{"sound", one(func(*validation.Quantity) {}), exitDone, "none outside the limits", ""},
		{"theory a tenth off", one(func(q *validation.Quantity) { q.Theory *= 1.1 }), exitOutside, "**DISAGREES**", "1 of 1 test outside the limits"},
		{"a twin that is no twin", one(func(q *validation.Quantity) { q.Wrong = q.Theory }), exitOutside, "**NOT REJECTED**", "1 of 1 test outside the limits"},
	} {
		o := &validateOptions{level: "quick", seed: 3, jobs: 2, quiet: true}
		status, out, talk := validated(t, o, x.catalogue)
		if status != x.status || !strings.Contains(out, x.out) || !strings.Contains(talk, x.err) || x.err == "" && talk != "" {
			t.Errorf("%s: status %d, want %d\n%s%s", x.name, status, x.status, out, talk)
		}
	}
}

// The table, the manifest and the JSON say the same.
func TestValidateWrites(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	few := func() []validation.Case { return validation.Cases()[6:7] } // D/D/1: exact, and quick
	o := &validateOptions{level: "quick", seed: 1, jobs: 1, json: true, out: dir}
	status, out, talk := validated(t, o, few)
	if status != exitDone || !strings.Contains(talk, "D/D/1") {
		t.Fatalf("status %d, %s", status, talk)
	}
	var got struct {
		Failed, Tests int
		Validation    []map[string]any
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Tests != 2 || got.Failed != 0 || len(got.Validation) != 2 || got.Validation[0]["theory"] != 2.25 || got.Validation[0]["simulated"] != 2.25 {
		t.Errorf("got %+v", got)
	}
	if text := readText(t, filepath.Join(dir, "manifest.json")); !strings.Contains(text, "validation.parquet") || !strings.Contains(text, "needs_at") {
		t.Errorf("the manifest lacks the table or the case:\n%s", text)
	}
}
