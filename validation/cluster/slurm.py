"""A Slurm of four nodes on this host: a controller and four node daemons, without a service manager."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

NODES = 4
PATIENCE = 200  # seconds; assumed, and far more than anything here takes on a quiet computer

CONF = """
ClusterName=portalsim
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=cred_expire=5
StateSaveLocation={d}/state
SlurmdSpoolDir={d}/spool/%n
SlurmctldPidFile={d}/run/slurmctld.pid
SlurmdPidFile={d}/run/slurmd-%n.pid
SlurmctldLogFile={d}/log/slurmctld.log
SlurmdLogFile={d}/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
SlurmdParameters=config_overrides
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=15
KillWait=2
MinJobAge=3600
JobRequeue=1
NodeName=n[1-{nodes}] NodeHostname={host} NodeAddr=127.0.0.1 Port=[{first}-{last}] CPUs=2 Boards=1 SocketsPerBoard=1 CoresPerSocket=2 ThreadsPerCore=1 RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def until(done, what, patience=PATIENCE):
    """Waits until done() is true, and returns it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := done():
            return found
        time.sleep(0.05)
    raise TimeoutError(f"{what}: not within {patience} s")


def free_ports(count):
    """The first of so many neighbouring ports that nobody listens at."""
    for first in range(26800, 32000, count):
        sockets = [socket.socket() for _ in range(count)]
        try:
            for i, s in enumerate(sockets):
                s.bind(("127.0.0.1", first + i))
            return first
        except OSError:
            continue
        finally:
            for s in sockets:
                s.close()
    raise OSError("no free ports")


def processes(**wanted):
    """The processes whose environment holds all the variables."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "environ").read_bytes().split(b"\0") if entry.name.isdigit() else []
            if all(f"{k}={v}".encode() in words for k, v in wanted.items()) and words:
                found.append(int(entry.name))
        except OSError:
            continue  # it ended
    return found


