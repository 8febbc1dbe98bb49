"""Remembers what the Markdown of each page became, so that a build converts only what has changed.

A page follows from its own text, from what every page may draw on, and from the files and anchors that its links
may lead to. Problems found on the way are kept with it, and told again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from hooks.answer_book import AnswerBooks
from hooks.bibliography import publications
from hooks.content_folder import ContentFolder
from hooks.kept_values import KeptFiles, key_of, the_code
from hooks.lesson_meta import LessonMeta, read_meta
from hooks.problems import Problem, ProblemReport

_PAGE = ".md"
_PARTS_OF_PAGES = "snippets/"
_ALL_SOURCES = "generated sources"


@dataclass(frozen=True)
class Converted:
    """What a page's Markdown became.

    Attributes:
        html: its content.
        toc: its headings.
        title: its own, for a page whose front matter gives none.
        problems: what its trainer is told.
        books: the answer books of its widgets.
        meta: what it says about itself.
    """

    html: str
    toc: TableOfContents
    title: str
    problems: Sequence[Problem]
    books: Sequence[Path]
    meta: LessonMeta


class KeptPages:
    """The pages of one build: ask with `begin` before a page is converted, and `end` after it.

    Attributes:
        drawn_on: what every page of this build draws on, as the function of that name says it.
        meta: what the page that comes next says about itself.
    """

    def __init__(self, folder: Path, report: ProblemReport, books: AnswerBooks) -> None:
        """Keep pages in a folder.

        Args:
            folder: where they stay between builds.
            report: where the problems of pages go.
            books: the site's answer books.
        """
        self.drawn_on = ""
        self.meta = LessonMeta()
        self._kept = KeptFiles[Converted](folder)
        self._report, self._books = report, books
        self._key = ""
        self._found: Converted | None = None
        self._told_before = self._asked_before = 0

    def tidy(self) -> None:
        """Forget pages of long ago."""
        self._kept.tidy()

    def begin(self, page: Page, above: Sequence[str], *told: str) -> bool:
        """Tell whether a page is known already and need not be converted.

        Args:
            page: it comes next.
            above: its front matter.
            told: everything else that its conversion is given beside what all pages draw on.
        """
        cited = _cited(" ".join([*above, *told]))
        self._key = key_of(self.drawn_on, page.file.src_uri, *above, *told, cited)
        self._found = self._kept.find(self._key)
        if self._found and not all(book.exists() for book in self._found.books):
            self._found = None
        path = page.file.src_uri
        self.meta = self._found.meta if self._found else read_meta(above, path)[0]
        self._told_before = len(self._report.problems)
        self._asked_before = len(self._books.asked)
        return self._found is not None

    def end(self, page: Page, html: str) -> str:
        """Return a page's content: the kept one, or the one that has just been made, which is kept."""
        if self._found:
            page.toc = self._found.toc
            if "title" not in page.meta:
                page.title = self._found.title
            self._report.problems.extend(self._found.problems)
            self._books.asked.extend(self._found.books)
            return self._found.html
        problems = self._report.problems[self._told_before :]
        books = self._books.asked[self._asked_before :]
        made = Converted(html, page.toc, str(page.title), problems, books, self.meta)
        self._kept.keep(self._key, made)
        return html


def _cited(text: str) -> str:
    """Return what a page may show of the bibliography: the sources that it names, or all of them."""
    known = publications()
    named = known if _ALL_SOURCES in text else [key for key in known if key in text]
    return repr([known[key] for key in named])


def drawn_on(
    content: Path, addresses: Mapping[str, str], folder: ContentFolder, told: Iterable[object]
) -> str:
    """Return a key of all that any page may draw on, but for its own text.

    Args:
        content: the folder of lessons.
        addresses: the address of each of its files.
        folder: the same files, as links see them.
        told: settings.
    """
    # of the bibliography a page draws on the sources that it names, and on which others there are
    parts = [the_code(), repr(sorted(addresses.items())), repr(list(told)), repr([*publications()])]
    for name in sorted(folder.files):
        if name.endswith(_PAGE):
            parts.append(repr(sorted(folder.anchors(name))))
        elif name.endswith((".yml", ".json")):
            parts.append((content / name).read_text(errors="replace"))
        elif not name.endswith(".bib"):
            parts.append(str(folder.size(name)))
    parts += [path.read_text() for path in sorted((content / _PARTS_OF_PAGES).glob("*"))]
    return key_of(*parts)
