"""What readers read: nothing is promised anywhere, and the lessons keep the limits of easy reading."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from hooks.check_content import CONTENT, check_lesson
from hooks.widget_block import WidgetBlocks
from hooks.wording import banned_words
from interactive.catalogue import widget_named, widget_names
from interactive.widget import Widget
from tests.widgets import contract

GATE = [
    CONTENT / "index.md",
    CONTENT / "calculator.md",
    *sorted((CONTENT / "lessons").glob("*/index.md")),
]
INLINE = ("a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup", "tspan")
SAID = ("alt", "aria-description", "aria-label", "content", "placeholder", "title", "value")


class Text(HTMLParser):
    """Everything of a page that somebody may read or hear, head and attributes included."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = False
        self.feed(html)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.said))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent = tag in ("script", "style")
        self.said += [f" {value} | " for name, value in attributes if name in SAID and value]
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = False
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag not in INLINE:
            self.said.append(" | ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def promises(html: str) -> list[str]:
    return [used.written for used in banned_words(Text(html).text)]


@pytest.mark.parametrize("path", GATE, ids=lambda path: path.relative_to(CONTENT).as_posix())
def test_a_lesson_keeps_every_rule_of_both_levels(path: Path) -> None:
    assert [problem.listed for problem in check_lesson(WidgetBlocks(), path)] == []


def test_the_gate_holds_all_lessons() -> None:
    assert len(GATE) == 7


def test_no_page_holds_a_word_that_promises_or_examines(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 10
    found = {str(page.relative_to(site)): promises(page.read_text()) for page in pages}
    assert {page: words for page, words in found.items() if words} == {}


@pytest.mark.parametrize("name", widget_names())
def test_no_widget_ever_promises_or_examines(name: str) -> None:
    widget: Widget[Any, Any] = widget_named(name)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(contract.inputs(widget))
    def check(given_inputs: dict[str, Any]) -> None:
        answer = widget.answer(given_inputs)
        assert promises(answer.html or answer.refusal) == []

    check()
    assert promises(widget.title) == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>It is <b>safe</b>.</p>", ["safe"]),
        ("<title>Lift safely</title>", ["safely"]),
        ('<meta content="It prevents pain">', ["prevents"]),
        ('<img alt="A safe press">', ["safe"]),
        ('<a aria-description="It detects it.">x</a>', ["detects"]),
        ("<p>A risk\nof <i>injury</i> of 27&#160;% risk</p>", ["risk of injury", "27 % risk"]),
        ("<p>It never <b>diagnoses</b>.</p><p>safety handles</p><script>safe</script>", []),
    ],
)
def test_the_reader_of_pages_sees_what_readers_see(html: str, words: list[str]) -> None:
    assert [word.replace("\N{NO-BREAK SPACE}", " ") for word in promises(html)] == words
