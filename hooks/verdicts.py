"""`!!! verdict "advice"` becomes a box: what people say in gyms, and what we make of it."""

import re
from collections.abc import Sequence

from hooks.fences import FenceError

_OPENING = re.compile(
    r"(?P<before>\s*)(?P<mark>!!!|\?\?\?\+?)\s*verdict\b(?P<advice>.*)$", re.IGNORECASE
)
_QUOTED = re.compile(r'\s+"(.+)"\s*$')
HEARD = "You may have heard"
_EXAMPLE = '!!! verdict "Tight hip flexors make the pelvis tuck"'


def with_verdict(lines: Sequence[str], at: int) -> str:
    """Return a line; one that opens a verdict box says whose words its title is.

    Raises:
        FenceError: the advice is missing, or no verdict in bold opens the box's text.

    Example:
        >>> with_verdict(['!!! verdict "Feet high"', "", "    **True.** Up to a point."], 0)
        '!!! verdict "You may have heard: “Feet high”"'
    """
    opening = _OPENING.match(lines[at])
    if not opening:
        return lines[at]
    quoted = _QUOTED.match(opening["advice"])
    if not quoted:
        advice = opening["advice"].strip(" \t\"'“”„«»‘’")
        hint = f'Write: !!! verdict "{advice}"' if advice else f"Write, for example: {_EXAMPLE}"
        what = (
            "The advice is missing." if not advice else "The advice wants straight quotation marks."
        )
        raise FenceError(at, what, hint)
    body = next((line for line in lines[at + 1 :] if line.strip()), "")
    indent = len(opening["before"].expandtabs(4)) + 4
    text = body.expandtabs(4)
    if len(text) - len(text.lstrip()) < indent:
        what = "The verdict is missing below this line, or it is not indented."
        raise FenceError(
            at,
            what,
            "Write below an empty line, four spaces in: **Wrong direction.** Then say why.",
        )
    if not text.lstrip().startswith("**"):
        what = "This box does not begin with its verdict."
        raise FenceError(
            at,
            what,
            "Begin its text with the verdict between stars, like this: **Wrong direction.**",
        )
    return f'{opening["before"]}{opening["mark"]} verdict "{HEARD}: “{quoted[1]}”"'
