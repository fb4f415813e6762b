"""Every table opens at first try in four readers, and they agree on names, types, values and order."""

import hashlib
import json
import re

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from conftest import KINDS, manifest_of, output_directory

# How each reader is to call the types that the file's own metadata name.
ARROW = {
    "string": pa.string(), "float64": pa.float64(), "int32": pa.int32(), "int64": pa.int64(),
    "boolean": pa.bool_(), "date": pa.date32(), "timestamp": pa.timestamp("us"),
}
DUCKDB = {
    "string": "VARCHAR", "float64": "DOUBLE", "int32": "INTEGER", "int64": "BIGINT",
    "boolean": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP",
}
POLARS = {
    "string": pl.String, "float64": pl.Float64, "int32": pl.Int32, "int64": pl.Int64,
    "boolean": pl.Boolean, "date": pl.Date, "timestamp": pl.Datetime("us", None),
}
PANDAS = {
    "string": "str", "float64": "float64", "int32": "int32", "int64": "int64",
    "boolean": "bool", "date": "object", "timestamp": "datetime64[us]",
}

# The columns that others rely on. A table may have more.
DIMENSIONS = ["type", "channel", "pool", "role", "staff"]
FIXED = {
    "replications": ["point", "arm", "replication", "measure", *DIMENSIONS, "unit", "value"],
    "summary": ["point", "arm", "measure", *DIMENSIONS, "unit", "mean", "sd", "ci95_low", "ci95_high", "replications"],
    "comparisons": [
        "point", "measure", *DIMENSIONS, "unit", "control", "arm", "control_mean", "mean", "difference", "ci95_low",
        "ci95_high", "simultaneous_low", "simultaneous_high", "relative_change", "variance_ratio", "paired_by",
    ],
    "pairs": ["point", "control", "arm", "replication", "type", "fate", "contacts", "difference_h"],
    "urgent_pairs": [
        "point", "control", "arm", "replication", "type", "contacts", "control_look_h", "arm_look_h", "difference_h",
        "delayed", "pushed_late", "silenced",
    ],
    "staff_days": [
        "arm", "replication", "staff", "role", "date", "visit_min", "notes_min", "messages_min", "other_inbox_min",
        "calls_min", "teaching_min", "admin_min", "idle_min", "off_min", "scheduled_patient_min", "scheduled_other_min",
        "unscheduled_min", "items", "messages", "backlog_close",
    ],
    "hours": ["point", "arm", "replication", "pool", "hour", "sent", "portal_sent", "entries", "backlog_mean"],
    "weeks": [
        "point", "arm", "replication", "week", "strength", "threads", "portal_threads", "first_response_h_mean", "unanswered",
        "after_hours_min_per_clinician",
    ],
    "flows": ["point", "arm", "replication", "from_kind", "from", "to_kind", "to", "moves_per_week"],
    "waits": ["point", "arm", "replication", "type", "channel", "share", "first_response_h", "threads"],
    "threads": [
        "arm", "replication", "contact", "patient", "type", "channel", "truly_urgent", "first_pool", "last_pool",
        "sent", "first_touch", "clinical_look", "first_response", "substantive_answer", "ended", "ending",
    ],
    "events": [
        "point", "arm", "replication", "number", "thread", "type", "channel", "event", "state", "pool", "staff", "time_min", "clock_time",
    ],
    "staff_states": ["point", "arm", "replication", "staff", "role", "activity", "block", "after_hours", "began", "ended"],
    "inputs": ["arm", "path", "value", "source"],
    "draws": ["point", "draw", "arm", "input", "group", "unit", "value"],
    "drivers": ["point", "control", "arm", "measure", "input", "rank_correlation", "partial_rank_correlation", "p_holm", "draws"],
    "value_of_information": ["point", "input", "value", "error", "best_now"],
    "choices": ["point", "arm", "selected_by", "best", "front_by", "on_front", "front_share"],
    "points": ["point", "factor", "role", "group", "unit", "value", "text", "status", "replications"],
    "sensitivity": [
        "method", "control", "arm", "measure", *DIMENSIONS, "unit", "factor", "factor_2", "S1", "S1_conf", "ST", "ST_conf", "S2", "S2_conf",
        "mu", "mu_star", "mu_star_conf", "sigma", "low", "high", "width", "partial_rank_correlation", "noise", "used", "note",
    ],
    "warmup": ["arm", "measure", "unit", "week", "cold", "warm", "clear", "moving_average", "left_out", "settles"],
}
FIXED_TYPES = {
    ("replications", "replication"): "int32", ("replications", "value"): "float64", ("threads", "contact"): "int64",
    ("threads", "sent"): "timestamp", ("staff_days", "date"): "date",
}


