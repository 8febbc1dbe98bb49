"""A poster for each type of machine: three things to set, the sign for pain, a code for a phone."""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from itertools import batched
from pathlib import Path
from xml.etree import ElementTree

from hooks.machine_pages import FOLDER, NOT_REVIEWED, OCTAGON, described_machines
from hooks.machine_settings import MachineSettings, Setting
from hooks.paper import (
    A4_MM,
    A5_MM,
    BOLD,
    HEAVY,
    CannotBePrinted,
    Mark,
    Shape,
    Text,
    balanced,
    disc,
    fitted,
    pdf,
    svg,
    text_width,
)
from hooks.problems import Place, Problem
from hooks.qr_code import QUIET, code
from interactive import care_cards
from interactive.figure import side_view

INK, SOFT, TEAL, RED, WHITE = "#10181c", "#46565f", "#17404a", "#b3160c", "#ffffff"
MARGIN = 15.0  # [mm] on A4, so more than 10 on A5
CODE = 44.0  # [mm] on A4, without its quiet zone: 31 on A5
_WIDTH = A4_MM[0] - 2 * MARGIN
_RIGHT, _BOTTOM = A4_MM[0] - MARGIN, A4_MM[1] - MARGIN
_GAP = 8.0  # [mm] between the parts
_RIM = 15.0  # units of the picture: half the width of its widest line there, or of a number
_INDENT = 18.0  # [mm] from a number to its words
_DRAWN_BY = Path(__file__).parent / "paper.py"

# how the picture's parts look on paper: fill, stroke, width, dash; parts that need words are left out
_LOOKS: dict[str, Shape] = {
    "rail": Shape("", stroke="#b9c3c9", width=7),
    "sled": Shape("", stroke="#a7b3ba", width=10),
    "plate": Shape("", stroke="#46565f", width=9),
    "pad": Shape("", stroke="#46565f", width=13),
    "trunk": Shape("", stroke="#cfdde0", width=46),
    "neck": Shape("", stroke="#cfdde0", width=20),
    "head": Shape("", fill="#cfdde0"),
    "thigh": Shape("", stroke="#b9ccd1", width=30),
    "shank": Shape("", stroke="#b9ccd1", width=21),
    "foot": Shape("", stroke="#b9ccd1", width=14),
    "joint": Shape("", fill=WHITE, stroke="#5a6b75", width=2.5),
    "thoracic": Shape("", stroke="#5a6b75", width=4),
    "pelvis": Shape("", fill=WHITE, stroke="#0a5f6b", width=3),
    "lumbar": Shape("", stroke="#0a5f6b", width=4),
    "vertebra": Shape("", stroke="#0a5f6b", width=5.5),
}


def write_posters(site: Path, site_name: str, site_url: str, work: Path) -> list[Problem]:
    """Write `poster.pdf`, `poster-a5.pdf` and `poster.svg` beside the page of every machine.

    Returns what keeps a poster from being printed.

    Args:
        site: the folder of the built site.
        site_name: what the site is called.
        site_url: where it will be hosted; the code leads there.
        work: where posters are kept from one build to the next, by what stands on them.
    """
    problems = []
    for machine in described_machines():
        address = f"{site_url.rstrip('/')}/{FOLDER}/{machine.slug}/"
        try:
            made = poster(machine, site_name, address)
        except CannotBePrinted as wrong:
            where = Place(f"content/machines/{machine.slug}.yml", 1)
            problems.append(Problem(where, str(wrong), "Use a shorter name, in Latin letters."))
            continue
        for name, content in _kept(made, work).items():
            (site / FOLDER / machine.slug / name).write_bytes(content)
    return problems


@dataclass(frozen=True)
class Poster:
    """One poster: its marks, and the words that a screen reader says."""

    title: str
    words: str
    marks: tuple[Mark, ...]


def poster(found: MachineSettings, site_name: str, address: str) -> Poster:
    """Return the poster of a machine.

    Args:
        found: the machine and what to set on it.
        site_name: what the site is called.
        address: of the machine's page, whole.

    Raises:
        CannotBePrinted: a text is longer than its box, or the font lacks a letter of it.
    """
    title, below_title = _title(site_name, found.machine.name)
    way_in, above_code = _way_in(address)
    stop, above_stop = _stop_sign(care_cards.stop(), above_code - _GAP)
    settings, above_settings = _settings(found.settings, above_stop - _GAP)
    picture = _picture(found, below_title + _GAP / 2, above_settings - _GAP)
    marks = (*title, *picture, *settings, *stop, *way_in)
    numbered = [f"{at}. {one.name}: {one.do} {one.why}" for at, one in enumerate(found.settings, 1)]
    words = [*numbered, f"Stop: {care_cards.stop()}", f"More: {address}", NOT_REVIEWED]
    return Poster(f"{found.machine.name}: what to set", " ".join(words), marks)


