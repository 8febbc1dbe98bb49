"""What MicroPython lacks or does otherwise: travels with the starter, and is the same in every Python.

MicroPython rounds, formats, sorts and adds up a little differently, and forgets the order of a dictionary.
`hooks.starter_source` turns each such place in our sources into a call of a function here. The file keeps to
what MicroPython itself understands; the tests run it in both.
"""

import json
import math
import sys
from collections import OrderedDict

# short, as every call of the starter's sources names it
Dict = OrderedDict
_EXACT_BELOW = 4503599627370496.0  # 2**52: up to here a float and its half are told apart
_MODULES: list[str] = []  # filled by the worker: every module that travels along


class NotCarried(Exception):
    """The starter cannot answer as CPython would; the question waits for the real Python."""


# ---- numbers as text


def ratio(number: float) -> tuple[int, int]:
    """Return a finite number from 0 upwards as a fraction whose lower part is a power of two."""
    mantissa, exponent = math.frexp(number)
    whole, exponent = int(mantissa * 9007199254740992.0), exponent - 53
    return (whole << exponent, 1) if exponent >= 0 else (whole, 1 << -exponent)


def divided(upper: int, lower: int) -> float:
    """Return the float nearest to a fraction from 0 upwards."""
    if upper < 9007199254740992 and lower < 9007199254740992:
        return upper / lower
    shift = 4 * (len(hex(lower)) - len(hex(upper))) + 60
    quotient, rest = divmod(upper << shift, lower) if shift > 0 else divmod(upper, lower << -shift)
    drop = len(bin(quotient)) - 2 - 53
    kept, lost = quotient >> drop, quotient & ((1 << drop) - 1)
    half = 1 << (drop - 1)
    if lost > half or (lost == half and (rest or kept & 1)):
        kept += 1
    return math.ldexp(float(kept), drop - shift)


def scaled(number: float, places: int) -> int:
    """Return the whole number nearest to `number` (from 0 upwards) times ten to the `places`; ties go to even."""
    if -22 <= places <= 22:
        near = number * 10**places if places >= 0 else number / 10**-places
        if near < _EXACT_BELOW:
            whole = int(near)
            past_half = near - whole - 0.5
            if past_half > near * 3e-16 or -past_half > near * 3e-16:
                return whole + 1 if past_half > 0 else whole
    upper, lower = ratio(number)
    if places >= 0:
        upper *= 10**places
    else:
        lower *= 10**-places
    whole, rest = divmod(upper, lower)
    if 2 * rest > lower or (2 * rest == lower and whole & 1):
        whole += 1
    return whole


def round_(number: float, places: int | None = None) -> float:
    """Stand in for `round`, which in MicroPython rounds 2.675 up."""
    if places is None:
        return round(number)
    if not isinstance(number, float):
        if places < 0:
            raise NotCarried("round of a whole number")
        return number
    if number != number or number in (math.inf, -math.inf):
        return number
    if places < 0:
        rounded = float(scaled(abs(number), places) * 10**-places)
    else:
        rounded = divided(scaled(abs(number), places), 10**places)
    return math.copysign(rounded, number)


def _fixed(number: float, places: int) -> str:
    return _placed(str(scaled(number, places)), places)


def _placed(digits: str, places: int) -> str:
    """Return digits with a point before the last so many."""
    if not places:
        return digits
    digits = "0" * (places + 1 - len(digits)) + digits
    return digits[:-places] + "." + digits[-places:]


def _digits(number: float, count: int) -> tuple[str, int]:
    """Return so many digits of a number from 0 upwards, and the power of ten of the first."""
    if number == 0:
        return "0" * count, 0
    power = math.floor(math.log10(number)) - 1  # the logarithm of 0.0999… may come out as -1
    whole = scaled(number, count - 1 - power)
    while whole >= 10**count:
        power += 1
        whole = scaled(number, count - 1 - power)
    return str(whole), power


def _scientific(digits: str, power: int) -> str:
    point = "." if len(digits) > 1 else ""
    sign = "-" if power < 0 else "+"
    tens = str(abs(power))
    return digits[0] + point + digits[1:] + "e" + sign + ("0" if len(tens) < 2 else "") + tens


