"""Slips of the keyboard that Markdown takes for something else, and what programs paste along."""

import re
from collections.abc import Iterator

from hooks.citations import nearest_key
from hooks.lesson_page import Finding, LessonPage, Typed
from hooks.problems import Level

# they take no place, or turn the direction of what follows; joiners between letters and signs stay
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\ufe0f\U0001f000-\U0001faff]+\u200d?\\s*")
_HEADING = re.compile(r" {0,3}#{1,6}\s*(?P<title>.*?)\s*#*\s*$")
_BULLET = re.compile(r"(?P<before>\s*)(?P<mark>[-*•·▪–])(?P<gap>\s*)(?P<text>\S.*)$")
_NUMBER = re.compile(r"(?P<before>\s*)(?P<mark>\d{1,2}[.)])(?P<gap>\s*)(?P<text>\S.*)$")
_BLOCK = re.compile(
    r"\s*(?:#{1,6} |<{7} |={7}|>|\||!!!|\?\?\?|[-*+] |\d+[.)] |\([ xX]?\) |```|~~~|\[\^|<|$)"
)
_OPENER = re.compile(r"(?P<mark>!!!|\?\?\?\+?)(?P<gap>\s*)(?P<kind>[\w-]+)(?P<title>.*)$")
_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX+|lorem ipsum)\b", re.IGNORECASE)
_TWICE = re.compile(r"\b(?P<word>[A-Za-z]+) (?P=word)\b(?!-)", re.IGNORECASE)
_MEANT_TWICE = frozenset(["that", "had"])
_CITED = re.compile(r"\(@(?P<round>[A-Za-z]+\d{4}[a-z]?)\)|\[(?P<bare>[A-Z][A-Za-z]+\d{4}[a-z]?)\](?![(\[:])"
                    r"|(?<![\[\w@`/(.])@(?P<loose>[A-Z][A-Za-z]+\d{4}[a-z]?)\b|\[@(?P<open>[A-Z][A-Za-z]+\d{4}[a-z]?)(?![\w\]])"
                    r"|\[ @ ?(?P<apart>[A-Z][A-Za-z]+\d{4}[a-z]?) ?\]|\[@ (?P<gap>[A-Z][A-Za-z]+\d{4}[a-z]?)\]")  # fmt: skip
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?P<colon>:?)")
_ATTRIBUTES = re.compile(r"\{:?\s*(?P<inside>[^{}%]*=[^{}%]*)\}")
_STRONG = re.compile(r"(?<!\*)\*\*(?!\*)")
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:[ ,]+[A-Z]{2,}){2,}\b")


def merge_marks(page: LessonPage) -> Iterator[Finding]:
    """Find the marks that git leaves where two people changed the same passage."""
    for lines, first in ((page.above, -len(page.above)), (page.lines, 0)):
        for at, line in enumerate(lines):
            if line.startswith("<<<<<<< "):
                what = "Two people changed this passage, and both versions stand here."
                hint = "Keep the right one. Delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
                yield Finding(first + at, 0, Level.MUST_FIX, what, "", hint)


def unseen(page: LessonPage) -> Iterator[Finding]:
    """Find characters that nobody sees, one finding a line."""
    for lines, first in ((page.above, -len(page.above)), (page.lines, 0)):
        if (text := "\n".join(lines)).isascii() and not _CONTROL.search(text):
            continue
        ours = {
            at
            for fence in page.fences
            if fence.word and not first
            for at in range(fence.first, fence.last + 1)
        }
        for at, line in enumerate(lines):
            if found := _UNSEEN.search(line):
                count = len(_UNSEEN.findall(line))
                what = (
                    "This line holds a character that nobody sees."
                    if count == 1
                    else f"This line holds {count} characters that nobody sees."
                )
                why = "Search does not find the word around it."
                hint = f"Type '{_around(line, found)}' again."
                right = _UNSEEN.sub("", line)
                yield Finding(
                    first + at,
                    found.start(),
                    Level.MUST_FIX,
                    what,
                    why,
                    hint,
                    Typed(first + at, 0, line, right),
                )
            elif (found := _CONTROL.search(line)) and at not in ours:  # a block names its own
                what = "This line holds a character that cannot be read."
                yield Finding(
                    first + at,
                    found.start(),
                    Level.MUST_FIX,
                    what,
                    "",
                    "Type the line again, and save the file as UTF-8.",
                )


