"""datapackage.json describes every table, and frictionless-py finds the rows as it says."""

import json

import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import KINDS, output_directory
from frictionless import Package

# frictionless-py looks at cells one by one, and takes minutes for a large table: it sees so many rows of each. That keys
# name rows is tried on whole tables by pandas.
ROWS = 2000
SMALL = ["-small", "-saltelli", "-morris", "-warmup"]
LARGE = {"-log": ["events", "staff_states"], "-uncertain": ["draws", "drivers", "value_of_information"]}


def package_of(kind):
    return Package(str(output_directory(kind) / "datapackage.json"))


@pytest.fixture(scope="module")
def package():
    return package_of("-small")


def faults(resource):
    return [(error.type, error.message) for task in resource.validate(limit_rows=ROWS).tasks for error in task.errors]


@pytest.mark.parametrize("kind", SMALL)
def test_every_table_is_valid(kind):
    """Types, what must be there, and primary keys; frictionless-py compares no hash of Parquet, test_readers.py does."""
    for resource in package_of(kind).resources:
        assert resource.hash and resource.schema.primary_key, resource.name
        assert faults(resource) == [], resource.name


@pytest.mark.parametrize("kind", LARGE)
def test_tables_of_large_runs_are_valid(kind):
    for name in LARGE[kind]:
        resource = package_of(kind).get_resource(name)
        assert resource.hash and resource.schema.primary_key, name
        assert faults(resource) == [], name


def test_keys_name_rows(path):
    """The primary key of every table, large ones too: no null in it, and no two rows with the same."""
    resources = json.loads((path.parent / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    key = next(r["schema"]["primaryKey"] for r in resources if r["path"] == path.name)
    frame = pd.read_parquet(path, columns=key)
    assert frame.notna().all(axis=None) and not frame.duplicated().any()


def test_validation_can_fail(package):
    flows = package.to_copy().get_resource("flows")
    flows.schema.set_field_type("moves_per_week", "boolean")
    assert "type-error" in [kind for kind, _ in faults(flows)]
    weeks = package.to_copy().get_resource("weeks")
    weeks.schema.primary_key = ["arm", "replication"]
    assert "primary-key" in [kind for kind, _ in faults(weeks)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_the_files_say(kind):
    out = output_directory(kind)
    described = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [(r["path"], r["hash"]) for r in described["resources"]] == [(t["file"], "sha256:" + t["sha256"]) for t in manifest["tables"]]
    assert {r["path"] for r in described["resources"]} == {path.name for path in out.glob("*.parquet")}
    assert described["version"] == manifest["schema_version"]
    for resource in described["resources"]:
        columns = json.loads(pq.read_schema(out / resource["path"]).metadata[b"columns"])
        fields = resource["schema"]["fields"]
        assert [(f["name"], f.get("unit", ""), f["description"], "constraints" not in f) for f in fields] == \
            [(c["name"], c["unit"], c["description"], c["nullable"]) for c in columns]
