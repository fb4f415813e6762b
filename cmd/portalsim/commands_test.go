package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"portalsim/output"
	"portalsim/scenarios"
	"portalsim/sim/experiment"
)

// decoded reads what --json printed: one JSON value and nothing else.
func decoded(t *testing.T, text string) answer {
	t.Helper()
	var a answer
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(&a); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, text)
	}
	if d.More() {
		t.Fatal("more than one JSON value")
	}
	return a
}

// One line for each way to call the program: what it answers, on which stream.
func TestCommands(t *testing.T) {
	for _, c := range []struct {
		args     string
		status   int
		out, err string // parts of what is printed; "" means nothing is
	}{
		{"", 2, "Commands:", "no command; write one of those above"},
		{"--help", 0, "Exit status:\n    0  done\n", ""},
		{"help", 0, "portalsim compare baseline education  ", ""},
		{"help compare", 0, "--replications", ""},
		{"compare --help", 0, "--no-ceiling", ""},
		{"help chekc", 2, "", `there is no command or topic "chekc"; did you mean check?`},
		{"help format", 0, "| `patients.count` |", ""},
		{"version", 0, "portalsim version " + version, ""},
		{"--version", 0, "portalsim version " + version, ""},
		{"tables", 0, "### Table `replications`", ""},
		{"tables replications", 2, "", "tables takes no arguments"},

		{"comprae", 2, "", `there is no command "comprae"; did you mean compare?`},
		{"frobnicate", 2, "", "see portalsim help, which lists all"},
		{"status", 2, "", "status takes one output directory"},
		{"status nowhere", 2, "", "nowhere holds no study that a sweep has begun"},
		{"merge nowhere", 2, "", "nowhere holds no study that a sweep has begun"},
		{"merge a b", 2, "", "merge takes one directory"},
		{"sweep baseline --shard 0/2", 2, "", "need --out, a directory that they share"},
		{"sweep baseline --shard 2/2 --out out", 2, "", "there is no task 2 of 2"},
		{"validate now", 2, "", "validate takes no arguments"},
		{"validate --level slow --jobs 0", 2, "", "--level must be quick, standard or thorough"},
		{"help validate", 0, "--level", ""},
		{"compare --replicatons 2", 2, "", "unknown flag: --replicatons; did you mean --replications?"},
		{"compare --xyz", 2, "", "unknown flag: --xyz; see portalsim help compare"},
		{"compare --seed -1", 2, "", "--seed"},
		{"compare", 2, "", "compare needs at least two arms, the control first"},
		{"compare baseline", 2, "", "compare needs at least two arms"},
		{"compare baseline baseline", 2, "", "arm:2:1: baseline: the name is that of arm 1; write another name before the second"},
		{"compare baselin education", 2, "", "arm:1:1: baselin: the library has no baselin; did you mean baseline?"},
		{"compare baseline education+baseline", 2, "", "is a scenario, and only overlays come after +"},
		{"compare baseline nowhere.yaml", 2, "", "nowhere.yaml: there is no such file"},
		{"compare primary-care pharmacist", 2, "", "portalsim: pharmacist comes with the program, and suits other clinics: leave it out, or write a copy to change, by portalsim scenarios write pharmacist\n"},
		{"compare baseline education --set patients.cuont=3", 2, "", "no arm has this path: the format has no patients.cuont; did you mean count?"},
		{"compare baseline education --set educaton:patients.count=3", 2, "", "no arm is called educaton; did you mean education?"},
		{"compare baseline education --set patients.count", 2, "", "--set:1:1: patients.count: is not PATH=VALUE"},
		{"compare a b --replications 1 --jobs 0 --confidence 95 --thread-log some --progress bar --report --uncertainty --draws 1", 2, "",
			"--replications must be 0 or at least 2"},
		{"compare a b --thread-log all", 2, "", "--thread-log needs --out"},
		{"compare a b --event-log sample", 2, "", "--event-log needs --out"},
		{"compare a b --report", 2, "", "--report needs --out: write --out DIR too"},
		{"help education", 2, "", "education is a file of the library; see portalsim scenarios show education"},

		{"run", 2, "", "run takes one arm"},
		{"run baseline education", 2, "", "run takes one arm"},
		{"run education", 2, "", "is an overlay, and there is no scenario to lay it over; write SCENARIO+education, such as baseline+education"},
		{"run baseline --replication -2", 2, "", "--replication counts from 0"},
		{"run baseline --trace", 2, "", "--trace needs --replication"},
		{"run baseline --replication 0 --out out", 2, "", "does not write tables"},
		{"run baseline --replication 0 --replications 3", 2, "", "leave out --replications, or --replication"},
		{"run baseline --replication 0 --uncertainty --draws 3", 2, "", "leave out --draws, or --replication"},
		{"run baseline --out=", 2, "", "--out: the text is empty; write a value, or leave the flag out"},
		{"match baseline --out=", 2, "", "--out: the text is empty"},
		{"report out --to=", 2, "", "--to: the text is empty"},
		{"run baseline --replication 0 --json", 2, "", "leave out --json"},

		{"check", 2, "", "check needs at least one file"},
		{"check baseline education", 0, "education: sound; ", ""},
		{"check baseline --quiet", 0, "", ""},
		{"check nowhere.yaml", 2, "", "nowhere.yaml:1:1: (document): there is no such file; check the path"},
		{"check .", 2, "", ".:1:1: (document): this is a folder, and a file is wanted; name the files in it, such as *.yaml"},
		{"check nowhere", 2, "", "arm:1:1: nowhere: the library has no nowhere; see portalsim scenarios list"},
		{"man now", 2, "", "man takes no arguments"},
		{"schema scenario overlay", 2, "", "schema takes one kind of file"},
		{"schema table", 2, "", "there is no kind of file table; write one of scenario, overlay, study"},
		{"compare baseline ./testdata/clinic.yaml+primary-care", 2, "", "compare the two as arms of their own: ./testdata/clinic.yaml primary-care"},
		{"compare baseline education+one-more-nurse+baseline", 2, "", "write it first, as baseline+education+one-more-nurse"},
		{"compare ./testdata/clinic.yaml ./testdata/clinic.yaml", 2, "", "such as clinic-2=./testdata/clinic.yaml"},
		{"compare baseline education --set staff.neurologist.count=2", 2, "", "write staff.neurologist.leave.neurologist-3: null"},

		{"scenarios", 2, "", "scenarios takes list, show NAME or write NAME"},
		{"scenarios show", 2, "", "scenarios takes list, show NAME or write NAME"},
		{"scenarios show eductaion", 2, "", "the library has no eductaion; did you mean education?"},
		{"scenarios show ../baseline", 2, "", "the library has no ../baseline; see portalsim scenarios list"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got := invoke(strings.Fields(c.args)...)
			if got.status != c.status {
				t.Errorf("status %d, want %d", got.status, c.status)
			}
			for _, stream := range []struct{ name, got, want string }{{"stdout", got.out, c.out}, {"stderr", got.err, c.err}} {
				if !strings.Contains(stream.got, stream.want) || stream.want == "" && stream.got != "" {
					t.Errorf("%s: %q, want %q", stream.name, stream.got, stream.want)
				}
			}
		})
	}
}

