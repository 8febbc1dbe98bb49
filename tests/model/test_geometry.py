"""Is the geometry exact, and does it say in words what legs cannot do?"""

from collections.abc import Callable
from math import cos, hypot, radians, sin
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from interactive.model.anthropometry import (
    OWN_SHANK_FRACTION,
    OWN_THIGH_FRACTION,
    both_legs_mass_kg,
    leg_lengths,
)
from interactive.model.cited import OutOfRange
from interactive.model.geometry import (
    Pose,
    deepest_knee_deg,
    knee_at_sled,
    pose,
    pose_at_sled,
    sled_travel_m,
)
from tests.model.strategies import NO_NUMBERS, floats

LINKS = floats(0.25, 0.60)
ANGLES = floats(0, 90)
TILTS = floats(-45, 45)


def reached(*arguments: float) -> Pose:
    """The pose, or a case to pass over where the legs do not reach."""
    try:
        return pose(*arguments)
    except OutOfRange as problem:
        assume("cannot be reached" not in problem.sentence)
        raise


@given(LINKS, LINKS, floats(-0.1, 0.4), floats(0, 150), ANGLES, ANGLES, TILTS)
def test_thigh_and_shank_close_from_hip_to_ankle(
    thigh_m: float,
    shank_m: float,
    foot_m: float,
    knee_deg: float,
    rail_deg: float,
    backrest_deg: float,
    tilt_deg: float,
) -> None:
    found = reached(thigh_m, shank_m, foot_m, knee_deg, rail_deg, backrest_deg, tilt_deg)
    thigh = radians(found.thigh_deg)
    shank = radians(found.thigh_deg - found.knee_deg)
    along_m = thigh_m * cos(thigh) + shank_m * cos(shank)
    across_m = thigh_m * sin(thigh) + shank_m * sin(shank)
    tilt = radians(tilt_deg)
    assert along_m == pytest.approx(found.rail_distance_m + foot_m * sin(tilt), abs=1e-7)
    assert across_m == pytest.approx(foot_m * cos(tilt), abs=1e-7)


@given(LINKS, LINKS, floats(-0.1, 0.4), floats(0, 150), ANGLES, ANGLES, TILTS)
def test_the_fold_is_rail_and_backrest_and_thigh(
    thigh_m: float,
    shank_m: float,
    foot_m: float,
    knee_deg: float,
    rail_deg: float,
    backrest_deg: float,
    tilt_deg: float,
) -> None:
    found = reached(thigh_m, shank_m, foot_m, knee_deg, rail_deg, backrest_deg, tilt_deg)
    gamma_deg = rail_deg + backrest_deg
    assert found.trunk_thigh_deg == pytest.approx(gamma_deg + found.thigh_deg, abs=1e-12)
    assert found.knee_deg == knee_deg


@given(LINKS, LINKS, floats(-0.1, 0.4), floats(0, 150), TILTS)
def test_knee_thigh_and_ankle_agree(
    thigh_m: float, shank_m: float, foot_m: float, knee_deg: float, tilt_deg: float
) -> None:
    found = reached(thigh_m, shank_m, foot_m, knee_deg, 45, 32, tilt_deg)
    # The shank leans towards the plate's foot by what the knee bends past the thigh's rise.
    below_deg = found.knee_deg - found.thigh_deg
    assert (found.dorsiflexion_deg + tilt_deg - below_deg) % 360 == pytest.approx(0, abs=1e-5) or (
        found.dorsiflexion_deg + tilt_deg - below_deg
    ) % 360 == pytest.approx(360, abs=1e-5)


@given(LINKS, LINKS, floats(-0.1, 0.4), floats(1, 150), TILTS)
def test_a_pose_is_found_again_from_its_place_on_the_rail(
    thigh_m: float, shank_m: float, foot_m: float, knee_deg: float, tilt_deg: float
) -> None:
    there = reached(thigh_m, shank_m, foot_m, knee_deg, 45, 32, tilt_deg)
    back = pose_at_sled(thigh_m, shank_m, foot_m, there.rail_distance_m, 45, 32, tilt_deg)
    assert back.knee_deg == pytest.approx(knee_deg, abs=1e-5)
    assert back.rail_distance_m == pytest.approx(there.rail_distance_m, abs=1e-6)


@given(LINKS, LINKS, floats(0, 0.4), floats(0, 149), floats(0.01, 60))
def test_more_knee_bend_never_unfolds_the_hip_with_the_feet_at_or_above_it(
    thigh_m: float, shank_m: float, foot_m: float, knee_deg: float, more_deg: float
) -> None:
    deeper_deg = min(knee_deg + more_deg, 150.0)
    # A shank much shorter than the thigh swings past the thigh's highest place.
    assume(shank_m + thigh_m * cos(radians(deeper_deg)) > 0)
    shallow = reached(thigh_m, shank_m, foot_m, knee_deg, 45, 32)
    deep = reached(thigh_m, shank_m, foot_m, deeper_deg, 45, 32)
    assert deep.trunk_thigh_deg >= shallow.trunk_thigh_deg - 1e-6


