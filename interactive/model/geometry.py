"""Link 2: where knee, thigh and ankle are, given machine, legs and depth. Exact plane geometry.

The hip is the origin. D runs along the rail from the seat to the plate, h square to the rail towards
the head; all angles are flexion, in degrees. gamma = rail angle + backrest angle is the angle
between the trunk and the rail.
"""

from dataclasses import dataclass
from math import acos, atan2, cos, degrees, radians, sin, sqrt

from interactive.model.cited import Assumed, OutOfRange, within

# a table: what a number is, then where it comes from
# fmt: off
RAIL = Assumed(
    value=45.0, unit="deg", low=0.0, high=90.0, symbol="theta",
    reason="the usual sled; a phone's level laid on the rail reads it",
)
BACKREST = Assumed(
    value=32.0, unit="deg", low=0.0, high=90.0, symbol="beta",
    reason="a usual setting, 0 lying and 90 upright; a phone's level laid on the pad reads it",
)
FOOT_HEIGHT = Assumed(
    value=12.0, unit="cm", low=-10.0, high=40.0, symbol="h",
    reason="feet in the middle of the plate, a little above the line from the hip along the rail",
)
KNEE = Assumed(
    value=95.0, unit="deg", low=0.0, high=150.0, symbol="k",
    reason="a usual depth; the range is what a knee can do under load, 0 straight",
)
PLATE_TILT = Assumed(
    value=0.0, unit="deg", low=-45.0, high=45.0, symbol="tau",
    reason="a plate square to the rail; above 0 its upper edge leans away from the lifter",
)
LINK = Assumed(
    value=0.43, unit="m", low=0.15, high=0.70,
    reason="thigh or shank of a body of 175 cm; the range takes in every body and stance offered",
)
FOOT_OFFSET = Assumed(
    value=0.12, unit="m", low=-0.50, high=0.80,
    reason="wider than any plate; what legs can really reach is worked out from their lengths",
)
RAIL_DISTANCE = Assumed(
    value=0.55, unit="m", low=-0.60, high=2.00,
    reason="wider than any sled; what legs can really reach is worked out from their lengths",
)
# fmt: on
ROUNDING_DEG = 1e-9  # a pose found from its own sled place may come back a hair past its knee bend


@dataclass(frozen=True)
class Pose:
    """Where hip, knee and ankle stand at one depth."""

    confidence = "high"

    knee_deg: float
    rail_distance_m: float
    thigh_deg: float
    trunk_thigh_deg: float
    dorsiflexion_deg: float


def pose(
    thigh_m: float,
    shank_m: float,
    foot_height_m: float,
    knee_deg: float,
    rail_deg: float,
    backrest_deg: float,
    plate_tilt_deg: float = PLATE_TILT.value,
) -> Pose:
    """Return the pose at a given knee bend.

    Args:
        thigh_m: thigh length seen from the side [m], 0.15 to 0.70.
        shank_m: shank length seen from the side [m], 0.15 to 0.70.
        foot_height_m: height of the ankle along the plate, above the point opposite the hip [m],
            -0.50 to 0.80 as far as the legs reach.
        knee_deg: knee flexion k [deg], 0 (straight) to 150.
        rail_deg: rail above horizontal, theta [deg], 0 to 90.
        backrest_deg: backrest above horizontal, beta [deg], 0 (lying) to 90.
        plate_tilt_deg: lean of the plate's upper edge away from the lifter, tau [deg], -45 to 45.

    Returns:
        The pose: knee bend [deg], distance of the sled from the hip along the rail [m], thigh above
        the rail psi [deg], fold between trunk and thigh Phi [deg], dorsiflexion delta [deg].

    Raises:
        OutOfRange: an argument is not a number in its range, or the feet cannot be where they
            are said to be.

    Source:
        Plane geometry: r^2 = a^2 + b^2 + 2ab cos k = D^2 + h^2;
        psi = atan2(h, D) + atan2(b sin k, a + b cos k); Phi = theta + beta + psi.

    Example:
        >>> round(pose(0.43, 0.43, 0.0, 90, rail_deg=45, backrest_deg=30).trunk_thigh_deg, 6)
        120.0
    """
    _check_links(thigh_m, shank_m, foot_height_m, plate_tilt_deg)
    within("knee_deg", knee_deg, KNEE.low, KNEE.high, KNEE.unit)
    _check_machine(rail_deg, backrest_deg)
    tilt = radians(plate_tilt_deg)
    height_m = foot_height_m * cos(tilt)
    distance_m, thigh = reach(thigh_m, shank_m, height_m, knee_deg)
    thigh_deg = degrees(thigh)
    return Pose(
        knee_deg=knee_deg,
        rail_distance_m=distance_m - foot_height_m * sin(tilt),
        thigh_deg=thigh_deg,
        trunk_thigh_deg=rail_deg + backrest_deg + thigh_deg,
        dorsiflexion_deg=dorsiflexion_deg(thigh_m, thigh, distance_m, height_m) - plate_tilt_deg,
    )


