"""The policy in every page: readers notice nothing of it, and what does not belong to the site is refused."""

import json
import time
from pathlib import Path

import pytest

from tests.browser.engines import PATIENCE, Engine, Page
from tests.browser.lesson_page import THEME_KNOWS_THE_WAY, LessonPage, listening
from tests.browser.test_lesson import KNEE, html
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

GLOSSARY, LESSON, OFFLINE = "about/glossary/", "lessons/biomechanics/", "about/offline/"

# each says whether it was refused; a timer, because what a driver evaluates by itself may be above the policy
ATTACKS = {
    "an inline script": """const script = document.createElement("script");
        script.textContent = "window.ran = 1"; document.body.append(script); say(!window.ran);""",
    "an event handler": """const button = document.createElement("button");
        button.setAttribute("onclick", "window.handled = 1"); document.body.append(button);
        button.click(); say(!window.handled);""",
    "eval": "try { eval('1'); say(false); } catch { say(true); }",
    "a worker of text": """try { const worker = new Worker("data:text/javascript,postMessage(1)");
        worker.onmessage = () => say(false); worker.onerror = () => say(true); } catch { say(true); }""",
}
# what these say is whether they arrived
FOREIGN = {
    "request": "fetch('OTHER').catch(() => {})",
    "picture": "new Image().src = 'OTHER'",
    "script": "document.body.append(Object.assign(document.createElement('script'), {src: 'OTHER'}))",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'), {src: 'OTHER'}))",
    "form": """document.body.append(Object.assign(document.createElement("iframe"), {name: "sent"}),
        Object.assign(document.createElement("form"), {action: "OTHER", target: "sent", id: "sends"}));
        document.getElementById("sends").submit();""",
}


def refused_attacks(page: Page) -> set[str]:
    return {
        name
        for name, attack in ATTACKS.items()
        if page.evaluate(f"new Promise(say => setTimeout(() => {{ {attack} }}))")
    }


def ask_for_all(page: Page, other: SiteServer) -> None:
    for name, attack in FOREIGN.items():
        asking = attack.replace("OTHER", other.url + name)
        page.evaluate(f"(() => {{ try {{ {asking} }} catch {{ }} return 1 }})()")  # Firefox throws


def goes_on(page: Page, path: str) -> None:
    """Follow a link of the page to another page of the site."""
    page.focus(f".md-nav--primary a[href$='{path}']")
    page.press("Enter")
    shows(page, path)


def shows(page: Page, path: str) -> None:
    """Wait until Material has put another page in the place of this one."""
    page.wait_until(f"location.pathname.endsWith({json.dumps(path)})")
    page.wait_until(
        f"document.querySelector('link[rel=canonical]').href.endsWith({json.dumps(path)})"
    )


def test_a_reader_who_uses_everything_never_meets_the_policy(
    engine: Engine, server: SiteServer
) -> None:
    with listening(server) as refused, engine.open(server.url + GLOSSARY) as page:
        page.evaluate("window.stayed = true")
        page.wait_until(THEME_KNOWS_THE_WAY)
        # from a page without a widget to one with: the first page's policy is still in force
        goes_on(page, LESSON)
        page.back()
        shows(page, GLOSSARY)
        goes_on(page, LESSON)
        lesson = LessonPage(page)
        page.wait_until("document.querySelector('lesson-widget:defined')")
        lesson.move(KNEE, 6)
        lesson.answered(html(knee_deg=101))
        page.evaluate("document.querySelector('label[for=__palette_1]').click()")
        page.wait_until("document.body.dataset.mdColorScheme === 'slate'")
        goes_on(page, OFFLINE)
        page.focus("[data-md-component=search-query]")
        for letter in "pelvis":
            page.press(letter)
        page.wait_until("document.querySelector('.md-search-result__item a')", seconds=60)
        page.press("Escape")
        assert page.evaluate("window.stayed") is True
        assert refused(page) == []


def test_what_does_not_belong_to_the_site_is_refused(
    engine: Engine, server: SiteServer, tmp_path: Path
) -> None:
    open_to_all = {"Access-Control-Allow-Origin": "*"}
    with (
        SiteServer(tmp_path, "/", headers=open_to_all, reports=False) as other,
        engine.open(server.url + LESSON) as page,
    ):
        assert refused_attacks(page) == set(ATTACKS)
        ask_for_all(page, other)
        heard = {foreign.url for foreign in server.foreign_requests_of(page)}
        assert other.url + "picture" in heard  # the refused ones are still reported
        assert other.requests == []
        # without the policy, each of them works: so it was the policy that refused them
        with server.fault(r"/$", replace=("Content-Security-Policy", "X-Nothing")):
            page.goto(server.url + LESSON + "?unguarded")
            assert refused_attacks(page) == set()
            ask_for_all(page, other)
            end = time.monotonic() + PATIENCE
            while missing := [name for name in FOREIGN if not other.asked(name)]:
                assert time.monotonic() < end, missing
                time.sleep(0.05)
