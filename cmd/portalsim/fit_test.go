package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"portalsim/sim"
)

// exampleSets make of the baseline the clinic whose log docs/own-data.md reads: smaller, with more refills, and with patients
// more alike who write again less.
var exampleSets = []string{"patients.count=900", "patients.activity_cv=0.9", "run.warm_up=0w", "run.measure=12w",
	"messages.refill.needs_per_user_year=4.5", "messages.advice.follow_up=0.2"}

// messageLog simulates a clinic and returns the log that its portal would export: one row for each thread.
func messageLog(t *testing.T, sets []string, seed uint64) string {
	t.Helper()
	arms, err := source().Load([]string{"baseline"}, sets)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"sent", "type", "pool", "first_touch", "first_response", "patient", "follow_ups"})
	at := func(microseconds int64) string {
		if microseconds == 0 {
			return ""
		}
		return time.UnixMicro(microseconds).UTC().Format("2006-01-02 15:04")
	}
	_, err = sim.Run(arms[0].Model, seed, 0, sim.Options{Thread: func(r *sim.ThreadRow) {
		if r.Channel == "portal" {
			w.Write([]string{at(r.Sent), r.Type, r.FirstPool, at(r.FirstTouch), at(r.FirstResponse), fmt.Sprintf("p%04d", r.Patient), strconv.Itoa(int(r.Messages - r.Rounds - 1))})
		}
	}})
	w.Flush()
	if err != nil || w.Error() != nil {
		t.Fatal(err, w.Error())
	}
	return b.String()
}

// docs/own-data.md reads a log that the program made, and shows the true output and overlay.
func TestOwnDataDocuments(t *testing.T) {
	file := filepath.Join(here, root, "docs", "own-data", "messages.csv")
	if want := messageLog(t, exampleSets, 1); *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got := readText(t, file); got != want {
		t.Errorf("%s is not the log of the clinic; make golden writes it", file)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("messages.csv", []byte(readText(t, file)), 0o666); err != nil {
		t.Fatal(err)
	}
	got := succeed(t, "fit", "messages.csv", "--patients", "900", "--from", "2025-01-06", "--out", "mine.yaml")
	document := filepath.Join(here, root, "docs", "own-data.md")
	checkBlock(t, document, "<!-- output of fit -->\n", "<!-- end -->", "```\n"+got.out+"```\n")
	checkBlock(t, document, "<!-- overlay of fit -->\n", "<!-- end -->", "```yaml\n"+readText(t, "mine.yaml")+"```\n")
	if missed := missed(readText(t, "mine.yaml")); strings.Join(missed, " ") != "patients.activity_cv" {
		t.Errorf("the intervals that miss what the log was made with are %v; the document names others", missed)
	}
	if strings.Contains(got.out+got.err+readText(t, "mine.yaml"), "p0") {
		t.Error("a patient's key was written")
	}
}

// missed returns the estimates of an overlay whose interval does not hold what the example log was made with.
func missed(overlay string) []string {
	s := source()
	files := s.ReadFile
	s.ReadFile = func(path string) ([]byte, error) {
		if path == "fitted.yaml" {
			return []byte(overlay), nil
		}
		return files(path)
	}
	truth, err := s.Load([]string{"baseline"}, exampleSets)
	if err != nil {
		panic(err)
	}
	fitted, err := s.Load([]string{"baseline+fitted.yaml"}, nil)
	if err != nil {
		panic(err)
	}
	var missed []string
	for _, in := range fitted[0].Inputs() {
		if in.Source != "local" {
			continue
		}
		was, _ := truth[0].Quantity(in.Path)
		x, low, high := parsed(was.Text), parsed(*in.Low), parsed(*in.High)
		if strings.Contains(in.Path, "time_profile") {
			x *= 168 / 130.2 // the baseline's weights sum to 130.2 over the week, those fitted to 168
		}
		if x < low || x > high {
			missed = append(missed, in.Path)
		}
	}
	return missed
}

// parsed reads a number that the program wrote.
func parsed(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	return x
}

// fitFile writes a log to a file in a directory of its own, and returns its path.
func fitFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "log.csv")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// A log, what fit makes of it, and the comparison with the baseline. In the baseline messages are passed on, so that the
// word of --worked-through is not taken.
func TestFitOverlayRuns(t *testing.T) {
	overlay := filepath.Join(t.TempDir(), "mine.yaml")
	file := fitFile(t, messageLog(t, []string{"run.measure=4w", "run.warm_up=0w"}, 3))
	got := succeed(t, "fit", file, "--patients", "2250", "--worked-through", "--out", overlay)
	if !strings.Contains(got.out, "Overlay: "+overlay) || !strings.Contains(got.out, "of the times are longer than 120 minutes: ") || got.err != "" {
		t.Errorf("%s%s", got.out, got.err)
	}
	if got := succeed(t, "check", "baseline", overlay); !strings.Contains(got.out, "mine: sound") {
		t.Errorf("check: %s", got.out)
	}
	compared := succeed(t, "compare", "baseline", "baseline+"+overlay, "--replications", "2", "--quiet", "--set", "run.measure=2w", "--set", "run.warm_up=1w", "--no-ceiling")
	if !strings.Contains(compared.out, "As our own log of messages has it") {
		t.Errorf("compare: %s", compared.out)
	}
}

