"""The page of portalsim whatif as a planner meets it, and its numbers beside those of the command line."""

import json
import re
import shlex
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from commandline import TABLES, csv_rows, read_rows, same_numbers, same_rows
from conftest import FEWER, REPORTS, ROOT, SCREENS, Opened, answered, portalsim, until

ENGINE = ROOT / "output" / "whatif" / "engine"
GAMMA = "schema: portalsim/overlay/1\nname: gamma\nset:\n  pools:\n" + "".join(f"    {pool}: {{handling: {{dist: gamma, mean: {mean}, cv: {cv}}}}}\n" for pool, mean, cv in [("clinician", "5m", 0.9), ("nurse", "4m", 2.5)])


@pytest.fixture
def open_page(browser, made):
    """Opens a page for one test."""
    one = []

    def get(name, screen="desktop", **options):
        one.append(Opened(browser, made[name], **{**SCREENS[screen], **options}))
        return one[-1]

    yield get
    for x in one:
        x.context.close()


def ask_node(asks):
    given = json.dumps({"engine": str(ENGINE / "engine.wasm.gz"), "starter": str(ENGINE / "wasm_exec.js"), "asks": asks})
    done = subprocess.run(["node", str(ROOT / "validation" / "browser" / "engine.cjs")], input=given, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def in_node(made):
    """Every overlay of the library and gamma times, on a small clinic; some levers moved; and a whole year of the usual arms."""
    path = str(REPORTS / "fewer.yaml")
    overlays = [line.split()[0] for line in portalsim("scenarios", "list").stdout.splitlines() if re.match(r"\S+ +overlay", line)]
    assert len(overlays) > 15
    gamma = str(REPORTS / "gamma.yaml")
    (REPORTS / "gamma.yaml").write_text(GAMMA)
    ask = {"files": {path: FEWER, gamma: GAMMA}, "seed": 5, "replications": 2}
    return ask_node([
        {**ask, "arms": [path, gamma, *overlays], "moves": {}},
        {**ask, "arms": [path, "education", "protected-time"], "moves": {"panel": "350", "education.reach": "0.85", "protected": "120", "evening": "evening-habit", "volume": "1.2"}},
        {"arms": ["baseline", "education"], "files": {}, "moves": {}, "seed": 1, "replications": 2},
    ])


def test_node_gives_the_numbers_of_the_command_line(in_node):
    for tables in in_node:
        same_numbers(tables["command"], tables)


def test_chromium_gives_the_numbers_of_the_command_line(open_page):
    one = open_page("usual")
    answered(one.page, 4)
    one.page.click("#stop")
    until(one.page, "page.stopped")
    n = one.page.evaluate("page.answer.replications")
    tables = {name: one.page.evaluate(f"ask('table', '{name}')") for name in TABLES}
    same_numbers(one.page.evaluate(f"ask('command', '{n}')"), tables)
    assert one.said == [] and [u for u in one.asked_of_others() if not u.startswith("blob:")] == []
    timings = one.page.evaluate("window.timings")
    (REPORTS / "what-if-timings.json").write_text(json.dumps(timings))
    assert all(a["memory"] < 300e6 for a in timings["answers"])


def same_as_the_study(study, compared, tmp_path):
    """Runs a saved study, and looks up what it says of the two headlines among the rows of compare."""
    out = tmp_path / "study"
    portalsim("sweep", str(study), "--out", str(out), "--quiet")
    told = [r for r in read_rows(out, "comparisons") if r["difference"] is not None]
    keys = ["arm", "measure", "type", "channel", "pool", "role", "staff", "paired_by"]
    known = {tuple(r[k] for k in keys): r for r in compared}
    same_rows([{**known[tuple(r[k] for k in keys)], "point": r["point"]} for r in told], told)
    assert {(r["arm"], r["measure"]) for r in told if r["type"] == "all"} == {(arm, measure) for arm in ["education", "one-more-nurse", "protected-time"] for measure in ["first_response_h_mean", "after_hours_min_per_clinician_week"]}


def test_a_planners_walk(open_page, tmp_path):
    """One more nurse or a campaign: a lever is moved, and the saved file and the command give the page's numbers."""
    one = open_page("small", accept_downloads=True)
    page = one.page
    answered(page, 2)
    assert page.locator("section.card").count() == 4
    page.locator("summary", has_text="Education (its").click()
    page.get_by_label("Patients reached by a wave, exact").fill("95")
    page.keyboard.press("Tab")
    until(page, "location.hash === '#education.reach=0.95'")
    assert "Beyond its range, 30 % to 90 %" in page.locator(".lever", has=page.locator("#lever-education\\.reach")).inner_text()
    answered(page, 20)
    page.click("#stop")
    until(page, "page.stopped || page.resting")
    n = page.evaluate("page.answer.replications")
    with page.expect_download() as saved:
        page.click("#save-yaml")
    study = tmp_path / "what-if.yaml"
    saved.value.save_as(study)
    command = page.inner_text("#command")
    assert f"--replications {n} " in command and "interventions.education.reach=0.95" in command
    compared = tmp_path / "compared"
    portalsim(*shlex.split(command)[1:], "--quiet", "--out", str(compared))
    for name in TABLES:
        with page.expect_download() as table:
            page.click(f"#save-{name}")
        table.value.save_as(tmp_path / f"{name}.csv")
        theirs = read_rows(compared, name)
        same_rows(csv_rows((tmp_path / f"{name}.csv").read_text(), theirs), theirs)
    same_as_the_study(study, read_rows(compared, "comparisons"), tmp_path)
    page.click("#reset")
    until(page, "location.hash === ''")
    page.set_input_files("#file", study)
    until(page, "location.hash === '#education.reach=0.95'")
    page.click("#undo")
    until(page, "location.hash === ''")
    assert one.said == []


def test_is_under_three_megabytes(made):
    """So that it can be mailed, and opens at once."""
    assert 1_000_000 < made["usual"].stat().st_size < 3_000_000


def test_a_move_ends_the_old_run(open_page):
    page = open_page("usual").page
    answered(page, 1)
    page.get_by_label("Patients of the clinic, exact").fill("2000")
    page.keyboard.press("Tab")
    until(page, "page.run === 2 && page.answer && page.answer.replications === 1")
    runs = page.evaluate("timings.answers.map(a => a.run)")
    assert runs == sorted(runs)


def test_a_link_carries_the_moves_and_names_what_it_does_not_know(browser, made):
    one = Opened(browser, made["small"])
    one.page.goto(made["small"].as_uri() + "?x#panel=350&nothing=1&users=abc")
    answered(one.page, 1)
    assert one.page.evaluate("state.moves") == {"panel": "350"}
    assert "nothing, users" in one.page.inner_text("#faults")
    one.context.close()


def test_a_clinic_that_the_format_refuses_is_said(open_page):
    page = open_page("small").page
    answered(page, 1)
    page.get_by_label("Patients who use the portal, exact").fill("20")
    page.keyboard.press("Tab")
    until(page, "!by('faults').hidden")
    assert "write a share at least as large as the share who prefer the portal" in page.inner_text("#faults")


@pytest.mark.parametrize("screen", SCREENS)
def test_looks_and_accessibility(open_page, screen):
    one = open_page("small", screen, reduced_motion="reduce")
    page = one.page
    answered(page, 3)
    page.click("#stop")
    until(page, "page.stopped || page.resting")
    page.click("#replay-show")
    until(page, "document.querySelector('#replay-play')")
    assert page.inner_text("#replay-play") == "Play", "paused for those who prefer less motion"
    page.screenshot(path=REPORTS / f"what-if-{screen}.png", full_page=True)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page, context={"exclude": [["svg[role=img] > *"]]}).response["violations"]
    assert [(v["id"], v["impact"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found] == []
    assert one.said == []


def test_prints(open_page):
    page = open_page("small").page
    answered(page, 2)
    page.click("#stop")
    page.emulate_media(media="print")
    page.screenshot(path=REPORTS / "what-if-print.png", full_page=True)
    assert not page.locator("#stop").is_visible() and page.locator("section.card").first.is_visible()


def test_keyboard(open_page):
    page = open_page("small").page
    answered(page, 1)
    page.focus("#lever-panel")
    page.keyboard.press("ArrowRight")
    until(page, "state.moves.panel === '310'")
    page.focus("#undo")
    page.keyboard.press("Enter")
    until(page, "state.moves.panel === undefined")
    answered(page, 2)
    page.focus("#wait summary")
    page.keyboard.press("Enter")
    answered(page, page.evaluate("page.answer.replications") + 3)
    until(page, "!drawsNow")
    assert page.evaluate("document.activeElement === document.querySelector('#wait details[open] > summary')"), "newer answers leave the focus where it is"