// Mistakes on the command line are told all at once, like those in files.
func TestAllFlagMistakesAtOnce(t *testing.T) {
	got := invoke("compare", "a", "b", "--replications", "1", "--jobs", "0", "--confidence", "95", "--thread-log", "some", "--event-log", "every", "--progress", "bar", "--report", "--uncertainty", "--draws", "1")
	for _, want := range []string{"--replications", "--jobs", "--confidence", "--thread-log", "--event-log", "--progress", "--report", "--draws"} {
		if !strings.Contains(got.err, want) {
			t.Errorf("nothing of %s in:\n%s", want, got.err)
		}
	}
}

// report decides every exit status.
func TestExitStatus(t *testing.T) {
	interrupted := func(s os.Signal) context.Context {
		ctx, stop := context.WithCancelCause(context.Background())
		stop(&stopped{s})
		return ctx
	}
	calm := context.Background()
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want int
		text string
	}{
		{"done", calm, nil, 0, ""},
		{"done before the signal", interrupted(os.Interrupt), nil, 0, ""},
		{"disk", calm, &fs.PathError{Op: "write", Path: "out", Err: syscall.ENOSPC}, 1, "portalsim: write out: no space left on device; free some space on that disk, or write to another\n"},
		{"defect", calm, &experiment.Defect{Arm: "a", Replication: 3, Seed: 1, Cause: "sim: two open"}, 1, "portalsim: arm a, replication 3, seed 1 broke: sim: two open\n"},
		{"usage", calm, &usage{"no", "yes"}, 2, "portalsim: no; yes\n"},
		{"problems", calm, scenarios.Problems{{File: "a.yaml", Line: 3, Column: 1, Path: "x", Message: "m", Fix: "f"}}, 2, "a.yaml:3:1: x: m; f\nportalsim: 1 problem; nothing was run\n"},
		{"refused", calm, &output.Refused{Path: "out", Reason: "is not empty", Fix: "add --force"}, 2, "portalsim: "},
		{"SIGINT", interrupted(os.Interrupt), context.Canceled, 130, "portalsim: stopped by interrupt; nothing was written\n"},
		{"SIGTERM", interrupted(syscall.SIGTERM), context.Canceled, 143, "portalsim: stopped by terminated; nothing was written\n"},
		{"SIGHUP", interrupted(syscall.SIGHUP), context.Canceled, 129, "portalsim: stopped by hangup; nothing was written\n"},
		{"nobody reads on", calm, printed(nil, syscall.EPIPE), 141, ""},
		{"nobody reads on, told by the command", calm, printed(errors.Join(syscall.EPIPE), syscall.EPIPE), 141, ""},
		{"cannot be printed", calm, printed(nil, syscall.ENOSPC), 1, "portalsim: write the result: no space left on device; files of --out are whole; free"},
		{"an error beside it", calm, printed(errors.New("other"), syscall.ENOSPC), 1, "portalsim: other\n"},
		{"an error of its own", calm, errors.New("other"), 1, "portalsim: other\n"},
	} {
		var text strings.Builder
		if got := explainExit(c.ctx, c.err, &text); got != c.want || !strings.HasPrefix(text.String(), c.text) {
			t.Errorf("%s: status %d, want %d; printed %q, want %q", c.name, got, c.want, text.String(), c.text)
		}
	}
}

