"""Tables of the page's engine, beside those of the command line."""

import csv
import io
import platform
import shlex
import tempfile
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from conftest import portalsim

TABLES = ["summary", "comparisons"]
EXACT = platform.machine() in ("x86_64", "AMD64")


def read_rows(directory, name):
    return parquet.read_table(Path(directory) / f"{name}.parquet").to_pylist()


def same_rows(ours, theirs):
    """Holds rows of the engine against the command's: to the bit on amd64, and elsewhere to what 1e-9 of a number or of its
    unit is, since the compiler may fuse multiplications with additions (docs/whatif.md)."""
    assert len(ours) == len(theirs) > 0
    for mine, other in zip(ours, theirs):
        assert mine.keys() == other.keys()
        for column, value in other.items():
            same = value if EXACT or not isinstance(value, float) else pytest.approx(value, rel=1e-9, abs=1e-9)
            assert mine[column] == same, (mine, column, value)


def same_numbers(command, tables):
    """Holds the engine's tables, as {columns, rows}, against those that the command writes."""
    with tempfile.TemporaryDirectory() as out:
        portalsim(*shlex.split(command)[1:], "--quiet", "--force", "--out", out)
        for name in TABLES:
            ours = [dict(zip(tables[name]["columns"], row)) for row in tables[name]["rows"]]
            same_rows(ours, read_rows(out, name))


def csv_rows(text, like):
    """Rows of a table saved as CSV, with each cell of the kind that it has in the rows of another."""
    rows = list(csv.DictReader(io.StringIO(text)))
    kinds = {column: type(value) for row in like for column, value in row.items() if value is not None}
    read = {bool: lambda cell: {"true": True, "false": False}[cell]}
    return [{column: None if cell == "" and kinds.get(column) is not str else read.get(kinds[column], kinds[column])(cell) for column, cell in row.items()} for row in rows]
