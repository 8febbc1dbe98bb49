"""A reader saves the lessons for the gym, in three engines: then the network goes, or a new version comes."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.engines import Engine, Page
from tests.browser.lesson_page import THEME_KNOWS_THE_WAY, LessonPage, addresses
from tests.browser.test_lesson import FEET, KNEE, html
from tests.conftest import ROOT, Build
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

OFFLINE, LESSON, PRIVACY = "about/offline/", "lessons/biomechanics/", "about/privacy/"
FRONT, NEXT_FRONT = "# Can the leg press hurt your back?", "# Can it hurt your back at all?"
SAVED = "Saved on this device. Lessons, search and live calculation work without a network."
STOPPED = (
    "Saving stopped before everything was there, so nothing was kept."
    " Check the network and try again."
)
KEPT = (
    "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])"
    ".then(([names, found]) => ({copies: names, workers: found.length}))"
)
NOTHING = {"copies": [], "workers": 0}


@pytest.fixture(scope="session")
def release(hosted: SiteServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next release of the site: its front page has another heading."""
    folder = tmp_path_factory.mktemp("release")
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    front = (content / "index.md").read_text()
    assert FRONT in front
    (content / "index.md").write_text(front.replace(FRONT, NEXT_FRONT))
    address = f"https://lessons.example:{urlsplit(hosted.url).port}{hosted.prefix}"
    build = Build(folder / "site", "--site-url", address, "--content", str(content))
    assert build.worked, build.output
    return build.site_dir


@pytest.fixture
def variant(hosted: SiteServer, tmp_path: Path) -> Callable[[Mapping[str, str | None]], Path]:
    """Makes a copy of the site with some files written, or deleted where the text is None."""

    def made(files: Mapping[str, str | None]) -> Path:
        site = tmp_path / "variant"
        subprocess.run(["cp", "-al", str(hosted.folder), str(site)], check=True)
        for name, text in files.items():
            (site / name).unlink(missing_ok=True)
            if text is not None:
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).write_text(text)
        return site

    return made


class Gym:
    """The page on which a reader saves the lessons."""

    def __init__(self, page: Page, server: SiteServer) -> None:
        self.page, self.server = page, server

    def save(self) -> str:
        """Press the button and wait for what comes of it; return the sentence."""
        self.page.click(".gym-save")
        return self.settled("saved", "failed")

    def settled(self, *states: str) -> str:
        """Wait until the element is in one of the states; return its sentence."""
        state = "document.querySelector('save-for-gym').getAttribute('state')"
        self.page.wait_until(f"{json.dumps(states)}.includes({state})", seconds=120)
        return self.page.text(".gym-says")

    def visit(self, path: str) -> None:
        self.page.goto(self.server.url + path)

    def heading(self) -> str:
        return str(self.page.evaluate("document.querySelector('h1').firstChild.textContent"))

    def kept(self) -> dict[str, object]:
        return dict(self.page.evaluate(KEPT))

    def offered(self) -> str:
        """Wait for the notice; return what it says."""
        self.page.wait_until("!!document.querySelector('.new-version p')?.textContent")
        return self.page.text(".new-version p")

    def accept(self) -> None:
        """Press the notice's button, and wait for the page that comes."""
        self.page.evaluate("window.old = true")
        self.page.click(".new-version .md-button--primary")
        self.page.wait_until("window.old !== true && document.readyState === 'complete'")


@contextmanager
def at_the_button(engine: Engine, server: SiteServer) -> Iterator[Gym]:
    with engine.open(server.url + OFFLINE) as page:
        gym = Gym(page, server)
        gym.settled("ready")
        yield gym


@contextmanager
def saved(engine: Engine, server: SiteServer) -> Iterator[Gym]:
    with at_the_button(engine, server) as gym:
        assert gym.save() == SAVED
        yield gym


def test_nothing_is_kept_before_the_button_is_pressed_and_its_price_is_stated(
    engine: Engine, server: SiteServer
) -> None:
    with at_the_button(engine, server) as gym:
        assert gym.kept() == NOTHING
        sizes = json.loads((server.folder / "offline.json").read_text())
        said = re.fullmatch(
            r"To download: lessons ([\d.]+) MB, live calculation ([\d.]+) MB\."
            r" On this device they take ([\d.]+) MB\.",
            gym.page.text(".gym-says"),
        )
        assert said
        lessons, calculation, kept = map(float, said.groups())
        assert lessons == pytest.approx(sizes["lessons"]["fetched"] / 1e6, abs=0.051)
        assert calculation == pytest.approx(sizes["calculation"]["fetched"] / 1e6, abs=0.051)
        assert kept == pytest.approx(sum(size["kept"] for size in sizes.values()) / 1e6, abs=0.51)


