"""The folder of content as links see it: which files there are, how large, and which anchors a page has."""

import re
from functools import cached_property
from pathlib import Path
from posixpath import dirname, relpath

from markdown.extensions.toc import slugify, unique

from hooks.bibliography import publications
from hooks.fences import GENERATED, INTERACTIVE, fences
from hooks.generated_blocks import GENERATED_BLOCKS
from hooks.glossary import read_glossary
from hooks.problems import nearest

NOT_PAGES = ("snippets/", "lessons/schema.json")  # no reader's page can link to them
_HEADING = re.compile(r" {0,3}#{1,6}\s*(?P<title>.+?)\s*#*\s*$")
_ID = re.compile(r"\{[^{}]*#(?P<id>[\w:.-]+)[^{}]*\}")
_NO_TEXT = re.compile(r"\{:?\s*[.#][^}]*\}\s*$|\[@[^\]]*\]|\]\([^)]*\)|[*`\[]")
_HTML_ID = re.compile(r'\sid="([^"]+)"')


class ContentFolder:
    """A folder of content; what was looked at once is remembered, so make a new one for a new build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._anchors: dict[str, frozenset[str]] = {}

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file that a page may link to, from the top of the content."""
        names = (
            path.relative_to(self.root).as_posix()
            for path in self.root.rglob("*")
            if path.is_file()
        )
        return frozenset(name for name in names if not name.startswith(NOT_PAGES))

    def size(self, path: str) -> int:
        """Return how large a file is [bytes]."""
        return (self.root / path).stat().st_size

    def nearest_link(self, page: str, wanted: str) -> str:
        """Return how a page links to the file nearest to one that is not there, or an empty text."""
        name = nearest(wanted, self.files) or self._same_name(wanted)
        return relpath(name, dirname(page) or ".") if name else ""

    def anchors(self, path: str) -> frozenset[str]:
        """Return the anchors of a page, as far as its text gives them."""
        if path not in self._anchors:
            text = (self.root / path).read_bytes().decode("utf-8-sig", errors="replace")
            self._anchors[path] = anchors(text.splitlines())
        return self._anchors[path]

    def _same_name(self, wanted: str) -> str:
        name = wanted.rpartition("/")[2].lower()
        found = [file for file in sorted(self.files) if file.rpartition("/")[2].lower() == name]
        return found[0] if len(found) == 1 else ""


def anchors(lines: list[str]) -> frozenset[str]:
    """Return the anchors that headings, attributes and generated blocks of a text make.

    Example:
        >>> sorted(anchors(["# A *b*", "## How { #why }", "``` text", "# no", "```"]))
        ['a-b', 'why']
    """
    found: set[str] = set()
    kept = list(lines)
    for count, fence in enumerate(fences(lines), 1):
        kept[fence.first : fence.last + 1] = [""] * (fence.last + 1 - fence.first)
        if fence.word == GENERATED:
            found |= _generated(fence.name)
        elif fence.word == INTERACTIVE:
            found.add(f"{fence.name}-{count}")
    titles: set[str] = set()
    for line in kept:
        if given := _ID.search(line):
            found.add(given["id"])
        elif heading := _HEADING.match(line):
            unique(slugify(_NO_TEXT.sub("", heading["title"]), "-"), titles)
    return frozenset(found | titles)


def _generated(name: str) -> set[str]:
    if name == "glossary":
        return {term.anchor for term in read_glossary().terms}
    if name == "sources":
        return set(publications())
    return set(_HTML_ID.findall(GENERATED_BLOCKS[name]())) if name in GENERATED_BLOCKS else set()
