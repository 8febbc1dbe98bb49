"""Reads a code back from the outline that a page or a poster draws."""

import re

import zxingcpp
from PIL import Image, ImageDraw

DOTS, WHITE = 4, 4  # to a module; modules around the code


def read(outline: str) -> str:
    """Return what a phone would read from an outline in modules, drawn black on white."""
    bars = [tuple(map(int, bar)) for bar in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+Z", outline)]
    size = max(x + length for x, _, length in bars)
    picture = Image.new("L", ((size + 2 * WHITE) * DOTS,) * 2, "white")
    draw = ImageDraw.Draw(picture)
    for x, y, length in bars:
        left, top = (x + WHITE) * DOTS, (y + WHITE) * DOTS
        draw.rectangle((left, top, left + length * DOTS - 1, top + DOTS - 1), fill="black")
    [found] = zxingcpp.read_barcodes(picture)
    return str(found.text)
