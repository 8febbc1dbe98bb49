"""Lets others show a page from its address alone: a description in oEmbed's words, and the link to it."""

import json
from collections.abc import Iterable
from pathlib import Path

from hooks.built_page import BuiltPage
from hooks.embed_pages import framed_address
from hooks.html_files import INDEX
from interactive.markup import element, join

FOLDER = "oembed/"
# as wide as a column of text; WordPress gives a frame 200 to 1000 pixels of height
WIDTH, HEIGHT = 600, 960
_FIRST = '<meta charset="utf-8">'


def describe_pages(
    site: Path, pages: Iterable[BuiltPage], site_url: str | None, site_name: str
) -> dict[str, str]:
    """Write a description of every page; return the pages, each with the link to it in its head.

    Args:
        site: the folder of the built site.
        pages: those of the site.
        site_url: where it will be hosted; oEmbed knows whole addresses only, so without one there
            is nothing to write.
        site_name: what readers call it.
    """
    if not site_url:
        return {}
    root = site_url.rstrip("/") + "/"
    found = {}
    (site / FOLDER).mkdir(exist_ok=True)
    for page in pages:
        title = page.title(site_name)
        name = f"{FOLDER}{page.slug}.json"
        (site / name).write_text(json.dumps(described(page, root, site_name), indent=2) + "\n")
        link = element(
            "link", rel="alternate", type="application/json+oembed", href=root + name, title=title
        )
        # early in the head: who looks for it reads only the beginning of a page
        linked = page.text.replace(_FIRST, f"{_FIRST}\n      {link}", 1)
        if linked == page.text:
            raise ValueError(f"{page.address}: there is no place for the link to {name}")
        found[page.address + INDEX] = linked
    return found


def described(page: BuiltPage, root: str, site_name: str) -> dict[str, object]:
    """Return what oEmbed says of a page: a link to it first, which WordPress wants, then the frame.

    Args:
        page: a page of the built site.
        root: the site's own address.
        site_name: what readers call it.
    """
    title = page.title(site_name)
    html = join(
        element("blockquote", element("a", title, href=root + page.address)),
        element(
            "iframe",
            src=root + framed_address(page),
            title=title,
            width="100%",  # or a phone would show half of it
            height=HEIGHT,
            frameborder=0,
        ),
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": site_name,
        "provider_url": root,
        "width": WIDTH,
        "height": HEIGHT,
        "html": html,
    }
