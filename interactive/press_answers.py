"""What widgets say about a press: how many bodies, how deep, which change first, and what it loads."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from interactive.chart import fact_table
from interactive.markup import Markup, element, join
from interactive.model.advice import (
    CHANGES,
    EQUAL_WITHIN,
    FEET,
    FEET_LOWER,
    STANCE_WIDER,
    Change,
    Opening,
)
from interactive.model.depth import STRAIGHTEST, DepthWindow
from interactive.model.posture import REACHABLE
from interactive.model.uncertainty import IN_HOW_MANY, Band, Summary
from interactive.widget import Value
from interactive.wording import in_twenty, length, percent

# what a reader has to know before trying a change; the lesson on setup says why
CAVEATS = {
    FEET_LOWER: "Lower the feet only as far as your heels stay flat.",
    STANCE_WIDER: "What wider thighs do is a guess of the model.",
}

type Sets = Callable[[Change | Opening], Mapping[str, Value]]


def band_text(band: Band) -> str:
    r"""Return the middle eight in ten of a share, as readers see it.

    Example:
        >>> band_text(Band(0.57, 0.72, 0.93))
        '57 to 93\xa0%'
    """
    return f"{band.p10 * 100:.0f} to {percent(band.p90)}"


def beyond_range(band: Band) -> str:
    """Return why a back can use more than all of its range; empty where few of the bodies do.

    Example:
        >>> beyond_range(Band(0.57, 0.72, 0.93))
        ''
    """
    if band.p90 <= 1:
        return ""
    return (
        " Above 100\N{NO-BREAK SPACE}% the pad bends the back further than it bends in standing; "
        f"at {percent(REACHABLE.value)} the hips leave the seat."
    )


def bodies_past(summary: Summary) -> Markup:
    """Return the sentence that answers first: how many bodies pass the line, and the word for it."""
    count = in_twenty(summary.share_past)
    return element(
        "p",
        element("strong", count[0].upper() + count[1:]),
        " bodies like yours bend the low back past three quarters of its range: ",
        element("strong", summary.verdict),
        ".",
        data_say=True,
    )


def window_text(window: DepthWindow, units: str) -> str:
    """Return where the sled may stop, in words that can be measured on the machine."""
    if window.knee_to_deg is None or window.sled_to_cm is None or window.sled_from_cm is None:
        return "no depth at all"
    text = f"down to {length(window.sled_to_cm, units)} below the top, knees at {window.knee_to_deg:.0f}°"
    if window.knee_from_deg is not None and window.knee_from_deg > STRAIGHTEST.value + 1:
        text += f"; at the top keep {window.knee_from_deg:.0f}° of knee bend"
    return text


def thigh_cue(window: DepthWindow) -> str:
    """Return how the thigh stands at the deep end of a window, seen from the side; empty if none."""
    past_deg = window.thigh_past_vertical_deg
    if past_deg is None:
        return ""
    if abs(past_deg) < 3:
        return "Your thigh then stands upright."
    if past_deg < 0:
        return f"Your thigh then stands {-past_deg:.0f}° short of upright."
    return f"Your thigh then stands {past_deg:.0f}° past upright, towards your chest."


def depth_table(windows: Sequence[DepthWindow], units: str) -> Markup:
    """Return how deep the sled may go, for each share of bodies that stays below the line."""
    whole = IN_HOW_MANY.value
    rows = [
        (
            f"{window.level * whole:.0f} in {whole:.0f}".replace(" ", "\N{NO-BREAK SPACE}"),
            window_text(window, units),
        )
        for window in windows
    ]
    return fact_table(("Bodies below the line", "How deep"), rows, numbered=True)


def opening_text(opening: Opening | None, button: Markup | tuple[()], units: str) -> Markup:
    """Return what to change where no depth will do."""
    if opening is None:
        return element("p", "No single change opens a depth for most bodies. Try two together.")
    return element(
        "p",
        "As it is, no depth keeps 18 in 20 bodies below the line. "
        f"This opens one: {_lower(change_words(opening.words, units))}. ",
        button,
    )


def change_words(words: str, units: str) -> str:
    r"""Return the words for a change in the reader's units.

    Example:
        >>> change_words("Set the feet 5 cm lower, same sled stop", "us")
        'Set the feet 2\xa0in lower, same sled stop'
    """
    return words.replace(f"{FEET.value:g} cm", length(FEET.value, units))


def helpful(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that bring bodies below the line by more than chance, best first as printed.

    Of changes that read the same, the one that needs nothing but a decision comes first: an earlier
    stop before the backrest, the backrest before the feet.
    """
    found = [c for c in changes if c.rank and c.share_change <= -EQUAL_WITHIN.value]
    order = list(CHANGES)
    return sorted(found, key=lambda c: (_in_twenty(c.share_change), order.index(c.name)))


def change_list(changes: Iterable[Change], sets: Sets, units: str) -> Markup:
    """Return the changes that lower the share of bodies past the line, best first, each to be tried.

    Args:
        changes: ranked changes.
        sets: what a change sets in the widget; a change that sets nothing has no button.
        units: the reader's.
    """
    found = helpful(changes)
    if not found:
        return element("p", "No single change moves many bodies to the other side of the line.")
    items = [
        element(
            "li",
            element(
                "span",
                change_words(change.words, units),
                ": ",
                element("strong", fewer(change.share_change)),
                ".",
            ),
            " ",
            try_button(sets(change)),
        )
        for change in found
    ]
    return join(
        element("ol", items, class_="changes"),
        element(
            "p",
            "Each is one step; you can take more. ",
            caveats(change.name for change in found),
            class_="widget-help",
        ),
    )


def caveats(names: Iterable[str]) -> str:
    """Return what has to be known before trying some of these changes; empty if nothing.

    Example:
        >>> caveats(["stop-earlier", "feet-lower"])
        'Lower the feet only as far as your heels stay flat.'
    """
    given = set(names)
    return " ".join(words for name, words in CAVEATS.items() if name in given)


def other_changes(changes: Iterable[Change], sets: Sets, units: str) -> Markup:
    """Return every change with what it does to share and load, as a table."""
    rows = []
    for change in changes:
        effect = fewer(change.share_change) if change.rank else "not ranked: effect on load unknown"
        rows.append(
            (change_words(change.words, units), join(effect, " ", try_button(sets(change))))
        )
    return fact_table(("Change", "Bodies past the line"), rows)


def fewer(share_change: float) -> str:
    """Return a change of a share of bodies in words.

    Example:
        >>> fewer(-0.33), fewer(0.19), fewer(0.01)
        ('about 7 in 20 fewer', 'about 4 in 20 more', 'no difference')
    """
    count = _in_twenty(share_change)
    if count == 0:
        return "no difference"
    return f"about {abs(count)} in {IN_HOW_MANY.value:.0f} {'fewer' if count < 0 else 'more'}"


def try_button(sets: Mapping[str, Value]) -> Markup | tuple[()]:
    """Return a button that sets inputs of its widget; nothing where there is nothing to set."""
    if not sets:
        return ()
    return element("button", "Try it", type="button", data_set=json.dumps(dict(sets)))


def load_text(summary: Summary) -> str:
    """Return the band of load at the low back in body weights, or why there is none."""
    if summary.load_body_weights is None:
        return summary.note
    band = summary.load_body_weights
    text = (
        f"The middle 8 in 10 bodies carry {band.p10:.1f} to {band.p90:.1f} times their body weight "
        "at the lowest disc."
    )
    return f"{text} {summary.note}".strip()


def _in_twenty(share_change: float) -> int:
    return round(share_change * IN_HOW_MANY.value)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
