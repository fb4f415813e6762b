package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"portalsim/output"
)

// shard is the part of a study that one task of an array runs.
type shard struct {
	index, count int    // task index of 0 to count-1
	number       int    // of the task to the batch system
	first, step  int    // number of task 0, and by how much the numbers go on
	job          string // name that the batch system gives the task; "" where there is none
	irregular    bool   // the numbers of the array are not equally spaced, so that it is part of another
}

// tasksVariable tells how many tasks there are where the batch system does not: Kubernetes gives a pod its index alone.
const tasksVariable = "PORTALSIM_TASKS"

// engines are the batch systems that tell a task by the environment which of how many it is.
var engines = []struct {
	name, index string
	fix         string // where a variable is missing or wrong
	read        func(v *variables) *shard
}{
	{"Slurm", "SLURM_ARRAY_TASK_ID", "write --shard I/N", slurmShard},
	{"Kubernetes", "JOB_COMPLETION_INDEX", "set " + tasksVariable + " to the completions of the job, or write --shard I/N", func(v *variables) *shard {
		return plainShard(v.number("JOB_COMPLETION_INDEX"), v.number(tasksVariable), v.get("HOSTNAME"))
	}},
	{"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", "write --shard I/N", func(v *variables) *shard {
		return plainShard(v.number("AWS_BATCH_JOB_ARRAY_INDEX"), v.number("AWS_BATCH_JOB_ARRAY_SIZE"), v.get("AWS_BATCH_JOB_ID"))
	}},
}

// divide reads which part of the study is to be run, or divided among how many tasks.
func (w *sweep) divide() (err error) {
	alone := 0
	for _, asked := range []bool{w.part != "", w.job.slurm, w.job.kubernetes, w.plan} {
		if asked {
			alone++
		}
	}
	switch {
	case alone > 1:
		return &usage{"--shard, --slurm, --kubernetes and --plan ask for different things", "write one of them"}
	case (w.part != "" || w.job.slurm || w.job.kubernetes) && w.out == "":
		return &usage{"the tasks of an array need --out, a directory that they share", "write --out DIR"}
	case w.part != "" && w.report:
		return &usage{"--report needs the tables, which merge makes of what the tasks have done", "write it with merge"}
	case w.job.tasks < 0 || w.job.tasks > maxNumber || w.job.tasks > 0 && !w.job.slurm && !w.job.kubernetes:
		return &usage{"--tasks is how many tasks --slurm or --kubernetes asks for", "write it with one of them, at least 1"}
	case w.part != "":
		w.shard, err = readShard(w.part, os.Getenv)
	}
	return err
}

var shardForm = regexp.MustCompile(`^([0-9]{1,7})/([0-9]{1,7})$`)

// readShard reads I/N, or by auto what the batch system says in the environment.
func readShard(text string, environment func(string) string) (*shard, error) {
	if text == "auto" {
		return autoShard(environment)
	}
	m := shardForm.FindStringSubmatch(text)
	if m == nil {
		return nil, &usage{fmt.Sprintf("--shard %s is not I/N", text), "write the task and how many there are, such as 0/8 to 7/8, or auto in a task of a batch system"}
	}
	index, _ := strconv.Atoi(m[1])
	count, _ := strconv.Atoi(m[2])
	return plainShard(index, count, slurmJob(environment)).checked("--shard " + text)
}

// plainShard is a task of an array whose numbers are 0 to count-1.
func plainShard(index, count int, job string) *shard {
	return &shard{index: index, count: count, number: index, step: 1, job: job}
}

// checked refuses a task that its array does not have.
func (s *shard) checked(said string) (*shard, error) {
	if s.count < 1 || s.index < 0 || s.index >= s.count {
		return nil, &usage{fmt.Sprintf("%s: there is no task %d of %d", said, s.index, s.count), fmt.Sprintf("tasks count from 0: write 0/%d to %d/%d", max(2, s.count), max(2, s.count)-1, max(2, s.count))}
	}
	return s, nil
}

