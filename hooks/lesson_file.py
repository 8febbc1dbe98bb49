"""Reads a lesson from its file, whatever an editor made of it: byte-order mark, line ends, encoding, name."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from hooks.lesson_meta import split
from hooks.problems import Level, Place, Problem

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_MEND = "Run make fix-content, or save it as plain UTF-8 text with Unix line ends."


@dataclass(frozen=True)
class LessonFile:
    """A lesson as it lies in its file.

    Attributes:
        path: from the top of the repository.
        above: the lines of its front matter, both `---` included; none if it has none.
        lines: the lines of its text.
        problems: what is wrong with the file as such.
    """

    path: str
    above: tuple[str, ...]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def first_line(self) -> int:
        """The line of the file on which the text starts."""
        return len(self.above) + 1

    @property
    def text(self) -> str:
        """The text, without front matter."""
        return "\n".join(self.lines)


def open_lesson(path: Path, name: str) -> LessonFile:
    """Return a lesson from its file.

    Args:
        path: the file.
        name: its path from the top of the repository.
    """
    return read_lesson(path.read_bytes(), name)


def read_lesson(data: bytes, name: str) -> LessonFile:
    r"""Return a lesson from the bytes of its file; never raises.

    Example:
        >>> lesson = read_lesson(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n# A\r\n", "content/a.md")
        >>> lesson.above, lesson.lines, len(lesson.problems)
        (('---', 'title: A', '---'), ('# A', ''), 2)
    """
    problems = _name_problems(name)
    if data.startswith(_UTF_16):
        what = "This file is saved as UTF-16."
        problems.append(Problem(Place(name, 1), what, _MEND, why="The site is made of UTF-8."))
        data = data.decode("utf-16", errors="replace").encode()
    if data.startswith(_BOM):
        what = "This file begins with a mark that nobody sees."
        why = "Some programs stumble over it."
        problems.append(Problem(Place(name, 1), what, _MEND, Level.PLEASE, why))
        data = data.removeprefix(_BOM)
    if b"\r" in data:
        line = data[: data.index(b"\r")].count(b"\n") + 1
        what = "This file has the line ends of another system."
        why = "Whoever reads your change would see every line as changed."
        problems.append(Problem(Place(name, line), what, _MEND, Level.PLEASE, why))
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    text = data.decode("utf-8", errors="replace")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as unreadable:
        line = data[: unreadable.start].count(b"\n") + 1
        what = "This line holds a character that cannot be read."
        hint = "Type the line again, and save the file as UTF-8."
        problems.append(Problem(Place(name, line), what, hint))
        text = text.replace("\ufffd", "?")  # said once is enough
    above, lines = split(text.split("\n"))
    return LessonFile(name, tuple(above), tuple(lines), tuple(problems))


def plain(data: bytes) -> bytes:
    r"""Return the bytes of a file without mark and with Unix line ends.

    Example:
        >>> plain(b"\xef\xbb\xbfa\r\nb\rc")
        b'a\nb\nc'
    """
    if data.startswith(_UTF_16):
        data = data.decode("utf-16", errors="replace").encode()
    return data.removeprefix(_BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _name_problems(name: str) -> list[Problem]:
    """Return what keeps a name from standing in an address."""
    found = []
    for part in name.split("/")[1:]:
        if not _NAME.fullmatch(part):
            simple = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode().lower()
            better = (
                re.sub(r"[^a-z0-9.]+", "-", simple).strip("-").replace("-.", ".") or "lesson.md"
            )
            what = f"The name '{part}' cannot stand in an address."
            hint = f"Rename it: {better}"
            found.append(
                Problem(Place(name, 1), what, hint, why="Small letters, digits and hyphens can.")
            )
    return found
