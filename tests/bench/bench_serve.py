"""How long a trainer waits: from a save, while `make serve` runs, to the reloaded page in Chromium."""

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.browser.engines import Page, engines
from tests.conftest import Build
from tests.serving import Serving

ROUNDS = 7
LIMIT_S = 2
# what a trainer saves, the page that shows it, and a text of both that each round changes
SAVED = [
    ("a lesson", "content/lessons/biomechanics/index.md", "lessons/biomechanics/", "Try it first"),
    ("the glossary", "content/glossary.yml", "about/glossary/", "How far thigh and trunk"),
    (
        "the bibliography",
        "content/references.bib",
        "about/sources/",
        "Posture and the compressive strength",
    ),
]


def rows() -> list[dict[str, Any]]:
    """Return the seconds from save to reloaded page, medians of some rounds."""
    with tempfile.TemporaryDirectory() as folder, engines() as browsers:
        assert Build(Path(folder) / "site").worked  # fills .cache, as any first start does
        with Serving(Path(folder) / "project") as serving:
            serving.shows("<lesson-widget")
            measured = []
            for what, path, address, text in SAVED:
                with browsers.get("chromium").open(serving.url + address) as page:
                    measured.append((what, median(_seconds(serving, page, path, text))))
    return [
        {
            "name": f"make serve: {what} saved, page reloaded",
            "value": value,
            "unit": "s",
            "limit": LIMIT_S,
            "holds": value <= LIMIT_S,
        }
        for what, value in measured
    ]


def _seconds(serving: Serving, page: Page, path: str, text: str) -> list[float]:
    found = []
    old = text
    for turn in range(ROUNDS):
        new = f"{text} {turn}"
        saved = time.perf_counter()
        serving.change(path, old, new)
        page.wait_until(f"document.body?.textContent.includes({new!r})")
        found.append(time.perf_counter() - saved)
        old = new
    return found
