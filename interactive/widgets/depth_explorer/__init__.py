"""How far does the low back bend at the bottom of the press?"""

from dataclasses import dataclass
from typing import Annotated

from interactive.figure import Scene, range_bar, views
from interactive.markup import Markup, element
from interactive.model import posture
from interactive.model.chain import Setup, evaluate
from interactive.model.uncertainty import summarise
from interactive.widget import UNITS, Slider, Widget
from interactive.wording import METRIC, percent, stature


@dataclass(frozen=True)
class Inputs:
    knee_deg: Annotated[
        float,
        Slider(
            label="Knee bend at the bottom", unit="°", low=20, high=140, step=1,
            help="0 is a straight leg. More bend is a deeper press.",
        ),
    ] = 95  # fmt: skip
    foot_height_cm: Annotated[
        float,
        Slider(
            label="Feet above the hip line", unit="cm", low=-10, high=40, step=1, us_step=0.5,
            help="Measured up the plate, from the point opposite your hip.",
        ),
    ] = 12  # fmt: skip
    backrest_deg: Annotated[
        float,
        Slider(
            label="Backrest above flat", unit="°", low=0, high=90, step=1,
            help="Lay a phone with a level app on the backrest. 0 is lying flat.",
        ),
    ] = 32  # fmt: skip
    rail_deg: Annotated[
        float,
        Slider(
            label="Rail above flat", unit="°", low=0, high=90, step=1,
            help="Lay the phone on the rail. Many sleds stand at 45°.",
        ),
    ] = 45  # fmt: skip
    straight_leg_raise_deg: Annotated[
        float,
        Slider(
            label="Straight-leg raise", unit="°", low=30, high=120, step=5,
            help="Lying flat: how far one straight leg lifts before the knee wants to bend.",
        ),
    ] = 75  # fmt: skip
    stature_cm: Annotated[
        float, Slider(label="Body height", unit="cm", low=140, high=210, step=1, us_step=1)
    ] = 175  # fmt: skip
    units: Annotated[str, UNITS] = METRIC


def calculate(inputs: Inputs) -> Scene:
    setup = Setup(
        stature_cm=inputs.stature_cm,
        rail_deg=inputs.rail_deg,
        backrest_deg=inputs.backrest_deg,
        foot_height_cm=inputs.foot_height_cm,
        knee_deg=inputs.knee_deg,
        straight_leg_raise_deg=inputs.straight_leg_raise_deg,
    )
    answer = evaluate(setup)
    return Scene(setup, answer.pose, answer.lumbar, summarise(setup).flexion_fraction)


def show(inputs: Inputs, scene: Scene) -> Markup:
    fold = f"{scene.pose.trunk_thigh_deg:.0f}°"
    share = percent(scene.lumbar.fraction_of_range)
    words = _words(scene)
    assert scene.spread is not None
    spread = f"{scene.spread.p10 * 100:.0f} to {percent(scene.spread.p90)}"
    return element(
        "div",
        element(
            "p",
            "Low back: ",
            element("strong", share),
            f" of its own bending range, {words}.",
            data_say=True,
        ),
        range_bar(
            scene.lumbar.fraction_of_range,
            posture.THREE_QUARTERS.value,
            f"A bar of the low back's bending range. The marker stands at {share}, {words}. "
            f"In the middle 8 in 10 plausible bodies it stands from {spread}.",
            scene.spread,
        ),
        element(
            "figure",
            views(
                scene,
                f"Side view of a lifter at the bottom of the press. The thigh folds to {fold} against "
                f"the trunk. The low back uses {share} of its bending range, {words}.",
            ),
            element(
                "figcaption",
                f"Body height {stature(inputs.stature_cm, inputs.units)}. "
                f"Thigh and trunk fold to {fold}, counted from a straight body. "
                f"The shade shows other bodies: the middle 8 in 10 use {spread} of their range. "
                f"Confidence in the fold: {scene.pose.confidence}, it is geometry. "
                f"Confidence in the low back: {scene.lumbar.confidence}, it is a model of typical "
                "hips, not a measurement of you.",
            ),
        ),
        class_="depth-explorer",
    )


def _words(scene: Scene) -> str:
    if scene.lumbar.hips_leave_seat:
        return "more than it has, so the hips must leave the seat"
    if scene.lumbar.fraction_of_range > posture.THREE_QUARTERS.value:
        return "past the three-quarter line"
    return "below the three-quarter line"


WIDGET = Widget(title="Depth explorer", inputs=Inputs, calculate=calculate, show=show)
