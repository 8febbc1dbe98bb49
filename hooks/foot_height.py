"""What higher feet do while the sled stops at the same place: for many legs, and along one plate."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from statistics import median

from interactive.model import anthropometry, geometry
from interactive.model.advice import FEET
from interactive.model.chain import Setup
from interactive.model.geometry import Pose

SQUARE_DEG, TILTED_DEG = 0.0, 30.0  # 30: as far as plates are tilted, to show the other extreme

# what gyms see: short and tall, long and short thighs, feet low and high, shallow and deep
_STATURES_CM = (155.0, 165.0, 175.0, 185.0, 195.0)
_THIGH_FRACTIONS = (0.235, 0.240, 0.245, 0.250)
_FOOT_HEIGHTS_CM = (0.0, 8.0, 16.0, 24.0)
_KNEES_DEG = (60.0, 80.0, 100.0, 120.0)


@dataclass(frozen=True)
class Raised:
    """What changes for all combinations of leg and foot place when the feet go up one step.

    Attributes:
        combinations: how many were worked out.
        folds_more: in how many of them the hip folds more.
        bends_less: in how many of them knee and ankle both bend less.
        median_fold_deg: the middle change of the fold [deg], above 0 if it grows.
    """

    combinations: int
    folds_more: int
    bends_less: int
    median_fold_deg: float


@cache
def raised(plate_tilt_deg: float) -> Raised:
    """Return what feet one step higher change on a plate with this tilt, sled stop unchanged."""
    pairs = list(_pairs(plate_tilt_deg))
    folds_deg = [after.trunk_thigh_deg - before.trunk_thigh_deg for before, after in pairs]
    bends_less = sum(
        after.knee_deg < before.knee_deg and after.dorsiflexion_deg < before.dorsiflexion_deg
        for before, after in pairs
    )
    return Raised(len(pairs), sum(fold > 0 for fold in folds_deg), bends_less, median(folds_deg))


def _pairs(plate_tilt_deg: float) -> Iterator[tuple[Pose, Pose]]:
    setup = Setup()
    machine = (setup.rail_deg, setup.backrest_deg, plate_tilt_deg)
    legs_share = setup.thigh_fraction + setup.shank_fraction
    for stature_cm, thigh, foot_cm, knee_deg in product(
        _STATURES_CM, _THIGH_FRACTIONS, _FOOT_HEIGHTS_CM, _KNEES_DEG
    ):
        stature_m = stature_cm / 100
        legs = (thigh * stature_m, (legs_share - thigh) * stature_m)
        before = geometry.pose(*legs, foot_cm / 100, knee_deg, *machine)
        higher_m = (foot_cm + FEET.value) / 100
        yield before, geometry.pose_at_sled(*legs, higher_m, before.rail_distance_m, *machine)


def folds_along_plate(plate_tilt_deg: float, foot_heights_cm: range) -> list[tuple[float, float]]:
    """Return foot height [cm] and fold [deg] along a plate, all at the worked example's sled stop.

    The sled stops where the example's knee bend is reached with the feet at the example's height.
    """
    setup = Setup()
    legs = anthropometry.leg_lengths(setup.stature_cm)
    links = (legs.thigh_m, legs.shank_m)
    machine = (setup.rail_deg, setup.backrest_deg, plate_tilt_deg)
    start = geometry.pose(*links, setup.foot_height_cm / 100, setup.knee_deg, *machine)
    return [
        (
            float(foot_cm),
            geometry.pose_at_sled(
                *links, foot_cm / 100, start.rail_distance_m, *machine
            ).trunk_thigh_deg,
        )
        for foot_cm in foot_heights_cm
    ]
