"""Pages of other people, as tests need them: by hand, and as WordPress' core makes them."""

import json
import re
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.site_server import SiteServer

SECRET = "s3cr3tW0rd"
# what each page of a host hears, for tests to read: from where, what, and from which of its frames
HEARS = (
    "<script>window.heard = []; addEventListener('message', ({origin, data, source}) =>"
    " heard.push([origin, data, [...document.querySelectorAll('iframe')]"
    ".findIndex(frame => frame.contentWindow === source)]))</script>"
)
# what wp-includes/js/wp-embed.js does with a message, in fewer words
WORDPRESS = """<script>
addEventListener("message", ({ data, source }) => {
  if (!data || !(data.secret || data.message || data.value) || /[^a-zA-Z0-9]/.test(data.secret)) return;
  for (const quote of document.querySelectorAll(`blockquote[data-secret="${data.secret}"]`)) quote.style.display = "none";
  for (const frame of document.querySelectorAll(`iframe[data-secret="${data.secret}"]`)) {
    if (source !== frame.contentWindow) continue;
    frame.removeAttribute("style");
    if (data.message === "height") frame.height = Math.min(Math.max(parseInt(data.value, 10), 200), 1000);
    if (data.message === "link" && new URL(data.value).host === new URL(frame.src).host && document.activeElement === frame)
      window.top.location.href = data.value;
  }
});
</script>"""


class HostPages:
    """A server of another origin, whose pages a test writes."""

    def __init__(self, server: SiteServer) -> None:
        self.server = server
        self._count = 0

    def page(self, body: str, head: str = "") -> str:
        """Write a page and return its address."""
        self._count += 1
        folder = self.server.folder / f"{self._count}"
        folder.mkdir()
        (folder / "index.html").write_text(
            "<!doctype html><html lang=en><meta charset=utf-8>"
            "<meta name=viewport content='width=device-width'><title>A gym</title>"
            f"<link rel=icon href='data:,'>{HEARS}{head}<h1>A gym</h1>{body}"
        )
        return f"{self.server.url}{self._count}/"


class _Filter(HTMLParser):
    """Keeps the tags and attributes that WordPress keeps of a host that it does not know."""

    KEPT = {  # noqa: RUF012 - a constant of this class
        "a": {"href"},
        "blockquote": set[str](),
        "iframe": {
            *("src", "width", "height", "frameborder"),
            *("marginwidth", "marginheight", "scrolling", "title"),
        },
    }

    def __init__(self, html: str) -> None:
        super().__init__()
        self.kept = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.KEPT:
            kept = [(name, value) for name, value in attrs if name in self.KEPT[tag]]
            told = "".join(f' {name}="{escape(value or "")}"' for name, value in kept)
            self.kept += f"<{tag}{told}>"

    def handle_endtag(self, tag: str) -> None:
        if tag in self.KEPT:
            self.kept += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.kept += escape(data)


def described(address: str) -> dict[str, object]:
    """Return what a page's discovery link leads to, found as WordPress finds it."""
    with urlopen(address) as answer:
        head = answer.read(150 * 1024).decode().partition("</head>")[0]
    for link in re.findall(r"<link([^<>]+)/?>", head):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', link))
        if attributes.get("type") == "application/json+oembed":
            asked = {"maxwidth": 600, "maxheight": 900, "url": address, "dnt": 1, "format": "json"}
            with urlopen(f"{unescape(attributes['href'])}?{urlencode(asked)}") as answer:
                found: dict[str, object] = json.loads(answer.read())
                return found
    raise AssertionError(f"{address} offers no oEmbed")


def as_wordpress_shows(html: str) -> str:
    """Return what WordPress' core puts into its page for the HTML of an oEmbed answer."""
    kept = re.search(
        r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", _Filter(html).kept, re.DOTALL
    )
    assert kept, "WordPress would show nothing"
    quote, frame = kept.group(1) or "", kept.group(2)
    source = re.search(r' src="(.*?)"', frame)
    assert source
    whole = f' src="{source[1]}#?secret={SECRET}" data-secret="{SECRET}"'
    frame = frame.replace(source[0], whole)
    quote = quote.replace("<blockquote", f'<blockquote data-secret="{SECRET}"')
    if quote:
        frame = frame.replace(
            "<iframe", '<iframe style="position: absolute; clip: rect(1px, 1px, 1px, 1px);"'
        )
    return quote + frame.replace(
        "<iframe",
        '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"',
    )
