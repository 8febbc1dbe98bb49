"""Makes of a built page one file that a reviewer opens from a download: looks and pictures inside, no scripts."""

import base64
import mimetypes
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# whatever a page brings, this file runs nothing and asks nobody
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_NAMED_IN_CSS = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
_DROPPED = {"base", "embed", "iframe", "object", "script"}
_KEPT_LINKS = {"canonical", "stylesheet"}


def single_file(page: Path, site: Path) -> str:
    """Return a page of a built site as one HTML file.

    Args:
        page: the page's file.
        site: the folder of the site, which holds all that the page names.

    Raises:
        ValueError: the page does not say where it will be hosted.
    """
    html = page.read_text()
    address = re.search(r'<link rel="canonical" href="([^"]+)"', html)
    if not address:
        raise ValueError(f"{page} has no canonical address")
    here = page.parent.relative_to(site).as_posix()
    home = urljoin(address[1], "../" * len(Path(here).parts))
    writer = _Writer(site, home, address[1])
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


class _Writer(HTMLParser):
    """Copies a page, tag by tag, and puts in the place of each address what lies there."""

    def __init__(self, site: Path, home: str, address: str) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._site = site.resolve()
        self._home = home
        self._address = address
        self._dropping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _DROPPED:
            self._dropping = "" if tag in _VOID else tag
        elif not self._dropping and not (tag == "meta" and "http-equiv" in given):
            self._write(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED and not self._dropping:
            self._tag(tag, dict(attrs), " /")  # in a drawing, where such tags close themselves

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            self._dropping = "" if tag == self._dropping else self._dropping
        elif tag not in _DROPPED:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")

    def _write(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "link":
            self._link(given)
            return
        self._tag(tag, given)
        if tag == "head":
            self._tag("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})

    def _link(self, given: dict[str, str | None]) -> None:
        kind, address = given.get("rel") or "", given.get("href") or ""
        if kind not in _KEPT_LINKS:
            return
        sheet = self._file(self._address, address)
        if kind == "canonical":
            self._tag("link", given)
        elif sheet:
            self.written.append(f"<style>{self._css(sheet)}</style>")

    def _tag(self, tag: str, given: dict[str, str | None], end: str = "") -> None:
        attributes = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in self._changed(tag, given).items()
        )
        self.written.append(f"<{tag}{attributes}{end}>")

    def _changed(self, tag: str, given: dict[str, str | None]) -> dict[str, str | None]:
        """Return a tag's attributes, its pictures packed in and its links leading to the live site."""
        kept = {name: value for name, value in given.items() if not name.startswith("on")}
        kept.pop("srcset", None)
        if source := kept.get("src"):
            file = self._file(self._address, source)
            kept["src"] = _packed(file) if file else source
        target = kept.get("href")
        if tag == "a" and target and not target.startswith("#"):
            kept["href"] = urljoin(self._address, target)
        return kept

    def _css(self, sheet: Path) -> str:
        address = self._home + sheet.relative_to(self._site).as_posix()

        def packed(found: re.Match[str]) -> str:
            file = self._file(address, found[2])
            return f'url("{_packed(file)}")' if file else found[0]

        return _NAMED_IN_CSS.sub(packed, sheet.read_text()).replace("</", "<\\/")

    def _file(self, base: str, reference: str) -> Path | None:
        """Return the site's file at an address; None for one that lies elsewhere or nowhere."""
        address = urljoin(base, reference)
        if not address.startswith(self._home):
            return None
        path = unquote(urlsplit(address[len(self._home) :]).path)
        file = (self._site / path).resolve()
        return file if file.is_file() and file.is_relative_to(self._site) else None


def _packed(file: Path) -> str:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
