"""A page with a widget, in a reader's words."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.engines import Page
from tests.site_server import SiteServer

# stands before the policy, so that it hears of everything that the policy refuses
_LISTENER = (
    "<script>window.refused = []; addEventListener('securitypolicyviolation', ({disposition: how,"
    " effectiveDirective: what, blockedURI: whom, sample}) => how === 'enforce' &&"
    " refused.push([what, whom, sample].join(' ')))</script>"
)
LONGEST_NAME = "m/press-hack-combination/"
CALCULATED = "['live', 'refused', 'failed'].find(s => s === {widget}.getAttribute('state'))"


class LessonPage:
    """A page of the built site and its first widget."""

    def __init__(self, page: Page, widget: str = "lesson-widget") -> None:
        self.page = page
        self.css = widget
        self._element = f"document.querySelector({json.dumps(widget)})"

    def move(self, label: str, stops: int) -> None:
        """Move a slider by so many of its stops with the arrow keys; does not wait for the answer."""
        self.page.focus(f"#{self._control(label)}")
        self.page.press("ArrowRight" if stops > 0 else "ArrowLeft", abs(stops))

    def type(self, label: str, text: str) -> None:
        """Type a number into the box beside a slider."""
        self.page.focus(f"{self.css} [aria-label={json.dumps(label + ', as a number')}]")
        self.page.press("Control+a")
        for letter in text:
            self.page.press(letter)
        self.page.press("Enter")

    def choose(self, label: str, value: str) -> None:
        """Choose one of a few named values, as the browser's own list does."""
        control = f"document.getElementById('{self._control(label)}')"
        self.page.focus(f"#{self._control(label)}")
        self.page.evaluate(
            f"({control}.value = {json.dumps(value)},"
            f" ['input', 'change'].map(e => {control}.dispatchEvent(new Event(e, {{bubbles: true}}))))"
        )

    def on_line(self, **line: Any) -> None:
        """Tell the page what its network is like; only Chromium would, of itself."""
        told = f"Object.defineProperty(navigator, 'connection', {{value: {json.dumps(line)}}})"
        self.page.evaluate(f"({told}, 1)")

    def press_on(self, label: str, key: str) -> None:
        """Press a key while a control has the keyboard."""
        self.page.focus(f"#{self._control(label)}")
        self.page.press(key)

    def press_button(self, css: str) -> None:
        """Press a button of the widget by keyboard, once the widget can act."""
        self.page.wait_until(f"{self._element}.matches(':defined')")
        self.page.focus(f"{self.css} {css}")
        self.page.press("Enter")

    def open_groups(self) -> None:
        """Open every group of controls, so that each can have the keyboard."""
        self._come_near()
        self.page.wait_until(f"{self._element}.matches(':defined')")
        self.page.evaluate(
            f"{self._element}.querySelectorAll('fieldset details').forEach(d => d.open = true), 1"
        )

    def touch(self, label: str) -> None:
        """Change a control once, whatever its kind; does not wait for the answer."""
        control = f"document.getElementById('{self._control(label)}')"
        if self.page.evaluate(f"{control}.tagName") == "SELECT":
            self.choose(label, self.page.evaluate(f"{control}.options[1].value"))
        elif self.page.evaluate(f"{control}.type") == "checkbox":
            self.press_on(label, "Space")
        else:
            self.move(label, 1)

    def value(self, label: str) -> float:
        """Return where a slider stands."""
        return float(self.page.evaluate(f"document.getElementById('{self._control(label)}').value"))

    def typed(self, label: str) -> str:
        """Return what the box beside a slider holds."""
        box = f"{self.css} [aria-label={json.dumps(label + ', as a number')}]"
        return str(self.page.evaluate(f"document.querySelector({json.dumps(box)}).value"))

    def settled(self) -> str:
        """Wait until the widget has answered its newest question; return its state."""
        return str(self.page.wait_until(CALCULATED.format(widget=self._element)))

    def settled_as(self, state: str) -> bool:
        """Wait until the widget is in a state."""
        self.page.wait_until(
            f"{self._element}.getAttribute('state') === {json.dumps(state)}", seconds=90
        )
        return True

    def answered(self, html: str) -> None:
        """Wait until the widget shows exactly this answer."""
        parsed = f"(o => (o.innerHTML = {json.dumps(html)}, o.innerHTML))(document.createElement('output'))"
        # where the keyboard stands at the answer, the element and Material have marked its sentence
        shown = (
            "(o => (['tabindex', 'class', 'data-focus-visible-added'].forEach("
            "mark => o.querySelector('[data-say]')?.removeAttribute(mark)), o.innerHTML))"
            f"({self._element}.querySelector('output').cloneNode(true))"
        )
        self.page.wait_until(f"{shown} === {parsed}")

    def answered_by(self, engine: str) -> None:
        """Wait until the newest answer came from the book, the starter or Pyodide."""
        self.page.wait_until(
            f"{self._element}.dataset.engine === {json.dumps(engine)}", seconds=120
        )

    def state(self) -> str:
        """Return the widget's state."""
        return str(self.page.evaluate(f"{self._element}.getAttribute('state')"))

    def outcome(self) -> str:
        """Return everything the answer says and shows."""
        return str(self.page.evaluate(f"{self._element}.querySelector('output').innerHTML"))

    def message(self) -> str:
        """Return the sentence below the answer; empty where there is none."""
        return self.page.text(f"{self.css} .widget-message")

    def offers_to_try_again(self) -> bool:
        return self.page.visible(f"{self.css} .widget-again")

    def try_again(self) -> None:
        self.page.click(f"{self.css} .widget-again")

    def focused(self) -> str:
        """Return the label of the control that has the keyboard."""
        return str(self.page.evaluate("document.activeElement.labels?.[0]?.textContent ?? ''"))

    def inputs(self) -> dict[str, float]:
        """Return the values that the widget would ask Python about."""
        return dict(self.page.wait_until(f"{self._element}.inputs"))

    def labels(self) -> list[str]:
        """Return the labels of all controls."""
        return list(
            self.page.evaluate(
                f"[...{self._element}.querySelectorAll('label')].map(l => l.textContent)"
            )
        )

    def _come_near(self) -> None:
        """Scroll to a widget that does not act yet: some pages fetch its script only then."""
        self.page.evaluate(
            f"{self._element}.matches(':defined') || {self._element}.scrollIntoView(), true"
        )

    def _control(self, label: str) -> str:
        self._come_near()
        found = self.page.evaluate(
            f"[...{self._element}.querySelectorAll('label')]"
            f".find(l => l.textContent === {json.dumps(label)})?.htmlFor ?? ''"
        )
        assert found, f"there is no control {label!r}"
        return str(found)