def _around(line: str, found: re.Match[str]) -> str:
    before = re.search(r"\S*$", line[: found.start()])
    after = re.match(r"\S*", line[found.end() :])
    word = (before[0] if before else "") + (after[0] if after else "")
    return _UNSEEN.sub("", word) or "the line"


def tabs(page: LessonPage) -> Iterator[Finding]:
    """Find rows of a table that a text program pasted, and other tabs."""
    at = 0
    lines = page.outside
    while at < len(lines):
        row = lines[at].strip("\n")
        if "\t" not in row:
            at += 1
            continue
        cells = row.count("\t") if not row.startswith("\t") else 0
        end = at
        while (
            end < len(lines)
            and cells
            and lines[end].count("\t") == cells
            and not lines[end].startswith("\t")
        ):
            end += 1
        if end - at >= 2:
            yield from _pasted_table(page, at, end)
            at = end
        else:
            written = page.lines[at]
            right = _spaced(written)
            what = "A tab stands in this line."
            why = "How far it reaches differs from program to program."
            hint = f"Use spaces: {right.strip()[:60]}"
            yield Finding(
                at, row.index("\t"), Level.PLEASE, what, why, hint, Typed(at, 0, written, right)
            )
            at += 1


def _spaced(line: str) -> str:
    indent = re.match(r"\s*", line)
    before = indent[0] if indent else ""
    return before.expandtabs(4) + re.sub(r"\t+", " ", line[len(before) :])


def _pasted_table(page: LessonPage, first: int, end: int) -> Iterator[Finding]:
    """One finding for the table, and one for each further row, so that a machine can mend all."""
    for at in range(first, end):
        written = page.lines[at]
        cells = [cell.strip() for cell in written.split("\t")]
        right = f"| {' | '.join(cells)} |"
        hint = f"Write: {right}"
        if at == first:
            right += "\n|" + "---|" * len(cells)
            hint += f" and below it, once: |{'---|' * len(cells)}"
        what = "This row of a table was pasted with tabs, so it is shown as running text."
        yield Finding(at, 0, Level.MUST_FIX, what, "", hint, Typed(at, 0, written, right))


def tables(page: LessonPage) -> Iterator[Finding]:
    """Find tables whose second line is missing, and rows with another number of cells."""
    lines = page.outside
    at = 0
    while at < len(lines):
        if not lines[at].lstrip().startswith("|") or (
            at and lines[at - 1].lstrip().startswith("|")
        ):
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].lstrip().startswith("|"):
            end += 1
        head = _cells(lines[at])
        rule = lines[at + 1].strip() if end > at + 1 else ""
        if not re.fullmatch(r"\|(?:\s*:?-+:?\s*\|)+", rule):
            written = page.lines[at]
            line = "|" + "---|" * head
            what = "The line below the heads of this table is missing."
            yield Finding(
                at,
                0,
                Level.MUST_FIX,
                what,
                "",
                f"Write below it: {line}",
                Typed(at, len(written), "", f"\n{line}"),
            )
        else:
            for row in range(at + 2, end):
                if (cells := _cells(lines[row])) != head:
                    what = f"This row has {cells} cells, and its table has {head} columns."
                    yield Finding(
                        row,
                        0,
                        Level.MUST_FIX,
                        what,
                        "",
                        "Add or delete a | so that each column has its cell.",
                    )
        at = end


def _cells(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line.strip().strip("|"))) + 1


