"""Is the depth window where most bodies stay below the line, and can a person set it?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interactive.model.chain import NOMINAL, Setup, evaluate
from interactive.model.cited import OutOfRange
from interactive.model.depth import LEVELS, DepthWindow, depth_windows, has_window
from interactive.model.geometry import deepest_knee_deg
from interactive.model.uncertainty import plausible_bodies, summarise
from tests.model.strategies import NO_NUMBERS

FEW = plausible_bodies(seed=6, count=40)


def bounds(window: DepthWindow) -> tuple[float, float]:
    """Both ends of a window that is not empty."""
    assert window.knee_from_deg is not None
    assert window.knee_to_deg is not None
    return window.knee_from_deg, window.knee_to_deg


@pytest.mark.parametrize(
    "setup",
    [
        Setup(),
        Setup(backrest_deg=20.0),
        Setup(straight_leg_raise_deg=60.0),
        Setup(rail_deg=0.0, backrest_deg=60.0, straight_leg_raise_deg=85.0),
        Setup(stature_cm=160.0, foot_height_cm=25.0),
    ],
)
def test_inside_the_window_enough_bodies_stay_below_and_outside_too_few(setup: Setup) -> None:
    windows = depth_windows(setup)
    assert [window.level for window in windows] == [0.90, 0.75, 0.50]
    for window in windows:
        if window.is_empty:
            continue
        knee_from_deg, knee_to_deg = bounds(window)
        margin_deg = 0.05  # more than the bisection leaves open
        inside = (knee_from_deg + margin_deg, knee_to_deg - margin_deg)
        for knee_deg in inside:
            share = summarise(replace(setup, knee_deg=knee_deg)).share_past
            assert 1 - share >= window.level
        for knee_deg in (knee_from_deg - margin_deg, knee_to_deg + margin_deg):
            if 5 < knee_deg < 140:
                share = summarise(replace(setup, knee_deg=knee_deg)).share_past
                assert 1 - share < window.level


def test_a_stricter_window_lies_within_a_laxer_one() -> None:
    strict, middle, lax = (bounds(w) for w in depth_windows(Setup(backrest_deg=22.0)))
    assert lax[0] <= middle[0] <= strict[0] < strict[1] < middle[1] < lax[1]


def test_the_windows_own_depth_plays_no_part() -> None:
    assert depth_windows(Setup(knee_deg=60.0), FEW) == depth_windows(Setup(knee_deg=120.0), FEW)


def test_tight_hamstrings_close_the_top_of_the_rep() -> None:
    knee_from_deg, knee_to_deg = bounds(depth_windows(Setup(straight_leg_raise_deg=62.0))[2])
    assert 5 < knee_from_deg < knee_to_deg
    assert bounds(depth_windows(Setup(straight_leg_raise_deg=90.0))[2])[0] == 5


def test_an_empty_window_holds_nothing() -> None:
    nine_in_ten = depth_windows(Setup())[0]
    assert nine_in_ten == DepthWindow(0.90, None, None, None, None, None)
    assert nine_in_ten.is_empty
    assert nine_in_ten.sled_travel_cm is None


@given(st.floats(70, 160), st.floats(70, 160), st.floats(10, 50), st.floats(40, 110))
@settings(max_examples=30)
def test_a_larger_own_hip_limit_never_narrows_the_window(
    own_deg: float, other_deg: float, backrest_deg: float, raise_deg: float
) -> None:
    stiff_deg, supple_deg = sorted((own_deg, other_deg))
    setup = Setup(backrest_deg=backrest_deg, straight_leg_raise_deg=raise_deg)
    stiff = depth_windows(replace(setup, own_hip_flexion_deg=stiff_deg), FEW)
    supple = depth_windows(replace(setup, own_hip_flexion_deg=supple_deg), FEW)
    for narrow, wide in zip(stiff, supple, strict=True):
        if not narrow.is_empty:
            assert bounds(wide)[0] <= bounds(narrow)[0]
            assert bounds(wide)[1] >= bounds(narrow)[1]


@pytest.mark.parametrize(
    ("setup", "place"), [(Setup(backrest_deg=20.0), 0), (Setup(straight_leg_raise_deg=62.0), 2)]
)
def test_the_window_is_told_in_centimetres_of_sled_and_by_the_upright_thigh(
    setup: Setup, place: int
) -> None:
    window = depth_windows(setup)[place]
    knee_from_deg, knee_to_deg = bounds(window)
    top, start, end = (
        evaluate(replace(setup, knee_deg=knee)).pose for knee in (5.0, knee_from_deg, knee_to_deg)
    )
    assert window.sled_from_cm == pytest.approx(100 * (top.rail_distance_m - start.rail_distance_m))
    assert window.sled_to_cm == pytest.approx(100 * (top.rail_distance_m - end.rail_distance_m))
    assert window.sled_from_cm is not None
    assert window.sled_to_cm is not None
    assert window.sled_travel_cm == window.sled_to_cm - window.sled_from_cm
    # the thigh is upright where the fold is 90 and the backrest
    assert window.thigh_past_vertical_deg == pytest.approx(
        end.trunk_thigh_deg - 90 - setup.backrest_deg
    )
    assert window.confidence == "moderate"


def test_a_window_ends_where_the_legs_no_longer_reach() -> None:
    short = Setup(
        stature_cm=140.0, foot_height_cm=40.0, backrest_deg=0.0, rail_deg=0.0, stance_deg=0.0
    )
    supple = [replace(NOMINAL, hip_limit_deg=138.0, lumbar_range_deg=78.0)]
    deepest_deg = deepest_knee_deg(0.343, 0.3444, 0.40)
    knee_from_deg, knee_to_deg = bounds(depth_windows(short, supple)[0])
    assert knee_from_deg == 5
    assert knee_to_deg == pytest.approx(deepest_deg, abs=0.02)


def test_a_window_never_goes_deeper_than_calves_on_thighs() -> None:
    easy = Setup(rail_deg=0.0, backrest_deg=0.0, foot_height_cm=0.0)
    assert bounds(depth_windows(easy)[2])[1] == 140


@pytest.mark.parametrize("setup", [Setup(), Setup(backrest_deg=20.0), Setup(backrest_deg=60.0)])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_window_that_exists_is_known_to_exist(setup: Setup, place: int) -> None:
    bodies = plausible_bodies()
    window = depth_windows(setup, bodies)[place]
    assert has_window(setup, LEVELS[place], bodies) == (not window.is_empty)


def test_exactly_as_many_as_asked_for_are_enough() -> None:
    supple = replace(NOMINAL, hip_limit_deg=138.0, lumbar_range_deg=78.0)
    stiff = replace(NOMINAL, hip_limit_deg=78.0, lumbar_range_deg=34.0)
    steep = Setup(backrest_deg=60.0)
    assert not depth_windows(steep, [supple, stiff], levels=(0.5,))[0].is_empty
    assert has_window(steep, 0.5, [supple, stiff])
    assert not has_window(steep, 0.51, [supple, stiff])


def test_any_share_may_be_asked_for() -> None:
    one, all_but_one = depth_windows(Setup(), levels=(0.01, 0.99))
    assert (one.level, all_but_one.level) == (0.01, 0.99)
    assert all_but_one.is_empty
    assert not one.is_empty


@pytest.mark.parametrize("bad", [*NO_NUMBERS, 0, 0.009, 0.991, 1])
def test_a_share_outside_its_range_is_refused(bad: object) -> None:
    with pytest.raises(OutOfRange) as refused:
        depth_windows(Setup(), FEW, levels=(0.5, bad))  # type: ignore[arg-type]
    problem = refused.value
    assert (problem.field, problem.low, problem.high, problem.unit) == ("levels", 0.01, 0.99, "1")
