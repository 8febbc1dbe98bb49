"""How soon Python answers, against a bare page: `loadPyodide()` from the untouched npm files, the same model.

Both pages come through the same server; visits alternate, each with a profile of its own, and a figure is the
ratio of the medians. `python -m tests.bench.bench_startup NAME` measures one group of figures alone.
"""

import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

from hooks.browser_bundle import PYODIDE, source_wheel
from interactive.catalogue import widget_named
from tests.bench.browser import chromium, javascript, processor_share, tab_memory
from tests.bench.line import Line
from tests.browser.engines import EngineMissing, engines
from tests.browser.lesson_page import addresses
from tests.conftest import ROOT, Build

PAIRS = int(os.environ.get("PAIRS", "7"))  # fewer, to look at one figure while working
QUARTER = 0.25
LESSON = "lessons/biomechanics/"
WIDGET = widget_named("depth-explorer")
ALONE = {"knee_deg": 101.0}
COMBINATION = {"knee_deg": 83.0, "foot_height_cm": 21.0, "backrest_deg": 40.0, "rail_deg": 37.0}

# the bare page works everything out in a module worker, and puts the answer where readers see it
BARE_PAGE = """<!doctype html><meta charset="utf-8"><title>Bare</title><output></output><script>
window.answered = new Promise((done) => {
  const worker = new Worker("worker.js", {type: "module"});
  worker.onmessage = ({data}) => {
    document.querySelector("output").innerHTML = JSON.parse(data).html;
    done(performance.now());
  };
  const inputs = new URLSearchParams(location.search).get("inputs") ?? "{}";
  worker.postMessage(JSON.stringify({widget: "depth-explorer", inputs: JSON.parse(inputs)}));
});
</script>"""
BARE_WORKER = """import {loadPyodide} from "./pyodide.mjs";
const starting = (async () => {
  const python = await loadPyodide();
  await python.loadPackage(new URL("WHEEL", import.meta.url).href);
  return python.pyimport("interactive.browser").answer;
})();
self.onmessage = async ({data}) => self.postMessage((await starting)(data));
"""

# our page: a script moves the controls as soon as they can be moved
OURS = """
window.answered = new Promise((done) => {
  const wanted = INPUTS, engine = ENGINE;
  const begin = () => {
    const widget = document.querySelector("lesson-widget:defined");
    if (!widget || widget.querySelector("fieldset").disabled) return setTimeout(begin, 2);
    window.touchedAt = performance.now();
    new MutationObserver(() => {
      if (engine ? widget.dataset.engine === engine : widget.getAttribute("state") === "live") done(performance.now());
    }).observe(widget, {attributes: true});
    let last;
    for (const [name, value] of Object.entries(wanted)) {
      const control = widget.querySelector(`[name="${name}"]`);
      if (control) [control.value, last] = [value, control];
    }
    last.dispatchEvent(new Event("input", {bubbles: true}));
  };
  begin();
});
"""


@dataclass
class Visit:
    """What one visit showed: when the answer came, what had been sent by then, what was held at most."""

    milliseconds: float
    megabytes: float
    memory: float = 0.0
    touched: float = 0.0
    html: str = ""


@dataclass
class Pages:
    """Both pages as folders, made once."""

    site: Path
    bare: Path
    folders: dict[str, Path] = field(init=False)

    def __post_init__(self) -> None:
        self.folders = {"/legpress/": self.site, "/bare/": self.bare}


@cache
def pages() -> Pages:
    """Build the site and the bare page."""
    folder = Path(tempfile.mkdtemp(prefix="lessons-bench-"))
    build = Build(folder / "site")
    assert build.worked, build.output
    bare = folder / "bare"
    bare.mkdir()
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        shutil.copy(PYODIDE / name, bare)
    shutil.copy(PYODIDE / "pyodide-lock.json", bare)
    wheel = source_wheel(ROOT / ".cache")
    shutil.copy(wheel, bare)
    (bare / "index.html").write_text(BARE_PAGE)
    (bare / "worker.js").write_text(BARE_WORKER.replace("WHEEL", wheel.name))
    return Pages(folder / "site", bare)