def lists(page: LessonPage) -> Iterator[Finding]:
    """Find list items without a space, with a foreign bullet, and lists that join the line above."""
    for at, line in enumerate(page.outside):
        found = _BULLET.match(line) or _NUMBER.match(line)
        if not found or len(found["before"]) > 3:
            continue
        mark, text = found["mark"], found["text"]
        written = page.lines[at]
        if mark in "•·▪" or (mark == "–" and found["gap"]):
            right = f"{found['before']}- {text}"
            what = f"'{mark}' does not begin a list here."
            yield Finding(
                at,
                len(found["before"]),
                Level.MUST_FIX,
                what,
                "",
                f"Write: {right.strip()}",
                Typed(at, 0, written, right),
            )
            continue
        if mark in "*-–":
            if (
                not found["gap"] and mark == "-" and text[0].isalpha() and _like_a_list(page, at)
            ) or (not found["gap"] and mark == "*" and text[0].isalpha() and not _closed(page, at)):
                yield _apart(at, written, found)
        elif not found["gap"] and text[0].isalpha():
            yield _apart(at, written, found)
        if (
            found["gap"]
            and at
            and not _BLOCK.match(page.lines[at - 1])
            and not page.lines[at - 1][:1].isspace()
        ):
            starts_one = not mark[0].isdigit() or mark in ("1.", "1)")
            if starts_one and not _BULLET.match(page.lines[at - 1]):
                what = "This list joins the line above, so it is shown as running text."
                yield Finding(
                    at,
                    0,
                    Level.MUST_FIX,
                    what,
                    "",
                    "Put an empty line above it.",
                    Typed(at, 0, "", "\n"),
                )


def _closed(page: LessonPage, first: int) -> bool:
    """Tell whether a star that begins a line is closed by another one in its paragraph."""
    for at in range(first, len(page.lines)):
        line = page.lines[at]
        if not line.strip() or (at > first and _BLOCK.match(line)):
            return False
        if "*" in line[1:]:
            return True
    return False


def _like_a_list(page: LessonPage, at: int) -> bool:
    near = [page.lines[other] for other in (at - 1, at + 1) if 0 <= other < len(page.lines)]
    return (
        any(re.match(r"\s*-\S", line) or re.match(r"\s*- ", line) for line in near)
        or not near[0].strip()
    )


def _apart(at: int, written: str, found: re.Match[str]) -> Finding:
    right = f"{found['before']}{found['mark']} {found['text']}"
    what = f"'{written.strip()[:40]}' is not shown as a list item."
    return Finding(
        at,
        len(found["before"]),
        Level.MUST_FIX,
        what,
        "",
        f"Put a space behind the {found['mark']}: {right.strip()[:60]}",
        Typed(at, 0, written, right),
    )


def boxes(page: LessonPage) -> Iterator[Finding]:
    """Find openings of boxes that are not read as such, and boxes whose text stands outside."""
    for at, line in enumerate(page.outside):
        found = _OPENER.match(line)
        if not found:
            continue
        written = page.lines[at]
        if not found["gap"]:
            right = f"{found['mark']} {found['kind']}{found['title']}"
            what = f"There is no space behind {found['mark']}, so this is not shown as a box."
            yield Finding(
                at, 0, Level.MUST_FIX, what, "", f"Write: {right}", Typed(at, 0, written, right)
            )
        if found["kind"].lower() == "verdict":
            continue  # what follows it is read with it
        below = next((text for text in page.lines[at + 1 :] if text.strip()), "")
        if not below.startswith(("    ", "\t")):
            what = "The text of this box is missing, or it is not indented."
            yield Finding(
                at, 0, Level.MUST_FIX, what, "", "Begin each line of its text with four spaces."
            )


def heading_signs(page: LessonPage) -> Iterator[Finding]:
    """Find headings that are empty, hold an emoji, end like a sentence, or stand there twice."""
    seen: dict[str, int] = {}
    for at, line in enumerate(page.outside):
        found = _HEADING.match(line) if line.lstrip().startswith("#") else None
        if not found or line.lstrip().startswith("#!"):
            continue
        title, written = found["title"].strip(), page.lines[at]
        if not title:
            yield Finding(
                at,
                0,
                Level.MUST_FIX,
                "This heading has no words.",
                "",
                "Write them behind the #, or delete the line.",
            )
            continue
        if _EMOJI.search(title):
            right = _EMOJI.sub("", written).rstrip()
            what = f"The heading '{title}' holds an emoji."
            why = "It is read aloud by its long name, and lands in the address."
            yield Finding(
                at, 0, Level.PLEASE, what, why, f"Write: {right}", Typed(at, 0, written, right)
            )
        if title.endswith((".", ":")) and not title.endswith(("if:", "...")):
            right = written.rstrip().rstrip(".:")
            what = f"The heading '{title}' ends with '{title[-1]}'."
            yield Finding(
                at,
                0,
                Level.PLEASE,
                what,
                "It is no sentence.",
                f"Write: {right}",
                Typed(at, 0, written, right),
            )
        name = title.lower()
        if name in seen:
            what = f"The heading '{title}' stands here twice."
            why = "A link to it leads to the first one."
            yield Finding(at, 0, Level.PLEASE, what, why, "Say what is different in this part.")
        seen[name] = at


