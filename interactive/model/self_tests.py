"""Self-tests that a person can make alone: how a reading becomes an angle of the hip."""

from math import asin, degrees, radians, sin

from interactive.model.anthropometry import STATURE, leg_lengths
from interactive.model.cited import Assumed, within
from interactive.model.posture import OWN_HIP_FLEXION

# a table: what a number is, then where it comes from
# fmt: off
FINGER_WIDTH = Assumed(
    value=1.9, unit="cm", low=1.6, high=2.2,
    reason="a middle width of an adult's finger; nobody measured it for this",
)
CHEST_ABOVE_HIP = Assumed(
    value=10.0, unit="cm", low=7.0, high=13.0,
    reason="how far the chest's surface lies above the line of the hip when lying; about half a trunk",
)
FINGERS = Assumed(
    value=10, unit="fingers", low=0, high=18,
    reason="from a thigh on the chest to one that barely passes upright",
)
# fmt: on


def hip_flexion_from_fingers(fingers: float, stature_cm: float = STATURE.value) -> float:
    """Return how far a hip folds, from the gap between knee and chest counted in finger-widths.

    Lying flat, one knee pulled to the chest: the kneecap hangs above the chest by what the thigh's
    height above the hip leaves over.

    Args:
        fingers: finger-widths between kneecap and chest, straight down [fingers], 0 to 18.
        stature_cm: standing height [cm], 140 to 210.

    Returns:
        Thigh against trunk, pelvis included [deg], 70 to 160, as the self-test reads it.

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        Geometry of the thigh; both lengths are assumptions.

    Example:
        >>> round(hip_flexion_from_fingers(10))
        137
    """
    within("fingers", fingers, FINGERS.low, FINGERS.high, FINGERS.unit)
    thigh_cm = 100 * leg_lengths(stature_cm, stance_deg=0).thigh_m
    above_cm = fingers * FINGER_WIDTH.value + CHEST_ABOVE_HIP.value
    steepness = min(above_cm / thigh_cm, 1.0)
    return min(180 - degrees(asin(steepness)), OWN_HIP_FLEXION.high)


def fingers_from_hip_flexion(flexion_deg: float, stature_cm: float = STATURE.value) -> float:
    """Return the gap between knee and chest in finger-widths, for a hip that folds so far.

    Args:
        flexion_deg: thigh against trunk [deg], 90 to 160.
        stature_cm: standing height [cm], 140 to 210.

    Returns:
        Finger-widths; below 0 where the thigh lies on the chest.

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        The inverse of `hip_flexion_from_fingers`.

    Example:
        >>> round(fingers_from_hip_flexion(hip_flexion_from_fingers(8)), 6)
        8.0
    """
    within("flexion_deg", flexion_deg, 90.0, OWN_HIP_FLEXION.high, "deg")
    thigh_cm = 100 * leg_lengths(stature_cm, stance_deg=0).thigh_m
    return (thigh_cm * sin(radians(flexion_deg)) - CHEST_ABOVE_HIP.value) / FINGER_WIDTH.value
