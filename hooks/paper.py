"""Draws on paper: marks in millimetres become a PDF with real text, and an SVG that needs no font.

The font travels as a package and is embedded, only with the letters that are used. Nothing here
reads a clock, so the same marks give the same bytes.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.drawing_primitives import Transform, color_from_hex_string
from fpdf.svg import svg_path_converter

from interactive.markup import Markup, element

# made for people who do not see well; SIL Open Font License
FONT = "Atkinson Hyperlegible Next"
FILES = Path(sys.prefix) / "npm/node_modules/@fontsource/atkinson-hyperlegible-next/files"
REGULAR, BOLD, HEAVY = "400", "700", "800"
A4_MM = (210.0, 297.0)
A5_MM = (148.0, 210.0)

_POINTS_A_MM = 72 / 25.4
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # a PDF has a date; the release has the true one


class CannotBePrinted(ValueError):
    """A text is too long for its box, or the font lacks a letter of it; the sentence says which."""


@dataclass(frozen=True)
class Text:
    """One line of text.

    Attributes:
        x, y: where its base line starts [mm], from the upper left corner.
        size: of the font [mm].
        words: what it says.
        weight: REGULAR, BOLD or HEAVY.
        colour: as #rrggbb.
    """

    x: float
    y: float
    size: float
    words: str
    weight: str = REGULAR
    colour: str = "#10181c"


@dataclass(frozen=True)
class Shape:
    """A filled or stroked outline.

    Attributes:
        d: as in SVG's `d`, in its own units.
        fill, stroke: as #rrggbb, or None.
        width: of the stroke, in units of `d`.
        dash: lengths of dash and gap, in units of `d`.
        opacity: from 0 to 1.
        x, y, scale: where its origin stands [mm], and how large its unit is [mm].
    """

    d: str
    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0


type Mark = Text | Shape


def text_width(words: str, size: float, weight: str = REGULAR) -> float:
    """Return how wide a line is [mm].

    Raises:
        CannotBePrinted: the font lacks a letter.
    """
    font = _font(weight)
    letters, advances = font.getBestCmap(), font["hmtx"]
    for letter in words:
        if ord(letter) not in letters:
            raise CannotBePrinted(f"The font of posters has no letter '{letter}'.")
    units = sum(advances[letters[ord(letter)]][0] for letter in words)
    return float(units * size / font["head"].unitsPerEm)


def lines(words: str, size: float, width: float, weight: str = REGULAR) -> list[str]:
    """Return a text in lines that are no wider than so many millimetres.

    Raises:
        CannotBePrinted: a single word is wider, or the font lacks a letter.
    """
    found: list[str] = []
    for word in words.split(" "):
        longer = f"{found[-1]} {word}" if found else word
        if found and text_width(longer, size, weight) <= width:
            found[-1] = longer
        elif text_width(word, size, weight) <= width:
            found.append(word)
        else:
            raise CannotBePrinted(f"'{word}' is too long for a poster.")
    return found


def balanced(words: str, size: float, width: float, weight: str = REGULAR) -> list[str]:
    """Return a text in as few lines as `lines` does, as equal as can be: no word stands alone."""
    found = lines(words, size, width, weight)
    for step in range(1, 50):
        try:
            narrower = lines(words, size, width * (1 - step / 100), weight)
        except CannotBePrinted:
            break
        if len(narrower) > len(found):
            break
        found = narrower
    return found


def fitted(
    words: str, sizes: Iterable[float], width: float, most: int, weight: str = REGULAR
) -> tuple[float, list[str]]:
    """Return the first of the sizes at which a text needs no more than `most` lines, and these.

    Raises:
        CannotBePrinted: at none of them, or the font lacks a letter.
    """
    text_width(words, 1, weight)
    for size in sizes:
        try:
            found = lines(words, size, width, weight)
        except CannotBePrinted:
            continue
        if len(found) <= most:
            return size, balanced(words, size, width, weight)
    raise CannotBePrinted(f"'{words}' is too long for a poster.")


def disc(x: float, y: float, radius: float) -> str:
    """Return a circle as an outline."""
    return (
        f"M{x - radius:g} {y:g}a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0"
        f"a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0Z"
    )


def pdf(marks: Sequence[Mark], paper_mm: tuple[float, float], title: str) -> bytes:
    """Return a page as PDF. Marks are drawn for A4 and scaled down to smaller paper.

    Args:
        marks: what to draw.
        paper_mm: width and height of the paper [mm].
        title: of the document.
    """
    scale = paper_mm[0] / A4_MM[0]
    unit = _POINTS_A_MM * scale
    page = FPDF(unit=unit, format=(A4_MM[0], paper_mm[1] / scale))
    page.set_creation_date(_LONG_AGO)
    page.set_title(title)
    page.set_lang("en")
    page.set_auto_page_break(False)
    page.set_margin(0)
    for weight in sorted({mark.weight for mark in marks if isinstance(mark, Text)}):
        page.add_font(f"{FONT} {weight}", fname=_file(weight))
    page.add_page()
    for mark in marks:
        if isinstance(mark, Text):
            page.set_font(f"{FONT} {mark.weight}", size=mark.size * unit)
            page.set_text_color(mark.colour)
            page.text(mark.x, mark.y, mark.words)
        else:
            with page.drawing_context() as drawing:
                drawing.add_item(_painted(mark))
    return bytes(page.output())


def svg(marks: Sequence[Mark], title: str, description: str) -> Markup:
    """Return a page of A4 as SVG, whose letters are outlines: it looks the same without the font.

    Args:
        marks: what to draw.
        title, description: the page for those who do not see it.
    """
    outlines: dict[tuple[str, str], str] = {}
    drawn = [
        _outlined(mark, outlines) if isinstance(mark, Text) else _shape(mark) for mark in marks
    ]
    letters = [
        element("path", id=f"{weight}-{glyph}", d=d) for (weight, glyph), d in outlines.items()
    ]
    width, height = A4_MM
    return element(
        "svg",
        element("title", title, id="title"),
        element("desc", description, id="description"),
        element("defs", letters),
        element("path", d=f"M0 0H{width:g}V{height:g}H0Z", fill="#ffffff"),
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}mm",
        height=f"{height:g}mm",
        role="img",
        aria_labelledby="title description",
    )


def _painted(shape: Shape) -> PaintedPath:
    path = PaintedPath()
    svg_path_converter(path, shape.d)
    path.transform = Transform.scaling(shape.scale).translate(shape.x, shape.y)
    path.auto_close = False
    style = path.style
    style.fill_color = color_from_hex_string(shape.fill) if shape.fill else None
    style.stroke_color = color_from_hex_string(shape.stroke) if shape.stroke else None
    style.stroke_width = shape.width
    style.stroke_cap_style = "round"
    style.stroke_join_style = "round"
    style.stroke_dash_pattern = shape.dash or None
    style.fill_opacity = style.stroke_opacity = shape.opacity
    return path


def _shape(shape: Shape) -> Markup:
    place = f"translate({shape.x:.2f} {shape.y:.2f}) scale({shape.scale:.4f})"
    return element(
        "path",
        d=shape.d,
        fill=shape.fill or "none",
        stroke=shape.stroke,
        stroke_width=f"{shape.width:g}" if shape.stroke else None,
        stroke_linecap="round" if shape.stroke else None,
        stroke_linejoin="round" if shape.stroke else None,
        stroke_dasharray=" ".join(f"{part:g}" for part in shape.dash) or None,
        opacity=f"{shape.opacity:g}" if shape.opacity < 1 else None,
        transform=place if (shape.x, shape.y, shape.scale) != (0, 0, 1) else None,
    )


def _outlined(text: Text, outlines: dict[tuple[str, str], str]) -> Markup:
    """Return a line of text as uses of outlines, each of which is added where it is missing."""
    font = _font(text.weight)
    glyphs, advances, letters = font.getGlyphSet(), font["hmtx"], font.getBestCmap()
    used, at = [], 0
    for letter in text.words:
        glyph = letters[ord(letter)]
        if (text.weight, glyph) not in outlines:
            pen = SVGPathPen(glyphs)
            glyphs[glyph].draw(pen)
            outlines[text.weight, glyph] = pen.getCommands()
        if outlines[text.weight, glyph]:
            used.append(element("use", href=f"#{text.weight}-{glyph}", x=at))
        at += advances[glyph][0]
    scale = text.size / font["head"].unitsPerEm
    place = f"translate({text.x:.2f} {text.y:.2f}) scale({scale:.5f} {-scale:.5f})"
    return element("g", used, fill=text.colour, transform=place)


def _file(weight: str) -> Path:
    name = re.sub(" ", "-", FONT.lower())
    return FILES / f"{name}-latin-{weight}-normal.woff"  # woff2 takes three times as long to open


@cache
def _font(weight: str) -> TTFont:
    return TTFont(_file(weight))
