"""A page for each type of machine, for a phone beside it: what to set, when to stop, one widget."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from hooks.evidence_labels import MEANING
from hooks.light_page import light_page
from hooks.machine_settings import FINDER, MachineSettings, Setting, finder, machine_settings
from hooks.machines import machine_files
from hooks.widget_html import prerender
from interactive import care_cards
from interactive.chart import fact_table
from interactive.markup import Markup, element, join
from interactive.model.uncertainty import BODIES, IN_HOW_MANY

FOLDER = "m"
STYLE = "machine.css"
NOT_REVIEWED = "Not yet reviewed by a health professional."
# for whoever stands at a machine: their body, and what can be read off it with a phone
CONTROLS = ("stature_cm", "backrest_deg", "rail_deg", "foot_height_cm")
OCTAGON = "M30 2H70L98 30V70L70 98H30L2 70V30Z"

_HOME = "../../"
_MEANING = _HOME + MEANING.replace(".md", "/")
POSTERS = (("poster.pdf", "A4"), ("poster-a5.pdf", "A5"), ("poster.svg", "SVG"))


@cache
def described_machines() -> tuple[MachineSettings, ...]:
    """Return every type of machine that can be described, in the order of the files."""
    return tuple(machine_settings(file) for file in machine_files() if file.machine)


def write_machine_pages(site: Path, site_name: str) -> None:
    """Write `m/<machine>/index.html` for every type of machine.

    Args:
        site: the folder of the built site.
        site_name: what the site is called.
    """
    for machine in described_machines():
        page = site / FOLDER / machine.slug / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(machine_page(machine, site_name))


def machine_page(found: MachineSettings, site_name: str) -> str:
    """Return the page of one type of machine."""
    machine = found.machine
    body = element(
        "main",
        element("h1", machine.name),
        element("p", machine.description),
        element("p", NOT_REVIEWED, class_="small"),
        element("h2", "Set three things"),
        element("ol", map(_setting, found.settings), class_="settings"),
        element(
            "p",
            f"The model works out {BODIES.value:g} plausible bodies, and says how many of "
            f"{IN_HOW_MANY.value:g}. The line is three quarters of the low back's own bending range. "
            "Nobody has measured it in people on a leg press.",
            class_="small",
        ),
        stop_sign(),
        element("h2", "How deep, for your body"),
        _widget(found),
        element("h2", "What we take for granted"),
        element("p", "A type of machine, not a make. Yours may differ, so look."),
        element("dl", map(_assumed, found.assumed), class_="assumed"),
        care_cards.emergency_card(),
        element("h2", "More"),
        element("ul", map(_way, _ways()), class_="ways"),
    )
    foot = element(
        "footer",
        element("p", "Poster for this machine: ", _posters(), "."),
        element("p", "Text and pictures CC BY 4.0. Health education, not medical advice."),
        class_="page-foot small",
    )
    head = element("header", element("a", site_name, href=_HOME), class_="page-head")
    return light_page(
        f"{machine.name}: what to set",
        join(head, body, foot),
        description=f"{machine.name}: three things to set so that the low back stays on the pad.",
        style=f"{_HOME}stylesheets/{STYLE}",
        scripts=[f"{_HOME}runtime/machine-page.js"],
    )


def machine_list() -> Markup:
    """Return every type of machine with its page and its posters, for the page that gyms read."""
    rows = []
    for file in machine_files():
        if file.machine:
            place = f"../{FOLDER}/{file.slug}/"
            page = element("a", file.machine.name, href=place)
            rows.append((page, file.machine.description, _posters(place)))
    return fact_table(("Type", "What it is", "Posters"), rows)


def lobby_screen() -> Markup:
    """Return the way to the screen for a lobby, for the page that gyms read."""
    link = element("a", "Open the lobby screen", href="../kiosk/", class_="md-button")
    return element("p", link)


def stop_sign() -> Markup:
    """Return the sign for pain, in the words of the care cards."""
    sign = element(
        "svg",
        element("path", d=OCTAGON),
        element("text", "STOP", x=50, y=60, text_anchor="middle"),
        viewBox="0 0 100 100",
        aria_hidden="true",
    )
    more = element("a", "What to do then", href=f"{_HOME}lessons/pain-signals/")
    return element("div", sign, element("p", care_cards.stop(), " ", more), class_="stop-sign")


def _setting(setting: Setting) -> Markup:
    return element(
        "li",
        element("p", setting.name, " ", _label(setting.known), class_="name"),
        element("h3", setting.do),
        element("p", setting.why, " ", _label(setting.why_known)),
        element("p", "In our model, ", setting.model, class_="small") if setting.model else (),
    )


def _label(known: str) -> Markup | tuple[()]:
    return element("a", known, href=_MEANING, class_="evidence") if known else ()


def _widget(found: MachineSettings) -> Markup:
    """The setup finder on this machine: the page is about one, so nobody has to choose it."""
    widget = replace(finder(), machines=False)
    html = widget.answer(found.start).html
    assert html, "the catalogue holds no machine that the model refuses"
    return prerender(FINDER, widget, found.start, CONTROLS, html, f"{FINDER}-1")


def _assumed(said: tuple[str, str]) -> Markup:
    name, words = said
    return join(element("dt", name), element("dd", words))


def _way(way: tuple[str, str]) -> Markup:
    words, address = way
    return element("li", element("a", words, href=f"{_HOME}{address}"))


def _ways() -> list[tuple[str, str]]:
    return [
        ("Lesson: set up your machine", "lessons/setup/"),
        ("Lesson: when it hurts", "lessons/pain-signals/"),
        ("Lesson: other exercises", "lessons/alternatives/"),
        ("Save the lessons for the gym, where there may be no network", "about/offline/"),
        ("Other machines", "machines/"),
    ]


def _posters(place: str = "") -> Markup:
    """Return links to the posters of the machine whose page stands at that place."""
    links = [element("a", paper, href=place + name) for name, paper in POSTERS]
    return join(links[0], [join(", ", link) for link in links[1:]])
