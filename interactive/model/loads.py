"""Link 5: what the sled's force and the bend together may load the low back with. Low confidence.

The sled pushes the pelvis, not the shoulders. While its line of action stays within the pelvis's
contact with the pad, the spine carries next to nothing of it. When the pelvis tucks, contact moves
down, and part of the force bridges through the spine to the upper pad. The statics is exact; where
the contacts lie is a guess, so these figures are shown as a band and never alone.

Every function here is one step of the chain: lengths in metres, angles in radians where no unit is
named, arguments already checked by `chain.Setup` and `chain.Body`.
"""

from dataclasses import dataclass
from math import cos, exp, sin

from interactive.model.anthropometry import CENTRE_OF_MASS, FOOT_MASS, SHANK_MASS, THIGH_MASS
from interactive.model.cited import Assumed
from interactive.model.sled import GRAVITY

# a table: what a number is, then where it comes from
# fmt: off
BRACE = Assumed(
    value=0.5, unit="1", low=0.0, high=1.0, symbol="B",
    reason="how firmly the trunk is braced, 0 not at all, 1 as hard as one can; a scale of ours",
)
FOOT_FORCE_DIRECTION = Assumed(
    value=0.65, unit="1", low=0.3, high=1.0, symbol="kappa",
    reason="part of the rail-parallel moment that reaches the hip; people push so that the force "
    "passes nearer to it (Gruben2003, a bicycle pedal), never measured on a sled",
)
PRESSURE_CENTRE = Assumed(
    value=5.0, unit="cm", low=2.0, high=8.0, symbol="cop",
    reason="how far towards the toes from the ankle the foot presses; between heel and midfoot",
)
FLAT_CONTACT = Assumed(
    value=9.0, unit="cm", low=7.0, high=11.0, symbol="h_flat",
    reason="height above the hip up to which the pad holds a flat pelvis; never measured",
)
TUCKED_CONTACT = Assumed(
    value=2.5, unit="cm", low=0.0, high=5.0, symbol="h_tuck",
    reason="height above the hip up to which the pad holds a tucked pelvis; never measured",
)
UPPER_CONTACT = Assumed(
    value=36.0, unit="cm", low=30.0, high=42.0, symbol="h_t",
    reason="height above the hip at which the pad holds the chest; never measured",
)
TUCK_STARTS = Assumed(
    value=0.4, unit="1", low=0.4, high=0.4,
    reason="fraction of the own range at which the pelvis begins to roll off the pad; a guess",
)
TUCK_SPAN = Assumed(
    value=0.5, unit="1", low=0.5, high=0.5,
    reason="fraction of the own range over which it rolls off; a guess",
)
LEAST_LEVER = Assumed(
    value=5.0, unit="cm", low=5.0, high=5.0,
    reason="two pads closer together than this would not be two; a guard no plausible body reaches",
)
L5S1_HEIGHT = Assumed(
    value=0.058, unit="1", low=0.046, high=0.069,
    reason="height of the lowest disc above the hip over stature, about 10 cm; 8 to 12 cm "
    "plausible",
)
MUSCLE_ARM = Assumed(
    value=5.6, unit="cm", low=4.5, high=7.0, spread=0.5, symbol="d_ES",
    reason="lever of the back muscles at the lowest disc; 5 to 6 cm is recalled, not seen",
)
ARM_LOSS = Assumed(
    value=0.15, unit="1", low=0.15, high=0.15,
    reason="part of that lever that a fully bent back loses; direction plausible, size a guess",
)
PASSIVE_MOMENT = Assumed(
    value=60.0, unit="N m", low=45.0, high=75.0, symbol="m_pass",
    reason="what ligaments and discs hold at full flexion; about 73 N m is recalled "
    "(AdamsDolan1991), not seen",
)
PASSIVE_STEEPNESS = Assumed(
    value=5.0, unit="1", low=5.0, high=5.0,
    reason="how steeply that moment rises near the end of the range; a guess",
)
CO_CONTRACTION = Assumed(
    value=450.0, unit="N", low=200.0, high=700.0, symbol="C_co",
    reason="muscles on both sides of the trunk hold against each other in any effort; a guess",
)
BRACE_CONTRACTION = Assumed(
    value=450.0, unit="N", low=200.0, high=700.0, symbol="C_brace",
    reason="holding the breath against effort is recalled to raise disc pressure; size a guess",
)
BRACE_RELIEF = Assumed(
    value=0.125, unit="1", low=0.0, high=0.25, symbol="eta",
    reason="part of the back muscles' work that belly pressure takes over; in a model it took 21 "
    "% off the load (Stokes2010), in lying under a sled nobody knows",
)
AXIAL_SHARE = Assumed(
    value=0.3, unit="1", low=0.0, high=0.6, symbol="ax",
    reason="part of the force along the trunk that friction at the backrest lets reach the spine",
)
PADS_AXIAL_SHARE = Assumed(
    value=1.0, unit="1", low=1.0, high=1.0,
    reason="with shoulder pads the whole force along the trunk passes through the spine: statics",
)
PAD_SHARE = Assumed(
    value=0.3, unit="1", low=0.1, high=0.5, symbol="pad",
    reason="part of the trunk's weight that friction at the backrest carries",
)
TRUNK_MASS = Assumed(
    value=0.58, unit="1", low=0.55, high=0.61,
    reason="head, arms and trunk above the lowest disc over body mass; a round figure",
)
# fmt: on