def _title(site_name: str, name: str) -> tuple[list[Mark], float]:
    """Return the machine's name, as large as two lines allow, and where it ends."""
    size, rows = fitted(name, _falling(19, 7), _WIDTH, 2, HEAVY)
    size = min(size, 15.0) if len(rows) > 1 else size  # two lines, and room for the picture
    top = MARGIN + 4
    marks: list[Mark] = [Text(MARGIN, top, 5.2, site_name, BOLD, TEAL)]
    for row in rows:
        top += size * (1.15 if len(marks) == 1 else 1.02)
        marks.append(Text(MARGIN, top, size, row, HEAVY))
    return marks, top + size * 0.25


def _settings(settings: Sequence[Setting], bottom: float) -> tuple[list[Mark], float]:
    """Return the three settings, the last one ending at `bottom`, and where the first begins."""
    width = _WIDTH - _INDENT
    rows = [(balanced(one.do, 6.6, width, BOLD), balanced(one.why, 4.9, width)) for one in settings]
    heights = [len(do) * 7.7 + len(why) * 6 + 4.6 for do, why in rows]
    top = bottom - sum(heights)
    marks: list[Mark] = []
    y = top
    for at, ((do, why), height) in enumerate(zip(rows, heights, strict=True), 1):
        marks += _numbered(at, MARGIN + 6, y + 6.4, 6)
        line = y + 5.8
        for words in do:
            marks.append(Text(MARGIN + _INDENT, line, 6.6, words, BOLD))
            line += 7.7
        for words in why:
            marks.append(Text(MARGIN + _INDENT, line - 0.9, 4.9, words, colour=SOFT))
            line += 6
        y += height
    return marks, top


def _numbered(number: int, x: float, y: float, radius: float) -> list[Mark]:
    size = radius * 1.35
    words = str(number)
    return [
        Shape(disc(0, 0, radius), fill=TEAL, x=x, y=y),
        Text(x - text_width(words, size, HEAVY) / 2, y + size * 0.34, size, words, HEAVY, WHITE),
    ]


def _stop_sign(words: str, bottom: float) -> tuple[list[Mark], float]:
    """Return the sign for pain in its frame, which ends at `bottom`, and where it begins."""
    height, sign = 27.0, 20.0
    top = bottom - height
    size, rows = fitted(words, _falling(8.4, 6), _WIDTH - sign - 16, 2, BOLD)
    frame = f"M{MARGIN} {top}H{_RIGHT}V{bottom}H{MARGIN}Z"
    middle = MARGIN + 5 + sign / 2
    stop = 5.8
    marks: list[Mark] = [
        Shape(frame, stroke=RED, width=1.2),
        Shape(OCTAGON, fill=RED, x=MARGIN + 5, y=top + (height - sign) / 2, scale=sign / 100),
        Text(
            middle - text_width("STOP", stop, HEAVY) / 2,
            top + height / 2 + stop * 0.34,
            stop,
            "STOP",
            HEAVY,
            WHITE,
        ),
    ]
    line = top + height / 2 - (len(rows) - 1) * size * 0.6 + size * 0.34
    for row in rows:
        marks.append(Text(MARGIN + sign + 11, line, size, row, BOLD))
        line += size * 1.2
    return marks, top


def _way_in(address: str) -> tuple[list[Mark], float]:
    """Return the code, its address in words, and what the poster is not; and where they begin."""
    top = _BOTTOM - CODE
    made = code(address)
    module = CODE / made.size
    x = MARGIN + CODE + max(QUIET * module, 8)
    width = _RIGHT - x
    plain = address.partition("://")[2].rstrip("/")
    size, rows = fitted(plain.replace("/", "/ "), _falling(5.6, 3), width, 3, BOLD)
    marks: list[Mark] = [Shape(made.d, fill="#000000", x=MARGIN, y=top, scale=module)]
    marks.append(Text(x, top + 4.6, 5.6, "Your own body and machine:", BOLD))
    marks.append(Text(x, top + 11, 4.9, "scan this with a phone, or type", colour=SOFT))
    line = top + 18.2
    for row in rows:
        marks.append(Text(x, line, size, row.replace("/ ", "/"), BOLD, TEAL))
        line += size * 1.2
    small = [NOT_REVIEWED, "Health education, not medical advice.", "Text and picture: CC BY 4.0."]
    for at, words in enumerate(reversed(small)):
        marks.append(Text(x, _BOTTOM - 0.8 - at * 5.1, 4.1, words, colour=SOFT))
    return marks, top


