"""Kilograms and centimetres for the model, pounds, feet and inches for the reader, and back.

Only this module rounds, and only feet and inches: 182.8 cm must read 6 ft 0 in, never 5 ft 12 in.
"""

from interactive.model.cited import Assumed, within

# a table: what a number is, then where it comes from
# fmt: off
POUND = Assumed(
    value=0.45359237, unit="kg", low=0.45359237, high=0.45359237,
    reason="exact by definition, the international pound of 1959",
)
INCH = Assumed(
    value=2.54, unit="cm", low=2.54, high=2.54,
    reason="exact by definition, the international inch of 1959",
)
INCHES_IN_FOOT = Assumed(
    value=12, unit="in", low=12, high=12, reason="exact by definition",
)
MILLIMETRE_OF_MERCURY = Assumed(
    value=0.133322, unit="kPa", low=0.133322, high=0.133323,
    reason="the conventional unit, a definition, to six digits",
)
LARGEST_MASS = Assumed(
    value=1000.0, unit="kg", low=0.0, high=1000.0, reason="more than any lifter or sled weighs",
)
LARGEST_LENGTH = Assumed(
    value=300.0, unit="cm", low=0.0, high=300.0, reason="more than any lifter or sled measures",
)
LARGEST_PRESSURE = Assumed(
    value=1000.0, unit="mmHg", low=0.0, high=1000.0, reason="more than any pressure in a body",
)
# fmt: on

KG_PLATES = (25.0, 20.0, 15.0, 10.0, 5.0, 2.5, 1.25)
LB_PLATES = (45.0, 35.0, 25.0, 10.0, 5.0, 2.5)
KG_LOADS = (40.0, 80.0, 120.0, 160.0, 200.0)  # pairs of 20-kg plates
LB_LOADS = (90.0, 180.0, 270.0, 360.0, 450.0)  # pairs of 45-lb plates


def pounds(mass_kg: float) -> float:
    """Return a mass in pounds.

    Args:
        mass_kg: mass [kg], 0 to 1000.

    Returns:
        The same mass [lb].

    Raises:
        OutOfRange: the mass is not a number in its range.

    Source:
        Definition of the international pound.

    Example:
        >>> round(pounds(20), 1)
        44.1
    """
    within("mass_kg", mass_kg, 0.0, LARGEST_MASS.high, "kg")
    return mass_kg / POUND.value


def kilograms(mass_lb: float) -> float:
    """Return a mass in kilograms; printed to one decimal, it survives `pounds` and back.

    Args:
        mass_lb: mass [lb], 0 to 2204.6.

    Returns:
        The same mass [kg].

    Raises:
        OutOfRange: the mass is not a number in its range.

    Source:
        Definition of the international pound.

    Example:
        >>> [round(kilograms(load_lb), 1) for load_lb in LB_LOADS[:3]]
        [40.8, 81.6, 122.5]
    """
    within("mass_lb", mass_lb, 0.0, LARGEST_MASS.high / POUND.value, "lb")
    return mass_lb * POUND.value


def inches(length_cm: float) -> float:
    """Return a length in inches.

    Args:
        length_cm: length [cm], -300 to 300.

    Returns:
        The same length [in].

    Raises:
        OutOfRange: the length is not a number in its range.

    Source:
        Definition of the international inch.

    Example:
        >>> inches(25.4)
        10.0
    """
    within("length_cm", length_cm, -LARGEST_LENGTH.high, LARGEST_LENGTH.high, "cm")
    return length_cm / INCH.value


def feet_and_inches(length_cm: float, decimals: int = 1) -> tuple[int, float]:
    """Return a length as whole feet and inches, the inches rounded as they will be printed.

    Args:
        length_cm: length [cm], 0 to 300.
        decimals: digits of the inches after the point [1], 0 to 3.

    Returns:
        Feet [ft], below 12 inches [in].

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        Definition of the international inch.

    Example:
        >>> feet_and_inches(175), feet_and_inches(182.8)
        ((5, 8.9), (6, 0.0))
    """
    within("length_cm", length_cm, 0.0, LARGEST_LENGTH.high, "cm")
    within("decimals", decimals, 0, 3, "1")
    total_in = round(length_cm / INCH.value, decimals)
    feet = int(total_in // INCHES_IN_FOOT.value)
    return feet, round(total_in - feet * INCHES_IN_FOOT.value, decimals)


def centimetres(feet: float, inches: float = 0.0) -> float:
    """Return feet and inches in centimetres.

    Args:
        feet: feet [ft], 0 to 9.
        inches: inches [in], 0 to 120.

    Returns:
        The same length [cm].

    Raises:
        OutOfRange: an argument is not a number in its range.

    Source:
        Definition of the international inch.

    Example:
        >>> round(centimetres(5, 8.9), 1)
        175.0
    """
    within("feet", feet, 0, 9, "ft")
    within("inches", inches, 0, 120, "in")
    return (feet * INCHES_IN_FOOT.value + inches) * INCH.value


def kilopascals(pressure_mmhg: float) -> float:
    """Return a pressure in kilopascals.

    Args:
        pressure_mmhg: pressure [mmHg], 0 to 1000.

    Returns:
        The same pressure [kPa].

    Raises:
        OutOfRange: the pressure is not a number in its range.

    Source:
        Definition of the conventional millimetre of mercury.

    Example:
        >>> round(kilopascals(161), 2)
        21.46
    """
    within("pressure_mmhg", pressure_mmhg, 0.0, LARGEST_PRESSURE.high, "mmHg")
    return pressure_mmhg * MILLIMETRE_OF_MERCURY.value
