"""What a trainer is told: where it is, what is wrong, what to type instead."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from interactive.markup import Markup, element

AT_MOST = 10  # of each level, then a count: nobody mends more at a time


class Level(StrEnum):
    """How much a problem matters: the site is not built with the first, and is with the second."""

    MUST_FIX = "must fix"
    PLEASE = "please"


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, counted from 1, its path as seen from the top of the repository."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Replacement:
    """What a machine may type: a text of one line, from a column counted from 1, becomes another.

    Attributes:
        line, column: where the old text starts, in the same file as the problem.
        old: as it stands there; empty to put something in.
        new: what takes its place; it may hold line breaks.
    """

    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    Attributes:
        place: where it is.
        what: what is wrong, quoting what was written.
        hint: what to type.
        level: whether the site waits for it.
        why: what is gained by mending it, where that is not plain.
        replacement: the same as the hint, for a machine; None where only a person can tell.
    """

    place: Place
    what: str
    hint: str
    level: Level = Level.MUST_FIX
    why: str = ""
    replacement: Replacement | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.hint}"

    @property
    def listed(self) -> str:
        """The problem in full, as `file:line:column level: what, why, what to type`."""
        said = " ".join(filter(None, [self.what, self.why, self.hint]))
        return f"{self.place}:{self.place.column} {self.level}: {said}"


@dataclass
class ProblemReport:
    """All problems of one build, in the order in which the pages were read."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Note a problem; the build goes on, so that all are reported together."""
        self.problems.append(problem)


def listed(problems: Iterable[Problem], at_most: int = AT_MOST) -> list[str]:
    """Return problems as lines, those that must be fixed first; of each level so many, then a count."""
    lines = []
    found = sorted(problems)
    for level in Level:
        of_level = [problem.listed for problem in found if problem.level is level]
        lines += of_level[:at_most]
        if len(of_level) > at_most:
            lines.append(f"... and {len(of_level) - at_most} more: {level}.")
    return lines


def problem_box(problem: Problem) -> Markup:
    """Return the box that stands in the page where the problem is; its style names the level too."""
    asked = problem.level is Level.PLEASE
    return element(
        "div",
        element("p", element("strong", str(problem.place)), class_="problem-place"),
        element("p", problem.what),
        element("p", problem.why) if problem.why else (),
        element("p", problem.hint),
        class_="problem-box please" if asked else "problem-box",
        role="note" if asked else "alert",
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to a misspelt one, or an empty text.

    Example:
        >>> nearest("depth-exploror", ["breath-pacer", "depth-explorer"])
        'depth-explorer'
        >>> nearest("zebra", ["breath-pacer"])
        ''
    """
    found = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