// Results go to stdout and talk to stderr, without colours; --quiet is silent, and --json prints JSON and nothing else.
func TestStreams(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	study := func(more ...string) invoked {
		return succeed(t, append(shortened("compare", "baseline", "survey-of-portal-users", "--replications", "2"), more...)...)
	}
	plain, quiet := study(), study("--quiet")
	if !strings.HasPrefix(plain.out, "baseline: ") || !strings.Contains(plain.err, "note: arm survey-of-portal-users is not synchronised") {
		t.Errorf("results on stdout, remarks on stderr; got %q and %q", plain.out, plain.err)
	}
	if quiet.err != "" || quiet.out != plain.out {
		t.Errorf("--quiet: stderr %q; stdout should be the same", quiet.err)
	}
	for _, text := range []string{plain.out, plain.err, study("--progress", "plain").err} {
		if strings.Contains(text, "\x1b") {
			t.Errorf("an escape code, and this is no terminal: %q", text)
		}
	}
	a := decoded(t, study("--json").out)
	if len(a.Headlines) != 2 || len(a.Summary) == 0 || a.Replications != 2 || a.Seed != 1 || len(a.Notes) != 3 {
		t.Errorf("--json: %d headlines, %d summary rows, %d replications, notes %q", len(a.Headlines), len(a.Summary), a.Replications, a.Notes)
	}
	one := decoded(t, succeed(t, shortened("run", "baseline", "--replications", "2", "--json")...).out)
	if len(one.Summary) == 0 || one.Headlines == nil {
		t.Error("run --json has no summary, or null for no headlines")
	}
}

