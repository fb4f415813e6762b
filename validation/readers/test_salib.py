"""Sobol' and Morris indices against SALib, on the same points and outputs.

sim/stats/testdata/salib.json holds outputs with what SALib makes of them. The Go tests hold the program to it; here SALib
itself is held to it, so that the file cannot grow stale. `python test_salib.py` writes it anew.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import output_directory
from SALib.analyze import morris as analyze_morris
from SALib.analyze import sobol as analyze_sobol
from SALib.sample import morris as sample_morris
from SALib.sample import sobol as sample_sobol
from SALib.test_functions import Ishigami, Sobol_G

FILE = Path(__file__).parents[2] / "sim" / "stats" / "testdata" / "salib.json"
RESAMPLES = 2000


def problem(count, groups):
    names = [f"x{i}" for i in range(count)]
    return {"num_vars": count, "names": names, "bounds": [[0, 1]] * count, "groups": [f"g{g}" for g in groups]}


def analyse_sobol(case):
    setup = problem(len(case["groups"]), case["groups"])
    return analyze_sobol.analyze(setup, np.array(case["outputs"]), calc_second_order=case["second"], num_resamples=RESAMPLES, seed=1)


def analyse_morris(case):
    setup = problem(len(case["groups"]), case["groups"])
    return analyze_morris.analyze(setup, np.array(case["points"]), np.array(case["outputs"]), num_resamples=RESAMPLES, num_levels=case["levels"], seed=1)


def listed(result, names):
    return {name: [None if not np.isfinite(x) else float(x) for x in np.ravel(np.ma.filled(result[name], np.nan))] for name in names}


SOBOL, MORRIS = ["S1", "S1_conf", "ST", "ST_conf"], ["mu", "mu_star", "mu_star_conf", "sigma"]


def names_of(case):
    return SOBOL + (["S2", "S2_conf"] if case["second"] else [])


def make():
    cases = {"sobol": [], "morris": []}
    noise = np.random.default_rng(7)
    for groups, second in [([0, 1, 2], True), ([0, 1, 2], False), ([0, 1, 1, 2, 0, 3], True)]:
        setup = problem(len(groups), groups)
        points = sample_sobol.sample(setup, 64, calc_second_order=second, seed=3)
        outputs = Ishigami.evaluate(np.pi * (2 * points - 1)) if len(groups) == 3 else Sobol_G.evaluate(points, a=np.array([0, 1, 4.5, 9, 99, 99]))
        case = {"groups": groups, "second": second, "outputs": list(100 + outputs + noise.normal(size=len(outputs)))}
        cases["sobol"].append(case | listed(analyse_sobol(case), names_of(case)))
    for groups, levels in [([0, 1, 2], 4), ([0, 1, 1, 2], 6)]:
        setup = problem(len(groups), groups)
        points = sample_morris.sample(setup, 40, num_levels=levels, seed=5)
        outputs = np.sin(3 * points[:, 0]) + points[:, 1] * points[:, 2] ** 2 + noise.normal(size=len(points)) / 10
        case = {"groups": groups, "levels": levels, "points": points.tolist(), "outputs": list(outputs)}
        cases["morris"].append(case | listed(analyse_morris(case), MORRIS))
    FILE.write_text(json.dumps(cases, indent=None, separators=(",", ":")).replace("},{", "},\n{") + "\n", encoding="utf-8")


def cases():
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    for case in recorded["sobol"]:
        yield pytest.param(case, analyse_sobol, names_of(case), id=f"sobol {case['groups']} {case['second']}")
    for case in recorded["morris"]:
        yield pytest.param(case, analyse_morris, MORRIS, id=f"morris {case['groups']}")


@pytest.mark.parametrize(("case", "analyse", "names"), list(cases()))
def test_recorded_indices_are_those_of_salib(case, analyse, names):
    for name, got in listed(analyse(case), names).items():
        assert len(got) == len(case[name])
        for a, b in zip(got, case[name]):
            assert (a is None and b is None) or a == pytest.approx(b, rel=1e-12, abs=1e-12), name


DIMENSIONS = ["type", "channel", "pool", "role", "staff"]


def study(kind):
    """The tables of a small sweep: what sensitivity says of the difference between its arms, and that difference by point."""
    read = {name: pd.read_parquet(output_directory(f"-{kind}") / f"{name}.parquet") for name in ["sensitivity", "replications", "points"]}
    keys = ["measure", *DIMENSIONS]
    means = read["replications"].pivot_table(index=[*keys, "point"], columns="arm", values="value", observed=True)
    for (*row, arm, control), indices in read["sensitivity"].groupby([*keys, "arm", "control"], sort=False, observed=True):
        outputs = means.loc[tuple(row), arm] - means.loc[tuple(row), control]
        yield f"{row} {arm} {control}", indices, outputs.sort_index().to_numpy(), read["points"]


def close(name, got, want, widths):
    """Indices to rounding; half-widths, both from a thousand resamples or more, to five of their standard errors."""
    got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    if widths:
        np.testing.assert_allclose(got, want, rtol=0.14, atol=1e-9, err_msg=name)
    else:
        np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-9, err_msg=name)


def test_a_saltelli_sweep():
    seen = 0
    for name, indices, outputs, _ in study("saltelli"):
        want = analyse_sobol({"groups": [0, 1, 2], "second": True, "outputs": outputs})
        single, pairs = indices[indices["factor_2"] == ""], indices[indices["factor_2"] != ""]
        for column in SOBOL:
            close(f"{name} {column}", single[column], want[column], column.endswith("conf"))
        upper = np.triu_indices(3, 1)
        close(f"{name} S2", pairs["S2"], want["S2"][upper], False)
        close(f"{name} S2_conf", pairs["S2_conf"], want["S2_conf"][upper], True)
        assert single["noise"].between(0, 1).all()
        seen += 1
    assert seen == 2, "two measures"


def test_a_morris_sweep():
    seen = 0
    for name, indices, outputs, points in study("morris"):
        wide = points.pivot(index="point", columns="factor", values="value")[list(indices["factor"])].sort_index()
        case = {"groups": [0, 1, 2], "levels": 4, "points": wide.to_numpy(), "outputs": outputs}
        want = analyse_morris(case)
        for column in MORRIS:
            close(f"{name} {column}", indices[column], want[column], column.endswith("conf"))
        seen += 1
    assert seen == 2


if __name__ == "__main__":
    make()
