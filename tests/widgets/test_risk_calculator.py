"""What the calculator tells a reader, and that its buttons do what they promise."""

import json
import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings

from interactive.catalogue import widget_named
from interactive.model.chain import Setup
from interactive.model.uncertainty import summarise
from interactive.wording import in_twenty
from tests.widgets.contract import inputs

WIDGET = widget_named("risk-calculator")
TRY = re.compile(
    r"<li><span>(.+?): <strong>(.+?)</strong>\.</span> <button[^>]*data-set=\"(.+?)\">"
)


def html(given_inputs: dict[str, Any], before: dict[str, Any] | None = None) -> str:
    answer = WIDGET.answer(given_inputs, before)
    assert answer.html is not None, answer.refusal
    return answer.html


def said(given_inputs: dict[str, Any]) -> str:
    return re.sub("<[^>]+>", "", html(given_inputs).split("</p>")[0])


def test_the_first_sentence_is_the_models_share_and_its_word() -> None:
    summary = summarise(Setup())
    count = in_twenty(summary.share_past).capitalize()
    assert said({}) == (
        f"{count} bodies like yours bend the low back past three quarters of its range: "
        f"{summary.verdict}."
    )


def test_each_change_can_be_tried_and_does_about_what_it_promises() -> None:
    buttons = TRY.findall(html({}))
    assert len(buttons) >= 3
    before = summarise(Setup()).share_past
    for words, promised, sets in buttons:
        applied = {**WIDGET.start, **json.loads(unescape(sets))}
        after = summarise(
            Setup(
                knee_deg=applied["knee_deg"],
                foot_height_cm=applied["foot_height_cm"],
                backrest_deg=applied["backrest_deg"],
                stance_deg=applied["stance_deg"],
            )
        ).share_past
        count = re.search(r"about (\d+) in 20 fewer", promised)
        assert count, words
        # the knee that follows a sled stop is set to the nearest degree
        assert (before - after) * 20 == pytest.approx(int(count[1]), abs=1), words
        assert said(json.loads(unescape(sets))) != said({})


def test_bracing_is_worked_out_but_never_ranked() -> None:
    ranked = html({}).partition("Every change")[0]
    assert "Brace as hard" not in ranked
    assert "not ranked" in html({})


def test_a_machine_that_is_not_described_has_no_load_and_says_why() -> None:
    text = html({"resistance": "unknown"})
    assert "not described by the model" in text
    assert "times their body weight" not in text


def test_a_lever_is_called_approximate() -> None:
    assert "approximate" in html({"resistance": "lever"})


def test_two_setups_stand_side_by_side_on_the_same_bodies() -> None:
    text = html({"backrest_deg": 22}, before={})
    assert "Before and now" in text
    assert text.index("Before and now") < text.index("data-say")
    shares = [in_twenty(summarise(Setup(backrest_deg=deg)).share_past) for deg in (32, 22)]
    row = re.search(r"Bodies past the line</th>(.+?)</tr>", text)
    assert row
    assert re.findall(r">(about .+?|nearly all|fewer than .+?)<", row[1]) == shares
    assert "Backrest above flat" in text
    assert "Knee bend at the bottom</th>" not in text.partition("data-say")[0]  # it did not change


def test_values_kept_as_before_wait_for_a_change() -> None:
    assert "Now change something" in html({}, before={})


def test_the_card_holds_the_settings_and_when_to_stop() -> None:
    card = html({"backrest_deg": 20}).partition("gym-card")[2]
    assert "<dt>Backrest</dt><dd>20°</dd>" in card
    assert "stop at once" in card
    assert "Set the backrest 10° flatter" in card


def test_no_chance_of_an_injury_and_no_promise_is_printed() -> None:
    text = html({"knee_deg": 130})
    assert not re.search(r"\b(safe|safely|cleared|injury risk|risk of injury)\b", text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(inputs(WIDGET), inputs(WIDGET))
def test_any_two_setups_can_be_compared_or_are_refused_calmly(
    before: dict[str, Any], now: dict[str, Any]
) -> None:
    answer = WIDGET.answer(now, before)
    assert answer.html or answer.refusal.endswith(".")
