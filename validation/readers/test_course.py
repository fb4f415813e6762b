"""The tables that show the course of a run add up to its measures."""

import numpy as np
import pytest

ARM = ["point", "arm", "replication"]
DIMENSIONS = ["type", "channel", "pool", "role", "staff"]
HOURS_OF_WEEK = 168


@pytest.fixture(scope="module")
def measure(table):
    """A measure by arm and replication, broken down as asked."""

    def get(name, **cell):
        rows = table("replications")
        for dimension in DIMENSIONS:
            want = cell.get(dimension, "all")
            rows = rows[rows[dimension] == want] if want is not None else rows[rows[dimension] != "all"]
        return rows[rows["measure"] == name].set_index(ARM + [d for d in DIMENSIONS if cell.get(d, "all") is None])["value"]

    return get


def agree(got, want):
    both = want.dropna()
    assert len(both) > 0
    np.testing.assert_allclose(got.reindex(both.index).to_numpy(), both.to_numpy(), rtol=1e-9)


def test_hours(table, measure):
    hours, weeks = table("hours"), table("weeks")["week"].max() + 1
    assert (hours.groupby(ARM + ["pool"])["hour"].agg(["min", "max", "count"]) == [0, HOURS_OF_WEEK - 1, HOURS_OF_WEEK]).all(axis=None)
    pools = hours[hours["pool"] != "all"].groupby(ARM + ["pool"])
    agree(pools["entries"].sum() * weeks, measure("entries_n", pool=None))
    agree(pools["backlog_mean"].mean(), measure("backlog_mean", pool=None))
    whole = hours[hours["pool"] == "all"].groupby(ARM)
    agree(whole["sent"].sum() * weeks, measure("threads_n"))
    agree(whole["portal_sent"].sum() * weeks, measure("threads_n", channel="portal"))


def test_weeks(table, measure):
    weeks = table("weeks").groupby(ARM)
    agree(weeks["threads"].sum(), measure("threads_n"))
    agree(weeks["portal_threads"].sum(), measure("threads_n", channel="portal"))
    agree(weeks["after_hours_min_per_clinician"].mean(), measure("after_hours_min_per_clinician_week"))
    strength = table("weeks").groupby("arm")["strength"]
    assert strength.count()["baseline"] == 0 and strength.count()["education"] > 0
    assert table("weeks")["strength"].dropna().between(0, 1).all()


def test_flows(table, measure):
    flows, weeks = table("flows"), table("weeks")["week"].max() + 1
    into = flows[flows["to_kind"] != "ending"].groupby(ARM + ["to_kind", "to"])["moves_per_week"].sum()
    out = flows[flows["from_kind"] != "channel"].groupby(ARM + ["from_kind", "from"])["moves_per_week"].sum()
    np.testing.assert_allclose(into.sort_index().to_numpy(), out.sort_index().to_numpy(), rtol=1e-9)
    agree(flows[flows["from_kind"] == "channel"].groupby(ARM)["moves_per_week"].sum() * weeks, measure("threads_n"))
    ends = flows[flows["to_kind"] == "ending"].groupby(ARM + ["to"])["moves_per_week"].sum() * weeks
    agree(ends.xs("answered", level="to"), measure("answered_n"))


def test_waits(table, measure):
    waits = table("waits")
    for share, name in [(0.5, "first_response_h_p50"), (0.9, "first_response_h_p90"), (0.95, "first_response_h_p95")]:
        at = waits[(waits["share"] == share) & (waits["type"] == "all") & (waits["channel"] == "portal")]
        agree(at.set_index(ARM)["first_response_h"], measure(name, channel="portal"))
    steps = waits.dropna(subset="first_response_h").groupby(ARM + ["type", "channel"])["first_response_h"]
    assert steps.apply(lambda wait: wait.is_monotonic_increasing).all()
