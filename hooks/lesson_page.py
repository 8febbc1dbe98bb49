"""A lesson as the rules see it: its lines, what of them is prose, its sentences and paragraphs."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from hooks.content_folder import ContentFolder
from hooks.fences import SELF_CHECK, Fence, fences
from hooks.languages import ENGLISH
from hooks.problems import Level

_LEFT_OUT = re.compile(
    r"\s*(?:#|\||<!--|\[\^|\*\[|:::|-{3,}\s*$|<)"  # headings, tables, comments, notes, rules, HTML
)
_OPENER = re.compile(r"\s*(?:!!!|\?\?\?\+?|={3}\+?)\s")
_MARKER = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)]|\([ xX]?\))\s+)+")
_OPTION = re.compile(r" {0,3}\([ xX]?\)\s")
_NOT_PROSE = re.compile(
    r"!\[[^\[\]]*\]\([^()]*\)"  # a picture
    r"|\[[@^][^\[\]]+\]"  # a source
    r"|\(evidence\b(?:[^()]|\([^()]*\))*\)"
    r"|\{:?\s*[.#][^}]*\}"  # attributes
    r"|<[^>]+>|`[^`]*`"
)
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_INSERTED = re.compile(r"\{\{[^{}]*\}\}")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)*_]*\s+(?=[\"'“‘„(*_]*[A-ZÄÖÜ0-9])")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_][\w’'°%.,-]*")


class Typed(NamedTuple):
    """What a machine may type: the old text of one line, from a column counted from 0, and the new."""

    line: int
    column: int
    old: str
    new: str


class Finding(NamedTuple):
    """One thing that a rule found: the line and column, counted from 0, and what to say.

    Lines of the front matter are counted backwards from its end: -1 is the last one.
    """

    line: int
    column: int
    level: Level
    what: str
    why: str
    hint: str
    typed: Typed | None = None


class Sentence(NamedTuple):
    """A sentence: the line on which it begins, counted from 0, and its words."""

    line: int
    words: list[str]


@dataclass(frozen=True)
class LessonPage:
    """A lesson as the rules see it.

    Attributes:
        path: from the top of the content.
        lines: its text, front matter left out.
        above: its front matter.
        folder: the files around it; None where there are none to look at.
        language: its tag.
    """

    path: str
    lines: Sequence[str]
    above: Sequence[str] = field(default=())
    folder: ContentFolder | None = None
    language: str = ENGLISH

    @cached_property
    def fences(self) -> list[Fence]:
        """Its outermost fences."""
        return list(fences(self.lines))

    @cached_property
    def prose(self) -> list[str]:
        """Each line without what nobody reads as text; empty for a line that is none."""
        return [_plain(line) for line in self.text]

    @cached_property
    def with_numbers(self) -> list[tuple[int, str]]:
        """The lines of its prose that hold a digit, each with its place."""
        return [(at, text) for at, text in enumerate(self.prose) if _DIGIT.search(text)]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence of every paragraph."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    @cached_property
    def paragraphs(self) -> list[list[Sentence]]:
        """What stands between empty lines, list items and the options of a self-check."""
        found: list[list[Sentence]] = []
        gathered: list[int] = []
        for at, text in enumerate(self.prose):
            if not text or self._begins(at):
                found.append(self._sentences(gathered))
                gathered = []
            if text:
                gathered.append(at)
        found.append(self._sentences(gathered))
        return [sentences for sentences in found if sentences]

    @cached_property
    def text(self) -> list[str]:
        """Its lines; those of blocks that hold no text are empty."""
        kept = list(self.lines)
        for fence in self.fences:
            for at in range(fence.first, fence.last + 1):
                inside = fence.first < at < fence.last and fence.word == SELF_CHECK
                if not inside:
                    kept[at] = ""
        return kept

    @cached_property
    def readable(self) -> list[str]:
        """Its lines as in `text`, with spaces in place of code in backticks."""
        return [without_code(line) if "`" in line else line for line in self.text]

    @cached_property
    def outside(self) -> list[str]:
        """Its lines; those of every block are empty, a self-check's too, and code in backticks is blank."""
        kept = list(self.lines)
        for fence in self.fences:
            kept[fence.first : fence.last + 1] = [""] * (fence.last + 1 - fence.first)
        return [without_code(line) if "`" in line else line for line in kept]

    def column(self, line: int) -> int:
        """Return where the text of a line begins."""
        written = self.lines[line]
        return len(written) - len(written.lstrip(" >\t"))

    def _begins(self, at: int) -> bool:
        """Tell whether a line starts a list item, an option, or an option's explanation."""
        above = self.text[at - 1] if at else ""
        return bool(_MARKER.match(self.text[at]) or _OPTION.match(above))

    def _sentences(self, gathered: Sequence[int]) -> list[Sentence]:
        starts, text = [], ""
        for at in gathered:
            starts.append(len(text))
            text += self.prose[at] + " "
        found, begin = [], 0
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        for end in [*ends, len(text)]:
            words = _WORD.findall(text[begin:end])
            if words:
                found.append(Sentence(gathered[bisect_right(starts, begin) - 1], words))
            begin = end
        return found


def without_code(line: str) -> str:
    """Return a line with spaces in place of what stands in backticks.

    Example:
        >>> without_code("See `<b>` there")
        'See       there'
    """
    return re.sub(r"`[^`]*`", lambda code: " " * len(code[0]), line)


def _plain(line: str) -> str:
    """Return what a reader reads of a line, or an empty text.

    Example:
        >>> _plain("* **Fold** it {{ advice.feet }} [more](x.md).[@Adams1994]")
        'Fold it 0 more.'
    """
    if _LEFT_OUT.match(line) or _OPENER.match(line):
        return ""
    text = _MARKER.sub("", line, count=1) if _MARKER.match(line) else line
    text = _LINK.sub(r"\1", _NOT_PROSE.sub("", _INSERTED.sub("0", text)))
    return " ".join(re.sub(r"\*+|(?<!\w)_+|_+(?!\w)|^[\s>]+", "", text).split())
