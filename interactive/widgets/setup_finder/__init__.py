"""How deep may this body go on this machine, and what should it change first?"""

from dataclasses import dataclass, replace
from typing import Annotated

from interactive import press_inputs as press
from interactive.figure import Scene, views
from interactive.markup import Markup, element, heading
from interactive.model.advice import CHANGES, OPENERS, Opening, changed, what_opens
from interactive.model.chain import Setup, evaluate
from interactive.model.depth import DepthWindow, depth_windows
from interactive.model.uncertainty import summarise
from interactive.press_answers import (
    caveats,
    change_words,
    depth_table,
    opening_text,
    thigh_cue,
    try_button,
    window_text,
)
from interactive.widget import UNITS, Value, Widget
from interactive.wording import METRIC


@dataclass(frozen=True)
class Inputs:
    stature_cm: Annotated[float, press.STATURE] = 175
    straight_leg_raise_deg: Annotated[float, press.STRAIGHT_LEG_RAISE] = 75
    own_hip_flexion_deg: Annotated[str, press.OWN_HIP] = ""
    backrest_deg: Annotated[float, press.BACKREST] = 32
    rail_deg: Annotated[float, press.RAIL] = 45
    plate_tilt_deg: Annotated[float, press.PLATE_TILT] = 0
    foot_height_cm: Annotated[float, press.FEET] = 12
    stance_deg: Annotated[float, press.STANCE] = 12
    units: Annotated[str, UNITS] = METRIC


@dataclass(frozen=True)
class Deeper:
    """A change of body's place or machine, and how deep the sled may then go."""

    name: str
    setup: Setup
    window: DepthWindow


@dataclass(frozen=True)
class Finding:
    windows: tuple[DepthWindow, ...]
    best: DepthWindow
    scene: Scene
    deeper: tuple[Deeper, ...]
    opening: Opening | None


def calculate(inputs: Inputs) -> Finding:
    setup = press.setup_of(inputs)
    windows = depth_windows(setup)
    best = next((window for window in windows if not window.is_empty), windows[-1])
    # the picture stops where most bodies may stop; with no such place, at the model's own depth
    stops = setup if best.knee_to_deg is None else replace(setup, knee_deg=best.knee_to_deg)
    answer = evaluate(stops)
    return Finding(
        windows=windows,
        best=best,
        scene=Scene(stops, answer.pose, answer.lumbar, summarise(stops).flexion_fraction, best),
        deeper=_deeper(setup, best),
        opening=what_opens(setup) if windows[0].is_empty else None,
    )


def _deeper(setup: Setup, now: DepthWindow) -> tuple[Deeper, ...]:
    """Return the changes that let as many bodies go deeper by a centimetre or more, deepest first."""
    found = []
    for name in OPENERS:
        after = changed(setup, name)
        if after is None:
            continue
        [window] = depth_windows(after, levels=(now.level,))
        if (window.sled_to_cm or 0) >= (now.sled_to_cm or 0) + 1:
            found.append(Deeper(name, after, window))
    return tuple(sorted(found, key=lambda deeper: -(deeper.window.sled_to_cm or 0)))


def show(inputs: Inputs, found: Finding) -> Markup:
    setup = press.setup_of(inputs)

    def sets(after: Setup) -> dict[str, Value]:
        return press.settings(WIDGET, setup, after)

    most, best = found.windows[0], found.best
    whole = f"{best.level * 20:.0f} in 20 bodies like yours"
    if best.is_empty:
        sentence = "No depth keeps half of the bodies like yours below the line."
    else:
        sentence = f"Go {window_text(best, inputs.units)}: {whole} stay below the line."
    return element(
        "div",
        element("p", element("strong", sentence), data_say=True),
        element(
            "p",
            f"{thigh_cue(best)} The line is three quarters of the low back's own range.".strip(),
        ),
        opening_text(
            found.opening,
            try_button(sets(found.opening.setup)) if found.opening else (),
            inputs.units,
        )
        if most.is_empty
        else (),
        element(
            "figure",
            views(
                found.scene,
                f"Side view of the lifter where the sled should stop. {sentence} "
                "The thick line beside the rail shows where the sled may stop.",
            ),
            element(
                "figcaption",
                "The thick line beside the rail is where the sled may stop. "
                f"Confidence: {best.confidence}. It is a model of bodies like yours, not a measurement of you.",
            ),
        ),
        heading("How deep, for how many"),
        depth_table(found.windows, inputs.units),
        heading("What lets you go deeper"),
        element(
            "ol",
            [
                element(
                    "li",
                    f"{change_words(CHANGES[deeper.name], inputs.units)}: ",
                    element("strong", window_text(deeper.window, inputs.units)),
                    ". ",
                    try_button(sets(deeper.setup)),
                )
                for deeper in found.deeper
            ],
            class_="changes",
        )
        if found.deeper
        else element("p", "No change tried here opens more depth."),
        element("p", caveats(deeper.name for deeper in found.deeper), class_="widget-help"),
        class_="setup-finder",
    )


WIDGET = Widget(
    title="Setup finder",
    inputs=Inputs,
    calculate=calculate,
    show=show,
    groups={
        "Your body": ("stature_cm", "straight_leg_raise_deg", "own_hip_flexion_deg"),
        "Your machine": ("backrest_deg", "rail_deg", "plate_tilt_deg"),
        "Your feet": ("foot_height_cm", "stance_deg"),
    },
    machines=True,
)
