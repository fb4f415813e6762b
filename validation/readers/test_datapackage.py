"""datapackage.json describes every table, and frictionless-py finds each row as it says."""

import json
import os
from pathlib import Path

import pytest
from frictionless import Package

SMALL = os.environ.get("PORTALSIM_SMALL")  # frictionless-py looks at cells one by one: seconds for a small run, minutes for a large one


@pytest.fixture(scope="module")
def package():
    if not SMALL:
        pytest.fail("set PORTALSIM_SMALL to the output directory of a short run")
    return Package(str(Path(SMALL) / "datapackage.json"))


def faults(resource):
    return [(error.type, error.message) for task in resource.validate().tasks for error in task.errors]


def test_every_table_is_valid(package):
    """Types, what must be there, primary keys and hashes."""
    assert {resource.path for resource in package.resources} == {path.name for path in Path(SMALL).glob("*.parquet")}
    for resource in package.resources:
        assert resource.hash and resource.schema.primary_key, resource.name
        assert faults(resource) == [], resource.name


def test_validation_can_fail(package):
    flows = package.to_copy().get_resource("flows")
    flows.schema.set_field_type("moves_per_week", "boolean")
    assert "type-error" in [kind for kind, _ in faults(flows)]
    weeks = package.to_copy().get_resource("weeks")
    weeks.schema.primary_key = ["arm", "replication"]
    assert "primary-key" in [kind for kind, _ in faults(weeks)]


def test_it_says_what_the_files_say(out):
    import pyarrow.parquet as pq

    described = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [(r["path"], r["hash"]) for r in described["resources"]] == [(t["file"], "sha256:" + t["sha256"]) for t in manifest["tables"]]
    assert described["version"] == manifest["schema_version"]
    for resource in described["resources"]:
        columns = json.loads(pq.read_schema(out / resource["path"]).metadata[b"columns"])
        fields = resource["schema"]["fields"]
        assert [(f["name"], f.get("unit", ""), f["description"], "constraints" not in f) for f in fields] == \
            [(c["name"], c["unit"], c["description"], c["nullable"]) for c in columns]