def pose_at_sled(
    thigh_m: float,
    shank_m: float,
    foot_height_m: float,
    rail_distance_m: float,
    rail_deg: float,
    backrest_deg: float,
    plate_tilt_deg: float = PLATE_TILT.value,
) -> Pose:
    """Return the pose at a given place of the sled on its rail; the knee bend follows.

    Args:
        thigh_m: thigh length seen from the side [m], 0.15 to 0.70.
        shank_m: shank length seen from the side [m], 0.15 to 0.70.
        foot_height_m: height of the ankle along the plate, above the point opposite the hip [m],
            -0.50 to 0.80 as far as the legs reach.
        rail_distance_m: from the hip to the plate at the hip's height, along the rail [m],
            -0.60 to 2.00 as far as the legs reach.
        rail_deg: rail above horizontal, theta [deg], 0 to 90.
        backrest_deg: backrest above horizontal, beta [deg], 0 (lying) to 90.
        plate_tilt_deg: lean of the plate's upper edge away from the lifter, tau [deg], -45 to 45.

    Returns:
        The pose, as `pose` returns it.

    Raises:
        OutOfRange: an argument is not a number in its range, or the legs cannot reach.

    Source:
        Plane geometry, as `pose`, solved for k.

    Example:
        >>> round(pose_at_sled(0.42875, 0.4305, 0.12, 0.55, 45, 32).knee_deg, 3)
        98.138
    """
    _check_links(thigh_m, shank_m, foot_height_m, plate_tilt_deg)
    limits = RAIL_DISTANCE
    within("rail_distance_m", rail_distance_m, limits.low, limits.high, limits.unit)
    _check_machine(rail_deg, backrest_deg)
    knee_deg = knee_at_sled(thigh_m, shank_m, foot_height_m, rail_distance_m, plate_tilt_deg)
    return pose(thigh_m, shank_m, foot_height_m, knee_deg, rail_deg, backrest_deg, plate_tilt_deg)


def sled_travel_m(
    thigh_m: float,
    shank_m: float,
    foot_height_m: float,
    knee_top_deg: float,
    knee_bottom_deg: float,
    plate_tilt_deg: float = PLATE_TILT.value,
) -> float:
    """Return how far the sled runs between two knee bends.

    Args:
        thigh_m: thigh length seen from the side [m], 0.15 to 0.70.
        shank_m: shank length seen from the side [m], 0.15 to 0.70.
        foot_height_m: height of the ankle along the plate, above the point opposite the hip [m],
            -0.50 to 0.80 as far as the legs reach.
        knee_top_deg: knee flexion at the top of the rep [deg], 0 to 150.
        knee_bottom_deg: knee flexion at the bottom of the rep [deg], 0 to 150.
        plate_tilt_deg: lean of the plate's upper edge away from the lifter, tau [deg], -45 to 45.

    Returns:
        Travel along the rail [m]; above 0 if the bottom is the deeper of the two.

    Raises:
        OutOfRange: an argument is not a number in its range, or the legs cannot reach.

    Source:
        Plane geometry: D(k_top) - D(k_bottom).

    Example:
        >>> round(sled_travel_m(0.42875, 0.4305, 0.12, 5, 95), 4)
        0.282
    """
    _check_links(thigh_m, shank_m, foot_height_m, plate_tilt_deg)
    within("knee_top_deg", knee_top_deg, KNEE.low, KNEE.high, KNEE.unit)
    within("knee_bottom_deg", knee_bottom_deg, KNEE.low, KNEE.high, KNEE.unit)
    height_m = foot_height_m * cos(radians(plate_tilt_deg))
    top_m, _ = reach(thigh_m, shank_m, height_m, knee_top_deg)
    bottom_m, _ = reach(thigh_m, shank_m, height_m, knee_bottom_deg)
    return top_m - bottom_m


