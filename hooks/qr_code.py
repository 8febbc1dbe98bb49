"""A code that leads a phone to an address, as the outline of its dark modules."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules that stay white around a code


@dataclass(frozen=True)
class Code:
    """A code.

    Attributes:
        d: its dark modules as SVG's `d`, a module a unit.
        size: how many modules it is wide, without the white around it.
    """

    d: str
    size: int


def code(address: str) -> Code:
    """Return the code of an address at level Q: a quarter of it may be dirty or torn."""
    rows = segno.make(address, error="q", boost_error=False, micro=False).matrix
    return Code("".join(_row(y, bytes(row)) for y, row in enumerate(rows)), len(rows))


def _row(y: int, row: bytes) -> str:
    """Return the dark runs of a row, each as one bar."""
    bars, x = [], 0
    while (x := row.find(1, x)) >= 0:
        end = row.find(0, x) if 0 in row[x:] else len(row)
        bars.append(f"M{x} {y}h{end - x}v1h{x - end}Z")
        x = end
    return "".join(bars)