@contextmanager
def _sampled(profile: Path) -> Iterator[list[float]]:
    """Yield a list of what the tab's processes hold, ever longer."""
    held: list[float] = []
    ended = threading.Event()

    def sample() -> None:
        while not ended.wait(0.05):
            held.append(tab_memory(profile))

    sampling = threading.Thread(target=sample)
    sampling.start()
    try:
        yield held
    finally:
        ended.set()
        sampling.join()


def _go(page: Page, line: Line, ours: bool, inputs: dict[str, float], engine: str | None) -> Visit:
    line.sent = 0
    if ours:
        page.add_init_script(
            OURS.replace("INPUTS", javascript(inputs)).replace("ENGINE", javascript(engine))
        )
        only = "?engine=pyodide" if engine == "pyodide" else ""
        page.goto(f"{line.origin}/legpress/{LESSON}{only}", wait_until="commit")
    else:
        page.goto(f"{line.origin}/bare/?inputs={json.dumps(inputs)}", wait_until="commit")
    answered = page.evaluate("window.answered")
    visit = Visit(answered, line.sent / 1e6)
    visit.touched = page.evaluate("window.touchedAt ?? 0")
    css = "lesson-widget output" if ours else "output"
    asked = page.evaluate("document.querySelector('lesson-widget').inputs") if ours else inputs
    shown, expected = page.evaluate(
        "([css, html]) => { const o = document.createElement('output'); o.innerHTML = html;"
        " return [document.querySelector(css).innerHTML, o.innerHTML] }",
        [css, WIDGET.answer(asked).html],
    )
    assert shown == expected, "the answer is not Python's"
    if line.megabits:  # proof that the throttle reached everything, workers included
        least = line.sent * 8 / (line.megabits * 1e6) * 1000
        assert page.evaluate("performance.now()") > least * 0.95
    return visit


@dataclass
class Way:
    """How a visit is made."""

    encoding: str = "gzip"
    megabits: float = 0
    round_trip: float = 0
    share: float = 1
    engine: str | None = "pyodide"
    inputs: dict[str, float] = field(default_factory=lambda: dict(ALONE))
    second: bool = False
    memory: bool = False


def visit(playwright: Playwright, ours: bool, way: Way) -> Visit:
    """Make one visit with a fresh profile; with `second`, the visit after that, in a browser started anew."""
    with ExitStack() as stack:
        # a browser that ends may still write
        home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        profile = Path(stack.enter_context(home))
        group = stack.enter_context(processor_share(way.share)) if way.share < 1 else None
        line = Line(pages().folders, way.encoding, way.megabits, way.round_trip)
        stack.enter_context(line)
        for last in (False, True) if way.second else (True,):
            with chromium(playwright, profile, group) as context:
                page = context.new_page()
                held = stack.enter_context(_sampled(profile)) if way.memory else []
                found = _go(page, line, ours, way.inputs, way.engine)
                if not last or way.memory:
                    _settle(page)
                found.memory = max(held, default=0)
        return found


def _settle(page: Page) -> None:
    """Wait until the page and what it started have come to rest."""
    page.wait_for_timeout(1500)


def pairs(way: Way, number: int = PAIRS) -> tuple[list[Visit], list[Visit]]:
    """Return visits to our page and to the bare one, in turn."""
    ours, bare = [], []
    with sync_playwright() as playwright:
        for turn in range(number):
            for mine in (True, False) if turn % 2 else (False, True):
                (ours if mine else bare).append(visit(playwright, mine, way))
    return ours, bare


def _row(name: str, value: float, unit: str, limit: float | None) -> dict[str, Any]:
    return {
        "name": f"start: {name}",
        "value": value,
        "unit": unit,
        "limit": limit,
        "holds": limit is None or value <= limit,
    }


