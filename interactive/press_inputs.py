"""The controls that widgets about the press share: one wording for each measure of body and machine."""

import dataclasses
from typing import Any

from interactive.model import sled
from interactive.model.chain import INPUTS, SELF_TESTS, Setup
from interactive.widget import Choice, Slider, Toggle, Value, Widget

# fmt: off
KNEE = Slider(
    label="Knee bend at the bottom", unit="°", low=20, high=140, step=1,
    help="0 is a straight leg. More bend is a deeper press.",
)
FEET = Slider(
    label="Feet above the hip line", unit="cm", low=-10, high=40, step=1, us_step=0.5,
    help="Measured up the plate, from the point opposite your hip.",
)
STANCE = Slider(
    label="Thighs turned out", unit="°", low=0, high=40, step=1,
    help="How far each thigh points away from the middle. Feet shoulder-wide: about 12.",
)
BACKREST = Slider(
    label="Backrest above flat", unit="°", low=0, high=90, step=1,
    help="Lay a phone with a level app on the backrest. 0 is lying flat.",
)
RAIL = Slider(
    label="Rail above flat", unit="°", low=0, high=90, step=1,
    help="Lay the phone on the rail. Many sleds stand at 45°.",
)
PLATE_TILT = Slider(
    label="Plate leaning away", unit="°", low=-45, high=45, step=1,
    help="0 is square to the rail. More: the top edge leans away from you.",
)
SLED = Slider(
    label="Empty sled", unit="kg", low=0, high=120, step=1, us_step=5,
    help="Ask in the gym; it is not always printed.",
)
PLATES = Slider(
    label="Plates or stack", unit="kg", low=0, high=600, step=5, us_step=5,
    help="What you load, without the sled.",
)
PULLEY = Slider(
    label="Pulley ratio", unit="", low=0.25, high=1, step=0.05,
    help="1 without ropes. 0.5 where a pulley halves the weight.",
)
RESISTANCE = Choice(
    label="What pushes back",
    options={
        sled.SLED_ON_RAIL: "A sled on a rail",
        sled.WEIGHT_STACK: "A weight stack",
        sled.LEVER: "A lever with plates",
        sled.UNKNOWN: "Something else",
    },
)
SHOULDER_PADS = Toggle(label="Pads press on the shoulders")
STATURE = Slider(label="Body height", unit="cm", low=140, high=210, step=1, us_step=1)
MASS = Slider(label="Body weight", unit="kg", low=40, high=180, step=1, us_step=1)
STRAIGHT_LEG_RAISE = Slider(
    label="Straight-leg raise", unit="°", low=30, high=120, step=5,
    help="Lying flat: how far one straight leg lifts before the knee wants to bend.",
)
OWN_HIP = Choice(
    label="Your hip test",
    options={"": "not tested"} | {f"{deg}": f"{deg}°" for deg in range(70, 165, 5)},
    help="Lying flat, one knee to the chest: thigh against trunk when the low back starts to press down.",
)
OWN_RANGE = Choice(
    label="Your low-back range",
    options={"": "not tested"} | {f"{deg}": f"{deg}°" for deg in range(25, 95, 5)},
    help="Only if somebody measured it with two inclinometers.",
)
BRACE = Choice(label="Trunk braced", options={"0": "not at all", "0.5": "partly", "1": "fully"})
TEMPO = Choice(
    label="Turning round at the bottom",
    options={"1.0": "very slowly", "1.1": "under control", "1.2": "quickly", "1.3": "with a bounce"},
)
# fmt: on


def setup_of(inputs: Any) -> Setup:
    """Return the model's setup of a widget's inputs; what a widget does not ask stays in the middle.

    Args:
        inputs: a dataclass whose fields bear the names of `Setup`. An empty choice is no value.

    Raises:
        OutOfRange: a value is outside what the model knows.
    """
    given: dict[str, Any] = {}
    for field in dataclasses.fields(Setup):
        if not hasattr(inputs, field.name):
            continue
        value = getattr(inputs, field.name)
        if field.name in SELF_TESTS:
            given[field.name] = float(value) if value else None
        elif field.name in INPUTS:
            given[field.name] = float(value)
        else:
            given[field.name] = value
    return Setup(**given)


def settings(widget: Widget[Any, Any], before: Setup, after: Setup) -> dict[str, Value]:
    """Return the inputs that turn one setup into another, each at its control's nearest stop.

    Args:
        widget: whose inputs.
        before, after: the setups.
    """
    found: dict[str, Value] = {}
    for name, control in widget.controls.items():
        if not hasattr(after, name) or getattr(before, name) == getattr(after, name):
            continue
        value = getattr(after, name)
        if isinstance(control, Slider):
            found[name] = min(control.stops, key=lambda stop: abs(stop - value))
        elif isinstance(control, Choice):
            found[name] = min(control.options, key=lambda key: abs(float(key or "inf") - value))
        else:
            found[name] = bool(value)
    return found
