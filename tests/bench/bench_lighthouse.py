"""How fast a phone shows our pages, as Lighthouse reckons it, and what a lesson costs before any touch."""

import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from tests.browser.engines import Engine, engines
from tests.browser.lighthouse import LESSONS, PAGES, visits
from tests.conftest import Build
from tests.site_server import SiteServer

ROUNDS = 5
POINTS = 95
WEIGHT_KB = 120

# nothing has been asked for during a second: what loads later waits for the reader
QUIET = """
new Promise((done) => {
  let quiet = setTimeout(done, 1000, true);
  new PerformanceObserver(() => {
    clearTimeout(quiet);
    quiet = setTimeout(done, 1000, true);
  }).observe({ type: "resource", buffered: true });
})
"""


def rows() -> list[dict[str, Any]]:
    """Return each page's median performance, and each lesson's bytes as its server sent them."""
    with tempfile.TemporaryDirectory() as folder:
        assert Build(Path(folder)).worked
        with SiteServer(Path(folder), reports=False) as server:
            found = [*_performance(server)]
            with engines() as browsers:
                chromium = browsers.get("chromium")
                return found + [_weight(server, chromium, lesson) for lesson in LESSONS]


def _performance(server: SiteServer) -> list[dict[str, Any]]:
    points: dict[str, list[float]] = {page: [] for page in PAGES}
    for visit in visits([server.url + page for page in PAGES] * ROUNDS, "performance"):
        assert not visit.error, f"{visit.address}: {visit.error}"
        score = visit.scores["performance"]
        points[visit.address.removeprefix(server.url)].append(100 * (score or 0))
    return [
        {
            "name": f"Lighthouse, mobile: performance of {page or 'the front page'}",
            "value": median(scores),
            "unit": "points",
            "limit": POINTS,
            "holds": median(scores) >= POINTS,
        }
        for page, scores in points.items()
    ]


def _weight(server: SiteServer, chromium: Engine, lesson: str) -> dict[str, Any]:
    server.forget()
    with chromium.open(server.url + lesson, viewport=(360, 800)) as page:
        page.evaluate(QUIET.strip())
    weight = sum(request.sent_bytes for request in server.requests) / 1000
    return {
        "name": f"Bytes sent before any touch: {lesson}",
        "value": weight,
        "unit": "KB",
        "limit": WEIGHT_KB,
        "holds": weight <= WEIGHT_KB,
    }