def _ratio(
    name: str, way: Way, limit: float, what: str = "milliseconds", number: int = PAIRS
) -> list[dict[str, Any]]:
    ours, bare = (median(getattr(v, what) for v in visits) for visits in pairs(way, number))
    unit = {"milliseconds": "ms", "megabytes": "MB", "memory": "MB"}[what]
    return [
        _row(name, ours / bare, "of bare", limit),
        _row(f"{name}: ours", ours, unit, None),
        _row(f"{name}: bare page", bare, unit, None),
    ]


def size() -> list[dict[str, Any]]:
    """Bytes until the first live answer."""
    found = []
    for encoding, limit in (("gzip", 0.82), ("br", 0.72)):
        ours, bare = (visits[0].megabytes for visits in pairs(Way(encoding=encoding), 1))
        found.append(
            _row(f"bytes until the first answer, {encoding}", ours / bare, "of bare", limit)
        )
        found.append(_row(f"bytes, {encoding}: ours", ours, "MB", None))
    return found


def first_visit() -> list[dict[str, Any]]:
    """Navigation to the first answer."""
    return _ratio("first visit", Way(), 0.52)


def second_visit() -> list[dict[str, Any]]:
    """The same, the next time."""
    # it has the least to spare: more pairs, so that the machine's moods weigh less
    return _ratio("second visit", Way(second=True), 0.32, number=4 * PAIRS)


def slow_visit() -> list[dict[str, Any]]:
    """The same on a slow line and a slow phone."""
    way = Way(megabits=9, round_trip=0.17, share=QUARTER)
    return _ratio("first visit, 9 Mbit/s, 170 ms, quarter processor", way, 0.50)


def combination() -> list[dict[str, Any]]:
    """Any combination of inputs with one bar of reception, from whoever answers first."""
    way = Way(megabits=1, round_trip=0.3, share=QUARTER, engine=None, inputs=dict(COMBINATION))
    return _ratio("random combination, 1 Mbit/s, 300 ms, quarter processor", way, 0.12)


def memory() -> list[dict[str, Any]]:
    """Peak memory of the tab's processes."""
    return _ratio("peak memory of the tab", Way(memory=True), 1.10, "memory")


def everything_on() -> list[dict[str, Any]]:
    """Bytes and memory with the book and the starter."""
    with sync_playwright() as playwright:
        way = Way(engine=None, inputs=dict(COMBINATION), memory=True)  # no book holds it
        visits = [visit(playwright, True, way) for _ in range(3)]
    early = median(v.megabytes for v in visits)
    held = median(v.memory for v in visits)
    return [
        _row("everything on: bytes until the starter's answer, gzip", early, "MB", None),
        _row("everything on: peak memory of the tab", held, "MB", None),
    ]


def alone() -> list[dict[str, Any]]:
    """One control moved alone from the start, with one bar of reception."""
    with sync_playwright() as playwright:
        way = Way(megabits=1, round_trip=0.3, share=QUARTER, engine=None)
        visits = [visit(playwright, True, way) for _ in range(PAIRS)]
    seconds = median(v.milliseconds - v.touched for v in visits) / 1000
    return [
        _row("touch to answer, one control, 1 Mbit/s, 300 ms, quarter processor", seconds, "s", 1.5)
    ]


MOVES = """async () => {
  const widget = document.querySelector("lesson-widget"), output = widget.querySelector("output");
  const control = widget.querySelector("input[type=range]"), times = [];
  for (let move = 0; move < 80; move++) {
    const start = performance.now();
    const shown = new Promise((done) => new MutationObserver((_, seen) => {
      seen.disconnect();
      requestAnimationFrame(() => done(performance.now() - start));
    }).observe(output, {childList: true}));
    control.value = 60 + move;
    control.dispatchEvent(new Event("input", {bubbles: true}));
    times.push(await shown);
  }
  return times.sort((a, b) => a - b);
}"""


