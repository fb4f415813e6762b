"""Every table opens in Node, by DuckDB, with the same names, types, nulls and values in order: to the last bit."""

import hashlib
import json
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import all_tables
from test_readers import DUCKDB, described

HERE = Path(__file__).parent / "node"
TABLES = all_tables(["-small", "-saltelli"])


@pytest.fixture(scope="module")
def by_node():
    command = ["node", str(HERE / "read.mjs"), *map(str, TABLES)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout)


def texts(column):
    """A column as read.mjs writes it: doubles by their bits, dates in days, instants in microseconds."""
    column = column.combine_chunks()
    if pa.types.is_date(column.type):
        column = column.cast(pa.int32())
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    if pa.types.is_floating(column.type):
        bits = column.view(pa.int64()).to_pylist()
        return ["null" if x is None else (x % 2**64).to_bytes(8).hex() for x in bits]
    words = {None: "null", True: "true", False: "false"}
    if pa.types.is_boolean(column.type):
        return [words[x] for x in column.to_pylist()]
    return ["null" if x is None else str(x) for x in column.to_pylist()]


def test_names_types_and_values(path, by_node):
    want = pq.read_table(path)
    got = by_node[str(path)]
    assert [(c["name"], c["type"]) for c in got] == [(c["name"], DUCKDB[c["type"]]) for c in described(path)]
    for c in got:
        column = want[c["name"]]
        assert (c["rows"], c["nulls"]) == (len(column), column.null_count), c["name"]
        assert c["hash"] == hashlib.sha256("".join(x + "\n" for x in texts(column)).encode()).hexdigest(), c["name"]
