"""With this body, machine and technique: how much of the low back's range does the press use?"""

from dataclasses import dataclass
from typing import Annotated

from interactive import care_cards
from interactive import press_inputs as press
from interactive.chart import fact_table
from interactive.figure import Scene, range_bar, side_view, views
from interactive.markup import Markup, element, heading
from interactive.model.advice import Change, Opening, ranked_changes, what_opens
from interactive.model.chain import Setup, evaluate
from interactive.model.comparison import compare
from interactive.model.depth import DepthWindow, depth_windows
from interactive.model.posture import THREE_QUARTERS
from interactive.model.uncertainty import Summary, summarise
from interactive.press_answers import (
    band_text,
    beyond_range,
    bodies_past,
    change_list,
    change_words,
    depth_table,
    fewer,
    helpful,
    load_text,
    opening_text,
    other_changes,
    thigh_cue,
    try_button,
    window_text,
)
from interactive.widget import UNITS, Slider, Value, Widget
from interactive.wording import METRIC, in_twenty, length, mass, percent, stature

ABOUT = (
    "This shows how technique changes a simple model of load on the lower back. "
    "It teaches how the exercise works. "
    "It does not measure you, predict injury or diagnose anything."
)


@dataclass(frozen=True)
class Inputs:
    knee_deg: Annotated[float, press.KNEE] = 95
    foot_height_cm: Annotated[float, press.FEET] = 12
    backrest_deg: Annotated[float, press.BACKREST] = 32
    plates_kg: Annotated[float, press.PLATES] = 120
    stature_cm: Annotated[float, press.STATURE] = 175
    body_mass_kg: Annotated[float, press.MASS] = 80
    straight_leg_raise_deg: Annotated[float, press.STRAIGHT_LEG_RAISE] = 75
    own_hip_flexion_deg: Annotated[str, press.OWN_HIP] = ""
    own_lumbar_range_deg: Annotated[str, press.OWN_RANGE] = ""
    rail_deg: Annotated[float, press.RAIL] = 45
    plate_tilt_deg: Annotated[float, press.PLATE_TILT] = 0
    resistance: Annotated[str, press.RESISTANCE] = "sled"
    sled_kg: Annotated[float, press.SLED] = 45
    pulley_ratio: Annotated[float, press.PULLEY] = 1
    shoulder_pads: Annotated[bool, press.SHOULDER_PADS] = False
    stance_deg: Annotated[float, press.STANCE] = 12
    tempo: Annotated[str, press.TEMPO] = "1.1"
    brace: Annotated[str, press.BRACE] = "0.5"
    units: Annotated[str, UNITS] = METRIC


@dataclass(frozen=True)
class Result:
    setup: Setup
    scene: Scene
    summary: Summary
    windows: tuple[DepthWindow, ...]
    changes: tuple[Change, ...]
    opening: Opening | None


def calculate(inputs: Inputs) -> Result:
    setup = press.setup_of(inputs)
    answer = evaluate(setup)
    summary = summarise(setup)
    windows = depth_windows(setup)
    most = windows[0]
    return Result(
        setup=setup,
        scene=Scene(setup, answer.pose, answer.lumbar, summary.flexion_fraction, most),
        summary=summary,
        windows=windows,
        changes=ranked_changes(setup),
        opening=what_opens(setup) if most.is_empty else None,
    )


def show(inputs: Inputs, result: Result) -> Markup:
    def sets(change: Change | Opening) -> dict[str, Value]:
        return press.settings(WIDGET, result.setup, change.setup)

    summary, most = result.summary, result.windows[0]
    used = summary.flexion_fraction
    return element(
        "div",
        bodies_past(summary),
        range_bar(
            used.p50,
            THREE_QUARTERS.value,
            f"A bar of the low back's bending range. Half of the bodies stand at {percent(used.p50)} or more, "
            f"the middle 8 in 10 from {band_text(used)}. The line stands at three quarters.",
            used,
        ),
        element(
            "p",
            f"Half of them use at least {percent(used.p50)} of their range, the middle 8 in 10 from "
            f"{band_text(used)}.{beyond_range(used)} "
            f"Confidence: {summary.confidence}.",
        ),
        _picture(result),
        heading("What to change first"),
        change_list(result.changes, sets, inputs.units),
        element(
            "details",
            element("summary", "Every change"),
            other_changes(result.changes, sets, inputs.units),
        ),
        heading("How deep"),
        opening_text(
            result.opening, try_button(sets(result.opening)) if result.opening else (), inputs.units
        )
        if most.is_empty
        else element("p", thigh_cue(most)),
        depth_table(result.windows, inputs.units),
        heading("Load on the low back"),
        element("p", load_text(summary), f" Confidence: {summary.load_confidence}."),
        _card(inputs, result),
        element(
            "details",
            element("summary", "If you have pain: what to do"),
            element(
                "p", "The model knows nothing about pain. These cards do not depend on its result."
            ),
            care_cards.cards(),
            class_="when-it-hurts",
        ),
        element("p", ABOUT, class_="widget-help"),
        class_="risk-calculator",
    )


