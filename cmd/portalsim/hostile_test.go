package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostileClinic is a small clinic; each hostile file changes one thing of it.
const hostileClinic = `schema: portalsim/scenario/1
name: small
run: {start: "2025-01-06", warm_up: 0w, measure: 1w, drain: 1w}
patients: {count: 100, preferred_channel: {portal: 1}}
channels: {}
messages:
  advice: {needs_per_user_year: 9, pool: nurse}
pools:
  nurse: {handling: {dist: lognormal, mean: 4m, cv: 1}}
staff:
  nurse: {count: 1, role: nurse, pools: [nurse], week: {mon-fri: {"09:00-12:00": inbox}}}
`

// bomb is the billion laughs: nine lists, each of nine times the one before.
func bomb() string {
	text := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		last := "*" + string(c-1)
		text += string(c) + ": &" + string(c) + " [" + strings.Repeat(last+", ", 8) + last + "]\n"
	}
	return text
}

// hostileFiles are changed from one text to another, with what is said of each: place, fault and remedy.
var hostileFiles = []struct{ name, from, to, want string }{
	{"a bomb of aliases", hostileClinic, bomb(), ":1:4: a: anchor &a"},
	{"a loop of aliases", "channels: {}", "channels: &x {y: *x}", ":5:11: channels: anchor &x"},
	{"deep nesting", "channels: {}", "channels: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "more than 64 levels of nesting"},
	{"deeper than the reader goes", "channels: {}", "channels: " + strings.Repeat("{a: ", 20000), ": not YAML: "},
	{"a NUL", "name: small", "name: sm\x00all", ":2:9: (document): control character U+0000; remove it"},
	{"an escape for the terminal", "name: small", "name: sm\x1b[31mall", ":2:9: (document): control character U+001B; remove it"},
	{"no UTF-8", "name: small", "name: sm\xffall", ":2:9: (document): a byte is not UTF-8 text; save the file as UTF-8"},
	{"UTF-16", "schema:", "\xff\xfes\x00c\x00h\x00", ":1:1: (document): a byte is not UTF-8 text"},
	{"NaN", "needs_per_user_year: 9", "needs_per_user_year: .nan", "messages.advice.needs_per_user_year: "},
	{"an infinity", "needs_per_user_year: 9", "needs_per_user_year: .inf", "messages.advice.needs_per_user_year: "},
	{"Inf", "needs_per_user_year: 9", "needs_per_user_year: Inf", "messages.advice.needs_per_user_year: "},
	{"a rate of 1e308", "needs_per_user_year: 9", "needs_per_user_year: 1e308", ""},
	{"a count of 1e308", "count: 100", "count: 1e308", ":4:19: patients.count: "},
	{"a time of 1e308", "mean: 4m", "mean: 1e308h", "pools.nurse.handling"},
	{"a number of a thousand digits", "count: 100", "count: " + strings.Repeat("9", 1000), ":4:19: patients.count: "},
	{"a negative count", "count: 100", "count: -1", ":4:19: patients.count: "},
	{"a date before the calendar", "2025-01-06", "0000-00-00", ":3:14: run.start: "},
	{"a date that no month has", "2025-01-06", "2025-02-30", ":3:14: run.start: "},
	{"a date after the calendar", "2025-01-06", "99999-01-01", ":3:14: run.start: "},
	{"250 years", "measure: 1w", "measure: 14000w", "run: warm-up, measured period and drain are over 250 years together"},
	{"more weeks than there are", "measure: 1w", "measure: 99999999999999999999w", ":3:"},
	{"a name that is a path", "name: small", "name: ../../etc/passwd", ":2:7: name: "},
	{"a pool that is a path", "  nurse: {handling", "  \"../nurse\": {handling", "pools.../nurse: "},
	{"a group that is a path", "  nurse: {count: 1", "  \"a/b\": {count: 1", "staff.a/b: "},
}

// Every hostile file is refused, with its place and a remedy on one line, or is a clinic that is too large to run; and nothing
// of it reaches the terminal that would steer it.
func TestHostileFiles(t *testing.T) {
	for _, h := range hostileFiles {
		text := strings.Replace(hostileClinic, h.from, h.to, 1)
		if text == hostileClinic {
			t.Fatalf("%s: nothing is changed", h.name)
		}
		file := filepath.Join(t.TempDir(), "clinic.yaml")
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		got := invoke("run", file, "--replications", "2", "--quiet")
		if got.status != exitUsage || !strings.Contains(got.err, h.want) || strings.ContainsAny(got.err, "\x00\x1b\xff") {
			t.Errorf("%s: status %d\n%s", h.name, got.status, got.err[:min(len(got.err), 2000)])
		}
	}
}

// A negative zero is zero.
func TestNegativeZero(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	var printed []string
	for _, rate := range []string{"0", "-0", "-0.0"} {
		if err := os.WriteFile(file, []byte(strings.Replace(hostileClinic, "needs_per_user_year: 9", "needs_per_user_year: "+rate, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		printed = append(printed, succeed(t, "run", file, "--replications", "2", "--quiet").out)
	}
	if printed[0] != printed[1] || printed[0] != printed[2] {
		t.Errorf("three zeros, and\n%s\n%s\n%s", printed[0], printed[1], printed[2])
	}
}

// A file of 100 MB, and one without an end, are refused before they fill the memory.
func TestLargeFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	if err := os.WriteFile(file, []byte(hostileClinic), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, 100<<20); err != nil {
		t.Fatal(err)
	}
	if got := invoke("check", file); got.status != exitUsage || !strings.Contains(got.err, ":1:1: (document): the file has 104857600 bytes, and the limit is 16777216") {
		t.Errorf("100 MB: status %d\n%s", got.status, got.err)
	}
	if testing.Short() {
		return
	}
	if got := invoke("check", "/dev/zero"); got.status != exitUsage || !strings.Contains(got.err, "more than 256 MB") {
		t.Errorf("no end: status %d\n%s", got.status, got.err)
	}
}

// Tables are written through a link to a directory, and never through a link to a file: what such a link leads to stays.
func TestLinksInTheOutputPath(t *testing.T) {
	clinic := filepath.Join(t.TempDir(), "clinic.yaml")
	if err := os.WriteFile(clinic, []byte(hostileClinic), 0o666); err != nil {
		t.Fatal(err)
	}
	base := t.TempDir()
	link := func(to, from string) {
		if err := os.Symlink(to, from); err != nil {
			t.Fatal(err)
		}
	}
	real, precious := filepath.Join(base, "real"), filepath.Join(base, "precious")
	if err := os.Mkdir(real, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(precious, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(base, "out")
	link(real, out)
	succeed(t, "run", clinic, "--replications", "2", "--quiet", "--out", out)
	if _, err := os.Stat(filepath.Join(real, "manifest.json")); err != nil {
		t.Errorf("through a link to a directory: %v", err)
	}
	if err := os.Remove(filepath.Join(real, "summary.parquet")); err != nil {
		t.Fatal(err)
	}
	link(precious, filepath.Join(real, "summary.parquet"))
	succeed(t, "run", clinic, "--replications", "2", "--quiet", "--force", "--out", out)
	other := filepath.Join(base, "other")
	if err := os.Mkdir(other, 0o777); err != nil {
		t.Fatal(err)
	}
	link(precious, filepath.Join(other, "summary.parquet"))
	if got := invoke("run", clinic, "--replications", "2", "--quiet", "--force", "--out", other); got.status != exitUsage {
		t.Errorf("a link that is not ours, in place of a table: status %d\n%s", got.status, got.err)
	}
	for name, path := range map[string]string{"a link to nothing": "nowhere", "a link to itself": "loop"} {
		link(filepath.Join(base, path), filepath.Join(base, path+"-link"))
		if path == "loop" {
			link(filepath.Join(base, "loop-link"), filepath.Join(base, "loop"))
		}
		if got := invoke("run", clinic, "--replications", "2", "--quiet", "--out", filepath.Join(base, path+"-link")); got.status != exitUsage && got.status != exitCouldNot {
			t.Errorf("%s: status %d\n%s", name, got.status, got.err)
		}
	}
	if got := readText(t, precious); got != "mine" {
		t.Errorf("what a link leads to was written over: %q", got)
	}
}
