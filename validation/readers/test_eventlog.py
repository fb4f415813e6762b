"""The event log: what it adds up to, and what pm4py and vidigi make of it by the lines of docs/data.md."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import output_directory

KEY = ["point", "arm", "replication"]
DOCUMENT = Path(__file__).parents[2] / "docs" / "data.md"


def blocks():
    return re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def shown():
    """Runs a block of docs/data.md that imports a module, with the run that has the whole log as out; gives its names."""

    def run(module):
        block = next(block for block in blocks() if module in block)
        names = {}
        exec(block.replace('"out/', f'"{output_directory("-log")}/'), names)
        return names

    return run


@pytest.fixture(scope="module")
def log():
    return {name: pd.read_parquet(output_directory("-log") / f"{name}.parquet") for name in ["threads", "events", "staff_states", "staff_days"]}


def of_control(frame):
    return frame[(frame["arm"] == "baseline") & (frame["replication"] == 0)]


def test_first_and_last_events_are_those_of_the_threads(log):
    events = log["events"].groupby([*KEY, "thread"], sort=False)
    first, last = events.first(), events.last()
    threads = log["threads"].rename(columns={"contact": "thread"}).set_index([*KEY, "thread"]).loc[first.index]
    assert len(threads) == len(log["threads"]) > 1000
    assert (first["event"] == "sent").all() and (first["clock_time"] == threads["sent"]).all()
    assert (last["event"] == threads["ending"]).all() and (last["clock_time"] == threads["ended"]).all()
    assert (last["state"] == "ended").all() and (last["pool"] == threads["last_pool"]).all()
    assert (log["events"]["state"] == "ended").sum() == len(threads), "a thread ends once"


def test_counts_and_times_are_those_of_the_threads(log):
    threads = log["threads"].rename(columns={"contact": "thread"}).set_index([*KEY, "thread"]).sort_index()
    events = log["events"].assign(next=lambda e: e.groupby([*KEY, "thread"])["time_min"].shift(-1))

    def counted(*names):
        return events[events["event"].isin(names)].groupby([*KEY, "thread"]).size().reindex(threads.index, fill_value=0)

    hand_offs = ["passed_on", "sent_on", "asks_colleague", "advises"]
    assert (counted(*hand_offs) == threads["hand_offs"]).all()
    assert (counted(*hand_offs, "asks_patient", "answers") == threads["touches"]).all()
    assert (counted("asks_patient", "answers", "service_answers") == threads["rounds"]).all()
    with_patient = events[events["state"] == "with_patient"]
    hours = ((with_patient["next"] - with_patient["time_min"]) / 60).groupby([with_patient[k] for k in [*KEY, "thread"]]).sum()
    np.testing.assert_allclose(hours.reindex(threads.index, fill_value=0), threads["patient_delay_h"], atol=1e-9)


def test_the_two_times_are_one(log):
    midnight = pd.Timestamp("2025-01-06")  # run.start of the baseline
    minutes = (log["events"]["clock_time"] - midnight) / pd.Timedelta(minutes=1)
    np.testing.assert_allclose(minutes, log["events"]["time_min"], rtol=0, atol=1.1e-6 / 60)


def test_staff_states_fill_the_days(log):
    states = log["staff_states"].assign(minutes=lambda s: (s["ended"] - s["began"]) / pd.Timedelta(minutes=1), date=lambda s: s["began"].dt.date)
    for _, own in states.groupby([*KEY, "staff"]):
        assert (own["began"].iloc[1:].to_numpy() == own["ended"].iloc[:-1].to_numpy()).all()
    activities = ["visit", "notes", "messages", "other_inbox", "calls", "teaching", "admin", "idle", "off"]
    minutes = states.pivot_table(index=[*KEY, "staff", "date"], columns="activity", values="minutes", aggfunc="sum", fill_value=0)
    days = log["staff_days"].set_index([*KEY, "staff", "date"]).loc[minutes.index]
    for activity in activities:
        np.testing.assert_allclose(minutes.get(activity, 0 * days["off_min"]), days[f"{activity}_min"], rtol=0, atol=1e-4, err_msg=activity)
    after = states[states["after_hours"] & (states["activity"] == "other_inbox")].groupby([*KEY, "staff", "date"])["minutes"].sum()
    np.testing.assert_allclose(after.reindex(minutes.index, fill_value=0), days["after_hours_other_inbox_min"], rtol=0, atol=1e-4)


def test_pm4py_finds_what_follows_what(log, shown):
    names = shown("pm4py")
    threads, events = of_control(log["threads"]), of_control(log["events"])
    assert sum(names["first"].values()) == names["first"]["sent"] == len(threads)
    assert names["last"] == threads["ending"].value_counts().to_dict()
    following = events.groupby("thread")["event"].shift(-1)
    want = pd.Series(list(zip(events["event"], following)))[following.notna().to_numpy()].value_counts().to_dict()
    assert dict(names["follows"]) == want and len(want) > 15


def test_pm4py_measures_throughput(log, shown):
    got = np.sort(shown("pm4py")["throughput"])
    threads = of_control(log["threads"])
    want = np.sort((threads["ended"] - threads["sent"]).dt.total_seconds())
    np.testing.assert_allclose(got, want, rtol=0, atol=1e-5)


def test_vidigi_shows_who_is_where(log, shown):
    names = shown("vidigi")
    frames, start = names["frames"], names["morning"]
    seen = frames[frames["stage"] != "depart"]
    assert seen["snapshot_time"].min() == start and seen["snapshot_time"].max() == start + 600
    assert {"nurse", "patient", "nurse-1"} <= set(seen["stage"])
    threads = of_control(log["threads"])
    midnight = pd.Timestamp("2025-01-06")
    for minute in [start, start + 300]:
        now = midnight + pd.Timedelta(minutes=minute)
        # vidigi draws so many of a queue and says how many more there are.
        drawn = seen[seen["snapshot_time"] == minute]
        beyond = drawn["additional"].fillna(0).sum() if "additional" in drawn else 0
        assert len(drawn) + beyond == ((threads["sent"] <= now) & (threads["ended"] > now)).sum()
        assert drawn.groupby(drawn["stage"].where(drawn["event_type"] == "resource_use")).size().max() == 1, "one touch at a time"
    assert len(names["drawn"]) >= len(frames)
    assert names["drawn"][["x_final", "y_final", "icon"]].notna().all(axis=None)