def beside(before: Inputs, now: Inputs) -> Markup:
    """Two sets of inputs side by side, on the same bodies."""
    if before == now:
        return element(
            "p", "These values are kept as “before”. Now change something.", class_="beside"
        )
    old, new = press.setup_of(before), press.setup_of(now)
    found = compare(old, new)
    rows = [
        (label, was, is_now) for label, was, is_now in _told_apart(before, now) if was != is_now
    ]
    rows.append(
        ("Bodies past the line", in_twenty(found.share_before), in_twenty(found.share_after))
    )
    helped, harmed = in_twenty(found.share_helped), in_twenty(found.share_harmed)
    return element(
        "section",
        heading("Before and now"),
        element("p", f"Bodies past the line: {fewer(found.share_after - found.share_before)}."),
        element("div", _small(old, "Before"), _small(new, "Now"), class_="side-by-side"),
        fact_table(("What", "Before", "Now"), rows),
        element(
            "p",
            f"On the same bodies: {helped} move below the line, {harmed} move past it.",
            class_="widget-help",
        ),
        class_="beside",
    )


def _told_apart(before: Inputs, now: Inputs) -> list[tuple[str, str, str]]:
    told = []
    for field, control in WIDGET.controls.items():
        was, is_now = getattr(before, field), getattr(now, field)
        if isinstance(control, Slider):
            grid = control.grid(now.units)
            told.append((control.label, grid.text(was), grid.text(is_now)))
        elif field != "units":
            told.append((control.label, control.text(was), control.text(is_now)))
    return told


def _small(setup: Setup, title: str) -> Markup:
    answer = evaluate(setup)
    scene = Scene(setup, answer.pose, answer.lumbar)
    fold = f"{answer.pose.trunk_thigh_deg:.0f}°"
    return element(
        "figure",
        side_view(scene, f"{title}: thigh and trunk fold to {fold}."),
        element("figcaption", title),
    )


def _picture(result: Result) -> Markup:
    scene = result.scene
    fold = f"{scene.pose.trunk_thigh_deg:.0f}°"
    share = percent(scene.lumbar.fraction_of_range)
    marked = (
        " The thick line beside the rail is where the sled may stop for 18 in 20 bodies."
        if not result.windows[0].is_empty
        else ""
    )
    return element(
        "figure",
        views(
            scene,
            f"Side view of a lifter at the bottom of the press. The thigh folds to {fold} against the trunk. "
            f"The low back of the body drawn here uses {share} of its range.{marked}",
        ),
        element(
            "figcaption",
            f"Thigh and trunk fold to {fold}. Confidence in the fold: {scene.pose.confidence}, it is geometry.{marked}",
        ),
    )


def _card(inputs: Inputs, result: Result) -> Markup:
    """What fits into a gym bag: the settings, the stop, the one change, and when to stop at once."""
    best = next((window for window in result.windows if not window.is_empty), None)
    stop = "no depth keeps half of such bodies below ¾"
    if best:
        stop = f"{window_text(best, inputs.units)} ({best.level * 20:.0f} in 20 stay below ¾)"
    first = next(iter(helpful(result.changes)), None)
    rows = [
        ("Backrest", f"{inputs.backrest_deg:.0f}°"),
        ("Rail", f"{inputs.rail_deg:.0f}°"),
        ("Feet", f"{length(inputs.foot_height_cm, inputs.units)} above the hip line"),
        ("Knee bend", f"{inputs.knee_deg:.0f}°"),
        ("Load", f"{mass(inputs.plates_kg, inputs.units)} on the machine"),
        ("Body height", stature(inputs.stature_cm, inputs.units)),
        (
            "Low back past ¾ of its range",
            f"{in_twenty(result.summary.share_past)} bodies like mine",
        ),
        ("How deep", stop),
        (
            "Change first",
            f"{change_words(first.words, inputs.units)} ({fewer(first.share_change)})"
            if first
            else "nothing stands out",
        ),
    ]
    return element(
        "section",
        heading("Card for the gym bag"),
        element("dl", [(element("dt", what), element("dd", value)) for what, value in rows]),
        element(
            "p",
            element(
                "strong", "Sharp pain, or pain down the leg: rack the weight and stop at once. "
            ),
            "A model's answer, not a measurement of me.",
        ),
        class_="gym-card",
    )


WIDGET = Widget(
    title="Risk calculator",
    inputs=Inputs,
    calculate=calculate,
    show=show,
    groups={
        "Your press": ("knee_deg", "foot_height_cm", "backrest_deg", "plates_kg"),
        "Your body": (
            "stature_cm",
            "body_mass_kg",
            "straight_leg_raise_deg",
            "own_hip_flexion_deg",
            "own_lumbar_range_deg",
        ),
        "Your machine": (
            "rail_deg",
            "plate_tilt_deg",
            "resistance",
            "sled_kg",
            "pulley_ratio",
            "shoulder_pads",
        ),
        "How you press": ("stance_deg", "tempo", "brace"),
    },
    machines=True,
    compare=beside,
    card=True,
)