_THIGH_AND_SHANK_AT_KNEE = THIGH_MASS.value * CENTRE_OF_MASS.value + SHANK_MASS.value * (
    1 - CENTRE_OF_MASS.value
)
_SHANK_AND_FOOT_AT_ANKLE = SHANK_MASS.value * CENTRE_OF_MASS.value + FOOT_MASS.value


@dataclass(frozen=True)
class SpineLoad:
    """The forces around the low back at the bottom of the rep; guesses held together by statics."""

    confidence = "low"

    hip_moment_nm: float
    line_of_action_m: float
    pelvic_contact_m: float
    pelvic_pad_n: float
    upper_pad_n: float
    l5s1_moment_nm: float
    compression_n: float
    body_weights: float


def legs_moment_nm(
    body_mass_kg: float,
    thigh_m: float,
    thigh: float,
    distance_m: float,
    height_m: float,
    rail: float,
) -> float:
    """Return the moment of both legs' weight about the hip [N m], above 0 where they hang forward.

    Winter2009: each segment's weight acts 0.433 along it, the foot's at the ankle; the horizontal
    lever of a point (e1, e2) is e1 cos theta - e2 sin theta.
    """
    knee_lever_m = thigh_m * cos(thigh + rail)
    ankle_lever_m = distance_m * cos(rail) - height_m * sin(rail)
    levers_m = _THIGH_AND_SHANK_AT_KNEE * knee_lever_m + _SHANK_AND_FOOT_AT_ANKLE * ankle_lever_m
    return 2 * body_mass_kg * GRAVITY.value * levers_m


def hip_moment_nm(
    force_n: float, direction: float, height_m: float, pressure_centre_m: float, legs_nm: float
) -> float:
    """Return the moment the foot force makes about the hip [N m]: F kappa (h + cop) - M_legs."""
    return force_n * direction * (height_m + pressure_centre_m) - legs_nm


def pelvic_contact_m(flexion_fraction: float, flat_m: float, tucked_m: float) -> float:
    """Return how high above the hip the pad still holds the pelvis [m]; it sinks as it tucks.

    h_c = lerp(h_flat, h_tuck, smoothstep((f - 0.4) / 0.5)), smoothstep(u) = 3 u^2 - 2 u^3.
    """
    tucked = (flexion_fraction - TUCK_STARTS.value) / TUCK_SPAN.value
    if tucked <= 0:
        return flat_m
    if tucked >= 1:
        return tucked_m
    return flat_m + (tucked_m - flat_m) * tucked * tucked * (3 - 2 * tucked)


def upper_pad_n(
    force_n: float, line_of_action_m: float, pelvic_contact_m: float, upper_contact_m: float
) -> float:
    """Return what the upper pad must hold [N]: the shear at the lowest disc.

    A beam on two supports, `force_n` square to the backrest, heights above the hip:
    R_t = F max(0, e - h_c) / max(h_t - h_c, 0.05). A line of action below the pelvis's upper edge
    needs no upper pad.
    """
    if line_of_action_m <= pelvic_contact_m:
        return 0.0
    lever_m = upper_contact_m - pelvic_contact_m
    lever_m = max(lever_m, LEAST_LEVER.value / 100)
    return force_n * (line_of_action_m - pelvic_contact_m) / lever_m


def l5s1_moment_nm(upper_pad_force_n: float, upper_contact_m: float, l5s1_m: float) -> float:
    """Return the bending moment at the lowest disc [N m]: cut there, R_t max(h_t - h_L5, 0)."""
    return upper_pad_force_n * (upper_contact_m - l5s1_m) if upper_contact_m > l5s1_m else 0.0


def passive_moment_nm(flexion_fraction: float, at_full_flexion_nm: float) -> float:
    """Return what ligaments and discs hold against the bend [N m]: m_pass exp(5 (f - 1))."""
    return at_full_flexion_nm * exp(PASSIVE_STEEPNESS.value * (flexion_fraction - 1))


def muscle_arm_m(flexion_fraction: float, upright_m: float) -> float:
    """Return the lever of the back muscles in this bend [m]: d_ES (1 - 0.15 min(f, 1))."""
    return upright_m * (1 - ARM_LOSS.value * (flexion_fraction if flexion_fraction < 1 else 1.0))


def trunk_weight_n(body_mass_kg: float, backrest: float, pad_share: float) -> float:
    """Return how much of the trunk's weight presses along the spine [N].

    0.58 m g0 max(0, sin beta) (1 - pad).
    """
    along = sin(backrest)
    if along <= 0:
        return 0.0
    return TRUNK_MASS.value * body_mass_kg * GRAVITY.value * along * (1 - pad_share)


def axial_force_n(force_n: float, trunk_to_rail: float, axial_share: float) -> float:
    """Return the sled's force that runs along the trunk into the spine [N]: ax max(0, F cos g)."""
    along = cos(trunk_to_rail)
    return axial_share * force_n * along if along > 0 else 0.0


def muscle_force_n(moment_nm: float, arm_m: float, brace: float, brace_relief: float) -> float:
    """Return what back muscles and ligaments pull with [N]: moment / d (1 - B eta)."""
    return moment_nm / arm_m * (1 - brace * brace_relief)
