"""How deep is deep enough: the depths at which most plausible bodies stay below the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import degrees

from interactive.model.chain import NOMINAL, Bench, Body, Lifter, Setup, lifters
from interactive.model.cited import Assumed, OutOfRange, within
from interactive.model.geometry import deepest_knee_deg, reach
from interactive.model.posture import THREE_QUARTERS
from interactive.model.uncertainty import plausible_bodies

# a table: what a number is, then where it comes from
# fmt: off
STRAIGHTEST = Assumed(
    value=5.0, unit="deg", low=5.0, high=5.0,
    reason="the top of the rep: nearly straight, short of locking the knees",
)
DEEPEST = Assumed(
    value=140.0, unit="deg", low=140.0, high=140.0,
    reason="the bottom of any rep: calves on thighs",
)
SCAN_STEPS = Assumed(
    value=15, unit="steps", low=15, high=15,
    reason="one every 9 deg: finer than the bend can turn over, as a joint stops over 4 deg or "
    "more",
)
HALVINGS = Assumed(
    value=9, unit="halvings", low=9, high=9,
    reason="bring 9 deg down to 0.02 deg, far below what anyone can set",
)
MOST_BODIES = Assumed(
    value=0.90, unit="1", low=0.5, high=0.99,
    reason="the strictest of the three windows offered, beside three in four and one in two",
)
# fmt: on

LEVELS = (MOST_BODIES.value, 0.75, 0.50)


@dataclass(frozen=True)
class DepthWindow:
    """Between which depths at least a share of plausible bodies stays below the line.

    All else is None where no depth will do. The sled's places count in centimetres down from the
    top of the rep (5 degrees of knee bend). `thigh_past_vertical_deg` says how the thigh stands at
    the deep end: 0 upright, below 0 not yet there, above 0 past it towards the chest.
    """

    confidence = "moderate"

    level: float
    knee_from_deg: float | None
    knee_to_deg: float | None
    sled_from_cm: float | None
    sled_to_cm: float | None
    thigh_past_vertical_deg: float | None

    @property
    def is_empty(self) -> bool:
        """Whether no depth at all will do."""
        return self.knee_to_deg is None

    @property
    def sled_travel_cm(self) -> float | None:
        """How far the sled may travel within the window [cm]."""
        if self.sled_from_cm is None or self.sled_to_cm is None:
            return None
        return self.sled_to_cm - self.sled_from_cm


def depth_windows(
    setup: Setup,
    bodies: Sequence[Body] | None = None,
    levels: Sequence[float] = LEVELS,
) -> tuple[DepthWindow, ...]:
    """Return, for each share asked for, the longest stretch of depths at which so many stay below.

    The bend is not monotonic in depth: nearly straight knees pull on the hamstrings. So there is a
    lower end too, and sometimes nothing between the two.

    Args:
        setup: body, machine and technique; its own depth plays no part.
        bodies: the plausible bodies; without them, `plausible_bodies()`.
        levels: shares of bodies that must stay at or below 0.75 of their range [1], 0.01 to 0.99,
            shape (levels,).

    Returns:
        A window for each share, in the same order.

    Raises:
        OutOfRange: a share is not a number in its range.

    Source:
        A scan and bisection of the chain; the line is Adams1994's.

    Example:
        >>> half = depth_windows(Setup(backrest_deg=20))[2]
        >>> 100 < half.knee_to_deg < 125
        True
    """
    for level in levels:
        within("levels", level, 0.01, 0.99, "1")
    crowd = lifters(setup, plausible_bodies() if bodies is None else bodies)
    middle = Lifter(Bench(setup), NOMINAL)
    deepest_deg = _deepest_deg(middle)
    edges: list[tuple[float, int]] = []
    for lifter in crowd:
        edges += _edges(lifter, deepest_deg)
    edges.sort(key=_opening_first)
    return tuple(
        _translated(middle, level, _longest(edges, level * len(crowd))) for level in levels
    )


def has_window(setup: Setup, level: float, bodies: Sequence[Body]) -> bool:
    """Return whether some depth of the scan keeps so many bodies below, without finding its ends."""
    crowd = lifters(setup, bodies)
    depths = _scan(_deepest_deg(Lifter(Bench(setup), NOMINAL)))
    return any(
        sum(_stays_below(lifter, knee_deg) for lifter in crowd) >= level * len(crowd)
        for knee_deg in depths
    )


def _deepest_deg(middle: Lifter) -> float:
    bench = middle.bench
    return min(DEEPEST.value, deepest_knee_deg(bench.thigh_m, bench.shank_m, middle.height_m))


def _scan(deepest_deg: float) -> list[float]:
    step_deg = (deepest_deg - STRAIGHTEST.value) / SCAN_STEPS.value
    return [STRAIGHTEST.value + step * step_deg for step in range(int(SCAN_STEPS.value))] + [
        deepest_deg
    ]


def _stays_below(lifter: Lifter, knee_deg: float) -> bool:
    try:
        return lifter.flexion_fraction(knee_deg) <= THREE_QUARTERS.value
    except OutOfRange:  # a body that cannot go so deep does not stay below there
        return False


def _edges(lifter: Lifter, deepest_deg: float) -> list[tuple[float, int]]:
    """Return where one body comes below the line (+1) and leaves it (-1), in pairs [deg]."""
    edges: list[tuple[float, int]] = []
    before_deg, was_below = STRAIGHTEST.value, False
    for knee_deg in _scan(deepest_deg):
        is_below = _stays_below(lifter, knee_deg)
        if is_below != was_below:
            at_deg = _crossing(lifter, before_deg, knee_deg, was_below)
            edges.append((at_deg, 1 if is_below else -1))
        before_deg, was_below = knee_deg, is_below
    if was_below:
        edges.append((deepest_deg, -1))
    return edges


def _crossing(lifter: Lifter, near_deg: float, far_deg: float, near_is_below: bool) -> float:
    """Return the last place still below the line, between a place below it and one above [deg]."""
    if near_deg == far_deg:
        return near_deg
    for _ in range(int(HALVINGS.value)):
        middle_deg = (near_deg + far_deg) / 2
        if _stays_below(lifter, middle_deg) == near_is_below:
            near_deg = middle_deg
        else:
            far_deg = middle_deg
    return near_deg if near_is_below else far_deg


def _opening_first(edge: tuple[float, int]) -> tuple[float, int]:
    return edge[0], -edge[1]


def _longest(edges: Sequence[tuple[float, int]], needed: float) -> tuple[float, float] | None:
    """Return the longest stretch over which at least so many bodies are below the line [deg]."""
    stretches: list[tuple[float, float, float]] = []
    below, opened_deg = 0, 0.0
    for at_deg, change in edges:
        was_enough = below >= needed
        below += change
        if below >= needed and not was_enough:
            opened_deg = at_deg
        elif was_enough and below < needed:
            stretches.append((at_deg - opened_deg, opened_deg, at_deg))
    return max(stretches)[1:] if stretches else None


def _translated(
    middle: Lifter, level: float, window_deg: tuple[float, float] | None
) -> DepthWindow:
    if window_deg is None:
        return DepthWindow(level, None, None, None, None, None)
    bench = middle.bench
    (top_m, _), (start_m, _), (end_m, thigh) = (
        reach(bench.thigh_m, bench.shank_m, middle.height_m, knee_deg)
        for knee_deg in (STRAIGHTEST.value, *window_deg)
    )
    return DepthWindow(
        level=level,
        knee_from_deg=window_deg[0],
        knee_to_deg=window_deg[1],
        sled_from_cm=100 * (top_m - start_m),
        sled_to_cm=100 * (top_m - end_m),
        thigh_past_vertical_deg=bench.setup.rail_deg + degrees(thigh) - 90,
    )
