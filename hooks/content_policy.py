"""Writes into every page what it may run and whom it may ask: a Content-Security-Policy, once all pages are there."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from selectolax.lexbor import LexborHTMLParser

from hooks.kept_values import KeptTable, key_of
from hooks.site_address import origin_of
from interactive.markup import element

EMBEDDED = "e/"  # below it are pages that stand in other people's
_MATERIAL = "__config"  # where its script finds its settings
_POLICY = "Content-Security-Policy"
_NONE = "'none'"
_HEAD = re.compile(r"<head\b[^>]*>")
_CHARSET = re.compile(r"<meta\b[^>]*\bcharset[^>]*>")


class NoPlaceForPolicy(ValueError):
    """A page has no head, or runs something before it: a policy would come too late."""


@dataclass(frozen=True)
class Needs:
    """What a page runs by itself.

    Attributes:
        scripts: hashes of the scripts that stand in it.
        styles: hashes of the styles that stand in it.
        python: it shows a widget, so Python may run.
    """

    scripts: frozenset[str]
    styles: frozenset[str]
    python: bool


@dataclass(frozen=True)
class Page:
    """A page as it was written, read for what it runs.

    Attributes:
        place: where in its text a policy goes; None if there is no such place.
        navigates: Material exchanges its content for another page's.
        has_policy: somebody has written one.
        needs: what it runs.
    """

    place: int | None
    navigates: bool
    has_policy: bool
    needs: Needs


def with_policies(
    html: Mapping[str, str], site_url: str | None, kept: KeptTable[Page]
) -> dict[str, str]:
    """Return every page with a policy in it; for the pages of a whole site together.

    Pages between which Material navigates share one policy: the first page's stays in force while the reader goes on,
    and each further one that differs would only take away. A page that has a policy already keeps its bytes: a frozen
    release brought it along.

    Args:
        html: the pages, by their paths.
        site_url: where it will be hosted.
        kept: what pages needed before.

    Raises:
        NoPlaceForPolicy: by its name, a page without a head, or with a script before the policy.
    """
    pages = {name: kept.get(key_of(text), partial(_read, text)) for name, text in html.items()}
    shared = _together([page.needs for page in pages.values() if page.navigates])
    found = dict(html)
    for name, page in pages.items():
        if page.has_policy:
            continue
        if page.place is None:
            raise NoPlaceForPolicy(f"{name}: write a <head>, and no script above its charset")
        needs = shared if page.navigates else page.needs
        content = policy(needs, origin_of(site_url), embedded=name.startswith(EMBEDDED))
        meta = element("meta", http_equiv=_POLICY, content=content)
        text = html[name]
        found[name] = f"{text[: page.place]}{meta}{text[page.place :]}"
    return found


def policy(needs: Needs, origin: str, *, embedded: bool = False) -> str:
    """Return a policy: our own files, what the page needs, and nothing else.

    Args:
        needs: what the page runs by itself.
        origin: where the site is hosted; said beside 'self', which means nobody in a sandboxed frame.
        embedded: the page stands in somebody else's, perhaps in such a frame. Python's worker is then a data: address.
    """
    ours = f"'self' {origin}".rstrip()
    python = ["'wasm-unsafe-eval'"] if needs.python else []
    allowed = {
        # Firefox fetches the page that comes next, and asks nothing but this
        "default-src": _NONE if embedded else ours,
        "script-src": " ".join([ours, *python, *sorted(needs.scripts)]),
        "style-src": " ".join([ours, *sorted(needs.styles)]),
        "img-src": f"{ours} data:",
        "connect-src": ours,
    }
    if not embedded:
        # in a page shown from a saved copy, Python's worker is a blob
        allowed["worker-src"] = f"{ours} blob:" if needs.python else ours
    elif needs.python:
        allowed["worker-src"] = f"{ours} data:"
    allowed |= dict.fromkeys(("base-uri", "form-action", "object-src"), _NONE)
    return "; ".join(f"{what} {whom}" for what, whom in allowed.items())


def _together(needs: list[Needs]) -> Needs:
    return Needs(
        scripts=frozenset().union(*(page.scripts for page in needs)),
        styles=frozenset().union(*(page.styles for page in needs)),
        python=any(page.python for page in needs),
    )


def _read(text: str) -> Page:
    read = LexborHTMLParser(text)
    inline = read.css("script:not([src])")
    run = [script for script in inline if _runs(script.attributes.get("type"))]
    needs = Needs(
        frozenset(_hash(script.text()) for script in run),
        frozenset(_hash(style.text()) for style in read.css("style")),
        bool(read.css_first("lesson-widget")),
    )
    navigates = bool(read.css_first(f"#{_MATERIAL}"))
    has_policy = bool(read.css_first(f'meta[http-equiv="{_POLICY}" i]'))
    return Page(_place(text), navigates, has_policy, needs)


def _place(text: str) -> int | None:
    """Return where a policy goes: after the charset, which a browser looks for in the first 1024 bytes."""
    head = _HEAD.search(text)
    charset = _CHARSET.search(text)
    script = text.find("<script")
    if charset and not -1 < script < charset.start():
        return charset.end()
    return head.end() if head and not -1 < script < head.start() else None


def _runs(kind: str | None) -> bool:
    """Tell whether a browser runs a script of this type, rather than keeping it as data."""
    return not (kind or "").lower().endswith("json")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
