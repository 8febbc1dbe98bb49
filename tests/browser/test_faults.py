"""What readers see when something fails under way: the last right answer stands, and nothing is lost."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from interactive.catalogue import widget_named
from tests.browser.engines import Engine, asleep
from tests.browser.lesson_page import THEME_KNOWS_THE_WAY, LessonPage
from tests.browser.test_lesson import (
    FEET,
    KNEE,
    LESSON,
    ONLY_PYTHON,
    REFUSED,
    STOPPED,
    html,
    stops_and_can_be_tried_again,
)
from tests.site_server import Fault, SiteServer

pytestmark = pytest.mark.browser

CALCULATOR = widget_named("risk-calculator")
ENGINE = "document.querySelector('lesson-widget').dataset.engine"


@contextmanager
def reading(
    engine: Engine, server: SiteServer, path: str = LESSON, **reader: Any
) -> Iterator[LessonPage]:
    with engine.open(server.url + path, **reader) as page:
        yield LessonPage(page)


def test_the_book_answers_first_then_the_starter_and_python_takes_over_unnoticed(
    engine: Engine, server: SiteServer
) -> None:
    with (
        reading(engine, server) as lesson,
        server.fault(r"/micropython\.wasm$", hang=True) as starter,
        server.fault(r"pyodide-lean-\w+\.wasm$", hang=True) as python,
    ):
        lesson.move(KNEE, 6)
        lesson.answered(html(knee_deg=101))
        lesson.answered_by("book")
        lesson.move(FEET, 1)  # no book holds two controls moved together
        starter.release()
        lesson.answered(html(knee_deg=101, foot_height_cm=13))
        lesson.answered_by("starter")
        lesson.page.evaluate(
            "(o => { window.changes = 0; new MutationObserver(() => changes++)"
            ".observe(o, {childList: true}); return 1 })(document.querySelector('lesson-widget output'))"
        )
        python.release()
        lesson.answered_by("pyodide")
        lesson.answered(html(knee_deg=101, foot_height_cm=13))
        assert lesson.page.evaluate("window.changes") == 0
        assert lesson.message() == ""
        lesson.move(KNEE, 1)
        lesson.answered(html(knee_deg=102, foot_height_cm=13))


def test_what_a_reader_is_told_stands_when_python_takes_over_and_a_refusal_goes_with_its_values(
    engine: Engine, server: SiteServer
) -> None:
    with (
        reading(engine, server) as lesson,
        server.fault(r"/python-image-", hang=True) as python,
    ):
        lesson.move(KNEE, 6)
        lesson.answered_by("book")
        lesson.type(KNEE, "400")
        told = lesson.message()
        assert told == "Knee bend at the bottom: from 20 to 140°."
        python.release()
        lesson.answered_by("pyodide")
        assert lesson.settled() == "live"
        assert lesson.message() == told
        lesson.move(KNEE, 1)
        lesson.answered(html(knee_deg=102))
        assert lesson.message() == ""


@contextmanager
def download_told_of_later(
    engine: Engine, server: SiteServer
) -> Iterator[tuple[LessonPage, Callable[[], str], Fault]]:
    """A lesson, its knees bent to the end; what lets its download be told of, and returns how; what holds the last file."""
    with (
        reading(engine, server) as lesson,
        server.fault(r"/pyodide-lean-", hang=True) as module,
        server.fault(r"/python-image-", hang=True) as image,
        server.fault(r"/pyodide-lock", hang=True) as last,
    ):

        def tell() -> str:
            module.release()
            lesson.page.wait_until(
                "performance.getEntriesByType('resource').some(file => file.name.includes('pyodide-lean-'))"
            )
            # a download that is over sooner is not told of
            lesson.page.wait_until("new Promise(done => setTimeout(done, 1000, true))")
            image.release()
            lesson.page.wait_until("!!document.querySelector('lesson-widget progress')")
            return str(lesson.page.evaluate("document.querySelector('progress').ariaLabel"))

        lesson.type(KNEE, "140")
        lesson.answered(html(knee_deg=140))
        yield lesson, tell, last


def test_a_refusal_goes_with_its_values_while_the_download_is_told_of(
    engine: Engine, server: SiteServer
) -> None:
    with download_told_of_later(engine, server) as (lesson, tell, last):
        cost = tell()
        assert cost.startswith("Live calculation: ")
        assert lesson.message() == cost
        lesson.type(FEET, "40")
        assert lesson.settled_as("refused")
        assert lesson.message() == REFUSED
        lesson.type(FEET, "12")
        assert lesson.settled_as("live")
        assert lesson.message() == cost
        last.release()
        lesson.answered_by("pyodide")
        assert lesson.settled() == "live"
        assert lesson.message() == ""


def test_a_refusal_stands_when_the_download_begins_to_be_told_of(
    engine: Engine, server: SiteServer
) -> None:
    with download_told_of_later(engine, server) as (lesson, tell, last):
        lesson.type(FEET, "40")
        assert lesson.settled_as("refused")
        cost = tell()
        assert lesson.message() == REFUSED
        lesson.type(FEET, "12")
        assert lesson.settled_as("live")
        assert lesson.message() == cost
        lesson.type(FEET, "40")
        assert lesson.settled_as("refused")
        last.release()
        lesson.answered_by("pyodide")
        assert lesson.settled() == "refused"
        assert lesson.message() == REFUSED


@pytest.mark.parametrize(
    ("fault", "file"),
    [
        ({"status": 404}, r"starter-worker\.\w+\.js$"),
        ({"status": 404}, r"micropython\.mjs$"),
        ({"cut": True}, r"micropython\.wasm$"),
        ({"flip": True}, r"micropython\.wasm$"),
        ({"flip": True}, r"/starter-\w+\.json$"),
        ({"status": 404}, r"/books/"),
        ({"cut": True}, r"/books/"),
        ({"flip": True}, r"/books/"),
    ],
)
def test_without_the_book_or_the_starter_python_answers(
    engine: Engine, server: SiteServer, fault: dict[str, Any], file: str
) -> None:
    with reading(engine, server) as lesson:
        server.fault(file, **fault)
        lesson.move(KNEE, 3)
        lesson.answered(html(knee_deg=98))
        lesson.answered_by("pyodide")
        assert lesson.settled() == "live"


def test_while_python_cannot_come_the_starter_goes_on_answering(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server) as lesson:
        server.fault(r"pyodide-lean-\w+\.wasm$", cut=True)
        lesson.move(KNEE, 3)
        lesson.answered(html(knee_deg=98))
        lesson.page.wait_until("!document.querySelector('lesson-widget progress')")
        lesson.move(FEET, 4)
        lesson.answered(html(knee_deg=98, foot_height_cm=16))
        assert lesson.settled() == "live"
        assert lesson.message() == ""
        assert lesson.page.evaluate(ENGINE) == "starter"


def test_without_the_manifest_the_last_answer_stays_until_it_can_be_had(
    engine: Engine, server: SiteServer
) -> None:
    with (
        server.fault(r"manifest\.json$", status=404) as broken,
        # in the site's own pages a script carries it
        reading(engine, server, "e/v1/depth-explorer/" + ONLY_PYTHON) as lesson,
    ):
        lesson.move(KNEE, 3)
        assert lesson.settled() == "failed"
        assert lesson.message() == STOPPED
        lesson.answered(html())
        broken.remove()
        lesson.try_again()
        lesson.answered(html(knee_deg=98))


def test_a_page_that_has_outlived_its_release_finds_the_files_of_the_new_one(
    engine: Engine, server: SiteServer
) -> None:
    old = server.fault(r"widget-early\.\w+\.js$", replace=("python-worker.", "python-worker.old."))
    with old, reading(engine, server, LESSON + ONLY_PYTHON) as lesson:
        lesson.on_line(effectiveType="3g")  # on a better one the focus alone is a try
        lesson.move(KNEE, 1)
        assert lesson.settled() == "failed"
        assert lesson.message() == STOPPED
        lesson.try_again()
        lesson.answered(html(knee_deg=96))


def test_workers_that_a_policy_refuses_leave_the_last_answer(
    engine: Engine, server: SiteServer
) -> None:
    policy = {"Content-Security-Policy": "worker-src 'none'"}
    with (
        server.fault(r"/$", headers=policy),
        reading(engine, server, LESSON + ONLY_PYTHON) as lesson,
    ):
        lesson.move(KNEE, 3)
        assert lesson.settled() == "failed"
        assert lesson.message() == STOPPED
        assert lesson.offers_to_try_again()
        lesson.answered(html())
        assert lesson.value(KNEE) == 98


def test_python_goes_on_from_the_image_and_asks_for_no_file_of_its_own(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server, LESSON + ONLY_PYTHON) as lesson:
        lesson.move(KNEE, 1)
        lesson.answered(html(knee_deg=96))
        assert len(server.asked(r"/python-image-")) == 1
        assert server.asked(r"/stdlib-|\.whl$") == []


@pytest.mark.parametrize(
    "line",
    [
        {"saveData": True},
        {"effectiveType": "3g"},
        {"effectiveType": "4g", "type": "cellular"},
    ],
    ids=["saves data", "3G", "paid by the byte"],
)
def test_where_bytes_are_dear_python_starts_from_its_files_which_weigh_less(
    engine: Engine, server: SiteServer, line: dict[str, Any]
) -> None:
    with reading(engine, server, LESSON + ONLY_PYTHON) as lesson:
        lesson.on_line(**line)
        lesson.move(KNEE, 1)
        if line.get("saveData") or line.get("type"):
            assert lesson.settled_as("failed")
            lesson.try_again()  # which says Start
        lesson.answered(html(knee_deg=96))
        assert server.asked(r"/python-image-") == []
        assert len(server.asked(r"/stdlib-|\.whl$")) == 2
        assert not server.asked(r"/pyodide\.asm\.wasm$")


@pytest.mark.parametrize("fault", [{"flip": True}, {"cut": True}, {"status": 404}], ids=str)
@pytest.mark.parametrize("file", [r"/stdlib-\w+\.zip$", r"\.whl$"])
def test_a_spoilt_file_of_python_s_own_leaves_the_last_answer_and_can_be_tried_again(
    engine: Engine, server: SiteServer, file: str, fault: dict[str, Any]
) -> None:
    with reading(engine, server, LESSON + ONLY_PYTHON) as lesson:
        lesson.on_line(effectiveType="3g")
        broken = server.fault(file, **fault)
        stops_and_can_be_tried_again(lesson, broken)
        assert server.asked(file)


def test_a_thousand_moves_show_the_newest_and_hold_nothing_back(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server) as lesson:
        lesson.move(KNEE, 1)
        lesson.answered(html(knee_deg=96))
        lesson.answered_by("pyodide")
        nodes = lesson.page.evaluate("document.querySelectorAll('*').length")
        before = lesson.page.held()
        lesson.page.evaluate(
            "(control => { let moves = 0; const beat = setInterval(() => {"
            " control.value = 60 + moves % 60;"
            " control.dispatchEvent(new Event('input', {bubbles: true}));"
            " if (++moves === 1000) { clearInterval(beat); window.moved = true } }, 10); return 1 })"
            "(document.querySelector('lesson-widget input[type=range]'))"
        )
        lesson.page.wait_until("window.moved", seconds=120)
        lesson.answered(html(knee_deg=60 + 999 % 60))
        assert lesson.settled() == "live"
        assert lesson.page.evaluate("document.querySelectorAll('*').length") <= nodes + 50
        # answers that stayed would be a thousand times two hundred nodes, and megabytes
        after = lesson.page.held()
        for name, more in (("Nodes", 2000), ("JSEventListeners", 20), ("JSHeapUsedSize", 2e6)):
            assert after.get(name, 0) <= before.get(name, 0) + more, name
    # whenever Python collected its garbage meanwhile, the lean one had all that it takes
    assert not server.asked(r"/pyodide\.asm\.wasm$")


def test_a_phone_that_sleeps_over_a_question_answers_it_when_it_wakes(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server, "calculator/" + ONLY_PYTHON) as lesson:
        lesson.move(KNEE, 1)
        assert lesson.settled_as("live")
        lesson.move(KNEE, 3)
        with asleep():
            time.sleep(12)  # longer than Python may think about a question
        assert lesson.settled_as("live")
        lesson.answered(CALCULATOR.answer({"knee_deg": 99}).html or "")
        assert lesson.message() == ""


def test_fifty_instant_navigations_leave_no_worker_and_no_listener_behind(
    engine: Engine, server: SiteServer
) -> None:
    counting = """((Real) => {
      window.workers = 0;
      window.listeners = 0;
      window.Worker = class extends Real {
        constructor(...given) { super(...given); workers++ }
        terminate() { workers--; super.terminate() }
      };
      const told = ["progress", "ready", "popstate"], target = EventTarget.prototype;
      const { addEventListener: add, removeEventListener: remove } = target;
      target.addEventListener = function (type, ...rest) {
        if (told.includes(type) && rest[0] instanceof Object && "handleEvent" in rest[0]) listeners++;
        return add.call(this, type, ...rest);
      };
      target.removeEventListener = function (type, ...rest) {
        if (told.includes(type) && rest[0] instanceof Object && "handleEvent" in rest[0]) listeners--;
        return remove.call(this, type, ...rest);
      };
      return 1;
    })(Worker)"""
    with reading(engine, server, "about/how-it-works/") as lesson:
        lesson.page.wait_until(THEME_KNOWS_THE_WAY)
        lesson.page.evaluate(counting)
        for turn in range(50):
            if turn == 25 and engine.name == "webkit":
                # it takes 100 changes of the address in this time, and a navigation is two
                time.sleep(30)
            path = LESSON if turn % 2 == 0 else "about/how-it-works/"
            lesson.page.evaluate(
                f"(a => {{ a.href = {json.dumps(server.url + path)}; document.body.append(a); a.click();"
                " a.remove(); return 1 })(document.createElement('a'))"
            )
            lesson.page.wait_until(f"location.href === {json.dumps(server.url + path)}")
            wanted = "!!" if path == LESSON else "!"
            lesson.page.wait_until(f"{wanted}document.querySelector('lesson-widget:defined')")
            if turn == 10:
                lesson.move(KNEE, 1)
                lesson.answered_by("pyodide")
        assert lesson.page.evaluate("[workers, listeners]") == [1, 0]


def test_two_tabs_answer_side_by_side(engine: Engine, server: SiteServer) -> None:
    with reading(engine, server) as lesson:
        lesson.page.evaluate(
            "(frame => { frame.src = location.href; frame.name = 'other'; document.body.append(frame);"
            " return 1 })(document.createElement('iframe'))"
        )
        other = (
            "document.querySelector('[name=other]').contentDocument?.querySelector('lesson-widget')"
        )
        lesson.page.wait_until(
            f"{other}?.matches(':defined') && !{other}.querySelector('fieldset').disabled"
        )
        lesson.move(KNEE, 2)
        lesson.page.evaluate(
            f"(c => {{ c.value = 110; c.dispatchEvent(new Event('input', {{bubbles: true}})); return 1 }})"
            f"({other}.querySelector('input[type=range]'))"
        )
        lesson.answered(html(knee_deg=97))
        parsed = f"(o => (o.innerHTML = {json.dumps(html(knee_deg=110))}, o.innerHTML))"
        lesson.page.wait_until(
            f"{other}.querySelector('output').innerHTML === {parsed}(document.createElement('output'))",
            seconds=90,
        )
