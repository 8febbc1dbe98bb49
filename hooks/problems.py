"""What a trainer is told: where it is, what is wrong, what to type instead."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from interactive.markup import Markup, element


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, counted from 1, its path as seen from the top of the repository."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    Attributes:
        place: where it is.
        what: what is wrong, quoting what was written.
        hint: what to type.
    """

    place: Place
    what: str
    hint: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.hint}"


@dataclass
class ProblemReport:
    """All problems of one build, in the order in which the pages were read."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Note a problem; the build goes on, so that all are reported together."""
        self.problems.append(problem)


def problem_box(problem: Problem) -> Markup:
    """Return the red box that stands in the page where the problem is."""
    return element(
        "div",
        element("p", element("strong", str(problem.place)), class_="problem-place"),
        element("p", problem.what),
        element("p", problem.hint),
        class_="problem-box",
        role="alert",
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
