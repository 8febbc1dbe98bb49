"""`python -m hooks.preview_comment`: writes the one comment that a change of lessons gets, and its suggestions.

It runs on the code of the main branch, in the job that may write. Which files a change touches comes from the host;
all else comes from the change and is believed no further than `preview_summary.read` goes.
"""

import argparse
import json
import re
import string
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hooks.preview_summary import (
    Finding,
    NotASummary,
    Suggestion,
    Summary,
    beside_lessons,
    read,
    read_suggestions,
)

type File = dict[str, Any]  # an entry of a list that the host gives

MARK = "<!-- what your change comes to -->"  # by it the job finds its comment again
AT_MOST = 10  # of each level, then a count: nobody mends more at a time
LONGEST = 400  # characters of one finding
_BREAK = "\u200b"  # an empty character: behind it nothing is a mention or a number of an issue
_ESCAPED = {ord(mark): f"\\{mark}" for mark in string.punctuation}
_ESCAPED |= {ord("@"): f"\\@{_BREAK}", ord("#"): f"\\#{_BREAK}"}


def plain(text: str, longest: int = LONGEST) -> str:
    r"""Return text that Markdown shows as it is: no links, pictures, HTML, mentions or line breaks.

    Example:
        >>> plain("see [here](x) <b>\n now")
        'see \\[here\\]\\(x\\) \\<b\\> now'
        >>> plain("abc", longest=2)
        'a…'
    """
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    words = " ".join(shown.split())
    cut = words if len(words) <= longest else f"{words[: longest - 1]}…"
    return cut.translate(_ESCAPED)


def touched(files: Iterable[File]) -> set[str]:
    """Return every path of a change, old names among them."""
    names = [file.get(key) for file in files for key in ("filename", "previous_filename")]
    return {str(name) for name in names if name}


def new_lines(patch: str) -> set[int]:
    r"""Return the numbers of the lines that a patch adds: a host takes suggestions at these.

    Example:
        >>> sorted(new_lines("@@ -3,2 +3,3 @@ head\n same\n+new\n-old\n+other"))
        [4, 5]
    """
    found, line = set(), 0
    for row in patch.split("\n"):
        if start := re.match(r"@@ -\S+ \+(\d+)", row):
            line = int(start[1])
        elif row.startswith((" ", "+")):
            if row[0] == "+":
                found.add(line)
            line += 1
    return found


def comment(changed: set[str], artifact: Path, picture: str = "") -> str:
    """Return the comment on a change.

    Args:
        changed: the files it touches, as the host says.
        artifact: the folder that the change's own job left; it is not opened if more than lessons changed.
        picture: the address of the pictures, if there are any.
    """
    beside = beside_lessons(changed)
    if beside:
        return _joined(_refused(beside))
    try:
        summary = read(artifact)
    except NotASummary:
        return _joined(
            [
                "**The preview could not be made.** That is not your fault. Somebody who knows the code will look at it."
            ]
        )
    return _joined(_spoken(summary, changed, picture))


def review(files: Sequence[File], artifact: Path, said: Iterable[File]) -> dict[str, object] | None:
    """Return a review whose suggestions one press takes over, as the host reads it; None if there is nothing to say.

    Args:
        files: the files of the change, as the host lists them.
        artifact: the folder that the change's own job left.
        said: the comments that stand beside lines already; none is said twice.
    """
    if beside_lessons(touched(files)):
        return None
    try:
        found = read_suggestions(artifact)
    except NotASummary:
        return None
    added = {str(file["filename"]): new_lines(str(file.get("patch", ""))) for file in files}
    before = {(comment.get("path"), comment.get("body")) for comment in said}
    comments = [
        {"path": one.path, "line": one.line, "side": "RIGHT", "body": _suggested(one)}
        for one in found
        if one.line in added.get(one.path, ()) and (one.path, _suggested(one)) not in before
    ]
    return {"event": "COMMENT", "comments": comments[:AT_MOST]} if comments else None


def _suggested(suggestion: Suggestion) -> str:
    longest = max(map(len, re.findall("`+", suggestion.replacement)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{plain(suggestion.text)}\n\n{fence}suggestion\n{suggestion.replacement}\n{fence}"


def _joined(lines: Iterator[str] | list[str]) -> str:
    return "\n\n".join([MARK, *lines]) + "\n"


def _refused(beside: Sequence[str]) -> Iterator[str]:
    yield "**This change touches more than lessons, so there is no preview.** Somebody who knows the code will read it."
    yield _list(map(plain, beside))


def _spoken(summary: Summary, changed: set[str], picture: str) -> Iterator[str]:
    ours = [finding for finding in summary.findings if finding.path in changed]
    must = [finding for finding in ours if finding.must_fix]
    please = [finding for finding in ours if not finding.must_fix]
    if must:
        yield f"**{_count(must)} to fix before this can go live.** Nothing that you did can break the live site."
    elif not summary.built:
        yield "**The site could not be built with this change.** Somebody who knows the code will look at it."
    else:
        yield "**This looks good.** Thank you. Somebody will read it and put it on the site."
    if must:
        yield _findings(must)
    if please:
        yield f"{_count(please)} that would make it easier to read. You may leave them."
        yield _findings(please)
    if picture and summary.pages:
        shown = ", ".join(map(plain, summary.pages[:AT_MOST]))
        yield f"[See it as a phone shows it]({picture}): {shown}"


def _count(findings: Sequence[Finding]) -> str:
    return "1 thing" if len(findings) == 1 else f"{len(findings)} things"


def _findings(findings: Sequence[Finding]) -> str:
    return _list(
        f"{plain(finding.path)}, line {finding.line}: {plain(finding.text)}" for finding in findings
    )


def _list(entries: Iterable[str]) -> str:
    lines = list(entries)
    more = len(lines) - AT_MOST
    counted = [f"and {more} more"] if more > 0 else []
    return "\n".join(f"- {line}" for line in [*lines[:AT_MOST], *counted])


def _pages(path: Path) -> list[File]:
    """Return what the host gave page by page, as one list."""
    return [entry for page in json.loads(path.read_text()) for entry in page]


def main() -> int:
    """Write both from the command line."""
    parser = argparse.ArgumentParser(description="Write the comment on a change of lessons.")
    parser.add_argument("--files", type=Path, required=True, help="what the host says is changed")
    parser.add_argument("--said", type=Path, required=True, help="the comments beside its lines")
    parser.add_argument("--artifact", type=Path, required=True, help="what the change's job left")
    parser.add_argument("--picture", default="", help="the address of the pictures")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    asked = parser.parse_args()
    files = _pages(asked.files)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "comment.md").write_text(comment(touched(files), asked.artifact, asked.picture))
    reviewed = review(files, asked.artifact, _pages(asked.said))
    if reviewed:
        (asked.out / "review.json").write_text(json.dumps(reviewed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