def reach(thigh_m: float, shank_m: float, height_m: float, knee_deg: float) -> tuple[float, float]:
    """Return the ankle's distance D along the rail [m] and the thigh angle psi [rad].

    Arguments are taken as checked, `height_m` is measured square to the rail. Feet further from
    the rail's line through the hip than a knee so bent lets them be raise `OutOfRange`.
    """
    knee = radians(knee_deg)
    along_thigh_m = thigh_m + shank_m * cos(
        knee
    )  # from hip to ankle, in the direction of the thigh
    below_thigh_m = shank_m * sin(knee)
    distance_squared = along_thigh_m**2 + below_thigh_m**2 - height_m**2
    if distance_squared < 0:
        high = deepest_knee_deg(thigh_m, shank_m, height_m)
        feet = "high" if height_m > 0 else "low"
        raise OutOfRange(
            "knee_deg", knee_deg, KNEE.low, high, KNEE.unit,
            f"With legs this long and feet this {feet} the plate cannot be reached at this depth.",
        )  # fmt: skip
    distance_m = sqrt(distance_squared)
    return distance_m, atan2(height_m, distance_m) + atan2(below_thigh_m, along_thigh_m)


def deepest_knee_deg(thigh_m: float, shank_m: float, height_m: float) -> float:
    """Return the most the knee can bend with the feet this high [deg], for arguments as checked.

    There the plate stands level with the hip: r = |h|.
    """
    cosine = (height_m * height_m - thigh_m * thigh_m - shank_m * shank_m) / (2 * thigh_m * shank_m)
    return degrees(acos(min(max(cosine, -1.0), 1.0)))


def knee_at_sled(
    thigh_m: float,
    shank_m: float,
    foot_height_m: float,
    rail_distance_m: float,
    plate_tilt_deg: float,
) -> float:
    """Return the knee flexion [deg] at a place of the sled, for arguments already checked.

    A plate too far away, or so near that no knee bends that much, raises `OutOfRange`.
    """
    tilt = radians(plate_tilt_deg)
    shift_m = foot_height_m * sin(tilt)
    height_m = foot_height_m * cos(tilt)
    distance_m = rail_distance_m + shift_m
    squared = thigh_m * thigh_m + shank_m * shank_m
    product = 2 * thigh_m * shank_m
    cosine = (distance_m * distance_m + height_m * height_m - squared) / product
    if distance_m >= 0 and cosine < 1:
        knee_deg = degrees(acos(max(cosine, -1.0)))
        if knee_deg <= KNEE.high + ROUNDING_DEG:
            return min(knee_deg, KNEE.high)
    nearest_m, furthest_m = (
        sqrt(max(squared + product * cos(radians(knee_deg)) - height_m * height_m, 0.0)) - shift_m
        for knee_deg in (KNEE.high, KNEE.low)
    )
    where = "out of reach" if cosine >= 1 else "closer than the knees can bend"
    raise OutOfRange(
        "rail_distance_m", rail_distance_m, nearest_m, furthest_m, "m",
        f"With legs this long and the feet at this height the plate is {where}.",
    )  # fmt: skip


def dorsiflexion_deg(thigh_m: float, thigh: float, distance_m: float, height_m: float) -> float:
    """Return ankle dorsiflexion [deg] against a plate square to the rail; `thigh` is psi [rad].

    Arguments are taken as checked: delta = atan2(a sin psi - h, D - a cos psi).
    """
    return degrees(atan2(thigh_m * sin(thigh) - height_m, distance_m - thigh_m * cos(thigh)))


def _check_links(
    thigh_m: float, shank_m: float, foot_height_m: float, plate_tilt_deg: float
) -> None:
    within("thigh_m", thigh_m, LINK.low, LINK.high, LINK.unit)
    within("shank_m", shank_m, LINK.low, LINK.high, LINK.unit)
    within("foot_height_m", foot_height_m, FOOT_OFFSET.low, FOOT_OFFSET.high, FOOT_OFFSET.unit)
    within("plate_tilt_deg", plate_tilt_deg, PLATE_TILT.low, PLATE_TILT.high, PLATE_TILT.unit)


def _check_machine(rail_deg: float, backrest_deg: float) -> None:
    within("rail_deg", rail_deg, RAIL.low, RAIL.high, RAIL.unit)
    within("backrest_deg", backrest_deg, BACKREST.low, BACKREST.high, BACKREST.unit)
