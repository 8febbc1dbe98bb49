"""The words that readers never see, from wording.yml, and the sentences that may deny them."""

import re
from collections.abc import Iterator, Sequence
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


class Advice(NamedTuple):
    """Advice that pages do not give: as written, what is wrong with it, why, and what to write."""

    written: str
    what: str
    why: str
    instead: str


class Clinical(NamedTuple):
    """A clinical word as written, and plain words for it."""

    written: str
    plain: str


class Wording(NamedTuple):
    """What may not be said, all in one pattern and each kind, and the sentences that may say it.

    Attributes:
        any_of_them, banned, denials: as their names say.
        unsafe: patterns of advice, each with what, why and what to write instead.
        unless: how a sentence begins that may hold such advice.
        clinical: finds clinical words.
        plain: plain words for them, by the word in small letters.
    """

    any_of_them: re.Pattern[str]
    banned: tuple[Banned, ...]
    denials: re.Pattern[str]
    unsafe: tuple[tuple[re.Pattern[str], str, str, str], ...]
    unless: re.Pattern[str]
    clinical: re.Pattern[str]
    plain: dict[str, str]


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
    if not listed.any_of_them.search(text):
        return
    text = listed.denials.sub(lambda found: " " * len(found[0]), text)
    for kind in listed.banned:
        for found in kind.pattern.finditer(text):
            yield Used(found.start(), found[0], kind)


def unsafe_advice(text: str) -> Iterator[Advice]:
    """Yield advice that pages do not give, but for sentences that warn of it.

    Example:
        >>> [
        ...     found.written
        ...     for found in unsafe_advice("Push through the pain. Never push through pain.")
        ... ]
        ['through the pain']
    """
    found_words = wording()
    for pattern, what, why, instead in found_words.unsafe:
        for found in pattern.finditer(text):
            sentence = re.split(r"[.!?:]\s", text[: found.start()])[-1]
            if not found_words.unless.search(sentence):
                yield Advice(found[0], what, why, instead)


def clinical_words(text: str) -> Iterator[Clinical]:
    """Yield clinical words that are not explained beside them, in brackets.

    Example:
        >>> [
        ...     found.written
        ...     for found in clinical_words("No valgus. Rounding (kyphosis) is kyphosis.")
        ... ]
        ['valgus', 'kyphosis']
    """
    found_words = wording()
    for found in found_words.clinical.finditer(text):
        before, behind = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        if not before.endswith("(") and not behind.startswith("("):
            yield Clinical(found[0], found_words.plain[" ".join(found[0].lower().split())])


@cache
def wording(language: str = ENGLISH) -> Wording:
    """Return a language's list, empty if nobody has written one; one that cannot be read stops its developer."""
    path = WORDING if language == ENGLISH else WORDING.with_suffix(f".{language}.yml")
    listed = yaml.safe_load(path.read_text()) if path.exists() else {}
    banned = tuple(
        Banned(_finding(entry["words"]), entry["why"], entry["instead"])
        for entry in listed.get("banned", ())
    )
    every = [phrase for entry in listed.get("banned", ()) for phrase in entry["words"]]
    unsafe = tuple(
        (_finding(entry["words"]), entry["what"], entry["why"], entry["instead"])
        for entry in listed.get("unsafe", ())
    )
    plain = listed.get("clinical", {})
    return Wording(
        _finding(every),
        banned,
        _finding(listed.get("denials", ())),
        unsafe,
        _finding(listed.get("unless", ())),
        _finding(list(plain)),
        plain,
    )


def _finding(phrases: Sequence[str]) -> re.Pattern[str]:
    found = "|".join(r"\s*".join(map(_part, re.split(r"\s+", phrase))) for phrase in phrases)
    if not phrases:
        return re.compile("(?!)")  # finds nothing
    return re.compile(rf"{_BEFORE}(?:{found}){_AFTER}", re.IGNORECASE)


def _part(word: str) -> str:
    return r"\d+(?:[.,]\d+)?" if word == "N" else re.escape(word)
