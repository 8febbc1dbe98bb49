"""The answer book says what CPython says, byte for byte, and nothing that it does not know."""

import gzip
import json
import re
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

from hooks.answer_book import BYTES_AT_MOST, packed
from interactive.browser import answer
from tests.conftest import ROOT
from tests.parity.test_parity import EVERY_SO_MANY, SLOW, in_node

WIDGET = re.compile(
    r'<lesson-widget id="[^"]+" name="(?P<name>[^"]+)" state="static"'
    r' data-inputs="(?P<start>[^"]+)"(?P<book> data-book="(?P<told>[^"]+)")?'
)
BOOKS = "runtime/books"


def replies(book: Path, start: object, questions: list[Any], aside: Path) -> list[str | None]:
    """What the page's script finds in a book; None where it finds nothing."""
    asked, found = aside / "questions.json", aside / "replies.json"
    asked.write_text(json.dumps({"start": start, "questions": questions}))
    script = ROOT / "interactive/runtime/answer-book.js"
    in_node("read_book.mjs", script, book, asked, found)
    answered: list[str | None] = json.loads(found.read_text())
    return answered


def widgets(site: Path) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Name, starting values and what a page knows of its book, of every widget that has one."""
    found = []
    for page in site.rglob("*.html"):
        for widget in WIDGET.finditer(page.read_text()):
            if widget["book"]:
                told, start = (json.loads(unescape(widget[part])) for part in ("told", "start"))
                found.append((widget["name"], start, told))
    return found


def test_every_reply_in_every_book_of_the_site_is_pythons(site: Path, tmp_path: Path) -> None:
    books = widgets(site)
    assert len(books) >= 9
    for name, start, told in books:
        file = site / BOOKS / told["name"]
        assert len(gzip.compress(file.read_bytes(), 6)) <= BYTES_AT_MOST
        controls = json.loads(file.read_text())["controls"]
        changed = [[[field, stop]] for field, stops in controls.items() for stop in stops]
        changed = changed[:: EVERY_SO_MANY if name in SLOW else 1]
        found = replies(file, start, [[], *changed], tmp_path)
        expected = [
            answer(json.dumps({"widget": name, "inputs": start | dict(these)}))
            for these in chain([[]], changed)
        ]
        assert found == expected, name


def test_every_control_that_a_lesson_shows_is_in_its_book(site: Path) -> None:
    for page in (site / "lessons").rglob("*.html"):
        for part in page.read_text().split("<lesson-widget")[1:]:
            told = json.loads(unescape(re.search(r'data-book="([^"]+)"', part)[1]))  # type: ignore[index]
            if told["name"].startswith(SLOW):
                continue  # there is not room for all; the first controls come first
            shown = set(re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', part))
            assert shown <= set(json.loads((site / BOOKS / told["name"]).read_text())["controls"])


def test_a_book_says_nothing_about_what_it_does_not_hold(tmp_path: Path) -> None:
    said = [json.dumps({"n": number, "w": f"{number:.2f} g"}) for number in (0.5, 1.25, -3)]
    book = tmp_path / "book.json"
    book.write_text(packed({"a": [1, 2], "b": [True, False]}, [*said, ""]))
    asked = [[], [["a", 2]], [["b", True]], [["b", False]], [["a", 3]], [["c", 1]]]
    both = [["a", 1], ["b", True]]
    found = replies(book, {"a": 1, "b": False}, [*asked, both], tmp_path)
    assert found == [said[0], said[1], said[2], "", None, None, None]
