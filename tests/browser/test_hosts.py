"""A lesson and the calculator in three kinds of host: a page written by hand, a WordPress, a course system."""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from hooks.machines import machine_presets
from tests.browser.engines import PATIENCE, Engine, Page
from tests.browser.lesson_page import LessonPage, listening
from tests.browser.test_embedding import KNEE, html
from tests.embed_hosts import SECRET, WORDPRESS, HostPages, as_wordpress_shows, described
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

REPORT = "Content-Security-Policy-Report-Only"
MACHINES = {preset.slug: dict(preset.values) for preset in machine_presets()}
CLOSED = "main details:not([open]) > summary"
MUCH = 60  # pixels
LESSON_LINK, TOOL_LINK = '<p><a href="#lesson">Lesson</a></p>', '<p><a href="#tool">Tool</a></p>'


@dataclass(frozen=True)
class Frame:
    """A frame on a host's page, with one widget of ours that is used in it.

    Attributes:
        after: the link of the host's that stands before it.
        css: finds it.
        widget: the first one in it.
        slider: the label and the name of what is moved.
        start: where it begins, if it is not where the widget does.
        scheme: light or dark, as the host asked.
        accent: the colour that the host asked for.
        told: how tall the host hears that it is, if it keeps it at a height of its own.
    """

    after: str
    css: str
    widget: str
    slider: tuple[str, str]
    start: Mapping[str, Any] = field(default_factory=dict)
    scheme: str = "default"
    accent: str = ""
    told: str = ""

    @property
    def height(self) -> str:
        """What gives the height that the host follows, in JavaScript."""
        return self.told or f"document.querySelector({json.dumps(self.css)}).clientHeight"


def setup(css: str, told: str) -> Frame:
    """The lesson *Set up your machine*."""
    return Frame("#lesson", css, "setup-finder", ("Body height", "stature_cm"), told=told)


def calculator(css: str, **more: Any) -> Frame:
    return Frame("#tool", css, "risk-calculator", (KNEE, "knee_deg"), **more)


def uses(page: Page, frame: Frame) -> None:
    """Come into a frame from the host's page, look, calculate, and open and close a group: by keyboard alone."""
    page.focus(f"a[href='{frame.after}']")
    page.wait_until(f"!!document.querySelector({json.dumps(frame.css)})")
    with page.inside(frame.css):
        page.wait_until("document.querySelector('lesson-widget')?.matches(':defined')")
        looks = page.evaluate(
            "[document.querySelector('[data-md-color-scheme]').dataset.mdColorScheme,"
            " document.documentElement.style.getPropertyValue('--embed-accent')]"
        )
        assert looks == [frame.scheme, frame.accent]
    followed(page, frame, lambda height: True)  # until then WordPress shows a link in its place
    page.tab()
    page.wait_until(f"document.activeElement.matches({json.dumps(frame.css)})", seconds=10)
    with page.inside(frame.css):
        calculates(page, frame)
    grows_and_shrinks(page, frame)


def grows_and_shrinks(page: Page, frame: Frame) -> None:
    """Open and close what can be opened; a sentence that comes and goes as one scrolls is lower than that."""
    shut = followed(page, frame, lambda height: True)
    with page.inside(frame.css):
        page.focus(CLOSED)
        page.press("Enter")
    opened = followed(page, frame, lambda height: height > shut + MUCH)
    with page.inside(frame.css):
        page.press("Enter")
    followed(page, frame, lambda height: height < opened - MUCH)


def followed(page: Page, frame: Frame, wanted: Callable[[float], bool]) -> float:
    """Wait until what is in a frame is as tall as wanted, and the host takes it to be so tall; return that."""
    end = time.monotonic() + PATIENCE
    while True:
        with page.inside(frame.css):
            height = page.evaluate("document.body.getBoundingClientRect().height")
        host = page.evaluate(f"{frame.height} ?? 0")
        if wanted(height) and abs(host - height) < 2:
            return float(height)
        assert time.monotonic() < end, f"{height} px, for the host {host}"
        time.sleep(0.03)


def calculates(page: Page, frame: Frame) -> None:
    """Move a slider, wait for the large Python, and let it answer what CPython answers."""
    label, name = frame.slider
    shown = LessonPage(page)
    before = shown.value(label)
    shown.move(label, 2)
    shown.answered_by("pyodide")
    shown.move(label, 1)
    shown.answered(html(frame.widget, **{**frame.start, name: before + 3}))
    assert page.evaluate("document.querySelector('lesson-widget').dataset.engine") == "pyodide"


def keeps_to_itself(
    page: Page, frame: Frame, guests: SiteServer, refused: Callable[[Page], list[str]]
) -> None:
    """Make sure that a frame of ours met neither its policy nor a foreign host; both are heard, if it did."""
    with page.inside(frame.css):
        assert refused(page) == []
        foreign = {foreign.url for foreign in guests.foreign_requests_of(page)}
        assert {url for url in foreign if not url.startswith(guests.origin)} == set()
        # in a timer, because what a driver evaluates by itself may be above the policy
        page.evaluate("void setTimeout(() => fetch('https://elsewhere.example/').catch(() => 0))")
        page.wait_until("refused.some(told => told.startsWith('connect-src'))")


