"""Do pounds, feet and inches come back as the kilograms and centimetres they were?"""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interactive.model.cited import OutOfRange
from interactive.model.evidence import disc_force_n
from interactive.model.units import (
    KG_LOADS,
    KG_PLATES,
    LB_LOADS,
    LB_PLATES,
    centimetres,
    feet_and_inches,
    inches,
    kilograms,
    kilopascals,
    pounds,
)
from tests.model.strategies import NO_NUMBERS


@given(st.integers(0, 10_000))
def test_kilograms_printed_to_a_decimal_survive_pounds_printed_to_a_decimal(tenths: int) -> None:
    mass_kg = tenths / 10
    assert round(kilograms(round(pounds(mass_kg), 1)), 1) == mass_kg


@given(st.integers(0, 4400))
def test_half_pounds_survive_kilograms_printed_to_a_decimal(halves: int) -> None:
    mass_lb = halves / 2
    assert round(2 * pounds(round(kilograms(mass_lb), 1))) / 2 == mass_lb


@given(st.integers(0, 3000))
def test_centimetres_printed_to_half_of_one_survive_feet_and_inches(halves: int) -> None:
    length_cm = halves / 10
    feet, inch = feet_and_inches(length_cm, decimals=2)
    assert round(centimetres(feet, inch), 1) == length_cm


@given(st.integers(0, 300))
def test_whole_centimetres_survive_feet_and_inches_printed_to_a_decimal(length_cm: int) -> None:
    assert round(centimetres(*feet_and_inches(length_cm))) == length_cm


@given(st.floats(0, 300), st.integers(0, 3))
def test_there_are_never_twelve_inches(length_cm: float, decimals: int) -> None:
    feet, inch = feet_and_inches(length_cm, decimals)
    assert isinstance(feet, int)
    assert 0 <= inch < 12
    assert inch == round(inch, decimals)
    assert abs(12 * feet + inch - length_cm / 2.54) <= 0.5 * 10**-decimals + 1e-9


def test_six_feet_read_six_feet() -> None:
    assert feet_and_inches(182.8) == (6, 0.0)
    assert feet_and_inches(182.8, decimals=0) == (6, 0.0)


def test_units_are_what_they_were_defined_to_be() -> None:
    assert kilograms(45) == 20.41165665
    assert pounds(20.41165665) == pytest.approx(45)
    assert (inches(-5.08), centimetres(1), centimetres(0, 1)) == (-2.0, 30.48, 2.54)
    assert kilopascals(100) == pytest.approx(13.3322)


def test_presets_are_pairs_of_plates() -> None:
    assert (KG_PLATES[1], LB_PLATES[0]) == (20, 45)
    assert all(load % (2 * 20) == 0 for load in KG_LOADS)
    assert all(load % (2 * 45) == 0 for load in LB_LOADS)


FUNCTIONS: list[tuple[Callable[..., object], dict[str, tuple[float, float, float, str]]]] = [
    (pounds, {"mass_kg": (20, 0, 1000, "kg")}),
    (kilograms, {"mass_lb": (45, 0, 1000 / 0.45359237, "lb")}),
    (inches, {"length_cm": (10, -300, 300, "cm")}),
    (feet_and_inches, {"length_cm": (175, 0, 300, "cm"), "decimals": (1, 0, 3, "1")}),
    (centimetres, {"feet": (5, 0, 9, "ft"), "inches": (9, 0, 120, "in")}),
    (kilopascals, {"pressure_mmhg": (161, 0, 1000, "mmHg")}),
    (
        disc_force_n,
        {
            "pressure_mpa": (0.5, 0, 5, "MPa"),
            "area_mm2": (1800, 500, 3000, "mm2"),
            "factor": (0.66, 0.4, 1, "1"),
        },
    ),
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
    for end in (low, high):
        function(**(good | {field: end}))
    for bad in (*NO_NUMBERS, low - 0.001, high + 0.001):
        with pytest.raises(OutOfRange) as refused:
            function(**(good | {field: bad}))
        problem = refused.value
        assert (problem.field, problem.value is bad) == (field, True)
        assert (problem.low, problem.high, problem.unit) == (low, high, unit)
