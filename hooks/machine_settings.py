"""The three things to set on a type of machine: sentences that follow from its data and the model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hooks.machines import MachineFile, setup_values
from interactive.catalogue import widget_named
from interactive.model.advice import (
    BACKREST_FLATTER,
    FEET,
    FEET_HIGHER,
    FLATTER,
    changed,
    ranked_changes,
)
from interactive.model.chain import Setup, evaluate
from interactive.model.cited import Assumed, Quantity
from interactive.model.depth import DEEPEST, MOST_BODIES, DepthWindow
from interactive.model.machine import Machine
from interactive.model.sled import SLED_ON_RAIL
from interactive.model.uncertainty import IN_HOW_MANY
from interactive.press_answers import fewer, helpful, thigh_cue, window_text
from interactive.widget import Value, Widget
from interactive.wording import METRIC, stature

FINDER = "setup-finder"
_EXPERIENCE, _MECHANICS = "coaches' experience", "from mechanics"


@dataclass(frozen=True)
class Setting:
    """One thing to set.

    Attributes:
        name: what is set.
        do: what to do, short enough for a poster.
        known: how well that is known, as the site's labels say it.
        why: one sentence that needs no other; `why_known` is its label, or empty.
        model: what the model works out for this type of machine, to go on after "In our model,".
    """

    name: str
    do: str
    known: str
    why: str
    why_known: str
    model: str


@dataclass(frozen=True)
class MachineSettings:
    """A type of machine for somebody who stands before it.

    Attributes:
        slug: its file's name, and its place in addresses.
        machine: the data.
        settings: what to set, in this order.
        start: the setup finder's inputs on this machine.
        finding: what the setup finder finds for them.
        assumed: what is taken for granted about the machine, each as a name and a sentence.
    """

    slug: str
    machine: Machine
    settings: tuple[Setting, Setting, Setting]
    start: Mapping[str, Value]
    finding: Any
    assumed: tuple[tuple[str, str], ...]


def finder() -> Widget[Any, Any]:
    """Return the widget that serves somebody at the machine: how deep, and what to change first."""
    return widget_named(FINDER)


def machine_settings(file: MachineFile) -> MachineSettings:
    """Return what to set on a machine; only for a file without problems."""
    machine = file.machine
    assert machine
    setup = machine.carrying(Setup())
    given = setup_values(machine)
    start = {field: given.get(field, value) for field, value in finder().start.items()}
    finding = finder().calculate(finder().read(start))
    return MachineSettings(
        slug=file.slug,
        machine=machine,
        settings=(_backrest(setup), _feet(setup), _stop(setup, finding.best)),
        start=start,
        finding=finding,
        assumed=_assumed(machine),
    )


def _backrest(setup: Setup) -> Setting:
    """Flatter where that helps; where the back lies flat already, or depth costs little, stay."""
    found = [change for change in helpful(ranked_changes(setup)) if change.name == BACKREST_FLATTER]
    if not found:
        return Setting(
            name="Backrest",
            do="Leave the backrest as flat as it goes.",
            known=_MECHANICS,
            why="Each degree steeper folds the hips one degree more.",
            why_known="",
            model="",
        )
    effect = fewer(found[0].share_change)
    return Setting(
        name="Backrest",
        do="Set the backrest flatter, if it moves.",
        known=_MECHANICS,
        why="One or two notches: each degree folds the hips one degree less.",
        why_known="",
        model=f"with the knees bent to {setup.knee_deg:g}° and the backrest {FLATTER.value:g}° "
        f"flatter, {effect} bodies pass the line.",
    )


def _feet(setup: Setup) -> Setting:
    higher = changed(setup, FEET_HIGHER)
    assert higher, "the middle body's feet can always go up one step"
    more_deg = evaluate(higher).pose.trunk_thigh_deg - evaluate(setup).pose.trunk_thigh_deg
    more = "more" if more_deg > 0 else "less"
    return Setting(
        name="Feet",
        do="Feet shoulder-wide, in the middle, heels flat.",
        known=_EXPERIENCE,
        why=f"Higher feet fold the hips {more} when the machine stops at the same place.",
        why_known=_MECHANICS,
        model=f"feet {FEET.value:g} cm higher fold the hips {abs(more_deg):.0f}° {more} at the same stop.",
    )


def _stop(setup: Setup, best: DepthWindow) -> Setting:
    what = "sled stop" if setup.resistance == SLED_ON_RAIL else "stop or the starting place"
    return Setting(
        name="Depth",
        do=f"Set the {what} a hand's width before your tailbone curls up.",
        known=_EXPERIENCE,
        why="In our model most low backs bend far at any depth here, so stop early."
        if best.is_empty
        else "Find it without weight, while somebody films you from the side.",
        why_known="",
        model=_depth_words(best),
    )


def _depth_words(best: DepthWindow) -> str:
    bodies = f"{best.level * IN_HOW_MANY.value:.0f} in {IN_HOW_MANY.value:.0f} bodies"
    if best.knee_to_deg is None:
        return f"no depth keeps {bodies} below the line. Other exercises may suit you better."
    depth = window_text(best, METRIC)
    if best.level == MOST_BODIES.value and best.knee_to_deg >= DEEPEST.value:
        return f"at every depth that we tried, {bodies} stay below the line."
    return f"{depth}, {bodies} stay below the line. {thigh_cue(best)}"


def _assumed(machine: Machine) -> tuple[tuple[str, str], ...]:
    known_by = dict(machine.known_by)
    body = Setup()
    said = [
        ("Rail", _angle(machine.rail, "above flat")),
        ("Backrest", _angle(machine.backrest, "above flat")),
        ("Plate", _angle(machine.plate_tilt, "leaning away")),
        (
            "Body",
            f"{stature(body.stature_cm, METRIC)} tall, feet {body.foot_height_cm:g} cm above "
            "the hip line, typical hips. In the widget above you can set your own.",
        ),
    ]
    if machine.shoulder_pads:
        said.append(("Shoulder pads", f"There are some: {known_by['shoulder_pads']}."))
    return tuple(said)


def _angle(quantity: Quantity, how: str) -> str:
    reason = quantity.reason if isinstance(quantity, Assumed) else f"read from {quantity.source}"
    text = f"{quantity.value:g}° {how}, from {quantity.low:g} to {quantity.high:g}°: {reason}."
    return text.replace("-", "\N{MINUS SIGN}", int(quantity.low < 0))
