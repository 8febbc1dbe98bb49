"""What the breath pacer tells a reader: the order, the times, and nothing that moves unasked."""

import re
from typing import Any

import pytest
from hypothesis import given, settings

from interactive.catalogue import widget_named
from tests.widgets import contract

WIDGET = widget_named("breath-pacer")


def shown(**inputs: Any) -> str:
    html = WIDGET.answer(inputs).html
    assert html is not None
    return html


def said(**inputs: Any) -> str:
    return re.sub("<[^>]+>", "", shown(**inputs).split("</p>")[0])


def test_breath_and_brace_come_before_the_press_and_the_breath_leaves_during_it() -> None:
    phases = WIDGET.calculate(WIDGET.read({})).phases
    assert [phase.name for phase in phases] == ["Breathe in", "Brace", "Press", "Return"]
    press = phases[2]
    assert (phases[1].breath, press.breath) == (1, 0)
    assert "Breathe out through the hard part" in press.words


def test_the_start_says_how_long_a_set_takes_and_how_short_the_hold_is() -> None:
    assert said() == (
        "One repetition takes 7 seconds, 8 repetitions 56 seconds. "
        "You hold your breath for 0.5 seconds, no longer."
    )


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"repetitions": 1}, "1 repetition 7 seconds."),
        ({"repetitions": 9}, "9 repetitions 1 minute 3 seconds."),
        ({"return_s": 2, "repetitions": 10}, "10 repetitions 1 minute."),
        ({"brace_s": 1}, "hold your breath for 1 second, no longer"),
        ({"press_s": 5, "return_s": 5, "repetitions": 20}, "20 repetitions 4 minutes."),
    ],
)
def test_times_read_as_people_say_them(inputs: dict[str, float], words: str) -> None:
    assert words in said(**inputs)


@settings(max_examples=200, deadline=None)
@given(contract.inputs(WIDGET))
def test_the_parts_follow_each_other_without_a_gap_and_no_hold_is_long(
    inputs: dict[str, Any],
) -> None:
    schedule = WIDGET.calculate(WIDGET.read(inputs))
    ends = [0.0, *(phase.end_s for phase in schedule.phases)]
    assert [phase.start_s for phase in schedule.phases] == ends[:-1]
    brace = schedule.phases[1]
    assert 0 < brace.end_s - brace.start_s <= 2
    assert schedule.repetition_s == sum(
        inputs[field] for field in ("breathe_in_s", "brace_s", "press_s", "return_s")
    )


def test_nothing_moves_before_the_reader_asks() -> None:
    assert not re.search("<(animate|set) ", shown())
    assert re.search("<animate ", shown(moving=True))


@settings(max_examples=200, deadline=None)
@given(contract.inputs(WIDGET))
def test_the_movement_keeps_the_readers_tempo_and_ends_with_the_set(inputs: dict[str, Any]) -> None:
    inputs["moving"] = True
    html = shown(**inputs)
    one_s = WIDGET.calculate(WIDGET.read(inputs)).repetition_s
    for animation in re.findall("<animate [^>]+>", html):
        assert f'dur="{one_s:g}s" repeatCount="{inputs["repetitions"]:g}"' in animation
        times = [float(t) for t in re.findall('keyTimes="([^"]+)"', animation)[0].split(";")]
        assert (times[0], times[-1], len(times)) == (0, 1, 5)
        assert times == sorted(times)
        values = re.findall('values="([^"]+)"', animation)[0].split(";")
        assert len(values) == len(times)
    assert f"{inputs['repetitions']:g} of {inputs['repetitions']:g}" in html
    assert f'to="30" begin="{one_s * inputs["repetitions"]:g}s" fill="freeze"' in html


def test_the_still_picture_has_every_part_in_words() -> None:
    label = re.search('aria-label="([^"]+)"', shown())
    assert label
    for words in ("Breathe in for 1.5 seconds", "Brace for 0.5 seconds", "Press for 2 seconds"):
        assert words in label[1]
