"""The whole chain, from a body, a machine and a technique to the bend and the load at the low back."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, degrees, radians, sin

from interactive.model import anthropometry, geometry, loads, posture, sled
from interactive.model.cited import Assumed, one_of, within

# a table: what a number is, then where it comes from
# fmt: off
KNEE_ERROR = Assumed(
    value=0.0, unit="deg", low=-10.0, high=10.0, spread=4.0,
    reason="how far people misjudge their own knee bend, judged",
)
FOOT_ERROR = Assumed(
    value=0.0, unit="cm", low=-5.0, high=5.0, spread=2.0,
    reason="how far people misjudge where their ankle is against their hip, judged",
)
PAD_ERROR = Assumed(
    value=0.0, unit="deg", low=-8.0, high=8.0, spread=3.0,
    reason="how far a phone's level and the trunk on the pad disagree, judged",
)
RAISE_ERROR = Assumed(
    value=0.0, unit="deg", low=-12.0, high=12.0, spread=5.0,
    reason="how far people misread their own straight-leg raise, judged",
)
HIP_READING_ERROR = Assumed(
    value=0.0, unit="deg", low=-12.0, high=12.0, spread=5.0,
    reason="how far people misread the knee-to-chest test, judged like the straight-leg raise",
)
RANGE_READING_ERROR = Assumed(
    value=0.0, unit="deg", low=-15.0, high=15.0, spread=6.0,
    reason="two inclinometer readings, each a few degrees off, judged",
)
# fmt: on

INPUTS: dict[str, Assumed] = {
    "stature_cm": anthropometry.STATURE,
    "body_mass_kg": anthropometry.BODY_MASS,
    "rail_deg": geometry.RAIL,
    "backrest_deg": geometry.BACKREST,
    "sled_kg": sled.SLED,
    "plates_kg": sled.PLATES,
    "pulley_ratio": sled.PULLEY_RATIO,
    "foot_height_cm": geometry.FOOT_HEIGHT,
    "knee_deg": geometry.KNEE,
    "stance_deg": anthropometry.STANCE,
    "straight_leg_raise_deg": posture.STRAIGHT_LEG_RAISE,
    "brace": loads.BRACE,
    "tempo": sled.TEMPO,
    "plate_tilt_deg": geometry.PLATE_TILT,
    "thigh_fraction": anthropometry.OWN_THIGH_FRACTION,
    "shank_fraction": anthropometry.OWN_SHANK_FRACTION,
}
SELF_TESTS: dict[str, Assumed] = {
    "own_hip_flexion_deg": posture.OWN_HIP_FLEXION,
    "own_lumbar_range_deg": posture.OWN_LUMBAR_RANGE,
}
UNKNOWNS: dict[str, Assumed] = {
    "spine_share": posture.SPINE_SHARE,
    "hip_limit_deg": posture.HIP_LIMIT,
    "softness_deg": posture.SOFTNESS,
    "hamstring_slack": posture.HAMSTRING_SLACK,
    "lumbar_range_deg": posture.LUMBAR_RANGE,
    "stance_slope": posture.STANCE_SLOPE,
    "knee_error_deg": KNEE_ERROR,
    "foot_error_cm": FOOT_ERROR,
    "pad_error_deg": PAD_ERROR,
    "raise_error_deg": RAISE_ERROR,
    "hip_reading_error_deg": HIP_READING_ERROR,
    "range_reading_error_deg": RANGE_READING_ERROR,
    "pressure_centre_cm": loads.PRESSURE_CENTRE,
    "foot_force_direction": loads.FOOT_FORCE_DIRECTION,
    "flat_contact_cm": loads.FLAT_CONTACT,
    "tucked_contact_cm": loads.TUCKED_CONTACT,
    "upper_contact_cm": loads.UPPER_CONTACT,
    "muscle_arm_cm": loads.MUSCLE_ARM,
    "passive_moment_nm": loads.PASSIVE_MOMENT,
    "co_contraction_n": loads.CO_CONTRACTION,
    "brace_contraction_n": loads.BRACE_CONTRACTION,
    "brace_relief": loads.BRACE_RELIEF,
    "axial_share": loads.AXIAL_SHARE,
    "pad_share": loads.PAD_SHARE,
    "rail_friction": sled.RAIL_FRICTION,
}


def _check(values: dict[str, object], limits: tuple[tuple[str, float, float, str], ...]) -> None:
    for field, low, high, unit in limits:
        value = values[field]
        # Most are plain floats in range; the others get the full check and its message.
        if type(value) is not float or not low <= value <= high:
            within(field, value, low, high, unit)


def _limits(quantities: dict[str, Assumed]) -> tuple[tuple[str, float, float, str], ...]:
    return tuple((field, q.low, q.high, q.unit) for field, q in quantities.items())


_INPUT_LIMITS = _limits(INPUTS)
_SELF_TEST_LIMITS = _limits(SELF_TESTS)
_UNKNOWN_LIMITS = _limits(UNKNOWNS)


@dataclass(frozen=True)
class Setup:
    """What a reader can say: their body, their machine, their technique.

    Args:
        stature_cm: standing height [cm], 140 to 210.
        body_mass_kg: body mass [kg], 40 to 180.
        rail_deg: rail above horizontal [deg], 0 to 90.
        backrest_deg: backrest above horizontal [deg], 0 (lying) to 90.
        sled_kg: empty sled [kg], 0 to 120; a weight stack has none that counts.
        plates_kg: plates on the sled, or the stack selected [kg], 0 to 600.
        pulley_ratio: part of the mass that ropes pass on [1], 0.25 to 1.
        foot_height_cm: ankle above the point of the plate opposite the hip [cm], -10 to 40.
        knee_deg: knee flexion at the bottom of the rep [deg], 0 to 150.
        stance_deg: angle of each thigh away from the middle [deg], 0 to 40.
        straight_leg_raise_deg: self-test of the hamstrings [deg], 30 to 120.
        brace: how firmly the trunk is braced [1], 0 to 1.
        tempo: force at the turn-round over force at rest [1], 1.0 (very slow) to 1.3 (bounced).
        plate_tilt_deg: lean of the plate's upper edge away from the lifter [deg], -45 to 45.
        thigh_fraction, shank_fraction: lengths over stature [1], 0.215 to 0.275, 0.216 to 0.276.
        shoulder_pads: whether the machine presses on the shoulders.
        resistance: `sled`, `stack` (weight stack), `lever` (taken as its tangent at the bottom) or
            `unknown` (posture only).
        own_hip_flexion_deg: knee-to-chest self-test, pelvis included [deg], 70 to 160, or None.
        own_lumbar_range_deg: lumbar self-test from standing [deg], 25 to 90, or None.

    Raises:
        OutOfRange: a value is not a number in its range.
        NotOffered: `resistance` or `shoulder_pads` is none of the choices.

    Example:
        >>> Setup(rail_deg=95)
        Traceback (most recent call last):
        interactive.model.cited.OutOfRange: rail_deg: 95 is out of range; allowed is 0 to 90 deg.
    """

    stature_cm: float = anthropometry.STATURE.value
    body_mass_kg: float = anthropometry.BODY_MASS.value
    rail_deg: float = geometry.RAIL.value
    backrest_deg: float = geometry.BACKREST.value
    sled_kg: float = sled.SLED.value
    plates_kg: float = sled.PLATES.value
    pulley_ratio: float = sled.PULLEY_RATIO.value
    foot_height_cm: float = geometry.FOOT_HEIGHT.value
    knee_deg: float = geometry.KNEE.value
    stance_deg: float = anthropometry.STANCE.value
    straight_leg_raise_deg: float = posture.STRAIGHT_LEG_RAISE.value
    brace: float = loads.BRACE.value
    tempo: float = sled.TEMPO.value
    plate_tilt_deg: float = geometry.PLATE_TILT.value
    thigh_fraction: float = anthropometry.OWN_THIGH_FRACTION.value
    shank_fraction: float = anthropometry.OWN_SHANK_FRACTION.value
    shoulder_pads: bool = False
    resistance: str = sled.SLED_ON_RAIL
    own_hip_flexion_deg: float | None = None
    own_lumbar_range_deg: float | None = None

    def __post_init__(self) -> None:
        _check(self.__dict__, _INPUT_LIMITS)
        for field, low, high, unit in _SELF_TEST_LIMITS:
            if (value := self.__dict__[field]) is not None:
                within(field, value, low, high, unit)
        if self.resistance not in sled.RESISTANCES or type(self.shoulder_pads) is not bool:
            one_of("resistance", self.resistance, sled.RESISTANCES)
            one_of("shoulder_pads", self.shoulder_pads, (False, True))


@dataclass(frozen=True)
class Body:
    """What nobody can say about a body: one plausible value for every unknown of the model.

    The defaults are the middle of each range. Fields, units and ranges are those of `UNKNOWNS`.

    Raises:
        OutOfRange: a value is not a number in its range.
    """

    spine_share: float = posture.SPINE_SHARE.value
    hip_limit_deg: float = posture.HIP_LIMIT.value
    softness_deg: float = posture.SOFTNESS.value
    hamstring_slack: float = posture.HAMSTRING_SLACK.value
    lumbar_range_deg: float = posture.LUMBAR_RANGE.value
    stance_slope: float = posture.STANCE_SLOPE.value
    knee_error_deg: float = KNEE_ERROR.value
    foot_error_cm: float = FOOT_ERROR.value
    pad_error_deg: float = PAD_ERROR.value
    raise_error_deg: float = RAISE_ERROR.value
    hip_reading_error_deg: float = HIP_READING_ERROR.value
    range_reading_error_deg: float = RANGE_READING_ERROR.value
    pressure_centre_cm: float = loads.PRESSURE_CENTRE.value
    foot_force_direction: float = loads.FOOT_FORCE_DIRECTION.value
    flat_contact_cm: float = loads.FLAT_CONTACT.value
    tucked_contact_cm: float = loads.TUCKED_CONTACT.value
    upper_contact_cm: float = loads.UPPER_CONTACT.value
    muscle_arm_cm: float = loads.MUSCLE_ARM.value
    passive_moment_nm: float = loads.PASSIVE_MOMENT.value
    co_contraction_n: float = loads.CO_CONTRACTION.value
    brace_contraction_n: float = loads.BRACE_CONTRACTION.value
    brace_relief: float = loads.BRACE_RELIEF.value
    axial_share: float = loads.AXIAL_SHARE.value
    pad_share: float = loads.PAD_SHARE.value
    rail_friction: float = sled.RAIL_FRICTION.value

    def __post_init__(self) -> None:
        _check(self.__dict__, _UNKNOWN_LIMITS)


NOMINAL = Body()

TOO_LIGHT = "Below 5 kg in all the legs' own weight decides, so no load is worked out."
NOT_DESCRIBED = "How this machine resists is not described by the model, so no load is worked out."
APPROXIMATE = "A lever turns where a sled slides: the load is approximate, taken at the bottom."


@dataclass(frozen=True)
class Answer:
    """What one body does in one setup; each part says how far it can be trusted.

    `load` and `sled_force_n` are None where the chain does not describe the resistance; `note`
    then says why, and says so too where the load is approximate.
    """

    pose: geometry.Pose
    lumbar: posture.Lumbar
    sled_force_n: float | None
    load: loads.SpineLoad | None
    note: str


class Bench:
    """A setup in metres and radians: what is the same for every body in it."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.thigh_m, self.shank_m = anthropometry.projected_lengths(
            setup.stature_cm, setup.stance_deg, setup.thigh_fraction, setup.shank_fraction
        )
        self.rail = radians(setup.rail_deg)
        tilt = radians(setup.plate_tilt_deg)
        self.tilt_cos = cos(tilt)
        self.tilt_sin = sin(tilt)
        self.l5s1_m = loads.L5S1_HEIGHT.value * setup.stature_cm / 100
        stack = setup.resistance == sled.WEIGHT_STACK
        moved_kg = setup.plates_kg if stack else setup.sled_kg + setup.plates_kg
        self.note = ""
        if setup.resistance == sled.UNKNOWN:
            self.note = NOT_DESCRIBED
        elif moved_kg < sled.LEAST_LOAD.value:
            self.note = TOO_LIGHT
        elif setup.resistance == sled.LEVER:
            self.note = APPROXIMATE
        self.has_load = not self.note or self.note == APPROXIMATE
        self.hangs = stack
        self.felt_kg = setup.pulley_ratio * moved_kg * setup.tempo


