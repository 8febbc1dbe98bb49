"""The words that readers never see, from wording.yml, and the sentences that may deny them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from hooks.languages import ENGLISH

WORDING = Path(__file__).with_suffix(".yml")
_BEFORE, _AFTER = r"(?<![\w./-])", r"(?![\w-]|\.\w)"


@dataclass(frozen=True)
class Banned:
    """Words of one kind.

    Attributes:
        pattern: finds them in a text.
        why: what is wrong with them.
        instead: what to write.
    """

    pattern: re.Pattern[str]
    why: str
    instead: str


class Used(NamedTuple):
    """A banned word in a text: where it starts, as written, and which kind it is."""

    start: int
    written: str
    banned: Banned


class Wording(NamedTuple):
    """What may not be said, all in one pattern and each kind; which sentences may; and one that must."""

    any_of_them: re.Pattern[str]
    banned: tuple[Banned, ...]
    denials: re.Pattern[str]
    not_reviewed: str


def banned_words(text: str, language: str = ENGLISH) -> Iterator[Used]:
    r"""Yield every banned word of a text but those in a sentence that denies it.

    Args:
        text: the text.
        language: its tag; one whose words nobody has listed has no banned ones.

    Example:
        >>> [used.written for used in banned_words("Safe? It never\n diagnoses. A 7 % risk.")]
        ['Safe', '7 % risk']
    """
    listed = wording(language)
    if listed is None or not listed.any_of_them.search(text):
        return
    banned, denials = listed.banned, listed.denials
    text = denials.sub(lambda found: " " * len(found[0]), text)
    for kind in banned:
        for found in kind.pattern.finditer(text):
            yield Used(found.start(), found[0], kind)


@cache
def wording(language: str = ENGLISH) -> Wording | None:
    """Return a language's list, or None; one that cannot be read stops the developer who wrote it."""
    path = WORDING if language == ENGLISH else WORDING.with_suffix(f".{language}.yml")
    if not path.exists():
        return None
    listed = yaml.safe_load(path.read_text())
    banned = tuple(
        Banned(_finding(entry["words"]), entry["why"], entry["instead"])
        for entry in listed["banned"]
    )
    every = [phrase for entry in listed["banned"] for phrase in entry["words"]]
    return Wording(
        _finding(every), banned, _finding(listed["denials"]), str(listed["not_reviewed"])
    )


def _finding(phrases: list[str]) -> re.Pattern[str]:
    found = "|".join(r"\s*".join(map(_part, re.split(r"\s+", phrase))) for phrase in phrases)
    return re.compile(rf"{_BEFORE}(?:{found}){_AFTER}", re.IGNORECASE)


def _part(word: str) -> str:
    return r"\d+(?:[.,]\d+)?" if word == "N" else re.escape(word)
