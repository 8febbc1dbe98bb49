"""What the exercise chooser tells a reader."""

import re
from typing import Any

from hypothesis import given, settings

from interactive.catalogue import widget_named
from interactive.model.exercises import BELT_SQUAT_LESS_GLUTES, EXERCISES
from tests.widgets import contract

WIDGET = widget_named("exercise-chooser")


def shown(**inputs: Any) -> str:
    html = WIDGET.answer(inputs).html
    assert html is not None
    return html


def text(html: str) -> str:
    return re.sub("<[^>]+>", "", html)


@settings(max_examples=300, deadline=None)
@given(contract.inputs(WIDGET))
def test_every_answer_says_that_fewer_injuries_are_not_shown_and_stands_beside_the_leg_press(
    inputs: dict[str, Any],
) -> None:
    html = shown(**inputs)
    if not any(inputs[field] for field in ("belt_machine", "hack_machine", "dumbbells", "step")):
        assert "Tick at least one thing" in html
        return
    assert "Not one of these exercises has been shown to cause fewer back injuries." in html
    listed = re.findall("<li><strong>([^<]+)</strong>", html)
    if best := re.search("Most speaks for: <strong>([^<]+)</strong>", html):
        named = best[1].split(", ")
        assert named == listed[: len(named)]
    else:
        assert "little speaks for any of these" in html
    heads = re.findall('<th scope="col">([^<]*)</th>', html)
    assert heads == ["Compared", "Leg press", listed[0]]
    assert html.count(">not shown<") == 2


def test_every_reason_shows_its_evidence_label() -> None:
    html = shown(goal="glutes", bother="back-load")
    reasons = re.findall('<li><span class="chooser-sign".*?</li>', html)
    assert len(reasons) >= 6
    for reason in reasons:
        assert re.search('class="evidence">(measured in people, |from mechanics|coaches)', reason)


def test_a_number_is_the_sources_own_rounded_once() -> None:
    said = text(shown(goal="glutes"))
    worked = f"worked {BELT_SQUAT_LESS_GLUTES.value:.0f}\N{NO-BREAK SPACE}% less"
    assert f"The glutes {worked} than in a back squat" in said
    assert "measured in people, Joseph 2020" in said


def test_exercises_for_which_as_much_speaks_are_named_together() -> None:
    said = text(shown(goal="one-leg", bother="nothing"))
    assert "Most speaks for: Step-up, Bulgarian split squat." in said
    machines_only = {"dumbbells": False, "step": False}
    said = text(shown(goal="one-leg", bother="nothing", **machines_only))
    assert "By your answers, little speaks for any of these." in said


def test_what_the_gym_does_not_have_is_not_proposed() -> None:
    html = shown(belt_machine=False, hack_machine=False, dumbbells=False)
    assert re.findall("<li><strong>([^<]+)</strong>", html) == [
        "Step-up", "Bulgarian split squat",
    ]  # fmt: skip
    assert len(re.findall("<li><strong>", shown())) == len(EXERCISES)
