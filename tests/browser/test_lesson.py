"""A reader moves a control in a lesson, in three engines."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from interactive.catalogue import widget_named
from tests.browser.engines import Engine
from tests.browser.lesson_page import THEME_KNOWS_THE_WAY, LessonPage, addresses, listening
from tests.site_server import Fault, SiteServer

pytestmark = pytest.mark.browser

LESSON = "lessons/biomechanics/"
KNEE, FEET = "Knee bend at the bottom", "Feet above the hip line"
ONLY_PYTHON = "?engine=pyodide"  # without the starter, which would answer
STOPPED = "Live calculation could not start. The last answer stays above."
REFUSED = "With legs this long and feet this high the plate cannot be reached at this depth."
WIDGET = widget_named("depth-explorer")


def html(**inputs: float) -> str:
    answer = WIDGET.answer(inputs).html
    assert answer is not None
    return answer


@contextmanager
def reading(
    engine: Engine, server: SiteServer, path: str = LESSON, **reader: Any
) -> Iterator[LessonPage]:
    with engine.open(server.url + path, **reader) as page:
        lesson = LessonPage(page)
        yield lesson


def stops_and_can_be_tried_again(lesson: LessonPage, broken: Fault) -> None:
    """Move a control, read that Python has stopped, mend the network, try again."""
    lesson.move(KNEE, 3)
    assert lesson.settled() == "failed"
    assert lesson.message() == STOPPED
    lesson.answered(html())
    assert lesson.value(KNEE) == 98
    broken.remove()
    lesson.try_again()
    lesson.answered(html(knee_deg=98))
    assert lesson.settled() == "live"
    assert lesson.message() == ""
    assert not lesson.offers_to_try_again()


def test_moving_a_slider_by_keyboard_shows_what_the_model_says(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server) as lesson:
        assert lesson.state() == "static"
        lesson.answered(html())
        lesson.move(KNEE, 7)
        lesson.answered(html(knee_deg=102))
        assert lesson.settled() == "live"
        assert lesson.typed(KNEE) == "102"
        lesson.move(FEET, -3)
        lesson.answered(html(knee_deg=102, foot_height_cm=9))
        lesson.answered_by("pyodide")  # until then the download is told of
        assert lesson.focused() == FEET
        assert lesson.message() == ""
        assert lesson.page.console_errors == []


def test_python_is_not_fetched_before_the_first_touch_and_only_once_after(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server) as lesson:
        lesson.page.wait_until("!!customElements.get('lesson-widget')")
        assert server.asked("/runtime/pyodide") == []
        lesson.move(KNEE, 1)
        lesson.answered(html(knee_deg=96))
        lesson.move(KNEE, 1)
        lesson.answered(html(knee_deg=97))
        lesson.answered_by("pyodide")
        assert len(server.asked("pyodide-lean-")) == 1


def test_a_typed_number_moves_its_slider_and_an_impossible_one_is_put_back(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server) as lesson:
        lesson.type(KNEE, "110")
        lesson.answered(html(knee_deg=110))
        assert lesson.value(KNEE) == 110
        lesson.type(KNEE, "400")
        assert lesson.typed(KNEE) == "110"
        assert lesson.value(KNEE) == 110
        assert lesson.message() == "Knee bend at the bottom: from 20 to 140°."


def test_after_many_quick_moves_the_newest_is_shown(engine: Engine, server: SiteServer) -> None:
    with reading(engine, server) as lesson:
        lesson.move(KNEE, 30)
        lesson.move(KNEE, -12)
        lesson.answered(html(knee_deg=113))
        assert lesson.settled() == "live"
        assert lesson.inputs()["knee_deg"] == 113


def test_an_answer_that_comes_after_its_widget_has_gone_is_dropped(
    engine: Engine, server: SiteServer
) -> None:
    with (
        reading(engine, server, LESSON + ONLY_PYTHON) as lesson,
        server.fault(r"pyodide-lean-\w+\.wasm$", hang=True) as held,
    ):
        lesson.move(KNEE, 5)
        lesson.page.evaluate(
            "window.gone = document.querySelector('lesson-widget'), window.gone.remove(), 1"
        )
        # the same worker answers the next question, so the first one has been answered by then
        lesson.page.evaluate(
            "(other => { window.other = other; document.body.append(other);"
            " other.querySelector('[type=range]').dispatchEvent(new Event('input', {bubbles: true}));"
            " return 1 })(window.gone.cloneNode(true))"
        )
        held.release()
        lesson.page.wait_until("window.other.getAttribute('state') === 'live'")
        assert lesson.page.evaluate("window.gone.getAttribute('state')") == "calculating"
        assert lesson.page.console_errors == []


def test_the_widget_works_after_instant_navigation_and_back_with_the_same_python(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server, "") as lesson:
        lesson.page.evaluate("window.stayed = true")
        lesson.move(KNEE, 2)
        lesson.answered(html(knee_deg=97))
        lesson.page.wait_until(THEME_KNOWS_THE_WAY)
        lesson.page.click(f".md-content li a[href$='{LESSON}']")
        lesson.page.wait_until(f"location.pathname.endsWith('{LESSON}')")
        lesson.page.wait_until(
            "document.querySelectorAll('lesson-widget fieldset label').length === 4"
        )
        lesson.answered(html())
        lesson.move(FEET, 1)
        lesson.answered(html(foot_height_cm=13))
        lesson.page.evaluate("history.back(), 1")  # first undoes what was done to the feet
        lesson.answered(html())
        lesson.page.evaluate("history.back(), 1")
        lesson.page.wait_until(
            "document.querySelectorAll('lesson-widget fieldset label').length === 2"
        )
        lesson.answered(html(knee_deg=97))
        lesson.move("Backrest above flat", -4)
        lesson.answered(html(knee_deg=97, backrest_deg=28))
        assert lesson.page.evaluate("window.stayed") is True
        lesson.answered_by("pyodide")
        assert len(server.asked("pyodide-lean-")) == 1
        assert lesson.page.console_errors == []


def test_without_javascript_the_page_is_complete_and_says_so(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server, "", viewport=(360, 800), javascript=False) as lesson:
        assert lesson.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert lesson.state() == "static"
        assert lesson.page.visible("lesson-widget .side-view")
        assert lesson.page.text("lesson-widget output").startswith("Low back: 69\xa0%")
        assert lesson.page.text("lesson-widget noscript").strip() == (
            "This shows the starting values. Moving the controls needs JavaScript."
        )
        assert lesson.page.visible("lesson-widget noscript p")
        assert lesson.page.evaluate(
            "document.querySelector('lesson-widget input').matches(':disabled')"
        )
        assert not lesson.offers_to_try_again()


def test_without_webassembly_the_book_answers_and_what_it_lacks_gets_one_sentence(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server, webassembly=False) as lesson:
        lesson.move(KNEE, 4)
        lesson.answered(html(knee_deg=99))
        assert lesson.settled() == "live"
        lesson.move(FEET, 1)
        assert lesson.settled_as("failed")
        assert lesson.message() == STOPPED
        assert lesson.offers_to_try_again()
        lesson.answered(html(knee_deg=99))
        assert server.asked("/runtime/pyodide") == []  # no megabytes for nothing


@pytest.mark.parametrize(
    ("fault", "file"),
    [
        ({"status": 404}, r"python-worker\.\w+\.js$"),
        ({"status": 404}, r"pyodide\.mjs$"),
        ({"status": 404}, r"/python-image-\w+\.wasm$"),
        ({"cut": True}, r"pyodide-lean-\w+\.wasm$"),
        ({"cut": True}, r"/python-image-\w+\.wasm$"),
        ({"flip": True}, r"pyodide-lean-\w+\.wasm$"),
        ({"flip": True}, r"/python-image-\w+\.wasm$"),
    ],
)
def test_python_that_cannot_start_leaves_the_last_answer_and_can_be_tried_again(
    engine: Engine, server: SiteServer, fault: dict[str, Any], file: str
) -> None:
    with reading(engine, server, LESSON + ONLY_PYTHON) as lesson:
        broken = server.fault(file, **fault)
        stops_and_can_be_tried_again(lesson, broken)


def test_feet_that_cannot_reach_the_plate_get_a_calm_sentence_and_keep_the_last_picture(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server) as lesson:
        lesson.type(KNEE, "140")
        lesson.answered(html(knee_deg=140))
        lesson.type(FEET, "40")
        assert lesson.settled_as("refused")
        assert lesson.message() == REFUSED
        assert lesson.page.visible("lesson-widget .side-view")
        assert not lesson.offers_to_try_again()
        lesson.type(FEET, "12")
        assert lesson.settled_as("live")
        lesson.answered(html(knee_deg=140))
        lesson.answered_by("pyodide")  # until then the download is told of
        assert lesson.message() == ""


def test_the_sentence_is_read_out_once_the_reader_rests(engine: Engine, server: SiteServer) -> None:
    with reading(engine, server) as lesson:
        lesson.move(KNEE, 10)
        said = "Low back: 76\xa0% of its own bending range, past the three-quarter line."
        # on a busy machine a rest between two keys may be long enough for a sentence
        spoken = "document.querySelector('.widget-spoken')"
        lesson.page.wait_until(f"{spoken}.textContent === {json.dumps(said)}")
        assert lesson.page.evaluate(f"{spoken}.getAttribute('role')") == "status"


def test_readers_who_save_data_are_asked_before_python_is_fetched(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server, "calculator/") as lesson:
        lesson.on_line(saveData=True)
        lesson.move(KNEE, 1)
        lesson.answered_by("book")
        lesson.move(FEET, 1)
        assert lesson.settled_as("failed")
        cost = lesson.message()
        assert re.fullmatch(r"Live calculation: \d\.\d MB, once\.", cost)
        assert lesson.page.text(".widget-again") == "Start"
        assert server.asked("pyodide-lean-") == []
        lesson.try_again()
        lesson.answered_by("pyodide")
        assert lesson.settled() == "live"


def test_no_page_driven_through_every_control_asks_a_foreign_host_or_meets_the_policy(
    engine: Engine, server: SiteServer
) -> None:
    driven = 0
    with listening(server) as refused, reading(engine, server) as lesson:
        for address in addresses(server.folder):
            lesson.page.goto(server.url + address)
            if lesson.page.visible("lesson-widget"):
                lesson.open_groups()
                for label in lesson.labels():
                    lesson.touch(label)
                    assert lesson.settled() in ("live", "refused")
                    driven += 1
            assert refused(lesson.page) == [], address
            assert server.foreign_requests_of(lesson.page) == [], address
    assert driven >= 60
    assert not server.asked(r"/pyodide\.asm\.wasm$")  # the lean Pyodide lacked nothing


def test_the_parsed_page_keeps_each_widget_whole(engine: Engine, server: SiteServer) -> None:
    with reading(engine, server) as lesson:
        parts = lesson.page.evaluate(
            "[...document.querySelector('lesson-widget').children].map(c => c.localName)"
        )
        assert parts == [
            *("noscript", "fieldset", "div", "output"),
            *("p", "p", "p", "button", "div"),
        ]
        assert lesson.page.evaluate("document.querySelector('lesson-widget').closest('p') === null")
        assert lesson.page.evaluate(
            "document.querySelector('.md-content article').contains(document.querySelector('lesson-widget'))"
        )


def test_a_widget_is_reached_and_moved_with_the_keyboard_alone(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server, viewport=(1440, 900)) as lesson:
        # the first stop skips Material's header; in WebKit its search box sends Tab back to the start
        lesson.page.tab()
        assert lesson.page.text(":focus") == "Skip to content"
        lesson.page.press("Enter")
        lesson.page.wait_until("document.activeElement.matches('h1')")  # a reader presses no sooner
        for _ in range(10):
            lesson.page.tab()
            if lesson.focused() == KNEE:
                break
        assert lesson.focused() == KNEE
        outline = lesson.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        lesson.page.press("ArrowRight")
        lesson.answered(html(knee_deg=96))
