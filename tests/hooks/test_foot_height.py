"""What the setup lesson says about higher feet is what the model says."""

import re

import pytest

from hooks.foot_height import SQUARE_DEG, TILTED_DEG, folds_along_plate, raised
from hooks.generated_blocks import GENERATED_BLOCKS
from hooks.model_numbers import in_twenty, number_named, start_upright
from interactive.model.advice import FEET_HIGHER, changed
from interactive.model.chain import Setup, evaluate
from interactive.model.depth import depth_windows
from interactive.model.uncertainty import summarise


def test_on_a_square_plate_higher_feet_always_fold_the_hip_more_and_bend_knee_and_ankle_less() -> (
    None
):
    square = raised(SQUARE_DEG)
    assert square.folds_more == square.bends_less == square.combinations == 320
    assert square.median_fold_deg > 2


def test_on_a_tilted_plate_it_is_about_half_and_half() -> None:
    tilted = raised(TILTED_DEG)
    assert 0.4 < tilted.folds_more / tilted.combinations < 0.6
    assert abs(tilted.median_fold_deg) < 1
    assert tilted.bends_less == tilted.combinations


def test_the_line_along_a_square_plate_passes_through_the_worked_example_and_its_change() -> None:
    setup = Setup()
    folds = dict(folds_along_plate(SQUARE_DEG, range(12, 18, 5)))
    higher = changed(setup, FEET_HIGHER)
    assert higher
    assert folds[12] == pytest.approx(evaluate(setup).pose.trunk_thigh_deg)
    assert folds[17] == pytest.approx(evaluate(higher).pose.trunk_thigh_deg)


def test_the_picture_rises_on_a_square_plate_and_turns_over_on_a_tilted_one() -> None:
    square, tilted = (
        [fold for _, fold in folds_along_plate(tilt, range(0, 31, 2))]
        for tilt in (SQUARE_DEG, TILTED_DEG)
    )
    assert square == sorted(square)
    assert tilted[0] < max(tilted) > tilted[-1]


def test_the_thigh_stands_upright_where_the_lesson_says_so() -> None:
    pose = evaluate(start_upright()).pose
    assert Setup().rail_deg + pose.thigh_deg == pytest.approx(90)
    assert number_named("start.upright-fold") == f"{90 + Setup().backrest_deg:.0f}°"
    shown = number_named("start.upright-bodies")
    assert shown == in_twenty(summarise(start_upright()).share_past)


def test_the_sled_may_travel_further_the_flatter_the_backrest() -> None:
    html = GENERATED_BLOCKS["travel-figure"]()
    shown = re.findall(r"Backrest (\d+)°: (\d+) cm", html)
    assert len(shown) == 5
    for backrest, travel in shown:
        (window,) = depth_windows(Setup(backrest_deg=float(backrest)), levels=(0.75,))
        assert window.knee_from_deg == 5  # so travel counts from nearly straight knees
        assert travel == f"{window.sled_to_cm:.0f}"
    travels = [int(travel) for _, travel in shown]
    assert travels == sorted(travels)
    assert number_named("start.sled-stop") == f"{travels[0]}\N{NO-BREAK SPACE}cm"
    assert number_named("start.sled-stop-flatter") == f"{travels[2]}\N{NO-BREAK SPACE}cm"


def test_numbers_after_a_change_are_the_changed_setups_own() -> None:
    flatter = summarise(Setup(backrest_deg=22)).share_past
    assert number_named("after.backrest-flatter") == in_twenty(flatter)
