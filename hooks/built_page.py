"""Reads a page that has been built, and carries its article to another address."""

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hooks.html_files import INDEX
from hooks.kept_values import KeptTable, key_of
from interactive.markup import Markup

type Told = tuple[str, list[str]]  # a page's title and its widgets

_HERE = "https://here.invalid/"  # stands for the site while addresses are worked out
_NAMES = ("href", "src")
_TRANSLATED = re.compile(r'<html\b[^>]*\slang="(?!en")')
_NOT_READ = ("e/", "staff/")  # stand in others' pages, or are for editing
# marks of the site around a lesson
_OF_THE_SITE = "script, .headerlink, .md-content__button, .lesson-end"


class BuiltPage:
    """A page of the finished site.

    Attributes:
        address: where it stands below the site's own address, such as `lessons/setup/`.
        text: its HTML.
        whole_title: what stands in the window's title.
        widgets: the names of its widgets, in their order.
    """

    def __init__(self, address: str, text: str, kept: KeptTable[Told]) -> None:
        """Read a page.

        Args:
            address: where it stands.
            text: its HTML.
            kept: what such pages told before.
        """
        self.address, self.text = address, text
        self.whole_title, self.widgets = kept.get(key_of(text), self._told)

    @property
    def slug(self) -> str:
        """The page's name where names have no folders.

        Example: `lessons/setup/` is `setup`, `about/sources/` is `about-sources`.
        """
        return self.address.removeprefix("lessons/").strip("/").replace("/", "-") or "start"

    @property
    def is_lesson(self) -> bool:
        """Whether a trainer wrote it as a lesson."""
        return self.address.startswith("lessons/")

    def title(self, site_name: str) -> str:
        """Return the page's own title."""
        return self.whole_title.removesuffix(f" - {site_name}")

    def article(self, there: str) -> Markup:
        """Return what the page says, to stand at another address; its links open outside a frame.

        Args:
            there: the other address, below the site's own.
        """
        article = article_in(self.text)
        for node in article.css("[href], [src]"):
            for name in _NAMES:
                if value := node.attributes.get(name):
                    node.attrs[name] = relocated(value, self.address, there)
        open_outside(article)
        return inside(article)

    def _told(self) -> Told:
        read = LexborHTMLParser(self.text)
        title = read.css_first("title")
        names = [node.attributes.get("name") or "" for node in read.css("lesson-widget")]
        return title.text().strip() if title else "", names


def built_pages(html: Mapping[str, str], kept: KeptTable[Told]) -> list[BuiltPage]:
    """Return the English pages that readers visit, in the order of their addresses; none that are framed.

    Args:
        html: the files of the built site.
        kept: what pages told before.
    """
    return [
        BuiltPage(name.removesuffix(INDEX), text, kept)
        for name, text in html.items()
        if f"/{name}".endswith(f"/{INDEX}")
        and not name.startswith(_NOT_READ)
        and not _TRANSLATED.search(text)
    ]


def article_in(page: str) -> LexborNode:
    """Return what a page says, without what belongs to the site around it.

    Raises:
        ValueError: the page has neither an article nor a main part.
    """
    read = LexborHTMLParser(page)
    article = read.css_first("article") or read.css_first("main")
    if article is None:
        raise ValueError("the page has no <article> and no <main>")
    for mark in article.css(_OF_THE_SITE):
        mark.remove()
    return article


def open_outside(article: LexborNode) -> None:
    """Let every link that leaves the page open in a window of its own."""
    for link in article.css('a[href]:not([href^="#"])'):
        link.attrs["target"] = "_blank"
        link.attrs["rel"] = "noopener"


def inside(node: LexborNode) -> Markup:
    """Return the HTML of all that stands in an element."""
    return Markup((node.inner_html or "").strip())


def relocated(reference: str, here: str, there: str) -> str:
    """Return how a page at another address names what a page names.

    Args:
        reference: the link as it is written; one that leaves the site or the page stays as it is.
        here, there: the addresses of both pages, below the site's own.

    Example:
        >>> relocated("../bracing/#brace", "lessons/setup/", "e/v1/lesson/setup/")
        '../../../../lessons/bracing/#brace'
        >>> relocated("#next", "lessons/setup/", "e/v1/lesson/setup/")
        '#next'
    """
    target = urlsplit(urljoin(_HERE + here, reference))
    if reference.startswith("#") or f"{target.scheme}://{target.netloc}/" != _HERE:
        return reference
    path = posixpath.relpath(target.path, f"/{there}")
    if target.path.endswith("/"):
        path += "/"
    query = f"?{target.query}" if target.query else ""
    return path + query + (f"#{target.fragment}" if target.fragment else "")