def _picture(found: MachineSettings, top: float, bottom: float) -> list[Mark]:
    """Return the lifter on this machine between two heights, with the numbers where one sets them."""
    drawn = ElementTree.fromstring(side_view(found.finding.scene, found.machine.name))
    places = _places(drawn)
    parts = [part for part in drawn.iter() if part.attrib.get("class") in _LOOKS]
    corners = [*places, *(corner for part in parts for corner in _corners(part))]
    left, right = (bound(corner.real for corner in corners) for bound in (min, max))
    upper, lower = (bound(corner.imag for corner in corners) for bound in (min, max))
    scale = min(_WIDTH / (right - left + 2 * _RIM), (bottom - top) / (lower - upper + 2 * _RIM))
    x = A4_MM[0] / 2 - (left + right) / 2 * scale
    y = (top + bottom) / 2 - (upper + lower) / 2 * scale
    marks: list[Mark] = [
        replace(_LOOKS[part.attrib["class"]], d=_outline(part), x=x, y=y, scale=scale)
        for part in parts
    ]
    for at, place in enumerate(places, 1):
        marks += _numbered(at, x + place.real * scale, y + place.imag * scale, 14 * scale)
    return marks


def _corners(part: ElementTree.Element) -> list[complex]:
    """Return points that a part of the picture lies between, but for the width of its line."""
    if part.tag == "circle":
        x, y, radius = (float(part.attrib[name]) for name in ("cx", "cy", "r"))
        return [complex(x - radius, y - radius), complex(x + radius, y + radius)]
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", part.attrib["d"])]
    return [complex(x, y) for x, y in batched(numbers, 2)]


def _outline(part: ElementTree.Element) -> str:
    if part.tag == "circle":
        return disc(*(float(part.attrib[name]) for name in ("cx", "cy", "r")))
    return part.attrib["d"]


def _places(drawn: ElementTree.Element) -> tuple[complex, complex, complex]:
    """Return where backrest, feet and stop are set: beside the pad, the plate and the rail."""
    pad, plate, rail = (_ends(drawn, name) for name in ("pad", "plate", "rail"))
    along_pad, along_rail = _unit(pad[1] - pad[0]), _unit(rail[1] - rail[0])
    sole = (plate[0] + plate[1]) / 2
    # where the sled stands on the rail, and square to it away from the lifter
    on_rail = rail[0] + along_rail * ((sole - rail[0]) * along_rail.conjugate()).real
    away = _unit(on_rail - sole)
    return (
        pad[0] + (pad[1] - pad[0]) * 0.62 + along_pad * -1j * 26,
        sole + along_rail * 34,
        on_rail + away * 24,
    )


def _ends(drawn: ElementTree.Element, name: str) -> tuple[complex, complex]:
    """Return both ends of the first line of that kind."""
    line = next(part.attrib["d"] for part in drawn.iter() if part.attrib.get("class") == name)
    start, end = (complex(*map(float, point.split())) for point in line[1:].split("L"))
    return start, end


def _unit(vector: complex) -> complex:
    return vector / abs(vector)


def _falling(largest: float, smallest: float) -> list[float]:
    """Return sizes of a font to try, the largest first [mm]."""
    steps = round((largest - smallest) / 0.2)
    return [largest - step * 0.2 for step in range(steps + 1)]


def _kept(made: Poster, work: Path) -> dict[str, bytes]:
    """Return the three files of a poster, made only where an earlier build has not made the same."""
    tools = [_DRAWN_BY.read_text(), version("fpdf2"), version("fonttools"), version("segno")]
    described = json.dumps([asdict(made), *tools])
    kept = work / "posters" / hashlib.sha256(described.encode()).hexdigest()[:16]
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        files = {
            "poster.pdf": pdf(made.marks, A4_MM, made.title),
            "poster-a5.pdf": pdf(made.marks, A5_MM, made.title),
            "poster.svg": svg(made.marks, made.title, made.words).encode(),
        }
        aside = Path(tempfile.mkdtemp(dir=kept.parent))
        for name, content in files.items():
            (aside / name).write_bytes(content)
        try:
            aside.rename(kept)
        except OSError:  # another build was quicker, with the same bytes
            shutil.rmtree(aside)
    return {path.name: path.read_bytes() for path in sorted(kept.iterdir())}
