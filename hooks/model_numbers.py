"""The numbers that lessons insert by name, so that no number of the model is ever typed by hand.

`{{ start.fold }}` in a lesson becomes `137°`. Every parameter of the model has a name as well:
`{{ posture.hip_limit }}`, or `{{ posture.three_quarters percent }}` for a share.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from math import asin, degrees, radians, sin

from hooks.foot_height import SQUARE_DEG, TILTED_DEG, raised
from hooks.problems import nearest
from interactive.model import anthropometry
from interactive.model.advice import BACKREST_FLATTER, Change, ranked_changes, what_opens
from interactive.model.chain import Answer, Setup, evaluate
from interactive.model.cited import Quantity
from interactive.model.depth import DepthWindow, depth_windows
from interactive.model.parameters import parameters
from interactive.model.sensitivity import self_tests
from interactive.model.uncertainty import (
    ELEVATED_UP_TO,
    LOW_BELOW,
    MODERATE_BELOW,
    Summary,
    summarise,
)
from interactive.wording import in_twenty, percent

THREE_IN_FOUR = 0.75  # the middle one of the depth windows: neither strict nor lenient
INSERTED = re.compile(r"`[^`]*`|\{\{([^{}]*)\}\}")


class UnknownNumber(KeyError):
    """A lesson asks for a number that the model does not have.

    Attributes:
        hint: what to write instead.
    """

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(name)
        self.hint = hint


def inserted(line: str, say: Callable[[str], str] = str) -> str:
    r"""Return a line of a lesson with every `{{ name }}` replaced; code in backticks stays.

    Args:
        line: the line.
        say: what a number is in the lesson's language.

    Raises:
        UnknownNumber: there is no number of this name.

    Example:
        >>> inserted("The line stands at {{ posture.three_quarters percent }}, see `{{ x }}`.")
        'The line stands at 75\xa0%, see `{{ x }}`.'
    """
    return INSERTED.sub(
        lambda found: found[0] if found[1] is None else say(number_named(found[1].strip())), line
    )


@cache
def number_named(name: str) -> str:
    """Return a number as readers see it, by its name.

    Raises:
        UnknownNumber: there is none.
    """
    bare, _, form = name.partition(" ")
    if bare in _computed() and not form:
        return _computed()[bare]()
    quantity = _quantities().get(bare)
    if quantity is None or form not in ("", "percent"):
        match = nearest(bare, [*_computed(), *_quantities()])
        raise UnknownNumber(
            name, f"Did you mean {{{{ {match} }}}}?" if match else "See the table of parameters."
        )
    return percent(quantity.value) if form else quantity_text(quantity)


def quantity_text(quantity: Quantity) -> str:
    """Return a parameter's value with its unit, as readers see it."""
    return with_unit(quantity.value, quantity.unit)


def with_unit(value: float, unit: str) -> str:
    r"""Return a number with its unit in the site's one format.

    Example:
        >>> with_unit(104.0, "deg"), with_unit(0.23, "1"), with_unit(3400.0, "N")
        ('104°', '0.23', '3400\xa0N')
    """
    number = f"{value:.6g}"
    if unit == "deg":
        return f"{number}°"
    return number if unit == "1" else f"{number}\N{NO-BREAK SPACE}{unit}"


def body_weights(value: float) -> str:
    """Return a load in multiples of body weight, to one decimal."""
    return f"{value:.1f}"


def points(width: float) -> str:
    """Return the distance between two shares of the range, in points."""
    return f"{width * 100:.0f} points"


def opens() -> str:
    """Return the change that opens the window in which most bodies stay below the line."""
    opening = what_opens(Setup())
    return opening.words.lower() if opening else "no single change"


def folds_more(plate_tilt_deg: float) -> str:
    """Return in how many combinations higher feet fold the hip more."""
    found = raised(plate_tilt_deg)
    return f"{found.folds_more} of {found.combinations}"


