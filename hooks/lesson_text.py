"""Takes a lesson's text out of its built page, for places that show it without the site around it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from interactive.markup import Markup, element

type Attributes = dict[str, str | None]

_HREF = re.compile(r'(?<=\shref=")[^"]*(?=")')


@dataclass(frozen=True)
class LessonText:
    """A lesson without the site around it.

    A link to another page is a whole address, and opens beside the lesson.

    Attributes:
        title: its heading.
        html: what stands in it, up to the end of its last self-check; all of it where it has none.
        rest: what comes after that.
        styles: the style sheets of its page, as the page names them.
        files: the pictures in it, as the page names them.
        books: the names of its widgets' answer books.
        questions: how many self-checks it has.
    """

    title: str
    html: Markup
    rest: Markup
    styles: Sequence[str]
    files: Sequence[str]
    books: Sequence[str]
    questions: int


def lesson_text(page: str, address: str) -> LessonText:
    """Return a lesson as it stands in the page that was built for it.

    Args:
        page: the page's HTML.
        address: where the site has it.

    Example:
        >>> page = '<article><h1>Hips</h1><p>See <a href="../feet/">feet</a>.</p></article>'
        >>> lesson_text(page, "https://lessons.example/hips/").html
        '<h1>Hips</h1><p>See <a href="https://lessons.example/feet/" target="_blank" rel="noopener">feet</a>.</p>'
        >>> page = '<article><lesson-widget data-book="{&quot;name&quot;: &quot;a.json&quot;}">'
        >>> lesson_text(page, "").books
        ['a.json']
    """
    reader = _Reader(address)
    reader.feed(page)
    reader.close()
    end = reader.questions_end or len(reader.kept)
    return LessonText(
        unescape("".join(reader.heading)).strip(),
        Markup("".join(reader.kept[:end]).strip()),
        Markup("".join(reader.kept[end:]).strip()),
        reader.styles,
        reader.files,
        reader.books,
        reader.questions,
    )


class _Reader(HTMLParser):
    """Copies the article as it is written, but for what belongs to the site."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self.heading: list[str] = []
        self.styles: list[str] = []
        self.files: list[str] = []
        self.books: list[str] = []
        self.questions = 0
        self.questions_end = 0
        self._address = address
        self._inside = False
        self._in_heading = False
        self._in_question = 0  # how many boxes deep
        self._dropping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") == "stylesheet":
            self.styles.append(str(given["href"]))
        if tag == "article":
            self._inside = True
        elif self._inside and not self._dropping:
            if _belongs_to_site(tag, given):
                self._dropping = tag
            else:
                self._in_heading = self._in_heading or tag == "h1"
                self._keep(self._written(tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside and not self._dropping:
            self._keep(self._written(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._inside = False
        elif self._dropping:  # none of what is dropped may hold its like
            self._dropping = "" if tag == self._dropping else self._dropping
        elif self._inside:
            self._in_heading = self._in_heading and tag != "h1"
            self._keep(f"</{tag}>")
            if tag == "div" and self._in_question:
                self._in_question -= 1
                self.questions_end = len(self.kept)

    def handle_data(self, data: str) -> None:
        self._text(data)

    def handle_entityref(self, name: str) -> None:
        self._text(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text(f"&#{name};")

    def _text(self, text: str) -> None:
        if self._inside and not self._dropping:
            self._keep(text)
            if self._in_heading:
                self.heading.append(text)

    def _keep(self, text: str) -> None:
        self.kept.append(text)

    def _written(self, tag: str, given: Attributes) -> str:
        written = self.get_starttag_text() or ""
        is_question = "self-check" in (given.get("class") or "").split()
        self.questions += is_question
        self._in_question += tag == "div" and (is_question or self._in_question > 0)
        if tag == "img" and given.get("src"):
            self.files.append(str(given["src"]))
        if tag == "lesson-widget" and (book := given.get("data-book")):
            self.books.append(json.loads(book)["name"])
        if tag == "lesson-widget" and "data-private" not in given:
            # what is set in a frame stays out of the address of somebody else's page
            return written.removesuffix(">") + " data-private>"
        href = given.get("href")
        if tag != "a" or not href or href.startswith("#"):
            return written
        whole = element("a", href=urljoin(self._address, href)).removeprefix('<a href="')
        linked = _HREF.sub(lambda _: whole.removesuffix('"></a>'), written, count=1)
        return linked.removesuffix(">") + ' target="_blank" rel="noopener">'


def _belongs_to_site(tag: str, given: Attributes) -> bool:
    """Tell whether an element makes sense on the site alone."""
    looks = (given.get("class") or "").split()
    return (
        (tag == "a" and bool({"headerlink", "md-content__button"} & {*looks}))
        or (tag == "div" and "lesson-end" in looks)
        or (tag == "button" and given.get("data-tool") in ("link", "save", "saved"))
    )
