"""A widget's state: in the address, in the reader's units, from a machine's type, beside an earlier one."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from hooks.machines import machine_presets
from interactive.catalogue import widget_named
from tests.browser.engines import Engine
from tests.browser.lesson_page import LessonPage
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

LESSON, CALCULATOR = "lessons/biomechanics/", "calculator/"
KNEE, FEET = "Knee bend at the bottom", "Feet above the hip line"
UNUSABLE = "The values in this link cannot be used, so this shows the starting values."
STACK = next(preset for preset in machine_presets() if preset.slug == "horizontal-stack")


def html(widget: str, before: dict[str, Any] | None = None, **inputs: Any) -> str:
    answer = widget_named(widget).answer(inputs, before).html
    assert answer is not None
    return answer


def explored(**inputs: Any) -> str:
    return html("depth-explorer", **inputs)


@contextmanager
def reading(engine: Engine, url: str, css: str = "lesson-widget") -> Iterator[LessonPage]:
    with engine.open(url) as page:
        yield LessonPage(page, css)


@contextmanager
def calculating(engine: Engine, server: SiteServer, fragment: str = "") -> Iterator[LessonPage]:
    with reading(engine, server.url + CALCULATOR + fragment, "#risk-calculator-1") as lesson:
        yield lesson


def fragment(lesson: LessonPage) -> str:
    return str(lesson.page.evaluate("location.hash"))


def test_the_address_says_what_was_moved_and_back_and_forward_follow_it(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server.url + LESSON) as lesson:
        lesson.move(KNEE, 3)
        lesson.answered(explored(knee_deg=98))
        assert fragment(lesson) == "#v1&depth-explorer-1&knee_deg=98"
        lesson.move(FEET, -2)
        lesson.answered(explored(knee_deg=98, foot_height_cm=10))
        assert fragment(lesson) == "#v1&depth-explorer-1&knee_deg=98&foot_height_cm=10"
        lesson.page.evaluate("history.back(), 1")
        lesson.answered(explored(knee_deg=98))
        assert (lesson.value(FEET), lesson.typed(FEET)) == (12, "12")
        lesson.page.evaluate("history.back(), 1")
        lesson.answered(explored())
        assert lesson.value(KNEE) == 95
        lesson.page.evaluate("history.forward()")
        lesson.answered(explored(knee_deg=98))
        assert lesson.value(KNEE) == 98
        assert lesson.page.console_errors == []


def test_a_shared_address_shows_its_values_and_asks_the_server_nothing_about_them(
    engine: Engine, server: SiteServer
) -> None:
    shared = "#v1&depth-explorer-1&knee_deg=110&straight_leg_raise_deg=60"
    with reading(engine, server.url + LESSON + shared) as lesson:
        lesson.answered(explored(knee_deg=110, straight_leg_raise_deg=60))
        assert lesson.typed(KNEE) == "110"
        assert server.asked("110") == []
        assert server.foreign_requests_of(lesson.page) == []


@pytest.mark.parametrize(
    "bad",
    [
        "knee_deg=400",
        "knee_deg=95.5",
        "knee_deg=NaN",
        "knee_deg=1e2",
        "knee_deg=",
        "no_such_input=1",
        "__proto__=1",
        "constructor=1",
        "units=cubits",
        "knee_deg=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "knee_deg=%E0%A4",
    ],
)
def test_an_address_that_cannot_be_used_shows_the_start_with_a_note(
    engine: Engine, server: SiteServer, bad: str
) -> None:
    with reading(engine, server.url + LESSON + f"#v1&depth-explorer-1&{bad}") as lesson:
        lesson.page.wait_until("document.querySelector('.widget-message').textContent")
        assert lesson.message() == UNUSABLE
        lesson.answered(explored())
        assert lesson.value(KNEE) == 95
        lesson.move(KNEE, 1)
        lesson.answered(explored(knee_deg=96))
        assert UNUSABLE not in lesson.message()
        assert lesson.page.console_errors == []


def test_an_address_of_another_version_shows_the_start_with_a_note(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server.url + LESSON + "#v9&depth-explorer-1&knee_deg=100") as lesson:
        lesson.page.wait_until("document.querySelector('.widget-message').textContent")
        assert lesson.message() == UNUSABLE
        lesson.answered(explored())


def test_a_hidden_input_of_an_address_is_checked_by_the_contract_in_python(
    engine: Engine, server: SiteServer
) -> None:
    # the front page shows two controls; body height is not among them
    with reading(engine, server.url + "#v1&depth-explorer-1&stature_cm=160") as lesson:
        assert "stature" not in " ".join(lesson.labels()).lower()
        lesson.answered(html("depth-explorer", **{**lesson.inputs(), "stature_cm": 160}))
    with reading(engine, server.url + "#v1&depth-explorer-1&stature_cm=999") as lesson:
        lesson.page.wait_until(
            "document.querySelector('.widget-message').textContent === " + json.dumps(UNUSABLE)
        )
        assert lesson.inputs()["stature_cm"] == 175


def test_an_ordinary_anchor_is_left_alone(engine: Engine, server: SiteServer) -> None:
    with reading(engine, server.url + LESSON + "#next") as lesson:
        lesson.page.wait_until("!!customElements.get('lesson-widget')")
        assert lesson.state() == "static"
        assert lesson.message() == ""
        assert fragment(lesson) == "#next"


def test_pounds_and_inches_change_the_controls_and_the_words_not_the_model(
    engine: Engine, server: SiteServer
) -> None:
    with calculating(engine, server) as lesson:
        lesson.choose("Units", "us")
        inputs = {"foot_height_cm": 11.43, "stature_cm": 175.26, "body_mass_kg": 79.83, "plates_kg": 120.2, "sled_kg": 45.36}  # fmt: skip
        lesson.answered(html("risk-calculator", units="us", **inputs))
        assert (lesson.typed("Plates or stack"), lesson.typed("Body height")) == ("265", "69")
        unit = "document.querySelector('[data-twin=stature_cm] ~ .widget-unit').textContent"
        assert lesson.page.evaluate(unit) == "\xa0in (5\xa0ft\xa09\xa0in)"
        lesson.move("Plates or stack", 1)
        lesson.answered(html("risk-calculator", units="us", **{**inputs, "plates_kg": 122.47}))
        assert lesson.typed("Plates or stack") == "270"
        assert "plates_kg=122.47" in fragment(lesson)
        lesson.choose("Units", "metric")
        assert lesson.typed("Plates or stack") == "120"
        assert lesson.typed("Body height") == "175"
        lesson.answered(html("risk-calculator", foot_height_cm=11))


def test_a_type_of_machine_sets_its_angles_and_is_named_while_they_stand(
    engine: Engine, server: SiteServer
) -> None:
    with calculating(engine, server) as lesson:
        chosen = "document.querySelector('#risk-calculator-1 .widget-machine').value"
        assert lesson.page.evaluate(chosen) == "sled-45"
        lesson.page.evaluate(
            "(list => { list.value = 'horizontal-stack';"
            " list.dispatchEvent(new Event('change', {bubbles: true})) })"
            "(document.querySelector('#risk-calculator-1 .widget-machine'))"
        )
        lesson.answered(html("risk-calculator", **STACK.values))
        assert lesson.typed("Backrest above flat") == f"{STACK.values['backrest_deg']:g}"
        lesson.move("Backrest above flat", -1)
        assert lesson.page.evaluate(chosen) == ""
        lesson.page.evaluate("history.back(), 1")
        lesson.answered(html("risk-calculator", **STACK.values))
        assert lesson.page.evaluate(chosen) == "horizontal-stack"


def test_a_change_is_applied_by_one_press_and_the_keyboard_stays_at_the_answer(
    engine: Engine, server: SiteServer
) -> None:
    with calculating(engine, server) as lesson:
        lesson.press_button(".changes button")
        lesson.answered(html("risk-calculator", backrest_deg=22))
        assert lesson.value("Backrest above flat") == 22
        assert lesson.page.evaluate("document.activeElement.matches('[data-say]')")


def test_two_setups_stand_beside_each_other_until_the_reader_stops_comparing(
    engine: Engine, server: SiteServer
) -> None:
    with calculating(engine, server) as lesson:
        assert not lesson.page.visible("#risk-calculator-1 [data-tool=alone]")
        lesson.press_button("[data-tool=before]")
        lesson.answered(html("risk-calculator", before={}))
        lesson.move("Backrest above flat", -10)
        lesson.answered(html("risk-calculator", before={}, backrest_deg=22))
        assert fragment(lesson) == "#v1&risk-calculator-1&backrest_deg=22&before&backrest_deg=32"
        lesson.press_button("[data-tool=alone]")
        lesson.answered(html("risk-calculator", backrest_deg=22))
    shared = "#v1&risk-calculator-1&backrest_deg=22&before&backrest_deg=32"
    with calculating(engine, server, shared) as lesson:
        lesson.answered(html("risk-calculator", before={}, backrest_deg=22))
        assert lesson.page.visible("#risk-calculator-1 [data-tool=alone]")


def test_the_link_says_which_values_it_carries(engine: Engine, server: SiteServer) -> None:
    with reading(engine, server.url + LESSON) as lesson:
        lesson.move(KNEE, 5)
        lesson.answered(explored(knee_deg=100))
        lesson.press_button("[data-tool=link]")
        # until then it may tell of the download
        lesson.page.wait_until(
            "document.querySelector('.widget-message').textContent.includes('It carries')"
        )
        assert lesson.message().endswith("It carries: Knee bend at the bottom 100°.")
        assert re.match(
            r"Link copied\.|Copy this link: \S+#v1&depth-explorer-1&knee_deg=100 ", lesson.message()
        )


def test_the_hip_test_hands_its_reading_to_the_setup_finder(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server.url + "lessons/setup/", "#setup-finder-1") as lesson:
        LessonPage(lesson.page, "[name=hip-test]").press_button("[data-give]")
        lesson.answered(html("setup-finder", own_hip_flexion_deg="130"))
        assert "own_hip_flexion_deg=130" in fragment(lesson)
        assert lesson.page.text("[name=hip-test] .widget-message") == (
            "Taken over by the other tools on this page."
        )


def test_the_card_alone_is_printed(engine: Engine, server: SiteServer) -> None:
    with calculating(engine, server) as lesson:
        lesson.page.evaluate(
            "window.print = () => { window.printed = document.documentElement.className }, 1"
        )
        lesson.press_button("[data-tool=print]")
        assert "prints-card" in lesson.page.evaluate("window.printed")
        lesson.page.evaluate("window.dispatchEvent(new Event('afterprint')), 1")
        assert "prints-card" not in lesson.page.evaluate("document.documentElement.className")


def test_on_a_phone_the_answer_stands_below_the_control_that_is_moved(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + CALCULATOR, viewport=(360, 640)) as page:
        lesson = LessonPage(page, "#risk-calculator-1")
        lesson.move(KNEE, 5)
        lesson.answered(html("risk-calculator", knee_deg=100))
        page.wait_until("!document.querySelector('#risk-calculator-1 .widget-echo').hidden")
        said = page.evaluate("document.querySelector('#risk-calculator-1 [data-say]').textContent")
        assert page.text("#risk-calculator-1 .widget-echo") == said
        page.evaluate("document.querySelector('#risk-calculator-1 [data-say]').scrollIntoView(), 1")
        page.wait_until("document.querySelector('#risk-calculator-1 .widget-echo').hidden")


def test_the_answer_below_the_controls_does_not_cover_the_one_that_the_keyboard_moves(
    engine: Engine, server: SiteServer
) -> None:
    edge = "document.activeElement.getBoundingClientRect().bottom"
    echo = "document.querySelector('#risk-calculator-1 .widget-echo')"
    with engine.open(server.url + CALCULATOR, viewport=(360, 640)) as page:
        lesson = LessonPage(page, "#risk-calculator-1")
        lesson.move(KNEE, 1)
        page.wait_until(f"!{echo}.hidden")
        page.evaluate(f"scrollBy({{top: {edge} - innerHeight, behavior: 'instant'}}), 1")
        assert page.evaluate(f"{edge} > {echo}.getBoundingClientRect().top")
        lesson.move(KNEE, 4)
        lesson.answered(html("risk-calculator", knee_deg=100))
        page.wait_until(f"{edge} <= {echo}.getBoundingClientRect().top && !{echo}.hidden")
