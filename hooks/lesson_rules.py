"""How a lesson reads: its words, sentences, numbers and headings, by rules that each say what to type.

What breaks a promise to readers must be fixed; what makes a page hard to read is asked for.
"""

import re
from collections.abc import Callable, Iterator

from hooks import lesson_links, markdown_slips
from hooks.bibliography import publications
from hooks.citations import CITED
from hooks.languages import ENGLISH
from hooks.lesson_meta import LessonMeta, is_lesson, meant_date, read_meta
from hooks.lesson_page import Finding, LessonPage, Typed, without_code
from hooks.problems import Level, Place, Problem, Replacement
from hooks.wording import banned_words, clinical_words, unsafe_advice

WORDS_ON_AVERAGE = 20
WORDS_AT_MOST = 30
SENTENCES_AT_MOST = 3
IN_HOW_MANY = 20
WORDS_A_MINUTE = 200
MINUTES_OFF = 1.5  # so far the stated time may be from the counted one
LAST_PARTS = (
    "What we are not sure about",
    "Check yourself",
    "Next",
)  # of every lesson, in this order
DECISIONS = "about/decisions/"  # for developers, who read longer sentences
_NOT_PAGES = "snippets/"  # parts of pages

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?P<space>\s*)(?P<title>[^\s#{].*)$")
_HTML = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?<!:)(?:\s[^<>]*)?/?>")
_SAME_IN_MARKDOWN = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def lesson_problems(
    page: LessonPage, folder: str = "content", first_line: int = 1
) -> list[Problem]:
    """Return everything that the rules find in a lesson, in the order of its lines.

    Args:
        page: the lesson.
        folder: where the content lies in the repository.
        first_line: the line of its file on which its text starts.
    """
    reading = () if DECISIONS in page.path else _READING_IN.get(page.language, ())
    rules = (*_ALWAYS, *reading)
    found = sorted((finding for rule in rules for finding in rule(page)), key=lambda f: f[:4])
    path = f"{folder}/{page.path}" if folder else page.path
    problems = []
    for line, column, level, what, why, hint, typed in found:
        at = max(first_line + line, 1)
        machine = typed and Replacement(
            max(first_line + typed.line, 1), typed.column + 1, typed.old, typed.new
        )
        problems.append(Problem(Place(path, at, column + 1), what, hint, level, why, machine))
    return problems


def front_matter(page: LessonPage) -> Iterator[Finding]:
    """Find what is wrong above a page's title, and where it no longer fits the text below."""
    if page.path.startswith(_NOT_PAGES):
        return
    meta, found = read_meta(page.above, page.path)
    yield from found
    if is_lesson(page.path) and page.above:
        wrong = {finding.line for finding in found}
        if _line_of(page, "sources:") not in wrong:
            yield from _sources(page, meta)
        if _line_of(page, "minutes:") not in wrong:
            yield from _minutes(page, meta)


def _sources(page: LessonPage, meta: LessonMeta) -> Iterator[Finding]:
    """Find a list of sources that is not the one of the text."""
    text = "\n".join(page.text)
    cited = [key for key in dict.fromkeys(CITED.findall(text)) if key in publications()]
    missing = [key for key in cited if key not in meta.sources]
    left_over = [
        key for key in meta.sources if key not in text
    ]  # one that is cited with a slip is meant
    if missing or left_over:
        at = _line_of(page, "sources:")
        what = (f"The text cites {', '.join(missing)}, and the front matter does not." if missing
                else f"The front matter names {', '.join(left_over)}, and the text does not cite it.")  # fmt: skip
        right = f"sources: [{', '.join(cited)}]"
        written = page.above[at + len(page.above)]
        one_line = (
            written.startswith("sources:")
            and ("[" in written) == ("]" in written)
            and written.strip() != "sources:"
        )
        typed = Typed(at, 0, written, right) if one_line else None
        yield Finding(
            at,
            0,
            Level.PLEASE,
            what,
            "The list is shown to readers and to search engines.",
            f"Write: {right}",
            typed,
        )


def _minutes(page: LessonPage, meta: LessonMeta) -> Iterator[Finding]:
    """Find a time to read that is far from the counted one."""
    minutes = sum(len(sentence.words) for sentence in page.sentences) / WORDS_A_MINUTE
    if meta.minutes and abs(meta.minutes - minutes) > MINUTES_OFF:
        at, whole = _line_of(page, "minutes:"), max(round(minutes), 1)
        written, right = page.above[at + len(page.above)], f"minutes: {whole}"
        what = f"This lesson takes about {whole} {'minute' if whole == 1 else 'minutes'} to read, not {meta.minutes}."
        why = f"Counted at {WORDS_A_MINUTE} words a minute."
        yield Finding(
            at, 0, Level.PLEASE, what, why, f"Write: {right}", Typed(at, 0, written, right)
        )


def parts(page: LessonPage) -> Iterator[Finding]:
    """Find a lesson without a title, without its last parts in their order, or without any label."""
    if not is_lesson(page.path) or not any(line.strip() for line in page.lines):
        return
    titles = [
        (at, found["marks"], found["title"].strip(" #"))
        for at, line in enumerate(page.text)
        if (found := _HEADING.match(line))
    ]
    last = len(page.lines) - 1
    while last and not page.lines[last].strip():
        last -= 1
    if not any(len(marks) == 1 for _, marks, _ in titles):
        first = next((at for at, line in enumerate(page.lines) if line.strip()), 0)
        hint = "Write above the text, with an empty line below it: # Breathe and brace"
        yield Finding(first, 0, Level.MUST_FIX, "This lesson has no title.", "", hint)
    names = [title for _, marks, title in titles if len(marks) == 2]
    for part in LAST_PARTS:
        if part not in names:
            why = "Every lesson ends in the same three parts."
            hint = f"Write, in this order: {', '.join(f'## {name}' for name in LAST_PARTS)}"
            yield Finding(last, 0, Level.PLEASE, f"The part '{part}' is missing.", why, hint)
    if all(part in names for part in LAST_PARTS) and [
        name for name in names if name in LAST_PARTS
    ] != list(LAST_PARTS):
        at = next(at for at, _, title in titles if title in LAST_PARTS)
        hint = f"Put them in this order: {', '.join(LAST_PARTS)}."
        yield Finding(
            at,
            0,
            Level.PLEASE,
            "The last parts stand in another order.",
            "Readers know where to look.",
            hint,
        )
    if not any("(evidence" in line for line in page.text):
        what = "No claim of this lesson says how well it is known."
        hint = "Write behind a claim, for example: (evidence: from mechanics)"
        yield Finding(
            last,
            0,
            Level.PLEASE,
            what,
            "Readers tell what was measured from what is guessed.",
            hint,
        )


def _line_of(page: LessonPage, start: str) -> int:
    """Return the line of the front matter that starts with a text, counted backwards from its end."""
    found = [at for at, line in enumerate(page.above) if line.startswith(start)]
    return (found[0] if found else 0) - len(page.above)


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
            yield Finding(
                at,
                0,
                Level.MUST_FIX,
                what,
                "",
                hint,
                Typed(at, 0, f"{line[: found.start('title')]}", f"{marks} "),
            )
        if len(marks) == 1 and level:
            what = f"'{title}' is a second title."
            why = "A page has one title, which its address and its menu show."
            yield Finding(
                at,
                0,
                Level.MUST_FIX,
                what,
                why,
                f"Write: ## {title}",
                Typed(at, line.index("#"), "#", "##"),
            )
        elif len(marks) > level + 1 and level:
            what = f"The heading '{title}' leaves out a level."
            why = "Readers who listen to the page go from heading to heading."
            fewer = "#" * (level + 1)
            yield Finding(
                at,
                0,
                Level.PLEASE,
                what,
                why,
                f"Write: {fewer} {title}",
                Typed(at, line.index("#"), marks, fewer),
            )
            marks = fewer
        level = len(marks)


def raw_html(page: LessonPage) -> Iterator[Finding]:
    """Find HTML, which trainers need not know and the site does not need."""
    for at, line in enumerate(page.text):
        if "<" not in line:
            continue
        for found in _HTML.finditer(without_code(line)):
            what = f"'{found[0]}' is HTML."
            why = "Lessons are plain Markdown, so that every trainer can change them."
            hint, typed = "Delete it, or ask for a block that does the same.", None
            if found["name"].lower() == "script":
                why = "No page runs a script of its own."
            if right := _SAME_IN_MARKDOWN.get(found["name"].lower()):
                hint, typed = f"Write: {right}", Typed(at, found.start(), found[0], right)
            yield Finding(at, found.start(), Level.MUST_FIX, what, why, hint, typed)


def advice(page: LessonPage) -> Iterator[Finding]:
    """Find advice that the care cards contradict, and care wording outside of them."""
    if page.path.startswith(_NOT_PAGES):
        return
    for at, text in enumerate(page.prose):
        if text and page.outside[at]:
            for found in unsafe_advice(text):
                column = max(page.lines[at].lower().find(found.written.lower()), 0)
                yield Finding(at, column, Level.MUST_FIX, found.what, found.why, found.instead)


def clinical(page: LessonPage) -> Iterator[Finding]:
    """Find the first use of a clinical word that nothing on the page explains."""
    said: set[str] = set()
    for at, text in enumerate(page.prose):
        for found in clinical_words(text) if text else ():
            if found.written.lower() in said:
                continue
            said.add(found.written.lower())
            column = max(page.lines[at].find(found.written), 0)
            what = f"'{found.written}' has no plain explanation yet."
            hint = f"Try: {found.plain} ({found.written}). Or explain it in content/glossary.yml."
            yield Finding(
                at, column, Level.PLEASE, what, "Most readers have never met the word.", hint
            )


def sentence_length(page: LessonPage) -> Iterator[Finding]:
    """Find sentences that are too long to follow, and a page whose sentences are too long on average."""
    sentences = page.sentences
    why = "Short sentences are easier to follow on a phone."
    for sentence in sentences:
        if len(sentence.words) > WORDS_AT_MOST:
            what = f"This sentence has {len(sentence.words)} words."
            middle = " ".join(sentence.words[len(sentence.words) // 2 - 3 :][:3]).rstrip(",.")
            hint = f"Aim for {WORDS_ON_AVERAGE} or fewer: try a full stop near '{middle}'."
            yield Finding(sentence.line, page.column(sentence.line), Level.PLEASE, what, why, hint)
    if sentences:
        average = sum(len(sentence.words) for sentence in sentences) / len(sentences)
        if average > WORDS_ON_AVERAGE:
            longest = max(sentences, key=lambda sentence: len(sentence.words))
            what = f"The sentences of this page have {average:.0f} words on average."
            hint = f"Aim for {WORDS_ON_AVERAGE} or fewer: begin with this one, the longest."
            yield Finding(longest.line, page.column(longest.line), Level.PLEASE, what, why, hint)


def paragraph_length(page: LessonPage) -> Iterator[Finding]:
    """Find paragraphs of more sentences than one thought takes."""
    for sentences in page.paragraphs:
        if len(sentences) > SENTENCES_AT_MOST:
            what = f"This paragraph has {len(sentences)} sentences."
            why = f"{SENTENCES_AT_MOST} are enough for one thought."
            later = sentences[SENTENCES_AT_MOST]
            hint = f"Put an empty line before '{' '.join(later.words[:3])}'."
            line = sentences[0].line
            yield Finding(line, page.column(line), Level.PLEASE, what, why, hint)


def _written(
    pattern: str, better: str | Callable[[re.Match[str]], str], why: str
) -> Callable[[LessonPage], Iterator[Finding]]:
    """Return a rule that knows a better way to write what a pattern finds."""
    wrong = re.compile(pattern)

    def rule(page: LessonPage) -> Iterator[Finding]:
        for at, text in page.with_numbers:
            for found in wrong.finditer(text):
                right = found.expand(better) if isinstance(better, str) else better(found)
                written = page.lines[at]
                column = max(written.find(found[0]), 0)
                # only where it is plain which one is meant
                typed = Typed(at, column, found[0], right) if written.count(found[0]) == 1 else None
                what = f"'{found[0]}' is not how numbers are written here."
                yield Finding(at, column, Level.PLEASE, what, why, f"Write: {right}", typed)

    return rule


def _in_twenty(found: re.Match[str]) -> str:
    count, whole = int(found[1]), int(found[2])
    return f"about {round(count / whole * IN_HOW_MANY)} in {IN_HOW_MANY}"


def _plain_date(written: str) -> str:
    day = meant_date(written)
    return f"{day.day} {day:%B %Y}" if day else "12 March 2026"


_ONE_FORMAT = "One way to write numbers is read without thinking."
_CHANCES = "Readers compare chances only if all are counted in the same way."
_ALWAYS: tuple[Callable[[LessonPage], Iterator[Finding]], ...] = (
    markdown_slips.merge_marks,
    markdown_slips.unseen,
    front_matter,
    banned_wording,
    headings,
    lesson_links.links,
    lesson_links.pictures,
    raw_html,
    markdown_slips.tabs,
    markdown_slips.tables,
    markdown_slips.lists,
    markdown_slips.boxes,
    markdown_slips.citations,
    markdown_slips.attributes,
    markdown_slips.unclosed,
)
_READING: tuple[Callable[[LessonPage], Iterator[Finding]], ...] = (
    parts,
    advice,
    clinical,
    markdown_slips.heading_signs,
    markdown_slips.words,
    sentence_length,
    paragraph_length,
    _written(r"(?<![\w/.])(\d{1,4}[./]\d{1,2}[./]\d{2,4})(?![\w/]|\.\d)", lambda found: _plain_date(found[1]), "Half of the world reads it the other way round."),
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
