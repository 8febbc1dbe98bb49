"""Does the whole chain keep its promises for any body on any machine?"""

from dataclasses import fields, replace
from math import isfinite, radians, sin

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from interactive.model.chain import (
    APPROXIMATE,
    INPUTS,
    NOMINAL,
    NOT_DESCRIBED,
    SELF_TESTS,
    TOO_LIGHT,
    UNKNOWNS,
    Answer,
    Body,
    Setup,
    evaluate,
    lifters,
)
from interactive.model.cited import NotOffered, OutOfRange
from interactive.model.loads import l5s1_moment_nm, upper_pad_n
from interactive.model.sled import (
    LEVER,
    RESISTANCES,
    SLED_ON_RAIL,
    UNKNOWN,
    WEIGHT_STACK,
    sled_force_n,
    stack_force_n,
)
from tests.model.plain_chain import plain_chain
from tests.model.strategies import NO_NUMBERS, bodies, floats, setups


def figures(answer: Answer) -> dict[str, float]:
    """Every figure of an answer under the names of the plain chain."""
    found = vars(answer.pose) | {
        "lumbar_deg": answer.lumbar.flexion_deg,
        "flexion_fraction": answer.lumbar.fraction_of_range,
        "hip_limit_deg": answer.lumbar.hip_limit_deg,
    }
    if answer.load is None:
        return found
    return found | vars(answer.load) | {"sled_force_n": answer.sled_force_n}


def answered(setup: Setup, body: Body = NOMINAL) -> Answer:
    """The answer, or a case to pass over where the legs do not reach."""
    try:
        return evaluate(setup, body)
    except OutOfRange as problem:
        words = ("cannot be reached", "pass through the trunk")
        assume(not any(word in problem.sentence for word in words))
        raise


@settings(max_examples=500)
@given(setups(), bodies)
@example(Setup(), NOMINAL)
@example(Setup(knee_deg=150.0, foot_height_cm=0.0), Body(knee_error_deg=10.0))
@example(Setup(knee_deg=0.0, foot_height_cm=0.0), Body(knee_error_deg=-10.0))
@example(Setup(backrest_deg=0.0), Body(pad_error_deg=-8.0))
@example(Setup(resistance=UNKNOWN), NOMINAL)
def test_the_chain_equals_the_same_formulas_written_straight_down(setup: Setup, body: Body) -> None:
    found = figures(answered(setup, body))
    assert found == pytest.approx(plain_chain(setup, body), rel=1e-9, abs=1e-6)


@given(setups(), bodies)
def test_the_quick_outcome_is_part_of_the_full_answer(setup: Setup, body: Body) -> None:
    full = answered(setup, body)
    lifter = lifters(setup, [body])[0]
    load_n = full.load.compression_n if full.load else None
    assert lifter.outcome() == (full.lumbar.fraction_of_range, load_n)
    assert lifter.flexion_fraction(setup.knee_deg) == full.lumbar.fraction_of_range


@given(setups(), bodies)
def test_every_figure_of_an_answer_is_finite(setup: Setup, body: Body) -> None:
    assert all(isfinite(figure) for figure in figures(answered(setup, body)).values())


@given(setups(), bodies)
def test_the_hips_leave_the_seat_only_at_the_end_of_the_spines_range(
    setup: Setup, body: Body
) -> None:
    lumbar = answered(setup, body).lumbar
    assert lumbar.fraction_of_range <= 1.10
    if lumbar.hips_leave_seat:
        assert lumbar.fraction_of_range == pytest.approx(1.10)


@given(setups(), bodies, floats(0, 600))
def test_more_plates_never_change_posture(setup: Setup, body: Body, plates_kg: float) -> None:
    light, heavy = answered(setup, body), answered(replace(setup, plates_kg=plates_kg), body)
    assert (light.pose, light.lumbar) == (heavy.pose, heavy.lumbar)


@given(setups(resistance=st.just(SLED_ON_RAIL), sled_kg=floats(5, 120)), bodies)
def test_the_pads_together_hold_the_force_and_the_moment_of_the_sled(
    setup: Setup, body: Body
) -> None:
    answer = answered(setup, body)
    load, force_n = answer.load, answer.sled_force_n
    assert load is not None
    assert force_n is not None
    gamma = radians(setup.rail_deg + setup.backrest_deg + body.pad_error_deg)
    across_n = force_n * sin(gamma)
    upper_m = body.upper_contact_cm / 100
    assert load.pelvic_pad_n + load.upper_pad_n == pytest.approx(across_n, abs=1e-9)
    if load.line_of_action_m > load.pelvic_contact_m:
        held_nm = load.pelvic_pad_n * load.pelvic_contact_m + load.upper_pad_n * upper_m
        assert held_nm == pytest.approx(across_n * load.line_of_action_m, abs=1e-9)
    else:
        assert load.upper_pad_n == 0
    assert force_n * load.line_of_action_m == pytest.approx(load.hip_moment_nm)


