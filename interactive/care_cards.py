"""The three care cards, and when to stop: one file that trainers write, for pages and widgets alike."""

import pkgutil
from dataclasses import dataclass
from functools import lru_cache

from interactive.markup import Markup, element

PATH = "content/snippets/care-cards.md"
EMERGENCY, URGENT, NOT_URGENT = "emergency", "urgent", "not-urgent"
# kind, its name in the file, how many signs it has: the widget what-to-do-now asks for each of them
KINDS = ((EMERGENCY, "Emergency", 5), (URGENT, "Urgent", 4), (NOT_URGENT, "Not urgent", 4))

_TITLE = "# Care cards"
_ENDING = " if:"
_STOP = "Stop: "
_HERE = __file__.replace("\\", "/").rpartition("/")[0]
_IN_PACKAGE, _IN_SOURCES = "care-cards.md", f"{_HERE}/../{PATH}"


class CareCardsProblem(ValueError):
    """The file of the care cards cannot be read.

    Attributes:
        line: where, counted from 1.
        what, hint: what is wrong, and what to write.
    """

    def __init__(self, line: int, what: str, hint: str) -> None:
        super().__init__(f"{PATH}:{line}: {what} {hint}")
        self.line, self.what, self.hint = line, what, hint


@dataclass(frozen=True)
class CareCard:
    """One card.

    Attributes:
        kind: `emergency`, `urgent` or `not-urgent`.
        name: the kind in words.
        action: what to do, ending in "if:".
        signs: the bullets, one of which is enough.
        closing: what stands below them; may be empty.
    """

    kind: str
    name: str
    action: str
    signs: tuple[str, ...]
    closing: str

    @property
    def advice(self) -> str:
        """What to do, as a sentence: the heading without its "if:"."""
        return self.action[: -len(_ENDING)] + "."

    @property
    def questions(self) -> tuple[str, ...]:
        """The signs as labels that a reader ticks: without a full stop."""
        return tuple(sign.removesuffix(".") for sign in self.signs)


@dataclass(frozen=True)
class CareCards:
    """The three cards, the emergency first, when to stop, and who has approved their wording."""

    approval: str
    stop: str
    cards: tuple[CareCard, ...]


def card(kind: str) -> Markup:
    """Return one card as HTML.

    Raises:
        CareCardsProblem: the file cannot be read.
    """
    return _html(care_card(kind))


def cards() -> Markup:
    """Return all three cards as HTML, the emergency first, and who has approved their wording.

    Raises:
        CareCardsProblem: the file cannot be read.
    """
    read = care_cards()
    return element("div", map(_html, read.cards), approval(), class_="care-cards")


def emergency_card() -> Markup:
    """Return the emergency card as HTML, and who has approved its wording.

    Raises:
        CareCardsProblem: the file cannot be read.
    """
    return element("div", card(EMERGENCY), approval(), class_="care-cards")


def approval() -> Markup:
    """Return who has approved the wording, as HTML."""
    return element("p", care_cards().approval, class_="care-card-approval")


def stop() -> str:
    """Return which pain ends a set, as a sentence."""
    return care_cards().stop


def care_card(kind: str) -> CareCard:
    """Return one card as data; `kind` is one of KINDS."""
    [found] = [one for one in care_cards().cards if one.kind == kind]
    return found


