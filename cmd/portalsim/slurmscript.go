package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// The script submits itself twice: as the array, and as the merge that waits for it. The merge comes after any end of the
// tasks and checks by itself that nothing is missing: a task that failed once, and was requeued and succeeded, would keep
// one that waits for success (afterok) waiting for ever.
const slurmScript = `#!/bin/sh
# %[1]s
# Submit it from the directory where it was written:
#
#     sh job.sh            all tasks, and then the merge
#     sh job.sh 3,17-19    these tasks again, as portalsim status names them, and then the merge
#
# What your site asks for, such as an account and a partition, goes here; it holds for tasks and merge.
#SBATCH --job-name=%[3]s
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=%[4]d
#SBATCH --mem-per-cpu=1G
#SBATCH --time=%[5]s
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60

set -eu
portalsim=${PORTALSIM:-%[6]s}
out=%[2]s

case ${1-} in
task) # SIGTERM, a minute before the time is up, reaches the program, which says how far it came
	exec "$portalsim" %[7]s --shard "$SLURM_ARRAY_TASK_ID/%[8]d" --jobs "${SLURM_CPUS_PER_TASK:-1}" --progress plain ;;
merge)
	%[9]s ;;
esac

for file in%[11]s; do
	[ -r "$file" ] || { printf '%%s\n' "there is no $file here: submit from the directory where this script was written" >&2; exit 2; }
done
tasks=${1:-0-%[10]d}
logs=%[12]s # where Slurm writes them: %% stands for itself twice
mkdir -p "$out/tasks"
array=$(sbatch --parsable --array="$tasks" --output="$logs/%%A_%%a.log" "$0" task)
array=${array%%%%;*}
merge=$(sbatch --parsable --dependency="afterany:$array" --output="$logs/merge-%%j.log" "$0" merge)
printf '%%s\n' "array $array runs tasks $tasks; job ${merge%%%%;*} merges when they have ended (its answer: $out/tasks/merge-${merge%%%%;*}.log)"
printf '%%s\n' "how far they are: $portalsim status "%[13]s
`

const slurmMerge = `exec "$portalsim" merge "$out" --wait "${PORTALSIM_WAIT:-90s}" --quiet%s`

// Where the best is to be told, the merge goes on with what that takes, but not with what tasks have left undone.
const slurmSelect = `# The best is told from all points together: what it takes beyond the tasks' first looks is run here.
	left=$("$portalsim" status "$out" --quiet)
	if [ -n "$left" ]; then
		echo "tasks $left have yet to do their part: sh job.sh $left" >&2
		exit 4
	fi
	exec "$portalsim" %s --jobs "${SLURM_CPUS_PER_TASK:-1}" --quiet%s`

// printSlurm writes the batch script of a study.
func (b *batch) printSlurm(w io.Writer) error {
	command := strings.TrimPrefix(quotedWords(b.command), " ")
	merge := fmt.Sprintf(slurmMerge, quotedWords(b.merging))
	if b.selects() {
		merge = fmt.Sprintf(slurmSelect, command, quotedWords(b.merging))
	}
	var files []string
	for _, f := range b.w.files.read {
		files = append(files, f.Path)
	}
	out := quoteForShell(b.w.out)
	logs := quoteForShell(strings.ReplaceAll(b.w.out, "%", "%%") + "/tasks")
	_, err := fmt.Fprintf(w, slurmScript, onOneLine(b.about()), out, b.name, b.cores, slurmTime(b.limit), quoteForShell(programPath()), command, b.tasks, merge, b.tasks-1,
		quotedWords(files), logs, quoteForShell(out))
	return err
}

// slurmTime writes a time as days-hours:minutes:seconds.
func slurmTime(d time.Duration) string {
	minutes := int(d.Minutes())
	return fmt.Sprintf("%d-%02d:%02d:00", minutes/(24*60), minutes/60%24, minutes%60)
}
