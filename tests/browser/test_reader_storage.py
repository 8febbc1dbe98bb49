"""What the site keeps in a reader's browser: only what the list names, only when asked, and all of it can go."""

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from hooks.reader_storage import stored
from tests.browser.engines import Engine, Page
from tests.browser.lesson_page import COLOURS, LessonPage, addresses
from tests.conftest import ROOT
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

OFFLINE, PRIVACY = "about/offline/", "about/privacy/"
KEPT = """Promise.all([caches.keys(), indexedDB.databases(), navigator.serviceWorker.getRegistrations()])
  .then(([copies, bases, workers]) => ({
    "local storage": Object.keys(localStorage), "session storage": Object.keys(sessionStorage),
    "cache storage": copies, "indexed databases": bases.map(base => base.name),
    "cookies": document.cookie ? [document.cookie] : [], "workers": workers.length,
  }))"""
EMPTY = {
    "local storage": [],
    "session storage": [],
    "cache storage": [],
    "indexed databases": [],
    "cookies": [],
    "workers": 0,
}
STORE = "import('../../store/reader-store.js')"
SOURCES = ROOT / "interactive/runtime"


@pytest.fixture(autouse=True, scope="module")
def our_scripts(hosted: SiteServer) -> Iterator[None]:
    """Put the store beside the site as we write it: on the site it is part of others."""
    for name in ("reader-store.js", "stored.js"):
        (hosted.folder / "store").mkdir(exist_ok=True)
        text = (SOURCES / name).read_text()
        # which part of an address is the site's own
        (hosted.folder / "store" / name).write_text(text.replace("(runtime|", "(store|"))
    yield
    shutil.rmtree(hosted.folder / "store")


def kept(page: Page) -> dict[str, Any]:
    return dict(page.evaluate(KEPT))


def store(page: Page, call: str) -> Any:
    """Call a function of the store; what it gives nothing for comes back as None."""
    return page.evaluate(f"{STORE}.then(store => store.{call}).then(given => given ?? null)")


def names(server: SiteServer, found: dict[str, Any]) -> set[tuple[str, str]]:
    """Return what was found as the list writes it; what it does not know, as it is."""
    known = {(entry["where"], entry["name"]) for entry in stored()}
    seen = set()
    for where, keys in found.items():
        for key in keys if isinstance(keys, list) else []:
            own = key.removeprefix(f"{server.prefix}.") if key.startswith(server.prefix) else key
            version = own[: own.rfind("-") + 1]
            seen.add((where, version if (where, version) in known else own))
    return seen


def test_no_page_keeps_anything_that_the_list_does_not_name_and_nothing_is_listed_for_nothing(
    engine: Engine, server: SiteServer
) -> None:
    listed = {(entry["where"], entry["name"]) for entry in stored()}
    with engine.open(server.url) as page:
        lesson = LessonPage(page)
        for address in addresses(server.folder):
            page.goto(server.url + address)
            if page.visible("lesson-widget"):
                lesson.touch(lesson.labels()[0])
                assert lesson.settled() in ("live", "refused")
            if address == OFFLINE:
                page.wait_until("document.querySelector('save-for-gym[state=ready] .gym-save')")
                page.click(".gym-save")
                page.wait_until("document.querySelector('save-for-gym[state=saved]')", seconds=120)
            assert names(server, kept(page)) <= listed, address
        page.goto(server.url + PRIVACY)
        assert store(page, "saveInputs('depth-explorer', {knee_deg: 100})") is True
        assert names(server, kept(page)) == listed
        text = page.text("article")
        for entry in stored():
            assert entry["what"] in text
            assert entry["name"] in text


def test_a_first_visit_keeps_the_choice_of_colours_at_most(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + PRIVACY) as page:
        page.wait_until("!!customElements.get('forget-everything')")
        found = kept(page)
        assert names(server, found) <= {("local storage", "__palette")}
        assert found["workers"] == 0


