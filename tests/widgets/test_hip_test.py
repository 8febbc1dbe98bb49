"""What the hip test makes of a reading."""

import json
import re
from html import unescape

import pytest

from interactive.catalogue import widget_named
from interactive.model.self_tests import fingers_from_hip_flexion, hip_flexion_from_fingers

WIDGET = widget_named("hip-test")


def test_both_ways_of_measuring_hand_on_what_the_other_widgets_offer() -> None:
    offered = widget_named("risk-calculator").controls["own_hip_flexion_deg"].stops
    for inputs in (
        *({"level_deg": deg} for deg in range(70, 161)),
        *({"method": "fingers", "fingers": count} for count in range(19)),
    ):
        html = WIDGET.answer(inputs).html
        assert html
        given = re.search(r'data-give="(.+?)"', html)
        assert given
        assert json.loads(unescape(given[1]))["own_hip_flexion_deg"] in offered


def test_a_smaller_gap_is_a_hip_that_folds_further() -> None:
    folds = [hip_flexion_from_fingers(count, 175) for count in range(18)]
    assert folds == sorted(folds, reverse=True)
    assert folds[0] == pytest.approx(160, abs=10)


@pytest.mark.parametrize("stature_cm", [140, 175, 210])
def test_counting_fingers_and_back_gives_the_same_angle(stature_cm: float) -> None:
    for flexion_deg in (120, 140, 155):
        fingers = fingers_from_hip_flexion(flexion_deg, stature_cm)
        if 0 <= fingers <= 18:
            assert hip_flexion_from_fingers(fingers, stature_cm) == pytest.approx(flexion_deg)


def test_it_does_not_say_whether_a_hip_is_stiff() -> None:
    html = WIDGET.answer({"level_deg": 90}).html
    assert html
    assert "does not say whether your hip is stiff" in html