def test_pads_closer_together_than_five_centimetres_are_taken_as_that_far_apart() -> None:
    assert upper_pad_n(100, 0.10, 0.08, 0.09) == pytest.approx(100 * 0.02 / 0.05)


def test_an_upper_pad_below_the_lowest_disc_does_not_bend_it() -> None:
    assert l5s1_moment_nm(500, upper_contact_m=0.08, l5s1_m=0.10) == 0


@given(setups(resistance=st.just(SLED_ON_RAIL)), bodies)
def test_shoulder_pads_never_spare_the_spine(setup: Setup, body: Body) -> None:
    free = answered(replace(setup, shoulder_pads=False), body)
    padded = answered(replace(setup, shoulder_pads=True), body)
    assert free.lumbar == padded.lumbar
    if free.load and padded.load:
        assert padded.load.compression_n >= free.load.compression_n


def test_a_degree_of_backrest_is_a_degree_of_fold() -> None:
    steep, flat = evaluate(Setup(backrest_deg=33.0)), evaluate(Setup(backrest_deg=32.0))
    assert steep.pose.trunk_thigh_deg - flat.pose.trunk_thigh_deg == pytest.approx(1)


def test_a_measured_spine_and_hip_take_the_place_of_the_unknown_ones() -> None:
    stiff = replace(NOMINAL, hip_limit_deg=80.0, lumbar_range_deg=40.0)
    own = Setup(own_hip_flexion_deg=130.0, own_lumbar_range_deg=60.0)
    assert evaluate(own, stiff) == evaluate(own, NOMINAL)
    assert evaluate(Setup(), stiff) != evaluate(Setup(), NOMINAL)


def test_errors_of_reading_count_only_once_a_test_was_made() -> None:
    misread = replace(NOMINAL, hip_reading_error_deg=5.0, range_reading_error_deg=5.0)
    own = Setup(own_hip_flexion_deg=130.0, own_lumbar_range_deg=60.0)
    assert evaluate(Setup(), misread) == evaluate(Setup(), NOMINAL)
    assert evaluate(own, misread) != evaluate(own, NOMINAL)


@pytest.mark.parametrize(
    ("setup", "note"),
    [
        (Setup(resistance=UNKNOWN), NOT_DESCRIBED),
        (Setup(resistance=UNKNOWN, sled_kg=0.0, plates_kg=0.0), NOT_DESCRIBED),
        (Setup(sled_kg=0.0, plates_kg=4.9), TOO_LIGHT),
        (Setup(sled_kg=4.9, plates_kg=0.0), TOO_LIGHT),
        (Setup(resistance=LEVER, sled_kg=0.0, plates_kg=0.0), TOO_LIGHT),
        (Setup(resistance=WEIGHT_STACK, sled_kg=45.0, plates_kg=4.0), TOO_LIGHT),
    ],
)
def test_where_the_chain_ends_there_is_posture_but_no_load(setup: Setup, note: str) -> None:
    answer = evaluate(setup)
    assert answer.lumbar == evaluate(Setup()).lumbar
    assert (answer.load, answer.sled_force_n, answer.note) == (None, None, note)
    assert lifters(setup, [NOMINAL])[0].outcome()[1] is None


def test_five_kilograms_are_enough_for_a_load() -> None:
    assert evaluate(Setup(sled_kg=2.0, plates_kg=3.0)).load is not None
    assert evaluate(Setup(sled_kg=2.0, plates_kg=3.0)).note == ""


def test_a_lever_is_taken_as_its_tangent_and_says_so() -> None:
    lever, rail = evaluate(Setup(resistance=LEVER)), evaluate(Setup())
    assert (lever.note, rail.note) == (APPROXIMATE, "")
    assert (lever.load, lever.sled_force_n) == (rail.load, rail.sled_force_n)


def test_a_weight_stack_pulls_the_same_at_every_rail_angle() -> None:
    level, steep = (
        evaluate(Setup(resistance=WEIGHT_STACK, rail_deg=rail_deg)) for rail_deg in (0.0, 60.0)
    )
    assert level.sled_force_n == steep.sled_force_n
    assert level.sled_force_n == pytest.approx(stack_force_n(120, tempo=1.1))


