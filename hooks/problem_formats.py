"""Problems for programs: as JSON, as annotations of a pull request, and as suggestions that one press takes over."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hooks.lesson_file import plain
from hooks.problems import AT_MOST, Level, Problem

_COMMANDS = {Level.MUST_FIX: "error", Level.PLEASE: "warning"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PLACE = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def as_json(problems: Iterable[Problem]) -> str:
    """Return all problems, in the order of their places."""
    found = [
        asdict(problem.place)
        | {
            "level": str(problem.level),
            "what": problem.what,
            "why": problem.why,
            "hint": problem.hint,
        }
        | {"replacement": problem.replacement and asdict(problem.replacement)}
        for problem in sorted(problems)
    ]
    return json.dumps(found, ensure_ascii=False, indent=1)


def annotations(problems: Iterable[Problem]) -> list[str]:
    """Return problems as commands that the repository's host shows at their lines, the worst first.

    It shows ten of a kind and drops the rest, so the rest is a count.
    """
    found = sorted(problems)
    lines = []
    for level, command in _COMMANDS.items():
        of_level = [problem for problem in found if problem.level is level]
        lines += [_annotation(command, problem) for problem in of_level[:AT_MOST]]
        if len(of_level) > AT_MOST:
            lines.append(f"... and {len(of_level) - AT_MOST} more: {level}.")
    return lines


def _annotation(command: str, problem: Problem) -> str:
    place = problem.place
    said = " ".join(filter(None, [problem.what, problem.why, problem.hint]))
    where = f"file={place.path.translate(_IN_PLACE)},line={place.line},col={place.column}"
    return (
        f"::{command} {where},title={str(problem.level).capitalize()}::{said.translate(_IN_DATA)}"
    )


def suggestions(problems: Iterable[Problem], repository: Path) -> str:
    """Return, as JSON, each line that a machine can mend: path, line, what to say, and the new line.

    Args:
        problems: what was found.
        repository: the folder from which their paths count.
    """
    by_line: dict[tuple[str, int], list[Problem]] = {}
    for problem in sorted(problems):
        if problem.replacement:
            by_line.setdefault((problem.place.path, problem.replacement.line), []).append(problem)
    found: list[dict[str, Any]] = []
    for (path, line), of_line in by_line.items():
        lines = (
            plain((repository / path).read_bytes()).decode("utf-8", errors="replace").split("\n")
        )
        mended = with_replacements(lines, of_line)[line - 1]
        if mended != lines[line - 1]:
            body = " ".join(dict.fromkeys(problem.what for problem in of_line))
            found.append({"path": path, "line": line, "body": body, "replacement": mended})
    return json.dumps(found, ensure_ascii=False, indent=1)


def with_replacements(lines: Sequence[str], problems: Iterable[Problem]) -> list[str]:
    """Return lines with what machines can mend; of two that overlap, the first is mended.

    Each line stays one entry, though it may then hold line breaks. What no longer stands where a
    problem found it is left alone.
    """
    mended = list(lines)
    places = [problem.replacement for problem in problems if problem.replacement]
    ends: dict[int, int] = {}
    chosen = []
    for one in sorted(places, key=lambda place: (place.line, place.column, len(place.old))):
        if one.column >= ends.get(one.line, 1) and 1 <= one.line <= len(mended):
            chosen.append(one)
            ends[one.line] = one.column + max(len(one.old), 1)
    for one in reversed(chosen):
        text, at = mended[one.line - 1], one.column - 1
        if text[at : at + len(one.old)] == one.old:
            mended[one.line - 1] = text[:at] + one.new + text[at + len(one.old) :]
    return mended
