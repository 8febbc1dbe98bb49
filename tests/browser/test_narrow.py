"""Nothing leaves its place: no page at any width, and at 320 px no widget at its start, no answer to other values."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from interactive.catalogue import widget_named, widget_names
from interactive.widget import Value, Widget
from tests.browser.engines import Engine
from tests.browser.lesson_page import addresses
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

NARROW, WIDER = (320, 800), (360, 768, 1440)
COMBINATIONS = 30
SCROLLS = "document.documentElement.scrollWidth - innerWidth"

# what stands out by more than a rounding: elements and lines of text out of the box's padding, a picture's
# words out of the picture; not a picture's strokes, nor what can be scrolled to in a box of its own
STANDS_OUT = """
(box) => {
  const { left: outer, right: end } = box.getBoundingClientRect(), style = getComputedStyle(box);
  const inside = { left: outer + parseFloat(style.paddingLeft), right: end - parseFloat(style.paddingRight) };
  const scrolls = (e) => e !== box && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const out = [];
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    const element = node.nodeType === Node.TEXT_NODE ? parent : node;
    const picture = parent.closest("svg");
    if (picture && !element.matches("text")) continue;
    const { left, right } = picture ? picture.getBoundingClientRect() : inside;
    if (element.closest(".widget-spoken") || !element.checkVisibility()) continue;
    if (scrolls(parent)) continue;
    const place = node === element ? element : document.createRange();
    if (place !== element) place.selectNode(node);
    const wide = [...place.getClientRects()].find((r) => r.width && (r.right > right + 1 || r.left < left - 1));
    if (wide) out.push(`${element.outerHTML.slice(0, 100)} … from ${wide.left} to ${wide.right} in ${left} to ${right}`);
  }
  return out;
}
"""


def test_no_page_scrolls_sideways_and_no_widget_starts_too_wide(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url, viewport=NARROW) as page:
        for address in addresses(server.folder):
            page.goto(server.url + address)
            opened = "document.querySelectorAll('main details').forEach(d => d.open = true)"
            page.evaluate(f"({opened}, true)")
            page.wait_until(f"{SCROLLS} <= 0 /* {address} */")  # while fonts and theme come, it may
            out = page.evaluate(
                f"[...document.querySelectorAll('lesson-widget')].flatMap({STANDS_OUT.strip()})"
            )
            assert out == [], address
            for width in WIDER:
                page.resize(width, NARROW[1])
                assert page.evaluate(SCROLLS) <= 0, f"{address} at {width} px"
            page.resize(*NARROW)


@pytest.mark.parametrize("name", widget_names())
def test_no_answer_is_wider_than_its_widget(engine: Engine, server: SiteServer, name: str) -> None:
    widget = widget_named(name)
    with engine.open(server.url, viewport=NARROW) as page:
        for inputs, before in questions(name, widget):
            html = widget.answer(
                inputs, before
            ).html  # a browser's Python says the same: tests/parity
            if html is None:
                continue  # a refusal is a sentence, and stands outside the answer
            page.evaluate(
                f"((o) => {{ o.closest('lesson-widget').setAttribute('name', {json.dumps(name)});"
                f" o.innerHTML = {json.dumps(html)};"
                " o.querySelectorAll('details').forEach(d => d.open = true); })"
                "(document.querySelector('lesson-widget output')), true"
            )
            out = page.evaluate(f"({STANDS_OUT.strip()})(document.querySelector('lesson-widget'))")
            assert out == [], (inputs, before)


def questions(
    name: str, widget: Widget[Any, Any]
) -> Iterator[tuple[dict[str, Value], dict[str, Value] | None]]:
    """The start, then combinations of ends and of any stops; beside an earlier one where a widget compares."""
    random = Random(name)

    def drawn() -> dict[str, Value]:
        return {
            field: random.choice(
                [control.stops[0], control.stops[-1], random.choice(control.stops)]
            )
            for field, control in widget.controls.items()
        }

    yield {}, None
    for _ in range(COMBINATIONS):
        yield drawn(), drawn() if widget.compare else None
