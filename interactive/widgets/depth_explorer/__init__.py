"""How far does the low back bend at the bottom of the press?"""

from dataclasses import dataclass
from typing import Annotated

from interactive import press_inputs as press
from interactive.figure import Scene, range_bar, views
from interactive.markup import Markup, element
from interactive.model import posture
from interactive.model.chain import evaluate
from interactive.model.uncertainty import Summary, summarise
from interactive.press_answers import band_text, beyond_range
from interactive.widget import UNITS, Widget
from interactive.wording import METRIC, in_twenty, percent, stature


@dataclass(frozen=True)
class Inputs:
    knee_deg: Annotated[float, press.KNEE] = 95
    foot_height_cm: Annotated[float, press.FEET] = 12
    backrest_deg: Annotated[float, press.BACKREST] = 32
    rail_deg: Annotated[float, press.RAIL] = 45
    straight_leg_raise_deg: Annotated[float, press.STRAIGHT_LEG_RAISE] = 75
    stature_cm: Annotated[float, press.STATURE] = 175
    units: Annotated[str, UNITS] = METRIC


@dataclass(frozen=True)
class Drawn:
    scene: Scene
    summary: Summary


def calculate(inputs: Inputs) -> Drawn:
    setup = press.setup_of(inputs)
    answer = evaluate(setup)
    summary = summarise(setup)
    return Drawn(Scene(setup, answer.pose, answer.lumbar, summary.flexion_fraction), summary)


def show(inputs: Inputs, drawn: Drawn) -> Markup:
    scene = drawn.scene
    fold = f"{scene.pose.trunk_thigh_deg:.0f}°"
    share = percent(scene.lumbar.fraction_of_range)
    words = _words(scene)
    spread = band_text(drawn.summary.flexion_fraction)
    return element(
        "div",
        element(
            "p",
            "Low back: ",
            element("strong", share),
            f" of its own bending range, {words}.",
            data_say=True,
        ),
        element(
            "p",
            f"That is the body drawn here. Of other bodies, {in_twenty(drawn.summary.share_past)} pass the line.",
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
                f"The shade shows other bodies: the middle 8 in 10 use {spread} of their range.{beyond_range(drawn.summary.flexion_fraction)} "
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
