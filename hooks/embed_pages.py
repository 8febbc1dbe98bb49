"""Pages for other people's pages: every lesson and every widget without the site around it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, Template, select_autoescape

from hooks import ROOT
from hooks.built_page import BuiltPage, relocated
from hooks.fences import fences, read_settings
from hooks.html_files import INDEX
from hooks.kept_answers import KeptAnswers
from hooks.kept_values import KeptFiles, key_of, the_code
from hooks.machines import machine_presets
from hooks.widget_html import prerender
from interactive.catalogue import widget_named, widget_names
from interactive.markup import Markup, element, join
from interactive.model.chain import SELF_TESTS
from interactive.model.machine import CHOICES, MEASURES
from interactive.widget import Value, number

# what stands below this address moves on with the site and keeps its meaning; see decision 15
FOLDER = "e/v1/"
SCRIPT, FRAME, STYLE = "embed.js", "frame.js", "embed.css"
# what the build puts elsewhere, and belongs beside the pages that are framed
_MOVED = {SCRIPT: "runtime/", FRAME: "runtime/", STYLE: "stylesheets/"}
_STYLES = ("runtime/lesson-widget.css", "stylesheets/site.css", FOLDER + STYLE)
_ELEMENT = "runtime/lesson-widget.js"
# what a gym may set in an address: its machine and how it is used there, never a body
GYM_INPUTS = (
    *MEASURES.values(),
    *CHOICES,
    "knee_deg",
    "foot_height_cm",
    "stance_deg",
    "units",
)
_OF_A_BODY = (
    "stature_cm",
    "body_mass_kg",
    "straight_leg_raise_deg",
    "level_deg",
    "fingers",
    "bother",
)
_TEMPLATE = "embed.html"


@dataclass(frozen=True)
class EmbedPage:
    """A page to be framed.

    Attributes:
        address: where it stands, below the site's own address.
        title: what it is about.
        whole: the page of the site that it is taken from, or that explains it.
        body: makes what it shows.
    """

    address: str
    title: str
    whole: BuiltPage
    body: Callable[[], Markup]


def framed_html(
    pages: Sequence[BuiltPage],
    site_url: str | None,
    site_name: str,
    answers: KeptAnswers,
    kept: KeptFiles[str],
) -> dict[str, str]:
    """Return every page that is made to be framed, by its file.

    Args:
        pages: those of the site.
        site_url: where it will be hosted, for the canonical addresses.
        site_name: what readers call it.
        answers: what widgets said before.
        kept: pages that were written before.
    """

    def render(page: EmbedPage) -> str:
        return _template().render(**_told(page, site_url), site_name=site_name) + "\n"

    machines = repr(machine_presets())
    found = {}
    for page in embed_pages(pages, site_name, answers):
        told = (page.address, page.whole.address, page.whole.text, machines)
        key = key_of(the_code(), site_url or "", site_name, *told)
        found[page.address + INDEX] = kept.get(key, partial(render, page))
    return found


@cache
def _template() -> Template:
    theme = FileSystemLoader(ROOT / "hooks" / "theme")
    found = Environment(loader=theme, autoescape=select_autoescape(), trim_blocks=True)
    return found.get_template(_TEMPLATE)


def move_scripts(site: Path) -> None:
    """Put the scripts of framed pages beside them."""
    (site / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, folder in _MOVED.items():
        for suffix in ("", ".gz", ".br"):
            made = site / f"{folder}{name}{suffix}"
            if made.exists():
                made.rename(site / f"{FOLDER}{name}{suffix}")


def embed_pages(
    pages: Sequence[BuiltPage], site_name: str, answers: KeptAnswers
) -> Iterator[EmbedPage]:
    """Return every page that can be framed: one for each widget, one for each page of the site."""
    for name in widget_names():
        whole = _explaining(name, pages)
        widget = widget_named(name)
        yield EmbedPage(f"{FOLDER}{name}/", widget.title, whole, partial(_alone, name, answers))
    for page in pages:
        there = lesson_address(page)
        yield EmbedPage(there, page.title(site_name), page, partial(page.article, there))


def lesson_address(page: BuiltPage) -> str:
    """Return where a page of the site stands to be framed."""
    return f"{FOLDER}{'lesson' if page.is_lesson else 'page'}/{page.slug}/"


def framed_address(page: BuiltPage) -> str:
    """Return what others show when they are given a page's address: its calculator, or all of it."""
    if page.is_lesson or not page.widgets:
        return lesson_address(page)
    return f"{FOLDER}{page.widgets[0]}/"


def body_inputs() -> list[str]:
    """Return what no address may set before its #, and is refused with a note: all about a body."""
    told = (widget_named(name) for name in widget_names())
    signs = {field for widget in told if widget.private for field in widget.controls}
    return sorted({*_OF_A_BODY, *SELF_TESTS, *signs})


def _explaining(name: str, pages: Iterable[BuiltPage]) -> BuiltPage:
    """Return the page that explains a widget: a lesson, if there is one."""
    holding = sorted(pages, key=lambda page: (name not in page.widgets, not page.is_lesson))
    return holding[0]


def _alone(name: str, answers: KeptAnswers) -> Markup:
    widget = widget_named(name)
    html = answers.answer(name, widget, widget.start).html
    if html is None:
        raise ValueError(f"{name} has no answer to its starting values")
    machines = machine_presets() if widget.machines else ()
    return join(
        element("h1", widget.title, class_="embed-title"),
        prerender(name, widget, widget.start, _shown(name), html, f"{name}-1", machines),
    )


def _shown(name: str) -> list[str]:
    """Return the controls that the widget's example shows, the fewest that make sense of it; all without one."""
    example = ROOT / "interactive" / "widgets" / name.replace("-", "_") / "example.md"
    found = fences(example.read_text().splitlines()) if example.exists() else ()
    setting = next((read_settings(fence).get("controls") for fence in found), None)
    return list(setting.value) if setting else list(widget_named(name).controls)


def _told(page: EmbedPage, site_url: str | None) -> Mapping[str, object]:
    def there(target: str) -> str:
        return relocated(f"/{target}", "", page.address)

    body = page.body()
    widgets = "<lesson-widget" in body
    return {
        "title": page.title,
        "body": body,
        "canonical": f"{site_url.rstrip('/')}/{page.whole.address}" if site_url else "",
        "whole": there(page.whole.address),
        "kind": "lesson" if page.whole.is_lesson else "page",
        "home": there(""),
        "frame": there(FOLDER + FRAME),
        "styles": [there(style) for style in _STYLES],
        "element": there(_ELEMENT) if widgets else "",
        "settable": " ".join(GYM_INPUTS),
        "refused": " ".join(body_inputs()),
        "machines": json.dumps({type_.slug: _query(type_.values) for type_ in machine_presets()}),
    }


def _query(values: Mapping[str, Value]) -> str:
    """Return values as an address says them."""
    return urlencode({field: _written(value) for field, value in values.items()})


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return number(value) if isinstance(value, float) else value
