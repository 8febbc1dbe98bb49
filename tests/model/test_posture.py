"""Does the low back bend the way the studies and the assumptions say?"""

from typing import Any

import pytest
from hypothesis import given

from interactive.model import posture
from interactive.model.anthropometry import STANCE
from interactive.model.chain import NOMINAL, Setup, evaluate
from interactive.model.cited import OutOfRange
from interactive.model.evidence import PELVIC_SHARE_RAISE
from interactive.model.geometry import KNEE
from interactive.model.posture import lumbar_flexion
from tests.model.strategies import NO_NUMBERS, floats

LIMITS = {
    "straight_leg_raise_deg": posture.STRAIGHT_LEG_RAISE,
    "stance_deg": STANCE,
    "spine_share": posture.SPINE_SHARE,
    "hip_limit_deg": posture.HIP_LIMIT,
    "softness_deg": posture.SOFTNESS,
    "hamstring_slack": posture.HAMSTRING_SLACK,
    "lumbar_range_deg": posture.LUMBAR_RANGE,
    "stance_slope": posture.STANCE_SLOPE,
}
FOLD = floats(-60, 180)
KNEES = floats(0, 150)
unknowns = {name: floats(quantity.low, quantity.high) for name, quantity in LIMITS.items()}


@given(FOLD, FOLD, KNEES, unknowns["hip_limit_deg"], unknowns["spine_share"])
def test_more_fold_never_straightens_the_back_at_the_same_knee_bend(
    fold_deg: float, other_deg: float, knee_deg: float, hip_limit_deg: float, spine_share: float
) -> None:
    less, more = (
        lumbar_flexion(fold, knee_deg, hip_limit_deg=hip_limit_deg, spine_share=spine_share)
        for fold in sorted((fold_deg, other_deg))
    )
    assert less.flexion_deg <= more.flexion_deg


@given(FOLD, KNEES, unknowns["hip_limit_deg"], unknowns["hip_limit_deg"])
def test_a_hip_that_goes_further_never_bends_the_back_more(
    fold_deg: float, knee_deg: float, hip_limit_deg: float, other_deg: float
) -> None:
    stiff, supple = (
        lumbar_flexion(fold_deg, knee_deg, hip_limit_deg=limit_deg)
        for limit_deg in sorted((hip_limit_deg, other_deg))
    )
    assert supple.flexion_deg <= stiff.flexion_deg + 1e-9
    assert supple.hip_limit_deg >= stiff.hip_limit_deg - 1e-9


@given(FOLD, KNEES, unknowns["straight_leg_raise_deg"], unknowns["straight_leg_raise_deg"])
def test_longer_hamstrings_never_bend_the_back_more(
    fold_deg: float, knee_deg: float, raise_deg: float, other_deg: float
) -> None:
    tight, loose = (
        lumbar_flexion(fold_deg, knee_deg, raise_deg)
        for raise_deg in sorted((raise_deg, other_deg))
    )
    assert loose.flexion_deg <= tight.flexion_deg + 1e-9


def test_hamstrings_decide_with_straight_knees_and_hardly_at_depth() -> None:
    def gain(fold_deg: float, knee_deg: float) -> float:
        tight = lumbar_flexion(fold_deg, knee_deg, straight_leg_raise_deg=65)
        loose = lumbar_flexion(fold_deg, knee_deg, straight_leg_raise_deg=85)
        return tight.flexion_deg - loose.flexion_deg

    assert gain(80, 10) > 5 * gain(150, 115)


def test_a_straight_leg_raise_takes_about_the_published_part_from_the_pelvis() -> None:
    # In the test the leg rises until it stops, so the fold is the straight-leg raise itself.
    share = lumbar_flexion(75, 0, straight_leg_raise_deg=75).flexion_deg / 75
    assert share == pytest.approx(PELVIC_SHARE_RAISE.value, abs=0.04)


def test_the_link_alone_gives_what_the_chain_gives() -> None:
    answer = evaluate(Setup())
    assert lumbar_flexion(answer.pose.trunk_thigh_deg, 95) == answer.lumbar
    body = NOMINAL
    assert answer.lumbar == lumbar_flexion(
        answer.pose.trunk_thigh_deg,
        95,
        75,
        12,
        body.spine_share,
        body.hip_limit_deg,
        body.softness_deg,
        body.hamstring_slack,
        body.lumbar_range_deg,
        body.stance_slope,
    )


def test_past_the_end_of_the_range_the_hips_must_leave_the_seat() -> None:
    folded = lumbar_flexion(170, 120)
    assert folded.hips_leave_seat
    assert folded.flexion_deg == pytest.approx(1.10 * 54)
    assert folded.fraction_of_range == pytest.approx(1.10)
    assert not lumbar_flexion(130, 95).hips_leave_seat


def test_a_fold_past_180_degrees_is_refused_in_words() -> None:
    with pytest.raises(OutOfRange) as refused:
        lumbar_flexion(200, 120)
    assert refused.value.sentence == (
        "The thighs would have to pass through the trunk. "
        "Lower the backrest or the rail, or press less deep."
    )


def test_a_stiff_spine_takes_a_smaller_part_while_the_hip_is_free() -> None:
    stiff, supple = (lumbar_flexion(40, 60, lumbar_range_deg=own) for own in (36, 72))
    assert supple.flexion_deg == pytest.approx(2 * stiff.flexion_deg, rel=1e-3)


def test_no_spine_takes_more_than_its_ceiling() -> None:
    assert posture.free_share(0.36, 90) == 0.6
    assert posture.free_share(0.36, 54) == pytest.approx(0.36)


@pytest.mark.parametrize("field", ["trunk_thigh_deg", "knee_deg", *LIMITS])
def test_every_argument_refuses_what_lies_outside_its_range(field: str) -> None:
    good: dict[str, Any] = {"trunk_thigh_deg": 130, "knee_deg": 95}
    ranges = {
        name: (quantity.low, quantity.high, quantity.unit) for name, quantity in LIMITS.items()
    }
    ranges |= {"trunk_thigh_deg": (-60, 180, "deg"), "knee_deg": (KNEE.low, KNEE.high, "deg")}
    low, high, unit = ranges[field]
    for end in (low, high):
        lumbar_flexion(**(good | {field: end}))
    for bad in (*NO_NUMBERS, low - 0.001, high + 0.001):
        with pytest.raises(OutOfRange) as refused:
            lumbar_flexion(**(good | {field: bad}))
        problem = refused.value
        assert (problem.field, problem.value is bad) == (field, True)
        assert (problem.low, problem.high, problem.unit) == (low, high, unit)
