"""How a lesson reads: its words, sentences, numbers and headings, by rules that each say what to type.

What breaks a promise to readers must be fixed; what makes a page hard to read is asked for.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from hooks.fences import SELF_CHECK, fences
from hooks.languages import ENGLISH
from hooks.problems import Level, Place, Problem
from hooks.wording import banned_words, wording

WORDS_ON_AVERAGE = 20
WORDS_AT_MOST = 30
SENTENCES_AT_MOST = 3
IN_HOW_MANY = 20
NOT_REVIEWED = "Not yet reviewed by a health professional."
DECISIONS = "about/decisions/"  # for developers, who read longer sentences
_ASKED_FOR_REVIEW = ("index.md", "calculator.md", "lessons/")

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
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?P<space>\s*)(?P<title>[^\s#{].*)$")
_UNDESCRIBED = re.compile(r"!\[\s*\]\((?P<file>[^()\s]*)[^()]*\)")
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_CODE = re.compile(r"`[^`]*`")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_][\w’'°%.,-]*")


class Finding(NamedTuple):
    """One thing that a rule found: the line and column, counted from 0, and what to say."""

    line: int
    column: int
    level: Level
    what: str
    why: str
    hint: str


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
        language: its tag. The path is as in English: without the language's folder.
    """

    path: str
    lines: Sequence[str]
    above: Sequence[str] = field(default=())
    language: str = ENGLISH

    @cached_property
    def prose(self) -> list[str]:
        """Each line without what nobody reads as text; empty for a line that is none."""
        return [_plain(line) for line in self.text]

    @cached_property
    def with_numbers(self) -> list[tuple[int, str]]:
        """The lines of its prose that hold a digit, each with its place."""
        return [(at, text) for at, text in enumerate(self.prose) if _DIGIT.search(text)]

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
        for fence in fences(self.lines):
            for at in range(fence.first, fence.last + 1):
                inside = fence.first < at < fence.last and fence.word == SELF_CHECK
                if not inside:
                    kept[at] = ""
        return kept

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


def lesson_problems(
    page: LessonPage, folder: str = "content", first_line: int = 1
) -> list[Problem]:
    """Return everything that the rules find in a lesson, in the order of its lines.

    Args:
        page: the lesson.
        folder: where the content lies in the repository.
        first_line: the line of its file on which its text starts.
    """
    if not wording(page.language):  # nobody has written down how this language reads
        rules = _IN_ANY_LANGUAGE
    else:
        reading = () if page.path.startswith(DECISIONS) else _READING_IN.get(page.language, ())
        rules = (*_ALWAYS, *reading)
    found = sorted(finding for rule in rules for finding in rule(page))
    path = f"{folder}/{page.path}" if folder else page.path
    return [
        Problem(Place(path, first_line + line, column + 1), what, hint, level, why)
        for line, column, level, what, why, hint in found
    ]


def banned_wording(page: LessonPage) -> Iterator[Finding]:
    """Find words that promise or examine, in the front matter too."""
    for lines, first in ((page.above, -len(page.above)), (page.lines, 0)):
        text = "\n".join(lines)
        for used in banned_words(text, page.language):
            line = text.count("\n", 0, used.start)
            column = used.start - (text.rfind("\n", 0, used.start) + 1)
            what = f"'{used.written}' may not be used on this site."
            hint = used.banned.instead
            yield Finding(first + line, column, Level.MUST_FIX, what, used.banned.why, hint)


def review_line(page: LessonPage) -> Iterator[Finding]:
    """Find a lesson that does not say whether a professional has read it."""
    if not page.path.startswith(_ASKED_FOR_REVIEW):
        return
    if any(line.startswith("reviewed_by:") for line in page.above):
        return
    listed = wording(page.language)
    sentence = listed.not_reviewed if listed else NOT_REVIEWED
    if not any(line.strip() == sentence for line in page.lines):
        what = "The line about the review is missing."
        why = "Readers are told whether a health professional has read the page."
        yield Finding(0, 0, Level.MUST_FIX, what, why, f"Write below the title: {sentence}")