def _general(number: float, count: int) -> str:
    digits, power = _digits(number, count or 1)
    kept = digits.rstrip("0") or "0"
    if power < -4 or power >= (count or 1):
        return _scientific(kept, power)
    if power < 0:
        return "0." + "0" * (-power - 1) + kept
    whole = digits[: power + 1]
    rest = digits[power + 1 :].rstrip("0")
    return whole + "." + rest if rest else whole


def _grouped(text: str) -> str:
    whole, point, rest = text.partition(".")
    groups = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    groups.insert(0, whole)
    return ",".join(groups) + point + rest


_specs: dict[str, tuple[str, str, str, int, bool, int | None, str]] = {}


def _spec(text: str) -> tuple[str, str, str, int, bool, int | None, str]:
    """Return fill, align, sign, width, grouped, precision and kind."""
    left, fill, align, sign = text, " ", "", "-"
    if len(left) > 1 and left[1] in "<>=^":
        fill, align, left = left[0], left[1], left[2:]
    elif left and left[0] in "<>=^":
        align, left = left[0], left[1:]
    if left and left[0] in "+- ":
        sign, left = left[0], left[1:]
    if left and left[0] == "0" and not align:
        fill, align = "0", "="
    width = 0
    while left and left[0] in "0123456789":
        width, left = 10 * width + int(left[0]), left[1:]
    grouped = left[:1] == ","
    if grouped:
        left = left[1:]
    precision = None
    if left[:1] == ".":
        left, precision = left[1:], 0
        while left and left[0] in "0123456789":
            precision, left = 10 * precision + int(left[0]), left[1:]
    if len(left) > 1:
        raise NotCarried("format " + text)
    return fill, align, sign, width, grouped, precision, left


def format_(value: object, spec: str) -> str:
    """Stand in for `format`: the digits that CPython prints, exact ties included."""
    if not spec:
        return str_(value)
    if spec not in _specs:
        _specs[spec] = _spec(spec)
    fill, align, sign, width, grouped, precision, kind = _specs[spec]
    if isinstance(value, str):
        if kind not in ("", "s"):
            raise ValueError("format " + spec)
        text = str(value) if precision is None else str(value)[:precision]
        return _padded("", text, fill, align or "<", width)
    if isinstance(value, (int, float)) and (kind in tuple("eEfFgG%") or isinstance(value, float)):
        number = float(value)
        text = _number_text(abs(number), precision, kind)
        minus = math.copysign(1.0, number) < 0 and number == number
    elif isinstance(value, int) and kind in ("", "d") and precision is None:
        text, minus = str(abs(value)), value < 0
    else:
        raise NotCarried("format " + spec)
    if grouped:
        text = _grouped(text)
    before = "-" if minus else "" if sign == "-" else sign
    return _padded(before, text, fill, align or ">", width)


def _number_text(number: float, precision: int | None, kind: str) -> str:
    if number != number or number == math.inf:
        return str(number) + ("%" if kind == "%" else "")
    count = 6 if precision is None else precision
    if kind in ("f", "F"):
        return _fixed(number, count)
    if kind == "%":
        return _fixed(number * 100, count) + "%"
    if kind in ("e", "E"):
        text = _scientific(*_digits(number, count + 1))
    elif kind in ("g", "G"):
        text = _general(number, count)
    elif precision is None and not kind:
        return _shortest(number)
    else:
        raise NotCarried("format ." + str(precision) + kind)
    return text.upper() if kind in ("E", "G") else text


