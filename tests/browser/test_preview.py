"""A trainer tries an edit: the page that it becomes, what to mend, and a text that is never lost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.browser.engines import Engine, Page
from tests.browser.lesson_page import THEME_KNOWS_THE_WAY
from tests.browser.test_accessibility import AXE, TAGS
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

ADDRESS = "about/try-an-edit/"
SETUP = "lessons/setup/index.md"
# a slip in line 3, a script that would say so, pictures and styles from elsewhere, a link inside the page
BROKEN = """# A lesson

``` interactive depth-exploror
```

Not yet reviewed by a health professional.

## Far away

[Up](#a-lesson) and [Setup](../setup/index.md).
<img src="ELSEWHERE/a.png" onerror="top.document.title = 'ran'">
<img src="x.png" onerror="parent.document.title = 'ran'">
<b style="background: url(ELSEWHERE/b.png)">b</b>
<script>top.document.title = "ran"</script>
"""


class Preview:
    """The page, with a trainer's verbs."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_until("document.querySelector('#preview-text')?.value.startsWith('---')")
        page.wait_until("document.querySelector('.preview-size').textContent")

    def paste(self, text: str) -> None:
        self.page.focus("#preview-text")
        self.page.evaluate(
            f"((t) => {{ t.value = {json.dumps(text)};"
            " t.dispatchEvent(new Event('input', {bubbles: true})) })"
            "(document.querySelector('#preview-text')), true"
        )

    def start(self) -> None:
        self.page.focus(".preview-start")
        self.page.press("Enter")

    def says(self, sentence: str) -> None:
        shown = "document.querySelector('.preview-says').textContent"
        self.page.wait_until(f"{shown}.includes({json.dumps(sentence)})", seconds=120)

    @property
    def text(self) -> str:
        return str(self.page.evaluate("document.querySelector('#preview-text').value"))

    def problems(self) -> list[str]:
        items = "[...document.querySelectorAll('.preview-problems li')].map(i => i.textContent)"
        return list(self.page.evaluate(items))

    def shown(self, expression: str) -> Any:
        """Return what an expression gives of the article that is shown, `a`."""
        article = "document.querySelector('iframe').contentDocument.querySelector('article')"
        return self.page.evaluate(f"((a) => {expression})({article})")


@contextmanager
def trying(engine: Engine, server: SiteServer, **reader: Any) -> Iterator[Preview]:
    with engine.open(server.url + ADDRESS, **reader) as page:
        yield Preview(page)


def test_a_trainer_sees_the_page_and_what_to_mend_before_handing_it_in(
    engine: Engine, server: SiteServer
) -> None:
    with (
        SiteServer(server.folder, reports=False) as elsewhere,
        trying(engine, server, viewport=(360, 800)) as preview,
    ):
        page = preview.page
        broken = BROKEN.replace("ELSEWHERE", elsewhere.origin)
        assert not server.asked(r"library-|\.wasm$")  # nobody pays before they ask for it
        page.evaluate("(s => { s.selectedIndex = 1; s.dispatchEvent(new Event('change', {bubbles: true})) })(document.querySelector('#preview-lesson')), true")  # fmt: skip
        page.wait_until("document.querySelector('#preview-text').value.includes('Set up your machine')")  # fmt: skip
        lesson = preview.text
        assert lesson == (server.folder / f"preview/{SETUP}.txt").read_text()

        preview.start()
        preview.says("Nothing to mend. This looks good.")
        assert page.evaluate("document.activeElement.matches('.preview-says')")
        assert (
            preview.shown("a.querySelector('h1').firstChild.textContent") == "Set up your machine"
        )
        assert preview.shown("a.querySelectorAll('lesson-widget output p').length") > 0
        assert preview.shown("getComputedStyle(a.querySelector('h1')).fontWeight") == "700"

        preview.paste(broken)
        preview.says(" must fix")
        wrong = [problem for problem in preview.problems() if problem.startswith("Line 3 ")]
        assert wrong == ["Line 3 must fix: There is no widget 'depth-exploror'. Write: ``` interactive depth-explorer"]  # fmt: skip
        page.focus('.preview-problems button[data-line="3"]')
        page.press("Enter")
        selected = "(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.activeElement)"
        assert page.evaluate(selected) == "``` interactive depth-exploror"

        # whatever is typed, nothing runs and nothing leaves
        assert preview.shown("a.querySelector('.problem-box') !== null")
        assert preview.shown("a.querySelector('[onerror]') !== null")
        assert page.evaluate("document.title") == "Try an edit - Can the Leg Press Hurt Your Back?"
        here = preview.shown(
            "[...a.querySelectorAll('p a')].map(l => [l.href, l.getAttribute('target')])"
        )
        assert here[0] == ["about:srcdoc#a-lesson", "_self"]
        assert [f"{server.url}lessons/setup/", "_blank"] in here, here
        preview.shown("a.querySelector('p a').click()")
        page.wait_until(
            "document.querySelector('iframe').contentWindow.location.hash === '#a-lesson'"
        )
        assert preview.shown("a.querySelector('h1').firstChild.textContent") == "A lesson"
        server.foreign_requests_of(page)  # by now every attempt has been made
        assert elsewhere.requests == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

        # another lesson, and back
        kept = "(s => { s.selectedIndex = %d; s.dispatchEvent(new Event('change', {bubbles: true})) })(document.querySelector('#preview-lesson')), true"  # fmt: skip
        page.evaluate(kept % 0)
        page.wait_until("document.querySelector('#preview-text').value.startsWith('---')")
        page.evaluate(kept % 1)
        page.wait_until("document.querySelector('#preview-text').value.startsWith('# A lesson')")
        assert preview.text == broken


def test_a_preview_that_cannot_start_says_so_and_keeps_the_text(
    engine: Engine, server: SiteServer
) -> None:
    with trying(engine, server) as preview, server.fault(r"library-", cut=True) as fault:
        preview.paste(BROKEN)
        preview.start()
        preview.says("The preview could not start. Your text is still here.")
        assert preview.text == BROKEN
        fault.remove()
        assert preview.page.text(".preview-start") == "Try again"
        preview.start()
        preview.says(" must fix")
        assert preview.text == BROKEN

        # Material opens another page of the site without leaving this one
        page = preview.page
        page.wait_until(THEME_KNOWS_THE_WAY)
        page.evaluate("document.querySelector('.md-footer__link--next').click(), true")
        page.wait_until("!document.querySelector('lesson-preview')")
        page.evaluate("history.back(), true")
        page.wait_until("document.querySelector('#preview-text')?.value.startsWith('# A lesson')")
        assert preview.text == BROKEN


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_a_running_preview(
    engine: Engine, server: SiteServer, dark: bool
) -> None:
    with trying(engine, server, dark=dark, viewport=(360, 800), reduced_motion=True) as preview:
        preview.paste(BROKEN)
        preview.start()
        preview.says(" must fix")
        preview.page.evaluate(f"(() => {{ {AXE.read_text()} }})(), true")
        found = preview.page.evaluate(
            f"axe.run('main', {{runOnly: {TAGS}}}).then(result => result.violations.flatMap(v =>"
            " v.nodes.map(n => `${v.id}: ${n.html.slice(0, 120)} (${n.failureSummary})`)))"
        )
        assert found == []
