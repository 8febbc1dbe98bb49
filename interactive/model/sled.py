"""Link 4: the force that the machine sets against the feet."""

from math import cos, radians, sin

from interactive.model.cited import Assumed, within

# a table: what a number is, then where it comes from
# fmt: off
GRAVITY = Assumed(
    value=9.80665, unit="m/s2", low=9.80665, high=9.80665, symbol="g0",
    reason="standard gravity, fixed by definition in 1901; the real one differs by 0.3 % at most",
)
SLED = Assumed(
    value=45.0, unit="kg", low=0.0, high=120.0,
    reason="empty sleds of about 34 to 55 kg are recalled, not seen; ask in the gym",
)
PLATES = Assumed(
    value=120.0, unit="kg", low=0.0, high=600.0,
    reason="a starting value; on a weight stack, the mass that the pin selects",
)
PULLEY_RATIO = Assumed(
    value=1.0, unit="1", low=0.25, high=1.0, symbol="ratio",
    reason="1 where the sled hangs on no rope; the machine's own plate or its maker says otherwise",
)
RAIL_FRICTION = Assumed(
    value=0.05, unit="1", low=0.02, high=0.10, symbol="mu",
    reason="rollers on a rail; not measured, between well oiled and stiff",
)
FRICTION_OFFERED = Assumed(
    value=0.05, unit="1", low=0.0, high=0.5,
    reason="from no friction at all to a rail that drags; wider than any machine in use",
)
TEMPO = Assumed(
    value=1.1, unit="1", low=1.0, high=1.3,
    reason="force at the turn-round over force at rest: 1 very slow, 1.3 bounced; a guess",
)
LEAST_LOAD = Assumed(
    value=5.0, unit="kg", low=5.0, high=5.0,
    reason="below this the legs' own weight decides and the links to the spine mean nothing",
)
# fmt: on

SLED_ON_RAIL, WEIGHT_STACK, LEVER, UNKNOWN = "sled", "stack", "lever", "unknown"
RESISTANCES = (SLED_ON_RAIL, WEIGHT_STACK, LEVER, UNKNOWN)


def sled_force_n(
    moved_kg: float,
    rail_deg: float,
    friction: float = RAIL_FRICTION.value,
    tempo: float = TEMPO.value,
    pulley_ratio: float = PULLEY_RATIO.value,
) -> float:
    """Return the force along the rail that both feet must press with.

    Args:
        moved_kg: sled and plates together [kg], 0 to 720.
        rail_deg: rail above horizontal, theta [deg], 0 to 90.
        friction: rail friction mu [1], 0 to 0.5.
        tempo: force at the turn-round over force at rest [1], 1.0 to 1.3.
        pulley_ratio: part of the mass that ropes and pulleys pass on [1], 0.25 to 1.

    Returns:
        Force along the rail [N].

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        Statics of a body on a slope, F = M g0 (sin theta + mu cos theta) tempo.

    Example:
        >>> round(sled_force_n(100, 45, friction=0, tempo=1), 3)
        693.435
    """
    within("moved_kg", moved_kg, 0.0, SLED.high + PLATES.high, "kg")
    within("rail_deg", rail_deg, 0.0, 90.0, "deg")
    for field, value, limits in (
        ("friction", friction, FRICTION_OFFERED),
        ("tempo", tempo, TEMPO),
        ("pulley_ratio", pulley_ratio, PULLEY_RATIO),
    ):
        within(field, value, limits.low, limits.high, limits.unit)
    return pulley_ratio * moved_kg * rail_pull(radians(rail_deg), friction) * tempo


def stack_force_n(
    stack_kg: float, tempo: float = TEMPO.value, pulley_ratio: float = PULLEY_RATIO.value
) -> float:
    """Return the force that both feet must press with against a weight stack.

    The carriage itself runs level or is balanced, so only the selected stack counts.

    Args:
        stack_kg: mass selected by the pin [kg], 0 to 600.
        tempo: force at the turn-round over force at rest [1], 1.0 to 1.3.
        pulley_ratio: part of the mass that ropes and pulleys pass on [1], 0.25 to 1.

    Returns:
        Force along the rail [N].

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        Statics of a hanging mass, F = ratio M g0 tempo.

    Example:
        >>> round(stack_force_n(100, tempo=1, pulley_ratio=0.5), 2)
        490.33
    """
    within("stack_kg", stack_kg, PLATES.low, PLATES.high, PLATES.unit)
    within("tempo", tempo, TEMPO.low, TEMPO.high, TEMPO.unit)
    limits = PULLEY_RATIO
    within("pulley_ratio", pulley_ratio, limits.low, limits.high, limits.unit)
    return pulley_ratio * stack_kg * GRAVITY.value * tempo


def rail_pull(rail: float, friction: float) -> float:
    """Return g0 (sin theta + mu cos theta) [m/s2], `rail` in radians, for arguments as checked."""
    return GRAVITY.value * (sin(rail) + friction * cos(rail))
