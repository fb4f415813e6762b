package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"portalsim/output"
	"portalsim/sim"
)

// runShards runs all tasks of an array, each as a process of its own would.
func runShards(t *testing.T, count int, args ...string) {
	t.Helper()
	for i := range count {
		succeed(t, append(args, "--shard", fmt.Sprintf("%d/%d", i, count))...)
	}
}

// Any number of tasks gives the bytes of one machine, and together they simulate nothing twice: not even usual care,
// which all points share.
func TestShardsGiveTheSameBytes(t *testing.T) {
	file := studyFile(t, twoFactors+"replications: 3\n")
	one := filepath.Join(t.TempDir(), "one")
	whole := succeed(t, "sweep", file, "--out", one)
	counts := []int{2, 11} // of nine points
	if testing.Short() {
		counts = counts[:1]
	}
	for _, count := range counts {
		out := filepath.Join(t.TempDir(), "out")
		runShards(t, count, "sweep", file, "--out", out)
		merged := succeed(t, "merge", out)
		sameTables(t, fmt.Sprintf("%d tasks", count), one, out)
		if got := strings.ReplaceAll(merged.out, out, one); got != whole.out {
			t.Errorf("merge prints\n%s\nand sweep\n%s", got, whole.out)
		}
		if got := succeed(t, "status", out).out; !strings.Contains(got, "9 done, 0 missing, 0 failed") || !strings.Contains(got, "The tables are in "+out) {
			t.Errorf("status: %s", got)
		}
	}
	pieces := 0
	for i := range 3 { // each alone, so that none sees what the others have done
		out := filepath.Join(t.TempDir(), "alone")
		succeed(t, "sweep", file, "--out", out, "--shard", fmt.Sprintf("%d/3", i))
		pieces += len(names(t, filepath.Join(out, "pieces")))
	}
	if want := len(names(t, filepath.Join(one, "pieces"))); pieces != want {
		t.Errorf("three tasks simulated %d pieces, want the %d that there are", pieces, want)
	}
}

// merge and status need no file of the study: they are kept as the tasks read them.
func TestMergeWithoutTheFiles(t *testing.T) {
	directory := t.TempDir()
	file := studyFile(t, "factors: {patients.count: {role: lever}}\ndesign: {kind: list, list: points.csv}\nreplications: 2\n")
	files := map[string]string{"clinic.yaml": succeed(t, "scenarios", "show", "baseline").out, "points.csv": "patients.count\n200\n300\n",
		"study.yaml": strings.Replace(readText(t, file), "base: baseline", "base: ./clinic.yaml", 1)}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	one, out := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "out")
	study := filepath.Join(directory, "study.yaml")
	succeed(t, "sweep", study, "--out", one)
	runShards(t, 2, "sweep", study, "--out", out)
	for name := range files {
		if err := os.Remove(filepath.Join(directory, name)); err != nil {
			t.Fatal(err)
		}
	}
	succeed(t, "merge", out)
	sameTables(t, "without the files", one, out)
}

// What is missing is told by the tasks that have yet to run it; merge refuses, or leaves it out if told.
func TestMergeOfWhatIsMissing(t *testing.T) {
	file := studyFile(t, twoFactors+"replications: 2\n")
	out := filepath.Join(t.TempDir(), "out")
	for _, i := range []int{0, 2, 6} {
		succeed(t, "sweep", file, "--out", out, "--shard", fmt.Sprintf("%d/8", i))
	}
	if got := succeed(t, "status", out, "--quiet").out; got != "1,3-5,7\n" {
		t.Errorf("status --quiet prints %q", got)
	}
	status := succeed(t, "status", out).out
	for _, want := range []string{"missing, 0 failed", "3 of 8 done", "never began: 1,3-5,7", "--array=1,3-5,7 ", "portalsim sweep " + file + " --seed 1 --out " + out} {
		if !strings.Contains(status, want) {
			t.Errorf("no %q in\n%s", want, status)
		}
	}
	got := invoke("merge", out, "--wait", "1ms")
	if got.status != exitUnsettled || !strings.Contains(got.err, "is not complete: ") || !strings.Contains(got.err, "nothing was written") || slices.Contains(names(t, out), "manifest.json") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	got = invoke("merge", out, "--incomplete")
	if got.status != exitUnsettled || !strings.Contains(got.err, "merged without ") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	counted := map[string]int{}
	for _, row := range tableOf[sim.PointRow](t, out, "points") {
		counted[row.Status]++
	}
	if counted["missing"] == 0 || counted["done"] == 0 || counted["missing"]+counted["done"] != 18 {
		t.Errorf("points: %v", counted)
	}
	if got := succeed(t, "status", out).out; strings.Contains(got, "The tables are in") {
		t.Errorf("status takes an incomplete merge for a whole one: %s", got)
	}
	if testing.Short() {
		return
	}
	for _, i := range []int{1, 3, 4, 5, 7} {
		succeed(t, "sweep", file, "--out", out, "--shard", fmt.Sprintf("%d/8", i))
	}
	succeed(t, "merge", out)
	one := filepath.Join(t.TempDir(), "one")
	succeed(t, "sweep", file, "--out", one)
	sameTables(t, "completed later", one, out)
}

