"""Link 1: how long and how heavy the legs of a body are."""

from dataclasses import dataclass
from math import cos, radians

from interactive.model.cited import Assumed, Cited, within

# a table: what a number is, then where it comes from
# fmt: off
STATURE = Assumed(
    value=175.0, unit="cm", low=140.0, high=210.0, symbol="H",
    reason="a starting value in the middle of adult heights; the reader sets their own",
)
BODY_MASS = Assumed(
    value=80.0, unit="kg", low=40.0, high=180.0, symbol="m",
    reason="a starting value in the middle of adult masses; the reader sets their own",
)
STANCE = Assumed(
    value=12.0, unit="deg", low=0.0, high=40.0,
    reason="feet about shoulder-wide; how far each thigh opens sideways is judged by eye",
)

THIGH_FRACTION = Cited(
    value=0.245, unit="1", low=0.245, high=0.245, symbol="a/H",
    source="Winter2009, segment lengths after Drillis and Contini",
)
SHANK_FRACTION = Cited(
    value=0.246, unit="1", low=0.246, high=0.246, symbol="b/H",
    source="Winter2009, segment lengths after Drillis and Contini",
)
FOOT_FRACTION = Cited(
    value=0.152, unit="1", low=0.152, high=0.152,
    source="Winter2009, segment lengths after Drillis and Contini",
)
OWN_THIGH_FRACTION = Assumed(
    value=THIGH_FRACTION.value, unit="1", low=0.215, high=0.275,
    reason="people differ by about 4 % of the length (judged, not read); three times that each way",
)
OWN_SHANK_FRACTION = Assumed(
    value=SHANK_FRACTION.value, unit="1", low=0.216, high=0.276,
    reason="people differ by about 4 % of the length (judged, not read); three times that each way",
)

THIGH_MASS = Cited(
    value=0.100, unit="1", low=0.100, high=0.100, source="Winter2009, segment masses, one limb",
)
SHANK_MASS = Cited(
    value=0.0465, unit="1", low=0.0465, high=0.0465, source="Winter2009, segment masses, one limb",
)
FOOT_MASS = Cited(
    value=0.0145, unit="1", low=0.0145, high=0.0145, source="Winter2009, segment masses, one limb",
)
CENTRE_OF_MASS = Cited(
    value=0.433, unit="1", low=0.433, high=0.433,
    source="Winter2009, thigh and shank, from the proximal end",
)

# fmt: on


@dataclass(frozen=True)
class Legs:
    """Lengths of thigh and shank as seen from the side."""

    confidence = "high"

    thigh_m: float
    shank_m: float


def leg_lengths(
    stature_cm: float,
    stance_deg: float = STANCE.value,
    thigh_fraction: float = THIGH_FRACTION.value,
    shank_fraction: float = SHANK_FRACTION.value,
) -> Legs:
    """Return how long thigh and shank look from the side; a wide stance makes them look shorter.

    Args:
        stature_cm: standing height [cm], 140 to 210.
        stance_deg: angle of each thigh away from the middle [deg], 0 to 40.
        thigh_fraction: thigh length over stature [1], 0.215 to 0.275.
        shank_fraction: shank length over stature [1], 0.216 to 0.276.

    Returns:
        Thigh and shank length, projected into the side view [m].

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        Winter2009 for the fractions; the projection is plain trigonometry.

    Example:
        >>> round(leg_lengths(175, stance_deg=0).thigh_m, 5)
        0.42875
    """
    within("stature_cm", stature_cm, STATURE.low, STATURE.high, STATURE.unit)
    within("stance_deg", stance_deg, STANCE.low, STANCE.high, STANCE.unit)
    for field, fraction, limits in (
        ("thigh_fraction", thigh_fraction, OWN_THIGH_FRACTION),
        ("shank_fraction", shank_fraction, OWN_SHANK_FRACTION),
    ):
        within(field, fraction, limits.low, limits.high, limits.unit)
    return Legs(*projected_lengths(stature_cm, stance_deg, thigh_fraction, shank_fraction))


def projected_lengths(
    stature_cm: float, stance_deg: float, thigh_fraction: float, shank_fraction: float
) -> tuple[float, float]:
    """Return thigh and shank [m] as `leg_lengths` does, for arguments already checked."""
    seen_m = stature_cm / 100 * cos(radians(stance_deg))
    return thigh_fraction * seen_m, shank_fraction * seen_m


def both_legs_mass_kg(body_mass_kg: float) -> float:
    """Return the mass of both legs, feet included.

    Args:
        body_mass_kg: mass of the whole body [kg], 40 to 180.

    Returns:
        Mass of two thighs, shanks and feet [kg].

    Raises:
        OutOfRange: the mass is not a number in its range.

    Source:
        Winter2009, segment masses.

    Example:
        >>> round(both_legs_mass_kg(80), 2)
        25.76
    """
    within("body_mass_kg", body_mass_kg, BODY_MASS.low, BODY_MASS.high, BODY_MASS.unit)
    return 2 * body_mass_kg * (THIGH_MASS.value + SHANK_MASS.value + FOOT_MASS.value)