def test_the_force_of_the_sled_alone_is_that_of_the_chain() -> None:
    setup = Setup(rail_deg=30.0, sled_kg=40.0, plates_kg=60.0, pulley_ratio=0.5, tempo=1.2)
    alone_n = sled_force_n(100, 30, tempo=1.2, pulley_ratio=0.5)
    assert evaluate(setup).sled_force_n == pytest.approx(alone_n)


def test_thighs_cannot_pass_through_the_trunk() -> None:
    with pytest.raises(OutOfRange) as refused:
        evaluate(Setup(rail_deg=90.0, backrest_deg=60.0))
    assert refused.value.sentence == (
        "The thighs would have to pass through the trunk. "
        "Lower the backrest or the rail, or press less deep."
    )
    assert (refused.value.field, refused.value.high) == ("trunk_thigh_deg", 180)


def test_each_part_of_an_answer_says_how_far_it_can_be_trusted() -> None:
    answer = evaluate(Setup())
    assert answer.load is not None
    assert answer.pose.confidence == "high"
    assert answer.lumbar.confidence == "moderate"
    assert answer.load.confidence == "low"


def test_every_input_and_every_unknown_has_its_range() -> None:
    choices = {"shoulder_pads", "resistance"}
    assert {field.name for field in fields(Setup)} == set(INPUTS) | set(SELF_TESTS) | choices
    assert [field.name for field in fields(Body)] == list(UNKNOWNS)
    assert {field: getattr(Setup(), field) for field in INPUTS} == {
        field: quantity.value for field, quantity in INPUTS.items()
    }
    assert vars(NOMINAL) == {field: quantity.value for field, quantity in UNKNOWNS.items()}


@pytest.mark.parametrize(
    ("kind", "field"),
    [(Setup, field) for field in INPUTS | SELF_TESTS] + [(Body, field) for field in UNKNOWNS],
)
def test_every_field_refuses_what_lies_outside_its_range(kind: type, field: str) -> None:
    limits = (INPUTS | SELF_TESTS | UNKNOWNS)[field]
    for good in (limits.low, limits.high, int(limits.high)):
        if limits.low <= good <= limits.high:
            assert getattr(kind(**{field: good}), field) == good
    for bad in (*NO_NUMBERS, limits.low - 0.001, limits.high + 0.001):
        if bad is None and field in SELF_TESTS:
            continue
        with pytest.raises(OutOfRange) as refused:
            kind(**{field: bad})
        problem = refused.value
        assert (problem.field, problem.value is bad) == (field, True)
        assert (problem.low, problem.high) == (limits.low, limits.high)
        assert problem.unit == limits.unit


@pytest.mark.parametrize("bad", ["springs", "", None, 1, True])
def test_a_resistance_that_nobody_knows_is_refused(bad: object) -> None:
    with pytest.raises(NotOffered) as refused:
        Setup(resistance=bad)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.choices) == ("resistance", RESISTANCES)


@pytest.mark.parametrize("bad", ["yes", 1, 0, None])
def test_shoulder_pads_are_there_or_not(bad: object) -> None:
    with pytest.raises(NotOffered) as refused:
        Setup(shoulder_pads=bad)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.choices) == ("shoulder_pads", (False, True))
    assert refused.value.value is bad


FORCES = {
    sled_force_n: {
        "moved_kg": (165, 0, 720, "kg"),
        "rail_deg": (45, 0, 90, "deg"),
        "friction": (0.05, 0, 0.5, "1"),
        "tempo": (1.1, 1.0, 1.3, "1"),
        "pulley_ratio": (1, 0.25, 1, "1"),
    },
    stack_force_n: {
        "stack_kg": (100, 0, 600, "kg"),
        "tempo": (1.1, 1.0, 1.3, "1"),
        "pulley_ratio": (1, 0.25, 1, "1"),
    },
}


@pytest.mark.parametrize("function", FORCES)
def test_a_force_refuses_what_lies_outside_its_range(function: object) -> None:
    limits = FORCES[function]  # type: ignore[index]
    good = {name: value for name, (value, *_) in limits.items()}
    for field, (_, low, high, unit) in limits.items():
        assert function(**(good | {field: low})) <= function(**(good | {field: high}))  # type: ignore[operator]
        for bad in (*NO_NUMBERS, low - 0.001, high + 0.001):
            with pytest.raises(OutOfRange) as refused:
                function(**(good | {field: bad}))  # type: ignore[operator]
            problem = refused.value
            assert (problem.field, problem.value is bad) == (field, True)
            assert (problem.low, problem.high, problem.unit) == (low, high, unit)