// Tasks of different texts, of another program or another model are not merged.
func TestMergeRefusesAMixture(t *testing.T) {
	first, second := studyFile(t, "replications: 2\n"), studyFile(t, "replications: 3\n")
	out := filepath.Join(t.TempDir(), "out")
	succeed(t, "sweep", second, "--out", out, "--shard", "1/2")
	succeed(t, "sweep", first, "--out", out, "--shard", "0/2")
	if got := invoke("merge", out); got.status != exitUsage || !strings.Contains(got.err, "tasks 1 ran another text of the study") || !strings.Contains(got.err, "--array=1") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	succeed(t, "sweep", first, "--out", out, "--shard", "1/2")
	for _, c := range []struct {
		change func(*output.Task)
		want   string
	}{
		{func(task *output.Task) { task.Version = "9.9.9" }, "tasks 1 ran with portalsim 9.9.9"},
		{func(task *output.Task) { task.Model = "99" }, "task 1 ran with model 99"},
		{func(task *output.Task) { task.Processor = "abacus" }, "task 1 ran with processor abacus"},
	} {
		tasks, err := output.ReadTasks(out)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(tasks, func(task output.Task) bool { return task.Index == 1 })
		changed := tasks[i]
		c.change(&changed)
		if err := output.WriteTask(out, &changed); err != nil {
			t.Fatal(err)
		}
		if got := invoke("merge", out); got.status != exitUsage || !strings.Contains(got.err, c.want) {
			t.Errorf("want %q: status %d, %s", c.want, got.status, got.err)
		}
		if err := output.WriteTask(out, &tasks[i]); err != nil {
			t.Fatal(err)
		}
	}
	succeed(t, "merge", out)
	other := filepath.Join(t.TempDir(), "other.yaml")
	if err := os.WriteFile(other, []byte(strings.Replace(readText(t, first), "name: small", "name: other", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := invoke("sweep", other, "--out", out, "--shard", "0/2"); got.status != exitUsage || !strings.Contains(got.err, "another study") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
}

// A point that fails is told by its task, by status and by merge, and the others are merged as one machine has them.
func TestShardsWithAFailedPoint(t *testing.T) {
	skipIfShort(t)
	more := "factors:\n  pools.nurse.handling.low: {role: lever, values: [1m, 4m]}\n  pools.nurse.handling.high: {role: lever, values: [5m, 3m]}\nreplications: 2\n"
	file := studyFile(t, more)
	text := strings.Replace(readText(t, file), "set: {", "set: {pools.nurse.handling: {dist: uniform, low: 1m, high: 5m}, ", 1)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	one, out := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "out")
	invoke("sweep", file, "--out", one)
	unsettled := 0
	for i := range 2 {
		if got := invoke("sweep", file, "--out", out, "--shard", fmt.Sprintf("%d/2", i)); got.status == exitUnsettled && strings.Contains(got.err, "1 point failed:\np0004") {
			unsettled++
		}
	}
	if unsettled != 1 {
		t.Errorf("%d tasks tell of p0004, want 1", unsettled)
	}
	if got := succeed(t, "status", out).out; !strings.Contains(got, "3 done, 0 missing, 1 failed") || !strings.Contains(got, "see it again: ") {
		t.Errorf("status: %s", got)
	}
	if got := invoke("merge", out); got.status != exitUnsettled || !strings.Contains(got.err, "1 point failed:\np0004") {
		t.Errorf("merge: status %d, %s", got.status, got.err)
	}
	sameTables(t, "with a failed point", one, out)
}

// Tasks add replications to their own points until they are precise.
func TestShardsForPrecision(t *testing.T) {
	skipIfShort(t)
	file := studyFile(t, "factors: {interventions.education.reach: {role: lever, values: [0.3, 0.6, 0.9]}}\nmeasures:\n  after_hours_min_per_clinician_week: {relative: 0.000001}\n")
	one, out := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "out")
	succeed(t, "sweep", file, "--at-most", "40", "--out", one)
	runShards(t, 2, "sweep", file, "--at-most", "40", "--out", out)
	succeed(t, "merge", out)
	sameTables(t, "for precision", one, out)
	if row := tableOf[sim.PointRow](t, out, "points")[0]; row.Replications != 30 {
		t.Errorf("%+v, want the look at 30", row)
	}
}

// The best is told from all points together: tasks run the first looks, merge says what is left, and a sweep of the same
// directory goes on.
func TestShardsWithSelect(t *testing.T) {
	skipIfShort(t)
	file := studyFile(t, "factors: {interventions.education.reach: {role: lever, values: [0.3, 0.6]}}\nmeasures: {after_hours_min_per_clinician_week: {}}\n"+
		"select: {measure: after_hours_min_per_clinician_week, indifference: 0.0001}\nprecision: {at_most: 30}\n")
	one, out := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "out")
	succeed(t, "sweep", file, "--out", one)
	runShards(t, 2, "sweep", file, "--out", out)
	got := invoke("merge", out)
	if got.status != exitUnsettled || !strings.Contains(got.err, "the best is not told yet") || !strings.Contains(got.err, "goes on with those") {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	succeed(t, "sweep", file, "--out", out)
	sameTables(t, "selected", one, out)
}

// An array submitted twice at once gives the same bytes: pieces are whole or absent, and equal.
func TestShardsTwiceAtOnce(t *testing.T) {
	skipIfShort(t)
	file := studyFile(t, twoFactors+"replications: 2\n")
	one, out := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "out")
	succeed(t, "sweep", file, "--out", one)
	var group sync.WaitGroup
	results := make([]invoked, 4)
	for i := range results {
		group.Go(func() {
			results[i] = invoke("sweep", file, "--out", out, "--shard", fmt.Sprintf("%d/2", i%2), "--jobs", "2")
		})
	}
	group.Wait()
	for _, got := range results {
		if got.status != exitDone {
			t.Errorf("status %d, %s", got.status, got.err)
		}
	}
	succeed(t, "merge", out)
	sameTables(t, "twice at once", one, out)
}

