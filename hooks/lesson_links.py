"""Where the links of a lesson lead, and what its pictures show, weigh and say."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote

from hooks.lesson_page import Finding, LessonPage, Typed
from hooks.problems import Level, nearest

HEAVIEST_KB = 300  # a picture; a whole lesson may weigh 120 KB, so this is generous
ALT_AT_MOST = 250
_SHOWN = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".avif", ".gif")
_LINK = re.compile(
    r"(?P<mark>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<to><[^<>]*>|[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")
_DEFINITION = re.compile(r" {0,3}\[(?P<text>[^\[\]^@]+)\]:\s*(?P<to>\S+)")
_SPACED = re.compile(
    r"(?<![!\]\\])\[(?P<text>[^\[\]@^]+)\] +\((?P<to>[\w./#:-]*(?:\.md|://)[^()\s]*)\)"
)
_REVERSED = re.compile(r"\((?P<text>[^()]+)\)\[(?P<to>[^\[\]\s]*(?:\.md|://)[^\[\]\s]*)\]")
_UNCLOSED = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<to>[\w./#:-]*(?:\.md|://)[^()\s]*)\s*$")
_BARE = re.compile(r"(?<![<(\"'=\w/.@:\[\]])(?:https?://|www\.)[^\s<>()\[\]]+[\w/]")
_SCHEME = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9+.-]*):")
_SAYS_NOTHING = frozenset(
    ["here", "click here", "this", "link", "this link", "read more", "more", "this page"]
)
_NO_WORDS = re.compile(
    r"(?:IMG|DSC|image|picture|photo|screenshot|bild|graphic)[\W_\d]*(?:\.\w+)?|[\w-]+\.(?:png|jpe?g|svg|webp|gif)",
    re.IGNORECASE,
)


def links(page: LessonPage) -> Iterator[Finding]:
    """Find links that lead nowhere, and those that are not read as links."""
    for at, line in enumerate(page.readable):
        if "](" in line or "]:" in line:
            for found in _LINK.finditer(line):
                if not found["mark"]:
                    yield from _link(page, at, found.start("to"), found["text"], found["to"])
                    yield from _words(at, found)
            defined = _DEFINITION.match(line)
            if defined and not line.lstrip().startswith("[^"):
                yield from _link(page, at, defined.start("to"), defined["text"], defined["to"])
            if cut := _UNCLOSED.search(line):
                what, right = "The bracket of this link is never closed.", f"{cut[0].rstrip()})"
                yield _mend(at, cut.start(), what, cut[0], right)
        if "[" in line:
            for found in _SPACED.finditer(line):
                right = f"[{found['text']}]({found['to']})"
                yield _mend(
                    at,
                    found.start(),
                    "A space parts this link, so it is not shown as one.",
                    found[0],
                    right,
                )
            for found in _REVERSED.finditer(line):
                right = f"[{found['text']}]({found['to']})"
                yield _mend(
                    at,
                    found.start(),
                    "The brackets of this link stand the wrong way round.",
                    found[0],
                    right,
                )
        if "://" in line or "www." in line:
            for found in _BARE.finditer(_LINK.sub(lambda link: " " * len(link[0]), line)):
                address = found[0] if "://" in found[0] else f"https://{found[0]}"
                if _DEFINITION.match(line):
                    continue
                what = f"'{found[0]}' is not shown as a link."
                hint = f"Say what is there: [What the page says]({address})"
                yield Finding(
                    at, found.start(), Level.PLEASE, what, "A bare address says nothing.", hint
                )


def pictures(page: LessonPage) -> Iterator[Finding]:
    """Find pictures that are missing, too heavy, of a kind that browsers do not show, or say nothing."""
    for at, line in enumerate(page.readable):
        if "![" not in line:
            continue
        for found in _LINK.finditer(line):
            if found["mark"]:
                file = _address(found["to"])
                yield from _picture(page, at, found.start(), file)
                yield from _description(at, found.start(), found["text"].strip(), file)


def _link(page: LessonPage, at: int, column: int, text: str, written: str) -> Iterator[Finding]:
    to = _address(written)
    right, what, why = "", "", ""
    scheme = _SCHEME.match(to)
    if not to:
        hint = f"Write where it leads: [{text}](../setup/index.md)"
        yield Finding(at, column, Level.MUST_FIX, f"The link '{text}' has no address.", "", hint)
    elif to.startswith("http://"):
        hint = f"Write: https://{to[7:]}"
        why = "Others on the way can read and change what it brings."
        yield Finding(
            at,
            column,
            Level.PLEASE,
            f"'{to}' is an open line.",
            why,
            hint,
            Typed(at, column, to, f"https://{to[7:]}"),
        )
    elif scheme and scheme["name"].lower() not in ("https", "mailto", "tel"):
        what = f"'{to}' leads to no page that readers can open."
        yield Finding(
            at,
            column,
            Level.MUST_FIX,
            what,
            "",
            "Write an address that begins with https://, or a file of this site.",
        )
    elif to.startswith("www."):
        what, right = f"'{to}' is taken for a file of this site.", f"https://{to}"
    elif "\\" in to:
        what, right = f"'{to}' has backslashes.", to.replace("\\", "/")
    elif not scheme:
        yield from _inside(page, at, column, to)
    if right:
        yield Finding(
            at, column, Level.MUST_FIX, what, why, f"Write: {right}", Typed(at, column, to, right)
        )


def _in_english(page: LessonPage, target: str) -> str:
    """Return the English file that stands in where a language has none of its own, or the file itself."""
    english = target.removeprefix(f"{page.language}/")
    files = page.folder.files if page.folder else ()
    return english if target not in files and english in files else target


def _inside(page: LessonPage, at: int, column: int, to: str) -> Iterator[Finding]:
    """Find a link within the site that leads to no page, or to no part of it."""
    folder = page.folder
    if folder is None:
        return
    file, _, anchor = to.partition("#")
    file, anchor = unquote(file.partition("?")[0]), unquote(anchor)
    target = (
        page.path
        if not file
        else normpath(join(dirname(page.path), file))
        if file[0] != "/"
        else file.strip("/")
    )
    target = _in_english(page, target)
    if file and (file[0] == "/" or target not in folder.files):
        index = f"{target}/index.md"
        known = [name for name in (target, index, f"{target}.md", re.sub(r"(?:/index)?\.html?$", ".md", target),
                                   re.sub(r"\.html?$", "/index.md", target)) if name in folder.files]  # fmt: skip
        match = (
            relpath(known[0], dirname(page.path) or ".")
            if known
            else folder.nearest_link(page.path, target)
        )
        what = f"There is no page '{file}' here."
        if not match:
            yield Finding(
                at,
                column,
                Level.MUST_FIX,
                what,
                "",
                "Look up the file in content/, and write the way to it.",
            )
            return
        right = match + (f"#{anchor}" if anchor else "")
        # which file a misspelt name means, only a person can tell
        typed = Typed(at, column, to, right) if known else None
        yield Finding(at, column, Level.MUST_FIX, what, "", f"Write: {right}", typed)
    elif anchor and target.endswith(".md"):
        known_anchors = folder.anchors(target)
        if anchor in known_anchors:
            return
        match = nearest(anchor, known_anchors)
        right = f"{to.partition('#')[0]}#{match}"
        what = (
            f"{'This page' if target == page.path else f'The page {file}'} has no part '#{anchor}'."
        )
        hint = (
            f"Write: {right}"
            if match
            else "Write the words of its heading in small letters, with hyphens."
        )
        yield Finding(at, column, Level.MUST_FIX, what, "", hint)


def _words(at: int, found: re.Match[str]) -> Iterator[Finding]:
    text = found["text"].strip()
    if not text:
        hint = f"Say where it leads: [Set up your machine]({found['to']})"
        yield Finding(
            at,
            found.start(),
            Level.MUST_FIX,
            "This link has no words.",
            "Nobody can press it.",
            hint,
        )
    elif text.lower().strip(".!*_ ") in _SAYS_NOTHING:
        what = f"The link '{text}' does not say where it leads."
        why = "Readers who listen to the page go from link to link."
        yield Finding(
            at,
            found.start(),
            Level.PLEASE,
            what,
            why,
            f"Write, for example: [Set up your machine]({found['to']})",
        )


def _picture(page: LessonPage, at: int, column: int, file: str) -> Iterator[Finding]:
    bare = unquote(file.partition("#")[0])
    if re.match(r"(?:https?:)?//|data:", file):
        what = f"The picture {file[:60]} lies on another host."
        why = "Every reader's visit would be told to that host."
        yield Finding(
            at,
            column,
            Level.MUST_FIX,
            what,
            why,
            "Put the file beside the lesson, if its licence allows it.",
        )
        return
    ending = bare[bare.rfind(".") :].lower() if "." in bare else ""
    if ending not in _SHOWN:
        what = f"Browsers do not show {bare.rpartition('/')[2] or 'this picture'}."
        yield Finding(
            at,
            column,
            Level.MUST_FIX,
            what,
            "",
            f"Save it as one of: {', '.join(kind[1:] for kind in _SHOWN[:5])}.",
        )
        return
    if page.folder is None:
        return
    target = _in_english(page, normpath(join(dirname(page.path), bare)))
    if target not in page.folder.files:
        pictured = [name for name in page.folder.files if name.lower().endswith(_SHOWN)]
        match = nearest(target, pictured)
        right = relpath(match, dirname(page.path) or ".") if match else ""
        hint = f"Write: {right}" if match else "Add the file beside the lesson, or mend its name."
        yield Finding(at, column, Level.MUST_FIX, f"There is no picture {bare}.", "", hint)
    elif (weighs := page.folder.size(target) / 1000) > HEAVIEST_KB:
        what = (
            f"The picture {bare} weighs {weighs / 1000:.1f} MB."
            if weighs >= 1000
            else f"The picture {bare} weighs {weighs:.0f} KB."
        )
        why = "Readers pay for it on a phone."
        hint = f"Make it at most 1200 pixels wide, and lighter than {HEAVIEST_KB} KB."
        yield Finding(at, column, Level.MUST_FIX, what, why, hint)


def _description(at: int, column: int, text: str, file: str) -> Iterator[Finding]:
    example = f"Say what it teaches: ![Hips flat on the pad at the bottom]({file})"
    if not text:
        why = "Readers who do not see it hear nothing."
        yield Finding(
            at, column, Level.MUST_FIX, f"The picture {file} has no description.", why, example
        )
    elif _NO_WORDS.fullmatch(text):
        why = "Readers who do not see it hear only that."
        yield Finding(
            at, column, Level.MUST_FIX, f"'{text}' does not describe the picture.", why, example
        )
    elif len(text) > ALT_AT_MOST:
        what = f"The description of {file} has {len(text)} characters."
        why = "It is heard in one go."
        yield Finding(
            at,
            column,
            Level.PLEASE,
            what,
            why,
            f"Use {ALT_AT_MOST} or fewer, and put the rest into the text.",
        )


def _address(written: str) -> str:
    return _TITLE.sub("", written).strip().removeprefix("<").removesuffix(">").strip()


def _mend(at: int, column: int, what: str, old: str, right: str) -> Finding:
    return Finding(
        at,
        column,
        Level.MUST_FIX,
        what,
        "",
        f"Write: {right}",
        Typed(at, column, old.rstrip(), right),
    )
