"""What the tests share: the output directory in the variable PORTALSIM_OUT, its manifest and its tables."""

import json
import os
from pathlib import Path

import pandas as pd
import pytest


def pytest_configure(config):
    if not os.environ.get("PORTALSIM_OUT"):
        raise pytest.UsageError("set PORTALSIM_OUT to the output directory of a run")
    if not (output_directory() / "manifest.json").is_file():
        raise pytest.UsageError(f"{output_directory()} has no manifest.json")


def output_directory():
    return Path(os.environ["PORTALSIM_OUT"])


def pytest_generate_tests(metafunc):
    """A test that takes `path` runs once for each table."""
    if "path" in metafunc.fixturenames:
        paths = sorted(output_directory().glob("*.parquet"))
        metafunc.parametrize("path", paths, ids=[path.stem for path in paths])


@pytest.fixture(scope="session")
def out():
    return output_directory()


@pytest.fixture(scope="session")
def manifest(out):
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


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
