"""Does the order of the exercises follow from their reasons, and does each reason say how it is known?"""

from itertools import combinations, product

import pytest
from pybtex.database import parse_file

from hooks import ROOT
from interactive.model.cited import NotOffered
from interactive.model.exercises import (
    BACK_LOAD,
    BOTHERS,
    EQUIPMENT,
    EXERCISES,
    EXPERIENCE,
    GLUTES,
    GOALS,
    IN_PEOPLE,
    LEG_PRESS,
    LEGS,
    MECHANICS,
    NOTHING,
    STEP,
    Reason,
    ranked_exercises,
    reasoned,
)

NOTES = {
    key: str(entry.fields.get("note", ""))
    for key, entry in parse_file(str(ROOT / "content" / "references.bib")).entries.items()
}
REASONS = [
    pytest.param(reason, id=f"{exercise.name}-{index}")
    for exercise in (*EXERCISES, LEG_PRESS)
    for index, reason in enumerate(exercise.reasons)
]


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_says_how_it_is_known_and_cites_only_what_was_read(reason: Reason) -> None:
    assert reason.evidence in (IN_PEOPLE, MECHANICS, EXPERIENCE)
    assert (reason.evidence != IN_PEOPLE) or reason.source
    assert not reason.source or NOTES[reason.source].startswith("seen")
    assert reason.words.count("{}") == len(reason.numbers)
    assert {cited.key for cited in reason.numbers} <= {reason.source}
    assert not any(letter.isdigit() for letter in reason.words), "a number is cited, not typed"
    assert reason.topics
    assert set(reason.topics) <= {*GOALS, *BOTHERS}


def test_every_goal_and_every_bother_is_answered_by_some_exercise() -> None:
    answered = {topic for e in EXERCISES for reason in e.reasons for topic in reason.topics}
    assert answered == {*GOALS, *BOTHERS} - {NOTHING}


@pytest.mark.parametrize(("goal", "bother"), list(product(GOALS, BOTHERS)))
def test_the_order_is_that_of_the_reasons_whatever_there_is(goal: str, bother: str) -> None:
    for count in range(len(EQUIPMENT) + 1):
        for equipment in combinations(EQUIPMENT, count):
            ranked = ranked_exercises(equipment, goal, bother)
            balances = [one.balance for one in ranked]
            assert balances == sorted(balances, reverse=True)
            for one in ranked:
                assert set(one.exercise.needs) <= set(equipment)
                for reason in (*one.speaking_for, *one.speaking_against):
                    assert {goal, bother} & set(reason.topics)
            possible = [e.name for e in EXERCISES if set(e.needs) <= set(equipment)]
            assert sorted(one.exercise.name for one in ranked) == sorted(possible)


def test_the_belt_squat_is_first_for_less_load_on_the_back_and_last_for_glutes_alone() -> None:
    assert ranked_exercises(EQUIPMENT, LEGS, BACK_LOAD)[0].exercise.name == "Belt squat"
    assert ranked_exercises(EQUIPMENT, GLUTES, NOTHING)[-1].exercise.name == "Belt squat"


def test_a_step_alone_is_enough_for_two_exercises() -> None:
    names = [one.exercise.name for one in ranked_exercises((STEP,), GLUTES, NOTHING)]
    assert names == ["Step-up", "Bulgarian split squat"]


def test_the_leg_press_is_judged_by_the_same_rules() -> None:
    assert reasoned(LEG_PRESS, LEGS, "rounding").balance == 0


@pytest.mark.parametrize(
    "asked", [(("rings",), LEGS, NOTHING), (EQUIPMENT, "abs", NOTHING), (EQUIPMENT, LEGS, "age")]
)
def test_what_is_not_in_a_list_is_refused(asked: tuple[tuple[str, ...], str, str]) -> None:
    with pytest.raises(NotOffered):
        ranked_exercises(*asked)