@given(LINKS, LINKS, floats(-0.1, 0.4), floats(0, 150), floats(0, 150), TILTS)
def test_travel_is_the_difference_of_two_places(
    thigh_m: float, shank_m: float, foot_m: float, top_deg: float, low_deg: float, tilt_deg: float
) -> None:
    top = reached(thigh_m, shank_m, foot_m, top_deg, 45, 32, tilt_deg)
    bottom = reached(thigh_m, shank_m, foot_m, low_deg, 45, 32, tilt_deg)
    travel_m = sled_travel_m(thigh_m, shank_m, foot_m, top_deg, low_deg, tilt_deg)
    assert travel_m == pytest.approx(top.rail_distance_m - bottom.rail_distance_m, abs=1e-12)


@given(floats(140, 210), floats(0, 40))
def test_a_wider_stance_shortens_the_legs_seen_from_the_side(
    stature_cm: float, stance_deg: float
) -> None:
    straight, wide = leg_lengths(stature_cm, 0), leg_lengths(stature_cm, stance_deg)
    assert wide.thigh_m == pytest.approx(straight.thigh_m * cos(radians(stance_deg)))
    assert wide.shank_m == pytest.approx(straight.shank_m * cos(radians(stance_deg)))


def test_own_leg_fractions_replace_the_published_ones() -> None:
    own = leg_lengths(200, stance_deg=0, thigh_fraction=0.25, shank_fraction=0.22)
    assert (own.thigh_m, own.shank_m) == (0.5, 0.44)


def test_feet_too_high_for_the_depth_are_refused_in_the_readers_words() -> None:
    with pytest.raises(OutOfRange) as refused:
        pose(0.34, 0.34, 0.40, 130, 45, 32)
    problem = refused.value
    assert problem.sentence == (
        "With legs this long and feet this high the plate cannot be reached at this depth."
    )
    assert (problem.field, problem.value, problem.low, problem.unit) == ("knee_deg", 130, 0, "deg")
    assert problem.high == pytest.approx(deepest_knee_deg(0.34, 0.34, 0.40))
    assert pose(0.34, 0.34, 0.40, problem.high - 1e-6, 45, 32).rail_distance_m < 0.001


def test_feet_too_low_for_the_depth_are_refused_in_the_readers_words() -> None:
    with pytest.raises(OutOfRange) as refused:
        pose(0.34, 0.34, -0.40, 130, 45, 32)
    assert refused.value.sentence == (
        "With legs this long and feet this low the plate cannot be reached at this depth."
    )


def test_feet_higher_than_the_legs_are_long_are_refused_at_every_depth() -> None:
    with pytest.raises(OutOfRange) as refused:
        pose(0.20, 0.20, 0.45, 0, 45, 32)
    assert refused.value.high == 0


@pytest.mark.parametrize("foot_m", [0.0, 0.12])
@pytest.mark.parametrize("tilt_deg", [0, 20])
def test_a_plate_out_of_reach_is_refused_with_the_places_it_can_have(
    foot_m: float, tilt_deg: float
) -> None:
    with pytest.raises(OutOfRange) as refused:
        pose_at_sled(0.43, 0.43, foot_m, 1.2, 45, 32, tilt_deg)
    problem = refused.value
    assert problem.sentence == (
        "With legs this long and the feet at this height the plate is out of reach."
    )
    assert (problem.field, problem.value, problem.unit) == ("rail_distance_m", 1.2, "m")
    straight, deepest = (pose(0.43, 0.43, foot_m, knee, 45, 32, tilt_deg) for knee in (0, 150))
    assert problem.high == pytest.approx(straight.rail_distance_m)
    assert problem.low == pytest.approx(deepest.rail_distance_m)


@pytest.mark.parametrize("distance_m", [-0.3, 0.0, 0.1])
def test_a_plate_closer_than_knees_bend_is_refused(distance_m: float) -> None:
    with pytest.raises(OutOfRange) as refused:
        pose_at_sled(0.43, 0.43, 0.05, distance_m, 45, 32)
    assert refused.value.sentence == (
        "With legs this long and the feet at this height the plate is closer than the knees can "
        "bend."
    )