def care_cards() -> CareCards:
    """Return the cards as the file holds them now.

    Raises:
        CareCardsProblem: it cannot be read.
    """
    try:
        return _packaged()
    except OSError:
        pass
    try:
        with open(_IN_SOURCES, encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be a download
            return read_care_cards(file.read())
    except OSError:
        hint = "Bring it back from an earlier version."
        raise CareCardsProblem(1, "This file is missing.", hint) from None


@lru_cache(maxsize=1)
def _packaged() -> CareCards:
    """Return the cards of the file in the package: that of the browser has one, and it does not change."""
    return read_care_cards((pkgutil.get_data("interactive", _IN_PACKAGE) or b"").decode())


def read_care_cards(text: str) -> CareCards:
    r"""Return the cards that a text describes: a title, the approval, when to stop, then three headings with bullets.

    Raises:
        CareCardsProblem: something stands in it that a card cannot show, or is missing.

    Example:
        >>> read_care_cards("# Care cards\n\nNot approved.\n\n- Pain.")
        Traceback (most recent call last):
        ...
        interactive.care_cards.CareCardsProblem: content/snippets/care-cards.md:5: This sign stands above the first card. Move it below a heading: ## Emergency: Call your local emergency number now if:
    """
    said: list[str] = []
    found: list[_Reading] = []
    line, after_gap, stop_words = 0, True, ""
    for line, written in enumerate(text.splitlines(), 1):
        words = " ".join(written.split())
        if words and words != _TITLE:
            _refuse_marks(line, words)
            if words.startswith("#"):
                found.append(_heading(line, words, len(found)))
            elif words.startswith("-"):
                _add_sign(line, words[1:].strip(), found)
            elif words.startswith(_STOP) and not found:
                stop_words = words.removeprefix(_STOP)
            elif not after_gap:
                what = f"'{words}' goes on from the line above."
                raise CareCardsProblem(line, what, "Write each sign on one line.")
            else:
                (found[-1].closing if found else said).append(words)
        after_gap = not words or words.startswith("#")
    if not said:
        hint = "Write a sentence below the title, such as: Not yet approved by a clinician."
        raise CareCardsProblem(1, "It does not say who has approved the wording.", hint)
    if not stop_words:
        hint = f"Write a line above the first card, such as: {_STOP}Sharp pain means stop."
        raise CareCardsProblem(1, "It does not say which pain means stop.", hint)
    if len(found) < len(KINDS):
        name = KINDS[len(found)][1]
        hint = f"Write at the end: ## {name}: …{_ENDING}"
        raise CareCardsProblem(line, f"The card '{name}' is missing.", hint)
    return CareCards(" ".join(said), stop_words, tuple(reading.done() for reading in found))


class _Reading:
    """A card while it is read."""

    def __init__(self, line: int, kind: str, name: str, count: int, action: str) -> None:
        self.line, self.kind, self.name, self.count, self.action = line, kind, name, count, action
        self.signs: list[str] = []
        self.closing: list[str] = []

    def done(self) -> CareCard:
        if len(self.signs) != self.count:
            what = f"The card '{self.name}' has {len(self.signs)} signs and needs {self.count}."
            hint = (
                "Keep their number: the questions in interactive/widgets/what_to_do_now follow it."
            )
            raise CareCardsProblem(self.line, what, hint)
        return CareCard(
            self.kind, self.name, self.action, tuple(self.signs), " ".join(self.closing)
        )


def _heading(line: int, words: str, count: int) -> _Reading:
    if count == len(KINDS):
        raise CareCardsProblem(line, "There are three cards.", "Delete this heading.")
    kind, name, signs = KINDS[count]
    like = f"Write: ## {name}: See a doctor{_ENDING}"
    mark, _, heading = words.partition(" ")
    found, _, action = heading.partition(": ")
    if mark != "##" or found != name:
        raise CareCardsProblem(line, f"'{words}' is not the heading of card {count + 1}.", like)
    if not action.endswith(_ENDING):
        raise CareCardsProblem(line, f"The heading does not end in '{_ENDING.strip()}'.", like)
    return _Reading(line, kind, name, signs, action)


def _add_sign(line: int, words: str, found: list[_Reading]) -> None:
    if not found:
        hint = "Move it below a heading: ## Emergency: Call your local emergency number now if:"
        raise CareCardsProblem(line, "This sign stands above the first card.", hint)
    if not words:
        raise CareCardsProblem(line, "This sign has no words.", "Write it behind the hyphen.")
    if found[-1].closing:
        what = "This sign stands below the card's last sentence."
        raise CareCardsProblem(line, what, "Move it up to the other signs.")
    found[-1].signs.append(words)


def _refuse_marks(line: int, words: str) -> None:
    for mark in "*_`[]<>{}":
        if mark in words:
            what = f"A card holds plain words, and '{mark}' is a mark."
            raise CareCardsProblem(line, what, "Take it out.")


def _html(one: CareCard) -> Markup:
    return element(
        "section",
        element(
            "h2",
            element("span", f"{one.name}:", class_="care-card-kind"),
            " ",
            one.action,
            class_="care-card-action",
        ),
        element("ul", [element("li", sign) for sign in one.signs]),
        element("p", one.closing) if one.closing else (),
        class_=f"care-card care-card-{one.kind}",
    )
