"""Published figures that stand beside the model: lessons quote them, no link of the chain uses them."""

from interactive.model.cited import Assumed, Cited, within

# a table: what a number is, then where it comes from
# fmt: off
DISC_PRESSURE_STANDING = Cited(
    value=0.50, unit="MPa", low=0.50, high=0.50, source="Wilke1999, abstract, relaxed standing",
)
DISC_PRESSURE_FLEXED = Cited(
    value=1.10, unit="MPa", low=1.10, high=1.10,
    source="Wilke1999, abstract, standing flexed forward",
)
DISC_PRESSURE_SITTING = Cited(
    value=0.46, unit="MPa", low=0.46, high=0.46, source="Wilke1999, abstract, sitting unsupported",
)
DISC_PRESSURE_SITTING_FLEXED = Cited(
    value=0.83, unit="MPa", low=0.83, high=0.83, source="Wilke1999, abstract, sitting, flexed",
)
DISC_PRESSURE_LIFT_ROUND = Cited(
    value=2.3, unit="MPa", low=2.3, high=2.3, source="Wilke1999, abstract, 20 kg, round back",
)
DISC_PRESSURE_LIFT_KNEES = Cited(
    value=1.7, unit="MPa", low=1.7, high=1.7, source="Wilke1999, abstract, 20 kg, bent knees",
)
DISC_PRESSURE_LIFT_CLOSE = Cited(
    value=1.1, unit="MPa", low=1.1, high=1.1,
    source="Wilke1999, abstract, 20 kg, close to the body",
)

WORKPLACE_COMPRESSION = Cited(
    value=3400.0, unit="N", low=3400.0, high=3400.0, source="Waters1993, CDC record 00217555",
)
WORKPLACE_COMPRESSION_MOST = Assumed(
    value=6400.0, unit="N", low=6400.0, high=6400.0,
    reason="the 1981 work-practices guide's upper limit, read in a later summary, not in the guide",
)

PELVIC_SHARE_SUPINE_LEAST = Cited(
    value=0.25, unit="1", low=0.25, high=0.25, source="Bohannon1985, abstract, one fourth",
)
PELVIC_SHARE_SUPINE_MOST = Cited(
    value=0.333, unit="1", low=0.333, high=0.334, source="Bohannon1985, abstract, one third",
)
PELVIC_SHARE_RAISE = Cited(
    value=0.39, unit="1", low=0.39, high=0.39,
    source="BohannonSLR1985, straight-leg raise, as quoted by Murray2002",
)
PELVIC_SHARE_STANDING = Cited(
    value=0.181, unit="1", low=0.181, high=0.181, source="Murray2002, abstract, one leg, standing",
)
PELVIC_SHARE_HANGING_LEAST = Cited(
    value=0.131, unit="1", low=0.131, high=0.131,
    source="Dewberry2003, abstract, both legs, hanging",
)
PELVIC_SHARE_HANGING_MOST = Cited(
    value=0.355, unit="1", low=0.355, high=0.355,
    source="Dewberry2003, abstract, both legs, hanging",
)
HIP_FLEXION_LEAST = Cited(
    value=80.0, unit="deg", low=80.0, high=80.0, source="ElsonAspinall2008, abstract, n = 200",
)
HIP_FLEXION_MOST = Cited(
    value=140.0, unit="deg", low=140.0, high=140.0, source="ElsonAspinall2008, abstract, n = 200",
)
RANGE_LOST_WITH_AGE = Cited(
    value=0.12, unit="1", low=0.12, high=0.12,
    source="Dreischarf2014, abstract, past 50 years against 20 to 29, n = 323",
)
BRACE_RELIEF_MODELLED = Cited(
    value=0.21, unit="1", low=0.21, high=0.21,
    source="Stokes2010, abstract, 5 to 10 kPa, 60 N m of extension, a model",
)

BRACE_STIFFNESS_LEAST = Cited(
    value=0.08, unit="1", low=0.08, high=0.08,
    source="Hodges2005, abstract, belly pressure alone, the least of three people",
)
BRACE_STIFFNESS_MOST = Cited(
    value=0.31, unit="1", low=0.31, high=0.31,
    source="Hodges2005, abstract, belly pressure alone, the most of three people",
)
BRACE_STIFFNESS_PEOPLE = Cited(
    value=3.0, unit="people", low=3.0, high=3.0, source="Hodges2005, abstract",
)
BELT_PRESSURE_LEAST = Cited(
    value=0.25, unit="1", low=0.25, high=0.25,
    source="Lander1992, abstract, belly pressure with a belt, squats",
)
BELT_PRESSURE_MOST = Cited(
    value=0.40, unit="1", low=0.40, high=0.40,
    source="Lander1992, abstract, belly pressure with a belt, squats",
)

BLOOD_PRESSURE_UPPER = Cited(
    value=320.0, unit="mmHg", low=320.0, high=480.0,
    source="MacDougall1985, abstract, double leg press, mean of five; one above 480",
)
BLOOD_PRESSURE_LOWER = Cited(
    value=250.0, unit="mmHg", low=250.0, high=350.0,
    source="MacDougall1985, abstract, double leg press, mean of five; one above 350",
)
BLOOD_PRESSURE_PEOPLE = Cited(
    value=5.0, unit="men", low=5.0, high=5.0, source="MacDougall1985, abstract",
)
BREATH_HELD_FROM = Cited(
    value=0.80, unit="1", low=0.80, high=0.80,
    source="HackettChow2013, abstract, of the most one can do: the hold cannot be helped",
)
EYE_PRESSURE = Cited(
    value=40.7, unit="mmHg", low=40.7, high=70.0,
    source="Vaghefi2021, abstract, leg press, mean peak; highest 70",
)
BELLY_PRESSURE_LEAST = Cited(
    value=161.0, unit="mmHg", low=161.0, high=161.0,
    source="Blazek2019, abstract, deadlift, slide row and leg press",
)
BELLY_PRESSURE_MOST = Cited(
    value=176.0, unit="mmHg", low=176.0, high=176.0,
    source="Blazek2019, abstract, deadlift, slide row and leg press",
)

BELT_SQUAT_LESS_IMPULSE = Cited(
    value=45.4, unit="%", low=45.4, high=45.4,
    source="Joseph2020, abstract, lumbar erector, impulse",
)
BELT_SQUAT_LESS_PEAK = Cited(
    value=52.0, unit="%", low=52.0, high=52.0, source="Joseph2020, abstract, lumbar erector, peak",
)
# fmt: on


def disc_force_n(pressure_mpa: float, area_mm2: float, factor: float) -> float:
    """Return the force a disc of this area passes on at this pressure.

    The factor has no default, and no page may print the result: it is recalled from a publication
    nobody here has read (Dreischarf2013).

    Args:
        pressure_mpa: pressure in the disc [MPa], 0 to 5.
        area_mm2: area of the disc [mm2], 500 to 3000.
        factor: mean over measured pressure [1], 0.4 to 1.

    Returns:
        Compression [N].

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        Definition of pressure, times the factor.

    Example:
        >>> disc_force_n(0.5, 1800, factor=0.66)
        594.0
    """
    within("pressure_mpa", pressure_mpa, 0.0, 5.0, "MPa")
    within("area_mm2", area_mm2, 500.0, 3000.0, "mm2")
    within("factor", factor, 0.4, 1.0, "1")
    return factor * pressure_mpa * area_mm2