def parent(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Slurm:
    def __init__(self, directory):
        self.d = Path(directory)
        for name in ["state", "log", "run", *(f"spool/n{i + 1}" for i in range(NODES))]:
            (self.d / name).mkdir(parents=True)
        self.conf = self.d / "slurm.conf"
        port = free_ports(NODES + 1)
        self.conf.write_text(CONF.format(d=self.d, host=socket.gethostname(), port=port, nodes=NODES, first=port + 1, last=port + NODES))
        self.env = dict(os.environ, SLURM_CONF=str(self.conf), PATH=os.environ["PATH"] + ":/usr/sbin")
        self.daemons = {}
        self.killed = set()  # of them, those that a test has killed
        self.munged = None

    def start(self):
        if subprocess.run("munge -n | unmunge", shell=True, capture_output=True).returncode != 0:
            self._munge()
        self.start_daemon("slurmctld")
        for i in range(NODES):
            self.start_daemon(f"n{i + 1}")
        until(lambda: self.run("sinfo", "-h", "-o", "%D %t").split() == [str(NODES), "idle"], "Slurm starts")

    def _munge(self):
        subprocess.run(["install", "-d", "-o", "munge", "-g", "munge", "-m", "0755", "/run/munge", "/var/log/munge", "/var/lib/munge"], check=True)
        self.munged = subprocess.Popen(["su", "-s", "/bin/sh", "munge", "-c", "exec /usr/sbin/munged --foreground"], stderr=subprocess.DEVNULL)
        until(lambda: subprocess.run("munge -n | unmunge", shell=True, capture_output=True).returncode == 0, "munge starts")

    def start_daemon(self, name):
        words = ["slurmctld", "-D", "-f", str(self.conf)] if name == "slurmctld" else ["slurmd", "-D", "-N", name, "-f", str(self.conf)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
        self.killed.discard(name)
        self.daemons[name] = subprocess.Popen(words, env=self.env, start_new_session=True, **quiet)

    def kill_daemon(self, name):
        self.killed.add(name)
        self.daemons[name].kill()
        self.daemons[name].wait()

    def kill_node(self, name):
        """Kills a node: its daemon, those of its steps, and its tasks."""
        self.kill_daemon(name)
        tasks = processes(SLURM_CONF=self.conf, SLURMD_NODENAME=name)
        steps = {p for p in map(parent, tasks) if p > 1 and "slurmstepd" in Path(f"/proc/{p}/comm").read_text()}
        for pid in [*steps, *tasks]:
            kill(pid)
        return len(tasks)

    def run(self, *words, cwd=None, **more):
        """What a command of Slurm prints; nothing where the controller does not answer."""
        got = subprocess.run(words, env=dict(self.env, **more), cwd=cwd, capture_output=True, text=True)
        return got.stdout if got.returncode == 0 else ""

    def answers(self):
        return "UP" in self.run("scontrol", "ping")

    def queue(self):
        return [line.split(maxsplit=2) for line in self.run("squeue", "-h", "-r", "-o", "%i %t %r").splitlines()]

    def empty(self):
        return self.answers() and not self.queue()

    def mend(self):
        """Does what an operator and a service manager would, and returns it in words: restarts daemons that have died by
        themselves, resumes nodes that the controller has drained, and releases jobs that it has held. A controller that was
        killed knows nothing of what began since it last wrote its state: it drains the nodes that tell it (duplicate job
        id), and holds the jobs (launch failed requeued held) until somebody releases them."""
        done = []
        for name, daemon in self.daemons.items():
            if name not in self.killed and daemon.poll() is not None:
                self.start_daemon(name)
                done.append(f"{name} has died with status {daemon.returncode}: started again")
        drained = [line.split(maxsplit=1) for line in self.run("sinfo", "-h", "-N", "-t", "drain", "-o", "%N %E").splitlines()]
        for node, reason in drained:
            self.run("scontrol", "update", f"nodename={node}", "state=resume")
            done.append(f"node {node} was drained ({reason}): resumed")
        for job, state, reason in self.queue():
            if state == "PD" and "held" in reason.lower():
                self.run("scontrol", "release", job)
                done.append(f"job {job} was held ({reason}): released")
        return done

    def settled(self):
        """Whether nothing is left in the queue, and every node is ready for more."""
        return self.empty() and self.run("sinfo", "-h", "-o", "%D %t").split() == [str(NODES), "idle"]

    def clear(self):
        """Cancels whatever is left, for the next test."""
        for name in sorted(self.killed):
            self.start_daemon(name)
        until(self.answers, "the controller answers")
        self.run("scancel", "--user", "root")
        until(lambda: self.mend() is not None and self.settled(), "the queue is cleared")

    def state(self, lines=25):
        """What there is to know when something has waited in vain, the most telling last."""
        parts = []
        for log in sorted((self.d / "log").glob("*.log")):
            parts += [f"--- {log.name}", *log.read_text(errors="replace").splitlines()[-lines:]]
        dead = [f"{name}: {daemon.returncode}" for name, daemon in self.daemons.items() if daemon.poll() is not None]
        parts += [f"--- dead daemons: {', '.join(dead) or 'none'}; controller answers: {self.answers()}"]
        for words in [("sinfo", "-N", "-l"), ("sinfo", "-R"), ("scontrol", "show", "job", "--oneliner"), ("squeue", "-r", "-o", "%i %t %r %E")]:
            parts += ["--- " + " ".join(words), *self.run(*words).splitlines()[-lines:]]
        return "\n".join(parts)

    def stop(self):
        if self.answers():
            self.run("scancel", "--user", "root")
        for daemon in self.daemons.values():
            daemon.terminate()
        for daemon in self.daemons.values():
            daemon.wait(timeout=60)
        if self.munged:
            Path("/run/munge/munged.pid").exists() and kill(int(Path("/run/munge/munged.pid").read_text()))
            self.munged.wait(timeout=60)