def _padded(sign: str, text: str, fill: str, align: str, width: int) -> str:
    missing = width - len(sign) - len(text)
    if missing <= 0:
        return sign + text
    if align == "=":
        return sign + fill * missing + text
    if align == "<":
        return sign + text + fill * missing
    if align == "^":
        return fill * (missing // 2) + sign + text + fill * (missing - missing // 2)
    return fill * missing + sign + text


def float_(value: object = 0.0) -> float:
    """Stand in for `float`, which in MicroPython reads "9.80665" as 9.806649999999999."""
    if not isinstance(value, str):
        return float(value)
    text = value.strip().lower().replace("_", "")
    minus, text = text[:1] == "-", text[1:] if text[:1] in ("-", "+") else text
    if text in ("inf", "infinity", "nan"):
        number = math.nan if text == "nan" else math.inf
    else:
        digits, _, power = text.partition("e")
        whole, _, rest = digits.partition(".")
        if not all(digit in "0123456789" for digit in whole + rest) or not whole + rest:
            raise ValueError("could not convert string to float: " + repr_(value))
        number = places_read(whole + rest, (int(power) if power else 0) - len(rest))
    return -number if minus else number


def _shortest(number: float) -> str:
    """Return the fewest digits that are read back as this float."""
    if number != number or number in (math.inf, -math.inf):
        return str(number)
    sign, number = "-" if math.copysign(1.0, number) < 0 else "", abs(number)
    if 1e-4 <= number < 1e9:
        for places in (1, 2, 3):
            whole = round(number * 10**places)
            if whole / 10**places == number:
                return sign + _placed(str(whole), places)
    for count in (15, 16, 17):
        digits, power = _digits(number, count)
        if places_read(digits, power - count + 1) == number:
            break
        # above a power of two floats lie further apart than below it
        upper = str(int(digits) + 1)
        if len(upper) == count and places_read(upper, power - count + 1) == number:
            digits = upper
            break
    kept = digits.rstrip("0") or "0"
    if power < -4 or power >= 16:
        return sign + _scientific(kept, power)
    if power < 0:
        return sign + "0." + "0" * (-power - 1) + kept
    whole_digits = kept + "0" * (power + 1 - len(kept))
    return sign + whole_digits[: power + 1] + "." + (whole_digits[power + 1 :] or "0")


def places_read(digits: str, power: int) -> float:
    """Return the float nearest to whole digits times a power of ten."""
    whole = int(digits)
    return divided(whole * 10**power, 1) if power >= 0 else divided(whole, 10**-power)


def str_(value: object = "") -> str:
    """Stand in for `str`: MicroPython prints 83.9 as 83.90000000000001."""
    return _shortest(value) if isinstance(value, float) else str(value)


def repr_(value: object) -> str:
    """Stand in for `repr`, which in MicroPython also spells out letters beyond ASCII."""
    if isinstance(value, float):
        return _shortest(value)
    if isinstance(value, (tuple, list)):
        inside = ", ".join([repr_(part) for part in value])
        if isinstance(value, list):
            return "[" + inside + "]"
        return "(" + inside + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, (dict, set, frozenset)):
        raise NotCarried("repr of " + type(value).__name__)
    if not isinstance(value, str):
        return repr(value)
    quote = '"' if "'" in value and '"' not in value else "'"
    text = value.replace("\\", "\\\\").replace(quote, "\\" + quote)
    for letter, name in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(letter, name)
    if any(ord(letter) < 32 or 126 < ord(letter) < 161 for letter in text):
        raise NotCarried("repr")
    return quote + text + quote


# ---- built-in functions


def sum_(values, start=0):
    """Stand in for `sum`: since 3.12 CPython carries the lost digits of floats along."""
    total, lost, floats = start, 0.0, type(start) is float
    for value in values:
        if type(value) is float and (floats or isinstance(total, int)):
            if not floats:
                total, floats = float(total), True
            longer = total + value
            if abs(total) >= abs(value):
                lost += (total - longer) + value
            else:
                lost += (value - longer) + total
            total = longer
        elif floats and not isinstance(value, int):
            total, lost, floats = (total + lost) + value, 0.0, False
        else:
            total = total + value
    return total + lost if lost and lost - lost == 0 else total


def sorted_(values, *, key=None, reverse=False):
    """Stand in for `sorted`, which in MicroPython mixes up what compares equal."""
    found = list(values)
    sort_(found, key=key, reverse=reverse)
    return found


def sort_(values, *, key=None, reverse=False):
    """Stand in for a list's `sort`, likewise."""
    if key is None and all(type(value) is str for value in values):
        values.sort(reverse=reverse)
        return
    keys = [key(value) for value in values] if key else list(values)
    turn = -1 if reverse else 1
    pairs = [(keys[index], turn * index) for index in range(len(keys))]
    pairs.sort(reverse=reverse)
    values[:] = [values[turn * pair[1]] for pair in pairs]


def zip_(*columns, strict=False):
    """Stand in for `zip` with `strict`, which MicroPython does not know."""
    if not strict:
        return zip(*columns)
    lists = [list(column) for column in columns]
    if any(len(column) != len(lists[0]) for column in lists):
        raise ValueError("zip() arguments have different lengths")
    return zip(*lists)


def vars_(thing):
    """Stand in for `vars`."""
    return thing.__dict__


