"""What the job that runs a change hands to the job that speaks about it: one JSON file, distrusted when it is read.

Whoever proposes a change may change the code that writes this file too. So `read` takes nothing on trust, and this
module and `preview_comment` use the standard library alone: the job that may write installs nothing.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

NAME = "summary.json"
SUGGESTIONS = "suggestions.json"  # as `python -m hooks.check_content --suggestions` writes them
LARGEST = 200_000  # bytes; ours have some thousand
LESSON_FILES = {".bib", ".gif", ".jpeg", ".jpg", ".md", ".png", ".svg", ".webp", ".yml"}


class NotASummary(Exception):
    """The file is not what our job would have written."""


@dataclass(frozen=True)
class Finding:
    """One thing that the checker says about a changed file.

    Attributes:
        path: the file, as seen from the top of the repository.
        line: counted from 1.
        must_fix: whether the site waits for it.
        text: what, why, and what to type.
    """

    path: str
    line: int
    must_fix: bool
    text: str


@dataclass(frozen=True)
class Suggestion:
    """A line that a machine can mend.

    Attributes:
        path: the file, as seen from the top of the repository.
        line: counted from 1.
        text: what is wrong with it.
        replacement: the line as it should be.
    """

    path: str
    line: int
    text: str
    replacement: str


@dataclass(frozen=True)
class Summary:
    """What a change of lessons comes to.

    Attributes:
        pages: the changed pages that have a preview, by their file.
        beside: changed files that are no material of lessons; with one of them there is no preview.
        built: whether the site could be built.
        findings: what is to be mended, most important first.
    """

    pages: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    built: bool = False
    findings: tuple[Finding, ...] = field(default=())


def lesson_material(path: str) -> bool:
    """Tell whether a file is what trainers change: words, pictures and data of lessons.

    Example:
        >>> lesson_material("content/lessons/setup/index.md")
        True
        >>> lesson_material("hooks/make_site.py"), lesson_material("content/../hooks/x.md")
        (False, False)
        >>> lesson_material("content/releases/2027.1.sha256"), lesson_material("content/x.js")
        (False, False)
    """
    parts = PurePosixPath(path)
    inside = parts.parts[:1] == ("content",) and ".." not in parts.parts
    return inside and parts.suffix.lower() in LESSON_FILES


def beside_lessons(paths: Iterable[str]) -> tuple[str, ...]:
    """Return those of the changed files for which there is no preview."""
    return tuple(sorted(path for path in paths if not lesson_material(path)))


def write(summary: Summary, folder: Path) -> None:
    """Write a summary into a folder."""
    text = json.dumps(asdict(summary), ensure_ascii=False, indent=1)
    (folder / NAME).write_text(text + "\n")


def read(folder: Path) -> Summary:
    """Read a summary that anybody may have written.

    Raises:
        NotASummary: it is too large, or anything in it has another form than ours.
    """
    return _read(folder / NAME, _summary)


def read_suggestions(folder: Path) -> tuple[Suggestion, ...]:
    """Read suggestions that anybody may have written.

    Raises:
        NotASummary: they are too large, or anything in them has another form than ours.
    """
    return _read(folder / SUGGESTIONS, lambda given: tuple(_suggestion(**one) for one in given))


def _read[Read](path: Path, form: Callable[[Any], Read]) -> Read:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise NotASummary(f"{path.name} is larger than {LARGEST} bytes")
        return form(json.loads(text))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise NotASummary(f"{path.name} cannot be read: {type(wrong).__name__}") from wrong


def _summary(given: dict[str, Any]) -> Summary:
    if set(given) != set(asdict(Summary())):
        raise ValueError("other keys")
    return Summary(
        tuple(_path(path) for path in given["pages"]),
        tuple(_of(str, path) for path in given["beside"]),
        _of(bool, given["built"]),
        tuple(_finding(**finding) for finding in given["findings"]),
    )


def _finding(path: object, line: object, must_fix: object, text: object) -> Finding:
    return Finding(_path(path), _line(line), _of(bool, must_fix), _of(str, text))


def _suggestion(path: object, line: object, body: object, replacement: object) -> Suggestion:
    written = _of(str, replacement)
    if not all(row.isprintable() for row in written.split("\n")):
        raise ValueError("signs that nobody sees")
    return Suggestion(_path(path), _line(line), _of(str, body), written)


def _line(value: object) -> int:
    line = _of(int, value)
    if not 0 < line < 100_000:
        raise ValueError("no line of a lesson")
    return line


def _path(value: object) -> str:
    path = _of(str, value)
    if not path.isprintable() or len(path) > 250 or not lesson_material(path):
        raise ValueError("no path of a lesson")
    return path


def _of[Kind](kind: type[Kind], value: object) -> Kind:
    if type(value) is not kind:
        raise TypeError(f"not a {kind.__name__}")
    return value
