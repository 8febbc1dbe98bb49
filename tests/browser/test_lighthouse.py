"""Lighthouse gives full marks on a phone; how fast a page is stands in `make bench`."""

import pytest

from tests.browser.engines import Engine
from tests.browser.lighthouse import PAGES, visits
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

CATEGORIES = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_lighthouse_gives_full_marks_to_every_lesson(engine: Engine, server: SiteServer) -> None:
    seen = list(visits([server.url + page for page in PAGES], *CATEGORIES))
    assert [visit.address.removeprefix(server.url) for visit in seen] == list(PAGES)
    complaints = [
        f"{visit.address}: {complaint}"
        for visit in seen
        for complaint in [visit.error, *visit.lowered]
        if complaint
    ]
    assert not complaints, "\n".join(complaints)
    assert [visit.scores for visit in seen] == [dict.fromkeys(CATEGORIES, 1)] * len(PAGES)
