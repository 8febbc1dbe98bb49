"""Numbers that say where they come from, and the one way to refuse a number that was never measured."""

from dataclasses import dataclass

MISSING = float("nan")


class CitationError(Exception):
    """A developer wrote down a number without its unit, range, source or reason."""


class OutOfRange(ValueError):
    """A value the model has no answer for: what was given, what is allowed, and a sentence to print.

    Args:
        field: name of the argument, with its unit, such as `rail_deg`.
        value: what was given, whatever it was.
        low, high: allowed range, both ends included.
        unit: unit of the range.
        sentence: what a reader is told; without it, field, value and range in one line.
    """

    def __init__(
        self, field: str, value: object, low: float, high: float, unit: str, sentence: str = ""
    ) -> None:
        problem = "is out of range" if is_number(value) else "is not a number"
        allowed = f"{field}: {value!r} {problem}; allowed is {low:g} to {high:g} {unit}"
        self.field = field
        self.value = value
        self.low = low
        self.high = high
        self.unit = unit
        self.sentence = sentence or f"{allowed}."
        super().__init__(f"{allowed}. {sentence}" if sentence else self.sentence)


class NotOffered(ValueError):
    """A choice the model does not know: what was given, what is offered, and a sentence to print.

    Args:
        field: name of the argument.
        value: what was given, whatever it was.
        choices: what may be given instead.
    """

    def __init__(self, field: str, value: object, choices: tuple[object, ...]) -> None:
        offered = ", ".join(repr(choice) for choice in choices)
        self.field = field
        self.value = value
        self.choices = choices
        self.sentence = f"{field}: {value!r} is not offered; choose one of {offered}."
        super().__init__(self.sentence)


def is_number(value: object) -> bool:
    """Say whether a value is a finite number; a truth value is not."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return value - value == 0  # infinity less infinity is not a number, nor is NaN less NaN


def within(field: str, value: object, low: float, high: float, unit: str) -> float:
    """Return a value that lies in its range; refuse every other, and never pull it to the edge.

    Args:
        field: name of the argument, for the message.
        value: what a reader or a trainer gave.
        low, high: allowed range, both ends included.
        unit: unit of the range, for the message.

    Returns:
        The value, as a float.

    Raises:
        OutOfRange: it is text, a truth value, None, NaN, infinite, or outside the range.

    Source:
        None: this checks, it does not calculate.

    Example:
        >>> within("rail_deg", 45, 0, 90, "deg")
        45.0
        >>> within("rail_deg", 95, 0, 90, "deg")
        Traceback (most recent call last):
        interactive.model.cited.OutOfRange: rail_deg: 95 is out of range; allowed is 0 to 90 deg.
    """
    if type(value) is not bool and isinstance(value, (int, float)) and low <= value <= high:
        return float(value)  # NaN never gets here: it lies in no range
    raise OutOfRange(field, value, low, high, unit)


def one_of(field: str, value: object, choices: tuple[object, ...]) -> None:
    """Refuse a value that is not among the choices; 1 is no truth value, although it equals True.

    Example:
        >>> one_of("shoulder_pads", "yes", (False, True))
        Traceback (most recent call last):
        interactive.model.cited.NotOffered: shoulder_pads: 'yes' is not offered; choose one of False, True.
    """
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        raise NotOffered(field, value, choices)


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A published number, with unit, range and the place it was read.

    Args:
        value: the number as printed.
        unit: its unit; `1` for a plain ratio.
        low, high: range the source gives; the value twice where it gives none.
        source: key in content/references.bib, then after a comma the place in the paper.
        symbol: its letter in the formulas, where it has one.

    Raises:
        CitationError: one of these is missing, empty, infinite, or the range misses the value.

    Example:
        >>> Cited(value=0.75, unit="1", low=0.75, high=0.75, source="Adams1994, abstract").key
        'Adams1994'
    """

    value: float = MISSING
    unit: str = ""
    low: float = MISSING
    high: float = MISSING
    source: str = ""
    symbol: str = ""

    def __post_init__(self) -> None:
        _refuse_gaps(self.value, self.unit, self.low, self.high, "source", self.source)
        if not (self.key.isascii() and self.key.isalnum() and self.key[0].isalpha()):
            raise CitationError(f"source {self.source!r} does not begin with a bibliography key")
        if "," in self.source and not self.place:
            raise CitationError(f"source {self.source!r} has a comma but no place after it")

    @property
    def key(self) -> str:
        """Key of the publication in content/references.bib."""
        return self.source.partition(",")[0]

    @property
    def place(self) -> str:
        """Where in the publication the number stands; empty if the key says all."""
        return self.source.partition(",")[2].strip()


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """A number nobody measured for this purpose, with unit, range and the reason for choosing it.

    Args:
        value: the number used when nothing better is known.
        unit: its unit; `1` for a plain ratio.
        low, high: the range it may plausibly lie in, or may be set to.
        reason: one sentence that says where it comes from and what speaks for it.
        spread: standard deviation, where values near `value` are likelier than those at the ends.
        symbol: its letter in the formulas, where it has one.

    Raises:
        CitationError: one of these is missing, empty, infinite, or the range misses the value.

    Example:
        >>> Assumed(value=45, unit="deg", low=0, high=90, reason="the usual sled").value
        45
    """

    value: float = MISSING
    unit: str = ""
    low: float = MISSING
    high: float = MISSING
    reason: str = ""
    spread: float = 0.0
    symbol: str = ""

    def __post_init__(self) -> None:
        _refuse_gaps(self.value, self.unit, self.low, self.high, "reason", self.reason)
        if not is_number(self.spread) or self.spread < 0:
            raise CitationError(f"spread {self.spread!r} is not a number from 0 upwards")


Quantity = Cited | Assumed


def _refuse_gaps(value: float, unit: str, low: float, high: float, why_name: str, why: str) -> None:
    for name, number in (("value", value), ("low", low), ("high", high)):
        if not is_number(number):
            raise CitationError(f"{name} {number!r} is missing or not a finite number")
    for name, text in (("unit", unit), (why_name, why)):
        if not isinstance(text, str) or not text.strip():
            raise CitationError(f"{name} {text!r} is missing or empty")
    if not low <= value <= high:
        raise CitationError(f"value {value!r} lies outside its own range {low!r} to {high!r}")
