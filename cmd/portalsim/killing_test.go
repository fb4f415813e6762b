package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"portalsim/output"
)

// kills is how many kills of each kind a test makes, and whether the long tests were asked for.
func kills(sample, long int) int {
	if os.Getenv("PORTALSIM_LONG") != "" {
		return long
	}
	return sample
}

// victim is a command that is killed, in a directory that is prepared for it.
type victim struct {
	args    func(out string) []string
	prepare func(out string)
	earlier string // results that it replaces, or ""
	whole   string // what it leaves when it is left alone
	length  time.Duration
}

// tally is what kills found.
type tally struct{ killed, finished, writing, renaming, pieces int }

// compare, sweep and merge killed at any moment leave no torn or wrong table, lose no finished piece, and go on by the same
// command to the bytes of a run that was left alone; nothing temporary stays.
func TestKilling(t *testing.T) {
	skipIfShort(t)
	compare := func(seed, out string, more ...string) []string {
		return append(shortened("compare", "baseline", "education", "--quiet", "--thread-log", "all", "--replications", "12", "--seed", seed, "--out", out), more...)
	}
	earlier := filepath.Join(t.TempDir(), "earlier")
	succeed(t, compare("2", earlier, "--event-log", "sample")...)
	file := studyFile(t, twoFactors+"replications: 20\n")
	tasks := filepath.Join(t.TempDir(), "tasks")
	runShards(t, 3, "sweep", file, "--out", tasks)
	for name, v := range map[string]*victim{
		"compare":                     {args: func(out string) []string { return compare("1", out) }},
		"compare over an earlier run": {args: func(out string) []string { return compare("1", out, "--force") }, earlier: earlier},
		"sweep":                       {args: func(out string) []string { return []string{"sweep", file, "--quiet", "--out", out} }},
		"merge":                       {args: func(out string) []string { return []string{"merge", out} }, earlier: tasks},
	} {
		t.Run(name, func(t *testing.T) { v.survive(t, kills(2, 200)) })
	}
}

// A large study killed ten times. The size is that of docs/studies.md.
func TestKillingOfALargeStudy(t *testing.T) {
	if os.Getenv("PORTALSIM_LONG") == "" {
		t.Skip("runs 512 points × 20 replications twice: part of make test-long")
	}
	more := "replications: 20\ndesign: {levels: 8}\n"
	for _, path := range []string{"effects.misdirected", "effects.incomplete", "effects.follow_up"} {
		more = "  interventions.education." + path + ": {role: uncertainty}\n" + more
	}
	file := studyFile(t, "factors:\n"+more)
	v := &victim{args: func(out string) []string { return []string{"sweep", file, "--quiet", "--out", out} }}
	v.survive(t, 10)
}

// survive kills the victim until so many kills have met it alive, looks at the directory after each, and then lets it end.
func (v *victim) survive(t *testing.T, kills int) {
	v.whole = v.begin(t)
	began := time.Now()
	v.end(t, v.whole)
	v.length = time.Since(began)
	seed := uint64(time.Now().UnixNano()) // any moments will do
	random := rand.New(rand.NewPCG(1, seed))
	var seen tally
	out := v.begin(t)
	for seen.killed < kills {
		before := piecesIn(t, out)
		if v.kill(t, out, time.Duration(random.Float64()*float64(v.length)), random.IntN(3) == 0) {
			seen.killed++
			if !v.check(t, out, before, &seen) {
				continue
			}
		} else {
			seen.finished++
		}
		sameTables(t, "finished between kills", v.whole, out)
		wantNothingTemporary(t, out)
		out = v.begin(t)
	}
	v.end(t, out)
	sameTables(t, "killed", v.whole, out)
	wantNothingTemporary(t, out)
	t.Logf("seed %d: %d kills in %v each, %d while tables were written, %d while they were renamed; %d pieces looked at; %d runs ended in between",
		seed, seen.killed, v.length.Round(time.Millisecond), seen.writing, seen.renaming, seen.pieces, seen.finished)
}

// wantNothingTemporary wants a directory of a finished run to hold no temporary file, of this run or of one that was killed.
func wantNothingTemporary(t *testing.T, out string) {
	t.Helper()
	for _, name := range slices.Concat(names(t, out), namesIn(out, "pieces"), namesIn(out, "tasks")) {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("%s is left", name)
		}
	}
}

