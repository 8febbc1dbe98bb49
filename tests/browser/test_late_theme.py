"""Material's script comes late, and the page looks before it as it does after it. In WebKit it comes with the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.browser.engines import Engine, Page
from tests.browser.lesson_page import THEME_HAS_COME, THEME_KNOWS_THE_WAY
from tests.site_server import Fault, SiteServer

pytestmark = pytest.mark.browser

THEME = r"/assets/javascripts/bundle\..*\.js$"
WHOLE = (
    "(l => l.every(s => s.sheet && /^http/.test(s.getAttribute('href'))) && l.length)"
    "([...document.querySelectorAll('link[rel=stylesheet]')])"
)
ADDRESSES = "[...document.querySelectorAll('link[rel=stylesheet]')].map(style => style.href).sort()"
LATE = pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True)
COLOURS = (
    "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).colorScheme]"
)


@contextmanager
def before_the_theme(
    engine: Engine, server: SiteServer, *, dark: bool = False
) -> Iterator[tuple[Page, Fault]]:
    """A lesson whose theme has not come, and what holds it back."""
    with (
        server.fault(THEME, hang=True) as late,
        engine.open(server.url + "lessons/biomechanics/", dark=dark) as page,
    ):
        yield page, late


@LATE
def test_no_style_is_fetched_again_though_the_host_lets_nothing_be_kept(
    engine: Engine, server: SiteServer
) -> None:
    with before_the_theme(engine, server) as (page, late):
        assert page.wait_until(WHOLE) == 4
        addresses = page.evaluate(ADDRESSES)
        late.release()
        page.wait_until(THEME_KNOWS_THE_WAY)
        page.click(".md-header__topic a, .md-nav__link[href$='setup/']")
        page.wait_until(
            "location.pathname.endsWith('/setup/') && document.title.includes('Set up')"
        )
        page.click("a.md-logo")
        page.wait_until("location.pathname.endsWith('/legpress/')")  # which lies elsewhere
        assert len(server.asked(r"\.css$")) == 4
        assert page.wait_until(WHOLE) == 4
        assert page.evaluate(ADDRESSES) == addresses
        assert page.console_errors == []


@LATE
def test_who_asks_for_dark_colours_gets_them_before_the_theme_comes(
    engine: Engine, server: SiteServer
) -> None:
    with before_the_theme(engine, server, dark=True) as (page, late):
        before = page.evaluate(COLOURS)
        assert before[1] == "dark"
        late.release()
        page.wait_until(THEME_HAS_COME)
        assert page.evaluate(COLOURS) == before