@cache
def start() -> Answer:
    """Return the worked example: every default, the body in the middle of every range."""
    return evaluate(Setup())


@cache
def start_summary() -> Summary:
    """Return what plausible bodies show at the start."""
    return summarise(Setup())


@cache
def start_changes() -> Mapping[str, Change]:
    """Return what each change does at the start, best first."""
    return {change.name: change for change in ranked_changes(Setup())}


@cache
def start_windows() -> Mapping[float, DepthWindow]:
    """Return the depth windows at the start."""
    return {window.level: window for window in depth_windows(Setup())}


@cache
def start_upright() -> Setup:
    """Return the worked example with the sled stopped where the thigh stands upright."""
    setup = Setup()
    legs = anthropometry.leg_lengths(setup.stature_cm, setup.stance_deg)
    thigh = radians(90 - setup.rail_deg)
    below_m = legs.thigh_m * sin(thigh) - setup.foot_height_cm / 100
    return replace(setup, knee_deg=degrees(thigh + asin(below_m / legs.shank_m)))


def stop(window: DepthWindow) -> str:
    """Return how far the sled may travel within a window, from nearly straight knees."""
    return "none" if window.sled_to_cm is None else with_unit(round(window.sled_to_cm), "cm")


def three_in_four(setup: Setup) -> DepthWindow:
    """Return the depth window in which three in four plausible bodies stay below the line."""
    return depth_windows(setup, levels=(THREE_IN_FOUR,))[0]


@cache
def _quantities() -> dict[str, Quantity]:
    return {f"{p.module}.{p.name.lower()}": p.quantity for p in parameters()}


@cache
def _computed() -> dict[str, Callable[[], str]]:
    def band(low: float, high: float) -> str:
        return f"{low * 100:.0f} to {percent(high)}"

    found: dict[str, Callable[[], str]] = {
        "start.fold": lambda: f"{start().pose.trunk_thigh_deg:.0f}°",
        "start.share": lambda: percent(start().lumbar.fraction_of_range),
        "start.bodies-past": lambda: in_twenty(start_summary().share_past),
        "start.band": lambda: band(
            start_summary().flexion_fraction.p10, start_summary().flexion_fraction.p90
        ),
        "confidence.geometry": lambda: start().pose.confidence,
        "confidence.posture": lambda: start().lumbar.confidence,
        "confidence.load": lambda: start_summary().load_confidence,
        "bodies": lambda: f"{start_summary().bodies}",
        "word.moderate-from": lambda: in_twenty(LOW_BELOW.value),
        "word.elevated-from": lambda: in_twenty(MODERATE_BELOW.value),
        "word.high-from": lambda: in_twenty(ELEVATED_UP_TO.value),
        "start.upright-fold": lambda: f"{evaluate(start_upright()).pose.trunk_thigh_deg:.0f}°",
        "start.upright-bodies": lambda: in_twenty(summarise(start_upright()).share_past),
        "start.sled-stop-bodies": lambda: in_twenty(THREE_IN_FOUR),
        "start.sled-stop": lambda: stop(three_in_four(Setup())),
        "start.sled-stop-flatter": lambda: stop(
            three_in_four(start_changes()[BACKREST_FLATTER].setup)
        ),
        "feet.square": lambda: folds_more(SQUARE_DEG),
        "feet.tilted": lambda: folds_more(TILTED_DEG),
        "feet.tilt": lambda: with_unit(TILTED_DEG, "deg"),
        "feet.median": lambda: with_unit(round(raised(SQUARE_DEG).median_fold_deg, 1), "deg"),
    }
    for name, change in start_changes().items():
        after = start_summary().share_past + change.share_change
        found[f"after.{name}"] = partial(in_twenty, after)
    for test in self_tests(Setup()):
        found[f"spread.{test.field.removesuffix('_deg').replace('_', '-')}"] = partial(
            points, test.width_with
        )
        found["spread"] = partial(points, test.width_without)
    found["opens"] = opens
    return found