class Lifter:
    """One plausible body on a bench: what stays the same while the depth changes."""

    def __init__(self, bench: Bench, body: Body) -> None:
        setup = bench.setup
        self.bench = bench
        self.body = body
        self.foot_height_m = (setup.foot_height_cm + body.foot_error_cm) / 100
        self.height_m = self.foot_height_m * bench.tilt_cos
        self.backrest_deg = setup.backrest_deg + body.pad_error_deg
        self.trunk_to_rail_deg = setup.rail_deg + self.backrest_deg
        self.raise_deg = setup.straight_leg_raise_deg + body.raise_error_deg
        self.range_deg = body.lumbar_range_deg
        if setup.own_lumbar_range_deg is not None:
            self.range_deg = setup.own_lumbar_range_deg + body.range_reading_error_deg
        self.share = posture.free_share(body.spine_share, self.range_deg)
        hip_limit_deg = body.hip_limit_deg
        if setup.own_hip_flexion_deg is not None:
            # The test reads thigh against trunk; the pelvis's part in it is the spine's share.
            reading_deg = setup.own_hip_flexion_deg + body.hip_reading_error_deg
            hip_limit_deg = reading_deg * (1 - self.share)
        self.joint_deg = posture.joint_limit_deg(hip_limit_deg, setup.stance_deg, body.stance_slope)

    def knee_deg(self, asked_deg: float) -> float:
        """Return the knee bend this body really has when it believes in `asked_deg` [deg]."""
        knee_deg = asked_deg + self.body.knee_error_deg
        if knee_deg < geometry.KNEE.low:
            return geometry.KNEE.low
        return min(geometry.KNEE.high, knee_deg)

    def fold(self, knee_deg: float) -> tuple[float, float, float, float]:
        """Return D [m], psi [rad], the hip's limit [deg] and the bend called for [deg]."""
        bench, body = self.bench, self.body
        distance_m, thigh = geometry.reach(bench.thigh_m, bench.shank_m, self.height_m, knee_deg)
        limit_deg = posture.hip_limit(
            self.joint_deg, self.raise_deg, knee_deg, body.softness_deg, body.hamstring_slack
        )
        fold_deg = self.trunk_to_rail_deg + degrees(thigh)
        posture.refuse_impossible_fold(fold_deg)
        bend_deg = posture.spine_bend_deg(fold_deg, limit_deg, self.share, body.softness_deg)
        return distance_m, thigh, limit_deg, bend_deg

    def flexion_fraction(self, asked_deg: float) -> float:
        """Return the part of the own lumbar range in use at the knee bend asked for [1]."""
        bend_deg = self.fold(self.knee_deg(asked_deg))[3]
        return posture.fraction_in_use(bend_deg, self.range_deg)

    def sled_force_n(self) -> float:
        """Return the force along the rail [N]."""
        bench = self.bench
        if bench.hangs:
            return bench.felt_kg * sled.GRAVITY.value
        return bench.felt_kg * sled.rail_pull(bench.rail, self.body.rail_friction)

    def load(
        self, force_n: float, distance_m: float, thigh: float, flexion_fraction: float
    ) -> loads.SpineLoad:
        """Return what the sled's force and the bend load the low back with."""
        bench, body, setup = self.bench, self.body, self.bench.setup
        backrest = radians(self.backrest_deg)
        trunk_to_rail = bench.rail + backrest
        legs_nm = loads.legs_moment_nm(
            setup.body_mass_kg, bench.thigh_m, thigh, distance_m, self.height_m, bench.rail
        )
        centre_m = body.pressure_centre_cm / 100
        hip_nm = loads.hip_moment_nm(
            force_n, body.foot_force_direction, self.height_m, centre_m, legs_nm
        )
        line_m = hip_nm / force_n
        contact_m = loads.pelvic_contact_m(
            flexion_fraction, body.flat_contact_cm / 100, body.tucked_contact_cm / 100
        )
        across_n = force_n * sin(trunk_to_rail)
        upper_m = body.upper_contact_cm / 100
        upper_n = loads.upper_pad_n(across_n, line_m, contact_m, upper_m)
        l5s1_nm = loads.l5s1_moment_nm(upper_n, upper_m, bench.l5s1_m)
        passive_nm = loads.passive_moment_nm(flexion_fraction, body.passive_moment_nm)
        arm_m = loads.muscle_arm_m(flexion_fraction, body.muscle_arm_cm / 100)
        held_nm = max(passive_nm, l5s1_nm)
        axial_share = loads.PADS_AXIAL_SHARE.value if setup.shoulder_pads else body.axial_share
        compression_n = (
            loads.trunk_weight_n(setup.body_mass_kg, backrest, body.pad_share)
            + loads.axial_force_n(force_n, trunk_to_rail, axial_share)
            + body.co_contraction_n
            + setup.brace * body.brace_contraction_n
            + loads.muscle_force_n(held_nm, arm_m, setup.brace, body.brace_relief)
        )
        return loads.SpineLoad(
            hip_nm,
            line_m,
            contact_m,
            across_n - upper_n,
            upper_n,
            l5s1_nm,
            compression_n,
            compression_n / (setup.body_mass_kg * sled.GRAVITY.value),
        )

    def answer(self) -> Answer:
        """Return everything about this body at the depth of the setup."""
        bench, setup = self.bench, self.bench.setup
        knee_deg = self.knee_deg(setup.knee_deg)
        distance_m, thigh, limit_deg, bend_deg = self.fold(knee_deg)
        thigh_deg = degrees(thigh)
        ankle_deg = geometry.dorsiflexion_deg(bench.thigh_m, thigh, distance_m, self.height_m)
        pose = geometry.Pose(
            knee_deg,
            distance_m - self.foot_height_m * bench.tilt_sin,
            thigh_deg,
            self.trunk_to_rail_deg + thigh_deg,
            ankle_deg - setup.plate_tilt_deg,
        )
        lumbar = posture.lumbar(bend_deg, limit_deg, self.range_deg)
        if not bench.has_load:
            return Answer(pose, lumbar, None, None, bench.note)
        force_n = self.sled_force_n()
        load = self.load(force_n, distance_m, thigh, lumbar.fraction_of_range)
        return Answer(pose, lumbar, force_n, load, bench.note)

    def outcome(self) -> tuple[float, float | None]:
        """Return only the part of the lumbar range in use [1] and the load at L5/S1 [N]."""
        distance_m, thigh, _, bend_deg = self.fold(self.knee_deg(self.bench.setup.knee_deg))
        fraction = posture.fraction_in_use(bend_deg, self.range_deg)
        if not self.bench.has_load:
            return fraction, None
        load = self.load(self.sled_force_n(), distance_m, thigh, fraction)
        return fraction, load.compression_n


def evaluate(setup: Setup, body: Body = NOMINAL) -> Answer:
    """Return what one body does in one setup; by default the body in the middle of every range.

    Args:
        setup: body, machine and technique; checked when it was made.
        body: the unknowns; checked when it was made.

    Returns:
        Pose, lumbar flexion, sled force [N] and spine load, with a note where the load is missing
        or approximate.

    Raises:
        OutOfRange: the feet cannot be where the setup says they are, or the thighs would have to
            pass through the trunk.

    Source:
        The links of the chain; each names its own.

    Example:
        >>> answer = evaluate(Setup())
        >>> round(answer.lumbar.fraction_of_range, 3), round(answer.load.compression_n)
        (0.689, 2072)
    """
    return Lifter(Bench(setup), body).answer()


def lifters(setup: Setup, bodies: Iterable[Body]) -> list[Lifter]:
    """Return every body placed on the bench of this setup, in the order given."""
    bench = Bench(setup)
    return [Lifter(bench, body) for body in bodies]