def described(path):
    """The columns as the file itself describes them."""
    return json.loads(pq.read_schema(path).metadata[b"columns"])


def types(path, words):
    return {column["name"]: words[column["type"]] for column in described(path)}


def by_duckdb(path):
    """A table by DuckDB, as a user would ask for it."""
    return duckdb.sql("SELECT * FROM read_parquet(?)", params=[str(path)])


def equal(want, got, name):
    """Fails unless a column equals pyarrow's, in order, nulls as nulls."""
    if isinstance(got, pa.ChunkedArray):
        got = got.combine_chunks()
    want = want.combine_chunks()
    got = got.cast(want.type)
    assert got.null_count == want.null_count, f"{name}: {got.null_count} nulls, want {want.null_count}"
    if not got.equals(want):
        differs = pc.fill_null(pc.not_equal(got, want), False).to_pylist()
        row = differs.index(True) if True in differs else "unknown: nulls in other places"
        pytest.fail(f"column {name}: values differ, first in row {row}")


@pytest.mark.parametrize("kind", KINDS)
def test_manifest_names_the_tables(kind):
    out = output_directory(kind)
    manifest = manifest_of(out)
    assert manifest["program"] == "portalsim"
    assert {table["file"] for table in manifest["tables"]} == {path.name for path in out.glob("*.parquet")}
    for table in manifest["tables"]:
        assert hashlib.sha256((out / table["file"]).read_bytes()).hexdigest() == table["sha256"], table["file"]
    for arm in manifest["arms"]:
        assert hashlib.sha256(arm["text"].encode()).hexdigest() == arm["sha256"], arm["name"]


def test_manifest_is_whole(out):
    manifest = manifest_of(out)
    keys = ["version", "build", "go", "processor", "seed", "replications", "confidence", "random_numbers", "command",
            "arms", "tables", "notes", "run"]
    assert [key for key in keys if manifest.get(key) in (None, "")] == []
    assert {"started", "seconds", "machine"} <= manifest["run"].keys()


def test_row_counts(path):
    want = {table["file"]: table["rows"] for table in manifest_of(path.parent)["tables"]}[path.name]
    assert pq.read_metadata(path).num_rows == want
    assert pq.read_table(path).num_rows == want
    assert len(pd.read_parquet(path)) == want
    assert pl.read_parquet(path).height == want
    assert duckdb.connect().execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone() == (want,)


def test_names_and_types_by_pyarrow(path):
    schema = pq.read_table(path).schema
    assert dict(zip(schema.names, schema.types)) == types(path, ARROW)
    assert schema.names == [column["name"] for column in described(path)]
    for column in described(path):
        assert schema.field(column["name"]).nullable == column["nullable"], column["name"]


def test_names_and_types_by_duckdb(path):
    assert {row[0]: str(row[1]) for row in by_duckdb(path).description} == types(path, DUCKDB)


def test_names_and_types_by_polars(path):
    assert dict(pl.read_parquet(path).schema) == types(path, POLARS)
    assert dict(pl.scan_parquet(path).collect_schema()) == types(path, POLARS)


