"""How far does this hip fold, and what does that change in the press?"""

import json
from dataclasses import dataclass, replace
from typing import Annotated

from interactive import press_inputs as press
from interactive.figure import range_bar
from interactive.markup import Markup, element
from interactive.model.chain import Setup
from interactive.model.posture import THREE_QUARTERS
from interactive.model.self_tests import hip_flexion_from_fingers
from interactive.model.uncertainty import Summary, summarise
from interactive.press_answers import band_text
from interactive.widget import UNITS, Choice, Slider, Widget
from interactive.wording import METRIC, in_twenty, percent, stature

LEVEL, FINGERS = "level", "fingers"


@dataclass(frozen=True)
class Inputs:
    method: Annotated[
        str,
        Choice(
            label="How you measure",
            options={LEVEL: "A phone's level on the thigh", FINGERS: "Finger-widths"},
        ),
    ] = LEVEL
    level_deg: Annotated[
        float,
        Slider(
            label="Thigh above flat", unit="°", low=70, high=160, step=1,
            help="For the phone. Upright is 90, and past upright counts on.",
        ),
    ] = 130  # fmt: skip
    fingers: Annotated[
        float,
        Slider(
            label="Finger-widths from kneecap to chest", unit="", low=0, high=18, step=1,
            help="For the fingers. Straight down, with the hand laid flat between them.",
        ),
    ] = 10  # fmt: skip
    stature_cm: Annotated[float, press.STATURE] = 175
    units: Annotated[str, UNITS] = METRIC


@dataclass(frozen=True)
class Reading:
    flexion_deg: int
    without: Summary
    with_it: Summary


def calculate(inputs: Inputs) -> Reading:
    flexion = inputs.level_deg
    if inputs.method == FINGERS:
        flexion = hip_flexion_from_fingers(inputs.fingers, inputs.stature_cm)
    # the other widgets offer the reading in steps of five: finer than anyone reads it
    rounded = 5 * round(flexion / 5)
    setup = Setup(stature_cm=inputs.stature_cm)
    return Reading(
        rounded, summarise(setup), summarise(replace(setup, own_hip_flexion_deg=float(rounded)))
    )


def show(inputs: Inputs, reading: Reading) -> Markup:
    use = reading.with_it.flexion_fraction
    return element(
        "div",
        element(
            "p",
            "With a hip that folds to ",
            element("strong", f"about {reading.flexion_deg}°"),
            f", {in_twenty(reading.with_it.share_past)} bodies bend the low back past three quarters of its range.",
            data_say=True,
        ),
        range_bar(
            use.p50,
            THREE_QUARTERS.value,
            f"A bar of the low back's bending range. Bodies with such a hip stand at {percent(use.p50)}; "
            f"the middle 8 in 10 from {band_text(use)}.",
            use,
        ),
        element(
            "p",
            f"Without the test it is {in_twenty(reading.without.share_past)}. "
            f"Both on a usual machine: a 45° sled, for a body of {stature(inputs.stature_cm, inputs.units)} "
            "with the knees bent to 95°.",
        ),
        element(
            "p",
            element(
                "button",
                "Use it in the other tools on this page",
                type="button",
                data_give=json.dumps({"own_hip_flexion_deg": str(reading.flexion_deg)}),
            ),
        ),
        element(
            "p",
            "A reading like this is easily 5° off. "
            "Nobody has measured what is usual in this test, so it does not say whether your hip is stiff.",
            class_="widget-help",
        ),
        class_="hip-test",
    )


WIDGET = Widget(title="Hip test", inputs=Inputs, calculate=calculate, show=show)
