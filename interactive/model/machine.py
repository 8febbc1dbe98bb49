"""A type of leg press as data: its angles, its masses, how it resists, and how each is known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from interactive.model.chain import INPUTS, Setup
from interactive.model.cited import (
    Assumed,
    CitationError,
    Cited,
    NotOffered,
    OutOfRange,
    Quantity,
    one_of,
    within,
)
from interactive.model.sled import LEVER, RESISTANCES, UNKNOWN

MEASURES = {
    "rail": "rail_deg",
    "backrest": "backrest_deg",
    "plate_tilt": "plate_tilt_deg",
    "sled_mass": "sled_kg",
    "pulley_ratio": "pulley_ratio",
}
CHOICES: dict[str, tuple[object, ...]] = {
    "resistance": RESISTANCES,
    "shoulder_pads": (False, True),
}
TEXTS = ("name", "description")


class MachineProblem(ValueError):
    """A machine file says something the model cannot use.

    Args:
        field: where in the file, such as `rail.low`.
        sentence: what is wrong and what to write instead.
    """

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        self.sentence = sentence
        super().__init__(f"{field}: {sentence}")


@dataclass(frozen=True)
class Machine:
    """One type of machine; each measure is a cited or an assumed quantity with its own range.

    `known_by` says of each choice (resistance, shoulder pads) where it comes from.
    """

    name: str
    description: str
    rail: Quantity
    backrest: Quantity
    plate_tilt: Quantity
    sled_mass: Quantity
    pulley_ratio: Quantity
    resistance: str
    shoulder_pads: bool
    known_by: tuple[tuple[str, str], ...]

    @property
    def is_described(self) -> bool:
        """Whether the chain describes how the machine resists; if not, there is no load band."""
        return self.resistance != UNKNOWN

    @property
    def is_approximate(self) -> bool:
        """Whether the load is only approximate, as a lever turns where a sled slides."""
        return self.resistance == LEVER

    def carrying(self, setup: Setup) -> Setup:
        """Return the setup moved onto this machine: body and technique stay, the machine changes.

        Example:
            >>> flat = {"low": 0, "high": 5, "unit": "deg", "assumption": "an example"}
            >>> one = {"value": 1, "low": 1, "high": 1, "unit": "1", "assumption": "an example"}
            >>> machine = machine_from(
            ...     {
            ...         "name": "Level stack",
            ...         "description": "An example.",
            ...         "rail": {"value": 0} | flat,
            ...         "backrest": {"value": 5} | flat,
            ...         "plate_tilt": {"value": 0} | flat,
            ...         "sled_mass": {"value": 0} | flat | {"unit": "kg"},
            ...         "pulley_ratio": one,
            ...         "resistance": {"value": "stack", "assumption": "an example"},
            ...         "shoulder_pads": {"value": False, "assumption": "an example"},
            ...     }
            ... )
            >>> machine.carrying(Setup(knee_deg=80)).rail_deg
            0.0
        """
        return replace(
            setup,
            rail_deg=float(self.rail.value),
            backrest_deg=float(self.backrest.value),
            plate_tilt_deg=float(self.plate_tilt.value),
            sled_kg=float(self.sled_mass.value),
            pulley_ratio=float(self.pulley_ratio.value),
            resistance=self.resistance,
            shoulder_pads=self.shoulder_pads,
        )


def machine_from(mapping: Mapping[str, object]) -> Machine:
    """Return the machine that a file in content/machines describes.

    Args:
        mapping: the file's content as plain mappings: `name` and `description` as text; `rail`,
            `backrest`, `plate_tilt` [deg], `sled_mass` [kg] and `pulley_ratio` [1] each with value,
            low, high, unit and either source or assumption; `resistance` and `shoulder_pads` each
            with value and either source or assumption.

    Returns:
        The machine.

    Raises:
        MachineProblem: a field is missing, unknown, of the wrong kind, or outside what the chain
            has an answer for.

    Source:
        Each file names its own, or says that it assumes.
    """
    known = (*TEXTS, *MEASURES, *CHOICES)
    _refuse_unknown("", mapping, known)
    choices = {field: _choice(field, mapping, offered) for field, offered in CHOICES.items()}
    return Machine(
        name=_text("name", mapping),
        description=_text("description", mapping),
        rail=_measure("rail", mapping),
        backrest=_measure("backrest", mapping),
        plate_tilt=_measure("plate_tilt", mapping),
        sled_mass=_measure("sled_mass", mapping),
        pulley_ratio=_measure("pulley_ratio", mapping),
        resistance=str(choices["resistance"][0]),
        shoulder_pads=choices["shoulder_pads"][0] is True,
        known_by=tuple((field, why) for field, (_, why) in choices.items()),
    )


def _refuse_unknown(place: str, mapping: Mapping[str, object], known: tuple[str, ...]) -> None:
    for field in mapping:
        if field not in known:
            raise MachineProblem(f"{place}{field}", f"is not known here; use {', '.join(known)}.")


def _text(field: str, mapping: Mapping[str, object]) -> str:
    text = mapping.get(field)
    if not isinstance(text, str) or not text.strip():
        raise MachineProblem(field, "needs a text.")
    return text


def _part(field: str, mapping: Mapping[str, object]) -> Mapping[str, object]:
    part = mapping.get(field)
    if not isinstance(part, Mapping):
        raise MachineProblem(field, "needs a value, and a source or an assumption.")
    return part


def _why(field: str, part: Mapping[str, object]) -> tuple[str, str]:
    """Return the kind of standing, source or assumption, and its text."""
    given = [kind for kind in ("source", "assumption") if kind in part]
    if len(given) != 1:
        raise MachineProblem(field, "needs either a source or an assumption, and not both.")
    return given[0], _text(given[0], part)


def _choice(
    field: str, mapping: Mapping[str, object], offered: tuple[object, ...]
) -> tuple[object, str]:
    part = _part(field, mapping)
    _refuse_unknown(f"{field}.", part, ("value", "source", "assumption"))
    try:
        one_of(f"{field}.value", part.get("value"), offered)
    except NotOffered as problem:
        raise MachineProblem(f"{field}.value", problem.sentence) from problem
    return part["value"], _why(field, part)[1]


def _measure(field: str, mapping: Mapping[str, object]) -> Quantity:
    part = _part(field, mapping)
    names = ("value", "low", "high")
    _refuse_unknown(f"{field}.", part, (*names, "unit", "source", "assumption"))
    kind, why = _why(field, part)
    limits = INPUTS[MEASURES[field]]
    if part.get("unit") != limits.unit:
        raise MachineProblem(f"{field}.unit", f"must be {limits.unit!r}.")
    value, low, high = (_number(f"{field}.{name}", part.get(name), limits) for name in names)
    try:
        if kind == "source":
            return Cited(value=value, unit=limits.unit, low=low, high=high, source=why)
        return Assumed(value=value, unit=limits.unit, low=low, high=high, reason=why)
    except CitationError as problem:
        raise MachineProblem(field, f"{problem}.") from problem


def _number(place: str, value: object, limits: Assumed) -> float:
    try:
        return within(place, value, limits.low, limits.high, limits.unit)
    except OutOfRange as problem:
        raise MachineProblem(place, problem.sentence) from problem
