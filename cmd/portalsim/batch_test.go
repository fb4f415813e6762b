package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sbatch stands in for Slurm's: it runs the tasks of the array one after the other, or the merge, and prints a job number.
const sbatch = `#!/bin/sh
for word; do case $word in
--array=*) tasks=$(echo "${word#--array=}" | sed 's/-/ /') ;;
--output=*) touch "$(printf '%s' "${word#--output=}" | sed 's/%%/\n/g; s/%[Aj]/7/; s/%a/0/; s/\n/%/g')" ;;
--*) ;;
*) break ;;
esac; shift; done
echo "$*" >>sbatch.log
if [ -n "${tasks-}" ]; then
	for task in $(seq $tasks); do SLURM_ARRAY_JOB_ID=17 SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=1 sh "$@" >>tasks.log 2>&1 || exit 1; done
else
	sh "$@" >merge.log 2>&1 || exit 1
fi
echo "17;cluster"
`

// The script of --slurm runs the array and then the merge, whatever the directory is called, to the bytes of one machine.
func TestSlurmScript(t *testing.T) {
	skipIfShort(t)
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	selecting := "measures: {after_hours_min_per_clinician_week: {}}\nselect: {measure: after_hours_min_per_clinician_week, indifference: 0.01}\nprecision: {at_most: 30}\n"
	for name, more := range map[string]string{"fixed": "replications: 2\n", "select": selecting} {
		t.Run(name, func(t *testing.T) {
			file := studyFile(t, "factors: {interventions.education.reach: {role: lever, values: [0.3, 0.6, 0.9]}}\n"+more)
			where := t.TempDir()
			one := filepath.Join(where, "one")
			succeed(t, "sweep", file, "--out", one)
			if err := os.WriteFile(filepath.Join(where, "sbatch"), []byte(sbatch), 0o777); err != nil {
				t.Fatal(err)
			}
			out := filepath.Join(where, "it's 50%a\nout")
			script := succeed(t, "sweep", file, "--out", out, "--slurm", "--tasks", "2", "--jobs", "1").out
			if err := os.WriteFile(filepath.Join(where, "job.sh"), []byte(script), 0o666); err != nil {
				t.Fatal(err)
			}
			run := exec.Command("sh", "job.sh")
			run.Dir = where
			run.Env = append(os.Environ(), "PORTALSIM="+program, "PATH="+where+":"+os.Getenv("PATH"))
			if text, err := run.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			if text, err := os.ReadFile(filepath.Join(out, "tasks", "7_0.log")); err != nil {
				t.Errorf("the log is not where it should be: %v %s", err, text)
			}
			if got := readText(t, filepath.Join(where, "sbatch.log")); got != "job.sh task\njob.sh merge\n" {
				t.Errorf("submitted %q", got)
			}
			sameTables(t, "by the script", one, out)
		})
	}
}

