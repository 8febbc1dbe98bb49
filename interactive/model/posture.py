"""Link 3: how much of the fold between trunk and thigh the hip takes, and how much the low back."""

from dataclasses import dataclass
from math import exp, log

from interactive.model.anthropometry import STANCE
from interactive.model.cited import Assumed, Cited, OutOfRange, is_number, within
from interactive.model.geometry import KNEE

# a table: what a number is, then where it comes from
# fmt: off
THREE_QUARTERS = Cited(
    value=0.75, unit="1", low=0.75, high=0.75, source="Adams1994, abstract",
)

FOLD = Assumed(
    value=136.8, unit="deg", low=-60.0, high=180.0, symbol="Phi",
    reason="at 180 the thigh lies along the trunk, and no body folds further",
)
STRAIGHT_LEG_RAISE = Assumed(
    value=75.0, unit="deg", low=30.0, high=120.0, symbol="SLR",
    reason="a middle value between tight and loose hamstrings; a self-test reads it",
)
OWN_HIP_FLEXION = Assumed(
    value=135.0, unit="deg", low=70.0, high=160.0,
    reason="what the knee-to-chest self-test can read: thigh against trunk, pelvis included",
)
OWN_LUMBAR_RANGE = Assumed(
    value=54.0, unit="deg", low=25.0, high=90.0,
    reason="what two inclinometer readings can plausibly show, from standing to bent forward",
)

SPINE_SHARE = Assumed(
    value=0.23, unit="1", low=0.13, high=0.36, spread=0.045, symbol="share",
    reason="lies between the pelvic shares of hip flexion in Bohannon1985, Murray2002 and "
    "Dewberry2003, none measured in a leg press; the spread was set by judgement",
)
HIP_LIMIT = Assumed(
    value=104.0, unit="deg", low=78.0, high=138.0, spread=11.0, symbol="hip_limit",
    reason="thigh against pelvis; between the 80 to 140 deg of ElsonAspinall2008 and a recalled "
    "120 deg that includes the pelvis (Roaas1982); set by judgement",
)
SOFTNESS = Assumed(
    value=7.0, unit="deg", low=4.0, high=10.0, symbol="w",
    reason="a joint stiffens over some degrees instead of stopping dead; never measured for this",
)
HAMSTRING_SLACK = Assumed(
    value=0.65, unit="1", low=0.40, high=0.90, spread=0.10, symbol="c",
    reason="hip flexion won per degree of knee bend; gives a pelvic share of 36 % in a "
    "straight-leg raise of 75 deg, where BohannonSLR1985 measured 39 %",
)
LUMBAR_RANGE = Assumed(
    value=54.0, unit="deg", low=34.0, high=78.0, spread=8.0, symbol="R",
    reason="from standing to full flexion; about 51 deg is recalled from Pearcy1984, not seen; "
    "the spread also covers the 12 % that people past 50 have less (Dreischarf2014)",
)
STANCE_SLOPE = Assumed(
    value=0.15, unit="1", low=0.0, high=0.3, symbol="q",
    reason="hip flexion won per degree of a wider stance; direction plausible, size a guess",
)
STANCE_REFERENCE = Assumed(
    value=10.0, unit="deg", low=10.0, high=10.0,
    reason="the stance in which the hip limit is taken to hold; it only fixes where q counts from",
)
RAISE_SHARE = Assumed(
    value=0.65, unit="1", low=0.61, high=0.65,
    reason="the part of a straight-leg raise that is hip, not pelvis: about 1 less the 0.35 to "
    "0.39 of pelvic motion (BohannonSLR1985)",
)
SHARE_REFERENCE = Assumed(
    value=54.0, unit="deg", low=54.0, high=54.0,
    reason="the lumbar range at which the spine's share is as stated; a stiffer spine takes less",
)
SHARE_CEILING = Assumed(
    value=0.6, unit="1", low=0.6, high=0.6,
    reason="a spine takes no more than this while the hip moves freely; a guard no plausible body "
    "reaches",
)
REACHABLE = Assumed(
    value=1.10, unit="1", low=1.0, high=1.2,
    reason="a spine held against a pad is taken to bend a tenth past its range from standing, no "
    "more; beyond it the hips must leave the seat",
)
# fmt: on


@dataclass(frozen=True)
class Lumbar:
    """How far the low back is bent, and whether the hip had more to give."""

    confidence = "moderate"

    flexion_deg: float
    fraction_of_range: float
    hip_limit_deg: float
    hips_leave_seat: bool


