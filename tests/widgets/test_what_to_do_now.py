"""Every path of the guide, all combinations of its questions, ends in the right care card."""

import re
from itertools import product

import pytest

from interactive import care_cards
from interactive.care_cards import EMERGENCY, KINDS, NOT_URGENT, URGENT, care_card
from interactive.catalogue import widget_named
from tests.conftest import ROOT

WIDGET = widget_named("what-to-do-now")
FIELDS = list(WIDGET.controls)
CARDS = {kind: care_cards.card(kind) for kind, _, _ in KINDS}


def signs(kind: str) -> list[str]:
    """The questions whose words stand on a card."""
    words = care_card(kind).questions
    return [field for field, control in WIDGET.controls.items() if control.label in words]


def shown(ticked: dict[str, bool]) -> str:
    html = WIDGET.answer(ticked).html
    assert html is not None
    return html


def test_every_sign_of_every_card_is_asked_once_and_nothing_else_is() -> None:
    asked = [field for kind, _, _ in KINDS for field in signs(kind)]
    assert asked == FIELDS
    assert [control.label + "." for control in WIDGET.controls.values()] == [
        sign for kind, _, _ in KINDS for sign in care_card(kind).signs
    ]


def test_all_paths_end_in_a_card_and_the_more_urgent_sign_always_wins() -> None:
    emergency, urgent = set(signs(EMERGENCY)), set(signs(URGENT))
    ends: dict[tuple[bool, ...], str] = {}
    for ticks in product((False, True), repeat=len(FIELDS)):
        ticked = {field for field, tick in zip(FIELDS, ticks, strict=True) if tick}
        html = shown(dict(zip(FIELDS, ticks, strict=True)))
        assert CARDS[EMERGENCY] in html, "the emergency card is always there"
        assert html.index("care-card-emergency") < html.index("data-say")
        ends[ticks] = (
            URGENT if CARDS[URGENT] in html else NOT_URGENT if CARDS[NOT_URGENT] in html else EMERGENCY
        )  # fmt: skip
        wanted = EMERGENCY if ticked & emergency else URGENT if ticked & urgent else NOT_URGENT
        assert ends[ticks] == wanted, ticked
        assert html.count("<section") == (1 if wanted == EMERGENCY else 2)
        assert not ticked or f"<strong>{care_card(wanted).advice}</strong>" in html
    assert len(ends) == 2 ** len(FIELDS)
    assert set(ends.values()) == set(CARDS)


@pytest.mark.parametrize("field", FIELDS)
def test_the_answer_names_no_condition_counts_nothing_and_gives_no_odds(field: str) -> None:
    says = re.sub("<[^>]+>", "", shown({field: True}).split("data-say")[1].split("</p>")[0])
    assert not re.search(
        r"\d|%|score|risk|sciatica|disc|hernia|syndrome|cauda|nerve|sprain", says, re.IGNORECASE
    )


def test_ticking_one_more_sign_never_leads_to_a_calmer_card() -> None:
    order = [NOT_URGENT, URGENT, EMERGENCY]

    def end(ticked: dict[str, bool]) -> int:
        return order.index(WIDGET.calculate(WIDGET.read(ticked)).card)

    for before in product((False, True), repeat=len(FIELDS)):
        ticked = dict(zip(FIELDS, before, strict=True))
        for field in FIELDS:
            assert end({**ticked, field: True}) >= end(ticked)


def test_the_same_cards_stand_on_the_lesson_as_a_plain_list() -> None:
    lesson = (ROOT / "content/lessons/pain-signals/index.md").read_text()
    assert "``` interactive what-to-do-now" in lesson
    assert "``` generated care-cards" in lesson