// Points are dealt evenly by what they cost, and every point once.
func TestDealIsEven(t *testing.T) {
	w := newSweep()
	file := studyFile(t, "factors:\n  patients.count: {role: lever, range: [100, 6000]}\n  run.measure: {role: lever, values: [4w, 26w]}\ndesign: {kind: halton, points: 60}\nreplications: 2\n")
	if err := w.load([]string{file}); err != nil {
		t.Fatal(err)
	}
	const tasks = 4
	d := w.deal(tasks)
	loads, all, dealt, seen := make([]float64, tasks), 0.0, 0, map[int]bool{}
	for task := range tasks {
		for _, p := range d.points(task) {
			dealt, seen[p] = dealt+1, true
			arms, err := w.study.Compose(p)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range arms {
				loads[task] += expectedCost(a.Model).Seconds()
				all += expectedCost(a.Model).Seconds()
			}
		}
	}
	if len(seen) != 60 || dealt != 60 {
		t.Errorf("%d points are dealt, %d different ones, want each of 60 once", dealt, len(seen))
	}
	if most := slices.Max(loads); most > 1.1*all/tasks { // 1.1 is assumed: a task of 15 points may be off by part of one
		t.Errorf("tasks cost %v, the mean is %v", loads, all/tasks)
	}
}