// A scenario whose work grows without end stops the study, says which replication, and how to see it again: alone.
func TestWorkWithoutEnd(t *testing.T) {
	got := invoke("compare", "usual=baseline", "taught=education", "--replications", "2",
		"--set", "taught:run.max_in_progress=50", "--set", "usual:title=As it is", "--set", "interventions.education.reach=0.5")
	if got.status != exitCouldNot || got.out != "" {
		t.Errorf("status %d, stdout %q", got.status, got.out)
	}
	_, again, found := strings.Cut(got.err, "see it again: ")
	want := "portalsim run taught=baseline+education --seed 1 --replication 0 --trace --set taught:run.max_in_progress=50 --set interventions.education.reach=0.5\n"
	if !found || again != want {
		t.Fatalf("got %q, want %q", again, want)
	}
	repeated := invoke(shellWords(t, again)[1:]...)
	if reason := "51 threads and items were in progress"; repeated.status != exitCouldNot || !strings.Contains(repeated.err, reason) || !strings.Contains(got.err, reason) {
		t.Errorf("again: status %d, %q; the first time %q", repeated.status, repeated.err, got.err)
	}
}

// scenarios list names every file of the library; show prints it, and write writes it once.
func TestScenarios(t *testing.T) {
	list := succeed(t, "scenarios", "list").out
	files, err := fs.Glob(scenarios.Library(), "*.yaml")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	t.Chdir(t.TempDir())
	for _, file := range files {
		name := strings.TrimSuffix(file, ".yaml")
		if !strings.Contains("\n"+list, "\n"+name+" ") {
			t.Errorf("scenarios list leaves out %s", name)
		}
		shown := succeed(t, "scenarios", "show", name)
		got := succeed(t, "scenarios", "write", name)
		if text := readText(t, file); text != shown.out || got.out != "" || !strings.Contains(got.err, "portalsim check "+file) {
			t.Errorf("scenarios write %s: wrote %d bytes, show prints %d; said %q", name, len(text), len(shown.out), got.err)
		}
		if err := os.WriteFile(file, []byte("mine"), 0o666); err != nil {
			t.Fatal(err)
		}
		again := invoke("scenarios", "write", name)
		if again.status != exitUsage || !strings.Contains(again.err, file+" exists already") || readText(t, file) != "mine" {
			t.Errorf("scenarios write %s over a file: status %d, %q", name, again.status, again.err)
		}
	}
}

// Every file of the library is sound, and what --expand prints is sound, prints itself, and runs to the same numbers.
func TestExpandRoundTrip(t *testing.T) {
	directory := t.TempDir()
	for i, e := range source().Names() {
		if testing.Short() && i%4 > 0 {
			continue
		}
		first := succeed(t, "check", e.Name, "--expand").out
		file := filepath.Join(directory, e.Name+".yaml")
		if err := os.WriteFile(file, []byte(first), 0o666); err != nil {
			t.Fatal(err)
		}
		if second := succeed(t, "check", file, "--expand").out; second != first {
			t.Errorf("%s: the expanded text expands to another", e.Name)
		}
		arm := e.Name
		if e.Kind == "overlay" {
			arm = "baseline+" + e.Name
		}
		given := succeed(t, shortened("run", arm, "--replication", "0")...)
		expanded := succeed(t, shortened("run", file, "--replication", "0")...)
		if given.out != expanded.out {
			t.Errorf("%s: the expanded text runs to other numbers", e.Name)
		}
	}
}
