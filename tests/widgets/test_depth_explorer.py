"""What the depth explorer tells a reader."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from interactive.catalogue import widget_named
from interactive.model.posture import THREE_QUARTERS

WIDGET = widget_named("depth-explorer")


def shown(**inputs: float) -> tuple[float, float, str]:
    """Return fold [deg], share of the range [%] and the sentence that a page shows."""
    html = WIDGET.answer(inputs).html
    assert html is not None
    sentence = re.sub("<[^>]+>", "", html.split("</p>")[0])
    fold = re.search(r"trunk fold to (\d+)°", html)
    share = re.search(r"(\d+)\s%", sentence)
    assert fold
    assert share
    return float(fold[1]), float(share[1]), sentence


def test_the_start_shows_the_worked_example_of_the_model() -> None:
    assert shown() == (
        137,
        69,
        "Low back: 69\xa0% of its own bending range, below the three-quarter line.",
    )


def test_a_degree_of_backrest_is_a_degree_of_fold() -> None:
    assert shown(backrest_deg=22)[0] == shown(backrest_deg=32)[0] - 10


@given(st.integers(20, 139), st.integers(0, 40))
def test_going_deeper_never_opens_the_hip_again_with_the_feet_above_it(
    knee_deg: int, foot_height_cm: int
) -> None:
    deeper = WIDGET.answer({"knee_deg": knee_deg + 1, "foot_height_cm": foot_height_cm})
    assume(deeper.html is not None)
    here = shown(knee_deg=knee_deg, foot_height_cm=foot_height_cm)
    assert shown(knee_deg=knee_deg + 1, foot_height_cm=foot_height_cm)[0] >= here[0]


@given(st.integers(20, 140))
def test_the_words_say_on_which_side_of_the_line_the_marker_stands(knee_deg: int) -> None:
    _, share, sentence = shown(knee_deg=knee_deg, foot_height_cm=10)
    if share > THREE_QUARTERS.value * 100:
        assert "past the three-quarter line" in sentence or "must leave the seat" in sentence
    elif share < THREE_QUARTERS.value * 100:
        assert "below the three-quarter line" in sentence


def test_a_bend_that_the_spine_does_not_have_lifts_the_hips() -> None:
    assert "the hips must leave the seat" in shown(knee_deg=120, backrest_deg=50)[2]


def test_feet_out_of_reach_are_said_in_words() -> None:
    answer = WIDGET.answer({"stature_cm": 140, "foot_height_cm": 40, "knee_deg": 140})
    assert answer.html is None
    assert answer.refusal == (
        "With legs this long and feet this high the plate cannot be reached at this depth."
    )
