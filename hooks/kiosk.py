"""The lobby screen: the lessons' figures in turn, each with one sentence that is read from afar."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hooks.feeling_figure import feeling_figure
from hooks.generated_blocks import GENERATED_BLOCKS
from hooks.light_page import light_page
from hooks.machine_pages import NOT_REVIEWED
from hooks.qr_code import QUIET, code
from interactive import care_cards
from interactive.figure import Scene, range_bar, side_view
from interactive.markup import Markup, element, join
from interactive.model.advice import BACKREST_FLATTER, changed
from interactive.model.chain import Setup, evaluate
from interactive.model.posture import THREE_QUARTERS
from interactive.wording import percent

FOLDER = "kiosk"
STYLE = "kiosk.css"
TURN_MS = 9_000  # long enough to read a sentence twice
IDLE_MS = 60_000
SHALLOW_DEG, DEEP_DEG = 60.0, 120.0


@dataclass(frozen=True)
class Slide:
    """What the screen shows at one time.

    Attributes:
        sentence: large, and true without the picture.
        source: smaller, where it comes from.
        picture: what shows it.
    """

    sentence: str
    source: str
    picture: Markup


def write_kiosk(site: Path, site_name: str, site_url: str) -> None:
    """Write `kiosk/index.html`, always dark: white on black is read from afar.

    Args:
        site: the folder of the built site.
        site_name: what the site is called.
        site_url: where it will be hosted; the last slide leads there.
    """
    page = site / FOLDER / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(kiosk(slides(site_url), site_name))


def slides(site_url: str) -> tuple[Slide, ...]:
    """Return what the screen shows, in this order."""
    usual = Setup()
    flatter = changed(usual, BACKREST_FLATTER)
    assert flatter
    return (
        Slide(
            "The deeper you press, the more your hips fold.",
            "Lesson 1, what happens at the bottom: from mechanics",
            _depth(replace(usual, knee_deg=SHALLOW_DEG)),
        ),
        Slide(
            "When the hips have no more to give, the low back bends instead.",
            "Lesson 1, what happens at the bottom: from mechanics",
            _depth(replace(usual, knee_deg=DEEP_DEG)),
        ),
        Slide(
            "Stop the sled while your low back still rests on the pad.",
            "Lesson 2, set up your machine: from mechanics",
            _depth(usual),
        ),
        Slide(
            "One degree of backrest is one degree of fold: set it flatter.",
            "Lesson 2, set up your machine: from mechanics",
            _depth(flatter),
        ),
        Slide(
            "Heavy presses raise blood pressure. Breathe out through the hard part.",
            "Lesson 3, breathe and brace: measured in people",
            GENERATED_BLOCKS["peaks-figure"](),
        ),
        Slide(care_cards.stop(), "Lesson 4, when it hurts: coaches' experience", feeling_figure()),
        Slide(
            "In a belt squat the low back's muscles work about half as hard as in a back squat.",
            "Lesson 5, other exercises: measured in people",
            GENERATED_BLOCKS["belt-squat-figure"](),
        ),
        Slide("Set up your machine: scan this with a phone.", _plain(site_url), _code(site_url)),
    )


def kiosk(shown: Sequence[Slide], site_name: str) -> str:
    """Return the page: all slides below each other, until its script shows them in turn."""
    body = join(
        element(
            "main",
            element("h1", site_name),
            map(_slide, shown),
            class_="slides",
            data_turn=TURN_MS,
            data_idle=IDLE_MS,
        ),
        element(
            "div",
            element("button", "Back", type="button", data_step=-1),
            element("button", "Next", type="button", data_step=1),
            class_="steps",
            hidden=True,
        ),
        element("p", class_="said", role="status"),
        element("footer", element("p", f"{NOT_REVIEWED} Text and pictures CC BY 4.0.")),
    )
    return light_page(
        f"{site_name} Lobby screen",
        body,
        description="The lessons' figures in turn, for a screen in a gym.",
        style=f"../stylesheets/{STYLE}",
        scripts=["../runtime/kiosk.js"],
    )


def _slide(slide: Slide) -> Markup:
    return element(
        "section",
        element("div", slide.picture, class_="picture"),
        element(
            "div",
            element("h2", slide.sentence),
            element("p", slide.source, class_="source"),
            class_="words",
        ),
        class_="slide",
    )


def _depth(setup: Setup) -> Markup:
    """Return the lifter at a depth, and how much of its range the low back of that body uses."""
    answer = evaluate(setup)
    share = percent(answer.lumbar.fraction_of_range)
    fold = f"{answer.pose.trunk_thigh_deg:.0f}°"
    view = side_view(
        Scene(setup, answer.pose, answer.lumbar),
        f"Side view of a lifter, knees bent to {setup.knee_deg:g}°, backrest at "
        f"{setup.backrest_deg:g}°. Thigh and trunk fold to {fold}.",
    )
    bar = range_bar(
        answer.lumbar.fraction_of_range,
        THREE_QUARTERS.value,
        f"A bar of the low back's own bending range. The marker stands at {share}.",
    )
    caption = element("figcaption", f"A typical low back: {share} of its bending range")
    return element("figure", view, bar, caption, class_="chart-figure")


def _code(address: str) -> Markup:
    made = code(address)
    whole = made.size + 2 * QUIET
    return element(
        "svg",
        element("path", d=f"M{-QUIET} {-QUIET}h{whole}v{whole}h{-whole}Z", class_="paper"),
        element("path", d=made.d, class_="ink"),
        viewBox=f"{-QUIET} {-QUIET} {whole} {whole}",
        class_="code",
        role="img",
        aria_label=f"A code that leads a phone to {_plain(address)}.",
    )


def _plain(address: str) -> str:
    return address.partition("://")[2].rstrip("/")
