package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"portalsim/output"
)

// environment makes a lookup of words NAME=VALUE.
func environment(text string) func(string) string {
	return func(name string) string {
		for _, word := range strings.Fields(text) {
			if key, value, _ := strings.Cut(word, "="); key == name {
				return value
			}
		}
		return ""
	}
}

// slurm is what Slurm sets in a task of an array.
func slurm(id, count, first, last, step int) string {
	return fmt.Sprintf("SLURM_ARRAY_TASK_ID=%d SLURM_ARRAY_TASK_COUNT=%d SLURM_ARRAY_TASK_MIN=%d SLURM_ARRAY_TASK_MAX=%d SLURM_ARRAY_TASK_STEP=%d SLURM_ARRAY_JOB_ID=17", id, count, first, last, step)
}

func TestReadShard(t *testing.T) {
	for _, c := range []struct{ text, environment, want string }{
		{"0/8", "", "0 of 8"},
		{"7/8", "", "7 of 8"},
		{"8/8", "", "there is no task 8 of 8; tasks count from 0: write 0/8 to 7/8"},
		{"0/0", "", "there is no task 0 of 0; tasks count from 0: write 0/2 to 1/2"},
		{"-1/8", "", "is not I/N"},
		{"1", "", "is not I/N"},
		{"auto", "", "this is no task of an array: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, AWS_BATCH_JOB_ARRAY_INDEX is set"},
		{"auto", slurm(5, 8, 0, 7, 1), "5 of 8"},
		{"auto", slurm(1, 8, 1, 8, 1), "0 of 8"},
		{"auto", slurm(15, 4, 3, 15, 4), "3 of 4"}, // --array=3-15:4
		{"auto", slurm(12, 4, 3, 13, 3), "3 of 4"}, // --array=3-13:3 is 3, 6, 9 and 12
		{"auto", "SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=3", "2 of 4"},
		{"auto", "SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_TASK_MIN is not set, SLURM_ARRAY_TASK_MAX is not set; write --shard I/N"},
		{"auto", "SLURM_ARRAY_TASK_ID=x SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=3", `SLURM_ARRAY_TASK_ID is "x", no task number`},
		{"auto", "JOB_COMPLETION_INDEX=3 PORTALSIM_TASKS=8", "3 of 8"},
		{"auto", "JOB_COMPLETION_INDEX=3", "PORTALSIM_TASKS is not set; set PORTALSIM_TASKS to the completions of the job"},
		{"auto", "JOB_COMPLETION_INDEX=8 PORTALSIM_TASKS=8", "there is no task 8 of 8"},
		{"auto", "AWS_BATCH_JOB_ARRAY_INDEX=3 AWS_BATCH_JOB_ARRAY_SIZE=8", "3 of 8"},
		{"auto", "AWS_BATCH_JOB_ARRAY_INDEX=3 AWS_BATCH_JOB_ARRAY_SIZE=8 JOB_COMPLETION_INDEX=1", "both JOB_COMPLETION_INDEX and AWS_BATCH_JOB_ARRAY_INDEX are set"},
	} {
		s, err := readShard(c.text, environment(c.environment))
		got := fmt.Sprint(err)
		if err == nil && !s.irregular {
			got = fmt.Sprintf("%d of %d", s.index, s.count)
		}
		var mistake *usage
		if !strings.Contains(got, c.want) || err != nil && !errors.As(err, &mistake) {
			t.Errorf("%s with %s: got %s, want %s", c.text, c.environment, got, c.want)
		}
	}
}

// Some tasks of an array submitted again are taken for what they were, whatever array they come in.
func TestShardOfAnEarlierArray(t *testing.T) {
	eight := []output.Task{{Order: "a", Index: 3, Count: 8, First: 0, Step: 1}}
	odd := []output.Task{{Order: "a", Index: 0, Count: 8, First: 1, Step: 2}} // 1, 3, …, 15
	for _, c := range []struct {
		name, environment string
		tasks             []output.Task
		order, want       string
	}{
		{"the same array again", slurm(5, 8, 0, 7, 1), eight, "a", "5 of 8"},
		{"one task again", slurm(3, 1, 3, 3, 1), eight, "a", "3 of 8, remark"},
		{"some tasks again", slurm(6, 2, 3, 6, 1), eight, "a", "6 of 8, remark"},
		{"some tasks of odd numbers", slurm(15, 2, 3, 15, 1), odd, "a", "7 of 8, remark"},
		{"some tasks, and no array before", slurm(6, 2, 3, 6, 1), nil, "a", "not equally spaced"},
		{"a range, and no array before", slurm(3, 2, 3, 4, 1), nil, "a", "0 of 2"},
		{"of another text", slurm(3, 2, 3, 4, 1), eight, "b", "0 of 2"},
		{"a larger array", slurm(3, 16, 0, 15, 1), eight, "a", "3 of 16"},
		{"beyond the array", slurm(9, 2, 8, 9, 1), eight, "a", "1 of 2"},
	} {
		s, err := readShard("auto", environment(c.environment))
		if err != nil {
			t.Fatal(err)
		}
		remark, err := s.part(c.tasks, c.order)
		got := fmt.Sprintf("%d of %d", s.index, s.count)
		if remark != "" {
			got += ", remark"
		}
		if err != nil {
			got = err.Error()
		}
		if got != c.want && (err == nil || !strings.Contains(got, c.want)) {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRanges(t *testing.T) {
	for want, numbers := range map[string][]int{"": nil, "3": {3}, "3,17-19": {3, 17, 18, 19}, "0-7": {0, 1, 2, 3, 4, 5, 6, 7}, "1,3,5-6": {1, 3, 5, 6}} {
		if got := ranges(slices.Clone(numbers)); got != want {
			t.Errorf("%v: got %q, want %q", numbers, got, want)
		}
	}
}