def test_one_press_forgets_everything(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url + OFFLINE) as page:
        page.wait_until("document.querySelector('save-for-gym[state=ready] .gym-save')")
        page.click(".gym-save")
        page.wait_until("document.querySelector('save-for-gym[state=saved]')", seconds=120)
        assert store(page, "saveInputs('depth-explorer', {height_cm: 180})") is True
        page.evaluate(
            "(sessionStorage.setItem('a neighbour', 'stays'), caches.open('/other/.x'), 1)"
        )
        page.evaluate(f"(localStorage.removeItem({COLOURS}), 1)")  # to see when they are kept again
        page.goto(server.url + PRIVACY)
        page.wait_until(COLOURS)
        page.focus("forget-everything button")
        page.press("Enter")
        page.wait_until("document.querySelector('forget-everything [role=status]').textContent")
        assert page.text("forget-everything [role=status]") == (
            "Forgotten. This site keeps nothing on this device now."
        )
        assert store(page, "savedInputs('depth-explorer')") is None
        neighbours = {"session storage": ["a neighbour"], "cache storage": ["/other/.x"]}
        found = kept(page)
        assert {**found, "workers": 0} == EMPTY | neighbours
        server.forget()
        # the worker that showed the last page has gone with it; WebKit may know the bare address itself
        page.goto(server.url + "calculator/?forgotten")
        assert server.asked("calculator/")
        assert kept(page)["workers"] == 0


def test_saved_values_come_back_and_nobody_elses(engine: Engine, server: SiteServer) -> None:
    values = {"height_cm": 171.5, "units": "us", "pad": True}
    with engine.open(server.url + PRIVACY) as page:
        assert store(page, "savedInputs('depth-explorer')") is None
        for widget in ("depth-explorer", "__proto__", "constructor"):
            assert store(page, f"savedInputs('{widget}')") is None
            assert store(page, f"saveInputs('{widget}', {json.dumps(values)})") is True
        page.goto(server.url + OFFLINE)
        assert store(page, "savedInputs('depth-explorer')") == values
        assert store(page, "savedInputs('hip-test')") is None
        assert store(page, "saveInputs('depth-explorer', {height_cm: 160})") is True
        assert store(page, "savedInputs('depth-explorer')") == {"height_cm": 160}
        assert store(page, "savedInputs('constructor')") == values


def test_values_that_are_damaged_or_of_another_version_count_as_none(
    engine: Engine, server: SiteServer
) -> None:
    damaged = ["{", "null", "7", '"text"', "{}", '{"version":1}', '{"version":2,"widgets":{"a":7}}']
    key = json.dumps(f"{server.prefix}.saved-inputs")
    with engine.open(server.url + PRIVACY) as page:
        for text in damaged:
            page.evaluate(f"(localStorage.setItem({key}, {json.dumps(text)}), 1)")
            assert store(page, "savedInputs('a')") is None, text
            assert store(page, "saveInputs('a', {b: 3})") is True
            assert store(page, "savedInputs('a')") == {"b": 3}


def test_storage_that_is_full_is_no_accident(engine: Engine, server: SiteServer) -> None:
    fill = (
        "(() => { let text = 'x'.repeat(2 ** 22), count = 0; while (text) { try {"
        " localStorage.setItem('filler' + count++, text) }"
        " catch { text = text.slice(text.length / 2 + 1) } } return count })()"
    )
    with engine.open(server.url + PRIVACY) as page:
        assert page.evaluate(fill) > 0
        assert store(page, "saveInputs('a', {b: 3})") is False
        assert store(page, "savedInputs('a')") is None
        assert page.console_errors == []


def test_storage_that_is_denied_is_no_accident(engine: Engine, server: SiteServer) -> None:
    deny = (
        "(['localStorage', 'sessionStorage', 'caches'].forEach(name => Object.defineProperty("
        "window, name, {get() { throw new DOMException('', 'SecurityError') }})), 1)"
    )
    with engine.open(server.url + PRIVACY) as page:
        page.wait_until("!!customElements.get('forget-everything')")
        page.wait_until(COLOURS)  # Material's script does not expect it
        page.evaluate(deny)
        assert store(page, "saveInputs('a', {b: 3})") is False
        assert store(page, "savedInputs('a')") is None
        page.click("forget-everything button")
        page.wait_until("document.querySelector('forget-everything [role=status]').textContent")
        assert page.console_errors == []
