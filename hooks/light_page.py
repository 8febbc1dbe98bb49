"""Pages of the site without Material around them: for a phone beside the machine, and for a screen."""

import re
from collections.abc import Sequence
from pathlib import Path

from interactive.markup import Markup, element, join

STYLES = "stylesheets"
_WIDGETS = "runtime/lesson-widget.css"
# how the styles of widgets say "in the dark", and what these pages say instead
_DARK = '[data-md-color-scheme="slate"]'
_SCREEN = "@media screen {"
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def light_page(
    title: str,
    body: Markup,
    *,
    description: str,
    style: str,
    scripts: Sequence[str] = (),
    look: str = "",
) -> str:
    """Return a whole page; it stands two folders below the site's own address, or one.

    Args:
        title: of the window.
        body: what stands in it.
        description: one sentence for lists of pages.
        style, scripts: addresses as seen from the page.
        look: a class of the page's body.
    """
    head = join(
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("meta", name="description", content=description),
        element("link", rel="stylesheet", href=style),
    )
    # the one place that names a script: widgets may not
    loaded = "".join(f'<script type="module" src="{address}"></script>' for address in scripts)
    whole = element("body", body, class_=f"md-typeset {look}".strip())
    return f'<!doctype html>\n<html lang="en">\n<head>{head}{loaded}</head>\n{whole}\n</html>\n'


def write_style(site: Path, name: str, *, always_dark: bool = False) -> None:
    """Add the look of widgets and cards to a stylesheet of the site, light or dark as the reader has it.

    Args:
        site: the folder of the built site.
        name: the stylesheet, in the folder of stylesheets.
        always_dark: dark whatever the reader has.
    """
    own = site / STYLES / name
    text = own.read_text() + (site / _WIDGETS).read_text()
    own.write_text(without_comments(in_the_dark(text, always=always_dark)))


def without_comments(style: str) -> str:
    """Return a stylesheet without the words for developers."""
    return _COMMENT.sub("", style)


def in_the_dark(style: str, *, always: bool = False) -> str:
    """Return a style whose dark rules follow the reader's system instead of Material's switch.

    Example:
        >>> in_the_dark('@media screen { [data-md-color-scheme="slate"] p { color: white; } }')
        '@media screen and (prefers-color-scheme: dark) { :root p { color: white; } }'
    """
    when = _SCREEN if always else "@media screen and (prefers-color-scheme: dark) {"
    return style.replace(_SCREEN, when).replace(_DARK, ":root")
