package validation

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/engine"
)

// update rewrites golden files instead of comparing with them. Read the difference before committing it.
var update = flag.Bool("update", false, "rewrite golden files")

// trace is one golden file: a scenario with a comment that explains it, the events that it should give, and
// optionally some measures. The parts are set apart by a line of four dashes.
//
// The schedule in each file was worked out by hand from what the model says should happen, before it was compared with
// what the program prints. After -update, do that again.
type trace struct {
	scenario string
	seed     uint64
	events   string
	measures []string // NAME[DIMENSION=VALUE,…] = VALUE UNIT
}

const rule = "----\n"

var seedLine = regexp.MustCompile(`(?m)^# seed: (\d+)$`)

// readTrace splits a golden file. The seed is 1 unless a comment says otherwise.
func readTrace(text string) (trace, error) {
	parts := strings.Split(text, "\n"+rule)
	if len(parts) < 2 || len(parts) > 3 {
		return trace{}, fmt.Errorf("%d parts between lines of ----, want scenario, events and perhaps measures", len(parts))
	}
	t := trace{scenario: parts[0] + "\n", seed: 1, events: parts[1]}
	if m := seedLine.FindStringSubmatch(t.scenario); m != nil {
		t.seed, _ = strconv.ParseUint(m[1], 10, 64)
	}
	if len(parts) == 3 {
		t.events += "\n"
		t.measures = strings.Split(strings.TrimSuffix(parts[2], "\n"), "\n")
	}
	if !strings.HasPrefix(t.scenario, "# ") {
		return t, errors.New("it begins without a comment that says what happens and why")
	}
	return t, nil
}

// String writes the golden file.
func (t trace) String() string {
	text := t.scenario + rule + t.events
	if len(t.measures) > 0 {
		text += rule + strings.Join(t.measures, "\n") + "\n"
	}
	return text
}

// run simulates the scenario and returns the trace as it comes out.
func (t trace) run() (trace, error) {
	source := scenarios.Source{ReadFile: func(string) ([]byte, error) { return []byte(t.scenario), nil }}
	arms, err := source.Load([]string{"./trace.yaml"}, nil)
	if err != nil {
		return t, err
	}
	s := arms[0].Model
	var events strings.Builder
	result, err := sim.Run(s, t.seed, 0, sim.Options{Check: true, Trace: func(at engine.Time, line string) {
		fmt.Fprintf(&events, "%s  %s\n", sim.Clock(s.StartDay, at), line)
	}})
	if err != nil {
		return t, err
	}
	got := trace{scenario: t.scenario, seed: t.seed, events: events.String()}
	for _, line := range t.measures {
		name, _, _ := strings.Cut(line, " = ")
		value, err := measured(result, name)
		if err != nil {
			return t, err
		}
		got.measures = append(got.measures, name+" = "+value)
	}
	return got, nil
}

// measured returns the value of a measure such as queue_h_mean[pool=nurse], with its unit, to six digits.
func measured(result *sim.Result, name string) (string, error) {
	want, err := sim.MeasureNamed(name)
	if err != nil {
		return "", err
	}
	for i := range result.Rows {
		r := result.Rows[i]
		value, unit, note := r.Value, r.Unit, r.Note
		r.Value, r.Unit, r.Note = nil, "", ""
		switch {
		case r != want:
		case value == nil:
			return "unknown (" + note + ")", nil
		default:
			return fmt.Sprintf("%.6g %s", *value, unit), nil
		}
	}
	return "", fmt.Errorf("there is no measure %s", name)
}

func TestTraces(t *testing.T) {
	files, err := filepath.Glob("traces/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden traces: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := readTrace(string(text))
			if err != nil {
				t.Fatal(err)
			}
			got, err := want.run()
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case got.String() == string(text):
			case *update:
				if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			default:
				t.Errorf("%s differs; if the change is meant, work the schedule out by hand and rewrite the file with -update\n%s",
					file, firstDifference(string(text), got.String()))
			}
		})
	}
}

// firstDifference returns the first line in which two texts differ.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := "(the end)", "(the end)"
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\n  want %s\n  got  %s", i+1, a, b)
		}
	}
	return "no difference"
}
