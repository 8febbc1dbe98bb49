"""The starter says what CPython says, byte for byte: its numbers, and every widget that it may answer."""

import json
import random
import struct
from pathlib import Path

import pytest

from hooks.starter_bundle import answers_by_the_starter, questions, starter
from hooks.starter_source import LIBRARY, library_text
from interactive.browser import answer
from tests.conftest import ROOT
from tests.parity.other_languages import questions_in_other_languages

RANDOM_INPUTS = 2000
FORMATS = (
    ".0f",
    ".1f",
    ".2f",
    ".3f",
    "g",
    ".3g",
    ".9g",
    ".1%",
    ".2e",
    "+.1f",
    "8.1f",
    "<9.2f",
    ",.0f",
)
NUMBERS = f"""
import {LIBRARY} as m

def answer(text):
    number = m.float_(text)
    found = [m.repr_(number)] + [m.format_(number, spec) for spec in {FORMATS!r}]
    return "|".join(found + [m.repr_(m.round_(number, places)) for places in (0, 1, 2, 3)])
"""


def numbers() -> list[float]:
    """Numbers of every size, exact halves, and differences a hair beside a short decimal."""
    chance = random.Random(2026)
    found = [2.0**-power for power in range(1, 80)]
    found += [0.0, -0.0, 1e16, 5e-5, 1e-4, 999999.5, 9999999.5, 123456789012345680.0]
    found += [a / 200 - (a + b) / 200 for a in range(200) for b in (2, -7)]
    found += [chance.randrange(-4000, 4000) / 8 for _ in range(500)]
    found += [chance.randrange(-2000, 2000) / 200 for _ in range(500)]
    found += [chance.uniform(-1, 1) * 10.0 ** chance.randrange(-12, 18) for _ in range(1500)]
    for _ in range(500):
        bits = chance.getrandbits(52) | (1023 + chance.randrange(-60, 60)) << 52
        found.append(struct.unpack("d", struct.pack("Q", bits))[0])
    return found


def test_micropython_with_our_library_writes_and_rounds_numbers_as_cpython(tmp_path: Path) -> None:
    source = tmp_path / "source.json"
    library = library_text(ROOT / f"hooks/{LIBRARY}.py")
    source.write_text(json.dumps({f"{LIBRARY}.py": library, "interactive/browser.py": NUMBERS}))
    asked = numbers()
    expected = [
        "|".join(
            [repr(number)]
            + [format(number, spec) for spec in FORMATS]
            + [repr(round(number, places)) for places in range(4)]
        )
        for number in asked
    ]
    found = answers_by_the_starter(source, list(map(repr, asked)))
    assert [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("name", starter(ROOT / ".cache").widgets)
def test_the_starter_answers_as_cpython_at_every_stop_and_for_random_inputs(name: str) -> None:
    asked = list(questions(name, RANDOM_INPUTS, every_stop=True))
    assert len(asked) > RANDOM_INPUTS
    found = answers_by_the_starter(starter(ROOT / ".cache").source, asked, patience=None)
    differing = [
        question
        for question, theirs in zip(asked, found, strict=True)
        if theirs != answer(question)
    ]
    # a widget that differs belongs into hooks.starter_bundle.LEFT_OUT, with the reason
    assert differing == []


def test_the_starter_answers_in_other_languages_as_cpython() -> None:
    asked = questions_in_other_languages()
    assert asked
    found = answers_by_the_starter(starter(ROOT / ".cache").source, asked, patience=None)
    assert [
        theirs for theirs, mine in zip(found, map(answer, asked), strict=True) if theirs != mine
    ] == []


def test_the_picture_that_every_lesson_opens_with_has_a_starter() -> None:
    assert "depth-explorer" in starter(ROOT / ".cache").widgets