def test_a_plate_beside_the_hip_has_its_nearest_place_there() -> None:
    with pytest.raises(OutOfRange) as refused:
        pose_at_sled(0.43, 0.43, 0.30, -0.1, 45, 32)
    assert refused.value.low == 0
    assert hypot(refused.value.high, 0.30) == pytest.approx(0.86)


def test_legs_stretched_to_their_full_length_do_not_reach_from_the_rail() -> None:
    with pytest.raises(OutOfRange, match="out of reach"):
        pose_at_sled(0.43, 0.43, 0.0, 0.86, 45, 32)
    assert pose(0.43, 0.43, 0.0, 0, 45, 32).rail_distance_m == pytest.approx(0.86)


@given(LINKS, LINKS, floats(0, 0.2))
def test_the_deepest_bend_a_knee_offers_can_be_taken(
    thigh_m: float, shank_m: float, foot_m: float
) -> None:
    try:
        deepest = pose(thigh_m, shank_m, foot_m, 150, 45, 32)
    except OutOfRange:
        assume(False)
    found_deg = knee_at_sled(thigh_m, shank_m, foot_m, deepest.rail_distance_m, 0)
    assert found_deg == pytest.approx(150)
    assert found_deg <= 150


def test_a_plate_tilted_away_eases_the_ankle_by_its_tilt() -> None:
    square = pose(0.42, 0.42, 0.12 * cos(radians(20)), 95, 45, 32)
    tilted = pose(0.42, 0.42, 0.12, 95, 45, 32, plate_tilt_deg=20)
    assert tilted.dorsiflexion_deg == pytest.approx(square.dorsiflexion_deg - 20)
    assert tilted.rail_distance_m == pytest.approx(square.rail_distance_m - 0.12 * sin(radians(20)))


POSE = {
    "thigh_m": (0.43, 0.15, 0.70, "m"),
    "shank_m": (0.43, 0.15, 0.70, "m"),
    "foot_height_m": (0.12, -0.50, 0.80, "m"),
    "rail_deg": (45, 0, 90, "deg"),
    "backrest_deg": (32, 0, 90, "deg"),
    "plate_tilt_deg": (0, -45, 45, "deg"),
}
KNEE = (95, 0, 150, "deg")
TRAVEL = {name: POSE[name] for name in ("thigh_m", "shank_m", "foot_height_m", "plate_tilt_deg")}
LEGS = {
    "stature_cm": (175, 140, 210, "cm"),
    "stance_deg": (12, 0, 40, "deg"),
    "thigh_fraction": (0.245, OWN_THIGH_FRACTION.low, OWN_THIGH_FRACTION.high, "1"),
    "shank_fraction": (0.246, OWN_SHANK_FRACTION.low, OWN_SHANK_FRACTION.high, "1"),
}
FUNCTIONS: list[tuple[Callable[..., object], dict[str, tuple[float, float, float, str]]]] = [
    (leg_lengths, LEGS),
    (both_legs_mass_kg, {"body_mass_kg": (80, 40, 180, "kg")}),
    (pose, POSE | {"knee_deg": KNEE}),
    (pose_at_sled, POSE | {"rail_distance_m": (0.55, -0.6, 2.0, "m")}),
    (sled_travel_m, TRAVEL | {"knee_top_deg": KNEE, "knee_bottom_deg": KNEE}),
]


@pytest.mark.parametrize(
    ("function", "limits", "field"),
    [(function, limits, field) for function, limits in FUNCTIONS for field in limits],
)
def test_every_argument_refuses_what_lies_outside_its_range(
    function: Callable[..., object],
    limits: dict[str, tuple[float, float, float, str]],
    field: str,
) -> None:
    good = {name: value for name, (value, *_) in limits.items()}
    _, low, high, unit = limits[field]
    function(**good)
    for bad in (*NO_NUMBERS, low - 0.001, high + 0.001):
        with pytest.raises(OutOfRange) as refused:
            function(**(good | {field: bad}))
        problem = refused.value
        assert (problem.field, problem.low, problem.high) == (field, low, high)
        assert (problem.value is bad, problem.unit) == (True, unit)


@pytest.mark.parametrize("function", [pose, pose_at_sled, sled_travel_m])
@given(st.data())
def test_no_pose_contains_anything_but_finite_numbers(
    function: Callable[..., object], data: st.DataObject
) -> None:
    limits = next(limits for known, limits in FUNCTIONS if known is function)
    drawn = {name: data.draw(floats(low, high)) for name, (_, low, high, _) in limits.items()}
    try:
        found = function(**drawn)
    except OutOfRange as problem:  # with the range that could be reached
        found = [problem.low, problem.high]
    figures: list[Any] = found if isinstance(found, list) else [found]
    if isinstance(found, Pose):
        figures = list(vars(found).values())
    assert all(abs(figure) < 1e4 for figure in figures)