// What the script and the manifest say follows from the study: tasks, cores, time, and what is left for later.
func TestBatchJobs(t *testing.T) {
	t.Chdir(filepath.Dir(studyFile(t, twoFactors+"replications: 400\n")))
	const fixed = "study.yaml"
	for _, c := range []struct {
		name string
		args []string
		want []string
	}{
		{"slurm", []string{"--slurm", "--tasks", "5", "--jobs", "3"}, []string{"--cpus-per-task=3\n", `--shard "$SLURM_ARRAY_TASK_ID/5"`, "tasks=${1:-0-4}", "--job-name=small\n", `afterany:$array`, "--out out "}},
		{"slurm, as it thinks fit", []string{"--slurm"}, []string{"--cpus-per-task=4\n", "tasks=${1:-0-0}", "--time=0-00:"}},
		{"kubernetes", []string{"--kubernetes", "--tasks", "5"}, []string{"completions: 5\n", "parallelism: 5\n", `{name: PORTALSIM_TASKS, value: "5"}`, `"--shard", "auto", "--jobs", "4"`, "name: small-merge\n", `args: ["merge", "out", "--wait", "`}},
	} {
		got := succeed(t, append([]string{"sweep", fixed, "--out", "out"}, c.args...)...)
		for _, want := range c.want {
			if !strings.Contains(got.out, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, got.out)
			}
		}
	}
	if _, err := os.Stat("out"); !os.IsNotExist(err) {
		t.Error("a job that was only printed left a directory")
	}
	// More tasks than points are not asked for, and flags go to those whom they concern.
	many := succeed(t, "sweep", fixed, "--out", "out", "--slurm", "--tasks", "500", "--report", "--force", "--fail-fast")
	for _, want := range []string{"--out out --fail-fast --force --shard \"$SLURM_ARRAY_TASK_ID/9\"", "--quiet --force --report ;;"} {
		if !strings.Contains(many.out, want) || !strings.Contains(many.err, "note: 9 tasks and no more") {
			t.Errorf("no %q in\n%s%s", want, many.out, many.err)
		}
	}
	for _, args := range [][]string{{"--slurm"}, {"--slurm", "--kubernetes", "--out", "out"}, {"--slurm", "--plan", "--out", "out"}, {"--tasks", "3"}, {"--shard", "0/2", "--report", "--out", "out"}} {
		if got := invoke(append([]string{"sweep", fixed}, args...)...); got.status != exitUsage {
			t.Errorf("%v: status %d", args, got.status)
		}
	}
	for name, want := range map[string]string{"small": "small", "What pays?": "what-pays", "sweep baseline education over a.b": "sweep-baseline-education-over-a-b", "42 nurses": "study-42-nurses", "é": "study",
		"a-name-of-more-than-forty-characters-is-cut-off": "a-name-of-more-than-forty-characters-is"} {
		if got := batchName(name); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
	if got := slurmTime(26*time.Hour + 5*time.Minute); got != "1-02:05:00" {
		t.Errorf("slurmTime: %s", got)
	}
}

// A script does not begin in a directory where the study is not, nor with an output directory that cannot be one; and
// nothing of a path that holds a line break stands alone on a line.
func TestJobsThatCannotBegin(t *testing.T) {
	t.Chdir(filepath.Dir(studyFile(t, "replications: 2\n")))
	script := succeed(t, "sweep", "study.yaml", "--out", "a\nfalse", "--slurm").out
	elsewhere := exec.Command("sh", "-c", script)
	elsewhere.Dir = t.TempDir()
	text, err := elsewhere.CombinedOutput()
	if err == nil || string(text) != "there is no study.yaml here: submit from the directory where this script was written\n" {
		t.Errorf("elsewhere: %v, %s", err, text)
	}
	if left, _ := os.ReadDir(elsewhere.Dir); len(left) > 0 {
		t.Errorf("elsewhere: %v is left", left)
	}
	if strings.Contains(script, "#     sh job.sh 3,17-19    these tasks again, as portalsim status a") || !strings.Contains(script, "out='a\nfalse'\n") {
		t.Errorf("the path is not quoted:\n%s", script)
	}
	succeed(t, "sweep", "study.yaml", "--out", "other", "--set", "patients.count=30", "--shard", "0/2")
	if err := os.WriteFile("other.yaml", []byte(strings.Replace(readText(t, "study.yaml"), "name: small", "name: large", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	full, _ := filepath.Abs("k")
	for want, args := range map[string][]string{
		"study.yaml: is not a directory":           {"study.yaml", "--slurm", "--out", "study.yaml"},
		"other: holds tasks of another study":      {"other.yaml", "--slurm", "--out", "other"},
		"a pod has no " + full + ", only the volu": {"study.yaml", "--kubernetes", "--out", full},
		"a pod has no ../k, only the volume":       {"study.yaml", "--kubernetes", "--out", "../k"},
	} {
		if got := invoke(append([]string{"sweep"}, args...)...); got.status != exitUsage || !strings.Contains(got.err, want) || got.out != "" {
			t.Errorf("%v: status %d, %s%s, want %q", args, got.status, got.out, got.err, want)
		}
	}
}

// A merge that is started first waits for the tasks.
func TestMergeWaits(t *testing.T) {
	file, out := studyFile(t, "replications: 2\n"), filepath.Join(t.TempDir(), "out")
	merged := make(chan invoked)
	go func() { merged <- invoke("merge", out, "--wait", "1h") }()
	succeed(t, "sweep", file, "--out", out, "--shard", "0/1")
	if got := <-merged; got.status != exitDone {
		t.Errorf("status %d, %s", got.status, got.err)
	}
}
