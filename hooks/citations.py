"""`[@Wilke1999]` in a lesson becomes a numbered note with the publication and its link."""

import re

from hooks.bibliography import publications
from hooks.problems import nearest

CITED = re.compile(r"`[^`]*`|\[@([^\[\]\s]+)\]")


class UnknownSource(KeyError):
    """A lesson cites what is not in the bibliography, or what nobody has read.

    Attributes:
        what, hint: as in `Problem`.
    """

    def __init__(self, key: str, what: str, hint: str) -> None:
        super().__init__(key)
        self.what, self.hint = what, hint


def noted(line: str, cited: dict[str, None]) -> str:
    """Return a line with each `[@key]` as the mark of a note; code in backticks stays.

    Args:
        line: a line of a lesson.
        cited: the keys cited so far, in order; new ones are added.

    Raises:
        UnknownSource: the key is not in the bibliography, or its publication is only recalled.

    Example:
        >>> cited = {}
        >>> noted("It rose [@Adams1994].", cited), list(cited)
        ('It rose [^Adams1994].', ['Adams1994'])
    """

    def mark(found: re.Match[str]) -> str:
        key = found[1]
        if key is None:
            return found[0]
        publication = publications().get(key)
        if publication is None:
            match = nearest_key(key)
            hint = f"Write: [@{match}]" if match else "Add it to content/references.bib first."
            raise UnknownSource(key, f"There is no source '{key}' in the bibliography.", hint)
        if not publication.seen:
            what = f"The source '{key}' is recalled, not read, so it cannot carry a fact."
            hint = "Read it and say so in its note in content/references.bib, or cite another one."
            raise UnknownSource(key, what, hint)
        cited[key] = None
        return f"[^{key}]"

    return CITED.sub(mark, line)


def nearest_key(written: str) -> str:
    """Return the key of the bibliography nearest to what was written, or an empty text.

    Example:
        >>> nearest_key("adams1993"), nearest_key("zebra")
        ('Adams1994', '')
    """
    lower = {known.lower(): known for known in publications()}
    return lower.get(nearest(written, lower), "")


def notes(cited: dict[str, None]) -> list[str]:
    """Return the notes that stand at the end of a lesson, as lines of Markdown."""
    lines = [""]
    for key in cited:
        publication = publications()[key]
        link = f" <https://doi.org/{publication.doi}>" if publication.doi else ""
        lines += [f"[^{key}]: {publication.text}{link}", ""]
    return lines