def headings(page: LessonPage) -> Iterator[Finding]:
    """Find headings that are not shown as such, and those that leave out a level."""
    level = 0
    for at, line in enumerate(page.text):
        found = _HEADING.match(line)
        if not found:
            continue
        marks, title = found["marks"], found["title"].strip(" #")
        if not found["space"]:
            what = f"'{line.strip()}' is not shown as a heading."
            hint = f"Put a space behind the {marks}: {marks} {title}"
            yield Finding(at, 0, Level.MUST_FIX, what, "", hint)
        if len(marks) == 1 and level:
            what = f"'{title}' is a second title."
            why = "A page has one title, which its address and its menu show."
            yield Finding(at, 0, Level.MUST_FIX, what, why, f"Write: ## {title}")
        elif len(marks) > level + 1 and level:
            what = f"The heading '{title}' leaves out a level."
            why = "Readers who listen to the page go from heading to heading."
            yield Finding(at, 0, Level.PLEASE, what, why, f"Write: {'#' * (level + 1)} {title}")
        level = len(marks)


def pictures(page: LessonPage) -> Iterator[Finding]:
    """Find pictures that say nothing to those who do not see them."""
    for at, line in enumerate(page.text):
        for found in _UNDESCRIBED.finditer(line):
            what = f"The picture {found['file']} has no description."
            why = "Readers who do not see it hear nothing."
            hint = f"Say what it teaches: ![Hips flat on the pad at the bottom]({found['file']})"
            yield Finding(at, found.start(), Level.MUST_FIX, what, why, hint)


def raw_html(page: LessonPage) -> Iterator[Finding]:
    """Find HTML, which trainers need not know and the site does not need."""
    for at, line in enumerate(page.text):
        for found in _HTML.finditer(_CODE.sub(lambda code: " " * len(code[0]), line)):
            what = f"'{found[0]}' is HTML."
            why = "Lessons are plain Markdown, so that every trainer can change them."
            hint = "Delete it, or ask for a block that does the same."
            yield Finding(at, found.start(), Level.MUST_FIX, what, why, hint)