def pairs(*parts):
    """Return pairs of tuples and mappings one after the other."""
    found = []
    for part in parts:
        found += list(part.items()) if isinstance(part, dict) else list(part)
    return found


def dict_(*parts):
    """Stand in for `dict` and for a display with `**`: keeps the order."""
    return Dict(pairs(*parts))


def from_keys(keys, value=None):
    """Stand in for `dict.fromkeys`, which forgets the order."""
    return Dict([(key, value) for key in keys])


def named(ordered, unordered):
    """Return the keyword arguments of a call in the order in which they were written."""
    if len(unordered) > 1:
        raise NotCarried("keyword arguments without their order")
    return Dict(pairs(ordered, unordered))


def spread(*parts):
    """Return the items of a display with `*`: each part says whether it is one item or many."""
    found = []
    for many, part in parts:
        if many:
            found += list(part)
        else:
            found.append(part)
    return found


def stepped(values, low, high, step):
    """Stand in for a slice with a step."""
    count = len(values)
    if step > 0:
        first = 0 if low is None else low + count if low < 0 else low
        last = count if high is None else high + count if high < 0 else high
        places = range(max(first, 0), min(last, count), step)
    else:
        first = count - 1 if low is None else low + count if low < 0 else low
        last = -1 if high is None else max(high + count if high < 0 else high, -1)
        places = range(min(first, count - 1), last, step)
    found = [values[place] for place in places]
    if isinstance(values, str):
        return "".join(found)
    return tuple(found) if isinstance(values, tuple) else found


# ---- methods


def join(between, parts):
    """Stand in for `str.join`, which in MicroPython refuses the text of a subclass."""
    if not isinstance(between, str):
        return between.join(parts)
    texts = []
    for part in parts:
        if not isinstance(part, str):
            raise TypeError("sequence item: expected str instance")
        texts.append(str(part))
    return between.join(texts)


def _ascii(text: str) -> str:
    if any(ord(letter) > 127 for letter in text):
        raise NotCarried("letters beyond ASCII")
    return str(text)


def _translate(text, table):
    if not any(chr(code) in text for code in table):
        return str(text)
    return "".join([table.get(ord(letter), letter) for letter in text])


def _title(text):
    found, inside = "", False
    for letter in _ascii(text):
        found += letter.lower() if inside else letter.upper()
        inside = letter.isalpha()
    return found


def _zfill(text, width):
    sign = text[:1] if text[:1] in ("-", "+") else ""
    return sign + "0" * (width - len(text)) + text[len(sign) :]


_METHODS = {
    "translate": _translate,
    "isalnum": lambda text: bool(text) and all(c.isalpha() or c.isdigit() for c in _ascii(text)),
    "isascii": lambda text: all(ord(letter) < 128 for letter in text),
    "isalpha": lambda text: _ascii(text).isalpha(),
    "isdigit": lambda text: _ascii(text).isdigit(),
    "isspace": lambda text: _ascii(text).isspace(),
    "isupper": lambda text: _ascii(text).isupper(),
    "islower": lambda text: _ascii(text).islower(),
    "lower": lambda text: _ascii(text).lower(),
    "upper": lambda text: _ascii(text).upper(),
    "casefold": lambda text: _ascii(text).lower(),
    "capitalize": lambda text: _ascii(text[:1]).upper() + _ascii(text[1:]).lower(),
    "title": _title,
    "removeprefix": lambda text, part: text[len(part) :] if text.startswith(part) else str(text),
    "removesuffix": lambda text, part: (
        text[: len(text) - len(part)] if part and text.endswith(part) else str(text)
    ),
    "ljust": lambda text, width, fill=" ": text + fill * (width - len(text)),
    "rjust": lambda text, width, fill=" ": fill * (width - len(text)) + text,
    "zfill": _zfill,
    "is_integer": lambda number: number - number == 0 and number == int(number),
    "bit_length": lambda number: len(bin(abs(number))) - 2 if number else 0,
    "conjugate": lambda number: complex(number.real, -number.imag),
}


def method(name, thing, *given):
    """Call a method that MicroPython's own types lack; what has one of its own keeps it."""
    if name == "sort" and isinstance(thing, list):
        return sort_(thing, *given)
    if isinstance(thing, (str, int, float, complex)):
        return _METHODS[name](thing, *given)
    return getattr(thing, name)(*given)