def test_what_was_saved_works_when_the_server_is_gone(engine: Engine, server: SiteServer) -> None:
    with saved(engine, server) as gym, server.gone():
        for address in addresses(server.folder):
            gym.visit(address)
            file = server.folder / (
                f"{address}index.html" if not address.endswith(".html") else address
            )
            title = re.search("<title>(.+)</title>", file.read_text())
            assert title
            assert gym.page.evaluate("document.title") == unescape(title[1])
        gym.visit("kiosk/")
        gym.page.wait_until(  # its script and style came too
            "document.querySelector('body.plays .slide:not([hidden]) .side-view')?.checkVisibility()"
            " && getComputedStyle(document.body).backgroundColor === 'rgb(0, 0, 0)'"
        )
        gym.visit(LESSON)
        lesson = LessonPage(gym.page)
        lesson.move(KNEE, 3)
        lesson.answered(html(knee_deg=98))
        lesson.answered_by("pyodide")
        lesson.move(FEET, 1)
        lesson.answered(html(knee_deg=98, foot_height_cm=13))
        gym.page.evaluate("window.stayed = true")
        gym.page.wait_until(THEME_KNOWS_THE_WAY)
        gym.page.click(".for-the-gym a")
        gym.page.wait_until(f"location.pathname.endsWith('{OFFLINE}')")
        gym.page.wait_until(
            "document.querySelector('.md-content h1').textContent.startsWith('Save')"
        )
        assert gym.page.evaluate("window.stayed") is True  # Material's instant navigation
        assert gym.settled("saved") == SAVED
        gym.page.focus(".md-search__input")
        for letter in "hamstrings":
            gym.page.press(letter)
        gym.page.wait_until("document.querySelectorAll('.md-search-result__item').length > 0")


def test_an_address_that_is_not_saved_gets_a_page_that_says_so(
    engine: Engine, server: SiteServer
) -> None:
    with saved(engine, server) as gym, server.gone():
        gym.visit("lessons/no-such/lesson/")
        assert gym.heading() == "This page is not here"
        assert "saved for the gym" in gym.page.text("article")
        gym.page.click("article .md-button")
        gym.page.wait_until(
            f"location.pathname === '{server.prefix}' && document.readyState === 'complete'"
        )
        gym.visit(LESSON.removesuffix("/"))
        gym.page.wait_until(f"location.pathname === '{server.prefix}{LESSON}'")


def test_saving_and_removing_work_by_keyboard_and_can_be_repeated(
    engine: Engine, server: SiteServer
) -> None:
    with at_the_button(engine, server) as gym:
        for _ in range(2):
            gym.page.focus(".gym-save")
            gym.page.press("Enter")
            assert gym.settled("saved", "failed") == SAVED
            assert gym.page.evaluate("document.activeElement.matches('.gym-says')")
            assert len(gym.page.evaluate("caches.keys()")) == 1
            gym.page.tab()
            assert gym.page.text(":focus") == "Remove"
            gym.page.press("Enter")
            said = gym.settled("ready")
            gym.page.wait_until("document.querySelector('.gym-says').textContent.startsWith('Rem')")
            assert "To download" in said
            assert gym.page.evaluate("caches.keys()") == []
        gym.visit(OFFLINE)
        assert gym.kept() == NOTHING


@pytest.mark.parametrize(
    "fault", [{"status": 404}, {"cut": True}, {"flip": True}], ids=["missing", "cut", "damaged"]
)
def test_a_file_that_does_not_come_whole_means_that_nothing_is_kept(
    engine: Engine, server: SiteServer, fault: dict[str, int | bool]
) -> None:
    with at_the_button(engine, server) as gym:
        with server.fault(r"/lessons/setup/$", **fault):  # type: ignore[arg-type]
            assert gym.save() == STOPPED
            gym.page.wait_until(
                f"{KEPT}.then(kept => JSON.stringify(kept) === '{json.dumps(NOTHING, separators=(',', ':'))}')"
            )
        assert gym.save() == SAVED


