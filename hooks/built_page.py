"""Reads a page that has been built, and carries its article to another address."""

import posixpath
import re
from collections.abc import Iterable
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from interactive.markup import Markup, element

_HERE = "https://here.invalid/"  # stands for the site while addresses are worked out
_NAMES = ("href", "src")
_TRANSLATED = re.compile(r'<html\b[^>]*\slang="(?!en")')
# marks of the site around a lesson, by the class that each carries
_OF_THE_SITE = {"headerlink", "md-content__button", "lesson-end"}


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
        reader = _Title()
        reader.feed(self.text)
        return reader.title.strip().removesuffix(f" - {site_name}")

    def article(self, there: str) -> Markup:
        """Return what the page says, to stand at another address; its links open outside a frame.

        Args:
            there: the other address, below the site's own.
        """
        copy = _Article(self.address, there)
        copy.feed(self.text)
        copy.close()
        return Markup("".join(copy.kept).strip())

    @cached_property
    def widgets(self) -> list[str]:
        """Return the names of the widgets on the page, in their order."""
        reader = _Widgets()
        reader.feed(self.text)
        return reader.names


def built_pages(site: Path) -> list[BuiltPage]:
    """Return the English pages that readers visit, in the order of their addresses; none that are framed."""
    found = sorted(site.rglob("index.html"))
    names = [f"{path.parent.relative_to(site).as_posix()}/".removeprefix("./") for path in found]
    pages = [BuiltPage(site, name) for name in names if not name.startswith("e/")]
    return [page for page in pages if not _TRANSLATED.search(page.text)]


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


class _Title(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title, self._inside = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


class _Widgets(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "lesson-widget":
            self.names.append(dict(attrs)["name"] or "")


class _Article(HTMLParser):
    """Copies the inside of `<article>` mark for mark, but for addresses and what belongs to the site."""

    def __init__(self, here: str, there: str) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self._here, self._there = here, there
        self._inside = False
        self._left_out: list[str] = []  # the open elements of a part that stays behind

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self._inside = True
        elif self._inside and (self._left_out or tag == "script" or _OF_THE_SITE & _classes(attrs)):
            self._left_out.append(tag)
        elif self._inside:
            self.kept.append(self._carried(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside and not self._left_out:
            self.kept.append(self._carried(tag, attrs).removesuffix(">").rstrip(" /") + " />")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._inside = False
        elif self._left_out:
            while self._left_out and self._left_out.pop() != tag:
                pass  # an element without an end, such as a picture
        else:
            self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        if self._inside and not self._left_out:
            self.kept.append(text)

    def _carried(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        """Return a start tag for the other address."""
        written = self.get_starttag_text() or ""
        if not any(name in _NAMES for name, _ in attrs):
            return written
        moved = {
            name: relocated(value, self._here, self._there) if name in _NAMES and value else value
            for name, value in attrs
        }
        if tag == "a" and not (moved.get("href") or "").startswith("#"):
            moved |= {"target": "_blank", "rel": "noopener"}
        return _start_tag(tag, moved.items())


def _classes(attrs: list[tuple[str, str | None]]) -> set[str]:
    return set((dict(attrs).get("class") or "").split())


def _start_tag(tag: str, attributes: Iterable[tuple[str, str | None]]) -> str:
    written = element(tag, **{name: True if value is None else value for name, value in attributes})
    return written.removesuffix(f"</{tag}>")
