"""Does the default setup show what an independent run of 20,000 bodies showed?

Tolerances are those of chance at 1,000 bodies: 3 points on shares and percentages, 8 % on newtons.
"""

from dataclasses import replace

import pytest

from interactive.model.advice import (
    BACKREST_FLATTER,
    FEET_HIGHER,
    FEET_LOWER,
    FEWER_PLATES,
    FULL_BRACE,
    SLOW_TURN_ROUND,
    STOP_EARLIER,
    ranked_changes,
)
from interactive.model.chain import Setup, evaluate
from interactive.model.depth import depth_windows
from interactive.model.uncertainty import plausible_bodies, summarise

BODIES = plausible_bodies(seed=3, count=1000)


@pytest.mark.parametrize(
    ("knee_deg", "fold_deg", "percent", "share", "load_n"),
    [
        (60, 116, (50, 63, 80), 0.16, (970, 1530, 2770)),
        (80, 128, (54, 68, 87), 0.28, (1050, 1850, 3100)),
        (90, 134, (57, 72, 93), 0.41, (1130, 2070, 3290)),
        (100, 140, (61, 78, 103), 0.57, (1270, 2330, 3490)),
        (110, 147, (66, 85, 110), 0.74, (1490, 2590, 3680)),
        (120, 154, (73, 95, 110), 0.88, (1780, 2830, 3860)),
    ],
)
def test_the_default_at_each_depth(
    knee_deg: float,
    fold_deg: float,
    percent: tuple[float, ...],
    share: float,
    load_n: tuple[float, ...],
) -> None:
    setup = Setup(knee_deg=knee_deg)
    found = summarise(setup, BODIES)
    flexion, load = found.flexion_fraction, found.load_n
    assert load is not None
    # printed as a whole degree; 116.557 was printed as 116
    assert evaluate(setup).pose.trunk_thigh_deg == pytest.approx(fold_deg, abs=0.6)
    assert [100 * p for p in (flexion.p10, flexion.p50, flexion.p90)] == [
        pytest.approx(wanted, abs=3) for wanted in percent
    ]
    assert found.share_past == pytest.approx(share, abs=0.03)
    assert [load.p10, load.p50, load.p90] == [pytest.approx(n, rel=0.08) for n in load_n]


def test_the_default_at_200_bodies_lies_within_six_points() -> None:
    for knee_deg, share in ((60, 0.16), (80, 0.28), (90, 0.41), (100, 0.57), (110, 0.74)):
        assert summarise(Setup(knee_deg=knee_deg)).share_past == pytest.approx(share, abs=0.06)


@pytest.mark.parametrize(
    ("straight_leg_raise_deg", "share"), [(50, 0.93), (60, 0.73), (75, 0.25), (90, 0.03)]
)
def test_tight_hamstrings_bend_the_back_at_the_top_of_the_rep(
    straight_leg_raise_deg: float, share: float
) -> None:
    setup = Setup(knee_deg=10, straight_leg_raise_deg=straight_leg_raise_deg)
    assert summarise(setup, BODIES).share_past == pytest.approx(share, abs=0.03)


def test_the_effect_of_each_change_at_the_default() -> None:
    effects = {
        change.name: (change.share_change, change.load_change_n)
        for change in ranked_changes(Setup(), BODIES)
    }
    for name, share, load_n in (
        (BACKREST_FLATTER, -0.33, -380),
        (FEET_LOWER, -0.16, -800),
        (STOP_EARLIER, -0.15, -240),
        (FEWER_PLATES, 0, -195),
        (SLOW_TURN_ROUND, 0, -120),
        (FULL_BRACE, 0, 135),
    ):
        assert effects[name][0] == pytest.approx(share, abs=0.03)
        assert effects[name][1] == pytest.approx(load_n, abs=0.04 * 2200)  # of the load itself
    assert effects[FEET_HIGHER][0] > 0.1


@pytest.mark.parametrize(
    ("foot_height_cm", "share", "load_n"), [(7.0, -0.19, -810), (17.0, 0.19, 830)]
)
def test_feet_moved_at_the_same_knee_bend(
    foot_height_cm: float, share: float, load_n: float
) -> None:
    before = summarise(Setup(), BODIES)
    after = summarise(Setup(foot_height_cm=foot_height_cm), BODIES)
    assert after.share_past - before.share_past == pytest.approx(share, abs=0.03)
    assert after.load_n is not None
    assert before.load_n is not None
    assert after.load_n.p50 - before.load_n.p50 == pytest.approx(load_n, abs=0.05 * 2200)


@pytest.mark.parametrize(("hip_limit_deg", "knee_deg"), [(85, 69), (95, 85), (105, 99), (120, 114)])
def test_a_hip_that_goes_further_allows_more_depth(hip_limit_deg: float, knee_deg: float) -> None:
    known = [
        replace(body, hip_limit_deg=min(max(hip_limit_deg + body.hip_reading_error_deg, 78), 138))
        for body in BODIES
    ]
    half = depth_windows(Setup(), known)[2]
    assert half.knee_to_deg == pytest.approx(knee_deg, abs=2)


@pytest.mark.parametrize(("backrest_deg", "knee_deg"), [(20, 94), (26, 78), (32, None)])
def test_a_flatter_backrest_opens_the_strictest_window(
    backrest_deg: float, knee_deg: float | None
) -> None:
    nine_in_ten = depth_windows(Setup(backrest_deg=backrest_deg), BODIES)[0]
    # 1 point of the share is about a degree of depth here
    expected = None if knee_deg is None else pytest.approx(knee_deg, abs=3)
    assert nine_in_ten.knee_to_deg == expected