def maketrans(table):
    """Stand in for `str.maketrans` with a mapping."""
    return {ord(letter) if isinstance(letter, str) else letter: table[letter] for letter in table}


# ---- dataclasses and typing

MISSING = object()


class Field:
    """What `dataclasses.fields` tells of one field."""

    def __init__(self, name, init, default):
        self.name, self.init, self.default = name, init, default


class Params:
    """What a dataclass was asked for."""

    def __init__(self, frozen):
        self.frozen = frozen


def is_dataclass(thing):
    """Stand in for `dataclasses.is_dataclass`."""
    return hasattr(thing, "__dataclass_fields__")


def fields(thing):
    """Stand in for `dataclasses.fields`."""
    return tuple(
        [
            Field(name, init, getattr(thing, name) if has_default else MISSING)
            for name, init, has_default in thing.__dataclass_fields__
        ]
    )


def replace(thing, **changes):
    """Stand in for `dataclasses.replace`."""
    for name, init, _ in thing.__dataclass_fields__:
        if init and name not in changes:
            changes[name] = getattr(thing, name)
    return type(thing)(**changes)


def asdict(thing):
    """Stand in for `dataclasses.asdict`, one level deep."""
    found = Dict([(field[0], getattr(thing, field[0])) for field in thing.__dataclass_fields__])
    if any(
        is_dataclass(value) or isinstance(value, (list, tuple, dict)) for value in found.values()
    ):
        raise NotCarried("asdict of what holds more")
    return found


def shown(thing):
    """Return what a dataclass's own `__repr__` prints."""
    inside = [
        field[0] + "=" + repr_(getattr(thing, field[0])) for field in thing.__dataclass_fields__
    ]
    return type(thing).__name__ + "(" + ", ".join(inside) + ")"


class _Hint:
    def __init__(self, args):
        self.args = args


class _Annotated:
    def __getitem__(self, args):
        return _Hint(args)


Annotated = _Annotated()


def get_type_hints(thing, include_extras=False):
    """Stand in for `typing.get_type_hints`: only what is annotated with more than a type is kept."""
    return Dict(thing.__hints__()) if hasattr(thing, "__hints__") else Dict()


def get_args(hint):
    """Stand in for `typing.get_args`."""
    return hint.args if isinstance(hint, _Hint) else ()


def get_origin(hint):
    """Stand in for `typing.get_origin`."""
    return Annotated if isinstance(hint, _Hint) else None


def cast(_, value):
    """Stand in for `typing.cast`."""
    return value


def assert_never(value):
    """Stand in for `typing.assert_never`."""
    raise AssertionError(repr_(value))


Mapping = dict
Sequence = (list, tuple, str)


# ---- functools, itertools, math


def lru_cache(maxsize=128, typed=False):
    """Stand in for `functools.lru_cache`: keeps the newest answers."""
    if callable(maxsize):
        return lru_cache()(maxsize)

    def decorate(function):
        kept = Dict()

        def remembering(*given, **named):
            if named:
                raise NotCarried("a remembering function called by keyword")
            if given not in kept:
                if maxsize is not None and len(kept) >= maxsize:
                    del kept[next(iter(kept))]
                kept[given] = function(*given)
            return kept[given]

        return remembering

    return decorate


def cache(function):
    """Stand in for `functools.cache`."""
    return lru_cache(None)(function)


class cached_property:  # noqa: N801
    """Stand in for `functools.cached_property`."""

    def __init__(self, function):
        self.function = function

    def __set_name__(self, owner, name):
        self.place = "_kept_" + name

    def __get__(self, thing, owner):
        if not hasattr(thing, self.place):
            setattr(thing, self.place, self.function(thing))
        return getattr(thing, self.place)


def partial(function, *first, **named):
    """Stand in for `functools.partial`."""

    def completed(*rest, **more):
        for name in named:
            more.setdefault(name, named[name])
        return function(*first, *rest, **more)

    return completed


def reduce(function, values, *start):
    """Stand in for `functools.reduce`."""
    found = iter(values)
    result = start[0] if start else next(found)
    for value in found:
        result = function(result, value)
    return result


def pairwise(values):
    """Stand in for `itertools.pairwise`."""
    found = list(values)
    return zip(found, found[1:])


def chain(*columns):
    """Stand in for `itertools.chain`."""
    for column in columns:
        yield from column


