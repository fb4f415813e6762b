"""The manifest of --kubernetes against the published schema of the Kubernetes API, which refuses unknown fields."""

import subprocess
import sys
from pathlib import Path

import pytest

VALIDATE = Path(sys.executable).with_name("kubernetes-validate")


@pytest.fixture
def manifest(program, study):
    words = ["sweep", "study.yaml", "--out", "it's \"out\"", "--kubernetes", "--tasks", "8"]
    return subprocess.run([program, *words], cwd=study, check=True, capture_output=True, text=True).stdout


def validate(text, tmp_path, version):
    (tmp_path / "job.yaml").write_text(text)
    words = [VALIDATE, "--strict", "--kubernetes-version", version, tmp_path / "job.yaml"]
    return subprocess.run(words, capture_output=True, text=True)


@pytest.mark.parametrize("version", ["1.29", "1.33", "1.37"])
def test_manifest_is_lawful(manifest, tmp_path, version):
    got = validate(manifest, tmp_path, version)
    assert got.returncode == 0, got.stdout + got.stderr
    assert (got.stdout + got.stderr).count("passed for resource job/") == 2


@pytest.mark.parametrize("field", ["completionMode", "backoffLimitPerIndex", "onExitCodes", "volumeMounts", "persistentVolumeClaim"])
def test_a_slip_is_noticed(manifest, tmp_path, field):
    assert field in manifest
    assert validate(manifest.replace(field, field + "s"), tmp_path, "1.37").returncode != 0