// A log may come in, and without --out nothing is written.
func TestFitReadsStandardInput(t *testing.T) {
	var out, talk bytes.Buffer
	t.Chdir(t.TempDir())
	in := strings.NewReader(messageLog(t, []string{"run.measure=2w", "run.warm_up=0w"}, 3))
	if err := run(t.Context(), []string{"fit", "-", "--hourly"}, stdio{in, &out, &talk}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"patients.time_profile.weights.mon.00-01", "Nothing was written; --out FILE writes the overlay", "patients.activity_cv: patients who never wrote are not in the log; write --patients"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
	if entries, err := os.ReadDir("."); err != nil || len(entries) > 0 {
		t.Errorf("%v was written, %v", entries, err)
	}
}

// A log too short for any estimate says so, in place of an empty table.
func TestFitOfOneRow(t *testing.T) {
	got := succeed(t, "fit", fitFile(t, "sent,type\n2025-01-06 10:00,refill\n")).out
	if !strings.Contains(got, "No number of a scenario can be estimated from this log") || strings.Contains(got, "interval") || !strings.Contains(got, "write --patients") {
		t.Error(got)
	}
}

// The log is not replaced by the overlay made of it, whatever it is called.
func TestFitKeepsItsLog(t *testing.T) {
	const log = "sent,type\n2025-01-06 10:00,refill\n"
	file := fitFile(t, log)
	link := filepath.Join(filepath.Dir(file), "mine.yaml")
	if err := os.Link(file, link); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{file, link} {
		if got := invoke("fit", file, "--out", out); got.status != exitUsage || !strings.Contains(got.err, "is the log itself; write another file") || readText(t, file) != log {
			t.Errorf("--out %s: status %d\n%s", out, got.status, got.err)
		}
	}
}

func TestFitRefuses(t *testing.T) {
	good := "sent,type\n2025-01-06 10:00,refill\n"
	for _, c := range []struct {
		text string
		args []string
		want []string
	}{
		{good, []string{"--patients", "-1", "--dates", "ymd", "--time-zone", "Mars", "--column", "sent", "--type", "x", "--delimiter", ";;", "--from", "6 Jan", "--to", "x"},
			[]string{"--patients must not be below 0", "--dates must be", `no "Mars"`, `--column "sent" has no =`, `--type "x" has no =`, "--delimiter must be one character", `--from: "6 Jan" is no day`, `--to: "x" is no day`}},
		{good, []string{"--from", "2025-02-01", "--to", "2025-01-01"}, []string{"--from is after --to"}},
		{good, []string{"--from", "1925-01-01", "--to", "2125-01-01"}, []string{"--from: the year is 1925; write a year from 1990 to 2100", "--to: the year is 2125; write"}},
		{good, []string{"--over", "baselin"}, []string{"the library has no baselin; did you mean baseline?"}},
		{"sent,type,patient\n2025-01-06 10:00,refill,a\n2025-01-07 10:00,refill,b\n", []string{"--patients", "1"}, []string{"2 patients wrote, more than the 1 of the clinic; count everybody"}},
		{"sent,type\nx,Rx\ny,refill\n", nil, []string{"log.csv:2:1: sent: ", "log.csv:2:3: type: ", "log.csv:3:1: sent: ", "3 problems; nothing was written"}},
		{good, []string{"--from", "2026-01-01"}, []string{"no row is left to count"}},
	} {
		out := filepath.Join(t.TempDir(), "mine.yaml")
		got := invoke(append([]string{"fit", fitFile(t, c.text), "--out", out}, c.args...)...)
		for _, want := range c.want {
			if !strings.Contains(got.err, want) {
				t.Errorf("%v: no %q in\n%s", c.args, want, got.err)
			}
		}
		if _, err := os.Stat(out); got.status != exitUsage || err == nil {
			t.Errorf("%v: status %d, and the overlay was written: %v", c.args, got.status, err == nil)
		}
	}
	for _, args := range [][]string{{"fit"}, {"fit", "a.csv", "b.csv"}, {"fit", "no-such-file.csv"}} {
		if got := invoke(args...); got.status != exitUsage {
			t.Errorf("%v: status %d", args, got.status)
		}
	}
}
