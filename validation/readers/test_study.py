"""The tables of a study, as an analyst joins them: the same answer in DuckDB, Polars and pandas."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from conftest import output_directory

DIMENSIONS = ["type", "channel", "pool", "role", "staff"]
KINDS = ["-saltelli", "-morris"]
WAIT = "first_response_h_mean"


@pytest.fixture(params=KINDS)
def study(request):
    return output_directory(request.param)


def test_every_point_has_every_factor(study):
    points = pd.read_parquet(study / "points.parquet")
    wide = points.pivot(index="point", columns="factor", values="value")
    assert list(points["factor"].unique()) == list(points["factor"].head(3)), "factors in the order of the study"
    assert wide.notna().all(axis=None) and len(wide) > 3
    ranges = {"messages.advice.needs_per_user_year": (1, 20), "pools.nurse.handling.mean": (3, 9)}
    for factor, (low, high) in ranges.items():
        assert wide[factor].between(low, high).all() and wide[factor].nunique() > 3
    assert (points["status"] == "done").all()


def test_points_have_their_replications(study):
    points = pd.read_parquet(study / "points.parquet").drop_duplicates("point").set_index("point")
    replications = pd.read_parquet(study / "replications.parquet")
    counted = replications.groupby("point")["replication"].nunique()
    assert counted.sort_index().equals(points["replications"].sort_index().astype(counted.dtype))
    for name in ["summary", "comparisons"]:
        assert set(pd.read_parquet(study / f"{name}.parquet", columns=["point"])["point"]) == set(points.index), name


def by_pandas(study):
    keys = ["point", "arm", "measure", *DIMENSIONS]
    rows = pd.read_parquet(study / "replications.parquet")
    rows = rows[(rows["measure"] == WAIT) & (rows["channel"] == "portal")]
    means = rows.groupby(keys)["value"].mean().unstack("arm").droplevel(["measure", *DIMENSIONS])
    points = pd.read_parquet(study / "points.parquet").pivot(index="point", columns="factor", values="value")
    return points.assign(difference=means["taught"] - means["usual"]).sort_index().reset_index()


def by_polars(study):
    means = (
        pl.scan_parquet(study / "replications.parquet")
        .filter(pl.col("measure") == WAIT, pl.col("channel") == "portal")
        .group_by("point", "arm").agg(pl.col("value").mean()).collect()
        .pivot(on="arm", index="point", values="value")
        .select("point", difference=pl.col("taught") - pl.col("usual"))
    )
    points = pl.read_parquet(study / "points.parquet").pivot(on="factor", index="point", values="value")
    return points.join(means, on="point").sort("point").to_pandas()


def by_duckdb(study):
    return duckdb.connect().execute(f"""
        with means as (
            select point, avg(value) filter (arm = 'taught') - avg(value) filter (arm = 'usual') as difference
            from '{study}/replications.parquet' where measure = '{WAIT}' and channel = 'portal' group by point
        ), wide as (pivot (select point, factor, value from '{study}/points.parquet') on factor using any_value(value))
        select * from wide join means using (point) order by point
    """).df()


def test_three_readers_join_points_and_values(study):
    want = by_pandas(study)
    assert len(want) > 3 and want["difference"].notna().all()
    compared = pd.read_parquet(study / "comparisons.parquet").query("measure == @WAIT and channel == 'portal' and paired_by == 'replication'")
    np.testing.assert_allclose(compared.set_index("point")["difference"].loc[want["point"]], want["difference"], rtol=1e-9, atol=1e-12)
    for other in [by_polars(study), by_duckdb(study)]:
        assert set(other.columns) == set(want.columns) and list(other["point"]) == list(want["point"])
        for column in want.columns.drop("point"):
            np.testing.assert_allclose(other[column].astype(float), want[column], rtol=1e-9, atol=1e-12, err_msg=column)


def test_sensitivity_names_what_was_varied(study):
    sensitivity = pd.read_parquet(study / "sensitivity.parquet")
    factors = set(pd.read_parquet(study / "points.parquet")["factor"])
    assert set(sensitivity["factor"]) == factors and set(sensitivity["factor_2"]) <= factors | {""}
    measures = set(map(tuple, pd.read_parquet(study / "summary.parquet")[["measure", *DIMENSIONS]].drop_duplicates().to_numpy()))
    assert set(map(tuple, sensitivity[["measure", *DIMENSIONS]].to_numpy())) <= measures
    columns = {"sobol": ["S1", "ST"], "morris": ["mu_star", "sigma"]}[sensitivity["method"].iloc[0]]
    alone = sensitivity[sensitivity["factor_2"] == ""]
    assert alone[columns].notna().all(axis=None)
    assert (sensitivity[["S1_conf", "ST_conf", "S2_conf", "mu_star_conf", "sigma"]].dropna(how="all") >= 0).sum(axis=None) > 0


def test_warm_up_is_a_moving_average():
    frame = pd.read_parquet(output_directory("-warmup") / "warmup.parquet")
    for _, weeks in frame.groupby(["arm", "measure"]):
        assert list(weeks["week"]) == list(range(10))
        np.testing.assert_allclose(weeks["clear"], weeks["cold"] - weeks["warm"] + weeks["warm"].mean(), rtol=1e-9)
        smooth = weeks["clear"].rolling(5, center=True).mean()
        known = smooth.notna()
        np.testing.assert_allclose(weeks["moving_average"][known], smooth[known], rtol=1e-9)
        assert not weeks["left_out"].any() or weeks["left_out"].iloc[0], "what is left out is at the beginning"


def test_the_front_is_not_dominated():
    choices = pd.read_parquet(output_directory("-small") / "choices.parquet").query("front_by != ''").set_index("arm")
    summary = pd.read_parquet(output_directory("-small") / "summary.parquet")
    means = {}
    for measure, channel in [(WAIT, "portal"), ("after_hours_min_per_clinician_week", "all")]:
        rows = summary[(summary["measure"] == measure) & (summary["channel"] == channel)]
        means[measure] = rows[(rows[["type", "pool", "role", "staff"]] == "all").all(axis=1)].set_index("arm")["mean"]
    means = pd.DataFrame(means).loc[choices.index]
    for arm in choices.index:
        better = ((means <= means.loc[arm]).all(axis=1) & (means < means.loc[arm]).any(axis=1)).any()
        assert choices.loc[arm, "on_front"] == (not better), arm
