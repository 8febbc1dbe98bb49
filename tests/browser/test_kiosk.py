"""The lobby screen: it goes on by itself, stops at a touch, forgets, and stands still where that is asked for."""

import json

import pytest

from hooks.kiosk import IDLE_MS, slides
from tests.browser.engines import Engine, Page
from tests.conftest import SITE_URL
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

SENTENCES = [slide.sentence for slide in slides(SITE_URL)]
SHOWN = (
    "[...document.querySelectorAll('.slide')].filter(s => s.checkVisibility())"
    ".map(s => s.querySelector('h2').textContent)"
)
KEPT = (
    "caches.keys().then(names => [names, Object.keys(localStorage), Object.keys(sessionStorage),"
    " document.cookie].flat().filter(Boolean))"
)


def set_pace(page: Page, **milliseconds: int) -> None:
    """Set how long the screen waits, from its next step on; a lobby has more time than a test."""
    page.evaluate(
        f"Object.assign(document.querySelector('main').dataset, {json.dumps(milliseconds)})"
    )


def shows(page: Page, sentence: str) -> bool:
    """Wait until the screen shows this sentence and no other."""
    return bool(
        page.wait_until(f"JSON.stringify({SHOWN}) === JSON.stringify({json.dumps([sentence])})")
    )


def test_the_screen_goes_on_stops_at_a_touch_and_a_while_later_starts_anew(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + "kiosk/", viewport=(1280, 720)) as page:
        assert shows(page, SENTENCES[0])
        assert not page.visible(".steps")
        assert page.evaluate("document.querySelector('main').dataset.idle") == str(IDLE_MS)
        set_pace(page, turn=50)
        page.press("ArrowRight")  # a touch: from here on it waits for whoever is there
        assert shows(page, SENTENCES[1])
        page.click(".steps [data-step='1']")
        assert shows(page, SENTENCES[2])
        assert page.visible(".steps")
        assert page.text(".said") == SENTENCES[2]
        page.focus(".steps [data-step='-1']")
        page.press("Enter")
        assert shows(page, SENTENCES[1])
        set_pace(page, idle=50)
        page.press("ArrowLeft")
        # nobody is there any more: from the start, and on by itself to the end and round
        page.wait_until("!document.querySelector('.steps').checkVisibility()")
        assert page.text(".said") == ""
        for sentence in (SENTENCES[-1], SENTENCES[0], SENTENCES[1]):
            assert shows(page, sentence)
        for sentence in SENTENCES:
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, sentence
        assert page.evaluate(KEPT) == []
        assert server.foreign_requests_of(page) == []


def test_the_screen_stands_still_with_buttons_where_motion_is_not_wanted(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + "kiosk/", reduced_motion=True) as page:
        set_pace(page, turn=1, idle=50)
        assert page.visible(".steps")
        page.click(".steps [data-step='1']")
        assert shows(page, SENTENCES[0])  # the minute after a touch is over, and it has not gone on
        assert page.visible(".steps")
        page.evaluate("new Promise(done => setTimeout(() => done(true), 100))")
        assert shows(page, SENTENCES[0])


def test_without_script_all_slides_stand_below_each_other(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + "kiosk/", viewport=(320, 800), javascript=False) as page:
        said = page.text("main")
        assert all(sentence in said for sentence in SENTENCES)
        assert not page.visible(".steps")
        assert page.visible(".slide:last-of-type .code")
