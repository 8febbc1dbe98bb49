"""Can every type of machine in content/machines be pressed, and is a faulty file told what is wrong?"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from interactive.model.chain import APPROXIMATE, INPUTS, NOT_DESCRIBED, Setup, evaluate
from interactive.model.cited import Assumed, Cited
from interactive.model.machine import CHOICES, MEASURES, MachineProblem, machine_from
from interactive.model.sled import RESISTANCES
from interactive.model.uncertainty import summarise

FOLDER = Path(__file__).parents[2] / "content" / "machines"
SCHEMA = json.loads((FOLDER / "schema.json").read_text())
FILES = sorted(FOLDER.glob("*.yml"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def content(file: Path) -> dict[str, Any]:
    mapping: dict[str, Any] = yaml.safe_load(file.read_text())
    return mapping


GOOD = content(FOLDER / "sled-45.yml")

each_machine = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def test_there_are_six_to_ten_types_of_machine_with_different_names() -> None:
    names = {content(file)["name"] for file in FILES}
    assert 6 <= len(names) == len(FILES) <= 10


@each_machine
def test_a_machine_file_keeps_to_the_schema(file: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(content(file))] == []


@each_machine
def test_a_machine_can_be_pressed_by_the_default_body(file: Path) -> None:
    machine = machine_from(content(file))
    answer = evaluate(machine.carrying(Setup()))
    assert (answer.load is not None) == machine.is_described
    if not machine.is_described:
        assert answer.note == NOT_DESCRIBED
    assert (answer.note == APPROXIMATE) == machine.is_approximate


@each_machine
def test_every_corner_of_a_machines_range_can_be_pressed(file: Path) -> None:
    mapping = content(file)
    for end in ("low", "high"):
        corner = deepcopy(mapping)
        for field in MEASURES:
            corner[field]["value"] = mapping[field][end]
        # feet near the hip's height and a middling depth: what every machine is used for
        setup = Setup(foot_height_cm=10.0, knee_deg=80.0)
        assert summarise(machine_from(corner).carrying(setup)).bodies > 100


def test_some_machine_resists_in_each_way() -> None:
    assert {machine_from(content(file)).resistance for file in FILES} == set(RESISTANCES)
    assert {machine_from(content(file)).shoulder_pads for file in FILES} == {True, False}


def test_a_machine_replaces_the_machine_of_a_setup_and_leaves_the_rest() -> None:
    mapping = deepcopy(GOOD)
    for field, value in (
        ("rail", 41), ("backrest", 21), ("plate_tilt", 3), ("sled_mass", 31), ("pulley_ratio", 1)
    ):  # fmt: skip
        mapping[field]["value"] = value
    mapping["resistance"]["value"] = "lever"
    mapping["shoulder_pads"]["value"] = True
    machine = machine_from(mapping)
    before = Setup(stature_cm=181.0, knee_deg=71.0, plates_kg=99.0, pulley_ratio=0.5)
    assert machine.carrying(before) == Setup(
        stature_cm=181.0,
        knee_deg=71.0,
        plates_kg=99.0,
        rail_deg=41.0,
        backrest_deg=21.0,
        plate_tilt_deg=3.0,
        sled_kg=31.0,
        pulley_ratio=1.0,
        resistance="lever",
        shoulder_pads=True,
    )


def test_a_machine_keeps_the_words_and_the_standing_of_its_file() -> None:
    mapping = deepcopy(GOOD)
    del mapping["rail"]["assumption"]
    mapping["rail"]["source"] = "DaSilva2008, methods"
    machine = machine_from(mapping)
    assert (machine.name, machine.description) == (mapping["name"], mapping["description"])
    assert isinstance(machine.rail, Cited)
    assert machine.rail.source == "DaSilva2008, methods"
    assert (machine.rail.value, machine.rail.low, machine.rail.high) == (45, 40, 50)
    assert isinstance(machine.backrest, Assumed)
    assert machine.backrest.reason == mapping["backrest"]["assumption"]
    assert machine.backrest.unit == "deg"
    assert dict(machine.known_by) == {
        "resistance": mapping["resistance"]["assumption"],
        "shoulder_pads": mapping["shoulder_pads"]["assumption"],
    }


def without(*path: str) -> dict[str, Any]:
    mapping = deepcopy(GOOD)
    part = mapping
    for name in path[:-1]:
        part = part[name]
    del part[path[-1]]
    return mapping


def written(value: object, *path: str) -> dict[str, Any]:
    mapping = deepcopy(GOOD)
    part = mapping
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return mapping


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    (without("name"), "name", "needs a text."),
    (written("  ", "description"), "description", "needs a text."),
    (written(45, "name"), "name", "needs a text."),
    (without("rail"), "rail", "needs a value, and a source or an assumption."),
    (written(45, "rail"), "rail", "needs a value, and a source or an assumption."),
    (without("resistance"), "resistance", "needs a value, and a source or an assumption."),
    (
        written("red", "colour"),
        "colour",
        "is not known here; use name, description, rail, backrest, plate_tilt, sled_mass, "
        "pulley_ratio, resistance, shoulder_pads.",
    ),
    (
        written(1, "rail", "error"),
        "rail.error",
        "is not known here; use value, low, high, unit, source, assumption.",
    ),
    (
        written(1, "resistance", "low"),
        "resistance.low",
        "is not known here; use value, source, assumption.",
    ),
    (
        without("rail", "assumption"),
        "rail",
        "needs either a source or an assumption, and not both.",
    ),
    (
        written("Adams1994", "rail", "source"),
        "rail",
        "needs either a source or an assumption, and not both.",
    ),
    (
        without("shoulder_pads", "assumption"),
        "shoulder_pads",
        "needs either a source or an assumption, and not both.",
    ),
    (written("", "rail", "assumption"), "assumption", "needs a text."),
    (without("rail", "unit"), "rail.unit", "must be 'deg'."),
    (written("rad", "backrest", "unit"), "backrest.unit", "must be 'deg'."),
    (written("lb", "sled_mass", "unit"), "sled_mass.unit", "must be 'kg'."),
    (
        without("rail", "value"),
        "rail.value",
        "rail.value: None is not a number; allowed is 0 to 90 deg.",
    ),
    (
        written("steep", "rail", "low"),
        "rail.low",
        "rail.low: 'steep' is not a number; allowed is 0 to 90 deg.",
    ),
    (
        written(91, "rail", "high"),
        "rail.high",
        "rail.high: 91 is out of range; allowed is 0 to 90 deg.",
    ),
    (
        written(60, "rail", "value"),
        "rail",
        "value 60.0 lies outside its own range 40.0 to 50.0.",
    ),
    (
        written("springs", "resistance", "value"),
        "resistance.value",
        "resistance.value: 'springs' is not offered; "
        "choose one of 'sled', 'stack', 'lever', 'unknown'.",
    ),
    (
        written(1, "shoulder_pads", "value"),
        "shoulder_pads.value",
        "shoulder_pads.value: 1 is not offered; choose one of False, True.",
    ),
]


@pytest.mark.parametrize(("mapping", "field", "sentence"), FAULTS)
def test_a_faulty_machine_is_refused_with_the_place_and_a_sentence(
    mapping: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(MachineProblem) as refused:
        machine_from(mapping)
    assert (refused.value.field, refused.value.sentence) == (field, sentence)
    assert str(refused.value) == f"{field}: {sentence}"


def test_the_schema_knows_what_the_model_knows() -> None:
    for field, name in MEASURES.items():
        value = SCHEMA["properties"][field]["properties"]["value"]
        limits = INPUTS[name]
        assert (value["minimum"], value["maximum"]) == (limits.low, limits.high)
        assert SCHEMA["properties"][field]["properties"]["unit"]["const"] == limits.unit
    offered = SCHEMA["properties"]["resistance"]["properties"]["value"]["enum"]
    assert tuple(offered) == CHOICES["resistance"]
    assert set(SCHEMA["required"]) == {"name", "description", *MEASURES, *CHOICES}


@pytest.mark.parametrize(
    "mapping", [mapping for mapping, field, _ in FAULTS if "own range" not in _]
)
def test_the_schema_refuses_what_the_model_refuses(mapping: dict[str, Any]) -> None:
    if mapping["description"] == "  ":
        mapping["description"] = ""
    assert list(VALIDATOR.iter_errors(mapping))
