"""Arrays of shards on a real Slurm: whatever is killed, the tables are those of one uninterrupted run on one machine."""

import json
import re
import subprocess
import time

from slurm import kill, processes, until

TASKS = 8


def submit(slurm, program, study, out, tasks=None):
    """Submits the script that --slurm prints, and returns the numbers of array and merge."""
    script = study / f"{out}.sh"
    if not script.exists():
        words = ["sweep", "study.yaml", "--out", out, "--slurm", "--tasks", str(TASKS), "--jobs", "1"]
        script.write_text(subprocess.run([program, *words], cwd=study, check=True, capture_output=True, text=True).stdout)
    said = slurm.run("sh", script.name, *([tasks] if tasks else []), cwd=study, PORTALSIM=program, PORTALSIM_WAIT="5s")
    array, merge = re.match(r"array (\d+) runs tasks .*; job (\d+) merges", said).groups()
    return array, merge


def left(program, study, out):
    """The tasks that have yet to do their part."""
    return subprocess.run([program, "status", out, "--quiet"], cwd=study, check=True, capture_output=True, text=True).stdout.strip()


def running(slurm, out, study):
    """Processes of tasks, once some have written pieces: in the middle of the work."""
    if len(list((study / out / "pieces").glob("*.piece"))) < 3:
        return []
    return [p for p in processes(SLURM_CONF=slurm.conf, SLURM_JOB_NAME="cluster") if is_task(p)]


def is_task(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as f:
            return b"\0--shard\0" in f.read()
    except OSError:
        return False


def digest(directory):
    """All that must be equal: the bytes of tables and data package, and the manifest but for when and where."""
    files = {p.name: p.read_bytes() for p in directory.glob("*.parquet")}
    files["datapackage.json"] = (directory / "datapackage.json").read_bytes()
    manifest = json.loads((directory / "manifest.json").read_text())
    del manifest["run"]
    return files | {"manifest.json": manifest}


HOPELESS = 10  # seconds that jobs alone in the queue wait for others: assumed, some scheduling cycles


def settle(slurm, tell):
    """Waits until nothing runs. A merge whose array the controller has lost waits for nothing: it is cancelled."""
    since = time.monotonic()

    def hopeless():
        nonlocal since
        queue = slurm.queue()
        if not queue or any(state != "PD" or "Dependency" not in reason for _, state, reason in queue):
            since = time.monotonic()
        return time.monotonic() - since > HOPELESS

    def ended():
        for mended in slurm.mend():
            tell(mended)
        return (slurm.empty() and "empty") or (hopeless() and "hopeless")

    while until(ended, "the queue empties") != "empty":
        for job, _, _ in slurm.queue():
            tell(f"job {job} waits for an array that is gone: cancelled")
            slurm.run("scancel", job)


def finish(slurm, program, study, tell, out):
    """Lets what was submitted end, submits again what status names, as its reader would, and compares."""
    settle(slurm, tell)
    for _ in range(3):
        tasks = left(program, study, out)
        if not tasks and (study / out / "manifest.json").exists():
            break
        tell(f"status names tasks {tasks or 'none, but nothing was merged'}: submitted again")
        submit(slurm, program, study, out, tasks or "0")
        settle(slurm, tell)
    one, many = digest(study / "one"), digest(study / out)
    assert sorted(one) == sorted(many)
    for name in one:
        assert one[name] == many[name], name
    pieces = len(list((study / out / "pieces").glob("*.piece")))
    assert pieces == len(list((study / "one" / "pieces").glob("*.piece")))
    tell(f"merged: {len(one)} files, the bytes of one machine")


def test_an_array_and_its_merge(slurm, program, study, tell):
    array, merge = submit(slurm, program, study, "plain")
    tell(f"array {array} of {TASKS} tasks and merge {merge} submitted")
    settle(slurm, tell)
    assert (study / "plain" / "manifest.json").exists(), "the dependent merge has not merged"
    finish(slurm, program, study, tell, "plain")
    answer = (study / "plain" / "tasks" / f"merge-{merge}.log").read_text()
    assert "36 points (grid), 20 replications each" in answer


def test_a_task_is_killed(slurm, program, study, tell):
    array, merge = submit(slurm, program, study, "task")
    victim = until(lambda: running(slurm, "task", study), "a task is in the middle of its work")[0]
    kill(victim)
    tell(f"a task of array {array} killed (kill -9 {victim})")
    settle(slurm, tell)
    log = (study / "task" / "tasks" / f"merge-{merge}.log").read_text()
    assert "is not complete" in log and not (study / "task" / "manifest.json").exists()
    tell("the merge refuses: " + log.splitlines()[0])
    finish(slurm, program, study, tell, "task")


def test_a_node_is_killed_with_its_tasks(slurm, program, study, tell):
    array, _ = submit(slurm, program, study, "node")
    until(lambda: running(slurm, "node", study) and processes(SLURM_CONF=slurm.conf, SLURMD_NODENAME="n2"), "a task runs on n2")
    killed = slurm.kill_node("n2")
    tell(f"node n2 killed, with {killed} processes of array {array}")
    assert killed > 0
    until(lambda: "down" in slurm.run("sinfo", "-h", "-n", "n2", "-o", "%t"), "Slurm notices")
    tell("Slurm notices that n2 is down, and requeues its tasks")
    finish(slurm, program, study, tell, "node")
    slurm.start_daemon("n2")
    until(lambda: "idle" in slurm.run("sinfo", "-h", "-n", "n2", "-o", "%t"), "n2 comes back")


def test_the_controller_is_restarted(slurm, program, study, tell):
    array, _ = submit(slurm, program, study, "controller")
    until(lambda: running(slurm, "controller", study), "a task is in the middle of its work")
    slurm.kill_daemon("slurmctld")
    tell(f"controller killed while array {array} runs (kill -9)")
    assert not slurm.answers()
    until(lambda: not running(slurm, "controller", study), "what runs ends without it")
    tell("the tasks that ran have ended; controller started again")
    slurm.start_daemon("slurmctld")
    until(slurm.answers, "the controller answers")
    finish(slurm, program, study, tell, "controller")


def test_the_array_is_submitted_twice_at_once(slurm, program, study, tell):
    first, second = (submit(slurm, program, study, "twice")[0] for _ in range(2))
    tell(f"arrays {first} and {second} submitted into one directory")
    finish(slurm, program, study, tell, "twice")


def test_some_tasks_alone(slurm, program, study, tell):
    """The numbers that status prints mean the same tasks in a smaller array, and by --shard auto."""
    out = "some"
    submit(slurm, program, study, out)
    settle(slurm, tell)
    told = lambda: {p.name: p.stat().st_mtime_ns for p in (study / out / "tasks").glob("*-of-*.json")}
    for tasks, want in [("3", ["3-of-8.json"]), ("1,5-6", ["1-of-8.json", "5-of-8.json", "6-of-8.json"])]:
        before = told()
        wrap = f"{program} sweep study.yaml --out {out} --shard auto --jobs 1"
        said = slurm.run("sbatch", "--parsable", f"--array={tasks}", f"--output={out}-%a.log", "--wrap", wrap, cwd=study)
        settle(slurm, tell)
        again = sorted(name for name, when in told().items() if before.get(name) != when)
        tell(f"array {said.strip()} of tasks {tasks} by --shard auto ran again {', '.join(again)}")
        assert again == want
    finish(slurm, program, study, tell, out)
