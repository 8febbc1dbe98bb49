"""Reads a page that has been built, and carries its article to another address."""

import posixpath
import re
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from interactive.markup import Markup

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
    """

    def __init__(self, site: Path, address: str) -> None:
        self.address = address
        self.text = (site / address / "index.html").read_text()

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
        title = self._read.css_first("title")
        return title.text().strip().removesuffix(f" - {site_name}") if title else ""

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

    @cached_property
    def widgets(self) -> list[str]:
        """Return the names of the widgets on the page, in their order."""
        return [node.attributes.get("name") or "" for node in self._read.css("lesson-widget")]

    @cached_property
    def _read(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)


def built_pages(site: Path) -> list[BuiltPage]:
    """Return the English pages that readers visit, in the order of their addresses; none that are framed."""
    found = sorted(site.rglob("index.html"))
    names = [f"{path.parent.relative_to(site).as_posix()}/".removeprefix("./") for path in found]
    pages = [BuiltPage(site, name) for name in names if not name.startswith(_NOT_READ)]
    return [page for page in pages if not _TRANSLATED.search(page.text)]


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
