"""The search of the site: it costs a reader nothing until they open it, and then it finds."""

import pytest

from tests.browser.engines import Engine
from tests.browser.lesson_page import THEME_KNOWS_THE_WAY
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

INDEX, WORKER = r"/search_index\.json$", r"/workers/search\."
SEARCH = "[data-md-component=search-query]"


def test_the_search_and_its_index_are_fetched_once_somebody_opens_it(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url, viewport=(360, 800)) as page:
        # Material asks for the site's map after it has set up its search
        page.wait_until(THEME_KNOWS_THE_WAY)
        assert not server.asked(INDEX)
        assert not server.asked(WORKER)
        page.click("header label[for=__search]")
        page.wait_until(f"document.activeElement.matches('{SEARCH}')")
        for letter in "pelvis":
            page.press(letter)
        page.wait_until("document.querySelector('.md-search-result__item a')", seconds=60)
        assert len(server.asked(INDEX)) == 1


def test_a_link_to_a_search_finds_at_once(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url + "?q=pelvis") as page:
        page.wait_until("document.querySelector('.md-search-result__item a')", seconds=60)