def moving() -> list[dict[str, Any]]:
    """From a slider to its picture once Python runs, and what a slow phone makes of a key press."""
    found = []
    with sync_playwright() as playwright, Line(pages().folders) as line:
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
            chromium(playwright, Path(home)) as context,
        ):
            page = context.new_page()
            _go(page, line, True, dict(ALONE), "pyodide")
            times = page.evaluate(MOVES)
            found.append(_row("slider to picture, p95", times[int(0.95 * len(times))], "ms", 60))
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
            processor_share(QUARTER) as group,
            chromium(playwright, Path(home), group) as context,
        ):
            page = context.new_page()
            _go(page, line, True, dict(ALONE), "pyodide")
            page.evaluate(
                "window.waits = [], new PerformanceObserver((list) => waits.push(...list.getEntries()"
                ".filter((e) => e.interactionId).map((e) => e.duration)))"
                ".observe({type: 'event', durationThreshold: 16, buffered: false}), 1"
            )
            page.focus("lesson-widget input[type=range]")
            for _ in range(30):
                page.keyboard.press("ArrowRight")
                page.wait_for_timeout(120)
            waits = page.evaluate("waits.sort((a, b) => a - b)") or [16]
            found.append(_row("interaction to next paint, quarter processor", waits[-1], "ms", 200))
    return found


def weight() -> list[dict[str, Any]]:
    """What a lesson weighs before anybody touches it; the heaviest counts."""
    heaviest = 0.0
    with sync_playwright() as playwright, Line(pages().folders) as line:
        for address in addresses(pages().site):
            with (
                tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
                chromium(playwright, Path(home)) as context,
            ):
                page = context.new_page()
                line.sent = 0
                page.goto(f"{line.origin}/legpress/{address}", wait_until="networkidle")
                if page.query_selector("lesson-widget"):
                    heaviest = max(heaviest, line.sent / 1000)
    return [_row("heaviest lesson before any touch, gzip", heaviest, "KB", 120)]


def other_engines() -> list[dict[str, Any]]:
    """The first two times in Firefox and WebKit, without limits."""
    found = []
    press = OURS.replace("INPUTS", javascript(ALONE)).replace("ENGINE", '"pyodide"')
    with engines() as browsers, Line(pages().folders) as line:
        for name in ("firefox", "webkit"):
            with suppress(EngineMissing):
                times: dict[tuple[str, int], list[float]] = {}
                for _ in range(3):
                    for path in (f"/legpress/{LESSON}?engine=pyodide", "/bare/?inputs={}"):
                        with browsers.get(name).open("about:blank") as page:
                            for turn in (0, 1):
                                page.goto(line.origin + path)
                                if "legpress" in path:
                                    page.evaluate(f"(() => {{ {press}; return 1 }})()")
                                page.evaluate("window.answered.then(t => window.at = t), 1")
                                took = page.wait_until("window.at", seconds=120)
                                times.setdefault((path[1:5], turn), []).append(took)
                                page.wait_until("new Promise(d => setTimeout(d, 2000, true))")
                for turn, words in enumerate(("first visit", "second visit")):
                    ours, bare = (median(times[path, turn]) for path in ("legp", "bare"))
                    found.append(_row(f"{name}, {words}", ours / bare, "of bare", None))
    return found


GROUPS: tuple[Callable[[], list[dict[str, Any]]], ...] = (
    size,
    first_visit,
    second_visit,
    slow_visit,
    combination,
    alone,
    memory,
    everything_on,
    moving,
    weight,
    other_engines,
)


def rows() -> list[dict[str, Any]]:
    """Return every figure of starting."""
    return [row for group in GROUPS for row in group()]


if __name__ == "__main__":
    wanted = set(sys.argv[1:])
    for group in GROUPS:
        if not wanted or group.__name__ in wanted:
            for row in group():
                print(json.dumps(row))
