"""Every notebook runs to its end on fresh output, without a warning, shows figures, and finds what the tables say."""

import base64
import os
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "output" / "notebooks"
SEEN = ROOT / ".build" / "notebooks"

# Cells that are added at the end, in which a notebook's own names are held to the tables in another way.
CHECKS = {
    "first-look": """
        family = pl.read_parquet(out / "comparisons.parquet").filter(pl.col("simultaneous_low").is_not_null())
        assert len(headline) == len(family) == 2 * 4
        assert sorted(headline["difference"]) == sorted(family["difference"])
        assert waits["type"].n_unique() == 4 and (waits["low"] <= waits["high"]).all()
        assert sources["numbers"].sum() == pl.read_parquet(out / "inputs.parquet").filter(pl.col("arm") == control).height
    """,
    "compare-interventions": """
        assert list(evenings.index) == ["education", "nurse-triage", "protected-time", "one-more-nurse"] == list(waits.index)
        for measure in costs:
            assert effect(measure).loc[evenings.index, "difference"].notna().all()
        assert urgent["contacts"].gt(0).all() and (urgent["pushed_late"] <= urgent["judged"]).all()
        assert effect("silenced_needed_n").loc["education", "difference"] > 0
    """,
    "sensitivity": """
        assert method == "morris" and len(points) == 70 and len(outputs) == 2 and points.shape[1] == 6
        import numpy as np
        replications = pd.read_parquet(study / "replications.parquet").query("measure == @measure and type == 'all' and channel == 'all'")
        means = replications[replications["role"].eq("all") & replications["staff"].eq("all")].pivot_table(index="point", columns="arm", values="value")
        np.testing.assert_allclose(output, (means["taught"] - means["usual"]).loc[output.index], atol=1e-9)
    """,
    "after-hours-burden-by-clinician": """
        summary = pd.read_parquet(out / "summary.parquet").query("measure == 'after_hours_min_per_clinician_week' and role == 'all' and staff == 'all'").set_index("arm")["mean"]
        import numpy as np
        np.testing.assert_allclose(weeks.groupby("arm")["after_hours"].mean(), summary.loc[sorted(arms)], rtol=1e-9)
        np.testing.assert_allclose(change.mean(), (summary - summary[arms[0]])[change.columns], atol=1e-9)
    """,
}


def portalsim(*arguments):
    program = os.environ.get("PORTALSIM", "portalsim")
    subprocess.run([program, *arguments, "--quiet"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=300)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """Small runs of what the notebooks ask for, named in the variables that they read."""
    folder = tmp_path_factory.mktemp("runs")
    portalsim("compare", "baseline", "education", "nurse-triage", "protected-time", "one-more-nurse",
              "--replications", "5", "--set", "run.measure=12w", "--out", str(folder / "out"))
    portalsim("sweep", "output/notebooks/study.yaml", "--out", str(folder / "study"))
    os.environ.update(PORTALSIM_OUT=str(folder / "out"), PORTALSIM_STUDY=str(folder / "study"))


def test_every_notebook_is_checked():
    assert {path.stem for path in NOTEBOOKS.glob("*.ipynb")} == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_it_runs(name, fresh):
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    lines = [line.removeprefix("        ") for line in CHECKS[name].strip("\n").splitlines()]
    notebook.cells.append(nbformat.v4.new_code_cell("\n".join(lines)))
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    said = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert said == [], "nothing warns"
    figures = [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    assert len(figures) >= 2
    SEEN.mkdir(parents=True, exist_ok=True)
    for number, figure in enumerate(figures, start=1):
        (SEEN / f"{name}-{number}.png").write_bytes(base64.b64decode(figure))
