"""What the tests share: reports made by the program in the variable PORTALSIM, and a browser to open them in."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / ".build" / "reports"
ATTACK = "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp; \u05e9\u05dc\u05d5\u05dd \u202e 🚑"
LONG = "ש🚑word " * 1500

FEWER = "schema: portalsim/scenario/1\nextends: baseline\nname: fewer\nrun: {warm_up: 1w, measure: 2w}\npatients: {count: 300}\n"

HOSTILE = f"""schema: portalsim/scenario/1
extends: baseline
name: hostile
title: {{title}}
description: {{title}}
run: {{{{warm_up: 1w, measure: 4w}}}}
patients:
  activity_cv: {{{{value: 0.8, source: assumption, low: 0.4, high: 1.3, note: {{title}}, cite: {{long}}}}}}
"""

STUDY = """schema: portalsim/study/1
name: {name}
title: {title}
base: baseline
arms: {{usual: [], taught: [education], protocol: [refill-protocol]}}
set: {{run.measure: 2w, run.warm_up: 1w, patients.count: 400}}
replications: 3
measures: {{"first_response_h_mean[channel=portal]": {{}}, after_hours_min_per_clinician_week: {{}}, net_cost: {{}}}}
factors:
"""
UNKNOWN = """  interventions.education.reach: {{role: uncertainty, range: [0.2, 0.9], title: {title}}}
  interventions.education.effects.follow_up: {{role: uncertainty, range: [0.4, 1.1]}}
  patients.activity_cv: {{role: uncertainty, range: [0.3, 1.6], scale: log}}
design: {design}
"""
LEVERS = """  staff.nurse.count: {role: lever, values: [2, 3, 4], title: Nurses}
  staff.front-desk.count: {role: lever, values: [1, 2], title: Front desk}
select: {measure: net_cost, indifference: 5}
"""
ROWS = """  pools.nurse.discipline: {role: lever, values: [fifo, priority]}
"""
STUDIES = {
    "tornado": (UNKNOWN, "{kind: one-at-a-time}"),
    "spread": (UNKNOWN, "{kind: latin-hypercube, points: 40}"),
    "shares": (UNKNOWN, "{kind: saltelli, points: 8}"),
    "screen": (UNKNOWN, "{kind: morris, trajectories: 4}"),
    "levers": (LEVERS, None),
    "rows": (ROWS, None),
}


def studies():
    """Study files of every kind of figure, by name, in the directory of the reports."""
    for name, (factors, design) in STUDIES.items():
        text = STUDY.format(name=name, title="Which of them?") + (factors.format(title="Share reached", design=design) if design else factors)
        yield name, text
    attack = quoted(ATTACK + LONG)
    yield "hostile-study", STUDY.format(name="hostile", title=attack) + UNKNOWN.format(title=attack, design="{kind: one-at-a-time}")


def quoted(text):
    """A text as YAML has it in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def portalsim(*words):
    program = os.environ.get("PORTALSIM")
    if not program:
        raise pytest.UsageError("set PORTALSIM to the program")
    return subprocess.run([program, *words], check=True, capture_output=True, text=True)


@pytest.fixture(scope="session")
def reports():
    """The reports looked at, by name."""
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    scenario = REPORTS / "hostile.yaml"
    scenario.write_text(HOSTILE.format(title=quoted(ATTACK), long=quoted(LONG)), encoding="utf-8")
    jobs = {
        "main": ["compare", "baseline", "education"],
        "one": ["run", "baseline", "--replications", "2", "--set", "run.measure=4w"],
        "many": ["compare", "baseline", "education", "one-more-nurse", "protected-time", "shared-inbox", "refill-protocol", "nurse-triage", "--replications", "2", "--set", "run.measure=4w"],
        "uncertain": ["compare", "baseline", "education", "--uncertainty", "--draws", "24", "--set", "run.measure=4w", "--set", "plausible=null"],
        "choice": ["compare", "baseline", "education", "one-more-nurse", "--replications", "4", "--set", "run.measure=2w", "--select", "net_cost", "--indifference", "500", "--front", "net_cost", "--front", "first_response_h_mean"],
        "hostile": ["compare", str(scenario), "education", "--replications", "2"],
    }
    for name, text in studies():
        file = REPORTS / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        jobs[name] = ["sweep", str(file)]
    for name, words in jobs.items():
        portalsim(*words, "--quiet", "--out", str(REPORTS / name), "--report")
    return {name: REPORTS / name / "report.html" for name in jobs}


@pytest.fixture(scope="session")
def browser():
    found = [path for path in map(shutil.which, ["chromium", "chromium-browser", "google-chrome"]) if path]
    assert found, "no Chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found[0], args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Opened:
    """A report open in the browser, with all that it said and asked for."""

    def __init__(self, browser, path, **options):
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.said, self.asked = [], []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append("dialog " + dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def asked_of_others(self):
        return [url for url in self.asked if url != self.page.url and not url.startswith("data:")]


SCREENS = {
    "desktop": {"viewport": {"width": 1200, "height": 900}},
    "dark": {"viewport": {"width": 1200, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True},
    "phone-dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}


@pytest.fixture(scope="session")
def opened(browser, reports):
    """Opens a report on a screen, once for all tests that ask for it: what one opens on the page stays open."""
    open_now = {}

    def get(report, screen):
        if (report, screen) not in open_now:
            open_now[report, screen] = Opened(browser, reports[report], **SCREENS[screen])
        return open_now[report, screen]

    yield get
    for one in open_now.values():
        one.context.close()


@pytest.fixture
def fresh(browser, reports):
    """Opens a report for one test alone, on a desktop."""
    one = []

    def get(report):
        one.append(Opened(browser, reports[report], **SCREENS["desktop"]))
        return one[-1].page

    yield get
    for x in one:
        x.context.close()


@pytest.fixture(scope="session")
def made(reports):
    """The page of the usual arms, and one of a small clinic, which answers at once."""
    usual, small, scenario = REPORTS / "what-if.html", REPORTS / "what-if-small.html", REPORTS / "fewer.yaml"
    scenario.write_text(FEWER, encoding="utf-8")
    portalsim("whatif", "--out", str(usual), "--force")
    portalsim("whatif", str(scenario), "education", "one-more-nurse", "protected-time", "--out", str(small), "--force")
    return {"usual": usual, "small": small}


def until(page, what, seconds=300):
    """Waits for a truth of the page: its policy forbids Playwright's own way of waiting."""
    end = time.monotonic() + seconds
    while not page.evaluate(what):
        assert time.monotonic() < end, what + ": " + page.evaluate("by('faults').textContent + by('progress').textContent")
        time.sleep(0.05)


def answered(page, n):
    until(page, f"page.answer && page.answer.replications >= {n}")
