"""The short programs in the documents run as they stand, on a run's own directory."""

import re
from pathlib import Path

import pytest
from conftest import output_directory

ROOT = Path(__file__).parents[2]


def programs():
    for name in ["README.md", "docs/data.md"]:
        for number, block in enumerate(re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)):
            if "pm4py" not in block and "vidigi" not in block:  # test_eventlog.py runs those
                yield pytest.param(block, id=f"{name} {number}")


@pytest.mark.parametrize("program", list(programs()))
def test_it_runs(program):
    assert re.search(r"""['"]out/""", program), "it reads a table"
    lines = re.sub(r"""(?<=['"])out/""", f"{output_directory('-log')}/", program).strip()
    names = {}
    exec(lines, names)
    assert {"duckdb", "pl", "pd"} & names.keys()
