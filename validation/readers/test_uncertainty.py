"""An uncertainty run's tables agree with each other, worked out again from replications and draws."""

import numpy as np
import pandas as pd
import pytest
from conftest import output_directory

DIMENSIONS = ["type", "channel", "pool", "role", "staff"]
HEADLINE = "after_hours_min_per_clinician_week"
CHI_SQUARED_MEDIAN = 0.45493642311957283  # of one degree of freedom: two replications a draw. Abramowitz and Stegun, 26.4
NORMAL_QUARTILES = 1.3489795003921636  # between the quartiles of the standard normal distribution


@pytest.fixture(scope="module")
def read():
    """Tables of an uncertainty run of two replications a draw."""
    return lambda name: pd.read_parquet(output_directory("-uncertain") / f"{name}.parquet")


@pytest.fixture(scope="module")
def differences(read):
    """The headline difference of education, by draw and replication: only where both arms have a value."""
    rows = read("replications").query("measure == @HEADLINE and " + " and ".join(f"{d} == 'all'" for d in DIMENSIONS))
    wide = rows.pivot(index="replication", columns="arm", values="value")
    difference = (wide["education"] - wide["baseline"]).to_numpy()
    assert len(difference) % 2 == 0
    return difference.reshape(-1, 2)


def outer_quantile(values, p):
    """Definition 6 of Hyndman and Fan, no further than the ends."""
    return np.quantile(values, p, method="weibull")


def test_the_two_intervals(read, differences):
    row = read("comparisons").query("measure == @HEADLINE and arm == 'education' and " + " and ".join(f"{d} == 'all'" for d in DIMENSIONS)).iloc[0]
    assert row["replications"] == differences.size, "every draw of this small run counts"
    means, variances = differences.mean(axis=1), differences.var(axis=1, ddof=1)
    median = np.median(means)
    spread = np.subtract(*np.quantile(means, [0.75, 0.25])) / NORMAL_QUARTILES
    typical = np.median(variances) / CHI_SQUARED_MEDIAN
    factor = np.sqrt(max(0.0, 1 - typical / (2 * spread**2)))
    shrunken = median + factor * (means - median)
    assert row["difference"] == pytest.approx(means.mean(), rel=1e-9)
    assert row["ui95_low"] == pytest.approx(outer_quantile(shrunken, 0.025), rel=1e-9)
    assert row["ui95_high"] == pytest.approx(outer_quantile(shrunken, 0.975), rel=1e-9)
    centre, half = (row["ci95_low"] + row["ci95_high"]) / 2, (row["ci95_high"] - row["ci95_low"]) / 2
    standard_error = np.sqrt(variances.mean() / differences.size)
    assert centre == pytest.approx(means.mean(), rel=1e-9)
    assert 1.96 < half / standard_error < 2.2, "Student's t at 97.5 % for 20 to 100 degrees of freedom"


def test_draws_are_whole_and_explain_the_replications(read, differences):
    draws = read("draws")
    assert draws["draw"].nunique() == len(differences)
    assert not draws.duplicated(["point", "draw", "arm", "input"]).any()
    variants = draws[draws["input"].str.startswith("variants.")]
    taken = variants.assign(variant=variants["input"].str.split(".").str[1]).groupby(["draw", "variant"])["value"].sum()
    assert (taken == 1).all(), "each draw takes one alternative of each variant"
    inputs = read("inputs").query("arm == 'baseline'").set_index("path")
    for path in ["messages.advice.needs_per_user_year", "pools.nurse.handling.mean"]:
        values = draws.query("input == @path")["value"]
        assert values.nunique() == len(differences), f"{path} is drawn anew in each draw"
        assert inputs.loc[path, "low"] is not None


def test_drivers_are_rank_correlations(read, differences):
    draws, drivers = read("draws"), read("drivers").query("measure == @HEADLINE and arm == 'education'")
    name = np.where(draws["group"] != "", "group:" + draws["group"].astype(str), draws["input"].astype(str))
    values = draws.assign(name=name).drop_duplicates(["draw", "name"]).pivot(index="draw", columns="name", values="value")
    output = pd.Series(differences.mean(axis=1), index=values.index)
    ranks = values[drivers["input"]].rank()
    for driver, got in zip(drivers["input"], drivers["rank_correlation"]):
        assert got == pytest.approx(ranks[driver].corr(output.rank()), abs=1e-9), driver
    kept = drivers.dropna(subset=["partial_rank_correlation"])
    assert 0 < len(kept) <= len(differences) // 3
    among = np.corrcoef(np.column_stack([ranks[kept["input"]], output.rank()]), rowvar=False)
    inverse = np.linalg.inv(among)
    want = -inverse[:-1, -1] / np.sqrt(np.diag(inverse)[:-1] * inverse[-1, -1])
    assert kept["partial_rank_correlation"].to_numpy() == pytest.approx(want, abs=1e-6)