# the theme's script comes when nothing else is to be done
THEME_HAS_COME = "!document.querySelector('[data-theme]') || !!window.location$"
# from then on it shows another page without leaving this one: it has read the site's map, which takes it a moment
THEME_KNOWS_THE_WAY = (
    "performance.getEntriesByType('resource')"
    ".some(file => /sitemap/.test(file.name) && performance.now() > file.responseEnd + 300)"
)
# where it keeps its colours, which it does once on each page
COLOURS = "Object.keys(localStorage).find(key => key.endsWith('.__palette'))"


def addresses(site: Path) -> list[str]:
    """Return the pages for readers, below the site's sub-path: none that others frame or staff use, one machine's."""
    found = (
        p.relative_to(site).as_posix().removesuffix("index.html") for p in site.rglob("*.html")
    )
    return sorted(p for p in found if not p.startswith(("e/", "m/", "staff/")) or p == LONGEST_NAME)


@contextmanager
def listening(server: SiteServer) -> Iterator[Callable[[Page], list[str]]]:
    """Yields what tells all that the policy of a page, opened meanwhile, has refused since it was loaded."""
    with server.fault(r"(/|\.html)$", replace=("<head>", f"<head>{_LISTENER}")):
        yield lambda page: list(page.evaluate("window.refused"))
