"""The answer book of a widget in a page: each control moved alone from the start, worked out at build time.

A reader with one bar of reception gets Python's answer from it at once, while Python is still on its way. The book
is a list of Python's replies, letter for letter; whatever it does not hold, it does not say.
"""

import gzip
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from hooks.browser_bundle import FOLDER, Asset, made_once, sources_hash, told, with_twins
from hooks.starter_bundle import CRASH, answers_here
from hooks.widget_html import UNITS
from interactive.catalogue import widget_named
from interactive.widget import Value

BYTES_AT_MOST = 40_000  # on the way, compressed: a third of a second with one bar
ANSWERS_AT_MOST = 300  # the slowest widgets take a third of a second each, when the site is built

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class AnswerBooks:
    """The books of a site, made once for each state of the sources and kept below `work`.

    Attributes:
        asked: the file of each book that a page of this build has, in the order of asking.
    """

    def __init__(self, work: Path) -> None:
        self.asked: list[Path] = []
        self._work = work / "books"

    def book(
        self, name: str, start: Mapping[str, Value], shown: Sequence[str]
    ) -> dict[str, object]:
        """Return what a page has to know to fetch the book of one widget: name, hash, bytes.

        Args:
            name: the widget's name.
            start: every input's value in this page.
            shown: the inputs that the reader may move; where space runs out, the first ones win.
        """
        asked = _controls(name, shown)
        told_of = json.dumps([sources_hash(), Path(__file__).read_text(), name, dict(start), asked])
        key = sha256(told_of.encode()).hexdigest()[:16]

        def make(folder: Path) -> None:
            text = written(name, start, asked)
            (folder / f"{name}.{sha256(text.encode()).hexdigest()[:8]}.json").write_text(text)

        [file] = made_once(self._work / key, make).glob("*.json")
        self.asked.append(file)
        return told(file)

    def assets(self) -> list[Asset]:
        """Return the files of all books of this build, with their compressed twins."""
        return with_twins(
            [Asset(f"{FOLDER}/books/{file.name}", file) for file in dict.fromkeys(self.asked)]
        )


def written(name: str, start: Mapping[str, Value], asked: Mapping[str, Sequence[Value]]) -> str:
    """Return a book as JSON: as many controls, in their order, as there is room for."""
    requests = [
        json.dumps({"widget": name, "inputs": {**start, field: stop}})
        for field, stops in asked.items()
        for stop in stops
    ]
    replies = _answered(requests)
    controls = dict(asked)
    while True:
        text = packed(controls, replies[: sum(map(len, controls.values()))])
        if len(gzip.compress(text.encode(), 6)) <= BYTES_AT_MOST:
            return text
        controls.popitem()


def packed(controls: Mapping[str, Sequence[Value]], replies: Sequence[str]) -> str:
    """Return replies as JSON that compresses well: their words once, their numbers column by column.

    Replies that differ in numbers only share a pattern. A column of a pattern holds its n-th number in
    each of its replies, as whole numbers, each as the difference from the one before.
    `interactive/runtime/answer-book.js` reads it.
    """
    pieces: dict[str, int] = {}
    patterns: dict[tuple[int, ...], list[list[str]]] = {}
    rows: list[tuple[int, ...]] = []
    for reply in replies:
        pattern = tuple(pieces.setdefault(piece, len(pieces)) for piece in _NUMBER.split(reply))
        patterns.setdefault(pattern, []).append(_NUMBER.findall(reply))
        rows.append(pattern)
    places = {pattern: place for place, pattern in enumerate(patterns)}
    book = {
        "controls": {field: list(stops) for field, stops in controls.items()},
        "pieces": list(pieces),
        "patterns": [list(pattern) for pattern in patterns],
        "rows": [places[pattern] for pattern in rows],
        "columns": [
            [_column(texts) for texts in zip(*of, strict=True)] for of in patterns.values()
        ],
    }
    return json.dumps(book, ensure_ascii=False, separators=(",", ":"))


def _column(texts: Sequence[str]) -> str:
    """Return numbers as `mode digits: differences`; mode f: always so many decimals, t: no zeros at the end.

    Example:
        >>> _column(["1.5", "1.25", "2"]), _column(["1.50", "1.25"]), _column(["007", "8"])
        ('t2:150,-25,75', 'f2:150,-25', 's0:007,8')
    """
    digits = max(len(text.partition(".")[2]) for text in texts)
    whole = [round(float(text) * 10**digits) for text in texts]
    for mode in ("f", "t"):
        if [_text(number, mode, digits) for number in whole] == list(texts):
            steps = [whole[0], *(after - before for before, after in pairwise(whole))]
            return f"{mode}{digits}:{','.join(map(str, steps))}"
    return f"s0:{','.join(texts)}"


def _text(number: int, mode: str, digits: int) -> str:
    text = f"{number / 10**digits:.{digits}f}"
    return text.rstrip("0").rstrip(".") if mode == "t" and digits else text


def _controls(name: str, shown: Iterable[str]) -> dict[str, Sequence[Value]]:
    """Return the stops of the controls that the book is about, as many whole controls as there is time for."""
    controls = widget_named(name).controls
    fields = dict.fromkeys(field for field in (UNITS, *shown) if field in controls)
    found: dict[str, Sequence[Value]] = {}
    for field in fields:
        if sum(map(len, found.values())) + len(controls[field].stops) > ANSWERS_AT_MOST:
            break
        found[field] = controls[field].stops
    return found


def _answered(requests: Sequence[str]) -> list[str]:
    """Return Python's replies, worked out on every core; an empty one where a widget has none."""
    cores = os.cpu_count() or 1
    share = -(-len(requests) // cores)
    shares = [requests[first : first + share] for first in range(0, len(requests), share)]
    with ThreadPoolExecutor(cores) as running:  # each waits for a process of its own
        found = [reply for replies in running.map(answers_here, shares) for reply in replies]
    return ["" if reply.startswith(CRASH) else reply for reply in found]