def test_names_and_types_by_pandas(path):
    frame = pd.read_parquet(path)
    want = types(path, PANDAS)
    for name in frame.columns:
        # pandas has no null among plain integers and booleans: it shows such a column as float64, or as objects.
        if want[name] in ("int32", "int64", "bool") and frame[name].isna().any():
            want[name] = "object" if want[name] == "bool" else "float64"
        if want[name] == "float64" and len(frame) == 0:
            want[name] = str(frame[name].dtype)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == want


def test_values_and_order_by_duckdb(path):
    want, got = pq.read_table(path), by_duckdb(path).to_arrow_table()
    for name in want.column_names:
        equal(want[name], got[name], name)


def test_values_and_order_by_polars(path):
    want, got = pq.read_table(path), pl.read_parquet(path).to_arrow()
    for name in want.column_names:
        equal(want[name], got[name], name)


def test_values_and_order_by_pandas(path):
    want, got = pq.read_table(path), pd.read_parquet(path)
    for name in want.column_names:
        equal(want[name], pa.Array.from_pandas(got[name], type=want.schema.field(name).type), name)


def test_metadata(path):
    manifest = manifest_of(path.parent)
    file = pq.ParquetFile(path)
    created = re.fullmatch(r"portalsim version (.+) \(build (.*)\)", file.metadata.created_by)
    assert created, file.metadata.created_by
    assert created.groups() == (manifest["version"], manifest["build"])
    assert file.schema_arrow.metadata[b"schema_version"].decode() == manifest["schema_version"]
    assert file.schema_arrow.metadata[b"table"].decode() == path.stem
    assert file.schema_arrow.metadata[b"row_order"]
    assert pl.read_parquet_metadata(path)["schema_version"] == manifest["schema_version"]
    pairs = duckdb.connect().execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    assert dict(pairs)[b"schema_version"].decode() == manifest["schema_version"]


def test_units_and_descriptions(path):
    """The units are in the file's metadata and in each column's own."""
    columns = described(path)
    metadata = pq.read_metadata(path)
    for i, column in enumerate(columns):
        assert column["description"], column["name"]
        for group in range(metadata.num_row_groups):
            own = metadata.row_group(group).column(i).metadata or {}
            assert own.get(b"unit", b"").decode() == column["unit"], column["name"]
    for column in columns:
        for suffix in ("min", "h"):
            if column["name"].endswith("_" + suffix):
                assert column["unit"] == suffix, column["name"]


def test_compression_and_dictionaries(path):
    metadata = pq.read_metadata(path)
    words = {column["name"]: column["type"] for column in described(path)}
    for group in range(metadata.num_row_groups):
        for i in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(i)
            assert chunk.compression == "ZSTD", chunk.path_in_schema
            if words[chunk.path_in_schema] == "string":
                assert chunk.has_dictionary_page, chunk.path_in_schema


def test_fixed_columns(path):
    names = {column["name"]: column["type"] for column in described(path)}
    assert [name for name in FIXED[path.stem] if name not in names] == []
    for (table, name), word in FIXED_TYPES.items():
        if table == path.stem:
            assert names[name] == word, name


def test_unknown_is_null_never_nan(path):
    """pandas makes no difference between the two, others do."""
    table = pq.read_table(path)
    for name in table.column_names:
        if pa.types.is_floating(table[name].type):
            assert pc.all(pc.is_finite(table[name])).as_py() is not False, name


def test_dimensions_are_words(path):
    table = pq.read_table(path)
    for name in ["point", "control", "arm", "measure", *DIMENSIONS, "fate", "paired_by"]:
        if name in table.column_names and (path.stem, name) != ("events", "staff"):  # where nobody is, that is null
            words = set(table[name].to_pylist())
            assert None not in words and "" not in words, name
            assert {word for word in words if word.lower() == "all" and word != "all"} == set(), name


@pytest.mark.parametrize("name", ["replications", "summary", "comparisons"])
def test_a_dimension_not_broken_down_is_all(table, name):
    frame = table(name)
    if len(frame):
        assert (frame[DIMENSIONS] == "all").all(axis=1).any(), "no row is over everything"
