"""What the cluster tests share: a Slurm on this host, the program in the variable PORTALSIM, and a study of one machine."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from slurm import Slurm

ROOT = Path(__file__).parents[2]
LOG = ROOT / ".build" / "cluster.log"

STUDY = """schema: portalsim/study/1
name: cluster
base: baseline
arms: {usual: [], taught: [education]}
set: {run.measure: 13w, run.warm_up: 2w, patients.count: 600}
factors:
  interventions.education.reach: {role: uncertainty, values: [0.2, 0.4, 0.6, 0.8]}
  interventions.education.half_life: {role: uncertainty, values: [8w, 26w, 104w]}
  patients.count: {role: lever, values: [300, 600, 900]}
replications: 20
"""


@pytest.fixture(scope="session")
def program():
    path = os.environ.get("PORTALSIM")
    if not path:
        raise pytest.UsageError("set PORTALSIM to the program")
    return path


@pytest.fixture(scope="session")
def slurm(tmp_path_factory):
    cluster = Slurm(tmp_path_factory.mktemp("slurm"))
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(autouse=True)
def undisturbed(request):
    """Tells the state of the cluster where a test has failed, and leaves it empty for the next."""
    yield
    if "slurm" not in request.fixturenames:
        return
    slurm = request.getfixturevalue("slurm")
    if getattr(request.node, "failed", False):
        print(slurm.state())
    slurm.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture(scope="session")
def study(program, tmp_path_factory):
    """A directory with study.yaml, and in `one` its sweep on one machine, uninterrupted."""
    directory = tmp_path_factory.mktemp("study")
    (directory / "study.yaml").write_text(STUDY)
    subprocess.run([program, "sweep", "study.yaml", "--out", "one", "--quiet"], cwd=directory, check=True, stdout=subprocess.DEVNULL)
    return directory


@pytest.fixture
def tell(request):
    """Writes what happens, and when, into the log."""
    began = time.monotonic()
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a") as log:
        log.write(f"\n{request.node.name.removeprefix('test_').replace('_', ' ')}\n")

    def write(text):
        with LOG.open("a") as log:
            log.write(f"{time.monotonic() - began:7.1f} s  {text}\n")

    return write