def test_half_a_copy_counts_as_none_and_saving_starts_anew(
    engine: Engine, server: SiteServer
) -> None:
    found = re.search(r'version: "(\w+)"', (server.folder / "service-worker.js").read_text())
    assert found
    # as a browser leaves it that ends a worker while it saves
    begun = (
        f"caches.open('{server.prefix}.offline-{found[1]}').then(copy =>"
        " copy.put('../../lessons/setup/', new Response('cut'))).then(() => 1)"
    )
    with at_the_button(engine, server) as gym:
        gym.page.evaluate(begun)
        gym.visit(OFFLINE)
        gym.settled("ready")
        server.forget()
        assert gym.save() == SAVED
        assert server.asked("lessons/setup/$")
        with server.gone():
            gym.visit("lessons/setup/")
            assert gym.heading() == "Set up your machine"


def test_a_new_version_is_saved_whole_then_offered_and_shown_when_the_reader_asks(
    engine: Engine, server: SiteServer, release: Path
) -> None:
    with saved(engine, server) as gym:
        [old] = gym.page.evaluate("caches.keys()")
        with server.serving(release):
            server.forget()
            gym.visit("")
            assert gym.heading() == FRONT[2:]
            assert gym.offered() == "A new version of the lessons is saved."
            assert server.asked("pyodide-lean-") == []  # it was there already
            gym.accept()
            assert gym.heading() == NEXT_FRONT[2:]
            gym.page.wait_until(f"caches.keys().then(names => !names.includes({json.dumps(old)}))")
            assert len(gym.page.evaluate("caches.keys()")) == 1
            with server.gone():
                gym.visit("")
                assert gym.heading() == NEXT_FRONT[2:]
        gym.visit("")  # and a release that is taken back comes as any other
        gym.offered()
        gym.accept()
        assert gym.heading() == FRONT[2:]


def test_an_update_that_breaks_off_leaves_the_old_version_whole(
    engine: Engine, server: SiteServer, release: Path
) -> None:
    with saved(engine, server) as gym:
        before = gym.page.evaluate("caches.keys()")
        with server.serving(release):
            with server.fault(r"/search_index\.json$", cut=True):
                server.forget()
                gym.visit("")
                gym.page.wait_until(
                    "navigator.serviceWorker.getRegistration().then(r => r.update())"
                    ".then(({installing: coming}) => coming && new Promise(done =>"
                    " { coming.onstatechange = () => done(coming.state === 'redundant'); }))"
                )
                assert server.asked(r"/search_index\.json$")
                assert gym.page.evaluate("caches.keys()") == before
                assert not gym.page.visible(".new-version")
            with server.gone():
                gym.visit("")
                assert gym.heading() == FRONT[2:]
            gym.visit("")
            assert gym.offered() == "A new version of the lessons is saved."
            gym.accept()
            assert gym.heading() == NEXT_FRONT[2:]


def test_a_second_window_hears_of_the_new_version_and_reloads_only_when_asked(
    engine: Engine, server: SiteServer, release: Path
) -> None:
    with saved(engine, server) as gym:
        gym.visit("")
        # another window on the same lessons, seen through this one
        gym.page.evaluate(
            "new Promise(done => { const frame = document.createElement('iframe');"
            " frame.onload = () => done(true); frame.src = location.href;"
            " document.body.append(window.other = frame); })"
        )
        inside = "window.other.contentDocument.querySelector"
        with server.serving(release):
            gym.page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update(), 1)")
            gym.page.wait_until(f"!!{inside}('.new-version .md-button--primary')")
            gym.page.evaluate(f"{inside}('.new-version .md-button--primary').click()")
            gym.page.wait_until(
                f"{inside}('h1')?.firstChild.textContent === {json.dumps(NEXT_FRONT[2:])}"
            )
            gym.page.wait_until(
                "document.querySelector('.new-version p').textContent"
                " === 'The lessons were renewed in another window.'"
            )
            assert gym.heading() == FRONT[2:]
            gym.accept()
            assert gym.heading() == NEXT_FRONT[2:]


