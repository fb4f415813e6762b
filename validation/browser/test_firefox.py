"""The page of portalsim whatif in Firefox: the same numbers, and nothing that only Chromium understands."""

import base64

import pytest
from commandline import TABLES, same_numbers
from conftest import REPORTS, answered, until
from firefox import Firefox

RIGHT = "\ue014"


@pytest.fixture(scope="module")
def firefox():
    with Firefox() as one:
        yield one


def test_firefox_gives_the_numbers_of_the_command_line(firefox, made):
    firefox.open(made["small"], width=1200, height=900)
    answered(firefox, 1)
    firefox.evaluate("by('lever-panel').focus()")
    firefox.press(RIGHT)
    until(firefox, "page.run === 2 && state.moves.panel === '310'")
    answered(firefox, 4)
    firefox.evaluate("by('stop').click()")
    until(firefox, "page.stopped || page.resting")
    n = firefox.evaluate("page.answer.replications")
    command = firefox.evaluate(f"ask('command', '{n}')")
    assert "patients.count=310" in command
    same_numbers(command, {name: firefox.evaluate(f"ask('table', '{name}')") for name in TABLES})
    assert firefox.said == [] and [url for url in firefox.asked if not url.startswith(("data:", "blob:", "file:"))] == []


def test_firefox_shows_all_of_it(firefox, made):
    """Four cards, the pictures, and a day replayed, on a desk and on a phone."""
    for name, width in [("desktop", 1200), ("phone", 360)]:
        firefox.open(made["small"], width=width, height=800)
        answered(firefox, 2)
        firefox.evaluate("by('stop').click()")
        until(firefox, "page.stopped || page.resting")
        firefox.evaluate("by('replay-show').click()")
        until(firefox, "document.querySelector('#replay-place svg') && document.querySelectorAll('figure svg').length === 4")
        assert firefox.evaluate("document.querySelectorAll('section.card').length") == 4
        assert firefox.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        picture = base64.b64decode(firefox.screenshot())
        (REPORTS / f"what-if-firefox-{name}.png").write_bytes(picture)
        assert len(picture) > 50_000
    assert firefox.said == []
    firefox.evaluate("console.error('heard')")
    until(firefox, "true")
    assert firefox.said == ["heard"], "what a page says comes here"