// begin returns a new directory, with what the victim finds there.
func (v *victim) begin(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if v.earlier != "" {
		if err := os.CopyFS(out, os.DirFS(v.earlier)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// end lets the victim come to its end.
func (v *victim) end(t *testing.T, out string) {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command(program, v.args(out)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}

// commitLasts is about how long tables are renamed; assumed, on a quick disk.
const commitLasts = 4 * time.Millisecond

// kill kills the victim after a time, or shortly after it begins to give its tables their names, and tells whether it met it
// alive. Of one that had ended, it learns how long it takes.
func (v *victim) kill(t *testing.T, out string, after time.Duration, committing bool) bool {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	var talk bytes.Buffer
	run := exec.Command(program, v.args(out)...)
	run.Stderr = &talk
	left := unnamedManifests(out) // by those killed before
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	for committing && len(ended) == 0 {
		if unnamedManifests(out) > left {
			after = time.Duration(rand.Float64() * float64(commitLasts))
			break
		}
		time.Sleep(commitLasts / 20)
	}
	time.Sleep(after)
	run.Process.Kill() // of one that has ended, it does nothing
	err = <-ended
	if status, ok := run.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return true
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, talk.String())
	}
	if !committing {
		v.length = min(v.length, after)
	}
	return false
}

// unnamedManifests returns how many manifests have been written and not yet given their name. An empty one only tries the directory.
func unnamedManifests(out string) int {
	manifests, _ := filepath.Glob(filepath.Join(out, ".manifest.json.*.tmp"))
	return len(slices.DeleteFunc(manifests, func(path string) bool {
		info, err := os.Stat(path)
		return err != nil || info.Size() == 0
	}))
}

// ownName matches all that this program leaves in the directory of a run.
var ownName = regexp.MustCompile(`^(\.portalsim\.lock|pieces|tasks|manifest\.json|datapackage\.json|[a-z_]+\.parquet|\..*\.tmp)$`)

// check looks at what a killed run has left: whole tables of this run or the earlier one, of one run if the manifest fits
// them; every piece that was there, and whole ones only. It tells whether the run had come to its end.
func (v *victim) check(t *testing.T, out string, before map[string]string, seen *tally) (complete bool) {
	t.Helper()
	if _, err := os.Stat(out); os.IsNotExist(err) {
		return false // killed before it began
	}
	writing, replaced, whole := false, false, output.Verify(out) == nil
	ofThis, ofEarlier := true, v.earlier != ""
	for _, name := range names(t, out) {
		if !ownName.MatchString(name) {
			t.Errorf("%s is left", name)
		}
		writing = writing || strings.HasSuffix(name, ".tmp")
		if !strings.HasSuffix(name, ".parquet") {
			continue
		}
		text := readText(t, filepath.Join(out, name))
		this, old := text == textOf(v.whole, name), v.earlier != "" && text == textOf(v.earlier, name)
		if !this && !old {
			t.Errorf("%s is neither of this run nor of the earlier one", name)
		}
		ofThis, ofEarlier, replaced = ofThis && this, ofEarlier && old, replaced || this && !old
	}
	if whole && !ofThis && !ofEarlier {
		t.Error("the manifest fits tables of two runs")
	}
	if writing {
		seen.writing++
	}
	if !whole && replaced {
		seen.renaming++
	}
	after := piecesIn(t, out)
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s, which was finished, is lost", name)
		}
	}
	seen.pieces += len(after)
	if _, err := output.ReadTasks(out); err != nil {
		t.Error(err)
	}
	return whole && ofThis
}

func textOf(directory, name string) string {
	text, _ := os.ReadFile(filepath.Join(directory, name))
	return string(text)
}

// namesIn returns the names in a folder of a directory, if it is there.
func namesIn(directory, folder string) []string {
	entries, _ := os.ReadDir(filepath.Join(directory, folder))
	var list []string
	for _, e := range entries {
		list = append(list, folder+"/"+e.Name())
	}
	return list
}

// piecesIn reads the pieces of a directory, by name, and wants each to fit its hash.
func piecesIn(t *testing.T, directory string) map[string]string {
	t.Helper()
	pieces := map[string]string{}
	for _, name := range namesIn(directory, "pieces") {
		if !strings.HasSuffix(name, ".piece") {
			continue
		}
		text := readText(t, filepath.Join(directory, name))
		hash, body, _ := strings.Cut(text, "\n")
		if sum := sha256.Sum256([]byte(body)); hash != hex.EncodeToString(sum[:]) {
			t.Errorf("%s is torn: %s bytes", name, strconv.Itoa(len(text)))
		}
		pieces[name] = text
	}
	return pieces
}
