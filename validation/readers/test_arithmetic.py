"""The tables agree with each other: what can be worked out from one is worked out again and compared."""

import math

import numpy as np
import pandas as pd
import pytest
from conftest import output_directory

DIMENSIONS = ["type", "channel", "pool", "role", "staff"]
CELL = ["point", "measure", *DIMENSIONS]
MINUTES_A_DAY = 24 * 60
ACTIVITIES = ["visit", "notes", "messages", "other_inbox", "calls", "teaching", "admin", "idle", "off"]
SCHEDULE = ["scheduled_patient_min", "scheduled_other_min", "unscheduled_min"]
TOLERANCE = 1e-9  # relative; sums of a few thousand doubles in another order differ by far less


@pytest.fixture(scope="session", params=["", "-saltelli"], ids=["compare", "sweep"])
def out(request):
    """The main job, and a sweep, whose tables hold many points."""
    return output_directory(request.param)


def student_two_sided(t, df):
    """P(|T| <= t) for whole degrees of freedom. Source: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(df))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = df % 2
    term, total = (cosine, cosine if df > 1 else 0.0) if odd else (1.0, 1.0)
    for k in range(3 if odd else 2, df - 1, 2):
        term *= (k - 1) / k * cosine**2
        total += term
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


def student_quantile(df, confidence=0.95):
    low, high = 0.0, 1e3
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if student_two_sided(middle, df) < confidence else (low, middle)
    return high


def test_student_quantile():
    # Source: any printed table, such as Fisher and Yates, table III.
    for df, want in {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 9: 2.262, 19: 2.093, 30: 2.042, 120: 1.980}.items():
        assert student_quantile(df) == pytest.approx(want, abs=5e-4), df


def close(got, want, scale=0.0):
    """Whether two columns agree; scale is the size of numbers whose difference was taken, which sets the rounding."""
    return np.isclose(got, want, rtol=TOLERANCE, atol=1e-12 + TOLERANCE * np.abs(scale))


def must_hold(frame, holds, what):
    wrong = frame[~np.asarray(holds, dtype=bool)]
    assert wrong.empty, f"{what}: wrong in {len(wrong)} rows of {len(frame)}\n{wrong.head(5).to_string()}"


def half_width(sd, n):
    quantile = {count: student_quantile(count - 1) for count in set(n) if count > 1}
    return [quantile.get(count, math.nan) * s / math.sqrt(count) if count else math.nan for s, count in zip(sd, n)]


def summaries(frame, keys, column):
    grouped = frame.groupby(keys, sort=False, observed=True)[column]
    return grouped.agg(n="count", want_mean="mean", want_sd="std").reset_index()


@pytest.fixture(scope="module")
def summary(table):
    want = summaries(table("replications"), ["arm", *CELL], "value")
    joined = table("summary").merge(want, on=["arm", *CELL], how="outer", validate="one_to_one", indicator=True)
    must_hold(joined, joined["_merge"] == "both", "every cell of replications has its row of summary")
    return joined


def test_keys_are_unique(table):
    for name, keys in {
        "replications": ["arm", "replication", *CELL],
        "staff_days": ["point", "arm", "replication", "staff", "date"],
        "threads": ["point", "arm", "replication", "contact"],
        "pairs": ["point", "control", "arm", "replication", "type", "fate"],
        "urgent_pairs": ["point", "control", "arm", "replication", "type"],
        "hours": ["point", "arm", "replication", "pool", "hour"],
        "weeks": ["point", "arm", "replication", "week"],
        "flows": ["point", "arm", "replication", "from_kind", "from", "to_kind", "to"],
        "waits": ["point", "arm", "replication", "type", "channel", "share"],
        "comparisons": ["control", "arm", "paired_by", *CELL],
        "inputs": ["point", "arm", "path"],
    }.items():
        try:
            frame = table(name)
        except pytest.skip.Exception:
            continue
        must_hold(frame, ~frame.duplicated(keys), f"{name}: one row per {', '.join(keys)}")


def test_summary_counts_replications(summary):
    must_hold(summary, summary["replications"] == summary["n"], "replications counts values")


def test_summary_mean_and_sd(summary):
    known = summary[summary["mean"].notna()]
    must_hold(known, close(known["mean"], known["want_mean"]), "mean is over the replications")
    spread = summary[summary["sd"].notna()]
    must_hold(spread, close(spread["sd"], spread["want_sd"], spread["mean"]), "sd is between replications")
    hidden = summary[summary["mean"].isna() & (summary["n"] > 0)]
    must_hold(hidden, hidden["note"] != "", "a mean that is withheld says why")


def test_summary_interval(summary):
    known = summary[summary["ci95_low"].notna()]
    must_hold(known, known["n"] > 1, "no interval from one replication")
    half = half_width(known["want_sd"], known["n"])
    must_hold(known, close(known["ci95_low"], known["want_mean"] - half, known["mean"]), "ci95_low by Student's t")
    must_hold(known, close(known["ci95_high"], known["want_mean"] + half, known["mean"]), "ci95_high by Student's t")
    open_ended = summary[summary["ci95_low"].isna() & (summary["n"] > 1)]
    must_hold(open_ended, open_ended["note"] != "", "an interval that is withheld says why")


@pytest.fixture(scope="module")
def comparison(table):
    """Comparisons paired by replication, beside what the replications say."""
    rows = table("comparisons")
    rows = rows[rows["paired_by"] == "replication"]
    values = table("replications")[["arm", "replication", *CELL, "value"]].dropna(subset="value")
    pairs = []
    for control, arm in rows[["control", "arm"]].drop_duplicates().itertuples(index=False):
        one = values[values["arm"] == control].drop(columns="arm")
        other = values[values["arm"] == arm].drop(columns="arm")
        both = one.merge(other, on=["replication", *CELL], suffixes=("_control", "_arm"), validate="one_to_one")
        pairs.append(both.assign(control=control, arm=arm, change=both["value_arm"] - both["value_control"]))
    if not pairs:
        pytest.skip("the run compares nothing by replication")
    grouped = pd.concat(pairs).groupby(["control", "arm", *CELL], sort=False)
    want = grouped.agg(
        n=("change", "count"), want_difference=("change", "mean"), want_sd=("change", "std"),
        want_control=("value_control", "mean"), want_arm=("value_arm", "mean"),
        var_control=("value_control", "var"), var_arm=("value_arm", "var"),
    ).reset_index()
    joined = rows.merge(want, on=["control", "arm", *CELL], how="left", validate="one_to_one")
    return joined.assign(n=joined["n"].fillna(0).astype(int))


def test_comparison_means(comparison):
    must_hold(comparison, comparison["replications"] == comparison["n"], "replications counts those with both values")
    for column, want in {"control_mean": "want_control", "mean": "want_arm"}.items():
        known = comparison[comparison[column].notna()]
        must_hold(known, close(known[column], known[want]), f"{column} is over the replications with both values")


def test_comparison_difference(comparison):
    known = comparison[comparison["difference"].notna()]
    scale = known["control_mean"].abs() + known["mean"].abs()
    must_hold(known, close(known["difference"], known["want_difference"], scale), "difference is the mean difference")
    must_hold(known, close(known["difference"], known["mean"] - known["control_mean"], scale), "mean less control_mean")
    hidden = comparison[comparison["difference"].isna() & (comparison["n"] > 0)]
    must_hold(hidden, hidden["note"] != "", "a difference that is withheld says why")


def test_comparison_interval(comparison):
    known = comparison[comparison["ci95_low"].notna()]
    must_hold(known, known["n"] > 1, "no interval from one replication")
    half = half_width(known["want_sd"], known["n"])
    scale = known["control_mean"].abs() + known["mean"].abs()
    must_hold(known, close(known["ci95_low"], known["want_difference"] - half, scale), "ci95_low by Student's t")
    must_hold(known, close(known["ci95_high"], known["want_difference"] + half, scale), "ci95_high by Student's t")


def test_comparison_ratios(comparison):
    relative = comparison[comparison["relative_change"].notna()]
    must_hold(relative, close(relative["relative_change"] * relative["control_mean"], relative["difference"],
                              relative["control_mean"]), "relative_change is difference over control_mean")
    ratio = comparison[comparison["variance_ratio"].notna() & (comparison["want_sd"] > 0)]
    # Where almost all variance cancels, the variance of the difference keeps few digits.
    want = (ratio["var_control"] + ratio["var_arm"]) / ratio["want_sd"] ** 2
    must_hold(ratio, np.isclose(ratio["variance_ratio"], want, rtol=1e-6), "variance_ratio is unpaired over paired")


def test_simultaneous_intervals_are_wider(table):
    frame = table("comparisons")
    frame = frame[frame["simultaneous_low"].notna() & frame["ci95_low"].notna()]
    slack = TOLERANCE * (1 + frame["difference"].abs())
    must_hold(frame, frame["simultaneous_low"] <= frame["ci95_low"] + slack, "simultaneous_low is below ci95_low")
    must_hold(frame, frame["simultaneous_high"] >= frame["ci95_high"] - slack, "simultaneous_high is above ci95_high")


def test_staff_days_fill_the_day(table):
    frame = table("staff_days")
    minutes = frame[[f"{activity}_min" for activity in ACTIVITIES]]
    must_hold(frame, (minutes.sum(axis=1) - MINUTES_A_DAY).abs() < 1e-6, "minutes by activity fill the day")
    must_hold(frame, (frame[SCHEDULE].sum(axis=1) - MINUTES_A_DAY).abs() < 1e-6, "minutes by schedule fill the day")
    must_hold(frame, (minutes >= 0).all(axis=1) & (frame[SCHEDULE] >= 0).all(axis=1), "minutes are not negative")


def test_staff_days_parts_are_within_the_whole(table):
    frame = table("staff_days")
    for activity in ACTIVITIES[:6]:
        part = frame[f"after_hours_{activity}_min"]
        must_hold(frame, (part >= 0) & (part <= frame[f"{activity}_min"] + 1e-6), f"after hours, {activity}")
    must_hold(frame, frame["unscheduled_work_min"] <= frame["unscheduled_min"] + 1e-6, "unscheduled work")
    must_hold(frame, (frame["messages"] >= 0) & (frame["messages"] <= frame["items"]), "messages are items")
    must_hold(frame, frame["backlog_close"] >= 0, "backlog is not negative")


def test_staff_days_have_every_day(table):
    frame = table("staff_days")
    days = pd.to_datetime(frame["date"])
    spans = days.groupby([frame[key] for key in ["point", "arm", "replication", "staff"]]).agg(["min", "max", "count"])
    assert (((spans["max"] - spans["min"]).dt.days + 1) == spans["count"]).all(), "a day is missing"
    assert spans["count"].nunique() <= 1, "staff members have different numbers of days"


def test_thread_instants_are_in_order(table):
    frame = table("threads")
    for name in ["first_touch", "clinical_look", "first_response", "substantive_answer", "ended"]:
        known = frame[frame[name].notna()]
        must_hold(known, (known["sent"] <= known[name]) & (known[name] <= known["ended"]), f"sent, {name}, ended")
    for earlier, later in [("first_touch", "clinical_look"), ("first_response", "substantive_answer")]:
        known = frame[frame[later].notna()]
        must_hold(known, known[earlier] <= known[later], f"{earlier}, {later}")
    assert set(frame["ending"]) <= {"answered", "lapsed", "censored"}


def test_a_contact_is_the_same_patient_in_every_arm(table):
    frame = table("threads")
    patients = frame.groupby(["point", "replication", "contact"])["patient"].nunique()
    assert (patients == 1).all()


def test_pairs(table):
    frame = table("pairs")
    known = frame[frame["difference_h"].notna()]
    scale = known["arm_wait_h"].abs() + known["control_wait_h"].abs()
    must_hold(known, close(known["difference_h"], known["arm_wait_h"] - known["control_wait_h"], scale), "difference_h")
    must_hold(frame, (frame["contacts"] >= 0) & (frame["censored"].between(0, frame["contacts"])), "counts")
    keys = ["point", "control", "arm", "replication", "fate"]
    total = frame[frame["type"] == "all"].set_index(keys)["contacts"]
    parts = frame[frame["type"] != "all"].groupby(keys)["contacts"].sum()
    both = pd.concat([total.rename("total"), parts.rename("parts")], axis=1).dropna().reset_index()
    must_hold(both, both["total"] == both["parts"], "the types add up")


def test_urgent_pairs(table):
    frame = table("urgent_pairs")
    known = frame[frame["difference_h"].notna()]
    scale = known["arm_look_h"].abs() + known["control_look_h"].abs()
    must_hold(known, close(known["difference_h"], known["arm_look_h"] - known["control_look_h"], scale), "difference_h")
    must_hold(frame, frame["pushed_late"] >= frame["arm_late"] - frame["control_late"], "late in the arm is pushed, or late before")
    must_hold(frame, frame["pushed_late"] <= frame["arm_late"], "pushed is late")
    must_hold(frame, frame[["control_late", "arm_late"]].max(axis=1) <= frame["judged"], "late is judged")
    must_hold(frame, frame[["judged", "delayed", "censored"]].max(axis=1) <= frame["contacts"], "counts")
    keys = ["point", "control", "arm", "replication"]
    counts = ["contacts", "censored", "delayed", "judged", "control_late", "arm_late", "pushed_late", "silenced"]
    total = frame[frame["type"] == "all"].set_index(keys)[counts]
    parts = frame[frame["type"] != "all"].groupby(keys)[counts].sum()
    assert total.sort_index().equals(parts.sort_index()), "the types add up"


def test_comparisons_of_urgent_pairs(table):
    """The rows of comparisons paired by contact are means of table urgent_pairs over the replications."""
    pairs = table("urgent_pairs")
    pairs = pairs[(pairs["type"] == "all") & (pairs["judged"] > 0)]
    want = pd.DataFrame({
        "arm": pairs["arm"], "urgent_look_h_mean": pairs["arm_look_h"], "urgent_look_late_share": pairs["arm_late"] / pairs["judged"],
        "urgent_delayed_share": pairs["delayed"] / pairs["contacts"], "urgent_pushed_late_share": pairs["pushed_late"] / pairs["judged"],
    }).groupby("arm").mean().melt(ignore_index=False, var_name="measure", value_name="want").reset_index()
    rows = table("comparisons")
    rows = rows[(rows["paired_by"] == "contact") & (rows["type"] == "all")].merge(want, on=["arm", "measure"], validate="one_to_one")
    assert len(rows) == len(want)
    must_hold(rows, close(rows["mean"], rows["want"]), "mean over the replications")


@pytest.mark.parametrize("name", ["replications", "pairs", "staff_days", "hours", "weeks", "flows", "waits", "threads", "events"])
def test_rows_are_ordered_by_replication_then_arm(table, manifest, name):
    frame = table(name)
    arms = {arm["name"]: place for place, arm in enumerate(manifest["arms"])}
    place = frame["arm"].map(arms).astype("float64")
    assert place.notna().all(), "an arm is not in the manifest"
    order = frame["replication"] * len(arms) + place
    for _, of_point in order.groupby(frame["point"], sort=False):
        assert of_point.is_monotonic_increasing


def test_rows_within_an_arm_are_ordered(table):
    threads = table("threads")
    for _, ended in threads.groupby(["point", "replication", "arm"])["ended"]:
        assert ended.is_monotonic_increasing, "threads are not in the order in which they ended"


def test_staff_days_are_ordered_by_date(table):
    frame = table("staff_days")
    for _, date in frame.groupby(["point", "replication", "arm", "staff"])["date"]:
        assert date.is_monotonic_increasing