// autoShard asks the environment.
func autoShard(environment func(string) string) (*shard, error) {
	var found []int
	var names []string
	for i, e := range engines {
		names = append(names, e.index)
		if environment(e.index) != "" {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 0:
		return nil, &usage{"--shard auto: this is no task of an array: none of " + strings.Join(names, ", ") + " is set", "write --shard I/N, with I from 0 to N-1"}
	case 1:
	default:
		return nil, &usage{fmt.Sprintf("--shard auto: both %s and %s are set", names[found[0]], names[found[1]]), "write --shard I/N"}
	}
	engine := engines[found[0]]
	v := &variables{get: environment}
	s := engine.read(v)
	if v.wrong != nil {
		return nil, &usage{"--shard auto: " + engine.name + " sets " + engine.index + ", and " + strings.Join(v.wrong, ", "), engine.fix}
	}
	if s.irregular {
		return s, nil
	}
	return s.checked("--shard auto")
}

// slurmShard reads what Slurm tells the task of an array, whose numbers may start anywhere and go in steps. Of an array
// such as 3,17-19 they are not equally spaced.
func slurmShard(v *variables) *shard {
	s := &shard{number: v.number("SLURM_ARRAY_TASK_ID"), first: v.number("SLURM_ARRAY_TASK_MIN"), step: 1}
	if v.get("SLURM_ARRAY_TASK_STEP") != "" {
		s.step = max(1, v.number("SLURM_ARRAY_TASK_STEP"))
	}
	last := v.number("SLURM_ARRAY_TASK_MAX")
	s.count = (last-s.first)/s.step + 1
	if v.get("SLURM_ARRAY_TASK_COUNT") != "" {
		told := v.number("SLURM_ARRAY_TASK_COUNT")
		s.irregular = told != s.count
		s.count = told
	}
	s.irregular = s.irregular || (s.number-s.first)%s.step != 0
	s.index = (s.number - s.first) / s.step
	s.job = slurmJob(v.get)
	return s
}

// slurmJob returns the name of a task of an array to Slurm, or "".
func slurmJob(environment func(string) string) string {
	if job := environment("SLURM_ARRAY_JOB_ID"); job != "" {
		return job + "_" + environment("SLURM_ARRAY_TASK_ID")
	}
	return ""
}

// part takes the task as one of a larger array that began the same study here, as a resubmission of some of its tasks is:
// then the study stays divided as it was. It returns a remark where it does.
func (s *shard) part(tasks []output.Task, order string) (remark string, err error) {
	for i := len(tasks) - 1; i >= 0; i-- {
		t := &tasks[i]
		index := (s.number - t.First) / max(1, t.Step)
		if t.Order != order || t.Count <= s.count || s.number < t.First || index >= t.Count || (s.number-t.First)%max(1, t.Step) != 0 {
			continue
		}
		remark = fmt.Sprintf("an array of %s began this study here: this is taken for its task %d; write --shard I/N to divide the study otherwise", count(t.Count, "task"), s.number)
		s.index, s.count, s.first, s.step = index, t.Count, t.First, t.Step
		return remark, nil
	}
	if s.irregular {
		return "", &usage{fmt.Sprintf("--shard auto: the numbers of the array are not equally spaced, and no larger array that has number %d began this study here", s.number), "submit a range such as --array=0-7, or write --shard I/N"}
	}
	return "", nil
}

// variables reads the environment, and keeps what is wrong with it.
type variables struct {
	get   func(string) string
	wrong []string
}

func (v *variables) number(name string) int {
	text := v.get(name)
	n, err := strconv.Atoi(text)
	switch {
	case text == "":
		v.wrong = append(v.wrong, name+" is not set")
	case err != nil || n < 0 || n > maxNumber:
		v.wrong = append(v.wrong, fmt.Sprintf("%s is %q, no task number", name, text))
	}
	return n
}

// maxNumber is the largest number of a task: Slurm's own limit is 4,000,000.
const maxNumber = 9_999_999
