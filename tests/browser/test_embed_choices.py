"""The page that gyms copy from: what is chosen stands in every snippet, and in the preview."""

import json

import pytest

from tests.browser.engines import Engine, Page
from tests.browser.lesson_page import COLOURS, THEME_KNOWS_THE_WAY
from tests.site.test_embed_page import snippets
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

SNIPPETS = "[...document.querySelectorAll('embed-snippet code')].map(c => c.textContent)"
KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
PREVIEW = "document.querySelector('.embed-preview iframe').src"


def choose(page: Page, control: str, value: str) -> None:
    found = f"document.getElementById('embed-{control}')"
    page.focus(f"#embed-{control}")
    page.evaluate(
        f"({found}.value = {json.dumps(value)},"
        f" {found}.dispatchEvent(new Event('input', {{bubbles: true}})))"
    )


def test_what_is_chosen_stands_in_every_snippet_and_in_the_preview(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + "about/privacy/") as page:
        page.wait_until(THEME_KNOWS_THE_WAY)
        # Material fetches it, and runs its script
        page.focus(".md-nav--primary a[href$='embedding/']")
        page.press("Enter")
        page.wait_until(f"{PREVIEW}.endsWith('/legpress/e/v1/lesson/setup/')")
        assert page.evaluate(SNIPPETS) == snippets(server.folder)
        page.wait_until(COLOURS)  # the theme keeps them when it comes
        kept = page.evaluate(KEPT)
        choose(page, "name", "risk-calculator")
        choose(page, "theme", "auto")
        choose(page, "accent", "#B3261E")
        choose(page, "machine", "sled-35")
        query = "?theme=auto&accent=b3261e&machine=sled-35"
        page.wait_until(f"{PREVIEW}.endsWith({json.dumps('/e/v1/risk-calculator/' + query)})")
        found = page.evaluate(SNIPPETS)
        frame = next(snippet for snippet in found if snippet.startswith("<iframe"))
        assert f'/e/v1/risk-calculator/{query.replace("&", "&amp;")}"\n' in frame
        assert 'title="Risk calculator"' in frame
        assert '/legpress/calculator/">Risk calculator</a>' in frame
        tag = next(snippet for snippet in found if "<back-check" in snippet)
        flags = 'theme="auto" accent="b3261e" machine="sled-35"'
        assert f'<back-check widget="risk-calculator" {flags}>\n' in tag
        assert f"https://lessons.example:{server.url.split(':')[2].split('/')[0]}" in tag
        assert any(snippet.endswith(f"/e/v1/risk-calculator/{query}") for snippet in found)
        choose(page, "accent", "teal")
        choose(page, "name", "breath-pacer")  # asks nothing about a machine
        page.wait_until(f"{PREVIEW}.endsWith('/e/v1/breath-pacer/?theme=auto')")
        assert page.text("embed-choices [role=status]").startswith("This is not a colour yet")
        assert page.evaluate("document.getElementById('embed-machine').disabled")
        assert page.evaluate(KEPT) == kept


def test_a_snippet_is_copied_by_keyboard_or_marked(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url + "embedding/") as page:
        page.wait_until("document.querySelector('embed-snippet').matches(':defined')")
        page.focus("embed-snippet button")
        page.press("Enter")
        says = page.wait_until("document.querySelector('embed-snippet [role=status]').textContent")
        code = page.evaluate("document.querySelector('embed-snippet code').textContent")
        if says == "Copied.":
            page.focus("#embed-accent")
            page.press("Control+v")  # as much as a colour has room for
            pasted = page.wait_until("document.getElementById('embed-accent').value")
            assert code.startswith(pasted)
        else:
            assert says.startswith("This browser does not let pages copy.")
            assert page.evaluate("String(getSelection())").split() == code.split()


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_without_script_the_page_offers_no_more_than_it_can_do(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + "embedding/", javascript=False, viewport=(320, 640)) as page:
        for useless in ("embed-choices fieldset", ".embed-preview", "embed-snippet button"):
            assert not page.visible(useless)
        assert page.visible("embed-choices noscript p")
        assert page.visible("embed-snippet code")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
