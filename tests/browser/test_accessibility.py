"""axe-core finds nothing on any page, light and dark, before and after Python has answered."""

import sys
from pathlib import Path

import pytest

from tests.browser.engines import Engine
from tests.browser.lesson_page import THEME_HAS_COME, LessonPage, addresses
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

AXE = Path(sys.prefix) / "npm/node_modules/axe-core/axe.min.js"
# target-size and others are off unless their tag is asked for
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_any_page(engine: Engine, server: SiteServer, dark: bool) -> None:
    # without motion, or axe may look while an answer is still fading in
    with engine.open(server.url, viewport=(360, 800), dark=dark, reduced_motion=True) as page:
        for address in addresses(server.folder):
            page.goto(server.url + address)
            page.wait_until(THEME_HAS_COME)
            if page.visible("lesson-widget"):
                lesson = LessonPage(page)
                lesson.touch(lesson.labels()[0])
                assert lesson.settled() == "live"
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            page.evaluate(f"(() => {{ {AXE.read_text()} }})(), true")
            found = page.evaluate(
                f"axe.run({{runOnly: {TAGS}}}).then(result => result.violations.flatMap(v =>"
                " v.nodes.map(n => `${v.id}: ${n.html.slice(0, 120)} (${n.failureSummary})`)))"
            )
            assert found == [], f"{address}:\n" + "\n".join(found)
