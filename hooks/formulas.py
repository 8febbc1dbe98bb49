"""A formula in a lesson: LaTeX becomes MathML when the site is built, with its words beneath."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import NamedTuple

from latex2mathml import exceptions
from latex2mathml.converter import convert
from latex2mathml.symbols_parser import parse_symbols

from hooks.fences import FenceError
from hooks.problems import nearest
from interactive.markup import Markup, element

_SETTING = re.compile(r"(?P<name>[A-Za-z]+)\s*:\s*(?P<text>.*)$")
_UNKNOWN = re.compile(r"<m\w+[^>]*>\\([A-Za-z]+)</m")
# what the library says without words
_REASONS = {
    exceptions.NumeratorNotFoundError: ("a fraction has no upper part", r"\frac{a}{b}"),
    exceptions.DenominatorNotFoundError: ("a fraction has no lower part", r"\frac{a}{b}"),
    exceptions.ExtraLeftOrMissingRightError: (r"\left has no \right", r"\left( a + b \right)"),
    exceptions.MissingSuperScriptOrSubscriptError: ("nothing stands behind _ or ^", "a_{1}"),
    exceptions.DoubleSubscriptsError: ("two _ stand behind each other", "a_{1,2}"),
    exceptions.DoubleSuperscriptsError: ("two ^ stand behind each other", "a^{2}"),
    exceptions.MissingEndError: (r"\begin has no \end", r"\begin{matrix} a \end{matrix}"),
}
_OTHER = ("the formula ends too early or is not in order", r"r^2 = a^2 + b^2")
# the library raises its own exceptions, and Python's where a formula stops in the middle
_RAISED: tuple[type[Exception], ...] = (
    *(
        kind
        for kind in vars(exceptions).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    ),
    AttributeError,
    IndexError,
    KeyError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    ET.ParseError,
)


class _Part(NamedTuple):
    text: str
    line: int


def formula(lines: Sequence[str], first: int = 0) -> Markup:
    r"""Return a formula with its words.

    Args:
        lines: what stands between the two lines of backticks: `tex:` and `say:`, each of which may
            go on below, indented.
        first: the line of the lesson on which the first of them stands, counted from 0.

    Raises:
        FenceError: a part is missing, or the LaTeX cannot be read.

    Example:
        >>> html = formula([r"tex: a = \frac{b}{2}", "say: a is half of b."])
        >>> "<mfrac>" in html, "a is half of b." in html
        (True, True)
    """
    parts = _parts(lines, first)
    for name, example in (
        ("tex", "r^2 = a^2 + b^2"),
        ("say", "r squared is a squared plus b squared."),
    ):
        if name not in parts or not parts[name].text:
            what = (
                "The formula itself is missing."
                if name == "tex"
                else "The formula's words are missing."
            )
            raise FenceError(
                parts[name].line if name in parts else first - 1,
                what,
                f"Write, for example: {name}: {example}",
            )
    words = parts["say"].text
    box = element(
        "div",
        mathml(*parts["tex"]),
        class_="formula-box",
        role="group",
        tabindex=0,
        aria_label=f"Formula: {words}",
    )
    caption = element("figcaption", element("strong", "In words:"), f" {words}")
    return element("figure", box, caption, class_="formula")


def mathml(tex: str, line: int = 0) -> Markup:
    """Return LaTeX as MathML.

    Raises:
        FenceError: it cannot be read.
    """
    depth = 0
    for brace in re.findall(r"\\.|[{}]", tex):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            break
    if depth:
        what = (
            "A brace { is never closed." if depth > 0 else "A brace } closes what was never opened."
        )
        raise FenceError(line, what, "Write as many { as }.")
    try:
        html = convert(tex, display="block")
        ET.fromstring(html)  # a stray & comes through as it is
    except _RAISED as raised:
        why, example = _REASONS.get(type(raised), _OTHER)
        raise FenceError(
            line, f"'{tex}' cannot be read as a formula: {why}.", f"Write it like this: {example}"
        ) from None
    if unknown := _UNKNOWN.search(html):
        match = nearest(unknown[1], _commands())
        hint = f"Write: \\{match}" if match else f"For a word write: \\text{{{unknown[1]}}}"
        raise FenceError(line, f"There is no formula command '\\{unknown[1]}'.", hint)
    return Markup(html)


def _commands() -> list[str]:
    known = {*parse_symbols(), r"\frac", r"\sqrt", r"\text", r"\left", r"\right", r"\cos", r"\sin"}
    known |= {r"\tan", r"\ln", r"\exp", r"\max", r"\min", r"\log"}
    return sorted(name[1:] for name in known if re.fullmatch(r"\\[A-Za-z]+", name))


def _parts(lines: Sequence[str], first: int) -> dict[str, _Part]:
    parts: dict[str, _Part] = {}
    name = ""
    for at, line in enumerate(lines, first):
        if not line.strip():
            continue
        if name and line[:1] in " \t":
            parts[name] = _Part(f"{parts[name].text} {line.strip()}", parts[name].line)
            continue
        found = _SETTING.match(line.strip())
        name = found["name"].lower() if found else ""
        if not found or name not in ("tex", "say"):
            what = f"'{line.strip()}' is neither the formula nor its words."
            raise FenceError(
                at, what, "Write two lines: tex: with the formula, say: with its words."
            )
        if name in parts:
            raise FenceError(
                at, f"'{name}' is set twice.", f"Delete one of the lines that begin with {name}:"
            )
        parts[name] = _Part(found["text"].strip(), at)
    return parts
