"""A phone beside the machine: a light page, whole without script, live once somebody comes near."""

import gzip

import pytest

from interactive import care_cards
from tests.browser.engines import Engine
from tests.browser.lesson_page import LONGEST_NAME, LessonPage
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

USUAL = "m/sled-45/"
PHONE = (360, 800)
MOST_BYTES = 30_000
LIGHT = ["runtime/machine-page.js", "stylesheets/machine.css"]


def test_a_machine_s_page_is_light_until_somebody_comes_near_and_then_answers_to_the_keyboard(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + USUAL, viewport=PHONE) as page:
        # the server also hears what a page before asked for as it was closed
        fetched = page.evaluate(
            "performance.getEntriesByType('resource').map(file => new URL(file.name).pathname)"
        )
        # a browser may ask a host for its picture by itself
        assert {*fetched} - {"/favicon.ico"} == {server.prefix + path for path in LIGHT}
        assert sum(packed(server, path) for path in [USUAL, *LIGHT]) < MOST_BYTES
        assert not page.evaluate("customElements.get('lesson-widget')")
        lesson = LessonPage(page)
        for _ in range(20):  # links come first
            page.tab()
            if lesson.focused() == "Body height":
                break
            page.wait_until("!!customElements.get('lesson-widget')")
        assert lesson.focused() == "Body height"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.press("ArrowRight")
        assert lesson.settled() == "live"
        assert lesson.inputs()["stature_cm"] == 176
        assert server.foreign_requests_of(page) == []
        # a link that carries values is for somebody who wants to see them at once
        page.goto(f"{server.url}{USUAL}#v1&setup-finder-1&stature_cm=190")
        page.evaluate("location.reload(), true")
        page.wait_until("document.querySelector('lesson-widget')?.inputs?.stature_cm === 190")


def test_a_machine_s_page_is_whole_without_script(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url + LONGEST_NAME, viewport=(320, 800), javascript=False) as page:
        said = page.text("main")
        assert "Set three things" in said
        assert "Set the backrest flatter, if it moves." in said
        assert care_cards.stop() in said
        assert care_cards.care_card(care_cards.EMERGENCY).action in said
        assert "Moving the controls needs JavaScript." in said
        for part in (".stop-sign svg", "lesson-widget .side-view", ".care-card", ".page-foot a"):
            assert page.visible(part), part


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_no_machine_s_page_is_wider_than_the_narrowest_phone_light_or_dark(
    engine: Engine, server: SiteServer
) -> None:
    grounds = set()
    for dark in (False, True):
        with engine.open(server.url, viewport=(320, 800), dark=dark) as page:
            for folder in sorted((server.folder / "m").iterdir()):
                page.goto(f"{server.url}m/{folder.name}/")
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= 320, folder.name
            grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            grounds.add(
                page.evaluate(
                    "getComputedStyle(document.querySelector('lesson-widget')).backgroundColor"
                )
            )
    assert len(grounds) == 4


def packed(server: SiteServer, path: str) -> int:
    """Return how many bytes of a file a host sends, compressed as hosts do it."""
    file = server.folder / path
    file = file / "index.html" if file.is_dir() else file
    return len(gzip.compress(file.read_bytes(), 6))