def accumulate(values):
    """Stand in for `itertools.accumulate`."""
    total = None
    for value in values:
        total = value if total is None else total + value
        yield total


def product(*columns):
    """Stand in for `itertools.product`."""
    found = [()]
    for column in columns:
        kept = list(column)
        found = [row + (value,) for row in found for value in kept]  # noqa: RUF005
    return found


def count(start=0, step=1):
    """Stand in for `itertools.count`."""
    while True:
        yield start
        start += step


def itemgetter(place):
    """Stand in for `operator.itemgetter` with one item."""
    return lambda thing: thing[place]


def attrgetter(name):
    """Stand in for `operator.attrgetter` with one name."""
    return lambda thing: getattr(thing, name)


def hypot(*sides):
    """Stand in for `math.hypot`."""
    longest = max([abs(side) for side in sides])
    if not longest:
        return 0.0
    return longest * math.sqrt(sum([(side / longest) * (side / longest) for side in sides]))


def log1p(number):
    """Stand in for `math.log1p`: the digits lost in 1 + number are made good."""
    above = 1.0 + number
    return number if above == 1.0 else math.log(above) * number / (above - 1.0)


def dist(one, other):
    """Stand in for `math.dist`."""
    return hypot(*[a - b for a, b in zip(one, other)])  # noqa: B905


def prod(values, start=1):
    """Stand in for `math.prod`."""
    for value in values:
        start = start * value
    return start


# ---- modules and JSON


class _Found:
    def __init__(self, name):
        self.name = name


def iter_modules(path):
    """Stand in for `pkgutil.iter_modules`: which modules travel along."""
    [folder] = path if isinstance(path, (list, tuple)) else [path]
    start = folder.strip("/").replace("/", ".") + "."
    inside = [name[len(start) :] for name in _MODULES if name.startswith(start)]
    return [_Found(name) for name in inside if "." not in name]


def get_data(package, name):
    """Stand in for `pkgutil.get_data`."""
    with open("/" + package.replace(".", "/") + "/" + name, "rb") as file:
        return file.read()


def import_module(name):
    """Stand in for `importlib.import_module`."""
    __import__(name)
    return sys.modules[name]


_SIMPLE = {"true": True, "false": False, "null": None}


class _Reader:
    """Reads JSON and keeps the order of its objects, which MicroPython's own reader does not."""

    def __init__(self, text):
        self.text, self.place = text, 0

    def next(self):
        while self.text[self.place] in " \n\r\t":
            self.place += 1
        return self.text[self.place]

    def string(self):
        start = end = self.place
        while True:
            end = self.text.find('"', end + 1)
            if end < 0:
                raise ValueError("JSON")
            slashes = end
            while self.text[slashes - 1] == "\\":
                slashes -= 1
            if (end - slashes) % 2 == 0:
                break
        self.place = end + 1
        inside = self.text[start + 1 : end]
        return json.loads(self.text[start : end + 1]) if "\\" in inside else inside

    def value(self):
        first = self.next()
        if first == '"':
            return self.string()
        if first == "{":
            return Dict(self.items("}", self.member))
        if first == "[":
            return self.items("]", self.value)
        start = self.place
        while self.place < len(self.text) and self.text[self.place] not in ",]} \n\r\t":
            self.place += 1
        word = self.text[start : self.place]
        if word in _SIMPLE:
            return _SIMPLE[word]
        if "." in word or "e" in word or "E" in word:
            return float_(word)
        return int(word)

    def member(self):
        self.next()
        name = self.string()
        if self.next() != ":":
            raise ValueError("JSON")
        self.place += 1
        return name, self.value()

    def items(self, end, read):
        found = []
        self.place += 1
        if self.next() == end:
            self.place += 1
            return found
        while True:
            found.append(read())
            mark = self.next()
            self.place += 1
            if mark == end:
                return found
            if mark != ",":
                raise ValueError("JSON")


def loads(text):
    """Stand in for `json.loads`."""
    return _Reader(text).value()


def dumps(value, ensure_ascii=True):
    """Stand in for `json.dumps`."""
    text = _json(value)
    return _ascii(text) if ensure_ascii else text


def _json(value):
    if isinstance(value, dict):
        return "{" + ", ".join([_json(str_(k)) + ": " + _json(value[k]) for k in value]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([_json(part) for part in value]) + "]"
    return _shortest(value) if isinstance(value, float) else json.dumps(value)