def test_a_site_that_no_longer_saves_anything_lets_go_of_its_readers(
    engine: Engine, server: SiteServer, variant: Callable[[Mapping[str, str | None]], Path]
) -> None:
    silent = variant({"service-worker.js": None, "offline.json": None})
    with saved(engine, server) as gym, server.serving(silent):
        gym.visit("")
        gym.page.wait_until("caches.keys().then(names => names.length === 0)")
        gym.visit(OFFLINE)
        assert gym.settled("impossible") == "These pages cannot be saved from this address."
        assert gym.kept() == NOTHING
        server.forget()
        gym.visit(LESSON)
        assert server.asked(f"{LESSON}$")


def test_a_server_that_only_stutters_takes_nothing_away(engine: Engine, server: SiteServer) -> None:
    with saved(engine, server) as gym, server.fault("", status=503):
        server.forget()
        gym.visit("")
        gym.page.wait_until(
            "navigator.serviceWorker.getRegistration().then(r => r.update(), 1).then(() => 0, () => 1)"
        )
        assert server.asked(r"service-worker\.js$")
        gym.visit(OFFLINE)
        assert gym.settled("saved") == SAVED


def test_what_is_embedded_elsewhere_always_comes_from_the_server(
    engine: Engine, server: SiteServer, variant: Callable[[Mapping[str, str | None]], Path]
) -> None:
    page = '<!doctype html><title>x</title><h1>Embedded</h1><script type="module" src="../../runtime/lesson-widget.js"></script>'
    assert not (server.folder / "e/widget").exists()
    with server.serving(variant({"e/widget/index.html": page})), saved(engine, server) as gym:
        server.forget()
        gym.visit("e/widget/")
        assert gym.heading() == "Embedded"
        assert server.asked("e/widget/$")
        assert server.asked(r"runtime/lesson-widget\.js$")
        gym.visit(LESSON)
        ask = "fetch('../../e/widget/').then(found => found.status, () => 0)"
        assert gym.page.evaluate(ask) == 200
        with server.gone():
            assert gym.page.evaluate(ask) == 0


@pytest.mark.parametrize(
    ("browser", "sentence"),
    [
        (
            "navigator.serviceWorker.register = async () => { throw new DOMException('', 'SecurityError') }",
            "This browser lets no page keep anything; in a private window that is usual. Reading works as before.",
        ),
        (
            "Object.defineProperty(navigator, 'serviceWorker', {value: undefined})",
            "This browser cannot save pages for later. Reading works as before.",
        ),
        (
            "for (const name of ['caches', 'localStorage']) Object.defineProperty(window, name,"
            " {get() { throw new DOMException('', 'SecurityError') }})",
            SAVED,
        ),
    ],
    ids=["denied", "none", "no-storage-for-pages"],
)
def test_a_browser_that_cannot_or_may_not_keep_anything_gets_one_calm_sentence(
    engine: Engine,
    server: SiteServer,
    variant: Callable[[Mapping[str, str | None]], Path],
    browser: str,
    sentence: str,
) -> None:
    whole = (server.folder / OFFLINE / "index.html").read_text()
    spoilt = whole.replace("<head>", f"<head><script>{browser}</script>", 1)
    assert spoilt != whole
    with (
        server.serving(variant({"about/spoilt/index.html": spoilt})),
        engine.open(server.url + "about/spoilt/") as page,
    ):
        gym = Gym(page, server)
        if gym.settled("ready", "impossible").startswith("To download"):
            assert gym.save() == sentence
        else:
            assert gym.page.text(".gym-says") == sentence
            assert not gym.page.visible(".gym-save")


def test_a_full_device_is_told_from_a_broken_network(
    engine: Engine, server: SiteServer, variant: Callable[[Mapping[str, str | None]], Path]
) -> None:
    script = (server.folder / "service-worker.js").read_text()
    full = "Cache.prototype.put = async () => { throw new DOMException('', 'QuotaExceededError') };"
    with (
        server.serving(variant({"service-worker.js": full + script})),
        at_the_button(engine, server) as gym,
    ):
        assert gym.save() == "There is no room for the lessons on this device. Nothing was kept."
        assert gym.page.evaluate("caches.keys()") == []


def test_without_javascript_the_page_says_what_saving_needs(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + OFFLINE, javascript=False) as page:
        assert page.visible("save-for-gym noscript p")
        assert page.text("save-for-gym noscript").strip() == "Saving needs JavaScript."
        assert not page.visible(".gym-save")
        page.goto(server.url + PRIVACY)
        assert page.visible("forget-everything noscript p")
        assert not page.visible("forget-everything button")
