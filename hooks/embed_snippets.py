"""What a gym's web person copies: snippets that stand in the page, and choices that change them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from urllib.parse import urljoin

from hooks import ROOT
from hooks.course_names import COURSE, package
from hooks.fences import INTERACTIVE, fences
from hooks.machines import machine_presets
from interactive.catalogue import widget_named, widget_names
from interactive.chart import fact_table
from interactive.markup import Markup, element, join

CONTENT = ROOT / "content"
MEGABYTES = 5  # of a package: nearly all of it is Python, which each of them brings along
_EMBEDDED = "e/v1/"
_SHOWN_FIRST = "lesson/setup"
_FORMS = {
    "frame": """\
<iframe src="{embed}"
  title="{title}" loading="lazy" width="100%" height="640"
  sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
  referrerpolicy="no-referrer" style="border:0"></iframe>
<p><a href="{page}">{title}</a></p>""",
    "tag": """\
<script src="{script}" async></script>
<back-check {what}{flags}>
  <a href="{page}">{title}</a>
</back-check>""",
    "page": "{page}",
    "address": "{embed}",
}
_NAMED = {"frame": "frame", "tag": "tag", "page": "page's address", "address": "address"}
_THEMES = {"": "light", "dark": "dark", "auto": "as the reader's device"}
_WITHOUT_SCRIPT = (
    "Choosing here needs JavaScript. Without it, copy a snippet below and write another name in it."
)


@dataclass(frozen=True)
class Home:
    """Where the lessons are at home.

    Attributes:
        site_url: the site's address.
        lessons: the names of the lessons, in their order.
    """

    site_url: str
    lessons: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """What a gym may show.

    Attributes:
        name: as it stands in an address.
        what: as it stands in a tag.
        title: what readers call it.
        page: where it is at home on the site.
        asks_machine: whether a type of machine sets anything in it.
    """

    name: str
    what: str
    title: str
    page: str
    asks_machine: bool


def lesson_names() -> list[str]:
    """Return the names of all lessons, for want of an order of theirs."""
    return sorted(path.parent.name for path in CONTENT.glob("lessons/*/index.md"))


def lessons_shown(home: Home) -> Iterator[Shown]:
    """Yield every lesson that a gym may show."""
    for name in home.lessons:
        text = (CONTENT / "lessons" / name / "index.md").read_text()
        title = next((line[2:] for line in text.split("\n") if line.startswith("# ")), name)
        asks = any(map(_asks_machine, _widgets_in(text)))
        yield Shown(f"lesson/{name}", f'lesson="{name}"', title, f"lessons/{name}/", asks)


def widgets_shown(home: Home) -> Iterator[Shown]:
    """Yield every widget that a gym may show."""
    pages = {f"lessons/{name}/": f"lessons/{name}/index.md" for name in home.lessons}
    pages["calculator/"] = "calculator.md"
    held = {page: _widgets_in((CONTENT / file).read_text()) for page, file in pages.items()}
    for name in widget_names():
        page = next((page for page, widgets in held.items() if name in widgets), "")
        title = widget_named(name).title
        yield Shown(name, f'widget="{name}"', title, page, _asks_machine(name))


def embed_choices(home: Home) -> Markup:
    """Return the form that changes every snippet of its page, and shows what they show."""
    chosen = _first(home)
    groups = {"Lessons": lessons_shown(home), "Single tools": widgets_shown(home)}
    shown = [
        element(
            "optgroup", [_option(entry, entry == chosen, home) for entry in entries], label=label
        )
        for label, entries in groups.items()
    ]
    themes = [element("option", words, value=value) for value, words in _THEMES.items()]
    machines = [
        element("option", "not set", value=""),
        *(element("option", preset.words, value=preset.slug) for preset in machine_presets()),
    ]
    help_ = "Six digits and letters from 0 to 9 and a to f. Empty: our own colour."
    accent = element(
        "input",
        type="text",
        id="embed-accent",
        name="accent",
        maxlength=7,
        pattern="#?[0-9A-Fa-f]{6}",
        autocomplete="off",
        spellcheck="false",
        aria_describedby="embed-accent-help",
    )
    return element(
        "embed-choices",
        element(
            "fieldset",
            element("legend", "What your page shows"),
            _labelled("Lesson or tool", "embed-name", element("select", shown, id="embed-name")),
            _labelled("Colours", "embed-theme", element("select", themes, id="embed-theme")),
            _labelled(
                "Accent colour",
                "embed-accent",
                join(accent, element("p", help_, id="embed-accent-help")),
            ),
            _labelled(
                "Your machine", "embed-machine", element("select", machines, id="embed-machine")
            ),
            element("p", role="status"),
            hidden=True,
        ),
        element("div", class_="embed-preview", hidden=True),
        element("noscript", element("p", _WITHOUT_SCRIPT)),
        data_embedded=urljoin(home.site_url, _EMBEDDED),
        data_search_exclude=True,
    )


def embed_snippet(form: str, home: Home) -> Markup:
    """Return a snippet of one form, complete before any script runs."""
    template = _FORMS[form]
    return element(
        "embed-snippet",
        element("pre", element("code", filled(template, _first(home), home))),
        element(
            "button", f"Copy the {_NAMED[form]}", type="button", class_="md-button", hidden=True
        ),
        element("p", role="status"),
        data_template=template.replace("{script}", f"{urljoin(home.site_url, _EMBEDDED)}embed.js"),
        data_search_exclude=True,
    )


def filled(template: str, shown: Shown, home: Home) -> str:
    """Return a snippet as it is copied when nothing but a lesson or a tool has been chosen."""
    embedded = urljoin(home.site_url, _EMBEDDED)
    values = {
        "embed": f"{embedded}{shown.name}/",
        "page": urljoin(home.site_url, shown.page),
        "title": escape(shown.title),
        "script": f"{embedded}embed.js",
        "what": shown.what,
        "flags": "",
    }
    return template.format(**values)


def embed_names(home: Home) -> Markup:
    """Return what to write for each lesson and tool, in an address and in a tag."""
    return fact_table(
        ("To show", "In an address", "In a tag"),
        [
            (shown.title, element("code", f"{shown.name}/"), element("code", shown.what))
            for shown in (*lessons_shown(home), *widgets_shown(home))
        ],
    )


def machine_names(home: Home) -> Markup:
    """Return what to write for each type of machine."""
    return fact_table(
        ("Machine", "Write"),
        [(preset.words, element("code", preset.slug)) for preset in machine_presets()],
    )


def course_packages(home: Home) -> Markup:
    """Return the packages for course systems, each with what it weighs."""
    names = {
        name: shown.title for name, shown in zip(home.lessons, lessons_shown(home), strict=True)
    }
    return fact_table(
        ("Package", "Size"),
        [
            (
                element("a", title, href=urljoin(home.site_url, package(name))),
                f"{MEGABYTES} MB",
            )
            for name, title in {COURSE: "All lessons in one course", **names}.items()
        ],
    )


def _first(home: Home) -> Shown:
    lessons = [*lessons_shown(home)]
    return next((shown for shown in lessons if shown.name == _SHOWN_FIRST), lessons[0])


def _widgets_in(text: str) -> set[str]:
    return {fence.name for fence in fences(text.split("\n")) if fence.word == INTERACTIVE}


def _asks_machine(name: str) -> bool:
    sets = {field for preset in machine_presets() for field in preset.values}
    return name in widget_names() and not sets.isdisjoint(widget_named(name).controls)


def _option(shown: Shown, chosen: bool, home: Home) -> Markup:
    return element(
        "option",
        shown.title,
        value=shown.name,
        selected=chosen,
        data_what=shown.what,
        data_page=urljoin(home.site_url, shown.page),
        data_asks_machine=shown.asks_machine,
    )


def _labelled(label: str, for_: str, control: Markup) -> Markup:
    return element("div", element("label", label, for_=for_), control)


HOME_BLOCKS: Mapping[str, Callable[[Home], Markup]] = {
    "embed-choices": embed_choices,
    **{f"embed-{form}": partial(embed_snippet, form) for form in _FORMS},
    "embed-names": embed_names,
    "machine-names": machine_names,
    "course-packages": course_packages,
}
