"""Takes a lesson's text out of its built page, for places that show it without the site around it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hooks.built_page import article_in, open_outside
from interactive.markup import Markup

# needs an address of the site's own
_TOOLS = ", ".join(f'button[data-tool="{tool}"]' for tool in ("link", "save", "saved"))


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
    article = article_in(page)
    for tool in article.css(_TOOLS):
        tool.remove()
    for link in article.css('a[href]:not([href^="#"])'):
        link.attrs["href"] = urljoin(address, link.attributes["href"] or "")
    open_outside(article)
    widgets = article.css("lesson-widget")
    for widget in widgets:
        # what is set in a frame stays out of the address of somebody else's page
        widget.attrs["data-private"] = ""
    books = [widget.attributes.get("data-book") for widget in widgets]
    heading = article.css_first("h1")
    html, rest = _parted(article)
    return LessonText(
        heading.text().strip() if heading else "",
        html,
        rest,
        _named(LexborHTMLParser(page).css('link[rel="stylesheet"]'), "href"),
        _named(article.css("img[src]"), "src"),
        [json.loads(book)["name"] for book in books if book],
        len(article.css(".self-check")),
    )


def _parted(article: LexborNode) -> tuple[Markup, Markup]:
    """Return what stands up to the end of the last self-check, and what comes after it."""
    parts, end = [], 0
    part = article.first_child
    while part:
        parts.append(part.html or "")
        if part.css_matches(".self-check") or part.css_first(".self-check"):
            end = len(parts)
        part = part.next
    end = end or len(parts)
    return Markup("".join(parts[:end]).strip()), Markup("".join(parts[end:]).strip())


def _named(nodes: Sequence[LexborNode], attribute: str) -> list[str]:
    return [node.attributes[attribute] or "" for node in nodes]