def test_a_page_written_by_hand_shows_a_lesson_and_the_calculator_for_its_own_machine(
    engine: Engine, guests: SiteServer, gym: HostPages
) -> None:
    address = gym.page(
        f'{LESSON_LINK}<back-check lesson="biomechanics" theme="dark" accent="ffd166"'
        f' machine="vertical-sled" knee_deg="100"><a href="{guests.url}lessons/biomechanics/">'
        f"The bottom of the press</a></back-check>{TOOL_LINK}<a data-back-check"
        f' href="{guests.url}e/v1/risk-calculator/?machine=vertical-sled&amp;accent=a63c06">'
        f'Risk calculator</a><script src="{guests.url}e/v1/embed.js" async></script>'
    )
    start = MACHINES["vertical-sled"] | {"knee_deg": 100}
    framed = Frame(
        *("#lesson", "back-check iframe", "depth-explorer", (KNEE, "knee_deg")),
        start={name: start[name] for name in ("rail_deg", "backrest_deg", "knee_deg")},
        scheme="slate",
        accent="#ffd166",
    )
    tool = calculator("body > iframe", start=MACHINES["vertical-sled"], accent="#a63c06")
    guests.settle()
    with listening(guests) as refused, engine.open(address, viewport=(900, 900)) as page:
        page.wait_until(f"!!document.querySelector('{framed.css}')")
        with page.inside(framed.css):
            page.wait_until("document.querySelector('lesson-widget')")
            LessonPage(page).answered(html("depth-explorer", **framed.start))
            assert page.evaluate("location.hash") == ""
        page.focus("a[href='#tool']")
        with page.inside(tool.css):
            # only the large Python could answer, and nobody has touched anything: it stays where it is
            page.wait_until("document.querySelector('lesson-widget')?.matches('[state=failed]')")
            shown = LessonPage(page)
            assert shown.outcome() == ""
            assert re.fullmatch(r"Live calculation: \d\.\d MB, once\.", shown.message())
        assert guests.asked("pyodide") == []
        for frame, id_ in ((framed, "depth-explorer-1"), (tool, "risk-calculator-1")):
            uses(page, frame)
            with page.inside(frame.css):
                moved = int(LessonPage(page).value(KNEE))
                assert page.evaluate("location.hash") == f"#v1&{id_}&knee_deg={moved}"
            # what readers enter stays in the frame
            assert f"knee_deg={moved}" not in json.dumps(page.evaluate("heard"))
        assert page.console_errors == []
        keeps_to_itself(page, tool, guests, refused)


def test_wordpress_shows_a_lesson_from_its_address_and_the_calculator_from_a_tag(
    engine: Engine, guests: SiteServer, gym: HostPages
) -> None:
    found = described(f"{guests.url}lessons/setup/")
    assert (found["version"], found["type"]) == ("1.0", "rich")
    # a block "Custom HTML" holds the tag
    address = gym.page(
        f"{LESSON_LINK}{as_wordpress_shows(str(found['html']))}{TOOL_LINK}"
        f'<script src="{guests.url}e/v1/embed.js" async></script>'
        '<back-check widget="risk-calculator" theme="dark"></back-check>',
        head=WORDPRESS,
    )
    told = f"heard.findLast(([, m]) => m.secret === '{SECRET}')?.[1].value"
    framed = setup(".wp-embedded-content[src]", told)
    tool = calculator("back-check iframe", scheme="slate")
    guests.settle()
    with listening(guests) as refused, engine.open(address, viewport=(900, 900)) as page:
        uses(page, framed)
        frame = f"document.querySelector('{framed.css}')"
        assert page.evaluate(f"[{frame}.height, {frame}.title]") == ["1000", found["title"]]
        assert not page.visible("blockquote")
        with page.inside(framed.css):
            assert page.evaluate("self.origin") == "null"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            LessonPage(page).press_button("[data-tool=save]")  # storage is denied here
            said = LessonPage(page).message()
            assert said == "This browser does not let pages save anything."
        uses(page, tool)
        assert page.console_errors == []
        keeps_to_itself(page, framed, guests, refused)
        with page.inside(framed.css):
            page.focus(".embed-end a")
            page.press("Enter")
        page.wait_until(f"location.pathname === '{urlsplit(guests.url).path}lessons/setup/'")


def test_a_course_system_shows_a_lesson_from_its_package_and_the_calculator_in_a_frame(
    engine: Engine, guests: SiteServer, lms: SiteServer
) -> None:
    asked = {
        "lesson": "setup/lessons/setup/index.html",
        "system": "works",
        "tool": f"{guests.url}e/v1/risk-calculator/?theme=dark&accent=7fd6e0",
    }
    inside = "document.querySelector('#lesson').contentDocument"
    packaged = setup("#lesson", f"{inside}.body.clientHeight")
    tool = calculator("#tool", scheme="slate", accent="#7fd6e0")
    guests.settle()
    lms.settle()
    with (
        listening(guests) as refused,
        lms.fault(r"/mod_scorm/$", headers={REPORT: None}),  # its page shows what is foreign to it
        engine.open(f"{lms.url}?{urlencode(asked)}", viewport=(900, 900)) as page,
    ):
        uses(page, packaged)
        assert page.evaluate("document.querySelector('#lesson').clientHeight") == 700
        assert page.evaluate(f"{inside}.documentElement.scrollWidth <= innerWidth")
        # from the package alone, and nothing is left behind
        assert {request.status for request in lms.requests} == {200}
        own = {"", "scorm12.min.js"} | {
            path.relative_to(lms.folder).as_posix() for path in (lms.folder / "setup").rglob("*")
        }
        assert {r.path.partition("?")[0].removeprefix(lms.prefix) for r in lms.requests} <= own
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("localStorage.length") == 0
        assert page.evaluate(f"{inside}.location.hash") == ""
        uses(page, tool)
        assert page.console_errors == []
        with page.inside(packaged.css):
            assert lms.foreign_requests_of(page) == []
        keeps_to_itself(page, tool, guests, refused)