def sentence_length(page: LessonPage) -> Iterator[Finding]:
    """Find sentences that are too long to follow, and a page whose sentences are too long on average."""
    sentences = [sentence for paragraph in page.paragraphs for sentence in paragraph]
    why = "Short sentences are easier to follow on a phone."
    for sentence in sentences:
        if len(sentence.words) > WORDS_AT_MOST:
            what = f"This sentence has {len(sentence.words)} words."
            middle = " ".join(sentence.words[len(sentence.words) // 2 - 3 :][:3]).rstrip(",.")
            hint = f"Aim for {WORDS_ON_AVERAGE} or fewer: try a full stop near '{middle}'."
            yield Finding(
                sentence.line, _column(page, sentence.line), Level.PLEASE, what, why, hint
            )
    if sentences:
        average = sum(len(sentence.words) for sentence in sentences) / len(sentences)
        if average > WORDS_ON_AVERAGE:
            longest = max(sentences, key=lambda sentence: len(sentence.words))
            what = f"The sentences of this page have {average:.0f} words on average."
            hint = f"Aim for {WORDS_ON_AVERAGE} or fewer: begin with this one, the longest."
            yield Finding(longest.line, _column(page, longest.line), Level.PLEASE, what, why, hint)


def paragraph_length(page: LessonPage) -> Iterator[Finding]:
    """Find paragraphs of more sentences than one thought takes."""
    for sentences in page.paragraphs:
        if len(sentences) > SENTENCES_AT_MOST:
            what = f"This paragraph has {len(sentences)} sentences."
            why = f"{SENTENCES_AT_MOST} are enough for one thought."
            later = sentences[SENTENCES_AT_MOST]
            hint = f"Put an empty line before '{' '.join(later.words[:3])}'."
            line = sentences[0].line
            yield Finding(line, _column(page, line), Level.PLEASE, what, why, hint)


def _written(
    pattern: str, better: str | Callable[[re.Match[str]], str], why: str
) -> Callable[[LessonPage], Iterator[Finding]]:
    """Return a rule that knows a better way to write what a pattern finds."""
    wrong = re.compile(pattern)

    def rule(page: LessonPage) -> Iterator[Finding]:
        for at, text in page.with_numbers:
            for found in wrong.finditer(text):
                right = found.expand(better) if isinstance(better, str) else better(found)
                column = max(page.lines[at].find(found[0]), 0)
                what = f"'{found[0]}' is not how numbers are written here."
                yield Finding(at, column, Level.PLEASE, what, why, f"Write: {right}")

    return rule


def _in_twenty(found: re.Match[str]) -> str:
    count, whole = int(found[1]), int(found[2])
    return f"about {round(count / whole * IN_HOW_MANY)} in {IN_HOW_MANY}"


_ONE_FORMAT = "One way to write numbers is read without thinking."
_CHANCES = "Readers compare chances only if all are counted in the same way."
_IN_ANY_LANGUAGE: tuple[Callable[[LessonPage], Iterator[Finding]], ...] = (
    headings,
    pictures,
    raw_html,
)
_ALWAYS: tuple[Callable[[LessonPage], Iterator[Finding]], ...] = (
    banned_wording,
    review_line,
    *_IN_ANY_LANGUAGE,
)
_READING: tuple[Callable[[LessonPage], Iterator[Finding]], ...] = (
    sentence_length,
    paragraph_length,
    _written(r"(?<![\w.,])(\d+(?:\.\d+)?)%", r"\1 %", _ONE_FORMAT),
    _written(r"(?<![\w.,])(\d+(?:\.\d+)?) ?(?:percent|per cent)\b", r"\1 %", _ONE_FORMAT),
    _written(r"(?<![\w.,])(\d+(?:\.\d+)?) °(?!C)", r"\1°", _ONE_FORMAT),
    _written(r"(?<![\w.,])(\d+(?:\.\d+)?)(mmHg|MPa|kN|cm|mm|kg|lb|km|m|N)\b", r"\1 \2", _ONE_FORMAT),
    _written(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\d,])", lambda found: found[0].replace(",", ""), _ONE_FORMAT),
    _written(r"(?<![\w.,])(\d+),(\d{1,2})(?![\d,])", r"\1.\2", _ONE_FORMAT),
    _written(r"(?<![\w.,–-])(\d+(?:\.\d+)?) ?[–-] ?(\d+(?:\.\d+)?)(?![\w–-])", r"\1 to \2", _ONE_FORMAT),
    _written(r"(?<![\w.,])(\d{1,3}) in (?!20\b)([1-9]\d{0,2}|1000)(?![\w.,]\d|\w)", _in_twenty, _CHANCES),
    _written(
        r"(?i)(?<!about )(?<!fewer than )(?<!more than )(?<!nearly )\b(?<![.,])(\d{1,2}) in 20\b(?! ?\w*°)",
        r"about \1 in 20",
        "Nobody knows a chance so exactly.",
    ),
)  # fmt: skip
_READING_IN = {
    ENGLISH: _READING,
    "de": (
        sentence_length,
        paragraph_length,
        _written(r"(?<![\w.,])(\d+(?:,\d+)?)%", r"\1 %", _ONE_FORMAT),
        _written(r"(?<![\w.,])(\d+)\.(\d{1,2})(?![\d.])", r"\1,\2", _ONE_FORMAT),
    ),
}


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


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" >\t"))


def _column(page: LessonPage, line: int) -> int:
    return _indent(page.lines[line])
