"""Something hurts: which of the three care cards is mine? It only chooses a card and judges nothing."""

from dataclasses import dataclass
from typing import Annotated

from interactive import care_cards
from interactive.care_cards import EMERGENCY, NOT_URGENT, URGENT
from interactive.markup import Markup, element
from interactive.widget import Toggle, Widget

# the questions are the cards' own signs, so that question and card cannot disagree
_EMERGENCY = care_cards.care_card(EMERGENCY).questions
_URGENT = care_cards.care_card(URGENT).questions
_NOT_URGENT = care_cards.care_card(NOT_URGENT).questions


@dataclass(frozen=True)
class Inputs:
    skin_numb: Annotated[bool, Toggle(label=_EMERGENCY[0])] = False
    bladder_or_bowel: Annotated[bool, Toggle(label=_EMERGENCY[1])] = False
    both_legs: Annotated[bool, Toggle(label=_EMERGENCY[2])] = False
    sexual_function: Annotated[bool, Toggle(label=_EMERGENCY[3])] = False
    chest_or_accident: Annotated[bool, Toggle(label=_EMERGENCY[4])] = False
    one_leg_severe: Annotated[bool, Toggle(label=_URGENT[0])] = False
    one_leg_weak: Annotated[bool, Toggle(label=_URGENT[1])] = False
    hardly_moves: Annotated[bool, Toggle(label=_URGENT[2])] = False
    feels_ill: Annotated[bool, Toggle(label=_URGENT[3])] = False
    stays_after_rest: Annotated[bool, Toggle(label=_NOT_URGENT[0])] = False
    runs_down: Annotated[bool, Toggle(label=_NOT_URGENT[1])] = False
    comes_back: Annotated[bool, Toggle(label=_NOT_URGENT[2])] = False
    lasts_weeks: Annotated[bool, Toggle(label=_NOT_URGENT[3])] = False


@dataclass(frozen=True)
class Path:
    """Where the ticks lead: to one card, whether or not a sign on it was ticked."""

    card: str
    ticked: bool


def calculate(inputs: Inputs) -> Path:
    if (
        inputs.skin_numb
        or inputs.bladder_or_bowel
        or inputs.both_legs
        or inputs.sexual_function
        or inputs.chest_or_accident
    ):
        return Path(EMERGENCY, ticked=True)
    if inputs.one_leg_severe or inputs.one_leg_weak or inputs.hardly_moves or inputs.feels_ill:
        return Path(URGENT, ticked=True)
    mild = inputs.stays_after_rest or inputs.runs_down or inputs.comes_back or inputs.lasts_weeks
    return Path(NOT_URGENT, ticked=mild)


def show(inputs: Inputs, path: Path) -> Markup:
    return element(
        "div",
        element("div", care_cards.card(EMERGENCY), class_="always-first"),
        element(
            "div",
            element("p", _sentence(path), data_say=True),
            () if path.card == EMERGENCY else care_cards.card(path.card),
            care_cards.approval(),
        ),
        class_="what-to-do-now",
    )


def _sentence(path: Path) -> Markup | str:
    if not path.ticked:
        return "Nothing ticked. This card says when to see somebody without hurry."
    do = care_cards.care_card(path.card).advice
    which = "the emergency card, which stands first" if path.card == EMERGENCY else "this card"
    return element("span", element("strong", do), f" You ticked a sign on {which}.")


WIDGET = Widget(
    title="What do you notice? Tick all that is true.",
    inputs=Inputs,
    calculate=calculate,
    show=show,
    private=True,
)