def lumbar_flexion(
    trunk_thigh_deg: float,
    knee_deg: float,
    straight_leg_raise_deg: float = STRAIGHT_LEG_RAISE.value,
    stance_deg: float = STANCE.value,
    spine_share: float = SPINE_SHARE.value,
    hip_limit_deg: float = HIP_LIMIT.value,
    softness_deg: float = SOFTNESS.value,
    hamstring_slack: float = HAMSTRING_SLACK.value,
    lumbar_range_deg: float = LUMBAR_RANGE.value,
    stance_slope: float = STANCE_SLOPE.value,
) -> Lumbar:
    """Return how far the low back bends when trunk and thigh are folded this much.

    Args:
        trunk_thigh_deg: fold between trunk and thigh, Phi [deg], -60 to 180.
        knee_deg: knee flexion k [deg], 0 to 150; bent knees slacken the hamstrings.
        straight_leg_raise_deg: straight-leg raise SLR [deg], 30 to 120.
        stance_deg: angle of each thigh away from the middle [deg], 0 to 40.
        spine_share: the spine's share of the fold while the hip moves freely [1], 0.13 to 0.36.
        hip_limit_deg: flexion of thigh against pelvis at which the hip stops [deg], 78 to 138.
        softness_deg: width of the passage from free to stopped, w [deg], 4 to 10.
        hamstring_slack: hip flexion won per degree of knee bend, c [1], 0.40 to 0.90.
        lumbar_range_deg: own range of the low back from standing, R [deg], 34 to 78.
        stance_slope: hip flexion won per degree of stance past 10, q [1], 0 to 0.3.

    Returns:
        Lumbar flexion L [deg] and as a fraction of the own range [1]; the limit of the hip, joint
        and hamstrings together [deg]; whether the hips must leave the seat. Flexion stops at 1.10
        of the range: beyond that the hips come off the seat.

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        Assumed form; s = min(share R / 54, 0.6),
        L = s Phi + (1 - s) w ln(1 + exp((Phi - lim / (1 - s)) / w)). See `hip_limit`.

    Example:
        >>> round(lumbar_flexion(136.828, 95).fraction_of_range, 3)
        0.689
    """
    if is_number(trunk_thigh_deg):
        refuse_impossible_fold(trunk_thigh_deg)
    within("trunk_thigh_deg", trunk_thigh_deg, FOLD.low, FOLD.high, FOLD.unit)
    for field, value, limits in (
        ("knee_deg", knee_deg, KNEE),
        ("straight_leg_raise_deg", straight_leg_raise_deg, STRAIGHT_LEG_RAISE),
        ("stance_deg", stance_deg, STANCE),
        ("spine_share", spine_share, SPINE_SHARE),
        ("hip_limit_deg", hip_limit_deg, HIP_LIMIT),
        ("softness_deg", softness_deg, SOFTNESS),
        ("hamstring_slack", hamstring_slack, HAMSTRING_SLACK),
        ("lumbar_range_deg", lumbar_range_deg, LUMBAR_RANGE),
        ("stance_slope", stance_slope, STANCE_SLOPE),
    ):
        within(field, value, limits.low, limits.high, limits.unit)
    joint_deg = joint_limit_deg(hip_limit_deg, stance_deg, stance_slope)
    limit_deg = hip_limit(
        joint_deg, straight_leg_raise_deg, knee_deg, softness_deg, hamstring_slack
    )
    share = free_share(spine_share, lumbar_range_deg)
    return lumbar(
        spine_bend_deg(trunk_thigh_deg, limit_deg, share, softness_deg), limit_deg, lumbar_range_deg
    )


def refuse_impossible_fold(trunk_thigh_deg: float) -> None:
    """Refuse a fold in which the thighs would pass through the trunk, in the reader's words."""
    if trunk_thigh_deg > FOLD.high:
        raise OutOfRange(
            "trunk_thigh_deg", trunk_thigh_deg, FOLD.low, FOLD.high, FOLD.unit,
            "The thighs would have to pass through the trunk. "
            "Lower the backrest or the rail, or press less deep.",
        )  # fmt: skip


def joint_limit_deg(hip_limit_deg: float, stance_deg: float, stance_slope: float) -> float:
    """Return where the hip joint stops [deg] in this stance, for arguments already checked."""
    return hip_limit_deg + stance_slope * (stance_deg - STANCE_REFERENCE.value)


def hip_limit(
    joint_deg: float,
    straight_leg_raise_deg: float,
    knee_deg: float,
    softness_deg: float,
    hamstring_slack: float,
) -> float:
    """Return where the hip stops [deg], be it the joint or the hamstrings; arguments as checked.

    The smaller of the two, rounded off: ham = 0.65 SLR + c k,
    lim = cap - w ln(1 + exp((cap - ham) / w)).
    """
    hamstring_deg = RAISE_SHARE.value * straight_leg_raise_deg + hamstring_slack * knee_deg
    return joint_deg - softness_deg * log(1 + exp((joint_deg - hamstring_deg) / softness_deg))


def free_share(spine_share: float, lumbar_range_deg: float) -> float:
    """Return the spine's share of the fold while the hip is free [1], for arguments as checked."""
    share = spine_share * lumbar_range_deg / SHARE_REFERENCE.value
    return min(SHARE_CEILING.value, share)


def spine_bend_deg(
    trunk_thigh_deg: float, limit_deg: float, share: float, softness_deg: float
) -> float:
    """Return the lumbar flexion the fold calls for [deg], reachable or not; arguments as checked.

    L = s Phi + (1 - s) w ln(1 + exp((Phi - lim / (1 - s)) / w)).
    """
    free = 1 - share
    past = (trunk_thigh_deg - limit_deg / free) / softness_deg
    return share * trunk_thigh_deg + free * softness_deg * log(1 + exp(past))


def fraction_in_use(bend_deg: float, lumbar_range_deg: float) -> float:
    """Return the part of the own range that a bend takes [1], as far as a spine can go."""
    return min(bend_deg / lumbar_range_deg, REACHABLE.value)


def lumbar(bend_deg: float, limit_deg: float, lumbar_range_deg: float) -> Lumbar:
    """Return the flexion called for as one a spine can have, for arguments already checked."""
    fraction = fraction_in_use(bend_deg, lumbar_range_deg)
    leaves_seat = bend_deg / lumbar_range_deg > REACHABLE.value
    return Lumbar(fraction * lumbar_range_deg, fraction, limit_deg, leaves_seat)
