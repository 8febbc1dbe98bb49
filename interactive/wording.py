"""How numbers are written for readers: one format, each rounded once."""

from interactive.model.uncertainty import IN_HOW_MANY
from interactive.model.units import INCHES_IN_FOOT, feet_and_inches, inches, pounds

METRIC, US = "metric", "us"
_GAP = "\N{NO-BREAK SPACE}"


def in_twenty(share: float) -> str:
    """Return a share of plausible bodies in the only form the site prints.

    Example:
        >>> in_twenty(0.5), in_twenty(0.004), in_twenty(1.0)
        ('about 10 in 20', 'fewer than 1 in 20', 'nearly all')
    """
    whole = int(IN_HOW_MANY.value)
    count = round(share * whole)
    if count == 0:
        return f"fewer than 1 in {whole}"
    return "nearly all" if count == whole else f"about {count} in {whole}"


def percent(share: float) -> str:
    r"""Return a share as whole percent.

    Example:
        >>> percent(0.689)
        '69\xa0%'
    """
    return f"{share * 100:.0f}{_GAP}%"


def mass(mass_kg: float, units: str) -> str:
    r"""Return a mass [kg] to the whole kilogram or pound.

    Example:
        >>> mass(120, METRIC), mass(120, US)
        ('120\xa0kg', '265\xa0lb')
    """
    if units == US:
        return f"{pounds(mass_kg):.0f}{_GAP}lb"
    return f"{mass_kg:.0f}{_GAP}kg"


def length(length_cm: float, units: str) -> str:
    r"""Return a short length [cm], as on a tape: whole centimetres, or half inches.

    Example:
        >>> length(31.2, METRIC), length(31.2, US), length(-5.1, US)
        ('31\xa0cm', '12.5\xa0in', '-2\xa0in')
    """
    if units == US:
        return f"{round(inches(length_cm) * 2) / 2:g}{_GAP}in"
    return f"{length_cm:.0f}{_GAP}cm"


def stature(stature_cm: float, units: str) -> str:
    r"""Return a body height [cm], in whole centimetres or in feet and inches.

    Example:
        >>> stature(175, METRIC), stature(175, US), stature(182.8, US)
        ('175\xa0cm', '5\xa0ft\xa09\xa0in', '6\xa0ft\xa00\xa0in')
    """
    if units == US:
        feet, rest = feet_and_inches(stature_cm, decimals=0)
        return f"{feet}{_GAP}ft{_GAP}{rest:.0f}{_GAP}in"
    return f"{stature_cm:.0f}{_GAP}cm"


def feet(total_in: float) -> str:
    r"""Return whole inches as feet and inches.

    Example:
        >>> feet(69)
        '5\xa0ft\xa09\xa0in'
    """
    whole, rest = divmod(total_in, INCHES_IN_FOOT.value)
    return f"{whole:.0f}{_GAP}ft{_GAP}{rest:.0f}{_GAP}in"
