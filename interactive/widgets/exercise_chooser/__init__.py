"""Which other exercise suits my gym, my goal and what bothers me, and what speaks for it?"""

from dataclasses import dataclass
from typing import Annotated

from interactive.chart import fact_table
from interactive.markup import Markup, element
from interactive.model.exercises import (
    BACK_LOAD,
    BALANCE,
    BELT_MACHINE,
    DUMBBELLS,
    GLUTES,
    HACK_MACHINE,
    KNEES,
    LEG_PRESS,
    LEGS,
    NOTHING,
    ONE_LEG,
    QUADS,
    ROUNDING,
    SHOULDERS,
    STEP,
    Ranked,
    Reason,
    ranked_exercises,
    reasoned,
)
from interactive.widget import Choice, Toggle, Widget, number


@dataclass(frozen=True)
class Inputs:
    goal: Annotated[
        str,
        Choice(
            label="What do you want to train?",
            options={
                LEGS: "strong legs in general",
                QUADS: "the front of the thighs",
                GLUTES: "the glutes",
                ONE_LEG: "a steady hip and core",
            },
        ),
    ] = LEGS
    bother: Annotated[
        str,
        Choice(
            label="What bothers you?",
            options={
                NOTHING: "nothing in particular",
                ROUNDING: "my low back rounds at the bottom",
                BACK_LOAD: "much load on the low back",
                SHOULDERS: "weight on the shoulders",
                KNEES: "deep knee bends",
                BALANCE: "balancing with weights",
            },
        ),
    ] = BACK_LOAD
    belt_machine: Annotated[bool, Toggle(label="There is a belt squat machine")] = True
    hack_machine: Annotated[bool, Toggle(label="There is a hack squat machine")] = True
    dumbbells: Annotated[bool, Toggle(label="There are dumbbells")] = True
    step: Annotated[bool, Toggle(label="There is a step or a bench")] = True


@dataclass(frozen=True)
class Choosing:
    """What is possible, best first, and the leg press in the same light."""

    ranked: tuple[Ranked, ...]
    leg_press: Ranked


def calculate(inputs: Inputs) -> Choosing:
    there_is = (
        (inputs.belt_machine, BELT_MACHINE),
        (inputs.hack_machine, HACK_MACHINE),
        (inputs.dumbbells, DUMBBELLS),
        (inputs.step, STEP),
    )
    equipment = tuple(name for there, name in there_is if there)
    return Choosing(
        ranked_exercises(equipment, inputs.goal, inputs.bother),
        reasoned(LEG_PRESS, inputs.goal, inputs.bother),
    )


def show(inputs: Inputs, choosing: Choosing) -> Markup:
    if not choosing.ranked:
        return element(
            "p",
            "Tick at least one thing that your gym has. A firm step is enough for two exercises.",
            data_say=True,
        )
    first = choosing.ranked[0]
    return element(
        "div",
        element(
            "p",
            _best(choosing.ranked),
            " Not one of these exercises has been shown to cause fewer back injuries.",
            data_say=True,
        ),
        element("ol", [_listed(ranked) for ranked in choosing.ranked], class_="chooser-list"),
        element("p", element("strong", f"{first.exercise.name} beside the leg press")),
        _beside(choosing.leg_press, first),
        class_="exercise-chooser",
    )


def _best(ranked: tuple[Ranked, ...]) -> Markup | str:
    most = ranked[0].balance
    if most <= 0:
        return "By your answers, little speaks for any of these."
    names = [one.exercise.name for one in ranked if one.balance == most]
    return element("span", "Most speaks for: ", element("strong", ", ".join(names)), ".")


def _listed(ranked: Ranked) -> Markup:
    return element("li", element("strong", ranked.exercise.name), _reasons(ranked))


def _reasons(ranked: Ranked) -> Markup:
    if not ranked.speaking_for and not ranked.speaking_against:
        return element("p", "Neither for nor against it, by your answers.")
    return element(
        "ul",
        [_reason("For", reason) for reason in ranked.speaking_for],
        [_reason("Against", reason) for reason in ranked.speaking_against],
    )


def _reason(side: str, reason: Reason) -> Markup:
    return element(
        "li",
        element("span", "+" if side == "For" else "−", class_="chooser-sign", aria_hidden="true"),
        element("b", f"{side}: "),
        _sentence(reason),
        " ",
        _known(reason),
    )


def _sentence(reason: Reason) -> str:
    shown = []
    for cited in reason.numbers:
        shown.append(f"{number(round(cited.value))}\N{NO-BREAK SPACE}{cited.unit}")
    return reason.words.format(*shown)


def _known(reason: Reason) -> Markup:
    author, year = reason.source[:-4], reason.source[-4:]
    return element(
        "span", reason.evidence, f", {author} {year}" if author else "", class_="evidence"
    )


def _beside(leg_press: Ranked, other: Ranked) -> Markup:
    press, first = leg_press.exercise, other.exercise
    return fact_table(
        ("Compared", press.name, first.name),
        [
            ("The weight rests", press.load_sits, first.load_sits),
            ("The trunk is", press.trunk, first.trunk),
            ("Legs at work", press.legs, first.legs),
            ("Who keeps the balance", press.balance, first.balance),
            ("By your answers", _count(leg_press), _count(other)),
            ("Fewer back injuries", "not shown", "not shown"),
        ],
    )


def _count(ranked: Ranked) -> str:
    return f"{len(ranked.speaking_for)} for, {len(ranked.speaking_against)} against"


WIDGET = Widget(title="Exercise chooser", inputs=Inputs, calculate=calculate, show=show)
