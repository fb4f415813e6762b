"""What the tests share: the output directories of runs.sh, their manifests and their tables."""

import json
import os
from pathlib import Path

import pandas as pd
import pytest

KINDS = ["", "-small", "-log", "-uncertain", "-saltelli", "-morris", "-warmup"]


def pytest_configure(config):
    if not os.environ.get("PORTALSIM_OUT"):
        raise pytest.UsageError("set PORTALSIM_OUT to the output directory of a run; the others stand beside it (runs.sh)")
    for kind in KINDS:
        if not (output_directory(kind) / "manifest.json").is_file():
            raise pytest.UsageError(f"{output_directory(kind)} has no manifest.json; make it with runs.sh")


def output_directory(kind=""):
    """The output directory in PORTALSIM_OUT, or one that runs.sh made beside it."""
    out = Path(os.environ["PORTALSIM_OUT"])
    return out.with_name(out.name + kind)


def all_tables(first):
    """Every table of the runs `first`, and of the others those that no run before them has."""
    paths, seen = [], set()
    for kind in dict.fromkeys([*first, *KINDS]):
        for path in sorted(output_directory(kind).glob("*.parquet")):
            if kind in first or path.name not in seen:
                paths.append(path)
                seen.add(path.name)
    return paths


def pytest_generate_tests(metafunc):
    """A test that takes `path` runs once for each table, of the main job and a study above all, or of TABLES in its module."""
    if "path" in metafunc.fixturenames:
        paths = getattr(metafunc.module, "TABLES", None) or all_tables(["", "-saltelli"])
        metafunc.parametrize("path", paths, ids=[f"{path.parent.name}/{path.stem}" for path in paths])


@pytest.fixture(scope="session")
def out():
    return output_directory()


def manifest_of(directory):
    return json.loads((directory / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def manifest(out):
    return manifest_of(out)


@pytest.fixture(scope="session")
def table(out):
    """Reads a table by name, once; skips the test if the run did not write it."""
    read = {}

    def get(name):
        path = out / f"{name}.parquet"
        if not path.exists():
            pytest.skip(f"the run wrote no table {name}")
        if name not in read:
            read[name] = pd.read_parquet(path)
        return read[name]

    return get
