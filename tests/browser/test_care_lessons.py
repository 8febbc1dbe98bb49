"""A reader whose back hurts, one who paces the breath, and one who looks for another exercise."""

import json

import pytest

from interactive.care_cards import EMERGENCY, URGENT, care_card
from interactive.catalogue import widget_named
from tests.browser.engines import Engine, Page
from tests.browser.lesson_page import COLOURS, LessonPage
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

PAIN, BRACING = "lessons/pain-signals/", "lessons/bracing/"
OTHERS = "lessons/alternatives/"
SEVERE, NUMB = care_card(URGENT).questions[0], care_card(EMERGENCY).questions[0]
DOT = "document.querySelector('.pacer-dot')"
SHOWN = "[...document.querySelectorAll('{}')].filter(word => word.getBBox().y > 0).length"


def html(name: str, **inputs: object) -> str:
    answer = widget_named(name).answer(inputs).html
    assert answer is not None
    return answer


def top(page: Page, css: str) -> float:
    found = f"document.querySelector({json.dumps(css)}).getBoundingClientRect().top"
    return float(page.evaluate(found))


def test_the_emergency_card_stands_above_the_questions_and_stays_whatever_is_ticked(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + PAIN, viewport=(360, 800)) as page:
        lesson = LessonPage(page)
        for ticked in ({}, {"one_leg_severe": True}, {"one_leg_severe": True, "skin_numb": True}):
            if ticked:
                lesson.touch(SEVERE if len(ticked) == 1 else NUMB)
            lesson.answered(html("what-to-do-now", **ticked))
            card = "lesson-widget .care-card-emergency"
            assert page.visible(card)
            assert top(page, card) < top(page, "lesson-widget input")
        assert not page.visible("lesson-widget .care-card-urgent")


def test_ticks_leave_no_trace_on_the_readers_device_and_none_at_the_host(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + PAIN) as page:
        lesson = LessonPage(page)
        page.wait_until(COLOURS)
        kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
        before, address = page.evaluate(kept), page.evaluate("location.href")
        lesson.touch(NUMB)
        lesson.answered(html("what-to-do-now", skin_numb=True))
        assert page.evaluate(kept) == before
        assert page.evaluate("location.href") == address
        assert not [asked for asked in server.requests if "skin" in asked.path]


def test_without_script_all_three_cards_are_a_plain_list(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + PAIN, javascript=False) as page:
        for kind in ("emergency", "urgent", "not-urgent"):
            assert page.visible(f".care-cards .care-card-{kind}")


def test_the_rhythm_moves_when_asked_and_stops_when_asked(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + BRACING) as page:
        lesson = LessonPage(page)
        assert not page.visible(".pacer-dot")
        lesson.touch("Move with me")
        lesson.answered(html("breath-pacer", moving=True))
        page.wait_until(f"{DOT}.cx.animVal.value > {DOT}.cx.baseVal.value + 20")
        assert page.visible(".pacer-dot")
        # one word of the moment and one count stand in the picture, the others above it
        page.wait_until(
            f"{SHOWN.format('.pacer-word')} === 1 && {SHOWN.format('.pacer-count')} === 1"
        )
        assert not page.visible(".breath-pacer .pacer-still")
        lesson.touch("Move with me")
        lesson.answered(html("breath-pacer"))
        assert not page.visible(".pacer-dot")


def test_who_asked_for_less_motion_gets_the_still_picture_and_is_told(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + BRACING, reduced_motion=True) as page:
        lesson = LessonPage(page)
        lesson.touch("Move with me")
        lesson.answered(html("breath-pacer", moving=True))
        assert not page.visible(".pacer-dot")
        assert page.visible(".pacer .pacer-breath")
        assert "stands still" in page.text(".breath-pacer .pacer-still")


def test_another_goal_ranks_the_exercises_anew(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url + OTHERS) as page:
        lesson = LessonPage(page)
        lesson.choose("What do you want to train?", "one-leg")
        lesson.answered(html("exercise-chooser", goal="one-leg"))
