"""What every widget keeps; `test_contract.py` holds each widget to it, new ones included."""

import math
import re
from concurrent.futures import Executor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from hooks.widget_block import WidgetBlocks
from interactive import widgets
from interactive.catalogue import widget_named
from interactive.widget import Control, Slider, Widget

COMBINATIONS = 2000
PARTS = 4
NOT_A_NUMBER = re.compile(r"\b(nan|inf|None)\b")


class Tags(HTMLParser):
    """Raises where elements are not closed in the order in which they were opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attributes)))
        if tag not in ("br", "hr", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def positions(control: Control) -> st.SearchStrategy[Any]:
    """Every position of a control, its ends often."""
    return st.one_of(
        st.sampled_from([control.stops[0], control.stops[-1]]), st.sampled_from(control.stops)
    )


def inputs(widget: Widget[Any, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Every combination of positions of a widget's controls."""
    return st.fixed_dictionaries(
        {name: positions(control) for name, control in widget.controls.items()}
    )


def holds_for_a_start(widget: Widget[Any, Any]) -> None:
    """The defaults give an answer that can be read out, each picture with words."""
    html = widget.answer({}).html
    assert html is not None
    seen = Tags(html).seen
    assert sum("data-say" in attributes for _, attributes in seen) == 1
    for tag, attributes in seen:
        assert tag != "svg" or attributes.get("aria-label"), "a picture without words"
        assert "id" not in attributes, (
            "an id in an answer would stand twice in a page with two widgets"
        )
    for name, control in widget.controls.items():
        assert control.label, name
        assert not control.label.endswith((":", ".")), name


def holds_for_every_stop(widget: Widget[Any, Any]) -> None:
    """Each control, moved alone through all its stops, gets an answer or a calm sentence."""
    for name, control in widget.controls.items():
        answers = {holds_for(widget, {name: stop}) for stop in control.stops}
        assert len(answers) > 1 or _matters_after_a_choice(widget, name), f"{name} changes nothing"


def _matters_after_a_choice(widget: Widget[Any, Any], name: str) -> bool:
    """Whether a control decides once another one, of a few named values, stands elsewhere."""
    ends = (widget.controls[name].stops[0], widget.controls[name].stops[-1])
    return any(
        holds_for(widget, {other: stop, name: ends[0]})
        != holds_for(widget, {other: stop, name: ends[1]})
        for other, control in widget.controls.items()
        if other != name and not isinstance(control, Slider)
        for stop in control.stops
    )


def holds_for_any_inputs(name: str, processes: Executor) -> None:
    """No combination raises, prints what is no number, or breaks the page."""
    places = list(widgets.__path__)
    parts = [processes.submit(_holds_for_some, name, places, part) for part in range(PARTS)]
    for part in parts:
        part.result()


def _holds_for_some(name: str, places: list[str], part: int) -> None:
    """One part of the combinations, in a process that may not know yet where the newest widget lies."""
    widgets.__path__[:] = places
    widget = widget_named(name)

    @seed(part)
    @settings(max_examples=COMBINATIONS // PARTS, deadline=None, database=None)
    @given(inputs(widget))
    def check(given_inputs: dict[str, Any]) -> None:
        holds_for(widget, given_inputs)

    check()


def holds_for(widget: Widget[Any, Any], given_inputs: dict[str, Any]) -> str:
    """Return what the page shows, once it is known to be fit for a page."""
    answer = widget.answer(given_inputs)
    if answer.html is None:
        assert re.fullmatch(r"[A-Z].+\.", answer.refusal), answer.refusal
        assert "_" not in answer.refusal, "a field's name is no word for a reader"
        return answer.refusal
    Tags(answer.html)
    assert not NOT_A_NUMBER.search(answer.html)
    return answer.html


def holds_for_its_example(folder: Path) -> None:
    """What trainers copy builds without a problem."""
    blocks = WidgetBlocks()
    html = markdown.markdown((folder / "example.md").read_text(), extensions=[blocks])
    assert blocks.report.problems == []
    assert "<lesson-widget" in html


def sliders(widget: Widget[Any, Any]) -> list[tuple[str, Slider]]:
    """A widget's sliders, by name."""
    return [(name, c) for name, c in widget.controls.items() if isinstance(c, Slider)]


def step_lies_on_grid(slider: Slider) -> bool:
    """Whether a browser's range input can stand on every stop."""
    return all(
        math.isclose((stop - slider.low) / slider.step % 1, 0, abs_tol=1e-9)
        or math.isclose((stop - slider.low) / slider.step % 1, 1, abs_tol=1e-9)
        for stop in slider.stops
    )