def citations(page: LessonPage) -> Iterator[Finding]:
    """Find sources that are not written as such, and notes that nobody wrote."""
    lines = page.outside
    if "@" in "".join(lines) or re.search(r"\[[A-Z][a-z]+\d{4}", "".join(lines)):
        for at, line in enumerate(lines):
            for found in _CITED.finditer(line):
                key = next(filter(None, found.groups()))
                known = nearest_key(key)
                if found["bare"] and not known:
                    continue
                right = f"[@{known or key}]"
                what = f"'{found[0]}' is not read as a source."
                typed = (
                    Typed(at, found.start(), found[0], right)
                    if known.lower() == key.lower()
                    else None
                )
                yield Finding(at, found.start(), Level.MUST_FIX, what, "", f"Write: {right}", typed)
    if any("[^" in line for line in lines):
        notes = [(at, found) for at, line in enumerate(lines) for found in _NOTE.finditer(line)]
        written = {found["name"] for at, found in notes if found["colon"] and not found.start()}
        for at, found in notes:
            if found["name"] not in written and not found["colon"]:
                known = nearest_key(found["name"])
                what = f"There is no note '{found['name']}' on this page."
                right = f"[@{known}]"
                hint = f"Write: {right}" if known else "Cite a source by its key: [@Adams1994]"
                typed = (
                    Typed(at, found.start(), found[0], right) if known == found["name"] else None
                )
                yield Finding(at, found.start(), Level.MUST_FIX, what, "", hint, typed)


def attributes(page: LessonPage) -> Iterator[Finding]:
    """Find attributes in braces that lessons do not need: sizes, colours, scripts."""
    for at, line in enumerate(page.outside):
        if "{" not in line:
            continue
        for found in _ATTRIBUTES.finditer(line.replace("{{", "  ")):
            if not re.match(r"[\s.#\w-]*[\w-]+\s*=", found["inside"]):
                continue
            what = f"'{found[0]}' sets how something looks or behaves."
            why = "One look holds for every page, and no page runs a script of its own."
            yield Finding(
                at, found.start(), Level.MUST_FIX, what, why, "Delete it, braces included."
            )


def unclosed(page: LessonPage) -> Iterator[Finding]:
    """Find bold text that is never closed within its paragraph."""
    first, count = -1, 0
    for at, line in enumerate([*page.outside, ""]):
        if not line.strip() or _BLOCK.match(line):
            if count % 2:
                what = "The bold text that begins here is never closed."
                yield Finding(
                    first,
                    page.lines[first].find("**"),
                    Level.MUST_FIX,
                    what,
                    "",
                    "Write ** behind its last word.",
                )
            first, count = -1, 0
        here = len(_STRONG.findall(line))
        if here % 2:
            first = at
        count += here


def words(page: LessonPage) -> Iterator[Finding]:
    """Find words typed twice, what was to be filled in later, and shouting."""
    for at, line in enumerate(page.outside):
        if not line or line.lstrip().startswith("|"):
            continue
        for found in _TWICE.finditer(line):
            if found["word"].lower() in _MEANT_TWICE or len(found["word"]) < 2:
                continue
            what = f"'{found[0]}': the same word stands here twice."
            yield Finding(
                at,
                found.start(),
                Level.PLEASE,
                what,
                "",
                f"Write: {found['word']}",
                Typed(at, found.start(), found[0], found["word"]),
            )
        for found in _PLACEHOLDER.finditer(line):
            what = f"'{found[0]}' was to be filled in later."
            yield Finding(
                at,
                found.start(),
                Level.MUST_FIX,
                what,
                "Readers would see it.",
                "Write what belongs here, or delete it.",
            )
        for found in _SHOUTED.finditer(line):
            what = f"'{found[0]}' is all in capitals."
            why = "It is hard to read, and some hear it letter by letter."
            yield Finding(
                at, found.start(), Level.PLEASE, what, why, f"Write: **{found[0].lower()}**"
            )
