"""Can a number without its source, reason, unit or range get into the model?"""

from math import inf, nan

import pytest

from interactive.model.cited import (
    Assumed,
    CitationError,
    Cited,
    NotOffered,
    OutOfRange,
    is_number,
    one_of,
    within,
)
from tests.model.strategies import NO_NUMBERS

WHOLE = {"value": 0.5, "unit": "1", "low": 0.25, "high": 0.75}


@pytest.mark.parametrize("kind", [Cited, Assumed])
@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"value": nan}, "value nan is missing or not a finite number"),
        ({"value": "0.5"}, "value '0.5' is missing or not a finite number"),
        ({"value": True}, "value True is missing or not a finite number"),
        ({"low": -inf}, "low -inf is missing or not a finite number"),
        ({"high": inf}, "high inf is missing or not a finite number"),
        ({"high": None}, "high None is missing or not a finite number"),
        ({"unit": ""}, "unit '' is missing or empty"),
        ({"unit": "  "}, "unit '  ' is missing or empty"),
        ({"unit": 1}, "unit 1 is missing or empty"),
        ({"low": 0.6}, "value 0.5 lies outside its own range 0.6 to 0.75"),
        ({"high": 0.4}, "value 0.5 lies outside its own range 0.25 to 0.4"),
    ],
)
def test_a_number_with_a_gap_cannot_be_written_down(
    kind: type, fault: dict[str, object], message: str
) -> None:
    standing = {"source": "Adams1994, abstract", "reason": "an example"}
    why = {
        "source" if kind is Cited else "reason": standing["source" if kind is Cited else "reason"]
    }
    with pytest.raises(CitationError) as refused:
        kind(**(WHOLE | why | fault))
    assert str(refused.value) == message


@pytest.mark.parametrize("field", ["value", "unit", "low", "high"])
def test_a_field_left_out_is_named(field: str) -> None:
    rest = {name: value for name, value in WHOLE.items() if name != field}
    with pytest.raises(CitationError, match=f"^{field} .* is missing"):
        Assumed(**rest, reason="an example")  # type: ignore[arg-type]
    with pytest.raises(CitationError, match=f"^{field} .* is missing"):
        Cited(**rest, source="Adams1994")  # type: ignore[arg-type]


def test_a_citation_needs_a_source_and_an_assumption_a_reason() -> None:
    with pytest.raises(CitationError, match=r"^source '' is missing or empty$"):
        Cited(**WHOLE)  # type: ignore[arg-type]
    with pytest.raises(CitationError, match=r"^reason '' is missing or empty$"):
        Assumed(**WHOLE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "source", ["1994Adams", "1Adams", "Adams 1994", "Adämson1994", ", abstract", "-"]
)
def test_a_source_begins_with_a_bibliography_key(source: str) -> None:
    with pytest.raises(CitationError) as refused:
        Cited(**WHOLE, source=source)  # type: ignore[arg-type]
    assert str(refused.value) == f"source {source!r} does not begin with a bibliography key"


def test_a_comma_promises_a_place_in_the_paper() -> None:
    with pytest.raises(CitationError) as refused:
        Cited(**WHOLE, source="Adams1994, ")  # type: ignore[arg-type]
    assert str(refused.value) == "source 'Adams1994, ' has a comma but no place after it"


def test_a_source_gives_key_and_place() -> None:
    table = Cited(value=1, unit="kg", low=1, high=1, source="Adams1994, table 2, row 3")
    bare = Cited(value=1, unit="kg", low=1, high=1, source="Adams1994")
    assert (table.key, table.place) == ("Adams1994", "table 2, row 3")
    assert (bare.key, bare.place) == ("Adams1994", "")


@pytest.mark.parametrize("spread", [-0.1, nan, inf, "wide"])
def test_a_spread_is_a_number_from_0_upwards(spread: float) -> None:
    with pytest.raises(CitationError) as refused:
        Assumed(**WHOLE, reason="an example", spread=spread)  # type: ignore[arg-type]
    assert str(refused.value) == f"spread {spread!r} is not a number from 0 upwards"


def test_numbers_cannot_be_changed_once_written() -> None:
    with pytest.raises(AttributeError):
        Cited(**WHOLE, source="Adams1994").value = 1  # type: ignore[misc, arg-type]


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_what_is_no_finite_number_is_refused_with_field_value_range_and_unit(value: object) -> None:
    with pytest.raises(OutOfRange) as refused:
        within("rail_deg", value, 0, 90, "deg")
    problem = refused.value
    assert (problem.field, problem.low, problem.high, problem.unit) == ("rail_deg", 0, 90, "deg")
    assert problem.value is value
    assert problem.sentence == (f"rail_deg: {value!r} is not a number; allowed is 0 to 90 deg.")
    assert str(problem) == problem.sentence


@pytest.mark.parametrize("value", [-0.1, 90.1, -1, 91, 10**400])
def test_what_lies_outside_is_refused_and_never_pulled_to_the_edge(value: float) -> None:
    with pytest.raises(OutOfRange, match=r"is out of range; allowed is 0 to 90 deg\.$"):
        within("rail_deg", value, 0, 90, "deg")


@pytest.mark.parametrize("value", [0, 0.0, 45, 89.999, 90])
def test_what_lies_inside_comes_back_as_a_float(value: float) -> None:
    checked = within("rail_deg", value, 0, 90, "deg")
    assert checked == value
    assert type(checked) is float


def test_a_sentence_for_the_reader_stands_beside_the_range() -> None:
    problem = OutOfRange("knee_deg", 120.0, 0, 100, "deg", "The plate cannot be reached.")
    assert problem.sentence == "The plate cannot be reached."
    assert str(problem) == (
        "knee_deg: 120.0 is out of range; allowed is 0 to 100 deg. The plate cannot be reached."
    )


def test_a_choice_that_is_not_offered_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotOffered) as refused:
        one_of("resistance", "springs", ("sled", "stack"))
    problem = refused.value
    assert (problem.field, problem.value) == ("resistance", "springs")
    assert problem.choices == ("sled", "stack")
    assert problem.sentence == (
        "resistance: 'springs' is not offered; choose one of 'sled', 'stack'."
    )
    assert str(problem) == problem.sentence


def test_one_is_not_taken_for_yes() -> None:
    one_of("shoulder_pads", True, (False, True))
    with pytest.raises(NotOffered):
        one_of("shoulder_pads", 1, (False, True))


def test_only_finite_numbers_are_numbers() -> None:
    assert [value for value in NO_NUMBERS if is_number(value)] == []
    assert all(is_number(value) for value in (0, -1, 2.5, 10**400))
